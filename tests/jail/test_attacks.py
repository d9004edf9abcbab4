"""The jail holds: submissions that try to read, forge, exhaust, reach out, get in, dodge the rules.

Each file in `attacks/` is one submission (in `ingest/`, one builder of a file). `HONEST` is
what an honest grader gives it. The judge runs in a process of its own, so that its memory and what
it leaves behind can be measured, and so that an attack that kills it is seen.
"""

from __future__ import annotations

import ast
import importlib.util
import itertools
import json
import os
import re
import select
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.jail.layers import offered

FOLDER = Path(__file__).parent / "attacks"
JUDGE = FOLDER / "_judge.py"
ATTACKS = sorted(p for p in FOLDER.glob("*/*.py"))

MEMORY_MB = 300
SUBMISSION_SECONDS, SLACK = 4 + 2, 6  # a load or case may start at the budget's end; noisy cores
OFFERED = offered()
HERE = (OFFERED.uid, OFFERED.seccomp, OFFERED.landlock, OFFERED.namespaces)

pytestmark = pytest.mark.skipif(
    not any(HERE), reason="this host offers no layer of the jail (Linux only)"
)


class Judge:
    """The other end of `_judge.py`."""

    def __init__(self, off: dict[str, bool], wrapper: tuple[str, ...] = ()) -> None:
        self._errors = open(os.devnull, "w")  # noqa: SIM115  (closed with the process)
        self.process = subprocess.Popen(
            [*wrapper, sys.executable, str(JUDGE), json.dumps(off)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self.hello = self._read(60)

    def _read(self, seconds: float) -> dict[str, Any]:
        out = self.process.stdout
        assert out is not None
        ready = select.select([out], [], [], seconds)[0]
        line = out.readline() if ready else ""
        if not line:
            self.process.kill()
            return {"broken": "the judge died" if ready else "the judge hangs"}
        return dict(json.loads(line))

    def grade(self, path: Path, *, raw: bool, secret: int = 0) -> dict[str, Any]:
        into = self.process.stdin
        assert into is not None
        into.write(json.dumps({"path": str(path), "raw": raw, "secret": secret}) + "\n")
        into.flush()
        return self._read(60)

    def close(self) -> list[str]:
        assert self.process.stdin is not None
        self.process.stdin.close()
        last = self._read(30)
        self.process.wait(30)
        self._errors.close()
        return list(last.get("left", []))


class Judges:
    """One judge per choice of layers, started when first asked for, replaced when one dies."""

    def __init__(self) -> None:
        self._running: dict[tuple[Any, ...], Judge] = {}

    def get(self, off: dict[str, bool], wrapper: tuple[str, ...] = ()) -> Judge:
        key = (*sorted(off), *wrapper)
        judge = self._running.get(key)
        if judge is None or (judge.process.poll() is not None and "refused" not in judge.hello):
            judge = self._running[key] = Judge(off, wrapper)
        return judge

    def close(self) -> list[str]:
        return [p for j in self._running.values() if j.process.poll() is None for p in j.close()]


@pytest.fixture(scope="module")
def judges() -> Iterator[Judges]:
    judges = Judges()
    yield judges
    assert judges.close() == [], "folders left behind"


def constants(path: Path) -> dict[str, Any]:
    """The literal constants at the top of an attack."""
    found = {}
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name.isupper() and isinstance(node.value, ast.Constant):
                found[name] = node.value.value
    return found


def loaded(path: Path) -> Any:
    """A Python file as a module; its folder is no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepared(path: Path, folder: Path) -> tuple[Path, bool]:
    """What is handed in, and whether it is the attack's own file."""
    if path.parent.name != "ingest":
        return path, True
    return loaded(path).build(folder), False


def seen_by_student(answer: dict[str, Any]) -> str:
    """Every text that a student sees at once or after publication."""
    result = answer["result"]
    return "\n".join([result["output"], *(t["output"] for t in result["tests"])])


def check(answer: dict[str, Any], honest: float, where: str) -> None:
    """What must hold after any submission."""
    assert "broken" not in answer, f"{where}: {answer['broken']}"
    text = seen_by_student(answer)
    assert answer["score"] == honest, f"{where}: {answer['score']} points\n{text}"
    said = re.sub(r"line \d+: `[^\n]*", "", text)  # without the attack's own line
    assert "ESCAPED" not in said, f"{where}\n{text}"
    for secret in ("kestrel", "plover", "73405", "91817"):
        assert secret not in answer["json"], f"{where}: {secret}\n{text}"
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e]", text), ascii(text)
    left = {k: answer[k] for k in ("processes", "scratch", "strays", "changed", "mounts")}
    assert not any(left.values()), f"{where} left behind: {left}"
    assert answer["peak_mb"] < MEMORY_MB, f"{where}: the judge took {answer['peak_mb']} MB"
    assert answer["seconds"] < SUBMISSION_SECONDS + SLACK, f"{where}: {answer['seconds']} s"


def without_times(answer: dict[str, Any]) -> dict[str, Any]:
    """A result without what may differ with the secret: times and digests."""
    result = dict(answer["result"])
    result["execution_time"] = 0
    result["extra_data"] = {
        k: v for k, v in result["extra_data"].items() if k not in ("digests", "seconds")
    }
    return result


def test_there_is_an_attack_for_every_category() -> None:
    count = {p.name: len(list(p.glob("*.py"))) for p in FOLDER.iterdir() if p.is_dir()}
    count.pop("__pycache__", None)
    assert set(count) == {"reading", "forging", "exhausting", "reaching", "ingest", "rules"}
    assert sum(count.values()) >= 65
    for path in ATTACKS:
        assert ast.get_docstring(ast.parse(path.read_text())), (
            f"{path.name} does not say what it tries"
        )
        assert "HONEST" in constants(path), f"{path.name} does not say what it deserves"


@pytest.mark.parametrize("path", ATTACKS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_attack(path: Path, judges: Judges, tmp_path: Path) -> None:
    about = constants(path)
    judge = judges.get({})
    assert "refused" not in judge.hello, judge.hello
    work, raw = prepared(path, tmp_path)
    answer = judge.grade(work, raw=raw)
    check(answer, about["HONEST"], path.stem)
    if about.get("TWICE"):
        other = judge.grade(work, raw=raw, secret=1)
        check(other, about["HONEST"], path.stem)
        assert without_times(answer) == without_times(other), "what is secret can be told apart"


def test_the_solution_gets_full_marks_after_all_attacks(judges: Judges) -> None:
    """No attack has changed the judge: it still gives an honest submission what it deserves."""
    for secret in (0, 1):
        answer = judges.get({}).grade(FOLDER / "_solution.py", raw=True, secret=secret)
        check(answer, 8, "solution")


# --- layers taken away --------------------------------------------------------------------------

# What depends on the layers: reading and writing files, processes, network, identity, leftovers.
REPRESENTATIVE = [
    FOLDER / f"{name}.py"
    for name in (
        "reading/hidden_tests_on_disk",
        "reading/ledger",
        "reading/proc",
        "reading/open_descriptors",
        "reading/input_carried_to_the_next_load",
        "exhausting/daemon",
        "exhausting/kills_its_parent",
        "exhausting/fork_bomb",
        "exhausting/deep_folders",
        "reaching/another_identity",
        "reaching/links",
        "reaching/modes_and_owners",
        "reaching/namespaces",
        "reaching/other_processes",
        "reaching/sockets",
        "reaching/writes_outside",
    )
]
# By hand every attack is tried under every set of layers; otherwise those above, and of all others
# a share that depends on the set.
ALL = os.environ.get("AUTOGRADER_LAYERS") == "all"
SHARE = 60
NAMES = ("uid", "seccomp", "landlock", "namespaces")
COMBINATIONS = [c for size in (1, 2, 3, 4) for c in itertools.combinations(NAMES, size)]


def switched_off(names: tuple[str, ...]) -> dict[str, bool]:
    off = dict.fromkeys(names, False)
    if "seccomp" in off:
        off["fork_gate"] = False
    return off


def tried(where: str) -> list[Path]:
    """The attacks that are tried with layers missing; how files are taken in depends on none."""
    others = [p for p in ATTACKS if p not in REPRESENTATIVE and p.parent.name != "ingest"]
    start = zlib.crc32(where.encode()) % SHARE
    return REPRESENTATIVE + (others if ALL else others[start::SHARE])


def holds_or_refuses(judge: Judge, where: str) -> None:
    """The attacks that are tried fail, and honest work passes; or nothing is graded at all."""
    if "refused" in judge.hello:
        assert "--unsafe" in judge.hello["refused"]
        return
    assert "layers" in judge.hello, judge.hello
    for path in tried(where):
        about = constants(path)
        answer = judge.grade(path, raw=True)
        check(answer, about["HONEST"], f"{path.stem} {where}")
        if about.get("TWICE") and path not in REPRESENTATIVE:
            other = judge.grade(path, raw=True, secret=1)
            assert without_times(answer) == without_times(other), f"{path.stem} {where}"
    answer = judge.grade(FOLDER / "_solution.py", raw=True)
    check(answer, 8, f"the solution {where}")


@pytest.mark.parametrize("names", COMBINATIONS, ids="-".join)
def test_without_layers(names: tuple[str, ...], judges: Judges) -> None:
    """With layers switched off the rest holds, or grading refuses."""
    missing = [n for n in names if not getattr(OFFERED, n)]
    if missing:
        pytest.skip(f"this host does not offer {', '.join(missing)} anyway")
    holds_or_refuses(judges.get(switched_off(names)), f"without {' '.join(names)}")


def test_without_a_fork_gate(judges: Judges) -> None:
    """Kernels before 5.5: the worker cannot fork, and a case runs in the worker itself."""
    holds_or_refuses(judges.get({"fork_gate": False}), "without a fork gate")


@pytest.mark.parametrize("mode", ["no-admin", "container", "nobody"])
def test_as_less_than_root(mode: str, judges: Judges) -> None:
    """Root without CAP_SYS_ADMIN, root in a container, an ordinary user."""
    if os.geteuid() != 0 or not OFFERED.namespaces:
        pytest.skip("only root with CAP_SYS_ADMIN can play somebody with less")
    judge = judges.get({}, (sys.executable, str(FOLDER / "_as.py"), mode))
    assert "refused" not in judge.hello, judge.hello
    assert "landlock" in judge.hello["layers"] or not OFFERED.landlock
    holds_or_refuses(judge, f"as {mode}")
