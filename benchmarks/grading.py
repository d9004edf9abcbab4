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
        grade += ["--workers", "1"]
        floor = [sys.executable, "-c", _FLOOR, str(bundle), str(many)]
        best = {"grade": float("inf"), "floor": float("inf"), "otter": float("inf")}
        for _ in range(ROUNDS):
            best["grade"] = min(best["grade"], _seconds(grade))
            best["floor"] = min(best["floor"], _seconds(floor))
            start = time.perf_counter()
            otter_points(bundle, solution, "matmul")
            best["otter"] = min(best["otter"], time.perf_counter() - start)
    per_submission = best["grade"] / COPIES
    yield "seconds per submission over the floor's", 1.25, best["grade"] / best["floor"]
    yield "times faster than otter run (as 1/x)", 1 / 100, per_submission / best["otter"]


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start
