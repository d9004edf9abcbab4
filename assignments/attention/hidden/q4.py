"""Many heads, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q4 (hidden)"
points = 7


def attention(x, wq, wk, wv, wo, heads, mask=None, context=None):
    """Head by head and text by text, in float64."""
    context = x if context is None else context
    if x.ndim > 2:
        masks = [mask] * len(x) if mask is None or mask.ndim < x.ndim else mask
        masks = list(masks) * (len(x) // len(masks))  # a leading axis of 1 is for all
        both = zip(x, masks, context, strict=True)
        return np.stack([attention(a, wq, wk, wv, wo, heads, m, c) for a, m, c in both])
    parts, width = [], wq.shape[1] // heads
    for h in range(heads):
        own = slice(h * width, (h + 1) * width)
        scores = x @ wq[:, own] @ (context @ wk[:, own]).T / np.sqrt(width)
        if mask is not None:
            scores = np.where(mask, scores, -np.inf)
        top = scores.max(axis=1, keepdims=True)
        e = np.exp(scores - np.where(np.isfinite(top), top, 0.0))
        weights = e / np.maximum(e.sum(axis=1, keepdims=True), 1e-300)
        parts.append(weights @ (context @ wv[:, own]))
    return np.hstack(parts) @ wo


def example(seed, d_model, width, *shapes):
    """The four weights by name, and arrays (..., t, d_model)."""
    rng = np.random.default_rng(seed)
    w = {name: rng.standard_normal((d_model, width)) for name in ("wq", "wk", "wv")}
    w["wo"] = rng.standard_normal((width, d_model))
    return w, [rng.standard_normal((*shape, d_model)) for shape in shapes]


def probe_forward(MultiHeadAttention, wq, wk, wv, wo, heads, x, mask, context):
    return MultiHeadAttention(wq, wk, wv, wo, heads).forward(x, mask, context)


def run(student, *, mask=None, context=None, **given):
    return student(probe_forward, mask=mask, context=context, **given)


@test_case(
    name="self-attention",
    points=1,
    hidden=True,
    failure_message="One head, many heads, heads of width 1; no leading axis, one, two. Head h "
    "owns the h-th block of columns, and √d_head is under the fraction.",
)
def test_self(student):
    for heads, lead in ((1, ()), (2, ()), (3, (2,)), (6, (1,)), (2, (2, 3)), (3, (3,))):
        w, (x,) = example(42, 6, 6, (*lead, 5))
        output = run(student, **w, heads=heads, x=x)
        assert_array(output, attention(x, **w, heads=heads), rtol=1e-8, atol=1e-10)


@test_case(
    name="heads of any width",
    points=1,
    hidden=True,
    failure_message="heads · d_head need not be d_model: count the columns of wq, not those of x.",
)
def test_width(student):
    for d_model, width, heads in ((4, 12, 3), (6, 2, 2), (3, 8, 4)):
        w, (x,) = example(43, d_model, width, (2, 4))
        output = run(student, **w, heads=heads, x=x)
        assert_array(output, attention(x, **w, heads=heads), rtol=1e-8, atol=1e-10)


@test_case(
    name="cross-attention",
    points=1,
    hidden=True,
    failure_message="A context longer or shorter than x, with a batch and with a mask (t_query, "
    "t_key).",
)
def test_context(student):
    for lead, t_query, t_key in (((), 3, 7), ((2,), 6, 2), ((2,), 1, 4)):
        w, (x, context) = example(44, 4, 4, (*lead, t_query), (*lead, t_key))
        mask = np.random.default_rng(45).random((t_query, t_key)) < 0.6
        mask[:, 0] = True
        for m in (None, mask):
            output = run(student, **w, heads=2, x=x, mask=m, context=context)
            expected = attention(x, **w, heads=2, mask=m, context=context)
            assert_array(output, expected, rtol=1e-8, atol=1e-10)


@test_case(
    name="masks",
    points=2,
    hidden=True,
    failure_message="One mask for all texts, one for each (as many texts as heads, and not), "
    "padding (batch, 1, t_key). A mask is the same for all heads.",
)
def test_masks(student):
    rng = np.random.default_rng(46)
    for batch, heads in ((2, 2), (3, 2), (2, 4)):
        w, (x,) = example(47, 4, 4, (batch, 5))
        lengths = np.array([2, 5, 1])[:batch]
        own = rng.random((batch, 5, 5)) < 0.5
        for mask in (np.tri(5, dtype=bool), own, (np.arange(5) < lengths[:, None])[:, None, :]):
            output = run(student, **w, heads=heads, x=x, mask=mask)
            expected = attention(x, **w, heads=heads, mask=mask)
            assert_array(output, expected, rtol=1e-8, atol=1e-10)
    # Two leading axes: masks of all their shapes.
    w, (x,) = example(50, 4, 4, (2, 3, 5))
    own = rng.random((2, 3, 5, 5)) < 0.6
    for mask in (own, own[:1], own[:, :1], own[1], own[0, 0], own[..., :1, :], own[0, 0, 0]):
        full = np.broadcast_to(mask, own.shape)
        expected = [attention(a, **w, heads=2, mask=m) for a, m in zip(x, full, strict=True)]
        output = run(student, **w, heads=2, x=x, mask=mask)
        assert_array(output, np.stack(expected), rtol=1e-8, atol=1e-10)


@test_case(
    name="types of numbers, and inputs left alone",
    points=1,
    hidden=True,
    failure_message="float32 stays float32, integers become float64; x, context and weights are "
    "not modified.",
)
def test_dtype(student):
    def probe(MultiHeadAttention, wq, wk, wv, wo, heads, x, context):
        output = MultiHeadAttention(wq, wk, wv, wo, heads).forward(x, context=context)
        return output, (wq, wk, wv, wo, x, context)

    w, (x, context) = example(48, 4, 4, (2, 3), (2, 5))
    expected = attention(x, **w, heads=2, context=context)
    _, after = student(probe, **w, heads=2, x=x, context=context)
    names = (*w, "x", "context")
    for what, a, b in zip(names, after, (*w.values(), x, context), strict=True):
        assert_array(a, b, rtol=0, what=f"{what} after the call")
    single = {name: array.astype(np.float32) for name, array in w.items()}
    x32, c32 = x.astype(np.float32), context.astype(np.float32)
    output, _ = student(probe, **single, heads=2, x=x32, context=c32)
    # single precision: seven digits, and three products one after another
    assert_array(output, expected, rtol=1e-3, atol=1e-4, dtype=np.float32)
    ints = {name: np.round(array).astype(int) for name, array in w.items()}
    output = run(student, **ints, heads=2, x=np.arange(12).reshape(3, 4) % 3)
    expected = attention(np.arange(12).reshape(3, 4) % 3, **ints, heads=2)
    assert_array(output, expected, dtype=np.float64)
    lists = {name: array.tolist() for name, array in w.items()}
    output = run(student, **lists, heads=2, x=x.tolist(), context=context.tolist())
    assert_array(output, attention(x, **w, heads=2, context=context), what="result of lists")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError if heads does not divide the number of columns (with `heads` in "
    "the message), and for masks that are not boolean (`mask`).",
)
def test_errors(student):
    w, (x,) = example(49, 6, 4, (5,))
    for heads in (3, 6, 8):  # 3 and 6 divide d_model, but not the width
        assert_raises(ValueError, run, student, **w, heads=heads, x=x, mentions="heads")
    for mask in (np.ones((5, 5)), np.ones((5, 5), dtype=int)):
        given = {"x": x, "heads": 2, "mask": mask}
        assert_raises(ValueError, run, student, **w, **given, mentions="mask")
