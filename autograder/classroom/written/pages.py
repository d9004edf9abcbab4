"""The pages of one student: the question, then the answer on a fixed number of pages. In the jail.

Gradescope's template names a page for each question, so page one is the question for everybody,
and the answer has the same pages in every file: short ones are padded, long ones cut.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, Preformatted, SimpleDocTemplate
from reportlab.platypus.doctemplate import LayoutError

from autograder.classroom.written.answer import Answer, Block, Unreadable, find_answer
from autograder.classroom.written.flow import Flow, picture
from autograder.classroom.written.style import (
    BODY,
    BOLD,
    CODE,
    FONT,
    MARGIN,
    PAPER,
    TEXT_WIDTH,
    style,
)
from autograder.ground.text import printable

_STATES = {
    "unchanged": "The cell for the answer is as it was handed out.",
    "missing": "The cell of the written question is not in this file.",
}


@dataclass
class Sheet:
    """What the pages need besides the answer.

    Attributes:
        heading: assignment, question, points.
        pages: of the answer.
    """

    student: str
    heading: str
    question: str
    pages: int


@dataclass
class _Pages:
    """What became of the layout: pages of the question, pages that had to be left out."""

    question: int = 1
    left_out: int = 0
    states: list[dict[str, Any]] = field(default_factory=list)


def render(
    source: bytes,
    kind: str,
    student: str,
    heading: str,
    question: str,
    placeholder: str,
    pages: int,
    trouble: str,
) -> dict[str, Any]:
    """One student's PDF.

    Args:
        trouble: why there is no answer to show, or "".

    Returns:
        `pdf`; `state`: answered, unchanged, missing or unreadable; `left_out`: pages cut off.
    """
    sheet = Sheet(printable(student)[:120], printable(heading), question, pages)
    answer, state = Answer("missing"), "unreadable"
    if not trouble:
        try:
            answer = find_answer(source, kind, question, placeholder)
            state = answer.state
        except Unreadable as problem:
            trouble = str(problem)
    trouble = trouble or _STATES.get(state, "")
    try:
        pdf, left_out = _lay_out(sheet, list(_story(answer, trouble)))
    except (LayoutError, RecursionError, ValueError):  # a table with a cell taller than the page
        raw = [Preformatted(printable(b.text), CODE, maxLineLength=96) for b in answer.blocks]
        pdf, left_out = _lay_out(sheet, raw)
    return {"pdf": pdf, "state": state, "left_out": left_out}


def _story(answer: Answer, trouble: str) -> Any:
    if trouble:
        yield Paragraph(escape(printable(trouble)), style("note"))
    flow = Flow()
    for block in answer.blocks:
        yield from flow.block(block)
    if answer.figures:
        yield Paragraph("Figures of the notebook's other cells", style("h4"))
        for data in answer.figures:
            yield KeepTogether(list(picture(data, width=TEXT_WIDTH, height=210.0)))


def _lay_out(sheet: Sheet, story: list[Any]) -> tuple[bytes, int]:
    """PDF, and how many pages of the answer are not in it."""
    counted, file = _Pages(), io.BytesIO()
    front: list[Any] = [
        Paragraph(escape(sheet.student), style("h1")),
        Paragraph(escape(sheet.heading), BODY),
        *Flow().block(Block("markdown", sheet.question)),
    ]
    document = SimpleDocTemplate(
        file,
        pagesize=PAPER,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=sheet.heading,
        author=sheet.student,
        invariant=1,
    )
    mark = _Mark(counted)
    document.build([*front, mark, PageBreak(), *story], canvasmaker=_canvas(sheet, counted))
    return file.getvalue(), counted.left_out


class _Mark(Paragraph):  # type: ignore[misc]
    """Nothing to see; notes on which page the question ends."""

    def __init__(self, counted: _Pages) -> None:
        super().__init__("", BODY)
        self._counted = counted

    def draw(self) -> None:
        self._counted.question = self.canv.getPageNumber()


def _canvas(sheet: Sheet, counted: _Pages) -> type[Canvas]:
    class Fixed(Canvas):  # type: ignore[misc]
        """Keeps all pages until the end, then writes as many as there have to be."""

        def showPage(self) -> None:  # noqa: N802  (ReportLab's name)
            counted.states.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            total = counted.question + sheet.pages
            counted.left_out = max(0, len(counted.states) - total)
            blank = counted.states[-1] if counted.states else dict(self.__dict__)
            for number in range(1, total + 1):
                if number <= len(counted.states):
                    self.__dict__.update(counted.states[number - 1])
                else:
                    self.__dict__.update(blank)
                    self._code: list[str] = []
                _foot(self, sheet, number, total, counted.left_out)
                super().showPage()
            super().save()

    return Fixed


def _foot(canvas: Canvas, sheet: Sheet, number: int, total: int, left_out: int) -> None:
    canvas.setFont(FONT, 8)
    canvas.setFillGray(0.45)
    canvas.drawString(MARGIN, MARGIN / 2, f"{sheet.student} · {sheet.heading}"[:110])
    canvas.drawRightString(PAPER[0] - MARGIN, MARGIN / 2, f"{number} / {total}")
    if left_out and number == total:
        canvas.setFont(BOLD, 8)
        text = f"Cut here: {left_out} more page{'s' * (left_out > 1)}, see the submission."
        canvas.drawString(MARGIN, MARGIN / 2 + 12, text)
