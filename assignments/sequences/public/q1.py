"""A recurrent layer and its gradients. Gradients are compared with numerical differences."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q1"
points = 8
hints = [
    "`forward`: a loop over the steps, `h[:, t] = np.tanh(x[:, t] @ wx + before @ wh + b)`. Keep "
    "x, h0 and all states in attributes of `self`; `backward` needs them.",
    "`backward`: from the last step to the first, `da[:, t] = (dh[:, t] + carried) * (1 - h[:, t] "
    "** 2)`, then `carried = da[:, t] @ wh.T`. What is left in `carried` at the end is the "
    "gradient of h0.",
    "Weights: each step adds `x[:, t].T @ da[:, t]` to wx and `before.T @ da[:, t]` to wh, where "
    "`before` is the state that the step began with: h0 for step 0.",
]


def states(x, h0, wx, wh, b):
    """The formula, step by step."""
    h, out = h0, []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ wx + h @ wh + b)
        out.append(h)
    return np.stack(out, axis=1)


def differences(arrays, which, g):
    """Numerical gradient of sum(h * g) with respect to one of the arrays of a dict."""
    gradient = np.zeros(arrays[which].shape)
    for at in np.ndindex(gradient.shape):
        loss = []
        for step in (1e-5, -1e-5):
            moved = {key: array.copy() for key, array in arrays.items()}
            moved[which][at] += step
            loss.append((states(**moved) * g).sum())
        gradient[at] = (loss[0] - loss[1]) / 2e-5
    return gradient


def example(seed, batch=1, time=3, d=2, n=2):
    rng = np.random.default_rng(seed)
    shapes = {
        "x": (batch, time, d),
        "h0": (batch, n),
        "wx": (d, n),
        "wh": (n, n),
        "b": (n,),
    }
    arrays = {key: rng.standard_normal(shape) for key, shape in shapes.items()}
    return arrays, rng.standard_normal((batch, time, n))


def probe_backward(RNN, x, h0, wx, wh, b, g):
    layer = RNN(wx, wh, b)
    layer.forward(x, h0)
    return layer.backward(g)


def gradient(got, key):
    found = isinstance(got, dict) and key in got
    expect(found, f"backward returns a dict of gradients, with {key!r} among its keys")
    return got[key]


# A difference over 1e-5 is right to about 1e-9; 1e-6 leaves room.
CLOSE = {"rtol": 1e-6, "atol": 1e-6}


@test_case(
    name="forward: the handout's example",
    points=1,
    failure_message="tanh(1/2), then tanh of twice that. The result has the axes (batch, time, n).",
)
def test_by_hand(student):
    def probe(RNN, x):
        return RNN([[1]], [[2]], [0]).forward(x)

    first = np.tanh(0.5)
    expected = [[[first], [np.tanh(2 * first)]]]
    assert_array(student(probe, x=[[[0.5], [0.0]]]), expected, what="states")


@test_case(
    name="forward: a batch, with and without h0",
    points=1,
    failure_message="Each sequence has its own state. Without h0 it begins at zero.",
)
def test_forward(student):
    def probe(RNN, x, h0, wx, wh, b):
        layer = RNN(wx, wh, b)
        return layer.forward(x, h0), layer.forward(x)

    arrays, _ = example(1, batch=3, time=4, d=2, n=5)
    given, fresh = student(probe, **arrays)
    assert_array(given, states(**arrays), what="states from h0")
    zeros = arrays | {"h0": np.zeros((3, 5))}
    assert_array(fresh, states(**zeros), what="states without h0")


@test_case(
    name="backward: one step",
    points=1,
    failure_message="With a single step nothing is carried: da = dh (1 - h²). The bias gets da, "
    "wx gets xᵀ da, and x gets da wxᵀ.",
)
def test_one_step(student):
    arrays, g = example(2, time=1, d=3)
    got = student(probe_backward, **arrays, g=g)
    for key in ("b", "wx", "x"):
        what = f"gradient of {key}"
        assert_array(gradient(got, key), differences(arrays, key, g), what=what, **CLOSE)


@test_case(
    name="backward: the handout's example",
    points=1,
    failure_message="The loss is the second state only. Its gradient at the first state is what "
    "comes through wh.",
)
def test_backward_by_hand(student):
    def probe(RNN, x, g):
        layer = RNN([[1]], [[2]], [0])
        layer.forward(x)
        return layer.backward(g)

    got = student(probe, x=[[[0.5], [0.0]]], g=[[[0.0], [1.0]]])
    # the table of the handout shows four digits
    near = {"rtol": 0, "atol": 6e-5}
    for key, value in (("wx", [[0.3698]]), ("wh", [[0.2173]]), ("b", [1.2097]), ("h0", [[1.4791]])):
        assert_array(gradient(got, key), value, what=f"gradient of {key}", **near)


@test_case(
    name="backward: through time",
    points=2,
    failure_message="wh of step t was multiplied by the state before it, and by h0 at step 0. A "
    "state's gradient is that of its output plus what the next step hands back.",
)
def test_time(student):
    arrays, g = example(3, time=4, n=3)
    got = student(probe_backward, **arrays, g=g)
    for key in ("wh", "h0", "x", "wx", "b"):
        what = f"gradient of {key}"
        assert_array(gradient(got, key), differences(arrays, key, g), what=what, **CLOSE)


@test_case(
    name="backward: a batch, and a second call",
    points=1,
    failure_message="Weights are shared: their gradients are sums over the batch. x and h0 have "
    "one gradient per sequence. A second call gives the same.",
)
def test_batch(student):
    def probe(RNN, x, h0, wx, wh, b, g):
        layer = RNN(wx, wh, b)
        layer.forward(x, h0)
        return layer.backward(g), layer.backward(g)

    arrays, g = example(4, batch=2)
    for got in student(probe, **arrays, g=g):
        for key in arrays:
            what = f"gradient of {key}"
            assert_array(gradient(got, key), differences(arrays, key, g), what=what, **CLOSE)


@test_case(
    name="shapes that do not fit",
    points=1,
    failure_message="ValueError, with the name of the argument in its message. `floats` does it.",
)
def test_errors(student):
    arrays, g = example(5)
    wrong = {
        "wh": np.ones((2, 3)),
        "b": np.ones(3),
        "x": np.ones((1, 3, 5)),
        "h0": np.ones((2, 2)),
    }
    for key, value in wrong.items():
        changed, named = arrays | {key: value}, key if key in ("x", "h0", "c0") else ""
        assert_raises(ValueError, student, probe_backward, **changed, g=g, mentions=named)
    assert_raises(ValueError, student, probe_backward, **arrays, g=g[:, 1:], mentions="dh")
