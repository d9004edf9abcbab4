"""What a TA downloads, taken in: who, when, where; damage and hostility end in a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shared.tiny_course import SLUG, write

from autograder.classroom.intake import HandIn, IntakeError, class_zip, find, summary
from autograder.classroom.intake.handin import NoSubmissions
from autograder.classroom.intake.plain import unique
from autograder.submissions.read import MAX_TOTAL, read

METADATA = """\
---
submission_11:
  :submitters:
  - :name: Ada Lovelace
    :sid: '0042'
    :email: ada@example.org
  :created_at: 2026-07-20 19:06:36.213213000 Z
  :score: 3.0
  :status: processed
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    output: ":submitters: []"
  :history:
  - :id: 7
    :submitters: []
    :created_at: 2026-07-19 08:00:00.000000000 Z
    :score: 1.0
submission_12:
  :submitters:
  - :name: Bob
    :sid: '7'
    :email:
  - :name: Carol
    :sid: ''
    :email: carol@example.org
  :created_at: 2026-07-21 01:00:00.000000000 Z
  :history: []
submission_13:
  :submitters: []
  :created_at: 2026-07-20 10:00:00
"""


def export(root: Path, metadata: str = METADATA) -> Path:
    write(root / "submission_metadata.yml", metadata)
    write(root / "submission_11" / f"{SLUG}.py", "x = 11\n")
    write(root / "submission_12" / f"{SLUG}.py", "x = 12\n")
    write(root / "submission_12" / "helper.py", "y = 12\n")
    write(root / "submission_13" / f"{SLUG}.ipynb", "{}")
    return root


def zipped(folder: Path, out: Path, prefix: str = "") -> Path:
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, prefix + path.relative_to(folder).as_posix())
    return out


def told(hand_ins: list[HandIn]) -> list[tuple[str, tuple[str, ...], datetime | None]]:
    return [(h.name, h.students, h.submitted) for h in hand_ins]


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


def test_a_students_own_zip_is_no_class(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "alice.zip", "w") as archive:
        archive.writestr(f"{SLUG}.py", "x = 1\n")
        archive.writestr("alice_12_34_notes.txt", "")
    assert told(find([tmp_path / "alice.zip"], SLUG)) == [("alice", ("alice",), None)]


# --- nbgrader ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-07-20 21:58:23.948203 UTC\n", datetime(2026, 7, 20, 21, 58, 23, 948203, UTC)),
        ("2026-07-20 21:58:23", datetime(2026, 7, 20, 21, 58, 23, tzinfo=UTC)),
        ("2026-07-20 21:58:23 CEST", datetime(2026, 7, 20, 19, 58, 23, tzinfo=UTC)),
        ("2026-07-20 21:58:23 America/New_York", datetime(2026, 7, 21, 1, 58, 23, tzinfo=UTC)),
        ("2026-07-20 21:58:23 +0200", datetime(2026, 7, 20, 19, 58, 23, tzinfo=UTC)),
        ("2026-07-20T21:58:23+02:00", datetime(2026, 7, 20, 19, 58, 23, tzinfo=UTC)),
    ],
)
def test_nbgrader(tmp_path: Path, text: str, moment: datetime) -> None:
    tree = tmp_path / "submitted"
    write(tree / "ada" / SLUG / f"{SLUG}.ipynb", "{}")
    write(tree / "ada" / SLUG / "timestamp.txt", text)
    write(tree / "bob" / SLUG / f"{SLUG}.ipynb", "{}")
    write(tree / "carol" / "other" / "other.ipynb", "{}")
    for path in (tree, tmp_path):
        found = find([path], SLUG, "Europe/Zurich")
        assert told(found) == [("ada", ("ada",), moment), ("bob", ("bob",), None)]
        assert found[0].submitted.tzinfo is not None
        assert read(found[0].path, SLUG, "ada").source == b"{}"


@pytest.mark.parametrize(
    ("text", "says"),
    [("yesterday", "is not a date and time"), ("2026-07-20 21:58:23 MOON", "is not a time zone")],
)
def test_a_damaged_timestamp_costs_its_own_time(tmp_path: Path, text: str, says: str) -> None:
    write(tmp_path / "submitted" / "ada" / SLUG / "timestamp.txt", text)
    write(tmp_path / "submitted" / "bob" / SLUG / "timestamp.txt", "2026-07-20 10:00:00 UTC")
    notes: list[str] = []
    found = find([tmp_path / "submitted"], SLUG, say=notes.append)
    bobs = datetime(2026, 7, 20, 10, tzinfo=UTC)
    assert told(found) == [("ada", ("ada",), None), ("bob", ("bob",), bobs)]
    assert len(notes) == 1
    assert says in notes[0]


def test_nobody_handed_in(tmp_path: Path) -> None:
    write(tmp_path / "export" / "submission_metadata.yml", "{}\n")
    with pytest.raises(NoSubmissions, match="holds no submission of adding"):
        find([tmp_path / "export"], SLUG)


# --- Canvas ------------------------------------------------------------------------------------

CANVAS = {
    f"doejohn_101_900_{SLUG}.py": "x = 1\n",
    f"doejohn_LATE_101_905_{SLUG}-2.py": "x = 2\n",
    f"lovelaceada_102_901_{SLUG}-1.ipynb": "{}",
    "lovelaceada_102_902_helper-1.py": "y = 1\n",
    f"müllerjörg_LATE_103_903_{SLUG}.zip": "zip",
    "noether_104_904_report.pdf": "pdf",
    "nobody_105_text.html": "<p>forgot</p>",
    f"anon_LATE_AbC12_906_{SLUG}.py": "x = 3\n",
    "other_106_907_mine.py": "x = 4\n",
}


def canvas_folder(root: Path) -> Path:
    for name, text in CANVAS.items():
        write(root / name, text)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(f"deep/{SLUG}.py", "x = 5\n")
    (root / f"müllerjörg_LATE_103_903_{SLUG}.zip").write_bytes(inner.getvalue())
    return root


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_canvas(tmp_path: Path, form: str) -> None:
    path = canvas_folder(tmp_path / "submissions")
    if form == "zip":
        path = zipped(path, tmp_path / "submissions.zip")
    found = {h.name: h for h in find([path], SLUG)}
    assert sorted(found) == sorted(
        [
            f"anon_LATE_AbC12_906_{SLUG}",
            f"doejohn_101_900_{SLUG}",
            f"doejohn_LATE_101_905_{SLUG}-2",
            f"lovelaceada_102_901_{SLUG}-1",
            f"müllerjörg_LATE_103_903_{SLUG}",
            "nobody_105_text",
            "noether_104_904_report",
            "other_106_907_mine",
        ]
    )
    who = [h.students for h in found.values() if "doejohn" in h.name]
    assert who == [("101",), ("101",)]
    order = [n for n in found if "doejohn" in n]
    assert [found[n].late for n in order] == [False, True]
    works = {n: read(h.path, SLUG, n) for n, h in found.items()}
    assert works[order[1]].source == b"x = 2\n"
    ada = works[f"lovelaceada_102_901_{SLUG}-1"]
    assert (ada.kind, ada.files) == ("ipynb", {"helper.py": b"y = 1\n"})
    assert works[f"müllerjörg_LATE_103_903_{SLUG}"].source == b"x = 5\n"
    assert works["other_106_907_mine"].source == b"x = 4\n"
    assert found[f"anon_LATE_AbC12_906_{SLUG}"].students == ("AbC12",)
    refused = {n for n, w in works.items() if w.refusal}
    assert refused == {"nobody_105_text", "noether_104_904_report"}
    assert all(h.submitted is None for h in found.values())


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_canvas_anonymous_again_and_again(tmp_path: Path, form: str) -> None:
    root = tmp_path / "submissions"
    again = "12345678-1234-4abc-9def-1234567890ab"
    for name in (
        f"anon_AbC12_67890_12_34_{SLUG}.py",  # the student's file is called 12_34_adding.py
        f"LATE_anon_XyZ99_67891_{SLUG}-{again}.py",
        "anon_12345_text.html",
        f"doejohn_LATE_101_905_{SLUG}-8.tar.gz",
    ):
        write(root / name, "x = 1\n")
    path = root if form == "folder" else zipped(root, tmp_path / "submissions.zip")
    found = {h.students[0]: h for h in find([path], SLUG)}
    assert {who: h.late for who, h in found.items()} == {
        "AbC12": False,
        "XyZ99": True,
        "12345": False,
        "101": True,
    }
    works = {who: read(h.path, SLUG, h.name) for who, h in found.items()}
    assert {who: bool(work.refusal) for who, work in works.items()} == {
        "AbC12": False,
        "XyZ99": False,
        "12345": True,
        "101": True,
    }


def test_a_folder_with_one_other_file_is_no_canvas_download(tmp_path: Path) -> None:
    write(tmp_path / f"doejohn_101_900_{SLUG}.py", "")
    write(tmp_path / "alice.py", "")
    names = [h.students for h in find([tmp_path], SLUG)]
    assert names == [("alice",), (f"doejohn_101_900_{SLUG}",)]


# --- names -------------------------------------------------------------------------------------


def test_names_are_unique_over_all_paths(tmp_path: Path) -> None:
    found = find([export(tmp_path / "one"), export(tmp_path / "two")], SLUG)
    names = [h.name for h in found]
    assert len({n.casefold() for n in names}) == 6
    assert names[::3] == ["submission_11", "submission_11-2"]
    assert summary(found) == "Gradescope's export: 6 submissions of 4 students."


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
