"""The student's folder on Windows and macOS, as far as that can be simulated here.

Modules and functions that only POSIX has are taken away, text has CRLF, paths have spaces and
letters from elsewhere, and nothing relies on the encoding of the machine.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.bundle import build_student_zip, unpack
from autograder.authoring.source import write_starter
from autograder.course.model import COURSE_FILE, load_course

ROOT = Path(__file__).parents[2]
SLUGS = list(load_course(ROOT / COURSE_FILE).assignments)

WINDOWS = """
import importlib.abc, sys, warnings

class NotHere(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NotHere())
for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"):
    sys.modules.pop(name, None)
warnings.filterwarnings("ignore", category=EncodingWarning)
warnings.filterwarnings("error", category=EncodingWarning, module=r"autograder\\.")
"""
"""Turns a Python on Linux into something that lacks what Windows lacks."""


POSIX_ONLY = (
    r"\bos\.(fork|forkpty|get(e)?[ug]id|set[ug]id|killpg|mkfifo|setsid|chown|statvfs)\b"
    r"|\bsignal\.(SIGALRM|SIGKILL|SIGHUP|setitimer)\b"
)


def run(folder: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-c", WINDOWS + code],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
        encoding="utf-8", errors="replace",
    )  # fmt: skip


CHECK = "from autograder.cli import main\nmain(['check'])\n"
PYTEST = "import pytest\nsys.exit(pytest.main(['-q', '-p', 'no:cacheprovider']))\n"
SUBMIT = f"""
from pathlib import Path
from autograder.checking.handin import hand_in
from autograder.checking.workfolder import find_work
made = hand_in(find_work(Path.cwd(), {SLUG!r}), saved=True)
print(made.contents, made.warnings)
"""


@pytest.fixture(params=["plain", "My Übungen (2026) 练习"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A student's folder, q1 solved, every line end as Windows has it."""
    make_course(tmp_path / "course")
    write_starter(tmp_path / "course", SLUG)
    folder = tmp_path / request.param
    (tmp_path / "course" / "starter" / SLUG).rename(folder)
    stub = 'raise NotImplementedError("q1: add is not written yet")'
    script, notebook = folder / f"{SLUG}.py", folder / f"{SLUG}.ipynb"
    text = script.read_text(encoding="utf-8")
    assert stub in text
    write(script, text.replace(stub, "return a + b  # größer"))
    book = notebook.read_text(encoding="utf-8")
    write(notebook, book.replace(stub.replace('"', '\\"'), "return a + b  # größer"))
    for path in folder.rglob("*"):
        if path.suffix in (".py", ".ipynb", ".json"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return folder


def test_check(folder: Path) -> None:
    done = run(folder, CHECK)
    assert not done.stderr
    assert done.returncode == 0
    assert re.search(r"✓ q1 .*2 / 2", done.stdout), done.stdout
    assert "differ" not in done.stdout  # the pair holds the same code


def test_check_in_a_console_of_windows(folder: Path) -> None:
    done = run(folder, CHECK, PYTHONUTF8="0", PYTHONIOENCODING="cp1252")
    assert not done.stderr
    assert re.search(r"\+ q1 .*2 / 2", done.stdout), done.stdout


def test_pytest(folder: Path) -> None:
    done = run(folder, PYTEST)
    assert not done.stderr
    assert re.search(r"q1\s+2 / 2", done.stdout), done.stdout


def test_handing_in(folder: Path) -> None:
    done = run(folder, SUBMIT)
    assert not done.stderr
    assert "q1 A function: 2 of 2 public points" in done.stdout
    assert list(unpack(folder / f"{SLUG}-submission.zip")) == [f"{SLUG}.ipynb"]


def test_what_a_student_runs_uses_nothing_of_posix(folder: Path) -> None:
    code = (
        "import autograder.notebook, autograder.checking.handin\n"
        "from pathlib import Path\n"
        "from autograder.checking.loading import load\n"
        "from autograder.checking.workfolder import choose, find_work\n"
        "work = find_work(Path.cwd())\n"
        "load(work, choose(work)[0]).broken\n"
        "files = {m.__file__ for n, m in sys.modules.items() if n.startswith('autograder.')}\n"
        "print(*files, sep='\\n')\n"
    )
    done = run(folder, code)
    assert not done.stderr
    files = [Path(line) for line in done.stdout.splitlines()]
    assert {"notebook.py", "judge.py", "handin.py", "rules.py"} <= {path.name for path in files}
    for path in files:
        found = re.search(POSIX_ONLY, path.read_text(encoding="utf-8"))
        assert found is None, f"{path}: {found}"


@pytest.mark.parametrize("slug", SLUGS)
def test_names_in_the_zip_are_names_everywhere(slug: str, tmp_path: Path) -> None:
    build_student_zip(ROOT, slug, tmp_path / "student.zip")
    names = list(unpack(tmp_path / "student.zip"))
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9._/+-]+", name), name
        assert len(name) < 100
        for part in name.split("/"):
            assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", part, re.IGNORECASE), name
            assert not part.endswith((".", " ")), name
