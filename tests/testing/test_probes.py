"""A probe travels as source: what it may use, on every Python."""

from __future__ import annotations

import pytest

from autograder.testing.student import LocalStudent, probe_source

OUTSIDE = 3


def test_a_class_with_annotations_under_a_condition() -> None:
    def probe(double):
        class Box:
            if double:
                size: int = 4
            name: str = "box"

        return double(Box.size)

    assert LocalStudent({"double": lambda x: 2 * x})(probe) == 8


def test_what_lies_outside_is_named() -> None:
    def probe(double):
        return double(OUTSIDE)

    with pytest.raises(TypeError, match="probe probe uses OUTSIDE from outside; pass values"):
        probe_source(probe)
