"""Classes as nbgrader collects them and as Canvas downloads them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shared.downloads import told, zipped
from shared.tiny_course import SLUG, write

from autograder.classroom.intake import find
from autograder.classroom.intake.handin import NoSubmissions
from autograder.submissions.read import read


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
