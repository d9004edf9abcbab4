"""A student's folder, and the commands that are typed in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared.student_folder import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "twice")
