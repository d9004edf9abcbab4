"""Strassen's seven products, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q4 (hidden)"
points = 8


def multiplications(n, k, p, leaf):
    if min(n, k, p) <= leaf:
        return n * k * p
    return 7 * multiplications((n + 1) // 2, (k + 1) // 2, (p + 1) // 2, leaf)


@test_case(
    name="odd and rectangular, several levels deep",
    points=1,
    hidden=True,
    failure_message="Let sides be odd at the top, or only after halving, and all three different. "
    "The inputs must stay as they are.",
)
def test_odd(matmul_strassen):
    rng = np.random.default_rng(41)
    for n, k, p, leaf in (
        (7, 7, 7, 1),
        (6, 10, 14, 2),
        (9, 16, 11, 2),
        (13, 5, 8, 1),
        (33, 20, 9, 4),
    ):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((p, k)).T
        before = a.copy(), b.copy()
        # Strassen's differences lose some digits; 1e-8 is far above that.
        assert_array(matmul_strassen(a, b, leaf=leaf), a @ b, rtol=1e-8, atol=1e-10)
        assert_array(a, before[0], what="input a after the call")
        assert_array(b, before[1], what="input b after the call")
    a, b = rng.standard_normal((130, 130)), rng.standard_normal((130, 130))
    assert_array(
        matmul_strassen(a, b), a @ b, rtol=1e-8, atol=1e-10, what="result with the default leaf"
    )


@test_case(
    name="thin matrices, and a side of 0",
    points=1,
    hidden=True,
    failure_message="Sides may be 1 or 0, and `leaf` larger than everything.",
)
def test_thin(matmul_strassen):
    rng = np.random.default_rng(42)
    for n, k, p in ((1, 9, 9), (9, 1, 9), (9, 9, 1), (0, 3, 2), (2, 0, 3), (2, 3, 0), (0, 0, 0)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((k, p))
        for leaf in (1, 50):
            # Strassen's differences lose some digits; 1e-8 is far above that.
            assert_array(matmul_strassen(a, b, leaf=leaf), a @ b, rtol=1e-8, atol=1e-10)


@test_case(
    name="integers are exact, and stay integers",
    points=1,
    hidden=True,
    failure_message="Without a float anywhere the result of integers is exact. The "
    "dtype is that of both factors together: short integers, complex numbers; lists and tuples "
    "are welcome too.",
)
def test_dtype(matmul_strassen):
    rng = np.random.default_rng(43)
    a, b = rng.integers(-(2**28), 2**28, (5, 6)), rng.integers(-(2**28), 2**28, (6, 7))
    c = matmul_strassen(a, b, leaf=1)
    assert_array(c, a @ b, dtype=np.int64)
    assert_equal(c.tolist(), (a @ b).tolist())
    z = rng.standard_normal((4, 3)) + 1j
    # Strassen's differences lose some digits; 1e-8 is far above that.
    assert_array(matmul_strassen(z, z.T, leaf=1), z @ z.T, rtol=1e-8, dtype=complex)
    assert_array(matmul_strassen([[1, 2]], ((0.5,), (1.5,))), [[3.5]], dtype=np.float64)
    small = rng.integers(-9, 9, (4, 4), dtype=np.int32)
    for leaf in (1, 4):
        c = matmul_strassen(small, small.T, leaf=leaf)
        assert_array(c, small @ small.T, dtype=np.int32)
        single = matmul_strassen(small.astype(np.float32), small, leaf=leaf)
        assert_array(single, small @ small, dtype=np.float64)


def counting_probe(matmul_strassen, n, k, p, leaf):
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

        def __sub__(self, other):
            return Counted(self.value - getattr(other, "value", other))

        def __rsub__(self, other):
            return Counted(other - self.value)

        def __neg__(self):
            return Counted(-self.value)

        __rmul__, __radd__ = __mul__, __add__

    def matrix(rows, columns):
        entries = [[Counted(3 * i - 2 * j) for j in range(columns)] for i in range(rows)]
        return np.array(entries, dtype=object)

    c = matmul_strassen(matrix(n, k), matrix(k, p), leaf=leaf)
    return count[0], [[int(getattr(x, "value", x)) for x in row] for row in c]


def _product(n, k, p):
    a = 3 * np.arange(n)[:, None] - 2 * np.arange(k)
    b = 3 * np.arange(k)[:, None] - 2 * np.arange(p)
    return (a @ b).tolist()


@test_case(
    name="seven products at every level",
    points=1.5,
    hidden=True,
    failure_message="Count the multiplications of numbers: seven times those of a quarter, at "
    "every level down to the leaf.",
)
def test_seven(student):
    for n, leaf in ((2, 1), (8, 1), (8, 2), (12, 3), (8, 8)):
        count, c = student(counting_probe, n=n, k=n, p=n, leaf=leaf)
        assert_equal(c, _product(n, n, n))
        assert_equal(count, multiplications(n, n, n, leaf), what="number of multiplications")


@test_case(
    name="when the recursion stops, and how much is padded",
    points=1,
    hidden=True,
    failure_message="The smallest side decides when to stop. Pad to the next even number, at each "
    "level anew, and not further.",
)
def test_stop(student):
    for n, k, p, leaf in ((2, 8, 8, 2), (8, 4, 12, 2), (4, 8, 16, 1)):
        count, c = student(counting_probe, n=n, k=k, p=p, leaf=leaf)
        assert_equal(c, _product(n, k, p))
        assert_equal(count, multiplications(n, k, p, leaf), what="number of multiplications")
    for n, k, p, leaf in ((5, 5, 5, 3), (9, 9, 9, 5), (6, 10, 18, 3)):
        count, _ = student(counting_probe, n=n, k=k, p=p, leaf=leaf)
        # Products of two zeros of the padding are not seen, hence "at most".
        most = multiplications(n, k, p, leaf)
        expect(count <= most, f"expected: at most {most} multiplications\ngot: {count}")


@test_case(
    name="strassen_flops is exact",
    points=1,
    hidden=True,
    failure_message="Odd sides are rounded up at every level; n = leaf is still a leaf; large "
    "counts are exact integers.",
)
def test_flops(strassen_flops):
    for n, leaf in ((0, 1), (1, 1), (7, 1), (64, 64), (65, 64), (100, 7), (1000, 32), (31, 1)):
        count = strassen_flops(n, leaf)
        expect(not isinstance(count, float), "expected: an int\ngot: a float")
        assert_equal(count, multiplications(n, n, n, leaf))
    assert_equal(strassen_flops(10**9, 1), 7**30)
    assert_equal(strassen_flops(10**9, 10**8), multiplications(10**9, 10**9, 10**9, 10**8))


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError for arrays that are not 2-D or do not fit, for `leaf` below 1 in "
    "both functions (with its name in the message) and for a negative n.",
)
def test_errors(matmul_strassen, strassen_flops):
    for a, b in (((2, 3), (2, 3)), ((2, 1), (3, 2)), ((3,), (3, 2)), ((2, 3), (3,))):
        assert_raises(ValueError, matmul_strassen, np.ones(a), np.ones(b), leaf=1)
    for a, b in (
        ((2, 3, 3), (3, 2)),
        ((2, 3), (3, 3, 2)),
        ((2, 2, 3), (2, 3, 2)),
    ):  # `@` takes them
        assert_raises(ValueError, matmul_strassen, np.ones(a), np.ones(b), leaf=9)
    for leaf in (0, -1):
        assert_raises(ValueError, matmul_strassen, np.eye(4), np.eye(4), leaf=leaf, mentions="leaf")
        assert_raises(ValueError, strassen_flops, 4, leaf, mentions="leaf")
    assert_raises(ValueError, strassen_flops, -1, 4)


@test_case(
    name="any layout in memory, and a second call",
    points=0.5,
    hidden=True,
    failure_message="Columns first, every second row, or an array that cannot be written to: only "
    "the entries count, and nothing may be written into them. The result of one call has to stay "
    "as it is when the function is called again.",
)
def test_layouts(student):
    def probe(matmul_strassen, a, b):
        import numpy as np

        spread = np.zeros((2 * a.shape[0], a.shape[1]))
        spread[::2] = a
        kinds = [np.asfortranarray(a), spread[::2], a.copy()]
        for kind in kinds:
            kind.flags.writeable = False
        b = np.asfortranarray(b)
        b.flags.writeable = False
        first = [matmul_strassen(kind, b, 1) for kind in kinds]
        matmul_strassen(-kinds[0], b, 1)
        return first

    rng = np.random.default_rng(44)
    for n, k, p in ((4, 6, 3), (4, 4, 4)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((k, p))
        # Strassen's differences lose some digits; 1e-8 is far above that.
        for c in student(probe, a=a, b=b):
            assert_array(c, a @ b, rtol=1e-8, atol=1e-10)
