"""What must not be handed out, looked for in everything that is."""

from __future__ import annotations

import ast
import html
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.authoring.bundle import Bundle, build_gradescope_zip, build_student_zip, unpack
from autograder.authoring.source import LIVE, build_starter, read_cells
from autograder.authoring.stubs import BEGIN, END, Source, body, functions, marked_lines
from autograder.course.layout import solution_path
from autograder.course.model import Assignment

MIN_LENGTH = 24  # shorter lines are anybody's: `return result`


def leaks(root: Path, slug: str, bundle: Bundle) -> Iterator[str]:
    """Every artefact that holds a line it must not hold, as a sentence."""
    secret = _secrets(root, slug, bundle)
    with tempfile.TemporaryDirectory(prefix="autograder-leaks-") as name:
        student, gradescope = Path(name) / "student.zip", Path(name) / "gradescope.zip"
        build_student_zip(root, slug, student)
        build_gradescope_zip(root, slug, gradescope)
        handed_out = {"starter/": build_starter(root, slug), "the student zip": unpack(student)}
        yield from _told(handed_out, secret)
        tests = {text for test in bundle.hidden.values() for _, text in _statements(test)}
        for what in ("solution", "mutant"):
            lines = secret[what].lines - secret["hidden test"].lines  # those are in it
            statements = secret[what].statements - tests
            found = _Secret(lines, statements)
            yield from _found("the Gradescope zip", unpack(gradescope), what, found)


def leaks_in(
    root: Path, slug: str, handed_out: dict[str, dict[str, bytes]], *, hints: bool = False
) -> Iterator[str]:
    """Every file for students that holds a line it must not hold, as a sentence.

    Args:
        handed_out: place → files by name.
        hints: the hints of hidden tests may be shown, as in feedback after the deadline.
    """
    bundle = Bundle.from_course(root, slug)
    secret = _secrets(root, slug, bundle)
    if hints:
        shown = set(_lines(_hint_lines(bundle)))
        secret = {what: replace(s, lines=s.lines - shown) for what, s in secret.items()}
    yield from _told(handed_out, secret)


def _told(handed_out: dict[str, dict[str, bytes]], secret: dict[str, _Secret]) -> Iterator[str]:
    for place, files in handed_out.items():
        for what, found in secret.items():
            yield from _found(place, files, what, found)


def _hint_lines(bundle: Bundle) -> Iterator[str]:
    """The lines of hidden test files that students see once results are out."""
    for source in bundle.hidden.values():
        lines = source.splitlines()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.keyword) and node.arg in ("failure_message", "name"):
                yield "\n".join(lines[node.lineno - 1 : node.end_lineno])


@dataclass(frozen=True)
class _Secret:
    """What must not be handed out: telling lines as they are written, and statements however they
    are laid out."""

    lines: frozenset[str]
    statements: frozenset[str] = frozenset()


def _secrets(root: Path, slug: str, bundle: Bundle) -> dict[str, _Secret]:
    """Hidden test, solution and mutant → what of it is secret.

    What somebody also wrote where students may read it, in a public test or in a part of the
    solution that they receive, is not.
    """
    source = solution_path(root, slug).read_text(encoding="utf-8")
    ours = _secret_lines(source, bundle.assignment)
    inside, outside = _split(source, ours)
    open_lines = outside | set(_lines(bundle.public.values()))
    folder = root / "assignments" / slug
    hidden = set(_lines([*bundle.hidden.values(), bundle.leaderboard]))
    mutants = set(_lines(p.read_text(encoding="utf-8") for p in folder.glob("mutants/*.py")))
    written = {text: line for line, text in _statements(source)}
    given = {text for line, text in _statements(source) if line not in ours}
    shown = [*bundle.public.values(), *_live(root, slug)]
    given |= {text for code in shown for _, text in _statements(code)}
    return {
        "hidden test": _Secret(frozenset(hidden - open_lines)),
        "solution": _Secret(frozenset(inside - open_lines), frozenset(written.keys() - given)),
        "mutant": _Secret(frozenset(mutants - open_lines)),
    }


def _live(root: Path, slug: str) -> Iterator[str]:
    """Code that is live in the notebook; in the script it is a comment."""
    for cell in read_cells(root, slug):
        if cell.is_code and LIVE in cell.tags:
            yield cell.node.source


def _secret_lines(source: str, assignment: Assignment) -> set[int]:
    """The lines of the solution that students do not receive: what is marked, and what the
    questions ask for, whether marked or not."""
    secret = marked_lines(source)
    module = Source(source, "the solution")
    for name in (name for question in assignment.questions.values() for name in question.names):
        for definition in module.definitions(name):
            for _, function in functions(name, definition):
                if not module.is_given(function):
                    for statement in body(function):
                        secret |= set(range(statement.lineno, (statement.end_lineno or 0) + 1))
    return secret


def _split(source: str, secret: set[int]) -> tuple[set[str], set[str]]:
    """Telling lines that are secret, and lines that are not."""
    inside: set[str] = set()
    outside: set[str] = set()
    for number, line in enumerate(source.splitlines(), 1):
        text = line.strip()
        if len(text) < MIN_LENGTH or text.startswith((BEGIN, END)):
            continue
        if number in secret:
            inside.add(text)
        else:
            outside |= {text, text.removeprefix("# ").strip()}  # live cells are comments here
    return inside, outside


def _statements(source: str) -> Iterator[tuple[int, str]]:
    """Line and normal form of every statement that says something; none of what is not Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or hasattr(node, "body"):
            continue
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        text = ast.unparse(node)
        if not is_text and _telling(text):
            yield node.lineno, text


def _code(name: str, data: bytes) -> Iterator[str]:
    """The pieces of Python in a file that is handed out."""
    if name.endswith(".py"):
        yield data.decode("utf-8", "replace")
    elif name.endswith(".ipynb"):
        cells = json.loads(data)["cells"]
        yield from ("".join(c["source"]) for c in cells if c["cell_type"] == "code")


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (s for s in map(str.strip, text.splitlines()) if _telling(s))


def _telling(line: str) -> bool:
    boilerplate = re.match(r"(from|import|class|def|@|#|\"\"\")", line) is not None
    return len(line) >= MIN_LENGTH and not boilerplate


def _found(place: str, files: dict[str, bytes], what: str, secret: _Secret) -> Iterator[str]:
    for name, data in files.items():
        if name.endswith((".whl", ".png")):
            continue
        text = data.decode("utf-8", "replace").replace('\\"', '"')
        if name.endswith(".html"):  # highlighted code is cut into many elements
            text = html.unescape(re.sub(r"<[^>]*>", "", text))
        told = sorted(line for line in secret.lines if line in text)
        if not told and secret.statements:
            said = {statement for code in _code(name, data) for _, statement in _statements(code)}
            told = sorted(said & secret.statements)
        if told:
            yield f"{place}: {name} contains a line of a {what}: {told[0].splitlines()[0][:60]}"
