"""How far does a gradient reach?"""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q2"
points = 4
hints = [
    "`gradient_flow`: begin with `np.eye(n)` at the last step, note its norm, multiply by one more "
    "matrix from the left, and so on to step 0.",
    "The matrix of step k is `wh * (1 - h[k] ** 2)`: broadcasting multiplies column j by 1 - "
    "h[k, j]². Its norm is `np.linalg.norm(product, 2)`.",
    "`clip_gradients`: first one norm over all arrays, `np.sqrt(sum((g ** 2).sum() for g in "
    "gradients.values()))`, then a new dict.",
]


@test_case(
    name="gradient_flow: the handout's example",
    points=1,
    failure_message="(3, 2, 1): the last is 1, then each step multiplies by wh (1 - h²), with the "
    "state that the step ends in.",
)
def test_by_hand(gradient_flow):
    assert_array(gradient_flow([[2.0]], [[0.0], [0.5], [0.0]]), [3.0, 2.0, 1.0])


@test_case(
    name="gradient_flow: matrices",
    points=1,
    failure_message="The spectral norm is the largest singular value, `np.linalg.norm(j, 2)`. "
    "Where all states are 0, tanh has slope 1 and the matrices are powers of wh.",
)
def test_matrices(gradient_flow):
    wh = np.array([[2.0, 1.0], [0.0, 0.5]])
    expected = [np.linalg.svd(np.linalg.matrix_power(wh, k))[1].max() for k in (3, 2, 1, 0)]
    assert_array(gradient_flow(wh, np.zeros((4, 2))), expected)
    # A unit at 0.8 lets 0.36 through: column 1 of wh is scaled.
    expected = [np.linalg.svd(wh * [1.0, 0.36])[1].max(), 1.0]
    assert_array(gradient_flow(wh, [[0.0, 0.0], [0.0, 0.8]]), expected)


@test_case(
    name="clip_gradients: the handout's example",
    points=1,
    failure_message="3² + 4² = 5²: one norm for all arrays together. It is returned as it was "
    "before.",
)
def test_clip(clip_gradients):
    gradients = {"w": np.array([3.0, 0.0]), "b": np.array([4.0])}
    clipped, norm = clip_gradients(gradients, 1.0)
    assert_close(norm, 5.0, what="norm")
    assert_equal(sorted(clipped), ["b", "w"], what="names")
    assert_array(clipped["w"], [0.6, 0.0], what="w")
    assert_array(clipped["b"], [0.8], what="b")


@test_case(
    name="clip_gradients: short enough",
    points=1,
    failure_message="Gradients that are short enough stay as they are. A max_norm of 0 is refused.",
)
def test_short(clip_gradients):
    gradients = {"w": np.array([[0.3, 0.0], [0.0, -0.4]])}
    clipped, norm = clip_gradients(gradients, 2.0)
    assert_close(norm, 0.5, what="norm")
    assert_array(clipped["w"], [[0.3, 0.0], [0.0, -0.4]], what="w")
    assert_raises(ValueError, clip_gradients, gradients, 0, mentions="max_norm")
