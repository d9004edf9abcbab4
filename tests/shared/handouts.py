"""A notebook's live cells, run with an answer: the solution's, or one of the alternatives'."""

from __future__ import annotations

import ast
import builtins
import importlib.util
import itertools
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib

from autograder.authoring.source import solution_notebook

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[2]
_number = itertools.count()


def alternatives(slug: str) -> list[str]:
    """The names of the right answers that are written another way."""
    return sorted(p.stem for p in (ROOT / "assignments" / slug / "alternatives").glob("*.py"))


def load(path: Path) -> ModuleType:
    """A module of its own, however often the file is loaded."""
    spec = importlib.util.spec_from_file_location(f"handout_{next(_number)}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


def _bound(cell: str) -> set[str]:
    """The names that a cell's own statements give a value."""
    bound = set()
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name)
    return bound


def _taken(cell: str) -> set[str]:
    """The names that a cell uses and does not bind itself."""
    names = {node.id for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Name)}
    return names - _bound(cell) - set(dir(builtins))


class Handout:
    """The live cells of a notebook, with the names that they would find in it.

    Args:
        slug: the assignment.
        answer: `"solution"`, or the name of an alternative, which then stands among what the stubs
            give, as a student's answers do.
    """

    def __init__(self, slug: str, answer: str = "solution") -> None:
        cells = json.loads(solution_notebook(ROOT, slug))["cells"]
        live = [c for c in cells if "active-ipynb" in c["metadata"].get("tags", [])]
        self.cells = ["".join(cell["source"]) for cell in live]
        self.answer = answer
        if answer == "solution":
            self.names: dict[str, Any] = vars(load(ROOT / "solutions" / slug / f"{slug}.py"))
        else:
            path = ROOT / "assignments" / slug / "alternatives" / f"{answer}.py"
            given = load(ROOT / "starter" / slug / f"{slug}.py")
            self.names = {**vars(given), **vars(load(path))}

    def run(self, contains: str, *replaced: tuple[str, str]) -> Figure:
        """Run the one cell with this text in it, some of it replaced; return its last figure.

        What it takes from earlier cells that have not run is made first, by running them: a test
        may be the only one that its process runs.
        """
        (cell,) = [c for c in self.cells if contains in c]
        for name in sorted(_taken(cell) - set(self.names)):
            makers = [c for c in self.cells[: self.cells.index(cell)] if name in _bound(c)]
            if makers and name not in self.names:
                self.run(makers[-1])
        for old, new in replaced:
            assert old in cell, f"{old!r} is no longer in the cell with {contains!r}"
            cell = cell.replace(old, new)
        plt.close("all")
        show, plt.show = plt.show, lambda: None
        try:
            exec(compile(cell, f"{self.answer}: {contains}", "exec"), self.names)
        finally:
            plt.show = show
        return plt.gcf()

    def run_all(self, shorter: dict[str, list[tuple[str, str]]]) -> int:
        """Run every cell in order and say how many; `shorter` replaces text in the cells that
        contain its keys."""
        used = set()
        for cell in self.cells:
            marks = [mark for mark in shorter if mark in cell]
            used.update(marks)
            replaced = [pair for mark in marks for pair in shorter[mark]]
            self.run(cell, *replaced)
        plt.close("all")
        assert used == set(shorter), f"no cell contains {set(shorter) - used}"
        return len(self.cells)
