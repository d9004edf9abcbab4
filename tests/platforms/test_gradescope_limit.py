"""So many submissions in 24 hours, and the score that stands meanwhile."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from gradescope.handing_in import NOW, Machine, metadata, previous
from shared.isolation import isolates

from autograder.authoring.bundle import Bundle
from autograder.course.model import Assignment
from autograder.platforms.gradescope import service as gradescope
from autograder.platforms.gradescope.metadata import Metadata
from autograder.platforms.gradescope.ratelimit import mark, not_judged, over_limit, refusal


def test_over_the_limit_the_last_graded_one_stays(machine: Machine) -> None:
    results, raw = machine(metadata=metadata(previous(1, 2.0), previous(5, 4.0), previous(30, 9.0)))
    assert results.score == 2.0
    assert results.total_is_hidden  # or the kept score would be shown before publication
    first, second, *rest = (results.output or "").splitlines()
    assert first == (
        "This submission was not graded: 2 submissions in 24 hours can be. The next one can be "
        "graded from Saturday 11 July 2026, 09:00 (Europe/Zurich)."
    )
    assert second == (
        "What counts is your last graded submission, of Friday 10 July 2026, 13:00; its results "
        "are shown below."
    )
    assert rest == ["", "said 2.0"]
    assert raw["extra_data"] == {
        "judged": False,
        "earlier": {"2026-07-10T07:00:00+00:00": True, "2026-07-10T11:00:00+00:00": True},
        "kept": "2026-07-10T11:00:00+00:00",
        "said": "said 2.0",
    }


def test_over_the_limit_the_best_one_stays_where_the_best_counts(machine: Machine) -> None:
    earlier = (previous(1, 2.0), previous(5, 4.0), previous(30, 9.0), previous(40, 9.0))
    results, _ = machine(metadata=metadata(*earlier), counts="best")
    assert results.score == 9.0
    assert "your best graded submission, of Thursday 09 July 2026, 08:00" in (results.output or "")


@isolates
@pytest.mark.parametrize(
    "earlier",
    [
        [previous(1), previous(24)],  # exactly a day ago is over
        [previous(1), previous(2, extra_data={"judged": False})],  # over the limit, or unloadable
        [previous(1), previous(2, extra_data={})],  # another autograder's
        [previous(1), previous(-1), previous(-2)],  # this one is being graded again
        [previous(1), {"submission_time": "soon", "results": {}}, 7, None],
        [previous(1), previous(2) | {"results": None}],
        [previous(1), previous(2) | {"autograder_error": True}],  # the grader's own failure
    ],
)
def test_what_does_not_count(machine: Machine, earlier: list[Any]) -> None:
    results, _ = machine(metadata=metadata(*earlier))
    assert results.score == 10.0
    assert "this one included: 2 of 2." in (results.output or "")


def test_the_next_one_may_come_too_late(machine: Machine) -> None:
    dates = {"due_date": (NOW + timedelta(hours=3)).isoformat()}
    results, _ = machine(metadata=metadata(previous(1), previous(2), assignment=dates))
    assert "That is after the last moment for this assignment." in (results.output or "")
    dates["late_due_date"] = (NOW + timedelta(days=3)).isoformat()
    results, _ = machine(metadata=metadata(previous(1), previous(2), assignment=dates))
    assert "after the last moment" not in (results.output or "")
    assert "make the earlier one active" not in (results.output or "")
    dates["due_date"] = (NOW - timedelta(hours=1)).isoformat()
    results, _ = machine(metadata=metadata(previous(1), previous(2), assignment=dates))
    assert "This one is late: in your submission history, make the" in (results.output or "")


def test_without_a_result_to_keep_there_is_no_score(machine: Machine) -> None:
    bare = [previous(hours, tests=None) for hours in (1, 2)]
    results, raw = machine(metadata=metadata(*bare))
    assert "score" not in raw
    assert "No score was given." in (results.output or "")


def test_many_at_once_are_not_all_graded(machine: Machine) -> None:
    pending = [previous(seconds / 3600) | {"results": None} for seconds in (1, 2)]
    results, raw = machine(metadata=metadata(*pending))
    assert "score" not in raw
    assert "was not graded" in (results.output or "")
    results, _ = machine(metadata=metadata(*pending, previous(3, 3.0)))
    assert results.score == 3.0


# Since January 2025 Gradescope's documentation says: the time, the score (in practice a string) and
# `autograder_error` of every earlier submission, and `results` of the latest only.


class Day:
    """A student who hands in again and again, on a machine that hands back what it is documented
    to hand back."""

    def __init__(self, assignment: Assignment, *, whole: bool = False) -> None:
        self._assignment, self._whole = assignment, whole
        self.earlier: list[dict[str, Any]] = []

    def hand_in(self, minute: float, score: float = 0.0, *, what: str = "judged") -> dict[str, Any]:
        """results.json of a submission `minute` minutes after the first.

        Args:
            score: what grading it would give.
            what: "judged", "unloadable" or "crash" (the grader itself fails).
        """
        when = NOW + timedelta(minutes=minute)
        shown = [dict(entry) for entry in self.earlier]
        for entry in [] if self._whole else shown[:-1]:
            del entry["results"]
        given = {"created_at": when.isoformat(), "previous_submissions": shown}
        found = Metadata.model_validate(given)
        over = over_limit(found, self._assignment)
        if over is not None:
            answer = refusal(over, found, self._assignment)
        elif what == "crash":
            answer = not_judged(gradescope.APOLOGY, found)
        else:
            answer = {"score": score, "output": f"said {score:g}"}
            answer["tests"] = [{"name": "q1 (hidden)", "score": score, "visibility": "visible"}]
            mark(answer, found, judged=what == "judged")
        failed = "score" not in answer
        told = None if failed else f"{answer['score']:.1f}"
        entry = {"submission_time": when.isoformat(), "autograder_error": failed, "score": told}
        self.earlier.append(entry | {"results": json.loads(json.dumps(answer))})
        return answer


@pytest.fixture(params=[False, True], ids=["results of the latest", "all results"])
def day(request: pytest.FixtureRequest, bundles: dict[str, Path]) -> Day:
    return Day(Bundle.from_zip(bundles["last"]).assignment, whole=request.param)  # 2 in 24 hours


def test_sixty_in_a_day_of_two_and_the_score_always_stands(day: Day) -> None:
    answers = [day.hand_in(20 * n, float(n + 1)) for n in range(60)]
    assert [a["extra_data"]["judged"] for a in answers] == [True] * 2 + [False] * 58
    assert [a["score"] for a in answers] == [1.0] + [2.0] * 59
    assert {a["tests"][0]["score"] for a in answers[2:]} == {2.0}
    assert answers[59]["output"].splitlines()[2:] == ["", "said 2"]
    assert day.hand_in(24 * 60, 7.0)["score"] == 7.0  # the first is a day ago
    assert day.hand_in(24 * 60 + 1, 8.0)["score"] == 7.0  # the second is not


def test_what_cannot_be_loaded_and_a_failing_grader_use_up_nothing(day: Day) -> None:
    for minute in range(5):
        day.hand_in(minute, what="unloadable")
    for minute in range(5, 10):
        day.hand_in(minute, what="crash")
    assert day.hand_in(10, 3.0)["score"] == 3.0
    day.hand_in(11, what="unloadable")
    assert day.hand_in(12, 4.0)["score"] == 4.0
    day.hand_in(13, what="crash")
    assert day.hand_in(14, 9.0)["score"] == 4.0


def test_a_score_stands_also_where_its_tests_are_not_handed_back(
    bundles: dict[str, Path],
) -> None:
    best = Day(Bundle.from_zip(bundles["best"]).assignment)
    best.hand_in(0, 9.0)
    best.hand_in(1, 4.0)
    for minute in (2, 3):
        kept = best.hand_in(minute, 10.0)
        assert kept["score"] == 9.0
        assert kept["tests"] == [
            {
                "name": "The submission of Friday 10 July 2026, 14:00",
                "score": 9.0,
                "max_score": 10.0,
                "visibility": "after_published",  # or the total would be shown at once
            }
        ]
        assert "14:00; your submission history has them." in kept["output"]


def test_in_the_documented_form_pending_ones_count_until_they_cannot_be_graded(
    bundles: dict[str, Path],
) -> None:
    assignment = Bundle.from_zip(bundles["last"]).assignment
    pending = {"score": None, "autograder_error": False}
    for hours, refused in ((0.01, True), (1, False)):
        earlier = [pending | {"submission_time": previous(hours)["submission_time"]}] * 2
        found = over_limit(Metadata.model_validate(metadata(*earlier)), assignment)
        assert (found is not None) is refused


def test_a_result_that_cannot_be_written_down_is_the_graders_fault(machine: Machine) -> None:
    odd = [previous(hours, float("nan")) for hours in (1, 2)]
    results, _ = machine(metadata=metadata(*odd))
    assert results.output == gradescope.APOLOGY


def test_the_time_that_is_named_is_late_enough(bundles: dict[str, Path]) -> None:
    assignment = Bundle.from_zip(bundles["last"]).assignment
    earlier = [previous(1 / 3600 + 0.0001), previous(2)]
    first = over_limit(Metadata.model_validate(metadata(*earlier)), assignment)
    assert first is not None
    again = metadata(*earlier) | {"created_at": first.next.isoformat()}
    assert over_limit(Metadata.model_validate(again), assignment) is None
