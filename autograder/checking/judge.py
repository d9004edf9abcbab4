"""Judge a student's loaded file with the public tests, in this process.

`autograder check`, the pytest plugin and the notebook's `grader.check` all judge here, and say the
same.
"""

from __future__ import annotations

import ast
import contextlib
import linecache
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.checking.clock import Clock, TimeUp, too_long
from autograder.checking.errors import WorkError
from autograder.checking.feedback import CaseResult, QuestionResult, Status
from autograder.checking.loading import Loaded, captured, error_text, one_blas_thread
from autograder.jail import offers

if TYPE_CHECKING:  # what a wrong command need not wait for
    from autograder.testing.otter_files import ExceptionTestFile, TestCase


@dataclass
class QuestionTests:
    """A public test file, read.

    Attributes:
        file: Otter's own reading of it, with points resolved.
        source: its text.
    """

    question: str
    path: Path
    file: ExceptionTestFile
    title: str
    hints: list[str] = field(default_factory=list)

    @property
    def cases(self) -> list[TestCase]:
        return list(self.file.test_cases)


def read_tests(question: str, path: Path) -> QuestionTests:
    """Read a public test file with Otter.

    Raises:
        WorkError: it is broken, or a package that it needs is missing.
    """
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WorkError(_unusable(path, error)) from None
    return read_source(question, path, source)


def read_source(question: str, path: Path, source: str) -> QuestionTests:
    """The same for a test file whose text is known already; `path` is its name.

    Raises:
        WorkError: it is broken, or a package that it needs is missing.
    """
    one_blas_thread()
    with warnings.catch_warnings():  # some of what Otter imports is deprecated
        warnings.simplefilter("ignore")
        from autograder.testing.otter_files import ExceptionTestFile

    try:
        title, hints = title_and_hints(source)
        file = ExceptionTestFile.from_string(source, path=str(path))
    except ModuleNotFoundError as error:
        message = f"tests/{path.name} needs the package `{error.name}`, which is not installed."
        raise WorkError(message) from None
    except Exception as error:  # a test file that was changed can raise anything
        raise WorkError(_unusable(path, error)) from None
    return QuestionTests(question, path, file, title, hints)


def _unusable(path: Path, error: Exception) -> str:
    message = f"tests/{path.name} cannot be used ({error_text(error)})."
    return f"{message} Unpack the assignment's tests again."


def title_and_hints(source: str) -> tuple[str, list[str]]:
    """First line of the docstring and the literal `hints`, without running the file."""
    tree = ast.parse(source)
    title = (ast.get_docstring(tree) or "").partition("\n")[0].rstrip(".")
    hints: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "hints" for target in node.targets
        ):
            hints = [str(hint) for hint in ast.literal_eval(node.value)]
    return title, hints


def run_case(
    tests: QuestionTests, case: TestCase, loaded: Loaded, *, capture: bool = True
) -> CaseResult:
    """Judge one case on the loaded file, in this process.

    Raises:
        KeyboardInterrupt: with the student's line as its argument.
    """
    from autograder.testing.checks import STUDENT
    from autograder.testing.student import LocalStudent, note_call

    names, terms = loaded.namespace, loaded.work.terms()
    late = too_long(terms.call_seconds)
    note_call("")
    error: BaseException | None = None
    with (
        contextlib.chdir(loaded.work.folder),
        captured(capture) as printed,
        offers.installed(loading=False),
        Clock() as clock,
    ):
        student = LocalStudent(
            names, str(loaded.file), lambda: clock.limit(terms.call_seconds, late)
        )
        try:
            with clock.limit(terms.case_seconds, too_long(terms.case_seconds)):
                case.body.call_func({**names, STUDENT: student})
        except KeyboardInterrupt as stop:
            raise KeyboardInterrupt(loaded.locate(stop)) from None
        except (Exception, SystemExit, TimeUp) as raised:
            error = raised
    status, message = _judged(error, tests, loaded)
    if tests.question in loaded.broken and status is not Status.UNWRITTEN:
        status, message = Status.FAILED, loaded.broken[tests.question]
        error = None  # the advice is about something else
    return CaseResult(
        question=tests.question,
        name=case.name,
        points=float(case.points or 0),
        status=status,
        advice=(case.failure_message or "") if error and not isinstance(error, TimeUp) else "",
        message=message,
        printed=printed.getvalue(),
    )


def _judged(
    error: BaseException | None, tests: QuestionTests, loaded: Loaded
) -> tuple[Status, str]:
    from autograder.testing.student import CheckFailed, StudentError, last_call

    match error:
        case None:
            return Status.PASSED, ""
        case NotImplementedError():
            return Status.UNWRITTEN, str(getattr(error, "message", error))
        case CheckFailed():
            return Status.FAILED, str(error)
        case StudentError():
            error.where = loaded.locate(error.__cause__) or error.where
            return Status.FAILED, str(error)
        case TimeUp():
            where = loaded.locate(error)
            return Status.FAILED, f"{error}\n  {where}" if where else str(error)
        case SystemExit():
            where = loaded.locate(error)
            said = f"{last_call() or 'your code'} called sys.exit()"
            return Status.FAILED, f"{said}\n  {where}" if where else said
    return Status.FAILED, _unexpected(error, tests.path, last_call())


def _unexpected(error: BaseException, path: Path, call: str) -> str:
    """The test itself stopped, nearly always because what came back could not be used."""
    from autograder.testing.words import unusable

    numbers = [
        f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)
    ]
    lines = [call] if call else []
    lines.append(unusable(error, error_text(error)))
    if numbers and numbers[-1]:
        line = linecache.getline(str(path), numbers[-1]).strip()
        lines.append(f"  tests/{path.name}, line {numbers[-1]}: `{line}`")
    return "\n".join(lines)


def judge(
    tests: QuestionTests,
    loaded: Loaded,
    announce: Callable[[str], None] = lambda _: None,
    *,
    hidden: float | None = None,
) -> QuestionResult:
    """Judge every case of a question. The score is Otter's."""
    from autograder.testing.otter_files import TestCaseResult

    results: list[CaseResult] = []
    tests.file.test_case_results = []
    for case in tests.cases:
        announce(case.name)
        result = run_case(tests, case, loaded)
        results.append(result)
        tests.file.test_case_results.append(TestCaseResult(case, result.message, result.passed))
    earned, possible = float(tests.file.score), float(tests.file.possible)
    return QuestionResult(
        tests.question, tests.title, tuple(results), earned, possible, hidden, bool(tests.hints)
    )


def judge_planned(
    tests: QuestionTests, loaded: Loaded, announce: Callable[[str], None] = lambda _: None
) -> QuestionResult:
    """`judge`, with the title and the hidden points that the assignment's plan says."""
    plan = loaded.work.planned().get(tests.question)
    if plan is None:
        return judge(tests, loaded, announce)
    tests.title = plan.title or tests.title
    hidden = max(0.0, plan.points - float(tests.file.possible))
    return judge(tests, loaded, announce, hidden=hidden)
