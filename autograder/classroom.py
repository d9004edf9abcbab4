"""Many submissions: a grader per core, results in the order of the submissions.

What crosses between the judge's processes is JSON of typed results, and nothing of a student's
but bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path
from typing import NamedTuple

from autograder import submission
from autograder.doctor import require
from autograder.graders import AnyBundle, AnyGrader, open_grader
from autograder.jail.layers import Layers, offered
from autograder.results import Result
from autograder.submission import Submission


class Task(NamedTuple):
    """A submission to be graded; it is read by the process that grades it.

    Attributes:
        questions: which to grade; None is all.
    """

    name: str
    path: Path
    questions: frozenset[str] | None = None


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def grade_all(
    tasks: Sequence[Task],
    bundle: AnyBundle,
    *,
    workers: int = 0,
    layers: Layers | None = None,
    unsafe: bool = False,
    progress: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Grade every task and return the results in their order.

    Args:
        workers: graders at work at one time; 0 is one per core.
        progress: told of each result as it comes in.

    Raises:
        UnsafeHost, JailBroken: as `Grader` does.
    """
    if not unsafe:
        require(layers or offered())
    workers = min(workers or cores(), len(tasks))
    if workers <= 1:
        with open_grader(bundle, layers=layers, unsafe=unsafe) as grader:
            results = []
            for task in tasks:
                results.append(grader.grade(_read(task, bundle), task.questions))
                progress(results[-1])
            return results
    return _in_parallel(tasks, bundle, workers, layers, unsafe, progress)


def _in_parallel(
    tasks: Sequence[Task],
    bundle: AnyBundle,
    workers: int,
    layers: Layers | None,
    unsafe: bool,
    progress: Callable[[Result], None],
) -> list[Result]:
    pool = ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_start, initargs=(bundle, layers, unsafe)
    )
    finished: dict[int, Result] = {}
    try:
        waiting: dict[Future[str], int] = {pool.submit(_grade, t): i for i, t in enumerate(tasks)}
        for future in _as_they_come(waiting):
            result = Result.model_validate_json(future.result())
            finished[waiting[future]] = result
            progress(result)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return [finished[i] for i in range(len(tasks))]


def _as_they_come(waiting: dict[Future[str], int]) -> Iterator[Future[str]]:
    left = set(waiting)
    while left:
        done, left = wait(left, return_when=FIRST_COMPLETED)
        yield from sorted(done, key=waiting.__getitem__)


_grader: AnyGrader | None = None


def _start(bundle: AnyBundle, layers: Layers | None, unsafe: bool) -> None:
    import signal

    global _grader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who then shuts us down
    _grader = open_grader(bundle, layers=layers, unsafe=unsafe)
    Finalize(_grader, _grader.close, exitpriority=10)


def _grade(task: Task) -> str:
    assert _grader is not None
    return _grader.grade(_read(task, _grader.bundle), task.questions).model_dump_json()


def _read(task: Task, bundle: AnyBundle) -> Submission:
    return submission.read(task.path, bundle.assignment.slug, task.name)
