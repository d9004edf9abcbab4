"""Harmless habits of people who write notebooks: none may cost a point, or differ between a
student's own check, the receipt and the grade. The next one is added to `HABITS` in one line.
"""

from __future__ import annotations

import ast
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jupytext
import nbformat
from nbconvert import PythonExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from autograder.course.parts import PERCENT

LIVE = "active-ipynb"


@dataclass
class Work:
    """A student's folder with the whole answer in its notebook.

    Attributes:
        files: what lies in the folder beside notebook and tests, by relative path.
        notebook: None once it has become something else.
    """

    slug: str
    notebook: NotebookNode | None
    stubs: bytes  # the script as it was handed out
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def cells(self) -> list[NotebookNode]:
        assert self.notebook is not None
        return self.notebook.cells  # type: ignore[no-any-return]

    @property
    def code(self) -> list[NotebookNode]:
        """Cells that hold answers, or what answers need."""
        tagged = (c for c in self.cells if LIVE not in c.metadata.get("tags", []))
        return [c for c in tagged if c.cell_type == "code" and c.source.strip()]

    def add(self, *sources: str) -> None:
        """Scratch cells below the answers."""
        self.cells.extend(new_code_cell(source) for source in sources)

    def top(self, *sources: str) -> None:
        """Scratch cells above them."""
        self.cells[:0] = [new_code_cell(source) for source in sources]

    def between(self, source: str) -> None:
        """A scratch cell before each cell with code."""
        for cell in self.code:
            self.cells.insert(self.cells.index(cell), new_code_cell(source))

    def each(self, change: Callable[[str], str]) -> None:
        """Change each cell with code, but not one that must begin with what it begins with."""
        for cell in self.code:
            if "from __future__" not in cell.source:
                cell.source = change(cell.source)

    def meta(self, **metadata: Any) -> None:
        """Other metadata, of the notebook and of each cell."""
        assert self.notebook is not None
        self.notebook.metadata.update(metadata)
        for cell in self.cells:
            cell.metadata.update(metadata)

    def data(self, change: Callable[[dict[str, Any]], Any]) -> None:
        """Change the notebook's JSON."""
        book = json.loads(nbformat.writes(self.notebook))
        self.files[f"{self.slug}.ipynb"] = json.dumps(change(book) or book).encode()
        self.notebook = None

    def raw(self, change: Callable[[bytes], bytes]) -> None:
        """Change the notebook's bytes."""
        self.files[f"{self.slug}.ipynb"] = change(self.bytes)
        self.notebook = None

    def script(self, text: str) -> None:
        """The answer as a script, without a notebook."""
        self.files[f"{self.slug}.py"] = text.encode()
        self.notebook = None

    @property
    def bytes(self) -> bytes:
        return nbformat.writes(self.notebook).encode()

    @property
    def as_percent(self) -> bytes:
        text: str = jupytext.writes(self.notebook, fmt=PERCENT)
        return text.encode()

    def everything(self) -> dict[str, bytes]:
        """The folder, without tests."""
        own = {f"{self.slug}.ipynb": self.bytes} if self.notebook is not None else {}
        return own | self.files

    def zipped(self, folder: str = "", more: dict[str, bytes] | None = None) -> None:
        """The folder as a zip, handed in instead of it."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in (self.everything() | (more or {})).items():
                archive.writestr(folder + name, data)
        self.files["HANDED-IN.zip"] = out.getvalue()


def first_line(node: ast.stmt) -> int:
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])


def split(work: Work) -> None:
    for cell in work.code:
        lines = cell.source.split("\n")
        body = ast.parse(cell.source).body
        starts = [first_line(node) for node in body]
        parts = zip(starts, [*starts[1:], len(lines) + 1], strict=True) if body else []
        place = work.cells.index(cell)
        new = [new_code_cell("\n".join(lines[a - 1 : b - 1])) for a, b in parts]
        work.cells[place : place + 1] = new or [cell]


def merged(work: Work) -> None:
    first, *rest = work.code
    first.source = "\n\n".join(c.source for c in [first, *rest])
    assert work.notebook is not None
    work.notebook.cells = [c for c in work.cells if all(c is not r for r in rest)]


def shown_inside(source: str) -> str:
    """`display` as the first statement of the first function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            if not body or body[0].lineno == node.lineno:
                return source
            lines = source.split("\n")
            lines.insert(first_line(body[0]) - 1, " " * body[0].col_offset + "display('seen')")
            return "\n".join(lines)
    return source


def ran(work: Work) -> None:
    """Outputs and counts as after a run, with an error and a stream of 2 MB."""
    for number, cell in enumerate(work.code, 1):
        cell.execution_count = number
        cell.outputs = [new_output("stream", text="seen\n")]
    work.add("print('a')")
    work.cells[-1].outputs = [
        new_output("stream", text="a" * 2_000_000),
        new_output("error", ename="NotImplementedError", evalue="q1", traceback=["raise"]),
    ]


