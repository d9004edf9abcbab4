"""Where the hand-written parts of an assignment lie, and reading them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Literal

from autograder.course.model import Assignment
from autograder.ground.errors import UserError
from autograder.ground.files import read_tree

LEADERBOARD_FILE = "leaderboard.py"

Visibility = Literal["public", "hidden"]


class SourceError(UserError):
    """A mistake in an assignment's hand-written files, in one sentence with its place."""


def solution_path(root: Path, slug: str) -> Path:
    """The percent script that is handout and reference solution at once."""
    return root / "solutions" / slug / f"{slug}.py"


def starter_path(root: Path, slug: str) -> Path:
    """The generated folder that a student receives."""
    return root / "starter" / slug


def read_text(root: Path, path: Path) -> str:
    """A hand-written text file with plain line ends.

    Raises:
        SourceError: if it is missing or not UTF-8.
    """
    shown = path.relative_to(root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SourceError(f"{shown} is missing.") from None
    except UnicodeDecodeError:
        raise SourceError(f"{shown} is not saved as UTF-8.") from None
    return text.replace("\r\n", "\n")


def read_files(root: Path, slug: str) -> dict[str, bytes]:
    """What lies beside the notebook (`assignments/<slug>/files/`), by relative path.

    Raises:
        SourceError: if a name is one that `build` generates itself.
    """
    files = read_tree(root / "assignments" / slug / "files")
    for name in files:
        if name in (f"{slug}.py", f"{slug}.ipynb", "README.md") or name.startswith("tests/"):
            place = f"assignments/{slug}/files/{name}"
            raise SourceError(f"{place} has a name that is taken by a generated file.")
    return files


def read_tests(root: Path, assignment: Assignment, visibility: Visibility) -> dict[str, str]:
    """The test files of one kind by question, in the order of the questions.

    Every question must have a public file; a hidden file is its author's choice.

    Raises:
        SourceError: for a file that is missing, of no question, not Python or wrongly named inside.
    """
    folder = root / "assignments" / assignment.slug / visibility
    shown = folder.relative_to(root).as_posix()
    for path in sorted(folder.glob("*.py")):
        if path.stem not in assignment.questions:
            known = ", ".join(assignment.questions)
            raise SourceError(f"{shown}/{path.name} belongs to no question; there is: {known}.")
    tests = {}
    for question in assignment.questions:
        path = folder / f"{question}.py"
        if visibility == "public" or path.exists():
            tests[question] = read_text(root, path)
            name = question if visibility == "public" else f"{question} (hidden)"
            _check_header(f"{shown}/{path.name}", tests[question], name)
    return tests


def read_leaderboard(root: Path, assignment: Assignment) -> str:
    """Source of `assignments/<slug>/leaderboard.py`; "" for an assignment that has no leaderboard.

    Raises:
        SourceError: if it is missing, unasked for, not Python or defines no `value`.
    """
    path = root / "assignments" / assignment.slug / LEADERBOARD_FILE
    shown = path.relative_to(root).as_posix()
    if assignment.leaderboard is None:
        if path.exists():
            raise SourceError(f"{shown} is there, but course.yml gives it no `leaderboard`.")
        return ""
    source = read_text(root, path)
    tree = _parse(shown, source)
    if not any(isinstance(n, ast.FunctionDef) and n.name == "value" for n in tree.body):
        raise SourceError(f"{shown} must define the function `value(student, defined)`.")
    return source


def _parse(place: str, source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise SourceError(f"{place}, line {line}: this is not Python: {error}.") from None


def _check_header(place: str, source: str, name: str) -> None:
    """Two files with one name would overwrite each other's results in Otter without a word."""
    tree = _parse(place, source)
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for field, wanted in (("OK_FORMAT", False), ("name", name)):
        if field not in constants or constants[field] != wanted:
            shown = f'"{wanted}"' if isinstance(wanted, str) else wanted
            raise SourceError(f"{place} must contain the line `{field} = {shown}`.")
