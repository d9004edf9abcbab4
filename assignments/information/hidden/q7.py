"""The entropy of a text by order of context, and the model, on fresh texts."""

import math

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q7 (hidden)"
points = 6


def some_text(seed, n, alphabet):
    """Letters of which each leans on the one before."""
    rng = np.random.default_rng(seed)
    rows = rng.dirichlet(np.full(len(alphabet), 0.5), size=len(alphabet))
    ids = [0]
    while len(ids) < n:
        ids.append(int(rng.choice(len(alphabet), p=rows[ids[-1]])))
    return "".join(alphabet[i] for i in ids)


def entropy_by_definition(text, order):
    places = range(order, len(text))
    contexts = [text[i - order : i] for i in places]
    pairs = [text[i - order : i + 1] for i in places]
    return math.fsum(
        -math.log2(pairs.count(pair) / contexts.count(context))
        for pair, context in zip(pairs, contexts)
    ) / len(places)


def model_by_definition(text, order, alphabet, strength, past):
    h = "".join(alphabet[s] for s in past)
    h = h[max(0, len(h) - order) :]
    p = np.full(len(alphabet), 1 / len(alphabet))
    for k in range(len(h) + 1):
        tail = h[len(h) - k :]
        counts = np.zeros(len(alphabet))
        for i in range(k, len(text)):
            if text[i - k : i] == tail:
                counts[alphabet.index(text[i])] += 1
        p = (counts + strength * p) / (counts.sum() + strength)
    return p


@test_case(
    name="entropy of fresh texts",
    points=2,
    hidden=True,
    failure_message="Contexts count as often as they are followed; the first characters are not "
    "predicted.",
)
def test_entropy(context_entropy):
    text = some_text(71, 300, "etaoin ")
    for order in (0, 1, 2, 3, 5, 299):
        want = entropy_by_definition(text, order)
        assert_close(context_entropy(text, order), want, rtol=1e-8, what=f"order {order}")
    assert_close(context_entropy("aaaa", 0), 0.0)
    assert_close(context_entropy("ab\nba\n", 0), math.log2(3))


@test_case(
    name="the model of fresh texts",
    points=2,
    hidden=True,
    failure_message="Each order mixes its counts with the model of the next shorter context, in "
    "proportion to `strength`; the numbers of the symbols are their places in the alphabet.",
)
def test_model(student):
    def probe(context_model, text, order, alphabet, strength, pasts):
        model = context_model(text, order, alphabet, strength)
        return [model(past) for past in pasts]

    rng = np.random.default_rng(72)
    for seed, order, strength in (
        (1, 0, 1.0),
        (2, 1, 0.25),
        (3, 2, 5.0),
        (4, 4, 1.0),
        (5, 1, 1e-4),
    ):
        alphabet = "zoe taxi"
        text = some_text(seed, 120, alphabet[:-1])  # the last character never comes
        pasts = [rng.integers(0, 8, n).tolist() for n in (0, 1, 2, 3, 9)]
        pasts += [[alphabet.index(c) for c in text[:n]] for n in (3, 40, 80)]
        given = {"text": text, "order": order, "alphabet": alphabet, "strength": strength}
        got = student(probe, pasts=pasts, **given)
        for p, past in zip(got, pasts):
            want = model_by_definition(text, order, alphabet, strength, past)
            assert_array(p, want, what="probabilities")
            assert_close(p.sum(), 1.0, what="sum of the probabilities")


@test_case(
    name="asked again and again",
    points=1,
    hidden=True,
    failure_message="The model learns nothing from what it is asked, not even if the caller writes "
    "into the array that came back. `strength` is 1 unless another is given. An empty text says "
    "nothing.",
)
def test_again(student):
    def probe(context_model):
        model = context_model("abcabcab", 2, "abc")
        past = [0, 1]
        longer = [2, 2, 0, 0, 1]
        for question in ([], past, [2], longer):
            answer = model(question)
            if answer.flags.writeable:
                answer[:] = 9.0
        other = context_model("", 3, "abcd")
        weak = context_model("abcabcab", 2, "abc", 0.125)(past)
        only = context_model("aa", 1, "a")([0])
        return model([]), model([2]), model(past), (past, longer), other([1, 1, 1]), weak, only

    first, after_c, after_ab, pasts, nothing, weak, only = student(probe)
    assert_array(only, np.ones(1), what="the model of a single character")
    want = model_by_definition("abcabcab", 2, "abc", 0.125, [0, 1])
    assert_array(weak, want, what="a second model, of another strength")
    for got, question in ((first, []), (after_c, [2]), (after_ab, [0, 1])):
        assert_array(got, model_by_definition("abcabcab", 2, "abc", 1.0, question))
    assert_equal(pasts, ([0, 1], [2, 2, 0, 0, 1]), what="past after the call")
    assert_array(nothing, np.full(4, 0.25), what="the model of an empty text")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError for an order below 0 or not below the length of the text, a "
    "strength that is not above 0, an alphabet that is empty or repeats, and a foreign character.",
)
def test_errors(context_entropy, context_model):
    for text, order in (("abab", 4), ("abab", -2), ("", 0), ("a", 7)):
        assert_raises(ValueError, context_entropy, text, order, mentions=("order", "text"))
    assert_raises(ValueError, context_model, "ab", -1, "ab", mentions="order")
    for strength in (0.0, -1.0):
        assert_raises(ValueError, context_model, "ab", 1, "ab", strength, mentions="strength")
    for alphabet in ("", "aba"):
        assert_raises(ValueError, context_model, "", 1, alphabet, mentions="alphabet")
    assert_raises(ValueError, context_model, "abcab", 1, "abd", mentions=("text", "alphabet"))
