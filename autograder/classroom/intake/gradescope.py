"""Gradescope's "Download Submissions": a folder per submission, and who and when in one YAML file.

    assignment_678_export/            (the zip has this folder, an unpacked export is it)
        submission_metadata.yml
        submission_12345/matmul.py

Gradescope writes the YAML with Ruby: keys are symbols (`:submitters:`), times end in Z, and what
students' tests printed stands among it. Only who and when are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from autograder.classroom.intake.class_zip import ClassZip
from autograder.classroom.intake.handin import HandIn, IntakeError

SOURCE = "Gradescope"
METADATA = "submission_metadata.yml"
MAX_METADATA = 512 << 20  # bytes; results of every earlier submission are in it
_MAX_DEPTH = 100
_EXPORT = re.compile(r"assignment_\w+_export", re.ASCII)
_FOLDER = re.compile(r"submission_\w+", re.ASCII)


def is_export(path: Path) -> bool:
    """Whether `path` is the folder of an export, or holds nothing but one."""
    return _root(path) is not None


def _root(path: Path) -> Path | None:
    if (path / METADATA).is_file():
        return path
    inside = [e for e in path.iterdir() if not e.name.startswith((".", "__"))]
    if len(inside) == 1 and _EXPORT.fullmatch(inside[0].name):
        return inside[0] if (inside[0] / METADATA).is_file() else None
    return None


def is_export_zip(archive: ClassZip) -> bool:
    """Whether a zip holds an export."""
    return _prefix(archive) is not None


def _prefix(archive: ClassZip) -> str | None:
    places = [n.removesuffix(METADATA) for n in archive.files if n.endswith(METADATA)]
    outer = [p for p in places if re.fullmatch(r"([^/]+/)?", p)]
    return min(outer, key=len, default=None)


def from_folder(path: Path) -> list[HandIn]:
    """The submissions of an export that has been unpacked.

    Raises:
        IntakeError: if its metadata is damaged or a submission is missing.
    """
    root = _root(path) or path
    file = root / METADATA
    if file.stat().st_size > MAX_METADATA:
        raise IntakeError(f"{file} is larger than {MAX_METADATA >> 20} MB.")
    names = sorted(e.name for e in root.iterdir() if _is_submission(e))
    return list(_hand_ins(file.read_bytes(), names, lambda name: root / name, str(file)))


def _is_submission(entry: Path) -> bool:
    return not entry.is_symlink() and entry.is_dir() and bool(_FOLDER.fullmatch(entry.name))


def from_zip(archive: ClassZip) -> list[HandIn]:
    """The submissions of an export as it was downloaded.

    Raises:
        IntakeError: as `from_folder`, and if the zip is damaged.
    """
    prefix = _prefix(archive) or ""
    contents: dict[str, dict[str, str]] = {}
    for name in archive.files:
        folder, slash, inside = name.removeprefix(prefix).partition("/")
        if slash and name.startswith(prefix) and _FOLDER.fullmatch(folder):
            contents.setdefault(folder, {})[inside] = name
    metadata = archive.read(prefix + METADATA, MAX_METADATA)
    place = f"{archive.path}: {METADATA}"
    return list(
        _hand_ins(
            metadata,
            sorted(contents),
            lambda name: archive.pack(contents[name], f"{name}.zip"),
            place,
        )
    )


def _hand_ins(
    metadata: bytes, names: Iterable[str], path_of: Callable[[str], Path], place: str
) -> Iterator[HandIn]:
    known = dict(_entries(_parse(metadata, place), place))
    names = list(names)
    missing = sorted(n for n, (_, _, earlier) in known.items() if not earlier and n not in names)
    if missing:
        problem = f"tells of {missing[0]}, which is not in the export; download it again"
        raise IntakeError(f"{place} {problem}.")
    for name in names:
        students, submitted, _ = known.get(name, ((), None, False))
        yield HandIn(name, path_of(name), students or (name,), submitted, source=SOURCE)


def _entries(data: Any, place: str) -> Iterator[tuple[str, tuple[tuple[str, ...], datetime, bool]]]:
    """Name of a submission → who, when, and whether it is an earlier one of theirs."""
    if not isinstance(data, dict):
        raise IntakeError(f"{place} is damaged: it holds no submissions.")
    for name, entry in data.items():
        if not isinstance(entry, dict):
            raise IntakeError(f"{place} is damaged: {name} has no fields.")
        students = tuple(_students(entry, name, place))
        yield str(name), (students, _moment(entry, name, place), False)
        for earlier in entry.get(":history") or []:
            # An export holds the files of the last submission, and of earlier ones mostly the time.
            if isinstance(earlier, dict) and ":id" in earlier:
                key = f"submission_{earlier[':id']}"
                own = tuple(_students(earlier, key, place)) or students
                yield key, (own, _moment(earlier, key, place), True)


def _students(entry: dict[str, Any], name: object, place: str) -> Iterator[str]:
    submitters = entry.get(":submitters") or []
    if not isinstance(submitters, list) or not all(isinstance(s, dict) for s in submitters):
        raise IntakeError(f"{place} is damaged: `:submitters:` of {name} is not a list of people.")
    for person in submitters:
        told = (str(person.get(key) or "").strip() for key in (":email", ":sid", ":name"))
        identity = next((t for t in told if t), None)
        if identity:  # none where submissions are anonymous
            yield identity


def _moment(entry: dict[str, Any], name: object, place: str) -> datetime:
    value = entry.get(":created_at")
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = None
    if not isinstance(moment, datetime):
        raise IntakeError(f"{place} is damaged: `:created_at:` of {name} is not a time.")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- YAML as Ruby writes it --------------------------------------------------------------------

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as fast


class _RubyLoader(_Safe):  # type: ignore[misc]
    """The safe loader; what Ruby tagged as an object of its own is read as plain data."""


def _plain(loader: Any, _tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_RubyLoader.add_multi_constructor("!", _plain)


def _parse(metadata: bytes, place: str) -> Any:
    try:
        _refuse_depth(metadata)
        return yaml.load(metadata, Loader=_RubyLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise IntakeError(f"{place} is damaged in line {line}; download it again.") from None
    except (yaml.YAMLError, ValueError):
        raise IntakeError(f"{place} is damaged; download it again.") from None


def _refuse_depth(metadata: bytes) -> None:
    """The C loader recurses without a limit; its events do not."""
    depth = 0
    for event in yaml.parse(metadata, Loader=_Safe):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")
