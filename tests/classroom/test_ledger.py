"""A class through the ledger: nothing lost, nothing counted twice, only what changed is run."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from shared.tiny_course import SLUG, make_course, write
from sqlalchemy import create_engine, text

from autograder.authoring.bundle import Bundle
from autograder.classroom.intake import HandIn
from autograder.classroom.ledger import Keys, Ledger, LedgerError, Overtaken, Received, make_ledger
from autograder.classroom.ledger.database import open_database
from autograder.classroom.ledger.models import Base
from autograder.classroom.pool import Task
from autograder.classroom.regrade.changes import changed_tests, changes
from autograder.classroom.run import ClassRun, Graded
from autograder.classroom.standing.people import People
from autograder.grading.results import CaseResult, Outcome, PartResult, Result
from autograder.submissions.read import Submission

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
RIGHT = b"def add(a, b):\n    return a + b\n"
WRONG = b"def add(a, b):\n    return a - b\n"


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql",
            marks=pytest.mark.skipif(not POSTGRES, reason="TEST_POSTGRES_URL names no database"),
        ),
    ]
)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """An empty ledger's place."""
    if request.param == "sqlite":
        return tmp_path / "ledger.sqlite"
    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRES


@pytest.fixture
def ledger(where: Path | str) -> Iterator[Ledger]:
    with Ledger(where) as ledger:
        yield ledger


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


class Judge:
    """In the place of graders: right is what holds a plus. Notes what it was asked for."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle, self.asked = bundle, list[tuple[str, tuple[str, ...]]]()

    def __call__(self, tasks: Iterable[tuple[str, Task]]) -> Iterator[tuple[str, Result]]:
        for key, task in tasks:
            assert task.parts is not None
            self.asked.append((task.submission.name, tuple(sorted(task.parts))))
            yield key, self.grade(task.submission, task.parts)

    def grade(self, submission: Submission, names: frozenset[str]) -> Result:
        good = b"+" in submission.source
        parts = []
        for question in self.bundle.assignment.questions:
            for visibility in ("public", "hidden"):
                if f"{question} ({visibility})" in names:
                    outcome = Outcome.PASSED if good else Outcome.FAILED
                    case = CaseResult(name="small", points=2, outcome=outcome)
                    score = 2.0 * good
                    parts.append(
                        PartResult(
                            question=question,
                            visibility=visibility,
                            score=score,
                            max_score=2,
                            cases=[case],
                            seconds=1,
                        )
                    )
        return Result(
            assignment=SLUG,
            submission=submission.name,
            student=submission.student,
            parts=parts,
            seconds=1,
            digests={"submission": submission.digest, "bundle": self.bundle.digest},
            layers=["seccomp"],
        )


def arrive(ledger: Ledger, student: str, source: bytes, at: datetime | None = None) -> Received:
    hand_in = HandIn(student, Path("nowhere"), (student,), at)
    return ledger.receive(SLUG, hand_in, Submission(student, student, source=source))


def run(
    ledger: Ledger, course: Path, hand_ins: list[Received]
) -> tuple[list[Graded], list[tuple[str, tuple[str, ...]]]]:
    """One run with the course's present tests; what came of it and what was run."""
    bundle = Bundle.from_course(course, SLUG)
    judge = Judge(bundle)
    number = ledger.begin("grade", bundle)
    graded = list(ClassRun(ledger, number, bundle, Keys(bundle), judge)(hand_ins))
    return graded, judge.asked


def edit(course: Path, part: str, old: str, new: str) -> None:
    path = course / "assignments" / SLUG / part
    source = path.read_text()
    assert old in source
    write(path, source.replace(old, new))


@pytest.mark.parametrize("elsewhere", [False, True])
def test_results_are_their_owners_wherever_the_ledger_lies(tmp_path: Path, elsewhere: bool) -> None:
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}" if elsewhere else ""
    with make_ledger(tmp_path / "results", url):
        pass
    assert (tmp_path / "results").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "results" / "ledger.sqlite").exists() is not elsewhere


def test_what_is_known_is_not_run_again(ledger: Ledger, course: Path) -> None:
    anna, bert = arrive(ledger, "anna", RIGHT), arrive(ledger, "bert", WRONG)
    first, asked = run(ledger, course, [anna, bert])
    assert [name for name, _ in asked] == ["anna", "bert"]
    second, asked = run(ledger, course, [anna, bert])
    assert asked == []
    assert [g.result.model_dump(exclude={"seconds"}) for g in first] == [
        g.result.model_dump(exclude={"seconds"}) for g in second
    ]
    assert [g.fresh for g in second] == [False, False]


