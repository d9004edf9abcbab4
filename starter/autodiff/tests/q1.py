"""Dual numbers: derivatives that travel forward."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 6
hints = [
    "Write `__init__`, `__add__` and `__mul__` first, and differentiate `lambda x: x * x + x`. A "
    "number or an array is a Dual whose tangent is 0: a small helper that makes one saves half of "
    "the work.",
    "`1 - x` and `1 / x` call `__rsub__` and `__rtruediv__`: turn the number into a Dual, then it "
    "is an ordinary difference or quotient. Each function is one line: new value, and slope times "
    "tangent.",
    "`derivative(f, x)`: call f with `Dual(x, np.ones(x.shape))` and return the tangent of what "
    "comes out. `jvp` starts with the tangent v instead. If f returns a plain number, the "
    "derivative is 0. `np.broadcast_to(tangent, value.shape)` in `__init__` keeps shapes in step.",
]


@test_case(
    name="a product and a sum, by hand",
    points=1,
    failure_message="(2, 1)·(2, 1) = (4, 2·1 + 1·2); then (4, 4) + 3·(2, 1) = (10, 7).",
)
def test_product(student):
    def probe(Dual):
        x = Dual(2.0, 1.0)
        y = x * x + 3 * x
        return y.value, y.tangent

    value, tangent = student(probe)
    assert_close(value, 10.0, what="value of x·x + 3x at 2")
    assert_close(tangent, 7.0, what="tangent of x·x + 3x at 2")


@test_case(
    name="the handout's example: x·exp(x)",
    points=1,
    failure_message="The derivative of x·exp(x) is (1 + x)·exp(x). Compare your table with that "
    "of the handout, line by line.",
)
def test_handout(derivative):
    assert_close(derivative(lambda x: x * x.exp(), 2.0), 3 * np.exp(2.0))


@test_case(
    name="quotients, powers and numbers on the left",
    points=1,
    failure_message="Three functions of x: 1 / x has the slope -1/x², 5 - x has -1, x ** 3 has "
    "3x².",
)
def test_quotients(derivative):
    x = np.array([0.5, 2.0, -4.0])
    assert_array(derivative(lambda x: 1 / x, x), -1 / x**2)
    assert_array(derivative(lambda x: 5 - x, x), [-1.0, -1.0, -1.0])
    assert_array(derivative(lambda x: x**3, x), 3 * x**2)
    assert_array(
        derivative(lambda x: (x - 1) / (x * x + 1), x), (1 + 2 * x - x**2) / (x**2 + 1) ** 2
    )


@test_case(
    name="functions",
    points=1,
    failure_message="The slopes: exp → exp, log → 1/x, sin → cos, cos → -sin, tanh → 1 - tanh², "
    "relu → 1 right of 0 and 0 elsewhere.",
)
def test_functions(derivative):
    x = np.array([0.3, 1.0, 2.5])
    assert_array(derivative(lambda x: x.exp(), x), np.exp(x))
    assert_array(derivative(lambda x: x.log(), x), 1 / x)
    assert_array(derivative(lambda x: x.sin(), x), np.cos(x))
    assert_array(derivative(lambda x: x.cos(), x), -np.sin(x))
    assert_array(derivative(lambda x: x.tanh(), x), 1 - np.tanh(x) ** 2)
    assert_array(derivative(lambda x: x.relu(), x - 1), [0.0, 0.0, 1.0])


@test_case(
    name="jvp: the Jacobian times a direction",
    points=1,
    failure_message="x is stretched from (2,) to (3, 2) by the constant array, and with it the "
    "tangent: entry (i, j) of the result is a[i, j]·v[j].",
)
def test_jvp(jvp):
    a = np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]])
    x, v = np.array([2.0, 5.0]), np.array([1.0, 10.0])
    assert_array(jvp(lambda x: a * x, x, v), a * v)
    assert_raises(ValueError, jvp, lambda x: x, x, np.ones(3), mentions="v")


@test_case(
    name="numbers, lists and constants",
    points=1,
    failure_message="x may be a number or a list. A function that ignores x has derivative 0, also "
    "for jvp: zeros of the shape of its result.",
)
def test_arguments(derivative, jvp):
    assert_close(derivative(lambda x: x * x, 3), 6.0)
    assert_array(derivative(lambda x: 2 * x, [1, 2]), [2.0, 2.0])
    assert_array(derivative(lambda x: 7.0, [1.0, 2.0]), [0.0, 0.0])
    assert_array(jvp(lambda x: np.ones(3), [1.0, 2.0], [1.0, 1.0]), np.zeros(3))
