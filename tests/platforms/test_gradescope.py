"""What a student and the staff find on Gradescope: results, limits, lateness, apologies."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from gradescope.handing_in import NOW, Machine
from gradescope.specification import read_results
from shared.isolation import isolates
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.bundle import Bundle
from autograder.course.model import Assignment
from autograder.jail.layers import offered
from autograder.platforms.gradescope import service as gradescope
from autograder.platforms.gradescope.metadata import Metadata, read_metadata
from autograder.submissions import read as submission


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
