"""A large class of `matmul`, and its regrade: time, memory, workers, and nbgrader beside it.

A thousand submissions take their time; `CLASS=100 python -m benchmarks classroom` takes fewer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from autograder.authoring.bundle import build_gradescope_zip
from autograder.course.model import find_course
from autograder.platforms.nbgrader.tree import write_nbgrader
from autograder.verifying.otter_run import otter_points

SLUG = "matmul"
SIZE = int(os.environ.get("CLASS", "1000"))
NBGRADED = 6  # notebooks that nbgrader grades in one command


def checks() -> Iterator[tuple[str, float, float]]:
    """What a class costs, as ratios."""
    root = find_course(Path(__file__).parent)
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as name:
        folder = Path(name)
        course = _copy(root, folder / "course")
        solution = (root / "solutions" / SLUG / f"{SLUG}.py").read_text()
        many = folder / "class"
        many.mkdir()
        for number in range(SIZE):
            (many / f"student{number:04}.py").write_text(f"{solution}\n# {number}\n")
        others = [_others(root, folder / "before", solution)]
        one = _Run(course, ["grade", SLUG, str(many), "--workers", "1"], folder / "one")
        others.append(_others(root, folder / "between", solution))
        two = _Run(course, ["grade", SLUG, str(many), "--workers", "2"], folder / "two")
        others.append(_others(root, folder / "after", solution))
        hidden = course / "assignments" / SLUG / "hidden" / "q3.py"
        hidden.write_text(hidden.read_text() + "\n\nCHANGED = True\n")
        again = _Run(course, ["regrade", SLUG, "--workers", "1"], folder / "one")
    otter, nbgrader = map(min, zip(*others, strict=True))
    half, whole = one.moments[SIZE // 2 - 1], one.moments[-1]
    yield "second half's time over the first's", 1.1, (whole - half) / half
    yield "judge's memory, second half over first", 1.05, one.peak(1) / one.peak(0)
    yield "two workers' time over one's", 1 / 1.8, two.seconds / one.seconds
    yield "regrade of one question over a whole run", 0.1, again.seconds / one.seconds
    yield "a submission, share of otter run's time", 0.01, two.seconds / SIZE / otter
    yield "a submission, share of nbgrader autograde's time", 1.0, two.seconds / SIZE / nbgrader


def _copy(root: Path, course: Path) -> Path:
    for part in ("assignments", "solutions"):
        shutil.copytree(root / part / SLUG, course / part / SLUG)
    text = (root / "course.yml").read_text()
    (course / "course.yml").write_text(text[: text.index("\n  bayesnet:")] + "\n")
    return course


class _Run:
    """One command of ours, watched.

    Attributes:
        seconds: from its start to its end.
        moments: seconds at which results were there, sorted.
    """

    def __init__(self, course: Path, command: list[str], output: Path) -> None:
        start, clock = time.time(), time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "autograder", *command, "--output", str(output)],
            cwd=course,
            stdout=subprocess.DEVNULL,
        )
        judge, self._memory = psutil.Process(process.pid), list[tuple[float, int]]()
        while process.poll() is None:
            used = judge.memory_info().rss if judge.is_running() else 0
            self._memory.append((time.time() - start, used))
            time.sleep(0.2)
        self.seconds = time.perf_counter() - clock
        if process.returncode:
            raise RuntimeError(f"{command[0]} failed")
        times = (path.stat().st_mtime - start for path in output.glob("student*.json"))
        self.moments = sorted(times)

    def peak(self, half: int) -> float:
        """Bytes of the judge at most, while the first or the second half was graded."""
        middle = self.moments[len(self.moments) // 2]
        return max(used for at, used in self._memory if (at >= middle) == bool(half))


def _others(root: Path, folder: Path, solution: str) -> tuple[float, float]:
    """Seconds per submission of `otter run` and of `nbgrader autograde`."""
    folder.mkdir()
    return _otter(root, folder, solution), _nbgrader(root, folder)


def _otter(root: Path, folder: Path, solution: str) -> float:
    bundle, file = folder / "bundle.zip", folder / f"{SLUG}.py"
    build_gradescope_zip(root, SLUG, bundle)
    file.write_text(solution)
    start = time.perf_counter()
    otter_points(bundle, file, SLUG)
    return time.perf_counter() - start


def _nbgrader(root: Path, folder: Path) -> float:
    """Seconds per notebook of stock `nbgrader autograde`, in one command."""
    tree = folder / "nbgrader"
    write_nbgrader(root, [SLUG], tree)
    beside = str(Path(sys.executable).parent)  # nbgrader calls `alembic` by its name
    env = {**os.environ, "PATH": os.pathsep.join((beside, os.environ["PATH"]))}
    quiet = {"cwd": tree, "check": True, "capture_output": True, "env": env}
    nbgrader = [sys.executable, "-m", "nbgrader"]
    subprocess.run([*nbgrader, "generate_assignment", SLUG], **quiet)  # type: ignore[call-overload]
    for number in range(NBGRADED):
        place = tree / "submitted" / f"student{number}" / SLUG
        shutil.copytree(tree / "release" / SLUG, place)
        shutil.copy(tree / "source" / SLUG / f"{SLUG}.ipynb", place)  # the solution, their way
    start = time.perf_counter()
    subprocess.run([*nbgrader, "autograde", SLUG], **quiet)  # type: ignore[call-overload]
    return (time.perf_counter() - start) / NBGRADED
