"""Latent semantic analysis."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2"
points = 5
hints = [
    "`np.linalg.svd(x, full_matrices=False)` returns U, σ and Vᵀ, the largest σ first.",
    "The right singular vectors are the *rows* of Vᵀ: transpose them.",
    "project: one matrix product, with a table of the right number of columns.",
]


def parts(lsa, x, k):
    model = lsa(x, k)
    return model.terms, model.singular_values


@test_case(
    name="sea, ship and crown",
    points=1.5,
    failure_message="Singular values 2 and 1; the directions (1, 1, 0)/√2 and (0, 0, 1), with "
    "either sign, are the columns of `terms`.",
)
def test_handout(student):
    terms, values = student(parts, x=[[1, 1, 0], [1, 1, 0], [0, 0, 1]], k=2)
    assert_array(values, [2, 1], what="singular_values")
    half = np.sqrt(0.5)
    assert_array(np.abs(terms), [[half, 0], [half, 0], [0, 1]], atol=1e-9, what="|terms|")


@test_case(
    name="two questions that share no word",
    points=1.5,
    failure_message="*sea* and *ship* come to lie at the same place: one row each, k coordinates.",
)
def test_project(student):
    def probe(LSA, project):
        import numpy as np

        model = LSA(np.array([[0.6, 0.0], [0.8, 0.0], [0.0, 1.0]]), np.array([2.0, 1.0]))
        return project(model, [[1, 0, 0], [0, 1, 2]])

    assert_array(student(probe), [[0.6, 0], [0.8, 2]])


@test_case(
    name="documents keep their inner products",
    points=1.5,
    failure_message="With all directions nothing is lost: the coordinates of the documents have "
    "the same inner products as their rows. (The table is not centred.)",
)
def test_all(student):
    def probe(lsa, project, x):
        return project(lsa(x, len(x)), x)

    x = np.random.default_rng(21).uniform(0, 3, (4, 6))
    places = student(probe, x=x)
    assert_array(places @ places.T, x @ x.T, rtol=1e-8, what="inner products")


@test_case(
    name="too many directions",
    points=0.5,
    failure_message="A table of 3 rows and 5 columns has three directions at most.",
)
def test_k(lsa):
    x = np.arange(15.0).reshape(3, 5)
    assert_raises(ValueError, lsa, x, 4, mentions="k")
    expect(lsa(x, 3) is not None, "k = 3 is allowed")
