"""How a test's race is timed, and how it has the machine for itself.

Seconds on the wall, the fastest of several rounds. Processor time would not count what a busy
machine takes away; but where a host takes time from a virtual machine, the kernel's account of it
stands still for milliseconds at a time (seen: 0 for work of 3 ms), and the fastest round is then
the one that was not counted. It tells all the same when even the fastest round of the reference was
mostly waiting (seen: 150 ms for work of 7 ms, at low priority), beside which anything looks fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import perf_counter as seconds
from time import thread_time as worked

__all__ = ["alone", "seconds", "still", "turns_of", "worked"]

_alone: Callable[[], AbstractContextManager[object]] = nullcontext
_still: Callable[[], AbstractContextManager[object]] = nullcontext


def alone() -> AbstractContextManager[object]:
    """While this is held, no other grader of this machine runs a test case."""
    return _alone()


def still() -> AbstractContextManager[object]:
    """While this is held, the student's code does not run: threads that it has left at work would
    slow down what it is compared with."""
    return _still()


@contextmanager
def turns_of(
    alone: Callable[[], AbstractContextManager[object]],
    still: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Iterator[None]:
    """For one test case, what `alone` and `still` are."""
    global _alone, _still
    before = _alone, _still
    _alone, _still = alone, still
    try:
        yield
    finally:
        _alone, _still = before
