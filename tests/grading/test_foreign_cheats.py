"""Submissions that cheat where the tests of another maker's bundle run beside them.

They may forge their own points, never more than there are; nothing else is within their reach.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared.foreign_bundles import BUNDLES, SLUG, generate, opened, write_submission
from shared.isolation import isolates

from autograder.course.model import Limits
from autograder.grading.foreign.grader import ForeignGrader
from autograder.grading.results import Outcome
from autograder.submissions import read as submission

pytestmark = isolates

FRAME = """
import json, os, socket, stat, struct
text = json.dumps({frame}).encode()
for fd in range(3, 200):
    try:
        if stat.S_ISSOCK(os.fstat(fd).st_mode):
            os.write(fd, struct.pack("!4sIQ", b"agw1", len(text), 0) + text)
    except OSError:
        pass
"""
PASSED = '["list", [["list", [true, ""]], ["list", [true, ""]], ["list", [true, ""]]]]'


def forged(value: str) -> str:
    return FRAME.format(
        frame='{"k": "result", "id": 0, "changed": [], "buffers": [], '
        f'"value": json.loads({value!r})' + "}"
    )


CHEATS = {
    "reads the host": "found = open({secret!r}).read()\ndef add(a, b): raise ValueError(found)",
    "reads in a test": "def add(a, b): raise ValueError(open({secret!r}).read())",
    "lists the host": "import os\ndef add(a, b): raise ValueError(os.listdir({folder!r}))",
    "forks": "import os\nos.fork()\ndef add(a, b): return a + b",
    "starts a program": "import subprocess\nsubprocess.run(['touch', {secret!r} + '.touched'])",
    "writes to the host": "open({secret!r}, 'w').write('gone')",
    "kills": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
    "ends itself": "import os\nos._exit(0)",
    "crashes": "import ctypes\nctypes.string_at(0)",
    "a thread that writes for ever": "import threading, os\n"
    "threading.Thread(target=lambda: [os.write(fd, b'x' * 99) for fd in range(3, 99) if fd > 0], "
    "daemon=True).start()",
    "patches otter": "import otter.execute\nfrom otter.test_files import ExceptionTestFile\n"
    "from otter.test_files.abstract_test import TestCaseResult\n"
    "def run(self, env):\n"
    "    self.test_case_results = [TestCaseResult(c, 'won', True) for c in self.test_cases] * 9\n"
    "ExceptionTestFile.run = run",
    "other points": "from otter.test_files import TestFile\n"
    "TestFile.score = property(lambda self: 1000)\nTestFile.possible = TestFile.score",
    "odd results": "from otter.test_files import ExceptionTestFile\n"
    "ExceptionTestFile.run = lambda self, env: setattr(self, 'test_case_results', [None, 3, 'x'])",
    "forged: all passed": forged(
        '["dict", [["files", ["list", [["list", ["tests/q1.py", ' + PASSED + "]]]]]]]"
    ),
    "forged: unknown file": forged(
        '["dict", [["files", ["list", [["list", ["tests/q9.py", ' + PASSED + "]]]]]]]"
    ),
    "forged: not a dict": forged('["list", [1, 2]]'),
    "forged: a huge number": forged(f'["dict", [["refused", ["int", "{hex(16**9999)}"]]]]'),
    "forged: an opaque object": forged('["opaque", 1, "x", true]'),
    "forged: opaque inside": forged('["dict", [["files", ["opaque", 1, "x", true]]]]'),
    "forged: nonsense": forged('["nonsense"]'),
    "prints a lot": "print('x' * 10_000_000)\ndef add(a, b): return a + b",
    "a long message": "def add(a, b): raise ValueError('y' * 10_000_000)",
    "looks at the judge": "import os\n"
    "def read(p): return open(f'/proc/{{p}}/cmdline').read()\n"
    "def add(a, b): raise ValueError([read(p) for p in os.listdir('/proc') if p.isdigit()])",
}


@pytest.fixture(scope="module")
def exceptions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForeignGrader]:
    path = tmp_path_factory.mktemp("bundle") / "autograder.zip"
    bundle = opened(generate(BUNDLES / "exceptions", path))
    with ForeignGrader(bundle) as grader:
        yield grader


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_gets_one_result_and_nothing_of_the_host(
    exceptions: ForeignGrader, tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret-roster.txt"
    secret.write_text("SENTINEL")
    source = CHEATS[name]
    if not name.startswith("forged"):
        source = source.format(secret=str(secret), folder=str(tmp_path))
    path = write_submission(source, tmp_path / "lab.py")
    result = exceptions.grade(submission.read(path, SLUG, "mallory"))
    text = json.dumps(result.to_gradescope())
    assert "SENTINEL" not in text
    assert name != "lists the host" or "secret-roster" not in text
    assert name != "looks at the judge" or "pytest" not in text
    assert len(text) < 20_000
    assert secret.read_text() == "SENTINEL"
    assert not (tmp_path / "secret-roster.txt.touched").exists()
    assert [p.question for p in result.parts] == ["q1", "q2", "q3"]
    assert all(0 <= p.score <= p.max_score for p in result.parts)
    assert 0 <= result.score <= result.max_score == 12.25


def test_the_next_submission_is_judged_as_if_nothing_had_been(
    exceptions: ForeignGrader, tmp_path: Path
) -> None:
    for source in (CHEATS["patches otter"], CHEATS["ends itself"]):
        path = write_submission(source, tmp_path / "cheat.py")
        exceptions.grade(submission.read(path, SLUG, "mallory"))
    source = (BUNDLES / "exceptions" / "submissions" / "right.py").read_text()
    path = write_submission(source, tmp_path / "lab.ipynb")
    first = exceptions.grade(submission.read(path, SLUG, "alice"))
    again = exceptions.grade(submission.read(path, SLUG, "alice"))
    assert first.score == 12.25
    assert first.model_dump(exclude={"seconds"}) == again.model_dump(exclude={"seconds"})


def test_an_endless_loop_costs_its_limit_and_gets_a_sentence(
    exceptions: ForeignGrader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.foreign.grader.LIMITS", Limits(submission_seconds=3))
    path = write_submission("while True:\n    pass\n", tmp_path / "lab.py")
    result = exceptions.grade(submission.read(path, SLUG, "mallory"))
    assert (result.score, result.remark) == (0.0, "Your code ran for more than 3 seconds.")
    assert all(c.outcome is Outcome.UNJUDGED for p in result.parts for c in p.cases)
