"""Stock Otter, as a stranger would run it, in a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.ground.errors import Failure

_COMMAND = "from otter.cli import cli; cli()"
# Jupyter chooses a kernel's ports before the kernel takes them; on a busy machine another program
# is faster now and then, and the kernel ends.
_DEAD = "DeadKernelError"


def otter(arguments: Sequence[str], folder: Path) -> str:
    """Run stock `otter` with these arguments in this folder, in a new process; what it said."""
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.stdout.strip()}\n{done.stderr.strip()}"


def otter_results(
    bundle: Path,
    submission: Path,
    slug: str,
    run: Callable[[Sequence[str], Path], str] = otter,
) -> dict[str, object]:
    """What `otter run -a bundle submission` writes to results.json.

    Its results.json is read and nothing else: Otter's own pickle could be forged by a submission.

    Args:
        run: runs `otter` with arguments in a folder, and returns what it said.

    Raises:
        Failure: if Otter does not finish.
    """
    with tempfile.TemporaryDirectory(prefix="autograder-otter-") as name:
        folder = Path(name)
        copy = folder / f"{slug}{submission.suffix}"
        shutil.copy(submission, copy)
        command = ["run", "--no-logo", "-a", str(bundle.resolve()), "-o", name, str(copy)]
        results = folder / "results.json"
        said = run(command, folder)
        if _DEAD in said and not results.exists():
            said = run(command, folder)
        if not results.exists():
            last = said.strip().splitlines()[-1:]
            raise Failure(f"`otter run` did not finish: {' '.join(last)}")
        found: dict[str, object] = json.loads(results.read_text())
        return found


def otter_points(
    bundle: Path,
    submission: Path,
    slug: str,
    run: Callable[[Sequence[str], Path], str] = otter,
) -> float:
    """The total score that stock Otter gives; `run` is as in `otter_results`."""
    results = otter_results(bundle, submission, slug, run)
    if "score" in results:
        return float(str(results["score"]))
    tests = results["tests"]
    assert isinstance(tests, list)
    return sum(float(t.get("score", 0)) for t in tests)
