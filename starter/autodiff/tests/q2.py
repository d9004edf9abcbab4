"""A graph that remembers, and is walked backward."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q2"
points = 10
hints = [
    "Each result has to remember the tensors it was made of, and for each of them a function that "
    "turns the gradient of the result into the share of that input. Try it with `*` alone: draw "
    "the graph of `(a * b) * a` on paper.",
    "`backward`: collect all tensors behind this one with a stack (no recursion) and sort them by "
    "a number that each got when it was made, the latest first. Keep the gradients of this walk in "
    "a dictionary; only leaves write theirs to `.grad`.",
    "Broadcasting: sum a share over the axes that NumPy put in front, and over those where the "
    "input has length 1 (`keepdims=True`). One helper, called for every share, serves all "
    "operations. At a leaf, add to `.grad` a copy, never somebody else's array.",
]


@test_case(
    name="numbers: a product",
    points=1,
    failure_message="z = x·y at (2, 3): x gets 3, the other factor, and y gets 2. `Tensor`, `*` "
    "and `backward` are all that this needs.",
)
def test_product(student):
    def probe(Tensor):
        x, y = Tensor(2.0, requires_grad=True), Tensor(3.0, requires_grad=True)
        z = x * y
        z.backward()
        return z.data, x.grad, y.grad

    z, x, y = student(probe)
    assert_array(z, 6.0, what="z")
    assert_array(x, 3.0, what="gradient of x")
    assert_array(y, 2.0, what="gradient of y")


@test_case(
    name="numbers: the handout's graph",
    points=1,
    failure_message="c = a·b, d = c + a, L = d·c. a and c are used twice: their shares are added, "
    "and c may hand on only when both have arrived.",
)
def test_graph(student):
    def probe(Tensor):
        a, b = Tensor(2.0, requires_grad=True), Tensor(3.0, requires_grad=True)
        c = a * b
        d = c + a
        loss = d * c
        loss.backward()
        return loss.data, a.grad, b.grad

    loss, a, b = student(probe)
    assert_array(loss, 48.0, what="L")
    assert_array(a, 48.0, what="gradient of a")
    assert_array(b, 28.0, what="gradient of b")


@test_case(
    name="numbers: each operation",
    points=1,
    failure_message="Compare the rule of this operation with the derivative that you know: of "
    "x / y it is 1/y and -x/y², of sigmoid s·(1 - s).",
)
def test_operations(student):
    def probe(Tensor, operation, x, y):
        x, y = Tensor(x, requires_grad=True), Tensor(y, requires_grad=True)
        if operation in ("exp", "log", "tanh", "sigmoid", "relu"):
            out = getattr(x, operation)()
        else:
            out = {
                "x + y": lambda: x + y,
                "x - y": lambda: x - y,
                "x / y": lambda: x / y,
                "-x": lambda: -x,
                "x ** 3": lambda: x**3,
                "2 - x": lambda: 2 - x,
                "2 / x": lambda: 2 / x,
            }[operation]()
        out.backward()
        return out.data, x.grad, y.grad

    x, y, s = 0.5, -4.0, 1 / (1 + np.exp(-0.5))
    expected = {
        "x + y": (x + y, 1.0, 1.0),
        "x - y": (x - y, 1.0, -1.0),
        "x / y": (x / y, 1 / y, -x / y**2),
        "-x": (-x, -1.0, None),
        "x ** 3": (x**3, 3 * x**2, None),
        "2 - x": (2 - x, -1.0, None),
        "2 / x": (2 / x, -2 / x**2, None),
        "exp": (np.exp(x), np.exp(x), None),
        "log": (np.log(x), 1 / x, None),
        "tanh": (np.tanh(x), 1 - np.tanh(x) ** 2, None),
        "sigmoid": (s, s * (1 - s), None),
        "relu": (x, 1.0, None),
    }
    for operation, (value, to_x, to_y) in expected.items():
        out, x_grad, y_grad = student(probe, operation=operation, x=x, y=y)
        assert_array(out, value, what=f"{operation}: value")
        assert_array(x_grad, to_x, what=f"{operation}: gradient of x")
        if to_y is not None:
            assert_array(y_grad, to_y, what=f"{operation}: gradient of y")


@test_case(
    name="numbers: twice",
    points=1,
    failure_message="y = x² at 3. The first backward() gives 6, a second one adds 6 more. What "
    "lies between, x itself excepted, keeps nothing from one walk to the next.",
)
def test_twice(student):
    def probe(Tensor):
        x = Tensor(3.0, requires_grad=True)
        y = (x * x) * 1.0
        y.backward()
        first = float(x.grad)
        y.backward()
        return first, float(x.grad)

    assert_equal(student(probe), (6.0, 12.0), what="x.grad after one and two calls")


@test_case(
    name="arrays: each operation, with a gradient to begin with",
    points=1,
    failure_message="Compare the rule of this operation with the derivative that you know: of "
    "x / y it is 1/y and -x/y², of sigmoid s·(1 - s).",
)
def test_array_operations(student):
    def probe(Tensor, operation, x, y, seed):
        x, y = Tensor(x, requires_grad=True), Tensor(y, requires_grad=True)
        if operation in ("exp", "log", "tanh", "sigmoid", "relu"):
            out = getattr(x, operation)()
        else:
            out = {
                "x + y": lambda: x + y,
                "x - y": lambda: x - y,
                "x * y": lambda: x * y,
                "x / y": lambda: x / y,
                "-x": lambda: -x,
                "x ** 3": lambda: x**3,
                "2 - x": lambda: 2 - x,
                "2 / x": lambda: 2 / x,
            }[operation]()
        out.backward(seed)
        return out.data, x.grad, y.grad

    x, y = np.array([0.5, 1.0, 3.0]), np.array([2.0, -1.0, 4.0])
    one, none = np.ones(3), None
    s = 1 / (1 + np.exp(-x))
    expected = {
        "x + y": (x + y, one, one),
        "x - y": (x - y, one, -one),
        "x * y": (x * y, y, x),
        "x / y": (x / y, 1 / y, -x / y**2),
        "-x": (-x, -one, none),
        "x ** 3": (x**3, 3 * x**2, none),
        "2 - x": (2 - x, -one, none),
        "2 / x": (2 / x, -2 / x**2, none),
        "exp": (np.exp(x), np.exp(x), none),
        "log": (np.log(x), 1 / x, none),
        "tanh": (np.tanh(x), 1 - np.tanh(x) ** 2, none),
        "sigmoid": (s, s * (1 - s), none),
        "relu": (x, one, none),
    }
    seed = np.array([1.0, 10.0, -2.0])
    for operation, (value, to_x, to_y) in expected.items():
        out, x_grad, y_grad = student(probe, operation=operation, x=x, y=y, seed=seed)
        assert_array(out, value, what=f"{operation}: value")
        assert_array(x_grad, seed * to_x, what=f"{operation}: gradient of x")
        if to_y is not None:
            assert_array(y_grad, seed * to_y, what=f"{operation}: gradient of y")


@test_case(
    name="arrays: broadcasting",
    points=2,
    failure_message="x (3, 1) and y (4,) make (3, 4). The gradient of x is summed over axis 1 and "
    "is (3, 1) again, that of y is summed over axis 0 and is (4,).",
)
def test_broadcasting(student):
    def probe(Tensor, x, y, seed):
        x, y = Tensor(x, requires_grad=True), Tensor(y, requires_grad=True)
        (x * y).backward(seed)
        return x.grad, y.grad

    x, y = np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 10.0, 100.0, 1000.0])
    seed = np.arange(12.0).reshape(3, 4)
    x_grad, y_grad = student(probe, x=x, y=y, seed=seed)
    assert_array(x_grad, (seed * y).sum(1, keepdims=True), what="gradient of x")
    assert_array(y_grad, (seed * x).sum(0), what="gradient of y")


@test_case(
    name="arrays: gradients add up over calls",
    points=1,
    failure_message="backward() adds to .grad. Only tensors made with requires_grad=True have one: "
    "not the constants, not the results in between.",
)
def test_accumulate(student):
    def probe(Tensor):
        x, constant = Tensor([1.0, 2.0], requires_grad=True), Tensor([5.0, 5.0])
        between = x * constant
        before = x.grad
        between.backward([1.0, 1.0])
        first = x.grad.copy()
        (x * 3).backward([1.0, 10.0])
        return before, first, x.grad, constant.grad, between.grad

    before, first, second, *others = student(probe)
    assert_equal(before, None, what="grad before any backward")
    assert_array(first, [5.0, 5.0], what="grad after the first backward")
    assert_array(second, [8.0, 35.0], what="grad after the second backward")
    assert_equal(others, [None, None], what="grad of a constant and of a result")


@test_case(
    name="arrays: backward needs a gradient",
    points=1,
    failure_message="For more than one element there is no natural gradient to start with: raise "
    "ValueError if none is given.",
)
def test_needs_gradient(student):
    def probe(Tensor):
        (Tensor([1.0, 2.0], requires_grad=True) * 2).backward()

    assert_raises(ValueError, student, probe)


@test_case(
    name="depth: three thousand operations, and many paths",
    points=1,
    failure_message="Python refuses recursion at 1000, so walk with a loop. And hand on once: "
    "forty diamonds in a row have 2⁴⁰ paths.",
)
def test_deep(student):
    def probe(Tensor):
        x = Tensor(1.0, requires_grad=True)
        y = x
        for _ in range(3000):
            y = y * 1.0
        for _ in range(40):
            y = y * 0.5 + y * 0.5
        y.backward()
        return x.grad

    assert_array(student(probe), 1.0, what="gradient")
