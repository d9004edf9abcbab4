"""The chain against its definition; d-separation against all paths."""

import itertools

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
name = "q8 (hidden)"
points = 7


def corpus(seed, topics=3, documents=8, words=7, length=30):
    rng = np.random.default_rng(seed)
    names = [f"t{k}" for k in range(topics)]
    labels = rng.integers(0, topics, documents)
    labels[:topics] = np.arange(topics)
    chains = rng.dirichlet(np.full(words, 0.5), size=(topics, words))
    texts = []
    for k in labels:
        ids = [int(rng.integers(words))]
        for _ in range(rng.integers(0, length)):
            ids.append(int(rng.choice(words, p=chains[k, ids[-1]])))
        texts.append([f"w{i}" for i in ids])
    return texts, [names[k] for k in labels]


def tables(documents, labels, alpha):
    """Vocabulary, prior (K,), and rows: previous -> (K, V), from the definition."""
    topics = sorted(set(labels))
    vocabulary = sorted({w for d in documents for w in d})
    counts = {u: np.zeros((len(topics), len(vocabulary))) for u in (None, *vocabulary)}
    for d, label in zip(documents, labels, strict=True):
        for u, w in zip([None, *d], d, strict=False):
            counts[u][topics.index(label), vocabulary.index(w)] += 1
    prior = np.array([labels.count(t) for t in topics]) + alpha
    rows = {u: (c + alpha) / (c + alpha).sum(axis=1, keepdims=True) for u, c in counts.items()}
    return vocabulary, prior / prior.sum(), rows


def next_words(fit_word_chain, documents, labels, alpha, questions):
    model = fit_word_chain(documents, labels, alpha)
    return [model.next_word(previous, belief) for previous, belief in questions]


def log_probs(fit_word_chain, documents, labels, alpha, texts):
    model = fit_word_chain(documents, labels, alpha)
    return [(model.log_prob(text), model.perplexity(text)) for text in texts]


def expected_log_prob(vocabulary, prior, rows, text):
    logs = np.log(prior)
    for u, w in zip([None, *text], text, strict=False):
        logs = logs + np.log(rows[u][:, vocabulary.index(w)])
    return logs.max() + np.log(np.exp(logs - logs.max()).sum())


@test_case(
    name="next_word from the definition",
    points=1,
    hidden=True,
    failure_message="Each topic has its own counts of which word follows which; their rows are "
    "averaged with the belief as weights. Documents do not run into each other.",
)
def test_next(student):
    rng = np.random.default_rng(150)
    for seed, alpha in ((151, 1.0), (152, 0.05)):
        documents, labels = corpus(seed)
        vocabulary, prior, rows = tables(documents, labels, alpha)
        beliefs = [*np.eye(3), prior, *rng.dirichlet(np.ones(3), size=2)]
        questions = list(itertools.product([None, *vocabulary], beliefs))
        got = student(
            next_words, documents=documents, labels=labels, alpha=alpha, questions=questions
        )
        for (previous, belief), row in zip(questions, got, strict=True):
            assert_array(row, belief @ rows[previous], what="next_word")


@test_case(
    name="after something that was never seen",
    points=1,
    hidden=True,
    failure_message="Unknown words, and words that have no follower in this topic or in any, leave "
    "only the pseudocounts: every word 1/V. Each answer sums to 1.",
)
def test_unseen(student):
    documents, labels = [["a", "b", "a", "c"], "d d b".split(), ["e"]], ["x", "y", "x"]
    _, _, rows = tables(documents, labels, 0.3)
    beliefs = np.array([1.0, 0.0]), np.array([0.0, 1.0]), np.array([0.4, 0.6])
    questions = list(itertools.product(["zebra", "", "e", "c", "d", "a", None], beliefs))
    got = student(next_words, documents=documents, labels=labels, alpha=0.3, questions=questions)
    for (previous, belief), row in zip(questions, got, strict=True):
        assert_array(row, belief @ rows.get(previous, np.full((2, 5), 0.2)), what="next_word")
        assert_close(row.sum(), 1.0, what="sum of next_word")


