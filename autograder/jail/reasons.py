"""Why a test of stock Otter failed, in the words that help a student: the reason first.

Otter tells a doctest's whole story, with the traceback through every library. What is kept: the
last line of the traceback, the last of the student's own lines in it, and the example. Runs in the
jail, on text that student code may have written: what comes out is a message, and no more.
"""

from __future__ import annotations

import linecache
import os
import re
import sys
import traceback
from textwrap import dedent

_CELLS = "<ipython-input-"
"""How IPython calls the file of a cell."""

_HEAD = "❌ Test case failed\n"
_STARS = "*" * 20
_FRAME = re.compile(r'^  File "([^"]*)", line \d+')
_ERROR_LINES = 4  # of what an exception says


def told(message: str) -> str:
    """Otter's message about a test case, the reason first; headline and all else as it was."""
    if not message.startswith(_HEAD):
        return message
    text = message.removeprefix(_HEAD)
    if _STARS in text:
        text = _doctest(text)
    elif text.startswith("Error at line"):
        text = _exception(text)
    return _HEAD + _without_paths(text)


def own_line(error: BaseException) -> str:
    """The last line of a student's cell on the way to an error, as a sentence; "" if none was."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(_CELLS):
            line = linecache.getline(frame.filename, frame.lineno or 0).strip()
            return f"Your line: {line}" if line else ""
    return ""


def _exception(text: str) -> str:
    """Of an exception-based test: `Error at line 5 in test q1:`, its line, the error, own line."""
    place, _, rest = text.partition("\n")
    lines = rest.splitlines()
    start = next((i for i, line in enumerate(lines) if not line.startswith(" ")), len(lines))
    test, error = lines[:start], lines[start:]
    own = [line for line in error if line.startswith("Your line: ")][-1:]
    error = [line for line in error if not line.startswith("Your line: ")]
    return "\n".join([*_said(error), *own, place, *test])


def _doctest(text: str) -> str:
    """Of a doctest: the first example that failed."""
    _, _, failed = text.partition(_STARS)
    failed = failed.split("\nTrying:\n")[0].split(f"\n{_STARS}")[0]
    failed = failed.partition("\n")[2]  # the rest of the stars
    _, found, example = failed.partition("Failed example:\n")
    if not found:
        return failed.strip("\n")
    example, raised, trace = example.partition("Exception raised:\n")
    if not raised:
        return f"Failed example:\n{example}".rstrip("\n")
    error, own = _last_error(dedent(trace))
    return "\n".join([*_said(error), *own, "Failed example:", example.rstrip("\n")])


def _last_error(trace: str) -> tuple[list[str], list[str]]:
    """What the last exception of a traceback says, and the last of the student's own lines."""
    lines, own = trace.splitlines(), list[str]()
    error: list[str] = []
    inside, in_cell = False, False
    for line in lines:
        frame = _FRAME.match(line)
        if line.startswith("Traceback (most recent call last)"):
            inside, error = True, []
        elif frame:
            inside, in_cell = True, frame[1].startswith(_CELLS)
        elif inside and line.startswith(" "):
            if in_cell and line.startswith("    ") and set(line.strip()) - set("^~"):
                own = [f"Your line: {line.strip()}"]
        else:
            inside = False
            error.append(line)
    return error, own


def _said(error: list[str]) -> list[str]:
    """The lines of an error, cut; words where it has none."""
    lines = [line for line in error if line.strip()]
    if lines and re.fullmatch(r"AssertionError:?\s*", lines[0]):
        lines[0] = "AssertionError: what the test asserts does not hold"
    elif lines and lines[0].endswith(": "):
        lines[0] = lines[0].rstrip(": ")
    return lines if len(lines) <= _ERROR_LINES else [*lines[: _ERROR_LINES - 1], lines[-1]]


def _without_paths(text: str) -> str:
    """A message that does not tell where things lie on this machine."""
    for folder in dict.fromkeys((os.getcwd(), sys.prefix, sys.base_prefix)):
        text = text.replace(folder + os.sep, "")
    return text
