"""The file that a student hands in from the notebook, and what it contains."""

from __future__ import annotations

import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.authoring.bundle import pack
from autograder.checking import feedback
from autograder.checking.errors import WorkError
from autograder.checking.feedback import QuestionResult
from autograder.checking.judge import judge_planned, read_tests
from autograder.checking.loading import load, read_file
from autograder.checking.packing import Packed, beside, without_large_outputs
from autograder.checking.workfolder import Work
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
    source, dropped = without_large_outputs(notebook.read_bytes())
    packed = _packed(work, notebook, source)
    write_atomic(found.path, pack({notebook.name: source, **packed.files}))
    found.contents.append(f"{notebook.name}, saved at {moment}")
    found.contents.extend(packed.files)
    if dropped:
        cells = "one cell" if dropped == 1 else f"{dropped} cells"
        found.contents.append(f"without the large output of {cells}; your own notebook keeps it")
    found.warnings.extend(packed.warnings)
    _judge(work, found)
    found.contents.extend(_written(work, source))
    return found


def _packed(work: Work, notebook: Path, source: bytes) -> Packed:
    try:
        chunks = read_file(work, notebook).chunks
    except WorkError:  # which judging will say
        chunks = []
    return beside(work, source, chunks)


def _judge(work: Work, found: HandIn) -> None:
    """Judge what is in the zip, in a folder that holds nothing else but what was handed out."""
    handed = read(found.path, work.slug, work.slug)
    if handed.refusal:
        found.warnings.append(handed.refusal)
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        fresh = Work(Path(temporary).resolve(), work.slug)
        given = [name for name in work.terms().files if (work.folder / name).is_file()]
        contents = {f"{work.slug}.{handed.kind}": handed.source, **handed.files}
        contents |= {name: (work.folder / name).read_bytes() for name in given}
        for path in (work.folder / "tests").glob("*"):
            if path.is_file():
                contents[f"tests/{path.name}"] = path.read_bytes()
        for name, data in contents.items():
            (fresh.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh.folder / name).write_bytes(data)
        try:
            loaded = load(fresh, fresh.files[0])
            if loaded.problem:
                found.warnings.append(loaded.problem)
            results = [
                judge_planned(read_tests(q, path), loaded) for q, path in fresh.tests.items()
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


def _written(work: Work, notebook: bytes) -> Sequence[str]:
    """How much was written for the question that people grade."""
    import nbformat

    plan = next((p for p in work.planned().values() if p.manual), None)
    if plan is None:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            cells = nbformat.reads(notebook.decode("utf-8-sig"), as_version=4).cells
        except Exception:  # nbformat raises many kinds; judging has said that it cannot be read
            return []
    text = [c.source for c in cells if ANSWER in c.metadata.get("tags", [])]
    words = sum(len(source.split()) for source in text)
    return [f"Written question, {plan.title}: {words} {'word' if words == 1 else 'words'}"]
