"""What handing in late costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from autograder.course.clock import moment_of
from autograder.course.model import LatePolicy


@dataclass(frozen=True)
class Lateness:
    """How late a submission is under a policy.

    Attributes:
        days: begun after the due moment, each with its grace period; 0 is in time.
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


def lateness(
    submitted: datetime, due: datetime, policy: LatePolicy, zone: tzinfo | None = None
) -> Lateness:
    """How late a submission is, and what is left of its score.

    A day ends when clocks show the time of the due moment again, whatever happens to clocks on that
    day, and the grace period goes on from there.

    Args:
        submitted, due: aware; `due` is the student's own, extension included.
        zone: the course's; by default that of `due`.
    """
    zone = zone or due.tzinfo
    assert zone is not None
    moment, due = submitted.astimezone(UTC), due.astimezone(UTC)
    grace = timedelta(minutes=policy.grace_minutes)
    if moment <= due + grace:
        return Lateness(0, 1.0)
    shown = due.astimezone(zone).replace(tzinfo=None)
    days = max(1, (moment - due - grace).days)
    while moment > moment_of(shown + timedelta(days=days), zone).astimezone(UTC) + grace:
        days += 1
    if days > policy.max_days:
        return Lateness(days, 0.0)
    return Lateness(days, max(0.0, 1 - days * policy.percent_per_day / 100))
