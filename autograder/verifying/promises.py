"""What the tests hold students to is written where students read it, and each sentence has a
mutant that breaks just that.

`assignments/<slug>/promises.toml` lists the sentences:

    [[promise]]
    question = "q1"
    says = "The entries of the result add up to 1."
    broken_by = ["q1_not_normalised"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course.layout import SourceError, read_text, solution_path
from autograder.course.model import Assignment
from autograder.ground.suggestions import did_you_mean

FILE = "promises.toml"


@dataclass(frozen=True)
class Promise:
    """A sentence that a test relies on, and the mutants that break it."""

    question: str
    says: str
    broken_by: tuple[str, ...]


def read_promises(root: Path, slug: str) -> list[Promise] | None:
    """The promises of an assignment; None if it lists none.

    Raises:
        SourceError: for a file that is not TOML, or an entry without its fields.
    """
    path = root / "assignments" / slug / FILE
    if not path.exists():
        return None
    shown = path.relative_to(root).as_posix()
    try:
        data = tomllib.loads(read_text(root, path))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{shown}: this is not TOML: {error}.") from None
    found = []
    for number, entry in enumerate(data.get("promise", []), 1):
        mutants = entry.get("broken_by")
        texts = [entry.get("question"), entry.get("says")]
        listed = isinstance(mutants, list) and mutants and all(type(m) is str for m in mutants)
        if not listed or not all(isinstance(t, str) and t.strip() for t in texts):
            fields = 'question = "q1", says = "…" and broken_by = ["…"]'
            raise SourceError(f"{shown}: entry {number} needs {fields}.")
        found.append(Promise(entry["question"], entry["says"], tuple(mutants)))
    return found


def mismatches(
    root: Path, assignment: Assignment, promises: Collection[Promise], mutants: Mapping[str, str]
) -> Iterator[str]:
    """Where the list of promises and the mutants do not match, one sentence each.

    Args:
        mutants: name → the question that it names.
    """
    told = _plain(read_text(root, solution_path(root, assignment.slug)))
    for promise in promises:
        shown = f"“{promise.says.strip()[:60]}”"
        if promise.question not in assignment.questions:
            yield f"{shown}: there is no question `{promise.question}`"
        if _plain(promise.says) not in told:
            yield f"{shown} ({promise.question}) is said neither in the handout nor in a docstring"
        for name in promise.broken_by:
            if name not in mutants:
                yield f"{shown}: there is no mutant {name}.{did_you_mean(name, mutants)}"
            elif mutants[name] != promise.question:
                yield f"{shown}: {name} is a mutant of {mutants[name]}, not of {promise.question}"
    named = {name for promise in promises for name in promise.broken_by}
    for name in sorted(mutants.keys() - named):
        yield f"mutants/{name}.py breaks no sentence of {FILE}; add the one that it contradicts"
    kept = {promise.question for promise in promises}
    for question in assignment.questions:
        if question not in kept:
            yield f"{question}: {FILE} lists no sentence that its tests rely on"


def _plain(text: str) -> str:
    """Text without comment signs and line breaks: a sentence of a handout runs over lines."""
    lines = (re.sub(r"^\s*#+ ?", "", line) for line in text.splitlines())
    return " ".join(" ".join(lines).split())
