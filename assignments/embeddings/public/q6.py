"""Neighbours and analogies."""

from autograder.checks import assert_close, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q6"
points = 5.5
hints = [
    "Scale all rows to length 1 (rows of zeros stay) and multiply with the row of the word.",
    "analogy: take the three rows at length 1, b - a + c, scale that too.",
    "Walk down the sorted words and leave out those that are not wanted, before you count to n.",
]

WORDS = ["man", "men", "woman", "women"]
VECTORS = [[1, 0], [3, 4], [0, 9], [-0.8, 0.6]]


@test_case(
    name="neighbours by the angle",
    points=1.5,
    failure_message="Pairs (word, cosine), the largest cosine first, without the word itself.",
)
def test_neighbors(neighbors):
    got = neighbors(VECTORS, WORDS, "man", 2)
    assert_equal([word for word, _ in got], ["men", "woman"], what="words")
    assert_close(got[0][1], 0.6, what="cosine of man and men")
    assert_close(got[1][1], 0.0, what="cosine of man and woman")


@test_case(
    name="words that do not exist",
    points=0.5,
    failure_message="A word outside the vocabulary is a ValueError that names it.",
)
def test_unknown(neighbors, analogy):
    assert_raises(ValueError, neighbors, VECTORS, WORDS, "child", 2, mentions="child")
    assert_raises(ValueError, analogy, VECTORS, WORDS, "man", "men", "child", mentions="child")


@test_case(
    name="man is to men as woman is to what?",
    points=1.5,
    failure_message="men - man + woman, each at length 1: (-0.4, 1.8). Excluded: the three.",
)
def test_analogy(analogy):
    ((word, cosine),) = analogy(VECTORS, WORDS, "man", "men", "woman")
    assert_equal(word, "women", what="the answer")
    assert_close(cosine, (0.4 * 0.8 + 1.8 * 0.6) / (0.16 + 3.24) ** 0.5, what="cosine")


@test_case(
    name="nothing excluded",
    points=1.5,
    failure_message="Without exclusion the question itself wins: woman, then women, then men.",
)
def test_bare(analogy):
    got = analogy(VECTORS, WORDS, "man", "men", "woman", n=3, exclude=False)
    assert_equal([word for word, _ in got], ["woman", "women", "men"], what="answers")


@test_case(
    name="how many are right",
    points=0.5,
    failure_message="The first is right, the second is not, the third has an unknown word and "
    "does not count.",
)
def test_accuracy(analogy_accuracy):
    questions = [
        ("man", "men", "woman", "women"),
        ("man", "woman", "men", "man"),
        ("man", "men", "child", "women"),
    ]
    assert_close(analogy_accuracy(VECTORS, WORDS, questions), 0.5)
