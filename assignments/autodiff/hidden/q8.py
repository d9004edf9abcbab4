"""Jacobians and Hessians, exactly."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8 (hidden)"
points = 4


@test_case(
    name="Jacobians of any shape",
    points=1,
    hidden=True,
    failure_message="The shape is that of f(x), followed by that of x. Rows are outputs. Outputs "
    "and inputs may be numbers, vectors and matrices; what does not depend on x has derivative 0.",
)
def test_jacobian(jacobian, student):
    rng = np.random.default_rng(801)
    x, y, z = rng.uniform(0.5, 2.0, 3), rng.standard_normal((2, 3)), rng.standard_normal((3, 1))
    a, b = rng.standard_normal((4, 3)), rng.standard_normal((3, 2))
    before = x.copy()
    picked = np.array([[x[1], x[0], 0.0], [x[2], 0.0, x[0]]])
    cases = [
        ("x.exp()", lambda x: x.exp(), x, np.diag(np.exp(x))),
        ("a number", lambda x: (x * x).sum(), x, 2 * x),
        ("of a number", lambda x: x**3, np.array(2.0), np.array(12.0)),
        ("x[[0, 2]] * x[[1, 0]]", lambda x: x[[0, 2]] * x[[1, 0]], x, picked),
        ("a @ z", lambda z: a @ z, z, a[:, None, :, None]),
        ("y @ b", lambda y: y @ b, y, np.einsum("ik,lj->ijkl", np.eye(2), b)),
        ("y.T", lambda y: y.T, y, np.einsum("ik,jl->jikl", np.eye(2), np.eye(3))),
        ("a constant", lambda x: x * 0.0 + 1.0, x, np.zeros((3, 3))),
        ("one entry", lambda x: x[1], x, np.array([0.0, 1.0, 0.0])),
        ("50 numbers", lambda x: x * x, np.arange(50.0), np.diag(2 * np.arange(50.0))),
    ]
    for label, f, at, want in cases:
        assert_array(jacobian(f, at), want, what=f"Jacobian of {label}")
    assert_array(x, before, rtol=0, what="x after the call")

    def apart(Tensor, jacobian, hessian_vector_product, x):
        first = jacobian(lambda x: Tensor([5.0, 6.0]), x)
        second = hessian_vector_product(lambda x: Tensor(3.0), x, x)
        return first, second

    def number(hessian_vector_product, x, v):
        return hessian_vector_product(lambda x: x**3, x, v)

    assert_array(student(number, x=2.0, v=0.5), np.array(6.0), what="H v of a number")
    first, second = student(apart, x=x)
    assert_array(first, np.zeros((2, 3)), what="Jacobian of a function that ignores x")
    assert_array(second, np.zeros(3), what="H v of a function that ignores x")
    assert_array(jacobian(lambda x: x * x, [1, 2]), [[2.0, 0.0], [0.0, 4.0]], what="of integers")


@test_case(
    name="Hessians times vectors",
    points=1,
    hidden=True,
    failure_message="The second derivatives of products, powers and of all functions of q2; mixed "
    "ones too. A linear function has none: zeros. x and v stay as they are, of whatever shape.",
)
def test_hessian(student):
    def probe(Tensor, hessian_vector_product, form, x, v, a):
        f = {
            "quadratic": lambda x: (x.T @ (a @ x)).sum() * 0.5,
            "valley": lambda x: (x[1] - x[0] ** 2) ** 2 * 100.0 + (x[0] - 1.0) ** 2,
            "log sum exp": lambda x: x.exp().sum().log(),
            "products": lambda x: x[0] * x[1] * x[2] * x[3],
            "tanh": lambda x: (x.tanh() * x.tanh()).sum(),
            "sigmoid": lambda x: x.sigmoid().sum(),
            "power": lambda x: (x**-1.5).sum(),
            "relu": lambda x: (x.relu() * x.relu() * x - (-x).relu() ** 3).sum(),
            "matrix": lambda x: ((x @ x) ** 2).sum(),
            "linear": lambda x: (x * 3.0 - 1.0).sum(),
            "constant": lambda x: (x * 0.0).sum() + 2.0,
        }[form]
        before = x.copy(), v.copy()
        result = hessian_vector_product(f, x, v)
        return result, x - before[0], v - before[1]

    rng = np.random.default_rng(802)
    x, a = rng.uniform(0.5, 2.0, 4), rng.standard_normal((4, 4))
    t, s, p = np.tanh(x), 1 / (1 + np.exp(-x)), np.exp(x) / np.exp(x).sum()
    valley = np.zeros((4, 4))
    valley[:2, :2] = [[1200 * x[0] ** 2 - 400 * x[1] + 2, -400 * x[0]], [-400 * x[0], 200]]
    product = np.prod(x) / np.outer(x, x)
    hessians = {
        "quadratic": (a + a.T) / 2,
        "valley": valley,
        "log sum exp": np.diag(p) - np.outer(p, p),
        "products": product - np.diag(np.diag(product)),
        "tanh": np.diag(2 * (1 - t**2) * (1 - 3 * t**2)),
        "sigmoid": np.diag(s * (1 - s) * (1 - 2 * s)),
        "power": np.diag(3.75 * x**-3.5),
        "relu": np.diag(6 * x),
        "matrix": _matrix_hessian(x),
        "linear": np.zeros((4, 4)),
        "constant": np.zeros((4, 4)),
    }
    shapes = {"quadratic": (4, 1), "matrix": (2, 2)}
    for form, hessian in hessians.items():
        shape = shapes.get(form, (4,))
        for v in (rng.standard_normal(4), np.array([0.0, 1.0, 0.0, 0.0])):
            got, x_moved, v_moved = student(
                probe, form=form, x=x.reshape(shape), v=v.reshape(shape), a=a
            )
            # Sums of terms that cancel: relative to the largest.
            atol = 1e-11 * max(1.0, abs(hessian).max())
            assert_array(got, (hessian @ v).reshape(shape), atol=atol, what=f"H v ({form})")
            assert_array(x_moved, np.zeros(shape), rtol=0, what="change of x")
            assert_array(v_moved, np.zeros(shape), rtol=0, what="change of v")


def _matrix_hessian(x):
    """Of the sum of the squared entries of X @ X, X = x as (2, 2): by the product rule."""
    m, units = x.reshape(2, 2), np.eye(4).reshape(4, 2, 2)
    square = m @ m
    first = [e @ m + m @ e for e in units]
    second = [[e @ d + d @ e for d in units] for e in units]
    return np.array(
        [
            [2 * ((first[i] * first[j]).sum() + (square * second[i][j]).sum()) for j in range(4)]
            for i in range(4)
        ]
    )


@test_case(
    name="exact, not by differences",
    points=1,
    hidden=True,
    failure_message="Where a function bends sharply, differences lose half of the digits. All of "
    "them are wanted. And H v needs no array with as many entries as the Hessian.",
)
def test_exact(jacobian, hessian_vector_product, student):
    x, v, k = np.array([0.1, -0.3, 0.2]), np.array([1.0, -2.0, 0.5]), 60.0
    e = np.exp(k * x)
    # Rounding of k·x makes a relative error of a few 1e-15; the best differences, 1e-11.
    got = jacobian(lambda x: (x * k).exp(), x)
    assert_array(got, np.diag(k * e), rtol=3e-13, atol=1e-20, what="Jacobian")
    got = hessian_vector_product(lambda x: (x * k).exp().sum(), x, v)
    assert_array(got, k * k * e * v, rtol=3e-13, atol=1e-20, what="H v")

    def peak(hessian_vector_product, n):
        import tracemalloc

        import numpy as np

        x, v = np.linspace(-1, 1, n), np.ones(n)
        tracemalloc.start()
        hessian_vector_product(lambda x: (x.tanh() * x.tanh()).sum(), x, v)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    n = 1500
    most = student(peak, n=n)
    # The Hessian has 18 MB; a few dozen arrays of 1500 numbers, half a megabyte.
    expect(most < n * n, f"{most / 1e6:.0f} MB for {n} numbers: is the Hessian made?")


@test_case(
    name="minimum and saddle, and errors",
    points=1,
    hidden=True,
    failure_message="v·Hv is positive in all directions at a minimum and has both signs at a "
    "saddle. v of another shape than x, and an f of more than one element, are ValueErrors.",
)
def test_saddle(hessian_vector_product):
    def landscape(p):
        return p[0] ** 4 * 0.25 - p[0] ** 2 * 0.5 + p[1] ** 2 * 0.5

    for point, bends in (((1.0, 0.0), (2, 1)), ((-1.0, 0.0), (2, 1)), ((0.0, 0.0), (-1, 1))):
        signs = set()
        for angle in np.linspace(0, np.pi, 7):
            v = np.array([np.cos(angle), np.sin(angle)])
            got = hessian_vector_product(landscape, np.array(point), v)
            assert_array(got, v * bends, atol=1e-9, what="H v")
            signs.add(bool(v @ got > 0))
        expect(len(signs) == (2 if bends[0] < 0 else 1), "the curvature has the wrong signs")
    x = np.ones((2, 3))
    for shape in ((3,), (2, 1), (6,), ()):
        assert_raises(
            ValueError, hessian_vector_product, lambda x: x.sum(), x, np.ones(shape), mentions="v"
        )
    assert_raises(ValueError, hessian_vector_product, lambda x: x * x, x, x)
