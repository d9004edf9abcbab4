"""Does a score depend on how busy the machine is? Every right answer, graded again and again.

python -m benchmarks.steady                      all assignments, under every condition
python -m benchmarks.steady matmul --repeats 1   one of them, once
python -m benchmarks.steady --condition half     in a cgroup of half a core (root)
python -m benchmarks.steady --condition busy --graders 16

The solution and the alternatives of an assignment must have all points, and the mutants of the
questions that are timed must lose some: alone and beside 16 busy processes, on one core and on two.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from autograder.authoring.bundle import Bundle
from autograder.classroom.pool import Task, grade_all
from autograder.course.layout import solution_path
from autograder.course.model import COURSE_FILE, find_course, load_course
from autograder.course.parts import VISIBILITIES, part_name
from autograder.grading.results import Outcome
from autograder.submissions.read import Submission
from autograder.verifying.proof import read_mutants
from benchmarks.timing import control_groups

ROOT = find_course(Path(__file__).parent)
# name: (cores, busy processes, cores' worth of time that a cgroup gives; 0: no cgroup)
CONDITIONS = {
    "alone": (2, 0, 0.0),
    "one-core": (1, 0, 0.0),
    "busy": (2, 16, 0.0),
    "busy-one-core": (1, 16, 0.0),
    "half": (1, 0, 0.5),
}
_PERIOD = 100_000  # microseconds, of cgroups


def main(
    slugs: Annotated[list[str] | None, typer.Argument()] = None,
    repeats: int = 5,
    condition: Annotated[list[str] | None, typer.Option()] = None,
    graders: int = 0,
) -> None:
    """Grade under each condition and print what is not as it must be.

    Args:
        slugs: assignments; all of them by default.
        repeats: how often each right answer is graded.
        condition: which of the conditions; all of them by default.
        graders: at one time; 0: one per core. Sixteen of them beside the busy processes take half
            of what the cores give, not a ninth, and each waits longer than one alone would.
    """
    wrong = 0
    for name in condition or CONDITIONS:
        cores, busy, share = CONDITIONS[name]
        os.sched_setaffinity(0, range(cores))  # of all that is started from here
        for slug in slugs or load_course(ROOT / COURSE_FILE).assignments:
            with _beside(busy), _cgroup(share) as group:
                command = [sys.executable, "-m", "benchmarks.steady", "--inside"]
                command += [slug, str(repeats), str(graders or cores), group]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
            graded, lines = json.loads(done.stdout)
            title = f"{name:14} {slug:12} {graded}, {len(lines)} other than they should be"
            print(title, *lines, sep="\n    ", flush=True)
            wrong += len(lines)
    raise typer.Exit(1 if wrong else 0)


@contextlib.contextmanager
def _beside(number: int) -> Iterator[None]:
    command = [sys.executable, "-c", "while True: pass"]
    processes = [subprocess.Popen(command) for _ in range(number)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


@contextlib.contextmanager
def _cgroup(share: float) -> Iterator[str]:
    """A cgroup (version 1 or 2) that gives so many cores' worth of time; its file for processes."""
    if not share:
        yield ""
        return
    base, first = control_groups("cpu")
    folder = Path(tempfile.mkdtemp(prefix="steady-", dir=base))
    quota = round(share * _PERIOD)
    if first:
        (folder / "cpu.cfs_quota_us").write_text(str(quota))
    else:
        (folder / "cpu.max").write_text(f"{quota} {_PERIOD}")
    try:
        yield str(folder / "cgroup.procs")
    finally:
        for _ in range(100):  # its last processes may still be ending
            with contextlib.suppress(OSError):
                folder.rmdir()
                break
            time.sleep(0.1)


def inside(slug: str, repeats: int, graders: int, group: str) -> None:
    """One assignment in this process: prints how many were graded, and what was wrong, as JSON."""
    if group:
        Path(group).write_text(str(os.getpid()))
    bundle = Bundle.from_course(ROOT, slug)
    solution = solution_path(ROOT, slug)
    alternatives = sorted((ROOT / "assignments" / slug / "alternatives").glob("*.py"))
    right = [
        Task(Submission(f"{path.stem}-{number}", slug, source=path.read_bytes()))
        for path in (solution, *alternatives)
        for number in range(repeats)
    ]
    slow = []
    for mutant in read_mutants(ROOT, slug, bundle):
        question = mutant.question
        if "assert_speed(" in bundle.public.get(question, "") + bundle.hidden.get(question, ""):
            source = solution.read_bytes() + b"\n\n" + mutant.source.encode()
            parts = frozenset(part_name(question, visibility) for visibility in VISIBILITIES)
            slow.append(Task(Submission(mutant.name, slug, source=source), parts))
    wrong = []
    results = grade_all([*right, *slow], bundle, workers=graders)
    for number, result in enumerate(results):
        who = result.submission
        lost = [c for p in result.parts for c in p.cases if c.outcome is not Outcome.PASSED]
        if number < len(right):
            wrong += [f"{who}: {case.name}: {case.outcome}. {case.message}" for case in lost]
        elif not lost:
            wrong.append(f"{who}: got all points")
    print(json.dumps([f"{len(right)} right answers, {len(slow)} mutants", wrong]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    else:
        typer.run(main)
