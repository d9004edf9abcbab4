"""Dual numbers, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 6


@test_case(
    name="every operation, numbers and arrays on either side",
    points=1,
    hidden=True,
    failure_message="Try each of + - * / with a Dual, a number and an array on its left and on its "
    "right, in both orders, and powers with negative and broken exponents.",
)
def test_operations(jvp):
    rng = np.random.default_rng(101)
    x, v = rng.uniform(0.5, 2.0, (3, 2)), rng.standard_normal((3, 2))
    a = rng.uniform(0.5, 2.0, (3, 2))
    cases = [
        (lambda x: a + x, v),
        (lambda x: x + a, v),
        (lambda x: a - x, -v),
        (lambda x: x - a, v),
        (lambda x: a * x, a * v),
        (lambda x: x * a, a * v),
        (lambda x: a / x, -a / x**2 * v),
        (lambda x: x / a, v / a),
        (lambda x: 3 - x * 2, -2 * v),
        (lambda x: np.float64(2.0) * x, 2 * v),
        (lambda x: -x, -v),
        (lambda x: x / (x + 1), v / (x + 1) ** 2),
        (lambda x: (x * x - 1) / x, (1 + 1 / x**2) * v),
        (lambda x: x**-2, -2 * x**-3 * v),
        (lambda x: x**0.5, 0.5 * x**-0.5 * v),
        (lambda x: x**1, v),
        (lambda x: (x**2).exp(), 2 * x * np.exp(x**2) * v),
        (lambda x: x**-1 * x, 0 * v),
    ]
    for number, (f, want) in enumerate(cases):
        assert_array(jvp(f, x, v), want, what=f"derivative of function {number}")


@test_case(
    name="functions inside functions",
    points=1,
    hidden=True,
    failure_message="The chain rule: in exp(sin(x)) the tangent that arrives at exp is not 1. Each "
    "function multiplies its slope with the tangent.",
)
def test_chain(derivative):
    x = np.random.default_rng(102).uniform(0.2, 1.5, (2, 4))
    cases = [
        (lambda x: x.sin().exp(), np.exp(np.sin(x)) * np.cos(x)),
        (lambda x: (x * 0.5).cos().log(), -0.5 * np.tan(0.5 * x)),
        (lambda x: (x * x).tanh(), 2 * x / np.cosh(x * x) ** 2),
        (lambda x: (x.log() * 3).sin(), 3 / x * np.cos(3 * np.log(x))),
        (lambda x: (1 - 2 * x).relu(), np.where(1 - 2 * x > 0, -2.0, 0.0)),
        (lambda x: x.cos() ** 2 + x.sin() ** 2, 0 * x),
        (lambda x: (2 * x).exp() ** 0.5, np.exp(x)),
    ]
    for number, (f, want) in enumerate(cases):
        assert_array(derivative(f, x), want, what=f"derivative of function {number}")


@test_case(
    name="the tangent has the shape of the value",
    points=1,
    hidden=True,
    failure_message="When a constant stretches the value, the tangent is stretched with it, also "
    "in a sum and on the left of a minus sign.",
)
def test_broadcast(student, jvp):
    def probe(Dual, x, v, a, which):
        x = Dual(x, v)
        y = {"sum": lambda: x + a, "difference": lambda: a - x, "product": lambda: x * a}[which]()
        return y.value, y.tangent

    x, v, a = np.array([1.0, 2.0]), np.array([3.0, 5.0]), np.arange(1.0, 7.0).reshape(3, 2)
    expected = {
        "sum": (x + a, v + 0 * a),
        "difference": (a - x, 0 * a - v),
        "product": (x * a, v * a),
    }
    for which, (value, tangent) in expected.items():
        got = student(probe, x=x, v=v, a=a, which=which)
        assert_array(got[0], value, what=f"value of the {which}")
        assert_array(got[1], tangent, what=f"tangent of the {which}")
    assert_array(jvp(lambda x: (x + a).exp(), x, v), np.exp(x + a) * v, what="jvp")

    def both(Dual, x, v):
        pair = Dual(x, v) * Dual(x[:, None], v[:, None])  # (2,) and (2, 1) make (2, 2)
        whole = Dual([2, 3], [1, 0])
        return pair.value, pair.tangent, whole.value, whole.tangent

    value, tangent, *whole = student(both, x=x, v=v)
    assert_array(value, np.outer(x, x), what="value of a product of (2,) and (2, 1)")
    assert_array(tangent, np.outer(x, v) + np.outer(v, x), what="its tangent")
    assert_array(whole[0], [2.0, 3.0], dtype=np.float64, what="value of integers")
    assert_array(whole[1], [1.0, 0.0], dtype=np.float64, what="tangent of integers")


@test_case(
    name="corners",
    points=1,
    hidden=True,
    failure_message="relu has slope 0 at 0 and left of it. x ** 0 is constant and x ** 2 has slope "
    "0 at 0, without NaN. Functions of negative numbers have slopes too.",
)
def test_corners(derivative):
    assert_array(derivative(lambda x: x.relu(), [-1.0, 0.0, 2.0]), [0.0, 0.0, 1.0])
    assert_array(derivative(lambda x: x**0, [0.0, 3.0]), [0.0, 0.0])
    assert_array(derivative(lambda x: x**2, [0.0, -3.0]), [0.0, -6.0])
    assert_array(derivative(lambda x: x**1, [0.0, -3.0]), [1.0, 1.0])
    assert_array(derivative(lambda x: x**3 + x.tanh(), np.array([0.0])), [1.0])


@test_case(
    name="numbers, lists, integers and constants",
    points=1,
    hidden=True,
    failure_message="x may be a number, a list or an array of integers; a function may ignore its "
    "argument. x and v stay as they are, and results are arrays of their own.",
)
def test_arguments(student, derivative, jvp):
    assert_close(derivative(lambda x: x * x, 3), 6.0)
    assert_array(derivative(lambda x: x / 2, [1, 2]), [0.5, 0.5])
    ints = np.array([1, 2, 3])
    assert_array(derivative(lambda x: x**-1, ints), -1.0 / ints**2)
    assert_array(derivative(lambda x: 4.0, [1.0, 2.0]), [0.0, 0.0], what="derivative of a constant")
    assert_array(jvp(lambda x: x * 0.5, ints, [2, 0, 1]), [1.0, 0.0, 0.5])
    assert_array(jvp(lambda x: np.ones((2, 3)), ints, ints), np.zeros((2, 3)), what="jvp of ones")
    assert_array(jvp(lambda x: 4.0, ints, ints), 0.0, what="jvp of a number")
    single = derivative(lambda x: x * x, np.array([1.5, 2.5], np.float32))
    assert_array(single, [3.0, 5.0], dtype=np.float64, what="derivative at float32")
    x, v = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    assert_array(jvp(lambda x: x * x + x, x, v), (2 * x + 1) * v)
    assert_array(x, [1.0, 2.0], rtol=0, what="x after the call")
    assert_array(v, [3.0, 4.0], rtol=0, what="v after the call")

    def written_into(derivative, jvp, x):
        slopes = derivative(lambda x: 4.0, x)
        slopes[0] = 7.0
        same = jvp(lambda x: x, x, x)
        same[:] = 7.0
        return slopes, x

    slopes, after = student(written_into, x=x.copy())
    assert_array(slopes, [7.0, 0.0], rtol=0, what="a result that was written into")
    assert_array(after, x, rtol=0, what="x after a result was written into")


@test_case(
    name="a direction of another shape",
    points=1,
    hidden=True,
    failure_message="v must have exactly the shape of x, even where NumPy could stretch it: "
    "otherwise ValueError, with its name.",
)
def test_errors(jvp):
    for shape in ((2,), (1, 3), (3, 1), ()):
        assert_raises(ValueError, jvp, lambda x: x * 2, np.ones(3), np.ones(shape), mentions="v")
