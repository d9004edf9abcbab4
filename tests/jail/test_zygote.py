"""What the zygote does once, so that no fork of it has to."""

from __future__ import annotations

import subprocess
import sys

from shared.isolation import isolates

pytestmark = isolates

BOUND_IN_ADVANCE = """
import gc
import numpy as np
from autograder.jail import refusals

row = np.ones(3)
method, call, other = row.dot, np.dot.__call__, row.sum
gc.collect()
refusals.look_around()
gc.freeze()
later = row.dot
refusals.forbid(["np.dot"], [])
for bound in (method, call, later, np.dot):
    try:
        bound(row)
    except refusals.RuleError as refused:
        print(refused)
print(other())
"""
LARGE_PAGES = """
from autograder.jail.kernel import use_large_pages

pieces = [bytes([number]) * 65536 for number in range(256)]  # 16 MB
one = bytearray(range(256)) * 32768  # 8 MB
use_large_pages()
print(sum(piece.count(number) for number, piece in enumerate(pieces)) >> 20)
print(one == bytearray(range(256)) * 32768)
"""


def run(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_what_was_bound_before_the_zygote_froze_is_refused_as_well() -> None:
    assert run(BOUND_IN_ADVANCE) == ["`np.dot` must not be used here"] * 4 + ["3.0"]


def test_large_pages_hold_what_was_written() -> None:
    assert run(LARGE_PAGES) == ["16", "True"]
