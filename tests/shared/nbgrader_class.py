"""A small class of the tiny course, and the commands that grade it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat

from shared.tiny_course import write

EVIL = "<script>alert(1)</script> <img src=x onerror=alert(2)> Fine, $a < b$."


def autograder(root: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *arguments],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def hand_in(root: Path) -> None:
    cells = [
        nbformat.v4.new_code_cell("def add(a, b):\n    return a + b", metadata={"tags": ["q1"]}),
        nbformat.v4.new_markdown_cell("Report. What did you see?", metadata={"tags": ["written"]}),
        nbformat.v4.new_markdown_cell(EVIL, metadata={"tags": ["answer"]}),
    ]
    cells[0].outputs = [nbformat.v4.new_output("display_data", {"text/html": EVIL})]
    (root / "submissions").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "submissions" / "ada.ipynb")
    write(root / "submissions" / "bob.py", "def add(a, b):\n    return b\n")
    write(root / "submissions" / "eve.ipynb", "{")
