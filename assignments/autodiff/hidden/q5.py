"""Numerical gradients, and a checker that accepts what is right and finds what is wrong."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, expect, test_case

OK_FORMAT = False
name = "q5 (hidden)"
points = 4


@test_case(
    name="central differences, of any width",
    points=1,
    hidden=True,
    failure_message="(f(x + eps) - f(x - eps)) / (2·eps) with the eps that is given, for arrays of "
    "any shape, single numbers and integers among them.",
)
def test_central(numerical_gradient):
    def f(a, b, c):
        return float((a**3).sum() + (b**2).sum() * c)

    a, b = np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([1, 2, 3])
    for eps in (0.5, 0.01):
        grads = numerical_gradient(f, [a, b, 2.0], eps)
        assert_equal(len(grads), 3, what="number of gradients")
        # Exactly what the formula gives for a cube: 3x² + eps².
        assert_array(grads[0], 3 * a**2 + eps**2, rtol=1e-8, what="gradient of a cube")
        assert_array(grads[1], 4.0 * b, rtol=1e-8, what="gradient of squares, integers")
        assert_array(grads[2], 14.0, rtol=1e-8, what="gradient of a number")


@test_case(
    name="the arrays are as before, bit by bit",
    points=0.5,
    hidden=True,
    failure_message="Adding eps and taking it away again does not always give the same number. And "
    "each difference moves one entry only.",
)
def test_unchanged(student):
    def probe(numerical_gradient, x, y):
        seen = []

        def f(x, y):
            seen.append((x.copy(), y.copy()))
            return float((x * x).sum() + y.sum())

        numerical_gradient(f, [x, y], 1e-3)
        return x, y, seen

    x, y = np.array([0.1, 0.7, -1.3, 1e-9]), np.array([[1.0, 1e6]])
    x_after, y_after, seen = student(probe, x=x.copy(), y=y.copy())
    assert_array(x_after, x, rtol=0, atol=0, what="the first array after the call")
    assert_array(y_after, y, rtol=0, atol=0, what="the second array after the call")
    for x_seen, y_seen in seen:
        moved = int((x_seen != x).sum() + (y_seen != y).sum())
        expect(moved <= 1, f"f was called with {moved} entries moved at once")


@test_case(
    name="right gradients are accepted",
    points=1,
    hidden=True,
    failure_message="Several arrays, one of them unused; outputs of any shape; large gradients, "
    "whose error is relative. The arrays stay as they are.",
)
def test_accepts(student):
    def probe(Tensor, gradcheck, form, arrays):
        f = {
            "product": lambda x, y: x * y,
            "unused": lambda x, y: x.exp() * 2.0,
            "steep": lambda x, y: (x * 3.0).exp() * 50.0 + y,
            "bent": lambda x, y: x.tanh() - y.sigmoid(),
            "flat": lambda x, y: 1e5 * (x - 0.1) ** 2 + y,
        }[form]
        report = gradcheck(f, arrays)
        return report.ok, report.max_error, arrays

    x = np.array([[0.3, -0.2, 0.5], [0.9, 1.0, 0.1]])
    for form in ("product", "unused", "steep", "bent"):
        for shape in ((2, 3), (6,), (1, 1), ()):
            a = x.reshape(-1)[: int(np.prod(shape))].reshape(shape)
            given = [a.copy(), a[::-1].copy() if shape else a + 1]
            before = [g.copy() for g in given]
            ok, error, after = student(probe, form=form, arrays=given)
            assert_equal(ok, True, what="ok for a right gradient")
            expect(0 <= error <= 1e-5, f"max_error should be tiny\ngot: {error:g}")
            for got, want in zip(after, before, strict=True):
                assert_array(got, want, rtol=0, atol=0, what="array after the call")
    ok, *_ = student(probe, form="flat", arrays=[[0.1], [1.0]])  # 0.1 as float32 is not 0.1
    assert_equal(ok, True, what="ok at the bottom of a steep valley")


def place(where):
    """(number, index as a tuple), whatever kinds of integers they are."""
    number, index = where
    index = index if isinstance(index, (tuple, list)) else (index,)
    return int(number), tuple(int(i) for i in index)


@test_case(
    name="the error and its place",
    points=1,
    hidden=True,
    failure_message="|a - n| / max(1, |n|): relative for large gradients, absolute for small ones. "
    "The worst entry may be in any of the arrays. A missing gradient is 0. An output of one "
    "element is checked without a weight. `tol` decides, `eps` is used, and the same "
    "check again says the same.",
)
def test_report(student):
    def wide(gradcheck, x, eps):
        found = gradcheck(lambda x: x**3, [x], eps=eps, tol=1.0)
        return found.ok, found.max_error

    # The differences of a cube are 3x² + eps²: with x = 1 the error is eps² / (3 + eps²).
    for eps in (0.5, 0.1):
        ok, error = student(wide, x=np.array([1.0]), eps=eps)
        assert_equal(ok, True, what="ok with a tolerance of 1")
        assert_close(error, eps**2 / (3 + eps**2), rtol=1e-6, what=f"max_error with eps={eps}")

    def planted(Tensor, gradcheck, x, seen, unseen, tol):
        report = gradcheck(lambda x: x * seen + Tensor(x.data * unseen), [x], tol=tol)
        return report.ok, report.max_error, report.where

    def second(Tensor, gradcheck, a, b, mask, kind):
        def f(a, b):
            if kind == "missing":
                return a * 3.0 + Tensor(b.data * 1e4)
            return a * 2.0 + b * mask + Tensor(b.data * (1 - mask) * 1e4)

        report = gradcheck(f, [a, b])
        return report.ok, report.max_error, report.where

    for seen, unseen, error in ((2.0, 0.5, 0.2), (0.1, 0.05, 0.05), (-40.0, -10.0, 0.2)):
        for tol in (0.01, 0.5):
            got = student(planted, x=np.array([[1.5]]), seen=seen, unseen=unseen, tol=tol)
            assert_close(got[1], error, rtol=1e-5, what="max_error")  # numerical: to about 1e-9
            assert_equal(got[0], error <= tol, what=f"ok with tol={tol:g}")
            assert_equal(place(got[2]), (0, (0, 0)), what="where")
            expect(isinstance(got[2][1], tuple), "the index in `where` should be a tuple")
    found = student(planted, x=np.array([[1.5]]), seen=2.0, unseen=0.5, tol=1.0)[1]
    got = student(planted, x=np.array([[1.5]]), seen=2.0, unseen=0.5, tol=found)
    assert_equal(got[:2], (True, found), what="ok and max_error with tol=max_error")
    mask = np.ones((2, 3))
    mask[1, 1] = 0.0
    a, b = np.full((2, 3), 0.5), np.linspace(-1, 1, 6).reshape(2, 3)
    got = student(second, a=a, b=b, mask=mask, kind="masked")
    assert_equal(got[0], False, what="ok for one wrong entry")
    assert_equal(place(got[2]), (1, (1, 1)), what="where")
    again = student(second, a=a, b=b, mask=mask, kind="masked")
    assert_equal(again[1], got[1], what="max_error of the same check again")
    got = student(second, a=a, b=b, mask=mask, kind="missing")
    assert_equal(got[0], False, what="ok for a gradient that is missing")
    assert_equal(place(got[2])[0], 1, what="number of the array in `where`")


@test_case(
    name="mistakes that hide",
    points=0.5,
    hidden=True,
    failure_message="A gradient whose entries are right but in the wrong places: equal weights "
    "cannot see it. And a gradient that is NaN is not smaller than any tolerance.",
)
def test_hidden_mistakes(student):
    def rolled(Tensor, gradcheck, x):
        def f(x):
            return x + Tensor(x.data.reshape(-1)[order].reshape(x.data.shape) - x.data)

        order = [*range(1, x.size), 0]
        report = gradcheck(f, [x])
        return report.ok

    def not_a_number(Tensor, gradcheck, x):
        def f(x):
            return x + (x * 0.0) ** 0.5  # the value is x; 0 · ∞ in the gradient

        own = Tensor(x, requires_grad=True)
        f(own).backward(x * 0 + 1)
        report = gradcheck(f, [x])
        return report.ok, own.grad

    for shape in ((4,), (2, 3), (5, 1)):
        x = np.random.default_rng(55).standard_normal(shape)
        assert_equal(student(rolled, x=x), False, what="ok for gradients in the wrong places")
    ok, grad = student(not_a_number, x=np.array([1.0, 2.0]))
    if np.isnan(grad).any():
        assert_equal(ok, False, what="ok for a gradient that is NaN")
