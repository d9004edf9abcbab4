"""Counting: n-gram models."""

import math

from autograder.checks import assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2"
points = 7
hints = [
    "For each length of context 0 … n − 1 keep a dict from context (a tuple) to a Counter of the "
    "tokens that followed it. Both c(h) and T(h) come from that Counter.",
    "prob is recursive: begin with p = 1/V, then go through the contexts from the empty one to "
    "the longest and let each change p. A context that was never seen leaves p as it is.",
    "Kneser–Ney is the same with another Counter below the top order: put each different "
    "(m+1)-gram into a set, and count for its last m tokens one for each member of the set.",
]

A, B, C = 0, 1, 2
TEXT = [A, B, A, B, A, C]  # the example of the handout


def probe_probs(NGramModel, n, smoothing, ids, asked):
    model = NGramModel(n, smoothing)
    model.fit(ids)
    return [model.prob(context, token) for context, token in asked]


@test_case(
    name="add-1, by hand",
    points=1.5,
    failure_message="p(b | a) = (2 + 1) / (3 + 3). The k of all V tokens is in the denominator.",
)
def test_add_one(student):
    asked = [([A], B), ([A], C), ([A], A), ([], A)]
    got = student(probe_probs, n=2, smoothing="add-k", ids=TEXT, asked=asked)
    for value, expected, what in zip(
        got, (3 / 6, 2 / 6, 1 / 6, 4 / 9), ("p(b|a)", "p(c|a)", "p(a|a)", "p(a)"), strict=True
    ):
        assert_close(value, expected, what=what)


@test_case(
    name="Witten–Bell, by hand",
    points=1.5,
    failure_message="p(b) = (2 + 3 · 1/3) / (6 + 3), then p(b | a) = (2 + 2 · p(b)) / (3 + 2).",
)
def test_witten_bell(student):
    asked = [([], B), ([A], B), ([A], A), ([C], B)]
    got = student(probe_probs, n=2, smoothing="witten-bell", ids=TEXT, asked=asked)
    wanted = (1 / 3, (2 + 2 / 3) / 5, 2 * (4 / 9) / 5, 1 / 3)
    for value, expected, what in zip(
        got, wanted, ("p(b)", "p(b|a)", "p(a|a)", "p(b|c), c never followed"), strict=True
    ):
        assert_close(value, expected, what=what)


@test_case(
    name="Kneser–Ney, by hand",
    points=1.5,
    failure_message="Each of a, b, c ends one of the three different pairs ab, ba, ac, so all "
    "three are equally likely after nothing. After a: (2 − D)/3 + 2D/9 for b, (1 − D)/3 + 2D/9 "
    "for c.",
)
def test_kneser_ney(student):
    asked = [([], A), ([], B), ([], C), ([A], A), ([A], B), ([A], C)]
    got = student(probe_probs, n=2, smoothing="kneser-ney", ids=TEXT, asked=asked)
    for value, what in zip(got[:3], ("p(a)", "p(b)", "p(c)"), strict=True):
        assert_close(value, 1 / 3, what=what)
    d = 4.5 * got[3]
    expect(0 < d < 1, f"p(a|a) = 2D/9 means D = {d:.3g}, which is not between 0 and 1")
    assert_close(got[4], (2 - d) / 3 + 2 * d / 9, what="p(b|a)")
    assert_close(got[5], (1 - d) / 3 + 2 * d / 9, what="p(c|a)")


@test_case(
    name="probabilities sum to 1",
    points=1,
    failure_message="Over all tokens of the vocabulary, after any context: seen, unseen, or none.",
)
def test_sums(student):
    ids = [0, 1, 2, 0, 1, 3, 0, 1, 2, 2, 4, 0]
    for smoothing in ("add-k", "witten-bell", "kneser-ney"):
        for context in ([], [0], [0, 1], [4, 4], [3, 2]):
            asked = [(context, token) for token in range(5)]
            got = student(probe_probs, n=3, smoothing=smoothing, ids=ids, asked=asked)
            assert_close(sum(got), 1.0, what=f"{smoothing}: sum of p(w | {context}) over w")


@test_case(
    name="perplexity, bits, and tokens that do not exist",
    points=1.5,
    failure_message="Perplexity is exp of the mean of −ln p; one bit is ln 2 nats; V is the "
    "largest id + 1, and a token ≥ V is a ValueError.",
)
def test_perplexity(student):
    def probe(NGramModel, ids, other):
        model = NGramModel(1, "add-k")
        model.fit(ids)
        return model.perplexity(other)

    assert_close(student(probe, ids=[0, 1, 2, 3], other=[3, 3, 1]), 4.0, what="perplexity")
    assert_close(student.function("bits_per_char")(math.log(2)), 1.0, what="bits_per_char(ln 2)")
    asked = [([0], 4)]
    assert_raises(
        ValueError, student, probe_probs, n=2, smoothing="add-k", ids=[0, 1, 2, 3], asked=asked
    )
