"""Beliefs about topics, on small corpora and on long texts."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q7 (hidden)"
points = 5


def corpus(seed, topics, documents, words, length):
    """Documents of a few topics that prefer different words."""
    rng = np.random.default_rng(seed)
    names, vocabulary = [f"t{k}" for k in range(topics)], [f"w{i:03d}" for i in range(words)]
    taste = rng.dirichlet(np.full(words, 0.3), size=topics)
    labels = rng.integers(0, topics, documents)
    labels[:topics] = np.arange(topics)  # each at least once
    texts = [
        rng.choice(vocabulary, size=rng.integers(1, length), p=taste[k]).tolist() for k in labels
    ]
    return texts, [names[k] for k in labels]


def tables(documents, labels, alpha):
    """Topics, vocabulary, prior (K,) and likelihood (K, V), from the definition."""
    topics = sorted(set(labels))
    vocabulary = sorted({w for d in documents for w in d})
    counts = np.zeros((len(topics), len(vocabulary)))
    for d, label in zip(documents, labels, strict=True):
        for w in d:
            counts[topics.index(label), vocabulary.index(w)] += 1
    prior = np.array([labels.count(t) for t in topics]) + alpha
    mass = counts + alpha
    return topics, vocabulary, prior / prior.sum(), mass / mass.sum(axis=1, keepdims=True)


def believe(fit_topic_net, documents, labels, alpha, texts):
    model = fit_topic_net(documents, labels, alpha)
    return [model.posterior(text) for text in texts]


def updates(fit_topic_net, documents, labels, alpha, prior, words):
    model, beliefs = fit_topic_net(documents, labels, alpha), []
    for word in words:
        before = prior
        prior = model.update(before, word)
        beliefs.append(prior)
    return beliefs


@test_case(
    name="posterior from the definition",
    points=1,
    hidden=True,
    failure_message="Several documents per topic of different lengths; the same pseudocount for "
    "topics and for words, added once to each; the vocabulary is that of all documents.",
)
def test_posterior(student):
    for seed, (topics, alpha) in enumerate(((2, 1.0), (4, 0.1), (3, 2.5))):
        documents, labels = corpus(120 + seed, topics, 9, 30, 25)
        _, vocabulary, prior, likelihood = tables(documents, labels, alpha)
        rng = np.random.default_rng(130 + seed)
        ids = [rng.integers(0, len(vocabulary), n) for n in (0, 1, 2, 7)]
        texts = [[vocabulary[i] for i in row] for row in ids]
        got = student(believe, documents=documents, labels=labels, alpha=alpha, texts=texts)
        for row, belief in zip(ids, got, strict=True):
            weights = prior * likelihood[:, row].prod(axis=1)
            assert_array(belief, weights / weights.sum(), what="posterior")


@test_case(
    name="word by word",
    points=1,
    hidden=True,
    failure_message="Updating with each word in turn leads to the posterior of the whole text, in "
    "whatever order the words come. The prior that is given counts, and is not modified.",
)
def test_update(student):
    documents, labels = corpus(140, 3, 8, 20, 20)
    _, vocabulary, prior, likelihood = tables(documents, labels, 0.5)
    given = {"documents": documents, "labels": labels, "alpha": 0.5}
    words = [vocabulary[i] for i in (3, 0, 3, 7, 5)]
    for sequence in (words, words[::-1]):
        for start in (prior, np.array([0.2, 0.0, 0.8])):
            beliefs = student(updates, **given, prior=start.copy(), words=sequence)
            weights = start
            for belief, word in zip(beliefs, sequence, strict=True):
                weights = weights * likelihood[:, vocabulary.index(word)]
                assert_array(belief, weights / weights.sum(), what="belief after a word")
    (posterior,) = student(believe, **given, texts=[words])
    (shuffled,) = student(believe, **given, texts=[words[::-1]])
    assert_array(shuffled, posterior, what="posterior of the words in another order")

    def once(fit_topic_net, documents, labels, alpha, prior, word):
        model = fit_topic_net(documents, labels, alpha)
        model.update(prior, word)
        return prior

    same = student(once, **given, prior=np.array([0.5, 0.3, 0.2]), word=words[0])
    assert_array(same, [0.5, 0.3, 0.2], what="prior after the call")


@test_case(
    name="long texts",
    points=1,
    hidden=True,
    failure_message="A product of ten thousand probabilities is 0 in floating point, and 0/0 is no "
    "belief. Logarithms, with the largest subtracted before exp.",
)
def test_long(student):
    documents, labels = corpus(141, 3, 9, 40, 30)
    _, vocabulary, prior, likelihood = tables(documents, labels, 0.2)
    rng = np.random.default_rng(142)
    # All words equally often, in any order, and a few more: the belief does not become 0 or 1.
    logs, texts, expected = np.log(likelihood), [], []
    for repeats in (20, 400):
        # Two words whose ratio pulls topics 0 and 1 apart the least.
        spread = np.abs(logs - logs.mean(axis=0)).max(axis=0)
        ids = np.repeat(np.argsort(spread)[:2], repeats)
        total = np.log(prior) + logs[:, ids].sum(axis=1)
        weights = np.exp(total - total.max())
        texts.append([vocabulary[i] for i in rng.permutation(ids)])
        expected.append(weights / weights.sum())
    ids = rng.integers(0, len(vocabulary), 10000)
    total = np.log(prior) + logs[:, ids].sum(axis=1)
    weights = np.exp(total - total.max())
    texts.append([vocabulary[i] for i in ids])
    expected.append(weights / weights.sum())
    got = student(believe, documents=documents, labels=labels, alpha=0.2, texts=texts)
    for belief, want in zip(got, expected, strict=True):
        # Sums of 10 000 logarithms: rounding of about 1e-9 in the exponent.
        assert_array(belief, want, rtol=1e-7, atol=1e-12, what="posterior")


@test_case(
    name="unknown words and no words",
    points=0.5,
    hidden=True,
    failure_message="A word outside the vocabulary leaves the belief as it is, in update and in "
    "posterior; but what update returns is a new array, and sums to 1. Without words the posterior "
    "is the prior of the labels.",
)
def test_unknown(student):
    documents, labels = corpus(143, 3, 7, 15, 12)
    _, vocabulary, prior, _ = tables(documents, labels, 1.0)
    given = {"documents": documents, "labels": labels, "alpha": 1.0}
    known = [vocabulary[0], vocabulary[4]]
    texts = [[], ["xyzzy"], known, ["xyzzy", known[0], "", "plugh", known[1], "xyzzy"]]
    empty, unknown, plain, mixed = student(believe, **given, texts=texts)
    assert_array(empty, prior, what="posterior([])")
    assert_array(unknown, prior, what="posterior of an unknown word")
    assert_array(mixed, plain, what="posterior with unknown words in between")
    start = np.array([0.1, 0.2, 0.7])
    assert_array(student(updates, **given, prior=start.copy(), words=["xyzzy"])[0], start)
    for word, weights in (("xyzzy", start), (known[0], None)):
        whole, tenth = student(updates, **given, prior=20 * start, words=[word])[0], start
        if weights is None:
            tenth = student(updates, **given, prior=start, words=[word])[0]
        assert_array(whole, tenth, what="belief from a prior that sums to 20")

    def written_into(fit_topic_net, documents, labels, alpha, prior):
        fit_topic_net(documents, labels, alpha).update(prior, "xyzzy")[:] = 7.0
        return prior

    after = student(written_into, **given, prior=start.copy())
    assert_array(after, start, what="prior after the result was written into")


@test_case(
    name="what is learned from",
    points=0.5,
    hidden=True,
    failure_message="Strings are split at any white space and not changed otherwise; labels may "
    "repeat in any order; alpha may be an integer, or tiny. No documents, a label too few or "
    "too many, or alpha <= 0: ValueError.",
)
def test_fit(student):
    def probe(fit_topic_net, documents, labels, alpha):
        model = fit_topic_net(documents, labels, alpha)
        return list(model.topics), list(model.vocabulary), model.posterior(["b"])

    documents, labels = ["b  a\n b", "\tc a ", "b c", "a"], ["y", "x", "y", "x"]
    topics, vocabulary, belief = student(probe, documents=documents, labels=labels, alpha=2)
    split = [d.split() for d in documents]
    want_topics, want_vocabulary, prior, likelihood = tables(split, labels, 2)
    assert_equal(topics, want_topics, what="topics")
    assert_equal(vocabulary, want_vocabulary, what="vocabulary")
    weights = prior * likelihood[:, 1]
    assert_array(belief, weights / weights.sum(), what="posterior(['b'])")
    # What stands between white space is a word, as it is; a document without words is a document.
    given = {"documents": ["To to, to", "", "to"], "labels": ["x", "x", "y"], "alpha": 1e-6}
    _, vocabulary, belief = student(probe, **given)
    assert_equal(vocabulary, ["To", "to", "to,"], what="vocabulary")
    assert_array(belief, [2 / 3, 1 / 3], rtol=1e-5, what="posterior of an unknown word")
    for wrong in (
        {"documents": [], "labels": [], "alpha": 1.0},
        {"documents": documents, "labels": labels[:3], "alpha": 1.0},
        {"documents": documents, "labels": [*labels, "x"], "alpha": 1.0},
        {"documents": documents, "labels": labels, "alpha": 0},
        {"documents": documents, "labels": labels, "alpha": -0.5},
    ):
        assert_raises(ValueError, student, probe, **wrong)


@test_case(
    name="priors that are none, and a model that stays",
    points=1,
    hidden=True,
    failure_message="A prior of another length, with a negative entry, or without mass: "
    "ValueError. "
    "One as small as 1e-300 counts. Asking changes nothing in the model. A string is a document in "
    "posterior too; labels may be numbers.",
)
def test_prior(student):
    documents, labels = ["to be or not to be", "to love", "be it"], [10, 2, 2]
    given = {"documents": documents, "labels": labels, "alpha": 1.0}
    split = [d.split() for d in documents]
    want_topics, vocabulary, prior, likelihood = tables(split, labels, 1.0)

    def probe(fit_topic_net, documents, labels, alpha):
        model = fit_topic_net(documents, labels, alpha)
        before = model.posterior([])
        tiny = model.update([1e-300, 1.0], "love")
        model.update([0.9, 0.1], "be")
        words = ["be", "love"]
        answers = (
            model.posterior(words),
            model.posterior("be love"),
            model.posterior(("be", "love")),
        )
        return list(model.topics), before, tiny, answers, model.posterior([]), words

    topics, before, tiny, answers, after, words = student(probe, **given)
    assert_equal(topics, want_topics, what="topics")
    assert_array(before, prior, what="posterior([])")
    assert_array(after, prior, what="posterior([]) after other questions")
    assert_equal(words, ["be", "love"], what="the words after the call")
    column = likelihood[:, vocabulary.index("love")]
    assert_array(tiny, [1e-300 * column[0] / column[1], 1.0], atol=0, what="update")
    weights = prior * likelihood[:, vocabulary.index("be")] * column
    for belief in answers:
        assert_array(belief, weights / weights.sum(), what="posterior")

    def wrong(fit_topic_net, documents, labels, alpha, prior):
        return fit_topic_net(documents, labels, alpha).update(prior, "be")

    for bad in ([0.5], [0.2, 0.3, 0.5], [[0.5, 0.5]], [1.5, -0.5], [0.0, 0.0], 0.5):
        assert_raises(ValueError, student, wrong, **given, prior=bad)
