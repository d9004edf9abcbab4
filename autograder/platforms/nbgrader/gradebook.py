"""nbgrader's gradebook: scores that were computed in isolation go in, those of people come back."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.classroom.standing.standings import WRITTEN, Standing
from autograder.course.model import Assignment, Course
from autograder.course.parts import part_name
from autograder.ground.errors import UserError
from autograder.ground.extras import extra
from autograder.platforms.nbgrader.tree import course_id, grade_id, solution_id

PartPoints = Mapping[tuple[str, str], float]
"""Points of every test file, by question and visibility."""


class GradebookError(UserError):
    """nbgrader's gradebook cannot be used, in one sentence."""


@dataclass(frozen=True)
class Manual:
    """What a person gave in formgrader for a question, or for `written`."""

    points: float
    comment: str = ""


@dataclass
class Written:
    """What an export did.

    Attributes:
        students: whose scores are in the gradebook now.
        waiting: of them, those whose written question nobody has graded yet.
        left_out: what the gradebook does not know, in sentences.
        overruled: where the tests' score changed under a mark that a person gave, in sentences.
    """

    students: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    overruled: list[str] = field(default_factory=list)


@contextmanager
def gradebook(url: str, course: Course) -> Iterator[Any]:
    """nbgrader's `Gradebook`, open.

    Raises:
        GradebookError: nbgrader is not installed, or this is no gradebook.
    """
    try:
        from nbgrader.api import Gradebook
        from sqlalchemy.exc import SAWarning, SQLAlchemyError
    except ImportError:
        raise GradebookError(f"this needs {extra('nbgrader')}.") from None
    # For a new database nbgrader starts `alembic`, which lies beside this Python.
    scripts = str(Path(sys.executable).parent)
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join(filter(None, [scripts, os.environ.get("PATH")]))
    try:
        book = Gradebook(url, course_id="")  # which adds no course
        book.course_id = _course(book, course)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise GradebookError(f"{url} is no gradebook of nbgrader: {reason}.") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # about nbgrader's own way of adding rows
        try:
            yield book
        finally:
            book.close()


def _course(book: Any, course: Course) -> str:
    """The course that this gradebook keeps; ours if it keeps none yet. Stock nbgrader's own is
    called otherwise, and a second one beside it would be nobody's."""
    from nbgrader.api import Course as Row

    known, own = [row.id for row in book.db.query(Row)], course_id(course)
    if own in known or not known:
        book.check_course(own)
        return own
    return str(known[0])


# --- in -----------------------------------------------------------------------------------------


def write_gradebook(
    standings: Iterable[Standing],
    course: Course,
    assignment: Assignment,
    points: PartPoints,
    url: str,
) -> Written:
    """Put the scores of a class into a gradebook, which is made if there is none.

    What people gave in formgrader stays. Written twice, it is the same.

    Raises:
        GradebookError: it cannot be opened, or was made for other questions.
    """
    from nbgrader.api import MissingEntry

    done = Written()
    with gradebook(url, course) as book:
        _write_cells(book, assignment, points)  # a submission mirrors the cells that are there
        for standing in standings:
            try:
                waiting = _write_standing(book, assignment, standing, done)
            except MissingEntry as error:
                slug = assignment.slug
                raise GradebookError(
                    f"{url} was made for other questions of {slug} ({error}); "
                    f"`nbgrader db assignment remove {slug} --force` lets it be made again."
                ) from None
            done.students.append(standing.student)
            if waiting:
                done.waiting.append(standing.student)
            done.left_out += _left_out(book, assignment, standing)
    return done


def _left_out(book: Any, assignment: Assignment, standing: Standing) -> Iterator[str]:
    """Marks that somebody gave elsewhere: formgrader has them per cell, the ledger per question."""
    slug = assignment.slug
    (notebook,) = book.find_submission(slug, standing.student).notebooks
    given = _given(notebook, assignment)
    for mark in standing.marks:
        known = given.get(mark.question)
        if known is None or known.points != mark.points:
            yield (
                f"{standing.student}, {mark.question}: {mark.points:g} points are in the ledger "
                "and not in nbgrader; give them in formgrader."
            )


def _write_cells(book: Any, assignment: Assignment, points: PartPoints) -> None:
    slug = assignment.slug
    due = assignment.due.isoformat()
    book.update_or_create_assignment(slug, duedate=due)
    book.update_or_create_notebook(slug, slug)
    for (question, visibility), possible in points.items():
        name = grade_id(question, visibility)
        book.update_or_create_grade_cell(name, slug, slug, max_score=possible, cell_type="code")
    for question in assignment.questions:
        book.update_or_create_solution_cell(solution_id(question), slug, slug)
    if assignment.written:
        book.update_or_create_grade_cell(
            WRITTEN, slug, slug, max_score=assignment.written.points, cell_type="markdown"
        )
        book.update_or_create_solution_cell(WRITTEN, slug, slug)


