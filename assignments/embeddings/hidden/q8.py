"""The map: fresh inputs."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8 (hidden)"
points = 6


def pairs(rng, n):
    """Probabilities of pairs, some of them 0."""
    p = np.triu(rng.uniform(0, 1, (n, n)) ** 2 * (rng.uniform(0, 1, (n, n)) > 0.2), 1)
    p = p + p.T
    return p / p.sum()


def forces(p, y, factor=1.0):
    """KL and gradient, pair by pair as the handout has them."""
    n = len(y)
    w = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            w[i, j] = 0.0 if i == j else 1 / (1 + np.sum((y[i] - y[j]) ** 2))
    q = w / w.sum()
    kl = sum(p[i, j] * np.log(p[i, j] / q[i, j]) for i, j in np.argwhere(p > 0))
    pull = (factor * p - q) * w
    return kl, 4 * np.stack([(pull[i][:, None] * (y[i] - y)).sum(axis=0) for i in range(n)])


def descend(p, y, iterations, lr, exaggeration, early):
    last, gain = np.zeros_like(y), np.ones_like(y)
    for s in range(iterations):
        g = forces(p, y, exaggeration if s < early else 1.0)[1]
        for place in np.ndindex(*y.shape):
            gain[place] = gain[place] + 0.2 if g[place] * last[place] < 0 else gain[place] * 0.8
            gain[place] = max(gain[place], 0.01)
        last = (0.5 if s < early else 0.8) * last - lr * gain * g
        y = y + last
    return y - y.mean(axis=0)


def drawn(tsne, p, seed, more):
    import numpy as np

    y, kl = tsne(p, np.random.default_rng(seed), **more)
    return y, kl, [y.dtype.name, isinstance(kl, float)]


@test_case(
    name="divergence and gradient",
    points=1.5,
    hidden=True,
    failure_message="Compare the gradient with differences of KL. Pairs with p = 0 add nothing to "
    "KL, but they do repel each other. Any number of coordinates.",
)
def test_gradients(tsne_gradient):
    rng = np.random.default_rng(81)
    for n, m in ((2, 1), (8, 2), (13, 3), (6, 5)):
        p, y = (
            pairs(rng, n) if n > 2 else np.array([[0, 0.5], [0.5, 0]]),
            rng.standard_normal((n, m)),
        )
        before = p.copy(), y.copy()
        for scale, offset in ((1.0, 0.0), (30.0, 0.0), (0.01, 5.0)):
            kl, gradient = tsne_gradient(p, scale * y + offset)
            want = forces(p, scale * y)
            assert_close(kl, want[0], rtol=1e-7, atol=1e-10, what="KL")
            assert_array(gradient, want[1], rtol=1e-7, atol=1e-10, what="gradient")
        tsne_gradient(p, y)
        assert_array(p, before[0], what="p after the call")
        assert_array(y, before[1], what="y after the call")
    single = y.astype(np.float32)
    _, gradient = tsne_gradient(p, single)
    want = forces(p, single.astype(float))[1]
    assert_array(gradient, want, rtol=1e-7, dtype=np.float64, what="gradient for float32")
    kl, gradient = tsne_gradient(p.tolist(), y.tolist())
    assert_array(gradient, forces(p, y)[1], rtol=1e-7, what="gradient for lists")


@test_case(
    name="a dozen steps",
    points=1.5,
    hidden=True,
    failure_message="Follow the rule of the handout: p exaggerated and momentum 0.5 in the first "
    "`early` steps, gains from the signs of gradient and last step, no less than 0.01.",
)
def test_dozen(student):
    rng = np.random.default_rng(82)
    p, start = pairs(rng, 7), rng.standard_normal((7, 2))
    before = start.copy()
    cases = (
        {"iterations": 6, "lr": 0.4, "exaggeration": 4.0, "early": 3},
        {"iterations": 4, "lr": 0.2, "exaggeration": 12.0, "early": 4},
        {"iterations": 12, "lr": 1.0, "exaggeration": 1.0, "early": 0},
        {"iterations": 30, "lr": 0.01, "exaggeration": 2.0, "early": 30},
    )
    for more in cases:
        y, kl, kinds = student(drawn, p=p, seed=0, more={**more, "start": start})
        want = descend(p, start, **more)
        assert_array(y, want, rtol=1e-5, atol=1e-6, what=f"y after {more['iterations']} steps")
        assert_close(kl, forces(p, want)[0], rtol=1e-4, what="KL")
        expect(kinds == ["float64", True], "a float64 array and a float are asked for")
    assert_array(start, before, what="start after the call")
    more, few = {"iterations": 2, "lr": 0.1, "exaggeration": 1.0, "early": 0}, [[0, 1], [2, 0]]
    two = np.array([[0, 0.5], [0.5, 0]])
    want = descend(two, np.array(few, dtype=float), **more)
    for given, table in ((few, two.tolist()), (np.array(few, dtype=np.float32), two)):
        y, _, kinds = student(drawn, p=table, seed=0, more={**more, "start": given})
        assert_array(y, want, rtol=1e-5, atol=1e-6, what="y for two points")
        expect(kinds == ["float64", True], "a float64 array and a float are asked for")
    # A small map of four points overshoots at this rate, until gains are as low as they may be.
    few = np.random.default_rng(204)
    p4, start4 = pairs(few, 4), 0.1 * few.standard_normal((4, 2))
    more = {"iterations": 45, "lr": 400.0, "exaggeration": 1.0, "early": 0}
    y, _, _ = student(drawn, p=p4, seed=0, more={**more, "start": start4})
    want = descend(p4, start4, **more)
    assert_array(y, want, rtol=1e-5, atol=1e-6, what="y after 45 steps")
    # The rate that None stands for: 7 / (4 · 0.01) = 175, and 50 where that is less.
    for exaggeration, lr in ((0.01, 175.0), (0.2, 50.0)):
        more = {"iterations": 2, "exaggeration": exaggeration, "early": 1, "start": start}
        y, _, _ = student(drawn, p=p, seed=0, more=more)
        want = descend(p, start, 2, lr, exaggeration, 1)
        assert_array(y, want, rtol=1e-5, atol=1e-5, what="y for the default rate")
    y, _, _ = student(drawn, p=p, seed=0, more={"iterations": 2, "start": start})
    want = descend(p, start, 2, 50.0, 12.0, 100)
    assert_array(y, want, rtol=1e-5, atol=1e-4, what="y for the defaults")


@test_case(
    name="where a map begins",
    points=0.5,
    hidden=True,
    failure_message="Without `start` the points are drawn from `rng`, normally distributed with "
    "standard deviation 10⁻⁴: the same state gives the same map.",
)
def test_begin(student):
    p = pairs(np.random.default_rng(83), 60)
    more = {"iterations": 1, "lr": 1e-12}
    for dim in (1, 2, 3):
        y, _, _ = student(drawn, p=p, seed=1, more={**more, "dim": dim})
        assert_array(y, np.zeros((60, dim)), atol=1e-3, what="y")
        # 60 to 180 normal numbers: their spread is uncertain by 5 to 9 %.
        assert_close(y.std(), 1e-4, rtol=0.4, what="spread of the start")
        assert_array(y.mean(axis=0), np.zeros(dim), atol=1e-12, what="mean of y")
    again, _, _ = student(drawn, p=p, seed=1, more={**more, "dim": 3})
    other, _, _ = student(drawn, p=p, seed=2, more={**more, "dim": 3})
    assert_array(again, y, what="y for the same seed", atol=1e-15)
    expect(bool(np.abs(other - y).max() > 1e-6), "another seed changes nothing")


@test_case(
    name="three crowds",
    points=1.5,
    hidden=True,
    failure_message="After 250 steps with the defaults three groups lie apart, but for a point "
    "or two, and KL (of p as it is, not exaggerated) is smaller than by chance.",
)
def test_crowds(student):
    rng = np.random.default_rng(84)
    group = np.repeat([0, 1, 2], [8, 14, 10])
    x = 8 * np.eye(5)[group] + rng.standard_normal((32, 5))
    d2 = ((x[:, None] - x[None]) ** 2).sum(axis=2)
    p = np.exp(-d2 / 12) * (1 - np.eye(32))
    p = p / p.sum(axis=1, keepdims=True)
    p = (p + p.T) / 64
    before = p.copy()
    y, kl, _ = student(drawn, p=p, seed=3, more={"iterations": 250})
    apart = np.linalg.norm(y[:, None] - y[None], axis=2) + 1e9 * np.eye(32)
    # A point that lands on the wrong side may stay there: with 60 seeds never more than two of 32.
    at_home = np.mean(group[apart.argmin(axis=1)] == group)
    expect(bool(at_home > 0.75), f"{at_home:.0%} of the points lie in their own crowd")
    assert_close(kl, forces(p, y)[0], rtol=1e-6, what="KL")
    scattered = forces(p, np.random.default_rng(0).standard_normal((32, 2)))[0]
    expect(bool(kl < 0.85 * scattered), f"KL {kl:.2f} after the descent, {scattered:.2f} by chance")
    assert_array(p, before, what="p after the call")


@test_case(
    name="what cannot be drawn",
    points=1,
    hidden=True,
    failure_message="ValueError that names the argument: p not square, y or start of another "
    "shape, counts that are too small, a rate or a factor that is not positive.",
)
def test_refused(tsne_gradient, student):
    p = pairs(np.random.default_rng(85), 5)
    assert_raises(ValueError, tsne_gradient, p[:3], np.ones((5, 2)), mentions="p")
    for y in (np.ones(5), np.ones((4, 2)), np.ones((6, 2)), np.ones((5, 2, 1))):
        assert_raises(ValueError, tsne_gradient, p, y, mentions="y")

    def attempt(tsne, p, more):
        import numpy as np

        tsne(p, np.random.default_rng(0), **{"iterations": 1, **more})

    student(attempt, p=p, more={"early": 0, "dim": 1})
    assert_raises(ValueError, student, attempt, p=p[:, :4], more={}, mentions="p")
    bad = (
        {"dim": 0}, {"iterations": 0}, {"early": -1}, {"lr": 0.0}, {"lr": -1.0},
        {"exaggeration": 0.0}, {"exaggeration": -4.0}, {"start": np.ones((4, 2))},
        {"start": np.ones((6, 2))}, {"start": np.ones((5, 3))}, {"start": np.ones(5)},
        {"start": np.ones((5, 2)), "dim": 1},
    )  # fmt: skip
    for more in bad:
        name = next(iter(more))
        assert_raises(ValueError, student, attempt, p=p, more=more, mentions=name)
