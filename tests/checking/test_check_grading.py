"""The student's command says what grading will: rules, limits, what the grader's Python is."""

from __future__ import annotations

import sys

import pytest
from shared.student_folder import GOOD, Shell, assignment, notebook, plan


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
