"""n-gram models on fresh texts: every smoothing, every order, every kind of context."""

import math

import numpy as np

from autograder.checks import assert_close, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 7


def text(n, v, seed, skip=()):
    """A random text with some structure, in which the ids of `skip` do not occur; v − 1 does."""
    rng = np.random.default_rng(seed)
    allowed = [i for i in range(v) if i not in skip]
    jump = rng.integers(0, len(allowed), (len(allowed), 3))
    state, ids = 0, []
    for _ in range(n):
        state = (
            int(jump[state, rng.integers(0, 3)])
            if rng.random() < 0.8
            else int(rng.integers(0, len(allowed)))
        )
        ids.append(allowed[state])
    assert max(ids) == v - 1
    return ids


def followers(ids, context):
    """How often each token followed the context."""
    m, found = len(context), {}
    for i in range(len(ids) - m):
        if tuple(ids[i : i + m]) == tuple(context):
            found[ids[i + m]] = found.get(ids[i + m], 0) + 1
    return found


def continuations(ids, context):
    """After how many different tokens each (context, token) occurred."""
    m = len(context)
    grams = {tuple(ids[i : i + m + 2]) for i in range(len(ids) - m - 1)}
    found = {}
    for gram in grams:
        if gram[1:-1] == tuple(context):
            found[gram[-1]] = found.get(gram[-1], 0) + 1
    return found


def add_k(ids, context, token, k):
    c = followers(ids, context)
    return (c.get(token, 0) + k) / (sum(c.values()) + k * (max(ids) + 1))


def witten_bell(ids, context, token):
    shorter = witten_bell(ids, context[1:], token) if context else 1 / (max(ids) + 1)
    c = followers(ids, context)
    return (c.get(token, 0) + len(c) * shorter) / (sum(c.values()) + len(c)) if c else shorter


def probe_probs(NGramModel, n, smoothing, ids, asked, options):
    model = NGramModel(n, smoothing, **options)
    model.fit(ids)
    return [model.prob(context, token) for context, token in asked]


def probe_perplexity(NGramModel, n, smoothing, ids, other):
    model = NGramModel(n, smoothing)
    model.fit(ids)
    return model.perplexity(other)


def contexts(ids, n, seed):
    """Seen and unseen ones of all lengths up to n − 1, the end of the text among them."""
    rng, v = np.random.default_rng(seed), max(ids) + 1
    found = [[], ids[-1:], ids[len(ids) - n + 1 :] if n > 1 else []]
    for m in range(1, n):
        for _ in range(3):
            at = int(rng.integers(0, len(ids) - m))
            found += [ids[at : at + m], rng.integers(0, v, m).tolist()]
    return [c[len(c) - min(len(c), n - 1) :] for c in found]


@test_case(
    name="add-k",
    points=1,
    hidden=True,
    failure_message="(c(hw) + k) / (c(h) + kV) with any k; c(h) counts followers of h, so its "
    "last occurrence at the very end of the text has none.",
)
def test_add_k(student):
    ids = text(150, 7, 1)
    for n, k in ((3, 0.25), (1, 2.0), (2, 1.0), (2, 1e-3)):
        asked = [(c, w) for c in contexts(ids, n, n) for w in range(7)]
        got = student(probe_probs, n=n, smoothing="add-k", ids=ids, asked=asked, options={"k": k})
        for value, (context, w) in zip(got, asked, strict=True):
            assert_close(value, add_k(ids, context, w, k), what=f"add-{k:g}, n = {n}")


@test_case(
    name="Witten–Bell",
    points=1,
    hidden=True,
    failure_message="T(h) is the number of different followers. The shorter context drops the "
    "token that is furthest back; an unseen context hands the question on unchanged.",
)
def test_witten_bell(student):
    ids = text(200, 8, 2, skip=(3,))
    for n in (1, 2, 4):
        asked = [(c, w) for c in contexts(ids, n, n) for w in range(8)]
        got = student(probe_probs, n=n, smoothing="witten-bell", ids=ids, asked=asked, options={})
        for value, (context, w) in zip(got, asked, strict=True):
            assert_close(value, witten_bell(ids, context, w), what=f"Witten–Bell, n = {n}")