def _write_standing(book: Any, assignment: Assignment, standing: Standing, done: Written) -> bool:
    """Whether the written question waits for a person."""
    slug, student = assignment.slug, standing.student
    submitted = standing.counts.hand_in.submitted
    book.update_or_create_student(student)
    more = {"timestamp": submitted.isoformat()} if submitted else {}
    submission = book.update_or_create_submission(slug, student, **more)
    (notebook,) = submission.notebooks
    notebook.late_submission_penalty = standing.deducted
    result = standing.counts.result
    for part in result.parts:
        grade = book.find_grade(grade_id(part.question, part.visibility), slug, slug, student)
        changed = grade.auto_score is not None and grade.auto_score != part.score
        grade.auto_score = part.score
        if grade.manual_score is None:
            grade.needs_manual_grade = False
        elif changed:  # what a person gave stands: it is named, never put back into the queue
            done.overruled.append(
                f"{student}, {part_name(part.question, part.visibility)}: the tests now give "
                f"{part.score:g} points; {grade.manual_score:g} were given in formgrader and stay."
            )
    for question, said in _feedback(result.to_gradescope()["tests"]).items():
        book.find_comment(solution_id(question), slug, slug, student).auto_comment = said
    waiting = _write_written(book, assignment, standing)
    book.db.commit()
    return waiting


def _write_written(book: Any, assignment: Assignment, standing: Standing) -> bool:
    if assignment.written is None:
        return False
    slug, student = assignment.slug, standing.student
    grade = book.find_grade(WRITTEN, slug, slug, student)
    mark = next((m for m in standing.marks if m.question == WRITTEN), None)
    if mark is not None and grade.manual_score is None:
        grade.manual_score = mark.points
        comment = book.find_comment(WRITTEN, slug, slug, student)
        comment.manual_comment = comment.manual_comment or mark.comment or None
        grade.needs_manual_grade = False
    elif grade.manual_score is None:
        grade.needs_manual_grade = True
    return bool(grade.needs_manual_grade)


def _feedback(tests: list[dict[str, Any]]) -> dict[str, str]:
    """Question → what its public and hidden tests say."""
    said: dict[str, list[str]] = {}
    for test in tests:
        question = test["name"].partition(" ")[0]
        said.setdefault(question, []).append(f"{test['name']}\n{test['output']}")
    return {question: "\n\n".join(texts) for question, texts in said.items()}


# --- back ---------------------------------------------------------------------------------------


def read_manual(course: Course, assignment: Assignment, url: str) -> dict[str, dict[str, Manual]]:
    """Student → question → what a person gave in formgrader; for a question, all its points.

    Raises:
        GradebookError: it cannot be opened, or does not know the assignment.
    """
    from nbgrader.api import MissingEntry

    slug = assignment.slug
    found: dict[str, dict[str, Manual]] = {}
    with gradebook(url, course) as book:
        try:
            submissions = list(book.find_assignment(slug).submissions)
        except MissingEntry:
            raise GradebookError(f"{url} knows nothing of {slug}: export it first.") from None
        for submission in submissions:
            for notebook in submission.notebooks:
                given = _given(notebook, assignment)
                if given:
                    found.setdefault(submission.student.id, {}).update(given)
    return dict(sorted(found.items()))


def _given(notebook: Any, assignment: Assignment) -> dict[str, Manual]:
    grades = {grade.cell.name: grade for grade in notebook.grades}
    comments = {c.cell.name: c.manual_comment or "" for c in notebook.comments}
    cells = {q: [grade_id(q, v) for v in ("public", "hidden")] for q in assignment.questions}
    cells[WRITTEN] = [WRITTEN]
    given = {}
    for question, names in cells.items():
        own = [grades[name] for name in names if name in grades]
        if any(g.manual_score is not None or g.extra_credit for g in own):
            total = sum(_points(grade) for grade in own)
            comment = comments.get(WRITTEN if question == WRITTEN else solution_id(question), "")
            given[question] = Manual(round(total, 6), comment)
    return given


def _points(grade: Any) -> float:
    points = grade.manual_score if grade.manual_score is not None else grade.auto_score
    return float(points or 0.0) + float(grade.extra_credit or 0.0)
