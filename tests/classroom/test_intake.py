"""What a TA downloads, taken in: who, when, where; damage and hostility end in a sentence."""

from __future__ import annotations

import os
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shared.downloads import METADATA, export, told, zipped
from shared.tiny_course import SLUG, write

from autograder.classroom.intake import IntakeError, class_zip, find, summary
from autograder.classroom.intake.plain import unique
from autograder.jail.folder import CLASS, Folder
from autograder.submissions.read import MAX_TOTAL, read

GRADESCOPE = [
    ("submission_11", ("ada@example.org",), datetime(2026, 7, 20, 19, 6, 36, 213213, UTC)),
    ("submission_12", ("7", "carol@example.org"), datetime(2026, 7, 21, 1, tzinfo=UTC)),
    ("submission_13", ("submission_13",), datetime(2026, 7, 20, 10, tzinfo=UTC)),
]


def test_plain_files_are_found_as_before(tmp_path: Path) -> None:
    write(tmp_path / "alice.py", "")
    write(tmp_path / "bob" / f"{SLUG}.py", "")
    found = find([tmp_path], SLUG, "Europe/Zurich")
    assert told(found) == [("alice", ("alice",), None), ("bob", ("bob",), None)]
    assert [h.path for h in found] == [tmp_path / "alice.py", tmp_path / "bob"]


@pytest.mark.parametrize("form", ["folder", "parent", "zip", "zip with a folder"])
def test_gradescope(tmp_path: Path, form: str) -> None:
    root = export(tmp_path / "down" / "assignment_9_export")
    path = {
        "folder": lambda: root,
        "parent": lambda: root.parent,
        "zip": lambda: zipped(root, tmp_path / "a.zip"),
        "zip with a folder": lambda: zipped(root, tmp_path / "b.zip", "assignment_9_export/"),
    }[form]()
    found = find([path], SLUG)
    assert told(found) == GRADESCOPE
    works = [read(h.path, SLUG, h.name) for h in found]
    assert [w.refusal for w in works] == ["", "", ""]
    assert [w.source for w in works] == [b"x = 11\n", b"x = 12\n", b"{}"]
    assert works[1].files == {"helper.py": b"y = 12\n"}


def test_gradescope_tells_the_time_of_an_earlier_submission(tmp_path: Path) -> None:
    root = export(tmp_path / "export")
    write(root / "submission_7" / f"{SLUG}.py", "x = 7\n")
    found = {h.name: h for h in find([root], SLUG)}
    assert found["submission_7"].students == ("ada@example.org",)
    assert found["submission_7"].submitted == datetime(2026, 7, 19, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("metadata", "says"),
    [
        ("a: [1\nb: 2", "is damaged in line 2"),
        ("", "holds no submissions"),
        ("submission_11: 3", "has no fields"),
        ("\x01", "is damaged"),
        (METADATA.replace("submission_13", "submission_14"), "submission_14, which is not in"),
        ("[" * 100_000, "is damaged"),
        ("- " * 100_000, "is damaged"),
    ],
)
def test_damaged_metadata_is_one_sentence(tmp_path: Path, metadata: str, says: str) -> None:
    root = export(tmp_path / "export", metadata)
    for path in (root, zipped(root, tmp_path / "export.zip")):
        with pytest.raises(IntakeError, match=says) as caught:
            find([path], SLUG)
        assert "submission_metadata.yml" in str(caught.value)
        assert "\n" not in str(caught.value)


ODD = """\
submission_11:
  :submitters:
  - :name: Ada
    :email: ada@example.org
  :score: 3.0
submission_12:
  :submitters:
  - :name: "B\x1b[31mob"
    :email: bob@example.org
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-07-21 01:00:00.500000000 Z
    zone: !ruby/object:ActiveSupport::TimeZone
      name: Etc/UTC
    time: 2026-07-21 01:00:00.500000000 Z
  :results:
    output: "\x1b[31mred\x1b[0m"
submission_13:
  :submitters:
  - :name: No
    :email: carol@example.org
    :sid: 0042
  :created_at: 2026-13-45 10:00:00 Z
"""


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_an_odd_entry_costs_itself_a_note(tmp_path: Path, form: str) -> None:
    path = export(tmp_path / "export", ODD)
    if form == "zip":
        path = zipped(path, tmp_path / "export.zip")
    notes: list[str] = []
    found = find([path], SLUG, say=notes.append)
    assert told(found) == [
        ("submission_11", ("ada@example.org",), None),
        ("submission_12", ("bob@example.org",), datetime(2026, 7, 21, 1, 0, 0, 500000, UTC)),
        ("submission_13", ("carol@example.org",), None),
    ]
    assert [h.people[0].name for h in found] == ["Ada", "B?[31mob".replace("?", "\ufffd"), "No"]
    assert found[2].people[0].sid == "Gradescope 0042"
    assert notes == [
        "submission_11: submission_11: `:created_at:` is not a time; lateness is not known.",
        "submission_12: Control characters in its metadata were replaced.",
        "submission_13: submission_13: `:created_at:` is not a time; lateness is not known.",
    ]


