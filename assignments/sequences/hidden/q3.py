"""LSTM, on fresh inputs and at the edges.

The oracle is the formula in complex numbers: the gradient of an analytic function is the imaginary
part of its value at a point that has been moved by a tiny imaginary number, without any rounding.
"""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q3 (hidden)"
points = 8


def bend(a):
    return 1 / (np.exp(-a) + 1)


def unrolled(x, h0, c0, wx, wh, b):
    """Both states, axes (batch, time, n)."""
    n = len(wh)
    shown, kept = [h0], [c0]
    for step in np.moveaxis(x, 1, 0):
        a = np.concatenate([step, shown[-1]], 1) @ np.concatenate([wx, wh]) + b
        new = bend(a[:, :n]) * np.tanh(a[:, 2 * n : 3 * n])
        kept.append(new + bend(a[:, n : 2 * n]) * kept[-1])
        shown.append(np.tanh(kept[-1]) * bend(a[:, 3 * n :]))
    return np.moveaxis(np.array(shown[1:]), 0, 1), np.moveaxis(np.array(kept[1:]), 0, 1)


def right(arrays, g):
    """Every gradient of the sum of all states times g."""
    found = {}
    for key, array in arrays.items():
        whole = np.zeros(array.shape)
        for where in np.ndindex(array.shape):
            tiny = np.zeros(array.shape, dtype=complex)
            tiny[where] = 1e-30j
            value = unrolled(**(arrays | {key: array + tiny}))[0]
            whole[where] = (value * g).sum().imag / 1e-30
        found[key] = whole
    return found


def made(seed, batch=2, time=4, d=3, n=2):
    rng = np.random.default_rng(seed)
    arrays = {
        "x": rng.normal(size=(batch, time, d)),
        "h0": rng.normal(size=(batch, n)),
        "c0": rng.normal(size=(batch, n)),
        "wx": rng.normal(size=(d, 4 * n)),
        "wh": rng.normal(size=(n, 4 * n)),
        "b": rng.normal(size=4 * n),
    }
    return arrays, rng.normal(size=(batch, time, n))


def judge(got, expected):
    names = sorted(expected)
    expect(isinstance(got, dict), "backward returns a dict of gradients")
    expect(all(key in got for key in names), f"the gradients are called {', '.join(names)}")
    for key in names:
        # sums over steps and sequences come in any order
        assert_array(
            got[key],
            expected[key],
            rtol=1e-8,
            atol=1e-10,
            dtype=np.float64,
            what="gradient of " + key,
        )


def probe_states(LSTM, x, h0, c0, wx, wh, b):
    return LSTM(wx, wh, b).forward(x, h0, c0)


def probe_gradients(LSTM, x, h0, c0, wx, wh, b, g):
    layer = LSTM(wx, wh, b)
    layer.forward(x, h0, c0)
    return layer.backward(g)


@test_case(
    name="forward",
    points=1,
    hidden=True,
    failure_message="Widths that all differ, one step, one sequence, begun at a state or at zero.",
)
def test_states(student):
    for batch, time, d, n in ((3, 5, 2, 4), (1, 1, 3, 2), (2, 6, 1, 1)):
        arrays, _ = made(31 + n, batch, time, d, n)
        got = student(probe_states, **arrays)
        for mine, expected, what in zip(got, unrolled(**arrays), ("h", "c"), strict=True):
            assert_array(mine, expected, dtype=np.float64, what=what)
    arrays, _ = made(36, n=3)
    got = student(probe_states, **(arrays | {"h0": None, "c0": None}))
    from_zero = arrays | {"h0": np.zeros((2, 3)), "c0": np.zeros((2, 3))}
    for mine, expected, what in zip(got, unrolled(**from_zero), ("h", "c"), strict=True):
        assert_array(mine, expected, dtype=np.float64, what=what)
    for key in ("h0", "c0"):
        got = student(probe_states, **(arrays | {key: None}))
        half = arrays | {key: np.zeros((2, 3))}
        assert_array(got[0], unrolled(**half)[0], what=f"h without {key}")


@test_case(
    name="gradients",
    points=2,
    hidden=True,
    failure_message="All gradients, for widths that all differ, over several steps and sequences.",
)
def test_gradients(student):
    for batch, time, d, n in ((2, 4, 3, 2), (1, 5, 1, 3)):
        arrays, g = made(41 + d, batch, time, d, n)
        judge(student(probe_gradients, **arrays, g=g), right(arrays, g))


@test_case(
    name="gradients of a loss on one step, and from zero",
    points=1,
    hidden=True,
    failure_message="A loss on the first, a middle or the last state alone. Where the beginning "
    "was not given, its gradient is there all the same.",
)
def test_where(student):
    arrays, g = made(51, batch=1, n=3)
    zeros = arrays | {"h0": np.zeros((1, 3)), "c0": np.zeros((1, 3))}
    for at in (0, 2, 3):
        only = np.zeros_like(g)
        only[:, at] = g[:, at]
        judge(student(probe_gradients, **arrays, g=only), right(arrays, only))
    got = student(probe_gradients, **(arrays | {"h0": None, "c0": None}), g=g)
    judge(got, right(zeros, g))