def test_one_content_is_run_once(ledger: Ledger, course: Path) -> None:
    graded, asked = run(
        ledger, course, [arrive(ledger, s, RIGHT) for s in ("anna", "bert", "cleo")]
    )
    assert len(asked) == 1
    assert sorted(g.result.student for g in graded) == ["anna", "bert", "cleo"]
    assert {g.result.score for g in graded} == {8.0}


def test_a_comment_runs_nothing_and_a_test_only_its_file(ledger: Ledger, course: Path) -> None:
    anna = arrive(ledger, "anna", RIGHT)
    run(ledger, course, [anna])
    edit(course, "hidden/q1.py", "OK_FORMAT", "# why\nOK_FORMAT")
    assert run(ledger, course, [anna])[1] == []
    edit(course, "hidden/q1.py", "add(1, 987654), 987654 + 1", "add(2, 987654), 987654 + 2")
    assert run(ledger, course, [anna])[1] == [("anna", ("q1 (hidden)",))]


def test_a_rule_runs_its_question_and_a_limit_everything(ledger: Ledger, course: Path) -> None:
    anna = arrive(ledger, "anna", RIGHT)
    run(ledger, course, [anna])
    text = (course / "course.yml").read_text()
    write(course / "course.yml", text.replace('["@", np.dot]', '["@"]'))
    assert run(ledger, course, [anna])[1] == [("anna", ("q1 (hidden)", "q1 (public)"))]
    write(course / "course.yml", text + "limits: {call_seconds: 3}\n")
    [(_, parts)] = run(ledger, course, [anna])[1]
    assert len(parts) == 4
    write(course / "course.yml", text.replace("2026-07-20", "2026-07-21"))
    assert run(ledger, course, [anna])[1] == []


def test_a_submission_that_used_up_its_time_is_graded_as_a_whole(
    ledger: Ledger, course: Path
) -> None:
    anna = arrive(ledger, "anna", RIGHT)
    bundle = Bundle.from_course(course, SLUG)

    class Slow(Judge):
        def grade(self, submission: Submission, names: frozenset[str]) -> Result:
            return super().grade(submission, names).model_copy(update={"exhausted": True})

    def again() -> list[tuple[str, tuple[str, ...]]]:
        bundle = Bundle.from_course(course, SLUG)
        judge = Slow(bundle)
        number = ledger.begin("grade", bundle)
        list(ClassRun(ledger, number, bundle, Keys(bundle), judge)([anna]))
        return judge.asked

    assert len(again()) == 1
    assert again() == []
    edit(course, "hidden/q1.py", "add(1, 987654), 987654 + 1", "add(2, 987654), 987654 + 2")
    assert [len(parts) for _, parts in again()] == [4]
    assert Bundle.from_course(course, SLUG).digest != bundle.digest


def test_a_hand_in_that_arrives_again_is_the_same(ledger: Ledger) -> None:
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert arrive(ledger, "anna", RIGHT, at) == arrive(ledger, "anna", RIGHT, at)
    assert arrive(ledger, "anna", RIGHT, at) != arrive(ledger, "anna", WRONG, at)
    assert len(ledger.hand_ins(SLUG)) == 2
    assert ledger.hand_ins(SLUG)[0].submitted == at


def test_content_comes_back_as_it_was(ledger: Ledger) -> None:
    work = Submission("a", "a", "ipynb", b"\x00\xff", {"d/é.csv": b"1"}, "")
    received = ledger.receive(SLUG, HandIn("a", Path("x"), ("a",)), work)
    assert ledger.content(received) == work
    refused = Submission("b", "b", refusal="The folder is empty.")
    received = ledger.receive(SLUG, HandIn("b", Path("x"), ("b",)), refused)
    assert ledger.content(received) == refused


