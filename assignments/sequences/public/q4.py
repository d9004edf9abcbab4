"""GRU. Gradients are compared with numerical differences."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q4"
points = 6
hints = [
    "`u = x[:, t] @ wx + bx` and `v = h @ wh + bh` have 3n columns each, those of r, z and n. r "
    "multiplies the third block of v, with its bias.",
    "`backward`: with dstate complete, the gradients of p and z first, then that of r from the "
    "one of tanh's argument. du and dv differ in the third block only: dv has the factor r there.",
    "The state before gets two shares: `dv @ wh.T`, and `dstate * z` without any matrix.",
]


def logistic(a):
    return 1 / (1 + np.exp(-a))


def states(x, h0, wx, wh, bx, bh):
    """The formulas, step by step."""
    h, out = h0, []
    for t in range(x.shape[1]):
        u, v = np.split(x[:, t] @ wx + bx, 3, axis=1), np.split(h @ wh + bh, 3, axis=1)
        r, z = logistic(u[0] + v[0]), logistic(u[1] + v[1])
        h = (1 - z) * np.tanh(u[2] + r * v[2]) + z * h
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
        "wx": (d, 3 * n),
        "wh": (n, 3 * n),
        "bx": (3 * n,),
        "bh": (3 * n,),
    }
    arrays = {key: rng.standard_normal(shape) for key, shape in shapes.items()}
    return arrays, rng.standard_normal((batch, time, n))


def probe_backward(GRU, x, h0, wx, wh, bx, bh, g):
    layer = GRU(wx, wh, bx, bh)
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
    failure_message="With weights 0: r = 1/2, z = 3/4 and p = 1/2, so the state is 7/8.",
)
def test_by_hand(student):
    def probe(GRU, bias):
        zero = [[0.0, 0.0, 0.0]]
        return GRU(zero, zero, [0, 0, 0], bias).forward([[[7.0]]], [[1.0]])

    bias = [0.0, np.log(3.0), 2 * np.arctanh(0.5)]
    assert_array(student(probe, bias=bias), [[[7 / 8]]], what="states")


@test_case(
    name="forward: a batch, with and without h0",
    points=2,
    failure_message="r multiplies the third block of v = h wh + bh, with its bias and before "
    "tanh; z is the share of the old state that stays.",
)
def test_forward(student):
    def probe(GRU, x, h0, wx, wh, bx, bh):
        layer = GRU(wx, wh, bx, bh)
        return layer.forward(x, h0), layer.forward(x)

    arrays, _ = example(1, batch=3, time=4, d=2, n=5)
    given, fresh = student(probe, **arrays)
    assert_array(given, states(**arrays), what="states from h0")
    zeros = arrays | {"h0": np.zeros((3, 5))}
    assert_array(fresh, states(**zeros), what="states without h0")


@test_case(
    name="backward: one step",
    points=1,
    failure_message="The biases get du and dv, which differ in the third block by the factor r.",
)
def test_one_step(student):
    arrays, g = example(2, time=1, d=3)
    got = student(probe_backward, **arrays, g=g)
    for key in ("bx", "bh", "x", "wx"):
        what = f"gradient of {key}"
        assert_array(gradient(got, key), differences(arrays, key, g), what=what, **CLOSE)


@test_case(
    name="backward: through time",
    points=2,
    failure_message="The state before gets two shares: through wh, and directly through z. "
    "Weights get sums over steps and sequences. ValueError for a dh of another shape.",
)
def test_time(student):
    arrays, g = example(4, batch=2, time=3)
    got = student(probe_backward, **arrays, g=g)
    for key in arrays:
        what = f"gradient of {key}"
        assert_array(gradient(got, key), differences(arrays, key, g), what=what, **CLOSE)
    assert_raises(ValueError, student, probe_backward, **arrays, g=g[:, 1:], mentions="dh")
