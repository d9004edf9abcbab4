"""What handing in late costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from autograder.course.model import LatePolicy

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lateness:
    """How late a submission is under a policy.

    Attributes:
        days: begun after the due moment and the grace period; 0 is in time.
        share: of its score that it keeps, 0 to 1.
    """

    days: int
    share: float

    def __str__(self) -> str:
        if not self.days:
            return "in time"
        days = f"{self.days} day{'s' if self.days > 1 else ''} late"
        return (
            f"{days}: {self.share:.0%} of the score counts"
            if self.share
            else f"{days}: nothing counts"
        )


def lateness(submitted: datetime, due: datetime, policy: LatePolicy) -> Lateness:
    """How late a submission is, and what is left of its score.

    Args:
        submitted, due: aware; `due` is the student's own, extension included.
    """
    over = submitted - due
    if over <= timedelta(minutes=policy.grace_minutes):
        return Lateness(0, 1.0)
    days = -(-over // _DAY)  # a day begun counts whole
    if days > policy.max_days:
        return Lateness(days, 0.0)
    return Lateness(days, max(0.0, 1 - days * policy.percent_per_day / 100))
