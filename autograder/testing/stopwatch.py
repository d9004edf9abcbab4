"""The processor time of a test case: of this process, and of the student's if it is another.

Ratios of processor times hold on a busy machine, where seconds on the wall do not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext


def _nowhere() -> float:
    return 0.0


_student: Callable[[], float] = _nowhere
_alone: Callable[[], AbstractContextManager[object]] = nullcontext


def processor_seconds() -> float:
    """Processor time used so far, by all threads; only differences mean anything."""
    return time.process_time() + _student()


def alone() -> AbstractContextManager[object]:
    """While this is held, no other grader of this machine runs a test case."""
    return _alone()


@contextmanager
def student_elsewhere(
    seconds: Callable[[], float], alone: Callable[[], AbstractContextManager[object]]
) -> Iterator[None]:
    """For one test case the student's code runs in another process.

    Args:
        seconds: that process's time, read from outside.
        alone: as the function of that name.
    """
    global _student, _alone
    before = _student, _alone
    _student, _alone = seconds, alone
    try:
        yield
    finally:
        _student, _alone = before
