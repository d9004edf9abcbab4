"""The map."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8"
points = 7
hints = [
    "w from all differences `y[:, None] - y[None]`, diagonal 0; q = w / w.sum(). For the KL take "
    "the logarithm only where p > 0.",
    "F = (p - q) * w; the gradient is 4 * (F.sum(axis=1)[:, None] * y - F @ y).",
    "The loop: gradient with f * p, then gains (`np.where(gradient * last < 0, gain + 0.2, "
    "gain * 0.8)`, at least 0.01), then the step, then y.",
]

EVEN = (1 - np.eye(3)) / 6


@test_case(
    name="three points on a line",
    points=2,
    failure_message="The first point has the gradient 1/6, and KL is 0.213: see the handout.",
)
def test_gradient(tsne_gradient):
    kl, gradient = tsne_gradient(EVEN, [[0.0], [1.0], [3.0]])
    assert_close(kl, (np.log(1 / 6 / 0.3125) + np.log(1 / 6 / 0.125) + np.log(1 / 6 / 0.0625)) / 3)
    assert_close(gradient[0, 0], 1 / 6, what="gradient[0, 0]")
    assert_close(gradient.sum(), 0.0, atol=1e-12, what="sum of the gradient")


@test_case(
    name="a perfect map",
    points=1.5,
    failure_message="If q equals p, the divergence is 0 and nothing moves.",
)
def test_perfect(tsne_gradient):
    y = [[0.0, 0.0], [1.0, 0.0], [0.5, 0.75**0.5]]
    kl, gradient = tsne_gradient(EVEN, y)
    assert_close(kl, 0.0, atol=1e-12, what="KL")
    assert_array(gradient, np.zeros((3, 2)), atol=1e-12, what="gradient")


@test_case(
    name="the first steps",
    points=1.5,
    failure_message="Step 0: gain 0.8 everywhere, for the product with the last step is 0. Then "
    "y = start - lr · 0.8 · gradient. Step 1 adds momentum.",
)
def test_steps(student):
    def probe(tsne, p, start, iterations, early):
        import numpy as np

        rng = np.random.default_rng(0)
        return tsne(
            p, rng, dim=1, iterations=iterations, lr=0.5, exaggeration=1.0, early=early, start=start
        )[0]

    start = np.array([[0.0], [1.0], [3.0]])
    w = 1 / (1 + (start - start.T) ** 2) - np.eye(3)
    f = (EVEN - w / w.sum()) * w
    step = -0.5 * 0.8 * 4 * (f * (start - start.T)).sum(axis=1, keepdims=True)
    once = student(probe, p=EVEN, start=start, iterations=1, early=0)
    assert_array(once, start + step - (start + step).mean(), what="y after one step")
    y = start + step
    w = 1 / (1 + (y - y.T) ** 2) - np.eye(3)
    f = (EVEN - w / w.sum()) * w
    gradient = 4 * (f * (y - y.T)).sum(axis=1, keepdims=True)
    gain = np.where(gradient * step < 0, 1.0, 0.64)
    for early, momentum in ((0, 0.8), (5, 0.5)):
        want = y + momentum * step - 0.5 * gain * gradient
        twice = student(probe, p=EVEN, start=start, iterations=2, early=early)
        assert_array(twice, want - want.mean(), what=f"y after two steps, early={early}")


@test_case(
    name="two groups part",
    points=1.5,
    failure_message="Points 0 to 4 choose each other, and so do 5 to 9: on the map each group "
    "should lie together, and KL should be that of the map.",
)
def test_groups(student):
    def probe(tsne, p):
        import numpy as np

        return tsne(p, np.random.default_rng(0), iterations=400)

    together = np.kron(np.eye(2), np.ones((5, 5))) - np.eye(10) + 0.01 * (1 - np.eye(10))
    p = together / together.sum()
    y, kl = student(probe, p=p)
    assert_array(y, np.zeros((10, 2)), atol=1e6, what="y")
    assert_array(y.mean(axis=0), [0, 0], atol=1e-9, what="mean of y")
    apart = np.linalg.norm(y[:, None] - y[None], axis=2)
    nearest = (apart + 1e9 * np.eye(10)).argmin(axis=1)
    at_home = int(np.sum(nearest // 5 == np.arange(10) // 5))
    expect(at_home >= 7, f"only {at_home} of ten points lie beside one of their own group")
    w = 1 / (1 + apart**2) - np.eye(10)
    q = w / w.sum() + np.eye(10)
    assert_close(kl, np.sum(p * np.log((p + np.eye(10)) / q)), rtol=1e-6, what="KL")


@test_case(
    name="arguments that cannot be used",
    points=0.5,
    failure_message="As many points as p has rows; at least one step.",
)
def test_errors(tsne_gradient, tsne):
    assert_raises(ValueError, tsne_gradient, EVEN, [[0.0], [1.0]], mentions="y")
    rng = np.random.default_rng(0)
    assert_raises(ValueError, tsne, EVEN, rng, iterations=0, mentions="iterations")
