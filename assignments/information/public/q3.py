"""What one tells of the other."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q3"
points = 7
hints = [
    "Divide the table by its sum, as floats. p(x) = p.sum(axis=1, keepdims=True), of shape "
    "(rows, 1), and p(y) = p.sum(axis=0, keepdims=True): they broadcast against the table.",
    "All three are made of log2 p(x, y) and of logarithms of the sums. Where p(x, y) is 0, a term "
    "of a sum is 0.",
    "pmi: `np.where` three times over: the logarithm where the pair was seen, -inf where row and "
    "column were seen and the pair was not, 0 where a row or column is empty.",
]

TABLE = [[2, 0], [1, 1]]


@test_case(
    name="conditional entropy by hand",
    points=1,
    failure_message="The row is known, the column is asked for: 0 bits in the first row, 1 in the "
    "second. The other way round it is 0.6887.",
)
def test_conditional(conditional_entropy):
    assert_close(conditional_entropy(TABLE), 0.5)
    assert_close(conditional_entropy([[2, 1], [0, 1]]), 0.6887218755408672)


@test_case(
    name="mutual information by hand",
    points=1,
    failure_message="H(Y) − H(Y | X) = 0.8113 − 0.5, and the same for the transposed table.",
)
def test_mutual(mutual_information):
    assert_close(mutual_information(TABLE), 0.31127812445913283)
    assert_close(mutual_information([[2, 1], [0, 1]]), 0.31127812445913283)


@test_case(
    name="pmi by hand",
    points=1,
    failure_message="A pair that was never seen, of two that were: -inf.",
)
def test_pmi(pmi):
    want = [[0.4150374992788438, -np.inf], [-0.5849625007211562, 1.0]]
    assert_array(pmi(TABLE), want)


@test_case(
    name="all or nothing",
    points=1,
    failure_message="Rows that are all alike tell nothing of the column; with one entry per row "
    "the column is known, and all of its entropy has been told.",
)
def test_extremes(conditional_entropy, mutual_information):
    alike = np.array([[1, 2, 1], [2, 4, 2]])
    assert_close(mutual_information(alike), 0.0)
    assert_close(conditional_entropy(alike), 1.5)
    sure = np.diag([0.5, 0.25, 0.25])
    assert_close(mutual_information(sure), 1.5)
    assert_close(conditional_entropy(sure), 0.0)


@test_case(
    name="rows and columns that are empty",
    points=1,
    failure_message="They change nothing, and have pmi 0.",
)
def test_empty(conditional_entropy, mutual_information, pmi):
    table = [[2, 0, 0], [0, 0, 0], [1, 0, 1]]
    assert_close(conditional_entropy(table), 0.5)
    assert_close(mutual_information(table), 0.31127812445913283)
    want = [[0.4150374992788438, 0, -np.inf], [0, 0, 0], [-0.5849625007211562, 0, 1.0]]
    assert_array(pmi(table), want)


@test_case(
    name="counts or probabilities",
    points=1,
    failure_message="Only proportions count. Rows and columns need not be equally many.",
)
def test_scale(conditional_entropy, mutual_information, pmi):
    counts = np.array([[4, 0, 4], [2, 6, 0]])
    for table in (counts, counts / 16, counts * 1000):
        assert_close(conditional_entropy(table), 0.9056390622295665)
        assert_close(mutual_information(table), 0.6556390622295665)
        expect(pmi(table).shape == (2, 3), "pmi has the shape of the table")


@test_case(
    name="what is no table",
    points=1,
    failure_message="ValueError unless the table has two axes, entries of at least 0, and a sum "
    "above 0.",
)
def test_errors(conditional_entropy, mutual_information, pmi):
    for function in (conditional_entropy, mutual_information, pmi):
        for bad in ([1.0, 2.0], [[1.0, -1.0], [2.0, 1.0]], [[0.0, 0.0], [0.0, 0.0]]):
            assert_raises(ValueError, function, bad, mentions="table")
