"""`autograder build`: everything that is generated, in one go."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from autograder.authoring.bundle import build_gradescope_zip, build_student_zip
from autograder.authoring.inspection import mistakes, unreleased
from autograder.authoring.source import check_starter, write_starter
from autograder.course.clock import oddity
from autograder.course.layout import SourceError
from autograder.course.model import (
    COURSE_FILE,
    find_course,
    load_course,
)
from autograder.course.schema import SCHEMA_FILE, course_schema
from autograder.ground.files import write_atomic


def chosen(slugs: list[str] | None, root: Path) -> list[str]:
    """The assignments asked for, or all of the course.

    Raises:
        CourseError: for one that does not exist.
    """
    course = load_course(root / COURSE_FILE)
    return [course.assignment(slug).slug for slug in slugs or course.assignments]


def build(slugs: list[str] | None, console: Console) -> int:
    """Write starter/, dist/student/ and dist/gradescope/. Returns an exit code.

    Raises:
        CourseError, SourceError, BundleError: for mistakes; nothing is written then.
    """
    root = find_course()
    names, course = chosen(slugs, root), load_course(root / COURSE_FILE)
    found = [mistake for slug in names for mistake in mistakes(root, slug)]
    if found:
        raise SourceError("\n".join(found))
    for early in unreleased(root, names):
        console.print(f"[yellow]Note:[/] {early}", highlight=False, soft_wrap=True)
    write_atomic(root / SCHEMA_FILE, course_schema().encode())
    for slug in names:
        changed = write_starter(root, slug)
        student = root / "dist" / "student" / f"{slug}.zip"
        gradescope = root / "dist" / "gradescope" / f"{slug}.zip"
        left_out = build_student_zip(root, slug, student)
        build_gradescope_zip(root, slug, gradescope)
        console.print(f"[bold]{slug}[/]")
        if odd := oddity(course.assignment(slug).due):
            console.print(f"  [yellow]due:[/] {odd}", highlight=False)
        what = f"{len(changed)} files changed" if changed else "up to date"
        console.print(f"  starter/{slug}/   {what}")
        for path in (student, gradescope):
            size = path.stat().st_size / 1024
            console.print(f"  {path.relative_to(root)}   {size:,.0f} KB", highlight=False)
        if left_out:
            console.print(
                f"  [yellow]without {', '.join(left_out)}[/]: run `autograder data` once, and "
                "build again; until then only the notebook's last figures lack their text"
            )
    return 0


def check(slugs: list[str] | None, console: Console) -> int:
    """Compare starter/ with what would be built. Returns 1 if anything differs."""
    root = find_course()
    stale = False
    for slug in chosen(slugs, root):
        for difference in check_starter(root, slug):
            stale = True
            console.print(difference, markup=False, highlight=False)
    if (root / SCHEMA_FILE).read_bytes() != course_schema().encode():
        stale = True
        console.print(f"{SCHEMA_FILE} is out of date.")
    if stale:
        console.print("Run `autograder build` and commit what it writes.")
    else:
        console.print("starter/ is up to date.")
    return 1 if stale else 0
