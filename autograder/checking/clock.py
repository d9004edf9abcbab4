"""Limits of time on a student's own machine: an endless loop ends as it will while it is graded.

A thread watches and interrupts the main thread, again and again, as Ctrl-C would; that works on
every system and in a notebook's kernel. What stays inside one call of a library is interrupted when
that returns.
"""

from __future__ import annotations

import _thread
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import Any

from autograder.jail.loader import Halt

_LOOK = 0.05  # seconds between two looks at the time, and between two interruptions


class TimeUp(Halt):
    """A limit of time is over; the message is the grader's sentence."""


class Superseded(Halt):
    """What runs is of no interest any more: the file has been saved again."""


_newer: list[Callable[[], bool]] = []


@contextlib.contextmanager
def superseded_by(newer: Callable[[], bool]) -> Iterator[None]:
    """Raise `Superseded` in what a clock watches inside, as soon as `newer` says so."""
    _newer.append(newer)
    try:
        yield
    finally:
        _newer.remove(newer)


def too_long(seconds: float) -> str:
    """What a grader says of code that runs for longer (`jail/conversation.py`)."""
    return f"Your code ran for more than {seconds:g} seconds."


class Clock:
    """Interrupts what runs in the main thread past a limit. A context manager.

    In another thread than the main one nothing is limited, for Python delivers no interrupt there;
    nor while somebody steps through with an editor's debugger.
    """

    def __init__(self) -> None:
        self._limits: list[tuple[float, str]] = []  # (end, sentence), innermost last
        self._over, self._sent, self._superseded = threading.Event(), False, False
        main = threading.current_thread() is threading.main_thread()
        self._main = main and not _debugged()
        self._before: Callable[[int, FrameType | None], Any] | int | None = None

    def __enter__(self) -> Clock:
        if self._main:
            self._before = signal.signal(signal.SIGINT, self._interrupted)
            threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if self._main:
            self._limits.clear()
            self._over.set()
            signal.signal(signal.SIGINT, self._before)

    @contextlib.contextmanager
    def limit(self, seconds: float, sentence: str) -> Iterator[None]:
        """Raise `TimeUp` in what runs inside for longer."""
        limit = (time.monotonic() + seconds, sentence)
        self._limits.append(limit)
        try:
            yield
        finally:
            with contextlib.suppress(ValueError):
                self._limits.remove(limit)

    def _late(self) -> str:
        now = time.monotonic()
        return next((sentence for end, sentence in [*self._limits] if end < now), "")

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):
            self._superseded = self._superseded or any(newer() for newer in [*_newer])
            if self._superseded or self._late():
                self._sent = True
                _interrupt_main()

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        ours, self._sent = self._sent, False
        late = self._late()
        if self._superseded:
            raise Superseded
        if late:
            raise TimeUp(late)
        if callable(self._before) and not ours:  # ours can come a moment after the limit's end
            self._before(number, frame)


def _debugged() -> bool:
    return "pydevd" in sys.modules and sys.gettrace() is not None


def _interrupt_main() -> None:
    kill = getattr(signal, "pthread_kill", None)
    if kill is None:
        _thread.interrupt_main()
    else:  # a real signal ends a sleep too
        kill(threading.main_thread().ident, signal.SIGINT)
