"""A table of texts."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 5
hints = [
    "A dict word → column, then one loop over documents and one over their words.",
    "tf_idf: df counts the documents in which a word's count is above 0: a sum along axis 0.",
    "`np.linalg.norm(x, axis=1, keepdims=True)` has one length per row; divide by 1 where it is 0.",
]

TEXTS = [["king", "queen", "king", "rose"], ["queen", "rose"], ["queen"]]


@test_case(
    name="counts of the handout's texts",
    points=1.5,
    failure_message="One row per text, one column per word, in the order of the vocabulary.",
)
def test_counts(document_term):
    assert_array(document_term(TEXTS, ["king", "queen", "rose"]), [[2, 1, 1], [0, 1, 1], [0, 1, 0]])


@test_case(
    name="words outside the vocabulary, texts without words",
    points=1,
    failure_message="Words that are not in the vocabulary are left out; a text without words is "
    "a row of zeros.",
)
def test_left_out(document_term):
    counts = document_term([["rose", "thorn", "rose"], [], ["thorn"]], ["rose", "sword"])
    assert_array(counts, [[2, 0], [0, 0], [0, 0]])


@test_case(
    name="tf-idf of the handout's table",
    points=1.5,
    failure_message="Count · ln((1 + D)/(1 + df)), each row divided by its length.",
)
def test_weights(tf_idf):
    king, rose = 2 * np.log(4 / 2), np.log(4 / 3)
    length = np.hypot(king, rose)
    want = [[king / length, 0, rose / length], [0, 0, 1], [0, 0, 0]]
    assert_array(tf_idf([[2, 1, 1], [0, 1, 1], [0, 1, 0]]), want)


@test_case(
    name="a row of zeros, and what cannot be a count",
    points=1,
    failure_message="A text without words stays a row of zeros: no division by 0. A negative count "
    "is a ValueError.",
)
def test_zeros(tf_idf):
    assert_array(tf_idf([[0, 0], [3, 0]]), [[0, 0], [1, 0]])
    assert_raises(ValueError, tf_idf, [[1, -1]], mentions="counts")