@test_case(
    name="a long text",
    points=1,
    hidden=True,
    failure_message="Two thousand steps are a loop, not a recursion.",
)
def test_long(student):
    def probe(LSTM, h0, c0, wx, wh, b, time):
        import numpy as np

        layer = LSTM(wx, wh, b)
        layer.forward(np.zeros((1, time, 1)), h0, c0)
        g = np.zeros((1, time, len(wh)))
        g[0, -1] = 1
        return layer.backward(g)["b"]

    arrays, _ = made(61, 1, 1, 1, 2)
    arrays["wh"] *= 0.1
    del arrays["x"]
    got = student(probe, **arrays, time=2000)
    g = np.zeros((1, 60, 2))
    g[0, -1] = 1
    # what happened sixty steps ago no longer matters
    settled = arrays | {"x": np.zeros((1, 60, 1))}
    at_rest = unrolled(**(arrays | {"x": np.zeros((1, 400, 1))}))
    settled["h0"] = at_rest[0][:, -1]
    settled["c0"] = at_rest[1][:, -1]
    key = "b"
    for at in range(len(settled[key])):
        tiny = np.zeros(len(settled[key]), dtype=complex)
        tiny[at] = 1e-30j
        moved = unrolled(**(settled | {key: settled[key] + tiny}))[0]
        slope = (moved * g).sum().imag / 1e-30
        assert_array(got[at], slope, rtol=1e-6, atol=1e-9, what="one gradient of the bias")


@test_case(
    name="the last forward, and whose array it is",
    points=1,
    hidden=True,
    failure_message="backward belongs to the last forward, as its arguments were then; it changes "
    "nothing, and what it returns is the caller's. Two layers know nothing of each other.",
)
def test_last(student):
    def probe(LSTM, x, h0, c0, wx, wh, b, g):
        layer, other = LSTM(wx, wh, b), LSTM(wx, wh, b)
        layer.forward(x + 1.0, h0, c0)
        layer.backward(2.0 * g)
        out = layer.forward(x, h0, c0)
        other.forward(x[:, ::-1], h0, c0)
        first = layer.backward(g)
        kept = {key: value.copy() for key, value in first.items()}
        for each in [*first.values(), x, *(out), h0, c0]:
            each[...] = 5.0
        return kept, layer.backward(g)

    arrays, g = made(71, n=3)
    expected = right(arrays, g)
    for got in student(probe, **arrays, g=g):
        judge(got, expected)


@test_case(
    name="large numbers",
    points=1,
    hidden=True,
    failure_message="Numbers of any finite size give finite states, and finite gradients.",
)
def test_large(student):
    arrays, g = made(38, n=3)
    for size in (800.0, -800.0, 1e8):
        loud = arrays | {"x": size * arrays["x"]}
        got = student(probe_states, **loud)
        for each in got:
            expect(isinstance(each, np.ndarray), "forward returns arrays")
            expect(np.isfinite(each).all(), "some states are not finite")
        slopes = student(probe_gradients, **loud, g=g)
        expect(isinstance(slopes, dict), "backward returns a dict of gradients")
        expect(np.isfinite(slopes["wx"]).all(), "some gradients are not finite")


@test_case(
    name="arguments: left alone, lists, shapes",
    points=1,
    hidden=True,
    failure_message="No argument is changed. Lists and integers are fine, and give float64. "
    "Shapes that do not fit: ValueError with the name of the argument in its message.",
)
def test_arguments(student):
    def probe(LSTM, x, h0, c0, wx, wh, b, g):
        layer = LSTM(wx, wh, b)
        layer.forward(x, h0, c0)
        layer.backward(g)
        return x, h0, c0, wx, wh, b, g

    arrays, g = made(81)
    before = [*(array.copy() for array in arrays.values()), g.copy()]
    for after, was in zip(student(probe, **arrays, g=g), before, strict=True):
        assert_array(after, was, rtol=0, atol=0, what="an argument after the calls")
    single = {key: array.astype(np.float32) for key, array in arrays.items()}
    got = student(probe_states, **single)
    double = {key: array.astype(float) for key, array in single.items()}
    assert_array(got[0], unrolled(**double)[0], dtype=np.float64, what="states of float32")
    whole = {key: np.round(2 * array).astype(int) for key, array in arrays.items()}
    got = student(probe_states, **{key: array.tolist() for key, array in whole.items()})
    for mine, expected, what in zip(got, unrolled(**whole), ("h", "c"), strict=True):
        assert_array(mine, expected, dtype=np.float64, what=what)
    lists = {key: array.tolist() for key, array in whole.items()}
    real = {key: array.astype(float) for key, array in whole.items()}
    judge(student(probe_gradients, **lists, g=g.tolist()), right(real, g))

    bad = {
        "wh": (np.ones((2, 6)), np.ones((3, 8)), np.ones((2, 1))),
        "wx": (np.ones((3, 7)),),
        "b": (np.ones(2), 1.0),
    }
    bad |= {"x": (np.ones((2, 4, 2)), np.ones((4, 3))), "h0": (np.ones((1, 2)), np.ones(2))}
    bad |= {"c0": (np.ones((1, 2)), np.ones((2, 3)))}
    bad_inputs = ("x", "h0", "c0")
    for key, values in bad.items():
        for value in values:
            changed = arrays | {key: value}
            named = key if key in bad_inputs else ""
            assert_raises(ValueError, student, probe_states, **changed, mentions=named)
    for value in (g[:, 1:], g[0], np.ones((2, 4, 3))):
        assert_raises(ValueError, student, probe_gradients, **arrays, g=value, mentions="dh")
