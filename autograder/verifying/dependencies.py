"""Which questions a change of some definitions can touch.

A question depends on the names that its tests ask for and on all that these use, as far as the
source tells. What it does not depend on need not be graded again.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from pathlib import Path

from autograder.authoring.bundle import Bundle
from autograder.course.layout import solution_path
from autograder.jail.reading import Chunk
from autograder.jail.rules import Definitions, defined_names


class Uses:
    """The names that each question of an assignment depends on, in its reference solution."""

    def __init__(self, root: Path, slug: str, bundle: Bundle) -> None:
        source = solution_path(root, slug).read_text(encoding="utf-8")
        self._module = Definitions([Chunk(f"{slug}.py", source, ast.parse(source))])
        self._by_question = {
            key: self._module.closure([*question.names, *_asked_for(bundle, key)])
            for key, question in bundle.assignment.questions.items()
        }

    def touched_by(self, source: str) -> frozenset[str]:
        """The questions that code appended to the solution can touch: those that use what it
        defines."""
        names = {name for node in ast.parse(source).body for name in defined_names(node)}
        return self.of(names)

    def of(self, names: Collection[str]) -> frozenset[str]:
        """The questions that use one of these top-level names of the solution."""
        return frozenset(q for q, used in self._by_question.items() if not used.isdisjoint(names))

    def code(self, questions: Collection[str]) -> str:
        """All code of the solution that these questions depend on, in a form without comments."""
        names = set().union(*(self._by_question[q] for q in questions))
        nodes = [n for name in sorted(names) for _, n in self._module.definitions.get(name, [])]
        return "\n".join([str(sorted(self._module.aliases.items())), *map(ast.dump, nodes)])


def _asked_for(bundle: Bundle, question: str) -> set[str]:
    """Parameters of test functions and probes: each may be a name of the student's."""
    names: set[str] = set()
    for tests in (bundle.public, bundle.hidden):
        for node in ast.walk(ast.parse(tests.get(question, ""))):
            if isinstance(node, ast.FunctionDef):
                names |= {a.arg for a in (*node.args.args, *node.args.kwonlyargs)}
    return names
