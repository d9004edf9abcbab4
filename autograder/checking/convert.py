"""`autograder convert`: the notebook from the script, or the script from the notebook."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

from autograder.checking.errors import WorkError
from autograder.course.parts import PERCENT
from autograder.ground.files import write_atomic


def convert(path: Path) -> str:
    """Write the other one of a notebook and a script; what was there is kept as `….bak`.

    Outputs of the notebook's cells stay where the code is the same.

    Args:
        path: `matmul.py` or `matmul.ipynb`.

    Returns:
        What was done, as a sentence.

    Raises:
        WorkError: it is neither, or cannot be read.
    """
    if path.suffix not in (".py", ".ipynb"):
        raise WorkError(f"{path.name} is neither a script (.py) nor a notebook (.ipynb).")
    if not path.is_file():
        raise WorkError(f"{path} does not exist.")
    other = path.with_suffix(".ipynb" if path.suffix == ".py" else ".py")
    text = _written(path, other)
    kept = ""
    if other.is_file():
        backup = other.with_name(other.name + ".bak")
        write_atomic(backup, other.read_bytes())
        kept = f" What it was before is in {backup.name}."
    write_atomic(other, text.encode())
    return f"{other.name} holds now what {path.name} holds.{kept}"


def _written(path: Path, other: Path) -> str:
    import jupytext
    import nbformat

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            text = path.read_text(encoding="utf-8-sig")
            if path.suffix == ".ipynb":
                book: Any = nbformat.reads(text, as_version=4)
                jupytext_header(book)
                return str(jupytext.writes(book, fmt=PERCENT))
            book = jupytext.reads(text, fmt=PERCENT)
            jupytext_header(book)
            _keep_outputs(book, other)
            return str(nbformat.writes(book)) + "\n"
        except (OSError, WorkError):
            raise
        except Exception as error:  # whatever parsers raise for a file that is none
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise WorkError(f"{path.name} cannot be read: {reason}.", usage=False) from None


def jupytext_header(book: Any) -> None:
    """Nothing that ties the two together: JupyterLab would refuse to open the older one."""
    header = book.metadata.setdefault("jupytext", {})
    header.pop("formats", None)
    header["comment_magics"] = False


def _keep_outputs(book: Any, before: Path) -> None:
    try:
        cells = json.loads(before.read_text(encoding="utf-8-sig"))["cells"]
        known = {"".join(c["source"]): c for c in cells if c.get("cell_type") == "code"}
    except (OSError, ValueError, KeyError, TypeError):
        return
    import nbformat

    for cell in book.cells:
        old = known.get(cell.source) if cell.cell_type == "code" else None
        if old:
            cell.outputs = [nbformat.from_dict(output) for output in old.get("outputs", [])]
            cell.execution_count = old.get("execution_count")
