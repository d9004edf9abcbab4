"""The leaderboard: computed by the judge, and not to be had by claiming."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shared.isolation import isolates
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.bundle import Bundle, build_gradescope_zip
from autograder.course.layout import SourceError
from autograder.course.model import COURSE_FILE
from autograder.grading.grader import Grader
from autograder.grading.leaderboard import NoEntry, bits
from autograder.grading.results import Result
from autograder.submissions import read as submission

ROOT = Path(__file__).parents[2]

COLUMN = "    leaderboard: {name: Bits, order: asc}\n    questions:"
VALUE = """\
import numpy as np
from autograder.grading.leaderboard import bits

ANSWERS = np.array([0, 1, 1, 2])


def value(student, defined):
    def ask(model, prefixes):
        return model(prefixes)

    prefixes = np.array([[31337, 1], [2, 3], [4, 5], [6, 7]])
    return bits(student(ask, prefixes=prefixes), ANSWERS, 3)
"""
HONEST = """\
import numpy as np
def add(a, b):
    return a + b
def model(prefixes):
    return np.full((4, 3), 1 / 3)
"""


def make(folder: Path) -> Path:
    root = make_course(folder)
    text = (root / COURSE_FILE).read_text()
    write(root / COURSE_FILE, text.replace("    questions:", COLUMN))
    write(root / "assignments" / SLUG / "leaderboard.py", VALUE)
    return root


Board = Callable[[str], Result]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """Grades a source with the tiny course's leaderboard."""
    root = make(tmp_path_factory.mktemp("course"))
    with Grader(Bundle.from_course(root, SLUG)) as grader:

        def grade(source: str) -> Result:
            path = tmp_path_factory.mktemp("submission") / f"{SLUG}.py"
            path.write_text(source)
            return grader.grade(submission.read(path, SLUG, SLUG), leaderboard=True)

        yield grade


@isolates
def test_an_entry(graded: Board) -> None:
    result = graded(HONEST)
    assert [e.model_dump() for e in result.leaderboard] == [
        {"name": "Bits", "value": round(math.log2(3), 3), "order": "asc"}
    ]
    answer = result.to_gradescope()
    assert answer["leaderboard"] == [{"name": "Bits", "value": 1.585, "order": "asc"}]
    assert result.leaderboard_note == ""


@isolates
def test_whoever_has_not_written_what_it_needs_has_no_entry(graded: Board) -> None:
    stub = HONEST.replace("return np.full((4, 3), 1 / 3)", "raise NotImplementedError('q9')")
    result = graded(stub)
    assert (result.leaderboard, result.leaderboard_note) == ([], "")
    assert "leaderboard" not in result.to_gradescope()
    assert graded("import no_such_module").leaderboard == []


ATTACKS = {
    "twice as probable": ("np.full((4, 3), 2 / 3)", "sum to 1"),
    "rows that cancel out": ("np.vstack([np.full((2, 3), .5), np.full((2, 3), 1/6)])", "sum to 1"),
    "negative ones": ("np.array([[3.0, -1.0, -1.0]] * 4)", "negative"),
    "not a number": ("np.full((4, 3), np.nan)", "finite"),
    "one that is not a number": ("np.array([[1.0, 0.0, np.nan]] * 4)", "finite"),
    "infinite ones": ("np.full((4, 3), np.inf)", "finite"),
    "complex ones": ("np.full((4, 3), 1 / 3 + 0j)", "array of floats"),
    "integers": ("np.ones((4, 3), dtype=int)", "array of floats"),
    "a list": ("[[1 / 3] * 3] * 4", "array of floats"),
    "an object": ("type('P', (), {'shape': (4, 3), 'min': lambda s: 0})()", "array of floats"),
    "text": ("'0.0'", "array of floats"),
    "nothing": ("None", "array of floats"),
    "too few rows": ("np.full((3, 3), 1 / 3)", "one row"),
    "only the answers' column": ("np.ones((4, 1))", "one row"),
    "one axis": ("np.ones(12) / 3", "one row"),
    "what came was impossible": ("np.array([[1.0, 0.0, 0.0]] * 4)", "impossible"),
    "its beginnings, in an error": ("[][prefixes[0, 0]]", "raised an error"),
    "the end": ("__import__('os')._exit(0)", "ended the process"),
}


@isolates
@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_no_distribution_has_no_entry(graded: Board, attack: str) -> None:
    expression, why = ATTACKS[attack]
    result = graded(HONEST.replace("np.full((4, 3), 1 / 3)", expression))
    assert result.leaderboard == []
    assert why in result.leaderboard_note
    assert "31337" not in json.dumps(result.to_gradescope())
    assert result.question_scores()["q1"] == 4  # and nothing else is lost


PEEK = """
import sys, gc
def model(prefixes):
    frame, seen = sys._getframe(), []
    while frame:
        seen += [*frame.f_locals, *frame.f_globals]
        frame = frame.f_back
    found = [o for o in gc.get_objects() if isinstance(o, dict) and "ANSWERS" in o]
    if found or "ANSWERS" in seen or any("leaderboard" in m for m in sys.modules):
        p = np.zeros((4, 3))
        p[range(4), [0, 1, 1, 2]] = 1
        return p
    return np.full((4, 3), 1 / 3)
"""


