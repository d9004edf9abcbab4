"""Which of a notebook and a script counts, where a student has both.

The rule is the same on a student's machine, in a zip, in a folder and on every platform, none of
which keeps reliable times: the one with fewer answers still unwritten; of equals, the notebook.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from autograder.jail.cells import NotLoadable, code_cells, text_of

_STUB = re.compile(r"^\s*raise NotImplementedError\b")
_SPECIAL = ("#", "%", "!", "grader.", "@marimo")

Kind = Literal["py", "ipynb"]


@dataclass(frozen=True)
class Choice:
    """Which of the two counts.

    Attributes:
        same: whether both hold the same code; then it does not matter.
        reason: why it counts, for the student.
    """

    kind: Kind
    same: bool
    reason: str = ""


def choose(notebook: bytes, script: bytes) -> Choice:
    """The one that counts. What cannot be read counts only against what cannot be read either."""
    lines = {"ipynb": _code_lines(notebook, "ipynb"), "py": _code_lines(script, "py")}
    in_notebook, in_script = lines["ipynb"], lines["py"]
    if in_notebook is None or in_script is None:
        kind: Kind = "py" if in_notebook is None and in_script is not None else "ipynb"
        return Choice(kind, False, "the other one cannot be read")
    if in_notebook == in_script:
        return Choice("ipynb", True)
    left, left_in_script = (sum(map(bool, map(_STUB.match, x))) for x in (in_notebook, in_script))
    if left == left_in_script:
        return Choice("ipynb", False, "as much is written in both, and then the notebook counts")
    fewer: Kind = "ipynb" if left < left_in_script else "py"
    return Choice(fewer, False, "more is written in it")


def _code_lines(data: bytes, kind: Kind) -> list[str] | None:
    """Lines that hold code, without comments, magics and calls of the grader."""
    try:
        text = text_of(data, kind)
        if kind == "ipynb":
            text = "\n".join(c.source for c in code_cells(text) if not c.live_only)
    except NotLoadable:
        return None
    lines = (line.rstrip() for line in text.split("\n"))
    return [line for line in lines if line and not line.lstrip().startswith(_SPECIAL)]
