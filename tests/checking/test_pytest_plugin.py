"""`pytest` in a student's folder: the same verdicts and words as `autograder check`."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from autograder.checking.terminal import run_check

pytest_plugins = ["pytester"]

TESTS = '''"""Doubling."""
from autograder.checks import assert_equal, test_case

OK_FORMAT = False
name = "q1"
points = 4


@test_case(name="three", points=1, failure_message="Twice the number.")
def test_three(double):
    assert_equal(double(3), 6)


@test_case(name="four", points=3)
def test_four(double):
    assert_equal(double(4), 8)
'''


def run(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess(*args)


def assignment(root: Path, code: str | None, name: str = "twice") -> Path:
    folder = root / name
    (folder / "tests").mkdir(parents=True)
    (folder / "tests" / "q1.py").write_text(TESTS, encoding="utf-8")
    if code is not None:
        (folder / "twice.py").write_text(code, encoding="utf-8")
    return folder


def test_cases_points_and_messages(pytester: pytest.Pytester) -> None:
    folder = assignment(pytester.path, "def double(x):\n    return 8\n")
    result = run(pytester, "twice")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["*q1: three*", "Twice the number.", "double(3)", "expected result: 6", "got: 8 (int)"]
    )
    result.stdout.fnmatch_lines(["q1      3 / 4    Doubling", "twice: 3 / 4 public points"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*test_three*")

    console = Console(file=io.StringIO(), width=100)
    assert run_check(folder, None, None, console) == 1
    said = console.file.getvalue()  # type: ignore[attr-defined]
    for line in ("Twice the number.", "double(3)", "expected result: 6", "got: 8 (int)"):
        assert line in said


def test_a_file_given_by_name_is_collected_once(pytester: pytest.Pytester) -> None:
    assignment(pytester.path, "def double(x):\n    return x + x\n", "Übung – 行列")
    result = run(pytester, "Übung – 行列/tests/q1.py", "-W", "error")
    result.assert_outcomes(passed=2)
    run(pytester, "-k", "four").assert_outcomes(passed=1, deselected=1)


def test_a_stub_and_the_students_line(pytester: pytest.Pytester) -> None:
    code = (
        "def double(x):\n"
        "    if x == 3:\n"
        "        raise NotImplementedError('q1: double is not written yet')\n"
        "    return [][x]\n"
    )
    assignment(pytester.path, code)
    result = run(pytester, "twice")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["double is not written yet", "*line 4: `return [[][]][[]x[]]`"])


def test_a_file_that_cannot_be_loaded(pytester: pytest.Pytester) -> None:
    folder = assignment(pytester.path, "x = 1\nx = = 2\n")
    result = run(pytester, "twice")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        ["The end of the file, line 2, is left out: it is not valid Python*(line 2: `x = = 2`)."]
    )
    (folder / "twice.py").write_text("x = = 2\n", encoding="utf-8")
    result = run(pytester, "twice")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        ["*The file is not valid Python*(line 1: `x = = 2`).", "*(see the first failure)"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_broken_tests_are_one_sentence(pytester: pytest.Pytester) -> None:
    folder = assignment(pytester.path, "")
    (folder / "tests" / "q1.py").write_text(TESTS + "\n1 / 0\n", encoding="utf-8")
    result = run(pytester, "twice")
    result.stdout.fnmatch_lines(["*tests/q1.py cannot be used (ZeroDivisionError*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_two_assignments_in_one_run(pytester: pytest.Pytester) -> None:
    assignment(pytester.path, "def double(x):\n    return x + x\n", "one")
    assignment(pytester.path, "def double(x):\n    return 6\n", "two")
    result = run(pytester)
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["one: 4 / 4 public points", "two: 1 / 4 public points"])


def test_other_projects_are_not_disturbed(pytester: pytest.Pytester) -> None:
    assignment(pytester.path, None, "no_script")
    tests = pytester.path / "other" / "tests"
    tests.mkdir(parents=True)
    (tests.parent / "other.py").write_text("", encoding="utf-8")
    (tests / "q1.py").write_text("raise RuntimeError\n", encoding="utf-8")
    (tests / "test_x.py").write_text("def test_x(): pass\n", encoding="utf-8")
    result = run(pytester)
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*points*")


def test_importing_the_plugin_is_light() -> None:
    plugin = "autograder.checking.pytest_plugin"
    code = f"import sys, {plugin}; print({{'numpy', 'otter', 'rich'}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split("'")) & {"numpy", "otter"}
    assert not loaded
