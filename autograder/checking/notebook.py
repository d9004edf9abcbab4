"""`grader` in a notebook: check a question, see the points so far, make the file to hand in.

It judges what has been run in this notebook, with the same code as `autograder check` and pytest:
the three say the same, rules (`forbid:`) included.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import linecache
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.checking import feedback_html
from autograder.checking.errors import WorkError
from autograder.checking.feedback import QuestionResult, Status
from autograder.checking.hints import next_hints
from autograder.checking.judge import QuestionTests, judge_planned, read_source, read_tests
from autograder.checking.loading import Loaded
from autograder.checking.workfolder import Work, find_work
from autograder.jail.reading import Chunk, parse_chunk, too_new

SAVE_SECONDS = 5
HIDDEN_HINT = "A hidden test case does not pass."


@dataclass(frozen=True)
class Shown:
    """Something for the student: HTML where that can be shown, plain text elsewhere."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


class Points(float):
    """Points that show all their digits, whatever `%precision` the student has asked for.

    nbgrader reads what is displayed: with `%precision 0` it would take 2 for 1.5.
    """

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(float.__repr__(self))


class Notebook:
    """What the notebooks of this course call `grader`.

    Args:
        slug: the assignment; its `tests/` lie beside the notebook.

    Raises:
        WorkError: if they do not.
    """

    def __init__(self, slug: str) -> None:
        frame = inspect.currentframe()
        assert frame is not None
        assert frame.f_back is not None
        self._names = frame.f_back.f_globals
        self._work = find_work(Path.cwd(), slug)

    def check(self, question: str) -> Shown:
        """Run the public tests of a question on what this notebook holds now.

        Raises:
            WorkError: there is no such question, or its test file is broken.
        """
        loaded = self._loaded()
        result = self._judged(self._public(question), loaded)
        html, text = feedback_html.question_html(result), _plain(result)
        if loaded.problem:
            html += feedback_html.list_html("", [], [loaded.problem])
            text += f"\n{loaded.problem}"
        return Shown(html, text)

    def hint(self, question: str) -> Shown:
        """Show the next hint for a question; after the last one, all of them again.

        Raises:
            WorkError: there is no such question.
        """
        found = next_hints(self._work, question)
        lines = [f"{heading.rpartition(': ')[2]}: {hint}" for heading, hint in found.shown]
        title = found.heading if lines else f"There are no hints for {question}."
        more = [f'next hint: grader.hint("{question}")'] if found.left else []
        html = feedback_html.list_html(title, [*lines, *more], [])
        return Shown(html, "\n".join([title, *lines, *more]))

    def progress(self) -> Shown:
        """The points of every question so far.

        Raises:
            WorkError: a test file is broken.
        """
        loaded = self._loaded()
        results = [self._judged(self._public(question), loaded) for question in self._work.tests]
        manual = sum(plan.points for plan in self._work.planned().values() if plan.manual)
        text = "\n".join(_plain(result).splitlines()[0] for result in results)
        return Shown(feedback_html.progress_html(results, manual), text)

    def submit(self) -> Shown:
        """Save the notebook and write the file to hand in.

        Raises:
            WorkError: the notebook does not lie where it was opened.
        """
        from autograder.checking.handin import hand_in

        made = hand_in(self._work, saved=_saved(self._work.folder / f"{self._work.slug}.ipynb"))
        title = f"Hand in {made.path.name}. It contains:"
        html = feedback_html.list_html(title, made.contents, made.warnings)
        return Shown(html, "\n".join([title, *made.contents, *made.warnings]))

    def grade(self, question: str, hidden_tests: str = "") -> float:
        """For nbgrader: show the results of a question and return its points.

        nbgrader takes a number that a cell returns for partial credit, and gives no points at all
        to a cell with anything on stderr. So nothing gets there from here.

        Args:
            hidden_tests: source of a hidden test file, which is then judged instead of the public
                one. Its results show hints only.
        """
        with _no_stderr():
            try:
                tests = _hidden(question, hidden_tests) if hidden_tests else self._public(question)
                loaded = self._loaded()
                result = replace(self._judged(tests, loaded), hidden=None)
            except WorkError as error:
                shown = Shown(feedback_html.list_html(question, [], [str(error)]), str(error))
                _display(shown)
                return 0.0
        if hidden_tests:
            result = _hints_only(result, loaded.broken.get(question, ""))
        _display(Shown(feedback_html.question_html(result), _plain(result)))
        return Points(round(result.earned, 6))

    def _public(self, question: str) -> QuestionTests:
        tests = self._work.tests
        if question not in tests:
            there = ", ".join(tests) or "none: the folder `tests` is missing beside the notebook"
            raise WorkError(f"There are no tests for {question}; there is {there}.")
        return read_tests(question, tests[question])

    def _judged(self, tests: QuestionTests, loaded: Loaded) -> QuestionResult:
        plan = self._work.planned().get(tests.question)
        result = judge_planned(tests, loaded)
        if plan is None or not plan.names or any(name in self._names for name in plan.names):
            return result
        # Not "is not defined in your file": it is there, below or above.
        said = f"`{plan.names[0]}` is not there yet: run the cell that defines it"
        cases = [replace(c, status=Status.UNWRITTEN, message=said, advice="") for c in result.cases]
        return replace(result, cases=tuple(cases))

    def _loaded(self) -> Loaded:
        return live_code(self._work, self._names)


