"""Interleaved timing: A and B in turn, fastest against fastest."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def ratio(ours: Callable[[], Any], reference: Callable[[], Any], rounds: int = 7) -> float:
    """Fastest time of `ours` over the fastest of `reference`, measured in turn."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for which, run in enumerate((ours, reference)):
            start = time.perf_counter()
            run()
            best[which] = min(best[which], time.perf_counter() - start)
    return best[0] / best[1]
