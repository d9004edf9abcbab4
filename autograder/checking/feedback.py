"""What a student is told: results of test cases as data and as plain text.

The words are made in one place, so that `autograder check` and pytest say the same. How they look:
feedback_terminal.py, feedback_html.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

MAX_LINES, MAX_WIDTH = 12, 240


class Status(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNWRITTEN = "unwritten"  # a stub that still raises NotImplementedError


@dataclass(frozen=True)
class CaseResult:
    """One test case, judged.

    Attributes:
        advice: the case's `failure_message`: what to look at.
        message: the check's own words (call, expected, got); "" if passed.
        printed: what the student's code printed during the case.
    """

    question: str
    name: str
    points: float
    status: Status
    advice: str = ""
    message: str = ""
    printed: str = ""

    @property
    def passed(self) -> bool:
        return self.status is Status.PASSED

    @property
    def text(self) -> str:
        """The whole explanation as plain text; "" if passed."""
        if self.status is Status.UNWRITTEN:
            return self.unwritten
        return "\n".join(part for part in (self.advice, shorten(self.message)) if part)

    @property
    def unwritten(self) -> str:
        """Such as "matmul_blocked is not written yet", with the question if it is another one."""
        said = self.message.removeprefix(f"{self.question}: ").strip()
        said = f"needs {said}" if re.match(r"q\w+: ", said) else said
        return shorten(said) or "not written yet"


@dataclass(frozen=True)
class QuestionResult:
    """The public cases of one question, judged.

    Attributes:
        earned, possible: public points.
        hidden: points that hidden tests decide; None if the folder does not say.
        has_hints: whether `--hint` has something to show.
    """

    question: str
    title: str
    cases: tuple[CaseResult, ...]
    earned: float
    possible: float
    hidden: float | None = None
    has_hints: bool = False

    @property
    def status(self) -> Status:
        kinds = {case.status for case in self.cases}
        worst = (Status.FAILED, Status.UNWRITTEN, Status.PASSED)
        return next((status for status in worst if status in kinds), Status.PASSED)

    @property
    def untouched(self) -> bool:
        """Whether no case found anything but stubs."""
        return all(case.status is Status.UNWRITTEN for case in self.cases)


SIGNS = {Status.PASSED: "✓", Status.FAILED: "✗", Status.UNWRITTEN: "·"}
"""What stands before a line."""


def shorten(text: str) -> str:
    """At most a few lines of a message, which may hold whatever the student's code printed."""
    lines = [ln if len(ln) <= MAX_WIDTH else ln[: MAX_WIDTH - 1] + "…" for ln in text.splitlines()]
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], f"… {len(lines) - MAX_LINES + 1} more lines"]
    return "\n".join(lines)


def number(points: float) -> str:
    return f"{round(points, 2):g}"


def points_text(points: float) -> str:
    """Such as "1 point" or "2.5 points"."""
    shown = number(points)
    return f"{shown} {'point' if shown == '1' else 'points'}"
