"""Similar submissions: copies are found whatever they are called, independent work is not."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.source import build_starter
from autograder.classroom.intake import HandIn, Person, latest
from autograder.classroom.similarity.compare import (
    MAX_CODE,
    THRESHOLD,
    Group,
    Pair,
    Program,
    Similarity,
    Unreadable,
    code_of,
    compare,
    groups_of,
)
from autograder.classroom.similarity.view import (
    SimilarityError,
    read_programs,
    read_similarity,
    starter_code,
)
from autograder.classroom.similarity.view import write as write_pages
from autograder.course.layout import solution_path

ROOT = Path(__file__).parents[2]
REAL = "matmul"


def program(name: str, code: str, *students: str) -> Program:
    return Program(name, students or (name,), code_of(code.encode(), "py"))


def real(name: str) -> str:
    return (ROOT / "assignments" / REAL / "alternatives" / f"{name}.py").read_text("utf-8")


@pytest.fixture(scope="module")
def given() -> list[str]:
    return starter_code(ROOT, REAL)


# Written by themselves; the others took parts of the solution over.
INDEPENDENT = ("bincount_and_broadcast", "functional", "winograd_and_cumsum")


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    folder = ROOT / "assignments" / REAL / "alternatives"
    found = {name: (folder / f"{name}.py").read_text("utf-8") for name in INDEPENDENT}
    return found | {"solution": solution_path(ROOT, REAL).read_text("utf-8")}


def disguised(code: str) -> str:
    """The same code with other names, comments, order of functions and empty lines."""
    renamed = re.sub(r"\b(a|b|out|result|rows|columns|total|i|j|k|n)\b", r"my_\1", code)
    head, *blocks = re.split(r"\n(?=def |class )", renamed)
    return "\n\n\n# mine\n".join([head, *reversed(blocks)])


def test_independent_right_answers_are_not_similar(
    answers: dict[str, str], given: list[str]
) -> None:
    pairs, few = compare([program(n, c) for n, c in answers.items()], given, 0.01)
    assert not few
    assert len(pairs) == 6
    assert max(p.share for p in pairs) < THRESHOLD / 2


def test_untouched_notebooks_have_nothing_of_their_own(tmp_path: Path, given: list[str]) -> None:
    untouched = build_starter(ROOT, REAL)[f"{REAL}.ipynb"]
    hand_ins = []
    for name, person in (("submission_1", "Ann"), ("submission_2", "")):
        path = tmp_path / name / f"{REAL}.ipynb"
        write(path, untouched.decode())
        students, people = (f"{name}@x.org",), (Person(person),)
        hand_ins.append(HandIn(name, path.parent, students, people=people))
    programs, unreadable = read_programs(hand_ins, REAL)
    assert compare(programs, given) == (
        [],
        {
            "Ann (submission_1)": "too little of its own",
            "submission_2@x.org (submission_2)": "too little of its own",
        },
    )
    assert unreadable == {}


def test_a_disguised_copy_is_found(answers: dict[str, str], given: list[str]) -> None:
    everybody = [program(n, c) for n, c in answers.items()]
    everybody.append(program("copy", disguised(answers["solution"])))
    pairs, _ = compare(everybody, given)
    assert [(p.a.name, p.b.name) for p in pairs] == [("solution", "copy")]
    assert pairs[0].share > 0.9


def test_half_a_copy_is_found_from_the_side_that_has_it(
    given: list[str], answers: dict[str, str]
) -> None:
    blocks = re.split(r"\n(?=def |class )", answers["solution"])
    half = "\n".join(blocks[: len(blocks) // 2])
    [pair], _ = compare([program("all", answers["solution"]), program("half", half)], given, 0.3)
    assert pair.share_b > 0.9
    assert pair.share_a < pair.share < pair.share_b


def test_what_was_handed_out_does_not_count(given: list[str], answers: dict[str, str]) -> None:
    pairs, few = compare([program("a", given[0]), program("b", given[0])], given)
    assert not pairs
    assert set(few) == {"a", "b"}
    assert "too little" in few["a"]


def test_what_everybody_may_use_does_not_count(given: list[str], answers: dict[str, str]) -> None:
    lecture = answers["functional"]
    both = [program("a", lecture), program("b", lecture)]
    assert len(compare(both, given)[0]) == 1
    assert compare(both, [*given, code_of(lecture.encode(), "py")])[0] == []


def test_one_students_submissions_are_not_compared(
    given: list[str], answers: dict[str, str]
) -> None:
    code = answers["functional"]
    both = [program("first", code, "ada"), program("second", code, "bob", "ada")]
    assert compare(both, given)[0] == []


def test_marked_pieces_are_the_common_ones(given: list[str], answers: dict[str, str]) -> None:
    code = answers["functional"]
    own = "class Own:\n    def method(self, value):\n        return [value, *self.stock]\n\n\n"
    [pair], _ = compare([program("a", code), program("b", own + code)], given)
    marked = "".join(pair.b.code[start:end] for start, end in pair.spans_b)
    assert "class Own" not in marked
    assert "self.stock" not in marked
    assert len(marked) > 0.8 * (len(code) - code.count("#"))  # docstrings are one token
    for spans, text in ((pair.spans_a, pair.a.code), (pair.spans_b, pair.b.code)):
        assert all(0 <= s < e <= len(text) for s, e in spans)
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


def test_nothing_to_compare(given: list[str]) -> None:
    assert compare([], given) == ([], {})
    pairs, few = compare([program("a", ""), program("b", "\n")], given)
    assert (pairs, set(few)) == ([], {"a", "b"})


# --- reading -----------------------------------------------------------------------------------


def notebook(*cells: str) -> bytes:
    made = nbformat.v4.new_notebook()
    made.cells = [nbformat.v4.new_code_cell(c) for c in cells]
    made.cells.append(nbformat.v4.new_markdown_cell("words"))
    return nbformat.writes(made).encode()


def test_a_notebook_becomes_a_script() -> None:
    code = code_of(notebook("%matplotlib inline\nx = 1", "!ls\ny = 2"), "ipynb")
    assert code == "x = 1\n\ny = 2\n"
    assert code_of(b"\xef\xbb\xbf\r\nx = 1\r\n\r\n", "py") == "x = 1\n"


def test_a_desert_of_blank_lines_is_crossed(given: list[str]) -> None:
    desert = code_of(b"x = 1\n" + b"\t \n" * 90_000 + b"\x0c\n" * 1000 + b"y = 2  \n", "py")
    assert desert == "x = 1\n\n\ny = 2\n"
    assert compare([Program("a", ("a",), desert)], given)[0] == []


@pytest.mark.parametrize(
    ("source", "kind", "says"),
    [
        (b"\xff", "py", "UTF-8"),
        (b"[" * 200_000, "ipynb", "notebook is damaged"),
        (b'{"cells": 3, "nbformat": 4}', "ipynb", "not a Jupyter notebook"),
        (b"x" * (MAX_CODE + 1), "py", "more than"),
    ],
)
def test_what_cannot_be_read_is_left_out(source: bytes, kind: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        code_of(source, kind)


def test_code_is_never_run(given: list[str], tmp_path: Path) -> None:
    trap = f"open({str(tmp_path / 'ran')!r}, 'w')\n" * 40
    compare([program("a", trap), program("b", trap + "x = 1\n")], given)
    compare([program("a", "def broken(:\n" * 50), program("b", "((((" * 500)], given)
    assert not (tmp_path / "ran").exists()


def test_the_last_of_a_student_is_compared() -> None:
    def hand_in(name: str, who: str, day: int | None) -> HandIn:
        when = datetime(2026, 7, day, tzinfo=UTC) if day else None
        return HandIn(name, Path(name), (who,), when)

    given = [hand_in("a", "ada", 3), hand_in("b", "ada", 2), hand_in("c", "bob", None)]
    assert [h.name for h in latest([*given, hand_in("d", "bob", None)])] == ["a", "d"]


# --- groups and pages --------------------------------------------------------------------------


def pair(one: str, other: str, share: float) -> Pair:
    a, b = Program(one, (one,), f"<{one}>&"), Program(other, (other,), "xy")
    return Pair(a, b, share, share, share, ((0, 2),), ((1, 2),))


def test_groups_are_connected() -> None:
    pairs = [pair("a", "b", 0.5), pair("d", "c", 0.9), pair("b", "e", 0.6)]
    assert groups_of(pairs) == [Group(("c", "d"), 0.9), Group(("a", "b", "e"), 0.6)]
    assert groups_of([]) == []


def test_pages_escape_what_students_wrote(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    pairs = [pair(evil, "b", 0.9)]
    folder = tmp_path / "similarity" / SLUG
    write_pages(Similarity(0.4, 2, pairs, groups_of(pairs), {evil: evil}), "T", folder)
    for page in folder.glob("*.html"):
        assert evil not in page.read_text("utf-8")
    text = (folder / "pair-1.html").read_text("utf-8")
    assert "<mark>&lt;&lt;</mark>script" in text
    found = Similarity(0.4, 2, [], [Group((evil, "b"), 0.9)], {})
    assert read_similarity(tmp_path, SLUG) == found
    assert folder.stat().st_mode & 0o077 == 0


def test_groups_of_an_earlier_comparison(tmp_path: Path) -> None:
    assert read_similarity(tmp_path, SLUG) is None
    write(tmp_path / "similarity" / SLUG / "similarity.json", "{}")
    with pytest.raises(SimilarityError, match="is damaged"):
        read_similarity(tmp_path, SLUG)


def test_the_command(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    code = "\n".join(f"def f{n}(a, b):\n    return a * {n} + b[a:{n}] ** {n}" for n in range(30))
    write(root / "class" / "ada.py", code)
    (root / "class" / "bob.ipynb").write_bytes(notebook(*code.replace("a", "zz").split("\n\n")))
    write(root / "class" / "carol.py", "x = 1\n")
    write(root / "class" / "dave.ipynb", "nothing")
    write(root / "lecture.py", "def shown():\n    return 1\n")
    command = [sys.executable, "-m", "autograder", "similarity", SLUG, "class"]
    wrong = subprocess.run(
        [*command, "--given", "no.py"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (wrong.returncode, wrong.stderr) == (
        2,
        "no.py cannot be read: No such file or directory.\n",
    )
    command += ["--given", "lecture.py"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ada, bob" in done.stdout
    assert "2 compared, 2 left out; 1 group shares 40% or more" in done.stdout
    folder = root / "results" / "similarity" / SLUG
    assert json.loads((folder / "similarity.json").read_text())["groups"][0]["names"] == (
        ["ada", "bob"]
    )
    index = (folder / "index.html").read_text("utf-8")
    assert "carol: too little" in index
    assert "dave: The notebook is damaged" in index