@test_case(
    name="log_prob: one topic for the whole text",
    points=1,
    hidden=True,
    failure_message="The sum over topics stands outside of the product over words, with the prior "
    "of the labels in it. Natural logarithm; the first word follows None; no words: 0.",
)
def test_log_prob(student):
    for seed, alpha in ((153, 1.0), (154, 0.1)):
        documents, labels = corpus(seed)
        vocabulary, prior, rows = tables(documents, labels, alpha)
        rng = np.random.default_rng(seed)
        texts = [documents[0], *([vocabulary[i] for i in rng.integers(0, 6, n)] for n in (1, 2, 9))]
        got = student(log_probs, documents=documents, labels=labels, alpha=alpha, texts=texts)
        for (log_prob, perplexity), text in zip(got, texts, strict=True):
            want = expected_log_prob(vocabulary, prior, rows, text)
            assert_close(log_prob, want, what="log_prob")
            assert_close(perplexity, np.exp(-want / len(text)), what="perplexity")

    def empty(fit_word_chain, documents, labels, alpha):
        return fit_word_chain(documents, labels, alpha).log_prob([])

    # The prior sums to 1 up to rounding.
    got = student(empty, documents=documents, labels=labels, alpha=alpha)
    assert_close(got, 0.0, atol=1e-9, what="log_prob([])")


@test_case(
    name="long texts, and what cannot be learned from",
    points=0.5,
    hidden=True,
    failure_message="The probability of a thousand words is 0 in floating point: stay with "
    "logarithms to the end. alpha <= 0 or labels that do not fit: ValueError.",
)
def test_long(student):
    documents, labels = corpus(155)
    vocabulary, prior, rows = tables(documents, labels, 0.2)
    rng = np.random.default_rng(156)
    text = [vocabulary[i] for i in rng.integers(0, len(vocabulary), 3000)]
    ((log_prob, perplexity),) = student(
        log_probs, documents=documents, labels=labels, alpha=0.2, texts=[text]
    )
    want = expected_log_prob(vocabulary, prior, rows, text)
    assert_close(log_prob, want, what="log_prob")
    assert_close(perplexity, np.exp(-want / len(text)), what="perplexity")
    for wrong in (
        {"documents": documents, "labels": labels[1:], "alpha": 1.0},
        {"documents": documents, "labels": [*labels, labels[0]], "alpha": 1.0},
        {"documents": documents, "labels": labels, "alpha": 0.0},
    ):
        assert_raises(ValueError, student, log_probs, **wrong, texts=[])


def separated(BayesNet, d_separated, edges, questions):
    net = BayesNet()
    for variable, parents in edges:
        cpt = 0.5
        for _ in range(len(parents) + 1):
            cpt = [cpt, cpt]
        net.add(variable, ["no", "yes"], parents, cpt)
    return [d_separated(net, x, y, z) for x, y, z in questions]


def blocked(edges, x, y, z):
    """Is every path from x to y blocked by z? Straight from the definition."""
    parents = {v: set(p) for v, p in edges}
    children = {v: {c for c, p in edges if v in p} for v in parents}

    def open_collider(v):
        return v in z or any(open_collider(c) for c in children[v])

    def paths(path):
        if path[-1] == y:
            yield path
            return
        for v in sorted(parents[path[-1]] | children[path[-1]]):
            if v not in path:
                yield from paths([*path, v])

    for path in paths([x]):
        inner = zip(path, path[1:], path[2:], strict=False)
        if all(
            open_collider(m) if a in parents[m] and b in parents[m] else m not in z
            for a, m, b in inner
        ):
            return False
    return True


@test_case(
    name="d-separation on random graphs",
    points=1.5,
    hidden=True,
    failure_message="Every path has to be blocked. A node on a path may be a collider on one path "
    "and not on another; z may hold several variables.",
)
def test_random_graphs(student):
    rng = np.random.default_rng(157)
    for _ in range(8):
        names = [f"n{i}" for i in rng.permutation(7)]
        edges = [
            (v, [names[j] for j in range(i) if rng.random() < 0.3]) for i, v in enumerate(names)
        ]
        questions = []
        for _ in range(40):
            x, y, *z = rng.permutation(names).tolist()[: rng.integers(2, 6)]
            questions.append((x, y, z))
        got = student(separated, edges=edges, questions=questions)
        expect(all(isinstance(x, bool | np.bool_) for x in got), "d_separated should return a bool")
        assert_equal(got, [blocked(edges, *q) for q in questions], what="d_separated")


