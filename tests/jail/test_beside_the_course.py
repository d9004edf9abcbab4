"""Where the interpreter lives in the course's own folder, nothing of the course can be read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared.isolation import isolates
from shared.tiny_course import make_course

from autograder.grading import doctor
from autograder.jail import layers

pytestmark = isolates
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def course() -> Iterator[Path]:
    """`python -m venv .` in a course that others may read."""
    folder = Path(tempfile.mkdtemp(prefix="beside-"))
    folder.chmod(0o755)
    make_course(folder)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "ours.pth").write_text(f"{REPOSITORY}\n{sysconfig.get_path('purelib')}\n")
    yield folder
    shutil.rmtree(folder)


PROGRAM = """
import json
from pathlib import Path
from autograder.grading import doctor
from autograder.jail import layers
with doctor._planted() as planted:
    where = sorted({str(Path(p).parent) for p in planted})
found = doctor.escapes(layers.offered())
print(json.dumps([layers.interpreter_paths(), where, found]))
"""
OLD = "layers.interpreter_paths = lambda: [__import__('sys').prefix]"


@pytest.mark.parametrize("paths", ["", OLD], ids=["ours", "the whole prefix"])
def test_the_interpreters_folders_are_not_the_course(course: Path, paths: str) -> None:
    """With the whole prefix readable, as before, the planted canary says that it does not hold."""
    python = next(course.glob("bin/python"))
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    program = PROGRAM.replace("with doctor", f"{paths}\nwith doctor", 1)
    if paths:  # the zygote and its workers look for themselves
        site = next(course.glob("lib/python*/site-packages"))
        (site / "old.pth").write_text(
            "import sysconfig, sys; sysconfig.get_path = lambda n: sys.prefix\n"
        )
    answer = subprocess.run(
        [python, "-c", program], capture_output=True, text=True, cwd=course, env=environment
    )
    assert answer.returncode == 0, answer.stderr
    readable, planted, found = json.loads(answer.stdout)
    assert planted == [str(course)]
    if paths:
        assert found == ["reading a file of the grader"]
    else:
        assert found == []
        assert not [p for p in readable if course.is_relative_to(p)]


def test_a_canary_is_planted_where_the_course_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_course(tmp_path))
    old, new = (tmp_path / f".autograder-canary-{name}" for name in ("old", "new"))
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))  # of a grader that was killed
    with doctor._planted() as planted:
        assert (old.exists(), new.exists()) == (False, True)
        assert str(tmp_path) in {os.path.dirname(p) for p in planted}
        assert all(os.path.exists(p) for p in planted)
    assert not any(os.path.exists(p) for p in planted)
    assert layers.interpreter_paths() == sorted(layers.interpreter_paths())
