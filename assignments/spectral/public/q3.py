"""Lanczos."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q3"
points = 9
hints = [
    "First without restarts and twins: fill Q column by column, subtract Q[:, :j+1] @ h twice, "
    "add h to column j of T both times, and call np.linalg.eigh(T, UPLO='U') at the end. With as "
    "many columns as rows this is exact.",
    "Restart: with T s = θ s put Q @ s[:, :p] into the first p columns, let T be zero except for "
    "θ on its first p diagonal entries, continue with the vector q that was next. Its h fills "
    "column p by itself, for you subtract all columns.",
    "Twins: keep what you have found in an array `known`, make every new vector orthogonal to it "
    "as well, and run again. Stop when you have k and the smallest of the new run is not below "
    "your k-th. If β is 0 (or 1e-14 of |T|), go on with a random orthogonal vector.",
]


def random_symmetric(n, seed):
    a = np.random.default_rng(seed).standard_normal((n, n))
    return a + a.T


def check(matrix, values, vectors, k):
    """Values, orthonormality, and A v = λ v. Vectors may have either sign."""
    wanted = np.linalg.eigvalsh(matrix)[:k]
    scale = max(1.0, np.abs(np.linalg.eigvalsh(matrix)).max())
    # A residual of 1e-10 · |A| is asked for, and bounds the error of a value; ten times is granted.
    assert_array(values, wanted, rtol=0, atol=1e-9 * scale, what="eigenvalues")
    assert_array(vectors, np.zeros_like(vectors), rtol=0, atol=1e300, what="eigenvectors")
    assert_array(vectors.T @ vectors, np.eye(k), rtol=0, atol=1e-9, what="V.T @ V")
    residual = matrix @ vectors - vectors * values
    assert_array(residual, np.zeros((len(matrix), k)), rtol=0, atol=1e-9 * scale, what="A V - V λ")


@test_case(
    name="the chain of three",
    points=2,
    failure_message="L of the chain has the eigenvalues 0, 1, 3. Smallest first, vectors in the "
    "columns.",
)
def test_chain(lanczos):
    matrix = np.array([[1.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 1.0]])
    for k in (1, 2, 3):
        values, vectors = lanczos(lambda v: matrix @ v, 3, k, np.random.default_rng(0))
        check(matrix, values, vectors, k)


@test_case(
    name="a random matrix, against eigh",
    points=2,
    failure_message="The k algebraically smallest: negative ones come first.",
)
def test_random(student):
    def probe(lanczos, matrix, k):
        import numpy as np

        return lanczos(lambda v: matrix @ v, len(matrix), k, np.random.default_rng(1))

    matrix = random_symmetric(60, 2)
    values, vectors = student(probe, matrix=matrix, k=4)
    check(matrix, values, vectors, 4)


@test_case(
    name="two pieces: the eigenvalue 0 twice",
    points=2,
    failure_message="A single start vector shows each eigenvalue once. Start again, orthogonal "
    "to what you have found.",
)
def test_twins(student):
    def probe(lanczos, matrix, k):
        import numpy as np

        return lanczos(lambda v: matrix @ v, len(matrix), k, np.random.default_rng(1))

    matrix = np.zeros((50, 50))
    for piece in (slice(0, 20), slice(20, 50)):
        size = piece.stop - piece.start
        matrix[piece, piece] = size * np.eye(size) - 1.0  # everybody knows everybody
    values, vectors = student(probe, matrix=matrix, k=2)
    check(matrix, values, vectors, 2)


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="Raise ValueError yourself, with a message that names the argument.",
)
def test_errors(lanczos):
    rng = np.random.default_rng(0)
    assert_raises(ValueError, lanczos, lambda v: v, 3, 4, rng, mentions="k")
    assert_raises(ValueError, lanczos, lambda v: v, 3, 0, rng, mentions="k")


@test_case(
    name="the same value everywhere",
    points=1,
    failure_message="2·I: after one step β is 0. Go on with a random vector that is orthogonal to "
    "what you have; four vectors belong to the value 2.",
)
def test_identity(lanczos):
    values, vectors = lanczos(lambda v: 2 * v, 6, 4, np.random.default_rng(0))
    check(2 * np.eye(6), values, vectors, 4)


@test_case(
    name="a long chain takes restarts",
    points=1,
    failure_message="200 rows, and 20 + 2k columns at a time: keep the best vectors and go on "
    "until the residuals are small enough.",
)
def test_restart(student):
    def probe(lanczos, matrix, k):
        import numpy as np

        return lanczos(lambda v: matrix @ v, len(matrix), k, np.random.default_rng(1))

    matrix = 2 * np.eye(200) - np.eye(200, k=1) - np.eye(200, k=-1)
    values, vectors = student(probe, matrix=matrix, k=2)
    check(matrix, values, vectors, 2)
