"""What the student's check says, what the receipt says and what is graded are the same.

With HABITS=all every habit is tried on every assignment, with its solution and all alternatives in
turn (`make habits`); else every habit on a small course, and one on each assignment.
"""

from __future__ import annotations

import copy
import dataclasses
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from shared.habits import HABITS, Work
from shared.handouts import ROOT, alternatives
from shared.tiny_course import SLUG, make_course

from autograder.authoring.bundle import Bundle
from autograder.authoring.source import build_starter, solution_notebook
from autograder.checking import workfolder
from autograder.checking.handin import hand_in
from autograder.checking.judge import judge, read_tests
from autograder.checking.loading import load
from autograder.course.model import COURSE_FILE, load_course
from autograder.grading.grader import Grader
from autograder.submissions.read import read

SLUGS = list(load_course(ROOT / COURSE_FILE).assignments)
ALL = [(slug, habit) for slug in SLUGS for habit in HABITS]
_NAMES = list(HABITS)
SAMPLE = [(slug, random.Random(slug).choice(_NAMES)) for slug in SLUGS]


class Course(NamedTuple):
    """An assignment, ready: its starter, its public tests, and who grades them."""

    slug: str
    starter: dict[str, bytes]
    notebook: nbformat.NotebookNode
    grader: Grader


def opened(root: Path, slug: str) -> Iterator[Course]:
    bundle = dataclasses.replace(Bundle.from_course(root, slug), hidden={})
    notebook = nbformat.reads(solution_notebook(root, slug).decode(), as_version=4)
    with Grader(bundle) as grader:
        yield Course(slug, build_starter(root, slug), notebook, grader)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    root = make_course(tmp_path_factory.mktemp("course"))
    yield from opened(root, SLUG)


@pytest.fixture(scope="module")
def course(request: pytest.FixtureRequest) -> Iterator[Course]:
    yield from opened(ROOT, request.param)


def points_everywhere(course: Course, habit: str, answer: str, at: Path) -> None:
    """Apply the habit; the public points are whole in the check, the receipt and the grade."""
    slug = course.slug
    work = Work(slug, copy.deepcopy(course.notebook), course.starter[f"{slug}.py"])
    if answer:
        work.add((ROOT / "assignments" / slug / "alternatives" / f"{answer}.py").read_text())
    HABITS[habit](work)
    at = at / slug
    given = {n: d for n, d in course.starter.items() if n not in (f"{slug}.py", f"{slug}.ipynb")}
    for name, data in (given | work.everything()).items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_bytes(data)
    zipped = at / "HANDED-IN.zip"
    graded = course.grader.grade(read(zipped if zipped.exists() else at, slug, "ann"))
    possible = {part.question: part.max_score for part in graded.parts}
    assert {part.question: part.score for part in graded.parts} == possible, graded.remark

    folder = workfolder.Work(at.resolve(), slug)
    loaded = load(folder, workfolder.choose(folder)[0])
    checked = {q: judge(read_tests(q, path), loaded).earned for q, path in folder.tests.items()}
    assert checked == possible, loaded.problem
    if not (at / f"{slug}.ipynb").exists():
        return  # of a script there is no receipt
    receipt = hand_in(folder, saved=True)
    lines = (re.match(r"(q\d+) .*: ([\d.]+) of [\d.]+ public points$", c) for c in receipt.contents)
    assert {m[1]: float(m[2]) for m in lines if m} == possible, receipt
    if not answer:
        again = course.grader.grade(read(receipt.path, slug, "ann"))
        assert {part.question: part.score for part in again.parts} == possible, again.remark


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_costs_nothing(tiny: Course, habit: str, tmp_path: Path) -> None:
    points_everywhere(tiny, habit, "", tmp_path)


@pytest.mark.parametrize(
    ("course", "habit"),
    [
        pytest.param(slug, habit, marks=pytest.mark.xdist_group(f"habits-{slug}"))
        for slug, habit in (ALL if os.environ.get("HABITS") == "all" else SAMPLE)
    ],
    indirect=["course"],
)
def test_nor_on_an_assignment(course: Course, habit: str, tmp_path: Path) -> None:
    answers = ["", *alternatives(course.slug)]
    points_everywhere(course, habit, answers[_NAMES.index(habit) % len(answers)], tmp_path)


def test_the_table_is_long_enough() -> None:
    assert len(HABITS) >= 40
