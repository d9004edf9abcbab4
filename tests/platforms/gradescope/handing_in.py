"""What Gradescope hands to the grader: a time, and the submissions before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from gradescope.specification import Results

NOW = datetime(2026, 7, 10, 12, 0, tzinfo=UTC)  # long before the tiny course's due date
RIGHT = """\
def add(a, b):
    return a + b

class Counter:
    pass
"""
TERMS = """\
counts: COUNTS
submissions_per_day: 2
late_policy: {grace_minutes: 15, percent_per_day: 10, max_days: 3}
assignments:
"""


Machine = Callable[..., tuple[Results, dict[str, Any]]]
"""Hands in a file as Gradescope does, and reads results.json."""


def previous(hours_ago: float, score: float = 4.0, **results: Any) -> dict[str, Any]:
    """An earlier submission as Gradescope hands it back."""
    tests = [
        {"name": "q1 (public)", "score": score, "max_score": 4.0, "visibility": "visible"},
        {"name": "q1 (hidden)", "score": 0.0, "max_score": 4.0, "visibility": "after_published"},
    ]
    judged = {"judged": True}
    full = {"score": score, "tests": tests, "output": f"said {score}", "extra_data": judged}
    when = (NOW - timedelta(hours=hours_ago)).isoformat()
    return {"submission_time": when, "score": score, "results": full | results}


def metadata(*earlier: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"created_at": NOW.isoformat(), "previous_submissions": list(earlier), **more}
