"""The ledger's tables. Rows are added and never changed or removed.

submissions   contents, by digest            bundles   tests and rules, by digest
hand_ins      who handed in what and when    runs      who graded, when, with which bundle
results       one test file on one content, by the digest of all it depends on
decisions     which results count for a hand-in, from when on, and why
marks         what people gave: written questions, corrections, extra credit
withdrawals   what went in by mistake and does not count, and what counts again
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """An aware date and time, kept in UTC also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {
        datetime: Moment,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, str]]: JSON,
        bytes: LargeBinary,
    }


_DIGEST = String(64)


def storable(text: str) -> str:
    """Text that every database takes: no lone surrogates, no NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")


class SubmissionRow(Base):
    """The content of a submission: whoever hands in the same shares it."""

    __tablename__ = "submissions"
    digest: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    content: Mapped[bytes]  # a zip, as `ledger.content` packs it


class BundleRow(Base):
    """What judged: enough to say later what has changed."""

    __tablename__ = "bundles"
    digest: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100))
    tests: Mapped[dict[str, Any]]  # part → source
    rules: Mapped[dict[str, Any]]  # the assignment, as in course.yml
    environment: Mapped[dict[str, Any]]


class RunRow(Base):
    """One call of `grade` or `regrade`."""

    __tablename__ = "runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), index=True)
    bundle: Mapped[str] = mapped_column(ForeignKey("bundles.digest"))
    verb: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(100))


class HandInRow(Base):
    """One file that one student, or group, handed in."""

    __tablename__ = "hand_ins"
    __table_args__ = (UniqueConstraint("fingerprint"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(_DIGEST)  # of all that follows
    assignment: Mapped[str] = mapped_column(String(100), index=True)
    name: Mapped[str] = mapped_column(Text)
    students: Mapped[list[str]]
    people: Mapped[list[dict[str, str]]] = mapped_column(server_default="[]")  # names, SIDs
    submitted: Mapped[datetime | None]
    late: Mapped[bool]
    submission: Mapped[str] = mapped_column(ForeignKey("submissions.digest"))


class ResultRow(Base):
    """One test file's verdict on one content."""

    __tablename__ = "results"
    key: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    submission: Mapped[str] = mapped_column(ForeignKey("submissions.digest"), index=True)
    part: Mapped[str] = mapped_column(String(100))
    result: Mapped[dict[str, Any]]  # a PartResult
    problem: Mapped[str] = mapped_column(Text)  # of reading and loading the submission
    layers: Mapped[list[str]]
    run: Mapped[int] = mapped_column(ForeignKey("runs.id"))


class DecisionRow(Base):
    """From here on these results are official for a hand-in. The last one counts."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("hand_in", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    hand_in: Mapped[int] = mapped_column(ForeignKey("hand_ins.id"))
    number: Mapped[int]  # 1, 2, …: two people cannot take the same decision twice
    bundle: Mapped[str] = mapped_column(ForeignKey("bundles.digest"))
    keys: Mapped[dict[str, Any]]  # part → key of its result
    score: Mapped[float] = mapped_column(Float)
    max_score: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(100))
    why: Mapped[str] = mapped_column(Text)


class MarkRow(Base):
    """Points that a person gave to a student for a question. The last one counts.

    For an autograded question they replace the computed points; `written` and any other name
    (such as `extra`) come on top.
    """

    __tablename__ = "marks"
    id: Mapped[int] = mapped_column(primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), index=True)
    student: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(String(100))
    points: Mapped[float | None] = mapped_column(Float)  # None takes a mark back
    # What the points are made of, where a rubric was used: {item, points, of}.
    items: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    comment: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(100))


class WithdrawalRow(Base):
    """A hand-in that does not count for a student, or counts again. The last one decides."""

    __tablename__ = "withdrawals"
    id: Mapped[int] = mapped_column(primary_key=True)
    hand_in: Mapped[int] = mapped_column(ForeignKey("hand_ins.id"), index=True)
    student: Mapped[str] = mapped_column(Text)
    withdrawn: Mapped[bool]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(100))
    why: Mapped[str] = mapped_column(Text)
