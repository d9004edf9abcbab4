"""Blocked multiplication."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q3"
points = 7
hints = [
    "Write the definition with three loops, then let each index jump: `range(0, n, block)`.",
    "`a[i:i + block, m:m + block]` is a tile; at the edge the slice is cut off for you. The tile "
    "of the result at (i, j) collects one product for every m.",
    "`c[i:i + block, j:j + block] += a[i:i + block, m:m + block] @ b[m:m + block, j:j + block]` is "
    "right. It is faster to add up in a small array of its own and to store that once.",
]


@test_case(
    name="4 × 4 in tiles of 2",
    points=1,
    failure_message="Every tile of the result is a sum over the blocks of the inner side.",
)
def test_even(matmul_blocked):
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((4, 4)), rng.standard_normal((4, 4))
    assert_array(matmul_blocked(a, b, block=2), a @ b)


@test_case(
    name="block does not divide the shape",
    points=2,
    failure_message="The last tile of a row, of a column or of the inner side is smaller than "
    "`block`.",
)
def test_ragged(matmul_blocked):
    rng = np.random.default_rng(1)
    a, b = rng.standard_normal((5, 4)), rng.standard_normal((4, 3))
    assert_array(matmul_blocked(a, b, block=2), a @ b, what="result for the handout's shapes")
    a, b = rng.standard_normal((7, 5)), rng.standard_normal((5, 8))
    assert_array(matmul_blocked(a, b, block=3), a @ b)


@test_case(
    name="block larger than the matrices",
    points=1,
    failure_message="Then there is a single tile, smaller than `block`.",
)
def test_large_block(matmul_blocked):
    rng = np.random.default_rng(2)
    a, b = rng.standard_normal((3, 2)), rng.standard_normal((2, 4))
    assert_array(matmul_blocked(a, b), a @ b)


@test_case(
    name="integers give integers",
    points=1,
    failure_message="The result has the dtype np.result_type(a, b).",
)
def test_integers(matmul_blocked):
    a = np.arange(12).reshape(3, 4)
    assert_array(matmul_blocked(a, a.T, block=2), a @ a.T, dtype=np.int64)


@test_case(
    name="no inner side",
    points=1,
    failure_message="For k = 0 no tile is multiplied, and the result is all zeros.",
)
def test_nothing(matmul_blocked):
    assert_array(matmul_blocked(np.ones((3, 0)), np.ones((0, 2)), block=2), np.zeros((3, 2)))


@test_case(
    name="block = 0",
    points=1,
    failure_message="Raise ValueError yourself, with a message that says it is `block`.",
)
def test_block_zero(matmul_blocked):
    assert_raises(ValueError, matmul_blocked, np.eye(2), np.eye(2), block=0, mentions="block")