def version_3(book: dict[str, Any]) -> dict[str, Any]:
    cells = [
        {**c, "input": c["source"], "language": "python"} if c["cell_type"] == "code" else c
        for c in book["cells"]
    ]
    for cell in cells:
        cell.pop("id", None)
        if "input" in cell:
            cell.pop("source")
    return {"worksheets": [{"cells": cells}], "nbformat": 3, "nbformat_minor": 0, "metadata": {}}


def without_ids(book: dict[str, Any]) -> None:
    book["nbformat_minor"] = 0
    for cell in book["cells"]:
        cell.pop("id", None)
        cell["metadata"].pop("tags", None) if LIVE not in cell["metadata"].get("tags", []) else None


def exported(work: Work) -> None:
    """`jupyter nbconvert --to script`, of a notebook with magics.

    Without the cells that measure: the export forgets their tags, and they would run at loading.
    """
    assert work.notebook is not None
    work.notebook.cells = [c for c in work.cells if LIVE not in c.metadata.get("tags", [])]
    work.top("%matplotlib inline", "!pip list", "%%time\nscratch = 1")
    work.script(PythonExporter().from_notebook_node(work.notebook)[0])


def as_script(work: Work, fmt: Any, top: str = "") -> None:
    work.script(top + jupytext.writes(work.notebook, fmt=fmt))


def light(work: Work) -> None:
    """Cells run together: what Python wants at the beginning of a file stands there."""
    later = "from __future__ import annotations\n"
    if any(later in cell.source for cell in work.code):
        for cell in work.code:
            cell.source = cell.source.replace(later, "")
        work.top(later)
    as_script(work, "py:light")


def hydrogen(work: Work) -> None:
    work.top("%matplotlib inline\n!pip list")
    as_script(work, PERCENT)


def needed(work: Work, source: str, files: dict[str, bytes]) -> None:
    """What the answers cannot do without: it stands above each of them, in the same cell."""
    work.files.update(files)
    work.each(lambda answer: f"{source}\n{answer}")


PACKAGE = {
    "own/__init__.py": b"",
    "own/part.py": b"from own.more import x\n",
    "own/more.py": b"x = 1\n",
}
ENVIRONMENT = {
    ".venv/pyvenv.cfg": b"",
    ".venv/lib/matmul.py": b"1 / 0",
    "my env/pyvenv.cfg": b"",
    **{f"my env/lib/{n}.py": b"" for n in range(1200)},
}
COLAB: dict[str, Any] = {"colab": {"provenance": []}, "accelerator": "GPU", "id": "Xy_1"}
VSCODE: dict[str, Any] = {"vscode": {"languageId": "python"}, "language_info": {"name": "python"}}
DEEPNOTE: dict[str, Any] = {"deepnote_cell_type": "code", "cell_id": "1", "source_hash": "a"}

