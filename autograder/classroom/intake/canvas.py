"""What Canvas gives as "Download Submissions": all files of a class in one flat folder or zip.

    doejohn_12345_67890_matmul.ipynb          name, user id, attachment id, the student's file
    doejohn_LATE_12345_67890_matmul-2.ipynb   handed in late; -2: Canvas's mark of a resubmission,
                                              from the ninth on -<uuid>
    LATE_anon_AbC12_67890_matmul.ipynb        where submissions are anonymous
    doejohn_12345_text.html                   what was typed into Canvas, or a link

Canvas gives the files of the last attempt. Where downloads of several evenings lie in one folder, a
student has several; the attachment id, which only grows, puts them in order. The time is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.classroom.intake.class_zip import ClassZip, pack_files, private_folder
from autograder.classroom.intake.handin import HandIn, Person
from autograder.classroom.intake.plain import PROGRAMS, most
from autograder.ground.files import what_is
from autograder.submissions.read import ENDING

SOURCE = "Canvas"
_FILE = r"((?P<number>\d+)_(?P<file>.+)|(?P<text>(text|link)\.html))"
# Names are in lower case. An anonymous id has five characters; what follows may look like another.
_ANONYMOUS = re.compile(
    rf"(LATE_anon|anon_LATE|anon)_(?P<user>[A-Za-z0-9]{{5}})_{_FILE}", re.ASCII | re.DOTALL
)
_NAMED = re.compile(rf"(?P<who>.+?)(?P<late>_LATE)?_(?P<user>\d+)_{_FILE}", re.ASCII | re.DOTALL)
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_AGAIN = re.compile(rf"-(\d+|{_UUID})(?=(\.[A-Za-z][A-Za-z0-9]*)*\.[A-Za-z0-9]*$)")


@dataclass(frozen=True)
class _Attachment:
    """One file of a download: its `name` there, and what the name tells."""

    name: str
    user: str
    who: str
    number: int
    file: str
    late: bool

    @property
    def plain(self) -> str:
        """The student's name for it, without Canvas's mark of a resubmission."""
        return _AGAIN.sub("", self.file)


def _attachment(name: str) -> _Attachment | None:
    match = _ANONYMOUS.fullmatch(name) or _NAMED.fullmatch(name)
    if not match or "/" in name or "\\" in name:
        return None
    told = match.groupdict()
    late = bool(told["late"]) if "late" in told else "LATE" in match[1]
    file = told["file"] or told["text"]
    return _Attachment(
        name, told["user"], told.get("who") or "", int(told["number"] or 0), file, late
    )


def is_download(entries: Iterable[Path]) -> bool:
    """Whether most of what lies in a folder are files with Canvas's names."""
    inside = list(entries)
    return most(sum(_is_attachment(e) for e in inside), len(inside))


def _is_attachment(entry: Path) -> bool:
    return _attachment(entry.name) is not None and what_is(entry) != "folder"


def is_download_zip(archive: ClassZip) -> bool:
    """Whether most of what is in a zip are files with Canvas's names."""
    return most(sum(_attachment(n) is not None for n in archive.files), len(archive.files))


def from_folder(path: Path, entries: Iterable[Path], slug: str) -> tuple[list[HandIn], list[Path]]:
    """The submissions of a download that has been unpacked, and what does not belong to it."""

    def place(contents: Mapping[str, str], name: str) -> Path:
        files = {inside: path / n for inside, n in contents.items()}
        if len(files) == 1:
            return next(iter(files.values()))
        return pack_files(files, private_folder() / name)

    inside = list(entries)
    own = [e for e in inside if _is_attachment(e)]
    found = _hand_ins([e.name for e in own], slug, place)
    return found, [e for e in inside if e not in own]


def from_zip(archive: ClassZip, slug: str) -> tuple[list[HandIn], list[str]]:
    """The submissions of a download as it came, and what does not belong to it.

    Raises:
        IntakeError: if the zip is damaged.
    """

    def place(contents: Mapping[str, str], name: str) -> Path:
        if len(contents) > 1:
            return archive.pack(contents, name)
        only = next(iter(contents.values()))
        return archive.copy(only, name.removesuffix(".zip") + _suffix(only))

    own = [name for name in archive.files if _attachment(name)]
    return _hand_ins(own, slug, place), sorted(archive.files.keys() - set(own))


def _suffix(name: str) -> str:
    match = ENDING.search(name.lower())
    return match[0] if match else ""


def _hand_ins(
    names: Iterable[str], slug: str, place: Callable[[Mapping[str, str], str], Path]
) -> list[HandIn]:
    """Hand-ins by student, earlier ones first.

    Args:
        place: makes one path of files (name inside → name in the download) and a made-up name.
    """
    by_user: dict[str, list[_Attachment]] = {}
    attachments = [a for a in map(_attachment, names) if a]
    for attachment in sorted(attachments, key=lambda a: (a.number, a.name)):
        by_user.setdefault(attachment.user, []).append(attachment)
    found = []
    for user, own in sorted(by_user.items(), key=lambda item: item[1][0].name):
        for chosen, contents in _submissions(own, slug):
            path = place(contents, f"canvas-{user}-{chosen.number}.zip")
            stem = PurePosixPath(chosen.name).stem
            people = (Person(chosen.who),)
            found.append(HandIn(stem, path, (user,), None, chosen.late, SOURCE, people))
    return found


def _submissions(
    attachments: list[_Attachment], slug: str
) -> Iterator[tuple[_Attachment, dict[str, str]]]:
    """The file that each submission of a student is named after, and all of its contents."""
    own = {f"{slug}{suffix}" for suffix in PROGRAMS}
    programs = [a for a in attachments if a.plain in own]
    if not programs:
        programs = [a for a in attachments if a.plain.lower().endswith(".zip")]
        if any(a.plain.lower().endswith(PROGRAMS) for a in attachments) or not programs:
            # One program under another name, or something that grading will refuse in its words.
            yield attachments[-1], _contents(attachments)
            return
        for archive in programs:
            yield archive, {archive.plain: archive.name}
        return
    beside = [a for a in attachments if a not in programs]
    for program in programs:
        yield program, _contents([program, *beside])


def _contents(attachments: list[_Attachment]) -> dict[str, str]:
    contents: dict[str, str] = {}
    for attachment in attachments:
        free = (n for n in (attachment.plain, attachment.file) if n not in contents)
        contents[next(free, f"{attachment.number}-{attachment.file}")] = attachment.name
    return contents
