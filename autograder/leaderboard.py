"""Public face: what an assignment's `leaderboard.py` measures with (docs/authoring.md)."""

from autograder.grading.leaderboard import bits

__all__ = ["bits"]
