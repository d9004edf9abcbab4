"""Checking gradients."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, expect, test_case

OK_FORMAT = False
name = "q5"
points = 4
hints = [
    "`numerical_gradient`: work on float copies of the arrays; loop over `np.ndindex(array.shape)` "
    "and put the old entry back after each pair of calls.",
    "`gradcheck`: make Tensors with requires_grad=True, call f, choose weights of the shape of the "
    "output (not all equal), call `out.backward(weights)`, and compare each `.grad` with "
    "`numerical_gradient` of the weighted sum of the output's data.",
    "The largest error of each array is `errors.max()`, its place "
    "`np.unravel_index(errors.argmax(), errors.shape)`. An array whose `.grad` is None has "
    "gradient 0. NaN compares as False: make sure that it is never ok.",
]


@test_case(
    name="central differences, by hand",
    points=1,
    failure_message="x³ at 2 with eps = 0.1: (2.1³ - 1.9³) / 0.2 = 12.01.",
)
def test_by_hand(numerical_gradient):
    (grad,) = numerical_gradient(lambda x: float((x**3).sum()), [np.array([2.0, 1.0])], eps=0.1)
    assert_array(grad, [12.01, 3.01])


@test_case(
    name="two arrays",
    points=1,
    failure_message="f takes as many arrays as there are in the list. One gradient for each, in "
    "its shape.",
)
def test_two_arrays(numerical_gradient):
    a, b = np.array([[1.0, 2.0]]), np.array([3.0, -1.0])
    grads = numerical_gradient(lambda a, b: float((a * b).sum()), [a, b])
    # Differences of numbers near 1, divided by 2e-6: right to about 1e-10.
    assert_array(grads[0], [[3.0, -1.0]], rtol=1e-7, atol=1e-8, what="gradient of a")
    assert_array(grads[1], [1.0, 2.0], rtol=1e-7, atol=1e-8, what="gradient of b")


@test_case(
    name="a right gradient and a wrong one",
    points=1,
    failure_message="x * Tensor(x.data) hides half of the gradient from backward: at 3 it says 3 "
    "and the truth is 6.",
)
def test_planted(student):
    def probe(Tensor, gradcheck, x, planted):
        def f(x):
            return x * Tensor(x.data) if planted else x * 2.0

        report = gradcheck(f, [x])
        return report.ok, report.max_error, report.where

    x = np.array([0.1, 3.0])
    ok, error, _ = student(probe, x=x, planted=False)
    assert_equal(ok, True, what="ok for a right gradient")
    expect(0 <= error < 1e-6, f"max_error of a right gradient should be tiny\ngot: {error:g}")
    ok, error, where = student(probe, x=x, planted=True)
    assert_equal(ok, False, what="ok for a wrong gradient")
    expect(error > 1e-5, f"max_error of a wrong gradient should be large\ngot: {error:g}")
    assert_close(where[0], 0, what="number of the array in `where`")


@test_case(
    name="which array, which entry",
    points=1,
    failure_message="The second array's last entry has a wrong gradient: where = (1, (0, 2)). NaN "
    "is never ok.",
)
def test_where(student):
    def probe(Tensor, gradcheck, a, b, mask):
        def f(a, b):
            return a * 2.0 + b * mask + Tensor(b.data * (1.0 - mask))

        report = gradcheck(f, [a, b])
        number, index = report.where
        return report.ok, int(number), tuple(int(i) for i in index)

    a, b, mask = np.ones((1, 3)), np.array([[0.5, 1.0, 2.0]]), np.array([[1.0, 1.0, 0.0]])
    assert_equal(student(probe, a=a, b=b, mask=mask), (False, 1, (0, 2)), what="ok, and the place")
