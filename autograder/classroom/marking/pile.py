"""The answers of a class that wait for a mark: whose they are, what they say, what was given."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.classroom.ledger import Given, ItemPoints, Ledger, Mark, Received
from autograder.classroom.marks.rules import check_mark
from autograder.classroom.standing.official import OfficialClass
from autograder.classroom.standing.standings import WRITTEN, Standing
from autograder.classroom.written.export import Question, ask
from autograder.course.handout import RubricItem
from autograder.ground.errors import UserError
from autograder.jail.client import Jail
from autograder.jail.orders import LoadOrder

ENGINE = "autograder.classroom.written.screen"
_ORDER = LoadOrder(f"from {ENGINE} import read".encode(), "autograder_screen")
_KEPT = 30  # answers that need not be read again


class WrongPoints(UserError):
    """Points that the rubric does not have, in one sentence."""


@dataclass(frozen=True)
class Answer:
    """What counts for one student, or for the members of a group.

    Attributes:
        number: its place in the pile, from 1; with it, and not by name, it is asked for.
        names: of the students, for people; one each.
    """

    number: int
    hand_in: Received
    students: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """How an answer stands in the ledger.

    Attributes:
        mark: that counts, of the first of the students who has one.
        waits: whether one of them has none: `autograder mark` gives marks one by one.
        seen: for each of the students, the id of the last entry; 0 if there is none.
    """

    mark: Mark | None
    waits: bool
    seen: tuple[int, ...]


class Pile:
    """The answers of one assignment, in an order that is one person's own.

    Everybody has another order, so that two people rarely meet on one answer, and nobody's answer
    is always the last.

    Args:
        who: marks.
    """

    def __init__(
        self, ledger: Ledger, found: OfficialClass, question: Question, jail: Jail, who: str
    ) -> None:
        assert found.assignment.written is not None
        self.assignment = found.assignment
        self.question = question
        self.answers = _shuffled(found, who)
        self._ledger, self._jail = ledger, jail
        self._known_as = {other: s.student for s in found.standings for other in s.known_as}
        self._read: dict[str, dict[str, Any]] = {}

    @property
    def rubric(self) -> list[RubricItem]:
        """What points are given for; where course.yml does not say, all of them together."""
        written = self.assignment.written
        assert written is not None
        whole = RubricItem(item=written.title, points=written.points)
        return self.assignment.rubric or [whole]

    def states(self) -> dict[int, State]:
        """How each answer stands now, by its number."""
        slug = self.assignment.slug
        last = {e.student: e.id for e in self._ledger.mark_entries(slug) if e.question == WRITTEN}
        given: dict[str, Mark] = {}
        for mark in sorted(self._ledger.marks(slug), key=lambda mark: mark.at):
            if mark.question == WRITTEN:  # perhaps under another identity of the same person
                given[self._known_as.get(mark.student, mark.student)] = mark
        states = {}
        for answer in self.answers:
            own = [given[student] for student in answer.students if student in given]
            waits = len(own) < len(answer.students)
            seen = tuple(last.get(student, 0) for student in answer.students)
            states[answer.number] = State(next(iter(own), None), waits, seen)
        return states

    def comments(self) -> list[str]:
        """What was said of answers to this question, the most frequent first."""
        count: dict[str, int] = {}
        for mark in self._ledger.marks(self.assignment.slug):
            if mark.question == WRITTEN and mark.comment:
                for line in mark.comment.splitlines():
                    count[line.strip()] = count.get(line.strip(), 0) + 1
        return sorted(filter(None, count), key=lambda comment: -count[comment])

    def read(self, answer: Answer) -> dict[str, Any]:
        """What `written.screen.read` says of an answer; nothing in it is to be believed."""
        key = answer.hand_in.submission
        if key not in self._read:
            while len(self._read) >= _KEPT:
                del self._read[next(iter(self._read))]
            self._read[key] = self._ask(answer)
        return self._read[key]

    def _ask(self, answer: Answer) -> dict[str, Any]:
        work = self._ledger.content(answer.hand_in)
        trouble = work.refusal
        if not trouble:
            question = (self.question.text, self.question.placeholder)
            reply = ask(self._jail, _ORDER, "read", (work.source, work.kind, *question))
            if isinstance(reply, dict):
                return reply
            trouble = "This answer cannot be shown here; look into the submission."
        return {"state": "unreadable", "trouble": trouble, "pieces": [], "figures": []}

    def give(
        self, answer: Answer, points: Sequence[float], comment: str, seen: Sequence[int]
    ) -> None:
        """Note a mark for each of the answer's students, or for none.

        Args:
            points: for each item of the rubric.
            seen: as in `State`, when the page was made.

        Raises:
            Overtaken: somebody else gave a mark in the meantime.
            WrongPoints, WrongMark: these points cannot be given.
        """
        if len(points) != len(self.rubric) or len(seen) != len(answer.students):
            raise WrongPoints("The rubric has changed; load the page again.")
        for item, given in zip(self.rubric, points, strict=True):
            if not 0 <= given <= item.points:
                raise WrongPoints(f"“{item.item}” has 0 to {item.points:g} points, not {given:g}.")
        total = round(sum(points), 6)
        check_mark(self.assignment, WRITTEN, total)
        items = tuple(
            ItemPoints(item.item, given, item.points)
            for item, given in zip(self.rubric, points, strict=True)
        )
        self._ledger.mark_all(
            self.assignment.slug,
            [
                Given(student, WRITTEN, total, comment.strip(), items, seen=known)
                for student, known in zip(answer.students, seen, strict=True)
            ],
        )


def _shuffled(found: OfficialClass, who: str) -> list[Answer]:
    whose: dict[int, list[Standing]] = {}
    hand_ins: dict[int, Received] = {}
    for standing in found.standings:
        hand_in = standing.counts.hand_in
        assert isinstance(hand_in, Received)  # it came out of this ledger
        whose.setdefault(hand_in.id, []).append(standing)
        hand_ins[hand_in.id] = hand_in

    def place(hand_in: Received) -> bytes:
        return hashlib.sha256(f"{who}\0{hand_in.id}\0{hand_in.submission}".encode()).digest()

    ordered = sorted(hand_ins.values(), key=place)
    return [
        Answer(
            number,
            hand_in,
            tuple(standing.student for standing in whose[hand_in.id]),
            tuple(standing.name or standing.student for standing in whose[hand_in.id]),
        )
        for number, hand_in in enumerate(ordered, start=1)
    ]