def live_code(work: Work, names: dict[str, Any]) -> Loaded:
    """What a running notebook holds: its names, and the code of the cells they come from."""
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    raw: list[str] = shell.history_manager.input_hist_raw if shell else []
    parsed: list[str] = shell.history_manager.input_hist_parsed if shell else []
    # Where IPython keeps a cell's lines, for tracebacks. The history has lost the empty last ones.
    filenames = {
        "".join(entry[2]).rstrip("\n"): filename
        for filename, entry in linecache.cache.items()
        if len(entry) == 4 and entry[1] is None
    }
    chunks: dict[str, Chunk] = {}
    newer: set[str] = set()
    for number in range(len(raw) - 1, 0, -1):
        filename = filenames.get(parsed[number].rstrip("\n"), f"<cell [{number}]>")
        chunk = _chunk(filename, number, raw[number], newer)
        if chunk is not None:
            chunks.setdefault(filename, chunk)
    file, held = work.folder / f"{work.slug}.ipynb", list(chunks.values())
    python = work.terms().python
    problem = " ".join(filter(None, (too_new(chunk, python) for chunk in held)))
    return Loaded(work, file, names, held, problem=problem)


def _chunk(filename: str, number: int, raw: str, newer: set[str]) -> Chunk | None:
    """A cell that was run, without what a newer cell has defined again."""
    from autograder.jail.rules import defined_names

    try:
        chunk = parse_chunk(f"cell [{number}]", raw, filename)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    body = chunk.tree.body
    own = [set(defined_names(node)) for node in body]
    kept = [n for n, names in zip(body, own, strict=True) if not names or names - newer]
    newer.update(*own)
    chunk.tree = ast.Module(kept, chunk.tree.type_ignores)
    return chunk


def _saved(notebook: Path) -> bool:
    """Ask the browser to save the notebook, and wait a moment for it."""
    if not notebook.is_file():
        return False
    from otter.check.utils import save_notebook  # JupyterLab's save command, through ipylab

    with contextlib.redirect_stdout(io.StringIO()):
        return bool(save_notebook(str(notebook), timeout=SAVE_SECONDS))


def _hidden(question: str, source: str) -> QuestionTests:
    path = Path(f"hidden-tests-{question}.py")
    lines = source.splitlines(keepends=True)
    linecache.cache[str(path)] = (len(source), None, lines, str(path))  # for probes' source
    return read_source(question, path, source)


def _hints_only(result: QuestionResult, rule: str) -> QuestionResult:
    """Without the student's words and the test's: both may hold the inputs of hidden tests.

    Args:
        rule: the sentence about a rule that the question breaks, or "".
    """
    cases = []
    for case in result.cases:
        message, advice = "", ""
        if case.status is Status.UNWRITTEN:
            message = "not written yet"
        elif case.status is Status.FAILED:
            message, advice = rule, "" if rule else case.advice or HIDDEN_HINT
        cases.append(replace(case, advice=advice, message=message, printed=""))
    title = f"{result.title} (hidden tests)"
    return replace(result, cases=tuple(cases), title=title)


def _plain(result: QuestionResult) -> str:
    from rich.console import Console

    from autograder.checking.feedback_terminal import print_question

    out = io.StringIO()
    console = Console(file=out, width=88, color_system=None, force_jupyter=False)
    print_question(console, result, len(result.title) + 2, full=True)
    return out.getvalue().rstrip()


def _display(shown: Shown) -> None:
    from IPython.display import display

    show: Callable[..., Any] = display
    show(shown)


@contextlib.contextmanager
def _no_stderr() -> Iterator[None]:
    """Swallow what is written to descriptor 2, which Jupyter's kernel shows as stderr too."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stderr(nowhere):
        try:
            kept = os.dup(2)
        except OSError:  # no descriptor 2: nothing to swallow
            yield
            return
        try:
            os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
