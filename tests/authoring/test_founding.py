"""A course of one's own: from nothing to a Gradescope zip, and the next assignment."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from rich.console import Console
from shared.isolation import isolates

from autograder.authoring.build import build
from autograder.authoring.founding import init, new
from autograder.authoring.packaging import engine_wheel
from autograder.course.model import COURSE_FILE, CourseError, load_course
from autograder.ground.errors import UserError
from autograder.verifying.proof import claims

QUIET = Console(quiet=True)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "my-course"
    assert init(root, QUIET) == 0
    monkeypatch.chdir(root)
    return root


def problems(root: Path, slug: str) -> list[str]:
    found = claims(root, slug, quick=True, workers=1)
    return [problem for claim in found for problem in claim.problems]


@isolates
def test_a_new_course_is_sound(course: Path) -> None:
    assert load_course(course / COURSE_FILE).name == "my course"
    assert build(None, QUIET) == 0
    assert (course / "dist/student/hello.zip").is_file()
    assert (course / "dist/gradescope/hello.zip").is_file()
    assert problems(course, "hello") == []


@isolates
def test_a_new_assignment_says_what_is_missing(course: Path) -> None:
    assert new("lab1", 2, QUIET) == 0
    assert build(["lab1"], QUIET) == 0
    assert problems(course, "lab1") == [
        "there should be at least 2 alternatives. Write more, or say so in course.yml: "
        "`at_least: {mutants: …, alternatives: …}`."
    ]
    for path in (course / "assignments" / "lab1").rglob("*.py"):
        assert "TODO: " in path.read_text(), path
    assert "TODO: why it matters" in (course / "solutions/lab1/lab1.py").read_text()


def test_course_yml_keeps_what_is_in_it(course: Path) -> None:
    path = course / COURSE_FILE
    before = path.read_text()
    path.write_text(before + "\n# How late is late?\nlimits:\n  call_seconds: 5\n")
    new("lab1", 1, QUIET)
    text = path.read_text()
    assert text.startswith(before.rstrip("\n") + "\n\n  lab1:\n    title: ")
    assert text.endswith("\n\n# How late is late?\nlimits:\n  call_seconds: 5\n")
    assert list(load_course(path).assignments) == ["hello", "lab1"]


def test_what_names_students_stays_out_of_git(course: Path) -> None:
    lines = (course / ".gitignore").read_text().splitlines()
    assert {"/results/", "/written/", "/extensions.yml", "/aliases.yml"} <= set(lines)


def test_the_commands_are_printed_in_one_line_each(tmp_path: Path) -> None:
    out = io.StringIO()
    init(tmp_path / "c", Console(file=out, width=60))
    comment = "# starter/, dist/student/hello.zip, dist/gradescope/hello.zip"
    assert f"    autograder build      {comment}\n" in out.getvalue()


def test_nothing_is_overwritten(course: Path) -> None:
    with pytest.raises(UserError, match=r"hello\.py is there already; nothing was written\.$"):
        init(course, QUIET)
    before = (course / COURSE_FILE).read_text()
    for slug, says in [("hello", "has an assignment `hello` already"), ("Lab 1", "in lower case")]:
        with pytest.raises(CourseError, match=says):
            new(slug, 1, QUIET)
    (course / "assignments" / "lab1" / "public").mkdir(parents=True)
    (course / "assignments" / "lab1" / "public" / "q1.py").write_text("mine")
    with pytest.raises(UserError, match=r"q1\.py is there already"):
        new("lab1", 1, QUIET)
    assert (course / COURSE_FILE).read_text() == before
    assert not (course / "solutions" / "lab1").exists()


def test_five_commands_from_nothing_to_a_gradescope_zip(tmp_path: Path) -> None:
    """The README's commands. What the engine needs is taken from here, so that no network is
    asked; the engine itself is the one in the wheel, for there is no checkout."""
    name, data = engine_wheel()
    (tmp_path / name).write_bytes(data)
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    environment.pop("PYTEST_CURRENT_TEST", None)

    def run(*command: str, folder: Path = tmp_path) -> None:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    binaries = tmp_path / ".venv" / "bin"
    run(sys.executable, "-m", "venv", ".venv")
    run(str(binaries / "pip"), "install", "-q", "--no-deps", "--no-index", name)
    run(str(binaries / "autograder"), "init", "mine")
    run(str(binaries / "autograder"), "build", folder=tmp_path / "mine")
    with zipfile.ZipFile(tmp_path / "mine" / "dist" / "gradescope" / "hello.zip") as archive:
        names = archive.namelist()
        assert {"run_autograder", "setup.sh", "tests/q1.py", "constraints.txt", name} <= set(names)
        again = zipfile.ZipFile(io.BytesIO(archive.read(name)))
    original = zipfile.ZipFile(io.BytesIO(data))
    assert sorted(again.namelist()) == sorted(original.namelist())
    for part in original.namelist():
        if not part.endswith("/RECORD"):
            assert again.read(part) == original.read(part), part
