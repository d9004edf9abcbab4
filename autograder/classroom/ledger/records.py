"""What was handed in, what became of it, who decided so and why. Rows are only ever added."""

from __future__ import annotations

import dataclasses
import getpass
import hashlib
import importlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from autograder.authoring.bundle import Bundle
from autograder.classroom.intake import HandIn
from autograder.classroom.ledger import marks, withdrawals
from autograder.classroom.ledger.content import freeze, thaw
from autograder.classroom.ledger.database import open_database
from autograder.classroom.ledger.keys import environment
from autograder.classroom.ledger.marks import Entry, Mark
from autograder.classroom.ledger.models import (
    Base,
    BundleRow,
    DecisionRow,
    HandInRow,
    ResultRow,
    RunRow,
    SubmissionRow,
    WithdrawalRow,
    storable,
)
from autograder.classroom.ledger.received import Received, received
from autograder.classroom.ledger.withdrawals import Withdrawal
from autograder.course.parts import VISIBILITIES
from autograder.grading.results import PartResult, Result
from autograder.submissions.read import Submission

_MANY = 500  # values in one query


@dataclass(frozen=True)
class Stored:
    """One part's result, and what was said when the submission was loaded for it."""

    result: PartResult
    problem: str
    layers: list[str]


@dataclass(frozen=True)
class Decision:
    """What is official for a hand-in from some moment on."""

    number: int
    bundle: str
    keys: dict[str, str]
    score: float
    max_score: float
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class Official:
    """A hand-in with its last decision and the result that this made official."""

    hand_in: Received
    decision: Decision
    result: Result


class Overtaken(Exception):
    """Somebody else has decided about this hand-in in the meantime."""


