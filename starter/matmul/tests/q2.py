"""A sum of outer products."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q2"
points = 5
hints = [
    "With k = 1 the result is one outer product: a column (n, 1) times a row (1, p), by "
    "broadcasting.",
    "`a[:, l]` has shape (n,). `a[:, l, None] * b[l]` or `np.multiply.outer(a[:, l], b[l])` has "
    "(n, p).",
    "Begin with zeros of the right shape and dtype and add one outer product for each l in "
    "`range(k)`. Beginning with zeros also answers what k = 0 gives.",
]


@test_case(
    name="one outer product",
    points=1,
    failure_message="For k = 1 entry (i, j) is a[i, 0] * b[0, j].",
)
def test_one(matmul_outer):
    a, b = np.array([[1.0], [2.0], [-3.0]]), np.array([[4.0, 0.5]])
    assert_array(matmul_outer(a, b), [[4.0, 0.5], [8.0, 1.0], [-12.0, -1.5]])


@test_case(
    name="the handout's example",
    points=2,
    failure_message="Column l of a goes with row l of b, and the k outer products are added up.",
)
def test_by_hand(matmul_outer):
    a = np.array([[1, 2, 0], [0, 1, 3]])
    b = np.array([[4, 1], [2, 0], [1, 5]])
    assert_array(matmul_outer(a, b), [[8, 1], [5, 15]], dtype=np.int64)


@test_case(
    name="k = 0, and the dtype",
    points=1,
    failure_message="A sum of no outer products is a matrix of zeros. Its dtype is "
    "np.result_type(a, b).",
)
def test_nothing(matmul_outer):
    nothing = np.ones((2, 0), dtype=np.int64), np.ones((0, 3), dtype=np.int64)
    assert_array(matmul_outer(*nothing), np.zeros((2, 3)), dtype=np.int64)


@test_case(
    name="matrices that do not fit",
    points=1,
    failure_message="Check the shapes first: a loop over the shorter of two sides hides the "
    "mistake.",
)
def test_mismatch(matmul_outer):
    assert_raises(ValueError, matmul_outer, np.ones((2, 3)), np.ones((4, 2)))
