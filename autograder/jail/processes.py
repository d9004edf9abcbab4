"""There is one process: what would start another says so, where a file is graded and on a student's
own machine alike.

In a worker, what libraries build of means for several processes and threads need too is built of
what one process has: `multiprocessing.pool.ThreadPool`, `asyncio.run`. And torch has one thread.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any, NoReturn

_SAID = "no other process can be started while a file is judged; threads can"
_LOCKS = ("Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore", "Event", "Barrier")


def _refuse(*args: object, **kwargs: object) -> NoReturn:
    raise PermissionError(_SAID)


@contextlib.contextmanager
def refused() -> Iterator[None]:
    """Within, no process of `multiprocessing` starts, whichever way a system has for that.

    Other programs do: libraries look for fonts with them, and keep for good what they found.
    """
    from multiprocessing.process import BaseProcess

    start = BaseProcess.start
    BaseProcess.start = _refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        BaseProcess.start = start  # type: ignore[method-assign]


def only_this_one() -> None:
    """In a worker, for good. The kernel refuses processes, sockets and shared semaphores there."""
    import multiprocessing
    import subprocess
    from asyncio.selector_events import BaseSelectorEventLoop
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    BaseProcess.start = _refuse  # type: ignore[method-assign]
    subprocess.Popen.__init__ = _refuse  # type: ignore[method-assign]
    for name in _LOCKS:
        make = _from_threading(name)
        setattr(BaseContext, name, make)
        setattr(multiprocessing, name, make.__get__(multiprocessing.get_context()))
    BaseSelectorEventLoop._make_self_pipe = _make_self_pipe  # type: ignore[attr-defined]


def _from_threading(name: str) -> Any:
    def make(context: object, *args: Any, **kwargs: Any) -> Any:
        return getattr(threading, name)(*args, **kwargs)

    return make


def one_thread_of_torch() -> None:
    """In a worker, for good: torch computes in one thread, and says whatever number was asked for.

    Its pools do not survive the fork that a test case is, and would have the file loaded anew for
    each. Answers are the same, and time is counted over all threads.
    """
    torch: Any = sys.modules.get("torch")
    if torch is None:  # what is imported later keeps its pools, and its files are loaded anew
        return
    number: int = torch.get_num_threads()

    def set_num_threads(wanted: int, /) -> None:
        nonlocal number
        if not isinstance(wanted, int):
            raise TypeError(f"set_num_threads expects an int, but got {type(wanted).__name__}")
        if wanted < 1:
            raise RuntimeError("set_num_threads expects a positive integer")
        number = wanted

    def get_num_threads() -> int:
        return number

    torch.set_num_threads, torch.get_num_threads = set_num_threads, get_num_threads


class _End:
    """Of a pipe, with the methods of a socket that an event loop wakes itself by."""

    def __init__(self, fd: int) -> None:
        os.set_blocking(fd, False)
        self._fd = fd

    def fileno(self) -> int:
        return self._fd

    def recv(self, size: int) -> bytes:
        return os.read(self._fd, size)

    def send(self, data: bytes) -> int:
        return os.write(self._fd, data)

    def close(self) -> None:
        os.close(self._fd)


def _make_self_pipe(loop: Any) -> None:
    """As asyncio's own, of which a pair of sockets is the only difference."""
    loop._ssock, loop._csock = map(_End, os.pipe())
    loop._internal_fds += 1
    loop._add_reader(loop._ssock.fileno(), loop._read_from_self)
