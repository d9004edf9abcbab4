"""What a test needs of its host to grade."""

from __future__ import annotations

import pytest

from autograder.jail.layers import offered

isolates = pytest.mark.skipif(
    bool(offered().shortfall()), reason="this host cannot isolate submissions"
)
