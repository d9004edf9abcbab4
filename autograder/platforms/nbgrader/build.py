"""`autograder build --nbgrader`."""

from __future__ import annotations

from rich.console import Console

from autograder.authoring.build import chosen
from autograder.course.model import find_course
from autograder.platforms.nbgrader.tree import write_nbgrader


def build_nbgrader(slugs: list[str] | None, console: Console) -> int:
    """Write dist/nbgrader/, a course directory for nbgrader. Returns an exit code."""
    root = find_course()
    names, out = chosen(slugs, root), root / "dist" / "nbgrader"
    left_out = write_nbgrader(root, names, out)
    console.print(f"{out.relative_to(root)}/   source/ of {', '.join(names)}", highlight=False)
    if left_out:
        console.print(f"  [yellow]without {', '.join(left_out)}[/]: run `autograder data` once")
    return 0
