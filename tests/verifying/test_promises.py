"""The list of promises and the mutants match."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.source import SourceError
from autograder.course.model import COURSE_FILE, load_course
from autograder.verifying.promises import mismatches, read_promises

FILE = Path("assignments") / SLUG / "promises.toml"
MUTANTS = {"off_by_one": "q1", "no_step": "q2"}
GOOD = """
[[promise]]
question = "q1"
says = "The sum of `a` and `b`."
broken_by = ["off_by_one"]

[[promise]]
question = "q2"
says = "Report. What did you see?"
broken_by = ["no_step"]
"""


def problems(root: Path, text: str) -> list[str]:
    write(root / FILE, text)
    assignment = load_course(root / COURSE_FILE).assignment(SLUG)
    promises = read_promises(root, SLUG)
    assert promises is not None
    return list(mismatches(root, assignment, promises, MUTANTS))


def test_no_list(tmp_path: Path) -> None:
    assert read_promises(make_course(tmp_path), SLUG) is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "", None),
        ("The sum of `a` and `b`.", "The sum of\n`a` and `b`.", None),
        (
            "The sum of `a`",
            "The product of `a`",
            "“The product of `a` and `b`.” (q1) is said neither in the handout nor in a docstring",
        ),
        (
            '["off_by_one"]',
            '["off_by_two"]',
            "“The sum of `a` and `b`.”: there is no mutant off_by_two. Did you mean off_by_one?",
        ),
        (
            '["off_by_one"]',
            '["off_by_one", "no_step"]',
            "“The sum of `a` and `b`.”: no_step is a mutant of q2, not of q1",
        ),
        (
            '["no_step"]',
            '["off_by_one"]',
            "mutants/no_step.py breaks no sentence of promises.toml; "
            "add the one that it contradicts",
        ),
        (
            'question = "q2"',
            'question = "q3"',
            "“Report. What did you see?”: there is no question `q3`",
        ),
        (
            'question = "q2"',
            'question = "q3"',
            "q2: promises.toml lists no sentence that its tests rely on",
        ),
    ],
)
def test_what_is_noticed(tmp_path: Path, old: str, new: str, says: str | None) -> None:
    found = problems(make_course(tmp_path), GOOD.replace(old, new).replace("of\n`a`", "of `a`"))
    assert found == [] if says is None else says in found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[promise]\n", "promises.toml: this is not TOML: "),
        ('[[promise]]\nquestion = "q1"\nsays = "so"\n', "entry 1 needs question = "),
        ('[[promise]]\nquestion = "q1"\nsays = "so"\nbroken_by = "a"\n', "entry 1 needs question"),
    ],
)
def test_a_list_that_cannot_be_read(tmp_path: Path, text: str, says: str) -> None:
    write(make_course(tmp_path) / FILE, text)
    with pytest.raises(SourceError, match=says):
        read_promises(tmp_path, SLUG)
