"""How a test's race is timed, and how it has the machine for itself.

Seconds on the wall, the fastest of several rounds: work of a few milliseconds is now and then done
in one go on any machine. Its processor time is no better: the kernel's account stands still for
milliseconds at a time (seen: 0.4 ms, on the average, for work of 3 ms). Longer work on a full
machine always waits in between (seen: 150 ms for work of 7 ms, beside which anything looks fast,
and 700 ms for 37 ms); then its processor time, over all rounds, is the better measure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import perf_counter as seconds
from time import process_time as worked

__all__ = ["UNCOUNTED", "alone", "seconds", "spent", "still", "turns_of", "worked"]

UNCOUNTED = 0.005  # seconds of work that the account of processor time may miss

_alone: Callable[[], AbstractContextManager[object]] = nullcontext
_still: Callable[[], AbstractContextManager[object]] = nullcontext
_elsewhere: Callable[[], float] = float  # 0.0: it runs here


def spent() -> float:
    """Seconds of processor time of this process and of the student's code, wherever it runs."""
    return worked() + _elsewhere()


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
    elsewhere: Callable[[], float] = float,
) -> Iterator[None]:
    """For one test case, what `alone` and `still` are, and the processor time of the student's
    code in another process."""
    global _alone, _still, _elsewhere
    before = _alone, _still, _elsewhere
    _alone, _still, _elsewhere = alone, still, elsewhere
    try:
        yield
    finally:
        _alone, _still, _elsewhere = before
