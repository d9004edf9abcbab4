"""nbgrader's tree of what students handed in: `submitted/<student>/<slug>/<slug>.ipynb`.

A file `timestamp.txt` beside the notebook tells when: "2026-10-05 21:58:23.948203 UTC".
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.classroom.intake.handin import HandIn, IntakeError

SOURCE = "nbgrader"
TIMESTAMP = "timestamp.txt"


def submitted_folder(path: Path, slug: str) -> Path | None:
    """The `submitted` folder that `path` is or, as a course directory, holds; None if neither."""
    for folder in (path, path / "submitted"):
        entries = [e for e in folder.iterdir() if e.is_dir()] if folder.is_dir() else []
        if any((e / slug / TIMESTAMP).is_file() for e in entries):
            return folder
        if folder.name == "submitted" and any((e / slug).is_dir() for e in entries):
            return folder
    return None


def from_folder(folder: Path, slug: str, zone: tzinfo) -> list[HandIn]:
    """The submissions of one assignment in a `submitted` folder; other students have none.

    Raises:
        IntakeError: if a time cannot be read.
    """
    found = []
    for student in sorted(folder.iterdir()):
        path = student / slug
        if not student.name.startswith(".") and path.is_dir():
            submitted = _moment(path / TIMESTAMP, zone)
            found.append(HandIn(student.name, path, (student.name,), submitted, source=SOURCE))
    return found


def _moment(file: Path, zone: tzinfo) -> datetime | None:
    """As nbgrader writes and reads it: date, time, and a zone; UTC where none is given."""
    if not file.is_file():
        return None
    text = file.read_text("utf-8", "replace").strip()
    words = text.split()
    try:
        moment = datetime.fromisoformat(" ".join(words[:2]))
    except ValueError:
        raise IntakeError(f"{file}: {text[:60]!r} is not a date and time.") from None
    if moment.tzinfo:
        return moment
    if len(words) < 3 or words[2] in ("UTC", "GMT", "Z"):
        return moment.replace(tzinfo=UTC)
    here = moment.replace(tzinfo=zone)
    if here.tzname() == words[2]:  # CEST is no zone's name, but what clocks in one show
        return here
    try:
        return datetime.fromisoformat(" ".join(words[:2]) + words[2])
    except ValueError:
        pass
    try:
        return moment.replace(tzinfo=ZoneInfo(words[2]))
    except (KeyError, OSError, ValueError):
        raise IntakeError(f"{file}: {words[2][:40]!r} is not a time zone.") from None
