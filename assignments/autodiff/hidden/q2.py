"""Reverse mode: graphs of any form, broadcasting both ways, whose gradient is whose."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 10


def binary(Tensor, cases):
    """For each case: x is a tensor; y is one too, or (if `side` is given) a constant there."""
    import operator

    results = []
    for operation, x, y, seed, side in cases:
        x = Tensor(x, requires_grad=True)
        if not side:
            y = Tensor(y, requires_grad=True)
        f = getattr(operator, operation)
        out = f(y, x) if side == "left" else f(x, y)
        out.backward(seed)
        results.append((out.data, x.grad, None if side else y.grad))
    return results


RULES = {
    "add": (lambda x, y: x + y, lambda x, y: (1 + 0 * y, 1 + 0 * x)),
    "sub": (lambda x, y: x - y, lambda x, y: (1 + 0 * y, -1 + 0 * x)),
    "mul": (lambda x, y: x * y, lambda x, y: (y + 0 * x, x + 0 * y)),
    "truediv": (lambda x, y: x / y, lambda x, y: (1 / y + 0 * x, -x / y**2)),
}


def summed(gradient, shape):
    """Sum over the axes along which `shape` was broadcast."""
    while gradient.ndim > len(shape):
        gradient = gradient.sum(0)
    for axis, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis, keepdims=True)
    return gradient


@test_case(
    name="broadcasting both ways",
    points=1,
    hidden=True,
    failure_message="Either operand may be stretched, or both: along leading axes, along axes of "
    "length 1, or from a single number. Each gradient has the shape of its own data, for each of "
    "+ - * /.",
)
def test_broadcasting(student):
    rng = np.random.default_rng(201)
    shapes = [((3, 4), (4,)), ((4,), (3, 4)), ((3, 1), (1, 4)), ((2, 1, 4), (3, 1)), ((), (2, 3))]
    shapes += [((2, 3), ()), ((1,), (5,)), ((1, 1), (2, 3)), ((2, 3), (2, 3))]
    for operation, (f, rules) in RULES.items():
        pairs = [[rng.uniform(0.5, 2.0, shape) for shape in both] for both in shapes]
        seeds = [rng.standard_normal(f(x, y).shape) for x, y in pairs]
        cases = [(operation, x, y, seed, "") for (x, y), seed in zip(pairs, seeds, strict=True)]
        results = student(binary, cases=cases)
        for (x, y), seed, result in zip(pairs, seeds, results, strict=True):
            label = f"{operation} of shapes {x.shape} and {y.shape}"
            to_x, to_y = rules(x, y)
            assert_array(result[0], f(x, y), what=label)
            assert_array(result[1], summed(seed * to_x, x.shape), what=f"{label}: left gradient")
            assert_array(result[2], summed(seed * to_y, y.shape), what=f"{label}: right gradient")


@test_case(
    name="numbers and arrays on either side",
    points=1,
    hidden=True,
    failure_message="A number or an array may stand on the left or on the right of each operator, "
    "with another shape than the tensor's.",
)
def test_constants(student):
    rng = np.random.default_rng(202)
    x = rng.uniform(0.5, 2.0, (2, 3))
    constants = [2, 0.5, np.float64(3.0)]
    constants += [rng.uniform(0.5, 2.0, shape) for shape in ((3,), (4, 2, 3))]
    cases, wanted = [], []
    for operation, (f, rules) in RULES.items():
        for y in constants:
            for side in ("left", "right"):
                out = f(y, x) if side == "left" else f(x, y)
                slope = rules(y, x)[1] if side == "left" else rules(x, y)[0]
                seed = rng.standard_normal(out.shape)
                cases.append((operation, x, y, seed, side))
                wanted.append((out, summed(seed * slope, x.shape)))
    for case, (out, slope), result in zip(cases, wanted, student(binary, cases=cases), strict=True):
        label = f"{case[0]} with a constant on the {case[-1]}"
        assert_array(result[0], out, what=label)
        assert_array(result[1], slope, what=f"{label}: gradient")


@test_case(
    name="every function",
    points=1,
    hidden=True,
    failure_message="Negative arguments, 0 and large ones: relu has slope 0 at 0, sigmoid and tanh "
    "are finite everywhere, x ** 0 is constant, exponents may be negative or broken.",
)
def test_functions(student):
    def probe(Tensor, name, x, exponent, seed):
        x = Tensor(x, requires_grad=True)
        if name == "power":
            out = x**exponent
        elif name == "neg":
            out = -x
        else:
            out = getattr(x, name)()
        out.backward(seed)
        return out.data, x.grad

    rng = np.random.default_rng(203)
    x, positive = rng.standard_normal((2, 3)), rng.uniform(0.5, 3.0, (2, 3))
    seed = rng.standard_normal((2, 3))
    tails = np.array([[-1000.0, -40.0, -1.0], [0.0, 1.0, 1000.0]])
    s = np.exp(-np.logaddexp(0, -tails))
    cases = [
        ("exp", 0, x, np.exp(x), np.exp(x)),
        ("log", 0, positive, np.log(positive), 1 / positive),
        ("tanh", 0, tails, np.tanh(tails), 1 - np.tanh(tails) ** 2),
        ("tanh", 0, x, np.tanh(x), 1 - np.tanh(x) ** 2),
        ("sigmoid", 0, tails, s, s * (1 - s)),
        ("relu", 0, tails, np.maximum(tails, 0), tails > 0),
        ("neg", 0, x, -x, -np.ones((2, 3))),
        ("power", 2, tails, tails**2, 2 * tails),
        ("power", 1, tails, tails, np.ones((2, 3))),
        ("power", 0, tails, np.ones((2, 3)), np.zeros((2, 3))),
        ("power", -1.5, positive, positive**-1.5, -1.5 * positive**-2.5),
        ("power", 3, x, x**3, 3 * x**2),
    ]
    for name_, exponent, at, value, slope in cases:
        label = f"{name_} {exponent}" if name_ == "power" else name_
        out, grad = student(probe, name=name_, x=at, exponent=exponent, seed=seed)
        assert_array(out, value, what=label)
        assert_array(grad, seed * slope, what=f"gradient of {label}")


@test_case(
    name="graphs with many meeting points",
    points=2,
    hidden=True,
    failure_message="A node hands on once, when everything made from it has handed to it: not at "
    "each visit, and not in the order in which it was found. Fifty diamonds in a row have 2⁵⁰ "
    "paths.",
)
def test_diamonds(student):
    def probe(Tensor, form, x):
        x = Tensor(x, requires_grad=True)
        if form == "square":
            y = x * x
        elif form == "long and short":
            a = x * 2
            b = a * 3
            c = b * 5
            y = a + c * b
        elif form == "diamonds":
            y = x
            for _ in range(50):
                y = y * 0.5 + y * 0.5
        elif form == "ladder":
            y, before = x * 1.0, x
            for _ in range(8):
                y, before = y + before * 0.5, y
        elif form == "late":
            a = x * 3
            b = x * a
            y = b + a * b
        y.backward([1.0] * len(x.data))
        return y.data, x.grad

    x = np.array([0.5, -1.0, 2.0])
    ladder, before = 1.0, 1.0
    for _ in range(8):
        ladder, before = ladder + before * 0.5, ladder
    expected = {
        "square": (x**2, 2 * x),
        "long and short": (2 * x + 180 * x**2, 2 + 360 * x),
        "diamonds": (x, np.ones(3)),
        "ladder": (ladder * x, ladder + 0 * x),
        "late": (3 * x**2 + 9 * x**3, 6 * x + 27 * x**2),
    }
    for form, (value, slope) in expected.items():
        out, grad = student(probe, form=form, x=x)
        assert_array(out, value, what=f"value ({form})")
        assert_array(grad, slope, what=f"gradient ({form})")


@test_case(
    name="ten thousand operations deep",
    points=1,
    hidden=True,
    failure_message="Python allows about a thousand nested calls. Walk through the graph with a "
    "loop and a list, or in the order in which nodes were made.",
)
def test_deep(student):
    def probe(Tensor, n):
        x = Tensor([1.0, 2.0], requires_grad=True)
        y = x
        for _ in range(n):
            y = y * 0.9999 + 0.0001
        y.backward([1.0, 1.0])
        return x.grad

    grad = student(probe, n=10_000)
    # Twenty thousand roundings of 1e-16 each.
    assert_array(grad, [0.9999**10_000] * 2, rtol=1e-8, what="gradient")


@test_case(
    name="gradients accumulate",
    points=1,
    hidden=True,
    failure_message="Each call of backward adds to the .grad of the leaves: from other results, "
    "and from the same result again (twice makes double, not triple). After `x.grad = None` it "
    "starts afresh.",
)
def test_accumulate(student):
    def probe(Tensor, x):
        x = Tensor(x, requires_grad=True)
        y = (x * x) * 2
        seen = []
        y.backward([1.0, 1.0])
        seen.append(x.grad.copy())
        y.backward([1.0, 1.0])
        seen.append(x.grad.copy())
        (x * 10).backward([1.0, 2.0])
        seen.append(x.grad.copy())
        x.grad = None
        y.backward([0.5, 0.0])
        seen.append(x.grad.copy())
        return seen

    x = np.array([3.0, -1.0])
    seen = student(probe, x=x)
    want = [4 * x, 8 * x, 8 * x + [10, 20], 4 * x * [0.5, 0]]
    labels = ["first call", "second call", "another result", "after grad = None"]
    for label, got, expected in zip(labels, seen, want, strict=True):
        assert_array(got, expected, what=f"x.grad, {label}")


@test_case(
    name="who keeps a gradient",
    points=1,
    hidden=True,
    failure_message="Leaves with requires_grad=True, and nobody else: no constant, no result in "
    "between, not the result itself. A leaf that took no part keeps None. What is made of "
    "constants has no leaves: backward does nothing there, and raises nothing.",
)
def test_leaves(student):
    def probe(Tensor):
        x, constant = Tensor([1.0, 2.0], requires_grad=True), Tensor([3.0, 4.0])
        idle, alone = Tensor(1.0, requires_grad=True), Tensor([2.0], requires_grad=True)
        between = x * constant
        out = between - constant
        out.backward([1.0, 1.0])
        alone.backward()
        quiet = constant * 2.0
        quiet.backward([1.0, 1.0])  # no leaf: nothing happens
        grads = [t.grad for t in (constant, idle, between, out, quiet)]
        return x.grad, grads, alone.grad

    grad, others, alone = student(probe)
    assert_array(grad, [3.0, 4.0], what="x.grad")
    assert_equal(others, [None] * 5, what="grads of constant, idle leaf, results")
    assert_array(alone, [1.0], what="grad of a leaf on which backward was called")


@test_case(
    name="nobody's array but its own",
    points=1,
    hidden=True,
    failure_message="No operation writes into the data of its operands. A gradient shares memory "
    "with no other gradient, no data, and not with what was given to backward.",
)
def test_aliasing(student):
    def probe(Tensor, a, b, seed):
        x, y = Tensor(a, requires_grad=True), Tensor(b, requires_grad=True)
        z = Tensor(b, requires_grad=True)
        for out in (x + y, x - y, x * y, x / y, -x, x**2, x.exp(), x.tanh(), x.relu(), x.sigmoid()):
            out.data += 1.0  # the caller's business; it must not reach x or y
        unchanged = x.data.copy(), y.data.copy()
        (x + y).backward(seed)
        before = y.grad.copy()
        x.grad += 100.0
        after = y.grad.copy()
        z.backward(seed)
        z.grad += 100.0
        (z * 1.0).backward(seed)
        return unchanged, before, after, z.data, seed, a

    a, b, seed = np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.array([5.0, 6.0])
    unchanged, before, after, z, seed_after, a_after = student(probe, a=a, b=b, seed=seed)
    assert_array(unchanged[0], a, rtol=0, what="x.data after operations on x")
    assert_array(unchanged[1], b, rtol=0, what="y.data after operations on y")
    assert_array(before, [5.0, 6.0], what="y.grad")
    assert_array(after, before, rtol=0, what="y.grad after x.grad was changed")
    assert_array(z, b, rtol=0, what="z.data after z.grad was changed")
    assert_array(seed_after, [5.0, 6.0], rtol=0, what="the gradient given to backward")
    assert_array(a_after, [1.0, 2.0], rtol=0, what="the array given to Tensor")


@test_case(
    name="float64, one element, and errors",
    points=1,
    hidden=True,
    failure_message="Data is float64 whatever it was made of. A single element of any shape needs "
    "no gradient to start; two do, and none at all do too: ValueError. So is a gradient of another "
    "shape, even where NumPy could stretch it.",
)
def test_start(student):
    def probe(Tensor, data):
        x = Tensor(data, requires_grad=True)
        (x * 3).backward()
        return x.data, x.grad

    for data, shape in ((2, ()), ([2], (1,)), ([[2]], (1, 1)), (np.float32(2), ())):
        value, grad = student(probe, data=data)
        assert_array(value, np.full(shape, 2.0), dtype=np.float64, what="data")
        assert_array(grad, np.full(shape, 3.0), dtype=np.float64, what="grad")
    for data in ([1.0, 2.0], [[1.0], [2.0]], np.zeros((0, 2))):
        assert_raises(ValueError, student, probe, data=data)

    def seeded(Tensor, data, seed):
        x = Tensor(data, requires_grad=True)
        (x * 2).backward(seed)
        return x.grad

    columns = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))
    got = student(seeded, data=columns, seed=[[1, 2, 3], [4, 5, 6]])
    assert_array(got, [[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]], dtype=np.float64, what="grad")
    for seed in (np.ones(3), np.ones((1, 3)), np.ones((3, 2)), 1.0):
        assert_raises(ValueError, student, seeded, data=columns, seed=seed, mentions="grad")
