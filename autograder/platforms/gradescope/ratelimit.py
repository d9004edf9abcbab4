"""How often a student may have a submission graded on Gradescope.

Only submissions that were judged count: one that could not be loaded, one that was over the limit
itself and one on which the grader failed used up nothing. One that has no result yet counts as long
as it may still be graded, or ten could be handed in at once. What is over the limit is not graded,
and the student keeps the score of an earlier one: the last or the best, as `counts` in course.yml
says.

Gradescope hands back the time, the score and whether the autograder failed of every earlier
submission, but results.json of the latest only (files from before 2025 have them all). So each
results.json notes what is known of the day before it, and where that is lost, which submissions
were graded follows from their times: each had room under the limit or had not.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from autograder.course.model import Assignment
from autograder.platforms.gradescope.metadata import Metadata, Previous

_WINDOW = timedelta(hours=24)
_PENDING = timedelta(minutes=40)  # the longest that Gradescope lets an autograder run
_MARK = "judged"
_EARLIER, _KEPT_OF, _SAID = "earlier", "kept", "said"
_KEPT = ("score", "tests", "leaderboard")
_MOMENT = "%A %d %B %Y, %H:%M"


def mark(answer: dict[str, Any], metadata: Metadata, *, judged: bool) -> None:
    """Note in a results.json whether it counts, and which of the day before do; Gradescope hands
    it back with the next submission."""
    extra = answer.setdefault("extra_data", {})
    extra[_MARK] = judged
    now = metadata.created_at
    known = _known(metadata)
    recent = {t.isoformat(): known[t] for t in sorted(known) if now and now - _WINDOW < t < now}
    if recent:
        extra[_EARLIER] = recent


def not_judged(output: str, metadata: Metadata | None = None) -> dict[str, Any]:
    """A results.json of a submission that was not graded and so does not count: only what is
    said of it. Without a score and tests, Gradescope tells the staff that the autograder failed."""
    answer: dict[str, Any] = {
        "output": output,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    }
    mark(answer, metadata or Metadata(), judged=False)
    return answer


@dataclass(frozen=True)
class Kept:
    """An earlier submission whose score stays.

    Attributes:
        results: its results.json; None where only the score is handed back.
    """

    submission_time: datetime
    score: float
    results: dict[str, Any] | None = None


@dataclass(frozen=True)
class OverLimit:
    """A submission that is not graded.

    Attributes:
        limit: submissions in 24 hours.
        next: when another one will be graded.
        kept: the earlier submission whose score stays, if any has one.
    """

    limit: int
    next: datetime
    kept: Kept | None


def over_limit(metadata: Metadata, assignment: Assignment) -> OverLimit | None:
    """Whether this submission is one too many. Times are Gradescope's, so a rerun agrees."""
    limit, now = assignment.submissions_per_day, metadata.created_at
    if limit is None or now is None:
        return None
    earlier = _counted(metadata, limit, now)
    recent = _recent(earlier, now)
    if len(recent) < limit:
        return None
    kept = list(_scored(metadata, {p.submission_time for p in earlier}))
    if assignment.terms.counts == "best":
        # Of several best ones the latest: what it says is nearest to what the student has now.
        kept.sort(key=lambda k: (k.score, k.results is not None, k.submission_time))
    else:
        kept.sort(key=lambda k: k.submission_time)
    return OverLimit(limit, recent[-limit] + _WINDOW, kept[-1] if kept else None)


