"""Centre and spread."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 4
hints = [
    "`x.mean(axis=0)` is the mean row. Subtracting it from x works row by row (broadcasting).",
    "With the centred table xc of shape (n, d), the matrix xc.T @ xc has shape (d, d).",
    "Turn the argument into an array first: `np.asarray(x, dtype=float)`. Then check `.ndim` and "
    "`len` and raise ValueError. The rest is two lines per function.",
]

HAND = [[9, 5], [1, 1], [4, 5], [6, 1]]


@test_case(
    name="the four points of the handout, centred",
    points=1,
    failure_message="Return the pair (xc, mean). The mean is one number per column.",
)
def test_center(student):
    def probe(center, x):
        xc, mean = center(x)
        return xc, mean

    xc, mean = student(probe, x=HAND)
    assert_array(mean, [5, 3], what="mean")
    assert_array(xc, [[4, 2], [-4, -2], [-1, 2], [1, -2]], what="xc")


@test_case(
    name="their covariance matrix",
    points=1,
    failure_message="Divide by n - 1 = 3, and compare with the handout.",
)
def test_covariance(covariance):
    assert_array(covariance(HAND), np.array([[34, 12], [12, 16]]) / 3)


@test_case(
    name="more columns than rows",
    points=1,
    failure_message="The covariance matrix has shape (d, d), whatever n is.",
)
def test_wide(covariance):
    x = np.random.default_rng(0).standard_normal((3, 5))
    assert_array(covariance(x), np.cov(x, rowvar=False))


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="Raise ValueError for a table that is not 2-D or has fewer than two rows.",
)
def test_errors(center, covariance):
    for function in (center, covariance):
        assert_raises(ValueError, function, [1.0, 2.0, 3.0])
        assert_raises(ValueError, function, [[1.0, 2.0, 3.0]])