@pytest.mark.parametrize("form", ["folder", "zip with folders", "zip without"])
def test_a_submission_without_files_is_a_row(tmp_path: Path, form: str) -> None:
    root = export(tmp_path / "export")
    (root / "submission_11" / f"{SLUG}.py").unlink()
    path = root
    if form != "folder":
        path = zipped(root, tmp_path / "export.zip")
    if form == "zip without":
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "new.zip", "w") as new:
            for entry in (e for e in old.infolist() if not e.is_dir()):
                new.writestr(entry, old.read(entry))
        path = tmp_path / "new.zip"
    found = find([path], SLUG)
    assert told(found) == GRADESCOPE
    works = [read(h.path, SLUG, h.name) for h in found]
    assert [bool(w.refusal) for w in works] == [True, False, False]
    assert "empty" in works[0].refusal


def test_a_folder_that_is_missing_is_a_download_that_broke_off(tmp_path: Path) -> None:
    root = export(tmp_path / "export")
    (root / "submission_11" / f"{SLUG}.py").unlink()
    (root / "submission_11").rmdir()
    with pytest.raises(IntakeError, match="submission_11, which is not in the export; unpack"):
        find([root], SLUG)


def test_anchors_between_entries_are_resolved(tmp_path: Path) -> None:
    text = METADATA.replace("  :submitters:\n  - :name: Bob", "  :submitters: &b\n  - :name: Bob")
    text = text.replace(
        "  :submitters: []\n  :created_at: 2026-07-20 10",
        ("  :submitters: *b\n  :created_at: 2026-07-20 10"),
    )
    found = find([export(tmp_path / "export", text)], SLUG)
    assert found[2].students == ("7", "carol@example.org")


def test_metadata_makes_no_objects(tmp_path: Path) -> None:
    entry = "submission_14:\n  :created_at: !!python/object/apply:os.getcwd []\n"
    root = export(tmp_path / "export", METADATA + entry)
    write(root / "submission_14" / f"{SLUG}.py", "x = 14\n")
    notes: list[str] = []
    found = find([root], SLUG, say=notes.append)
    assert told(found) == [*GRADESCOPE, ("submission_14", ("submission_14",), None)]
    assert [n.partition(":")[0] for n in notes] == ["submission_14"]
    assert "the entry submission_14 is damaged; who and when is not known." in notes[0]


