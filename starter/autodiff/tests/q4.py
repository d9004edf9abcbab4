"""The operations of a transformer."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q4"
points = 8
hints = [
    "Compute the value with plain NumPy first, then write the rule of the handout for its "
    "gradient. (Made of the operations of q2 and q3 they pass as well, and make a good second "
    "opinion.)",
    "Subtract `x.max(axis, keepdims=True)` before any `np.exp`. log_softmax is x minus the "
    "logarithm of the sum, with the same shift; cross_entropy picks from it with `[np.arange(n), "
    "targets]`.",
    "Numerical differences tell you which formula is wrong: perturb one entry by 1e-6 and compare. "
    "In layer_norm's gradient all means go over the last axis; the sums for gain and bias go over "
    "all others.",
]


def numerical(f, x, seed, eps=1e-6):
    """Central differences of (f(x) · seed) summed, by plain NumPy."""
    x, grad = x.copy(), np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + eps
        above = (f(x) * seed).sum()
        x[index] = old - eps
        grad[index] = (above - (f(x) * seed).sum()) / (2 * eps)
        x[index] = old
    return grad


X = np.array([[0.5, -1.0, 2.0, 0.0], [1.5, 0.25, -0.75, 3.0]])
SEED = np.array([[1.0, 2.0, -1.0, 0.5], [0.0, -3.0, 1.0, 2.0]])


@test_case(
    name="softmax and log_softmax",
    points=1,
    failure_message="Along `axis` the softmax sums to 1. The gradient is compared with numerical "
    "differences.",
)
def test_softmax(student):
    def probe(Tensor, softmax, log_softmax, x, axis, seed, log):
        x = Tensor(x, requires_grad=True)
        out = (log_softmax if log else softmax)(x, axis=axis)
        out.backward(seed)
        return out.data, x.grad

    for axis in (-1, 0):

        def plain(x, axis=axis):
            return np.exp(x) / np.exp(x).sum(axis, keepdims=True)

        for log, f in ((False, plain), (True, lambda x, plain=plain: np.log(plain(x)))):
            label = f"{'log_' if log else ''}softmax(x, axis={axis})"
            out, grad = student(probe, x=X, axis=axis, seed=SEED, log=log)
            assert_array(out, f(X), what=label)
            # Central differences are right to about 1e-9.
            want = numerical(f, X, SEED)
            assert_array(grad, want, rtol=1e-6, atol=1e-7, what=f"gradient of {label}")


@test_case(
    name="softmax of large numbers",
    points=1,
    failure_message="exp(1000) is infinite. Subtract the largest entry first: softmax of (1000, "
    "1000) is (1/2, 1/2).",
)
def test_stable(student):
    def probe(Tensor, softmax, log_softmax, x):
        return softmax(Tensor(x)).data, log_softmax(Tensor(x)).data

    p, log_p = student(probe, x=np.array([1000.0, 1000.0]))
    assert_array(p, [0.5, 0.5], what="softmax")
    assert_array(log_p, -np.log([2.0, 2.0]), what="log_softmax")


@test_case(
    name="cross_entropy, the handout's example",
    points=1,
    failure_message="What you predicted, (1/4, 1/2, 1/4), minus what happened, (0, 1, 0).",
)
def test_cross_entropy(student):
    def probe(Tensor, cross_entropy, logits, targets):
        logits = Tensor(logits, requires_grad=True)
        loss = cross_entropy(logits, targets)
        loss.backward()
        return float(loss.data.reshape(())), logits.grad

    loss, grad = student(probe, logits=np.log([[1.0, 2.0, 1.0]]), targets=[1])
    assert_array(loss, np.log(2.0), what="loss")
    assert_array(grad, [[0.25, -0.5, 0.25]], what="gradient of the logits")


@test_case(
    name="gelu",
    points=1,
    failure_message="By the product rule two terms; the second needs the derivative of what is "
    "inside tanh.",
)
def test_gelu(student):
    def probe(Tensor, gelu, x, seed):
        x = Tensor(x, requires_grad=True)
        out = gelu(x)
        out.backward(seed)
        return out.data, x.grad

    def plain(x):
        return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))

    out, grad = student(probe, x=X, seed=SEED)
    assert_array(out, plain(X))
    # Central differences are right to about 1e-9.
    assert_array(grad, numerical(plain, X, SEED), rtol=1e-6, atol=1e-7, what="gradient of x")


@test_case(
    name="layer_norm",
    points=1,
    failure_message="The variance divides by d. Its gradient with respect to x is compared with "
    "numerical differences: mean and variance depend on x too.",
)
def test_layer_norm(student):
    def probe(Tensor, layer_norm, x, gain, bias, seed):
        x, gain, bias = (Tensor(t, requires_grad=True) for t in (x, gain, bias))
        out = layer_norm(x, gain, bias)
        out.backward(seed)
        return out.data, x.grad, gain.grad, bias.grad

    def normal(x):
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)

    gain, bias = np.array([1.0, 2.0, -1.0, 0.5]), np.array([0.0, 1.0, 2.0, 3.0])
    out, x_grad, gain_grad, bias_grad = student(probe, x=X, gain=gain, bias=bias, seed=SEED)
    assert_array(out, normal(X) * gain + bias)
    # Central differences are right to about 1e-9.
    want = numerical(lambda x: normal(x) * gain, X, SEED)
    assert_array(x_grad, want, rtol=1e-6, atol=1e-7, what="gradient of x")
    assert_array(gain_grad, (SEED * normal(X)).sum(0), what="gradient of the gain")
    assert_array(bias_grad, SEED.sum(0), what="gradient of the bias")


@test_case(
    name="embedding",
    points=1,
    failure_message="Row ids[i] of the table. A row that was picked twice learns twice. An id that "
    "is not in the table is a ValueError.",
)
def test_embedding(student):
    def probe(Tensor, embedding, table, ids, seed):
        table = Tensor(table, requires_grad=True)
        out = embedding(table, ids)
        out.backward(seed)
        return out.data, table.grad

    table, seed = np.arange(6.0).reshape(3, 2), np.array([[1.0, 2.0], [10.0, 20.0]])
    out, grad = student(probe, table=table, ids=[2, 2], seed=seed)
    assert_array(out, [[4.0, 5.0], [4.0, 5.0]])
    assert_array(grad, [[0.0, 0.0], [0.0, 0.0], [11.0, 22.0]], what="gradient of the table")
    assert_raises(ValueError, student, probe, table=table, ids=[0, 3], seed=seed, mentions="ids")


@test_case(
    name="cross_entropy of a batch",
    points=1,
    failure_message="The mean over the rows: the gradient is divided by their number, and "
    "multiplied by the gradient that arrives. Logits of ±1000 are finite. Targets have to be "
    "there: one for each row, each of them a class.",
)
def test_batch(student):
    def probe(Tensor, cross_entropy, logits, targets):
        logits = Tensor(logits, requires_grad=True)
        loss = cross_entropy(logits, targets)
        (loss * 2.0).backward(loss.data * 0 + 1.0)
        return float(loss.data.reshape(())), logits.grad

    logits = np.array([[1000.0, 1000.0], [-1000.0, 1000.0]])
    loss, grad = student(probe, logits=logits, targets=[0, 1])
    assert_array(loss, np.log(2.0) / 2, what="loss")
    assert_array(grad, [[-0.5, 0.5], [0.0, 0.0]], what="gradient of twice the loss")
    for targets in ([0], [0, 2]):
        assert_raises(
            ValueError, student, probe, logits=logits, targets=targets, mentions="targets"
        )


@test_case(
    name="layer_norm: three axes and another eps",
    points=1,
    failure_message="Over the last axis only, whatever stands before it. eps is added to the "
    "variance, under the root.",
)
def test_layer_norm_axes(student):
    def probe(Tensor, layer_norm, x, gain, bias, eps):
        return layer_norm(Tensor(x), Tensor(gain), Tensor(bias), eps=eps).data

    x = np.array([[[1.0, 3.0]], [[10.0, 30.0]]])
    out = student(probe, x=x, gain=np.array([1.0, 2.0]), bias=np.array([0.0, 5.0]), eps=3.0)
    # Variances 1 and 100: divided by the roots of 4 and 103.
    first, second = 0.5, 10 / np.sqrt(103)
    assert_array(out, [[[-first, 5 + 2 * first]], [[-second, 5 + 2 * second]]])
