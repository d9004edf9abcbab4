"""The late policy: grace, days begun, a last day."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from autograder.classroom.standing.late import lateness
from autograder.course.clock import moment_of, oddity
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
        (timedelta(days=1, minutes=6), 1, 0.9),
        (timedelta(days=1, minutes=15), 1, 0.9),
        (timedelta(days=1, minutes=15, seconds=1), 2, 0.8),
        (timedelta(days=3), 3, 0.7),
        (timedelta(days=3, minutes=10), 3, 0.7),
        (timedelta(days=3, minutes=15), 3, 0.7),
        (timedelta(days=3, minutes=15, microseconds=1), 4, 0.0),
        (timedelta(days=1000), 1000, 0.0),
    ],
)
def test_a_day_begun_counts_whole_and_grace_is_for_every_day(
    late: timedelta, days: int, share: float
) -> None:
    result = lateness(DUE + late, DUE, POLICY)
    assert (result.days, result.share) == (days, pytest.approx(share))


# Clocks in Zurich: on 2026-10-25 from 03:00 back to 02:00, on 2027-03-28 from 02:00 on to 03:00.
@pytest.mark.parametrize(
    ("due", "submitted", "days"),
    [
        # Due on the evening before clocks go back: the day has 25 hours.
        ("2026-10-24 23:59", "2026-10-24 22:14:00Z", 0),  # 00:14 in Zurich
        ("2026-10-24 23:59", "2026-10-24 22:14:01Z", 1),
        ("2026-10-24 23:59", "2026-10-25 22:50:00Z", 1),  # 23:50 on the next evening
        ("2026-10-24 23:59", "2026-10-25 22:59:00Z", 1),  # 23:59
        ("2026-10-24 23:59", "2026-10-25 23:14:00Z", 1),  # 00:14
        ("2026-10-24 23:59", "2026-10-25 23:14:01Z", 2),
        ("2026-10-24 23:59", "2026-10-27 23:14:00Z", 3),
        ("2026-10-24 23:59", "2026-10-27 23:14:01Z", 4),
        # Due on the evening before clocks go on: the day has 23 hours.
        ("2027-03-27 23:59", "2027-03-28 21:59:00Z", 1),  # 23:59
        ("2027-03-27 23:59", "2027-03-28 22:14:00Z", 1),  # 00:14
        ("2027-03-27 23:59", "2027-03-28 22:14:01Z", 2),
        # A day that ends at a time that clocks show twice ends at the second.
        ("2026-10-24 02:30", "2026-10-25 01:45:00Z", 1),
        ("2026-10-24 02:30", "2026-10-25 01:45:01Z", 2),
        # A day that ends at a time that clocks skip ends as long after the jump: at 03:30.
        ("2027-03-27 02:30", "2027-03-28 01:45:00Z", 1),
        ("2027-03-27 02:30", "2027-03-28 01:45:01Z", 2),
        # Due at such times.
        ("2026-10-25 02:30", "2026-10-25 01:45:00Z", 0),
        ("2026-10-25 02:30", "2026-10-25 01:45:01Z", 1),
        ("2026-10-25 02:30", "2026-10-26 01:45:00Z", 1),
        ("2027-03-28 02:30", "2027-03-28 01:45:00Z", 0),
        ("2027-03-28 02:30", "2027-03-28 01:45:01Z", 1),
    ],
)
def test_a_day_ends_when_clocks_show_the_same_time(due: str, submitted: str, days: int) -> None:
    zone = ZoneInfo("Europe/Zurich")
    moment = moment_of(datetime.fromisoformat(due), zone)
    arrived = datetime.fromisoformat(submitted)
    assert lateness(arrived, moment, POLICY).days == days
    # On Gradescope the due date comes with an offset; the course's zone is known all the same.
    fixed = moment.astimezone(timezone(timedelta(hours=-7)))
    assert lateness(arrived, fixed, POLICY, zone).days == days


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2026-10-25 02:30", "Clocks show 2026-10-25 02:30 twice; the second time counts."),
        ("2027-03-28 02:30", "Clocks skip 2027-03-28 02:30; 03:30 counts."),
        ("2026-10-25 03:00", ""),
        ("2026-10-25 01:59", ""),
        ("2027-03-28 03:00", ""),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_said(written: str, says: str) -> None:
    moment = moment_of(datetime.fromisoformat(written), ZoneInfo("Europe/Zurich"))
    assert oddity(moment) == says


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
