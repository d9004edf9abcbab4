"""Grading one submission after another in the jail: honest work, broken work, limits, rules."""

from __future__ import annotations

import json
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shared.isolation import isolates

from autograder.authoring.bundle import Bundle
from autograder.course.model import Assignment
from autograder.grading.grader import Grader
from autograder.grading.results import Outcome, Result
from autograder.submissions import read as submission

pytestmark = isolates

PUBLIC = """
import numpy as np
from autograder.checks import assert_array, assert_close, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 4


@test_case(name="a sum", points=2, failure_message="Add the entries.")
def test_sum(total):
    assert_close(total(np.array([1.0, 2.0, 4.0])), 7.0)


@test_case(name="a bad argument", points=1)
def test_raises(total):
    assert_raises(ValueError, total, "text", mentions="x")


@test_case(name="the argument is left alone", points=1)
def test_unchanged(total):
    x = np.arange(4.0)
    total(x)
    assert_array(x, np.arange(4.0), what="x after the call")
"""

HIDDEN = """
import numpy as np
from autograder.checks import assert_array, assert_close, assert_equal, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 6


@test_case(name="another sum", points=2, hidden=True, failure_message="Think of negative numbers.")
def test_sum(total):
    assert_close(total(np.array([-31337.0, 1.0])), -31336.0)


@test_case(name="an object with state", points=2, hidden=True, failure_message="Count.")
def test_object(student):
    def probe(Counter, times):
        # a comment that must not travel
        counter = Counter()
        for _ in range(times):
            counter.step()
        return counter.count

    assert_equal(student(probe, times=3), 3)


@test_case(name="a function given", points=2, hidden=True, failure_message="Call it.")
def test_callback(twice):
    assert_close(twice(lambda x: x * 1.5, 2.0), 4.5)
"""

SOLUTION = """
import numpy as np

def total(x):
    if isinstance(x, str):
        raise ValueError("x must be an array")
    return float(np.sum(x))

class Counter:
    def __init__(self):
        self.count = 0
    def step(self):
        self.count += 1

def twice(f, x):
    return f(f(x))
"""

ASSIGNMENT = {
    "slug": "sums",
    "title": "Sums",
    "released": "2026-01-01T00:00:00Z",
    "due": "2026-02-01T00:00:00Z",
    "limits": {
        "call_seconds": 1,
        "case_seconds": 2,
        "load_seconds": 1,
        "submission_seconds": 6,
        "memory_mb": 256,
    },
    "forbid_imports": ["scipy"],
    "questions": {
        "q1": {
            "title": "Sums",
            "points": 10,
            "names": ["total", "Counter", "twice"],
            "forbid": ["np.dot", "@"],
        }
    },
}


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    assignment = Assignment.model_validate_json(json.dumps(ASSIGNMENT))
    with Grader(Bundle(assignment, {"q1": PUBLIC}, {"q1": HIDDEN}, {})) as grader:
        yield grader


@pytest.fixture
def grade(grader: Grader, tmp_path: Path) -> Callable[..., Result]:
    def grade(source: str | bytes, name: str = "sums.py") -> Result:
        path = tmp_path / name
        data = textwrap.dedent(source).encode() if isinstance(source, str) else source
        path.write_bytes(data)
        return grader.grade(submission.read(path, "sums", "somebody"))

    return grade


def outcomes(result: Result) -> dict[str, str]:
    return {c.name: str(c.outcome) for p in result.parts for c in p.cases}


def messages(result: Result) -> str:
    return "\n".join(c.message for p in result.parts for c in p.cases)


# --- honest work --------------------------------------------------------------------------------


def test_the_solution_gets_everything(grade: Callable[..., Result]) -> None:
    result = grade(SOLUTION)
    assert (result.score, result.max_score, result.remark) == (10, 10, "")


def test_a_notebook_is_the_same(grade: Callable[..., Result]) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Sums"], "metadata": {}},
        {"cell_type": "code", "source": SOLUTION.splitlines(keepends=True), "metadata": {}},
        {"cell_type": "code", "source": "%matplotlib inline\n!ls\nx = 5", "metadata": {}},
        {"cell_type": "code", "source": "1 / 0", "metadata": {"tags": ["active-ipynb"]}},
        {
            "cell_type": "code",
            "source": "import otter\ngrader = otter.Notebook()\ngrader.check('q1')",
            "metadata": {},
        },
    ]
    result = grade(json.dumps({"cells": cells, "nbformat": 4}), "sums.ipynb")
    assert result.score == 10


def test_a_cell_that_fails_does_not_take_the_rest_with_it(grade: Callable[..., Result]) -> None:
    cells = [
        {"cell_type": "code", "source": "import nothing_of_that_name", "metadata": {}},
        {"cell_type": "code", "source": SOLUTION, "metadata": {}},
    ]
    result = grade(json.dumps({"cells": cells}), "sums.ipynb")
    assert result.score == 10
    assert "ModuleNotFoundError" in result.remark
    assert "cell 1" in result.remark


