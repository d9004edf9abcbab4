"""A graph of words: fresh inputs."""

import itertools

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q9 (hidden)"
points = 5


def ranks(weights, damping):
    """The solution of the linear system."""
    n = len(weights)
    total = weights.sum(axis=1)
    step = np.array(
        [w / t if t > 0 else np.full(n, 1 / n) for w, t in zip(weights, total, strict=True)]
    )
    return np.linalg.solve(np.eye(n) - damping * step.T, np.full(n, (1 - damping) / n))


def network(seed, n, density, whole=False):
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, 9, (n, n)) * 1.0 if whole else rng.uniform(0.1, 5, (n, n))
    return lengths * (rng.uniform(0, 1, (n, n)) < density)


def all_pairs(lengths):
    """Floyd and Warshall."""
    d = np.where(lengths > 0, lengths, np.inf)
    np.fill_diagonal(d, 0)
    for k in range(len(d)):
        d = np.minimum(d, d[:, [k]] + d[[k]])
    return d


@test_case(
    name="ranks of larger graphs",
    points=1.5,
    hidden=True,
    failure_message="Weights count in proportion, along the edges and not against them; loops "
    "count; vertices without edges share what they have; the error is below `tol`.",
)
def test_ranks(pagerank):
    for seed, n, density in ((91, 20, 0.2), (92, 35, 0.05), (93, 6, 1.0), (94, 1, 0.0)):
        weights = network(seed, n, density)
        before = weights.copy()
        for damping in (0.85, 0.3, 0.99):
            got = pagerank(weights, damping)
            assert_close(
                np.abs(got - ranks(weights, damping)).sum(), 0.0, atol=1.1e-10, what="error"
            )
            assert_close(got.sum(), 1.0, what="sum of the ranks")
        assert_array(pagerank(weights.tolist()), ranks(weights, 0.85), rtol=1e-7, dtype=np.float64)
        assert_array(weights, before, what="weights after the call")
    weights = network(91, 20, 0.2)
    got = pagerank(weights * 1e-15)
    assert_array(got, ranks(weights, 0.85), rtol=1e-7, atol=1e-9, what="ranks for tiny weights")
    single = weights.astype(np.float32)
    got, want = pagerank(single), ranks(single.astype(float), 0.85)
    assert_array(got, want, rtol=1e-7, atol=1e-9, dtype=np.float64, what="ranks for float32")
    rough = pagerank(network(91, 20, 0.2), tol=1e-3)
    error = np.abs(rough - ranks(network(91, 20, 0.2), 0.85)).sum()
    expect(bool(error <= 1.1e-3), f"tol=1e-3, but the error is {error:.1e}")
    slow = 99 * np.eye(10)  # 99 times of 100 the reader stays where she is
    slow[:, 0] += 1
    error = np.abs(pagerank(slow, 0.99, tol=0.3) - ranks(slow, 0.99)).sum()
    expect(bool(error <= 0.33), f"tol=0.3, but the error is {error:.1e}")


@test_case(
    name="lengths of all ways",
    points=1.5,
    hidden=True,
    failure_message="The sum of the lengths along the edges, in their direction; 0 is no edge; "
    "infinity where no path leads.",
)
def test_ways(distances, student):
    for seed, n, density, whole in ((95, 18, 0.12, False), (96, 25, 0.3, True), (97, 1, 1.0, True)):
        lengths = network(seed, n, density, whole)
        before, want = lengths.copy(), all_pairs(lengths)
        for source in range(0, n, 5):
            got = distances(lengths, source)
            expect(got.shape == (n,), f"shape {got.shape} instead of ({n},)")
            reached = np.isfinite(want[source])
            assert_equal(np.isinf(got).tolist(), (~reached).tolist(), what="unreachable vertices")
            assert_array(got[reached], want[source][reached], what="distances")
        assert_array(lengths, before, what="lengths after the call")
    assert_array(distances([[0, 2], [2, 0]], 1), [2, 0], what="distances of a list")
    tiny = np.array([[0, 1e-13, 0], [0, 0, 1e-13], [0, 0, 0]])
    got = distances(tiny, np.int64(0))
    assert_array(got, [0, 1e-13, 2e-13], rtol=1e-9, atol=0, what="tiny distances")

    def columns(distances, lengths):
        import numpy as np

        return distances(np.asfortranarray(lengths), 0)

    lengths = network(96, 25, 0.3)
    got = student(columns, lengths=lengths)
    assert_array(got, distances(lengths, 0), what="distances in what lies in columns")


@test_case(
    name="paths",
    points=1,
    hidden=True,
    failure_message="A list of ints, along edges that exist, as short as can be; [] where no path "
    "leads.",
)
def test_paths(shortest_path):
    for seed, n, density, whole in ((98, 16, 0.12, False), (99, 20, 0.25, True)):
        lengths = network(seed, n, density, whole)
        want = all_pairs(lengths)
        for source in range(0, n, 4):
            for target in range(n):
                path = shortest_path(lengths, source, target)
                expect(isinstance(path, list), f"a {type(path).__name__} instead of a list")
                if np.isinf(want[source, target]):
                    assert_equal(path, [], what="path to where none leads")
                    continue
                expect({type(vertex) for vertex in path} == {int}, "vertices are ints")
                assert_equal((path[0], path[-1]), (source, target), what="ends of the path")
                edges = np.array([lengths[i, j] for i, j in itertools.pairwise(path)])
                expect(bool((edges > 0).all()), f"{path} uses an edge that does not exist")
                assert_close(edges.sum(), want[source, target], what="length of the path")
    assert_equal(shortest_path([[0, 2], [2, 0]], 1, 0), [1, 0], what="path in a list")
    path = shortest_path([[0, 1e-13], [1, 0]], np.int64(0), np.int64(1))
    assert_equal(path, [0, 1], what="path along a short edge")
    expect({type(vertex) for vertex in path} == {int}, "vertices are ints")


@test_case(
    name="what is no graph",
    points=1,
    hidden=True,
    failure_message="ValueError that names the argument: tables that are not square or negative, "
    "vertices outside 0 … n - 1, a damping outside [0, 1), a tol that is not positive.",
)
def test_refused(pagerank, distances, shortest_path):
    w = network(90, 4, 0.9)
    for bad in (np.ones((2, 3)), np.ones(4), np.zeros((0, 0)), [[1.0, -0.5], [0.0, 1.0]]):
        assert_raises(ValueError, pagerank, bad, mentions="weights")
    for damping in (-0.1, 1, 1.5):
        assert_raises(ValueError, pagerank, w, damping, mentions="damping")
    for tol in (0.0, -1e-9):
        assert_raises(ValueError, pagerank, w, tol=tol, mentions="tol")
    for bad in (np.ones((2, 3)), np.ones(4), [[0.0, -0.5], [1.0, 0.0]]):
        assert_raises(ValueError, distances, bad, 0, mentions="lengths")
        assert_raises(ValueError, shortest_path, bad, 0, 1, mentions="lengths")
    for vertex in (-1, 4):
        assert_raises(ValueError, distances, w, vertex, mentions="source")
        assert_raises(ValueError, shortest_path, w, vertex, 0, mentions="source")
        assert_raises(ValueError, shortest_path, w, 0, vertex, mentions="target")
