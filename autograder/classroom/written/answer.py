"""What a student answered to the written question, from a script or notebook. Runs in the jail.

The answer is everything below the question: the cell tagged `written`, or, where tags were lost,
the cell that begins like the question. Nothing of it is executed.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any, Literal

import jupytext
import nbformat

from autograder.course.parts import HAND_IN, PERCENT
from autograder.jail.cells import NotLoadable, text_of

MAX_TEXT = 60_000  # characters of an answer that are shown; a report of one page has 3000
MAX_FIGURES = 8
MAX_FIGURE = 8 << 20  # bytes

State = Literal["answered", "unchanged", "missing"]


class Unreadable(Exception):
    """The file is no script or notebook; the message is a sentence."""


@dataclass
class Block:
    """A cell of the answer.

    Attributes:
        pictures: of a markdown cell, embedded in it, by name; of a code cell, what it drew.
    """

    kind: Literal["markdown", "code"]
    text: str
    pictures: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Answer:
    """An answer, with the pictures that the notebook's other cells drew."""

    state: State
    blocks: list[Block] = field(default_factory=list)
    figures: list[bytes] = field(default_factory=list)


def find_answer(source: bytes, kind: str, question: str, placeholder: str) -> Answer:
    """Look for the answer.

    Args:
        kind: "py" or "ipynb".
        question, placeholder: the two cells as they were handed out.

    Raises:
        Unreadable: if there are no cells to look through.
    """
    cells = cells_of(source, kind)
    figures = [p for c in cells for p in _drawn(c).values()]
    place = _place(cells, question)
    if place is None:
        return Answer("missing", figures=figures[-MAX_FIGURES:])
    below = [cell for cell in cells[place + 1 :] if not _is_ending(cell)]
    if _plain(cells[place].source) != _plain(question):  # written into the question's own cell
        below = [cells[place], *below]
    blocks = _limited([_block(cell) for cell in below if cell.source.strip()])
    untouched = all(_plain(b.text) in (_plain(placeholder), "") for b in blocks)
    shown = {data for block in blocks for data in block.pictures.values()}
    others = [data for data in figures if data not in shown]
    return Answer("unchanged" if untouched else "answered", blocks, others[-MAX_FIGURES:])


def cells_of(source: bytes, kind: str) -> list[Any]:
    """The cells of a script or notebook.

    Raises:
        Unreadable: if there are none.
    """
    try:
        text = text_of(source, kind)
    except NotLoadable as problem:
        raise Unreadable(str(problem)) from None
    try:
        if kind == "ipynb":
            return list(nbformat.reads(text, as_version=4).cells)
        return list(jupytext.reads(text, fmt=PERCENT).cells)
    except Exception:  # whatever parsers raise for a file that is none
        raise Unreadable("The file cannot be read as a notebook or a script with cells.") from None


def _place(cells: list[Any], question: str) -> int | None:
    texts = [c if c.cell_type == "markdown" else None for c in cells]
    for number, cell in enumerate(texts):
        if cell is not None and "written" in cell.metadata.get("tags", []):
            return number
    heading = _plain(question.partition("\n")[0])
    for number, cell in enumerate(texts):
        if cell is not None and heading and _plain(cell.source.partition("\n")[0]) == heading:
            return number
    return None


def _is_ending(cell: Any) -> bool:
    """Whether a cell is about handing in, as every notebook's last ones are."""
    if cell.cell_type == "markdown":
        return bool(cell.source.startswith(HAND_IN))
    return cell.source.lstrip("# ").strip() in ("grader.progress()", "grader.submit()")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _block(cell: Any) -> Block:
    if cell.cell_type == "code":
        return Block("code", cell.source, _drawn(cell))
    pictures = {}
    for name, bundle in dict(cell.get("attachments", {})).items():
        for mime in ("image/png", "image/jpeg"):
            if mime in bundle:
                pictures[name] = decoded(bundle[mime])
    return Block("markdown", cell.source, pictures)


def _drawn(cell: Any) -> dict[str, bytes]:
    """The pictures among a code cell's outputs."""
    found = {}
    for number, output in enumerate(cell.get("outputs", [])):
        data = output.get("data", {})
        if "image/png" in data:
            found[str(number)] = decoded(data["image/png"])
    return {name: picture for name, picture in found.items() if picture}


def decoded(text: Any) -> bytes:
    """Base64 as notebooks hold it, or b"" if it is none or too large."""
    joined = "".join(text) if isinstance(text, list) else str(text)
    if len(joined) > MAX_FIGURE * 4 // 3:
        return b""
    try:
        return base64.b64decode(joined)
    except (binascii.Error, ValueError):
        return b""


def _limited(blocks: list[Block]) -> list[Block]:
    left, kept = MAX_TEXT, []
    for block in blocks:
        text = block.text
        if len(text) > left:
            text = text[:left] + "\n\n(The answer goes on; it is longer than can be shown here.)"
        kept.append(Block(block.kind, text, block.pictures))
        left -= len(block.text)
        if left <= 0:
            break
    return kept
