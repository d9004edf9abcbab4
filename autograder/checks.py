"""Public face: what a test file imports to judge (docs/authoring.md)."""

from autograder.testing.checks import (
    CheckFailed,
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    assert_speed,
    expect,
    fail,
    test_case,
)

__all__ = [
    "CheckFailed",
    "assert_array",
    "assert_close",
    "assert_equal",
    "assert_raises",
    "assert_speed",
    "expect",
    "fail",
    "test_case",
]
