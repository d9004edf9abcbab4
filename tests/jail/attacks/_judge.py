"""A judge in a process of its own, for the attacks: it grades, then looks at what is left behind.

Started by `tests/jail/test_attacks.py`: one JSON line in, one out. It has a world around it that a
grader's machine has: hidden tests, a solution, another submission, a ledger, results.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.authoring.bundle import Bundle
from autograder.course.model import Assignment, Limits, Question
from autograder.grading import attempt
from autograder.grading import grader as grading
from autograder.grading.grader import Grader, UnsafeHost
from autograder.jail.layers import Layers, offered
from autograder.submissions import read as submission
from autograder.submissions.read import Submission

SLUG = "hw"
_FRAMES = Path(__file__).with_name("_frames.py").read_bytes()
SOLUTION = Path(__file__).with_name("_solution.py").read_bytes()
LIMITS = Limits(
    call_seconds=1,
    case_seconds=2,
    load_seconds=2,
    submission_seconds=4,
    memory_mb=256,
    output_kb=16,
    scratch_mb=8,
)
PRODUCTS = (
    "@ np.dot np.matmul np.einsum np.inner np.tensordot np.vdot np.vecdot np.matvec np.vecmat"
)
FORBIDDEN = [*PRODUCTS.split(), "math.sumprod", "np.linalg", "np.convolve", "np.correlate", "scipy"]

# Two worlds that differ in what is secret: what a student sees must not differ with it.
SECRETS = (
    {"canary": "kestrel", "number": 73405.5, "small": 41},
    {"canary": "plover", "number": 91817.25, "small": 97},
)

_Q1 = '''\
"""A product. {secret}"""
import numpy as np
from autograder.checks import assert_array, test_case

OK_FORMAT = False
name = "q1{more}"
points = {points}


@test_case(name="a product", points={points}{hidden})
def test_product(product):
    a, b = np.full((2, 3), {number}), np.arange(12.0).reshape(3, 4)
    assert_array(product(a, b), a @ b)
'''
_Q2 = '''\
"""Sums. {secret}"""
import numpy as np
from autograder.checks import assert_close, test_case

OK_FORMAT = False
name = "q2{more}"
points = {points}
INPUTS = [np.full(3, {number}), np.arange(4.0) + {number}]


@test_case(name="sums", points={points}{hidden})
def test_total(total):
    for got, x in zip(map(total, INPUTS), INPUTS, strict=True):
        assert_close(got, float(x.sum()))
'''
_Q3 = '''\
"""A function, applied, and a counter. {secret}"""
from autograder.checks import assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q3{more}"
points = {points}


@test_case(name="applied", points={points}{hidden})
def test_apply(apply, student):
    def probe(Counter, n):
        counter = Counter()
        for _ in range(n):
            counter.step()
        return counter.count

    assert_equal(apply(lambda x: 2.0 * x + {number}, 1.5), 3.0 + {number})
    assert_raises(ValueError, apply, None, {small})
    assert_equal(student(probe, n={small}), {small})
'''


def bundle(secret: dict[str, Any]) -> Bundle:
    """Three questions, 8 points: q1 1 + 2, q2 1 + 2, q3 1 + 1."""
    assignment = Assignment(
        slug=SLUG,
        title="Homework",
        released=datetime(2026, 1, 1, tzinfo=UTC),
        due=datetime(2026, 2, 1, tzinfo=UTC),
        limits=LIMITS,
        allow_imports=["ctypes"],  # or the attacks that need it would not be tried
        forbid_imports=["scipy"],
        questions={
            "q1": Question(title="A", points=3, names=["product"], forbid=FORBIDDEN),
            "q2": Question(title="B", points=3, names=["total"]),
            "q3": Question(title="C", points=2, names=["apply", "Counter"]),
        },
    )
    open_ = {"secret": "public", "number": 2.5, "small": 3, "more": "", "hidden": ""}
    closed = {
        "secret": secret["canary"],
        "number": secret["number"],
        "small": secret["small"],
        "more": " (hidden)",
        "hidden": ', hidden=True, failure_message="A hint."',
    }
    sources = (("q1", _Q1, 1, 2), ("q2", _Q2, 1, 2), ("q3", _Q3, 1, 1))
    public = {q: text.format(points=p, **open_) for q, text, p, _ in sources}
    hidden = {q: text.format(points=p, **closed) for q, text, _, p in sources}
    return Bundle(assignment, public, hidden, {"data.csv": b"1,2\n"})


class World:
    """The grader's files, readable by everybody, as a careless grader would leave them."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="attack-world-"))
        self.root.chmod(0o755)
        for q, source in bundle(SECRETS[0]).hidden.items():
            self._write(f"assignments/{SLUG}/hidden/{q}.py", source.encode())
        self._write(f"solutions/{SLUG}/{SLUG}.py", SOLUTION)
        self._write(f"submissions/alice/{SLUG}.py", SOLUTION)
        self._write("results/mallory.json", b'{"score": 0}')
        ledger = self.root / "ledger.sqlite"
        with contextlib.closing(sqlite3.connect(ledger)) as connection:
            connection.execute("create table scores as select 'kestrel' as student, 1 as score")
            connection.commit()
        ledger.chmod(0o644)

    def _write(self, name: str, data: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o644)

    def state(self) -> dict[str, str]:
        """Every file with its contents' digest and mode."""
        return {
            str(p): f"{p.lstat().st_mode:o} {_digest(p) if p.is_file() else ''}"
            for p in sorted([self.root, *self.root.rglob("*")])
        }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _strays() -> list[str]:
    """Files that an attack has left where anybody may write; the attacks use this name."""
    folders = [Path(p) for p in ("/tmp", "/var/tmp", "/dev/shm", "/run/lock") if os.path.isdir(p)]
    return [str(p) for folder in folders for p in folder.glob("attack-left*")]


