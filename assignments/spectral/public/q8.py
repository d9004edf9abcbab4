"""Twenty thousand points, and no graph."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8"
points = 5
hints = [
    "`chosen = rng.choice(n, landmarks, replace=False)`; C is exp(-gamma · squared distances) "
    "between x and x[chosen], and K is C[chosen].",
    "`values, vectors = np.linalg.eigh(K)`; keep those above 1e-10 of the largest. "
    "F = C @ (vectors / √values). Degrees are F @ (sum of the rows of F).",
    "G = F / √degree[:, None]; `np.linalg.eigh(G.T @ G)` is small; the last k columns Y, in "
    "any order, give G @ (Y / √values). Then rows to length 1.",
]

X = np.array([[0.0, 0.0], [0.0, 0.0], [30.0, 0.0]])


@test_case(
    name="shape, and rows of length 1",
    points=1,
    failure_message="An array of shape (n, k) whose rows have length 1.",
)
def test_shape(nystrom_embedding):
    x = np.random.default_rng(0).standard_normal((50, 2))
    u = nystrom_embedding(x, 3, 12, 0.5, np.random.default_rng(1))
    assert_array(u, np.zeros((50, 3)), rtol=0, atol=1 + 1e-9, what="embedding")
    assert_array((u**2).sum(axis=1), np.ones(50), what="squared lengths of the rows")


@test_case(
    name="a pair and a hermit",
    points=1,
    failure_message="The first two points coincide, the third is far away: U @ U.T is 1 within "
    "the pair and 0 between the pieces.",
)
def test_pieces(nystrom_embedding):
    u = nystrom_embedding(X, 2, 3, 1.0, np.random.default_rng(0))
    assert_array(u, np.zeros((3, 2)), rtol=0, atol=1 + 1e-9, what="embedding")
    wanted = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    assert_array(u @ u.T, wanted, rtol=0, atol=1e-6, what="U @ U.T")


@test_case(
    name="two blobs from ten landmarks",
    points=1,
    failure_message="Rows of one blob point the same way, rows of different blobs do not.",
)
def test_blobs(nystrom_embedding):
    rng = np.random.default_rng(3)
    x = np.concatenate([rng.standard_normal((60, 2)), rng.standard_normal((60, 2)) + 12.0])
    u = nystrom_embedding(x, 2, 20, 0.1, np.random.default_rng(0))
    assert_array(u, np.zeros((120, 2)), rtol=0, atol=1 + 1e-9, what="embedding")
    same = np.abs(u @ u.T)
    expect(bool((same[:60, :60] > 0.9).all()), "rows of one blob should be nearly parallel")
    expect(bool((same[:60, 60:] < 0.1).all()), "rows of two blobs should be nearly orthogonal")


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="1 <= k <= landmarks <= n, and gamma > 0; else ValueError.",
)
def test_errors(nystrom_embedding):
    rng = np.random.default_rng(0)
    assert_raises(ValueError, nystrom_embedding, X, 2, 4, 1.0, rng, mentions="landmarks")
    assert_raises(ValueError, nystrom_embedding, X, 3, 2, 1.0, rng, mentions="k")
    assert_raises(ValueError, nystrom_embedding, X, 1, 2, 0.0, rng, mentions="gamma")


@test_case(
    name="every point a landmark",
    points=1,
    failure_message="With landmarks = n nothing is approximated: the k largest eigenvectors of "
    "D^-½ W D^-½, with W_ii = 1, rows of length 1.",
)
def test_exact(nystrom_embedding):
    rng = np.random.default_rng(5)
    x = rng.standard_normal((20, 2)) + 6.0 * (np.arange(20) % 2)[:, None]
    u = nystrom_embedding(x, 2, 20, 0.5, np.random.default_rng(0))
    w = np.exp(-0.5 * ((x[:, None] - x) ** 2).sum(axis=2))
    half = 1 / np.sqrt(w.sum(axis=1))
    v = np.linalg.eigh(half[:, None] * w * half)[1][:, -2:]
    v /= np.linalg.norm(v, axis=1, keepdims=True)
    # Directions of K below 1e-10 of its largest are dropped: about 1e-5 in a row.
    assert_array(u @ u.T, v @ v.T, rtol=0, atol=1e-4, what="U @ U.T")
