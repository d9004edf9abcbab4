"""`make demo` makes the class that it promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.model import COURSE_FILE, load_course
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
