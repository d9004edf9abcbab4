"""What one tells of the other: fresh tables, large counts, empty rows."""

import math

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q3 (hidden)"
points = 7


def expected(table):
    """(H(Y | X), I(X; Y), pmi) of a table of counts, entry by entry."""
    total = float(np.sum(table, dtype=np.float64))
    rows = [float(np.sum(row, dtype=np.float64)) / total for row in table]
    columns = [float(np.sum(column, dtype=np.float64)) / total for column in np.transpose(table)]
    pairs = np.zeros(np.shape(table))
    conditional, mutual = [], []
    for i, j in np.ndindex(*pairs.shape):
        p = float(table[i][j]) / total
        if p > 0:
            pairs[i, j] = math.log2(p / rows[i] / columns[j])
            conditional.append(-p * math.log2(p / rows[i]))
            mutual.append(p * pairs[i, j])
        elif rows[i] > 0 and columns[j] > 0:
            pairs[i, j] = -math.inf
    return math.fsum(conditional), math.fsum(mutual), pairs


@test_case(
    name="fresh tables",
    points=2,
    hidden=True,
    failure_message="H(Y | X) is about the column when the row is known. What is passed in stays "
    "as it was.",
)
def test_fresh(conditional_entropy, mutual_information, student):
    def columns(conditional_entropy, mutual_information, pmi, table):
        import numpy as np

        table = np.asfortranarray(table)
        return conditional_entropy(table), mutual_information(table), pmi(table)

    rng = np.random.default_rng(31)
    for shape in ((2, 5), (6, 3), (1, 4), (4, 1)):
        for table in (rng.integers(0, 9, shape) + np.eye(*shape), rng.random(shape)):
            before = table.copy()
            conditional, mutual, _ = expected(table)
            assert_close(conditional_entropy(table), conditional, rtol=1e-8)
            assert_close(mutual_information(table), mutual, rtol=1e-8, atol=1e-12)
            assert_array(table, before, what="table after the call")
            got = student(columns, table=table)
            for mine, right in zip(got, expected(table), strict=True):
                assert_array(np.asarray(mine), right, rtol=1e-8, what="of what lies in columns")


@test_case(
    name="pmi of fresh tables",
    points=1.5,
    hidden=True,
    failure_message="-inf only where the pair was never seen and both of its halves were; 0 in "
    "empty rows and columns; never NaN.",
)
def test_pmi(pmi):
    rng = np.random.default_rng(32)
    table = rng.integers(0, 3, (7, 6))
    table[2], table[:, 4], table[0, 0] = 0, 0, 2
    before = table.copy()
    assert_array(pmi(table), expected(table)[2], rtol=1e-9)
    assert_array(table, before, what="table after the call")
    assert_array(pmi([[0, 0, 0], [0, 5, 0]]), np.zeros((2, 3)), what="pmi of a single pair")
    small = np.array([[1, 3], [2, 2]], dtype=np.float32)
    assert_array(pmi(small), expected(small)[2], dtype=np.float64, what="pmi of float32")


@test_case(
    name="large counts, small numbers",
    points=1,
    hidden=True,
    failure_message="A product of two counts may be too large for an integer, that of two "
    "probabilities too small for a float.",
)
def test_sizes(conditional_entropy, mutual_information, pmi):
    table = np.array([[4_000_000_000, 1_000_000_000], [3, 5_000_000_000]])
    for scaled in (table, table * 200_000, table * 1e-250):
        conditional, mutual, pairs = expected(scaled)
        assert_close(conditional_entropy(scaled), conditional, rtol=1e-8)
        assert_close(mutual_information(scaled), mutual, rtol=1e-8)
        assert_array(pmi(scaled), pairs, rtol=1e-8)
    rare = [[1e-300, 0.0], [0.0, 1.0]]  # p(x) p(y) = 1e-600
    assert_array(pmi(rare), [[-math.log2(1e-300), -np.inf], [-np.inf, 0.0]], atol=1e-9)
    assert_close(mutual_information(rare), 0.0)


@test_case(
    name="never below 0",
    points=1,
    hidden=True,
    failure_message="Tables in which nothing tells anything, or everything: rounding must not "
    "leave something negative.",
)
def test_sign(conditional_entropy, mutual_information):
    rng = np.random.default_rng(33)
    for _ in range(60):
        table = np.outer(rng.random(9), rng.random(7))
        got = mutual_information(table)
        assert_close(got, 0.0)
        expect(bool(got >= 0), "the mutual information is below 0 by rounding")
        got = conditional_entropy(np.diag(rng.random(5)))
        assert_close(got, 0.0)
        expect(bool(got >= 0), "the conditional entropy is below 0 by rounding")


@test_case(
    name="what is no table",
    points=1.5,
    hidden=True,
    failure_message="ValueError for one or three axes, for entries that are negative or not "
    "finite, and if there is nothing to count.",
)
def test_errors(conditional_entropy, mutual_information, pmi):
    bad = ([0.5, 0.5], [[[1.0]]], [[2.0, -0.5]], [[np.nan, 1.0]], [[np.inf, 1.0]], [[0.0], [0.0]])
    bad += (np.zeros((0, 3)),)
    for function in (conditional_entropy, mutual_information, pmi):
        for table in bad:
            assert_raises(ValueError, function, table, mentions="table")
