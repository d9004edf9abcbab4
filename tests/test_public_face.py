"""What files outside the engine may import: the files at the top of `autograder/`, no others."""

from __future__ import annotations

import ast
import importlib
import subprocess
import tomllib
from pathlib import Path

import pytest

import autograder
from autograder.authoring.bundle import PLUGIN

ROOT = Path(__file__).parents[1]
ENGINE = Path(autograder.__file__).parent
FACE = {
    "checks": {
        "CheckFailed",
        "assert_array",
        "assert_close",
        "assert_equal",
        "assert_raises",
        "assert_speed",
        "expect",
        "fail",
        "test_case",
    },
    "data": {
        "FIRST",
        "DataError",
        "DataMissing",
        "Play",
        "circles",
        "digits",
        "plays",
        "shakespeare",
        "stand_in",
        "two_moons",
    },
    "leaderboard": {"bits"},
    "notebook": {"Notebook"},
    "otter_plugin": {"AutograderPlugin", "isolate"},
}


def test_the_files_at_the_top_are_the_public_face() -> None:
    files = {path.stem for path in ENGINE.glob("*.py")}
    assert files - {"__init__", "__main__"} == set(FACE)


@pytest.mark.parametrize("module", FACE)
def test_names(module: str) -> None:
    face = importlib.import_module(f"autograder.{module}")
    assert set(face.__all__) == FACE[module]
    assert all(hasattr(face, name) for name in FACE[module])


def test_what_is_written_for_students_imports_the_face_alone() -> None:
    folders = ("assignments", "solutions", "starter")
    listed = ["git", "ls-files", "--", *(f"{folder}/*.py" for folder in folders)]
    paths = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    read = 0
    for path in paths.splitlines():
        for part in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(part, ast.ImportFrom) and (part.module or "").startswith("autograder"):
                _, _, module = (part.module or "").partition(".")
                names = {alias.name for alias in part.names}
                read += 1
                assert names <= (FACE[module] if module else set(FACE)), path
    assert read > 100


def test_entry_points_and_plugin_lead_somewhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["scripts"]["autograder"].partition(":")
    assert callable(getattr(importlib.import_module(module), name))
    importlib.import_module(project["entry-points"]["pytest11"]["autograder"])
    module, _, name = PLUGIN.rpartition(".")
    assert module == "autograder.otter_plugin"
    assert name in FACE["otter_plugin"]


def test_every_room_says_what_it_is_for() -> None:
    for room in (path for path in ENGINE.iterdir() if (path / "__init__.py").is_file()):
        text = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
        assert text, room.name
        assert "mports" in text, f"{room.name} does not say what it may import"
