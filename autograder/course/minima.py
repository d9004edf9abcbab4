"""How many wrong and right answers prove the tests of an assignment."""

from __future__ import annotations

from pydantic import Field

from autograder.course.handout import Model


class AtLeast(Model):
    """The fewest that `autograder verify` accepts; by default what fits the number of questions."""

    mutants: int | None = Field(
        default=None,
        ge=0,
        description="a whole number, at least 0; empty: two for each question",
    )
    alternatives: int | None = Field(
        default=None,
        ge=0,
        description="a whole number, at least 0; empty: one for each question, but no more than 3",
    )

    def numbers(self, questions: int) -> tuple[int, int]:
        """Mutants and alternatives for so many questions."""
        mutants = 2 * questions if self.mutants is None else self.mutants
        alternatives = min(3, questions) if self.alternatives is None else self.alternatives
        return mutants, alternatives
