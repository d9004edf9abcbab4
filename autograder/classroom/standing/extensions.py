"""Who may hand in later: `extensions.yml` beside course.yml.

    extensions:
      - student: ada@example.org      # as the submissions name her: e-mail or id
        assignment: matmul
        due: 2026-10-08 23:59         # in the course's time zone
        note: ill

It holds personal data, so git ignores it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from autograder.course.errors import FieldError, sentence
from autograder.course.fields import Moment
from autograder.course.model import Assignment, Course
from autograder.course.yaml_lines import YamlDocument, YamlError
from autograder.ground.errors import UserError

EXTENSIONS_FILE = "extensions.yml"


class ExtensionsError(UserError):
    """A mistake in the file of extensions, in one sentence: file, line, field, what is allowed."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Extension(_Model):
    """One student's later date for one assignment."""

    student: str = Field(
        min_length=1, description="an e-mail or id; in quotes if it is a number, such as '0042'"
    )
    assignment: str = Field(description="the name of an assignment of the course")
    due: Moment = Field(description="a date and time such as 2026-10-18 23:59")
    note: str = Field(default="", description="a text that says why")


class _File(_Model):
    extensions: list[Extension] = Field(description="a list of extensions")

    @field_validator("extensions")
    @classmethod
    def _sensible(cls, extensions: list[Extension], info: ValidationInfo) -> list[Extension]:
        course: Course = (info.context or {})["course"]
        seen: set[tuple[str, str]] = set()
        for number, extension in enumerate(extensions):
            assignment = course.assignments.get(extension.assignment)
            if assignment is None:
                known = ", ".join(course.assignments)
                problem = f"there is no assignment `{extension.assignment}`; there is: {known}"
                raise FieldError(problem, (number, "assignment"))
            if extension.due <= assignment.due:
                problem = f"the assignment is due at {assignment.due:%Y-%m-%d %H:%M} for everybody"
                raise FieldError(problem, (number, "due"))
            key = (same(extension.student), extension.assignment)
            if key in seen:
                problem = f"`{extension.student}` has two extensions of {extension.assignment}"
                raise FieldError(problem, (number, "student"))
            seen.add(key)
        return extensions


def same(student: str) -> str:
    """A form of a student's e-mail or id that is equal wherever it is the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", student.strip()).casefold())


@dataclass(frozen=True)
class Extensions:
    """Later dates by student and assignment; without any by default."""

    entries: Mapping[tuple[str, str], Extension] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def of(self, student: str, assignment: Assignment) -> Extension | None:
        """The student's extension, if there is one."""
        return self.entries.get((same(student), assignment.slug))

    def latest(self, known_as: Iterable[str], assignment: Assignment) -> Extension | None:
        """The latest extension under any of a student's identities."""
        found = filter(None, (self.of(student, assignment) for student in known_as))
        return max(found, key=lambda extension: extension.due, default=None)

    def due(self, student: str, assignment: Assignment) -> datetime:
        """When the student's work is due."""
        extension = self.of(student, assignment)
        return extension.due if extension else assignment.due


def load_extensions(path: Path, course: Course) -> Extensions:
    """Read and validate a file of extensions.

    Raises:
        ExtensionsError: one sentence that names the file, the line and what is allowed there.
    """
    try:
        document = YamlDocument(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ExtensionsError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ExtensionsError(f"{path} must be saved as UTF-8.") from None
    except YamlError as error:
        raise ExtensionsError(f"{path}, line {error.line}: {error}.") from None
    if not isinstance(document.data, dict) or "extensions" not in document.data:
        raise ExtensionsError(f"{path}, line 1: the file must hold a list called `extensions`.")
    context = {"zone": ZoneInfo(course.timezone), "course": course}
    try:
        file = _File.model_validate(document.data, context=context)
    except ValidationError as error:
        line, problem = sentence(_File, error, document)
        raise ExtensionsError(f"{path}, line {line}: {problem}.") from None
    return Extensions({(same(e.student), e.assignment): e for e in file.extensions})


def find_extensions(root: Path, course: Course, given: Path | None = None) -> Extensions:
    """The extensions of a course: from `given`, else from its own file if it has one.

    Raises:
        ExtensionsError: as `load_extensions` does.
    """
    path = given or root / EXTENSIONS_FILE
    return load_extensions(path, course) if given or path.exists() else Extensions()