def test_a_regrade_says_what_changes_and_for_whom(ledger: Ledger, course: Path) -> None:
    hand_ins = [arrive(ledger, "anna", RIGHT), arrive(ledger, "bert", WRONG)]
    for graded in run(ledger, course, hand_ins)[0]:
        ledger.decide(graded.hand_in, graded.keys, graded.result, 1)
    ledger.mark(SLUG, "anna", "q1", 3, "seen in the lab")
    edit(course, "hidden/q1.py", "add(1, 987654), 987654 + 1", "subtract(2, 1), 1")
    bundle = Bundle.from_course(course, SLUG)

    class Harsh(Judge):
        def grade(self, submission: Submission, names: frozenset[str]) -> Result:
            return (
                super()
                .grade(dataclasses.replace(submission, source=b""), names)
                .model_copy(
                    update={"digests": {"submission": submission.digest, "bundle": bundle.digest}}
                )
            )

    official = ledger.official(SLUG)
    number = ledger.begin("regrade", bundle)
    graded = list(ClassRun(ledger, number, bundle, Keys(bundle), Harsh(bundle))(hand_ins))
    [anna, bert] = changes(official, graded, ledger.marks(SLUG))
    assert (anna.gain, bert.gain) == (-2, 0)
    assert [str(f) for f in anna.flips] == ["q1 (hidden), small: passed (2/2) → failed (0/2)"]
    assert [m.points for m in anna.marks] == [3]
    ledger.mark(SLUG, "a.nna@x.org", "q1", 4, "under another of her names")
    people = People(hand_ins, {"a.nna@x.org": "anna"})
    [anna, bert] = changes(official, graded, ledger.marks(SLUG), people)
    assert ([m.points for m in anna.marks], bert.marks) == ([3, 4], [])
    assert changed_tests(ledger, official, bundle) == ["q1 (hidden): case “small” changed"]
    ledger.decide(anna.graded.hand_in, anna.graded.keys, anna.graded.result, 2, "A wrong test.")
    with pytest.raises(Overtaken):
        ledger.decide(anna.graded.hand_in, anna.graded.keys, anna.graded.result, 2, "The same.")
    taken = ledger.decisions(SLUG)[hand_ins[0].id]
    assert [(d.score, d.why) for d in taken] == [(8, ""), (6, "A wrong test.")]
    assert [o.result.score for o in ledger.official(SLUG)] == [6, 0]


def test_questions_come_go_and_change_their_weight(ledger: Ledger, course: Path) -> None:
    anna = arrive(ledger, "anna", RIGHT)
    [graded] = run(ledger, course, [anna])[0]
    ledger.decide(anna, graded.keys, graded.result, 1)
    (course / "assignments" / SLUG / "hidden" / "q2.py").unlink()
    write(
        course / "assignments" / SLUG / "hidden" / "q1.py",
        (course / "assignments" / SLUG / "hidden" / "q1.py")
        .read_text()
        .replace('name="small"', 'name="large"'),
    )
    bundle = Bundle.from_course(course, SLUG)
    official = ledger.official(SLUG)
    [again], asked = run(ledger, course, [anna])
    assert asked == [("anna", ("q1 (hidden)",))]
    [change] = changes(official, [again])
    assert change.gain == -2  # the removed part
    assert any(str(f).endswith("→ no such test") for f in change.flips)
    assert changed_tests(ledger, official, bundle) == [
        "q1 (hidden): case “small” removed",
        "q1 (hidden): case “large” new",
        "q2 (hidden): removed",
    ]


def test_the_last_mark_counts_and_can_be_taken_back(ledger: Ledger) -> None:
    for points in (3, 4, None, 5):
        ledger.mark(SLUG, "anna", "written", points, "")
    ledger.mark(SLUG, "bert", "written", 2, "")
    ledger.mark(SLUG, "bert", "written", None, "")
    assert [(m.student, m.points) for m in ledger.marks(SLUG)] == [("anna", 5)]


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text("not a database at all, but long enough to look like one " * 40)
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger(path)
    assert path.read_text().startswith("not a database")
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger("nosuch://database")


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Ledger(tmp_path / "l").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'l'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(LedgerError, match="newer"):
        Ledger(tmp_path / "l")


def test_migrations_make_the_tables_of_the_models(where: Path | str) -> None:
    engine = open_database(where)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_ledger_is_for_its_owner_only(tmp_path: Path) -> None:
    Ledger(tmp_path / "l").close()
    assert (tmp_path / "l").stat().st_mode & 0o777 == 0o600


def test_a_ledger_that_is_taken_away_meanwhile_is_said_in_a_sentence(
    tmp_path: Path, course: Path
) -> None:
    bundle = Bundle.from_course(course, SLUG)
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.begin("grade", bundle)
        (tmp_path / "ledger.sqlite").unlink()
        with pytest.raises(
            LedgerError, match=r"ledger\.sqlite cannot be used any longer: [^\n]+\.$"
        ):
            ledger.begin("grade", bundle)
