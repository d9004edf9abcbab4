"""What a student is told: results of test cases as data, as plain text and in a terminal.

The words are made in one place, so that `autograder check` and pytest say the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

MAX_LINES, MAX_WIDTH = 12, 240
SHOWN_FAILURES = 2
"""Failing cases of one question shown in full when all questions are checked."""


class Status(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNWRITTEN = "unwritten"  # a stub that still raises NotImplementedError


@dataclass(frozen=True)
class CaseResult:
    """One test case, judged.

    Attributes:
        advice: the case's `failure_message`: what to look at.
        message: the check's own words (call, expected, got); "" if passed.
        printed: what the student's code printed during the case.
    """

    question: str
    name: str
    points: float
    status: Status
    advice: str = ""
    message: str = ""
    printed: str = ""

    @property
    def passed(self) -> bool:
        return self.status is Status.PASSED

    @property
    def text(self) -> str:
        """The whole explanation as plain text; "" if passed."""
        if self.status is Status.UNWRITTEN:
            return self.unwritten
        return "\n".join(part for part in (self.advice, shorten(self.message)) if part)

    @property
    def unwritten(self) -> str:
        """Such as "matmul_blocked is not written yet", with the question if it is another one."""
        said = self.message.removeprefix(f"{self.question}: ").strip()
        said = f"needs {said}" if re.match(r"q\w+: ", said) else said
        return shorten(said) or "not written yet"


@dataclass(frozen=True)
class QuestionResult:
    """The public cases of one question, judged.

    Attributes:
        earned, possible: public points.
        hidden: points that hidden tests decide; None if the folder does not say.
        has_hints: whether `--hint` has something to show.
    """

    question: str
    title: str
    cases: tuple[CaseResult, ...]
    earned: float
    possible: float
    hidden: float | None = None
    has_hints: bool = False

    @property
    def status(self) -> Status:
        kinds = {case.status for case in self.cases}
        worst = (Status.FAILED, Status.UNWRITTEN, Status.PASSED)
        return next((status for status in worst if status in kinds), Status.PASSED)

    @property
    def untouched(self) -> bool:
        """Whether no case found anything but stubs."""
        return all(case.status is Status.UNWRITTEN for case in self.cases)


@dataclass(frozen=True)
class Marks:
    """Signs before a line; plain letters where the terminal cannot show others."""

    signs: dict[Status, str] = field(
        default_factory=lambda: {Status.PASSED: "✓", Status.FAILED: "✗", Status.UNWRITTEN: "·"}
    )

    @classmethod
    def of(cls, console: Console) -> Marks:
        if console.encoding.lower().startswith("utf"):
            return cls()
        return cls({Status.PASSED: "+", Status.FAILED: "x", Status.UNWRITTEN: "-"})


STYLES = {Status.PASSED: "green", Status.FAILED: "red", Status.UNWRITTEN: "bright_black"}


def shorten(text: str) -> str:
    """At most a few lines of a message, which may hold whatever the student's code printed."""
    lines = [ln if len(ln) <= MAX_WIDTH else ln[: MAX_WIDTH - 1] + "…" for ln in text.splitlines()]
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], f"… {len(lines) - MAX_LINES + 1} more lines"]
    return "\n".join(lines)


def number(points: float) -> str:
    return f"{round(points, 2):g}"


def points_text(points: float) -> str:
    """Such as "1 point" or "2.5 points"."""
    shown = number(points)
    return f"{shown} {'point' if shown == '1' else 'points'}"


def print_question(console: Console, result: QuestionResult, width: int, *, full: bool) -> None:
    """One line for the question and, below it, what is wrong.

    Args:
        width: of the column of titles, so that the points stand below each other.
        full: explain every failing case, not only the first few.
    """
    status = result.status
    line = Text.assemble((f"{Marks.of(console).signs[status]} ", STYLES[status]))
    line.append(f"{result.question:<4}", "bold")
    line.append(_fit(result.title, width), "bright_black" if result.untouched else "")
    line.append(f"{number(result.earned):>5} / {number(result.possible):<5}", STYLES[status])
    if status is Status.UNWRITTEN:
        line.append("not written yet" if result.untouched else "partly written", STYLES[status])
    console.print(line, no_wrap=True, overflow="ellipsis")
    _print_failures(console, result, full)
    _print_unwritten(console, result)


def title_width(console: Console, titles: Sequence[str]) -> int:
    room = max(10, min(console.width, 100) - 38)
    return min(room, max((len(t) for t in titles), default=0)) + 2


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
        name = Text.assemble(
            (f"{Marks.of(console).signs[case.status]} ", "red"), (case.name, "bold")
        )
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
        mark = Marks.of(console).signs[Status.UNWRITTEN]
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
