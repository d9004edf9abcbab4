"""LSTM. Gradients are compared with numerical differences."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q3"
points = 8
hints = [
    "`forward`: `a = x[:, t] @ wx + h @ wh + b` has 4n columns; `np.split(a, 4, axis=1)` gives "
    "those of i, f, g and o. Keep the gates, both states and what they began with.",
    "`backward` carries two things from right to left: `dstate` through wh, and `dcell` through "
    "the forget gate. Complete dstate first, then add `dstate * o * (1 - tanh(c) ** 2)` to dcell.",
    "The four parts of da are joined with `np.concatenate(..., axis=1)` in the order i, f, g, o. "
    "The gate f was multiplied by the cell *before* the step. What is carried out of step 0 "
    "belongs to h0 and c0.",
]


def logistic(a):
    return 1 / (1 + np.exp(-a))


def states(x, h0, c0, wx, wh, b):
    """The formulas, step by step: all h and all c."""
    h, c, out = h0, c0, []
    for t in range(x.shape[1]):
        i, f, g, o = np.split(x[:, t] @ wx + h @ wh + b, 4, axis=1)
        c = logistic(f) * c + logistic(i) * np.tanh(g)
        h = logistic(o) * np.tanh(c)
        out.append((h, c))
    return tuple(np.stack(each, axis=1) for each in zip(*out, strict=True))


def differences(arrays, which, g):
    """Numerical gradient of sum(h * g) with respect to one of the arrays of a dict."""
    gradient = np.zeros(arrays[which].shape)
    for at in np.ndindex(gradient.shape):
        loss = []
        for step in (1e-5, -1e-5):
            moved = {key: array.copy() for key, array in arrays.items()}
            moved[which][at] += step
            loss.append((states(**moved)[0] * g).sum())
        gradient[at] = (loss[0] - loss[1]) / 2e-5
    return gradient


def example(seed, batch=1, time=3, d=2, n=2):
    rng = np.random.default_rng(seed)
    shapes = {
        "x": (batch, time, d),
        "h0": (batch, n),
        "c0": (batch, n),
        "wx": (d, 4 * n),
        "wh": (n, 4 * n),
        "b": (4 * n,),
    }
    arrays = {key: rng.standard_normal(shape) for key, shape in shapes.items()}
    return arrays, rng.standard_normal((batch, time, n))


def probe_backward(LSTM, x, h0, c0, wx, wh, b, g):
    layer = LSTM(wx, wh, b)
    layer.forward(x, h0, c0)
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
    failure_message="With weights 0 the gates are those of the biases: 1/2, 3/4, 1/2, 1/2 in the "
    "order i, f, g, o. The new cell is 1.",
)
def test_by_hand(student):
    def probe(LSTM, bias):
        zero = [[0.0, 0.0, 0.0, 0.0]]
        return LSTM(zero, zero, bias).forward([[[7.0]]], c0=[[1.0]])

    h, c = student(probe, bias=[0.0, np.log(3.0), np.arctanh(0.5), 0.0])
    assert_array(c, [[[1.0]]], what="c")
    assert_array(h, [[[0.5 * np.tanh(1.0)]]], what="h")


@test_case(
    name="forward: a batch, with and without h0 and c0",
    points=1,
    failure_message="Return both states after each step, (h, c), each (batch, time, n). Without "
    "h0 and c0 they begin at zero.",
)
def test_forward(student):
    def probe(LSTM, x, h0, c0, wx, wh, b):
        layer = LSTM(wx, wh, b)
        return layer.forward(x, h0, c0), layer.forward(x)

    arrays, _ = example(1, batch=3, time=4, d=2, n=5)
    zeros = arrays | {"h0": np.zeros((3, 5)), "c0": np.zeros((3, 5))}
    for got, given in zip(student(probe, **arrays), (arrays, zeros), strict=True):
        for mine, expected, what in zip(got, states(**given), "hc", strict=True):
            assert_array(mine, expected, what=what)


@test_case(
    name="backward: one step, the bias",
    points=1,
    failure_message="With one step nothing is carried, and the gradient of the bias is da: four "
    "blocks in the order i, f, g, o.",
)
def test_bias(student):
    arrays, g = example(2, time=1)
    got = student(probe_backward, **arrays, g=g)
    expected = differences(arrays, "b", g)
    assert_array(gradient(got, "b"), expected, what="gradient of b", **CLOSE)


@test_case(
    name="backward: one step, the other gradients",
    points=2,
    failure_message="From da on all is as in q1. The old cell gets the gradient of the new one "
    "times f.",
)
def test_one_step(student):
    arrays, g = example(3, time=1, d=3)
    got = student(probe_backward, **arrays, g=g)
    for key in ("x", "h0", "c0", "wx", "wh"):
        what = f"gradient of {key}"
        assert_array(gradient(got, key), differences(arrays, key, g), what=what, **CLOSE)


@test_case(
    name="backward: through time",
    points=2,
    failure_message="Two things are carried: through wh to the state before, and through f to the "
    "cell before. The cell's gradient is completed by the state's before it is used.",
)
def test_time(student):
    arrays, g = example(4, batch=2, time=3)
    got = student(probe_backward, **arrays, g=g)
    for key in arrays:
        what = f"gradient of {key}"
        assert_array(gradient(got, key), differences(arrays, key, g), what=what, **CLOSE)


@test_case(
    name="large numbers, and shapes that do not fit",
    points=1,
    failure_message="Inputs of a million either way give finite states. ValueError with the name "
    "of the argument in its message.",
)
def test_edges(student):
    def probe(LSTM, size):
        layer = LSTM([[size] * 4], [[0.0] * 4], [0.0] * 4)
        return layer.forward([[[1.0], [-1.0]]])[0]

    for size in (1e6, -1e6):
        expect(np.isfinite(student(probe, size=size)).all(), "some states are not finite")
    arrays, g = example(5)
    wrong = {"b": np.ones(2), "x": np.ones((1, 3, 5)), "c0": np.ones((2, 2))}
    for key, value in wrong.items():
        changed, named = arrays | {key: value}, key if key in ("x", "h0", "c0") else ""
        assert_raises(ValueError, student, probe_backward, **changed, g=g, mentions=named)
