"""A test that fails itself can be found by staff, and never by students."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console
from shared.isolation import isolates
from shared.tiny_course import SLUG, make_course

from autograder.authoring.bundle import Bundle
from autograder.classroom.view import tell_troubles
from autograder.grading.grader import BrokenTests, Grader, load_tests
from autograder.grading.results import Outcome
from autograder.platforms.gradescope.metadata import Metadata
from autograder.platforms.gradescope.service import for_students
from autograder.submissions.read import Submission

TROUBLE = "IndexError: list index out of range (hidden/q1.py, line 11)"


def rewrite(root: Path, old: str, new: str) -> Bundle:
    path = root / "assignments" / SLUG / "hidden" / "q1.py"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return Bundle.from_course(root, SLUG)


@isolates
def test_exception_file_and_line_for_staff_only(tmp_path: Path) -> None:
    bundle = rewrite(make_course(tmp_path), "987654 + 1", "[987655][add(3, 4)]")
    source = (tmp_path / "solutions" / SLUG / f"{SLUG}.py").read_bytes()
    with Grader(bundle) as grader:
        result = grader.grade(Submission("ada", "ada", source=source), frozenset({"q1 (hidden)"}))
    assert result.troubles() == [f"q1 (hidden), small: {TROUBLE}"]
    (case,) = result.parts[0].cases
    assert case.message == "Hm."
    assert result.to_gradescope()["extra_data"]["cases"]["q1 (hidden)"][0]["trouble"] == TROUBLE
    shown = json.dumps(for_students(result, Metadata()))
    assert "IndexError" not in shown
    assert "line 11" not in shown


@isolates
def test_what_warns_in_a_test_warns_nobody(tmp_path: Path) -> None:
    """A student's NaN makes NumPy warn of the test's own line, among what a TA reads."""
    bundle = rewrite(make_course(tmp_path), "987654 + 1", "__import__('warnings').warn('!') or 1")
    source = (tmp_path / "solutions" / SLUG / f"{SLUG}.py").read_bytes()
    with warnings.catch_warnings(record=True) as heard, Grader(bundle) as grader:
        warnings.simplefilter("always")
        result = grader.grade(Submission("ada", "ada", source=source), frozenset({"q1 (hidden)"}))
    assert [case.outcome for case in result.parts[0].cases] == [Outcome.FAILED]
    assert heard == []


def test_what_grade_says(capsys: pytest.CaptureFixture[str]) -> None:
    found = Counter({"q1 (hidden), small: " + TROUBLE: 31, "q2, b: KeyError: 1\nmore": 2})
    tell_troubles(found, Console(width=200))
    said = capsys.readouterr().out
    assert f"  31 × q1 (hidden), small: {TROUBLE}\n  2 × q2, b: KeyError: 1\n" in said
    tell_troubles(Counter(), Console())
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "import a_package_that_nobody_has.part",
            "the tests of adding, hidden/q1.py, line 2: `a_package_that_nobody_has` is not "
            "installed here; `pip install a_package_that_nobody_has`, and name it under "
            "`packages` in course.yml.",
        ),
        ("x = [][0]", "the tests of adding, hidden/q1.py, line 2: IndexError: list index out of"),
    ],
)
def test_a_file_that_cannot_be_loaded(tmp_path: Path, line: str, says: str) -> None:
    bundle = rewrite(make_course(tmp_path), '"""t."""\n', f'"""t."""\n{line}\n')
    with pytest.raises(BrokenTests) as caught:
        list(load_tests(bundle))
    assert str(caught.value).startswith(says)


def test_a_package_that_the_assignment_names_is_told_by_the_name_it_is_installed_by(
    tmp_path: Path,
) -> None:
    course = make_course(tmp_path)
    listed = "    packages: [a-package-that-nobody-has]\n    questions:"
    settings = (course / "course.yml").read_text().replace("    questions:", listed)
    (course / "course.yml").write_text(settings)
    bundle = rewrite(course, '"""t."""\n', '"""t."""\nimport its_module\n')
    with pytest.raises(BrokenTests) as caught:
        list(load_tests(bundle))
    assert str(caught.value) == (
        "the tests of adding, hidden/q1.py, line 2: `its_module` is not installed here; "
        "`pip install a-package-that-nobody-has`, which its `packages` ask for."
    )
