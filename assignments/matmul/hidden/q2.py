"""A sum of outer products, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_raises, assert_speed, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 6


@test_case(
    name="any shape",
    points=2,
    hidden=True,
    failure_message="Try shapes in which all three sides differ, and a transposed view. All k "
    "outer products count, and the inputs must stay as they are.",
)
def test_shapes(matmul_outer):
    rng = np.random.default_rng(21)
    for n, k, p in ((4, 6, 3), (3, 4, 7), (1, 5, 4), (5, 1, 2), (3, 4, 1), (4, 4, 4)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((p, k)).T
        before = a.copy(), b.copy()
        assert_array(matmul_outer(a, b), a @ b)
        assert_array(a, before[0], what="input a after the call")
        assert_array(b, before[1], what="input b after the call")


@test_case(
    name="the dtype of both factors together",
    points=1,
    hidden=True,
    failure_message="The dtype comes from a and b together: integers with floats, single "
    "precision, complex numbers (not conjugated); lists too.",
)
def test_dtype(matmul_outer):
    ints, floats = np.array([[3, -2]]), np.array([[0.5], [0.25]])
    assert_array(matmul_outer(ints, floats), [[1.0]], dtype=np.float64)
    single = floats.astype(np.float32)
    assert_array(matmul_outer(single, single.T), single @ single.T, dtype=np.float32)
    imaginary = np.array([[1j], [2.0]])
    assert_array(matmul_outer(imaginary, imaginary.T), [[-1, 2j], [2j, 4]], dtype=np.complex128)
    assert_array(matmul_outer([[1, 2]], [[3], [4]]), [[11]], dtype=np.int64)


@test_case(
    name="a side of 0",
    points=1,
    hidden=True,
    failure_message="Matrices may have a side of 0. The sum of no outer products is a matrix of "
    "zeros that still has its shape and dtype.",
)
def test_empty(matmul_outer):
    for n, k, p in ((0, 3, 2), (2, 3, 0), (2, 0, 3), (0, 0, 0)):
        a, b = np.ones((n, k), dtype=np.float32), np.ones((k, p), dtype=np.float32)
        assert_array(matmul_outer(a, b), np.zeros((n, p)), dtype=np.float32)


@test_case(
    name="arguments that cannot be multiplied",
    points=1,
    hidden=True,
    failure_message="ValueError for everything that is not 2-D, and for inner sides that differ in "
    "either direction. A side of 1 does not stretch.",
)
def test_errors(matmul_outer):
    for a, b in (((2, 3), (2, 3)), ((2, 4), (3, 2)), ((2, 1), (3, 2)), ((2, 3), (1, 2))):
        assert_raises(ValueError, matmul_outer, np.ones(a), np.ones(b))
    for a, b in (((3,), (3, 2)), ((2, 3), (3,)), ((1, 2, 3), (3, 2)), ((2, 3), (2, 3, 2))):
        assert_raises(ValueError, matmul_outer, np.ones(a), np.ones(b))


@test_case(
    name="no loop over rows or columns",
    points=1,
    hidden=True,
    failure_message="Very tall and very wide results should take about as long as k array "
    "operations. Is there a second loop, over rows or columns?",
)
def test_speed(student):
    def prepare(matmul_outer, n, k, p):
        import numpy as np

        rng = np.random.default_rng(0)
        a, b = rng.standard_normal((n, k)), rng.standard_normal((k, p))
        return lambda: float(sum(matmul_outer(a, b)[0, 0] for _ in range(6)))

    rng = np.random.default_rng(0)
    for n, p in ((10_000, 4), (4, 10_000)):
        a, b = rng.standard_normal((n, 4)), rng.standard_normal((4, p))
        # The reference takes about as long; a Python loop over rows or columns over 60 times.
        run = student(prepare, n=n, k=4, p=p)
        assert_speed(run, lambda a=a, b=b: [_outer(a, b) for _ in range(6)], at_most=20, rounds=2)


def _outer(a, b):
    return sum(a[:, m, None] * b[m] for m in range(a.shape[1]))
