"""Operations that mix entries, against gradients worked out in NumPy."""

import numpy as np

from autograder.checks import assert_array, test_case

OK_FORMAT = False
name = "q3 (hidden)"
points = 8


def summed(gradient, shape):
    """Sum over the axes along which `shape` was broadcast."""
    while gradient.ndim > len(shape):
        gradient = gradient.sum(0)
    for axis, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis, keepdims=True)
    return gradient


@test_case(
    name="batched and broadcast products",
    points=1,
    hidden=True,
    failure_message="Three and four axes; a batch on one side only; a batch of length 1 against "
    "one of 5; an array in the place of either tensor. Only the last two axes are transposed.",
)
def test_matmul(student):
    def probe(Tensor, a, b, seed, constant):
        if constant != "left":
            a = Tensor(a, requires_grad=True)
        if constant != "right":
            b = Tensor(b, requires_grad=True)
        c = a @ b
        c.backward(seed)
        grads = [t.grad if isinstance(t, Tensor) else None for t in (a, b)]
        return c.data, *grads

    rng = np.random.default_rng(301)
    shapes = [
        ((2, 3), (3, 4)),
        ((5, 2, 3), (5, 3, 4)),
        ((5, 2, 3), (3, 4)),
        ((2, 3), (5, 3, 4)),
        ((1, 2, 3), (5, 3, 4)),
        ((6, 1, 2, 3), (5, 3, 3)),
        ((3, 3), (3, 3)),
        ((1, 3), (3, 1)),
    ]
    for a_shape, b_shape in shapes:
        a, b = rng.standard_normal(a_shape), rng.standard_normal(b_shape)
        seed = rng.standard_normal((a @ b).shape)
        to_a = summed(seed @ np.swapaxes(b, -1, -2), a_shape)
        to_b = summed(np.swapaxes(a, -1, -2) @ seed, b_shape)
        for constant in ("", "left", "right"):
            c, a_grad, b_grad = student(probe, a=a, b=b, seed=seed, constant=constant)
            label = f"{a_shape} @ {b_shape}"
            assert_array(c, a @ b, what=label)
            if constant != "left":
                assert_array(a_grad, to_a, what=f"{label}: left gradient")
            if constant != "right":
                assert_array(b_grad, to_b, what=f"{label}: right gradient")


def reductions(Tensor, x, cases):
    """Result and gradient of x.method(**arguments) for each case."""
    results = []
    for method, arguments, seed in cases:
        tensor = Tensor(x, requires_grad=True)
        out = getattr(tensor, method)(**arguments)
        out.backward(seed)
        results.append((out.data, tensor.grad))
    return results


def calls(ndim):
    """All ways to name an axis."""
    yield {}
    for axis in (None, *range(-ndim, ndim)):
        yield {"axis": axis}
        yield {"axis": axis, "keepdims": True}


def check(student, x, methods, gradient, rng):
    """Compare with NumPy's value and with gradient(method, axis, seed of kept dimensions)."""
    cases = []
    for method in methods:
        for arguments in calls(x.ndim):
            out = getattr(x, method)(**arguments)
            cases.append((method, arguments, rng.standard_normal(np.shape(out))))
    results = student(reductions, x=x, cases=cases)
    for (method, arguments, seed), (out, grad) in zip(cases, results, strict=True):
        axis = arguments.get("axis")
        wide = np.reshape(seed, np.sum(x, axis, keepdims=True).shape)
        call = f"{method}({', '.join(f'{k}={v}' for k, v in arguments.items())})"
        assert_array(out, getattr(x, method)(**arguments), what=call)
        assert_array(grad, gradient(method, axis, wide), what=f"gradient of {call}")


