"""What a student is told, in a terminal: the results of `judge` in colour."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from autograder.checking.feedback import (
    SIGNS,
    CaseResult,
    QuestionResult,
    Status,
    number,
    points_text,
    shorten,
)

SHOWN_FAILURES = 2
"""Failing cases of one question shown in full when all questions are checked."""

_STYLES = {Status.PASSED: "green", Status.FAILED: "red", Status.UNWRITTEN: "bright_black"}
_PLAIN_SIGNS = {Status.PASSED: "+", Status.FAILED: "x", Status.UNWRITTEN: "-"}


def print_question(console: Console, result: QuestionResult, width: int, *, full: bool) -> None:
    """One line for the question and, below it, what is wrong.

    Args:
        width: of the column of titles, so that the points stand below each other.
        full: explain every failing case, not only the first few.
    """
    status = result.status
    line = Text.assemble((f"{_signs(console)[status]} ", _STYLES[status]))
    line.append(f"{result.question:<4}", "bold")
    line.append(_fit(result.title, width), "bright_black" if result.untouched else "")
    line.append(f"{number(result.earned):>5} / {number(result.possible):<5}", _STYLES[status])
    if status is Status.UNWRITTEN:
        line.append("not written yet" if result.untouched else "partly written", _STYLES[status])
    console.print(line, no_wrap=True, overflow="ellipsis")
    _print_failures(console, result, full)
    _print_unwritten(console, result)


def title_width(console: Console, titles: Sequence[str]) -> int:
    room = max(10, min(console.width, 100) - 38)
    return min(room, max((len(t) for t in titles), default=0)) + 2


def _signs(console: Console) -> dict[Status, str]:
    """Plain letters where the terminal cannot show others."""
    return SIGNS if console.encoding.lower().startswith("utf") else _PLAIN_SIGNS


def _fit(text: str, width: int) -> str:
    return text.ljust(width) if len(text) < width else text[: width - 3] + "…  "


def _print_failures(console: Console, result: QuestionResult, full: bool) -> None:
    failed = [case for case in result.cases if case.status is Status.FAILED]
    told: set[str] = set()
    for i, case in enumerate(failed):
        if i == SHOWN_FAILURES and not full:
            more = f"… and {len(failed) - i} more: -q {result.question} shows all"
            console.print(Padding(Text(more, "bright_black"), (0, 0, 0, 6), expand=False))
            break
        name = Text.assemble((f"{_signs(console)[case.status]} ", "red"), (case.name, "bold"))
        name.append(f"  {points_text(case.points)}", "dim")
        console.print(Padding(name, (0, 0, 0, 6), expand=False))
        console.print(Padding(_explanation(case, told), (0, 0, 0, 8), expand=False))
        told.add(case.message)


def _explanation(case: CaseResult, told: set[str]) -> Text:
    if case.message in told:
        return Text("the same as above", "bright_black")
    text = Text.assemble((f"{case.advice}\n" if case.advice else "", "italic"))
    for line in shorten(case.message).splitlines():
        text.append_text(_colored(line)).append("\n")
    if case.printed.strip():
        text.append("your code printed:\n", "bright_black")
        text.append(_indented(shorten(case.printed.strip("\n"))) + "\n", "bright_black")
    text.rstrip()
    return text


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def _colored(line: str) -> Text:
    """The labels of a check's message in colour: expected, got, and the student's line."""
    label = re.match(r"\s*(expected[^:]*:|got:|(?:\S+, )?(?:cell \d+, )?line \d+:)", line)
    if not label:
        return Text(line)
    color = "green" if "expected" in label[1] else "red" if label[1] == "got:" else "cyan"
    return Text.assemble((line[: label.end()], color), line[label.end() :])


def _print_unwritten(console: Console, result: QuestionResult) -> None:
    """Say which part is missing, unless the line above has said all there is to say."""
    by_message: dict[str, list[CaseResult]] = {}
    for case in result.cases:
        if case.status is Status.UNWRITTEN:
            by_message.setdefault(case.unwritten, []).append(case)
    if result.untouched and len(by_message) == 1:
        (message,) = by_message
        if not message.startswith("needs "):
            return
    for message, cases in by_message.items():
        points = points_text(sum(case.points for case in cases))
        mark = _signs(console)[Status.UNWRITTEN]
        text = Text.assemble((f"{mark} {message}  ", "bright_black"))
        text.append(points, "dim")
        console.print(Padding(text, (0, 0, 0, 6), expand=False))


def print_summary(
    console: Console, results: Sequence[QuestionResult], manual: float, command: str
) -> None:
    """Points so far, what is still to be decided, and the next step.

    Args:
        manual: points that a person gives (the written question).
        command: how the student called us, to be continued with ` -q q3`.
    """
    earned, possible = sum(r.earned for r in results), sum(r.possible for r in results)
    known = [r.hidden for r in results if r.hidden is not None]
    line = Text("points so far ", "")
    line.append(f"{number(earned)} / {number(possible)}", "bold")
    line.append(" public")
    if len(results) == 1:
        line.append(f" in {results[0].question}")
    if sum(known):
        line.append(f"; hidden: {number(sum(known))} points are decided after the deadline")
    console.print()
    console.print(line)
    if manual:
        console.print(Text(f"by hand: {number(manual)} points for the written question"))
    todo = next((r for r in results if r.status is not Status.PASSED), None)
    if todo is None:
        console.print(Text("All public tests pass.", "green"))
        return
    ways = {} if len(results) == 1 else {f"{command} -q {todo.question}": "only this question"}
    if todo.has_hints:
        ways[f"{command} --hint {todo.question}"] = "a hint"
    if ways:
        console.print(Text.assemble("next: ", (todo.question, "bold"), f" {todo.title}"))
    width = max([38, *map(len, ways)]) + 2
    for way, purpose in ways.items():
        line = Text.assemble("  ", (f"{way:<{width}}", "cyan"), (purpose, "bright_black"))
        console.print(line, soft_wrap=True)  # a command that is broken cannot be copied
