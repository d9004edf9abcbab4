"""Notebook and script: written from each other, and never locked."""

from __future__ import annotations

import os
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from shared.tiny_course import SLUG, make_course

from autograder.authoring.source import write_starter
from autograder.checking.convert import convert
from autograder.checking.errors import WorkError
from autograder.submissions.read import read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_course(tmp_path)
    write_starter(tmp_path, SLUG)
    return tmp_path / "starter" / SLUG


def sources(path: Path) -> list[tuple[str, str]]:
    book = jupytext.read(path)
    return [(cell.cell_type, cell.source) for cell in book.cells]


def test_there_and_back(folder: Path) -> None:
    script, notebook = folder / f"{SLUG}.py", folder / f"{SLUG}.ipynb"
    before = sources(notebook)
    assert convert(script) == (
        f"{SLUG}.ipynb holds now what {SLUG}.py holds. What it was before is in {SLUG}.ipynb.bak."
    )
    assert sources(notebook) == before
    assert convert(notebook).startswith(f"{SLUG}.py holds now")
    assert sources(script) == before


def test_comments_and_statements_that_look_like_a_shell_s(folder: Path) -> None:
    notebook = folder / f"{SLUG}.ipynb"
    cells = ["# copy the rows first\nx = 1", "%matplotlib inline\nrm = 2\nrm += 1", "!ls"]
    nbformat.write(new_notebook(cells=[new_code_cell(c) for c in cells]), notebook)
    convert(notebook)
    notebook.unlink()
    convert(folder / f"{SLUG}.py")
    assert [source for _, source in sources(notebook)] == cells


def test_outputs_stay_where_the_code_is_the_same(folder: Path) -> None:
    notebook = folder / f"{SLUG}.ipynb"
    shown = new_code_cell("1 + 1", outputs=[new_output("stream", text="2\n")], execution_count=3)
    nbformat.write(new_notebook(cells=[new_markdown_cell("# T"), shown]), notebook)
    convert(notebook)
    convert(folder / f"{SLUG}.py")
    cell = nbformat.read(str(notebook), as_version=4).cells[1]
    assert (cell.outputs[0].text, cell.execution_count) == ("2\n", 3)


@pytest.mark.parametrize("name", ["nothing.py", "notes.txt"])
def test_what_cannot_be_converted(folder: Path, name: str) -> None:
    (folder / "notes.txt").write_text("x")
    with pytest.raises(WorkError):
        convert(folder / name)


@pytest.mark.parametrize("newer", [".py", ".ipynb"])
def test_jupyterlab_opens_what_was_edited_elsewhere(folder: Path, newer: str) -> None:
    """Jupytext's contents manager refuses one of a pair that is older than the other."""
    from jupyter_server.services.contents.largefilemanager import LargeFileManager
    from jupytext.sync_contentsmanager import build_sync_jupytext_contents_manager_class

    edited = folder / f"{SLUG}{newer}"
    edited.write_text(edited.read_text().replace("not written yet", "edited"), encoding="utf-8")
    later = edited.stat().st_mtime + 60
    os.utime(edited, (later, later))
    manager = build_sync_jupytext_contents_manager_class(LargeFileManager)(root_dir=str(folder))
    other = folder / f"{SLUG}{'.ipynb' if newer == '.py' else '.py'}"
    untouched = other.read_bytes()

    model = manager.get(edited.name, type="notebook", content=True)
    manager.save(model, edited.name)
    assert "edited" in str(model["content"])
    assert "edited" in edited.read_text(encoding="utf-8")
    assert other.read_bytes() == untouched  # no stub over work, no work over a stub
    assert not read(folder, SLUG, "ann").refusal
