"""`submission_metadata.yml` as Gradescope writes it: who and when, out of megabytes of results.

Gradescope writes it with Ruby: keys are symbols (`:submitters:`), times end in Z, objects carry
tags, and everything that students' tests printed stands among it. So the text is taken apart by its
indentation first, which Ruby keeps to, and only the fields that are needed reach a YAML parser. A
file that is laid out otherwise is parsed as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import yaml

from autograder.classroom.intake.handin import IntakeError, Person
from autograder.course.yaml_lines import MISFITS

_MAX_DEPTH = 100
_FIELDS = {b":submitters", b":created_at", b":history", b":id"}
_ENTRY = re.compile(rb"^(?P<key>[\w.-]+):[ \t]*(?P<rest>[^\n]*)\n?", re.MULTILINE | re.ASCII)
_OTHER = re.compile(rb"^(?![\w.-]+:)[^\s#-]", re.MULTILINE | re.ASCII)
_ZONE = re.compile(r" +(Z|UTC|[+-]\d\d:?\d\d)$", re.ASCII)
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """What the metadata tells of one submission.

    Attributes:
        submitted: aware; None if it cannot be read.
        earlier: whether it is in the history of another one.
        note: what is odd about it, in a sentence.
    """

    people: tuple[Person, ...] = ()
    submitted: datetime | None = None
    earlier: bool = False
    note: str = ""


def read_metadata(data: bytes, place: str) -> dict[str, Entry]:
    """Submission → what is told of it, those of the histories included.

    Args:
        place: the file, for messages.

    Raises:
        IntakeError: if not a single entry can be read.
    """
    found: dict[str, Entry] = {}
    readable = False
    entries = list(_entries(data, place))
    for name, fields, note in entries:
        if isinstance(fields, dict):
            readable = True
            found.update(_told(name, fields, note))
        else:
            found[name] = Entry(note=note or f"{place}: the entry {name} has no fields.")
    if entries and not readable:
        list(_whole(data, place))  # says in which line, if YAML knows
        raise IntakeError(f"{place} is damaged: {entries[0][0]} has no fields.")
    return found


# --- fields --------------------------------------------------------------------------------------


def _told(name: str, fields: dict[Any, Any], note: str) -> Iterator[tuple[str, Entry]]:
    people, moment, more = _people(fields), _moment(fields.get(":created_at")), ""
    if moment is None:
        more = f"{name}: `:created_at:` is not a time; lateness is not known."
    if people is None:
        more = f"{name}: `:submitters:` is not a list of people."
    said = " ".join(filter(None, (note, more)))
    yield name, Entry(people or (), moment, False, said)
    history = fields.get(":history")
    for earlier in history if isinstance(history, list) else []:
        # An export holds the files of the last submission, and of earlier ones mostly the time.
        if isinstance(earlier, dict) and ":id" in earlier:
            own = _people(earlier) or people or ()
            yield (
                f"submission_{earlier[':id']}",
                Entry(own, _moment(earlier.get(":created_at")), True),
            )


def _people(fields: dict[Any, Any]) -> tuple[Person, ...] | None:
    submitters = fields.get(":submitters") or []
    if not isinstance(submitters, list) or not all(isinstance(s, dict) for s in submitters):
        return None
    told = [[_text(s.get(key)) for key in (":name", ":email", ":sid")] for s in submitters]
    return tuple(Person(*words) for words in told)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    """A time as Ruby writes it: "2026-07-20 19:06:36.213213000 Z", or a Rails object with one."""
    if isinstance(value, dict):
        value = value.get("utc") or value.get("time")
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(_ZONE.sub(lambda z: "Z" if z[1] == "UTC" else z[1], value))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- YAML ----------------------------------------------------------------------------------------

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
# All but nothing is text: 0042 is an id, No a name, and a time that is none costs no entry.
_RubyLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag.endswith(":null")]
    for first, resolvers in _Safe.yaml_implicit_resolvers.items()
}


def _entries(data: bytes, place: str) -> Iterator[tuple[str, Any, str]]:
    """Name of each entry, its fields, and what was odd about its text."""
    starts = list(_ENTRY.finditer(data))
    head = data[: starts[0].start()] if starts else data
    if not starts or head.strip(b" \t\r\n-") or _OTHER.search(data):
        yield from _whole(data, place)
        return
    ends = [match.start() for match in starts[1:]] + [len(data)]
    if any(match["rest"].startswith((b"*", b"&")) for match in starts):
        yield from _whole(data, place)
        return
    for match, end in zip(starts, ends, strict=True):
        name = match["key"].decode()
        body = data[match.end() : end]
        if match["rest"].strip() and not match["rest"].startswith((b"!", b"#")):
            body = match["rest"] + b"\n" + body
        try:
            yield name, *_loaded(_needed(body))
        except (yaml.YAMLError, ValueError):
            try:
                yield name, *_loaded(body)
            except yaml.composer.ComposerError:  # an anchor in another entry
                yield from _whole(data, place)
                return
            except (yaml.YAMLError, ValueError):
                yield (
                    name,
                    None,
                    f"{place}: the entry {name} is damaged; who and when is not known.",
                )


def _needed(body: bytes) -> bytes:
    """The lines of the fields that are needed; the whole text where it is laid out otherwise."""
    return b"".join(_fields(body, within_history=False)) or body


def _fields(body: bytes, *, within_history: bool) -> Iterator[bytes]:
    indent = len(body) - len(body.lstrip(b" "))
    key = re.compile(rb"^ {%d}(?P<key>[^\s-][^\n]*?):(?=[ \r\n]|$)" % indent, re.MULTILINE)
    starts = list(key.finditer(body))
    ends = [match.start() for match in starts[1:]] + [len(body)]
    for match, end in zip(starts, ends, strict=True):
        name = match["key"].strip(b"\"'")
        if name not in _FIELDS:
            continue
        text = body[match.start() : end]
        if name == b":history" and not within_history:
            text = b"".join(_history(text))
        yield text


def _history(text: bytes) -> Iterator[bytes]:
    """The block `:history:` with the needed fields of its items."""
    first, newline, rest = text.partition(b"\n")
    items = re.match(rb"( *)- ", rest)
    if not newline or not items:
        yield text
        return
    yield first + b"\n"
    dash = items[1] + b"-"
    for item in re.split(rb"^%s(?= )" % re.escape(dash), rest, flags=re.MULTILINE)[1:]:
        inside = b"".join(_fields(items[1] + b" " + item, within_history=True))
        if inside:
            yield dash + inside[len(dash) :]


def _loaded(text: bytes) -> tuple[Any, str]:
    """Data, and what had to be replaced for it."""
    decoded = text.decode("utf-8", "replace")
    clean = _CONTROL.sub("\ufffd", decoded)
    _refuse_depth(clean)
    note = "" if clean == decoded else "Control characters in its metadata were replaced."
    try:
        return yaml.load(clean, Loader=_RubyLoader), note
    except MISFITS:
        raise ValueError("a tag that does not fit") from None


def _whole(data: bytes, place: str) -> Iterator[tuple[str, Any, str]]:
    try:
        loaded, _ = _loaded(data)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise IntakeError(f"{place} is damaged in line {line}; download it again.") from None
    except (yaml.YAMLError, ValueError):
        raise IntakeError(f"{place} is damaged; download it again.") from None
    if not isinstance(loaded, dict):
        raise IntakeError(f"{place} is damaged: it holds no submissions.")
    for name, fields in loaded.items():
        yield str(name), fields, ""


def _refuse_depth(text: str) -> None:
    """The C loader recurses without a limit; its events do not."""
    depth = 0
    for event in yaml.parse(text, Loader=_Safe):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")
