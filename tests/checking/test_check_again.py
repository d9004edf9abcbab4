"""What comes between two checks: hints, the commands that are printed, and watching."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path

import pytest
from rich.console import Console
from shared.student_folder import GOOD, STUBS, Shell, assignment, plan

from autograder.checking import terminal as check
from autograder.checking.hints import HINT_STATE


def test_hints_come_one_at_a_time(shell: Shell) -> None:
    folder = assignment(shell.folder, STUBS)
    assert shell.hint("q1") == 0
    assert "Think of addition." in shell.text
    assert "x + x" not in shell.text
    shell.hint("q1")
    assert "x + x" in shell.text
    assert "That was the last one." in shell.text
    shell.hint("q1")
    assert "Think of addition." in shell.text
    assert "These were all hints for q1." in shell.text
    assert shell.hint("q2") == 0
    assert "There are no hints for q2." in shell.text
    assert shell.hint("q7") == 2
    (folder / HINT_STATE).write_text("broken", encoding="utf-8")
    shell.hint("q1")
    assert "hint 1 of 2" in shell.text


def test_commands_are_printed_as_they_can_be_typed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = assignment(shell.folder, STUBS)
    environment = folder / ".venv" / "bin"
    environment.mkdir(parents=True)
    (environment / "autograder").write_text("#!/bin/sh\n")
    (environment / "autograder").chmod(0o755)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", [str(environment / "autograder"), "check"])
    monkeypatch.setenv("PATH", "/nowhere")  # the environment is not active
    shell.check()
    assert "  .venv/bin/autograder check -q q1 " in shell.text
    monkeypatch.setenv("PATH", str(environment))
    shell.check()
    assert "  autograder check -q q1 " in shell.text


def test_watch_checks_again_after_a_save(tmp_path: Path) -> None:
    folder = assignment(tmp_path / "twice", STUBS)
    console = Console(file=io.StringIO(), width=120)
    sleeps = 0

    def sleep(_: float) -> None:
        nonlocal sleeps
        sleeps += 1
        if sleeps == 2:
            (folder / "twice.py").write_text(GOOD, encoding="utf-8")
        if sleeps == 4:
            raise KeyboardInterrupt

    assert check.watch(folder, None, None, console, sleep=sleep) == 0
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert text.index("0 / 6 public") < text.index("6 / 6 public")
    assert text.count("waiting for the next save") == 2
    assert check.watch(tmp_path / "tests", None, None, console) == 2


def test_a_save_during_a_check_ends_it(tmp_path: Path) -> None:
    folder = assignment(tmp_path / "twice", None)
    saves_itself = (
        f"from pathlib import Path\nPath(__file__).write_text({GOOD!r})\nwhile True: pass\n"
    )
    (folder / "twice.py").write_text(saves_itself, encoding="utf-8")
    plan(folder, grader={"load_seconds": 600})
    console = Console(file=io.StringIO(), width=120)

    def sleep(_: float) -> None:
        raise KeyboardInterrupt

    assert check.watch(folder, None, None, console, sleep=sleep) == 0
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "6 / 6 public" in text
    assert text.count("waiting for the next save") == 1


def test_a_terminal_that_cannot_show_a_tick(shell: Shell) -> None:
    assignment(shell.folder)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    assert check.run_check(shell.folder, None, None, Console(file=stream, width=120)) == 0
    stream.flush()
    assert b"+ q1  Doubling" in stream.buffer.getvalue()  # type: ignore[attr-defined]


def test_threads_of_the_file_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def end(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", end)
    console = Console(file=io.StringIO(), width=120)
    go_on = threading.Event()
    thread = threading.Thread(target=go_on.wait)
    thread.start()
    with pytest.raises(SystemExit, match="1"):
        check.without_waiting(1, console)
    go_on.set()
    thread.join()
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert said == "Threads of your file run on; they are not waited for.\n"
