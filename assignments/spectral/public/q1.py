"""From points to a graph."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q1"
points = 7
hints = [
    "All squared distances at once: |a - b|² = |a|² - 2 a·b + |b|², so `x @ x.T` and the squared "
    "lengths of the rows are enough. Rounding can leave -1e-16: clip at 0.",
    "Unit rows first (mind rows of zeros), then `unit @ unit.T`. `np.fill_diagonal` removes the "
    "loops in both dense affinities.",
    "knn_graph: set the distance of a point to itself to infinity, take the k smallest of each "
    "row (`np.argsort(..., kind='stable')` settles ties), build a directed CSR array G from rows "
    "and columns; then G.maximum(G.T), or G.multiply(G.T) for mutual.",
]


def graph(knn_graph, x, k, mutual):
    g = knn_graph(x, k, mutual=mutual)
    return getattr(g, "format", type(g).__name__), g.toarray()


@test_case(
    name="rbf_affinity of three points",
    points=1,
    failure_message="exp(-gamma · squared distance), and no point knows itself: zeros on the "
    "diagonal.",
)
def test_rbf(rbf_affinity):
    x = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]])
    a, b, c = np.exp(-0.5), np.exp(-2.0), np.exp(-2.5)
    assert_array(rbf_affinity(x, 0.5), [[0, a, b], [a, 0, c], [b, c, 0]])


@test_case(
    name="cosine_affinity: clipped, and a zero vector",
    points=1,
    failure_message="Opposite directions have affinity 0, not -1; a zero vector has no direction "
    "and knows nobody (not NaN).",
)
def test_cosine(cosine_affinity):
    x = np.array([[2.0, 0.0], [3.0, 3.0], [-1.0, 0.0], [0.0, 0.0]])
    r = np.sqrt(0.5)
    assert_array(cosine_affinity(x), [[0, r, 0, 0], [r, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])


@test_case(
    name="knn_graph: the handout's four points",
    points=2,
    failure_message="They name 1, 0, 1, 3 (by position: 0-1, 1-0, 2-1, 3-2). One name is enough "
    "for an edge, and an edge goes both ways. The result is in CSR format.",
)
def test_chain(student):
    x = np.array([[0.0], [1.0], [3.0], [7.0]])
    kind, w = student(graph, x=x, k=1, mutual=False)
    assert_equal(kind, "csr", what="format of the result")
    assert_array(w, [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])


@test_case(
    name="knn_graph: mutual",
    points=1,
    failure_message="With mutual=True both have to name each other.",
)
def test_mutual(student):
    x = np.array([[0.0], [1.0], [3.0], [7.0]])
    _, w = student(graph, x=x, k=1, mutual=True)
    assert_array(w, [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    _, w = student(graph, x=x, k=3, mutual=True)
    expect(w.sum() == 12, "with k = n - 1 everybody names everybody")


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="Raise ValueError yourself, with a message that names the argument.",
)
def test_errors(rbf_affinity, knn_graph):
    x = np.array([[0.0], [1.0], [3.0]])
    assert_raises(ValueError, rbf_affinity, x, 0.0, mentions="gamma")
    assert_raises(ValueError, knn_graph, x, 3, mentions="k")


@test_case(
    name="knn_graph: ties",
    points=1,
    failure_message="The point in the middle has two neighbours equally near and names the first. "
    "Two points at the same place name each other, never themselves.",
)
def test_ties(student):
    _, w = student(graph, x=[[1.0], [0.0], [2.0], [2.0]], k=1, mutual=False)
    assert_array(w, [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
