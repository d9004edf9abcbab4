"""`course.yml`, typed and validated: the one place for dates, points, limits, rules and defaults.

The description of a field says what is allowed in it. It is shown both by editors (through the
JSON schema) and when the field is wrong.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from autograder.course.errors import FieldError, sentence
from autograder.course.fields import Forbidden, Module, Moment, Name, Package
from autograder.course.handout import Before, Model, Reading, RubricItem
from autograder.course.minima import AtLeast
from autograder.course.yaml_lines import YamlDocument, YamlError
from autograder.ground.errors import UserError
from autograder.ground.suggestions import did_you_mean
from autograder.ground.text import shown

COURSE_FILE = "course.yml"

_PER_DAY = (
    "a whole number: how many submissions in 24 hours Gradescope grades, at least 1; empty: all"
)


class CourseError(UserError):
    """A mistake in course.yml, in one sentence: file, line, field, and what is allowed there."""


class Question(Model):
    """One autograded question."""

    title: str = Field(min_length=1, description="a text, the question's title")
    points: float = Field(gt=0, description="a number of points greater than 0")
    names: list[Name] = Field(
        min_length=1,
        description="a list of the names that the student writes, such as [softmax]",
    )
    forbid: list[Forbidden] = Field(
        default=[],
        description='a list of what a solution may not use: "@" or dotted names such as np.dot',
    )


class Written(Model):
    """The question that people grade; its points are outside those of the questions."""

    title: str = Field(min_length=1, description="a text, the title of the written question")
    points: float = Field(gt=0, description="a number of points greater than 0")


class Limits(Model):
    """What a submission may use while it is graded."""

    call_seconds: float = Field(
        default=10.0,
        gt=0,
        description="seconds of processor time for one call of a student's function, above 0",
    )
    case_seconds: float = Field(
        default=30.0, gt=0, description="seconds of processor time for one test case, above 0"
    )
    load_seconds: float = Field(
        default=20.0,
        gt=0,
        description="seconds of processor time for loading a file or notebook, above 0",
    )
    submission_seconds: float = Field(
        default=300.0, gt=0, description="seconds of processor time for a whole submission, above 0"
    )
    memory_mb: int = Field(
        default=1024, ge=64, description="whole megabytes of memory, at least 64"
    )
    output_kb: int = Field(
        default=64, ge=1, description="whole kilobytes of printed output, at least 1"
    )
    scratch_mb: int = Field(
        default=64, ge=0, description="whole megabytes of files a submission may write, at least 0"
    )


class LatePolicy(Model):
    """What lateness costs: so much for each day begun; the grace period is added to every day."""

    grace_minutes: int = Field(default=0, ge=0, description="whole minutes, at least 0")
    percent_per_day: float = Field(
        default=0.0, ge=0, le=100, description="percent of the score lost per day, 0 to 100"
    )
    max_days: int = Field(
        default=0, ge=0, description="whole days after which nothing is accepted, at least 0"
    )


class Leaderboard(Model):
    """A column of Gradescope's leaderboard; `leaderboard.py` beside the tests computes it."""

    name: str = Field(min_length=1, description="a text, the column's title")
    order: Literal["asc", "desc"] = Field(
        default="desc", description="asc if the smallest value leads, or desc"
    )


class Terms(Model):
    """What one assignment takes over from its course."""

    timezone: str = "UTC"
    counts: Literal["last", "best"] = "last"
    late_policy: LatePolicy = LatePolicy()


