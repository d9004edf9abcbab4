"""`autograder import otter`: a master notebook of stock `otter assign` becomes our source.

Blocks, tests and points are read by Otter's own code.
"""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any

from rich.console import Console

from autograder.authoring.adopting import Adopted, Asked, Case, read_notebook, tell
from autograder.course.model import find_course
from autograder.ground.errors import UserError


def import_master(notebook: Path, slug: str, console: Console) -> int:
    """Write an assignment into the course here, and list by cell what could not be kept.

    Returns:
        An exit code: 1 if something could not be kept.

    Raises:
        CourseError, UserError: in one sentence; nothing is written then.
    """
    adopted = read_master(notebook)
    for path in adopted.write(find_course(), slug):
        console.print(f"  {path}", highlight=False)
    return tell(adopted, slug, console)


class _Reader:
    """Goes through the cells of a master."""

    def __init__(self) -> None:
        from otter.assign.assignment import Assignment
        from otter.assign.tests_manager import AssignmentTestsManager

        self.adopted = Adopted()
        self._config = Assignment()
        self._tests = AssignmentTestsManager(self._config)
        self._question: Any = None
        self._asked = Asked("")
        self._began, self._start = 0, 0
        self._prompts: list[str] = []
        self._heard: list[Any] = []

    def read(self, cells: list[Any]) -> None:
        from otter.assign.blocks import (
            BlockType,
            get_cell_config,
            is_assignment_config_cell,
            is_block_boundary_cell,
        )
        from otter.assign.utils import is_ignore_cell

        inside: list[Any] = []
        for number, cell in enumerate(cells, 1):
            begins = [b for b in BlockType if is_block_boundary_cell(cell, b)]
            if is_ignore_cell(cell):
                continue
            if is_assignment_config_cell(cell):
                self._configure(number, get_cell_config(cell))
            elif inside and is_block_boundary_cell(cell, inside[-1], end=True):
                if inside.pop() is BlockType.QUESTION:
                    self._end_question()
            elif begins:
                inside.append(begins[0])
                if begins[0] is BlockType.QUESTION:
                    self._begin_question(number, get_cell_config(cell))
            elif inside and inside[-1] is BlockType.TESTS:
                self._test(number, cell)
            elif inside:
                self._part(number, cell, inside[-1] is BlockType.SOLUTION)
            else:
                self._outside(cell)
        if inside:
            raise UserError(f"the block that begins in cell {self._began} has no end.")

    def _configure(self, number: int, config: dict[str, Any]) -> None:
        self._config.update(config)
        self.adopted.title = config.get("name") or ""
        known = {"name", "tests", "init_cell", "check_all_cell", "export_cell", "generate", "files"}
        for key in config:
            if key not in known:
                self.adopted.lost.append(f"cell {number}: the setting `{key}`.")

    def _outside(self, cell: Any) -> None:
        self.adopted.give(cell)

    def _begin_question(self, number: int, config: dict[str, Any]) -> None:
        from otter.assign.question_config import QuestionConfig

        self._question = QuestionConfig(config)
        self._tests.add_question(self._question)
        self._asked = Asked(self._question.name)
        self._began, self._start = number, len(self.adopted.cells)
        self._prompts, self._heard = [], []

    def _part(self, number: int, cell: Any, solution: bool) -> None:
        if cell.cell_type == "markdown":
            if self._question.manual:
                if not solution:
                    self._prompts.append(cell.source)
            elif not solution:
                heading = re.match(r"#+\s+(.+)", cell.source)
                if heading and not self._asked.title:
                    self._asked.title = heading[1].strip()
                self.adopted.give(cell)
        elif cell.cell_type == "code" and self._question.manual:
            self.adopted.lost.append(f"cell {number}: code of a manual question.")
        elif cell.cell_type == "code" and solution:
            self.adopted.solve(number, cell.source, self._asked)
        elif cell.cell_type == "code":
            self.adopted.give(cell)

    def _test(self, number: int, cell: Any) -> None:
        try:
            self._tests.read_test(cell, self._question)
        except (ValueError, AssertionError, SyntaxError) as error:
            said = str(error).splitlines()[0]
            self.adopted.lost.append(f"cell {number}: a test that Otter refuses: {said}")
            return
        self._heard.append(number)

    def _end_question(self) -> None:
        from otter.test_files.abstract_test import TestFile

        question = self._question
        name = question.name
        if question.manual:
            points = self._tests.determine_question_point_value(question)
            self.adopted.written.append(("\n\n".join(self._prompts), float(points or 1)))
            return
        found = self._tests._tests_by_question[name]
        points = question.points
        if isinstance(points, dict):
            points = points.get("each", 1) * len(found)
        cases = TestFile.resolve_test_file_points(points, found) if found else []
        if question.all_or_nothing:
            text = f"cell {self._began}: `all_or_nothing`: its cases give their points one by one."
            self.adopted.lost.append(text)
        for count, (number, case) in enumerate(zip(self._heard, cases, strict=True), 1):
            code, want = self._code(number, case.body)
            if code:
                label = f"{name} {count}"
                message = case.failure_message or ""
                made = Case(label, code, want, float(case.points), case.hidden, message)
                self._asked.cases.append(made)
        self.adopted.keep(self._asked, self._began, self._start)

    def _code(self, number: int, body: str) -> tuple[str, str]:
        """What a test runs, and what it must print; ("", "") for one that cannot be kept."""
        if self._config.tests.ok_format:
            examples = doctest.DocTestParser().get_examples(body)
            want = examples[-1].want if examples else ""
            return "".join(example.source for example in examples), want.strip()
        name = re.search(r"def (\w+)\(([^)]*)\)", body)
        parameters = [p.strip() for p in name[2].split(",") if p.strip()] if name else []
        if name is None or "env" in parameters:
            self.adopted.lost.append(f"cell {number}: a test that asks for `env`.")
            return "", ""
        return f"{body}\n{name[1]}({', '.join(parameters)})", ""


def read_master(path: Path) -> Adopted:
    """A master of `otter assign`, read.

    Raises:
        UserError: for a file that is none, in one sentence.
    """
    from otter.assign.blocks import extract_all_fenced_otter_cells

    notebook = read_notebook(path)
    reader = _Reader()
    try:
        reader.read(extract_all_fenced_otter_cells(notebook.cells))
    except UserError as error:
        raise UserError(f"{path}: {error}") from None
    except Exception as error:  # Otter's own, of many types
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError(f"{path} is not a master of `otter assign`: {first}") from None
    if not reader.adopted.questions:
        lost = "".join(f"\n  {line}" for line in reader.adopted.lost)
        raise UserError(f"{path} has no question that can be carried over.{lost}")
    return reader.adopted
