"""A broken grader is never a student's zero: what fails on our side ends the run, not the student.

The tests' own code runs in the judge, so it can play whoever kills a process or cleans a folder in
the middle of a test case.
"""

from __future__ import annotations

import contextlib
import glob
import os
import random
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from shared.isolation import isolates
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.bundle import Bundle
from autograder.classroom.ledger import open_ledger
from autograder.classroom.pool import Task, stream
from autograder.cli import main
from autograder.grading import doctor
from autograder.grading.grader import Grader
from autograder.jail.client import Jail
from autograder.jail.confine import Limits
from autograder.jail.conversation import Time
from autograder.jail.errors import JailBroken, Stopped
from autograder.jail.folder import Folder, remove_dead
from autograder.jail.layers import offered
from autograder.jail.orders import LoadOrder
from autograder.submissions.read import Submission

pytestmark = isolates

KILLS = int(os.environ.get("AUTOGRADER_KILLS", "5"))  # 200 by hand
RIGHT = "def add(a, b):\n    return a + b\n"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A temporary folder of our own for jails; workers under other user ids walk through it."""
    path = Path(tempfile.mkdtemp(prefix="broken-grader-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def bundle(course: Path, body: str) -> Bundle:
    """The tiny course's, with a last public test whose body the judge runs."""
    make_course(course)
    test = course / "assignments" / SLUG / "public" / "q2.py"
    source = test.read_text().replace("    assert_equal", f"    {body}\n    assert_equal")
    test.write_text(source.replace('"""', '"""', 1))
    return Bundle.from_course(course, SLUG)


def submission(name: str, source: str = RIGHT) -> Submission:
    return Submission(name, name, source=f"# {name}\n{source}".encode())


INSIDE = {
    "the jail's folder is taken away": "shutil.rmtree(ROOT)",
    "scratch folders are taken away": "[shutil.rmtree(p) for p in glob.glob(ROOT + '/[0-9a-f]*')]",
    "a worker's monitor is killed": "monitor.kill(); monitor.wait()",
    # Its case may still answer until it is quite dead, and rightly; so that is waited for.
    "a worker is killed": "worker = monitor.children()[0]; worker.kill(); worker.wait(); add(1, 2)",
}


