"""Bundles and submissions of stock Otter, made from the folders in tests/shared/foreign/."""

from __future__ import annotations

import contextlib
from pathlib import Path

import jupytext
import nbformat
from otter.generate import main as otter_generate

from autograder.grading.choice import open_bundle
from autograder.grading.foreign.bundle import ForeignBundle

BUNDLES = Path(__file__).parent / "foreign"
SLUG = "lab"


def generate(folder: Path, out: Path) -> Path:
    """What `otter generate` makes of a folder with tests/, otter_config.json and maybe files/."""
    beside = folder / "files" if (folder / "files").is_dir() else folder
    names = [p.name for p in beside.iterdir()] if beside != folder else []
    with contextlib.chdir(beside):
        otter_generate(
            tests_dir=str(folder / "tests"),
            output_path=str(out),
            config=str(folder / "otter_config.json"),
            no_requirements=True,
            no_environment=True,
            files=names,
        )
    return out


def write_submission(source: str, path: Path, assignment: str = "") -> Path:
    """A percent script as it is, or as a notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".py":
        path.write_text(source)
        return path
    notebook = jupytext.reads(source, fmt="py:percent")
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "name": "python3"}
    if assignment:
        notebook.metadata["otter"] = {"assignment_name": assignment}
    nbformat.write(notebook, path)
    return path


def opened(path: Path) -> ForeignBundle:
    bundle = open_bundle(path, SLUG)
    assert isinstance(bundle, ForeignBundle)
    return bundle
