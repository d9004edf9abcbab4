"""The one reader: what of a script or notebook is Python, where it stands, what is left out."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from autograder.jail import loader, offers
from autograder.jail.cells import NotLoadable
from autograder.jail.reading import Reading, read
from autograder.jail.rules import violations

PYTHON = "{}.{}".format(*sys.version_info[:2])


def book(*cells: str | dict[str, Any], **more: Any) -> bytes:
    made = [
        c if isinstance(c, dict) else {"cell_type": "code", "metadata": {}, "source": c}
        for c in cells
    ]
    return json.dumps({"cells": made, "nbformat": 4, **more}).encode()


def names(data: bytes, kind: str = "ipynb") -> dict[str, Any]:
    """What is defined after the file ran."""
    with offers.installed(loading=True):
        loaded = loader.run(read(data, kind, "hw"), "hw_under_test")
    sys.modules.pop("hw_under_test")
    assert not loaded.problem, loaded.problem
    return vars(loaded.module)


def problem(data: bytes, kind: str = "ipynb") -> str:
    with offers.installed(loading=True):
        loaded = loader.run(read(data, kind, "hw"), "hw_under_test")
    sys.modules.pop("hw_under_test")
    return loaded.problem


@pytest.mark.parametrize(
    "cell",
    [
        "%%time\nx = 7",
        "%%capture\nx = 7",
        "%%capture out\nx = 7\n",
        "%%capture out --no-stderr\nx = 7\n",
        "\n\n%%time\nx = 7",
        "%%capture\n%%time\nx = 7",
        "%time x = 7",
        "x = %time 7",
        "%prun x = 7",
        "%pip install numpy\nx = 7",
        "!pip install \\\n  numpy\nx = 7",
        "x = 7\nx?",
        "?x\nx = 7",
        "files = !ls\nx = 7 + len(files)",
        "%matplotlib inline\n%load_ext autoreload\n%autoreload 2\nx = 7",
        "if True:\n    %matplotlib inline\n    x = 7",
        "get_ipython().run_line_magic('time', 'x = 7')",
        "get_ipython().run_cell_magic('time', '', 'x = 7\\n')",
        "get_ipython().magic('matplotlib inline')\nx = 7",
        "from IPython import get_ipython\nget_ipython().run_line_magic('pylab', '')\nx = 7",
        "import asyncio\nawait asyncio.sleep(0)\nx = 7",
        "async def f():\n    return 7\nx = await f()",
        "import asyncio\nasync def f(): return 7\nx = (await asyncio.gather(f(), f()))[0]",
        "display('nothing')\nx = 7",
        "x = 7\nOut[3] = In[-1] = _",
        "import otter\ngrader = otter.Notebook('hw.ipynb')\ngrader.check('q1')\nx = 7",
        "from autograder.notebook import Notebook\nNotebook('hw').check('q1')\nx = 7",
        "grader.check('q1')\nx = 7",
        "    x = 7",
        ">>> x = 7",
        "x = 14\nx = (x\n%2) + 7",
        "if 'google.colab' in str(get_ipython()):\n    x = 1\nelse:\n    x = 7",
    ],
)
def test_what_a_notebook_understands(cell: str) -> None:
    assert names(book(cell))["x"] == 7


@pytest.mark.parametrize(
    "magic", ["%%bash", "%%html", "%%writefile hw.txt", "%%timeit", "%%javascript"]
)
def test_other_cell_magics_define_nothing(magic: str) -> None:
    found = names(book("x = 7", f"{magic}\nx = 8"))
    assert found["x"] == 7


def test_lines_stay_where_they_were() -> None:
    data = book("a = 1", "\n%%time\n!pip install \\\n  numpy\n%matplotlib inline\n1 / 0")
    assert problem(data).endswith("division by zero (cell 2, line 6: `1 / 0`).")


def test_a_cell_that_is_no_python_costs_itself() -> None:
    data = book("x = 7", "This is prose, not code.", "y = 8", "return x", "1 / 0")
    assert problem(data) == (
        f"Cell 2 is left out: it is not valid Python {PYTHON}: invalid syntax "
        "(line 1: `This is prose, not code.`). "
        f"Cell 4 is left out: it is not valid Python {PYTHON}: 'return' outside function "
        "(line 1: `return x`). "
        "Your file raises ZeroDivisionError when it is loaded: division by zero "
        "(cell 5, line 1: `1 / 0`)."
    )
    assert [c.label for c in read(data, "ipynb", "hw").chunks] == ["cell 1", "cell 3", "cell 5"]


def test_many_problems_are_counted() -> None:
    assert problem(book(*["1 / 0"] * 5)).endswith("(cell 3, line 1: `1 / 0`). 2 more like these.")


def test_cells_are_numbered_as_jupyter_does_when_all_are_run() -> None:
    cells = ["", {"cell_type": "markdown", "source": "# T"}, "a = 1", "  \n", "1 / 0"]
    assert "(cell 2, line 1: `1 / 0`)" in problem(book(*cells))


def test_a_future_import_holds_for_the_cells_below() -> None:
    cells = [
        "from __future__ import annotations",
        "def f(x: Nowhere) -> Nothing_here:\n    return 7",
    ]
    assert names(book(*cells))["f"](1) == 7


@pytest.mark.parametrize(
    "notebook",
    [
        {"worksheets": [{"cells": [{"cell_type": "code", "input": ["x = ", "7"]}]}], "nbformat": 3},
        {"cells": [{"cell_type": "code", "source": ["x = 7\n"], "outputs": []}], "nbformat": 4},
        {"cells": [{"cell_type": "code", "id": "a", "source": "x = 7"}], "nbformat_minor": 5},
        {"cells": [{"cell_type": "code", "source": "x = 7", "metadata": {"tags": "q1"}}]},
        {"cells": [{"cell_type": "code", "source": "x = 7\r\n", "metadata": None}]},
    ],
)
def test_notebooks_of_all_formats(notebook: dict[str, Any]) -> None:
    assert names(json.dumps(notebook).encode())["x"] == 7


def test_cells_for_the_notebook_alone_do_not_run() -> None:
    live = {"cell_type": "code", "source": "x = 8", "metadata": {"tags": ["active-ipynb"]}}
    assert names(book("x = 7", live))["x"] == 7


@pytest.mark.parametrize(
    "script",
    [
        "x = 7\n",
        "#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n\nx = 7\n\n\n"
        "# In[ ]:\n\n\nget_ipython().run_line_magic('ls', '')\n",
        "# %% [markdown]\n# # Title\n\n# %%\n%matplotlib inline\nx = 7\n",
        "# %%\n!pip install numpy\n\n# %%\nx = 7\n",
        "!pip install numpy\nx = 7\n",
        "# %%\nimport asyncio\nawait asyncio.sleep(0)\nx = 7\n",
        '"""Title\n\n# %% in a docstring"""\nx = 7\n',
        "x = [\n# %%\n7][0]\n",
        "\ufeffx = 7\r\n",
    ],
)
def test_scripts_as_their_tools_write_them(script: str) -> None:
    assert names(script.encode(), "py")["x"] == 7


