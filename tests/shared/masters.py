"""Small notebooks in the formats of `otter assign` and nbgrader, as their manuals describe them."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)


def _tested(source: str, value: str = "") -> Any:
    outputs = [new_output("execute_result", {"text/plain": value}, execution_count=1)]
    return new_code_cell(source, outputs=outputs if value else [], execution_count=1)


def otter_master() -> Any:
    """Two questions of functions, one of a variable, one that people grade: 7 points by tests."""
    cells = [
        new_raw_cell(
            "# ASSIGNMENT CONFIG\nname: squares\ninit_cell: true\nshow_question_points: true"
        ),
        new_markdown_cell("# Squares\n\nFunctions that square."),
        new_code_cell("import math"),
        new_code_cell("print(math.pi)"),
        new_raw_cell("# BEGIN QUESTION\nname: square\npoints: 4"),
        new_markdown_cell("## One number\n\nWrite `square`, and `cube`."),
        new_raw_cell("# BEGIN SOLUTION"),
        new_code_cell(
            'def square(x):\n    """The square."""\n    y = x * x  # SOLUTION\n    return y\n\n\n'
            "def cube(x):\n    # BEGIN SOLUTION\n    return x * square(x)\n    # END SOLUTION\n"
        ),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# BEGIN TESTS"),
        _tested("square(3)", "9"),
        _tested("assert math.isclose(cube(2), 8)"),
        _tested("# HIDDEN\nsquare(-1.5)", "2.25"),
        _tested(
            '""" # BEGIN TEST CONFIG\nhidden: true\npoints: 2\nfailure_message: Is it zero?\n'
            '""" # END TEST CONFIG\nprint(cube(0), square(0))',
            "0 0",
        ),
        new_raw_cell("# END TESTS"),
        new_raw_cell("# END QUESTION"),
        new_raw_cell("# BEGIN QUESTION\nname: stack\npoints:\n  each: 1.5"),
        new_markdown_cell("Write the class `Stack`."),
        new_raw_cell("# BEGIN SOLUTION"),
        new_code_cell(
            "class Stack:\n    def __init__(self):\n        self.items = []\n\n"
            "    def push(self, item):\n        self.items.append(item)  # SOLUTION\n\n"
            "    def pop(self):\n        return self.items.pop()  # SOLUTION\n"
        ),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# BEGIN TESTS"),
        _tested("s = Stack()\ns.push(1)\ns.push(2)\ns.pop()", "2"),
        _tested("# HIDDEN\ns = Stack()\ns.push('a')\nassert s.items == ['a']"),
        new_raw_cell("# END TESTS"),
        new_raw_cell("# END QUESTION"),
        new_raw_cell("# BEGIN QUESTION\nname: number\npoints: 1"),
        new_raw_cell("# BEGIN SOLUTION"),
        new_code_cell("answer = 42  # SOLUTION"),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# BEGIN TESTS"),
        _tested("answer == 42", "True"),
        new_raw_cell("# END TESTS"),
        new_raw_cell("# END QUESTION"),
        new_raw_cell("# BEGIN QUESTION\nname: why\nmanual: true\npoints: 3"),
        new_markdown_cell("Why are squares never negative?"),
        new_raw_cell("# BEGIN SOLUTION"),
        new_markdown_cell("Because."),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# END QUESTION"),
    ]
    return _python(cells)


OTTER_ANSWERS = {
    "right": "def square(x):\n    return x * x\n\n\ndef cube(x):\n    return x**3\n\n\n"
    "class Stack:\n    def __init__(self):\n        self.items = []\n\n"
    "    def push(self, item):\n        self.items += [item]\n\n"
    "    def pop(self):\n        return self.items.pop()\n",
    "wrong cube": "def square(x):\n    return x * x\n\n\ndef cube(x):\n    return x + square(x)\n",
    "an integer square": "def square(x):\n    return int(x) ** 2\n\n\ndef cube(x):\n"
    "    return x**3\n",
    "a queue": "class Stack:\n    def __init__(self):\n        self.items = []\n\n"
    "    def push(self, item):\n        self.items.append(item)\n\n"
    "    def pop(self):\n        return self.items.pop(0)\n",
}
"""Answers to the two questions of functions, each with `import math` before it in the notebook."""


def nbgrader_source() -> Any:
    """Two questions with 2 + 3 and 4 points, one that people grade."""
    cells = [
        new_markdown_cell("# Squares"),
        _graded(new_code_cell("import math"), None),
        _graded(
            new_code_cell(
                'def square(x):\n    """The square."""\n    ### BEGIN SOLUTION\n    return x * x\n'
                "    ### END SOLUTION\n"
            ),
            "square",
            solution=True,
        ),
        _graded(new_code_cell("assert square(3) == 9"), "square_public", points=2),
        _graded(
            new_code_cell(
                "assert square(0) == 0\n### BEGIN HIDDEN TESTS\nassert square(-2) == 4\n"
                "### END HIDDEN TESTS"
            ),
            "square_hidden",
            points=3,
        ),
        new_markdown_cell("Now the root."),
        _graded(new_code_cell("def root(x):\n    return math.sqrt(x)"), "root", solution=True),
        _graded(
            new_code_cell("from math import isclose\n\nassert isclose(root(2) ** 2, 2)"),
            "root_test",
            points=4,
        ),
        new_markdown_cell("Why has -1 no root?"),
        _graded(new_markdown_cell("Your answer"), "why", solution=True, points=3),
    ]
    return _python(cells)


NBGRADER_ANSWERS = {
    "right": "import math\n\n\ndef square(x):\n    return x**2\n\n\ndef root(x):\n"
    "    return math.sqrt(x)\n",
    "only above zero": "def square(x):\n    return x * abs(x)\n",
    "no square of zero": "def square(x):\n    return x * x or 1\n\n\n"
    "def root(x):\n    return x**0.5\n",
}


def _graded(
    cell: Any, name: str | None, *, solution: bool = False, points: int | None = None
) -> Any:
    if name is not None:
        cell.metadata["nbgrader"] = {
            "grade": points is not None,
            "grade_id": name,
            "locked": not solution,
            "schema_version": 3,
            "solution": solution,
            "task": False,
            **({"points": points} if points is not None else {}),
        }
    return cell


def _python(cells: list[Any]) -> Any:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    notebook.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"c{number}"
    nbformat.validate(notebook)
    return notebook
