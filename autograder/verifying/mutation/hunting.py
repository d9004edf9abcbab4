"""Which test case catches a mutant.

Only the questions that a mutant can touch are graded, the cases that caught its neighbours first,
and the first case that does not pass ends it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path

from autograder.authoring.bundle import Bundle
from autograder.course.layout import solution_path
from autograder.course.parts import VISIBILITIES, part_name
from autograder.grading.attempt import Attempt
from autograder.grading.doctor import require
from autograder.grading.grader import TestPart, load_tests, open_jail
from autograder.grading.results import Outcome
from autograder.jail.errors import JailBroken
from autograder.jail.layers import offered
from autograder.submissions.read import Submission
from autograder.verifying.dependencies import Uses
from autograder.verifying.mutation.making import Mutation

SPARE, TIMES = 2.0, 10.0  # a case that takes so many seconds, plus so often its own time, is over


@dataclass(frozen=True)
class Catch:
    """What became of a mutant.

    Attributes:
        by: the case that caught it, such as `q3 (hidden): ragged`, and how; "" if it survived.
        seconds: that it took.
    """

    by: str
    seconds: float


@dataclass
class Hunter:
    """Runs mutants against the tests of one bundle. A context manager.

    Args:
        own: seconds of the solution by case, such as `q3 (hidden): ragged`; a mutant's case is
            ended at a multiple of it.

    Raises:
        UnsafeHost, JailBroken: as `Grader` does.
    """

    bundle: Bundle
    own: dict[str, float]
    _caught: Counter[tuple[frozenset[str], str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._jail = open_jail(self.bundle.assignment.preload)
        self._parts = list(load_tests(self.bundle))

    def __enter__(self) -> Hunter:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        self._jail.close()

    def measure(self, source: str) -> dict[str, float]:
        """Seconds by case of a right answer, loading included in the first of each kind."""
        seconds = {}
        with self._attempt(source, set(self.bundle.assignment.questions)) as attempt:
            for visibility in VISIBILITIES:
                for part in (p for p in self._parts if p.visibility == visibility):
                    for case in part.file.test_cases:
                        start = time.monotonic()
                        attempt.run(
                            part.question, case.body.call_func, hidden=visibility == "hidden"
                        )
                        seconds[_label(part, case.name)] = time.monotonic() - start
        return seconds

    def hunt(self, source: str, inside: frozenset[str], questions: frozenset[str]) -> Catch:
        """Grade a mutant until a case catches it.

        Args:
            inside: the definitions that it changes.
            questions: that it can touch.
        """
        start = time.monotonic()
        by, sure = self._hunt(source, inside, questions)
        if not sure:  # on a machine that is overloaded a worker may die of something else
            by, _ = self._hunt(source, inside, questions)
        return Catch(by, time.monotonic() - start)

    def _hunt(
        self, source: str, inside: frozenset[str], questions: frozenset[str]
    ) -> tuple[str, bool]:
        """What caught a mutant, or "", and whether it was a verdict or the end of its time."""
        with self._attempt(source, questions) as attempt:
            for visibility in VISIBILITIES:
                cases = [
                    (part, case, _label(part, case.name))
                    for part in self._parts
                    if part.visibility == visibility and part.question in questions
                    for case in part.file.test_cases
                ]
                cases.sort(key=lambda c: -self._caught[inside, c[2]])
                for part, case, label in cases:
                    limit = self._set_limit(attempt, self.own.get(label, 0.0))
                    begun = time.monotonic()
                    verdict = attempt.run(
                        part.question, case.body.call_func, hidden=visibility == "hidden"
                    )
                    if verdict.outcome is not Outcome.PASSED:
                        self._caught[inside, label] += 1
                        late = time.monotonic() - begun >= limit
                        ended = verdict.outcome in (Outcome.STOPPED, Outcome.UNJUDGED)
                        return f"{label}: {verdict.outcome}", late or not ended
        return "", True

    def _attempt(self, source: str, questions: frozenset[str] | set[str]) -> Attempt:
        submission = Submission("mutant", "mutant", source=source.encode())
        assignment = self.bundle.assignment
        return Attempt(self._jail, assignment, self.bundle.files, submission, questions)

    def _set_limit(self, attempt: Attempt, own: float) -> float:
        """Give the next case its seconds, and say how many."""
        limits = self.bundle.assignment.limits
        seconds = min(limits.case_seconds, SPARE + TIMES * own)
        tight = limits.model_copy(update={"case_seconds": seconds, "call_seconds": seconds})
        attempt.assignment = self.bundle.assignment.model_copy(update={"limits": tight})
        return seconds


def _label(part: TestPart, case: str) -> str:
    return f"{part.name}: {case}"


@dataclass(frozen=True)
class Prey:
    """A mutant and what it takes to grade it.

    Attributes:
        address: digest (hex) of all that decides whether it is caught.
    """

    mutation: Mutation
    questions: frozenset[str]
    address: str


def prey(root: Path, slug: str, bundle: Bundle, mutations: Sequence[Mutation]) -> list[Prey]:
    """The mutants with the questions that each can touch; all, if none uses its definitions."""
    uses = Uses(root, slug, bundle)
    everything = frozenset(bundle.assignment.questions)
    touched = {m.inside: uses.of(m.inside) or everything for m in mutations}
    context = {
        questions: _digest(
            uses.code(questions),
            [bundle.parts.get(part_name(q, v)) for q in sorted(questions) for v in VISIBILITIES],
            {q: bundle.assignment.questions[q].forbid for q in questions},
            bundle.assignment.limits.model_dump(),
            bundle.assignment.forbid_imports,
        )
        for questions in set(touched.values())
    }
    return [
        Prey(m, touched[m.inside], _digest(context[touched[m.inside]], m.key)) for m in mutations
    ]


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def measure(root: Path, slug: str, bundle: Bundle) -> dict[str, float]:
    """Seconds of the solution by case.

    Raises:
        UnsafeHost, JailBroken: as `Grader` does.
    """
    with Hunter(bundle, {}) as hunter:
        return hunter.measure(solution_path(root, slug).read_text(encoding="utf-8"))


def hunt_all(
    bundle: Bundle, todo: Sequence[Prey], own: dict[str, float], workers: int
) -> Iterator[tuple[Prey, Catch]]:
    """Grade mutants, a worker per core, and give each result when it is there.

    Args:
        own: seconds of the solution by case.

    Raises:
        UnsafeHost, JailBroken: as `Grader` does.
    """
    require(offered())
    coming = iter(todo)
    underway: dict[Future[Catch], Prey] = {}
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (bundle, own))
    try:
        while True:
            for one in islice(coming, 2 * workers - len(underway)):
                mutation = one.mutation
                job = pool.submit(_hunt, mutation.source, mutation.inside, one.questions)
                underway[job] = one
            if not underway:
                return
            for future in wait(underway, return_when=FIRST_COMPLETED).done:
                yield underway.pop(future), future.result()
    except BrokenProcessPool:
        raise JailBroken("a worker was killed, perhaps for want of memory") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_hunter: Hunter | None = None


def _start(bundle: Bundle, own: dict[str, float]) -> None:
    import signal

    global _hunter
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in classroom/pool.py
    _hunter = Hunter(bundle, own)
    Finalize(_hunter, _hunter.close, exitpriority=10)


def _hunt(source: str, inside: frozenset[str], questions: frozenset[str]) -> Catch:
    assert _hunter is not None
    return _hunter.hunt(source, inside, questions)
