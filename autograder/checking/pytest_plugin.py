"""pytest collects the tests in a student's folder: one item per test case, points at the end.

A file is ours if it is `tests/q*.py`, is written in the exception-based format with `test_case`,
and the folder above holds the assignment's script or notebook. Every other file stays untouched.
Nothing heavy is imported before such a file is found.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from autograder.checking.feedback import CaseResult
    from autograder.checking.judge import QuestionTests
    from autograder.checking.loading import Loaded
    from autograder.checking.workfolder import Work

NAME = re.compile(r"q\w*\.py")
FORMAT = re.compile(r"^OK_FORMAT\s*=\s*False\b.*^@test_case\b", re.MULTILINE | re.DOTALL)
POINTS = "autograder"

loaded_files = pytest.StashKey[dict[Path, "Loaded | str"]]()


class CaseError(Exception):
    """A test case failed; the message is all that the student sees."""


def is_question(path: Path) -> bool:
    """Whether `path` is a test file of this course in a student's folder."""
    if path.parent.name != "tests" or not NAME.fullmatch(path.name):
        return False
    try:
        if not FORMAT.search(path.read_text(encoding="utf-8-sig")):
            return False
    except (OSError, UnicodeDecodeError):
        return False
    from autograder.checking.workfolder import slug_of

    return slug_of(path.parent.parent) is not None


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Take the file instead of pytest's own collector, which would not understand it."""
    others = yield
    if not is_question(file_path):
        return others
    return [QuestionFile.from_parent(parent, path=file_path)]


class QuestionFile(pytest.File):
    """`tests/q3.py` in a student's folder."""

    def collect(self) -> Iterator[pytest.Item]:
        from autograder.checking.errors import WorkError
        from autograder.checking.judge import read_tests
        from autograder.checking.workfolder import find_work

        try:
            work = find_work(self.path.parent.parent)
            tests = read_tests(self.path.stem, self.path)
        except WorkError as error:
            raise self.CollectError(str(error)) from None
        plan = work.planned().get(tests.question)
        if plan and plan.title:
            tests.title = plan.title
        for case in tests.cases:
            name = f"{tests.question}: {case.name}"
            yield CaseItem.from_parent(self, name=name, work=work, tests=tests, case=case)


class CaseItem(pytest.Item):
    """One test case."""

    def __init__(self, *, work: Work, tests: QuestionTests, case: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.work, self.tests, self.case = work, tests, case

    def runtest(self) -> None:
        from autograder.checking.judge import run_case

        note: dict[str, Any] = {
            "question": self.tests.question,
            "folder": str(self.work.folder),
            "title": self.tests.title,
            "possible": float(self.tests.file.possible),
            "earned": 0.0,
        }
        self.user_properties.append((POINTS, note))
        loaded = loaded_once(self.config, self.work)
        if isinstance(loaded, str):
            raise CaseError(loaded)
        note["problem"] = loaded.problem
        result: CaseResult = run_case(self.tests, self.case, loaded, capture=False)
        if not result.passed:
            raise CaseError(result.text)
        note["earned"] = result.points

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, CaseError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


def loaded_once(config: pytest.Config, work: Work) -> Loaded | str:
    """The student's file, run once per session; or why it cannot be."""
    from autograder.checking.errors import WorkError
    from autograder.checking.loading import load
    from autograder.checking.workfolder import choose

    cache = config.stash.setdefault(loaded_files, {})
    if work.folder not in cache:
        try:
            cache[work.folder] = load(work, choose(work)[0], capture=False)
        except WorkError as error:
            first_line = str(error).partition("\n")[0]
            cache[work.folder] = f"{first_line} (see the first failure)"
            return str(error)
    return cache[work.folder]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Points per question, from the reports, so that it also works under pytest-xdist."""
    totals: dict[tuple[str, str], dict[str, Any]] = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for key, note in getattr(report, "user_properties", ()):
                if key == POINTS and report.when == "call":
                    place = (note["folder"], note["question"])
                    total = totals.setdefault(place, {**note, "earned": 0.0})
                    total["earned"] += note["earned"]
    if totals:
        _print_points(terminalreporter, totals)


def _print_points(
    terminalreporter: pytest.TerminalReporter, totals: dict[tuple[str, str], dict[str, Any]]
) -> None:
    from autograder.checking.feedback import number
    from autograder.checking.workfolder import question_order

    terminalreporter.section("points")
    for folder in sorted({folder for folder, _ in totals}):
        own = {question: t for (at, question), t in totals.items() if at == folder}
        for question in sorted(own, key=question_order):
            earned, possible = number(own[question]["earned"]), number(own[question]["possible"])
            terminalreporter.line(
                f"{question:<4} {earned:>4} / {possible:<4} {own[question]['title']}"
            )
        earned, possible = (number(sum(t[k] for t in own.values())) for k in ("earned", "possible"))
        terminalreporter.line(f"{Path(folder).name}: {earned} / {possible} public points")
        for problem in {t["problem"] for t in own.values() if t.get("problem")}:
            terminalreporter.line(problem)
