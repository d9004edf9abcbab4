"""`autograder build --otter`: our source as a master notebook that stock `otter assign` accepts.

A test case becomes a test cell that holds all it needs: what its file imports and defines goes into
the function. Where the notebook is graded, the engine must be installed, for `autograder.checks`.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from rich.console import Console

from autograder.authoring.build import chosen
from autograder.authoring.bundle import Bundle
from autograder.authoring.source import (
    WRITTEN,
    Given,
    assembled,
    build_starter,
    given_cells,
    notebook_bytes,
    read_cells,
)
from autograder.course.layout import read_files
from autograder.course.model import Assignment, find_course
from autograder.ground.files import write_atomic

_STUDENT = """\
def student(probe, *args, **kwargs):
    import inspect
    signature = inspect.signature(probe)
    given = signature.bind_partial(*args, **kwargs).arguments
    wanted = [n for n, p in signature.parameters.items() if n not in given and p.default is p.empty]
    return probe(**given, **{name: env[name] for name in wanted})
"""
_HEADER = {"OK_FORMAT", "name", "points", "hints"}


def build_masters(slugs: list[str] | None, console: Console) -> int:
    """Write dist/otter/<slug>/<slug>.ipynb. Returns an exit code.

    Raises:
        CourseError, SourceError: for mistakes in what is written by hand.
    """
    root = find_course()
    for slug in chosen(slugs, root):
        folder = root / "dist" / "otter" / slug
        write_atomic(folder / f"{slug}.ipynb", master(root, slug))
        for name, data in read_files(root, slug).items():
            write_atomic(folder / name, data)
        shown = folder.relative_to(root) / f"{slug}.ipynb"
        console.print(f"{shown}   `otter assign {slug}.ipynb out`, in its folder", highlight=False)
    return 0


def master(root: Path, slug: str) -> bytes:
    """The notebook of an assignment.

    Raises:
        CourseError, SourceError: for mistakes in what is written by hand.
    """
    build_starter(root, slug)  # refuses what would hand a solution out
    bundle = Bundle.from_course(root, slug)
    given = given_cells(bundle.assignment, read_cells(root, slug))
    places: dict[str, list[int]] = {}
    for number, cell in enumerate(given):
        if cell.question:
            places.setdefault(cell.question, []).append(number)
    begins = {numbers[0]: question for question, numbers in places.items()}
    ends = {numbers[-1]: question for question, numbers in places.items()}
    cells = [_block(f"ASSIGNMENT CONFIG\nname: {json.dumps(slug)}\ntests:\n  ok_format: false")]
    for number, cell in enumerate(given):
        if number in begins:
            question = begins[number]
            cells.append(_block(f"BEGIN QUESTION\nname: {question}"))
        cells += list(_cell(cell, bundle.assignment))
        if number in ends:
            question = ends[number]
            cells.append(_block("BEGIN TESTS"))
            cells += [new_code_cell(test) for test in _tests(bundle, question)]
            cells += [_block("END TESTS"), _block("END QUESTION")]
    return notebook_bytes(assembled(cells))


def _block(text: str) -> Any:
    return new_raw_cell(f"# {text}")


def _cell(cell: Given, assignment: Assignment) -> Iterator[Any]:
    source, tags = cell.cell.node.source, cell.cell.tags
    if cell.question and cell.cell.is_code:
        yield from (_block("BEGIN SOLUTION"), new_code_cell(source), _block("END SOLUTION"))
    elif WRITTEN in tags and assignment.written:
        points = assignment.written.points
        head = f"BEGIN QUESTION\nname: written\nmanual: true\npoints: {points:g}"
        yield from (_block(head), new_markdown_cell(source), _block("BEGIN SOLUTION"))
        yield from (new_markdown_cell("*Answer*"), _block("END SOLUTION"), _block("END QUESTION"))
    elif "answer" not in tags and "solution" not in tags:
        yield new_code_cell(source) if cell.cell.is_code else new_markdown_cell(source)


def _tests(bundle: Bundle, question: str) -> Iterator[str]:
    """The test cells of a question, public and hidden."""
    for key, _, source in bundle.tests():
        if key == question:
            tree = ast.parse(source)
            cases = [node for node in tree.body if _decorator(node) is not None]
            shared = [n for n in tree.body if _decorator(n) is None and not _is_header(n)]
            for case in cases:
                assert isinstance(case, ast.FunctionDef)
                yield _test(case, shared)


def _test(case: ast.FunctionDef, shared: Sequence[ast.stmt]) -> str:
    """One test cell: its configuration, and a function that holds what its file defines."""
    decorator = _decorator(case)
    assert decorator is not None
    options = {k.arg: k.value for k in decorator.keywords}
    config = {
        name: ast.literal_eval(options[name])
        for name in ("points", "hidden", "failure_message")
        if name in options
    }
    lines = [f"{name}: {json.dumps(value)}" for name, value in config.items()]
    inner = ast.FunctionDef(
        name=case.name, args=case.args, body=case.body, decorator_list=[], returns=None
    )
    asked = [a.arg for a in (*case.args.args, *case.args.kwonlyargs)]
    given = ", ".join(f"{n}={n if n == 'student' else f'env[{n!r}]'}" for n in asked)
    text = [ast.unparse(ast.fix_missing_locations(node)) for node in (*shared, inner)]
    body = "\n".join([*([_STUDENT] if "student" in asked else []), *text, f"{case.name}({given})"])
    indented = "\n".join(f"    {line}" if line else "" for line in body.splitlines())
    head = "\n".join(['""" # BEGIN TEST CONFIG', *lines, '""" # END TEST CONFIG'])
    return f"{head}\ndef {case.name}(env):\n{indented}"


def _decorator(node: ast.stmt) -> ast.Call | None:
    """`@test_case(…)` of a function, if it has one."""
    for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else []:
        called = decorator if isinstance(decorator, ast.Call) else None
        if called and ast.unparse(called.func).rpartition(".")[2] == "test_case":
            return called
    return None


def _is_header(node: ast.stmt) -> bool:
    """What only our test files have: the docstring, `name`, `points`."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    names = {getattr(t, "id", "") for t in node.targets} if isinstance(node, ast.Assign) else set()
    return bool(names & _HEADER)
