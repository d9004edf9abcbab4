"""What Canvas gives as "Download Submissions": all files of a class in one flat folder or zip.

    doejohn_12345_67890_matmul.ipynb          name, user id, attachment id, the student's file
    doejohn_LATE_12345_67890_matmul-2.ipynb   handed in late; -2: Canvas's mark of a resubmission
    anon_LATE_AbC12_67890_matmul.ipynb        where submissions are anonymous

Canvas gives the files of the last attempt. Where downloads of several evenings lie in one folder, a
student has several; the attachment id, which only grows, puts them in order. The time is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.classroom.intake.class_zip import ClassZip, pack_files, private_folder
from autograder.classroom.intake.handin import HandIn

SOURCE = "Canvas"
_NAME = re.compile(
    r"(?P<who>.+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)"
    r"|anon(?P<anon_late>_LATE)?_(?P<anon>[A-Za-z0-9]{5})_(?P<anon_attachment>\d+)_(?P<anon_file>.+)"
    r"|(?P<text_who>.+?)(?P<text_late>_LATE)?_(?P<text_user>\d+)_(?P<text_file>(text|link)\.html)",
    re.ASCII,
)
_PROGRAMS = (".py", ".ipynb")
_AGAIN = re.compile(r"-\d+(?=\.[A-Za-z0-9]+$)")


@dataclass(frozen=True)
class _Attachment:
    """One file of a download: its `name` there, and what the name tells."""

    name: str
    user: str
    number: int
    file: str
    late: bool

    @property
    def plain(self) -> str:
        """The student's name for it, without Canvas's mark of a resubmission."""
        return _AGAIN.sub("", self.file)


def _attachment(name: str) -> _Attachment | None:
    match = _NAME.fullmatch(name)
    if not match or "/" in name or "\\" in name:
        return None
    found = match.groupdict()
    late = bool(found["late"] or found["anon_late"] or found["text_late"])
    number = int(found["attachment"] or found["anon_attachment"] or 0)
    file = found["file"] or found["anon_file"] or found["text_file"]
    user = found["user"] or found["anon"] or found["text_user"]
    return _Attachment(name, user, number, file, late)


def _attachments(names: Iterable[str]) -> list[_Attachment] | None:
    """All of them; None if a single one has another kind of name, or there are none."""
    found = [_attachment(name) for name in names]
    return [a for a in found if a] if found and all(found) else None


def is_download(path: Path) -> bool:
    """Whether a folder holds files with Canvas's names and nothing else."""
    entries = [e for e in path.iterdir() if not _ignored(e.name)]
    flat = all(e.is_file() for e in entries)
    return flat and _attachments(e.name for e in entries) is not None


def is_download_zip(archive: ClassZip) -> bool:
    """Whether a zip holds files with Canvas's names and nothing else."""
    return _attachments(archive.files) is not None


def _ignored(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def from_folder(path: Path, slug: str) -> list[HandIn]:
    """The submissions of a download that has been unpacked."""

    def place(contents: Mapping[str, str], name: str) -> Path:
        files = {inside: path / n for inside, n in contents.items()}
        if len(files) == 1:
            return next(iter(files.values()))
        return pack_files(files, private_folder() / name)

    return _hand_ins([e.name for e in path.iterdir() if not _ignored(e.name)], slug, place)


def from_zip(archive: ClassZip, slug: str) -> list[HandIn]:
    """The submissions of a download as it came.

    Raises:
        IntakeError: if the zip is damaged.
    """

    def place(contents: Mapping[str, str], name: str) -> Path:
        if len(contents) > 1:
            return archive.pack(contents, name)
        only = next(iter(contents.values()))
        return archive.copy(only, name.removesuffix(".zip") + _suffix(only))

    return _hand_ins(archive.files, slug, place)


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ".bin"


def _hand_ins(
    names: Iterable[str], slug: str, place: Callable[[Mapping[str, str], str], Path]
) -> list[HandIn]:
    """Hand-ins by student, earlier ones first.

    Args:
        place: makes one path of files (name inside → name in the download) and a made-up name.
    """
    by_user: dict[str, list[_Attachment]] = {}
    for attachment in sorted(_attachments(names) or [], key=lambda a: (a.number, a.name)):
        by_user.setdefault(attachment.user, []).append(attachment)
    found = []
    for user, attachments in sorted(by_user.items(), key=lambda item: item[1][0].name):
        for chosen, contents in _submissions(attachments, slug):
            path = place(contents, f"canvas-{user}-{chosen.number}.zip")
            stem = PurePosixPath(chosen.name).stem
            found.append(HandIn(stem, path, (user,), late=chosen.late, source=SOURCE))
    return found


def _submissions(
    attachments: list[_Attachment], slug: str
) -> Iterator[tuple[_Attachment, dict[str, str]]]:
    """The file that each submission of a student is named after, and all of its contents."""
    own = {f"{slug}{suffix}" for suffix in _PROGRAMS}
    programs = [a for a in attachments if a.plain in own]
    if not programs:
        programs = [a for a in attachments if a.plain.lower().endswith(".zip")]
        if any(a.plain.lower().endswith(_PROGRAMS) for a in attachments) or not programs:
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
