"""A head and its gradients. Here they are compared with numerical differences."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q3"
points = 10
hints = [
    "`forward` keeps what `backward` needs: x, q, k, v and the weights, in attributes of `self`.",
    "Follow the four steps of the handout backwards, and write the shape behind each line. The "
    "softmax: `ds = p * (dp - (dp * p).sum(-1, keepdims=True))`. Then the factor 1/√d, once.",
    "Leading axes: `.swapaxes(-1, -2)` in the place of `.T`. For the weights, put all texts below "
    "each other with `x.reshape(-1, x.shape[-1])` before you multiply.",
]


def attend(x, wq, wk, wv, mask=None):
    """The six formulas, for one text."""
    q, k, v = x @ wq, x @ wk, x @ wv
    scores = q @ k.T / np.sqrt(q.shape[1])
    e = np.exp(scores if mask is None else np.where(mask, scores, -np.inf))
    return e / e.sum(axis=1, keepdims=True) @ v


def differences(arrays, which, g, mask=None):
    """Numerical gradient of sum(output * g) with respect to one of (x, wq, wk, wv)."""
    gradient = np.zeros_like(arrays[which])
    for at in np.ndindex(gradient.shape):
        loss = []
        for step in (1e-5, -1e-5):
            moved = [a.copy() for a in arrays]
            moved[which][at] += step
            loss.append((attend(*moved, mask) * g).sum())
        gradient[at] = (loss[0] - loss[1]) / 2e-5
    return gradient


def example(seed, t=4, d_model=3, d=2):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((t, d_model))
    weights = [rng.standard_normal((d_model, d)) for _ in range(3)]
    return [x, *weights], rng.standard_normal((t, d))


# A difference over 1e-5 is right to about 1e-9; 1e-6 leaves room.
CLOSE = {"rtol": 1e-6, "atol": 1e-6}


@test_case(
    name="forward",
    points=2,
    failure_message="q = x @ wq and so on, then attention as in q2. Return the output alone.",
)
def test_forward(student):
    def probe(AttentionHead, x, wq, wk, wv, mask):
        return AttentionHead(wq, wk, wv).forward(x, mask)

    (x, wq, wk, wv), _ = example(1)
    for mask in (None, np.tri(4, dtype=bool)):
        output = student(probe, x=x, wq=wq, wk=wk, wv=wv, mask=mask)
        assert_array(output, attend(x, wq, wk, wv, mask), what="output")


def probe_backward(AttentionHead, x, wq, wk, wv, mask, g):
    head = AttentionHead(wq, wk, wv)
    head.forward(x, mask)
    return head.backward(g)


@test_case(
    name="backward: values first",
    points=2,
    failure_message="dwv is the easiest of the four: Xᵀ (Pᵀ Ȯ). No softmax is in the way.",
)
def test_values(student):
    arrays, g = example(2)
    x, wq, wk, wv = arrays
    _, _, _, dwv = student(probe_backward, x=x, wq=wq, wk=wk, wv=wv, mask=None, g=g)
    assert_array(dwv, differences(arrays, 3, g), what="dwv", **CLOSE)


@test_case(
    name="backward: through the softmax",
    points=2,
    failure_message="Step 2 and step 3 of the handout: each row of Ṡ adds up to zero, and √d is "
    "needed once more.",
)
def test_scores(student):
    arrays, g = example(3)
    x, wq, wk, wv = arrays
    mask = np.tri(4, dtype=bool)
    dx, dwq, dwk, _ = student(probe_backward, x=x, wq=wq, wk=wk, wv=wv, mask=mask, g=g)
    assert_array(dwq, differences(arrays, 1, g, mask), what="dwq", **CLOSE)
    assert_array(dwk, differences(arrays, 2, g, mask), what="dwk", **CLOSE)
    assert_array(dx, differences(arrays, 0, g, mask), what="dx", **CLOSE)


@test_case(
    name="backward: a batch",
    points=2,
    failure_message="Every text has its own dx. The weights are the same for all: their gradients "
    "are added up over the batch.",
)
def test_batch(student):
    (x, wq, wk, wv), g = example(4)
    x2, g2 = x[::-1] + 1.0, g[::-1] - 0.5
    batch, grads = np.stack([x, x2]), np.stack([g, g2])
    got = student(probe_backward, x=batch, wq=wq, wk=wk, wv=wv, mask=None, g=grads)
    one, two = [x, wq, wk, wv], [x2, wq, wk, wv]
    for which, what in ((1, "dwq"), (2, "dwk"), (3, "dwv")):
        expected = differences(one, which, g) + differences(two, which, g2)
        assert_array(got[which], expected, what=what, **CLOSE)
    expected = np.stack([differences(one, 0, g), differences(two, 0, g2)])
    assert_array(got[0], expected, what="dx", **CLOSE)


@test_case(
    name="backward: the last forward",
    points=1,
    failure_message="backward belongs to the last forward. It changes nothing: a second call gives "
    "the same again.",
)
def test_last(student):
    def probe(AttentionHead, x, wq, wk, wv, g, other):
        head = AttentionHead(wq, wk, wv)
        head.forward(other)
        head.forward(x)
        return head.backward(g)[3], head.backward(g)[3]

    arrays, g = example(5)
    x, wq, wk, wv = arrays
    expected = differences(arrays, 3, g)
    for dwv in student(probe, x=x, wq=wq, wk=wk, wv=wv, g=g, other=x[:2] + 1.0):
        assert_array(dwv, expected, what="dwv", **CLOSE)


@test_case(
    name="types of numbers, and masks",
    points=1,
    failure_message="float32 stays float32 in the output and in all four gradients. A mask of 0 "
    "and 1 is refused, ValueError with `mask` in it.",
)
def test_types(student):
    (x, wq, wk, wv), g = example(6)
    single = [a.astype(np.float32) for a in (x, wq, wk, wv)]
    names = ("x", "wq", "wk", "wv")
    given = dict(zip(names, single, strict=True))
    for gradient in student(probe_backward, **given, mask=None, g=g.astype(np.float32)):
        assert_array(gradient, gradient, dtype=np.float32, what="a gradient")

    def probe(AttentionHead, x, wq, wk, wv, mask):
        return AttentionHead(wq, wk, wv).forward(x, mask)

    assert_raises(ValueError, student, probe, **given, mask=np.ones((4, 4)), mentions="mask")