def test_the_same_submission_gives_the_same_result(grade: Callable[..., Result]) -> None:
    source = SOLUTION + "\ndef total(x):\n    return object()\n"
    first, second = grade(source), grade(source)
    steady = {"seconds": True, "parts": {"__all__": {"seconds"}}}
    assert first.model_dump(exclude=steady) == second.model_dump(exclude=steady)


def test_stubs(grade: Callable[..., Result]) -> None:
    result = grade("def total(x):\n    raise NotImplementedError('q1: total is not written yet')\n")
    seen = outcomes(result)
    assert seen["a sum"] == Outcome.UNWRITTEN
    assert result.score == 0


def test_a_mutated_argument_is_copied_back(grade: Callable[..., Result]) -> None:
    source = SOLUTION + "\ndef total(x):\n    x *= 0\n    return 0.0\n"
    assert outcomes(grade(source))["the argument is left alone"] == Outcome.FAILED


def test_each_case_starts_afresh(grade: Callable[..., Result]) -> None:
    source = SOLUTION + "\ncalls = []\n_t = total\ndef total(x):\n    calls.append(x)\n"
    source += "    assert len(calls) == 1, 'called before'\n    return _t(x)\n"
    assert grade(source).score == 10


def test_threads_warnings_stderr_and_files_in_scratch_work(grade: Callable[..., Result]) -> None:
    result = grade(
        SOLUTION
        + """
import sys, tempfile, threading, warnings
from concurrent.futures import ThreadPoolExecutor

def total(x):
    if isinstance(x, str):
        raise ValueError("x")
    warnings.warn("hm")
    print("note", file=sys.stderr)
    with tempfile.TemporaryFile() as f:
        f.write(b"x")
    open("here.txt", "w").write("x")
    with ThreadPoolExecutor(4) as pool:
        return float(sum(pool.map(float, x)))
"""
    )
    assert result.score == 10, messages(result)


# --- what students see --------------------------------------------------------------------------


def test_a_public_failure_shows_call_expected_and_got(grade: Callable[..., Result]) -> None:
    result = grade(SOLUTION + "\ndef total(x):\n    return 5.0\n")
    public = next(c for p in result.parts for c in p.cases if c.name == "a sum")
    assert public.message.splitlines() == [
        "Add the entries.",
        "total(array (3,))",
        "expected result: 7",
        "got: 5",
    ]


def test_a_hidden_failure_is_a_hint_and_nothing_else(grade: Callable[..., Result]) -> None:
    result = grade(SOLUTION + "\ndef total(x):\n    raise ValueError(f'x {list(x)}')\n")
    hidden = next(c for p in result.parts for c in p.cases if c.name == "another sum")
    assert hidden.message == "Think of negative numbers."
    assert "31337" not in json.dumps(result.to_gradescope())


# --- what cannot be graded ----------------------------------------------------------------------

NOT_GRADABLE = [
    ("sums.py", b"def total(:\n", "not valid Python"),
    ("sums.py", "x = '\u00e9'".encode("latin-1"), "UTF-8"),
    ("sums.py", b"\x00\x01", "NUL"),
    ("sums.py", b"", "Nothing that `sums` asks for"),
    ("sums.py", b"def matmul_naive(a, b): pass", "another assignment"),
    ("sums.py", b"import scipy\n" + SOLUTION.encode(), "`scipy` must not be imported"),
    ("sums.py", b"import sys\nsys.exit(0)", "exit"),
    ("sums.py", b"import os\nos._exit(0)", "ended the process"),
    ("sums.py", b"while True: pass", "more than 1 seconds"),
    ("sums.py", b"(" * 5000 + b")" * 5000, "not valid Python"),
    ("sums.ipynb", b"not json", "JSON"),
    ("sums.ipynb", b"[]", "not a Jupyter notebook"),
    ("sums.ipynb", b'{"cells": [{"cell_type": "code", "source": 3}]}', "damaged"),
    ("sums.ipynb", b"[" * 100_000, "JSON"),
    ("sums.zip", b"PK not a zip", "damaged"),
]


@pytest.mark.parametrize(("name", "data", "says"), NOT_GRADABLE)
def test_one_sentence_and_no_points(
    grade: Callable[..., Result], name: str, data: bytes, says: str
) -> None:
    result = grade(data, name)
    assert result.score == 0
    assert says in result.remark
    assert "\n" not in result.remark


def zipped(path: Path, entries: dict[str, bytes | str], links: tuple[str, ...] = ()) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name in links:
                info.external_attr = 0o120777 << 16
            archive.writestr(info, data)
    return path


