"""The student's command: what it finds, what it says, and its exit codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from shared.student_folder import GOOD, Q2, STUBS, Shell, assignment, plan

from autograder.checking.workfolder import find_work
from autograder.ground.errors import Interrupted


def test_all_passed(shell: Shell) -> None:
    assignment(shell.folder)
    assert shell.check() == 0
    assert "✓ q1  Doubling — naïvely" in shell.text
    assert "points so far 6 / 6 public\n" in shell.text
    assert "All public tests pass." in shell.text


def test_untouched_starter_is_quiet(shell: Shell) -> None:
    assignment(shell.folder, STUBS)
    assert shell.check() == 1
    assert shell.text.count("not written yet") == 2
    assert "Error" not in shell.text
    assert "0 / 6 public" in shell.text
    assert "autograder check --hint q1" in shell.text


def test_failures_are_explained(shell: Shell) -> None:
    assignment(
        shell.folder, "def double(x):\n    return [1][x]\ndef pair(x):\n    print('hm', x)\n"
    )
    assert shell.check(None, ["q1", "q2"]) == 1
    for line in (
        "✗ three 1 point",
        "Twice the number.",
        "double(3) raised IndexError: list index out of range",
        "line 2: `return [1][x]`",
        "pair(1) expected: several values got: None. Is a `return` missing?",
        "tests/q2.py, line 11: `first, second = pair(1)`",
        "your code printed:",
        "hm 1",
    ):
        assert line in shell.line


def test_work_on_another_question_is_named(shell: Shell) -> None:
    assignment(shell.folder, STUBS.replace('raise NotImplementedError("q2: p', 'double(x)  # ("'))
    shell.check(None, ["q2"])
    assert "needs q1: double is not written yet" in shell.text


def test_hidden_and_written_points(shell: Shell) -> None:
    plan = {
        "q1": {"title": "Twice", "points": 10},
        "q2": {"title": "Pair", "points": 20},
        "written": {"title": "Report", "points": 15, "manual": True},
    }
    path = assignment(shell.folder) / "tests" / ".points.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    shell.check()
    assert "6 / 6 public; hidden: 24 points are decided after the deadline" in shell.text
    assert "15 points for the written question" in shell.text
    assert "Twice" in shell.text
    shell.check(None, ["q1"])
    assert "4 / 4 public in q1; hidden: 6 points" in shell.text
    path.write_text("[]", encoding="utf-8")
    assert shell.check() == 0


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "def f(:\n",
            "The file is not valid Python {python}: invalid syntax (line 1: `def f(:`).",
        ),
        (
            "x = 1\ny = 1 / 0\n",
            "Your file raises ZeroDivisionError when it is loaded: division by zero "
            "(line 2: `y = 1 / 0`).",
        ),
        ("import sys\nsys.exit(0)\n", "it calls exit (line 2: `sys.exit(0)`)."),
        ("input('name? ')\n", "while a file is judged nobody does (line 1: `input('name? ')`)."),
        ("return 3\n", "'return' outside function (line 1: `return 3`)."),
        ("import no_such_package\n", "No module named 'no_such_package' (line 1: "),
        ("x = 1\0\n", "line 1 contains a NUL byte"),
        (
            "class E(Exception):\n    def __str__(self): 1/0\nraise E\n",
            "Your file raises Exception when it is loaded: (its message cannot be shown) (line 3: ",
        ),
        ("x = 1\n", "Nothing that `twice` asks for is defined in this file."),
    ],
)
def test_a_file_that_cannot_be_loaded(shell: Shell, code: str, said: str) -> None:
    plan(assignment(shell.folder, code))
    assert shell.check() == 1
    assert said.format(python="{}.{}".format(*sys.version_info[:2])) in shell.line
    assert shell.text.count("\n") < 6


def test_latin_1_is_one_sentence(shell: Shell) -> None:
    assignment(shell.folder, None)
    (shell.folder / "twice.py").write_bytes("# Lösung\n".encode("latin-1"))
    assert shell.check() == 1
    assert "The file is not in UTF-8 (line 1); save it with that encoding" in shell.line


def test_crlf_bom_and_a_foreign_folder_name(tmp_path: Path) -> None:
    folder = assignment(tmp_path / "Übung 1 – 行列", None)
    (folder / "twice.py").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    for path in (folder / "tests").iterdir():
        path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r\n").encode())
    shell = Shell(folder)
    assert shell.check() == 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("import sys; sys.exit(1)", "double(3) called sys.exit()"),
        ("return double(x)", "raised RecursionError"),
        (
            "from multiprocessing import Pool; return Pool(1).map(abs, [x])",
            "PermissionError: no other process can be started while a file is judged; threads can",
        ),
        ("raise ValueError('z' * 9999 + 40 * '\\nx')", "more lines"),
    ],
)
def test_a_case_that_ends_oddly(shell: Shell, body: str, said: str) -> None:
    assignment(shell.folder, f"def double(x):\n    {body}\ndef pair(x):\n    return x, x\n")
    assert shell.check() == 1
    assert said in shell.text
    assert "✓ q2" in shell.text
    assert len(shell.text) < 6000


def test_ctrl_c_names_the_case_and_the_line(shell: Shell) -> None:
    assignment(shell.folder, "def double(x):\n    raise KeyboardInterrupt\n")
    with pytest.raises(Interrupted) as stopped:
        shell.check()
    assert str(stopped.value) == "Stopped in q1: three, at line 2: `raise KeyboardInterrupt`."
    assert stopped.value.exit_code == 130


def test_where_an_assignment_is_looked_for(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell.check() == 2
    assert "There is no assignment in" in shell.text
    assignment(tmp_path / "starter" / "twice")
    assert shell.check() == shell.check("twice") == shell.check("starter/twice/twice.py") == 0
    assert shell.check("thrice") == 2
    assert "neither thrice.py nor thrice.ipynb" in shell.text
    assignment(tmp_path / "other")
    assert shell.check() == 2
    assert "Which assignment?" in shell.text
    inside = Shell(tmp_path / "other")
    assert inside.check() == inside.check("twice") == 0


def test_missing_tests_and_questions(shell: Shell) -> None:
    folder = assignment(shell.folder)
    assert shell.check(None, ["q9"]) == 2
    assert "There is no q9 in twice; there is q1, q2." in shell.text
    (folder / "tests" / "q2.py").write_text("OK_FORMAT = Fals", encoding="utf-8")
    assert shell.check() == 2
    assert "tests/q2.py cannot be used" in shell.text
    for path in (folder / "tests").iterdir():
        path.unlink()
    assert shell.check("twice") == 2
    assert "The tests are missing" in shell.text


def test_ten_comes_after_nine(tmp_path: Path) -> None:
    folder = assignment(tmp_path)
    for n in (9, 10):
        (folder / "tests" / f"q{n}.py").write_text(Q2, encoding="utf-8")
    assert list(find_work(folder).tests) == ["q1", "q2", "q9", "q10"]


def test_helper_modules_beside_the_file(shell: Shell) -> None:
    folder = assignment(shell.folder, "from helper import double\ndef pair(x): return x, x\n")
    helper = folder / "helper.py"
    helper.write_text(GOOD, encoding="utf-8")
    assert shell.check("twice") == 0
    helper.write_text("def double(x):\n    return 1 // 0\n", encoding="utf-8")
    assert shell.check("twice") == 1
    assert "helper.py, line 2: `return 1 // 0`" in shell.text
    assert not (folder / "__pycache__").exists()


def test_dataclasses_and_future_annotations(shell: Shell) -> None:
    head = "from __future__ import annotations\nfrom dataclasses import dataclass\n"
    assignment(shell.folder, head + "@dataclass\nclass P:\n    x: Missing = 1\n" + GOOD)
    assert shell.check() == 0
