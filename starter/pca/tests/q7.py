"""Words by the company they keep."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q7"
points = 7
hints = [
    "Turn tokens into numbers first (a dict word → row; -1 for unknown words). For distance 1 the "
    "pairs are ids[:-1] with ids[1:], for distance 2 ids[:-2] with ids[2:], …",
    "`np.add.at(counts, (left, right), 1)` counts repeated pairs one by one; `counts[left, right] "
    "+= 1` does not. Add the transpose for the other order.",
    "PPMI: divide only where counts > 0 (`np.divide(..., where=...)`), take the logarithm of "
    "max(quotient, 1). Cosine: scale all rows to length 1, then one product with the row of "
    "`word`.",
]

TOKENS = "to be or not to be".split()


@test_case(
    name="to be or not to be",
    points=1,
    failure_message="Compare with the handout. *not* has no row, but it keeps its place.",
)
def test_cooccurrence(cooccurrence):
    counts = cooccurrence(TOKENS, ["to", "be", "or"], 2)
    assert_array(counts, [[0, 2, 2], [2, 0, 1], [2, 1, 0]])
    assert_array(cooccurrence(TOKENS, ["to", "be", "or"], 1), [[0, 2, 0], [2, 0, 1], [0, 1, 0]])


@test_case(
    name="a word beside itself",
    points=1,
    failure_message="Each pair counts in both orders: two neighbours that are the same word add 2.",
)
def test_itself(cooccurrence):
    tokens = "never never never say never".split()
    # never-never: twice at distance 1, twice at distance 2 (positions 0-2 and 2-4).
    assert_array(cooccurrence(tokens, ["say", "never"], 2), [[0, 3], [3, 8]])


@test_case(
    name="PPMI of the handout's table",
    points=1,
    failure_message="ln(2·10/(4·3)), ln(2·10/(4·3)), ln(1·10/(3·3)); 0 where the count is 0.",
)
def test_ppmi(ppmi):
    a, b = np.log(5 / 3), np.log(10 / 9)
    got = ppmi([[0, 2, 2], [2, 0, 1], [2, 1, 0]])
    assert_array(got, [[0, a, a], [a, 0, b], [a, b, 0]])


@test_case(
    name="vectors keep the distances of the PPMI rows",
    points=1,
    failure_message="With k = V nothing is lost: scores have the same distances as the rows they "
    "come from, and are centred.",
)
def test_vectors(student):
    def probe(ppmi, word_vectors, counts):
        return ppmi(counts), word_vectors(counts, len(counts))

    rng = np.random.default_rng(71)
    counts = rng.integers(0, 6, (6, 6))
    table, vectors = student(probe, counts=counts + counts.T)
    assert_array(vectors.sum(axis=0), np.zeros(6), atol=1e-9, what="sum of the vectors")
    want = np.linalg.norm(table[:, None] - table[None], axis=2)
    got = np.linalg.norm(vectors[:, None] - vectors[None], axis=2)
    assert_array(got, want, rtol=1e-7, atol=1e-7, what="distances between vectors")


@test_case(
    name="nearest words",
    points=1,
    failure_message="By the angle, not by the length; best first; without the word itself.",
)
def test_nearest(nearest):
    vectors = [[1, 0], [9, 1], [0, 2], [1, 1], [-5, 0]]
    words = ["king", "queen", "sword", "castle", "nothing"]
    assert_equal(nearest(vectors, words, "king", 3), ["queen", "castle", "sword"])
    assert_raises(ValueError, nearest, vectors, words, "prince", 3, mentions=("word", "prince"))


@test_case(
    name="unknown words keep their place",
    points=1,
    failure_message="Between a and b lies a word that is not in the vocabulary: their distance is "
    "still 2.",
)
def test_places(cooccurrence):
    assert_array(cooccurrence(["a", "x", "b"], ["a", "b"], 1), [[0, 0], [0, 0]])
    assert_array(cooccurrence(["a", "x", "b"], ["a", "b"], 2), [[0, 1], [1, 0]])


@test_case(
    name="nearest by the angle",
    points=1,
    failure_message="The cosine does not care how long a vector is: neither the distance nor the "
    "inner product decides.",
)
def test_angle(nearest):
    vectors = [[1.0, 0.0], [100.0, 90.0], [0.1, 0.01], [-1.0, 0.0]]
    got = nearest(vectors, ["a", "long", "short", "away"], "a", 3)
    assert_equal(got, ["short", "long", "away"], what="words, nearest first")
