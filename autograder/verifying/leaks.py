"""What must not be handed out, looked for in everything that is."""

from __future__ import annotations

import ast
import html
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.authoring.bundle import Bundle, build_gradescope_zip, build_student_zip, unpack
from autograder.authoring.source import build_starter
from autograder.course.layout import solution_path

MIN_LENGTH = 24  # shorter lines are anybody's: `return result`
_BEGIN, _END = "# BEGIN SOLUTION", "# END SOLUTION"


def leaks(root: Path, slug: str, bundle: Bundle) -> Iterator[str]:
    """Every artefact that holds a line it must not hold, as a sentence."""
    secret = _secrets(root, slug, bundle)
    with tempfile.TemporaryDirectory(prefix="autograder-leaks-") as name:
        student, gradescope = Path(name) / "student.zip", Path(name) / "gradescope.zip"
        build_student_zip(root, slug, student)
        build_gradescope_zip(root, slug, gradescope)
        handed_out = {"starter/": build_starter(root, slug), "the student zip": unpack(student)}
        yield from _told(handed_out, secret)
        for what in ("solution", "mutant"):
            lines = secret[what] - secret["hidden test"]
            yield from _found("the Gradescope zip", unpack(gradescope), what, lines)


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
        secret = {what: lines - shown for what, lines in secret.items()}
    yield from _told(handed_out, secret)


def _told(handed_out: dict[str, dict[str, bytes]], secret: dict[str, set[str]]) -> Iterator[str]:
    for place, files in handed_out.items():
        for what, lines in secret.items():
            yield from _found(place, files, what, lines)


def _hint_lines(bundle: Bundle) -> Iterator[str]:
    """The lines of hidden test files that students see once results are out."""
    for source in bundle.hidden.values():
        lines = source.splitlines()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.keyword) and node.arg in ("failure_message", "name"):
                yield "\n".join(lines[node.lineno - 1 : node.end_lineno])


def _secrets(root: Path, slug: str, bundle: Bundle) -> dict[str, set[str]]:
    """What → its telling lines.

    A line that somebody also wrote where students may read it, in a public test or outside the
    solution's markers, is not secret.
    """
    solution, given = _split(solution_path(root, slug).read_text(encoding="utf-8"))
    folder = root / "assignments" / slug
    open_lines = given | set(_lines(bundle.public.values()))
    hidden = set(_lines([*bundle.hidden.values(), bundle.leaderboard]))
    mutants = set(_lines(p.read_text(encoding="utf-8") for p in folder.glob("mutants/*.py")))
    return {
        "hidden test": hidden - open_lines,
        "solution": solution - open_lines,
        "mutant": mutants - open_lines,
    }


def _split(source: str) -> tuple[set[str], set[str]]:
    """Lines inside and outside of the solution's markers."""
    inside: set[str] = set()
    outside: set[str] = set()
    current = outside
    for line in source.splitlines():
        text = line.strip()
        if text.startswith(_BEGIN):
            current = inside
        elif text.startswith(_END):
            current = outside
        elif len(text) >= MIN_LENGTH:
            current.add(text)
            if current is outside:  # live cells are commented out in the script
                current.add(text.removeprefix("# ").strip())
    return inside, outside


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (s for s in map(str.strip, text.splitlines()) if _telling(s))


def _telling(line: str) -> bool:
    boilerplate = re.match(r"(from|import|class|def|@|#|\"\"\")", line) is not None
    return len(line) >= MIN_LENGTH and not boilerplate


def _found(place: str, files: dict[str, bytes], what: str, secret: set[str]) -> Iterator[str]:
    for name, data in files.items():
        if name.endswith((".whl", ".png")):
            continue
        text = data.decode("utf-8", "replace").replace('\\"', '"')
        if name.endswith(".html"):  # highlighted code is cut into many elements
            text = html.unescape(re.sub(r"<[^>]*>", "", text))
        for line in sorted(secret):
            if line in text:
                yield f"{place}: {name} contains a line of a {what}: {line[:60]}"
                break
