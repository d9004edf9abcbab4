"""The time that a submission has used: read from outside its processes, which could lie.

What counts is processor time, of the worker and of its fork with all their threads, and the time
in which none of them had anything to do. Waiting for a processor that others keep busy does not
count, so no score depends on how busy the machine is.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

_ASLEEP = 0.002  # seconds of processor time between two looks that are no work
_LONGEST = 0.2  # seconds between two looks that count as sleep: the judge itself may have to wait


class Clock:
    """Of one worker and of what it forks, from now on. A case has one of its own.

    Args:
        pid: of the worker, as seen from here.
    """

    def __init__(self, pid: int) -> None:
        self._pid, self._child = pid, 0
        self._base, self._last = _processor(pid), 0.0
        self._slept, self._looked, self._before = 0.0, time.monotonic(), 0.0

    def processor(self) -> float:
        """Seconds of processor time since then."""
        if not self._child:
            self._child = next(iter(children(self._pid)), 0)
        now = _processor(self._pid) - self._base
        if self._child:
            now += _processor(self._child)
        self._last = max(self._last, now)  # what has ended shows nothing
        return self._last

    def used(self) -> float:
        """Seconds of processor time and of sleep since then."""
        return self.processor() + self._slept

    def look(self) -> float:
        """`used`, while an answer is awaited: the time since the last look may have been sleep."""
        worked, now = self.processor(), time.monotonic()
        if worked - self._before < _ASLEEP and not _wants_to_run(self._child or self._pid):
            self._slept += min(now - self._looked, _LONGEST)
        self._before, self._looked = worked, now
        return worked + self._slept

    def several(self) -> bool:
        """Whether what is timed has more than one thread now."""
        return threads(self._child or self._pid) > 1

    def rest(self) -> None:
        """What passed since the last look was not the submission's: nothing was asked of it."""
        self._looked = time.monotonic()


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """Within, neither this worker nor its fork runs, nor any thread that they have left behind."""
    pids = [pid, *children(pid)]
    try:
        _signal(pids, signal.SIGSTOP)
        for _ in range(1000):  # a thread stops when it next comes back from the kernel
            if not any(states(one) & set(b"RSD") for one in pids):
                break
            time.sleep(0.0001)
        yield
    finally:
        _signal(pids, signal.SIGCONT)


def go_on(pid: int) -> None:
    """End what `stopped` has begun."""
    _signal([pid, *children(pid)], signal.SIGCONT)


def _signal(pids: list[int], number: int) -> None:
    for pid in pids:
        with contextlib.suppress(OSError):  # it has ended, which whoever waits for it will hear
            os.kill(pid, number)


def threads(pid: int) -> int:
    """How many threads a process has."""
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 0


def children(pid: int) -> list[int]:
    """What a process's main thread has forked and not yet waited for."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def _processor(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | 2)  # CPUCLOCK_SCHED of that process
    except OSError:
        return 0.0  # it has ended


def _wants_to_run(pid: int) -> bool:
    """Whether a thread of the process runs, waits for a processor or a disk, or is kept from it."""
    return bool(states(pid) & set(b"RDT"))


def states(pid: int) -> set[int]:
    """What the threads of a process are at, in the letters (as bytes) of proc(5)."""
    try:
        names = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return set()
    found = set[int]()
    for name in names:
        with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{name}/stat", "rb") as file:
            found |= set(file.read(512).rpartition(b") ")[2][:1])
    return found
