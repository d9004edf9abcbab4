"""What `run_autograder` does on Gradescope's machine: one submission in, results.json out.

The folder is laid out by Gradescope: `source/` is our bundle, `submission/` what the student
handed in, `submission_metadata.json` who and when, `results/results.json` the answer.

Gradescope does not say whether students can see `extra_data`, so nothing hidden is in it. What is
printed here is for staff only.
"""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from autograder.authoring.bundle import Bundle
from autograder.authoring.points import require_points
from autograder.classroom.standing.late import lateness
from autograder.course.model import Assignment
from autograder.grading.grader import Grader
from autograder.grading.results import Outcome, Result
from autograder.ground.files import write_atomic
from autograder.platforms.gradescope.metadata import Metadata, read_metadata
from autograder.platforms.gradescope.ratelimit import mark, not_judged, over_limit, refusal, used
from autograder.submissions import read as submission

APOLOGY = (
    "The grader itself failed; this is not your fault. Your submission is stored, and the staff "
    "can see what went wrong. No score was given."
)
_SHARED = ("assignment", "max_score", "remark", "digests", "layers")


def run(root: Path) -> int:
    """Grade `root/submission` and write `root/results/results.json`, whatever happens."""
    try:
        text = _json(_answer(root))
    except Exception:
        print(traceback.format_exc())  # stdout, which Gradescope shows to staff only
        metadata = read_metadata(root / "submission_metadata.json")
        text = _json(not_judged(APOLOGY, metadata))
    write_atomic(root / "results" / "results.json", text.encode("utf-8", "replace"))
    return 0


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _answer(root: Path) -> dict[str, Any]:
    bundle = Bundle.from_folder(root / "source")
    require_points(bundle)
    metadata = read_metadata(root / "submission_metadata.json")
    if metadata.created_at is None:
        print("submission_metadata.json says no time: neither lateness nor a limit is looked at.")
    late = late_note(metadata, bundle.assignment)
    print(late or "In time.")
    over = over_limit(metadata, bundle.assignment)
    if over is not None:
        return refusal(over, metadata, bundle.assignment, late)
    slug = bundle.assignment.slug
    work = submission.read(root / "submission", slug, slug)
    with Grader(bundle) as grader:
        result = grader.grade(work, leaderboard=True)
    return for_students(result, metadata, late, used(metadata, bundle.assignment))


def for_students(
    result: Result, metadata: Metadata, late: str = "", limit: str = ""
) -> dict[str, Any]:
    """results.json without anything that a student may not see before publication.

    Args:
        late, limit: what there is to say about lateness, and about the limit if this one counts.
    """
    judged = any(c.outcome is not Outcome.UNJUDGED for part in result.parts for c in part.cases)
    answer = result.to_gradescope()
    said = (late, answer["output"], limit if judged else "")
    answer["output"] = "\n".join(line for line in said if line)
    answer["extra_data"] = {key: answer["extra_data"][key] for key in _SHARED}
    mark(answer, metadata, judged=judged)
    return answer


def late_note(metadata: Metadata, assignment: Assignment) -> str:
    """What handing in at this time costs, for the student; "" if it costs nothing.

    The score stays whole. An extension may be given later and another submission may be made the
    one that counts, and results.json would not follow.
    """
    if metadata.created_at is None:
        return ""
    terms = assignment.terms
    due = metadata.due or assignment.due
    late = lateness(metadata.created_at, due, terms.late_policy, ZoneInfo(terms.timezone))
    if not late.days:
        return ""
    when = f"{due.astimezone(ZoneInfo(terms.timezone)):%A %d %B %Y, %H:%M} ({terms.timezone})"
    after = "The points below are before that." if late.share else ""
    return " ".join(filter(None, (f"Due {when}; this is {late}.", after)))
