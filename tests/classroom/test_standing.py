"""Which submission counts, what lateness costs, groups and extensions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from shared.standings import adding, course_of, graded
from shared.tiny_course import SLUG, make_course

from autograder.classroom.ledger import Mark
from autograder.classroom.standing.extensions import (
    Extensions,
    ExtensionsError,
    find_extensions,
    load_extensions,
)
from autograder.classroom.standing.standings import standings
from autograder.course.model import Course

DUE = datetime(2026, 7, 20, 23, 59, tzinfo=ZoneInfo("Europe/Zurich"))
POLICY = "{grace_minutes: 15, percent_per_day: 10, max_days: 2}"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def last(tmp_path: Path) -> Course:
    return course_of(make_course(tmp_path), late_policy=POLICY, counts="last")


@pytest.fixture
def best(tmp_path: Path) -> Course:
    return course_of(make_course(tmp_path), late_policy=POLICY, counts="best")


def test_the_last_counts(last: Course) -> None:
    own = [graded("b", "ada", DUE - HOUR, 2, 0), graded("a", "ada", DUE - DAY, 4, 6)]
    [ada] = standings(own, SLUG, last)
    assert (ada.student, ada.counts.hand_in.name, ada.score, ada.others) == ("ada", "b", 2, 1)
    assert ada.lateness is not None
    assert ada.lateness.days == 0


def test_the_last_counts_even_if_it_is_late(last: Course) -> None:
    own = [graded("a", "ada", DUE - HOUR, 4, 3), graded("b", "ada", DUE + HOUR, 4, 3)]
    [ada] = standings(own, SLUG, last)
    assert (ada.counts.hand_in.name, ada.score, ada.deducted) == ("b", 6.3, 0.7)
    assert ada.remark == "1 day late: 90% of the score counts."


def test_what_comes_after_the_last_day_takes_nothing_away(last: Course) -> None:
    own = [graded("a", "ada", DUE - HOUR, 2, 0), graded("b", "ada", DUE + 3 * DAY, 4, 6)]
    [ada] = standings(own, SLUG, last)
    assert (ada.counts.hand_in.name, ada.score) == ("a", 2)


def test_nothing_was_in_time(last: Course) -> None:
    [ada] = standings([graded("b", "ada", DUE + 5 * DAY, 4, 6)], SLUG, last)
    assert (ada.score, ada.deducted) == (0, 10)
    assert ada.remark == "5 days late: nothing counts."


def test_a_deduction_of_everything_is_still_accepted(tmp_path: Path) -> None:
    policy = "{percent_per_day: 100, max_days: 5}"
    course = course_of(make_course(tmp_path), late_policy=policy)
    own = [graded("a", "ada", DUE - HOUR, 2, 0), graded("b", "ada", DUE + HOUR, 4, 6)]
    [ada] = standings(own, SLUG, course)
    assert (ada.counts.hand_in.name, ada.score) == ("b", 0)  # the last one counts, as announced


def test_the_best_counts_after_the_late_policy(best: Course) -> None:
    own = [
        graded("a", "ada", DUE - HOUR, 4, 3),  # 7
        graded("b", "ada", DUE + HOUR, 4, 3),  # 6.3
        graded("c", "ada", DUE + DAY + HOUR, 4, 6),  # 8
        graded("d", "ada", DUE + 4 * DAY, 4, 6),  # 0
    ]
    [ada] = standings(own, SLUG, best)
    assert (ada.counts.hand_in.name, ada.score, ada.others) == ("c", 8, 3)
    [ada] = standings(own[:2], SLUG, best)
    assert ada.counts.hand_in.name == "a"


def test_of_equal_ones_the_earlier_is_best(best: Course) -> None:
    own = [graded("b", "ada", DUE - HOUR, 4, 3), graded("a", "ada", DUE - DAY, 4, 3)]
    [ada] = standings(own, SLUG, best)
    assert ada.counts.hand_in.name == "a"


def test_without_times_the_order_decides_and_nothing_is_deducted(last: Course) -> None:
    own = [graded("a", "101", None, 4, 6), graded("b", "101", None, 2, 0, late=True)]
    [student] = standings(own, SLUG, last)
    assert (student.counts.hand_in.name, student.score, student.lateness) == ("b", 2, None)
    assert student.remark == "Late, but how late is not told; nothing was deducted."


def test_every_member_of_a_group_gets_the_groups_score(last: Course) -> None:
    own = [
        graded("g", "ada bob", DUE - HOUR, 4, 6),
        graded("b", "Bob", DUE - timedelta(minutes=5), 2, 0),
        graded("c", "carol carol", DUE, 0, 3),
    ]
    found = standings(own, SLUG, last)
    assert [(s.student, s.score, s.others) for s in found] == [
        ("ada", 10, 0),
        ("bob", 2, 1),
        ("carol", 3, 0),
    ]


def mark(student: str, question: str, points: float) -> Mark:
    return Mark(student, question, points, "", DUE, "ta")


def test_points_given_by_people_are_late_too(last: Course) -> None:
    own = [graded("a", "ada bob", DUE + HOUR, 4, 3)]
    marks = [mark("Ada", "written", 8), mark("ada", "q2", 5.5), mark("carol", "q1", 0)]
    ada, bob = standings(own, SLUG, last, marks=marks)
    assert ada.points == {"q1": 4, "q2": 5.5, "written": 8}
    assert (ada.raw, ada.score, ada.marks) == (17.5, 15.75, tuple(marks[:2]))
    assert (bob.points, bob.score) == ({"q1": 4, "q2": 3}, 6.3)


def test_a_mark_may_decide_which_is_best(best: Course) -> None:
    own = [graded("a", "ada", DUE - DAY, 0, 6), graded("b", "ada", DUE - HOUR, 4, 3)]
    [ada] = standings(own, SLUG, best)
    assert ada.counts.hand_in.name == "b"
    [ada] = standings(own, SLUG, best, marks=[mark("ada", "q1", 4)])
    assert (ada.counts.hand_in.name, ada.score) == ("a", 10)


def test_a_remark_on_the_submission_is_kept(last: Course) -> None:
    own = graded("a", "ada", DUE, 0, 0)
    own = replace(own, result=adding("a", 0, 0, problem="The folder is empty."))
    [ada] = standings([own], SLUG, last)
    assert ada.remark == "The folder is empty."


# --- extensions --------------------------------------------------------------------------------

EXTENSIONS = """\
extensions:
  - student: Ada
    assignment: adding
    due: 2026-07-22 23:59
    note: ill
  - student: "0042"
    assignment: adding
    due: 2026-07-23 12:00 +00:00
