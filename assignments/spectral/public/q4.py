"""k-means."""

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
name = "q4"
points = 7
hints = [
    "Two steps in turn until no label changes: `distances.argmin(axis=1)`, and the mean of "
    "`x[labels == c]` for each c. Begin with k of the points.",
    "k-means++: keep for each point the squared distance to the nearest centre so far; the next "
    "centre is point i with probability distance[i] / distance.sum(). If the sum is 0, take any.",
    "A cluster without points: put its centre on the point that is farthest from its own centre. "
    "Compute the inertia from the labels and centres that you return.",
]


@test_case(
    name="four points on a line",
    points=2,
    failure_message="The handout's example: clusters {0, 1} and {9, 10}, centres 0.5 and 9.5, "
    "inertia 1. Which of the two is called 0 is free.",
)
def test_line(kmeans):
    x = np.array([[0.0], [1.0], [9.0], [10.0]])
    labels, centers, inertia = kmeans(x, 2, np.random.default_rng(0))
    assert_array(labels, np.array([0, 0, 1, 1]) ^ int(labels[0]), what="labels")
    assert_array(centers[labels], [[0.5], [0.5], [9.5], [9.5]], what="centers[labels]")
    assert_close(inertia, 1.0, what="inertia")


@test_case(
    name="one cluster",
    points=1,
    failure_message="With k = 1 the centre is the mean of all points.",
)
def test_one(kmeans):
    x = np.random.default_rng(1).standard_normal((20, 3))
    labels, centers, inertia = kmeans(x, 1, np.random.default_rng(0), n_init=1)
    assert_array(labels, np.zeros(20), what="labels")
    assert_array(centers, x.mean(axis=0, keepdims=True), what="centers")
    assert_close(inertia, ((x - x.mean(axis=0)) ** 2).sum(), what="inertia")


@test_case(
    name="labels, centres and inertia belong together",
    points=1,
    failure_message="When it ends, each centre is the mean of its points, each point has the "
    "label of its nearest centre, and the inertia is that of these labels and centres.",
)
def test_together(kmeans):
    x = np.random.default_rng(2).random((120, 2))
    labels, centers, inertia = kmeans(x, 6, np.random.default_rng(0))
    assert_equal(sorted(set(labels.tolist())), list(range(6)), what="labels that occur")
    means = np.array([x[labels == c].mean(axis=0) for c in range(6)])
    assert_array(centers, means, what="centers")
    squared = ((x[:, None] - centers) ** 2).sum(axis=2)
    own = squared[np.arange(120), labels]
    assert_close(inertia, own.sum(), what="inertia")
    expect(bool((own <= squared.min(axis=1) + 1e-9).all()), "a point is nearer to another centre")


@test_case(
    name="more centres than distinct points",
    points=1,
    failure_message="Then a cluster stays empty. Neither 0/0 in a mean nor in the probabilities "
    "of k-means++ may happen.",
)
def test_duplicates(kmeans):
    x = np.repeat([[0.0, 0.0], [5.0, 5.0]], 4, axis=0)
    labels, centers, inertia = kmeans(x, 3, np.random.default_rng(0))
    assert_array(centers, np.zeros((3, 2)), rtol=0, atol=1e300, what="centers")
    assert_array(centers[labels], x, what="centers[labels]")
    assert_close(inertia, 0.0, what="inertia")


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="Raise ValueError yourself, with a message that names the argument.",
)
def test_errors(kmeans):
    x, rng = np.zeros((3, 2)), np.random.default_rng(0)
    assert_raises(ValueError, kmeans, x, 4, rng, mentions="k")
    assert_raises(ValueError, kmeans, x, 2, rng, n_init=0, mentions="n_init")


@test_case(
    name="far-off groups get a centre",
    points=1,
    failure_message="A crowd and five pairs far away: k-means++ chooses far points with a higher "
    "probability, and the best of ten runs counts.",
)
def test_far(kmeans):
    rng = np.random.default_rng(3)
    far = 100.0 * np.stack([np.cos(np.arange(5)), np.sin(np.arange(5))], axis=1)
    x = np.concatenate([rng.standard_normal((200, 2)), np.repeat(far, 2, axis=0)])
    labels, _, _ = kmeans(x, 6, np.random.default_rng(0))
    pairs = labels[200:].reshape(5, 2)
    expect(bool((pairs[:, 0] == pairs[:, 1]).all()), "two points at one place have two labels")
    assert_equal(len({int(labels[0]), *pairs[:, 0].tolist()}), 6, what="number of groups found")
