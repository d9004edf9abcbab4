"""`autograder check`: run the public tests on a student's own file and say what to do next."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.control import Control
from rich.panel import Panel
from rich.segment import ControlType
from rich.text import Text

from autograder.checking import feedback
from autograder.checking.errors import WorkError
from autograder.checking.feedback import Status
from autograder.checking.judge import judge_planned, read_tests, title_and_hints
from autograder.checking.loading import load
from autograder.checking.workfolder import Work, choose, find_work

ALL_PASSED, SOMETHING_FAILED, WRONG_USAGE = 0, 1, 2
HINT_STATE = ".autograder-hints.json"


def run_check(
    folder: Path, slug: str | None, questions: Sequence[str] | None, console: Console
) -> int:
    """Check a student's work and print what was found.

    Args:
        folder: where the student stands; the assignment lies there or below.
        slug: the assignment, or None for the only one there is.
        questions: only these, or None for all.
        console: where to print.
    Returns:
        0 if all public tests pass, 1 if something failed, 2 if the command or folder is wrong.
    """
    _forgive_encoding(console)
    doing = _Doing(console)
    try:
        return _check(folder, slug, questions, console, doing)
    except WorkError as error:
        doing.done()
        return _complain(console, error)
    except KeyboardInterrupt as stop:
        doing.done()
        where = f", at {stop.args[0]}" if stop.args and stop.args[0] else ""
        console.print(
            Text(f"Stopped in {doing.what}{where}." if doing.what else "Stopped.", "yellow")
        )
        return SOMETHING_FAILED


def _check(
    folder: Path,
    slug: str | None,
    questions: Sequence[str] | None,
    console: Console,
    doing: _Doing,
) -> int:
    work = find_work(folder, slug)
    chosen = _chosen(work, questions)
    file, remark = choose(work)
    console.print(Text.assemble((work.slug, "bold"), (f"  {file.name}", "bright_black")))
    if remark:
        console.print(Text(remark, "yellow"))
    doing(file.name)
    loaded = load(work, file)
    tests = [read_tests(question, path) for question, path in chosen.items()]
    doing.done()
    for said in (*loaded.warnings, loaded.problem):
        if said:
            console.print(Text(said, "yellow"))
    if loaded.printed.strip():
        console.print(Text("printed while it was loaded:", "bright_black"))
        console.print(Text(feedback.shorten(loaded.printed.strip("\n")), "bright_black"))
    console.print()

    planned = work.planned()
    for test in tests:
        if test.question in planned:
            test.title = planned[test.question].title or test.title
    width = feedback.title_width(console, [test.title for test in tests])
    results = []
    for test in tests:
        result = judge_planned(test, loaded, _saying(doing, test.question))
        doing.done()
        feedback.print_question(console, result, width, full=bool(questions))
        results.append(result)
    manual = 0.0 if questions else sum(p.points for p in planned.values() if p.manual)
    feedback.print_summary(console, results, manual, _command(slug))
    passed = all(result.status is Status.PASSED for result in results)
    return ALL_PASSED if passed else SOMETHING_FAILED


def _saying(doing: _Doing, question: str) -> Callable[[str], None]:
    return lambda name: doing(f"{question}: {name}")


def _chosen(work: Work, questions: Sequence[str] | None) -> dict[str, Path]:
    available = work.tests
    if not available:
        raise WorkError(
            f"The tests are missing: {work.folder / 'tests'} holds no q*.py. "
            f"Unpack the assignment again, so that `tests` lies beside {work.slug}.py."
        )
    for question in questions or ():
        if question not in available:
            raise WorkError(f"There is no {question} in {work.slug}; there is {_list(available)}.")
    return {q: p for q, p in available.items() if not questions or q in questions}


def _list(names: Iterator[str] | dict[str, Path]) -> str:
    return ", ".join(names)


def _command(slug: str | None) -> str:
    return f"autograder check {slug}" if slug else "autograder check"


def _complain(console: Console, error: WorkError) -> int:
    text = feedback.shorten(str(error))
    console.print(Text(text, "yellow" if error.usage else "red"))
    return WRONG_USAGE if error.usage else SOMETHING_FAILED


def _forgive_encoding(console: Console) -> None:
    """A Windows console that cannot show a character shows "?" instead of ending us."""
    reconfigure: Any = getattr(console.file, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


class _Doing:
    """One passing line that names the case that runs, so that an endless loop has a name."""

    def __init__(self, console: Console) -> None:
        self.console, self.what = console, ""
        self.shown = console.is_terminal and not console.record

    def __call__(self, what: str) -> None:
        self.what = what
        if self.shown:
            self._erase()
            line = Text(f"  {what} …", "bright_black")
            line.truncate(self.console.width - 1)
            self.console.print(line, end="")

    def done(self) -> None:
        if self.shown:
            self._erase()

    def _erase(self) -> None:
        self.console.control(Control((ControlType.ERASE_IN_LINE, 2), ControlType.CARRIAGE_RETURN))


def watch(
    folder: Path,
    slug: str | None,
    questions: Sequence[str] | None,
    console: Console,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Check again at every save, until Ctrl-C.

    Ctrl-C during a check ends that check (an endless loop, say), and the next one ends watching.

    Args:
        sleep: waits between two looks at the folder.
    Returns:
        0, or 2 if there is nothing to watch.
    """
    try:
        work = find_work(folder, slug)
    except WorkError as error:
        return _complain(console, error)
    try:
        while True:
            seen = _saved(work)
            console.clear()
            run_check(folder, slug, questions, console)
            console.print(Text("\nwaiting for the next save; Ctrl-C ends", "bright_black"))
            while _saved(work) == seen:
                sleep(0.3)
    except KeyboardInterrupt:
        console.print()
        return ALL_PASSED


