"""A table of texts: fresh inputs."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 4


@test_case(
    name="many texts",
    points=1.5,
    hidden=True,
    failure_message="Is every occurrence counted, in the column of its word and the row of its "
    "text? Vocabulary and texts may be tuples or lists.",
)
def test_many(document_term):
    rng = np.random.default_rng(11)
    vocabulary = tuple(f"w{i}" for i in rng.permutation(30))
    texts = [[f"w{i}" for i in rng.integers(0, 45, length)] for length in (0, 1, 40, 200, 7)]
    want = [[text.count(word) for word in vocabulary] for text in texts]
    assert_array(document_term(texts, vocabulary), want, dtype=np.float64)
    assert_array(document_term([tuple(t) for t in texts], list(vocabulary)), want)
    assert_array(document_term(tuple(texts), vocabulary), want, what="table of a tuple of texts")
    assert_array(document_term([], ["a", "b"]), np.zeros((0, 2)), what="table of no text")
    assert_array(document_term([["a"], []], []), np.zeros((2, 0)), what="table of no word")


@test_case(
    name="weights of a large table",
    points=1,
    hidden=True,
    failure_message="df is the number of texts that contain the word, however often. A word of all "
    "texts has weight 0, a word of none does no harm.",
)
def test_large(tf_idf, student):
    rng = np.random.default_rng(12)
    counts = rng.poisson(rng.uniform(0, 3, 25), (40, 25))
    counts[:, 3], counts[:, 4], counts[5] = 0, 1 + counts[:, 4], 0
    document_frequency = [sum(1 for row in counts if row[j] > 0) for j in range(25)]
    x = counts * [np.log(41 / (1 + df)) for df in document_frequency]
    length = np.sqrt((x**2).sum(axis=1))
    want = np.array([row / (size or 1) for row, size in zip(x, length, strict=True)])
    assert_array(tf_idf(counts), want, dtype=np.float64)
    assert_array(tf_idf(counts.tolist()), want, what="result for a list")
    assert_array(tf_idf(counts.astype(np.float32)), want, dtype=np.float64, what="for float32")
    assert_array(tf_idf(counts * 1e-15), want, what="result for tiny counts")

    def columns(tf_idf, counts):
        import numpy as np

        return tf_idf(np.asfortranarray(counts))

    assert_array(student(columns, counts=counts), want, what="result for what lies in columns")


@test_case(
    name="the caller's table",
    points=0.5,
    hidden=True,
    failure_message="What the caller passes in is never modified.",
)
def test_untouched(tf_idf, student):
    def kept(document_term, documents, vocabulary):
        table = document_term(documents, vocabulary)
        return (documents, vocabulary) if table is not None else None

    given = [["b", "a", "b"], []], ["c", "b", "a"]
    left = student(kept, documents=given[0], vocabulary=given[1])
    assert_equal(left, given, what="documents and vocabulary after the call")
    counts = np.array([[1.0, 2.0, 0.0], [3.0, 4.0, 4.0]])
    before = counts.copy()
    tf_idf(counts)
    assert_array(counts, before, what="counts after the call")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError: a word twice in the vocabulary, a table that is not 2-D, a "
    "negative entry. The message names the argument.",
)
def test_errors(document_term, tf_idf):
    words = ["a", "b", "c", "b"]
    assert_raises(ValueError, document_term, [["a"]], words, mentions="vocabulary")
    assert_raises(ValueError, tf_idf, [1.0, 2.0], mentions="counts")
    assert_raises(ValueError, tf_idf, np.ones((2, 2, 2)), mentions="counts")
    assert_raises(ValueError, tf_idf, [[0.0, 5.0], [-0.5, 5.0]], mentions="counts")
