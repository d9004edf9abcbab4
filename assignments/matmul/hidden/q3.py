"""Blocked multiplication, on fresh inputs and at the edges."""

from functools import partial

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    assert_speed,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q3 (hidden)"
points = 7


@test_case(
    name="ragged on every side",
    points=1,
    hidden=True,
    failure_message="Let `block` divide none of the three sides, then only some of them. Is the "
    "last tile there, along the inner side too?",
)
def test_ragged(matmul_blocked):
    rng = np.random.default_rng(31)
    for n, k, p, block in ((7, 8, 9, 4), (8, 7, 8, 4), (9, 4, 4, 4), (4, 4, 10, 4), (5, 6, 7, 1)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((p, k)).T
        before = a.copy(), b.copy()
        assert_array(matmul_blocked(a, b, block=block), a @ b)
        assert_array(a, before[0], what="input a after the call")
        assert_array(b, before[1], what="input b after the call")
    a, b = rng.standard_normal((65, 130)), rng.standard_normal((130, 70))
    assert_array(matmul_blocked(a, b), a @ b, what="result with the default block")


@test_case(
    name="block beyond some sides, or all",
    points=1,
    hidden=True,
    failure_message="`block` may be larger than one side, two sides or all of them.",
)
def test_large_block(matmul_blocked):
    rng = np.random.default_rng(32)
    for n, k, p in ((2, 9, 9), (9, 2, 9), (9, 9, 2), (3, 3, 3), (1, 6, 1)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((k, p))
        for block in (5, 100):
            assert_array(matmul_blocked(a, b, block=block), a @ b)


@test_case(
    name="a side of 0",
    points=1,
    hidden=True,
    failure_message="Matrices may have a side of 0: no tiles at all, or a sum over no tiles.",
)
def test_empty(matmul_blocked):
    for n, k, p in ((0, 3, 2), (2, 3, 0), (5, 0, 3), (0, 0, 0)):
        a, b = np.ones((n, k)), np.ones((k, p))
        assert_array(matmul_blocked(a, b, block=2), np.zeros((n, p)), dtype=np.float64)


@test_case(
    name="the dtype of both factors together",
    points=0.5,
    hidden=True,
    failure_message="The dtype comes from a and b together: integers, single precision, complex "
    "numbers; lists and tuples too. Integers beyond 2**53 are exact.",
)
def test_dtype(matmul_blocked):
    rng = np.random.default_rng(33)
    ints, floats = rng.integers(-9, 9, (5, 3)), rng.standard_normal((3, 4))
    assert_array(matmul_blocked(ints, floats, block=2), ints @ floats, dtype=np.float64)
    assert_array(matmul_blocked(ints, ints.T, block=2), ints @ ints.T, dtype=np.int64)
    assert_array(matmul_blocked(ints, 1j * floats, block=2), ints @ (1j * floats), dtype=complex)
    single = ints.astype(np.float32)
    assert_array(matmul_blocked(single, single.T, block=2), ints @ ints.T, dtype=np.float32)
    assert_array(matmul_blocked([[1, 2]], ((0.5,), (1.5,)), block=1), [[3.5]], dtype=np.float64)
    small = ints.astype(np.int32)
    assert_array(matmul_blocked(small, small.T, block=2), ints @ ints.T, dtype=np.int32)
    large = np.array([[2**53 + 1, 2]])
    exact = matmul_blocked(large, [[1], [3]], block=1).tolist()
    assert_equal(exact, [[2**53 + 7]], what="large integers")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError for arrays that are not 2-D or do not fit, and for `block` below 1 "
    "(with its name in the message).",
)
def test_errors(matmul_blocked):
    for a, b in (((2, 3), (2, 3)), ((2, 1), (3, 2)), ((3,), (3, 2)), ((2, 3), (3,))):
        assert_raises(ValueError, matmul_blocked, np.ones(a), np.ones(b), block=2)
    for a, b in (
        ((2, 3, 3), (3, 2)),
        ((2, 3), (3, 3, 2)),
        ((2, 2, 3), (2, 3, 2)),
    ):  # `@` takes them
        assert_raises(ValueError, matmul_blocked, np.ones(a), np.ones(b), block=2)
    for block in (0, -3):
        assert_raises(
            ValueError, matmul_blocked, np.eye(4), np.eye(4), block=block, mentions="block"
        )


@test_case(
    name="it works on tiles",
    points=1,
    hidden=True,
    failure_message="The multiplications should come tile by tile: all that belong to one product "
    "of small tiles, then the next. Does `block` change anything but the result's "
    "shape?",
)
def test_tiles(student):
    def probe(matmul_blocked, side, block):
        import numpy as np

        trace = []

        class Entry:
            def __init__(self, row, column):
                self.row, self.column = row, column

            def __mul__(self, other):
                trace.append((self.row, self.column, other.column))
                return 1

        entries = [[Entry(i, j) for j in range(side)] for i in range(side)]
        a, b = np.array(entries, dtype=object), np.array(entries, dtype=object)
        c = matmul_blocked(a, b, block=block)
        return trace, [[int(x) for x in row] for row in c]

    side, block = 6, 2
    trace, c = student(probe, side=side, block=block)
    assert_equal(c, [[side] * side] * side)
    assert_equal(len(trace), side**3, what="number of multiplications")
    tiles = np.array(trace) // block  # which tile each of i, l, j is in, in the order of time
    # Three loops over tiles, or two: both are blocked.
    runs = [(block**3, [0, 1, 2])] + [(block**2 * side, t) for t in ([0, 1], [0, 2], [1, 2])]
    blocked = any(_in_runs(tiles[:, axes], length) for length, axes in runs)
    expect(blocked, "the multiplications do not come tile by tile")


def _in_runs(tiles, length):
    """Do the rows come in runs of `length` equal ones?"""
    runs = tiles.reshape(-1, length, tiles.shape[1])
    return bool((runs == runs[:, :1]).all())


@test_case(
    name="speed at block 128",
    points=1,
    hidden=True,
    failure_message="At block 128 the time should be near that of `@`. Are the tiles multiplied by "
    "`@`, with nothing else in the inner loop?",
)
def test_speed(student):
    def stage(matmul_blocked, a, b, weights):
        return lambda: float((matmul_blocked(a, b, block=128) * weights).sum())

    rng = np.random.default_rng(35)

    def fresh():
        n, k, p = rng.integers(400, 450, size=3)
        a, b, weights = (rng.standard_normal(shape) for shape in ((n, k), (k, p), (n, p)))
        return student(stage, a=a, b=b, weights=weights), a, b, weights

    # The reference takes 1.2 times as long as `@`, many tiles in one call of `@` 4 times, tiles
    # without `@` 30 times.
    assert_speed(
        lambda run, a, b, weights: run(),
        lambda run, a, b, weights: float(((a @ b) * weights).sum()),
        at_most=8,
        rounds=4,
        fresh=fresh,
        same=partial(assert_close, rtol=1e-6, atol=1e-6, what="weighted sum of the product"),
    )


@test_case(
    name="any layout in memory, and a second call",
    points=0.5,
    hidden=True,
    failure_message="Columns first, every second row, or an array that cannot be written to: only "
    "the entries count, and nothing may be written into them. The result of one call has to stay "
    "as it is when the function is called again.",
)
def test_layouts(student):
    def probe(matmul_blocked, a, b):
        import numpy as np

        spread = np.zeros((2 * a.shape[0], a.shape[1]))
        spread[::2] = a
        kinds = [np.asfortranarray(a), spread[::2], a.copy()]
        for kind in kinds:
            kind.flags.writeable = False
        b = np.asfortranarray(b)
        b.flags.writeable = False
        first = [matmul_blocked(kind, b, 3) for kind in kinds]
        matmul_blocked(-kinds[0], b, 3)
        return first

    rng = np.random.default_rng(34)
    for n, k, p in ((4, 6, 3), (4, 4, 4)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((k, p))
        for c in student(probe, a=a, b=b):
            assert_array(c, a @ b)