"""


def extensions(tmp_path: Path, course: Course, text: str = EXTENSIONS) -> Extensions:
    path = tmp_path / "extensions.yml"
    path.write_text(text, encoding="utf-8")
    return load_extensions(path, course)


def test_an_extension_moves_the_due_moment(tmp_path: Path, last: Course) -> None:
    both = graded("g", "ada bob", DUE + DAY, 4, 6)
    ada, bob = standings([both], SLUG, last, extensions(tmp_path, last))
    assert (ada.score, ada.due) == (10, DUE + 2 * DAY)
    assert ada.remark == "Extension until 2026-07-22 23:59."
    assert (bob.score, bob.due) == (9, DUE)


def test_an_extension_moves_the_last_day_too(tmp_path: Path, last: Course) -> None:
    own = graded("g", "0042", DUE + 4 * DAY, 4, 6)
    [student] = standings([own], SLUG, last, extensions(tmp_path, last))
    assert student.due.isoformat() == "2026-07-23T12:00:00+00:00"
    assert student.score == 8


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("student: Ada", "studnet: Ada", 2, "`extensions.0.studnet` is not a field"),
        ('"0042"', "0042", 6, "in quotes if it is a number"),
        (
            "assignment: adding\n    due: 2026-07-22",
            "assignment: add\n    due: 2026-07-22",
            3,
            "there is no assignment `add`",
        ),
        ("2026-07-22 23:59", "tomorrow", 4, "a date and time such as"),
        ("2026-07-22 23:59", "2026-07-19 23:59", 4, "is due at 2026-07-20 23:59 for everybody"),
        ('"0042"', "ADA", 6, "`ADA` has two extensions of adding"),
        ("    due: 2026-07-22 23:59\n", "", 2, "has no field `due`"),
        (EXTENSIONS, "", 1, "a list called `extensions`"),
        (EXTENSIONS, "- a\n", 1, "a list called `extensions`"),
        (EXTENSIONS, "extensions: 3\n", 1, "must be a list of extensions"),
        ("note: ill", "note: [", 6, "expected the node content"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(
    tmp_path: Path, last: Course, old: str, new: str, line: int, says: str
) -> None:
    with pytest.raises(ExtensionsError) as caught:
        extensions(tmp_path, last, EXTENSIONS.replace(old, new))
    assert f"extensions.yml, line {line}: " in str(caught.value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_where_extensions_are_looked_for(tmp_path: Path, last: Course) -> None:
    assert not find_extensions(tmp_path, last).entries
    extensions(tmp_path, last)
    assert len(find_extensions(tmp_path, last).entries) == 2
    with pytest.raises(ExtensionsError, match="cannot be read"):
        find_extensions(tmp_path, last, tmp_path / "nowhere.yml")
