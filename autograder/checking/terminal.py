"""`autograder check`: run the public tests on a student's own file and say what to do next."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.control import Control
from rich.panel import Panel
from rich.segment import ControlType
from rich.text import Text

from autograder.checking import feedback, feedback_terminal
from autograder.checking.clock import Superseded, superseded_by
from autograder.checking.errors import WorkError
from autograder.checking.feedback import Status
from autograder.checking.hints import next_hints
from autograder.checking.judge import judge_planned, read_tests
from autograder.checking.loading import load
from autograder.checking.workfolder import Work, choose, find_work
from autograder.ground.errors import Interrupted

ALL_PASSED, SOMETHING_FAILED, WRONG_USAGE = 0, 1, 2


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
    Raises:
        Interrupted: on Ctrl-C, with the student's line.
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
        said = f"Stopped in {doing.what}{where}." if doing.what else "Stopped."
        raise Interrupted(said) from None


def without_waiting(code: int, console: Console) -> int:
    """The exit code. Threads that the file has left at work may never end, and Python would wait
    for them: where there are any, this process ends here."""
    main = threading.main_thread()
    if any(one is not main and not one.daemon for one in threading.enumerate()):
        console.print(Text("Threads of your file run on; they are not waited for.", "yellow"))
        console.file.flush()
        os._exit(code)
    return code


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
    asked = work.folder / f"{work.slug}{Path(slug or '').suffix}"
    if asked != file and asked in work.files:  # `autograder check matmul.py`
        remark = f"This is {asked.name}, as you asked. {remark or ''}".strip()
        file = asked
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
    width = feedback_terminal.title_width(console, [test.title for test in tests])
    results = []
    for test in tests:
        result = judge_planned(test, loaded, _saying(doing, test.question))
        doing.done()
        feedback_terminal.print_question(console, result, width, full=bool(questions))
        results.append(result)
    manual = 0.0 if questions else sum(p.points for p in planned.values() if p.manual)
    feedback_terminal.print_summary(console, results, manual, _command(slug))
    passed = all(result.status is Status.PASSED for result in results)
    return ALL_PASSED if passed else SOMETHING_FAILED


def _saying(doing: _Doing, question: str) -> Callable[[str], None]:
    return lambda name: doing(f"{question}: {name}")


def _chosen(work: Work, questions: Sequence[str] | None) -> dict[str, Path]:
    return {q: work.test(q) for q in questions or work.tests or [""]}


def _command(slug: str | None) -> str:
    """How this command is typed here: by its name where the shell finds it, else by its path."""
    typed = Path(sys.argv[0])
    found = shutil.which("autograder")
    if typed.stem != "autograder" or (found and Path(found).resolve() == typed.resolve()):
        name = "autograder"
    else:
        with contextlib.suppress(ValueError):
            typed = typed.absolute().relative_to(Path.cwd())
        name = str(typed.with_suffix("")) if typed.suffix == ".exe" else str(typed)
    name = f'"{name}"' if " " in name else name
    return f"{name} check {slug}" if slug else f"{name} check"


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

    A save during a check ends it and starts the next. Ctrl-C during a check ends that check, and
    the next one ends watching.

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
            try:
                with superseded_by(lambda: _saved(work) != seen):  # noqa: B023  (used at once)
                    run_check(folder, slug, questions, console)
            except Superseded:
                continue
            except Interrupted as stop:  # what runs; the next Ctrl-C ends the waiting
                console.print(Text(str(stop), "yellow"))
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
        found = next_hints(find_work(folder, slug), question)
    except WorkError as error:
        return _complain(console, error)
    if not found.shown:
        console.print(Text(f"There are no hints for {question}."))
    for heading, hint in found.shown:
        _print_hint(console, hint, heading)
    if found.shown and found.repeated:
        console.print(Text(f"These were all hints for {question}."))
    elif found.left:
        again = f"{_command(slug)} --hint {question}"
        console.print(Text(f"next hint: {again}", "bright_black"))
    elif found.shown:
        console.print(Text("That was the last one.", "bright_black"))
    return ALL_PASSED


def _print_hint(console: Console, hint: str, heading: str) -> None:
    width = min(console.width, 88)
    console.print(Panel(Text(hint), title=Text(heading, "bold"), title_align="left", width=width))