@test_case(
    name="sum and mean along any axis",
    points=1,
    hidden=True,
    failure_message="The first, middle and last axis, counted from the end too, with and without "
    "keepdims, and no axis at all. Take sides of equal length: a gradient stretched along the "
    "wrong axis fits those too. A sum may name several axes.",
)
def test_sums(student):
    rng = np.random.default_rng(302)
    for shape in ((3, 3, 3), (2, 3, 4), (5,)):
        x = rng.standard_normal(shape)

        def gradient(method, axis, seed, x=x):
            share = seed.size / x.size if method == "mean" else 1.0
            return np.broadcast_to(seed, x.shape) * share

        check(student, x, ("sum", "mean"), gradient, rng)

    x = rng.standard_normal((2, 3, 2))
    cases = []
    for axes in ((0, 2), (-1, 0), (1,), (0, 1, 2)):
        for keepdims in (False, True):
            arguments = {"axis": axes, "keepdims": keepdims}
            cases.append(("sum", arguments, rng.standard_normal(np.shape(x.sum(**arguments)))))
    results = student(reductions, x=x, cases=cases)
    for (_, arguments, seed), (out, grad) in zip(cases, results, strict=True):
        label = f"sum along {arguments['axis']}"
        wide = seed.reshape(x.sum(arguments["axis"], keepdims=True).shape)
        assert_array(out, x.sum(**arguments), what=label)
        assert_array(grad, np.broadcast_to(wide, x.shape), what=f"gradient of {label}")


@test_case(
    name="max, where entries are equal",
    points=1,
    hidden=True,
    failure_message="Two, three or all entries may be largest: they share the gradient in equal "
    "parts. Along every axis, with and without keepdims, and over everything.",
)
def test_max(student):
    x = np.array([[[1.0, 4.0, 4.0], [2.0, 2.0, 2.0]], [[0.0, -1.0, 0.0], [4.0, -3.0, 4.0]]])

    def gradient(method, axis, seed):
        largest = x == x.max(axis, keepdims=True)
        return seed * largest / largest.sum(axis, keepdims=True)

    check(student, x, ("max",), gradient, np.random.default_rng(303))


@test_case(
    name="reshape, transpose, T",
    points=1,
    hidden=True,
    failure_message="A permutation of three axes is undone by its inverse, which is not itself; "
    "axes may count from the end. Shapes come as numbers or as one tuple, and may hold -1.",
)
def test_shapes(student):
    def probe(Tensor, x, form, argument, seed):
        x = Tensor(x, requires_grad=True)
        if form == "T":
            out = x.T
        elif form == "tuple reshape":
            out = x.reshape(tuple(argument))
        elif form == "tuple transpose":
            out = x.transpose(tuple(argument))
        else:
            out = getattr(x, form)(*argument)
        out.backward(seed)
        return out.data, x.grad

    rng = np.random.default_rng(304)
    x = rng.standard_normal((2, 3, 4))
    cases = [("T", ()), ("transpose", ())]
    cases += [("transpose", axes) for axes in ((1, 2, 0), (2, 0, 1), (0, 2, 1), (-1, 0, 1))]
    cases += [("tuple transpose", (1, 2, 0)), ("tuple reshape", (4, 6))]
    cases += [("reshape", shape) for shape in ((6, 4), (24,), (-1, 2), (2, 3, 4), (4, 1, 6))]
    for form, argument in cases:
        reshaping = form.endswith("reshape")
        out = x.reshape(argument) if reshaping else x.transpose(*argument)
        seed = rng.standard_normal(out.shape)
        want = np.empty(x.shape)
        if reshaping:
            want = seed.reshape(x.shape)
        else:
            want.transpose(*argument)[...] = seed
        for given in (x, np.asfortranarray(x)):
            got, grad = student(probe, x=given, form=form, argument=argument, seed=seed)
            assert_array(got, out, what=f"{form}{argument}")
            assert_array(grad, want, what=f"gradient of {form}{argument}")

    def turned(Tensor, x, seed):
        x = Tensor(x, requires_grad=True)
        out = x.T.reshape(-1)
        out.backward(seed)
        return out.data, x.grad

    seed = rng.standard_normal(24)
    got, grad = student(turned, x=x, seed=seed)
    assert_array(got, x.T.reshape(-1), what="x.T.reshape(-1)")
    assert_array(grad, seed.reshape(4, 3, 2).T, what="gradient of x.T.reshape(-1)")