HABITS: dict[str, Callable[[Work], Any]] = {
    "nothing": lambda w: None,
    "plots inline": lambda w: w.top("%matplotlib inline\n%load_ext autoreload\n%autoreload 2"),
    "pip": lambda w: w.top("%pip install numpy"),
    "pip over two lines": lambda w: w.top("!pip install \\\n    numpy \\\n    matplotlib"),
    "shell into a name": lambda w: w.add("files = !ls\nprint(len(files), files)"),
    "help": lambda w: w.add("len?", "?len", "import math\nmath.sqrt??"),
    "%%time around answers": lambda w: w.each(lambda s: f"%%time\n{s}"),
    "%%time below empty lines": lambda w: w.each(lambda s: f"\n\n%%time\n{s}"),
    "%%capture around answers": lambda w: w.each(lambda s: f"%%capture\n{s}"),
    "%%capture with a name": lambda w: w.each(lambda s: f"%%capture out\n{s}\nout.show()"),
    "%%capture around %%time": lambda w: w.each(lambda s: f"%%capture\n%%time\n{s}"),
    "%time before a line": lambda w: w.add("%time started = 1\nstarted += 1"),
    "%timeit": lambda w: w.add("%timeit -n 1 -r 1 1 + 1", "took = %timeit -o -n 1 -r 1 1 + 1"),
    "%%timeit": lambda w: w.add("%%timeit -n 1\nx = 1"),
    "%%bash": lambda w: w.add("%%bash\nls -l | head"),
    "%%html": lambda w: w.add("%%html\n<b>bold</b>"),
    "%%writefile": lambda w: w.add("%%writefile notes.txt\nnot code"),
    "a magic inside of a block": lambda w: w.add("for i in range(1):\n    %time i\n    !ls"),
    "a comment above a magic": lambda w: w.add("# fast?\n%time 1 + 1"),
    "display": lambda w: w.add("display(1, 'two')", "from IPython.display import HTML\nHTML('x')"),
    "display between answers": lambda w: w.between("display('seen')"),
    "display inside of answers": lambda w: w.each(shown_inside),
    "get_ipython": lambda w: w.top("get_ipython().run_line_magic('config', 'X.y = 1')"),
    "get_ipython, imported": lambda w: w.top("from IPython import get_ipython\nget_ipython().x()"),
    "await at the top": lambda w: w.add("import asyncio\nawait asyncio.sleep(0)\nlater = 1"),
    "In, Out, _": lambda w: w.add("_, Out, len(In)", "_ = 5"),
    "is it Colab?": lambda w: w.top("if 'google.colab' in str(get_ipython()):\n    !pip install x"),
    "prose in a code cell": lambda w: w.add("Here I think that the sum is finite."),
    "prose between answers": lambda w: w.between("This is not code, is it?"),
    "an unfinished cell": lambda w: w.add("def half(x:", "other = [1, 2", "text = '''never ends"),
    "a cell that raises": lambda w: w.add("1 / 0", "undefined_name", "import no_such_package"),
    "cells that raise between answers": lambda w: w.between("raise ValueError('scratch')"),
    "return at the top": lambda w: w.add("return 5"),
    "a cell that leaves": lambda w: w.add("import sys\nsys.exit()", "after = 1"),
    "input": lambda w: w.add("name = input('your name? ')"),
    "breakpoint": lambda w: w.add("breakpoint()", "import pdb; pdb.set_trace()"),
    "empty cells": lambda w: w.between("\n  \n"),
    "text between": lambda w: w.cells.insert(1, new_markdown_cell("# Mine\n```\ncode\n```")),
    "a raw cell": lambda w: w.cells.insert(0, new_raw_cell("---\ntitle: x\n---")),
    "split cells": split,
    "one large cell": merged,
    "an indented cell": lambda w: w.add("    indented = 1\n    indented += 1"),
    "pasted with prompts": lambda w: w.add(">>> pasted = 1\n>>> pasted + 1"),
    "semicolons": lambda w: w.add("semi = 1; semi;"),
    "checks without their tag": lambda w: w.between("grader.check('q1')"),
    "Otter's own lines": lambda w: w.top("import otter\ngrader = otter.Notebook('x.ipynb')"),
    "a doubtful escape": lambda w: w.add("pattern = '\\s+'\nif pattern is 's': pass"),
    "prints a lot": lambda w: w.add("for i in range(500): print(i)"),
    "a plot": lambda w: w.add("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"),
    "an older answer above": lambda w: w.top(w.code[-1].source.replace("return", "return None #")),
    "after a run": ran,
    "Colab's metadata": lambda w: w.meta(**COLAB),
    "VS Code's metadata": lambda w: w.meta(**VSCODE),
    "Deepnote's metadata": lambda w: w.meta(**DEEPNOTE),
    "notebook format 3": lambda w: w.data(version_3),
    "notebook format 4.0": lambda w: w.data(without_ids),
    "CRLF": lambda w: w.raw(lambda b: b.replace(b"\n", b"\r\n")),
    "a byte order mark": lambda w: w.raw(lambda b: b"\xef\xbb\xbf" + b),
    "a module of one's own": lambda w: needed(w, "import mine", {"mine.py": b"x = 1\n"}),
    "%run": lambda w: needed(w, "%run mine.py", {"mine.py": b"x = 1\n"}),
    "a package of one's own": lambda w: needed(w, "from own.part import x", PACKAGE),
    "a file that is read": lambda w: needed(w, "open('n.txt').read()", {"n.txt": b"1"}),
    "caches": lambda w: w.files.update({"__pycache__/x.pyc": b"", ".ipynb_checkpoints/x.py": b""}),
    "a copy in a folder": lambda w: w.files.update({f"old/{w.slug}.py": b"1 / 0"}),
    "the script as handed out": lambda w: w.files.update({f"{w.slug}.py": w.stubs}),
    "the same as a script": lambda w: w.files.update({f"{w.slug}.py": w.as_percent}),
    "exported by nbconvert": exported,
    "a percent script": lambda w: as_script(w, PERCENT),
    "a light script": light,
    "a percent script with magics": hydrogen,
    "a script with a declared encoding": lambda w: as_script(w, PERCENT, "# coding: utf-8\n"),
    "a script with junk in a cell": lambda w: as_script(w, PERCENT, "# %%\nthis is prose\n\n"),
    "a script with a cell that raises": lambda w: as_script(w, PERCENT, "# %%\n1 / 0\n\n"),
    "a zip of the files": lambda w: w.zipped(),
    "a zip of the folder": lambda w: w.zipped(f"{w.slug}/", {"__MACOSX/x": b"", "README.md": b"x"}),
    "a zip with environments": lambda w: w.zipped("", ENVIRONMENT),
    "a zip with both": lambda w: w.zipped("", {f"{w.slug}.py": w.stubs}),
}  # fmt: skip
