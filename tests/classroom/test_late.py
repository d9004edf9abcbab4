"""The late policy: grace, days begun, a last day."""

from datetime import UTC, datetime, timedelta

import pytest

from autograder.classroom.standing.late import lateness
from autograder.course.model import LatePolicy

DUE = datetime(2026, 10, 5, 23, 59, tzinfo=UTC)
POLICY = LatePolicy(grace_minutes=15, percent_per_day=10.0, max_days=3)


@pytest.mark.parametrize(
    ("late", "days", "share"),
    [
        (timedelta(days=-2), 0, 1.0),
        (timedelta(minutes=15), 0, 1.0),
        (timedelta(minutes=15, seconds=1), 1, 0.9),
        (timedelta(days=1), 1, 0.9),
        (timedelta(days=1, seconds=1), 2, 0.8),
        (timedelta(days=3), 3, 0.7),
        (timedelta(days=3, seconds=1), 4, 0.0),
    ],
)
def test_a_day_begun_counts_whole(late: timedelta, days: int, share: float) -> None:
    result = lateness(DUE + late, DUE, POLICY)
    assert (result.days, result.share) == (days, pytest.approx(share))


def test_without_a_policy_nothing_late_counts() -> None:
    assert lateness(DUE + timedelta(seconds=1), DUE, LatePolicy()).share == 0
    assert lateness(DUE, DUE, LatePolicy()).share == 1


def test_it_says_so() -> None:
    said = [str(lateness(DUE + timedelta(days=d), DUE, POLICY)) for d in (0, 1, 2, 9)]
    assert said == [
        "in time",
        "1 day late: 90% of the score counts",
        "2 days late: 80% of the score counts",
        "9 days late: nothing counts",
    ]
