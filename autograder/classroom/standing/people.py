"""Who is who: one person under two e-mails or two spellings.

Joined by the id that a system keeps for them (Gradescope's SID, Canvas's id), and by `aliases.yml`
beside extensions.yml, which git ignores as well:

    aliases:
      - student: ada@example.org          # the name to go by
        also: [ada.l@old.example.org, "0042"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from autograder.classroom.intake import Person
from autograder.classroom.standing.extensions import same
from autograder.course.errors import FieldError, sentence
from autograder.course.yaml_lines import YamlDocument, YamlError
from autograder.ground.errors import UserError

ALIASES_FILE = "aliases.yml"


class AliasesError(UserError):
    """A mistake in the file of aliases, in one sentence: file, line, field, what is allowed."""


def called(student: str, name: str) -> str:
    """A student in words for people: the name, and the identity that tells it from its like."""
    return f"{name} ({student})" if name else student


class Known(Protocol):
    """What is asked of a hand-in."""

    @property
    def students(self) -> tuple[str, ...]: ...
    @property
    def people(self) -> tuple[Person, ...]: ...


@dataclass(frozen=True)
class Someone:
    """One person.

    Attributes:
        student: the identity to go by: of aliases.yml, else the last one that they used.
        name: "" where no source tells it.
        known_as: every identity and id of theirs, `student` first.
    """

    student: str
    name: str
    known_as: tuple[str, ...]

    @property
    def label(self) -> str:
        """In words for people."""
        return called(self.student, self.name)


class People:
    """Everybody of some hand-ins.

    Args:
        aliases: another identity → the one to go by.
    """

    def __init__(self, hand_ins: Iterable[Known] = (), aliases: Mapping[str, str] | None = None):
        self._parent: dict[str, str] = {}
        self._identities: dict[str, str] = {}  # as it is compared → as it is written
        self._names: dict[str, str] = {}
        self._chosen = dict[str, str]()  # group → identity of aliases.yml
        order: list[str] = []
        for hand_in in hand_ins:
            for number, student in enumerate(hand_in.students):
                order.append(student)
                self._identities.setdefault(same(student), student.strip())
                if hand_in.people:
                    self._learn(student, hand_in.people[number])
        for other, student in (aliases or {}).items():
            self._join(same(other), same(student))
        for student in (aliases or {}).values():
            self._chosen[self.key(student)] = student
        self._last = {self.key(student): self._identities[same(student)] for student in order}
        self._groups: dict[str, list[str]] = {}
        for node in list(self._parent):
            self._groups.setdefault(self._root(node), []).append(node)

    def _learn(self, student: str, person: Person) -> None:
        if person.sid:
            self._join(same(student), f"\0{person.sid}")
        if person.name:
            self._names[same(student)] = person.name

    def _join(self, one: str, other: str) -> None:
        self._parent[self._root(one)] = self._root(other)

    def _root(self, node: str) -> str:
        while (parent := self._parent.setdefault(node, node)) != node:
            node = parent
        return node

    def key(self, student: str) -> str:
        """What is equal for all identities of one person."""
        return self._root(same(student))

    def of(self, student: str) -> Someone:
        """The person who has this identity."""
        key = self.key(student)
        group = self._groups.get(key, [])
        chosen = self._chosen.get(key) or self._last.get(key) or student.strip()
        known = [self._identities.get(n, n) for n in group if not n.startswith("\0")]
        ids = [n.split(" ", 1)[-1] for n in group if n.startswith("\0")]
        names = [self._names[n] for n in (same(chosen), *group) if n in self._names]
        return Someone(chosen, next(iter(names), ""), tuple(dict.fromkeys([chosen, *known, *ids])))


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Alias(_Model):
    """Further names of one student."""

    student: str = Field(min_length=1, description="the e-mail or id to go by, as a text")
    also: list[str] = Field(
        min_length=1, description="a list of the student's other e-mails and ids, as texts"
    )


class _File(_Model):
    aliases: list[Alias] = Field(description="a list of students with their other names")

    @field_validator("aliases")
    @classmethod
    def _one_person_each(cls, aliases: list[Alias]) -> list[Alias]:
        seen: dict[str, str] = {}
        for number, alias in enumerate(aliases):
            for other in alias.also:
                if seen.setdefault(same(other), same(alias.student)) != same(alias.student):
                    raise FieldError(f"`{other}` is an alias of two students", (number, "also"))
        return aliases


def load_aliases(path: Path) -> dict[str, str]:
    """Other identity → the one to go by.

    Raises:
        AliasesError: one sentence that names the file, the line and what is allowed there.
    """
    try:
        document = YamlDocument(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise AliasesError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise AliasesError(f"{path} must be saved as UTF-8.") from None
    except YamlError as error:
        raise AliasesError(f"{path}, line {error.line}: {error}.") from None
    if not isinstance(document.data, dict) or "aliases" not in document.data:
        raise AliasesError(f"{path}, line 1: the file must hold a list called `aliases`.")
    try:
        file = _File.model_validate(document.data)
    except ValidationError as error:
        line, problem = sentence(_File, error, document)
        raise AliasesError(f"{path}, line {line}: {problem}.") from None
    return {other: alias.student for alias in file.aliases for other in alias.also}


def find_people(hand_ins: Iterable[Known], root: Path, extensions: Path | None = None) -> People:
    """Everybody, with the aliases of a course.

    Args:
        extensions: a file that was given; aliases.yml is looked for beside it.

    Raises:
        AliasesError: as `load_aliases` does.
    """
    path = (extensions.parent if extensions else root) / ALIASES_FILE
    return People(hand_ins, load_aliases(path) if path.exists() else None)
