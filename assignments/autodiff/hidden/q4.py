"""Fused operations: values and gradients in closed form, large numbers, every axis."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q4 (hidden)"
points = 8


def unary(Tensor, softmax, log_softmax, gelu, name, x, axis, seed):
    x = Tensor(x, requires_grad=True)
    if name == "gelu":
        out = gelu(x)
    else:
        f = {"softmax": softmax, "log_softmax": log_softmax}[name]
        out = f(x) if axis is None else f(x, axis=axis)
    out.backward(seed)
    return out.data, x.grad


def data_after(Tensor, softmax, log_softmax, x):
    x = Tensor(x)
    softmax(x), log_softmax(x)
    return x.data


def plain_softmax(x, axis=-1):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def plain_gelu(x):
    """Value and slope."""
    k = np.sqrt(2 / np.pi)
    t = np.tanh(k * (x + 0.044715 * x**3))
    slope = 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * k * (1 + 3 * 0.044715 * x**2)
    return 0.5 * x * (1 + t), slope


@test_case(
    name="softmax and log_softmax along every axis",
    points=1,
    hidden=True,
    failure_message="One, two and three axes; the default is the last one. All sums of the value "
    "and of the gradient go along the same axis. The tensor itself stays as it is.",
)
def test_softmax(student):
    rng = np.random.default_rng(401)
    for shape in ((5,), (3, 3), (2, 3, 4)):
        x = 2 * rng.standard_normal(shape)
        seed = rng.standard_normal(shape)
        for axis in (None, *range(-len(shape), len(shape))):
            real = -1 if axis is None else axis
            p = plain_softmax(x, real)
            p_grad = p * (seed - (seed * p).sum(real, keepdims=True))
            log_grad = seed - p * seed.sum(real, keepdims=True)
            for which, value, want in (
                ("softmax", p, p_grad),
                ("log_softmax", np.log(p), log_grad),
            ):
                out, grad = student(unary, name=which, x=x, axis=axis, seed=seed)
                assert_array(out, value, what=f"{which} along axis {axis}")
                assert_array(grad, want, what=f"gradient of {which} along axis {axis}")
        assert_array(student(data_after, x=x), x, rtol=0, atol=0, what="data of x afterwards")


@test_case(
    name="numbers of ±1000",
    points=2,
    hidden=True,
    failure_message="Values and gradients stay finite and right for entries of ±1000, in all of "
    "softmax, log_softmax, cross_entropy, gelu; and each row has a largest entry of its own.",
)
def test_stable(student):
    def loss(Tensor, cross_entropy, x, targets):
        x = Tensor(x, requires_grad=True)
        out = cross_entropy(x, targets)
        out.backward()
        return out.data.reshape(()), x.grad

    x = np.array([[1000.0, -1000.0, 999.0], [-1000.0, -1001.0, -1000.0], [0.0, 1000.0, 1.0]])
    seed = np.array([[1.0, 2.0, 3.0], [-1.0, 1.0, 0.5], [2.0, 0.0, -1.0]])
    shifted = x - x.max(-1, keepdims=True)
    p = np.exp(shifted) / np.exp(shifted).sum(-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))

    def quietly(Tensor, softmax, x):
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("error")
            p = softmax(Tensor(x))
        return p.data

    assert_array(student(quietly, x=x), p, what="softmax, where a warning is an error")
    out, grad = student(unary, name="softmax", x=x, axis=-1, seed=seed)
    assert_array(out, p, what="softmax")
    want = p * (seed - (seed * p).sum(-1, keepdims=True))
    assert_array(grad, want, what="gradient of softmax")
    out, grad = student(unary, name="log_softmax", x=x, axis=-1, seed=seed)
    assert_array(out, log_p, what="log_softmax")
    want = seed - p * seed.sum(-1, keepdims=True)
    assert_array(grad, want, what="gradient of log_softmax")
    out, grad = student(loss, x=x, targets=[1, 0, 0])
    assert_close(out, -(log_p[0, 1] + log_p[1, 0] + log_p[2, 0]) / 3, what="cross_entropy")
    happened = np.array([[0, 1, 0], [1, 0, 0], [1, 0, 0]])
    assert_array(grad, (p - happened) / 3, what="gradient of cross_entropy")
    out, grad = student(unary, name="gelu", x=x, axis=None, seed=seed)
    value, slope = plain_gelu(x)
    assert_array(out, value, what="gelu")
    assert_array(grad, seed * slope, what="gradient of gelu")


@test_case(
    name="cross_entropy",
    points=2,
    hidden=True,
    failure_message="The mean over the rows, and its gradient divided by their number. The same "
    "target may occur in several rows, or in none. It can be part of a larger graph.",
)
def test_cross_entropy(student):
    def probe(Tensor, cross_entropy, x, targets, seed):
        x = Tensor(x, requires_grad=True)
        out = cross_entropy(x, targets)
        out.backward(seed.reshape(out.data.shape))
        return out.data.reshape(()), x.grad

    rng = np.random.default_rng(403)
    for n, c in ((1, 3), (7, 4), (5, 2), (4, 9), (3, 1)):
        x, targets = 2 * rng.standard_normal((n, c)), rng.integers(0, c, n)
        p = plain_softmax(x)
        loss = -np.log(p[np.arange(n), targets]).mean()
        p[np.arange(n), targets] -= 1
        for given in (targets, targets.tolist(), targets.astype(np.int32)):
            out, grad = student(probe, x=x, targets=given, seed=np.array([1.0]))
            assert_close(out, loss, what=f"loss of {n} rows")
            assert_array(grad, p / n, what=f"gradient for {n} rows")
        _, grad = student(probe, x=x, targets=targets, seed=np.array([-2.5]))
        assert_array(grad, -2.5 * p / n, what="gradient times the gradient from above")


@test_case(
    name="gelu",
    points=1,
    hidden=True,
    failure_message="The tanh form, with 0.044715 x³ inside, and its whole derivative. Look at "
    "negative arguments too.",
)
def test_gelu(student):
    x = np.linspace(-5, 5, 24).reshape(2, 3, 4)
    seed = np.random.default_rng(404).standard_normal(x.shape)
    value, slope = plain_gelu(x)
    out, grad = student(unary, name="gelu", x=x, axis=None, seed=seed)
    assert_array(out, value)
    # 1 + tanh loses digits for negative x: what is left is right to 1e-15 of 1.
    assert_array(grad, seed * slope, atol=1e-11, what="gradient")


@test_case(
    name="layer_norm",
    points=1,
    hidden=True,
    failure_message="Over the last axis only, for two, three and one axis. The variance divides by "
    "d, eps is added to it, and mean and variance move with x. gain and bias sum over all rows.",
)
def test_layer_norm(student):
    def probe(Tensor, layer_norm, x, gain, bias, eps, seed):
        x, gain, bias = (Tensor(t, requires_grad=True) for t in (x, gain, bias))
        out = layer_norm(x, gain, bias) if eps is None else layer_norm(x, gain, bias, eps=eps)
        out.backward(seed)
        return out.data, x.grad, gain.grad, bias.grad

    rng = np.random.default_rng(405)
    for shape, eps in (((3, 4), None), ((2, 3, 5), 0.5), ((6,), 1e-3), ((4, 2), None)):
        x, d = rng.standard_normal(shape) + 3, shape[-1]
        gain, bias = rng.standard_normal(d), rng.standard_normal(d)
        seed = rng.standard_normal(shape)
        centred = x - x.mean(-1, keepdims=True)
        scale = 1 / np.sqrt((centred**2).mean(-1, keepdims=True) + (1e-5 if eps is None else eps))
        z, h = centred * scale, seed * gain
        # The Jacobian of one row, written out: (I - 1/d - z zᵀ/d) · scale.
        jacobian = np.eye(d) - 1 / d - z[..., :, None] * z[..., None, :] / d
        want = (jacobian @ h[..., None])[..., 0] * scale
        rows = tuple(range(len(shape) - 1))
        out, *grads = student(probe, x=x, gain=gain, bias=bias, eps=eps, seed=seed)
        assert_array(out, z * gain + bias, what=f"layer_norm of shape {shape}")
        # A difference of nearly equal numbers: a few digits fewer than usual.
        assert_array(grads[0], want, rtol=1e-7, atol=1e-9, what="gradient of x")
        assert_array(grads[1], (seed * z).sum(rows), what="gradient of the gain")
        assert_array(grads[2], seed.sum(rows), what="gradient of the bias")


@test_case(
    name="embedding, and indices that do not exist",
    points=1,
    hidden=True,
    failure_message="ids of any shape; rows that occur several times, and rows that never do. "
    "Targets and ids outside of 0 … n - 1 are ValueErrors with the argument's name, also below 0.",
)
def test_embedding(student):
    def probe(Tensor, embedding, table, ids, seed):
        table = Tensor(table, requires_grad=True)
        out = embedding(table, ids)
        out.backward(seed)
        return out.data, table.grad

    def loss(Tensor, cross_entropy, logits, targets):
        return cross_entropy(Tensor(logits), targets).data

    rng = np.random.default_rng(406)
    table = rng.standard_normal((5, 3))
    for ids in (np.array([4, 0, 4, 4]), np.array([[1, 1, 2], [2, 1, 0]]), np.array(3)):
        seed = rng.standard_normal((*ids.shape, 3))
        want = np.zeros((5, 3))
        np.add.at(want, ids, seed)
        out, grad = student(probe, table=table, ids=ids, seed=seed)
        assert_array(out, table[ids])
        assert_array(grad, want, what="gradient of the table")
    none = np.zeros((2, 0), dtype=int)
    out, grad = student(probe, table=table, ids=none, seed=np.zeros((2, 0, 3)))
    assert_array(out, np.zeros((2, 0, 3)), what="no rows at all")
    assert_array(grad, np.zeros((5, 3)), what="gradient of the table, of which no row was picked")
    for bad in ([0, 5], [-1, 0]):
        seed = np.ones((2, 3))
        assert_raises(ValueError, student, probe, table=table, ids=bad, seed=seed, mentions="ids")
        assert_raises(
            ValueError, student, loss, logits=table[:2, :2], targets=bad, mentions="targets"
        )
    for bad in ([8, 0], [0, -7]):  # far outside
        seed = np.ones((2, 3))
        assert_raises(ValueError, student, probe, table=table, ids=bad, seed=seed, mentions="ids")
        assert_raises(
            ValueError, student, loss, logits=table[:2, :2], targets=bad, mentions="targets"
        )
    assert_raises(ValueError, student, loss, logits=table, targets=[0, 1], mentions="targets")
    column = [[0], [1], [2], [0], [1]]
    assert_raises(ValueError, student, loss, logits=table, targets=column, mentions="targets")