def check_kneser_ney(student, ids, n):
    """Compare all orders up to n, each with the one discount that the answers of it imply."""
    v = max(ids) + 1

    def counts(context):
        return (followers if len(context) == n - 1 else continuations)(ids, context)

    def ask(context):
        asked = [(context, w) for w in range(v)]
        return student(probe_probs, n=n, smoothing="kneser-ney", ids=ids, asked=asked, options={})

    expected = {}
    for m in range(n):
        known = sorted({tuple(ids[i : i + m]) for i in range(len(ids) - m)})
        known = [h for h in known if counts(h)]
        known = known[:: max(1, len(known) // 6)]
        discount = None
        for h in known:
            c, got = counts(h), ask(list(h))
            total = sum(c.values())
            shorter = expected[h[1:]] if m else [1 / v] * v
            unseen = [w for w in range(v) if w not in c]
            if discount is None:
                if not unseen:
                    continue
                discount = got[unseen[0]] * total / (len(c) * shorter[unseen[0]])
                expect(
                    0 < discount < 1,
                    f"order {m + 1}: what an unseen token gets means D = {discount:.4g}; "
                    "it should lie between 0 and 1",
                )
            expected[h] = [
                max(c.get(w, 0) - discount, 0) / total + discount * len(c) / total * shorter[w]
                for w in range(v)
            ]
            for w in range(v):
                assert_close(got[w], expected[h][w], rtol=1e-8, what=f"Kneser–Ney, order {m + 1}")
        assert discount is not None, "the test's text leaves the discount open"
        # Every context of this order, for the next one to build on.
        for h in {tuple(ids[i : i + m]) for i in range(len(ids) - m)} - set(expected):
            c = counts(h)
            shorter = expected[h[1:]] if m else [1 / v] * v
            total = sum(c.values())
            expected[h] = [
                max(c.get(w, 0) - discount, 0) / total + discount * len(c) / total * shorter[w]
                if total
                else shorter[w]
                for w in range(v)
            ]


@test_case(
    name="Kneser–Ney, pairs",
    points=1,
    hidden=True,
    failure_message="With n = 2 the empty context counts after how many different tokens a token "
    "occurred; a context of one token counts occurrences. One discount per order, between 0 and 1.",
)
def test_kneser_ney_pairs(student):
    check_kneser_ney(student, text(120, 9, 3, skip=(2,)), 2)
    check_kneser_ney(student, text(60, 6, 4, skip=(1, 4)), 2)


@test_case(
    name="Kneser–Ney, longer",
    points=1,
    hidden=True,
    failure_message="Continuation counts on *every* order below the top one, the middle ones too; "
    "plain counts on the top one. A single order, n = 1, is the top one.",
)
def test_kneser_ney_longer(student):
    check_kneser_ney(student, text(150, 7, 5, skip=(2,)), 3)
    check_kneser_ney(student, text(200, 6, 6, skip=(0,)), 4)
    check_kneser_ney(student, text(80, 6, 7, skip=(3,)), 1)


@test_case(
    name="every distribution sums to 1",
    points=0.5,
    hidden=True,
    failure_message="Unseen contexts, contexts seen only at the end of the text, short contexts, "
    "tokens that never occurred: all probabilities are above 0, and they sum to 1.",
)
def test_sums(student):
    ids = [*text(90, 7, 8, skip=(4,)), 6, 6, 5, 0, 5]  # ends with a pair that may be new
    for n in (1, 2, 3, 5):
        for smoothing in ("add-k", "witten-bell", "kneser-ney"):
            for context in contexts(ids, n, n)[:8]:
                asked = [(context, w) for w in range(7)]
                got = student(
                    probe_probs, n=n, smoothing=smoothing, ids=ids, asked=asked, options={}
                )
                expect(min(got) > 0, f"{smoothing}, n = {n}: a probability is not above 0")
                assert_close(sum(got), 1.0, what=f"{smoothing}, n = {n}: sum over all tokens")


@test_case(
    name="only the last n − 1 tokens count",
    points=0.5,
    hidden=True,
    failure_message="A context may be longer than n − 1: cut off its beginning, not its end. It "
    "may be a list, an array or a tensor.",
)
def test_long_context(student):
    def probe(NGramModel, n, smoothing, ids, context, token):
        import numpy as np
        import torch

        model = NGramModel(n, smoothing)
        model.fit(torch.tensor(ids))
        same = [context, np.array(context), torch.tensor(context), context[-n + 1 :]]
        values = [model.prob(c, token) for c in same]
        model.fit(np.array(ids))
        return [*values, model.prob(context, token)]

    ids = text(150, 6, 9)
    for at in (20, 41, 77):
        given = {"ids": ids, "context": [1, 4, 2, *ids[at : at + 2]], "token": ids[at + 2]}
        assert ids[at : at + 2] != [1, 4], "the test's text makes the case empty"
        for smoothing in ("add-k", "witten-bell", "kneser-ney"):
            got = student(probe, n=3, smoothing=smoothing, **given)
            for value in got[1:]:
                assert_close(value, got[0], what=f"{smoothing}: the same context in another form")


@test_case(
    name="perplexity",
    points=1,
    hidden=True,
    failure_message="All tokens count, the first ones with the shorter contexts that they have; "
    "the mean is taken of −ln p, not of p, and exp of it at the end.",
)
def test_perplexity(student):
    ids, other = text(200, 6, 10), text(40, 6, 11)
    for n in (1, 3):
        history = [other[max(0, t - n + 1) : t] for t in range(len(other))]
        nats = [-math.log(witten_bell(ids, h, w)) for h, w in zip(history, other, strict=True)]
        got = student(probe_perplexity, n=n, smoothing="witten-bell", ids=ids, other=other)
        assert_close(got, math.exp(sum(nats) / len(nats)), what=f"perplexity, n = {n}")
    got = student(probe_perplexity, n=4, smoothing="add-k", ids=ids, other=other[:2])
    nats = -math.log(add_k(ids, [], other[0], 1)) - math.log(add_k(ids, other[:1], other[1], 1))
    assert_close(got, math.exp(nats / 2), what="perplexity of two tokens")
    got = student(probe_perplexity, n=4, smoothing="add-k", ids=ids, other=other[:1])
    assert_close(got, 1 / add_k(ids, [], other[0], 1), what="perplexity of one token")


@test_case(
    name="bits, and arguments that cannot be used",
    points=0.5,
    hidden=True,
    failure_message="bits_per_char is nats / ln 2. A token ≥ V is a ValueError, alone and in a "
    "text, and so are an unknown smoothing and n = 0.",
)
def test_errors(student):
    for nats in (0.0, 1.0, 1.83):
        got = student.function("bits_per_char")(nats)
        assert_close(got, nats / 0.6931471805599453, what=f"bits_per_char({nats})")
    given = {"ids": [0, 1, 2, 1], "n": 2}
    for smoothing in ("add-k", "witten-bell", "kneser-ney"):
        for token in (3, 10):
            asked = [([0], token)]
            assert_raises(
                ValueError,
                student,
                probe_probs,
                smoothing=smoothing,
                asked=asked,
                options={},
                **given,
            )
        for other in ([0, 1, 3, 1], [0, 5]):
            assert_raises(
                ValueError, student, probe_perplexity, smoothing=smoothing, other=other, **given
            )
    asked = [([0], 1)]
    for n, smoothing in ((2, "laplace-ish"), (0, "add-k")):
        assert_raises(
            ValueError,
            student,
            probe_probs,
            n=n,
            smoothing=smoothing,
            ids=[0, 1],
            asked=asked,
            options={},
        )
    model = student(probe_probs, smoothing="witten-bell", asked=asked, options={}, **given)
    assert_equal(len(model), 1, what="number of answers")


@test_case(
    name="counted again, in any form",
    points=0.5,
    hidden=True,
    failure_message="fit forgets what it counted before; ids, and what perplexity judges, may be a "
    "list, an array of any integer type, or a tensor; they stay as they are.",
)
def test_forms(student):
    def probe(NGramModel, smoothing, first, ids, other):
        import numpy as np
        import torch

        found = []
        for form in (list, torch.tensor, lambda x: np.array(x, dtype=np.uint16)):
            model = NGramModel(3, smoothing)
            model.fit(form(first))
            given, judged = form(ids), form(other)
            model.fit(given)
            found.append([model.perplexity(judged), model.prob(form(other[:2]), other[2])])
            found[-1].append([int(i) for i in [*given, *judged]])
        return found

    first, ids, other = text(80, 9, 12), text(120, 6, 13), text(30, 6, 14)
    nats = [-math.log(witten_bell(ids, other[max(0, t - 2) : t], w)) for t, w in enumerate(other)]
    p = witten_bell(ids, other[:2], other[2])
    for found in student(probe, smoothing="witten-bell", first=first, ids=ids, other=other):
        assert_close(found[0], math.exp(sum(nats) / 30), what="perplexity after a second fit")
        assert_close(found[1], p, what="probability after a second fit")
        assert_equal(found[2], [*ids, *other], what="ids after the calls")
