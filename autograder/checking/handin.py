"""The file that a student hands in from the notebook, and what it contains."""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.authoring.bundle import pack
from autograder.checking import feedback
from autograder.checking.codecells import WorkError
from autograder.checking.feedback import QuestionResult
from autograder.checking.judge import judge_planned, read_tests
from autograder.checking.workfolder import Work, load
from autograder.ground.files import write_atomic
from autograder.submissions.read import read

ANSWER = "answer"
"""Tag of the cells for the written question."""


@dataclass(frozen=True)
class HandIn:
    """A file to hand in.

    Attributes:
        warnings: what the student should know before handing it in.
        contents: what is in it, one line each.
    """

    path: Path
    warnings: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)


def hand_in(work: Work, *, saved: bool) -> HandIn:
    """Write `<slug>-submission.zip` from the notebook as it lies on disk, and read it back.

    The file is judged as a grader will: from its first cell to its last, without anything that
    only this session knows.

    Args:
        saved: whether the notebook on disk is known to be what the student sees.
    Raises:
        WorkError: there is no notebook to hand in.
    """
    notebook = work.folder / f"{work.slug}.ipynb"
    if not notebook.is_file():
        raise WorkError(f"{notebook.name} is not in {work.folder}: save the notebook there.")
    moment = time.strftime("%H:%M:%S", time.localtime(notebook.stat().st_mtime))
    found = HandIn(work.folder / f"{work.slug}-submission.zip")
    if not saved:
        found.warnings.append(
            f"This is the notebook as it was saved at {moment}. If you have changed something "
            "since, save it (Ctrl+S) and run this cell again."
        )
    files = {notebook.name: notebook.read_bytes(), **_beside(work)}
    write_atomic(found.path, pack(files))
    refusal = read(found.path, work.slug, work.slug).refusal
    if refusal:
        found.warnings.append(refusal)
    found.contents.append(f"{notebook.name}, saved at {moment}")
    found.contents.extend(name for name in files if name != notebook.name)
    _judge(work, notebook, found)
    found.contents.extend(_written(work, notebook))
    return found


def _beside(work: Work) -> dict[str, bytes]:
    """Modules of the student's own, which the notebook may import."""
    paths = sorted(work.folder.glob("*.py"))
    return {path.name: path.read_bytes() for path in paths if path.stem != work.slug}


def _judge(work: Work, notebook: Path, found: HandIn) -> None:
    try:
        loaded = load(work, notebook)
        results = [
            judge_planned(read_tests(question, path), loaded)
            for question, path in work.tests.items()
        ]
    except WorkError as error:
        found.warnings.append(f"As it is saved, this cannot be graded. {error}")
        return
    found.contents.extend(_line(result) for result in results)


def _line(result: QuestionResult) -> str:
    if result.untouched:
        return f"{result.question} {result.title}: not written"
    points = f"{feedback.number(result.earned)} of {feedback.number(result.possible)}"
    return f"{result.question} {result.title}: {points} public points"


def _written(work: Work, notebook: Path) -> Sequence[str]:
    """How much was written for the question that people grade."""
    import nbformat

    plan = next((p for p in work.planned().values() if p.manual), None)
    if plan is None:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cells = nbformat.read(str(notebook), as_version=4).cells
    text = [c.source for c in cells if ANSWER in c.metadata.get("tags", [])]
    words = sum(len(source.split()) for source in text)
    return [f"Written question, {plan.title}: {words} {'word' if words == 1 else 'words'}"]
