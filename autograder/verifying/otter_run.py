"""Stock Otter, as a stranger would run it, in a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.ground.errors import Failure

_COMMAND = "from otter.cli import cli; cli()"


def otter_results(bundle: Path, submission: Path, slug: str) -> dict[str, object]:
    """What `otter run -a bundle submission` writes to results.json.

    Its results.json is read and nothing else: Otter's own pickle could be forged by a submission.

    Raises:
        Failure: if Otter does not finish.
    """
    with tempfile.TemporaryDirectory(prefix="autograder-otter-") as name:
        folder = Path(name)
        copy = folder / f"{slug}{submission.suffix}"
        shutil.copy(submission, copy)
        command = [sys.executable, "-c", _COMMAND, "run", "--no-logo", "-a"]
        done = subprocess.run(
            [*command, str(bundle.resolve()), "-o", name, str(copy)],
            cwd=name,
            capture_output=True,
            text=True,
            check=False,
        )
        results = folder / "results.json"
        if not results.exists():
            last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            raise Failure(f"`otter run` did not finish: {' '.join(last)}")
        found: dict[str, object] = json.loads(results.read_text())
        return found


def otter_points(bundle: Path, submission: Path, slug: str) -> float:
    """The total score that stock Otter gives."""
    results = otter_results(bundle, submission, slug)
    if "score" in results:
        return float(str(results["score"]))
    tests = results["tests"]
    assert isinstance(tests, list)
    return sum(float(t.get("score", 0)) for t in tests)
