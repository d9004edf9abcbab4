"""Batch by batch."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q6"
points = 7
hints = [
    "Keep the number of rows, the mean, the total of squares, and either the d × d scatter or the "
    "k largest rows σ v. Everything else is thrown away after each batch.",
    "The scatter of two parts together is the sum of theirs plus n·m/(n+m) times the outer product "
    "of the difference of their means with itself. As a row: √(n·m/(n+m)) · (mean' - mean).",
    "Stack the old rows σ v, the batch minus its own mean, and that one row; take the SVD and keep "
    "k. Divide by (rows seen - 1) only in result().",
]


def stream(student, batches, k):
    def probe(IncrementalPCA, batches, k):
        model = IncrementalPCA(k)
        for batch in batches:
            model.partial_fit(batch)
        p = model.result()
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean

    return student(probe, batches=batches, k=k)


@test_case(
    name="everything in one batch",
    points=1,
    failure_message="One batch: ordinary PCA of the four points of q1.",
)
def test_one_batch(student):
    components, variance, ratio, mean = stream(student, [[[9, 5], [1, 1], [4, 5], [6, 1]]], 2)
    assert_array(mean, [5, 3], what="mean")
    assert_array(variance, [40 / 3, 10 / 3], what="explained_variance")
    assert_array(ratio, [0.8, 0.2], what="explained_variance_ratio")
    assert_array(components, np.array([[2, 1], [-1, 2]]) / np.sqrt(5), what="components")


@test_case(
    name="one column, two batches",
    points=1,
    failure_message="{1, 3} and {7, 9}: mean 5, scatter 2 + 2 + 36 = 40, variance 40/3.",
)
def test_two_batches(student):
    components, variance, ratio, mean = stream(student, [[[1], [3]], [[7], [9]]], 1)
    assert_array(mean, [5], what="mean")
    assert_array(variance, [40 / 3], what="explained_variance")
    assert_array(ratio, [1], what="explained_variance_ratio")
    assert_array(components, [[1]], what="components")


@test_case(
    name="row by row",
    points=1,
    failure_message="Batches of one row, fewer than k: the first result is possible after two "
    "rows.",
)
def test_rows(student):
    rows = [[[9, 5]], [[1, 1]], [[4, 5]], [[6, 1]]]
    components, variance, _, mean = stream(student, rows, 2)
    assert_array(mean, [5, 3], what="mean")
    assert_array(variance, [40 / 3, 10 / 3], what="explained_variance")
    assert_array(components, np.array([[2, 1], [-1, 2]]) / np.sqrt(5), what="components")
    components, *_ = stream(student, rows[:2], 2)
    expect(np.shape(components) == (2, 2), f"components: shape {np.shape(components)}")


@test_case(
    name="batches of different sizes",
    points=1,
    failure_message="Rank 3 and k = 3: nothing is lost, so it equals PCA of all rows together.",
)
def test_uneven(student):
    rng = np.random.default_rng(61)
    x = rng.standard_normal((50, 3)) @ rng.standard_normal((3, 6)) + np.arange(6)
    _, variance, ratio, mean = stream(student, [x[:20], x[20:21], x[21:45], x[45:]], 3)
    want = np.linalg.eigvalsh(np.cov(x, rowvar=False))[::-1][:3]
    assert_array(mean, x.mean(axis=0), what="mean")
    assert_array(variance, want, rtol=1e-7, what="explained_variance")
    assert_array(ratio, want / want.sum(), rtol=1e-7, what="explained_variance_ratio")


@test_case(
    name="calls in a chain; too early; k too small",
    points=1,
    failure_message="partial_fit returns self; result() needs two rows; k is at least 1.",
)
def test_protocol(student):
    def chain(IncrementalPCA, x):
        return IncrementalPCA(1).partial_fit(x).partial_fit(x).result().mean

    def early(IncrementalPCA, x):
        return IncrementalPCA(1).partial_fit(x).result().mean

    def too_small(IncrementalPCA):
        IncrementalPCA(0)

    assert_array(student(chain, x=[[2.0, 4.0]]), [2, 4], what="mean")
    assert_raises(ValueError, student, early, x=[[2.0, 4.0]])
    assert_raises(ValueError, student, too_small, mentions="k")


@test_case(
    name="batches that lie far apart",
    points=1,
    failure_message="The handout's batches: scatter 2 and 2, and 36 because their means differ.",
)
def test_apart(student):
    def probe(IncrementalPCA, batches):
        model = IncrementalPCA(1)
        for batch in batches:
            model.partial_fit(batch)
        p = model.result()
        return p.explained_variance, p.mean

    variance, mean = student(probe, batches=[[[1.0], [3.0]], [[7.0], [9.0]]])
    assert_array(variance, [40 / 3], what="explained_variance")
    assert_array(mean, [5.0], what="mean")


@test_case(
    name="fewer rows than components",
    points=1,
    failure_message="Variances beyond the rank are 0, and there are k orthonormal rows all the "
    "same.",
)
def test_few(student):
    def probe(IncrementalPCA, batches):
        model = IncrementalPCA(3)
        for batch in batches:
            model.partial_fit(batch)
        p = model.result()
        return p.components, p.explained_variance

    batches = [[[3.0, 1.0, 0.0]], [[1.0, 1.0, 2.0]]]
    components, variance = student(probe, batches=batches)
    assert_array(variance, [4, 0, 0], atol=1e-9, what="explained_variance")
    product = components @ components.T
    assert_array(product, np.eye(3), atol=1e-7, what="components @ components.T")
