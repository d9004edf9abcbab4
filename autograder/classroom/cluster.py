"""The same tasks on a Dask cluster: a laptop's, or a campus's through dask-jobqueue.

A worker of the cluster is a judge, trusted like this process; it opens its own jail. Each should
have one thread. A worker that is lost has its submissions graded by the others.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from autograder.classroom.pool import AHEAD, TRIES, Task
from autograder.grading.choice import AnyBundle, AnyGrader, open_grader
from autograder.grading.doctor import require
from autograder.grading.results import Result
from autograder.ground.errors import UserError
from autograder.ground.extras import extra
from autograder.jail.errors import JailBroken
from autograder.jail.layers import offered

if TYPE_CHECKING:
    from distributed import Client

Key = TypeVar("Key")
_CONNECT = 10  # seconds


class NoCluster(UserError):
    """The scheduler cannot be reached or has no workers, in one sentence."""


def stream(
    tasks: Iterable[tuple[Key, Task]],
    bundle: AnyBundle,
    scheduler: str,
    *,
    unsafe: bool = False,
    aside: Callable[[Key, str], object] | None = None,
    stage: Callable[[str], object] = lambda what: None,
) -> Iterator[tuple[Key, Result]]:
    """As `pool.stream`, with the workers of a cluster.

    Raises:
        NoCluster: there is none at this address, or it has lost all its workers.
        UnsafeHost, JailBroken: as `Grader` does, on a worker.
    """
    from distributed import KilledWorker, as_completed

    stage("reaching the cluster")
    with _connect(scheduler) as client:
        there = client.scatter(bundle, broadcast=True, hash=False)
        grade = partial(client.submit, _grade, there, unsafe=unsafe, pure=False)
        most = AHEAD * max(1, sum(client.nthreads().values()))
        coming = iter(tasks)
        underway = {grade(task): (key, task) for key, task in islice(coming, most)}
        finished = as_completed(list(underway), loop=client.loop)
        failures: Counter[Key] = Counter()
        in_a_row = 0
        for future in finished:
            key, task = underway.pop(future)
            again: Iterator[tuple[Key, Task]] = islice(coming, 1)
            try:
                result = Result.model_validate_json(future.result())
            except (KilledWorker, JailBroken) as error:  # Dask has tried it on several workers
                why = str(error) if isinstance(error, JailBroken) else "its workers were killed"
                failures[key] += TRIES if isinstance(error, KilledWorker) else 1
                if failures[key] < TRIES:
                    again = iter([(key, task)])
                else:
                    in_a_row += 1
                    if aside is None or in_a_row >= TRIES:
                        name = task.submission.name
                        raise JailBroken(f"graders ended over `{name}`: {why}") from None
                    aside(key, why)
            else:
                stage("")
                in_a_row = 0
                yield key, result
            for following in again:
                underway[added := grade(following[1])] = following
                finished.add(added)


def _connect(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise NoCluster(f"A cluster needs {extra('staff')}.") from None
    try:
        client = Client(scheduler, timeout=_CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise NoCluster(f"There is no Dask scheduler at {scheduler}.") from None
    if not client.nthreads():
        client.close()
        raise NoCluster(f"The Dask cluster at {scheduler} has no workers.")
    return client


_lock = threading.Lock()
_graders: dict[tuple[str, bool], AnyGrader] = {}


def _grade(bundle: AnyBundle, task: Task, *, unsafe: bool) -> str:
    """Runs on a worker of the cluster, which keeps its jail for the next task."""
    key = bundle.digest, unsafe
    with _lock:
        if key not in _graders:
            if not unsafe:
                require(offered())
            while _graders:  # of another class, or of tests that have changed since
                _graders.popitem()[1].close()
            _graders[key] = open_grader(bundle, unsafe=unsafe)
        try:
            return _graders[key].grade(*task).model_dump_json()
        except JailBroken:
            _graders.pop(key).close()
            raise
