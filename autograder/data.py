"""Public face: the texts and points that notebooks and tests read (docs/authoring.md)."""

from autograder.course.data import (
    FIRST,
    DataError,
    DataMissing,
    Play,
    circles,
    digits,
    plays,
    shakespeare,
    stand_in,
    two_moons,
)

__all__ = [
    "FIRST",
    "DataError",
    "DataMissing",
    "Play",
    "circles",
    "digits",
    "plays",
    "shakespeare",
    "stand_in",
    "two_moons",
]
