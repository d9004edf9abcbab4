"""Writing with a memory, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q6 (hidden)"
points = 6


def forward(x, wq, wk, wv):
    """The causal forward pass, in float64."""
    q, k, v = x @ wq, x @ wk, x @ wv
    scores = np.where(np.tri(len(x)), q @ k.T / np.sqrt(wq.shape[1]), -np.inf)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) @ v


def example(seed, t, d_model=4, d=3, d_v=5):
    rng = np.random.default_rng(seed)
    shapes = (t, d_model), (d_model, d), (d_model, d), (d_model, d_v)
    return [rng.standard_normal(shape) for shape in shapes]


@test_case(
    name="step by step is the causal forward pass",
    points=1,
    hidden=True,
    failure_message="Compare every step with the row of the full causal pass, from the first one "
    "on, over many positions. Inputs must stay as they are.",
)
def test_steps(student):
    def probe(AttentionHead, KVCache, decode_step, w, x):
        head, cache = AttentionHead(*w), KVCache()
        outputs = [decode_step(head, row, cache) for row in x]
        return outputs, len(cache), x, w

    for t, widths in ((1, {}), (7, {}), (70, {"d_model": 3, "d": 6, "d_v": 2})):
        x, *w = example(61, t, **widths)
        outputs, length, x_after, w_after = student(probe, w=w, x=x)
        assert_equal(length, t, what="length of the cache")
        expected = forward(x, *w)
        for i in range(t):
            assert_array(outputs[i], expected[i], rtol=1e-8, atol=1e-10, what="output of a step")
        assert_array(x_after, x, rtol=0, what="x after the steps")
        for a, b in zip(w_after, w, strict=True):
            assert_array(a, b, rtol=0, what="weights after the steps")

    def written_over(AttentionHead, KVCache, decode_step, w, x):
        head, cache = AttentionHead(*w), KVCache()
        decode_step(head, x[0], cache)[:] = 9.0
        return decode_step(head, x[1], cache)

    x, *w = example(68, 2)
    second = student(written_over, w=w, x=x)
    assert_array(second, forward(x, *w)[1], what="second output, the first written over")
    x, *w = example(67, 6)
    outputs, *_ = student(probe, w=w, x=(100 * x).tolist())  # scores of many thousands, and lists
    for output, right in zip(outputs, forward(100 * x, *w), strict=True):
        assert_array(output, right, rtol=1e-6, atol=1e-8, what="output of a step")


@test_case(
    name="a prompt in one go",
    points=1,
    hidden=True,
    failure_message="Keys and values of several positions are appended at once, before, between "
    "and after single ones; the order is kept. What is in the cache is used as it is.",
)
def test_prompt(student):
    def probe(AttentionHead, KVCache, decode_step, w, pieces, x):
        head, cache = AttentionHead(*w), KVCache()
        lengths = []
        for k, v in pieces:
            cache.append(k, v)
            lengths.append(len(cache))
        return decode_step(head, x, cache), lengths, len(cache)

    # Keys and values that no x has made: only a cache can know them.
    x, wq, wk, wv = example(62, 1)
    rng = np.random.default_rng(63)
    k, v = rng.standard_normal((12, 3)), rng.standard_normal((12, 5))
    for cuts in ([slice(0, 5)], [0, slice(1, 4), 4, slice(5, 12)], [slice(0, 1), 1, 2], []):
        pieces = [(k[cut], v[cut]) for cut in cuts]
        counts = np.cumsum([1 if isinstance(c, int) else c.stop - c.start for c in cuts])
        n = int(counts[-1]) if cuts else 0
        if n == 3:
            pieces = [(a.tolist(), b.tolist()) for a, b in pieces]
        output, lengths, length = student(probe, w=[wq, wk, wv], pieces=pieces, x=x[0])
        assert_equal(lengths, counts.tolist(), what="lengths")
        assert_equal(length, n + 1, what="length after the step")
        keys, values = np.vstack([k[:n], x @ wk]), np.vstack([v[:n], x @ wv])
        e = np.exp(keys @ (x @ wq)[0] / np.sqrt(3))
        assert_array(output, e / e.sum() @ values, rtol=1e-8, atol=1e-10, what="output")


@test_case(
    name="taking back",
    points=2,
    hidden=True,
    failure_message="After truncating, also to 0 and to the full length, writing goes on as if the "
    "rest had never been there. Then once more.",
)
def test_truncate(student):
    def probe(AttentionHead, KVCache, decode_step, w, x, plan):
        head, cache = AttentionHead(*w), KVCache()
        outputs = []
        for keep, rows in plan:
            cache.truncate(keep)
            outputs.append([decode_step(head, x[row], cache) for row in rows])
        return outputs, len(cache)

    x, *w = example(64, 12)
    plan = [(0, [0, 1, 2, 3, 4]), (3, [5, 6]), (5, [7]), (0, [8, 9, 10]), (1, [11, 0, 1, 2, 3])]
    outputs, length = student(probe, w=w, x=x, plan=plan)
    assert_equal(length, 6, what="length of the cache")
    text = []
    for (keep, rows), got in zip(plan, outputs, strict=True):
        text = text[:keep] + rows
        expected = forward(x[text], *w)[keep:]
        for mine, right in zip(got, expected, strict=True):
            assert_array(mine, right, rtol=1e-8, atol=1e-10, what="output after truncating")


@test_case(
    name="two caches",
    points=1,
    hidden=True,
    failure_message="Two texts with the same head, each with its own cache, do not disturb each "
    "other. float32 stays float32.",
)
def test_two(student):
    def probe(AttentionHead, KVCache, decode_step, w, x, y):
        head, first, second = AttentionHead(*w), KVCache(), KVCache()
        pairs = [(decode_step(head, a, first), decode_step(head, b, second)) for a, b in zip(x, y)]
        return pairs, len(first), len(second)

    x, *w = example(65, 5)
    y, *_ = example(66, 5)
    single = [a.astype(np.float32) for a in (x, y, *w)]
    pairs, *lengths = student(probe, x=single[0], y=single[1], w=single[2:])
    assert_equal(lengths, [5, 5], what="lengths")
    for got, right in zip(pairs, zip(forward(x, *w), forward(y, *w), strict=True), strict=True):
        for mine, expected in zip(got, right, strict=True):
            # single precision has seven digits, of which products and sums lose two
            assert_array(mine, expected, rtol=1e-3, atol=1e-4, dtype=np.float32, what="output")


@test_case(
    name="lengths that cannot be",
    points=1,
    hidden=True,
    failure_message="ValueError with `length` in its message for what lies outside 0 … len(cache); "
    "the ends themselves are allowed.",
)
def test_errors(student):
    def probe(KVCache, n, length):
        import numpy as np

        cache = KVCache()
        if n:
            cache.append(np.ones((n, 2)), np.ones((n, 3)))
        cache.truncate(length)
        return len(cache)

    for n, length in ((3, 4), (3, -1), (0, 1)):
        assert_raises(ValueError, student, probe, n=n, length=length, mentions="length")
    for n, length in ((3, 3), (3, 0), (0, 0)):
        assert_equal(student(probe, n=n, length=length), length, what="length after truncating")
