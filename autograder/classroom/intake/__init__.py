"""From what a TA has on the night after the deadline to hand-ins: who, when, and where it lies.

Recognised by most of what is in it: the downloads of Gradescope, Canvas and Moodle, as a folder or
as the zip, nbgrader's `submitted/` tree, and plain files, folders and zips.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.classroom.intake import canvas, gradescope, moodle, nbgrader, plain
from autograder.classroom.intake.class_zip import ClassZip, NotAZip
from autograder.classroom.intake.handin import (
    HandIn,
    IntakeError,
    NoSubmissions,
    Person,
    latest,
    named,
)
from autograder.ground.files import what_is
from autograder.ground.text import counted, safe_name, shown

__all__ = ["HandIn", "IntakeError", "NoSubmissions", "Person", "find", "latest", "named", "summary"]

Say = Callable[[str], object]


def find(
    paths: Iterable[Path],
    slug: str,
    timezone: str = "UTC",
    asked: Collection[str] = (),
    say: Say = lambda _: None,
) -> list[HandIn]:
    """Every hand-in under `paths`, several by one student included.

    Plain files, folders and zips are in the order and under the names of `plain.find`.

    Args:
        timezone: the course's; of times that are told in what its clocks show.
        asked: names that students define, which tell a submission from a helper.
        say: is told, in a sentence each, what was left out and what is odd.

    Raises:
        NoSubmissions: a path does not exist, or there is nothing in it to grade.
        IntakeError: an export is damaged, incomplete, or given together with plain files; or a path
            holds several classes or a class in a way that is not recognised.
    """
    given = list(paths)
    if len(given) == 1 and given[0].is_symlink() and given[0].exists():
        given = [given[0].resolve()]  # the TA's own; one among others may be a student's
    exports: dict[Path, list[HandIn]] = {}
    apart: list[Path] = []
    for path in given:
        hand_ins = _exported(path, slug, timezone, say) if _is_there(path) else None
        if hand_ins is None:
            apart.append(path)
        elif not hand_ins:
            raise NoSubmissions(f"{path} holds no submission of {slug}.")
        else:
            exports[path] = hand_ins
    if apart and exports:
        # It may be one student's own, made to hand in something for others.
        path = next(iter(exports))
        raise IntakeError(
            f"{path} looks like the export of a whole class; give it alone, "
            "or, if it is one student's, in a folder with the others."
        )
    for path in apart:
        _refuse_parent(path, slug)
    found = [HandIn(name, path, (name,)) for name, path in plain.find(apart, slug, asked, say)]
    found += [hand_in for hand_ins in exports.values() for hand_in in hand_ins]
    names = plain.unique([safe_name(hand_in.name) or "submission" for hand_in in found])
    for name, hand_in in zip(names, found, strict=True):
        if hand_in.note:
            say(f"{name}: {shown(hand_in.note)}")
    return [_safe(hand_in, name) for name, hand_in in zip(names, found, strict=True)]


def _safe(hand_in: HandIn, name: str) -> HandIn:
    """The same without anything in a name that could do harm where it is shown."""
    people = tuple(Person(*map(shown, dataclasses.astuple(p))) for p in hand_in.people)
    students = tuple(map(safe_name, hand_in.students))
    return dataclasses.replace(hand_in, name=name, students=students, people=people)


def _is_there(path: Path) -> bool:
    return path.exists() and not path.is_symlink()


def summary(hand_ins: Iterable[HandIn]) -> str:
    """What was recognised, in a sentence; "" if everything is plain."""
    by_source: dict[str, list[HandIn]] = {}
    for hand_in in hand_ins:
        by_source.setdefault(hand_in.source, []).append(hand_in)
    return " ".join(
        f"{source}'s export: {counted(len(found), 'submission')} of "
        f"{counted(len({s for h in found for s in h.students}), 'student')}."
        for source, found in by_source.items()
        if source
    )


def _exported(path: Path, slug: str, timezone: str, say: Say) -> list[HandIn] | None:
    """The hand-ins of another system's export; None if `path` is none."""
    kind = what_is(path)
    if kind == "folder":
        return _from_folder(path, slug, timezone, say)
    if path.suffix.lower() != ".zip" or kind != "file":
        return None
    try:
        archive = ClassZip(path)
    except NotAZip:
        return None  # one student's broken zip, which grading refuses in its own words
    with archive:
        if gradescope.is_export_zip(archive):
            found, others = gradescope.from_zip(archive)
        elif canvas.is_download_zip(archive):
            found, others = canvas.from_zip(archive, slug)
        elif moodle.is_download_zip(archive):
            found, others = moodle.from_zip(archive)
        else:
            return None
    if others:
        say(f"Left out of {path}: {plain.listed(others)}.")
    return found


def _from_folder(path: Path, slug: str, timezone: str, say: Say) -> list[HandIn] | None:
    inside, _ = plain.entries(path)
    root, submitted = gradescope.root_of(path), nbgrader.submitted_folder(path, slug)
    if root:
        found, others = gradescope.from_folder(root)
    elif submitted:
        found, others = nbgrader.from_folder(submitted, slug, ZoneInfo(timezone))
    elif canvas.is_download(inside):
        found, others = canvas.from_folder(path, inside, slug)
    elif moodle.is_download(inside):
        found, others = moodle.from_folder(path, inside)
    else:
        return None
    # Somebody may have put one that came by mail beside the others.
    trees = root or submitted
    mailed = [e for e in others if not trees or e.suffix.lower() in plain.SUFFIXES]
    found += [HandIn(n, e, (n,)) for n, e in zip(plain.names_of(mailed), mailed, strict=True)]
    left = [e.name for e in others if e not in mailed]
    if left:
        say(f"Left out of {path}: {plain.listed(left)}.")
    return found


def _refuse_parent(path: Path, slug: str) -> None:
    """A folder whose entries are downloads of classes: they would become students."""
    if not _is_there(path) or what_is(path) != "folder":
        return
    inside, _ = plain.entries(path)
    classes = [e for e in inside if _is_export(e, slug)]
    if plain.most(len(classes), len(inside)):
        name = shown(classes[0].name)
        raise IntakeError(f"{path} holds {name}, which looks like a whole class's export; give it.")


def _is_export(path: Path, slug: str) -> bool:
    kind = what_is(path)
    if kind == "folder":
        inside, _ = plain.entries(path)
        found = (gradescope.root_of(path), nbgrader.submitted_folder(path, slug))
        return any(found) or canvas.is_download(inside) or moodle.is_download(inside)
    if kind != "file" or path.suffix.lower() != ".zip":
        return False
    try:
        with ClassZip(path) as archive:
            recognise = (
                gradescope.is_export_zip,
                canvas.is_download_zip,
                moodle.is_download_zip,
            )
            return any(system(archive) for system in recognise)
    except IntakeError:
        return False
