"""Bytes somebody sent → text → cells. Nothing is parsed as Python here, and nothing is run.

A notebook's cells are numbered as Jupyter numbers them when all are run: code cells that hold
something, from 1. Every reader of submissions in the project starts here, so that all count alike.
"""

from __future__ import annotations

import io
import json
import re
import tokenize
from dataclasses import dataclass
from typing import Any

LIVE_ONLY = "active-ipynb"
"""Tag of a cell that is for the notebook alone: plots, checks, benchmarks."""

MAX_CELLS = 2000
_DAMAGED = "Open it in Jupyter, save it and hand it in again."


class NotLoadable(Exception):
    """The file cannot be read as a program; the message is one sentence for the student."""


@dataclass(frozen=True)
class Cell:
    """A code cell of a notebook.

    Attributes:
        number: among the code cells that are not empty, from 1.
        live_only: whether it is for the notebook alone.
    """

    number: int
    source: str
    live_only: bool = False


def text_of(data: bytes, kind: str) -> str:
    """Decode a script (as Python does: UTF-8, or what it declares) or a notebook (UTF-8).

    Line ends become plain newlines.

    Raises:
        NotLoadable: it is not text, or a notebook that is called a script.
    """
    encoding = "utf-8-sig"
    try:
        if kind == "py":
            # A NUL byte is told of below; from 3.14 on detect_encoding would stop at it.
            plain = data.replace(b"\0", b" ")
            encoding = tokenize.detect_encoding(io.BytesIO(plain).readline)[0]
        text = io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, LookupError, UnicodeError) as error:
        line = data[: error.start].count(b"\n") + 1 if isinstance(error, UnicodeDecodeError) else 1
        raise NotLoadable(
            f"The file is not in UTF-8 (line {line}); save it with that encoding and hand it in "
            "again."
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise NotLoadable(
            f"The file is not a Python program: line {line} contains a NUL byte; save it as plain "
            "text in UTF-8 and hand it in again."
        )
    if kind == "py" and text.lstrip().startswith("{") and '"nbformat"' in text:
        raise NotLoadable(
            "The file is a Jupyter notebook with a name that ends in .py; let it end in .ipynb and "
            "hand it in again."
        )
    return text


def code_cells(text: str) -> list[Cell]:
    """The code cells of a notebook, nbformat 3 or 4; empty ones are left out.

    Raises:
        NotLoadable: it is not a notebook.
    """
    found: list[Cell] = []
    for place, cell in enumerate(_cells(text), 1):
        if type(cell) is not dict or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))  # nbformat 3 called it input
        if type(source) is list and all(type(s) is str for s in source):
            source = "".join(source)
        if type(source) is not str:
            raise NotLoadable(f"The notebook is damaged: cell {place} has no text. {_DAMAGED}")
        if source.strip():
            found.append(Cell(len(found) + 1, _lines_ended(source), LIVE_ONLY in _tags(cell)))
    return found


def _cells(text: str) -> list[Any]:
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise NotLoadable(f"The notebook is damaged: it is not valid JSON. {_DAMAGED}") from None
    cells = None
    if type(notebook) is dict:
        cells = notebook.get("cells")
        sheets = notebook.get("worksheets")  # nbformat 3
        if cells is None and type(sheets) is list and all(type(s) is dict for s in sheets):
            parts = [s.get("cells") for s in sheets]
            cells = [c for part in parts if type(part) is list for c in part]
    if type(cells) is not list:
        raise NotLoadable(
            f"The file is not a Jupyter notebook: it has no list of cells. {_DAMAGED}"
        )
    if len(cells) > MAX_CELLS:
        raise NotLoadable(f"The notebook has more than {MAX_CELLS} cells.")
    return cells


def _tags(cell: dict[str, Any]) -> list[Any]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if type(metadata) is dict else None
    return tags if type(tags) is list else []


def _lines_ended(source: str) -> str:
    return source.replace("\r\n", "\n").replace("\r", "\n")


# Where a script's cells begin: for VS Code, Spyder, PyCharm and Jupytext; as `jupyter nbconvert`
# and Databricks export them.
_MARKER = re.compile(r"^(?:#\s?%%|# In\[[\d ]*\]:|# COMMAND -{3,})")


def cell_starts(script: str) -> list[int]:
    """The lines (from 1) on which a script's cells begin; the first is always 1."""
    return [1] + [n for n, s in enumerate(script.split("\n"), 1) if n > 1 and _MARKER.match(s)]