def _saved(work: Work) -> dict[Path, int]:
    """What is there and when it was saved."""
    found: dict[Path, int] = {}
    for pattern in ("*.py", "*.ipynb", "tests/*.py"):
        for path in work.folder.glob(pattern):
            with contextlib.suppress(OSError):  # an editor may be replacing it right now
                found[path] = path.stat().st_mtime_ns
    return found


def show_hint(folder: Path, slug: str | None, question: str, console: Console) -> int:
    """Show the next hint for a question; after the last one, all of them again.

    Returns:
        0, or 2 if there is no such question or it has no hints.
    """
    _forgive_encoding(console)
    try:
        work = find_work(folder, slug)
        path = _chosen(work, [question])[question]
        title, hints = _hints(path)
    except WorkError as error:
        return _complain(console, error)
    title = work.planned()[question].title if question in work.planned() else title
    heading = f"{question}  {title}"
    if not hints:
        console.print(Text(f"There are no hints for {question}."))
        return ALL_PASSED
    shown = _shown_hints(work).get(question, 0)
    if shown >= len(hints):
        for number, hint in enumerate(hints, 1):
            _print_hint(console, hint, f"{heading}: hint {number} of {len(hints)}")
        console.print(Text(f"These were all hints for {question}."))
        return ALL_PASSED
    _remember_hints(work, question, shown + 1)
    _print_hint(console, hints[shown], f"{heading}: hint {shown + 1} of {len(hints)}")
    left = len(hints) - shown - 1
    again = f"{_command(slug)} --hint {question}"
    console.print(Text(f"next hint: {again}" if left else "That was the last one.", "bright_black"))
    return ALL_PASSED


def _hints(path: Path) -> tuple[str, list[str]]:
    try:
        return title_and_hints(path.read_text(encoding="utf-8-sig"))
    except (SyntaxError, ValueError, TypeError):
        message = f"tests/{path.name} cannot be read. Unpack the assignment's tests again."
        raise WorkError(message) from None


def _print_hint(console: Console, hint: str, heading: str) -> None:
    width = min(console.width, 88)
    console.print(Panel(Text(hint), title=Text(heading, "bold"), title_align="left", width=width))


def _shown_hints(work: Work) -> dict[str, int]:
    try:
        state = json.loads((work.folder / HINT_STATE).read_text(encoding="utf-8"))
        return {str(q): int(n) for q, n in state.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember_hints(work: Work, question: str, count: int) -> None:
    state = {**_shown_hints(work), question: count}
    with contextlib.suppress(OSError):  # a folder that cannot be written shows the first hint again
        (work.folder / HINT_STATE).write_text(json.dumps(state) + "\n", encoding="utf-8")