@pytest.mark.parametrize("what", INSIDE)
def test_what_is_lost_in_a_test_case_is_no_result(
    what: str, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    find = (
        f"import glob, psutil, shutil; ROOT = glob.glob('{folder}/autograder-jail-*')[0]; "
        "zygote = [p for p in psutil.Process().children() if 'zygote' in str(p.cmdline())][0]; "
        "monitor = [p for p in zygote.children() if p.children()][0]; add(1, 1); "
    )
    layers = offered()
    if "scratch" in what and layers.landlock:  # or it is mounted over, and nobody's
        layers = replace(layers, namespaces=False)
    grader = Grader(bundle(tmp_path, find + INSIDE[what]), layers=layers)
    with grader, pytest.raises(JailBroken):
        grader.grade(submission("ada"))
    assert not glob.glob(f"{folder}/autograder-jail-*/*/*")


def test_a_live_jail_is_known_by_its_lock(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its maker may live in another namespace of process ids: no id says anything."""
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    alive, dead = Folder(), Folder()
    os.close(dead._lock)
    program = "from autograder.jail.folder import remove_dead; remove_dead()"
    environment = {**os.environ, "TMPDIR": str(folder)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    assert os.listdir(folder) == [os.path.basename(alive.path)]
    alive.remove()
    remove_dead()
    assert os.listdir(folder) == []


def test_a_full_disk_is_not_a_students_error(monkeypatch: pytest.MonkeyPatch) -> None:
    layers = offered()
    if not layers.landlock:
        pytest.skip("without namespaces this host has no jail")
    with Jail([], replace(layers, namespaces=False)) as jail:
        jail.worker(Limits()).close()
        full = shutil._ntuple_diskusage(1 << 30, 1 << 30, 0)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: full)
        with pytest.raises(JailBroken, match="no room for what submissions may write"):
            jail.worker(Limits())


@pytest.mark.parametrize(
    ("lowers", "threads"), [("", 1), ("import resource\nresource.setrlimit(6, (1, 1))\n", 64)]
)
def test_a_fork_that_the_kernel_refuses_is_not_a_students_error(lowers: str, threads: int) -> None:
    """Other processes of the same user count too; a limit that the submission has lowered is its
    own."""
    if not offered().uid or not offered().fork_gate:
        pytest.skip("only root knows how many processes a worker's user has")
    error: type[Exception] = Stopped if lowers else JailBroken
    says = "No test case can be started" if lowers else "the machine has too many processes"
    with Jail([]) as jail, jail.worker(Limits(threads=threads)) as worker:
        assert not worker.load(LoadOrder((lowers + RIGHT).encode(), SLUG), 20).problem
        with pytest.raises(error, match=says), worker.case(Time(20, 20)) as talk:
            talk.request({"k": "call", "name": "add"}, (1, 2), {})


def test_graders_that_end_before_they_have_read_anything_end_the_run(tmp_path: Path) -> None:
    """With a bundle of more than a pipe holds. multiprocessing starts each of them by running this
    script once more, which must not start processes by then."""
    make_course(tmp_path / "course")
    test = tmp_path / "course" / "assignments" / SLUG / "public" / "q1.py"
    test.write_text(test.read_text() + "# and so on\n" * 20_000)
    (tmp_path / "class.py").write_text(
        "from pathlib import Path\n"
        "from autograder.authoring.bundle import Bundle\n"
        "from autograder.classroom import pool\n"
        "from autograder.submissions.read import Submission\n"
        f"bundle = Bundle.from_course(Path('course'), {SLUG!r})\n"
        "pool.TRIES = 1\n"
        "tasks = [pool.Task(Submission(name, name)) for name in ('a', 'b')]\n"
        "pool.grade_all(tasks, bundle, workers=1)\n"
    )
    run = subprocess.run([sys.executable, "class.py"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].endswith(
        "JailBroken: the grader was killed, perhaps for want of memory"
    )


def test_a_free_threaded_python_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sysconfig, "get_config_var", lambda name: name == "Py_GIL_DISABLED")
    with pytest.raises(JailBroken, match="a free-threaded build of Python has not been tried"):
        Jail([])


def test_a_python_that_nobody_tried_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.untried_note() == ""
    monkeypatch.setattr(doctor, "NEWEST", (3, 10))
    here = "{}.{}".format(*sys.version_info[:2])
    assert doctor.untried_note() == (
        f"Python {here} has not been tried as a grader; 3.11 to 3.10 were. What a question forbids "
        "(`forbid:`) may not hold on it."
    )


def test_a_jail_that_does_not_start_is_said_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))  # ends before it is spoken to
    with pytest.raises(SystemExit) as left:
        main(["doctor"])
    assert left.value.code == 1
    captured = capsys.readouterr()
    said = " ".join((captured.out + captured.err).split())
    assert said.count("Grading is not possible here: the jail does not start: no answer.") == 1
    assert said.count("start") == 1


# A right answer to this ends the judge itself; nothing that a student may do can.
DEADLY = "import os; add(1, 1) == 666 and os._exit(1)"
CULPRIT = "def add(a, b):\n    return 666\n"


def test_who_ends_one_grader_after_the_other_is_set_aside(tmp_path: Path) -> None:
    tests = bundle(tmp_path, DEADLY)
    tasks = [(n, Task(submission(f"s{n}", CULPRIT if n == 1 else RIGHT))) for n in range(4)]
    aside: dict[int, str] = {}
    results = dict(stream(tasks, tests, workers=2, aside=aside.__setitem__))
    assert {n: r.score for n, r in results.items()} == {0: 10.0, 2: 10.0, 3: 10.0}
    assert aside == {1: "the grader was killed, perhaps for want of memory"}


# Says in our own words that its process was killed, as if for want of memory.
SAYS_IT_WAS_KILLED = """
import os

wait = os.waitpid
os.waitpid = lambda pid, options: (wait(pid, options)[0], 9)

def add(a, b):
    os._exit(1)
"""


def test_who_says_that_it_was_killed_has_no_result(tmp_path: Path) -> None:
    """It is not told from a grader that is short of memory; nothing can be won by it."""
    tests = bundle(tmp_path, "pass")
    tasks = [(0, Task(submission("mallory", SAYS_IT_WAS_KILLED)))]
    with pytest.raises(JailBroken, match=r"^over `mallory`: a worker was killed from outside"):
        dict(stream(tasks, tests))


def test_graders_that_end_over_everybody_end_the_run(tmp_path: Path) -> None:
    tests = bundle(tmp_path, DEADLY.replace("add(1, 1) == 666 and ", ""))
    tasks = [(n, Task(submission(f"s{n}"))) for n in range(4)]
    with pytest.raises(JailBroken, match="graders in a row ended over `s"):
        dict(stream(tasks, tests, workers=2, aside=lambda key, why: None))


def test_a_grader_that_cannot_start_says_why(tmp_path: Path) -> None:
    tests = bundle(tmp_path, "pass")
    lacking = tests.assignment.model_copy(update={"preload": ["nothing_of_this_name"]})
    tests = Bundle(lacking, tests.public, tests.hidden, tests.files)
    tasks = [(n, Task(submission(f"s{n}"))) for n in range(2)]
    with pytest.raises(JailBroken, match=r"^the grader's Python lacks nothing_of_this_name$"):
        dict(stream(tasks, tests, workers=2))


# --- killed at random moments -------------------------------------------------------------------

SLOW = "sum(range(3_000_000))\ndef add(a, b):\n    sum(range(300_000))\n    return a {sign} b\n"


def test_whatever_is_killed_nothing_is_lost_and_nothing_wrong_is_stored(
    tmp_path: Path, folder: Path
) -> None:
    """`AUTOGRADER_KILLS=200` by hand. The same command is run until it ends well."""
    chance = random.Random(16)
    make_course(tmp_path)
    expected = {f"s{n}": 10.0 if n % 3 else 0.0 for n in range(6)}
    environment = {**os.environ, "TMPDIR": str(folder)}
    done, round_ = 0, 0
    while done < KILLS:
        round_ += 1
        for n in range(6):
            text = f"# {round_}\n" + SLOW.format(sign="+" if n % 3 else "-")
            write(tmp_path / "handed-in" / f"s{n}" / f"{SLUG}.py", text)
        results = tmp_path / f"results{round_}"
        command = [sys.executable, "-m", "autograder", "grade", SLUG, str(tmp_path / "handed-in")]
        command += ["--output", str(results), "--workers", "2"]
        code, before = 1, done
        for attempt in range(50):
            said = (tmp_path / "said").open("w+b")
            process = subprocess.Popen(
                command,
                env=environment,
                cwd=tmp_path,
                stdout=subprocess.DEVNULL,
                stderr=said,
            )
            quiet = attempt > 5 or done - before > 8 or done >= KILLS
            while process.poll() is None:
                if quiet:
                    process.wait()
                    break
                time.sleep(chance.uniform(0.05, 1.5))  # when is chance; what must hold is not
                done += _harm(process.pid, [folder, results], chance)
                quiet = done - before > 8 or done >= KILLS
            code = process.wait()
            said.seek(0)
            assert code in (0, 1, 2, -9), code
            assert b"Traceback" not in said.read()  # a sentence, or killed
            said.close()
            _nothing_wrong_in(results, expected)
            if code == 0 and (results / "ledger.sqlite").exists():
                break
        assert code == 0
        with open_ledger(results, "") as ledger:
            official = {o.hand_in.name: o.result.score for o in ledger.official(SLUG)}
        assert official == expected
    remove_dead_in(folder)
    assert glob.glob(f"{folder}/autograder-jail-*") == []


def _harm(pid: int, places: list[Path], chance: random.Random) -> bool:
    """Kill one of the processes of this run, or take one of its files or folders."""
    try:
        processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return False
    files = [
        p for place in places for depth in ("*", "autograder-jail-*/*") for p in place.glob(depth)
    ]
    victim = chance.choice([*processes, *files])
    if isinstance(victim, Path):
        shutil.rmtree(victim, ignore_errors=True)
        with contextlib.suppress(OSError):
            victim.unlink()
    else:
        try:
            victim.kill()
        except psutil.NoSuchProcess:
            return False
    return True


def _nothing_wrong_in(results: Path, expected: dict[str, float]) -> None:
    if not (results / "ledger.sqlite").exists():
        return
    with open_ledger(results, "") as ledger:
        for entry in ledger.official(SLUG):
            assert entry.result.score == expected[entry.hand_in.name], entry


def remove_dead_in(folder: Path) -> None:
    program = "from autograder.jail.folder import remove_dead; remove_dead()"
    environment = {**os.environ, "TMPDIR": str(folder)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