def _memory(field: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) >> 10
    return 0


def _processes(zygote: int) -> list[str]:
    """What came of this zygote, besides itself: by session, and by mount namespace."""
    home, own = _mounts(zygote), _mounts(os.getpid())
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == zygote:
            continue
        with contextlib.suppress(OSError, IndexError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            inside = home != own and home and _mounts(int(entry.name)) == home
            if (int(fields[3]) == zygote or inside) and fields[0] != "Z":
                found.append(entry.name)
    return found


def _mounts(pid: int) -> str:
    with contextlib.suppress(OSError):
        return os.readlink(f"/proc/{pid}/ns/mnt")
    return ""


_used: list[float] = [0.0]  # of its budget of time, by each submission


class _Attempt(attempt.Attempt):
    def close(self) -> None:
        _used.append(self.used)
        super().close()


grading.Attempt = _Attempt  # type: ignore[misc]


class Judge:
    """The graders of the two secrets, sharing one world."""

    def __init__(self, layers: Layers) -> None:
        self._layers, self._graders = layers, {}
        self.world = World()

    def grader(self, secret: int) -> Grader:
        if secret not in self._graders:
            self._graders[secret] = Grader(bundle(SECRETS[secret]), layers=self._layers)
        return self._graders[secret]

    def answer(self, path: str, secret: int, raw: bool) -> dict[str, Any]:
        """Grade what lies at `path` and say what it left behind."""
        grader, before = self.grader(secret), self.world.state()
        jail: Any = grader._jail
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # forget the peak
        result = grader.grade(self._read(Path(path), raw))
        jail.rest()  # our own worker for the next submission is not what is looked for
        answer = {
            "score": result.score,
            "result": result.to_gradescope(),
            # Digits of digests are any, and a secret's five among them now and then.
            "json": result.model_dump_json(exclude={"digests"}),
            "seconds": round(_used[-1], 2),
            "peak_mb": _memory("VmHWM"),
            "processes": self._after(jail._process.pid),
            "scratch": [str(p) for p in Path(jail.root).glob("*/*") if p.parent.name != "root"],
            "strays": _strays(),
            "changed": sorted(set(before.items()) ^ set(self.world.state().items())),
            "mounts": Path("/proc/self/mountinfo").read_text().count(jail.root),
        }
        for stray in answer["strays"]:
            os.unlink(stray)
        return answer

    def _read(self, path: Path, raw: bool) -> Submission:
        if raw:  # an attack's own file, told where the grader's files are
            source = path.read_text().replace("@WORLD@", str(self.world.root)).encode()
            return Submission("mallory", "mallory", "py", source, {"frames.py": _FRAMES})
        return submission.read(path, SLUG, "mallory")

    def _after(self, zygote: int) -> list[str]:
        for _ in range(200):  # a monitor may still be cleaning up
            if not _processes(zygote):
                break
            time.sleep(0.05)
        return _processes(zygote)

    def close(self) -> list[str]:
        """Everything goes; what does not is returned."""
        roots = [grader._jail.root for grader in self._graders.values()]
        for grader in self._graders.values():
            grader.close()
        return [root for root in roots if os.path.exists(root)]


def _lines() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)


def main() -> None:
    """`_judge.py '{"seccomp": false}'`: which of the offered layers not to use."""
    say = os.fdopen(os.dup(1), "w")
    layers = dataclasses.replace(offered(), **json.loads(sys.argv[1]))
    judge = Judge(layers)
    try:
        try:
            judge.grader(0)
        except UnsafeHost as refusal:
            print(json.dumps({"refused": str(refusal)}), file=say, flush=True)
            return
        hello = {"layers": layers.names(), "base_mb": _memory("VmRSS")}
        print(json.dumps(hello), file=say, flush=True)
        for task in _lines():
            try:
                answer = judge.answer(task["path"], task["secret"], task["raw"])
            except Exception as error:
                answer = {"broken": f"{type(error).__name__}: {error}"[:500]}
            print(json.dumps(answer), file=say, flush=True)
    finally:
        left = judge.close()
        import shutil

        shutil.rmtree(judge.world.root, ignore_errors=True)
    print(json.dumps({"left": left}), file=say, flush=True)


if __name__ == "__main__":
    main()
