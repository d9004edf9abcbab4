"""results.json as Gradescope's autograder specification describes it (docs, "Output format").

Stricter than Gradescope: a field it does not know is a mistake here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]
Format = Literal["text", "html", "simple_format", "md", "ansi"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Test(_Model):
    """One test case."""

    __test__ = False  # not one of pytest's

    score: float | None = None
    max_score: float | None = None
    status: Literal["passed", "failed"] | None = None
    name: str | None = None
    name_format: Format | None = None
    number: str | None = None
    output: str | None = None
    output_format: Format | None = None
    tags: list[str] | None = None
    visibility: Visibility | None = None
    extra_data: dict[str, Any] | None = None


class Column(_Model):
    """One entry of the leaderboard."""

    name: str = Field(min_length=1)
    value: float | str
    order: Literal["asc", "desc"] | None = None


class Results(_Model):
    """The whole file."""

    score: float | None = None
    execution_time: float | None = None
    output: str | None = None
    output_format: Format | None = None
    test_output_format: Format | None = None
    test_name_format: Format | None = None
    visibility: Visibility | None = None
    stdout_visibility: Visibility | None = None
    extra_data: dict[str, Any] | None = None
    tests: list[Test] | None = None
    leaderboard: list[Column] | None = None

    @property
    def graded(self) -> bool:
        """Whether Gradescope finds a score in it; otherwise it reports a failed autograder."""
        return self.score is not None or bool(self.tests)

    @property
    def total_is_hidden(self) -> bool:
        """Whether students cannot see the total yet: so it is as long as a test is to come."""
        later = ("after_due_date", "after_published")
        return any(test.visibility in later for test in self.tests or [])

    @model_validator(mode="after")
    def _scores(self) -> Results:
        if self.score is None and any(test.score is None for test in self.tests or []):
            raise ValueError("without a score at the top every test needs one")
        return self


def read_results(path: Path) -> Results:
    """Read and check a file.

    Raises:
        ValueError: if Gradescope would not take it; also for NaN, which is no JSON.
    """

    def refuse(constant: str) -> float:
        raise ValueError(f"{constant} is not JSON")

    json.loads(path.read_bytes(), parse_constant=refuse)
    return Results.model_validate_json(path.read_bytes())
