"""How often a student may have a submission graded on Gradescope.

Only submissions that were judged count: one that could not be loaded, one that was over the limit
itself and one on which the grader failed used up nothing. One that has no result yet counts as long
as it may still be graded, or ten could be handed in at once. What is over the limit is not graded,
and the student keeps the result of an earlier one: the last or the best, as `counts` in course.yml
says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from autograder.course.model import Assignment
from autograder.platforms.gradescope.metadata import Metadata, Previous

_WINDOW = timedelta(hours=24)
_PENDING = timedelta(minutes=40)  # the longest that Gradescope lets an autograder run
_MARK = "judged"
_KEPT = ("score", "tests", "leaderboard")
_MOMENT = "%A %d %B %Y, %H:%M"


def mark(answer: dict[str, Any], *, judged: bool) -> None:
    """Note in a results.json whether it counts; Gradescope hands it back with the next one."""
    answer.setdefault("extra_data", {})[_MARK] = judged


def not_judged(output: str) -> dict[str, Any]:
    """A results.json of a submission that was not graded and so does not count: only what is
    said of it. Without a score and tests, Gradescope tells the staff that the autograder failed."""
    answer: dict[str, Any] = {
        "output": output,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    }
    mark(answer, judged=False)
    return answer


@dataclass(frozen=True)
class OverLimit:
    """A submission that is not graded.

    Attributes:
        limit: submissions in 24 hours.
        next: when another one will be graded.
        kept: the earlier submission whose result stays, if any can be used.
    """

    limit: int
    next: datetime
    kept: Previous | None


def over_limit(metadata: Metadata, assignment: Assignment) -> OverLimit | None:
    """Whether this submission is one too many. Times are Gradescope's, so a rerun agrees."""
    limit, now = assignment.submissions_per_day, metadata.created_at
    if limit is None or now is None:
        return None
    earlier = _counted(metadata, now)
    recent = _recent(earlier, now)
    if len(recent) < limit:
        return None
    scored = [p for p in earlier if _score(p) is not None]
    best = assignment.terms.counts == "best"
    # Of several best ones the latest: what it says is nearest to what the student has now.
    scored.sort(key=lambda p: (_score(p) if best else 0, p.submission_time))
    return OverLimit(limit, recent[-limit] + _WINDOW, scored[-1] if scored else None)


def used(metadata: Metadata, assignment: Assignment) -> str:
    """How much of the limit is used once this submission is graded; "" where there is none."""
    limit, now = assignment.submissions_per_day, metadata.created_at
    if limit is None or now is None:
        return ""
    recent = _recent(_counted(metadata, now), now)
    return f"Graded within 24 hours, this one included: {len(recent) + 1} of {limit}."


def refusal(
    over: OverLimit, metadata: Metadata, assignment: Assignment, late: str = ""
) -> dict[str, Any]:
    """The results.json of a submission that is not graded: the kept result, and why.

    Args:
        late: what there is to say about the lateness of this one.
    """
    zone = ZoneInfo(assignment.terms.timezone)
    times = f"{over.limit} submissions" if over.limit > 1 else "one submission"
    lines = [
        f"This submission was not graded: {times} in 24 hours can be. "
        f"The next one can be graded from {_minute_after(over.next.astimezone(zone)):{_MOMENT}} "
        f"({assignment.terms.timezone})."
    ]
    if metadata.closes is not None and over.next > metadata.closes:
        lines.append("That is after the last moment for this assignment.")
    kept: dict[str, Any] = {}
    if over.kept is None or over.kept.results is None:
        lines.append("No score was given.")
    else:
        which = "best" if assignment.terms.counts == "best" else "last"
        when = over.kept.submission_time.astimezone(zone)
        lines.append(
            f"What counts is your {which} graded submission, of {when:{_MOMENT}}; "
            "its results are shown below."
        )
        if late:  # Gradescope counts the lateness of the active submission, which this one is now
            lines.append(
                "This one is late: in your submission history, make the earlier one active again."
            )
        # All of it: a score without its hidden tests would be shown to the student at once.
        kept = {k: over.kept.results[k] for k in _KEPT if k in over.kept.results}
        lines += ["", str(over.kept.results.get("output", ""))]
    return kept | not_judged("\n".join(lines).strip())


def _minute_after(moment: datetime) -> datetime:
    return (moment + timedelta(seconds=59, microseconds=999_999)).replace(second=0, microsecond=0)


def _recent(counted: list[Previous], now: datetime) -> list[datetime]:
    return [p.submission_time for p in counted if p.submission_time > now - _WINDOW]


def _counted(metadata: Metadata, now: datetime) -> list[Previous]:
    """The earlier submissions that count, oldest first."""
    earlier = (p for p in metadata.previous_submissions if p.submission_time < now)
    return sorted((p for p in earlier if _counts(p, now)), key=lambda p: p.submission_time)


def _counts(previous: Previous, now: datetime) -> bool:
    if not previous.results:
        return now - previous.submission_time < _PENDING
    extra = previous.results.get("extra_data")
    return isinstance(extra, dict) and extra.get(_MARK) is True


def _score(previous: Previous) -> float | None:
    results = previous.results or {}
    score, tests = results.get("score"), results.get("tests")
    usable = isinstance(score, int | float) and isinstance(tests, list) and tests
    return float(score) if usable else None  # type: ignore[arg-type]
