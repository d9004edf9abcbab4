"""Names of the parts of an assignment, the same wherever a person or a program reads them."""

from __future__ import annotations

from typing import Literal

Visibility = Literal["public", "hidden"]
VISIBILITIES: tuple[Visibility, ...] = ("public", "hidden")

# The heading of the cells that `build` adds at the end of a notebook: no answer goes on below it.
HAND_IN = "## Hand in"


# For Jupytext: a comment that begins with a shell's word (`# copy the rows`) stays a comment.
PERCENT = {"extension": ".py", "format_name": "percent", "comment_magics": False}

GRADER = "grader"
"""Entry of a student folder's plan that speaks of the grader: its Python, its limits."""


def part_name(question: str, visibility: Visibility) -> str:
    """`q3 (hidden)`: what a question's test file is called wherever a person reads it."""
    return f"{question} ({visibility})"
