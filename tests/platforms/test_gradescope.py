"""What a student and the staff find on Gradescope: results, limits, lateness, apologies."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from gradescope.specification import Results, read_results
from shared.tiny_course import COURSE, SLUG, make_course, write

from autograder.authoring.bundle import Bundle, build_gradescope_zip
from autograder.course.model import Assignment
from autograder.grading import doctor
from autograder.jail.layers import Layers, offered
from autograder.platforms.gradescope import selftest
from autograder.platforms.gradescope import service as gradescope
from autograder.platforms.gradescope.metadata import Metadata, read_metadata
from autograder.platforms.gradescope.ratelimit import mark, not_judged, over_limit, refusal
from autograder.submissions import read as submission

isolates = pytest.mark.skipif(
    bool(offered().shortfall()), reason="this host cannot isolate submissions"
)

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


def course(counts: str = "last") -> str:
    return COURSE.replace("assignments:\n", TERMS.replace("COUNTS", counts))


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A Gradescope zip for each meaning of `counts`."""
    found = {}
    for counts in ("last", "best"):
        root = make_course(tmp_path_factory.mktemp(counts))
        write(root / "course.yml", course(counts))
        found[counts] = root / "bundle.zip"
        build_gradescope_zip(root, SLUG, found[counts])
    return found


Machine = Callable[..., tuple[Results, dict[str, Any]]]


@pytest.fixture
def machine(tmp_path: Path, bundles: dict[str, Path]) -> Machine:
    """Hands in a file as Gradescope does, and reads results.json."""

    def hand_in(
        source: str = RIGHT, metadata: object = None, counts: str = "last"
    ) -> tuple[Results, dict[str, Any]]:
        root = tmp_path / "autograder"
        shutil.rmtree(root, ignore_errors=True)
        with zipfile.ZipFile(bundles[counts]) as archive:
            archive.extractall(root / "source")
        write(root / "submission" / f"{SLUG}.py", source)
        if metadata is not None:
            write(root / "submission_metadata.json", json.dumps(metadata))
        assert gradescope.run(root) == 0
        path = root / "results" / "results.json"
        return read_results(path), json.loads(path.read_bytes())

    return hand_in


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


# --- what students see -------------------------------------------------------------------------


@isolates
def test_public_at_once_hidden_after_publication(machine: Machine) -> None:
    results, raw = machine(metadata={"created_at": NOW.isoformat()})
    assert (results.score, results.graded, results.total_is_hidden) == (10.0, True, True)
    shown = {t.name: t.visibility for t in results.tests or []}
    assert shown["q1 (public)"] == "visible"
    assert shown["q1 (hidden)"] == "after_published"
    assert results.output == (
        "Hidden tests: 5 points, decided after the deadline.\n"
        "Graded within 24 hours, this one included: 1 of 2."
    )
    assert results.stdout_visibility == "hidden"
    assert raw["extra_data"]["judged"] is True


@isolates
def test_nothing_outside_the_tests_tells_how_hidden_ones_ended(machine: Machine) -> None:
    wrong = "def add(a, b):\n    return 2 if b < 9 else 0\n"
    results, raw = machine(wrong)
    hidden = next(t for t in raw["tests"] if t["name"] == "q1 (hidden)")
    assert hidden["output"].splitlines()[1].strip() == "Hm."  # a hint, no input
    for of_tests in ("score", "tests"):
        del raw[of_tests]
    right = machine()[1]
    for of_tests in ("score", "tests"):
        del right[of_tests]
    for answer in (raw, right):  # what may differ: whose file it is, and what is not written
        del answer["extra_data"]["digests"], answer["extra_data"]["remark"]
        answer["output"] = answer["output"].splitlines()[-1]
    assert raw == right
    assert "seconds" not in json.dumps(raw)
    assert results.total_is_hidden


@isolates
def test_a_file_that_cannot_be_graded_does_not_count(machine: Machine) -> None:
    results, raw = machine("import scipy syntax error")
    assert results.score == 0
    assert (results.output or "").startswith("The file is not valid Python 3.")
    assert raw["extra_data"]["judged"] is False
    assert "within 24 hours" not in (results.output or "")


