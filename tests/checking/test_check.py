"""The student's command: what it finds, what it says, and its exit codes."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import otter
import pytest
from rich.console import Console

from autograder.checking import terminal as check
from autograder.checking.hints import HINT_STATE
from autograder.checking.judge import read_tests, run_case
from autograder.checking.loading import load
from autograder.checking.workfolder import choose, find_work

Q1 = '''"""Doubling — naïvely."""
import numpy as np
from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 4
hints = ["Think of addition.", "x + x"]


@test_case(name="three", points=1, failure_message="Twice the number.")
def test_three(double):
    assert_equal(double(3), 6)


@test_case(name="an array", points=2, failure_message="Every entry is doubled.")
def test_array(double):
    assert_array(double(np.arange(3.0)), [0, 2, 4])


@test_case(name="text is refused", points=1, failure_message="Numbers only.")
def test_text(double):
    assert_raises(TypeError, double, "a", mentions="x")
'''
Q2 = '''"""A pair."""
from autograder.checks import assert_equal, test_case

OK_FORMAT = False
name = "q2"
points = 2


@test_case(name="unpacked", points=1)
def test_pair(pair):
    first, second = pair(1)
    assert_equal(first, 1)


@test_case(name="by probe", points=1)
def test_probe(student):
    def probe(pair):
        return pair(2)[1]

    assert_equal(student(probe), 2)
'''
GOOD = """
def double(x):
    if isinstance(x, str):
        raise TypeError("x is no number")
    return x + x


def pair(x):
    return x, x
"""
STUBS = """
def double(x):
    raise NotImplementedError("q1: double is not written yet")


def pair(x):
    raise NotImplementedError("q2: pair is not written yet")
"""


def assignment(folder: Path, code: str | None = GOOD) -> Path:
    """A student's folder `folder`, with the script `twice.py` unless `code` is None."""
    (folder / "tests").mkdir(parents=True)
    (folder / "tests" / "q1.py").write_text(Q1, encoding="utf-8")
    (folder / "tests" / "q2.py").write_text(Q2, encoding="utf-8")
    if code is not None:
        (folder / "twice.py").write_text(code, encoding="utf-8")
    return folder


def plan(folder: Path, **more: object) -> None:
    """What `autograder build` leaves in the folder of its course."""
    questions = {"q1": {"names": ["double"]}, "q2": {"names": ["pair"]}}
    (folder / "tests" / ".points.json").write_text(json.dumps(questions | more), encoding="utf-8")


def notebook(path: Path, *cells: str | tuple[str, list[str]]) -> None:
    book = nbformat.v4.new_notebook()
    for cell in cells:
        source, tags = cell if isinstance(cell, tuple) else (cell, [])
        book.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
    nbformat.write(book, path)


