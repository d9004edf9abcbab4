"""A head and its gradients, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q3 (hidden)"
points = 10
WHAT = ("dx", "dwq", "dwk", "dwv")


def head(x, wq, wk, wv, mask=True, g=None):
    """Output, and for a given gradient of it the four gradients; in float64, with einsum."""
    q, k, v = x @ wq, x @ wk, x @ wv
    scale = 1 / np.sqrt(wq.shape[1])
    scores = np.where(mask, scale * np.einsum("...id,...jd->...ij", q, k), -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    e = np.exp(scores - np.where(np.isfinite(top), top, 0.0))
    p = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-300)
    output = np.einsum("...ij,...jd->...id", p, v)
    if g is None:
        return output
    dp = np.einsum("...id,...jd->...ij", g, v)
    ds = scale * p * (dp - np.einsum("...ij,...ij->...i", p, dp)[..., None])
    dq = np.einsum("...ij,...jd->...id", ds, k)
    dk = np.einsum("...ij,...id->...jd", ds, q)
    dv = np.einsum("...ij,...id->...jd", p, g)
    dx = dq @ wq.T + dk @ wk.T + dv @ wv.T
    rows = x.reshape(-1, x.shape[-1])
    return dx, *(rows.T @ d.reshape(len(rows), -1) for d in (dq, dk, dv))


def example(seed, lead=(), t=5, d_model=4, d=3, d_v=3):
    rng = np.random.default_rng(seed)
    x, g = rng.standard_normal((*lead, t, d_model)), rng.standard_normal((*lead, t, d_v))
    wq, wk = rng.standard_normal((2, d_model, d))
    return [x, wq, wk, rng.standard_normal((d_model, d_v))], g


def probe_forward(AttentionHead, x, wq, wk, wv, mask):
    return AttentionHead(wq, wk, wv).forward(x, mask)


def probe_backward(AttentionHead, x, wq, wk, wv, mask, g):
    head = AttentionHead(wq, wk, wv)
    head.forward(x, mask)
    return head.backward(g)


def named(arrays, mask=None):
    return {**dict(zip(("x", "wq", "wk", "wv"), arrays, strict=True)), "mask": mask}


def check(student, arrays, g, mask=None):
    got = student(probe_backward, **named(arrays, mask), g=g)
    expected = head(*arrays, True if mask is None else mask, g=g)
    for what, mine, right in zip(WHAT, got, expected, strict=True):
        # sums over the texts and positions come in any order
        assert_array(mine, right, rtol=1e-8, atol=1e-10, what=what)


@test_case(
    name="forward",
    points=1,
    hidden=True,
    failure_message="Any leading axes, a width of queries that is not that of values or of x, with "
    "and without a mask, `mask` left out too.",
)
def test_forward(student):
    def probe(AttentionHead, x, wq, wk, wv):
        return AttentionHead(wq, wk, wv).forward(x)

    for lead, d, d_v in (((), 3, 3), ((3,), 2, 6), ((2, 2), 7, 1)):
        arrays, _ = example(31, lead, d=d, d_v=d_v)
        output = student(probe, **dict(zip(("x", "wq", "wk", "wv"), arrays, strict=True)))
        assert_array(output, head(*arrays), what="output")
        mask = np.tri(5, dtype=bool)
        output = student(probe_forward, **named(arrays, mask))
        assert_array(output, head(*arrays, mask), what="output with a mask")

    def twice(AttentionHead, x, wq, wk, wv, mask):
        head = AttentionHead(wq, wk, wv)
        return head.forward(x, mask), head.forward(x)

    arrays, _ = example(31)
    masked, free = student(twice, **named(arrays, np.tri(5, dtype=bool)))
    assert_array(masked, head(*arrays, np.tri(5, dtype=bool)), what="output with a mask")
    assert_array(free, head(*arrays), what="output without a mask, after one with it")


@test_case(
    name="gradient of the values' weights",
    points=1,
    hidden=True,
    failure_message="dwv is Xᵀ Pᵀ Ȯ: the weights transposed, so that what a key gave away comes "
    "back to it.",
)
def test_values(student):
    for d, d_v in ((3, 3), (2, 5)):
        arrays, g = example(32, d=d, d_v=d_v)
        got = student(probe_backward, **named(arrays), g=g)
        assert_array(got[3], head(*arrays, g=g)[3], rtol=1e-8, atol=1e-10, what="dwv")


@test_case(
    name="all four gradients",
    points=2,
    hidden=True,
    failure_message="Four widths that all differ, and a larger example. Is every use of x counted, "
    "and √d there in both directions?",
)
def test_gradients(student):
    for t, d_model, d, d_v in ((5, 4, 3, 3), (6, 5, 2, 7), (1, 3, 2, 2), (20, 16, 9, 8)):
        check(student, *example(33 + t, t=t, d_model=d_model, d=d, d_v=d_v))


@test_case(
    name="gradients with a mask",
    points=2,
    hidden=True,
    failure_message="Causal, with holes, and with rows in which everything is masked: their "
    "gradients are 0, not NaN.",
)
def test_masks(student):
    arrays, g = example(34, t=6)
    holes = np.random.default_rng(35).random((6, 6)) < 0.5
    holes[2] = False
    for mask in (np.tri(6, dtype=bool), holes, np.arange(6) < 4, np.zeros((6, 6), dtype=bool)):
        check(student, arrays, g, mask)


@test_case(
    name="gradients of a batch",
    points=1,
    hidden=True,
    failure_message="One or two leading axes, a mask for all texts or one for each: dx for every "
    "text, the weights' gradients summed.",
)
def test_batches(student):
    for lead in ((3,), (1,), (2, 3)):
        arrays, g = example(36, lead)
        own = np.random.default_rng(37).random((*lead, 5, 5)) < 0.7
        for mask in (None, np.tri(5, dtype=bool), own, own[-1], own[..., :1, :]):
            check(student, arrays, g, mask)


@test_case(
    name="the last forward",
    points=1,
    hidden=True,
    failure_message="backward belongs to the last forward, whatever came before; calling it twice "
    "gives the same twice. Two heads do not know of each other.",
)
def test_last(student):
    def probe(AttentionHead, x, wq, wk, wv, mask, g, other):
        head, second = AttentionHead(wq, wk, wv), AttentionHead(wq, wk, wv)
        head.forward(other)
        head.backward(other[..., : g.shape[-1]])
        head.forward(x, mask)
        second.forward(other)
        return head.backward(g), head.backward(g)

    arrays, g = example(38)
    mask = np.tri(5, dtype=bool)
    other = np.random.default_rng(39).standard_normal((2, 7, 4))
    expected = head(*arrays, mask, g=g)
    for got in student(probe, **named(arrays, mask), g=g, other=other):
        for what, mine, right in zip(WHAT, got, expected, strict=True):
            assert_array(mine, right, rtol=1e-8, atol=1e-10, what=what)


@test_case(
    name="types of numbers, and inputs left alone",
    points=1,
    hidden=True,
    failure_message="float32 stays float32, forward and backward; integers become float64. Neither "
    "x nor weights nor grad_output are modified.",
)
def test_dtype(student):
    def probe(AttentionHead, x, wq, wk, wv, mask, g):
        head = AttentionHead(wq, wk, wv)
        output = head.forward(x, mask)
        return output, *head.backward(g), (x, wq, wk, wv, g)

    arrays, g = example(40)
    mask = np.tri(5, dtype=bool)
    *_, after = student(probe, **named(arrays, mask), g=g)
    for what, a, b in zip(("x", "wq", "wk", "wv", "grad_output"), after, (*arrays, g), strict=True):
        assert_array(a, b, rtol=0, what=f"{what} after the call")
    single = [a.astype(np.float32) for a in arrays]
    *got, _ = student(probe, **named(single, mask), g=g.astype(np.float32))
    expected = (head(*arrays, mask), *head(*arrays, mask, g=g))
    for what, mine, right in zip(("output", *WHAT), got, expected, strict=True):
        # single precision: seven digits, less what cancels in the softmax's gradient
        assert_array(mine, right, rtol=1e-3, atol=1e-4, dtype=np.float32, what=what)
    ints = [np.round(2 * a).astype(int) for a in arrays]
    output = student(probe_forward, **named(ints))
    assert_array(output, head(*ints), dtype=np.float64, what="output")
    output = student(probe_forward, **named([a.tolist() for a in arrays]))
    assert_array(output, head(*arrays), dtype=np.float64, what="output of lists")


@test_case(
    name="a mask that is not boolean",
    points=1,
    hidden=True,
    failure_message="ValueError with `mask` in its message.",
)
def test_errors(student):
    arrays, _ = example(41)
    for mask in (np.ones((5, 5)), np.tri(5, dtype=int)):
        assert_raises(ValueError, student, probe_forward, **named(arrays, mask), mentions="mask")