def used(metadata: Metadata, assignment: Assignment) -> str:
    """How much of the limit is used once this submission is graded; "" where there is none."""
    limit, now = assignment.submissions_per_day, metadata.created_at
    if limit is None or now is None:
        return ""
    recent = _recent(_counted(metadata, limit, now), now)
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
    kept = over.kept
    if kept is None:
        lines.append("No score was given.")
        return not_judged("\n".join(lines), metadata)
    which = "best" if assignment.terms.counts == "best" else "last"
    when = f"{kept.submission_time.astimezone(zone):{_MOMENT}}"
    where = "its results are shown below" if kept.results else "your submission history has them"
    lines.append(f"What counts is your {which} graded submission, of {when}; {where}.")
    if late:  # Gradescope counts the lateness of the active submission, which this one is now
        lines.append(
            "This one is late: in your submission history, make the earlier one active again."
        )
    said = ""
    if kept.results is None:
        # A test that is shown later, or Gradescope would tell the total before publication.
        name = f"The submission of {when}"
        test = {"name": name, "score": kept.score, "max_score": assignment.points}
        shown: dict[str, Any] = {"score": kept.score}
        shown["tests"] = [{**test, "visibility": "after_published"}]
    else:
        # All of it: a score without its hidden tests would be shown to the student at once.
        shown = {k: kept.results[k] for k in _KEPT if k in kept.results}
        extra = kept.results.get("extra_data")
        said = str((extra if isinstance(extra, dict) else {}).get(_SAID, ""))
        said = said or str(kept.results.get("output", ""))
        lines += ["", said]
    answer = shown | not_judged("\n".join(lines).strip(), metadata)
    if kept.results is not None:
        answer["extra_data"] |= {_KEPT_OF: kept.submission_time.isoformat(), _SAID: said}
    return answer


def _minute_after(moment: datetime) -> datetime:
    return (moment + timedelta(seconds=59, microseconds=999_999)).replace(second=0, microsecond=0)


def _recent(counted: list[Previous], now: datetime) -> list[datetime]:
    return [p.submission_time for p in counted if p.submission_time > now - _WINDOW]


def _counted(metadata: Metadata, limit: int, now: datetime) -> list[Previous]:
    """The earlier submissions that count, oldest first."""
    known = _known(metadata)
    counted: list[Previous] = []
    earlier = (p for p in metadata.previous_submissions if p.submission_time < now)
    for previous in sorted(earlier, key=lambda p: p.submission_time):
        when = previous.submission_time
        if _failed(previous, now):
            continue
        if known.get(when, len(_recent(counted, when)) < limit):
            counted.append(previous)
    return counted


def _failed(previous: Previous, now: datetime) -> bool:
    """Whether the grader failed on it, which is never the student's loss."""
    if previous.results or previous.autograder_error:
        return bool(previous.autograder_error)
    told = previous.autograder_error is not None and previous.score is not None
    return not told and now - previous.submission_time >= _PENDING


def _known(metadata: Metadata) -> dict[datetime, bool]:
    """Whether submissions were judged, by their times, as far as results.json files tell."""
    found: dict[datetime, bool] = {}
    for previous in metadata.previous_submissions:
        noted = previous.extra.get(_EARLIER)
        for time, judged in (noted if isinstance(noted, dict) else {}).items():
            with contextlib.suppress(ValueError, TypeError):
                found.setdefault(datetime.fromisoformat(time).astimezone(UTC), judged is True)
    for previous in metadata.previous_submissions:
        if previous.results:
            when = previous.submission_time.astimezone(UTC)
            found[when] = previous.extra.get(_MARK) is True
    return found


def _scored(metadata: Metadata, judged: set[datetime]) -> Iterator[Kept]:
    """The scores that may be kept: those of submissions that were judged."""
    whole: dict[datetime, Kept] = {}
    for previous in metadata.previous_submissions:
        results, when = previous.results or {}, previous.submission_time
        kept_of = previous.extra.get(_KEPT_OF)
        if isinstance(kept_of, str) and when not in judged:  # it shows what an earlier one got
            with contextlib.suppress(ValueError):
                when = datetime.fromisoformat(kept_of)
        score, tests = results.get("score"), results.get("tests")
        if when in judged and isinstance(score, int | float) and isinstance(tests, list) and tests:
            whole[when] = Kept(when, float(score), results)
    yield from whole.values()
    for previous in metadata.previous_submissions:
        told = previous.autograder_error is False and previous.score is not None
        if told and previous.submission_time in judged - whole.keys():
            assert previous.score is not None
            yield Kept(previous.submission_time, previous.score)
