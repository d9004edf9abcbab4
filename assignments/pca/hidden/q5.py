"""Approximate components: how near they come, and what they may cost."""

import numpy as np

from autograder.checks import assert_array, assert_raises, assert_speed, expect, test_case

OK_FORMAT = False
name = "q5 (hidden)"
points = 8


def fit(student, x, k, oversample, power_iterations, seed=0):
    def probe(randomized_pca, x, k, oversample, power_iterations, rng):
        before = x.copy()
        p = randomized_pca(x, k, oversample, power_iterations, rng)
        unchanged = bool((x == before).all())
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean, unchanged

    rng = np.random.default_rng(seed)
    args = {"k": k, "oversample": oversample, "power_iterations": power_iterations}
    components, variance, ratio, mean, unchanged = student(probe, x=x, rng=rng, **args)
    for value, shape, what in (
        (components, (k, x.shape[1]), "components"),
        (variance, (k,), "explained_variance"),
        (ratio, (k,), "explained_variance_ratio"),
    ):
        expect(isinstance(value, np.ndarray), f"{what} should be an array")
        expect(value.shape == shape, f"{what} should have shape {shape}, not {value.shape}")
        expect(bool(np.isfinite(value).all()), f"{what} has entries that are not finite")
    expect(unchanged, "x was modified")
    assert_array(components @ components.T, np.eye(k), atol=1e-8, what="components @ components.T")
    expect(bool((variance >= 0).all()), "a variance is negative")
    return components, variance, ratio, mean


def build(rng, n, d, sigma):
    """A centred table (n, d) with these singular values, and its components."""
    r = len(sigma)
    u = rng.standard_normal((n, r))
    u = np.linalg.qr(u - u.mean(axis=0))[0]
    v = np.linalg.qr(rng.standard_normal((d, r)))[0].T
    return u * sigma @ v, v


def projector(rows):
    return rows.T @ rows


@test_case(
    name="as many directions as the rank",
    points=1,
    hidden=True,
    failure_message="With k + oversample directions, and the rank no larger, the answer is exact "
    "without a power iteration, on long and on wide tables.",
)
def test_exact(student):
    rng = np.random.default_rng(511)
    sigma = np.array([5.0, 4.0, 3.5, 3.0, 2.5, 2.0])
    for n, d, k, oversample in ((80, 30, 6, 0), (30, 80, 3, 3), (50, 50, 2, 9), (7, 40, 6, 0)):
        x, v = build(rng, n, d, sigma)
        components, variance, ratio, mean = fit(student, x + 1.5, k, oversample, 0, seed=n)
        # A random start of exactly the rank may be badly conditioned: 1e6 times rounding.
        assert_array(mean, np.full(d, 1.5), what="mean")
        loose = {"rtol": 1e-6, "atol": 1e-6}
        assert_array(variance, sigma[:k] ** 2 / (n - 1), what="explained_variance", **loose)
        share = (sigma**2 / (sigma**2).sum())[:k]
        assert_array(ratio, share, what="explained_variance_ratio", **loose)
        assert_array(projector(components), projector(v[:k]), what="projector", **loose)


@test_case(
    name="above a gap in the spectrum",
    points=1,
    hidden=True,
    failure_message="Where the first k variances stand out, a few power iterations find their "
    "subspace to many digits.",
)
def test_gap(student):
    # Nine multiplications make the rest 10⁻⁹ of the start, which is within a factor of 100 of even
    # (ten extra directions; a factor beyond 1e4 has a probability below 1e-20).
    sigma = np.concatenate([np.linspace(12, 10, 8), np.linspace(1, 0.2, 60)])
    for seed in range(3):
        x, v = build(np.random.default_rng(520 + seed), 150, 90, sigma)
        components, variance, _, _ = fit(student, x, 8, 10, 4, seed=seed)
        assert_array(projector(components), projector(v[:8]), atol=1e-5, what="projector")
        assert_array(variance, sigma[:8] ** 2 / 149, rtol=1e-6, what="explained_variance")