@test_case(
    name="d-separation: colliders and their descendants",
    points=1,
    hidden=True,
    failure_message="A collider opens when it is known, or when anything below it is, however far. "
    "z may be a list, tuple or set. Unknown variables, x = y, and x or y in z: ValueError.",
)
def test_colliders(student):
    edges = [("a", []), ("b", []), ("c", ["a", "b"]), ("d", ["c"]), ("e", ["d"]), ("f", ["b"])]
    questions = [("a", "b", z) for z in ([], ["c"], ("d",), {"e"}, {"f"}, ["e", "f"])]
    questions += [("a", "f", z) for z in ([], ["e"], ["b", "e"], {"b"})]
    questions += [("a", "e", z) for z in ([], ["d"], ["c"], ["b"])]
    got = student(separated, edges=edges, questions=questions)
    assert_equal(got, [blocked(edges, *q) for q in questions], what="d_separated")
    wrong = (
        ("a", "q", []),
        ("q", "a", []),
        ("a", "b", ["q"]),
        ("a", "a", []),
        ("a", "b", ["b", "c"]),
    )
    for question in (*wrong, ("a", "b", {"a"})):
        assert_raises(ValueError, student, separated, edges=edges, questions=[question])


@test_case(
    name="words outside the vocabulary, and beliefs that are none",
    points=1,
    hidden=True,
    failure_message="An unknown word in a text is a factor of 1, and the word after it follows "
    "something that was never seen. A belief of another length, with a negative entry, or without "
    "mass: ValueError; so is the perplexity of nothing. A string is a document too.",
)
def test_outside(student):
    documents, labels = ["a b a c", "d d b", "e a b"], ["x", "y", "x"]
    given = {"documents": documents, "labels": labels, "alpha": 0.3}
    vocabulary, prior, rows = tables([d.split() for d in documents], labels, 0.3)
    uniform = np.full(2, 0.2)
    a, b = (vocabulary.index(w) for w in "ab")
    texts = ["zebra", "a zebra b", ["zebra", "a"], ("a", "b"), "a b"]
    factors = [
        np.ones(2),
        rows[None][:, a] * uniform,
        uniform,
        rows[None][:, a] * rows["a"][:, b],
        rows[None][:, a] * rows["a"][:, b],
    ]
    got = student(log_probs, **given, texts=texts)
    for (log_prob, perplexity), text, factor in zip(got, texts, factors, strict=True):
        count = len(text.split()) if isinstance(text, str) else len(text)
        want = np.log((prior * factor).sum())
        assert_close(log_prob, want, what="log_prob", atol=1e-9)
        assert_close(perplexity, np.exp(-want / count), what="perplexity", rtol=1e-8)
    assert_raises(ValueError, student, log_probs, **given, texts=[[]])
    for belief in ([1.0], [0.2, 0.3, 0.5], [1.5, -0.5], [0.0, 0.0]):
        assert_raises(ValueError, student, next_words, **given, questions=[("a", belief)])

    def twice(fit_word_chain, documents, labels, alpha, belief):
        model = fit_word_chain(documents, labels, alpha)
        first = model.next_word("zebra", belief)
        model.log_prob("a zebra b")
        return first, model.next_word("zebra", belief), list(model.topics), list(model.vocabulary)

    documents = {"documents": ["To to, to"], "labels": ["x"], "alpha": 1.0}
    *_, words = student(twice, **documents, belief=[1.0])
    assert_equal(words, ["To", "to", "to,"], what="vocabulary")
    half, eight = student(next_words, **given, questions=[("a", [0.25, 0.75]), ("a", [2.0, 6.0])])
    assert_array(eight, half, what="next_word with a belief that sums to 8")
    first, again, topics, words = student(twice, **given, belief=[0.5, 0.5])
    assert_array(again, first, what="the same question once more")
    assert_equal((topics, words), (["x", "y"], vocabulary), what="topics and vocabulary")