class Shell:
    """Runs the commands in a folder and keeps the last output."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.text = folder, ""

    def _call(self, command: Callable[[Console], int]) -> int:
        console = Console(file=io.StringIO(), width=120)
        code = command(console)
        self.text = console.file.getvalue()  # type: ignore[attr-defined]
        assert "Traceback" not in self.text
        return code

    @property
    def line(self) -> str:
        """What was said, without the ends of lines."""
        return " ".join(self.text.split())

    def check(self, slug: str | None = None, questions: list[str] | None = None) -> int:
        return self._call(lambda c: check.run_check(self.folder, slug, questions, c))

    def hint(self, question: str) -> int:
        return self._call(lambda c: check.show_hint(self.folder, None, question, c))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "twice")


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
    assert shell.check() == 1
    assert "Stopped in q1: three, at line 2: `raise KeyboardInterrupt`." in shell.text


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


# --- the pair -----------------------------------------------------------------------------------


def test_notebook_cells(shell: Shell) -> None:
    assignment(shell.folder, None)
    notebook(
        shell.folder / "twice.ipynb",
        'import otter\ngrader = otter.Notebook("twice.ipynb")',
        "from __future__ import annotations\n%matplotlib inline\n!ls",
        ("raise ValueError('only live')", ["active-ipynb"]),
        "%%time\ndef double(x: Missing):\n    return x[\n        0]",
        'grader.check("q1")',
        "%%bash\necho 'def'",
        "def pair(x):\n    return (x\n      % 7, x)",
    )
    assert shell.check(None, ["q1", "q2"]) == 1
    assert "twice.ipynb" in shell.text
    assert "cell 4, line 3: `return x[`" in shell.text
    assert "✓ q2" in shell.text


def test_a_cell_costs_what_is_in_it(shell: Shell) -> None:
    assignment(shell.folder, None)
    path = shell.folder / "twice.ipynb"
    notebook(path, "x = 1", GOOD, "y = (\n", "\nx.y", "%%time\nz = 1\n!ls")
    assert shell.check() == 0
    assert "Cell 3 is left out: it is not valid Python" in shell.line
    assert "(line 1: `y = (`)." in shell.line
    assert "(cell 4, line 2: `x.y`)." in shell.line
    path.write_text("{", encoding="utf-8")
    assert shell.check() == 1
    assert "The notebook is damaged: it is not valid JSON." in shell.line


def test_of_both_the_one_counts_in_which_more_is_written(shell: Shell) -> None:
    folder = assignment(shell.folder, STUBS)
    notebook(folder / "twice.ipynb", *GOOD.split("\n\n\n"), 'grader.check("q1")')
    script, book = folder / "twice.py", folder / "twice.ipynb"
    now = time.time()
    os.utime(book, (now, now - 60))  # times do not matter: no platform keeps them
    assert shell.check() == 0
    assert "twice.ipynb and twice.py differ; twice.ipynb counts: more is written in it." in (
        shell.line
    )
    notebook(book, *STUBS.split("\n\n\n"))
    script.write_text(GOOD, encoding="utf-8")
    assert shell.check() == 0
    assert "twice.py counts: more is written in it. If twice.ipynb is the one" in shell.line
    notebook(book, "def double(x):\n    return x", "def pair(x):\n    return x, x")
    assert shell.check() == 1
    assert "twice.ipynb counts: as much is written in both" in shell.line
    assert shell.check("twice.py") == 0
    assert "This is twice.py, as you asked. twice.ipynb and twice.py differ; twice.ipynb" in (
        shell.line
    )
    script.write_text("# %%\ndef double(x):\n    return x\ndef pair(x):\n    return x, x\n")
    shell.check()
    assert "counts" not in shell.text


def test_otter_in_a_notebook_judges_and_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "def double(x):\n    return None if isinstance(x, int) else x + x\ndef pair(x): pass\n"
    work = find_work(assignment(tmp_path / "twice", code))
    loaded = load(work, choose(work)[0])
    monkeypatch.chdir(work.folder)
    grader = otter.Notebook(tests_dir=str(work.folder / "tests"))
    for question, path in work.tests.items():
        tests = read_tests(question, path)
        ours = [run_case(tests, case, loaded) for case in tests.cases]
        theirs = grader.check(question, global_env=dict(loaded.namespace)).test_case_results
        assert [r.passed for r in ours] == [r.passed for r in theirs]
        for our, their in zip(ours, theirs, strict=True):
            assert our.advice in (their.test_case.failure_message or "", "")
            if "  tests/" not in our.message:  # where the test could not use what came back
                assert our.message in their.message
            else:
                line = our.message.rpartition("q2.py, ")[2].partition(":")[0]
                assert f"Error at {line} in test q2:" in their.message


# --- hints and watching -------------------------------------------------------------------------


def test_hints_come_one_at_a_time(shell: Shell) -> None:
    folder = assignment(shell.folder, STUBS)
    assert shell.hint("q1") == 0
    assert "Think of addition." in shell.text
    assert "x + x" not in shell.text
    shell.hint("q1")
    assert "x + x" in shell.text
    assert "That was the last one." in shell.text
    shell.hint("q1")
    assert "Think of addition." in shell.text
    assert "These were all hints for q1." in shell.text
    assert shell.hint("q2") == 0
    assert "There are no hints for q2." in shell.text
    assert shell.hint("q7") == 2
    (folder / HINT_STATE).write_text("broken", encoding="utf-8")
    shell.hint("q1")
    assert "hint 1 of 2" in shell.text


def test_commands_are_printed_as_they_can_be_typed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = assignment(shell.folder, STUBS)
    environment = folder / ".venv" / "bin"
    environment.mkdir(parents=True)
    (environment / "autograder").write_text("#!/bin/sh\n")
    (environment / "autograder").chmod(0o755)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", [str(environment / "autograder"), "check"])
    monkeypatch.setenv("PATH", "/nowhere")  # the environment is not active
    shell.check()
    assert "  .venv/bin/autograder check -q q1 " in shell.text
    monkeypatch.setenv("PATH", str(environment))
    shell.check()
    assert "  autograder check -q q1 " in shell.text


def test_watch_checks_again_after_a_save(tmp_path: Path) -> None:
    folder = assignment(tmp_path / "twice", STUBS)
    console = Console(file=io.StringIO(), width=120)
    sleeps = 0

    def sleep(_: float) -> None:
        nonlocal sleeps
        sleeps += 1
        if sleeps == 2:
            (folder / "twice.py").write_text(GOOD, encoding="utf-8")
        if sleeps == 4:
            raise KeyboardInterrupt

    assert check.watch(folder, None, None, console, sleep=sleep) == 0
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert text.index("0 / 6 public") < text.index("6 / 6 public")
    assert text.count("waiting for the next save") == 2
    assert check.watch(tmp_path / "tests", None, None, console) == 2


def test_a_save_during_a_check_ends_it(tmp_path: Path) -> None:
    folder = assignment(tmp_path / "twice", None)
    saves_itself = (
        f"from pathlib import Path\nPath(__file__).write_text({GOOD!r})\nwhile True: pass\n"
    )
    (folder / "twice.py").write_text(saves_itself, encoding="utf-8")
    plan(folder, grader={"load_seconds": 600})
    console = Console(file=io.StringIO(), width=120)

    def sleep(_: float) -> None:
        raise KeyboardInterrupt

    assert check.watch(folder, None, None, console, sleep=sleep) == 0
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "6 / 6 public" in text
    assert text.count("waiting for the next save") == 1


def test_a_terminal_that_cannot_show_a_tick(shell: Shell) -> None:
    assignment(shell.folder)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    assert check.run_check(shell.folder, None, None, Console(file=stream, width=120)) == 0
    stream.flush()
    assert b"+ q1  Doubling" in stream.buffer.getvalue()  # type: ignore[attr-defined]


def test_a_rule_of_the_question_is_checked_too(shell: Shell) -> None:
    folder = assignment(
        shell.folder, "def double(x):\n    return 2 * x @ x\ndef pair(x):\n    return x, x\n"
    )
    plan(folder, q1={"title": "Doubling", "points": 5, "names": ["double"], "forbid": ["@"]})
    assert shell.check() == 1
    assert "q1 must not use `@` (line 2)." in shell.text


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "\n    while True:\n        try:\n            x += 1\n        except BaseException: pass",
        "import time; time.sleep(1e6)",
    ],
)
def test_an_endless_loop_ends_as_it_will_in_grading(shell: Shell, body: str) -> None:
    code = f"def double(x):\n    {body}\ndef pair(x):\n    return x, x\n"
    folder = assignment(shell.folder, code)
    plan(folder, grader={"python": "3.11", "call_seconds": 0.2, "case_seconds": 1})
    assert shell.check() == 1
    assert "Your code ran for more than 0.2 seconds." in shell.text
    assert "✓ q2" in shell.text
    (folder / "twice.py").write_text("while True:\n    pass\n")
    plan(folder, grader={"load_seconds": 0.2})
    assert shell.check() == 1
    assert "While your file was loaded: Your code ran for more than 0.2 seconds." in shell.line


def test_a_forgotten_breakpoint_is_named(shell: Shell) -> None:
    code = "def double(x):\n    breakpoint()\n    return x + x\n"
    assignment(shell.folder, code + "def pair(x):\n    return x, input()\n")
    assert shell.check(None, ["q1", "q2"]) == 1
    assert "a forgotten breakpoint() is in the code line 2: `breakpoint()`" in shell.line
    assert "input() waits for somebody to type" in shell.line
    assert "line 5: `return x, input()`" in shell.line


def test_syntax_newer_than_the_graders_is_told(shell: Shell) -> None:
    folder = assignment(shell.folder, None)
    notebook(folder / "twice.ipynb", "match 1:\n    case 1: pass", GOOD)
    plan(folder, grader={"python": "3.9"})
    assert shell.check() == 0
    assert (
        "Cell 1 is left out: it needs a newer Python than the grader's 3.9: Pattern matching is "
        "only supported in Python 3.10 and greater (line 2: `case 1: pass`)."
    ) in shell.line


NEWER = [
    (
        (3, 12),
        "names = {'a': 1}\nf'{names['a']}'",
        "Cell 1 is left out: it needs a newer Python than the grader's 3.11: the f-string's own "
        "kind of quotes within the braces of an f-string is only supported in Python 3.12 and "
        "greater (line 2: `f'{names['a']}'`).",
    ),
    (
        (3, 14),
        "import math\ndef f(x: Later): pass",
        "Your file raises NameError when it is loaded: name 'Later' is not defined; Python 3.11 "
        "looks up what annotations name at once (cell 1, line 2: `def f(x: Later): pass`).",
    ),
]


@pytest.mark.parametrize(("version", "cell", "said"), NEWER)
def test_what_means_something_else_to_an_older_grader_is_told(
    shell: Shell, version: tuple[int, int], cell: str, said: str
) -> None:
    if sys.version_info < version:
        pytest.skip(f"Python {version}; `make pythons` has it")
    folder = assignment(shell.folder, None)
    notebook(folder / "twice.ipynb", cell, GOOD)
    plan(folder, grader={"python": "3.11"})
    assert shell.check() == 0
    assert said in shell.line


def test_imports_are_those_of_the_grader(shell: Shell) -> None:
    folder = assignment(shell.folder, None)
    (folder / "mine.py").write_text("x = 1\n", encoding="utf-8")
    notebook(folder / "twice.ipynb", "import mine, json, numpy\nimport pytest", GOOD)
    plan(folder, grader={"imports": ["numpy"]})
    assert shell.check() == 0
    assert "`pytest` is not among the modules that this assignment allows" in shell.line
    assert "(cell 1, line 2: `import pytest`)." in shell.line


def test_what_the_parser_warns_of_is_said_once(shell: Shell) -> None:
    assignment(shell.folder, GOOD + '\ntext = "\\s"\n')
    assert shell.check() == 0
    assert shell.text.count("invalid escape sequence") == 1
    assert "line 11: invalid escape sequence" in shell.line.replace('"\\s" is an', "")
