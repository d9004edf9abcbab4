"""The jail holds: submissions that try to read, forge, exhaust, reach out, get in, dodge the rules.

Each file in `tests/attacks/` is one submission (in `ingest/`, one builder of a file). `HONEST` is
what an honest grader gives it. The judge runs in a process of its own, so that its memory and what
it leaves behind can be measured, and so that an attack that kills it is seen.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.jail.layers import offered

FOLDER = Path(__file__).parent / "attacks"
JUDGE = FOLDER / "_judge.py"
ATTACKS = sorted(p for p in FOLDER.glob("*/*.py"))

MEMORY_MB = 300
SUBMISSION_SECONDS, SLACK = 5 + 2, 6  # a load or case may start at the budget's end; noisy cores
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


def prepared(path: Path, folder: Path) -> tuple[Path, bool]:
    """What is handed in, and whether it is the attack's own file."""
    if path.parent.name != "ingest":
        return path, True
    spec = importlib.util.spec_from_file_location("builder", path)
    assert spec is not None
    assert spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    return builder.build(folder), False


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
    result["extra_data"] = {k: v for k, v in result["extra_data"].items() if k not in ("digests", "seconds")}
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


def test_the_solution_gets_full_marks_after_all_attacks(judges: Judges, tmp_path: Path) -> None:
    """No attack has changed the judge: it still gives an honest submission what it deserves."""
    spec = importlib.util.spec_from_file_location("judge", JUDGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "hw.py").write_text(module.SOLUTION)
    for secret in (0, 1):
        check(judges.get({}).grade(tmp_path / "hw.py", raw=False, secret=secret), 8, "solution")
