"""A class through the ledger: what is known is looked up, what is not is graded and kept.

Everything handed in is in the ledger before anything is graded, and each result before it is
shown. So a run can be killed anywhere, and the same command goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.authoring.bundle import Bundle
from autograder.classroom.ledger import Keys, Ledger, Received, Stored, compose_parts
from autograder.classroom.pool import Task
from autograder.grading.results import Result

Found = dict[str, tuple[str, Stored]]  # part → key and result in the ledger
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
        known: dict[str, Found] = {}  # digest → parts that need not be run
        for hand_in in hand_ins:
            digest = hand_in.submission
            if digest in waiting:
                waiting[digest].append(hand_in)
                continue
            found = self._look_up(digest)
            if len(found) < len(self.keys.parts):
                waiting[digest], known[digest] = [hand_in], found
            else:
                yield self._graded(hand_in, found, fresh=False)
        again: dict[str, Found] = {}
        for digest, result in self.grade(self._tasks(waiting, known)) if known else ():
            if result.exhausted and known[digest]:
                again[digest] = {}  # its parts hang together, and some came from elsewhere
            else:
                yield from self._keep(result, waiting[digest], known[digest])
        for digest, result in self.grade(self._tasks(waiting, again)) if again else ():
            yield from self._keep(result, waiting[digest], {})

    def _tasks(
        self, waiting: dict[str, list[Received]], known: dict[str, Found]
    ) -> Iterator[tuple[str, Task]]:
        for digest, found in known.items():
            missing = frozenset(self.keys.parts) - found.keys()
            yield digest, Task(self.ledger.content(waiting[digest][0]), missing)

    def _keep(self, result: Result, hand_ins: list[Received], known: Found) -> Iterator[Graded]:
        digest = result.digests["submission"]
        keys = self.keys.of(digest, exhausted=result.exhausted)
        self.ledger.store(self.run, keys, result)
        # What the ledger has counts: somebody else may have been faster.
        stored = self.ledger.results(key for name, key in keys.items() if name not in known)
        parts = {name: known.get(name) or (key, stored[key]) for name, key in keys.items()}
        for hand_in in hand_ins:
            yield self._graded(hand_in, parts, fresh=True)

    def _look_up(self, digest: str) -> Found:
        """What the ledger has of this submission's parts."""
        ways = [self.keys.of(digest, exhausted=exhausted) for exhausted in (False, True)]
        stored = self.ledger.results(key for keys in ways for key in keys.values())
        complete = (keys for keys in ways if stored.keys() >= set(keys.values()))
        keys = next(complete, ways[0])
        return {name: (key, stored[key]) for name, key in keys.items() if key in stored}

    def _graded(self, hand_in: Received, parts: Found, *, fresh: bool) -> Graded:
        slug, results = self.bundle.assignment.slug, {n: part for n, (_, part) in parts.items()}
        result = compose_parts(slug, hand_in, self.keys.digest, results)
        return Graded(hand_in, result, {name: key for name, (key, _) in parts.items()}, fresh)
