"""A student's folder with two small questions, and a shell that keeps what the command says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import nbformat
from rich.console import Console

from autograder.checking import terminal as check

Q1 = '''"""Doubling — naïvely."""
import numpy as np
from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 4
hints = ["Think of addition.", "x + x"]


@test_case(name="three", points=1, failure_message="Twice the number.")
def test_three(double):
    assert_equal(double(3), 6)


@test_case(name="an array", points=2, failure_message="Every entry is doubled.")
def test_array(double):
    assert_array(double(np.arange(3.0)), [0, 2, 4])


@test_case(name="text is refused", points=1, failure_message="Numbers only.")
def test_text(double):
    assert_raises(TypeError, double, "a", mentions="x")
'''
Q2 = '''"""A pair."""
from autograder.checks import assert_equal, test_case

OK_FORMAT = False
name = "q2"
points = 2


@test_case(name="unpacked", points=1)
def test_pair(pair):
    first, second = pair(1)
    assert_equal(first, 1)


@test_case(name="by probe", points=1)
def test_probe(student):
    def probe(pair):
        return pair(2)[1]

    assert_equal(student(probe), 2)
'''
GOOD = """
def double(x):
    if isinstance(x, str):
        raise TypeError("x is no number")
    return x + x


def pair(x):
    return x, x
"""
STUBS = """
def double(x):
    raise NotImplementedError("q1: double is not written yet")


def pair(x):
    raise NotImplementedError("q2: pair is not written yet")
"""


def assignment(folder: Path, code: str | None = GOOD) -> Path:
    """A student's folder `folder`, with the script `twice.py` unless `code` is None."""
    (folder / "tests").mkdir(parents=True)
    (folder / "tests" / "q1.py").write_text(Q1, encoding="utf-8")
    (folder / "tests" / "q2.py").write_text(Q2, encoding="utf-8")
    if code is not None:
        (folder / "twice.py").write_text(code, encoding="utf-8")
    return folder


def plan(folder: Path, **more: object) -> None:
    """What `autograder build` leaves in the folder of its course."""
    questions = {"q1": {"names": ["double"]}, "q2": {"names": ["pair"]}}
    (folder / "tests" / ".points.json").write_text(json.dumps(questions | more), encoding="utf-8")


def notebook(path: Path, *cells: str | tuple[str, list[str]]) -> None:
    book = nbformat.v4.new_notebook()
    for cell in cells:
        source, tags = cell if isinstance(cell, tuple) else (cell, [])
        book.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
    nbformat.write(book, path)


class Shell:
    """Runs the commands in a folder and keeps the last output."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.text = folder, ""

    def _call(self, command: Callable[[Console], int]) -> int:
        console = Console(file=io.StringIO(), width=120)
        code = command(console)
        self.text = console.file.getvalue()  # type: ignore[attr-defined]
        assert "Traceback" not in self.text
        return code

    @property
    def line(self) -> str:
        """What was said, without the ends of lines."""
        return " ".join(self.text.split())

    def check(self, slug: str | None = None, questions: list[str] | None = None) -> int:
        return self._call(lambda c: check.run_check(self.folder, slug, questions, c))

    def hint(self, question: str) -> int:
        return self._call(lambda c: check.show_hint(self.folder, None, question, c))
