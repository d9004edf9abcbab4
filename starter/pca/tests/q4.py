"""There and back."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q4"
points = 5
hints = [
    "Scores: centre with `pca.mean`, then multiply by `pca.components.T`. Back: multiply by "
    "`pca.components`, then add `pca.mean`.",
    "The residual is x minus what comes back. Square all its entries, add them up, divide by the "
    "number of rows minus 1.",
    "Check the number of columns yourself: against `len(pca.mean)` for x, `len(pca.components)` "
    "for z. NumPy would stretch a single column without a word.",
]

HAND = [[9, 5], [1, 1], [4, 5], [6, 1]]


@test_case(
    name="scores of the four points",
    points=1,
    failure_message="The scores along (2, 1)/√5 are √20, -√20, 0, 0. Each row is centred first.",
)
def test_transform(student):
    def probe(PCA, transform, x, v, mean):
        pca = PCA(
            components=v, explained_variance=v[:, 0], explained_variance_ratio=v[:, 0], mean=mean
        )
        return transform(pca, x)

    v, mean = np.array([[2.0, 1.0]]) / np.sqrt(5), np.array([5.0, 3.0])
    scores = student(probe, x=HAND, v=v, mean=mean)
    assert_array(scores, np.array([[1], [-1], [0], [0]]) * np.sqrt(20), what="scores")
    scores = student(probe, x=[[7.0, 4.0], [7.0, 4.0]], v=v, mean=mean)
    assert_array(scores, np.full((2, 1), np.sqrt(5)), what="scores of two new rows")


@test_case(
    name="and back",
    points=1,
    failure_message="A score of 0 comes back as the mean row.",
)
def test_inverse(student):
    def probe(PCA, inverse_transform, z, v, mean):
        pca = PCA(
            components=v, explained_variance=v[:, 0], explained_variance_ratio=v[:, 0], mean=mean
        )
        return inverse_transform(pca, z)

    v, mean = np.array([[2.0, 1.0]]) / np.sqrt(5), np.array([5.0, 3.0])
    rows = student(probe, z=[[np.sqrt(20)], [0.0]], v=v, mean=mean)
    assert_array(rows, [[9, 5], [5, 3]], what="rows")


@test_case(
    name="what is lost",
    points=1,
    failure_message="Two of the four points come back as the mean: (0 + 0 + 5 + 5)/3.",
)
def test_error(student):
    def probe(PCA, reconstruction_error, x, v, mean):
        pca = PCA(
            components=v, explained_variance=v[:, 0], explained_variance_ratio=v[:, 0], mean=mean
        )
        return reconstruction_error(pca, x)

    v, mean = np.array([[2.0, 1.0]]) / np.sqrt(5), np.array([5.0, 3.0])
    assert_close(student(probe, x=HAND, v=v, mean=mean), 10 / 3, what="reconstruction error")


@test_case(
    name="columns that do not fit",
    points=1,
    failure_message="ValueError if x has not d columns.",
)
def test_columns(student):
    def probe(PCA, transform, x, v, mean):
        pca = PCA(
            components=v, explained_variance=v[:, 0], explained_variance_ratio=v[:, 0], mean=mean
        )
        return transform(pca, x)

    v, mean = np.array([[2.0, 1.0]]) / np.sqrt(5), np.array([5.0, 3.0])
    for columns in (1, 3):
        assert_raises(ValueError, student, probe, x=np.ones((4, columns)), v=v, mean=mean)


@test_case(
    name="a row that comes later",
    points=1,
    failure_message="A new row is centred with the mean in `pca`. With its own mean it would have "
    "no scores at all.",
)
def test_later(student):
    def probe(PCA, transform, x, components, mean):
        import numpy as np

        pca = PCA(
            components=components,
            explained_variance=np.ones(1),
            explained_variance_ratio=np.ones(1),
            mean=mean,
        )
        return transform(pca, x)

    given = {"components": np.array([[0.6, 0.8]]), "mean": np.array([1.0, 2.0])}
    assert_array(student(probe, x=np.array([[6.0, 7.0]]), **given), [[7.0]], what="scores")
