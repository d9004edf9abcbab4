"""What every test has in common."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def same_environment() -> Iterator[None]:
    """Commands that a test calls in this process may set variables; the next test has none."""
    before = dict(os.environ)
    os.environ.pop("MPLBACKEND", None)  # kernels that a test starts choose their own
    yield
    os.environ.clear()
    os.environ.update(before)