@test_case(
    name="variances that fall slowly",
    points=0.5,
    hidden=True,
    failure_message="Without a gap, power iterations decide how much of the best k components' "
    "variance is found. Is each one carried out?",
)
def test_slow(student):
    # λ_j = 1/j: six iterations leave (10/21)¹³ < 1e-4 of what a random start has outside; none at
    # all finds about 85 %.
    x, _ = build(np.random.default_rng(531), 300, 200, np.arange(1, 201) ** -0.5)
    best = (1 / np.arange(1, 11)).sum() / 299
    for seed in range(2):
        components, variance, _, _ = fit(student, x, 10, 10, 6, seed=seed)
        found = (np.sum((x @ components.T) ** 2)) / 299
        expect(bool(found > 0.99 * best), f"{found / best:.1%} of the variance was found")
        # A sketch may see a little less variance along its components than there is.
        assert_array(variance.sum(), found, rtol=0.01, what="sum of explained_variance")


@test_case(
    name="each iteration finds more",
    points=0.5,
    hidden=True,
    failure_message="From the same random directions one more power iteration finds more of the "
    "variance. Tables of single precision, integers and lists give float64.",
)
def test_each(student):
    x, _ = build(np.random.default_rng(532), 120, 90, np.arange(1, 91) ** -0.5)
    found = []
    for power_iterations in range(5):
        components = fit(student, x, 6, 2, power_iterations, seed=7)[0]
        found.append(float(np.sum((x @ components.T) ** 2)))
    expect(bool((np.diff(found) > 0).all()), "one more iteration finds no more of the variance")
    whole = np.array([[9, 5], [1, 1], [4, 5], [6, 1]])
    for kind in (np.float32, np.int32):
        _, variance, ratio, mean = fit(student, whole.astype(kind), 2, 0, 1)
        assert_array(variance, [40 / 3, 10 / 3], dtype=np.float64, what="explained_variance")
        assert_array(ratio, [0.8, 0.2], dtype=np.float64, what="explained_variance_ratio")
        assert_array(mean, [5, 3], dtype=np.float64, what="mean")


@test_case(
    name="many iterations on a steep spectrum",
    points=1,
    hidden=True,
    failure_message="After ten multiplications without orthonormalising, all directions are the "
    "same up to rounding. Scaling the columns is not enough.",
)
def test_steep(student):
    sigma = 10.0 ** (-0.5 * np.arange(10))
    x, v = build(np.random.default_rng(541), 60, 40, sigma)
    components, variance, _, _ = fit(student, x, 8, 2, 10)
    # σ₈² is 1e-7 of σ₁²: nine digits are left of its square, some of them for the method.
    assert_array(variance, sigma[:8] ** 2 / 59, rtol=1e-4, atol=0, what="explained_variance")
    assert_array(projector(components), projector(v[:8]), atol=1e-4, what="projector")


@test_case(
    name="centred, and measured by the whole",
    points=1,
    hidden=True,
    failure_message="The columns are centred first. The ratio is a share of the variance of the "
    "table, of which the random directions see only a part.",
)
def test_total(student):
    sigma = np.concatenate([[6.0, 5.0], np.full(40, 1.0)])
    x, v = build(np.random.default_rng(551), 100, 60, sigma)
    offset = np.linspace(20, 30, 60)
    components, _, ratio, mean = fit(student, x + offset, 2, 4, 12)
    total = 36 + 25 + 40
    assert_array(mean, offset, what="mean")
    assert_array(ratio, [36 / total, 25 / total], rtol=1e-5, what="explained_variance_ratio")
    assert_array(projector(components), projector(v[:2]), atol=1e-5, what="projector")
    ratio = fit(student, np.full((5, 4), 3.0), 2, 1, 1)[2]
    assert_array(ratio, [0, 0], what="explained_variance_ratio of a constant table")


@test_case(
    name="order and signs",
    points=1,
    hidden=True,
    failure_message="Largest variance first, and in each component the entry of largest magnitude "
    "positive, here too.",
)
def test_order(student):
    for seed in range(4):
        x, v = build(np.random.default_rng(560 + seed), 50, 12, 2.0 ** -np.arange(6))
        components, variance, _, _ = fit(student, x, 5, 4, 3, seed=seed)
        expect(bool((np.diff(variance) < 0).all()), "the variances do not fall")
        largest = np.take_along_axis(components, np.abs(components).argmax(1)[:, None], axis=1)
        expect(bool((largest > 0).all()), "a component has the wrong sign")
        size = np.abs(np.sum(components * v[:5], axis=1))
        assert_array(size, np.ones(5), rtol=1e-4, what="|cosines| with the known components")


