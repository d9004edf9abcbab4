"""`submission_metadata.json`: what Gradescope says about a submission.

Gradescope reserves the right to change the file. So nothing in it is needed: a field that is
missing, or not what it should be, counts as not given, and what depends on it is left out.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)


def _if_usable(value: object, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError:
        return None


def _usable_ones(value: object, validate: ValidatorFunctionWrapHandler) -> list[Any]:
    """The entries of a list that are what they should be."""
    usable = []
    for entry in value if isinstance(value, list) else []:
        try:
            usable += validate([entry])
        except ValidationError:
            continue
    return usable


Moment = Annotated[AwareDatetime | None, WrapValidator(_if_usable)]
Text = Annotated[str | None, WrapValidator(_if_usable)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Dates(_Model):
    """Dates of the assignment, or those of one student."""

    due_date: Moment = None
    late_due_date: Moment = None


class User(_Model):
    """A student of the group that submits. `assignment` has the dates of this student."""

    name: Text = None
    email: Text = None
    assignment: Annotated[Dates | None, WrapValidator(_if_usable)] = None


class Previous(_Model):
    """An earlier submission of the same students.

    Attributes:
        score: a number, or one in a string; None as long as there is none.
        autograder_error: whether the autograder failed; None in files that do not say.
        results: the results.json it got; since 2025 only that of the latest is handed back.
    """

    submission_time: AwareDatetime
    score: Annotated[FiniteFloat | None, WrapValidator(_if_usable)] = None
    autograder_error: Annotated[bool | None, WrapValidator(_if_usable)] = None
    results: Annotated[dict[str, Any] | None, WrapValidator(_if_usable)] = None

    @property
    def extra(self) -> dict[str, Any]:
        """What an autograder noted for later ones; {} where nothing is known of it."""
        found = (self.results or {}).get("extra_data")
        return found if isinstance(found, dict) else {}


class Metadata(_Model):
    """The file."""

    created_at: Moment = None
    assignment: Annotated[Dates | None, WrapValidator(_if_usable)] = None
    users: Annotated[list[User], WrapValidator(_usable_ones)] = Field(default=[])
    previous_submissions: Annotated[list[Previous], WrapValidator(_usable_ones)] = Field(default=[])

    @property
    def due(self) -> datetime | None:
        """When it is due for these students: of a group's dates the latest."""
        return self._latest("due_date")

    @property
    def closes(self) -> datetime | None:
        """After when Gradescope takes nothing from these students."""
        return self._latest("late_due_date") or self.due

    def _latest(self, name: str) -> datetime | None:
        everyones: datetime | None = getattr(self.assignment, name, None)
        dates = [getattr(user.assignment, name, None) or everyones for user in self.users]
        return max((date for date in dates if date), default=everyones)


def read_metadata(path: Path) -> Metadata:
    """Read the file; one that is missing or unreadable says nothing."""
    try:
        return Metadata.model_validate(json.loads(path.read_bytes()))
    except (OSError, ValueError):  # JSON's, Unicode's and pydantic's errors are ValueErrors
        return Metadata()
