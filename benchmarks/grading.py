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

from autograder.bundle import build_gradescope_zip
from autograder.course import find_course
from autograder.otter_run import otter_points

COPIES = 40
ROUNDS = 3

_FLOOR = """
import sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from autograder.bundle import Bundle
from autograder.grading import load_tests
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
        for number in range(COPIES):
            shutil.copy(solution, many / f"student{number:02}.py")
        grade = [sys.executable, "-m", "autograder", "grade", "matmul", str(many)]
        grade += ["--bundle", str(bundle), "--output", str(folder / "results")]
        floor = [sys.executable, "-c", _FLOOR, str(bundle), str(many)]
        runs = {
            "grade": lambda: _run(grade),
            "one": lambda: _run([*grade, "--workers", "1"]),
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


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
