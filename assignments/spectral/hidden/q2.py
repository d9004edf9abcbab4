"""The Laplacian, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 5

KINDS = ("unnormalized", "symmetric", "random-walk")


def weights(n, share, seed, hermits=()):
    rng = np.random.default_rng(seed)
    w = np.triu(rng.random((n, n)) * (rng.random((n, n)) < share), 1)
    w = w + w.T
    w[list(hermits)] = 0.0
    w[:, list(hermits)] = 0.0
    return w


def wanted(w, kind):
    degree = w.sum(axis=1)
    result = np.zeros_like(w)
    for i in range(len(w)):
        for j in range(len(w)):
            if degree[i] > 0 and degree[j] > 0:
                scale = {
                    "unnormalized": 1.0,
                    "symmetric": 1 / np.sqrt(degree[i] * degree[j]),
                    "random-walk": 1 / degree[i],
                }[kind]
                result[i, j] = ((i == j) * degree[i] - w[i, j]) * scale
    return result


def probe_sparse(laplacian, w, kind, form):
    import numpy as np
    import scipy.sparse as sp

    make = {
        "csr": sp.csr_array,
        "csc": sp.csc_array,
        "matrix": sp.csr_matrix,
        "coo": lambda w: sp.coo_array(
            (np.repeat(w[w != 0] / 2, 2), tuple(np.repeat(i, 2) for i in np.nonzero(w))), w.shape
        ),
    }[form]
    given = make(w)
    before = given.toarray()
    result = laplacian(given, kind)
    sparse = sp.issparse(result)
    back = np.asarray(result.toarray()) if sparse else None
    unchanged = bool(np.array_equal(given.toarray(), before))
    return sparse, getattr(result, "format", ""), str(result.dtype), back, unchanged


@test_case(
    name="dense graphs, three kinds",
    points=1,
    hidden=True,
    failure_message="D - W; I - D^-½ W D^-½; I - D^-1 W, which is not symmetric. Weights need "
    "not be 1. Integer weights give float results. w stays as it is.",
)
def test_dense(laplacian):
    for n, share, seed in ((6, 0.8, 1), (15, 0.3, 2), (2, 1.0, 3)):
        w = weights(n, share, seed, hermits=(3,) if n > 10 else ())
        before = w.copy()
        for kind in KINDS:
            assert_array(laplacian(w, kind), wanted(w, kind), dtype=np.float64, what=kind)
        assert_array(w, before, what="input w after the call")
    tiny = 1e-14 * weights(6, 0.8, 1)  # small is not 0
    for kind in KINDS:
        got = laplacian(tiny, kind)
        assert_array(got, wanted(tiny, kind), atol=1e-26, what=f"{kind} of tiny weights")
    counts = np.array([[0, 2, 0], [2, 0, 5], [0, 5, 0]])
    for kind in KINDS:
        assert_array(laplacian(counts, kind), wanted(counts * 1.0, kind), what=kind)
        got = laplacian(counts.tolist(), kind)
        assert_array(got, wanted(counts * 1.0, kind), dtype=np.float64, what=f"{kind} of a list")


@test_case(
    name="sparse graphs, three kinds",
    points=1,
    hidden=True,
    failure_message="A sparse graph in any format (CSR, CSC, COO with an entry in two parts, "
    "array or matrix) gives a sparse CSR result, float64, with the same numbers.",
)
def test_sparse(student):
    w = weights(12, 0.4, 4, hermits=(5,))
    for form in ("csr", "csc", "coo", "matrix"):
        for kind in KINDS:
            sparse, layout, dtype, back, unchanged = student(
                probe_sparse, w=w, kind=kind, form=form
            )
            expect(sparse, "the result is not a SciPy sparse array")
            assert_equal(layout, "csr", what="format of the result")
            assert_equal(dtype, "float64", what="dtype of the result")
            assert_array(back, wanted(w, kind), what=kind)
            expect(unchanged, "w was modified")


@test_case(
    name="hermits",
    points=1,
    hidden=True,
    failure_message="A vertex of degree 0 has zeros in its row, its column and on the diagonal: "
    "no 1, no NaN, no warning about a division by zero. A graph may have hermits only.",
)
def test_hermits(laplacian, student):
    for w in (weights(8, 0.6, 5, hermits=(0, 4, 7)), np.zeros((3, 3)), np.zeros((1, 1))):
        for kind in KINDS:
            assert_array(laplacian(w, kind), wanted(w, kind), what=kind)
            *_, back, _ = student(probe_sparse, w=w, kind=kind, form="csr")
            assert_array(back, wanted(w, kind), what=f"{kind}, sparse")


@test_case(
    name="as many eigenvalues 0 as pieces",
    points=1,
    hidden=True,
    failure_message="For each of the three kinds the eigenvalue 0 occurs once for every "
    "connected component, hermits included.",
)
def test_components(laplacian):
    sizes = (5, 3, 6, 1, 1)  # five pieces, two of them hermits
    w = np.zeros((16, 16))
    start = 0
    for size in sizes:
        w[start : start + size, start : start + size] = weights(size, 1.0, 10 + size)
        start += size
    shuffle = np.random.default_rng(6).permutation(16)
    w = w[np.ix_(shuffle, shuffle)]
    for kind in KINDS:
        values = np.linalg.eigvals(laplacian(w, kind)).real
        assert_equal(int((np.abs(values) < 1e-9).sum()), len(sizes), what=f"zeros of {kind}")
        expect(values.min() > -1e-9, f"{kind} has a negative eigenvalue")


@test_case(
    name="no dense array for a sparse graph",
    points=0.5,
    hidden=True,
    failure_message="The memory needed should grow with the number of edges, not with n².",
)
def test_memory(student):
    def probe(laplacian, n, kind):
        import tracemalloc

        import numpy as np
        import scipy.sparse as sp

        w = sp.csr_array(sp.diags_array([np.ones(n - 1)] * 2, offsets=[-1, 1]))
        tracemalloc.start()
        result = laplacian(w, kind)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak, result.shape, float(result.diagonal().sum())

    n = 4000  # dense: 128 MB; one byte per entry: 16 MB; the reference: 1 MB
    for kind in KINDS:
        peak, shape, trace = student(probe, n=n, kind=kind)
        assert_equal(shape, (n, n), what="shape")
        assert_array(trace, 2.0 * (n - 1) if kind == "unnormalized" else n, what="trace")
        expect(peak < 12e6, f"{kind}: the peak was {peak / 1e6:.0f} MB")


@test_case(
    name="arguments that cannot be used",
    points=0.5,
    hidden=True,
    failure_message="ValueError with the argument's name: w that is not square or has a negative "
    "weight, dense or sparse; a kind that is none of the three.",
)
def test_errors(student, laplacian):
    def probe(laplacian, w):
        import scipy.sparse as sp

        try:
            laplacian(sp.csr_array(w), "symmetric")
        except ValueError as error:
            return str(error)
        return None

    negative = np.array([[0.0, -1.0], [-1.0, 0.0]])
    # One row or one column: NumPy would stretch it.
    for bad in (np.zeros((2, 3)), np.ones((1, 3)), np.ones((3, 1)), negative):
        assert_raises(ValueError, laplacian, bad, "unnormalized", mentions="w")
        message = student(probe, w=bad)
        expect(message is not None and "w" in message, "no ValueError for a sparse w")
    for bad in (np.zeros(3), np.ones((2, 2, 2))):
        assert_raises(ValueError, laplacian, bad, "symmetric", mentions="w")
    for kind in ("normalised", "", "rw"):
        assert_raises(ValueError, laplacian, np.zeros((2, 2)), kind, mentions="kind")
