"""What is waited for before anything is judged: `autograder check -q q1` in a student's folder, and
one submission as Gradescope runs it, cold. Processor time of whole commands, interleaved."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.bundle import build_gradescope_zip, build_student_zip, unpack
from autograder.course.layout import solution_path
from autograder.course.model import find_course
from benchmarks.timing import processor_time, stock_command

ROUNDS = 6
# What a student's own file imports, or the command line is made of: no check can do without.
FLOORS = {
    "matmul": "import numpy, pydantic.main, rich.console, typer.main",
    "attention": "import matplotlib.figure, pydantic.main, rich.console, typer.main",
    "minillm": "import matplotlib.figure, pydantic.main, rich.console, torch, typer.main",
}
OURS = [sys.executable, "-m", "autograder"]


def checks() -> Iterator[tuple[str, float, float]]:
    """Processor time of our commands over that of bare imports, and of stock `otter run`."""
    root = find_course(Path(__file__).parent)
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as name:
        for slug, imports in FLOORS.items():
            folder, solution = Path(name) / slug, solution_path(root, slug).read_bytes()
            build_student_zip(root, slug, folder / "student.zip")
            _unpack(folder / "student.zip", folder)
            own = folder / slug / f"{slug}.py"
            own.write_bytes(solution)
            (folder / slug / f"{slug}.ipynb").unlink(missing_ok=True)
            check = [*OURS, "check", "-q", "q1"]
            bare = [sys.executable, "-c", imports]
            share = _ratio((check, own.parent), (bare, own.parent))
            yield f"check -q q1 of {slug}, over its imports alone", 2, share
        for slug in ("matmul", "attention"):
            folder = Path(name) / slug
            bundle, machine = folder / "gradescope.zip", folder / "machine"
            build_gradescope_zip(root, slug, bundle)
            _unpack(bundle, machine / "source")
            (machine / "submission").mkdir()
            (machine / "submission" / f"{slug}.py").write_bytes(
                solution_path(root, slug).read_bytes()
            )
            once = [*OURS, "gradescope", "--root", "."]
            stock = stock_command(bundle, machine / "submission" / f"{slug}.py")
            share = _ratio((once, machine), (stock, folder))
            tests = json.loads((machine / "results" / "results.json").read_text())["tests"]
            if sum(test["score"] for test in tests) != 100:
                raise RuntimeError(f"the solution of {slug} has lost points")
            yield f"{slug} on Gradescope, over otter run", 0.5, share


def _ratio(ours: tuple[list[str], Path], reference: tuple[list[str], Path]) -> float:
    both = [[processor_time(*which) for which in (ours, reference)] for _ in range(ROUNDS)]
    mine, others = map(min, zip(*both, strict=True))
    return mine / others


def _unpack(path: Path, folder: Path) -> None:
    for name, data in unpack(path).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
