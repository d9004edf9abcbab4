"""The chosen mutants of an assignment, and what becomes of them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.bundle import Bundle
from autograder.classroom.pool import cores
from autograder.course.layout import read_text, solution_path
from autograder.ground.errors import UserError
from autograder.verifying.mutation.hunting import Prey, hunt_all, measure, prey
from autograder.verifying.mutation.making import Mutation, NoOperators, mutations, sample
from autograder.verifying.mutation.records import FILE, Memory, read_equivalents, stale

__all__ = ["Choice", "Figures", "NoOperators", "run"]


@dataclass(frozen=True)
class Choice:
    """Which mutants are meant.

    Attributes:
        question: only what this one can notice; "" is all.
        size, seed: a sample of so many; 0 is all.
        since: only lines that changed since this revision; "" is all.
    """

    question: str = ""
    size: int = 0
    seed: int = 0
    since: str = ""


@dataclass(frozen=True)
class Figures:
    """What became of the chosen mutants.

    Attributes:
        by_time: how many of those caught ran over their time.
        stale: sentences about entries of equivalent.toml that are no mutants any more.
        share: mean time of those graded now, as a part of that of grading the solution.
    """

    survivors: list[Mutation]
    equivalent: int
    caught: int
    by_time: int
    stale: list[str]
    share: float | None

    @property
    def judged(self) -> int:
        """How many there are that a test could catch."""
        return self.caught + len(self.survivors)

    def sentence(self) -> str:
        share = 100 * self.caught / self.judged if self.judged else 100.0
        return (
            f"{self.caught} of {self.judged} mutants are caught ({share:.1f} %; {self.by_time} of "
            f"them ran over their time); {self.equivalent} more are recorded as equivalent"
        )


def run(
    root: Path,
    slug: str,
    bundle: Bundle,
    choice: Choice,
    workers: int = 0,
    tick: Callable[[int, int], None] | None = None,
) -> Figures:
    """Grade the chosen mutants, those whose result is not known yet.

    Raises:
        UserError: for a question or revision that does not exist.
        NoOperators: without cosmic-ray.
        UnsafeHost, JailBroken: as `Grader` does.
    """
    every = mutations(read_text(root, solution_path(root, slug)))
    equivalents = read_equivalents(root, slug)
    wanted = _chosen(root, slug, bundle, every, choice)
    real = [p for p in wanted if not any(e.matches(p.mutation) for e in equivalents)]
    memory = Memory(root, slug)
    known = {one.address: memory.get(one.address) for one in real}
    results = {address: catch for address, catch in known.items() if catch is not None}
    todo = [one for one in real if one.address not in results]
    own = measure(root, slug, bundle) if todo else {}
    for one, catch in hunt_all(bundle, todo, own, workers or cores()) if todo else ():
        memory.keep(one.address, catch)
        results[one.address] = catch
        if tick is not None:
            tick(len(results), len(real))
    return Figures(
        survivors=[p.mutation for p in real if not results[p.address].by],
        equivalent=len(wanted) - len(real),
        caught=sum(bool(results[p.address].by) for p in real),
        by_time=sum(results[p.address].by.endswith(": stopped") for p in real),
        stale=[
            f"assignments/{slug}/{FILE}: `{e.was.strip()}` → `{e.now.strip()}` in {e.inside} is no "
            "mutant of the solution any more; remove the entry."
            for e in stale(equivalents, every)
        ],
        share=_share([results[p.address].seconds for p in todo], own),
    )


def _share(seconds: list[float], own: dict[str, float]) -> float | None:
    return sum(seconds) / len(seconds) / sum(own.values()) if seconds else None


def _chosen(
    root: Path, slug: str, bundle: Bundle, every: list[Mutation], choice: Choice
) -> list[Prey]:
    if choice.since:
        changed = _changed_lines(root, solution_path(root, slug), choice.since)
        every = [m for m in every if m.line in changed]
    found: Sequence[Prey] = prey(root, slug, bundle, every)
    if choice.question:
        if choice.question not in bundle.assignment.questions:
            known = ", ".join(bundle.assignment.questions)
            raise UserError(f"{slug} has no question {choice.question}; there is: {known}.")
        found = [p for p in found if choice.question in p.questions]
    drawn = {m.key for m in sample([p.mutation for p in found], choice.size, choice.seed)}
    return [p for p in found if p.mutation.key in drawn]


def _changed_lines(root: Path, path: Path, revision: str) -> set[int]:
    """Lines of a file, counted from 1, that differ from a revision of git's."""
    command = ["git", "diff", "--unified=0", revision, "--", str(path)]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise UserError("--since needs git, which is not installed here.") from None
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise UserError(f"--since {revision}: git says: {reason}.")
    lines: set[int] = set()
    for start, count in re.findall(r"^@@ \S+ \+(\d+)(?:,(\d+))? @@", done.stdout, re.MULTILINE):
        lines |= set(range(int(start), int(start) + int(count or 1)))
    return lines
