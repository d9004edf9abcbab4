"""What course.yml adds to a handout: before you begin, read on, points of the written question."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from shared.tiny_course import COURSE, SLUG, make_course, write

from autograder.authoring.bundle import Bundle
from autograder.authoring.source import build_starter
from autograder.course.model import COURSE_FILE, CourseError, load_course
from autograder.platforms.nbgrader.tree import source_notebook
from autograder.platforms.site.build import site_sources

MORE = """\
    rubric:
      - {item: Measured, points: 6, sample: The hidden sample.}
      - {item: Explained, points: 4}
    before:
      hours: 3
      difficulty: 2
      goals: [add]
      needs: [digits]
      check:
        - {question: "1 < 2?", answer: "yes, by 1"}
    read_on:
      - {title: "Peano, 1889", url: "https://example.org/peano", why: where it began}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_course(tmp_path)
    write(tmp_path / COURSE_FILE, COURSE + MORE)
    return tmp_path


def cells(root: Path) -> list[nbformat.NotebookNode]:
    text = build_starter(root, SLUG)[f"{SLUG}.ipynb"].decode()
    return list(nbformat.reads(text, as_version=4).cells)


def test_before_you_begin_is_the_second_cell(root: Path) -> None:
    first, second, *_ = cells(root)
    assert first.source.startswith("# Adding")
    assert second.source == (
        "## Before you begin\n\nAbout 3 hours, difficulty 2 of 5.\n\n"
        "**Afterwards you can**\n\n- add\n\n**You need**\n\n- digits\n\n"
        "**Two minutes of self-check.** If an answer surprises you, read it up first.\n\n"
        "<details><summary>1 &lt; 2?</summary>yes, by 1</details>"
    )


def test_read_on_stands_above_the_written_question(root: Path) -> None:
    sources = [cell.source for cell in cells(root)]
    place = sources.index(
        "## Read on\n\n- [Peano, 1889](https://example.org/peano): where it began"
    )
    assert sources[place + 1].startswith("Report. What did you see?")


def test_the_written_question_says_its_points_but_no_sample(root: Path) -> None:
    written = next(c for c in cells(root) if "written" in c.metadata.get("tags", []))
    assert written.source.endswith(
        "| | what the points are for | points |\n| ---: | --- | ---: |\n"
        "| 1 | Measured | 6 |\n| 2 | Explained | 4 |"
    )
    for name, data in build_starter(root, SLUG).items():
        assert b"hidden sample" not in data, name


def test_a_course_without_them_has_none_of_it(root: Path) -> None:
    write(root / COURSE_FILE, COURSE)
    text = "\n".join(cell.source for cell in cells(root))
    for heading in ("Before you begin", "Read on", "what the points are for"):
        assert heading not in text


def test_the_grader_does_not_carry_them(root: Path) -> None:
    """A better word in the handout is no other grader: nothing is graded again for it."""
    assignment = Bundle.from_course(root, SLUG).assignment
    assert assignment.rubric[0].sample == "The hidden sample."
    kept = json.loads(assignment.model_dump_json())
    assert not {"rubric", "before", "read_on"} & kept.keys()


def test_nbgrader_shows_the_same_and_samples_to_those_who_grade(root: Path) -> None:
    notebook = source_notebook(root, SLUG)
    sources = [cell.source for cell in notebook.cells]
    assert sources[1].startswith("## Before you begin")
    assert any(source.startswith("## Read on") for source in sources)
    answer = next(c.source for c in notebook.cells if "answer" in c.metadata.get("tags", []))
    _, _, model = answer.partition("### BEGIN SOLUTION")
    assert "**Measured.** The hidden sample." in model


def test_the_site_shows_hours_and_reading(root: Path) -> None:
    sources = dict(site_sources(root, load_course(root / COURSE_FILE)))
    assert "| 20 | 3 | 2 of 5 |" in sources["index.md"].decode()
    page = sources[f"{SLUG}/index.md"].decode()
    assert "## Before you begin" in page
    assert "https://example.org/peano" in page
    assert "hidden sample" not in page


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "points: 6, s",
            "points: 5, s",
            "`assignments.adding.rubric`: the points add up to 9",
        ),
        ("hours: 3", "hours: 0", "`assignments.adding.before.hours` is 0, but must be whole hours"),
        ("difficulty: 2", "difficulty: 6", "but must be a whole number from 1"),
        ("https://example.org/peano", "peano", "but must be an address that begins with"),
        ("goals: [add]", "goals: []", "is empty, but must be a list of what one is able to do"),
    ],
)
def test_a_mistake_is_one_sentence(root: Path, old: str, new: str, sentence: str) -> None:
    assert old in MORE
    write(root / COURSE_FILE, COURSE + MORE.replace(old, new))
    with pytest.raises(CourseError) as raised:
        load_course(root / COURSE_FILE)
    assert sentence in str(raised.value)


def test_a_rubric_without_a_written_question(root: Path) -> None:
    written = "    written: {title: Report, points: 10}\n"
    write(root / COURSE_FILE, COURSE.replace(written, "") + MORE)
    with pytest.raises(CourseError, match="there is no `written` question"):
        load_course(root / COURSE_FILE)