@pytest.mark.parametrize(
    ("entries", "links", "says"),
    [
        ({"../sums.py": SOLUTION}, (), "leads out of it"),
        ({"/etc/sums.py": SOLUTION}, (), "leads out of it"),
        ({"..\\sums.py": SOLUTION}, (), "leads out of it"),
        ({"sums.py": "/etc/passwd"}, ("sums.py",), "link or a device"),
        ({"a/sums.py": SOLUTION, "b/sums.py": SOLUTION}, (), "hand in only one"),
        ({"one.py": SOLUTION, "two.py": SOLUTION}, (), "not clear which"),
        ({"Data.csv": "1", "data.csv": "2", "sums.py": SOLUTION}, (), "two files called"),
        ({"report.pdf": "x"}, (), "There is no sums.py"),
        ({}, (), "empty"),
        ({"zeros": bytes(60 << 20), "sums.py": SOLUTION}, (), "more than 48 MB"),
        ({f"{i}.txt": "" for i in range(1001)}, (), "more than 1000 files"),
    ],
)
def test_zips_that_are_refused(
    grader: Grader,
    tmp_path: Path,
    entries: dict[str, bytes | str],
    links: tuple[str, ...],
    says: str,
) -> None:
    path = zipped(tmp_path / "sums.zip", entries, links)
    result = grader.grade(submission.read(path, "sums", "somebody"))
    assert result.score == 0
    assert says in result.remark


def test_a_zip_with_files_beside(grader: Grader, tmp_path: Path) -> None:
    source = "from helper import *\nassert open('data/n.txt').read() == '5'\n"
    entries = {"hw/sums.py": source, "hw/helper.py": SOLUTION, "hw/data/n.txt": "5"}
    path = zipped(tmp_path / "x.zip", {**entries, "hw/tests/q1.py": "", "__MACOSX/sums.py": ""})
    result = grader.grade(submission.read(path, "sums", "somebody"))
    assert (result.score, result.remark) == (10, "")


def test_an_empty_folder(grader: Grader, tmp_path: Path) -> None:
    result = grader.grade(submission.read(tmp_path, "sums", "somebody"))
    assert (result.score, result.remark) == (0, "The folder is empty.")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("del total", "`total` is not defined"),
        ("total = 5", "should be a function or class, but it is int"),
        ("def total(x): return None", "got: None. Is a `return` missing?"),
        ("def total(x): return [1, 2]", "got: list of length 2"),
        ("def total(x): return float('nan')", "got: nan"),
        ("def total(x): return object()", "got: object"),
        ("def total(x): return x.nothing", "raised AttributeError"),
        ("def total(x): import os; os._exit(7)", "ended the process"),
        ("def total(x): raise SystemExit", "called sys.exit()"),
        ("def total(x): raise BaseException('b')", "raised BaseException"),
        ("def total(x):\n    while True: pass", "ran for more than 1 seconds"),
        ("def total(x): return [0] * (1 << 33)", "MemoryError"),
        ("def total(x): print('x' * (1 << 20)); return 7.0", "printed more than is allowed"),
        ("def total(x): return bytes(1 << 27)", "cannot be judged"),
        ("def total(x): return total(x)", "RecursionError"),
        ("def total(x): return np.dot(x, np.ones(3))", "must not use `np.dot`"),
        ("def total(x): return x @ np.ones(3)", "must not use `@`"),
        ("def total(x): return x.dot(np.ones(3))", "must not use `np.dot`"),
    ],
)
def test_what_goes_wrong_is_named_and_the_rest_is_judged(
    grade: Callable[..., Result], change: str, says: str
) -> None:
    result = grade(SOLUTION + "\n" + change + "\n")
    assert says in messages(result)
    rule = "must not" in says
    assert outcomes(result)["an object with state"] == (Outcome.RULE if rule else Outcome.PASSED)


def test_a_budget_for_the_whole_submission(grade: Callable[..., Result]) -> None:
    slow = "def total(x):\n    while True: pass\n"
    slow += "def twice(f, x):\n    while True: pass\n"
    slow += "class Counter:\n    def step(self):\n        while True: pass\n"
    result = grade(SOLUTION + slow)
    assert result.score == 0
    assert result.exhausted
    said = [case.message for part in result.parts for case in part.cases]
    # Six cases of one second each, and not one more at import.
    assert said.count("Your code ran for more than 1 seconds.") == 5
    assert said[-1].endswith("Its 6 seconds are used up.")


def test_honest_words_are_not_forbidden(grade: Callable[..., Result]) -> None:
    result = grade(
        SOLUTION
        + '''
def total(x):
    """Do not use np.dot or @ here."""
    if isinstance(x, str):
        raise ValueError("x: np.dot")
    dot = 0.0  # np.dot would be shorter
    for matmul in x:
        dot += matmul
    return float(dot)

class Counter:
    def __init__(self):
        self.count = 0
    def dot(self, n):
        return n
    def step(self):
        self.count += self.dot(1)
'''
    )
    assert result.score == 10, messages(result)
