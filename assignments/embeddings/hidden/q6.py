"""Neighbours and analogies: fresh inputs."""

from collections.abc import Sequence

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q6 (hidden)"
points = 4.5


def scaled(x):
    length = np.sqrt((x**2).sum(axis=-1, keepdims=True))
    return np.divide(x, length, out=np.zeros_like(x), where=length > 0)


def lexicon(seed, size=25):
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((size, 5)) * rng.uniform(0.1, 30, (size, 1))
    vectors[7] = 0.0
    return vectors, [f"word{i}" for i in rng.permutation(size)]


def expected(vectors, words, point, left_out, n):
    cosine = scaled(vectors) @ scaled(point)
    order = sorted(range(len(words)), key=lambda i: (-cosine[i], i))
    return [(words[i], cosine[i]) for i in order if words[i] not in left_out][:n]


def compare(got, want, what):
    assert_equal([word for word, _ in got], [word for word, _ in want], what=what)
    for (_, cosine), (word, number) in zip(got, want, strict=True):
        assert_close(cosine, number, atol=1e-9, what=f"cosine of {word}")


def is_pair(found):
    return isinstance(found, Sequence) and not isinstance(found, list)  # a named tuple, too


@test_case(
    name="neighbours of every word",
    points=1.5,
    hidden=True,
    failure_message="Cosines, best first, without the word itself, all others if n is large; a "
    "vector of zeros has cosine 0 with all; of equal ones the vocabulary decides.",
)
def test_all(neighbors):
    vectors, words = lexicon(61)
    before = vectors.copy()
    for row, n in ((0, 3), (12, 10), (7, 4), (3, 24), (4, 99), (5, 1)):
        want = expected(vectors, words, vectors[row], {words[row]}, n)
        compare(neighbors(vectors, tuple(words), words[row], n), want, "words")
    assert_array(vectors, before, what="vectors after the call")
    want = expected(vectors, words, vectors[0], {words[0]}, 5)
    compare(neighbors(vectors * 1e-12, words, words[0], 5), want, "words, of short vectors")
    assert_equal(neighbors([[1.0, 2.0]], ["one"], "one", 3), [], what="neighbours of the only one")
    got = neighbors(vectors.tolist(), words, words[1], 2)
    compare(got, expected(vectors, words, vectors[1], {words[1]}, 2), "words, from lists")
    kinds = isinstance(got, list), is_pair(got[0]), isinstance(got[0][1], float)
    assert_equal(kinds, (True, True, True), what="a list, of tuples, with floats")


@test_case(
    name="answers to analogies",
    points=1.5,
    hidden=True,
    failure_message="Is each vector scaled to length 1 before they are added and subtracted, and "
    "is it b - a + c? Only a, b and c are excluded; two of them may be the same word.",
)
def test_analogies(analogy, student):
    def kept(analogy, vectors, words, a, b, c):
        return words if analogy(vectors, words, a, b, c) else None

    vectors, words = lexicon(62)
    left = student(kept, vectors=vectors, words=words, a=words[0], b=words[1], c=words[2])
    assert_equal(left, words, what="vocabulary after the call")
    unit, row = scaled(vectors), {word: i for i, word in enumerate(words)}
    rng = np.random.default_rng(63)
    for k in range(6):
        a, b, c = (words[i] for i in rng.permutation(25)[:3])
        c = a if k == 5 else c
        point = unit[row[b]] - unit[row[a]] + unit[row[c]]
        for n, exclude in ((1, True), (4, True), (3, False), (30, True)):
            left_out = {a, b, c} if exclude else set()
            want = expected(vectors, words, point, left_out, n)
            compare(analogy(vectors, words, a, b, c, n=n, exclude=exclude), want, "answers")
    got = analogy(vectors, words, words[1], words[2], words[3])
    point = unit[2] - unit[1] + unit[3]
    compare(got, expected(vectors, words, point, {words[i] for i in (1, 2, 3)}, 1), "answer")
    kinds = isinstance(got, list), is_pair(got[0])
    assert_equal(kinds, (True, True), what="a list, of tuples")
    assert_equal(
        analogy(vectors[:3], words[:3], *words[:3]), [], what="answers, if all are excluded"
    )


@test_case(
    name="shares of right answers",
    points=0.5,
    hidden=True,
    failure_message="The first answer has to be the expected one; questions with unknown words do "
    "not count; `exclude` matters.",
)
def test_shares(analogy_accuracy):
    vectors, words = lexicon(64, 12)
    unit = scaled(vectors)
    rng, questions, hits = np.random.default_rng(65), [], {True: 0, False: 0}
    for k in range(20):
        a, b, c = rng.permutation(12)[:3]
        point = unit[b] - unit[a] + unit[c]
        answers = {}
        for exclude in (True, False):
            left_out = {words[i] for i in (a, b, c)} if exclude else set()
            answers[exclude] = expected(vectors, words, point, left_out, 1)[0][0]
        d = answers[k % 3 > 0] if k % 5 else words[7]
        questions.append((words[a], words[b], words[c], d))
        for exclude in hits:
            hits[exclude] += answers[exclude] == d
    for unknown in range(4):
        question = list(questions[1])
        question[unknown] = "nowhere"
        questions.append(tuple(question))
    for exclude in (True, False):
        got = analogy_accuracy(vectors, words, questions, exclude=exclude)
        assert_close(got, hits[exclude] / 20, what=f"share for exclude={exclude}")
    assert_close(analogy_accuracy(vectors, words, questions), hits[True] / 20)
    assert_close(analogy_accuracy(vectors, tuple(words), tuple(questions)), hits[True] / 20)


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError: unknown words, n below 1, a vocabulary of another length, no "
    "question that can be asked.",
)
def test_errors(neighbors, analogy, analogy_accuracy):
    vectors, words = lexicon(66)
    assert_raises(ValueError, neighbors, vectors, words, "wordy", 3, mentions="wordy")
    for n in (0, -1):
        assert_raises(ValueError, neighbors, vectors, words, words[0], n, mentions="n")
        assert_raises(ValueError, analogy, vectors, words, *words[:3], n=n, mentions="n")
    for other in (words[:-1], [*words, "one more"]):
        assert_raises(ValueError, neighbors, vectors, other, words[0], 3, mentions="vocabulary")
        assert_raises(ValueError, analogy, vectors, other, *words[:3], mentions="vocabulary")
    for place in range(3):
        asked = list(words[:3])
        asked[place] = "elsewhere"
        assert_raises(ValueError, analogy, vectors, words, *asked, mentions="elsewhere")
    asked = [(words[0], words[1], words[2], "elsewhere")]
    assert_raises(ValueError, analogy_accuracy, vectors, words, asked, mentions="questions")
    assert_raises(ValueError, analogy_accuracy, vectors, words, [], mentions="questions")
