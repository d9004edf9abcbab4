"""Derivatives of derivatives."""

import numpy as np

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q8"
points = 4
hints = [
    "`jacobian`: one backward walk for each entry of the output, started with a gradient that is 1 "
    "there and 0 elsewhere. Between the walks set `x.grad = None`.",
    "The backward pass is made of products and sums. Let its rules compute with Tensors (so that "
    "the gradient has a graph), then the gradient times v, summed, is a number that you can "
    "differentiate once more.",
    "The other way: give each Tensor a tangent beside its data, as a Dual has. In the backward "
    "pass each rule, being a product, has a tangent by the product rule; the tangent of x's "
    "gradient is the answer.",
]


@test_case(
    name="a Jacobian, by hand",
    points=1,
    failure_message="f(x) = (x₁x₀, x₂x₁, x₀x₂). Row i holds the derivatives of entry i.",
)
def test_jacobian(jacobian):
    x = np.array([1.0, 2.0, 4.0])
    by_hand = [[2.0, 1.0, 0.0], [0.0, 4.0, 2.0], [4.0, 0.0, 1.0]]
    assert_array(jacobian(lambda x: x[[1, 2, 0]] * x, x), by_hand)


@test_case(
    name="the handout's Hessian",
    points=1,
    failure_message="x²y at (1, 2): the Hessian is ((4, 2), (2, 0)), and with v = (1, 0) its first "
    "column comes out.",
)
def test_hessian(hessian_vector_product):
    def f(p):
        return p[0] ** 2 * p[1]

    point = np.array([1.0, 2.0])
    assert_array(hessian_vector_product(f, point, np.array([1.0, 0.0])), [4.0, 2.0])
    assert_array(hessian_vector_product(f, point, np.array([0.0, 1.0])), [2.0, 0.0])


@test_case(
    name="a direction of the wrong shape",
    points=1,
    failure_message="v has the shape of x, or it is a ValueError that names v.",
)
def test_shape(hessian_vector_product):
    x = np.array([1.0, 2.0])
    assert_raises(
        ValueError, hessian_vector_product, lambda x: x.sum(), x, np.ones(3), mentions="v"
    )


@test_case(
    name="a Jacobian of matrices",
    points=1,
    failure_message="The shape is that of f(x), then that of x: (2, 3) and (2, 3) make "
    "(2, 3, 2, 3). Entry [i, j, k, l] is the derivative of f(x)[i, j] with respect to x[k, l].",
)
def test_matrices(jacobian):
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    want = np.zeros((2, 3, 2, 3))
    for i in range(2):
        for j in range(3):
            want[i, j, i, j] = 2 * x[i, j]
    assert_array(jacobian(lambda x: x * x, x), want)
