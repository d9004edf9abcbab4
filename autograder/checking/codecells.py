"""The code in a student's script or notebook, with the place of every line.

A notebook gives its code cells in order, without what is only for the notebook: cells tagged
`active-ipynb`, IPython magics, and the cells that call Otter's grader.
"""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.ground.errors import UserError

LIVE_ONLY = "active-ipynb"
MAGICS_AROUND_CODE = {"%%time", "%%timeit", "%%capture", "%%prun"}


class WorkError(UserError):
    """Something is wrong with the folder or the student's file, in one sentence for the student.

    Attributes:
        usage: the command was wrong or files are missing, rather than the student's code.
    """

    def __init__(self, message: str, *, usage: bool = True) -> None:
        super().__init__(message)
        self.usage = usage

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook instead of a traceback."""
        return [str(self)]


@dataclass(frozen=True)
class Piece:
    """A script, or one cell of a notebook, ready to be run."""

    filename: str
    label: str
    source: str
    tree: ast.Module


def place(piece: Piece, number: int) -> str:
    lines = piece.source.splitlines()
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return f"{piece.label}line {number}" + (f": `{line}`" if line else "")


def read_pieces(path: Path) -> list[Piece]:
    """The code of a script or notebook, without what is only for the notebook.

    Raises:
        WorkError: unreadable, or not Python; with the line.
    """
    if path.suffix == ".ipynb":
        cells = _code_cells(path)
        return [_piece(path, f"cell {n}, ", source) for n, source in cells if source.strip()]
    return [_piece(path, "", _decoded(path))]


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, UnicodeDecodeError, LookupError):
        message = f"{path.name} is not saved as UTF-8. Save it in your editor as UTF-8."
        raise WorkError(message, usage=False) from None


def _code_cells(path: Path) -> Iterator[tuple[int, str]]:
    """Code cells with their number among code cells, which is what Jupyter shows as [7]."""
    import nbformat

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            text = path.read_text(encoding="utf-8-sig")
            notebook = nbformat.reads(text, as_version=4)
            cells = [c for c in notebook.cells if c.cell_type == "code"]
        except Exception:  # nbformat raises many kinds for what is not a notebook
            message = f"{path.name} is not a notebook that can be read. Save it again in Jupyter."
            raise WorkError(message, usage=False) from None
    for number, cell in enumerate(cells, 1):
        if LIVE_ONLY not in cell.metadata.get("tags", []):
            yield number, without_magics(cell.source)


def without_magics(source: str) -> str:
    """A cell as plain Python, line for line; magics become comments, as in the paired script."""
    from jupytext.magics import comment_magic

    try:
        ast.parse(source)
        return source
    except (SyntaxError, ValueError):
        first = source.split(maxsplit=1)[0]
        if first.startswith("%%") and first not in MAGICS_AROUND_CODE:
            return ""
        return "\n".join(comment_magic(source.splitlines(), language="python"))


def _piece(path: Path, label: str, source: str) -> Piece:
    filename = f"<{path.name} {label.rstrip(', ')}>" if label else str(path)
    try:
        tree = ast.parse(source)
        compile(tree, filename, "exec", dont_inherit=True)  # finds `return` outside a function
    except SyntaxError as error:
        where = place(Piece(filename, label, source, ast.Module([], [])), error.lineno or 1)
        message = f"{path.name} is not valid Python: {error.msg}\n  {where}"
        raise WorkError(message, usage=False) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise WorkError(f"{path.name} is not valid Python: {error}", usage=False) from None
    tree.body = [node for node in tree.body if not _is_grader(node)]
    return Piece(filename, label, source, tree)


def _is_grader(node: ast.stmt) -> bool:
    """Cells of the grader: `grader = …`, `grader.check("q1")`, and the imports before them."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id == "grader":
            return True
        if isinstance(part, ast.Import) and any(a.name == "otter" for a in part.names):
            return True
        if isinstance(part, ast.ImportFrom) and part.module == "autograder.notebook":
            return True
    return False
