"""Many heads."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q4"
points = 7
hints = [
    "Multiply first (`x @ wq`), split into heads afterwards. Attention takes any leading axes, so "
    "the heads can be one of them.",
    "`(…, t, heads · d_head)` → reshape to `(…, t, heads, d_head)` → swap axes -2 and -3 → `(…, "
    "heads, t, d_head)`. After attention the same way back, then `@ wo`.",
    "A mask with three or more axes needs an axis for the heads: `np.expand_dims(mask, -3)`. Keys "
    "and values come from `context` if there is one.",
]


def probe_forward(MultiHeadAttention, wq, wk, wv, wo, heads, x, mask, context):
    return MultiHeadAttention(wq, wk, wv, wo, heads).forward(x, mask, context)


@test_case(
    name="the split into heads",
    points=2,
    failure_message="Head 0 owns the first block of columns. Here each head copies one row of its "
    "own block; reshape alone would mix up tokens and heads.",
)
def test_split(student):
    # Queries and keys are 0: with the mask, each token sees exactly one other.
    x, eye, zero = np.arange(8.0).reshape(2, 4), np.eye(4), np.zeros((4, 4))
    mask = np.array([[False, True], [True, False]])
    given = {"wq": zero, "wk": zero, "wv": eye, "wo": eye, "heads": 2, "context": None}
    assert_array(student(probe_forward, x=x, mask=mask, **given), x[::-1])


@test_case(
    name="two heads, one text",
    points=2,
    failure_message="Each head does what q2 does on its own columns of q, k and v, with √d_head. "
    "Their outputs stand side by side, then comes wo.",
)
def test_two_heads(student):
    rng = np.random.default_rng(1)
    x, wq, wk, wv, wo = (rng.standard_normal((4, 4)) for _ in range(5))
    parts = []
    for columns in (slice(0, 2), slice(2, 4)):
        q, k, v = x @ wq[:, columns], x @ wk[:, columns], x @ wv[:, columns]
        e = np.exp(q @ k.T / np.sqrt(2))
        parts.append(e / e.sum(axis=1, keepdims=True) @ v)
    given = {"wq": wq, "wk": wk, "wv": wv, "wo": wo, "heads": 2}
    output = student(probe_forward, x=x, mask=None, context=None, **given)
    assert_array(output, np.hstack(parts) @ wo)


@test_case(
    name="looking at another text",
    points=1,
    failure_message="With a context, queries come from x, keys and values from the context. There "
    "are as many results as queries.",
)
def test_context(student):
    eye, zero = np.eye(2), np.zeros((2, 2))
    given = {"wq": zero, "wk": zero, "wv": eye, "wo": eye, "heads": 1, "mask": None}
    x, context = np.full((2, 2), 7.0), np.array([[1.0, 0.0], [2.0, 0.0], [6.0, 3.0]])
    output = student(probe_forward, x=x, context=context, **given)
    assert_array(output, [[3.0, 1.0], [3.0, 1.0]])


@test_case(
    name="heads that do not divide the width",
    points=1,
    failure_message="Three heads cannot share four columns: ValueError with `heads` in it.",
)
def test_heads(student):
    eye = np.eye(4)
    given = {"wq": eye, "wk": eye, "wv": eye, "wo": eye, "heads": 3, "mask": None, "context": None}
    assert_raises(ValueError, student, probe_forward, x=eye, mentions="heads", **given)


@test_case(
    name="a batch with a mask for each text",
    points=1,
    failure_message="Two texts at once give what each gives alone. The mask (batch, t, t) is the "
    "same for all heads: it needs an axis for them.",
)
def test_batch(student):
    rng = np.random.default_rng(2)
    x, masks = rng.standard_normal((3, 4, 4)), np.tri(4, dtype=bool) & (rng.random((3, 4, 4)) < 0.8)
    masks[:, :, 0] = True
    eye, zero = np.eye(4), np.zeros((4, 4))
    given = {"wq": zero, "wk": zero, "wv": eye, "wo": eye, "heads": 2, "context": None}
    # Queries and keys are 0: each token averages what it may look at.
    expected = masks / masks.sum(axis=-1, keepdims=True) @ x
    assert_array(student(probe_forward, x=x, mask=masks, **given), expected)
