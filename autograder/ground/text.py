"""Words of others (names above all) where people or programs read them: without commands."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

MAX_NAME = 120  # bytes of UTF-8: a file system takes 255 for a name, ours are made longer
_JOINERS = "\u200c\u200d"  # part of words in Persian and Hindi, and of emoji
_FORMULA = ("=", "+", "-", "@")
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # ECMA-48: bold, colours, cursors


def printable(text: str) -> str:
    """The text, in as many lines as it has, without control characters, lone halves of characters,
    and the sequences that colour a terminal (torch raises errors with some)."""
    return "".join(c for c in _SEQUENCE.sub("", text) if c.isprintable() or c in "\n\t")


def shown(text: str) -> str:
    """The text in one line that does nothing to a terminal, a log or a table.

    Control characters, line breaks, marks that turn the direction of writing, and halves of
    characters become `?`; other white space a space.
    """
    return text if text.isprintable() else "".join(map(_harmless, text))


def _harmless(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    return "?"


def counted(number: int, what: str) -> str:
    """`1 student`, `2 students`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def few(names: Iterable[str], most: int = 10) -> str:
    """The first of some names, in a line."""
    named = list(names)
    return ", ".join(named[:most]) + (" …" if len(named) > most else "")


def safe_name(text: str) -> str:
    """A person's or file's name that can be shown, kept in a database and be part of a file's name.

    Equal names stay equal (composed and decomposed letters are one), and different ones different:
    what is cut or replaced is told by a digest at the end.
    """
    composed = unicodedata.normalize("NFC", text)
    name = shown(composed).replace("/", "_").replace("\\", "_").strip()
    name = f"_{name[1:]}" if name.startswith(".") else name
    if name == composed and len(name.encode()) <= MAX_NAME:
        return name
    digest = hashlib.sha256(composed.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    short = name.encode("utf-8", "replace")[: MAX_NAME - 9].decode("utf-8", "ignore").rstrip()
    return f"{short}-{digest}"


def cell(text: str) -> str:
    """Text for a field of a CSV file: in one line, and not taken for a formula by a spreadsheet."""
    line = shown(text)
    first = unicodedata.normalize("NFKC", line.lstrip(" " + _JOINERS)[:1])  # ＝ is = to some
    return f"'{line}" if first.startswith(_FORMULA) else line