class Assignment(Model):
    """One assignment, with what the course says for all of them filled in."""

    slug: str = Field(description="the assignment's key in course.yml")
    title: str = Field(min_length=1, description="a text, the assignment's title")
    released: Moment = Field(description="a date and time such as 2026-10-01 08:00")
    due: Moment = Field(description="a date and time after `released`, such as 2026-10-15 23:59")
    limits: Limits = Field(default=Limits(), description="limits that differ from the course's")
    submissions_per_day: int | None = Field(default=None, ge=1, description=_PER_DAY)
    terms: Terms = Field(default=Terms(), description="what the course says for all assignments")
    preload: list[Module] = Field(
        default=["numpy"],
        description="a list of modules imported once, before any submission, such as numpy",
    )
    packages: list[Package] = Field(
        default=[],
        description="a list of pinned packages that the tests need besides the engine's own",
    )
    data: list[Literal["shakespeare", "plays", "digits"]] = Field(
        default=[],
        description="a list of what the notebook reads: shakespeare, plays, digits",
    )
    allow_imports: list[Module] = Field(
        default=[],
        description="a list of modules that a submission may import besides the standard library, "
        "NumPy, Matplotlib and the assignment's packages, such as pandas",
    )
    forbid_imports: list[Module] = Field(
        default=[], description="a list of modules that no submission may import, such as scipy"
    )
    questions: dict[str, Question] = Field(
        min_length=1, description="the questions by their keys: q1, q2, … in order"
    )
    written: Written | None = Field(
        default=None, description="the title and points of the question that people grade"
    )
    # These four are for people: what grades does not carry them, and does not depend on them.
    rubric: list[RubricItem] = Field(
        default=[],
        exclude=True,
        description="a list of what the points of the written question are given for",
    )
    before: Before | None = Field(
        default=None,
        exclude=True,
        description="what a student reads first: goals, needs, check, hours, difficulty",
    )
    read_on: list[Reading] = Field(
        default=[], exclude=True, description="a list of papers and books, with title and url"
    )
    at_least: AtLeast = Field(
        default=AtLeast(),
        exclude=True,
        description="the fewest mutants and alternatives that `autograder verify` accepts",
    )
    leaderboard: Leaderboard | None = Field(
        default=None, description="the name and order of a column on Gradescope's leaderboard"
    )

    @property
    def points(self) -> float:
        """Points of all autograded questions together."""
        return sum(question.points for question in self.questions.values())

    @field_validator("due")
    @classmethod
    def _due_after_released(cls, due: datetime, info: ValidationInfo) -> datetime:
        released = info.data.get("released")
        if released is not None and due <= released:
            raise ValueError(f"{due:%Y-%m-%d %H:%M %z} must be after `released`")
        return due

    @field_validator("rubric")
    @classmethod
    def _adds_up(cls, rubric: list[RubricItem], info: ValidationInfo) -> list[RubricItem]:
        written, total = info.data.get("written"), sum(item.points for item in rubric)
        if rubric and written is None:
            raise ValueError("there is no `written` question to give these points for")
        if written is not None and rubric and abs(total - written.points) > 1e-9:
            raise ValueError(f"the points add up to {total:g}, not to {written.points:g}")
        return rubric

    @field_validator("questions")
    @classmethod
    def _in_order(cls, questions: dict[str, Question]) -> dict[str, Question]:
        for number, key in enumerate(questions, start=1):
            if key != f"q{number}":
                raise FieldError(f"the keys must be q1, q2, … in order; here q{number}", (key,))
        return questions


