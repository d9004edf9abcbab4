"""Compressed sparse rows."""

import numpy as np

from autograder.checks import assert_array, assert_equal, expect, test_case

OK_FORMAT = False
name = "q5"
points = 12
hints = [
    "`np.nonzero(a)` gives rows and columns in just the order in which CSR stores them. `indptr` "
    "is the running total of how many entries each row has.",
    "The row of each stored entry is `np.repeat(np.arange(n), np.diff(indptr))`. With it, "
    "transposing is a sort by column, and a sum by row can be tested entry by entry.",
    "matvec: `np.add.reduceat(products, indptr[filled])`, with `filled` the rows that have "
    "entries, put into an array of zeros. matmul: for each row i add up `data[s:e, None] * "
    "b[indices[s:e]]`.",
]


@test_case(
    name="from_dense: the three arrays",
    points=2,
    failure_message="Compare with the handout's example. An empty row repeats a number in indptr.",
)
def test_from_dense(student):
    def probe(CSRMatrix, a):
        m = CSRMatrix.from_dense(a)
        return m.data, m.indices, m.indptr, m.shape

    a = np.array([[0.0, 5.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0], [7.0, 0.0, 0.0, 0.0]])
    data, indices, indptr, shape = student(probe, a=a)
    assert_array(data, [5.0, 2.0, 7.0], what="data")
    assert_array(indices, [1, 3, 0], what="indices")
    assert_array(indptr, [0, 2, 2, 3], what="indptr")
    assert_equal(shape, (3, 4), what="shape")


@test_case(
    name="to_dense: there and back",
    points=1,
    failure_message="from_dense(a).to_dense() is a again.",
)
def test_round_trip(student):
    def probe(CSRMatrix, a):
        return CSRMatrix.from_dense(a).to_dense()

    a = np.array([[1.5, 0.0, -2.0], [0.0, 0.0, 3.0]])
    assert_array(student(probe, a=a), a)


@test_case(
    name="nnz, and a zero that was never stored",
    points=1,
    failure_message="nnz is a property (no parentheses) and counts what is stored: no zeros.",
)
def test_nnz(student):
    def probe(CSRMatrix, a):
        m = CSRMatrix.from_dense(a)
        return m.nnz, m.data

    nnz, data = student(probe, a=np.array([[0.0, 4.0], [-0.0, 0.0], [1.0, 0.0]]))
    assert_equal(nnz, 2, what="nnz")
    assert_array(data, [4.0, 1.0], what="data")


@test_case(
    name="matvec, with an empty row",
    points=2,
    failure_message="Row by row: 5·10 + 2·1000, then nothing, then 7·1. An empty row gives 0.",
)
def test_matvec(student):
    def probe(CSRMatrix, data, indices, indptr, x):
        return CSRMatrix(data, indices, indptr, (3, 4)).matvec(x)

    data, x = np.array([5.0, 2.0, 7.0]), np.array([1.0, 10.0, 100.0, 1000.0])
    indices, indptr = np.array([1, 3, 0]), np.array([0, 2, 2, 3])
    y = student(probe, data=data, indices=indices, indptr=indptr, x=x)
    assert_array(y, [2050.0, 0.0, 7.0])


@test_case(
    name="matmul with a dense matrix",
    points=2,
    failure_message="Column j of the result is the product with column j of b.",
)
def test_matmul(student):
    def probe(CSRMatrix, data, indices, indptr, b):
        return CSRMatrix(data, indices, indptr, (3, 4)).matmul(b)

    data, b = np.array([5.0, 2.0, 7.0]), np.arange(8.0).reshape(4, 2)
    indices, indptr = np.array([1, 3, 0]), np.array([0, 2, 2, 3])
    c = student(probe, data=data, indices=indices, indptr=indptr, b=b)
    assert_array(c, [[22.0, 29.0], [0.0, 0.0], [0.0, 7.0]])


@test_case(
    name="transpose",
    points=1,
    failure_message="The same entries, sorted by column and within a column by row.",
)
def test_transpose(student):
    def probe(CSRMatrix, data, indices, indptr):
        t = CSRMatrix(data, indices, indptr, (3, 4)).transpose()
        return t.data, t.indices, t.indptr, t.shape

    given = {
        "data": np.array([5.0, 2.0, 7.0]),
        "indices": np.array([1, 3, 0]),
        "indptr": np.array([0, 2, 2, 3]),
    }
    data, indices, indptr, shape = student(probe, **given)
    assert_equal(shape, (4, 3), what="shape of the transpose")
    assert_array(data, [7.0, 5.0, 2.0], what="data of the transpose")
    assert_array(indices, [2, 0, 0], what="indices of the transpose")
    assert_array(indptr, [0, 1, 2, 2, 3], what="indptr of the transpose")


@test_case(
    name="integers stay integers",
    points=1,
    failure_message="Sparse integers times integers are integers; times floats they are floats.",
)
def test_integers(student):
    def probe(CSRMatrix, a, x, b):
        m = CSRMatrix.from_dense(a)
        return m.data, m.matvec(x), m.matmul(b)

    a = np.array([[0, 3], [2, 0]])
    data, y, c = student(probe, a=a, x=np.array([1, 10]), b=np.array([[0.5], [1.0]]))
    assert_array(data, [3, 2], dtype=np.int64, what="data")
    assert_array(y, [30, 2], dtype=np.int64, what="matvec")
    assert_array(c, [[3.0], [1.0]], dtype=np.float64, what="matmul")


@test_case(
    name="nothing but zeros",
    points=1,
    failure_message="Without any entry there is nothing to add up: zeros of the right shape.",
)
def test_nothing(student):
    def probe(CSRMatrix, n, m):
        import numpy as np

        empty = CSRMatrix.from_dense(np.zeros((n, m)))
        return empty.nnz, empty.matvec(np.ones(m)), empty.to_dense()

    nnz, y, dense = student(probe, n=2, m=3)
    assert_equal(nnz, 0, what="nnz")
    assert_array(y, [0.0, 0.0], what="matvec")
    assert_array(dense, np.zeros((2, 3)), what="to_dense")


@test_case(
    name="an operand that is too long",
    points=1,
    failure_message="NumPy does not notice an x that is too long: compare its shape yourself.",
)
def test_too_long(student):
    def probe(CSRMatrix, length):
        m = CSRMatrix.from_dense([[1.0, 0.0], [0.0, 2.0]])
        try:
            m.matvec([1.0] * length)
        except ValueError:
            return True
        return False

    expect(student(probe, length=3), "matvec with an x that is too long should raise ValueError")
