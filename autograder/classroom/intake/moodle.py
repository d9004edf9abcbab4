"""What Moodle gives as "Download all submissions": a folder per person, or all files side by side.

    Ann Able_1234567_assignsubmission_file/matmul.py     name, Moodle's id of the submission's owner
    Ann Able_1234567_assignsubmission_file_matmul.py     with "in folders" switched off
    Ann Able_1234567_assignsubmission_onlinetext/onlinetext.html

The id is the one in Moodle's grading worksheet ("Participant 1234567"). The time is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from autograder.classroom.intake.class_zip import ClassZip, pack_files, private_folder
from autograder.classroom.intake.handin import HandIn, Person
from autograder.classroom.intake.plain import most
from autograder.ground.files import what_is

SOURCE = "Moodle"
_NAME = re.compile(
    r"(?P<who>.+?)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)(_(?P<file>.*))?", re.DOTALL
)


def _owner(name: str) -> re.Match[str] | None:
    return _NAME.fullmatch(name)


def is_download(entries: Iterable[Path]) -> bool:
    """Whether most of what lies in a folder has Moodle's names."""
    inside = list(entries)
    return most(sum(_owner(e.name) is not None for e in inside), len(inside))


def is_download_zip(archive: ClassZip) -> bool:
    """Whether most of what is in a zip, on its first level, has Moodle's names."""
    first = _first_level(archive)
    return most(sum(_owner(name) is not None for name in first), len(first))


def _first_level(archive: ClassZip) -> set[str]:
    return {name.partition("/")[0] for name in (*archive.files, *archive.folders)}


def from_folder(folder: Path, entries: Iterable[Path]) -> tuple[list[HandIn], list[Path]]:
    """The submissions of a download that has been unpacked, and what does not belong to it."""
    people, others = _by_person(e.name for e in entries)
    found = []
    for identity, own in people.items():
        first = folder / own[0]
        if what_is(first) == "file":
            contents = {_file(name): folder / name for name in own}
            first = pack_files(contents, private_folder() / f"moodle-{identity}.zip")
        found.append(_hand_in(own[0], first))
    return found, [folder / name for name in others]


def from_zip(archive: ClassZip) -> tuple[list[HandIn], list[str]]:
    """The submissions of a download as it came, and what does not belong to it.

    Raises:
        IntakeError: if the zip is damaged.
    """
    people, others = _by_person(_first_level(archive))
    found = []
    for identity, own in people.items():
        contents = {_file(name): name for name in own if name in archive.files}
        for name in archive.files:
            first, slash, inside = name.partition("/")
            if slash and first in own:
                contents[inside] = name
        found.append(_hand_in(own[0], archive.pack(contents, f"moodle-{identity}.zip")))
    return found, others


def _by_person(names: Iterable[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Names by the id in them, and the others. Who handed in files and a text handed in files."""
    people: dict[str, list[str]] = {}
    others = []
    for name in sorted(names):
        match = _owner(name)
        if match:
            people.setdefault(match["id"], []).append(name)
        else:
            others.append(name)
    files = {i: [n for n in own if "_assignsubmission_file" in n] for i, own in people.items()}
    return {identity: files[identity] or own for identity, own in people.items()}, others


def _file(name: str) -> str:
    match = _owner(name)
    return (match and match["file"]) or name


def _hand_in(name: str, path: Path) -> HandIn:
    match = _owner(name)
    assert match is not None
    who, identity = match["who"], match["id"]
    return HandIn(f"{who}_{identity}", path, (identity,), source=SOURCE, people=(Person(who),))
