"""nbgrader's tree of what students handed in: `submitted/<student>/<slug>/<slug>.ipynb`.

A file `timestamp.txt` beside the notebook tells when: "2026-10-05 21:58:23.948203 UTC".
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.classroom.intake.handin import HandIn
from autograder.classroom.intake.plain import entries, most
from autograder.ground.files import NotPlain, open_plain

SOURCE = "nbgrader"
TIMESTAMP = "timestamp.txt"
_MAX_TIMESTAMP = 1000  # bytes


# What lies in nbgrader's course directory.
_COURSE = {
    "submitted", "source", "release", "autograded", "feedback",
    "gradebook.db", "nbgrader_config.py", "header.ipynb",
}  # fmt: skip


def submitted_folder(path: Path, slug: str) -> Path | None:
    """The `submitted` folder that `path` is or, as a course directory, holds; None if neither.

    Decided by most of what lies there: a student's own `<slug>/timestamp.txt` makes no tree.
    """
    inside, _ = entries(path)
    if path.name != "submitted" and most(sum(e.name in _COURSE for e in inside), len(inside)):
        path = path / "submitted"
        inside = entries(path)[0] if _is_folder(path) else []
    own = [e for e in inside if _holds_folders_only(e)]
    timed = [e for e in own if _is_file(e / slug / TIMESTAMP)]
    here = [e for e in own if _is_folder(e / slug)]
    if not here or not most(len(own), len(inside)):
        return None
    return path if path.name == "submitted" or most(len(timed), len(here)) else None


def _holds_folders_only(entry: Path) -> bool:
    return _is_folder(entry) and all(map(_is_folder, entries(entry)[0]))


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path) and not path.is_symlink()  # False where it is closed to us


def _is_file(path: Path) -> bool:
    return os.path.isfile(path) and not any(p.is_symlink() for p in (path, path.parent))


def from_folder(folder: Path, slug: str, zone: tzinfo) -> tuple[list[HandIn], list[Path]]:
    """The submissions of one assignment in a `submitted` folder; other students have none.

    Also what does not belong there.
    """
    found, others = [], []
    for student in entries(folder)[0]:
        path = student / slug
        if not _is_folder(student):
            others.append(student)
        elif _is_folder(path):
            submitted, note = _moment(path / TIMESTAMP, zone)
            name = student.name
            found.append(HandIn(name, path, (name,), submitted, source=SOURCE, note=note))
    return found, others


def _moment(file: Path, zone: tzinfo) -> tuple[datetime | None, str]:
    """As nbgrader writes and reads it: date, time, and a zone; UTC where none is given."""
    if not file.exists():
        return None, ""
    try:
        with open_plain(file) as opened:
            text = opened.read(_MAX_TIMESTAMP).decode("utf-8", "replace").strip()
    except NotPlain as error:
        return None, f"{TIMESTAMP}: {error.strerror}, so no time is known."
    words = text.split()
    try:
        moment = datetime.fromisoformat(" ".join(words[:2]))
    except ValueError:
        return None, f"{TIMESTAMP}: {text[:60]!r} is not a date and time, so none is known."
    if moment.tzinfo:
        return moment, ""
    if len(words) < 3 or words[2] in ("UTC", "GMT", "Z"):
        return moment.replace(tzinfo=UTC), ""
    here = moment.replace(tzinfo=zone)
    if here.tzname() == words[2]:  # CEST is no zone's name, but what clocks in one show
        return here, ""
    if here.replace(fold=1).tzname() == words[2]:  # the second time a clock shows it, in autumn
        return here.replace(fold=1), ""
    try:
        return datetime.fromisoformat(" ".join(words[:2]) + words[2]), ""
    except ValueError:
        pass
    try:
        return moment.replace(tzinfo=ZoneInfo(words[2])), ""
    except (KeyError, OSError, ValueError):
        return None, f"{TIMESTAMP}: {words[2][:40]!r} is not a time zone, so no time is known."
