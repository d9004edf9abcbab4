"""Many submissions: a grader per core, each fed one submission at a time.

What crosses between the judge's processes is JSON of typed results, and nothing of a student's
but bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.util import Finalize
from typing import NamedTuple, TypeVar

from autograder.grading.choice import AnyBundle, AnyGrader, open_grader
from autograder.grading.doctor import require
from autograder.grading.results import Result
from autograder.jail.errors import JailBroken
from autograder.jail.layers import Layers, offered
from autograder.submissions.read import Submission

Key = TypeVar("Key")
AHEAD = 3  # submissions in memory per worker: one in work, the next ones at hand
POOLS = 4  # of graders, one after the other, before a run is given up


class Task(NamedTuple):
    """A submission to be graded.

    Attributes:
        parts: which, by names such as `q3 (hidden)`; None is all.
    """

    submission: Submission
    parts: frozenset[str] | None = None


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
) -> list[Result]:
    """Grade every task and return the results in their order.

    Raises:
        UnsafeHost, JailBroken: as `Grader` does.
    """
    found = stream(enumerate(tasks), bundle, workers=workers, layers=layers, unsafe=unsafe)
    results = dict(found)
    return [results[i] for i in range(len(tasks))]


def stream(
    tasks: Iterable[tuple[Key, Task]],
    bundle: AnyBundle,
    *,
    workers: int = 0,
    layers: Layers | None = None,
    unsafe: bool = False,
) -> Iterator[tuple[Key, Result]]:
    """Grade tasks as they come and give each result, with its task's key, when it is there.

    A task is taken from the iterator only when it is nearly its turn, so a class of any size needs
    the same memory.

    Args:
        workers: graders at work at one time; 0 is one per core.

    Raises:
        UnsafeHost, JailBroken: as `Grader` does.
    """
    if not unsafe:
        require(layers or offered())
    coming = iter(tasks)
    first = list(islice(coming, workers or cores()))  # no more graders than submissions
    tasks = chain(first, coming)
    if len(first) > 1:
        yield from _in_parallel(tasks, bundle, len(first), layers, unsafe)
        return
    with open_grader(bundle, layers=layers, unsafe=unsafe) as grader:
        for key, task in tasks:
            yield key, grader.grade(*task)


def _in_parallel(
    tasks: Iterable[tuple[Key, Task]],
    bundle: AnyBundle,
    workers: int,
    layers: Layers | None,
    unsafe: bool,
) -> Iterator[tuple[Key, Result]]:
    coming = iter(tasks)
    for _ in range(POOLS):
        underway: dict[Future[str], tuple[Key, Task]] = {}
        pool = ProcessPoolExecutor(
            workers, get_context("spawn"), initializer=_start, initargs=(bundle, layers, unsafe)
        )
        try:
            yield from _feed(pool, coming, underway, workers * AHEAD)
            return
        except BrokenProcessPool:  # somebody killed a grader; others take over what it had
            coming = chain(underway.values(), coming)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    raise JailBroken("graders were killed again and again, perhaps for want of memory")


def _feed(
    pool: ProcessPoolExecutor,
    coming: Iterator[tuple[Key, Task]],
    underway: dict[Future[str], tuple[Key, Task]],
    most: int,
) -> Iterator[tuple[Key, Result]]:
    while True:
        for key, task in islice(coming, most - len(underway)):
            underway[pool.submit(_grade, task)] = key, task
        if not underway:
            return
        for future in wait(underway, return_when=FIRST_COMPLETED).done:
            result = Result.model_validate_json(future.result())
            yield underway.pop(future)[0], result


_grader: AnyGrader | None = None


def _start(bundle: AnyBundle, layers: Layers | None, unsafe: bool) -> None:
    import signal

    global _grader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who then shuts us down
    _grader = open_grader(bundle, layers=layers, unsafe=unsafe)
    Finalize(_grader, _grader.close, exitpriority=10)


def _grade(task: Task) -> str:
    assert _grader is not None
    return _grader.grade(*task).model_dump_json()
