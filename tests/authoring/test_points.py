"""A course that lost a test builds nothing, grades nothing and exports nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.build import build
from autograder.authoring.bundle import Bundle, BundleError
from autograder.authoring.points import points_of, require_points
from autograder.classroom import view
from autograder.classroom.ledger import Ledger
from autograder.classroom.standing.official import read_class
from autograder.course.layout import SourceError
from autograder.platforms.gradescope import service

LOST = "adding, q1: the test files give 2 points, course.yml says 4. Is a test missing?"


@pytest.fixture
def lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_course(tmp_path / "course")
    (root / "assignments" / SLUG / "hidden" / "q1.py").unlink()
    monkeypatch.chdir(root)
    return root


def test_a_whole_course_is_fine(tmp_path: Path) -> None:
    require_points(Bundle.from_course(make_course(tmp_path), SLUG))


def export(root: Path) -> None:
    with Ledger(root / "ledger.sqlite") as ledger:
        read_class(ledger, SLUG)


def grade(root: Path) -> None:
    write(root / "class" / "ann.py", "")
    console = Console(file=io.StringIO())
    view.grade(SLUG, [root / "class"], None, view.Options(root / "results"), console)


@pytest.mark.parametrize("run", [grade, export])
def test_a_lost_test_is_said(lost: Path, run: Callable[[Path], object]) -> None:
    with pytest.raises(BundleError) as caught:
        run(lost)
    assert str(caught.value) == LOST
    assert not (lost / "results").exists()


def test_build_names_the_line(lost: Path) -> None:
    says = r"^course\.yml, line 9: q1 has 4 points, but its test files give 2\.$"
    with pytest.raises(SourceError, match=says):
        build([SLUG], Console(file=io.StringIO()))
    assert not (lost / "starter").exists()


def test_on_gradescope_it_is_an_apology_without_a_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_course(tmp_path / "course")
    bundle = Bundle.from_course(root, SLUG)
    source = tmp_path / "gradescope" / "source"
    write(source / "assignment.json", bundle.assignment.model_dump_json())
    for question, text in bundle.public.items():
        write(source / "tests" / f"{question}.py", text)
    write(source / "tests" / "q2_hidden.py", bundle.hidden["q2"])
    write(tmp_path / "gradescope" / "submission" / f"{SLUG}.py", "")
    assert service.run(tmp_path / "gradescope") == 0
    answer = json.loads((tmp_path / "gradescope" / "results" / "results.json").read_text())
    assert answer["output"] == service.APOLOGY
    assert "score" not in answer
    assert LOST in capsys.readouterr().out


@pytest.mark.parametrize(
    ("source", "points"),
    [
        ("@test_case(points=1)\ndef t(): pass\n@test_case(points=2.5)\ndef u(): pass\n", 3.5),
        ("points = 3\n@test_case(points=1 / 3)\ndef t(): pass\n", 1 / 3),
        ("points = 3\n@test_case(points=1)\ndef t(): pass\n@test_case()\ndef u(): pass\n", 3.0),
        ("points = [1, 2]\n@test_case()\ndef t(): pass\n@test_case()\ndef u(): pass\n", 3.0),
        ("@test_case(points=N)\ndef t(): pass\n", None),
        ("def broken(", None),
    ],
)
def test_points_by_otters_rules(source: str, points: float | None) -> None:
    assert points_of(source) == points


def test_a_lost_public_file_is_named(lost: Path) -> None:
    (lost / "assignments" / SLUG / "public" / "q2.py").unlink()
    with pytest.raises(SourceError, match=r"public/q2\.py is missing"):
        Bundle.from_course(lost, SLUG)