def hostile(tmp_path: Path, **entries: bytes) -> Path:
    root = export(tmp_path / "export")
    path = zipped(root, tmp_path / "class.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def test_one_hostile_submission_is_refused_alone(tmp_path: Path) -> None:
    path = hostile(
        tmp_path,
        **{
            "submission_11/../../../out.py": b"",
            "submission_12/zeros": bytes(MAX_TOTAL + 10),
            "submission_13/a\nb.py": b"",
        },
    )
    works = [read(h.path, SLUG, h.name) for h in find([path], SLUG)]
    assert "leads out of it" in works[0].refusal
    assert "holds more than" in works[1].refusal
    assert "unusable file name" in works[2].refusal
    assert not (tmp_path / "out.py").exists()


def test_a_link_in_a_class_zip_stays_a_link_and_is_refused(tmp_path: Path) -> None:
    path = hostile(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("submission_11/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    works = [read(h.path, SLUG, h.name) for h in find([path], SLUG)]
    assert "link" in works[0].refusal
    assert works[1].refusal == ""


def test_a_class_zip_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = hostile(tmp_path, **{"submission_11/big": bytes(5000)})
    monkeypatch.setattr(class_zip, "MAX_CLASS", 4000)
    with pytest.raises(IntakeError, match="holds more than"):
        find([path], SLUG)
    monkeypatch.setattr(class_zip, "MAX_CLASS_ENTRIES", 3)
    with pytest.raises(IntakeError, match="holds more than 3 files"):
        find([path], SLUG)


def test_a_damaged_class_zip(tmp_path: Path) -> None:
    path = hostile(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"x = 11", b"x = 99"))
    with pytest.raises(IntakeError, match="download it again"):
        find([path], SLUG)
    path.write_bytes(data[:100])
    with pytest.raises(IntakeError, match="download it again"):
        find([path], SLUG)
    write(tmp_path / "bob.py", "")
    assert [h.name for h in find([path, tmp_path / "bob.py"], SLUG)] == ["class", "bob"]


def test_unpacked_submissions_are_private(tmp_path: Path) -> None:
    found = find([hostile(tmp_path)], SLUG)
    assert found[0].path.parent.stat().st_mode & 0o077 == 0


def test_unpacked_submissions_of_a_killed_process_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hostile(tmp_path)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    killed = Folder(CLASS, 0o700)
    Path(killed.path, "alice.zip").write_text("hers")
    os.close(killed._lock)
    class_zip._all_folders.cache_clear()
    found = find([path], SLUG)
    class_zip._all_folders.cache_clear()
    assert os.listdir(tmp_path / "tmp") == [found[0].path.parent.parent.name]


def test_a_students_own_zip_is_no_class(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "alice.zip", "w") as archive:
        archive.writestr(f"{SLUG}.py", "x = 1\n")
        archive.writestr("alice_12_34_notes.txt", "")
    assert told(find([tmp_path / "alice.zip"], SLUG)) == [("alice", ("alice",), None)]


# --- names -------------------------------------------------------------------------------------


def test_names_are_unique_over_all_paths(tmp_path: Path) -> None:
    found = find([export(tmp_path / "one"), export(tmp_path / "two")], SLUG)
    names = [h.name for h in found]
    assert len({n.casefold() for n in names}) == 6
    assert names[::3] == ["submission_11", "submission_11-2"]
    assert summary(found) == "Gradescope's export: 6 submissions of 4 students."


def test_a_path_of_this_machine_is_no_name(tmp_path: Path) -> None:
    """Where a longer name tells no more, as of one path that is given twice."""
    ben = tmp_path / "class" / "ben.py"
    write(ben, "")
    assert [h.name for h in find([ben, ben], SLUG)] == ["ben.py", "ben.py-2"]


def test_one_is_told_as_one(tmp_path: Path) -> None:
    write(tmp_path / "submitted" / "eve" / SLUG / f"{SLUG}.py", "")
    found = find([tmp_path / "submitted"], SLUG)
    assert summary(found) == "nbgrader's export: 1 submission of 1 student."


def test_nobody_hands_in_for_others(tmp_path: Path) -> None:
    """A student's own zip that looks like an export is not taken for one among other students'."""
    write(tmp_path / "bob.py", "")
    forged = zipped(export(tmp_path / "forged"), tmp_path / "mallory.zip")
    with pytest.raises(IntakeError, match=r"mallory\.zip looks like the export of a whole class"):
        find([tmp_path / "bob.py", forged], SLUG)
    export(tmp_path / "other" / "mallory")
    with pytest.raises(IntakeError, match="looks like a whole class's export"):
        find([tmp_path / "other"], SLUG)  # a TA's parent folder
    write(tmp_path / "other" / "bob.py", "")
    assert [h.students for h in find([tmp_path / "other"], SLUG)] == [("bob",), ("mallory",)]
    folder = tmp_path / "class"
    write(folder / "bob.py", "")
    forged.rename(folder / "mallory.zip")
    assert [h.students for h in find([folder], SLUG)] == [("bob",), ("mallory",)]
    assert summary(find([folder], SLUG)) == ""


def test_records_are_counted_across_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"aPK\x01\x02bcPK\x01\x02PK\x01")
    for size in range(1, 12):
        monkeypatch.setattr(class_zip, "_CHUNK", size)
        assert class_zip._claimed_entries(path) == 2


def test_a_numbered_name_may_be_taken() -> None:
    assert unique(["a", "A", "a-2", "b"]) == ["a", "A-2", "a-2-2", "b"]
    assert unique(["a", "a-2", "a"]) == ["a", "a-2", "a-3"]
