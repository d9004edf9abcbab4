"""The definition: three loops, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 6


@test_case(
    name="any shape",
    points=1,
    hidden=True,
    failure_message="Try shapes in which all three sides differ, a side of 1, and a transposed "
    "view. Each entry of the result needs a place of its own, and the inputs must "
    "stay as they are.",
)
def test_shapes(matmul_naive):
    rng = np.random.default_rng(11)
    for n, k, p in ((4, 6, 3), (1, 5, 4), (5, 1, 2), (3, 4, 1), (1, 1, 1)):
        a, b = rng.standard_normal((k, n)).T, rng.standard_normal((k, p))
        before = a.copy(), b.copy()
        assert_array(matmul_naive(a, b), a @ b)
        assert_array(a, before[0], what="input a after the call")
        assert_array(b, before[1], what="input b after the call")


@test_case(
    name="the dtype of both factors together",
    points=1,
    hidden=True,
    failure_message="The dtype comes from a and b together: integers with floats, single "
    "precision, short integers, complex numbers, objects; lists and tuples too.",
)
def test_dtype(student, matmul_naive):
    ints, floats = np.array([[3, -2]]), np.array([[0.5], [0.25]])
    assert_array(matmul_naive(ints, floats), [[1.0]], dtype=np.float64)
    single = floats.astype(np.float32)
    assert_array(matmul_naive(single, single.T), single @ single.T, dtype=np.float32)
    imaginary = np.array([[1j], [2.0]])
    assert_array(matmul_naive(ints, imaginary), [[-4 + 3j]], dtype=np.complex128)
    assert_array(matmul_naive([[1, 2]], ((0.5,), (1.5,))), [[3.5]], dtype=np.float64)
    small = ints.astype(np.int32)
    assert_array(matmul_naive(small, small.T), [[13]], dtype=np.int32)
    assert_array(matmul_naive(small, single), [[1.0]], dtype=np.float64)

    def objects(matmul_naive, a, b):
        import numpy as np

        c = matmul_naive(np.array(a, dtype=object), np.array(b))
        return str(c.dtype), [[int(x) for x in row] for row in c]

    dtype, c = student(objects, a=[[2, 3]], b=[[5], [7]])
    assert_equal(dtype, "object", what="dtype of the result for entries of any type")
    assert_equal(c, [[31]])


@test_case(
    name="a side of 0",
    points=1,
    hidden=True,
    failure_message="Matrices may have a side of 0. The result keeps its shape and dtype, and a "
    "sum over nothing is 0.",
)
def test_empty(matmul_naive):
    for n, k, p in ((0, 3, 2), (2, 3, 0), (2, 0, 3), (0, 0, 0)):
        a, b = np.ones((n, k)), np.ones((k, p))
        assert_array(matmul_naive(a, b), np.zeros((n, p)), dtype=np.float64)


@test_case(
    name="arguments that cannot be multiplied",
    points=1,
    hidden=True,
    failure_message="ValueError for everything that is not 2-D, and for inner sides that differ in "
    "either direction. A side of 1 does not stretch.",
)
def test_errors(matmul_naive):
    for a, b in (((2, 3), (2, 3)), ((2, 4), (3, 2)), ((2, 1), (3, 2)), ((2, 3), (1, 2))):
        assert_raises(ValueError, matmul_naive, np.ones(a), np.ones(b))
    for a, b in (((3,), (3, 2)), ((2, 3), (3,)), ((1, 2, 3), (3, 2)), ((2, 3), (2, 3, 2))):
        assert_raises(ValueError, matmul_naive, np.ones(a), np.ones(b))
    assert_raises(ValueError, matmul_naive, 2.0, np.ones((1, 1)))


@test_case(
    name="exactly n·k·p multiplications",
    points=1,
    hidden=True,
    failure_message="Each entry of a meets each entry of b that it has to meet, once, and no "
    "other.",
)
def test_count(student):
    def probe(matmul_naive, a, b):
        import numpy as np

        count = [0]

        class Counted:
            def __init__(self, value):
                self.value = value

            def __mul__(self, other):
                count[0] += 1
                return Counted(self.value * getattr(other, "value", other))

            def __add__(self, other):
                return Counted(self.value + getattr(other, "value", other))

            __rmul__, __radd__ = __mul__, __add__

        wrap = np.vectorize(Counted, otypes=[object])
        c = matmul_naive(wrap(a), wrap(b))
        return count[0], [[int(getattr(x, "value", x)) for x in row] for row in c]

    rng = np.random.default_rng(12)
    for n, k, p in ((3, 4, 5), (5, 2, 3)):
        a, b = rng.integers(-1, 2, (n, k)), rng.integers(-1, 2, (k, p))
        count, c = student(probe, a=a, b=b)
        assert_equal(c, (a @ b).tolist())
        assert_equal(count, n * k * p, what="number of multiplications")


@test_case(
    name="large integers are exact",
    points=0.5,
    hidden=True,
    failure_message="Integers beyond 2**53 lose their last digits if they pass through a float.",
)
def test_large_integers(matmul_naive):
    a, b = np.array([[2**31 + 1, 1], [-3, 2**40]]), np.array([[2**30 + 1, 5], [1, 2**20 + 1]])
    c = matmul_naive(a, b)
    assert_array(c, a @ b, dtype=np.int64)
    assert_equal(c.tolist(), (a @ b).tolist())


@test_case(
    name="any layout in memory, and a second call",
    points=0.5,
    hidden=True,
    failure_message="Columns first, every second row, or an array that cannot be written to: only "
    "the entries count, and nothing may be written into them. The result of one call has to stay "
    "as it is when the function is called again.",
)
def test_layouts(student):
    def probe(matmul_naive, a, b):
        import numpy as np

        spread = np.zeros((2 * a.shape[0], a.shape[1]))
        spread[::2] = a
        kinds = [np.asfortranarray(a), spread[::2], a.copy()]
        for kind in kinds:
            kind.flags.writeable = False
        b = np.asfortranarray(b)
        b.flags.writeable = False
        first = [matmul_naive(kind, b) for kind in kinds]
        matmul_naive(-kinds[0], b)
        return first

    rng = np.random.default_rng(13)
    for n, k, p in ((4, 6, 3), (4, 4, 4)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((k, p))
        for c in student(probe, a=a, b=b):
            assert_array(c, a @ b)
