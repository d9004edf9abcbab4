"""Limits are counted in processor time read from outside, and a case works as in one process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from shared.isolation import isolates

from autograder.jail.client import Jail
from autograder.jail.clock import Clock, children, states
from autograder.jail.confine import Limits
from autograder.jail.conversation import Time
from autograder.jail.errors import Stopped
from autograder.jail.orders import LoadOrder

pytestmark = isolates

PROGRAM = """
import tempfile, threading, time
WRITTEN = tempfile.NamedTemporaryFile().name

def work(seconds):
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass
    return True

def in_threads(seconds):
    threads = [threading.Thread(target=work, args=(seconds,)) for _ in range(2)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return True

def sleep(seconds):
    time.sleep(seconds)
    return True

def folder():
    return [tempfile.gettempdir(), WRITTEN]
"""


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail(["numpy", "tempfile"]) as jail:
        yield jail


def call(jail: Jail, source: str, name: str, *args: object, limits: Time) -> object:
    with jail.worker(Limits()) as worker:
        loaded = worker.load(LoadOrder(source.encode(), "hw"), 20)
        assert loaded.problem == ""
        with worker.case(limits) as talk:
            return talk.request({"k": "call", "name": name}, args, {})


def test_while_a_reference_is_timed_nothing_of_the_submission_runs(jail: Jail) -> None:
    """Threads that an answer leaves at work would slow down what it is compared with."""
    busy = PROGRAM + "\ndef leave():\n    threading.Thread(target=work, args=(3,)).start()\n"
    with jail.worker(Limits()) as worker:
        worker.load(LoadOrder(busy.encode(), "hw"), 20)
        with worker.case(Time(20, 20)) as talk:
            talk.request({"k": "call", "name": "leave"}, (), {})
            [fork] = children(worker._started())
            with worker.still():
                assert states(fork) == states(worker._started()) == set(b"T")
                assert len(os.listdir(f"/proc/{fork}/task")) == 2
            assert states(fork) <= set(b"RSD")
            with worker.still():  # what is asked is answered all the same
                assert talk.request({"k": "call", "name": "sleep"}, (0,), {}) is True


@pytest.mark.parametrize(("name", "amount"), [("work", 30), ("in_threads", 30), ("sleep", 60)])
def test_what_works_or_sleeps_too_long_is_stopped(jail: Jail, name: str, amount: float) -> None:
    more = ", all its threads together" if name == "in_threads" else ""
    with pytest.raises(Stopped, match=rf"^Your code ran for more than 0\.5 seconds{more}\.$"):
        call(jail, PROGRAM, name, amount, limits=Time(20, 0.5))
    with pytest.raises(Stopped, match=rf"^Your code ran for more than 0\.7 seconds{more}\.$"):
        call(jail, PROGRAM, name, amount, limits=Time(0.7, 20))
    with pytest.raises(Stopped, match=r"^Its 300 seconds are used up\.$"):
        call(jail, PROGRAM, name, amount, limits=Time(0.3, 20, "Its 300 seconds are used up."))


def test_what_is_left_of_a_budget_is_told_as_the_budget(jail: Jail) -> None:
    """Loading again may meet the end of it too; a remainder of seconds says nothing."""
    with jail.worker(Limits()) as worker:
        order = LoadOrder(b"while True: pass", "hw")
        with pytest.raises(Stopped, match=r"^Its 300 seconds are used up\.$"):
            worker.load(order, 0.2, "Its 300 seconds are used up.")


def test_waiting_for_a_processor_costs_nothing(jail: Jail) -> None:
    """As on a machine with far more work than cores: on the wall it takes much longer than 1 s."""
    with jail.worker(Limits()) as worker:
        worker.load(LoadOrder(PROGRAM.encode(), "hw"), 20)
        with worker.case(Time(20, 1)) as talk:
            talk.request({"k": "call", "name": "folder"}, (), {})
            [fork] = children(worker._started())
            hinder = f"""
import os, signal, time
for _ in range(8):
    os.kill({fork}, signal.SIGSTOP)
    time.sleep(0.3)
    os.kill({fork}, signal.SIGCONT)
    time.sleep(0.05)
"""
            process = subprocess.Popen([sys.executable, "-c", hinder])
            assert talk.request({"k": "call", "name": "work"}, (0.3,), {})
            process.wait()


def test_the_clock_is_not_the_students(jail: Jail) -> None:
    """A fork that has replaced its own clock is timed by its real one, threads included."""
    lying = PROGRAM + "\nreal = time.process_time\ntime.perf_counter = lambda: 0.0\n"
    with jail.worker(Limits()) as worker:
        worker.load(LoadOrder(lying.encode(), "hw"), 20)
        with worker.case(Time(20, 20)) as talk:
            talk.request({"k": "call", "name": "in_threads"}, (0.2,), {})
            assert 0.2 <= talk._clock.processor() <= 5
            before = talk.used()
            time.sleep(0.2)  # the judge's own time
            assert talk.used() - before < 0.1


def test_a_process_that_has_ended_keeps_its_time() -> None:
    process = subprocess.Popen([sys.executable, "-c", "sum(range(3_000_000))\ninput()"], stdin=-1)
    clock = Clock(process.pid)
    while clock.processor() == 0.0:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    used = clock.processor()
    assert used > 0
    assert clock.processor() == used


def test_temporary_files_lie_in_the_scratch_folder(jail: Jail) -> None:
    """The zygote has asked before where they go; that answer is not a worker's."""
    folder, written = call(jail, PROGRAM, "folder", limits=Time(5, 5))  # type: ignore[misc]
    assert str(folder).startswith(jail.root + os.sep)
    assert os.path.dirname(written) == folder


THREADS = {
    "an executor": """
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(2)
assert list(pool.map(abs, [-1, -2])) == [1, 2]
def answer():
    return list(pool.map(abs, [-3, -4]))
""",
    "a running thread": """
import queue, threading
asked, said = queue.Queue(), queue.Queue()
def serve():
    while True:
        said.put(abs(asked.get()))
threading.Thread(target=serve, daemon=True).start()
def answer():
    asked.put(-3), asked.put(-4)
    return [said.get(), said.get()]
""",
    "NumPy's pool": """
import numpy as np
from threadpoolctl import threadpool_limits
threadpool_limits(2)
big = np.ones((600, 600))
assert (big @ big)[0, 0] == 600
def answer():
    return [int((big @ big)[0, 0]) // 200, 4]
""",
}
TORCH = {
    "torch within operations": """
import torch
torch.set_num_threads(2)
big = torch.ones(600, 600)
assert (big @ big)[0, 0] == 600
def answer():
    return [int((big @ big)[0, 0]) // 200, int(torch.ones(2_000_000).sum()) // 500_000]
def asked_for():
    return torch.get_num_threads()
""",
    "torch between operations": """
import torch
def three(): return torch.tensor(3)
assert torch.jit.wait(torch.jit.fork(three)) == 3
def answer():
    return [int(torch.jit.wait(torch.jit.fork(three))), 4]
""",
}


@pytest.mark.parametrize("what", THREADS)
def test_a_case_works_whatever_pools_were_left_alive(jail: Jail, what: str) -> None:
    assert _answers(jail, THREADS[what]) == [[3, 4], [3, 4]]


def test_a_case_works_with_torchs_pools() -> None:
    pytest.importorskip("torch")
    with Jail(["numpy", "torch"]) as jail:
        for source in TORCH.values():
            assert _answers(jail, source) == [[3, 4], [3, 4]]
        with jail.worker(Limits(memory_mb=2048)) as worker:
            # A file that trains for some seconds would use up its time, loaded anew for each case.
            order = LoadOrder(TORCH["torch within operations"].encode(), "hw")
            assert not worker.load(order, 60).threads
            with worker.case(Time(20, 20)) as talk:
                assert talk.request({"k": "call", "name": "asked_for"}, (), {}) == 2


def _answers(jail: Jail, source: str) -> list[object]:
    """Of two test cases, each in what the jail makes for it."""
    found: list[object] = []
    while len(found) < 2:
        with jail.worker(Limits(memory_mb=2048)) as worker:
            loaded = worker.load(LoadOrder(source.encode(), "hw"), 60)
            assert loaded.problem == ""
            while worker.usable and len(found) < 2:
                with worker.case(Time(20, 20)) as talk:
                    found.append(talk.request({"k": "call", "name": "answer"}, (), {}))
    return found
