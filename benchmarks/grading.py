"""The grader against stock `otter run` and against the floor, whole processes, interleaved.

The floor is the same test cases on the same submissions in one warm Python process without any
isolation: what no isolating grader can beat.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.bundle import build_gradescope_zip
from autograder.course.model import find_course
from autograder.verifying.otter_run import otter_points

COPIES = 40
ROUNDS = 3

_FLOOR = """
import sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from autograder.authoring.bundle import Bundle
from autograder.grading.grader import load_tests
bundle = Bundle.from_zip(Path(sys.argv[1]))
parts = list(load_tests(bundle))
for path in sorted(Path(sys.argv[2]).iterdir()):
    names = {"__name__": "matmul"}
    exec(compile(path.read_text(), str(path), "exec"), names)
    for part in parts:
        for case in part.file.test_cases:
            case.body.call_func(names)
"""


def checks() -> Iterator[tuple[str, float, float]]:
    """Time per submission as ratios."""
    root = find_course(Path(__file__).parent)
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as name:
        folder = Path(name)
        bundle, many = folder / "bundle.zip", folder / "class"
        build_gradescope_zip(root, "matmul", bundle)
        solution = root / "solutions" / "matmul" / "matmul.py"
        many.mkdir()
        for number in range(COPIES):  # each its own content: the same one would be graded once
            path = many / f"student{number:02}.py"
            path.write_text(solution.read_text() + f"\n# {number}\n")
        floor = [sys.executable, "-c", _FLOOR, str(bundle), str(many)]
        runs = {
            "grade": lambda: _grade(many, bundle, folder),
            "one": lambda: _grade(many, bundle, folder, "--workers", "1"),
            "floor": lambda: _run(floor),
            "otter": lambda: otter_points(bundle, solution, "matmul"),
        }
        best = dict.fromkeys(runs, float("inf"))
        for _ in range(ROUNDS):
            for which, run in runs.items():
                start = time.perf_counter()
                run()
                best[which] = min(best[which], time.perf_counter() - start)
    yield "a class, time over the floor's, a worker per core", 1.25, best["grade"] / best["floor"]
    yield "a class, time over the floor's, one worker", 1.25, best["one"] / best["floor"]
    share = best["grade"] / COPIES / best["otter"]
    yield "a submission, share of otter run's time", 0.01, share


def _grade(many: Path, bundle: Path, folder: Path, *options: str) -> None:
    """The command that a TA types, into a folder that knows no results yet."""
    output = folder / "results"
    shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-m", "autograder", "grade", "matmul", str(many)]
    _run([*command, "--bundle", str(bundle), "--output", str(output), *options])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
