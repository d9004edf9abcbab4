"""Nobody vanishes, nobody appears, and what one hands in changes nothing for the others."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from shared.tiny_course import SLUG, write

from autograder.classroom.intake import HandIn, IntakeError, NoSubmissions, find, summary
from autograder.submissions.read import read

ASKED = ("add", "Counter")
RIGHT = "def add(a, b):\n    return a + b\n"


def class_of(root: Path, *names: str) -> Path:
    for name in names:
        write(root / name, RIGHT)
    return root


def who(hand_ins: list[HandIn]) -> list[str]:
    return sorted(", ".join(h.students) for h in hand_ins)


def refusals(hand_ins: list[HandIn]) -> dict[str, str]:
    return {h.name: read(h.path, SLUG, h.name).refusal for h in hand_ins}


def test_every_kind_of_file_gets_a_row(tmp_path: Path) -> None:
    names = ["ann.html", "ben.pdf", "cy.ipynb.txt", "dan.tar.gz", "eve.docx", "fay.py"]
    folder = class_of(tmp_path / "class", *names)
    (folder / "gil").mkdir()
    found = find([folder], SLUG, asked=ASKED)
    nothing = f"There is no {SLUG}.py or {SLUG}.ipynb in it, only"
    assert refusals(found) == {
        "ann": f"{nothing} .html.",
        "ben": f"{nothing} .pdf.",
        "cy": f"{nothing} .ipynb.txt.",
        "dan": f"{nothing} .gz.",
        "eve": f"{nothing} .docx.",
        "fay": "",
        "gil": "The folder is empty.",
    }


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "class", "ann.py", ".ben.py", ".DS_Store", "__MACOSX/x")
    notes: list[str] = []
    assert who(find([folder], SLUG, asked=ASKED, say=notes.append)) == ["ann"]
    assert notes == [f"Left out of {folder}, since they are hidden: .ben.py."]


@pytest.mark.parametrize(
    "others", [["ann.py"], ["ann.py", "ben.py"], ["ann/adding.py"], ["ann/hw/mine.py"]]
)
def test_one_original_name_in_a_class(tmp_path: Path, others: list[str]) -> None:
    folder = class_of(tmp_path / "mail", f"{SLUG}.py", *others)
    names = sorted([SLUG, *(o.partition("/")[0].removesuffix(".py") for o in others)])
    assert who(find([folder], SLUG, asked=ASKED)) == names


def test_a_students_folder_is_one_with_helpers_and_a_pair(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "ann", f"{SLUG}.py", f"{SLUG}.ipynb")
    write(folder / "helper.py", "def help():\n    pass\n")
    write(folder / "tests" / "q1.py", RIGHT)
    write(folder / "report.pdf", "")
    class_of(folder, f"{SLUG}-submission.zip")
    notes: list[str] = []
    assert who(find([folder], SLUG, asked=ASKED, say=notes.append)) == ["ann"]
    assert notes == [
        f"{folder} is one submission; beside its program: "
        "adding-submission.zip, helper.py, report.pdf, tests."
    ]


def test_a_file_called_like_the_metadata_makes_no_export(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "class", "ann.py", "ben.py")
    write(folder / "submission_metadata.yml", "submission_1:\n  :submitters: []\n")
    assert who(find([folder], SLUG, asked=ASKED)) == ["ann", "ben", "submission_metadata"]
    class_of(folder, "submission_1/adding.py")
    assert len(find([folder], SLUG, asked=ASKED)) == 4


def test_a_time_stamp_makes_no_tree_of_a_class(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "class", "ann/adding.py", "ben/adding.py", "eve/adding/adding.py")
    write(folder / "eve" / SLUG / "timestamp.txt", "2026-07-20 10:00:00 UTC")
    assert who(find([folder], SLUG, asked=ASKED)) == ["ann", "ben", "eve"]
    write(folder / "submitted" / "x" / SLUG / "timestamp.txt", "2026-07-20 10:00:00 UTC")
    assert who(find([folder], SLUG, asked=ASKED)) == ["ann", "ben", "eve", "submitted"]


def test_names_of_other_systems_make_no_download_of_a_class(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "class", "ann.py", "ben.py", "eve_12_34_adding.py")
    (folder / "Eve_7_assignsubmission_file").mkdir()
    assert who(find([folder], SLUG, asked=ASKED)) == [
        "Eve_7_assignsubmission_file",
        "ann",
        "ben",
        "eve_12_34_adding",
    ]


def test_links_and_pipes_are_rows_and_not_opened(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "class", "ann.py", "ben/adding.py")
    os.mkfifo(folder / "cy.py")
    (folder / "dan.py").symlink_to("ann.py")
    (folder / "eve").symlink_to("ben")
    write(folder / "fay" / "notes.txt", "")
    (folder / "fay" / "adding.py").symlink_to("../ann.py")
    said = refusals(find([folder], SLUG, asked=ASKED))
    assert said == {
        "ann": "",
        "ben": "",
        "cy": "It cannot be read: it is a named pipe, not a file.",
        "dan": "It cannot be read: it is a link, not a file.",
        "eve": "It cannot be read: it is a link, not a file.",
        "fay": f"There is no {SLUG}.py or {SLUG}.ipynb in it, only .txt.",
    }


def test_a_link_that_a_ta_gives_is_followed_and_one_of_several_is_not(tmp_path: Path) -> None:
    class_of(tmp_path / "class", "ann.py", "ben.py")
    (tmp_path / "link").symlink_to("class")
    assert who(find([tmp_path / "link"], SLUG, asked=ASKED)) == ["ann", "ben"]
    given = [tmp_path / "class" / "ann.py", tmp_path / "link"]
    assert refusals(find(given, SLUG, asked=ASKED))["link"] == (
        "It cannot be read: it is a link, not a file."
    )


@pytest.mark.parametrize("name", ["x" * 252 + ".py", "ä" * 126 + ".py", "x" * 255])
def test_names_as_long_as_the_file_system_takes(tmp_path: Path, name: str) -> None:
    folder = class_of(tmp_path / "class", "ann.py", name)
    found = find([folder], SLUG, asked=ASKED)
    assert len(found) == 2
    for hand_in in found:
        assert len(hand_in.name.encode()) <= 125
        write(tmp_path / "results" / f".{hand_in.name}.json.12345678.tmp", "")


def test_names_that_differ_stay_different_and_one_name_is_one(tmp_path: Path) -> None:
    names = ["a\x1b[31m.py", "a\x1b[32m.py", "b\nc.py", "=1+1.py", "re\u202etxt.py", "Zoe\u0308.py"]
    found = find([class_of(tmp_path / "class", *names)], SLUG, asked=ASKED)
    told = {s for h in found for s in (h.name, *h.students)}
    assert len(told) == 6
    assert "Zo\u00eb" in told  # composed, as others write it
    assert all(t.isprintable() for t in told)


@pytest.mark.parametrize("form", ["folder", "zip", "flat", "flat zip", "zip with a folder"])
def test_moodle(tmp_path: Path, form: str) -> None:
    root = tmp_path / "down"
    between = "_" if "flat" in form else "/"
    write(root / f"Ann Able_1234567_assignsubmission_file{between}{SLUG}.py", RIGHT)
    write(root / f"Ben Best_1234568_assignsubmission_file{between}mine.py", RIGHT)
    write(root / f"Cy Cole_1234569_assignsubmission_onlinetext{between}onlinetext.html", "")
    write(root / f"Ann Able_1234567_assignsubmission_onlinetext{between}onlinetext.html", "")
    with zipfile.ZipFile(root / "dan.zip", "w") as archive:
        archive.writestr(f"hw/{SLUG}.py", RIGHT)
    dan = root / f"Dan Dee_1234570_assignsubmission_file{between}Homework 1.zip"
    dan.parent.mkdir(exist_ok=True)
    (root / "dan.zip").rename(dan)
    path = root
    if "zip" in form:
        path = tmp_path / "moodle.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in sorted(p for p in root.rglob("*") if p.is_file()):
                archive.write(file, file.relative_to(root))
    found = find([path], SLUG, asked=ASKED)
    assert who(found) == ["1234567", "1234568", "1234569", "1234570"]
    assert [h.people[0].name for h in found] == ["Ann Able", "Ben Best", "Cy Cole", "Dan Dee"]
    assert summary(found) == "Moodle's export: 4 submissions of 4 students."
    assert list(refusals(found).values()) == [
        "",
        "",
        f"There is no {SLUG}.py or {SLUG}.ipynb in it, only .html.",
        "",
    ]


@pytest.mark.parametrize(
    "names",
    [
        ["ann.py", "ben.py"],
        ["ann/adding.py", "ben/adding.py"],
        ["hw/ann.py", "hw/ben.ipynb"],
        ["ann.zip", "ben.py", "notes.txt"],
    ],
)
def test_a_zip_of_several_students_is_for_the_ta_to_unpack(
    tmp_path: Path, names: list[str]
) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, RIGHT)
    with pytest.raises(IntakeError, match="looks like several students' files: unpack it"):
        find([path], SLUG, asked=ASKED)
    write(tmp_path / "dan.py", RIGHT)
    write(tmp_path / "eve.py", RIGHT)
    given = [path, tmp_path / "dan.py", tmp_path / "eve.py"]
    assert who(find(given, SLUG, asked=ASKED)) == ["class", "dan", "eve"]  # a student's own


@pytest.mark.parametrize("names", [["adding.py", "helper.py"], ["hw/adding.py", "hw/tests/q1.py"]])
def test_a_zip_of_one_student_is_one(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "ann.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, RIGHT)
    assert who(find([path], SLUG, asked=ASKED)) == ["ann"]


def test_parents_and_empty_things_are_no_students(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoSubmissions, match="is empty"):
        find([tmp_path / "empty"], SLUG)
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    with pytest.raises(NoSubmissions, match="is empty"):
        find([tmp_path / "empty.zip"], SLUG)
    class_of(tmp_path / "parent" / "mail", "ann.py", "ben.py")
    with pytest.raises(IntakeError, match="holds only mail, which looks like a class; give that"):
        find([tmp_path / "parent"], SLUG, asked=ASKED)
    write(tmp_path / "class.tar.gz", "")
    with pytest.raises(IntakeError, match="an archive of another kind: unpack it"):
        find([tmp_path / "class.tar.gz"], SLUG)


def test_a_text_does_not_take_a_programs_name(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "class", "ann.py", "ann.pdf", "ben.pdf", "ben.docx")
    assert who(find([folder], SLUG, asked=ASKED)) == ["ann", "ann.pdf", "ben.docx", "ben.pdf"]
