"""How good is a clustering?"""

import numpy as np

from autograder.checks import assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q6"
points = 6
hints = [
    "First turn labels of any kind into numbers 0, 1, …: a dict from label to number, filled in "
    "the order of appearance.",
    "Silhouette: sums of distances to the points of each cluster are `distances @ onehot`. In the "
    "own cluster divide by its size minus 1, in the others by their size.",
    "ARI: count how often each pair of labels occurs, sum n(n-1)/2 over these counts, over the "
    "counts of a and over those of b. Python integers do not overflow.",
]

X = np.array([[0.0], [2.0], [6.0]])


@test_case(
    name="silhouette of three points",
    points=2,
    failure_message="(6-2)/6, (4-2)/4, and 0 for the point that is alone. A point's own cluster "
    "is averaged over its *other* points.",
)
def test_silhouette(silhouette):
    assert_close(silhouette(X, [0, 0, 1]), (4 / 6 + 2 / 4 + 0) / 3)


@test_case(
    name="Davies-Bouldin of three points",
    points=1,
    failure_message="Means 1 and 6, mean distances to them 1 and 0: (1 + 0) / 5 for either.",
)
def test_davies_bouldin(davies_bouldin):
    assert_close(davies_bouldin(X, [0, 0, 1]), 0.2)


@test_case(
    name="adjusted Rand index: names do not matter",
    points=1,
    failure_message="The same partition under other names has index 1.",
)
def test_names(adjusted_rand):
    assert_close(adjusted_rand([0, 0, 1, 1], ["b", "b", "a", "a"]), 1.0)


@test_case(
    name="adjusted Rand index: the handout's example",
    points=1,
    failure_message="P = 1, A = 2, B = 3, N = 6 give 0. And 0 0 1 1 against 0 1 0 1 is worse "
    "than chance: -0.5.",
)
def test_example(adjusted_rand):
    assert_close(adjusted_rand([0, 0, 1, 1], [0, 0, 0, 1]), 0.0)
    assert_close(adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]), -0.5)


@test_case(
    name="one cluster is no clustering",
    points=1,
    failure_message="silhouette and davies_bouldin raise ValueError if all labels are the same.",
)
def test_errors(silhouette, davies_bouldin, adjusted_rand):
    assert_raises(ValueError, silhouette, X, [1, 1, 1], mentions="labels")
    assert_raises(ValueError, davies_bouldin, X, [1, 1, 1], mentions="labels")
    assert_raises(ValueError, adjusted_rand, [0, 1], [0, 1, 1])
