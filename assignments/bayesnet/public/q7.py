"""Belief about the topic of a text."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q7"
points = 6
hints = [
    "Count words per topic in an array of shape (K, V), a row per topic. The same word may come "
    "twice in a document: `counts[t, ids] += 1` adds only once, `np.add.at` adds each time.",
    "Build a BayesNet with the variables topic and word: its two tables are all that the model "
    "needs.",
    "posterior: log prior plus the sum of the log likelihoods of the known words, minus the "
    "largest, exp, divided by the sum. update: the same with one word and the given prior.",
]

DOCUMENTS = [["to", "be", "or", "not", "to", "be"], ["to", "love"]]
LABELS = ["H", "R"]


def believe(fit_topic_net, documents, labels, alpha, texts):
    model = fit_topic_net(documents, labels, alpha)
    return [model.posterior(text) for text in texts]


def updated(fit_topic_net, documents, labels, alpha, prior, word):
    return fit_topic_net(documents, labels, alpha).update(prior, word)


@test_case(
    name="topics, vocabulary and the prior",
    points=1,
    failure_message="Both lists are sorted. Before any word the belief is (D_t + alpha) / "
    "(D + alpha · K).",
)
def test_prior(student):
    def probe(fit_topic_net, documents, labels, alpha):
        model = fit_topic_net(documents, labels, alpha)
        return list(model.topics), list(model.vocabulary), model.posterior([])

    documents, labels = [["the", "storm"], ["a", "ghost"], ["a", "storm"]], ["T", "H", "T"]
    topics, vocabulary, prior = student(probe, documents=documents, labels=labels, alpha=1.0)
    assert_equal(topics, ["H", "T"], what="topics")
    assert_equal(vocabulary, ["a", "ghost", "storm", "the"], what="vocabulary")
    assert_array(prior, [2 / 5, 3 / 5], what="posterior([])")


@test_case(
    name="one word: the handout's example",
    points=1,
    failure_message="P(love | H) = 1/11 and P(love | R) = 2/7 with alpha = 1.",
)
def test_one_word(student):
    given = {"documents": DOCUMENTS, "labels": LABELS, "alpha": 1.0}
    (belief,) = student(believe, **given, texts=[["love"]])
    assert_array(belief, [7 / 29, 22 / 29], what="posterior(['love'])")
    belief = student(updated, **given, prior=np.array([0.25, 0.75]), word="be")
    assert_array(belief, [3 / 11 / 4, 3 / 7 / 4] / np.sum([3 / 11 / 4, 3 / 7 / 4]))


@test_case(
    name="several words; words outside the vocabulary",
    points=1,
    failure_message="Each word multiplies in its own factor, a repeated word again; an unknown "
    "word changes nothing.",
)
def test_words(student):
    given = {"documents": DOCUMENTS, "labels": LABELS, "alpha": 1.0}
    texts = [["to", "be", "to"], ["to", "pizza", "be", "to"], ["pizza"]]
    first, second, third = student(believe, **given, texts=texts)
    weights = np.array([3 / 11 * 3 / 11 * 3 / 11, 2 / 7 * 1 / 7 * 2 / 7])
    assert_array(first, weights / weights.sum())
    assert_array(second, weights / weights.sum(), what="belief with an unknown word")
    assert_array(third, [0.5, 0.5], what="belief after an unknown word only")


@test_case(
    name="strings are documents too; alpha must be positive",
    points=1,
    failure_message="Split a string at white space. Without a pseudocount unseen words would be "
    "impossible: alpha <= 0 is a ValueError.",
)
def test_strings(student):
    documents = ["to be or not to be", " to\nlove "]
    (belief,) = student(believe, documents=documents, labels=LABELS, alpha=1.0, texts=[["love"]])
    assert_array(belief, [7 / 29, 22 / 29])
    for alpha in (0, -1.0):
        assert_raises(
            ValueError, student, believe, documents=documents, labels=LABELS, alpha=alpha, texts=[]
        )


@test_case(
    name="word by word, in any order",
    points=1,
    failure_message="The belief after a word is the prior of the next one; the end is the "
    "posterior "
    "of the whole text.",
)
def test_word_by_word(student):
    def probe(fit_topic_net, documents, labels, alpha, words):
        model = fit_topic_net(documents, labels, alpha)
        belief = model.posterior([])
        for word in words:
            belief = model.update(belief, word)
        return belief, model.posterior(words), model.posterior(words[::-1])

    given = {"documents": DOCUMENTS, "labels": LABELS, "alpha": 1.0}
    stepwise, whole, reverse = student(probe, **given, words=["to", "love", "or"])
    assert_array(stepwise, whole, what="belief after the last word")
    assert_array(reverse, whole, what="posterior of the words in reverse")


@test_case(
    name="a long text",
    points=1,
    failure_message="The product of a thousand probabilities is 0 in floating point. Add up "
    "logarithms, subtract the largest, and only then take exp.",
)
def test_long(student):
    given = {"documents": DOCUMENTS, "labels": LABELS, "alpha": 1.0}
    # A pair is 3/11 · 1/11 = 0.025 in H and 1/7 · 2/7 = 0.041 in R.
    (belief,) = student(believe, **given, texts=[["be", "love"] * 1000])
    assert_array(belief, [0.0, 1.0], atol=1e-12, what="posterior")
