"""What a probe measures memory with: functions taken before any student code is loaded.

A probe's `import tracemalloc` gives it this. What the student's code does to the module of that
name, or asks of it in the middle of a measurement, changes nothing that is measured.
"""

from __future__ import annotations

import _tracemalloc
import builtins
import resource
import tracemalloc
from collections.abc import Callable
from typing import Any

# What may come into memory beside arrays without being traced: pages of libraries that are touched
# for the first time, buffers of BLAS.
_UNTRACED = 32 << 20


class Meter:
    """The part of `tracemalloc` that probes use, and memory that is kept from it."""

    def __init__(self) -> None:
        self._start, self._stop = _tracemalloc.start, _tracemalloc.stop
        self._traced, self._reset = _tracemalloc.get_traced_memory, _tracemalloc.reset_peak
        self._usage, self._self = resource.getrusage, resource.RUSAGE_SELF
        self._resident = 0
        self._running = False

    def start(self) -> None:
        """Begin to measure."""
        self._start()
        self._running = True
        self._resident = self._most_resident()

    def stop(self) -> None:
        """Measure no longer."""
        self._running = False
        self._stop()

    def reset_peak(self) -> None:
        """Forget the peak."""
        self._reset()
        self._resident = self._most_resident()

    def get_traced_memory(self) -> tuple[int, int]:
        """Bytes held now, and the most since the start.

        Memory that is mapped past Python's allocators is traced by nobody, but resident: much of it
        counts too.
        """
        now, peak = self._traced()
        return now, max(peak, self._most_resident() - self._resident - _UNTRACED)

    def __getattr__(self, name: str) -> Any:
        return getattr(tracemalloc, name)  # the rest is not made safe

    def _most_resident(self) -> int:
        return self._usage(self._self).ru_maxrss << 10

    def _unless_running(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*args: Any) -> Any:
            return None if self._running else real(*args)

        return asked

    def take_over(self) -> None:
        """What the student's code asks of `tracemalloc` while a probe measures is not done."""
        for name in ("start", "stop", "clear_traces", "reset_peak"):
            asked = self._unless_running(getattr(_tracemalloc, name))
            setattr(tracemalloc, name, asked)
            setattr(_tracemalloc, name, asked)


METER = Meter()

_import = builtins.__import__


def import_for_probes(name: str, *args: Any) -> Any:
    """`__import__`, but for what is measured with."""
    return METER if name == "tracemalloc" else _import(name, *args)


BUILTINS = {**vars(builtins), "__import__": import_for_probes}
"""The built-in names of a probe."""