class Course(Model):
    """The whole of course.yml."""

    name: str = Field(min_length=1, description="a text, the course's name")
    timezone: str = Field(description="the name of a time zone, such as Europe/Zurich")
    counts: Literal["last", "best"] = Field(
        default="last", description="which of a student's submissions counts: last or best"
    )
    late_policy: LatePolicy = Field(
        default=LatePolicy(), description="grace_minutes, percent_per_day and max_days"
    )
    limits: Limits = Field(default=Limits(), description="limits of every assignment")
    submissions_per_day: int | None = Field(default=None, ge=1, description=_PER_DAY)
    python: str = Field(
        default="3.11",
        pattern=r"^3\.\d+$",
        description='the oldest Python that grades, in quotes, such as "3.11"',
    )
    assignments: dict[str, Assignment] = Field(
        min_length=1, description="the assignments in the order of the course"
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if _zone(name) is None:
            raise ValueError(f"`{name}` is not the name of a time zone, such as Europe/Zurich")
        return name

    @field_validator("assignments", mode="before")
    @classmethod
    def _fill_in(cls, assignments: object, info: ValidationInfo) -> object:
        """Give each assignment its slug and what the course says, before it is validated."""
        if not isinstance(assignments, dict):
            return assignments
        limits = info.data.get("limits", Limits()).model_dump()
        terms = {name: info.data[name] for name in Terms.model_fields if name in info.data}
        course = {
            "submissions_per_day": info.data.get("submissions_per_day"),
            "terms": Terms(**terms),
        }
        return {slug: _filled(slug, raw, limits, course) for slug, raw in assignments.items()}

    def assignment(self, slug: str) -> Assignment:
        """The assignment of that name.

        Raises:
            CourseError: if there is none, with the names there are.
        """
        if slug not in self.assignments:
            known = ", ".join(self.assignments)
            raise CourseError(
                f"there is no assignment `{slug}` in {COURSE_FILE}; there is: {known}."
                f"{did_you_mean(slug, self.assignments)}"
            )
        return self.assignments[slug]


def _filled(
    slug: object, raw: object, limits: Mapping[str, object], course: Mapping[str, object]
) -> object:
    if not isinstance(slug, str) or not is_slug(slug):
        message = "the name of an assignment must be a Python module name in lower case"
        raise FieldError(message, (str(slug),))
    if not isinstance(raw, dict):
        return raw
    if "slug" in raw:
        raise FieldError(f"not a field; the key `{slug}` is the slug already", (slug, "slug"))
    if "terms" in raw:
        known = ", ".join(Terms.model_fields)
        raise FieldError(f"not a field; {known} are the course's", (slug, "terms"))
    own = raw.get("limits", {})
    filled = {**limits, **own} if isinstance(own, dict) else own
    return {**course, **raw, "slug": slug, "limits": filled}


def is_slug(name: str) -> bool:
    """Whether an assignment can be called so."""
    return re.fullmatch(r"[a-z][a-z0-9_]*", name) is not None and not keyword.iskeyword(name)


def _zone(name: object) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else None
    except (KeyError, OSError, ValueError):  # unknown, a folder of zones, a path
        return None


def load_course(path: Path) -> Course:
    """Read and validate course.yml.

    Raises:
        CourseError: one sentence that names the file, the line, the field and what is allowed.
    """
    return parse_course(_read(path), path)


def parse_course(text: str, path: Path) -> Course:
    """Validate the text of a course.yml; `path` is for messages.

    Raises:
        CourseError: as `load_course` does.
    """
    try:
        document = YamlDocument(text)
    except YamlError as error:
        raise CourseError(f"{path}, line {error.line}: {shown(str(error))}.") from None
    data = document.data
    if not isinstance(data, dict):
        raise CourseError(f"{path}, line 1: the file must hold fields: {_fields()}.")
    context = {"zone": _zone(data.get("timezone"))}
    try:
        return Course.model_validate(data, context=context)
    except ValidationError as error:
        line, problem = sentence(Course, error, document)
        raise CourseError(f"{path}, line {line}: {shown(problem)}.") from None


def course_line(root: Path, *field: str | int) -> int:
    """The line of course.yml where a field is written, or of what is around it."""
    return YamlDocument(_read(root / COURSE_FILE)).line(field)


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise CourseError(f"{path} does not exist; it describes the course.") from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CourseError(f"{path}, line {line}: the file must be saved as UTF-8.") from None


def _fields() -> str:
    return ", ".join(Course.model_fields)


def find_course(start: Path | None = None) -> Path:
    """The nearest folder at or above `start` (default: here) that holds course.yml.

    Raises:
        CourseError: if there is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / COURSE_FILE).is_file():
            return folder
    raise CourseError(f"there is no {COURSE_FILE} in {here} or in a folder above it.")