class Ledger:
    """A context manager.

    Args:
        where: a file for SQLite, or a database URL.

    Raises:
        LedgerError: it cannot be opened.
    """

    def __init__(self, where: str | Path) -> None:
        self.where = where
        self._engine = open_database(where)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    # --- writing ---------------------------------------------------------------------------------

    def begin(self, verb: str, bundle: Bundle) -> int:
        """Note that somebody starts to grade. Returns the run's number."""
        with self._session() as session:
            self._add(
                session,
                BundleRow,
                digest=bundle.digest,
                assignment=bundle.assignment.slug,
                tests=bundle.parts,
                rules=bundle.assignment.model_dump(mode="json"),
                environment=environment(bundle),
            )
            run = RunRow(
                assignment=bundle.assignment.slug,
                bundle=bundle.digest,
                verb=verb,
                at=_now(),
                by=_who(),
            )
            session.add(run)
            session.flush()
            return run.id

    def receive(self, slug: str, hand_in: HandIn, submission: Submission) -> Received:
        """Note a hand-in and its content; one that is known already stays as it is."""
        students = [storable(student) for student in hand_in.students]
        told = hand_in.submitted.astimezone(UTC).isoformat() if hand_in.submitted else None
        known_by = json.dumps([slug, students, told, submission.digest])
        fingerprint = hashlib.sha256(known_by.encode()).hexdigest()
        with self._session() as session:
            row = session.scalar(select(HandInRow).where(HandInRow.fingerprint == fingerprint))
            if row is None:
                content = freeze(submission)
                self._add(session, SubmissionRow, digest=submission.digest, content=content)
                self._add(
                    session,
                    HandInRow,
                    fingerprint=fingerprint,
                    assignment=slug,
                    name=storable(hand_in.name),
                    students=students,
                    people=[dataclasses.asdict(person) for person in hand_in.people],
                    submitted=hand_in.submitted,
                    late=hand_in.late,
                    submission=submission.digest,
                )
                row = session.scalar(select(HandInRow).where(HandInRow.fingerprint == fingerprint))
            assert row is not None
            return received(row)

    def store(self, run: int, keys: Mapping[str, str], result: Result) -> None:
        """Keep the parts of a result under their keys; a key that is known stays as it is."""
        rows = [
            {
                "key": keys[part.name],
                "submission": result.digests["submission"],
                "part": part.name,
                "result": part.model_dump(mode="json"),
                "problem": storable(result.problem),
                "layers": result.layers,
                "run": run,
            }
            for part in result.parts
        ]
        with self._session() as session:
            session.execute(self._unless_there(ResultRow), rows)

    def decide(
        self, hand_in: Received, keys: Mapping[str, str], result: Result, number: int, why: str = ""
    ) -> None:
        """Make a result official.

        Args:
            number: 1 for a first decision, one more than the last for another.

        Raises:
            Overtaken: there is already a decision of that number.
        """
        with self._session() as session:
            added = self._add(
                session,
                DecisionRow,
                hand_in=hand_in.id,
                number=number,
                bundle=result.digests["bundle"],
                keys=dict(keys),
                score=result.score,
                max_score=result.max_score,
                at=_now(),
                by=_who(),
                why=why,
            )
        if not added:
            raise Overtaken

    def mark(
        self, slug: str, student: str, question: str, points: float | None, comment: str = ""
    ) -> None:
        """Note what a person gave; `points` of None takes an earlier mark back."""
        self.mark_all(slug, [marks.Given(student, question, points, comment)])

    def mark_all(self, slug: str, given: Iterable[marks.Given]) -> None:
        """Note marks: all of them, or none if this fails.

        Raises:
            Overtaken: one says what it was given in view of, and somebody else was faster.
        """
        with self._session() as session:
            if not marks.add(session, slug, given, by=_who(), at=_now()):
                raise Overtaken

    def withdraw(self, hand_in: Received, student: str, withdrawn: bool, why: str) -> None:
        """Note that a hand-in does not count for a student, or that it counts again."""
        with self._session() as session:
            row = WithdrawalRow(
                hand_in=hand_in.id,
                student=student,
                withdrawn=withdrawn,
                at=_now(),
                by=_who(),
                why=storable(why),
            )
            session.add(row)

    # --- reading ---------------------------------------------------------------------------------

    def results(self, keys: Iterable[str]) -> dict[str, Stored]:
        """What is stored under these keys."""
        wanted, found = list(keys), {}
        with self._session() as session:
            for start in range(0, len(wanted), _MANY):
                some = wanted[start : start + _MANY]
                for row in session.scalars(select(ResultRow).where(ResultRow.key.in_(some))):
                    part = PartResult.model_validate(row.result)
                    found[row.key] = Stored(part, row.problem, row.layers)
        return found

    def hand_ins(self, slug: str, *, withdrawn: bool = False) -> list[Received]:
        """Everything handed in for an assignment, in the order of arrival.

        Args:
            withdrawn: also what was withdrawn.
        """
        query = select(HandInRow).where(HandInRow.assignment == slug).order_by(HandInRow.id)
        with self._session() as session:
            found = [received(row) for row in session.scalars(query)]
            gone = {} if withdrawn else withdrawals.entries(session, slug)
        left = (h.without(withdrawals.withdrawn(gone.get(h.id, ()))) for h in found)
        return [hand_in for hand_in in left if hand_in.students]

    def withdrawals(self, slug: str) -> dict[int, list[Withdrawal]]:
        """All withdrawals, first to last, by the id of the hand-in they are about."""
        with self._session() as session:
            return withdrawals.entries(session, slug)

    def decisions(self, slug: str) -> dict[int, list[Decision]]:
        """All decisions, first to last, by the id of the hand-in they are about."""
        query = (
            select(DecisionRow)
            .join(HandInRow, HandInRow.id == DecisionRow.hand_in)
            .where(HandInRow.assignment == slug)
            .order_by(DecisionRow.number)
        )
        found: dict[int, list[Decision]] = {}
        with self._session() as session:
            for row in session.scalars(query):
                found.setdefault(row.hand_in, []).append(_decision(row))
        return found

    def official(self, slug: str) -> list[Official]:
        """What counts now, for every hand-in that was graded, in the order of arrival."""
        last = {hand_in: taken[-1] for hand_in, taken in self.decisions(slug).items()}
        hand_ins = [h for h in self.hand_ins(slug) if h.id in last]
        results = self.decided(slug, [(h, last[h.id]) for h in hand_ins])
        return [Official(h, last[h.id], r) for h, r in zip(hand_ins, results, strict=True)]

    def decided(self, slug: str, taken: Sequence[tuple[Received, Decision]]) -> list[Result]:
        """The whole result that each of these decisions made official."""
        stored = self.results(key for _, decision in taken for key in decision.keys.values())
        return [
            compose_parts(slug, h, d.bundle, {name: stored[key] for name, key in d.keys.items()})
            for h, d in taken
        ]

    def content(self, hand_in: Received) -> Submission:
        """What was handed in."""
        with self._session() as session:
            row = session.get_one(SubmissionRow, hand_in.submission)
            return thaw(row.content, hand_in.name, hand_in.students[0])

    def bundle(self, digest: str) -> tuple[dict[str, str], dict[str, Any]]:
        """Tests by part, and rules, of a bundle that once judged."""
        with self._session() as session:
            row = session.get_one(BundleRow, digest)
            return dict(row.tests), dict(row.rules)

    def marks(self, slug: str) -> list[Mark]:
        """The marks that count: of each student and question the last, in order of entry."""
        return marks.counting(self.mark_entries(slug))

    def mark_entries(self, slug: str) -> list[Entry]:
        """All that people entered, first to last: also what they replaced or took back later."""
        with self._session() as session:
            return marks.entries(session, slug)

    def assignments(self) -> list[str]:
        """Assignments for which something was handed in."""
        with self._session() as session:
            return sorted(session.scalars(select(HandInRow.assignment).distinct()))

    # --- both ------------------------------------------------------------------------------------

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    def _add(self, session: Session, table: type[Base], **values: Any) -> bool:
        """Add a row unless there is one like it. Returns whether it was added."""
        unless_there = self._unless_there(table).values(**values)
        added = session.execute(unless_there.returning(*table.__table__.primary_key))
        return added.first() is not None

    def _unless_there(self, table: type[Base]) -> Any:
        """A statement that adds rows, and leaves those alone that are there already."""
        # SQLAlchemy has loaded this dialect, and only this one: the other would be a long import.
        dialect: Any = importlib.import_module(f"sqlalchemy.dialects.{self._engine.dialect.name}")
        return dialect.insert(table).on_conflict_do_nothing()


def compose_parts(slug: str, hand_in: Received, bundle: str, parts: Mapping[str, Stored]) -> Result:
    """A whole result from the results of its parts."""
    ordered = sorted(parts.values(), key=lambda p: _order(p.result))
    return Result(
        assignment=slug,
        submission=hand_in.name,
        student=", ".join(hand_in.students),
        names=hand_in.who if any(p.name for p in hand_in.people) else "",
        parts=[p.result for p in ordered],
        problem=next((p.problem for p in ordered if p.problem), ""),
        seconds=sum(p.result.seconds for p in ordered),
        digests={"submission": hand_in.submission, "bundle": bundle},
        layers=ordered[0].layers if ordered else [],
    )


def _order(part: PartResult) -> tuple[int, str, int]:
    """q2 before q10, public before hidden."""
    return len(part.question), part.question, VISIBILITIES.index(part.visibility)


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        row.number, row.bundle, row.keys, row.score, row.max_score, row.at, row.by, row.why
    )


def _now() -> datetime:
    return datetime.now(UTC)


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return "unknown"
