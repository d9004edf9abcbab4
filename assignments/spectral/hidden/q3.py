"""Lanczos, on fresh matrices and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q3 (hidden)"
points = 9


def probe(lanczos, matrix, k, seed, options):
    """`lanczos` on a matrix, or on a diagonal one given by its diagonal; and the products made."""
    import numpy as np

    calls = []

    def matvec(v):
        calls.append(None)
        assert v.shape == (len(matrix),), "matvec was given an array that is not of shape (n,)"
        return matrix * v if matrix.ndim == 1 else matrix @ v

    values, vectors = lanczos(matvec, len(matrix), k, np.random.default_rng(seed), **options)
    return values, vectors, len(calls)


def rotation(n, seed):
    return np.linalg.qr(np.random.default_rng(seed).standard_normal((n, n)))[0]


def with_spectrum(values, seed):
    q = rotation(len(values), seed)
    a = (q * values) @ q.T
    return (a + a.T) / 2


def check(student, matrix, k, wanted=None, seed=0, **options):
    """Values, orthonormal vectors and A V = V λ; returns the number of products."""
    full = np.diag(matrix) if matrix.ndim == 1 else matrix
    spectrum = np.sort(matrix) if matrix.ndim == 1 else np.linalg.eigvalsh(matrix)
    scale = max(np.abs(spectrum).max(), 1e-300)
    values, vectors, calls = student(probe, matrix=matrix, k=k, seed=seed, options=options)
    # A residual of 1e-10 · |A| is asked for; ten times that is granted.
    assert_array(values, spectrum[:k], rtol=0, atol=1e-9 * scale, what="eigenvalues")
    assert_array(vectors, np.zeros((len(full), k)), rtol=0, atol=1.001, what="eigenvectors")
    assert_array(vectors.T @ vectors, np.eye(k), rtol=0, atol=1e-9, what="V.T @ V")
    residual = full @ vectors - vectors * values
    zero = np.zeros_like(residual)
    assert_array(residual, zero, rtol=0, atol=1e-9 * scale, what="A V - V λ")
    return calls


@test_case(
    name="random matrices, against eigh",
    points=1,
    hidden=True,
    failure_message="The k smallest as real numbers, ascending, negative ones first; orthonormal "
    "columns; k may be 1 or n; n may be 1.",
)
def test_random(student):
    rng = np.random.default_rng(301)
    for n, k in ((1, 1), (2, 1), (5, 5), (40, 3), (120, 6), (25, 25)):
        a = rng.standard_normal((n, n))
        check(student, a + a.T, k, seed=n)
    a = rng.standard_normal((80, 80))
    check(student, a @ a.T + np.eye(80), 2)  # all positive
    check(student, -(a @ a.T), 2)  # all negative


@test_case(
    name="repeated eigenvalues",
    points=1,
    hidden=True,
    failure_message="An eigenvalue of multiplicity 3 occurs three times, with orthogonal vectors, "
    "also where k cuts through the copies. Lanczos from one vector shows each value once.",
)
def test_repeated(student):
    rest = np.linspace(2.0, 9.0, 70)
    check(student, with_spectrum(np.append([0.0, 0.0, 0.0], rest), 302), 3)
    check(student, with_spectrum(np.append([0.0, 0.0, 0.0, 1.0], rest), 303), 4)
    check(student, with_spectrum(np.append([-1.0, 0.5, 0.5, 0.5, 0.5], rest), 304), 3)
    check(student, with_spectrum(np.append([0.0, 1.0, 1.0, 1.5, 1.5], rest), 305), 5)


@test_case(
    name="few different eigenvalues",
    points=1,
    hidden=True,
    failure_message="The identity, the zero matrix, a projection: after a few steps β is 0 (or "
    "rounding), and nothing may be divided by it.",
)
def test_breakdown(student):
    for matrix in (np.ones(9), np.zeros(6), np.repeat([0.0, 1.0], [30, 50])):
        for k in (1, 4):
            check(student, matrix, k)
    check(student, with_spectrum(np.repeat([-2.0, 3.0], [4, 60]), 306), 6)
    ones = 40 * np.eye(40) - 1.0  # start vectors of ones are eigenvectors here
    check(student, ones, 3)


@test_case(
    name="two moons that do not touch",
    points=1,
    hidden=True,
    failure_message="The Laplacian of a graph of two pieces: the eigenvalue 0 twice, and its two "
    "vectors tell the pieces apart.",
)
def test_moons(student):
    rng = np.random.default_rng(307)
    t = np.sort(rng.random(180)) * np.pi
    side = np.repeat([0, 1], 90)
    x = np.where(side[:, None] == 0, np.stack([np.cos(t), np.sin(t)], 1),
                 np.stack([1 - np.cos(t), 0.5 - np.sin(t)], 1))  # fmt: skip
    squared = ((x[:, None] - x) ** 2).sum(axis=2)
    near = np.argsort(squared, axis=1, kind="stable")[:, 1:7]
    w = np.zeros((180, 180))
    np.put_along_axis(w, near, 1.0, axis=1)
    w = np.maximum(w, w.T)
    expect(not w[:90, 90:].any(), "the test's own moons touch")
    half = 1 / np.sqrt(w.sum(axis=1))
    matrix = np.eye(180) - half[:, None] * w * half
    check(student, matrix, 2)
    _, vectors, _ = student(probe, matrix=matrix, k=2, seed=5, options={})
    pattern = (half[:, None] * vectors) @ (half[:, None] * vectors).T
    expect(bool((pattern[:90, :90] > 1e-6).all() and (pattern[90:, 90:] > 1e-6).all()),
           "points of one moon should look alike in the two vectors")  # fmt: skip
    expect(bool((np.abs(pattern[:90, 90:]) < 1e-9).all()), "the two moons should be orthogonal")


@test_case(
    name="no ghosts",
    points=2,
    hidden=True,
    failure_message="Eigenvalues that converge early come back as copies when orthogonality is "
    "lost to rounding. Make each vector orthogonal to all before it, and do it twice.",
)
def test_ghosts(student):
    # A few values far from a dense rest converge in some ten steps; their copies soon after.
    far = np.array([-1000.0, -300.0, -100.0])
    check(student, np.concatenate([far, np.linspace(0.0, 1.0, 400)]), 4, seed=1)
    check(student, np.concatenate([far, np.linspace(0.0, 1.0, 250), [1e4, 3e4]]), 5, seed=2)
    chain = 2 * np.eye(150) - np.eye(150, k=1) - np.eye(150, k=-1)
    check(student, chain, 5, seed=3)


@test_case(
    name="few products, little memory",
    points=1,
    hidden=True,
    failure_message="For n = 3 000 with the wanted values apart from the rest, fewer than 1 000 "
    "products are enough, and memory for some 100 vectors: restart instead of collecting "
    "vectors, and never write the matrix out.",
)
def test_cost(student):
    def measured(lanczos, n, k, seed):
        import tracemalloc

        import numpy as np

        first = -np.arange(8.0, 8.0 - k, -1.0)
        diagonal = np.concatenate([first, [-3.0], np.linspace(0, 1, n - k - 1)])
        calls = []

        def matvec(v):
            calls.append(None)
            return diagonal * v

        tracemalloc.start()
        values, vectors = lanczos(matvec, n, k, np.random.default_rng(seed))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return values, vectors[:k], len(calls), peak

    n, k = 3000, 4
    values, head, calls, peak = student(measured, n=n, k=k, seed=8)
    assert_array(values, [-8.0, -7.0, -6.0, -5.0], rtol=0, atol=1e-8, what="eigenvalues")
    assert_array(np.abs(head), np.eye(k), rtol=0, atol=1e-7, what="|first rows of the vectors|")
    expect(calls < 1000, f"{calls} products for n = 3000, k = 4")  # reference: 47
    expect(peak < n * n * 8 / 4, f"the peak was {peak / 1e6:.0f} MB")  # reference: 2 MB; A: 72 MB


@test_case(
    name="a spectrum that takes restarts",
    points=1,
    hidden=True,
    failure_message="The smallest eigenvalues of a long chain lie close together: convergence "
    "takes hundreds of steps. Restart with the best vectors until the residual is small enough.",
)
def test_restarts(student):
    chain = 2 * np.eye(300) - np.eye(300, k=1) - np.eye(300, k=-1)
    check(student, chain, 2, seed=4)
    grid = np.kron(np.eye(14), chain[:14, :14]) + np.kron(chain[:14, :14], np.eye(14))
    check(student, grid, 6, seed=5)  # has pairs of equal values too
    # Small numbers, large numbers: `tol` is relative to |A|.
    check(student, 1e-20 * grid, 3)
    check(student, 1e8 * grid, 3)


@test_case(
    name="chance comes from rng",
    points=0.5,
    hidden=True,
    failure_message="The same rng gives the same result; a looser tol may need fewer products, "
    "never more.",
)
def test_rng(student):
    matrix = with_spectrum(np.linspace(-1.0, 5.0, 90) ** 3, 308)
    one = student(probe, matrix=matrix, k=3, seed=7, options={})
    two = student(probe, matrix=matrix, k=3, seed=7, options={})
    assert_array(two[1], one[1], rtol=0, atol=0, what="vectors of a second call")
    loose = student(probe, matrix=matrix, k=3, seed=7, options={"tol": 1e-4})
    expect(loose[2] <= one[2], "a looser tol needed more products")


@test_case(
    name="arguments that cannot be used",
    points=0.5,
    hidden=True,
    failure_message="ValueError with the argument's name: k outside 1 … n, n below 1, tol that is "
    "not positive.",
)
def test_errors(lanczos):
    rng = np.random.default_rng(0)
    for k in (0, -1, 4):
        assert_raises(ValueError, lanczos, lambda v: v, 3, k, rng, mentions="k")
    assert_raises(ValueError, lanczos, lambda v: v, 0, 1, rng)
    for tol in (0.0, -1e-3):
        assert_raises(ValueError, lanczos, lambda v: v, 3, 1, rng, tol=tol, mentions="tol")
    values, _ = lanczos(lambda v: 2 * v, 3, 1, rng)
    assert_equal(round(float(values[0]), 6), 2.0, what="smallest eigenvalue of 2·I")
