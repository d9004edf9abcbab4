"""Masters of `otter assign` come in and go out, with stock Otter's points; nbgrader's come in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from rich.console import Console
from shared.isolation import isolates
from shared.masters import NBGRADER_ANSWERS, OTTER_ANSWERS, nbgrader_source, otter_master
from shared.preloaded import otter

from autograder.authoring.adopting import mark
from autograder.authoring.build import build
from autograder.authoring.bundle import Bundle
from autograder.authoring.founding import init
from autograder.grading.grader import Grader
from autograder.ground.errors import UserError
from autograder.platforms.nbgrader.importing import import_source
from autograder.platforms.otter.importing import import_master, read_master
from autograder.platforms.otter.master import build_masters
from autograder.submissions.read import Submission
from autograder.verifying.otter_run import otter_points

QUIET = Console(quiet=True)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "course"
    init(root, QUIET)
    monkeypatch.chdir(root)
    return root


def otter_assign(master: Path, out: Path) -> Path:
    """Run stock `otter assign`, tests of the solution included; the zip that it makes."""
    command = [sys.executable, "-c", "from otter.cli import cli; cli()", "assign", "--no-pdfs"]
    done = subprocess.run(
        [*command, str(master), str(out)],
        cwd=master.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = (out / "autograder").glob("*.zip")
    return made


def notebook(path: Path, assignment: str, *sources: str) -> Path:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "otter": {"assignment_name": assignment}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


def our_points(root: Path, slug: str, answers: dict[str, str]) -> dict[str, float]:
    with Grader(Bundle.from_course(root, slug)) as grader:
        return {
            name: grader.grade(Submission(name, name, source=source.encode())).score
            for name, source in answers.items()
        }


def written(value: Any, path: Path) -> Path:
    nbformat.write(value, path)
    return path


@isolates
def test_an_imported_master_gives_the_points_of_stock_otter(course: Path, tmp_path: Path) -> None:
    master = written(otter_master(), tmp_path / "squares.ipynb")
    assert import_master(master, "squares", QUIET) == 1  # something is lost
    assert build(["squares"], QUIET) == 0
    answers = {name: f"import math\n\n\n{source}" for name, source in OTTER_ANSWERS.items()}
    ours = our_points(course, "squares", answers)
    assert ours == pytest.approx(
        {"right": 7.0, "wrong cube": 10 / 3, "an integer square": 10 / 3, "a queue": 1.5}
    )
    # The third question of the master, of a variable, is not ours: nobody has it, and it is 0.
    stock = otter_assign(master, tmp_path / "out")
    for name, source in OTTER_ANSWERS.items():
        path = notebook(tmp_path / "squares_answer.ipynb", "squares", "import math", source)
        assert otter_points(stock, path, "squares", otter) == pytest.approx(
            ours[name],
            abs=1e-5,  # Otter rounds thirds
        ), name


def test_what_is_lost_is_listed_by_cell(tmp_path: Path) -> None:
    adopted = read_master(written(otter_master(), tmp_path / "squares.ipynb"))
    assert adopted.lost == [
        "cell 1: the setting `show_question_points`.",
        "cell 29: `answer = 42` is a solution outside of a function: students get no stub.",
        "cell 27: question number is left out: no function or class of it is marked as the "
        "solution; ours ask for those.",
    ]
    assert adopted.written == [("Why are squares never negative?", 3.0)]
    assert [(q.name, q.title, q.names) for q in adopted.questions] == [
        ("square", "One number", ["square", "cube"]),
        ("stack", "", ["Stack"]),
    ]
    assert all("42" not in cell.source for cell in adopted.cells)


@isolates
def test_an_imported_source_of_nbgrader(course: Path, tmp_path: Path) -> None:
    source = written(nbgrader_source(), tmp_path / "squares.ipynb")
    assert import_source(source, "squares", QUIET) == 0
    assert build(["squares"], QUIET) == 0
    starter = (course / "starter" / "squares" / "squares.py").read_text()
    assert "x * x" not in starter
    assert "math.sqrt" not in starter
    assert "Why has -1 no root?" in starter
    # As nbgrader counts: a test cell gives all its points or none.
    assert our_points(course, "squares", NBGRADER_ANSWERS) == {
        "right": 9.0,
        "only above zero": 2.0,
        "no square of zero": 2.0 + 4.0,
    }


@isolates
def test_stock_otter_assign_takes_our_master(course: Path, tmp_path: Path) -> None:
    assert build_masters(["hello"], QUIET) == 0
    stock = otter_assign(course / "dist" / "otter" / "hello" / "hello.ipynb", tmp_path / "out")
    student = json.loads((tmp_path / "out" / "student" / "hello.ipynb").read_text())
    text = "".join("".join(cell["source"]) for cell in student["cells"])
    assert "def average(numbers):" in text
    assert "sum(numbers)" not in text
    loop = "def average(numbers):\n    return sum(numbers) / max(1, len(numbers))\n"
    right = (course / "assignments/hello/alternatives/running_mean.py").read_text()
    for source, points in ((right, 4.0), (loop, 3.0)):
        path = notebook(tmp_path / "answer.ipynb", "hello", source)
        assert otter_points(stock, path, "hello", otter) == points


def test_a_probe_in_a_master(course: Path) -> None:
    path = course / "assignments" / "hello" / "hidden" / "q1.py"
    path.write_text(
        path.read_text()
        .replace("def test_negative(average):", "def test_negative(student):")
        .replace(
            "    assert_close(average([-1.5, 0.0, -2.5, 1.0]), -0.75)\n",
            "    def probe(average, numbers):\n        return average(numbers)\n\n"
            "    assert_close(student(probe, numbers=[-1.5, 0.0, -2.5, 1.0]), -0.75)\n",
        )
    )
    build_masters(["hello"], QUIET)
    master = nbformat.read(course / "dist/otter/hello/hello.ipynb", as_version=4)
    cell = next(c.source for c in master.cells if "def test_negative(env)" in c.source)
    names: dict[str, Any] = {}
    exec(cell, names)
    names["test_negative"]({"average": lambda numbers: sum(numbers) / len(numbers)})
    with pytest.raises(Exception, match=r"expected"):
        names["test_negative"]({"average": lambda numbers: 0.5})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "def f(x): return x  # SOLUTION",
            "def f(x):\n    # BEGIN SOLUTION\n    return x\n    # END SOLUTION",
        ),
        (
            'def f(x):\n    """Doc."""\n    y = 1\n    ### BEGIN SOLUTION\n    return y\n'
            "    ### END SOLUTION",
            'def f(x):\n    """Doc."""\n    # BEGIN SOLUTION\n    y = 1\n    return y\n'
            "    # END SOLUTION",
        ),
        (
            "limit = 3  # SOLUTION NO PROMPT\ngiven = 4",
            "# BEGIN SOLUTION NO PROMPT\nlimit = 3\n# END SOLUTION\ngiven = 4",
        ),
    ],
)
def test_markers_around_whole_bodies(source: str, expected: str) -> None:
    assert mark(source).source == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no notebook", "is not a Jupyter notebook that can be read"),
        (None, "does not exist"),
        ("empty", "has no question that can be carried over"),
    ],
)
def test_what_cannot_be_imported(tmp_path: Path, text: str | None, says: str) -> None:
    path = tmp_path / "master.ipynb"
    if text == "empty":
        written(nbformat.v4.new_notebook(cells=[]), path)
    elif text is not None:
        path.write_text(text)
    with pytest.raises(UserError, match=says):
        read_master(path)
