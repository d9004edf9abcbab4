"""The entropy of English, and the model that drives the coder."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q7"
points = 6
hints = [
    "Go through the text once: the context of place i is `text[i - order : i]`, for i from `order` "
    "on. A dict context -> Counter of what followed.",
    "context_entropy: for each context, the sum over its followers of c · log2(total / c). Add all "
    "up and divide by the number of characters that were predicted.",
    "context_model: begin with 1/K for every symbol. For k = 0, 1, …, order, as far as there are "
    "characters: p = (counts after the last k characters + strength · p) / (their sum + strength). "
    "Careful: `past[-0:]` is everything.",
]

WORD = "abracadabra"


@test_case(
    name="abracadabra",
    points=2,
    failure_message="2.0404 bits without context, 0.6 with one character, 0 with two.",
)
def test_entropy(context_entropy):
    assert_close(context_entropy(WORD, 0), 2.0403733936884962, rtol=1e-8)
    assert_close(context_entropy(WORD, 1), 0.6)
    assert_close(context_entropy(WORD, 2), 0.0)


@test_case(
    name="the model of abracadabra",
    points=1.5,
    failure_message="Without a past p0, after an a p1: see the handout.",
)
def test_model(student):
    def probe(context_model):
        model = context_model("abracadabra", 1, "abcdr")
        return model([]), model([3, 0])

    first, after_a = student(probe)
    p0 = np.array([5.2, 2.2, 1.2, 1.2, 2.2]) / 12
    assert_array(first, p0, what="the first symbol")
    p1 = (np.array([0, 2, 1, 1, 0]) + p0) / 5
    assert_array(after_a, p1, what="after a")


@test_case(
    name="contexts that were never seen, pasts that are short",
    points=1.5,
    failure_message="What was never seen says what the shorter context says. Only as many "
    "characters count as there are.",
)
def test_contexts(student):
    def probe(context_model):
        model = context_model("abracadabra", 2, "abcdr", strength=2.0)
        return model([]), model([1]), model([0, 0]), model([2, 3]), model([4, 4, 0, 1])

    p0 = (np.array([5, 2, 1, 1, 2]) + 0.4) / 13
    after_a = (np.array([0, 2, 1, 1, 0]) + 2 * p0) / 6
    after_b = (np.array([0, 0, 0, 0, 2]) + 2 * p0) / 4
    after_d = (np.array([1, 0, 0, 0, 0]) + 2 * p0) / 3
    after_ab = (np.array([0, 0, 0, 0, 2]) + 2 * after_b) / 4
    got = student(probe)
    names = ("nothing", "b", "aa, which never came", "cd, which never came", "rrab")
    for p, want, name in zip(got, (p0, after_b, after_a, after_d, after_ab), names):
        assert_array(p, want, what=f"after {name}")


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="ValueError for an order below 0, a text that is no longer than the order, a "
    "strength that is not above 0, and characters outside of the alphabet.",
)
def test_errors(context_entropy, context_model):
    assert_raises(ValueError, context_entropy, WORD, -1, mentions="order")
    assert_raises(ValueError, context_entropy, "abc", 3, mentions=("order", "text"))
    assert_raises(ValueError, context_model, WORD, -1, "abcdr", mentions="order")
    assert_raises(ValueError, context_model, WORD, 1, "abcdr", 0.0, mentions="strength")
    assert_raises(ValueError, context_model, WORD, 1, "abcd", mentions=("text", "alphabet"))
    assert_raises(ValueError, context_model, "", 1, "aa", mentions="alphabet")
