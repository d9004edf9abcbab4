"""Hints of a question, one at a time; after the last one, all of them again."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

from autograder.checking.errors import WorkError
from autograder.checking.judge import title_and_hints
from autograder.checking.workfolder import Work

HINT_STATE = ".autograder-hints.json"


@dataclass(frozen=True)
class Hints:
    """What to show now.

    Attributes:
        heading: question and title.
        shown: hints with their headings; [] if the question has none.
        left: how many there are still to come.
        repeated: whether all had been shown before.
    """

    heading: str
    shown: list[tuple[str, str]]
    left: int = 0
    repeated: bool = False


def next_hints(work: Work, question: str) -> Hints:
    """The next hint of a question.

    Raises:
        WorkError: there is no such question, or its test file cannot be read.
    """
    title, hints = _hints(work.test(question))
    title = work.planned()[question].title if question in work.planned() else title
    heading = f"{question}  {title}"
    headings = [f"{heading}: hint {n} of {len(hints)}" for n in range(1, len(hints) + 1)]
    numbered = list(zip(headings, hints, strict=True))
    seen = _seen(work).get(question, 0)
    if seen >= len(hints):
        return Hints(heading, numbered, repeated=True)
    _remember(work, question, seen + 1)
    return Hints(heading, numbered[seen : seen + 1], left=len(hints) - seen - 1)


def _hints(path: Path) -> tuple[str, list[str]]:
    try:
        return title_and_hints(path.read_text(encoding="utf-8-sig"))
    except (SyntaxError, ValueError, TypeError):
        message = f"tests/{path.name} cannot be read. Unpack the assignment's tests again."
        raise WorkError(message) from None


def _seen(work: Work) -> dict[str, int]:
    try:
        state = json.loads((work.folder / HINT_STATE).read_text(encoding="utf-8"))
        return {str(q): int(n) for q, n in state.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(work: Work, question: str, count: int) -> None:
    state = {**_seen(work), question: count}
    with contextlib.suppress(OSError):  # a folder that cannot be written shows the first hint again
        (work.folder / HINT_STATE).write_text(json.dumps(state) + "\n", encoding="utf-8")
