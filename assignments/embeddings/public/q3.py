"""Is it found?"""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q3"
points = 6.5
hints = [
    "Cosines: scale rows and query to length 1 (rows of zeros stay), then multiply. "
    "`np.argsort(-cosine, kind='stable')` keeps equal ones in their order.",
    "average_precision: walk down the list with a counter of what was found; at each relevant item "
    "add found / place. Divide by the number of all relevant items.",
    "mean_average_precision: take document i out of its ranking and of what is relevant.",
]


@test_case(
    name="a ranking by the angle",
    points=1,
    failure_message="The largest cosine first, whatever the lengths of the rows are.",
)
def test_ranking(ranking):
    vectors = [[0, 5], [9, 1], [1, 0], [-3, 0], [1, 1]]
    assert_array(ranking(vectors, [2, 0]), [2, 1, 4, 0, 3])


@test_case(
    name="equal cosines, and a row of zeros",
    points=2,
    failure_message="Of equal cosines the smaller number comes first; a row of zeros has cosine 0.",
)
def test_ties(ranking):
    assert_array(ranking([[0, 2], [0, 0], [0, 1], [3, 4], [-3, 4]], [1, 0]), [3, 0, 1, 2, 4])


@test_case(
    name="average precision of the handout",
    points=1.5,
    failure_message="(1/1 + 2/3 + 3/6) / 3, and without the last one (1/1 + 2/3) / 3.",
)
def test_precision(average_precision):
    ranked = ["a", "x", "b", "y", "z", "c"]
    assert_close(average_precision(ranked, ["a", "b", "c"]), (1 + 2 / 3 + 3 / 6) / 3)
    assert_close(average_precision(ranked[:5], ["c", "b", "a"]), (1 + 2 / 3) / 3)
    assert_raises(ValueError, average_precision, ranked, [], mentions="relevant")


@test_case(
    name="every document asks once",
    points=1.5,
    failure_message="The document itself is not in the list. Each of the four finds its partner "
    "first.",
)
def test_mean(mean_average_precision):
    vectors = [[1, 0], [0, 1], [10, 1], [1, 10]]
    assert_close(mean_average_precision(vectors, ["sea", "war", "sea", "war"]), 1.0)
    # 0 and 1 find each other at the third place, 2 and 3 at the second.
    got = mean_average_precision(vectors, ["sea", "sea", "war", "war"])
    assert_close(got, (1 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 4)


@test_case(
    name="labels that do not fit",
    points=0.5,
    failure_message="As many labels as documents, and at least two documents with the same label.",
)
def test_labels(mean_average_precision):
    assert_raises(ValueError, mean_average_precision, np.eye(3), [1, 1], mentions="labels")
    assert_raises(ValueError, mean_average_precision, np.eye(3), [1, 2, 3], mentions="labels")
