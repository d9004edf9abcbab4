"""What is known of mutants: results of earlier runs, and those that are no mistake.

Results lie in dist/mutants/ and are only a memory. `assignments/<slug>/equivalent.toml` is written
by people: a mutant that no test can catch, because it is as right as the solution, with the reason.
It is keyed by content, so that it goes stale with its line.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course.layout import SourceError, read_text
from autograder.verifying.mutation.hunting import Catch
from autograder.verifying.mutation.making import Mutation

FILE = "equivalent.toml"
_FIELDS = ("inside", "was", "now", "reason")


class Memory:
    """Results by address, one line of JSON each; what was written before a kill is kept."""

    def __init__(self, root: Path, slug: str) -> None:
        self._path = root / "dist" / "mutants" / f"{slug}.jsonl"
        self._known: dict[str, Catch] = {}
        if self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                    self._known[entry["address"]] = Catch(entry["by"], entry["seconds"])
                except (ValueError, KeyError, TypeError):
                    continue  # the line that was being written when the run was killed

    def get(self, address: str) -> Catch | None:
        return self._known.get(address)

    def keep(self, address: str, catch: Catch) -> None:
        """Write a result down at once."""
        self._known[address] = catch
        self._path.parent.mkdir(parents=True, exist_ok=True)
        entry = {"address": address, "by": catch.by, "seconds": round(catch.seconds, 3)}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")


@dataclass(frozen=True)
class Equivalent:
    """A mutant that is as right as the solution.

    Attributes:
        inside: the definition that it changes.
        was, now: its lines before and after; indentation at their ends does not count.
        reason: why no test can tell it from the solution.
    """

    inside: str
    was: str
    now: str
    reason: str

    def matches(self, mutation: Mutation) -> bool:
        same = _squeezed(self.was) == _squeezed(mutation.was)
        same = same and _squeezed(self.now) == _squeezed(mutation.now)
        return same and self.inside in mutation.inside


def read_equivalents(root: Path, slug: str) -> list[Equivalent]:
    """The mutants of `assignments/<slug>/equivalent.toml`; none if there is no such file.

    Raises:
        SourceError: for a file that is not TOML, or an entry without its fields.
    """
    path = root / "assignments" / slug / FILE
    if not path.exists():
        return []
    shown = path.relative_to(root).as_posix()
    try:
        data = tomllib.loads(read_text(root, path))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{shown}: this is not TOML: {error}.") from None
    found = []
    for number, entry in enumerate(data.get("equivalent", []), 1):
        missing = [f for f in _FIELDS if not isinstance(entry.get(f), str)]
        if missing or not entry["reason"].strip():
            wanted = ", ".join(_FIELDS)
            raise SourceError(f"{shown}: entry {number} needs the texts {wanted}.")
        found.append(Equivalent(*(entry[f] for f in _FIELDS)))
    return found


def stale(equivalents: Iterable[Equivalent], mutations: Iterable[Mutation]) -> Iterator[Equivalent]:
    """The entries that are no mutant of the solution any more."""
    made: dict[str, list[Mutation]] = {}
    for mutation in mutations:
        made.setdefault(_squeezed(mutation.was), []).append(mutation)
    for entry in equivalents:
        if not any(entry.matches(m) for m in made.get(_squeezed(entry.was), [])):
            yield entry


def template(mutation: Mutation) -> str:
    """The entry of a survivor for equivalent.toml, its reason left to a person."""
    fields = (min(mutation.inside, default=""), mutation.was, mutation.now, "")
    lines = [f"{name} = {_toml(value)}" for name, value in zip(_FIELDS, fields, strict=True)]
    return "\n".join(["[[equivalent]]", *lines]) + "\n"


def _toml(text: str) -> str:
    if "\n" in text and "'''" not in text:
        return f"'''\n{text}'''"
    return json.dumps(text, ensure_ascii=False)  # TOML's basic strings are JSON's


def _squeezed(text: str) -> str:
    return "".join(text.split())
