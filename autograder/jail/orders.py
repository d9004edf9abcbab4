"""What a worker is to load, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class LoadOrder:
    """What a worker is to load, and how.

    Attributes:
        source: of a script (`kind` "py") or a notebook ("ipynb").
        slug: name of the module that it becomes.
        asked, forbid: question → its names and rules, to look for in the source.
        foreign: modules whose import is to be looked for in the source.
        rules, forbid_imports: what is taken away before the source runs.
        allowed: top-level modules that the source may import; none at all: any.
        loadable: those that may be loaded meanwhile, by whomever.
        files: name → content, beside it.
    """

    source: bytes
    slug: str
    kind: str = "py"
    asked: dict[str, list[str]] = field(default_factory=dict)
    forbid: dict[str, list[str]] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    forbid_imports: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    loadable: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Loaded:
    """What became of a submission's source.

    Attributes:
        unreadable: why it is not a program, or "".
        violations: (question, rule, where) found in the source, before it ran.
        foreign: (module, where) of an import that the assignment does not allow, or None.
        problem: the first error while it ran, or "".
        names: what it defines.
        threads: whether threads were left running, so that each case loads it anew.
    """

    unreadable: str = ""
    violations: list[tuple[str, str, str]] | None = None
    foreign: tuple[str, str] | None = None
    problem: str = ""
    names: frozenset[str] = frozenset()
    threads: bool = False
