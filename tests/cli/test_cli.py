"""The command line: exit codes, sentences instead of tracebacks, files that are written."""

from __future__ import annotations

import csv
import errno
import gc
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from shared.isolation import isolates
from shared.tiny_course import make_course

import autograder
from autograder.classroom import view as classroom_view
from autograder.cli import main
from autograder.course import data
from autograder.grading.results import Result
from autograder.jail.layers import offered

ROOT = Path(__file__).parents[2]


def run(*args: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", *map(str, args)]
    environment = os.environ | {"COLUMNS": "160"}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=environment
    )


def test_ctrl_c_says_stopped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(data, "fetch", stop)
    with pytest.raises(SystemExit, match="130"):
        main(["data"])
    assert capsys.readouterr().err.strip() == "Stopped."


def test_too_few_descriptors_are_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fetch(**_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(data, "fetch", fetch)
    with pytest.raises(SystemExit, match="1"):
        main(["data"])
    assert capsys.readouterr().err == "Too many open files.\n"


STOPPED_AT_THE_IMPORT_OF_TYPER = """
import signal, sys

class Stop:
    def find_spec(self, name, *_):
        name == "typer" and signal.raise_signal(signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)  # jobs in the background ignore it
sys.argv = ["autograder", "--version"]
sys.meta_path.insert(0, Stop())
from autograder.__main__ import main
main()
"""


def test_ctrl_c_before_anything_is_imported_says_stopped() -> None:
    command = [sys.executable, "-c", STOPPED_AT_THE_IMPORT_OF_TYPER]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Stopped.\n")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("grade", "nothing", "x.py"), "there is no assignment `nothing`"),
        (("grade", "matmul", "nowhere.py"), "nowhere.py does not exist"),
        (("grade", "matmul"), "Missing argument"),
        (("grade", "matmul", "x.py", "--bundle", "course.yml"), "not a zip file"),
        (("build", "nothing"), "there is no assignment `nothing`"),
        (("check", "nothing"), "nothing"),
        (("frobnicate",), "No such command"),
        (("grad", "matmul"), "Did you mean 'grade'"),
        (("build", "matmull"), "Did you mean matmul?"),
        (("check", "matmull"), "Did you mean matmul?"),
        (("verify", "nothing"), "there is no assignment `nothing`"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(args: tuple[str, ...], says: str) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_help_groups_the_verbs_by_who_types_them() -> None:
    said = run("-h").stdout
    panels = ["Students", "Instructors", "TAs", "This machine"]
    places = [said.index(f"─ {panel} ─") for panel in panels]
    assert places == sorted(places)
    verbs = {"check": 0, "build": 1, "verify": 1, "grade": 2, "mark": 2, "doctor": 3}
    for verb, panel in verbs.items():
        assert said.index(f"│ {verb} ", places[panel])
    assert "│ gradescope" not in said  # only setup.sh and run_autograder type it
    assert "--install-completion" in said


def test_version() -> None:
    assert run("--version").stdout == f"autograder {autograder.__version__}\n"


@pytest.mark.parametrize("args", [("-h",), ("frobnicate",), ("doctor",)])
def test_no_color_leaves_plain_text(args: tuple[str, ...]) -> None:
    environment = {"NO_COLOR": "1", "FORCE_COLOR": "1", "COLUMNS": "100", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "autograder", *args]
    done = subprocess.run(command, capture_output=True, check=False, env=os.environ | environment)
    assert done.stdout + done.stderr
    assert b"\x1b" not in done.stdout + done.stderr


def test_outside_of_a_course(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no course.yml" in done.stderr


def test_a_mistake_in_course_yml(tmp_path: Path) -> None:
    make_course(tmp_path)
    course = tmp_path / "course.yml"
    course.write_text(course.read_text().replace("points: 4", "pionts: 4"))
    done = run("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "course.yml, line " in done.stderr
    assert "`assignments.adding.questions.q1.pionts` is not a field" in done.stderr


def test_build_and_build_check(tmp_path: Path) -> None:
    make_course(tmp_path)
    assert run("build", "--check", cwd=tmp_path).returncode == 1
    first = run("build", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    zips = sorted((tmp_path / "dist").rglob("*.zip"))
    before = [p.read_bytes() for p in zips]
    assert len(before) == 2
    assert run("build", cwd=tmp_path).returncode == 0
    assert [p.read_bytes() for p in zips] == before
    assert run("build", "--check", cwd=tmp_path).returncode == 0
    (tmp_path / "starter" / "adding" / "adding.py").write_text("edited")
    stale = run("build", "--check", cwd=tmp_path)
    assert stale.returncode == 1
    assert "starter/adding/adding.py differs from its source" in stale.stdout


@isolates
def test_grade_writes_one_result_each_and_a_table(tmp_path: Path) -> None:
    make_course(tmp_path)
    folder = tmp_path / "class"
    (folder / "carol").mkdir(parents=True)
    (folder / "dave").mkdir()
    (folder / "alice.py").write_text("def add(a, b):\n    return a + b\n")
    (folder / "bob.ipynb").write_text("not a notebook")
    (folder / "carol" / "adding.py").write_text("def add(a, b):\n    return a - b\n")
    done = run("grade", "adding", folder, "--output", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out" / "results.csv").open() as file:
        rows = {r["submission"]: r for r in csv.DictReader(file)}
    assert list(rows) == ["alice", "bob", "carol", "dave"]
    assert list(rows["alice"]) == (
        ["submission", "student", "score", "max_score", "q1", "q2", "seconds", "remark"]
    )
    assert [rows[n]["score"] for n in rows] == ["10", "0", "0", "0"]
    assert rows["dave"]["remark"] == "The folder is empty."
    result = json.loads((tmp_path / "out" / "alice.json").read_text())
    names = [t["name"] for t in result["tests"]]
    assert names == ["q1 (public)", "q1 (hidden)", "q2 (public)", "q2 (hidden)"]
    assert [t["max_score"] for t in result["tests"]] == [2, 2, 3, 3]
    assert [t["visibility"] for t in result["tests"]] == ["visible", "after_published"] * 2
    assert result["score"] == 10
    assert (tmp_path / "out" / "alice.json").stat().st_mode & 0o077 == 0


@isolates
def test_one_or_two_workers_give_the_same(tmp_path: Path) -> None:
    make_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    for number in range(5):
        source = f"def add(a, b):\n    return a + b + {number % 2}\n"
        (folder / f"s{number}.py").write_text(source)
    tables = []
    for workers in (1, 2):
        out = tmp_path / f"out{workers}"
        done = run(
            "grade", "adding", folder, "--output", out, "--workers", str(workers), cwd=tmp_path
        )
        assert done.returncode == 0, done.stderr
        with (out / "results.csv").open() as file:
            tables.append(
                [[v for k, v in row.items() if k != "seconds"] for row in csv.DictReader(file)]
            )
    assert tables[0] == tables[1]


@isolates
def test_a_run_keeps_no_results_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    for number in range(12):
        (folder / f"s{number}.py").write_text(f"def add(a, b):\n    return a + b + {number}\n")
    kept: list[int] = []

    def write_result(result: Result, output: Path) -> None:
        kept.append(sum(type(thing) is Result for thing in gc.get_objects()))

    monkeypatch.setattr(classroom_view, "write_result", write_result)
    monkeypatch.chdir(tmp_path)
    options = classroom_view.Options(tmp_path / "out", workers=1)
    console = Console(file=io.StringIO(), width=140)
    assert classroom_view.grade("adding", [folder], None, options, console) == 0
    assert len(kept) == 12
    assert kept[-1] <= kept[0] + 1
    rows = (tmp_path / "out" / "results.csv").read_text().splitlines()
    assert len(rows) == 13


def test_doctor_says_what_holds() -> None:
    done = run("doctor")
    refuses = bool(offered().shortfall())
    assert done.returncode == (1 if refuses else 0)
    assert ("Grading refuses here" if refuses else "The jail holds") in done.stdout


@pytest.mark.parametrize(
    ("arguments", "module", "extra"),
    [
        (["grade", "matmul", "."], "sqlalchemy", "staff"),
        (["similarity", "matmul", "."], "copydetect", "staff"),
        (["site"], "mkdocs", "site"),
        (["mutate", "matmul"], "cosmic_ray", "mutation"),
    ],
)
def test_what_to_type_for_an_extra_that_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    module: str,
    extra: str,
) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] == module or name.startswith(
            ("autograder.classroom", "autograder.platforms")
        ):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.chdir(Path(__file__).parents[2])
    with pytest.raises(SystemExit) as left:
        main(arguments)
    said = capsys.readouterr().err
    assert left.value.code in (1, 2)
    assert f'`pip install "autograder-course[{extra}]"`' in said.replace(",marking", "")
    assert "Traceback" not in said
