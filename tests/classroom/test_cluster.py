"""The same results in any order, on this machine or on a cluster, whoever is killed meanwhile."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import psutil
import pytest
from distributed import Client, LocalCluster
from shared.isolation import isolates
from shared.tiny_course import SLUG, make_course

from autograder.authoring.bundle import Bundle
from autograder.classroom import pool as classroom
from autograder.classroom.cluster import NoCluster
from autograder.classroom.cluster import stream as cluster_stream
from autograder.classroom.pool import Task
from autograder.grading.results import Result
from autograder.submissions.read import Submission

pytestmark = isolates

TASKS = 12


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return Bundle.from_course(make_course(tmp_path_factory.mktemp("course")), SLUG)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


def tasks() -> Iterator[tuple[int, Task]]:
    for number in range(TASKS):
        sign = "+" if number % 3 else "-"
        source = f"# {number}\ndef add(a, b):\n    return a {sign} b\n".encode()
        yield number, Task(Submission(f"s{number}", f"s{number}", source=source))


def check(results: dict[int, Result]) -> None:
    assert {n: r.score for n, r in results.items()} == {
        n: 10.0 if n % 3 else 0.0 for n in range(TASKS)
    }
    assert all(r.submission == f"s{n}" for n, r in results.items())


def drain(
    coming: Iterator[tuple[int, Result]], after_three: Callable[[], None]
) -> dict[int, Result]:
    results: dict[int, Result] = {}
    for key, result in coming:
        assert key not in results
        results[key] = result
        if len(results) == 3:
            after_three()
    return results


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_workers(bundle: Bundle, workers: int) -> None:
    check(dict(classroom.stream(tasks(), bundle, workers=workers)))


def test_a_grader_that_is_killed_here(bundle: Bundle) -> None:
    def kill_one() -> None:
        judges = [p for p in psutil.Process().children() if "spawn_main" in " ".join(p.cmdline())]
        judges[0].kill()

    check(drain(classroom.stream(tasks(), bundle, workers=2), kill_one))


def test_a_cluster(bundle: Bundle, cluster: LocalCluster) -> None:
    address = cluster.scheduler_address
    check(dict(cluster_stream(tasks(), bundle, address)))


def test_a_cluster_that_loses_a_worker(bundle: Bundle, cluster: LocalCluster) -> None:
    with Client(cluster) as client:
        [victim, _] = client.run(os.getpid).values()

    def kill_one() -> None:
        os.kill(victim, signal.SIGKILL)

    address = cluster.scheduler_address
    check(drain(cluster_stream(tasks(), bundle, address), kill_one))


def test_no_cluster_at_all(bundle: Bundle) -> None:
    with pytest.raises(NoCluster, match="no Dask scheduler at"):
        dict(cluster_stream(tasks(), bundle, "tcp://127.0.0.1:9"))
    with pytest.raises(NoCluster, match="no Dask scheduler at"):
        dict(cluster_stream(tasks(), bundle, "nonsense://x"))