def test_a_declared_encoding_holds() -> None:
    assert names("# coding: latin-1\ns = 'é'\n".encode("latin-1"), "py")["s"] == "é"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("s = 'é'\n".encode("latin-1"), "The file is not in UTF-8 (line 1); save it with that"),
        (b"# coding: nonsense\nx = 1\n", "The file is not in UTF-8 (line 1)"),
        (
            b'\n{\n "cells": [],\n "metadata": {},\n "nbformat": 4,\n "nbformat_minor": 5\n}\n',
            "The file is a Jupyter notebook with a name that ends in .py; let it end in .ipynb and",
        ),
        (b"x = 1\ny = '\0'\n", "line 2 contains a NUL byte"),
        (
            b"def f(:\n",
            f"The file is not valid Python {PYTHON}: invalid syntax (line 1: `def f(:`).",
        ),
        (
            b"import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n    return\n",
            "`marimo export ipynb hw.py -o hw.ipynb`",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(NotLoadable) as refused:
        read(data, "py", "hw")
    assert said in str(refused.value)


COLAB = '''# -*- coding: utf-8 -*-
"""Untitled0.ipynb

Automatically generated by Colab.

Original file is located at
    https://colab.research.google.com/drive/0

# Homework
"""

from google.colab import drive
drive.mount('/content/drive')

# Commented out IPython magic to ensure Python compatibility.
# %matplotlib inline

"""Now it
begins.

With a blank line, and # %% in it."""

def f():

    return 7

x = f()

1 / 0

y = 8
'''


def test_a_script_that_colab_exported_has_paragraphs_for_cells() -> None:
    reading = read(COLAB.encode(), "py", "hw")
    assert [chunk.at for chunk in reading.chunks] == [1, 12, 18, 23, 27, 29, 31]
    assert problem(COLAB.encode(), "py").startswith(
        "Your file raises ModuleNotFoundError when it is loaded: No module named 'google' (line 12"
    )
    script = COLAB.replace("from google.colab import drive\ndrive.mount", "print")
    found = names(script.replace("1 / 0", "2 / 1").encode(), "py")
    assert (found["x"], found["y"]) == (7, 8)


def test_what_is_no_python_in_it_costs_its_paragraph() -> None:
    reading = read(COLAB.replace("1 / 0", "some prose here").encode(), "py", "hw")
    assert [left.at for left in reading.left_out] == [29]
    assert reading.chunks[-1].at == 31


def test_without_its_first_lines_a_script_is_one_cell() -> None:
    script = COLAB.replace("Automatically", "By hand").encode()
    assert [chunk.at for chunk in read(script, "py", "hw").chunks] == [1]


def test_a_cell_of_a_script_costs_itself() -> None:
    script = b"# %%\nx = 7\n\n# %%\nsome prose here\n\n# %%\n1 / 0\n\n# %%\ny = 8\n"
    reading = read(script, "py", "hw")
    assert [c.at for c in reading.chunks] == [1, 7, 10]
    assert problem(script, "py") == (
        f"The cell at line 4 is left out: it is not valid Python {PYTHON}: invalid syntax "
        "(line 5: `some prose here`). "
        "Your file raises ZeroDivisionError when it is loaded: division by zero (line 8: `1 / 0`)."
    )


def test_the_end_of_a_script_without_cells_that_is_no_python() -> None:
    script = b"x = 7\n\ndef f():\n    return x\n\nthe rest is prose\nand more\n"
    assert problem(script, "py") == (
        f"The end of the file, lines 6 to 7, is left out: it is not valid Python {PYTHON}: "
        "invalid syntax (line 6: `the rest is prose`)."
    )
    assert sum(len(c.tree.body) for c in read(script, "py", "hw").chunks) == 2


def test_syntax_newer_than_the_graders() -> None:
    cells = book("match 1:\n    case 1:\n        y = 8", "x = 7")
    reading = read(cells, "ipynb", "hw", python=(3, 9))
    assert [c.label for c in reading.chunks] == ["cell 2"]
    assert reading.left_out[0].sentence.startswith(
        "Cell 1 is left out: it needs a newer Python than the grader's 3.9: Pattern matching is "
    )
    assert len(read(cells, "ipynb", "hw").chunks) == 2


def test_what_the_parser_warns_of_is_kept_with_its_line() -> None:
    reading = read(book("a = 1", "b = '\\s'\nif a is 1: pass"), "ipynb", "hw")
    assert len(reading.warnings) == 2
    assert reading.warnings[0].startswith("cell 2, line 1: ")
    assert "\\s" in reading.warnings[0]
    assert reading.warnings[1].startswith('cell 2, line 2: "is" with ')


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        ("%%time\nimport numpy as np\ndef f(a):\n    return np.dot(a, a)", "cell 1, line 4"),
        ("import numpy as np\n%time f = lambda a: np.dot(a, a)", "cell 1, line 2"),
        (
            "import numpy as np\nget_ipython().run_cell_magic('time', '', "
            "'def f(a):\\n    return g(a)\\ndef g(a):\\n    return np.dot(a, a)')",
            "cell 1, line 2",
        ),
    ],
)
def test_rules_see_what_magics_run(cell: str, where: str) -> None:
    reading: Reading = read(book(cell), "ipynb", "hw")
    found = violations(reading.chunks, {"q1": ["f"]}, {"q1": ["np.dot"]})
    assert {(v.rule, v.where) for v in found} == {("np.dot", where)}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            "x = 1\nbreakpoint()",
            "a forgotten breakpoint() is in the code (cell 1, line 2: `breakpoint()`)",
        ),
        ("name = input()", "nobody does (cell 1, line 1: `name = input()`)"),
    ],
)
def test_what_waits_for_a_keyboard_is_named(cell: str, said: str) -> None:
    assert said in problem(book(cell))
