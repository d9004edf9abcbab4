"""`autograder init` and `autograder new`: a course, and an assignment in it, from nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console

from autograder.authoring.packaging import TEMPLATES, template
from autograder.course.model import COURSE_FILE, CourseError, find_course, is_slug, parse_course
from autograder.course.yaml_lines import YamlDocument
from autograder.ground.errors import UserError
from autograder.ground.files import write_atomic

WEEKS = 2  # between the day an assignment is made and the day it is due

_HELLO = {
    "solution.py.jinja": "solutions/hello/hello.py",
    "public.py.jinja": "assignments/hello/public/q1.py",
    "hidden.py.jinja": "assignments/hello/hidden/q1.py",
    "mutant_absolute.py.jinja": "assignments/hello/mutants/q1_absolute_values.py",
    "mutant_empty.py.jinja": "assignments/hello/mutants/q1_nothing_is_zero.py",
    "alternative_loop.py.jinja": "assignments/hello/alternatives/running_mean.py",
    "course.yml.jinja": COURSE_FILE,
    "gitignore": ".gitignore",
}


def init(folder: Path, console: Console) -> int:
    """Write a course with one tiny assignment that works. Returns an exit code.

    Raises:
        UserError: if one of its files is there already; nothing is written then.
    """
    name = folder.resolve().name.replace("-", " ").replace("_", " ") or "A course"
    context = {"title": f'"{name}"', **_dates()}
    source = TEMPLATES / "course"
    contents = {path: template(t, source, **context) for t, path in _HELLO.items()}
    write_new(folder, contents)
    console.print(f"A course with one assignment, `hello`, is in {folder}/. Try, in that folder:")
    console.print(
        "\n    autograder build      # starter/, dist/student/hello.zip, dist/gradescope/hello.zip"
        "\n    autograder verify     # are its tests sound?"
        "\n    autograder new lab1   # the skeleton of the next assignment\n",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    return 0


def new(slug: str, questions: int, console: Console) -> int:
    """Add the skeleton of an assignment to the course here. Returns an exit code.

    Raises:
        CourseError: for a name that cannot be one, or is taken; for a mistake in course.yml.
        UserError: if one of its files is there already; nothing is written then.
    """
    root = find_course()
    keys = [f"q{number}" for number in range(1, questions + 1)]
    context = {"slug": slug, "title": f"TODO: title of {slug}", "questions": keys, **_dates()}
    source = TEMPLATES / "assignment"
    entry = template("entry.yml.jinja", source, **context)
    contents = {
        f"solutions/{slug}/{slug}.py": template("solution.py.jinja", source, **context),
        f"assignments/{slug}/alternatives/another_way.py": template(
            "alternative.py.jinja", source, **context
        ),
    }
    for q in keys:
        files = {
            f"public/{q}.py": "public.py.jinja",
            f"hidden/{q}.py": "hidden.py.jinja",
            f"mutants/{q}_rounded.py": "mutant_value.py.jinja",
            f"mutants/{q}_nothing_refused.py": "mutant_error.py.jinja",
        }
        for file, name in files.items():
            contents[f"assignments/{slug}/{file}"] = template(name, source, q=q, **context)
    add_assignment(root, slug, entry, contents)
    for name in (COURSE_FILE, *contents):
        console.print(f"  {name}", highlight=False)
    console.print(
        f"Every TODO says what goes in its place. As it is, `autograder build {slug}` works, and "
        f"`autograder verify {slug}` asks for what is missing.",
        highlight=False,
        soft_wrap=True,
    )
    return 0


def add_assignment(root: Path, slug: str, entry: str, contents: Mapping[str, str]) -> None:
    """Write an assignment's files, and its entry into course.yml.

    Args:
        entry: the assignment's key and fields, not indented.
        contents: text by path, relative to the course.

    Raises:
        CourseError: for a name that cannot be one, or is taken; for a mistake in course.yml.
        UserError: if one of its files is there already; nothing is written then.
    """
    path = root / COURSE_FILE
    text = path.read_text(encoding="utf-8")
    course = parse_course(text, path)
    if not is_slug(slug):
        raise CourseError(f"`{slug}`: an assignment is called as a Python module, in lower case.")
    if slug in course.assignments:
        raise CourseError(f"{COURSE_FILE} has an assignment `{slug}` already.")
    changed = _with_assignment(text, entry.strip("\n"))
    parse_course(changed, path)  # before anything is written
    write_new(root, contents)
    write_atomic(path, changed.encode())


def _dates() -> dict[str, str]:
    today = date.today()
    return {"released": today.isoformat(), "due": (today + timedelta(weeks=WEEKS)).isoformat()}


def write_new(folder: Path, contents: Mapping[str, str]) -> None:
    """Write files that must not be there yet.

    Raises:
        UserError: if one is; nothing is written then.
    """
    taken = [name for name in contents if (folder / name).exists()]
    if taken:
        raise UserError(f"{folder / taken[0]} is there already; nothing was written.")
    for name, text in contents.items():
        write_atomic(folder / name, text.encode())


def _with_assignment(text: str, entry: str) -> str:
    """course.yml with an assignment after the last one; comments stay where they are.

    Args:
        entry: the assignment's key and fields, not indented.
    """
    lines = text.splitlines()
    column, end = YamlDocument(text).block(["assignments"])
    while end > 0 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # what stands between the last assignment and the next field is that field's
    added = [f"{' ' * column}{line}".rstrip() for line in entry.splitlines()]
    return "\n".join([*lines[:end], "", *added, *lines[end:]]) + "\n"
