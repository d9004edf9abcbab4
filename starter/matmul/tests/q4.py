"""Strassen's seven products."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q4"
points = 8
hints = [
    "Begin with powers of two: recursion, quarters by slicing, and `np.block` to put them "
    "together.",
    "Compare M1 … M7 with the handout's example one by one. Then pad at the top of each call and "
    "cut the padding off at its end; the call below does the same for its own odd sides.",
    "The recursive function first asks whether the smallest of its three sides is within the leaf, "
    "and then returns `a @ b`. Otherwise `np.pad(a, ((0, n % 2), (0, k % 2)))`, the same for b, "
    "seven calls, `np.block`, and `[:n, :p]`.",
]


@test_case(
    name="a 2 × 2 product, by hand",
    points=1,
    failure_message="With leaf=1 the quarters are numbers; the handout has M1 … M7 for these "
    "matrices.",
)
def test_by_hand(matmul_strassen):
    a, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]])
    assert_array(matmul_strassen(a, b, leaf=1), [[19.0, 22.0], [43.0, 50.0]])


@test_case(
    name="a power of two, several levels deep",
    points=1,
    failure_message="Each of the seven products is made by calling the function again.",
)
def test_power_of_two(matmul_strassen):
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((16, 16)), rng.standard_normal((16, 16))
    # Strassen's differences lose some digits; 1e-8 is far above that.
    assert_array(matmul_strassen(a, b, leaf=2), a @ b, rtol=1e-8, atol=1e-10)


@test_case(
    name="odd and rectangular",
    points=2,
    failure_message="Pad each odd side with zeros, and give the result its own shape (n, p) again.",
)
def test_odd(matmul_strassen):
    rng = np.random.default_rng(1)
    for n, k, p in ((5, 5, 5), (6, 3, 5)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((k, p))
        # Strassen's differences lose some digits; 1e-8 is far above that.
        assert_array(matmul_strassen(a, b, leaf=2), a @ b, rtol=1e-8, atol=1e-10)


@test_case(
    name="counting multiplications",
    points=1,
    failure_message="n³ up to the leaf, above it seven times the count of half the side, rounded "
    "up.",
)
def test_flops(strassen_flops):
    assert_equal(strassen_flops(8, 8), 512)
    assert_equal(strassen_flops(2, 1), 7)
    assert_equal(strassen_flops(5, 2), 392)


@test_case(
    name="integers stay integers",
    points=1,
    failure_message="The result has the dtype np.result_type(a, b), and integers are exact.",
)
def test_integers(matmul_strassen):
    a = np.arange(12).reshape(3, 4)
    assert_array(matmul_strassen(a, a.T, leaf=1), a @ a.T, dtype=np.int64)


@test_case(
    name="the smallest side is within the leaf",
    points=1,
    failure_message="Then `@` does it all: one row or a side of 0 cannot be quartered.",
)
def test_thin(matmul_strassen):
    a, b = np.array([[1.0, 2.0, 3.0]]), np.arange(12.0).reshape(3, 4)
    assert_array(matmul_strassen(a, b, leaf=1), a @ b)
    assert_array(matmul_strassen(np.ones((2, 0)), np.ones((0, 3)), leaf=1), np.zeros((2, 3)))


@test_case(
    name="leaf = 0",
    points=1,
    failure_message="Without this check the recursion would never end.",
)
def test_leaf_zero(matmul_strassen):
    assert_raises(ValueError, matmul_strassen, np.eye(2), np.eye(2), leaf=0, mentions="leaf")
