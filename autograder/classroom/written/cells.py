"""What a submission holds, as plain values for a page in nbgrader. Runs in the jail."""

from __future__ import annotations

from typing import Any

from autograder.classroom.written.answer import Unreadable, cells_of, find_answer

_LIVE = "active-ipynb"


def read(source: bytes, kind: str, question: str, placeholder: str) -> dict[str, Any]:
    """Code by question, the answer to the written question, and figures. Nothing is executed.

    Args:
        kind: "py" or "ipynb".
        question, placeholder: the written question's cells as they were handed out.
    """
    try:
        answer = find_answer(source, kind, question, placeholder)
        cells = cells_of(source, kind)
    except Unreadable as error:
        return {"trouble": str(error), "code": [], "answer": [], "figures": []}
    code = []
    for cell in cells:
        tags = [str(tag) for tag in cell.metadata.get("tags", [])]
        if cell.cell_type == "code" and _LIVE not in tags:
            code.append([tags, cell.source])
    blocks = [[block.kind, block.text, block.pictures] for block in answer.blocks]
    trouble = "" if answer.state == "answered" else f"The written answer is {answer.state}."
    return {"trouble": trouble, "code": code, "answer": blocks, "figures": answer.figures}
