"""Panels of rows on a pool of threads, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q6 (hidden)"
points = 5


@test_case(
    name="any number of workers",
    points=1,
    hidden=True,
    failure_message="Try every number of workers from 1 to beyond the number of rows. Each row is "
    "there, once. The inputs must stay as they are.",
)
def test_workers(matmul_parallel):
    rng = np.random.default_rng(61)
    a, b = rng.standard_normal((11, 5)), rng.standard_normal((3, 5)).T
    before = a.copy(), b.copy()
    for workers in (1, 2, 3, 4, 6, 7, 10, 11, 12, 25):
        assert_array(matmul_parallel(a, b, workers), a @ b)
    assert_array(a, before[0], what="input a after the call")
    assert_array(b, before[1], what="input b after the call")
    assert_array(matmul_parallel(a[:1], b, workers=4), a[:1] @ b)


@test_case(
    name="a panel that takes longer",
    points=1,
    hidden=True,
    failure_message="Workers finish in any order. The panels have to be put together in theirs.",
)
def test_order(student):
    def probe(matmul_parallel, n, workers):
        import time

        import numpy as np

        class Slow:
            def __mul__(self, other):
                time.sleep(0.015)
                return 0 * other

        a = np.array([[i] for i in range(n)], dtype=object)
        a[0, 0] = Slow()
        c = matmul_parallel(a, np.ones((1, 2), dtype=int), workers=workers)
        return [[int(x) for x in row] for row in c]

    assert_equal(student(probe, n=7, workers=3), [[i, i] for i in range(7)])


@test_case(
    name="as many threads at the same time as there are workers",
    points=1,
    hidden=True,
    failure_message="With two workers two threads should be at work at once, with three workers "
    "three. Does the first finish before the second is given its panel?",
)
def test_threads(student):
    def probe(matmul_parallel, n, workers):
        import threading
        import time

        import numpy as np

        threads, met, alone = set(), threading.Event(), []

        class Meeting:
            """Waits, once, for the other threads that multiply too."""

            def __mul__(self, other):
                threads.add(threading.get_ident())
                time.sleep(0.004)  # so that no thread is done before the last panel is given out
                if len(threads) >= workers:
                    met.set()
                elif not met.wait(timeout=4.0):
                    alone.append(True)
                    met.set()
                return other

        a = np.array([[Meeting()] for _ in range(n)], dtype=object)
        c = matmul_parallel(a, np.arange(3).reshape(1, 3), workers=workers)
        return len(alone), len(threads), [[int(x) for x in row] for row in c]

    for workers in (2, 3):
        alone, used, c = student(probe, n=6, workers=workers)
        assert_equal(c, [[0, 1, 2]] * 6)
        expect(alone == 0, "one thread waited in vain for another to begin")
        expect(used <= workers, f"{used} threads multiplied for {workers} workers")


@test_case(
    name="a side of 0, and the dtype of both factors",
    points=0.5,
    hidden=True,
    failure_message="No rows, no columns or no inner side; integers, single precision, complex "
    "numbers; lists and tuples too. Integers beyond 2**53 are exact.",
)
def test_edges(matmul_parallel):
    for n, k, p in ((0, 3, 2), (2, 3, 0), (3, 0, 2), (0, 0, 0)):
        a, b = np.ones((n, k)), np.ones((k, p))
        for workers in (1, 3):
            assert_array(matmul_parallel(a, b, workers), np.zeros((n, p)), dtype=np.float64)
    a, b = np.array([[3, -2], [0, 1], [5, 5]]), np.array([[1j], [0.5]])
    assert_array(matmul_parallel(a, a.T, 2), a @ a.T, dtype=np.int64)
    assert_array(matmul_parallel(a, b, 2), a @ b, dtype=np.complex128)
    single = a.astype(np.float32)
    assert_array(matmul_parallel(single, single.T, 2), a @ a.T, dtype=np.float32)
    assert_array(matmul_parallel([[1, 2]], ((0.5,), (1.5,)), 2), [[3.5]], dtype=np.float64)
    small = a.astype(np.int32)
    assert_array(matmul_parallel(small, small.T, 2), a @ a.T, dtype=np.int32)
    large = matmul_parallel([[2**53 + 1, 2]], [[1], [3]], 1)
    assert_equal(large.tolist(), [[2**53 + 7]], what="large integers")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError for arrays that are not 2-D or do not fit, and for `workers` below "
    "1 (with its name in the message).",
)
def test_errors(matmul_parallel):
    for a, b in (((2, 3), (2, 3)), ((2, 1), (3, 2)), ((3,), (3, 2)), ((2, 3), (3,))):
        assert_raises(ValueError, matmul_parallel, np.ones(a), np.ones(b), 2)
    for a, b in (
        ((2, 3, 3), (3, 2)),
        ((2, 3), (3, 3, 2)),
        ((2, 2, 3), (2, 3, 2)),
    ):  # `@` takes them
        assert_raises(ValueError, matmul_parallel, np.ones(a), np.ones(b), 2)
    for workers in (0, -2):
        assert_raises(
            ValueError, matmul_parallel, np.eye(3), np.eye(3), workers, mentions="workers"
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
    def probe(matmul_parallel, a, b):
        import numpy as np

        spread = np.zeros((2 * a.shape[0], a.shape[1]))
        spread[::2] = a
        kinds = [np.asfortranarray(a), spread[::2], a.copy()]
        for kind in kinds:
            kind.flags.writeable = False
        b = np.asfortranarray(b)
        b.flags.writeable = False
        first = [matmul_parallel(kind, b, 3) for kind in kinds]
        matmul_parallel(-kinds[0], b, 3)
        return first

    rng = np.random.default_rng(64)
    for n, k, p in ((4, 6, 3), (4, 4, 4)):
        a, b = rng.standard_normal((n, k)), rng.standard_normal((k, p))
        for c in student(probe, a=a, b=b):
            assert_array(c, a @ b)
