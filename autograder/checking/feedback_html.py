"""What a student is told, in a notebook: the results of `judge` as HTML.

Colours come from JupyterLab's theme where there is one, so that dark themes stay readable. Every
text may hold what the student's code printed, and is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from autograder.checking.feedback import (
    SIGNS,
    CaseResult,
    QuestionResult,
    Status,
    number,
    points_text,
    shorten,
)

_COLORS = {
    Status.PASSED: "var(--jp-success-color0, #1b7f3b)",
    Status.FAILED: "var(--jp-error-color0, #c62828)",
    Status.UNWRITTEN: "var(--jp-ui-font-color2, #666)",
}
_FAINT = "color:var(--jp-ui-font-color2, #666)"
_PRE = (
    "margin:.2em 0;padding:.4em .7em;white-space:pre-wrap;font-size:.92em;"
    "word-break:normal;overflow-wrap:anywhere;"
    "background:var(--jp-layout-color2, #f3f3f3);color:inherit"
)


def question_html(result: QuestionResult) -> str:
    """One question: points, what passed, and what is wrong with the rest."""
    rest = [case for case in result.cases if not case.passed]
    passed = [case for case in result.cases if case.passed]
    parts = [_head(result)]
    told: set[str] = set()
    for case in rest:
        parts.append(_case(case, told))
        told.add(case.message)
    if passed:
        names = "".join(f"<li>{_(case.name)} ({points_text(case.points)})</li>" for case in passed)
        words = "all test cases" if not rest else "test cases that pass"
        parts.append(
            f'<details style="margin:.3em 0"><summary style="{_FAINT}">{words} '
            f'({len(passed)})</summary><ul style="margin:.2em 0">{names}</ul></details>'
        )
    color = _COLORS[result.status]
    return f'<div style="border-left:4px solid {color};padding:.1em .9em">{"".join(parts)}</div>'


def progress_html(results: Sequence[QuestionResult], manual: float) -> str:
    """A table with one line per question, and the points so far.

    Args:
        manual: points that a person gives (the written question).
    """
    rows = "".join(_row(result) for result in results)
    earned, possible = sum(r.earned for r in results), sum(r.possible for r in results)
    hidden = sum(r.hidden or 0.0 for r in results)
    said = f"<b>{number(earned)} of {number(possible)}</b> public points so far"
    if hidden:
        said += f"; hidden tests decide {number(hidden)} more after the deadline"
    if manual:
        said += f"; the written question has {number(manual)}"
    bar = 100 * earned / possible if possible else 0
    return (
        '<table style="margin:0"><tr><th></th><th></th><th style="text-align:left">question</th>'
        f"<th>public</th><th>hidden</th></tr>{rows}</table>"
        '<div style="max-width:32em;height:.5em;margin:.6em 0 .3em;border-radius:.25em;'
        'background:var(--jp-layout-color3, #ddd)"><div style="height:100%;border-radius:.25em;'
        f'width:{bar:.1f}%;background:{_COLORS[Status.PASSED]}"></div></div><p>{said}.</p>'
    )


def list_html(title: str, lines: Sequence[str], warnings: Sequence[str] = ()) -> str:
    """A short list under a title, with what needs attention first."""
    color = _COLORS[Status.FAILED if warnings else Status.PASSED]
    red = "".join(f'<p style="color:{color};margin:.2em 0">{_(w)}</p>' for w in warnings)
    items = "".join(f"<li>{_(line)}</li>" for line in lines)
    return (
        f'<div style="border-left:4px solid {color};padding:.1em .9em"><b>{_(title)}</b>{red}'
        f'<ul style="margin:.2em 0">{items}</ul></div>'
    )


def _(text: str) -> str:
    return html.escape(text, quote=True)


def _code(text: str) -> str:
    """Text with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _(text))


def _head(result: QuestionResult) -> str:
    status = result.status
    state = f"{number(result.earned)} / {number(result.possible)}"
    if status is Status.UNWRITTEN:
        state += " not written yet" if result.untouched else " partly written"
    hidden = f"hidden tests: {number(result.hidden)} more" if result.hidden else ""
    return (
        f'<p style="margin:.2em 0"><b style="color:{_COLORS[status]}">{SIGNS[status]} '
        f"{_(result.question)}</b> {_(result.title)} &ensp;"
        f'<b style="color:{_COLORS[status]}">{state}</b> '
        f'<span style="{_FAINT}">&ensp;{hidden}</span></p>'
    )


def _case(case: CaseResult, told: set[str]) -> str:
    head = (
        f'<p style="margin:.5em 0 .1em"><span style="color:{_COLORS[case.status]}">'
        f"{SIGNS[case.status]}</span> <b>{_(case.name)}</b> "
        f'<span style="{_FAINT}">{points_text(case.points)}</span></p>'
    )
    if case.status is Status.UNWRITTEN:
        return head + f'<p style="margin:.1em 0;{_FAINT}">{_code(case.unwritten)}</p>'
    if case.message and case.message in told:
        return head + f'<p style="margin:.1em 0;{_FAINT}">the same as above</p>'
    advice = f'<p style="margin:.1em 0"><i>{_code(case.advice)}</i></p>' if case.advice else ""
    lines = "\n".join(_colored(line) for line in shorten(case.message).splitlines())
    message = f'<pre style="{_PRE}">{lines}</pre>' if lines else ""
    said = shorten(case.printed.strip("\n"))
    printed = f'<p style="{_FAINT};margin:.1em 0">your code printed:</p>' if said.strip() else ""
    printed += f'<pre style="{_PRE}">{_(said)}</pre>' if said.strip() else ""
    return head + advice + message + printed


def _colored(line: str) -> str:
    """The labels of a check's message in colour, as in the terminal."""
    label = re.match(r"\s*(expected[^:]*:|got:)", line)
    if not label:
        return _(line)
    color = _COLORS[Status.PASSED if "expected" in label[1] else Status.FAILED]
    end = label.end()
    return f'<span style="color:{color}">{_(line[:end])}</span>{_(line[end:])}'


def _row(result: QuestionResult) -> str:
    color = _COLORS[result.status]
    hidden = number(result.hidden) if result.hidden else ""
    return (
        f'<tr><td style="color:{color}">{SIGNS[result.status]}</td><td>{_(result.question)}</td>'
        f'<td style="text-align:left">{_(result.title)}</td><td style="color:{color}">'
        f'{number(result.earned)} / {number(result.possible)}</td><td style="{_FAINT}">'
        f"{hidden}</td></tr>"
    )
