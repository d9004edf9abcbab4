"""Latent semantic analysis: fresh inputs."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 4


def fitted(lsa, project, x, k, others):
    import numpy as np

    model = lsa(x, k)
    places = project(model, others)
    return np.array(model.terms), np.array(model.singular_values), places


@test_case(
    name="the closest table of rank k",
    points=1.5,
    hidden=True,
    failure_message="Are these the k largest singular values, in order, with orthonormal columns, "
    "of the table as it is? Tall and wide tables.",
)
def test_closest(student):
    rng = np.random.default_rng(22)
    for shape, k in (((30, 12), 5), ((9, 40), 4), ((6, 6), 6), ((7, 3), 1)):
        x = rng.standard_normal(shape) * 0.7 ** np.arange(shape[1]) + 2.0
        u, sigma, vt = np.linalg.svd(x, full_matrices=False)
        terms, values, places = student(fitted, x=x, k=k, others=x)
        assert_array(values, sigma[:k], rtol=1e-7, what="singular_values")
        assert_array(terms, np.zeros((shape[1], k)), atol=1.001, what="terms")
        assert_array(terms.T @ terms, np.eye(k), atol=1e-8, what="terms.T @ terms")
        best = (u[:, :k] * sigma[:k]) @ vt[:k]
        assert_array(places @ terms.T, best, rtol=1e-6, atol=1e-7, what="table of rank k")


@test_case(
    name="documents from outside",
    points=1.5,
    hidden=True,
    failure_message="A document of the table or a new one: its coordinates are x V, neither "
    "divided by the singular values nor centred. One document is allowed.",
)
def test_outside(student):
    rng = np.random.default_rng(23)
    x, others = rng.uniform(0, 1, (15, 8)), rng.uniform(0, 4, (5, 8))
    before = x.copy()
    terms, _, places = student(fitted, x=x, k=3, others=others)
    assert_array(places, others @ terms, rtol=1e-8)

    def in_columns(lsa, project, x, k, others):
        import numpy as np

        model = lsa(np.asfortranarray(x), k)
        return model.terms, model.singular_values, project(model, np.asfortranarray(others))

    for given in ((x, others), (x.astype(np.float32), others.astype(np.float32))):
        terms, values, places = student(in_columns, x=given[0], k=3, others=given[1])
        sigma = np.linalg.svd(given[0].astype(float), compute_uv=False)[:3]
        assert_array(values, sigma, rtol=1e-6, dtype=np.float64, what="singular values")
        want = given[1].astype(float) @ terms
        assert_array(places, want, rtol=1e-8, dtype=np.float64, what="coordinates")
    terms, _, places = student(fitted, x=x.tolist(), k=2, others=others[:1].tolist())
    assert_array(places, others[:1] @ terms, rtol=1e-8, what="coordinates of one document")
    assert_array(x, before, what="x after the call")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError: k outside 1 … min(D, V), tables that are not 2-D, a document with "
    "another number of words.",
)
def test_errors(lsa, student):
    def place(LSA, project, others):
        import numpy as np

        return project(LSA(np.eye(4)[:, :2], np.ones(2)), others)

    x = np.random.default_rng(24).uniform(0, 1, (5, 3))
    for k in (0, -1, 4, 5):
        assert_raises(ValueError, lsa, x, k, mentions="k")
    assert_raises(ValueError, lsa, x[0], 1, mentions="x")
    expect(student(place, others=np.ones((0, 4))).shape == (0, 2), "no document: shape (0, 2)")
    for others in (np.ones(4), np.ones((2, 3)), np.ones((2, 5)), np.ones((2, 2, 4))):
        assert_raises(ValueError, student, place, others=others, mentions="x")
