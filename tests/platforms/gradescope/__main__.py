"""`make gradescope`: every bundle on the stand-in for Gradescope's machine.

    python -m gradescope [--suite jammy] [assignment …]

Needs root, debootstrap, unshare and setpriv, and a network while a machine is set up.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.authoring.build import chosen
from autograder.authoring.bundle import build_gradescope_zip
from autograder.course.layout import solution_path, starter_path
from autograder.course.model import COURSE_FILE, load_course
from gradescope.attack import ATTACK, ESCAPED
from gradescope.machine import SUITES, Broken, Machine, missing
from gradescope.specification import Results

ROOT = Path(__file__).parents[3]


def main() -> int:
    """Try the bundles, and print a line for each. Returns 1 if one does not work."""
    parser = argparse.ArgumentParser(prog="gradescope", description=__doc__.splitlines()[0])
    parser.add_argument("--suite", choices=SUITES, default=SUITES[0], help="the distribution")
    parser.add_argument("slugs", nargs="*", metavar="assignment")
    arguments = parser.parse_args()
    console = Console()
    lack = missing()
    if lack:
        console.print(f"This needs {lack}.")
        return 2
    table = Table(title=f"Bundles on a bare {arguments.suite}", header_style="bold")
    for heading in ("assignment", "setup", "solution", "starter", "attack", "leaderboard", ""):
        table.add_column(heading, justify="right" if heading else "left")
    fine = True
    for slug in chosen(arguments.slugs, ROOT):
        with console.status(f"{slug} …"):
            row, problem = attempt(slug, arguments.suite)
        fine = fine and not problem
        table.add_row(slug, *row, "[green]works[/]" if not problem else "[red]does not[/]")
        console.print(f"{slug}: {problem or 'works'}", markup=False, highlight=False)
    console.print(table)
    return 0 if fine else 1


def attempt(slug: str, suite: str) -> tuple[list[str], str]:
    """Set a bundle up and hand in three files. Returns a row of the table, and what is wrong."""
    points = load_course(ROOT / COURSE_FILE).assignment(slug).points
    cells = [""] * 5
    with tempfile.TemporaryDirectory(prefix="autograder-gradescope-") as name:
        bundle = Path(name) / "bundle.zip"
        build_gradescope_zip(ROOT, slug, bundle)
        try:
            start = time.monotonic()
            machine = Machine.build(bundle, Path(name) / "machine", suite)
            cells[0] = f"{time.monotonic() - start:.0f} s"
            filename = f"{slug}.py"
            solution = solution_path(ROOT, slug).read_bytes()
            starter = (starter_path(ROOT, slug) / filename).read_bytes()
            graded = [machine.hand_in(filename, s) for s in (solution, starter, ATTACK + starter)]
        except (Broken, ValueError) as error:
            return cells, str(error)
    cells[1:4] = [f"{r.score:g}" if r.score is not None else "none" for r in graded]
    board = graded[0].leaderboard or []
    cells[4] = ", ".join(str(entry.value) for entry in board)
    return cells, judge(points, graded)


def judge(points: float, graded: list[Results]) -> str:
    """What is wrong with the results of the solution, the starter and the attack."""
    solution, starter, attack = graded
    if not all(r.total_is_hidden for r in graded):
        return "a total would be shown before publication"
    if (solution.score, starter.score) != (points, 0):
        return f"the solution got {solution.score} of {points:g}, the starter {starter.score}"
    found = [line for line in attack.model_dump_json().split("\\n") if ESCAPED in line]
    if attack.score or found:
        return f"an attack got through: {found}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
