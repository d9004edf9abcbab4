"""The definition: three loops."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 6
hints = [
    "Do the 2 × 2 example on paper and write down which entries you touched, in which order.",
    "Make the result first: `np.zeros((n, p), dtype)`. Each of its entries then collects k "
    "products.",
    "Three loops, i over n, j over p, m over k, around one line that adds `a[i, m] * b[m, j]` to "
    "its entry; before them `np.asarray`, the two checks on shapes, and `np.result_type(a, b)` for "
    "the dtype.",
]


@test_case(
    name="a 2 × 2 product, by hand",
    points=1,
    failure_message="Row times column: entry (0, 0) is 1·5 + 2·7 = 19.",
)
def test_by_hand(matmul_naive):
    a, b = [[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]
    assert_array(matmul_naive(a, b), [[19.0, 22.0], [43.0, 50.0]])


@test_case(
    name="a row of A may be longer than a column of A",
    points=2,
    failure_message="Three different sides: i runs over the rows of a, j over the columns of b, "
    "and the sum over the inner side.",
)
def test_rectangular(matmul_naive):
    a = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]])
    b = np.array([[4.0, 1.0, 0.0, -1.0], [2.0, 0.0, 1.0, 2.0], [1.0, 5.0, 0.0, 0.5]])
    expected = [[8.0, 1.0, 2.0, 3.0], [5.0, 15.0, 1.0, 3.5]]
    assert_array(matmul_naive(a, b), expected)


@test_case(
    name="integers give integers",
    points=1,
    failure_message="The result has the dtype np.result_type(a, b), not always float64.",
)
def test_integers(matmul_naive):
    a, b = np.array([[2, -1]]), np.array([[3], [4]])
    assert_array(matmul_naive(a, b), [[2]], dtype=np.int64)


@test_case(
    name="lists, and arguments that stay as they are",
    points=1,
    failure_message="Take lists too (np.asarray), and write into nothing that you were given.",
)
def test_lists(matmul_naive):
    a = np.array([[1.0, 2.0], [0.5, -1.0]])
    assert_array(matmul_naive(a, [[2, 0], [1, 3]]), [[4.0, 6.0], [0.0, -3.0]], dtype=np.float64)
    assert_array(a, [[1.0, 2.0], [0.5, -1.0]], what="input a after the call")


@test_case(
    name="matrices that do not fit",
    points=1,
    failure_message="a (2, 3) times b (2, 3) has no meaning: raise ValueError before you compute.",
)
def test_mismatch(matmul_naive):
    assert_raises(ValueError, matmul_naive, np.ones((2, 3)), np.ones((2, 3)))
