"""`make demo` makes the class that it promises."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.course.model import COURSE_FILE, load_course
from demo import __main__ as demo
from demo.__main__ import CLASS_SIZE, LATER_CLASS_SIZE, make_class

ROOT = Path(__file__).parents[2]
ASSIGNMENTS = list(load_course(ROOT / COURSE_FILE).assignments)


def test_the_first_class_has_everything_that_a_grader_meets(tmp_path: Path) -> None:
    make_class(ROOT, ASSIGNMENTS[0], tmp_path / "class", CLASS_SIZE)
    names = {path.name for path in (tmp_path / "class").iterdir()}
    assert len(names) == CLASS_SIZE
    assert {"an-endless-loop.py", "untouched-starter.py", "z-not-a-notebook.ipynb"} <= names
    wrong = {name.partition("_")[0] for name in names if name.startswith("mutant-")}
    assert len(wrong) == 2  # of two questions; few, for somebody waits for the table


@pytest.mark.parametrize("slug", ASSIGNMENTS[1:])
def test_a_later_class_is_small_and_mixed(slug: str, tmp_path: Path) -> None:
    make_class(ROOT, slug, tmp_path / "class", LATER_CLASS_SIZE)
    kinds = [path.name.partition("-")[0] for path in sorted((tmp_path / "class").iterdir())]
    assert kinds == ["a", "alternative", "mutant", "mutant", "mutant", "untouched"]


def test_what_it_throws_away_is_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A class that was graded in the checkout keeps its results and its ledger."""
    root, here = tmp_path, tmp_path / "demo"
    for kept in (root / "results", root / "results" / "matmul", here / "results"):
        kept.mkdir(parents=True)
        (kept / "ledger.sqlite").touch()
    monkeypatch.setattr(demo, "HERE", here)
    shutil.copy(ROOT / COURSE_FILE, root)
    monkeypatch.setattr(demo, "make_class", lambda *args: args[2].mkdir(parents=True))
    graded = []
    monkeypatch.setattr(demo.classroom_view, "grade", lambda *args: graded.append(args[3]) or 0)
    monkeypatch.setattr(demo.report, "write_report", lambda *args: None)
    assert demo.main([]) == 0
    assert [options.output for options in graded] == [here / "results"]
    ledgers = sorted(str(path.relative_to(root)) for path in root.rglob("ledger.sqlite"))
    assert ledgers == ["results/ledger.sqlite", "results/matmul/ledger.sqlite"]
    assert "autograder feedback matmul --output demo/results" in capsys.readouterr().out
