"""The Laplacian."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q2"
points = 6
hints = [
    "`w.sum(axis=1)` gives the degrees, for dense and sparse alike. Start with dense arrays: "
    "`left[:, None] * w * right` scales rows and columns.",
    "For hermits: `np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)` is 1/d "
    "where there is a d, else 0; the diagonal is 1 only where degree > 0.",
    "Sparse: `scipy.sparse.diags_array(left) @ w @ scipy.sparse.diags_array(right)`, subtracted "
    "from `diags_array(diagonal)`, and `scipy.sparse.csr_array(...)` around it.",
]

CHAIN = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
R = -np.sqrt(0.5)


@test_case(
    name="the chain, unnormalized",
    points=1,
    failure_message="Degrees on the diagonal, minus the weights.",
)
def test_unnormalized(laplacian):
    assert_array(laplacian(CHAIN, "unnormalized"), [[1, -1, 0], [-1, 2, -1], [0, -1, 1]])


@test_case(
    name="the chain, symmetric",
    points=1,
    failure_message="Each weight is divided by √(dᵢ·dⱼ), so off the diagonal stands -1/√2.",
)
def test_symmetric(laplacian):
    assert_array(laplacian(CHAIN, "symmetric"), [[1, R, 0], [R, 1, R], [0, R, 1]])


@test_case(
    name="the chain, random walk",
    points=1,
    failure_message="Row i is divided by its own degree: the rows sum to 0. Columns are not "
    "scaled.",
)
def test_random_walk(laplacian):
    assert_array(laplacian(CHAIN, "random-walk"), [[1, -1, 0], [-0.5, 1, -0.5], [0, -1, 1]])


@test_case(
    name="sparse in, sparse out, and a hermit",
    points=1,
    failure_message="A vertex without edges has a row of zeros, the diagonal included; the "
    "result of a sparse graph is a SciPy CSR array.",
)
def test_sparse(student):
    def probe(laplacian, w, kind):
        import scipy.sparse as sp

        result = laplacian(sp.csr_array(w), kind)
        return getattr(result, "format", type(result).__name__), result.toarray()

    w = np.zeros((4, 4))
    w[np.ix_([0, 1, 3], [0, 1, 3])] = CHAIN
    kind, matrix = student(probe, w=w, kind="symmetric")
    assert_equal(kind, "csr", what="format of the result")
    assert_array(matrix, [[1, R, 0, 0], [R, 1, 0, R], [0, 0, 0, 0], [0, R, 0, 1]])


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="Raise ValueError yourself, with a message that names the argument.",
)
def test_errors(laplacian):
    assert_raises(ValueError, laplacian, CHAIN, "normal", mentions="kind")
    assert_raises(ValueError, laplacian, CHAIN[:2], "symmetric", mentions="w")


@test_case(
    name="pieces, and a list of lists",
    points=1,
    failure_message="Two pieces and a hermit: three eigenvalues 0, whatever the kind. w may be a "
    "list of lists of integers.",
)
def test_pieces(laplacian):
    w = [[0, 2, 0, 0, 0], [2, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0]]
    for kind in ("unnormalized", "symmetric", "random-walk"):
        matrix = laplacian(w, kind)
        assert_array(matrix, matrix, dtype=np.float64, what=kind)
        zeros = int((np.abs(np.linalg.eigvals(matrix)) < 1e-9).sum())
        assert_equal(zeros, 3, what=f"number of eigenvalues 0 ({kind})")
