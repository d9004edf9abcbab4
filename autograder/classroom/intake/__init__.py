"""From what a TA has on the night after the deadline to hand-ins: who, when, and where it lies.

Recognised by what is in it: Gradescope's and Canvas's "Download Submissions", as a folder or as the
zip, nbgrader's `submitted/` tree, and plain files, folders and zips (`submission.find`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.classroom.intake import canvas, gradescope, nbgrader
from autograder.classroom.intake.class_zip import ClassZip, NotAZip
from autograder.classroom.intake.handin import HandIn, IntakeError
from autograder.submissions import read as submission

__all__ = ["HandIn", "IntakeError", "find", "summary"]


def find(paths: Iterable[Path], slug: str, timezone: str = "UTC") -> list[HandIn]:
    """Every hand-in under `paths`, several by one student included.

    Plain files, folders and zips are in the order and under the names of `submission.find`.

    Args:
        timezone: the course's; of times that are told in what its clocks show.

    Raises:
        NoSubmissions: a path does not exist, or there is nothing in it to grade.
        IntakeError: an export is damaged, incomplete, or given together with plain files.
    """
    exports: dict[Path, list[HandIn]] = {}
    plain: list[Path] = []
    for path in paths:
        hand_ins = _exported(path, slug, timezone)
        if hand_ins is None:
            plain.append(path)
        elif not hand_ins:
            raise submission.NoSubmissions(f"{path} holds no submission of {slug}.")
        else:
            exports[path] = hand_ins
    if plain and exports:
        # It may be one student's own, made to hand in something for others.
        path = next(iter(exports))
        raise IntakeError(f"{path} looks like the export of a whole class; give it alone.")
    found = [HandIn(name, path, (name,)) for name, path in submission.find(plain, slug)]
    found += [hand_in for hand_ins in exports.values() for hand_in in hand_ins]
    names = submission.unique([hand_in.name for hand_in in found])
    return [dataclasses.replace(h, name=n) for h, n in zip(found, names, strict=True)]


def summary(hand_ins: Iterable[HandIn]) -> str:
    """What was recognised, in a sentence; "" if everything is plain."""
    by_source: dict[str, list[HandIn]] = {}
    for hand_in in hand_ins:
        by_source.setdefault(hand_in.source, []).append(hand_in)
    return " ".join(
        f"{source}'s export: {_count(len(found), 'submission')} of "
        f"{_count(len({s for h in found for s in h.students}), 'student')}."
        for source, found in by_source.items()
        if source
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _exported(path: Path, slug: str, timezone: str) -> list[HandIn] | None:
    """The hand-ins of another system's export; None if `path` is none."""
    if path.is_dir():
        if gradescope.is_export(path):
            return gradescope.from_folder(path)
        submitted = nbgrader.submitted_folder(path, slug)
        if submitted:
            return nbgrader.from_folder(submitted, slug, ZoneInfo(timezone))
        return canvas.from_folder(path, slug) if canvas.is_download(path) else None
    if path.suffix.lower() != ".zip" or not path.is_file():
        return None
    try:
        archive = ClassZip(path)
    except NotAZip:
        return None  # one student's broken zip, which grading refuses in its own words
    with archive:
        if gradescope.is_export_zip(archive):
            return gradescope.from_zip(archive)
        return canvas.from_zip(archive, slug) if canvas.is_download_zip(archive) else None