@test_case(
    name="randomness from rng alone",
    points=0.5,
    hidden=True,
    failure_message="Draw from the generator that is passed in, and from nothing else: the same "
    "state gives the same result, and another state another one.",
)
def test_rng(student):
    x = np.random.default_rng(571).standard_normal((60, 40))
    first, again, other = (fit(student, x, 3, 1, 0, seed=s)[0] for s in (1, 1, 2))
    assert_array(again, first, what="components with the same seed")
    expect(bool(np.abs(other - first).max() > 1e-6), "another seed changes nothing")


@test_case(
    name="counts at their limits",
    points=0.5,
    hidden=True,
    failure_message="k may be min(n, d) and no larger, oversampling and iterations may be 0 and no "
    "smaller; more directions than min(n, d) are cut down to that.",
)
def test_limits(student, randomized_pca):
    rng = np.random.default_rng(581)
    x = rng.standard_normal((6, 9))
    for k, oversample in ((6, 0), (6, 50), (1, 8)):
        fit(student, x, k, oversample, 0)
        fit(student, x.T.copy(), k, oversample, 2)
    for k in (0, 7, 9):
        assert_raises(ValueError, randomized_pca, x, k, 2, 1, rng, mentions="k")
        assert_raises(ValueError, randomized_pca, x.T, k, 2, 1, rng, mentions="k")
    assert_raises(ValueError, randomized_pca, x, 2, -1, 1, rng, mentions="oversample")
    assert_raises(ValueError, randomized_pca, x, 2, 1, -1, rng, mentions="power_iterations")
    assert_raises(ValueError, randomized_pca, x[0], 1, 0, 0, rng)
    assert_raises(ValueError, randomized_pca, x[:1], 1, 0, 0, rng)


@test_case(
    name="cheaper than all components",
    points=1,
    hidden=True,
    failure_message="Ten components should take a fraction of the time of the whole SVD, on a wide "
    "table no matrix of d × d numbers, on a long one none of n × n. Are the products made "
    "from right to left?",
)
def test_cost(student):
    def memory(randomized_pca, n, d):
        import tracemalloc

        import numpy as np

        rng = np.random.default_rng(0)
        x = rng.standard_normal((n, d))
        tracemalloc.start()
        randomized_pca(x, 5, 5, 2, rng)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak = student(memory, n=60, d=6000)
    # x has 2.9 MB, d × d numbers have 288 MB; the reference needs 6.
    expect(peak < 60e6, f"{peak / 1e6:.0f} MB were allocated on the way")
    peak = student(memory, n=6000, d=60)  # n × n numbers have 288 MB
    expect(peak < 60e6, f"{peak / 1e6:.0f} MB were allocated on the way")

    def stage(randomized_pca, x, rng, direction):
        def run():
            p = randomized_pca(x, 10, 5, 2, rng)
            return p.components.T @ (p.components @ direction), p.explained_variance

        return run

    rng = np.random.default_rng(570)
    sigma = np.concatenate([np.linspace(12, 10, 10), np.linspace(0.1, 0.02, 60)])

    def fresh():
        n, d = rng.integers((900, 380), (1000, 420))
        x, _ = build(rng, n, d, sigma)
        direction = rng.standard_normal(d)
        return student(stage, x=x, rng=np.random.default_rng(d), direction=direction), x, direction

    def reference(run, x, direction):
        _, s, v = np.linalg.svd(x, full_matrices=False)
        return v[:10].T @ (v[:10] @ direction), s[:10] ** 2 / (len(x) - 1)

    def same(got, want):
        assert_array(got[0], want[0], rtol=0, atol=1e-5, what="projection on the components")
        assert_array(got[1], want[1], rtol=1e-6, what="explained_variance")

    # reference: 0.03; the whole SVD: 1
    assert_speed(
        lambda run, x, direction: run(), reference, at_most=0.4, rounds=3, fresh=fresh, same=same
    )
