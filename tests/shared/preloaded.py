"""Command lines of other packages, each run in a process of its own that need not import them.

Stock Otter takes longer to be imported than to grade. A server imports it once, before anything of
a test, and is forked for each run: what one run leaves in memory, no other sees.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["otter.cli", "otter.run.run_autograder", "nbconvert.preprocessors"])


def otter(arguments: Sequence[str], folder: Path) -> str:
    """Run stock `otter` with these arguments in this folder; what it said."""
    said = folder / ".said"
    process = _FORKS.Process(target=_otter, args=(list(arguments), str(folder), dict(os.environ)))
    process.start()
    process.join()
    return said.read_text(errors="replace") if said.exists() else ""


def _otter(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    said = os.open(".said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    sys.argv = ["otter", *arguments]
    from otter.cli import cli

    try:
        cli(arguments)
    except Exception:
        traceback.print_exc()
        sys.exit(1)