@test_case(
    name="indexing",
    points=2,
    hidden=True,
    failure_message="Integers, slices with steps, integer arrays of one or two axes, and several "
    "of them at once. What is picked twice collects twice; what is not picked gets 0.",
)
def test_index(student):
    def probe(Tensor, x, index, seed):
        x = Tensor(x, requires_grad=True)
        index = tuple(slice(*i[1]) if isinstance(i, tuple) else i for i in index)
        out = x[index if len(index) > 1 else index[0]]
        out.backward(seed)
        return out.data, x.grad

    rng = np.random.default_rng(305)
    x = rng.standard_normal((4, 3, 5))
    many = np.array([0, 2, 0, 0, -1, 3])
    indices = [
        (1,),
        (-1,),
        (2, 0, 4),
        (("slice", (1, 3, None)),),
        (("slice", (None, None, -2)), 1),
        (0, ("slice", (None, None, 2)), ("slice", (-2, None, None))),
        (many,),
        (np.array([[1, 1], [3, 1]]),),
        (many, np.array([0, 1, 0, 0, 2, 2])),
        (("slice", (None, None, None)), np.array([2, 2, 0])),
        (np.array([3, 3]), 1),
        (np.array([1, 1]), ("slice", (0, 2, None)), np.array([4, 4])),
        ([2, 2, 0],),
    ]
    for index in indices:
        real = tuple(slice(*i[1]) if isinstance(i, tuple) else i for i in index)
        seed = rng.standard_normal(np.shape(x[real]))
        want = np.zeros(x.shape)
        np.add.at(want, real, seed)
        got, grad = student(probe, x=x, index=index, seed=seed)
        assert_array(got, x[real], what="the picked entries")
        assert_array(grad, want, what="gradient")


@test_case(
    name="concatenate",
    points=1,
    hidden=True,
    failure_message="Three parts of different lengths, along any axis, counted from the end too; "
    "an array among the tensors.",
)
def test_concatenate(student):
    def probe(Tensor, concatenate, a, b, c, axis, seed):
        a, b = Tensor(a, requires_grad=True), Tensor(b, requires_grad=True)
        out = concatenate([a, b, c], axis=axis)
        out.backward(seed)
        return out.data, a.grad, b.grad

    rng = np.random.default_rng(306)
    for axis in (0, 1, 2, -1, -2):
        shapes = [[2, 3, 2] for _ in range(3)]
        for shape, length in zip(shapes, (2, 1, 4), strict=True):
            shape[axis] = length
        a, b, c = (rng.standard_normal(shape) for shape in shapes)
        out = np.concatenate([a, b, c], axis)
        seed = rng.standard_normal(out.shape)
        first, second, _ = np.split(seed, [2, 3], axis)
        got, a_grad, b_grad = student(probe, a=a, b=b, c=c, axis=axis, seed=seed)
        assert_array(got, out, what=f"concatenate along axis {axis}")
        assert_array(a_grad, first, what="gradient of the first tensor")
        assert_array(b_grad, second, what="gradient of the second tensor")


@test_case(
    name="operands stay as they are, gradients are their own",
    points=1,
    hidden=True,
    failure_message="reshape, transpose and slices may share memory with their operand, a gradient "
    "may share it with nothing: writing into one .grad changes no other and no data.",
)
def test_aliasing(student):
    def probe(Tensor, concatenate, form, x, seed):
        a, b = Tensor(x, requires_grad=True), Tensor(x * 1.0, requires_grad=True)
        out = {
            "reshape": lambda: a.reshape(4) + b.reshape(4),
            "T": lambda: a.T + b.T,
            "sum": lambda: a.sum(axis=0) + b.sum(axis=0),
            "index": lambda: a[0] + b[0],
            "concatenate": lambda: concatenate([a]) + concatenate([b]),
        }[form]()
        seed = seed[: out.data.size].reshape(out.data.shape)
        before = seed.copy()
        out.backward(seed)
        other = b.grad.copy()
        a.grad += 100.0
        return a.data, seed - before, other, b.grad

    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    for form in ("reshape", "T", "sum", "index", "concatenate"):
        data, moved, other, after = student(probe, form=form, x=x, seed=np.arange(8.0))
        assert_array(data, x, rtol=0, what=f"data after .grad was changed ({form})")
        assert_array(moved, 0 * moved, what=f"change of what was given to backward ({form})")
        assert_array(after, other, rtol=0, what=f"the other gradient ({form})")