@isolates
def test_the_answers_are_not_where_the_students_code_is(graded: Board) -> None:
    assert graded(HONEST + PEEK).leaderboard[0].value == 1.585


def test_bits_follow_the_definition() -> None:
    rng = np.random.default_rng(0)
    p = rng.random((50, 7)).astype(np.float32)
    p /= p.sum(axis=1, keepdims=True)
    answers = rng.integers(0, 7, 50)
    expected = np.mean([-math.log2(p[i, a]) for i, a in enumerate(answers)])
    assert bits(p, answers, 7) == pytest.approx(expected, rel=1e-5)
    # What a row has more than 1 within the tolerance gains nothing.
    assert bits(p * 1.00009, answers, 7) == pytest.approx(expected, rel=1e-5)
    with pytest.raises(NoEntry, match="sum to 1"):
        bits(p * 1.001, answers, 7)


def test_the_bundle_carries_it_outside_the_digest(tmp_path: Path) -> None:
    root = make(tmp_path / "a")
    out = tmp_path / "out.zip"
    build_gradescope_zip(root, SLUG, out)
    assert Bundle.from_zip(out) == Bundle.from_course(root, SLUG)
    assert Bundle.from_zip(out).leaderboard == VALUE
    plain = Bundle.from_course(make_course(tmp_path / "b"), SLUG)
    assert plain.digest == Bundle.from_zip(out).digest


def test_mistakes_in_the_file(tmp_path: Path) -> None:
    root = make(tmp_path)
    path = root / "assignments" / SLUG / "leaderboard.py"
    for text, message in (
        ("def", "line 1: this is not Python"),
        ("def other(student): ...", "must define the function `value"),
    ):
        write(path, text)
        with pytest.raises(SourceError, match=message):
            Bundle.from_course(root, SLUG)
    path.unlink()
    with pytest.raises(SourceError, match=r"leaderboard\.py is missing"):
        Bundle.from_course(root, SLUG)
    write(path, VALUE)
    course = (root / COURSE_FILE).read_text()
    write(root / COURSE_FILE, course.replace(COLUMN, "    questions:"))
    with pytest.raises(SourceError, match="gives it no `leaderboard`"):
        Bundle.from_course(root, SLUG)


# --- minillm's ---------------------------------------------------------------------------------

OWN = """


def own_model(ids, vocab_size):
    assert ids.shape == (120_000,) and vocab_size == int(ids.max()) + 1 == 23
    return lambda beginnings: torch.full((len(beginnings), vocab_size), 1 / vocab_size)
"""


def test_minillms_beginnings_tell_nothing_about_each_others_answers() -> None:
    names: dict[str, Any] = {}
    exec((ROOT / "assignments/minillm/leaderboard.py").read_text(encoding="utf-8"), names)
    training, beginnings, answers = names["texts"]()
    again = names["texts"]()
    assert all((x == y).all() for x, y in zip((training, beginnings, answers), again, strict=True))
    # How well the symbol that begins a row goes after the answer of the row before, in bits.
    v = len(names["ALPHABET"])
    counts = np.ones((v, v, v))
    np.add.at(counts, (training[:-2], training[1:-1], training[2:]), 1)
    p = counts / counts.sum(axis=2, keepdims=True)

    def surprise(shift: int) -> float:
        then = np.roll(beginnings[:, 0], -shift)
        return float(-np.log2(p[beginnings[:, -1], answers, then]).mean())

    strangers = np.mean([surprise(shift) for shift in range(2, 12)])
    assert surprise(1) > strangers - 0.3  # two bits less where the next row went on


@isolates
def test_minillm_counts_or_asks_the_students_own_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")
    solution = (ROOT / "solutions/minillm/minillm.py").read_text(encoding="utf-8")
    starter = (ROOT / "starter/minillm/minillm.py").read_text(encoding="utf-8")
    board: dict[str, list[float]] = {}
    with Grader(Bundle.from_course(ROOT, "minillm")) as grader:
        monkeypatch.setattr(grader, "_parts", [])  # the test cases are not what is looked at here
        for name, source in (
            ("solution", solution),
            ("again", solution),
            ("uniform", solution + OWN),
            ("starter", starter),
        ):
            path = tmp_path / name / "minillm.py"
            write(path, source)
            result = grader.grade(submission.read(path, "minillm", name), leaderboard=True)
            board[name] = [entry.value for entry in result.leaderboard]
            assert result.leaderboard_note == ""
    assert 0.9 < board["solution"][0] < 1.1
    assert board["again"] == board["solution"]
    assert board["uniform"] == [round(math.log2(23), 3)]
    assert board["starter"] == []


@isolates
def test_it_has_seen_no_hidden_case(graded: Board) -> None:
    """It is shown at once; what hidden cases say is not. A case can leave word for another one in
    memory that all forks of a submission share."""
    source = HONEST.replace(
        "def add(a, b):",
        "import mmap\nSEEN = mmap.mmap(-1, 8)\ndef add(a, b):\n    if b > 1000: SEEN[0] = 1",
    ).replace(
        "return np.full((4, 3), 1 / 3)",
        "return np.array([[0.5, 0.25, 0.25] if SEEN[0] else [1 / 3] * 3] * 4)",
    )
    result = graded(source)
    assert result.score == 10
    assert [entry.value for entry in result.leaderboard] == [1.585]
