"""Packages that are imported from outside the environment: read in the jail, or named."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from shared.foreign_bundles import SLUG, write_submission
from shared.isolation import isolates
from shared.public_shapes import SHAPES

from autograder.jail import layers

pytestmark = isolates

ROOT = Path(__file__).parents[2]
PACKAGES = Path(sysconfig.get_path("purelib"))


def stacked(folder: Path, packages: Path) -> Path:
    """The Python of an empty environment, in which a `.pth` file leads to these packages."""
    venv.create(folder / "env", with_pip=False, symlinks=True)
    (site,) = (folder / "env").glob("lib/python3*/site-packages")
    (site / "elsewhere.pth").write_text(f"{packages}\n{ROOT}\n", encoding="utf-8")
    return folder / "env" / "bin" / "python"


def grade(python: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    bundle = SHAPES["tables"].write(folder / "theirs.zip")
    write_submission(SHAPES["tables"].source("right"), folder / "class" / "ada.ipynb")
    command = [python, "-m", "autograder", "grade", SLUG, "class", "--bundle", bundle]
    environment = {**os.environ, "COLUMNS": "160"}
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


def test_an_environment_on_top_of_another(tmp_path: Path) -> None:
    done = grade(stacked(tmp_path, PACKAGES), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    table = (tmp_path / "results" / "results.csv").read_text(encoding="utf-8").splitlines()
    assert table[1].startswith("ada,ada,3,3,1,2,")


def test_packages_that_the_jail_cannot_read_are_no_students_fault(tmp_path: Path) -> None:
    linked = tmp_path / "site-packages"  # the links can be read, what they lead to cannot
    linked.mkdir()
    for entry in PACKAGES.iterdir():
        (linked / entry.name).symlink_to(entry)
    done = grade(stacked(tmp_path, linked), tmp_path)
    assert done.returncode == 1, done.stdout
    assert "the jail cannot read packages of this Python (" in done.stderr
    assert "damaged" not in done.stdout + done.stderr
    assert not (tmp_path / "results" / "results.csv").exists()


def test_which_folders_are_open_and_which_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others, project = tmp_path / "other" / "site-packages", tmp_path / "project"
    for folder in (others, project):
        folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(others), str(project), str(tmp_path / "no")])
    layers.readable_paths.cache_clear()
    try:
        assert str(others) in layers.interpreter_paths()
        assert layers.closed_folders() == [str(project)]  # and this checkout is not named
        assert str(ROOT) not in layers.interpreter_paths()
    finally:
        layers.readable_paths.cache_clear()
