"""What to type where a part of the engine is not installed."""

from __future__ import annotations

from autograder import DISTRIBUTION


def extra(*names: str) -> str:
    """`` `pip install "autograder-course[staff]"` ``, for these extras."""
    return f'`pip install "{DISTRIBUTION}[{",".join(names)}]"`'
