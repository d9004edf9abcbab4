"""Interleaved timing: A and B in turn, fastest against fastest."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
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


def stock_command(bundle: Path, submission: Path) -> list[str]:
    """Stock `otter run` on one submission."""
    otter = [sys.executable, "-c", "from otter.cli import cli; cli()", "run", "--no-logo"]
    return [*otter, "-a", str(bundle), str(submission)]


def control_groups(controller: str) -> tuple[Path, bool]:
    """Where control groups are made, and whether they are of version 1, one tree a controller."""
    everything = Path("/sys/fs/cgroup")
    first = (everything / controller).is_dir()
    return (everything / controller if first else everything), first


def processor_time(command: list[str], folder: Path) -> float:
    """Seconds of processor time of a command and of all that it starts (Linux, as root).

    By the account of a control group of its own: processes that nobody waits for, such as the
    jail's monitors and what they start, are not in getrusage's.
    """
    base, first = control_groups("cpuacct")
    group = base / f"autograder-{os.getpid()}"
    group.mkdir()

    def enter() -> None:
        (group / "cgroup.procs").write_text(str(os.getpid()))

    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, preexec_fn=enter)
        if first:
            return int((group / "cpuacct.usage").read_text()) / 1e9
        return int((group / "cpu.stat").read_text().split()[1]) / 1e6  # usage_usec
    finally:
        while (group / "cgroup.procs").read_text():
            time.sleep(0.01)  # until the last of them has ended
        group.rmdir()
