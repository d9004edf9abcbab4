"""A graph of words."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q9"
points = 6
hints = [
    "Divide each row of weights by its sum; a row without edges becomes 1/n everywhere. Then "
    "r = (1 - damping)/n + damping * (r @ step), until it no longer changes.",
    "Dijkstra: a heap of (length so far, vertex). Take the smallest; if it is settled, forget it; "
    "else settle it and push every neighbour whose length gets shorter.",
    "Note before[j] = i whenever i improves j, and walk back from the target.",
]

EDGES = [[0, 1, 1], [0, 0, 1], [1, 0, 0]]
WAYS = [[0, 1, 3, 0], [0, 0, 1, 0], [0, 0, 0, 0], [1, 0, 0, 0]]


@test_case(
    name="the handout's three vertices",
    points=1.5,
    failure_message="r = (0.388, 0.215, 0.397): put it into the formula, and it comes out again.",
)
def test_three(pagerank):
    r = pagerank(EDGES)
    assert_array(r, [0.38779, 0.21481, 0.39740], rtol=1e-4, what="rank")
    want = [0.05 + 0.85 * r[2], 0.05 + 0.85 * r[0] / 2, 0.05 + 0.85 * (r[0] / 2 + r[1])]
    assert_array(r, want, rtol=1e-8, what="rank")


@test_case(
    name="a vertex that leads nowhere",
    points=1,
    failure_message="From a vertex without edges the reader jumps anywhere, and the ranks still "
    "sum to 1. Without damping all are alike.",
)
def test_nowhere(pagerank):
    # 0 -> 1, and 1 has no edge: r0 = 0.25 + 0.5 · r1/2, r1 = 1 - r0.
    assert_array(pagerank([[0, 3], [0, 0]], damping=0.5), [0.4, 0.6], rtol=1e-8)
    assert_array(pagerank([[0, 3], [0, 0]], damping=0), [0.5, 0.5], rtol=1e-8)
    assert_raises(ValueError, pagerank, EDGES, damping=1.0, mentions="damping")


@test_case(
    name="the way round is shorter",
    points=1.5,
    failure_message="From 0 to 2 by 1: length 2, not 3. No path leads to 3.",
)
def test_distances(distances):
    assert_array(distances(WAYS, 0)[:3], [0, 1, 2], what="distances to 0, 1, 2")
    assert_equal(float(distances(WAYS, 0)[3]), float("inf"), what="distance to 3")


@test_case(
    name="the path itself",
    points=1.5,
    failure_message="Source and target are on it; [] if there is none; only the source if both "
    "are the same.",
)
def test_path(shortest_path):
    assert_equal(shortest_path(WAYS, 0, 2), [0, 1, 2])
    assert_equal(shortest_path(WAYS, 3, 2), [3, 0, 1, 2])
    assert_equal(shortest_path(WAYS, 2, 0), [])
    assert_equal(shortest_path(WAYS, 1, 1), [1])


@test_case(
    name="lengths that cannot be",
    points=0.5,
    failure_message="A negative length, or a vertex that does not exist, is a ValueError.",
)
def test_errors(distances, shortest_path):
    assert_raises(ValueError, distances, [[0, -1], [0, 0]], 0, mentions="lengths")
    assert_raises(ValueError, shortest_path, WAYS, 0, 4, mentions="target")
    expect(np.isfinite(distances(WAYS, 3)).all(), "from 3 every vertex is reached")
