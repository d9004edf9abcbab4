"""A class through the ledger: what is known is looked up, what is not is graded and kept.

Everything handed in is in the ledger before anything is graded, and each result before it is
shown. So a run can be killed anywhere, and the same command goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.bundle import Bundle
from autograder.classroom import Task
from autograder.ledger import Keys, Ledger, Received, Stored, compose_parts
from autograder.results import Result

Grade = Callable[[Iterable[tuple[str, Task]]], Iterator[tuple[str, Result]]]


@dataclass(frozen=True)
class Graded:
    """A hand-in with its result.

    Attributes:
        keys: part → key of its result in the ledger.
        fresh: whether something had to be run for it.
    """

    hand_in: Received
    result: Result
    keys: dict[str, str]
    fresh: bool


@dataclass(frozen=True)
class ClassRun:
    """One run over many hand-ins with one bundle.

    Args:
        run: its number in the ledger.
        grade: grades tasks as they come; `classroom.stream` with its options.
        keys: of the bundle's parts.
    """

    ledger: Ledger
    run: int
    bundle: Bundle
    keys: Keys
    grade: Grade

    def __call__(self, hand_ins: Sequence[Received]) -> Iterator[Graded]:
        """Each hand-in with its result, known ones first, the others as they come."""
        waiting: dict[str, list[Received]] = {}  # digest → whoever handed in that content
        parts: dict[str, frozenset[str]] = {}  # digest → what is to be run
        for hand_in in hand_ins:
            digest = hand_in.submission
            if digest in waiting:
                waiting[digest].append(hand_in)
                continue
            found = self._look_up(digest)
            if isinstance(found, dict):
                yield self._graded(hand_in, found, fresh=False)
            else:
                waiting[digest], parts[digest] = [hand_in], found
        again = []
        for digest, result in self.grade(self._tasks(waiting, parts)) if parts else ():
            if result.exhausted and len(parts[digest]) < len(self.keys.parts):
                again.append(digest)  # its parts hang together, and some came from elsewhere
            else:
                yield from self._keep(result, waiting[digest])
        whole = dict.fromkeys(again, frozenset(self.keys.parts))
        for digest, result in self.grade(self._tasks(waiting, whole)) if again else ():
            yield from self._keep(result, waiting[digest])

    def _tasks(
        self, waiting: dict[str, list[Received]], parts: dict[str, frozenset[str]]
    ) -> Iterator[tuple[str, Task]]:
        for digest, names in parts.items():
            yield digest, Task(self.ledger.content(waiting[digest][0]), names)

    def _keep(self, result: Result, hand_ins: list[Received]) -> Iterator[Graded]:
        digest = result.digests["submission"]
        keys = self.keys.of(digest, exhausted=result.exhausted)
        self.ledger.store(self.run, keys, result)
        # What the ledger has counts: some parts were there before, or somebody else was faster.
        stored = self.ledger.results(keys.values())
        parts = {name: (key, stored[key]) for name, key in keys.items()}
        for hand_in in hand_ins:
            yield self._graded(hand_in, parts, fresh=True)

    def _look_up(self, digest: str) -> dict[str, tuple[str, Stored]] | frozenset[str]:
        """Every part's key and result; or, if some are not there, the names of those."""
        ways = [self.keys.of(digest, exhausted=exhausted) for exhausted in (False, True)]
        stored = self.ledger.results(key for keys in ways for key in keys.values())
        for keys in ways:
            if all(key in stored for key in keys.values()):
                return {name: (key, stored[key]) for name, key in keys.items()}
        return frozenset(name for name, key in ways[0].items() if key not in stored)

    def _graded(
        self, hand_in: Received, parts: dict[str, tuple[str, Stored]], *, fresh: bool
    ) -> Graded:
        slug, results = self.bundle.assignment.slug, {n: part for n, (_, part) in parts.items()}
        result = compose_parts(slug, hand_in, self.keys.digest, results)
        return Graded(hand_in, result, {name: key for name, (key, _) in parts.items()}, fresh)
