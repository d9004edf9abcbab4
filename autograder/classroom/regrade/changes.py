"""What another version of the tests would change, and for whom."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from autograder.authoring.bundle import Bundle
from autograder.classroom.ledger import Ledger, Mark, Official
from autograder.classroom.ledger.keys import without_comments
from autograder.classroom.run import Graded
from autograder.classroom.standing.people import People
from autograder.grading.results import CaseResult, Outcome, PartResult, Result


@dataclass(frozen=True)
class Flip:
    """A test case whose outcome or points are not what they were; None: there was, is no such."""

    part: str
    case: str
    before: CaseResult | None
    after: CaseResult | None

    def __str__(self) -> str:
        return f"{self.part}, {self.case}: {said(self.before)} → {said(self.after)}"


@dataclass(frozen=True)
class Change:
    """One hand-in, before and after.

    Attributes:
        graded: what would be official.
        marks: what people gave where the computed points are now others.
    """

    official: Official
    graded: Graded
    flips: list[Flip]
    marks: list[Mark]

    @property
    def gain(self) -> float:
        """Points won, or lost if negative."""
        return round(self.graded.result.score - self.official.result.score, 6)

    @property
    def is_new(self) -> bool:
        """Whether other results would be official, even if no point changes."""
        return self.official.decision.keys != self.graded.keys


def changes(
    official: Iterable[Official],
    graded: Iterable[Graded],
    marks: Iterable[Mark] = (),
    people: People | None = None,
) -> list[Change]:
    """Each official result beside what the present tests give, in the order of arrival.

    Args:
        people: who goes by which names; a mark counts under each of them.
    """
    after = {g.hand_in.id: g for g in graded}
    given, key = list(marks), (people or People()).key
    return [
        Change(
            before,
            after[before.hand_in.id],
            flips(before.result, after[before.hand_in.id].result),
            [m for m in given if _disagrees(m, before, after[before.hand_in.id], key)],
        )
        for before in official
    ]


def flips(before: Result, after: Result) -> list[Flip]:
    """The cases that make the difference between two results of one submission."""
    old, new = _cases(before.parts), _cases(after.parts)
    found = []
    for key in [*old, *(k for k in new if k not in old)]:
        one, other = old.get(key), new.get(key)
        if one is None or other is None or _weight(one) != _weight(other):
            found.append(Flip(*key, one, other))
    return found


def _cases(parts: list[PartResult]) -> dict[tuple[str, str], CaseResult]:
    return {(part.name, case.name): case for part in parts for case in part.cases}


def _weight(case: CaseResult) -> tuple[bool, float]:
    return case.outcome is Outcome.PASSED, case.points


def said(case: CaseResult | None) -> str:
    """What became of a test case and what it brought: `failed (0/2)`."""
    if case is None:
        return "no such test"
    points = case.points if case.outcome is Outcome.PASSED else 0
    return f"{case.outcome} ({points:g}/{case.points:g})"


def _disagrees(mark: Mark, before: Official, after: Graded, key: Callable[[str], str]) -> bool:
    """Whether a person has set the points of a question whose computed points change."""
    if key(mark.student) not in map(key, before.hand_in.students):
        return False
    old, new = before.result.question_scores(), after.result.question_scores()
    return mark.question in {*old, *new} and old.get(mark.question) != new.get(mark.question)


# --- the tests themselves ------------------------------------------------------------------------


def changed_tests(ledger: Ledger, official: Iterable[Official], bundle: Bundle) -> list[str]:
    """What is different in the tests and rules since they made these results official."""
    new = bundle.parts
    said: dict[str, None] = {}
    for digest in dict.fromkeys(o.decision.bundle for o in official):
        if digest == bundle.digest:
            continue
        old, rules = ledger.bundle(digest)
        for part in [*old, *(p for p in new if p not in old)]:
            said.update(dict.fromkeys(_difference(part, old.get(part), new.get(part))))
        said.update(dict.fromkeys(_rules(rules, bundle)))
    return list(said)


def _difference(part: str, old: str | None, new: str | None) -> list[str]:
    if new is None:
        return [f"{part}: removed"]
    if old is None:
        return [f"{part}: new"]
    if old == new or without_comments(old) == without_comments(new):
        return []
    before, after = _functions(old), _functions(new)
    found = [f"{part}: case “{name}” removed" for name in before if name not in after]
    found += [f"{part}: case “{name}” new" for name in after if name not in before]
    found += [
        f"{part}: case “{name}” changed"
        for name, body in after.items()
        if name in before and before[name] != body
    ]
    return found or [f"{part}: changed outside of its cases"]


def _functions(source: str) -> dict[str, str]:
    """Name of each test case → its program."""
    found = {}
    for node in ast.parse(source).body:
        for decorator in getattr(node, "decorator_list", []):
            for keyword in getattr(decorator, "keywords", []):
                if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                    found[str(keyword.value.value)] = ast.dump(node)
    return found


def _rules(old: dict[str, object], bundle: Bundle) -> list[str]:
    new = bundle.assignment.model_dump(mode="json")
    said = [
        f"course.yml: {field} changed"
        for field in ("limits", "preload", "allow_imports", "forbid_imports")
        if old.get(field, []) != new[field]
    ]
    before = old.get("questions")
    questions = before if isinstance(before, dict) else {}
    for key, question in new["questions"].items():
        for field in ("names", "forbid"):
            if key in questions and questions[key].get(field) != question[field]:
                said.append(f"course.yml: {field} of {key} changed")
    return said
