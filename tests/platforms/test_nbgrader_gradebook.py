"""Scores into nbgrader's gradebook, and those of people back into the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import nbformat
import pytest
from shared.nbgrader_class import EVIL, autograder, hand_in
from shared.standings import course_of, graded
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.bundle import Bundle
from autograder.classroom.ledger import Ledger, Mark
from autograder.classroom.standing.standings import Standing, standings
from autograder.course.model import Course
from autograder.platforms.nbgrader.gradebook import (
    GradebookError,
    Manual,
    gradebook,
    read_manual,
    write_gradebook,
)
from autograder.platforms.nbgrader.tree import course_id, part_points

api = pytest.importorskip(
    "nbgrader.api", reason="nbgrader is not installed: pip install .[nbgrader]"
)

DUE = datetime(2026, 7, 20, 23, 59, tzinfo=ZoneInfo("Europe/Zurich"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


@pytest.fixture
def course(root: Path) -> Course:
    return course_of(root, late_policy="{percent_per_day: 10, max_days: 3}")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'gradebook.db'}"


def class_of(course: Course, *marks: Mark, q2: int = 3) -> list[Standing]:
    own = [
        graded("ada", "ada", DUE + timedelta(hours=1), 4, q2),
        graded("bob", "bob", None, 2, 0),
    ]
    return standings(own, SLUG, course, marks=marks)


def export(root: Path, course: Course, url: str, people: list[Standing]) -> Any:
    points = part_points(Bundle.from_course(root, SLUG))
    return write_gradebook(people, course, course.assignment(SLUG), points, url)


def state(course: Course, url: str) -> dict[str, Any]:
    """What formgrader would show: scores, comments and penalties by student."""
    found: dict[str, Any] = {}
    with gradebook(url, course) as book:
        for submission in book.find_assignment(SLUG).submissions:
            (notebook,) = submission.notebooks
            found[submission.student.id] = {
                "scores": {g.cell.name: g.score for g in notebook.grades},
                "waiting": {g.cell.name for g in notebook.grades if g.needs_manual_grade},
                "comments": {c.cell.name: c.comment for c in notebook.comments},
                "penalty": notebook.late_submission_penalty,
                "total": submission.score,
                "max": submission.max_score,
                "when": submission.timestamp,
            }
    return found


def grade_by_hand(course: Course, url: str, student: str, cell: str, points: float) -> None:
    with gradebook(url, course) as book:
        grade = book.find_grade(cell, SLUG, SLUG, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        if cell == "written":
            book.find_comment(cell, SLUG, SLUG, student).manual_comment = "Well said."
        book.db.commit()


def test_scores_and_feedback(root: Path, course: Course, url: str) -> None:
    done = export(root, course, url, class_of(course))
    assert done.students == done.waiting == ["ada", "bob"]
    found = state(course, url)
    assert found["ada"]["scores"] == {
        "q1-public": 2.0, "q1-hidden": 2.0, "q2-public": 3.0, "q2-hidden": 0.0, "written": 0.0,
    }  # fmt: skip
    assert found["ada"]["max"] == 20.0
    assert found["ada"]["waiting"] == {"written"}
    assert "q2 (hidden)\n✗ steps (0/3)" in found["ada"]["comments"]["q2-code"]
    assert found["ada"]["penalty"] == pytest.approx(0.7)  # a day late: 10 % of 7
    assert found["ada"]["when"] == (DUE + timedelta(hours=1)).astimezone(UTC).replace(tzinfo=None)
    assert found["bob"]["penalty"] == 0
    assert found["bob"]["when"] is None


def test_written_twice_it_is_the_same(root: Path, course: Course, url: str) -> None:
    export(root, course, url, class_of(course))
    first = state(course, url)
    export(root, course, url, class_of(course))
    assert state(course, url) == first


def test_what_people_gave_stays(root: Path, course: Course, url: str) -> None:
    export(root, course, url, class_of(course))
    grade_by_hand(course, url, "ada", "written", 7.5)
    grade_by_hand(course, url, "ada", "q2-hidden", 2.0)
    done = export(root, course, url, class_of(course))
    assert done.waiting == ["bob"]
    found = state(course, url)["ada"]
    assert found["scores"]["written"] == 7.5
    assert found["scores"]["q2-hidden"] == 2.0
    assert found["waiting"] == set()
    # After a regrade too: it is named, and waits for nobody.
    done = export(root, course, url, class_of(course, q2=6))
    assert done.overruled == [
        "ada, q2 (hidden): the tests now give 3 points; 2 were given in formgrader and stay."
    ]
    found = state(course, url)["ada"]
    assert found["scores"]["q2-hidden"] == 2.0
    assert found["waiting"] == set()


def test_a_mark_that_waits_for_a_second_look_still_does(
    root: Path, course: Course, url: str
) -> None:
    export(root, course, url, class_of(course))
    grade_by_hand(course, url, "ada", "written", 7.5)
    with gradebook(url, course) as book:
        book.find_grade("written", SLUG, SLUG, "ada").needs_manual_grade = True
        book.db.commit()
    export(root, course, url, class_of(course))
    assert state(course, url)["ada"]["waiting"] == {"written"}


def test_a_gradebook_keeps_its_own_course(root: Path, course: Course, url: str) -> None:
    """Stock nbgrader calls its course otherwise than we do."""
    with gradebook(url, course.model_copy(update={"name": "default_course"})):
        pass
    export(root, course, url, class_of(course))
    with gradebook(url, course) as book:
        assert [row.id for row in book.db.query(api.Course)] == ["default_course"]
        assert book.find_assignment(SLUG).course_id == "default_course"


def test_a_new_gradebook_has_one_course(root: Path, course: Course, url: str) -> None:
    export(root, course, url, class_of(course))
    export(root, course, url, class_of(course))
    with gradebook(url, course) as book:
        assert [row.id for row in book.db.query(api.Course)] == [course_id(course)]


def test_back(root: Path, course: Course, url: str) -> None:
    assignment = course.assignment(SLUG)
    export(root, course, url, class_of(course))
    assert read_manual(course, assignment, url) == {}
    grade_by_hand(course, url, "ada", "written", 7.5)
    grade_by_hand(course, url, "bob", "q1-hidden", 1.0)
    assert read_manual(course, assignment, url) == {
        "ada": {"written": Manual(7.5, "Well said.")},
        "bob": {"q1": Manual(3.0)},  # 2 for the public tests, 1 by hand
    }


def test_marks_of_the_ledger(root: Path, course: Course, url: str) -> None:
    now = datetime.now(UTC)
    written = Mark("ada", "written", 9.0, "Good.", now, "ta")
    extra = replace(written, question="extra", points=1.0)
    done = export(root, course, url, class_of(course, written, extra))
    assert done.waiting == ["bob"]
    assert done.left_out == [
        "ada, extra: 1 points are in the ledger and not in nbgrader; give them in formgrader."
    ]
    found = state(course, url)["ada"]
    assert found["scores"]["written"] == 9.0
    assert found["comments"]["written"] == "Good."


def test_a_gradebook_of_other_questions(root: Path, course: Course, url: str) -> None:
    export(root, course, url, class_of(course))
    with gradebook(url, course) as book:
        book.remove_assignment(SLUG)
        book.add_assignment(SLUG)
        book.add_notebook(SLUG, SLUG)
        book.add_submission(SLUG, "ada")
    with pytest.raises(GradebookError, match=r"made for other questions of adding"):
        export(root, course, url, class_of(course))


def test_what_is_no_gradebook(root: Path, course: Course, tmp_path: Path) -> None:
    write(tmp_path / "notes.db", "Not a database at all, but long enough to look like one.\n" * 20)
    url = f"sqlite:///{tmp_path / 'notes.db'}"
    with pytest.raises(GradebookError, match=r"is no gradebook of nbgrader"):
        export(root, course, url, class_of(course))
    with pytest.raises(GradebookError, match=r"knows nothing of adding"):
        read_manual(course, course.assignment(SLUG), f"sqlite:///{tmp_path / 'new.db'}")


# --- the commands --------------------------------------------------------------------------------


def test_there_and_back(root: Path) -> None:
    hand_in(root)
    autograder(root, "grade", SLUG, "submissions")
    said = autograder(root, "export", "nbgrader", SLUG, code=2)
    assert "dist/nbgrader is not nbgrader's course directory" in said
    autograder(root, "build", "--nbgrader")
    said = autograder(root, "export", "nbgrader", SLUG)
    assert "3 students: dist/nbgrader/gradebook.db; 3 wait for a person" in said
    page = root / "dist" / "nbgrader" / "autograded" / "ada" / SLUG / f"{SLUG}.ipynb"
    notebook = nbformat.read(str(page), as_version=4)
    names = [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]
    assert set(names) == {
        "q1-code", "q1-public", "q1-hidden", "q2-code", "q2-public", "q2-hidden", "written",
    }  # fmt: skip
    text = page.read_text()
    assert "<script" not in text
    assert "<img" not in text
    (answer,) = [c.source for c in notebook.cells if "Fine" in c.source]
    assert answer.replace("\u200b", "") == EVIL  # shown, not run
    assert "✓ small (2/2)" in text

    course = course_of(root)
    url = f"sqlite:///{root / 'dist' / 'nbgrader' / 'gradebook.db'}"
    assert autograder(root, "import", "nbgrader", SLUG) == "Nothing new.\n"
    grade_by_hand(course, url, "ada", "written", 8.0)
    assert "ada, written: 8 points\n1 new mark." in autograder(root, "import", "nbgrader", SLUG)
    assert autograder(root, "import", "nbgrader", SLUG) == "Nothing new.\n"
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        (mark,) = ledger.marks(SLUG)
    assert (mark.student, mark.question, mark.points) == ("ada", "written", 8.0)
    assert mark.comment == "Well said."
    assert "2 wait for a person" in autograder(root, "export", "nbgrader", SLUG)
