"""Bundles of stock Otter, graded by us and by stock `otter run`: seconds, whole processes,
interleaved; and points, test file by test file, of bundles in the shapes of public ones."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from autograder.grading.foreign.grader import ForeignGrader
from autograder.submissions import read as submission
from autograder.verifying.otter_run import otter_results

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from shared.foreign_bundles import opened, write_submission
from shared.public_shapes import SHAPES, WHO

from benchmarks.timing import processor_time, stock_command

COPIES = 40
ROUNDS = 3
BUNDLE = Path(__file__).parents[1] / "tests" / "shared" / "foreign" / "ok"


def checks() -> Iterator[tuple[str, float, float]]:
    """Submissions with other points than stock Otter's, and seconds per notebook over its."""
    other, seen = _other_points()
    yield f"of {seen} submissions, those with other points than otter run's", 0, other
    yield from _seconds()


def _other_points() -> tuple[int, int]:
    """How many submissions get other points, and of how many."""
    other = seen = 0
    for name, shape in SHAPES.items():
        with tempfile.TemporaryDirectory(prefix="autograder-bench-") as folder:
            bundle = shape.write(Path(folder) / "bundle.zip")
            with ForeignGrader(opened(bundle)) as grader:
                for who in WHO:
                    path = write_submission(shape.source(who), Path(folder) / who / "lab.ipynb")
                    ours = grader.grade(submission.read(path, "lab", who))
                    stock: Any = otter_results(bundle, path, "lab")
                    theirs = {t["name"]: t["score"] for t in stock["tests"] if "score" in t}
                    total = stock.get("score", sum(theirs.values()))
                    points = {part.question: part.score for part in ours.parts}
                    seen += 1
                    if points != theirs or abs(ours.score - total) > 1e-6:
                        other += 1
                        print(f"{name}, {who}: {points} here, {theirs} by otter run")
    return other, seen


def _seconds() -> Iterator[tuple[str, float, float]]:
    """Seconds per notebook over those of stock Otter."""
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as name:
        folder = Path(name)
        bundle, many, one = _bundle(folder / "bundle.zip"), folder / "class", folder / "one"
        many.mkdir()
        one.mkdir()
        source = (BUNDLE / "submissions" / "right.py").read_text()
        notebook = jupytext.reads(source, fmt="py:percent")
        notebook.metadata["kernelspec"] = {"display_name": "Python 3", "name": "python3"}
        for number in range(COPIES):
            nbformat.write(notebook, many / f"student{number:02}.ipynb")
        nbformat.write(notebook, one / "student.ipynb")
        whole = start_up = otters = float("inf")
        work = otters_work = float("inf")
        for _ in range(ROUNDS):
            whole = min(whole, _grade(bundle, many, folder / "results"))
            start_up = min(start_up, _grade(bundle, one, folder / "results"))
            start = time.perf_counter()
            otter_results(bundle, one / "student.ipynb", "lab")
            otters = min(otters, time.perf_counter() - start)
        for _ in range(ROUNDS):
            ours = _command(bundle, one, folder / "results")
            work = min(work, processor_time(ours, folder))
            stock = stock_command(bundle, one / "student.ipynb")
            otters_work = min(otters_work, processor_time(stock, folder))
    yield "processor time for one notebook alone over otter run's", 1, work / otters_work
    yield "seconds per notebook over otter run's", 1 / 20, whole / COPIES / otters
    further = (whole - start_up) / (COPIES - 1)
    yield "seconds per further notebook over otter run's", 1 / 20, further / otters


def _bundle(out: Path) -> Path:
    from otter.generate import main as otter_generate

    with contextlib.chdir(BUNDLE / "files"):
        otter_generate(
            tests_dir=str(BUNDLE / "tests"),
            output_path=str(out),
            config=str(BUNDLE / "otter_config.json"),
            no_requirements=True,
            no_environment=True,
            files=[path.name for path in Path().iterdir()],
        )
    return out


def _grade(bundle: Path, many: Path, output: Path) -> float:
    """Seconds for the whole class, start-up and self-test counted, one worker."""
    start = time.perf_counter()
    subprocess.run(_command(bundle, many, output), check=True, capture_output=True)
    return time.perf_counter() - start


def _command(bundle: Path, many: Path, output: Path) -> list[str]:
    command = [sys.executable, "-m", "autograder", "grade", "lab", str(many), "--workers", "1"]
    return [*command, "--bundle", str(bundle), "--output", str(output)]
