"""There and back, with components that are not the student's own."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q4 (hidden)"
points = 5


def fitted(rng, n=40, d=6, k=3):
    """A training table, and components, variances, ratios, mean of it."""
    x = rng.standard_normal((n, d)) * [5, 3, 2, 1, 0.6, 0.3] @ rng.standard_normal((d, d)) + 4.0
    mean = x.mean(axis=0)
    _, sigma, vt = np.linalg.svd(x - mean, full_matrices=False)
    variance = sigma**2 / (n - 1)
    pca = {
        "components": vt[:k],
        "variance": variance[:k],
        "ratio": variance[:k] / variance.sum(),
        "mean": mean,
    }
    return x, pca, variance


def scores(student, x, pca):
    def probe(PCA, transform, x, components, variance, ratio, mean):
        before = x.copy()
        pca = PCA(
            components=components,
            explained_variance=variance,
            explained_variance_ratio=ratio,
            mean=mean,
        )
        z = transform(pca, x)
        return z, bool((x == before).all())

    z, unchanged = student(probe, x=x, **pca)
    expect(unchanged, "x was modified")
    return z


def back(student, z, pca):
    def probe(PCA, inverse_transform, z, components, variance, ratio, mean):
        pca = PCA(
            components=components,
            explained_variance=variance,
            explained_variance_ratio=ratio,
            mean=mean,
        )
        return inverse_transform(pca, z)

    return student(probe, z=z, **pca)


def error(student, x, pca):
    def probe(PCA, reconstruction_error, x, components, variance, ratio, mean):
        before = x.copy()
        pca = PCA(
            components=components,
            explained_variance=variance,
            explained_variance_ratio=ratio,
            mean=mean,
        )
        return reconstruction_error(pca, x), bool((x == before).all())

    value, unchanged = student(probe, x=x, **pca)
    expect(unchanged, "x was modified")
    return value


@test_case(
    name="scores of new rows",
    points=1,
    hidden=True,
    failure_message="New rows are centred with the mean in `pca`, not with their own, and x stays "
    "as it was.",
)
def test_transform(student):
    rng = np.random.default_rng(41)
    x, pca, _ = fitted(rng)
    for rows in (x, rng.standard_normal((5, 6)) + 2, x[:1], np.asfortranarray(x)):
        want = (rows - pca["mean"]) @ pca["components"].T
        assert_array(scores(student, rows, pca), want, dtype=np.float64, what="scores")
    for kind in (np.int32, np.float32):
        rows = (10 * x[:3]).astype(kind)
        want = (rows.astype(float) - pca["mean"]) @ pca["components"].T
        assert_array(scores(student, rows, pca), want, dtype=np.float64, what="scores")


@test_case(
    name="rows from scores",
    points=1,
    hidden=True,
    failure_message="Multiply by the components and add the mean.",
)
def test_inverse(student):
    rng = np.random.default_rng(42)
    _, pca, _ = fitted(rng)
    z = rng.standard_normal((7, 3))
    for rows in (z, z[:1]):
        before = rows.copy()
        want = rows @ pca["components"] + pca["mean"]
        assert_array(back(student, rows, pca), want, dtype=np.float64, what="rows")
        assert_array(rows, before, what="input z after the call")
    single = z.astype(np.float32)
    want = single.astype(float) @ pca["components"] + pca["mean"]
    assert_array(back(student, single, pca), want, dtype=np.float64, what="rows")


@test_case(
    name="error on the training table",
    points=1,
    hidden=True,
    failure_message="There the error is the sum of the variances that were thrown away; with all "
    "components it is 0.",
)
def test_training_error(student):
    for k in (1, 3, 5, 6):
        x, pca, variance = fitted(np.random.default_rng(43), k=k)
        got = error(student, x, pca)
        # ‖x‖² - ‖z‖² is a fair way to compute it and loses some digits.
        assert_close(got, variance[k:].sum(), rtol=1e-7, atol=1e-7, what="reconstruction error")


@test_case(
    name="error on new rows",
    points=1,
    hidden=True,
    failure_message="On other rows compute the residual: what is thrown away there is not what was "
    "thrown away in training, and neither is the number of rows.",
)
def test_new_error(student):
    rng = np.random.default_rng(44)
    _, pca, _ = fitted(rng)
    rows = 3 * rng.standard_normal((9, 6)) + 1
    centred = rows - pca["mean"]
    residual = centred - centred @ pca["components"].T @ pca["components"]
    want = (residual**2).sum() / 8
    assert_close(error(student, rows, pca), want, rtol=1e-7, what="reconstruction error")
    # Rows with large scores and a small residual. The shortcut by norms loses five digits here,
    # single precision all.
    off = np.linalg.qr(np.vstack([pca["components"], rng.standard_normal((1, 6))]).T)[0][:, 3]
    rows = 1000 * rng.standard_normal((9, 3)) @ pca["components"] + pca["mean"] + 0.01 * off
    got = error(student, rows, pca)
    assert_close(
        got, 9 * 1e-4 / 8, rtol=1e-4, what="reconstruction error of rows nearly on the plane"
    )


@test_case(
    name="columns that do not fit",
    points=1,
    hidden=True,
    failure_message="ValueError in all three functions if the number of columns is wrong, also if "
    "there is only one; for what is not 2-D; and for an error over fewer than two rows.",
)
def test_columns(student):
    _, pca, _ = fitted(np.random.default_rng(45))
    for columns in (1, 3, 5, 7):
        x = np.ones((4, columns))
        assert_raises(ValueError, scores, student, x, pca)
        assert_raises(ValueError, error, student, x, pca)
        if columns != 3:
            assert_raises(ValueError, back, student, x, pca)
    assert_raises(ValueError, error, student, np.ones((1, 6)), pca)
    for function, columns in ((scores, 6), (error, 6), (back, 3)):
        for bad in (np.ones(columns), np.ones((2, 2, columns))):
            assert_raises(ValueError, function, student, bad, pca)
