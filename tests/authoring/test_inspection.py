"""Mistakes in what is written by hand, each with file and line; `build` refuses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console
from shared.tiny_course import SLUG, make_course

from autograder.authoring.build import build
from autograder.authoring.inspection import mistakes, unreleased
from autograder.course.layout import SourceError

SOLUTION, TESTS = f"solutions/{SLUG}/{SLUG}.py", f"assignments/{SLUG}"


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_nothing_to_say(tmp_path: Path) -> None:
    assert list(mistakes(make_course(tmp_path), SLUG)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "course.yml",
            "points: 4",
            "points: 5",
            "course.yml, line 9: q1 has 5 points, but its test files give 2 + 2.",
        ),
        (
            "course.yml",
            "np.dot",
            "np.log22",
            "course.yml, line 9: q1 forbids `np.log22`, which names nothing. Did you mean np.log2?",
        ),
        (
            "course.yml",
            "np.dot",
            "sorted",
            "course.yml, line 9: q1 forbids `sorted`, which names nothing.",
        ),
        (
            "course.yml",
            "    written: {title: Report, points: 10}\n",
            "",
            f"{SOLUTION}, line 63: a cell is tagged `written`, but course.yml gives adding no "
            "`written` question with title and points.",
        ),
        (
            SOLUTION,
            'tags=["written"]',
            'tags=["writen"]',
            f"course.yml, line 11: adding has a `written` question, but no cell of {SOLUTION} is "
            "tagged `written`.",
        ),
        (
            f"{TESTS}/public/q2.py",
            "def test_small(add)",
            "def test_small(added)",
            f"{TESTS}/public/q2.py, line 10: `added` is neither `student` nor a name of the "
            "solution. Did you mean add?",
        ),
        (
            f"{TESTS}/hidden/q2.py",
            "def test_small(add):\n    assert_equal(add(1, 987654), 987654 + 1)",
            "def test_small(student):\n    def probe(Conter, n, k=1):\n        return Conter(n)\n"
            "    student(probe, n=3)",
            f"{TESTS}/hidden/q2.py, line 11: `Conter` is neither `student` nor a name of the "
            "solution. Did you mean Counter?",
        ),
        (
            f"{TESTS}/mutants/wrong.py",
            "def add(a, b):",
            "def add(a, b:",
            f"{TESTS}/mutants/wrong.py, line 5: not Python: '(' was never closed.",
        ),
        (
            f"{TESTS}/mutants/wrong.py",
            "def add(",
            "def ad(",
            f"{TESTS}/mutants/wrong.py, line 5: it redefines nothing that the solution defines. "
            "Did you mean add?",
        ),
        (
            f"{TESTS}/mutants/wrong.py",
            '"q1"',
            '"q3"',
            f"{TESTS}/mutants/wrong.py, line 2: `question = …` names the question that must catch "
            "the mutant, one of q1, q2.",
        ),
        (
            f"{TESTS}/alternatives/other.py",
            '"""An alternative."""',
            "1 +",
            f"{TESTS}/alternatives/other.py, line 1: not Python: invalid syntax.",
        ),
    ],
)
def test_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str, says: str
) -> None:
    root = make_course(tmp_path)
    change(root, file, old, new)
    assert list(mistakes(root, SLUG)) == [says]
    monkeypatch.chdir(root)
    with pytest.raises(SourceError) as caught:
        build(None, Console(quiet=True))
    assert str(caught.value) == says
    assert not (root / "starter").exists()
    assert not (root / "dist").exists()


def test_a_module_that_is_not_installed_may_be_forbidden_if_it_is_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_course(tmp_path)
    change(root, "course.yml", "np.dot", "alembic.nowhere")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert list(mistakes(root, SLUG)) == []
    change(root, "course.yml", "alembic.nowhere", "alembik.nowhere")
    assert list(mistakes(root, SLUG)) == [
        "course.yml, line 9: q1 forbids `alembik.nowhere`, which names nothing."
    ]


def test_a_mutant_may_change_an_attribute(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    change(
        root, f"{TESTS}/mutants/wrong.py", "def add(a, b):\n    return a - b", "Counter.count = 1"
    )
    assert list(mistakes(root, SLUG)) == []


def test_what_the_site_would_publish_too_early(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    assert list(unreleased(root)) == []
    change(root, "course.yml", "released: 2026-01-10 08:00", "released: 2999-01-10 08:00")
    change(root, "course.yml", "due: 2026-07-20", "due: 2999-07-20")
    assert list(unreleased(root)) == [
        "course.yml, line 6: adding is released on 2999-01-10 08:00; `autograder site` "
        "publishes it now."
    ]
    assert list(unreleased(root, [SLUG])) == list(unreleased(root))
    assert list(unreleased(root, ["another"])) == []