def test_a_crash_of_the_grader_gives_an_apology_and_no_score(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("hidden input 987654")

    monkeypatch.setattr(submission, "read", crash)
    monkeypatch.setattr(gradescope, "Grader", crash)
    results, raw = machine()
    assert results.output == gradescope.APOLOGY
    assert (results.score, results.tests, results.graded) == (None, None, False)
    assert results.stdout_visibility == "hidden"
    assert "987654" not in json.dumps(raw)
    assert "hidden input 987654" in capsys.readouterr().out


def test_a_bundle_that_is_damaged_is_the_graders_fault(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    assert gradescope.run(tmp_path) == 0
    assert read_results(tmp_path / "results" / "results.json").output == gradescope.APOLOGY


# --- the limit ---------------------------------------------------------------------------------


def metadata(*earlier: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"created_at": NOW.isoformat(), "previous_submissions": list(earlier), **more}


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


# --- lateness ----------------------------------------------------------------------------------


@pytest.fixture
def adding(bundles: dict[str, Path]) -> Assignment:
    return Bundle.from_zip(bundles["last"]).assignment


def late(adding: Assignment, **fields: Any) -> str:
    return gradescope.late_note(Metadata.model_validate(fields), adding)


def test_lateness_is_said_and_the_score_stays(machine: Machine) -> None:
    two_days = "2026-07-22T10:00:00+02:00"
    results, _ = machine(metadata={"created_at": two_days})
    assert (results.output or "").startswith(
        "Due Monday 20 July 2026, 23:59 (Europe/Zurich); this is 2 days late: 80% of the score "
        "counts. The points below are before that."
    )
    if not offered().shortfall():
        assert results.score == 10.0


def test_whose_due_date_it_is(adding: Assignment) -> None:
    created = "2026-07-22T10:00:00+02:00"
    gradescopes = {"due_date": "2026-07-21T23:59:00+02:00"}
    users = [{"name": "A"}, {"assignment": {"due_date": "2026-07-22T09:50:00+02:00"}}]
    assert "2 days late" in late(adding, created_at=created)  # course.yml's
    assert "1 day late" in late(adding, created_at=created, assignment=gradescopes)
    assert late(adding, created_at=created, assignment=gradescopes, users=users) == ""  # in grace
    assert "nothing counts" in late(adding, created_at="2026-07-24T10:00:00+02:00")
    assert late(adding) == ""


def test_terms_do_not_change_the_digest(bundles: dict[str, Path], tmp_path: Path) -> None:
    plain = Bundle.from_course(make_course(tmp_path), SLUG)
    digests = {Bundle.from_zip(path).digest for path in bundles.values()}
    assert digests == {plain.digest}


# --- submission_metadata.json ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '"x"', "\x00", '{"users": 7, "assignment": [], "created_at": {}}'],
)
def test_metadata_that_says_nothing(tmp_path: Path, text: str) -> None:
    write(tmp_path / "m.json", text)
    assert read_metadata(tmp_path / "m.json") == Metadata()
    assert read_metadata(tmp_path / "none.json") == Metadata()
    (tmp_path / "latin.json").write_bytes(b'{"id": "\xe9"}')
    assert read_metadata(tmp_path / "latin.json") == Metadata()


def test_what_is_usable_is_used(tmp_path: Path) -> None:
    text = {
        "id": 7,
        "created_at": "2018-07-01T14:22:32.365935-07:00",
        "assignment": {
            "due_date": "never",
            "late_due_date": None,
            "title": "X",
            "total_points": "1",
        },
        "users": [{"name": 3, "email": "a@b"}, "x"],
        "previous_submissions": [{"submission_time": "2017-04-06T14:24:48.087023-07:00"}, {}],
    }
    write(tmp_path / "m.json", json.dumps(text))
    found = read_metadata(tmp_path / "m.json")
    assert found.created_at == datetime(2018, 7, 1, 21, 22, 32, 365935, tzinfo=UTC)
    assert (found.due, found.closes) == (None, None)
    assert [(u.name, u.email) for u in found.users] == [(None, "a@b")]
    assert len(found.previous_submissions) == 1


# --- the self-test of setup.sh -----------------------------------------------------------------


@pytest.fixture
def source(tmp_path: Path, bundles: dict[str, Path]) -> Path:
    with zipfile.ZipFile(bundles["last"]) as archive:
        archive.extractall(tmp_path / "source")
    return tmp_path / "source"


@isolates
@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("constraints.txt", "numpy==", "numpy==9", r"numpy is \S+ here, but the tests were tried"),
        ("starter/adding.py", "def add", "def sub", "starter of adding should get nothing, but: 0"),
        ("starter/adding.py", "import numpy", "import numpyy", "should get nothing, but"),
        ("assignment.json", '"numpy"', '"no_numpy"', "the grader's Python lacks no_numpy"),
        ("assignment.json", '"packages":[]', '"packages":["nope"]', "nope is not installed"),
        ("tests/q2_hidden.py", "import assert_equal", "import assert_equals", "cannot import name"),
    ],
)
def test_a_broken_image_is_noticed(
    source: Path, name: str, old: str, new: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (source / name).read_text()
    if name == "assignment.json":
        text = json.dumps(json.loads(text), separators=(",", ":"))
    assert old in text
    (source / name).write_text(text.replace(old, new, 1))
    monkeypatch.setattr(selftest, "tiny_assignment", lambda: None)  # is tried below
    monkeypatch.setattr(doctor, "require", lambda _: None)
    with pytest.raises(selftest.CannotGrade, match=message):
        selftest.run(source, lambda _: None)


@isolates
def test_a_sound_image_is_said_to_be_one(source: Path) -> None:
    said: list[str] = []
    selftest.run(source, said.append)
    assert said[-1] == "the starter of adding loads, and every test case is not written"


@isolates
def test_a_grader_that_errs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"a wrong answer": ("def scaled(x, c):\n    return x * c\n", [selftest.F] * 4)}
    monkeypatch.setattr(selftest, "EXPECTED", wrong)
    with pytest.raises(selftest.CannotGrade, match="a wrong answer was not graded as it should be"):
        selftest.tiny_assignment()


def test_a_jail_that_does_not_hold_is_noticed(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "offered", lambda: Layers(False, False, False, False, False))
    with pytest.raises(selftest.CannotGrade, match="neither Landlock"):
        selftest.run(source, lambda _: None)
