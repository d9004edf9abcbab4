"""What holds for the handouts and tests of all assignments."""

from __future__ import annotations

import re

import pytest
from shared.handouts import ROOT

from autograder.course.model import COURSE_FILE, load_course

COURSE = load_course(ROOT / COURSE_FILE)
SLUGS = sorted(COURSE.assignments)


def points(slug: str, visibility: str, question: str) -> float:
    text = (ROOT / "assignments" / slug / visibility / f"{question}.py").read_text("utf-8")
    found = re.search(r"(?m)^points = ([\d.]+)$", text)
    assert found
    return float(found[1])


@pytest.mark.parametrize("slug", SLUGS)
def test_the_written_question_has_one_title(slug: str) -> None:
    source = (ROOT / "solutions" / slug / f"{slug}.py").read_text("utf-8")
    (title,) = re.findall(r"(?m)^# ## Written question · (.*)$", source)
    written = COURSE.assignments[slug].written
    assert written
    assert title == written.title


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "pca"])
def test_at_least_half_of_the_points_are_public(slug: str) -> None:
    for question, given in COURSE.assignments[slug].questions.items():
        public, hidden = (points(slug, kind, question) for kind in ("public", "hidden"))
        assert public + hidden == given.points
        assert public >= given.points / 2, f"{slug} {question}"
        assert hidden > 0, f"{slug} {question}: the hidden cases decide"
