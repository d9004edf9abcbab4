"""Centre and spread, on fresh tables and at the edges."""

from functools import partial

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, assert_speed, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 4


@test_case(
    name="fresh tables",
    points=1,
    hidden=True,
    failure_message="Subtract from each column its own mean and divide by n - 1. What is passed in "
    "must stay as it was, and shares no memory with what comes out. How it lies in memory makes "
    "no difference.",
)
def test_fresh(student, covariance):
    def probe(center, covariance, x):
        import numpy as np

        before = x.copy()
        spread = np.zeros((2 * len(x), x.shape[1]))
        spread[::2] = x
        columns_first, every_second = np.asfortranarray(x), spread[::2]
        for table in (columns_first, every_second):
            table.flags.writeable = False
        xc, mean = center(columns_first)
        c = covariance(every_second)
        even = np.array([[1.0, -1.0], [-1.0, 1.0]])  # nothing to subtract
        center(even)[0][:] = 7.0
        unchanged = bool((x == before).all() and (abs(even) == 1).all())
        center(x), covariance(x)
        return xc, mean, c, unchanged and bool((x == before).all())

    rng = np.random.default_rng(11)
    for n, d in ((2, 3), (7, 7), (40, 4)):
        x = rng.standard_normal((n, d)) * rng.uniform(0.1, 5, d) + rng.uniform(-9, 9, d)
        xc, mean, c, unchanged = student(probe, x=x)
        assert_array(mean, x.mean(axis=0), what="mean")
        assert_array(xc, x - x.mean(axis=0), what="xc")
        assert_array(c, np.cov(x, rowvar=False), what="covariance")
        if not unchanged:
            assert_array([0], [1], what="input after the call, minus input before")
    x = rng.standard_normal((5003, 2))  # long enough to be cut into blocks
    assert_array(covariance(x), np.cov(x, rowvar=False), what="covariance of a long table")


@test_case(
    name="one column; integers; a list",
    points=1,
    hidden=True,
    failure_message="A table with one column has a covariance matrix of shape (1, 1). Integers, "
    "single precision and lists of lists are tables too; all results are float64.",
)
def test_kinds(center, covariance):
    assert_array(covariance([[1], [2], [6]]), [[7.0]])
    x = np.array([[1, 4], [2, 6], [4, 3]], dtype=np.int32)
    assert_array(covariance(x), np.cov(x, rowvar=False), dtype=np.float64)
    single = np.array([[0.1, 0.7], [0.2, 0.4], [0.7, 0.1]], dtype=np.float32)
    want = np.cov(single.astype(float), rowvar=False)
    assert_array(covariance(single), want, dtype=np.float64)
    for table in (single, ((0, 3), (2, 1)), [[1, -1], [-1, 1]]):
        xc, mean = center(table)
        table = np.asarray(table, dtype=float)
        assert_array(mean, table.mean(axis=0), dtype=np.float64, what="mean")
        assert_array(xc, table - table.mean(axis=0), dtype=np.float64, what="xc")


@test_case(
    name="a mean much larger than the spread",
    points=1,
    hidden=True,
    failure_message="Centre first, then multiply. The difference of two huge sums has no digits "
    "left.",
)
def test_offset(covariance):
    x = np.random.default_rng(12).integers(-50, 50, (60, 3)).astype(float)
    # x + 1e8 is exact, so the answer is that of x; what is lost by centring is about 1e-8 of it.
    assert_array(covariance(x + 1e8), np.cov(x, rowvar=False), rtol=1e-6, atol=1e-4)


@test_case(
    name="no loop over entries; bad arguments",
    points=1,
    hidden=True,
    failure_message="One matrix product makes all entries at once. ValueError for tables that are "
    "not 2-D or have fewer than two rows.",
)
def test_speed_and_errors(student, center, covariance):
    for function in (center, covariance):
        for bad in (np.ones(4), np.ones((1, 4)), np.ones((2, 2, 2)), np.ones((0, 3))):
            assert_raises(ValueError, function, bad)

    def stage(covariance, tables, weights):
        return lambda: sum(float((covariance(x) * w).sum()) for x, w in zip(tables, weights))

    rng = np.random.default_rng(14)

    def fresh():
        tables = [rng.standard_normal((int(n), 400)) for n in rng.integers(150, 180, size=2)]
        weights = rng.standard_normal((2, 400, 400))
        return student(stage, tables=tables, weights=weights), tables, weights

    def reference(run, tables, weights):
        centred = [x - x.mean(axis=0) for x in tables]
        products = zip(centred, weights, strict=True)
        return sum(float((x.T @ x * (w / (len(x) - 1))).sum()) for x, w in products)

    assert_speed(
        lambda run, tables, weights: run(),
        reference,
        # reference 1, by way of the SVD 9, row after row of the result 23; entry after entry: 121
        # (each pair once, by dot) to 363
        at_most=55,
        rounds=4,
        fresh=fresh,
        same=partial(assert_close, rtol=1e-6, atol=1e-6, what="weighted sum of the covariances"),
    )
