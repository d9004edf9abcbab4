"""Gradescope's "Download Submissions": a folder per submission, and who and when in one YAML file.

    assignment_678_export/            (the zip has this folder, an unpacked export is it)
        submission_metadata.yml
        submission_12345/matmul.py

What is odd about one entry of the metadata costs that entry a note, not the class.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from autograder.classroom.intake.class_zip import ClassZip
from autograder.classroom.intake.gradescope_yaml import Entry, read_metadata
from autograder.classroom.intake.handin import HandIn, IntakeError, Person
from autograder.classroom.intake.plain import entries, most
from autograder.ground.files import open_plain, what_is

SOURCE = "Gradescope"
METADATA = "submission_metadata.yml"
MAX_METADATA = 512 << 20  # bytes; results of every earlier submission are in it
_EXPORT = re.compile(r"assignment_\w+_export", re.ASCII)
_FOLDER = re.compile(r"submission_\w+", re.ASCII)


def root_of(path: Path) -> Path | None:
    """The folder of an export that `path` is, or that alone lies in it; None if neither.

    Decided by most of what lies there: a student's file that is called like the metadata makes no
    export of a class.
    """
    inside, _ = entries(path)
    if len(inside) == 1 and _EXPORT.fullmatch(inside[0].name) and what_is(inside[0]) == "folder":
        path = inside[0]
        inside, _ = entries(path)
    beside = [e for e in inside if e.name != METADATA]
    if len(beside) == len(inside) or what_is(path / METADATA) != "file":
        return None
    submissions = sum(map(_is_submission, beside))
    return path if not beside or most(submissions, len(beside)) else None


def _is_submission(entry: Path) -> bool:
    return bool(_FOLDER.fullmatch(entry.name)) and what_is(entry) == "folder"


def is_export_zip(archive: ClassZip) -> bool:
    """Whether a zip holds an export."""
    return _prefix(archive) is not None


def _prefix(archive: ClassZip) -> str | None:
    """Where in a zip the export lies: "" or a folder, with its slash."""
    places = [n.removesuffix(METADATA) for n in archive.files if n.endswith(METADATA)]
    for prefix in sorted((p for p in places if re.fullmatch(r"([^/]+/)?", p)), key=len):
        names = {*archive.files, *archive.folders} - {prefix + METADATA, prefix.rstrip("/")}
        first = {n.removeprefix(prefix).partition("/")[0] for n in names if n.startswith(prefix)}
        elsewhere = {n.partition("/")[0] for n in names if not n.startswith(prefix)}
        known = sum(_FOLDER.fullmatch(n) is not None for n in first)
        if not first or most(known, len(first) + len(elsewhere)):
            return prefix
    return None


def from_folder(root: Path) -> tuple[list[HandIn], list[Path]]:
    """The submissions of an export that has been unpacked, and what does not belong to it.

    Raises:
        IntakeError: if its metadata is damaged as a whole, or a submission is missing.
    """
    file = root / METADATA
    if file.stat().st_size > MAX_METADATA:
        raise IntakeError(f"{file} is larger than {MAX_METADATA >> 20} MB.")
    with open_plain(file) as opened:
        known = read_metadata(opened.read(), str(file))
    inside = [e for e in entries(root)[0] if e.name != METADATA]
    names = [e.name for e in inside if _is_submission(e)]
    missing = _missing(known, names)
    if missing:
        raise IntakeError(
            f"{file} tells of {missing[0]}, which is not in the export; "
            "unpack the download again, or give the zip as it came."
        )
    found = list(_hand_ins(known, names, lambda name: root / name))
    return found, [e for e in inside if e.name not in names]


def from_zip(archive: ClassZip) -> tuple[list[HandIn], list[str]]:
    """The submissions of an export as it was downloaded, and what does not belong to it.

    A submission without files has no folder in a zip.

    Raises:
        IntakeError: as `from_folder`, and if the zip is damaged.
    """
    prefix = _prefix(archive) or ""
    contents: dict[str, dict[str, str]] = {}
    others = []
    for name in (*archive.files, *(f"{folder}/" for folder in archive.folders)):
        folder, slash, inside = name.removeprefix(prefix).partition("/")
        if slash and name.startswith(prefix) and _FOLDER.fullmatch(folder):
            own = contents.setdefault(folder, {})
            if inside and name in archive.files:
                own[inside] = name
        elif name in archive.files and name != prefix + METADATA:
            others.append(name)
    place = f"{archive.path}: {METADATA}"
    known = read_metadata(archive.read(prefix + METADATA, MAX_METADATA), place)
    missing = _missing(known, contents)
    if missing and (not contents or contents.keys() - known.keys()):
        problem = f"tells of {missing[0]}, which is not in the export; download it again"
        raise IntakeError(f"{place} {problem}.")
    names = sorted([*contents, *missing])
    found = _hand_ins(known, names, lambda n: archive.pack(contents.get(n, {}), f"{n}.zip"))
    return list(found), others


def _missing(known: dict[str, Entry], names: Iterable[str]) -> list[str]:
    """Submissions that are told of and not there; of earlier ones there are mostly no files."""
    return sorted(n for n, entry in known.items() if not entry.earlier and n not in set(names))


def _hand_ins(
    known: dict[str, Entry], names: Iterable[str], path_of: Callable[[str], Path]
) -> Iterator[HandIn]:
    unreliable = _sids_of_several(known.values())
    for name in names:
        entry = known.get(name, Entry(note=f"{METADATA} does not tell who and when."))
        people = tuple(_without(p, unreliable) for p in entry.people if _identity(p))
        students = tuple(_identity(p) for p in entry.people if _identity(p))
        students = students or (name,)  # submissions are anonymous
        moment, note = entry.submitted, entry.note
        yield HandIn(name, path_of(name), students, moment, False, SOURCE, people, note)


def _identity(person: Person) -> str:
    return person.email or person.sid or person.name


def _sids_of_several(known: Iterable[Entry]) -> set[str]:
    """SIDs that people with different e-mails have in one export, such as 0 for all."""
    both = {(p.sid, p.email.casefold()) for e in known if not e.earlier for p in e.people if p.sid}
    counts = Counter(sid for sid, _ in both)
    return {sid for sid, count in counts.items() if count > 1}


def _without(person: Person, unreliable: set[str]) -> Person:
    keep = person.sid and person.sid not in unreliable
    return dataclasses.replace(person, sid=f"{SOURCE} {person.sid}" if keep else "")
