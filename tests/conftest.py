"""What every test has in common."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

LONGEST = "test_the_tests_of_an_assignment_are_sound"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no process waits for another one at the end."""
    items.sort(key=lambda item: not item.name.startswith(LONGEST))


@pytest.fixture(autouse=True)
def same_environment() -> Iterator[None]:
    """Commands that a test calls in this process may set variables; the next test has none."""
    before = dict(os.environ)
    os.environ.pop("MPLBACKEND", None)  # kernels that a test starts choose their own
    yield
    os.environ.clear()
    os.environ.update(before)
