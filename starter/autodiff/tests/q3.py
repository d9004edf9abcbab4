"""Arrays that change their shape."""

import numpy as np

from autograder.checks import assert_array, test_case

OK_FORMAT = False
name = "q3"
points = 8
hints = [
    "For each operation ask: which entries of the input went into this entry of the output? They "
    "receive its gradient. Write the backward pass of `sum` first; `mean` and `max` follow from "
    "it.",
    "If `sum` removed an axis, put it back with length 1 before you stretch: `np.expand_dims(g, "
    "axis)`, then `np.broadcast_to(g, x.shape)`. `np.argsort(axes)` undoes a transposition.",
    "For matrices of more than two axes, transpose only the last two: `np.swapaxes(b, -1, -2)`. "
    "Indexing: begin with zeros of the old shape; `np.add.at` also adds where an index occurs "
    "twice.",
]


@test_case(
    name="matrix products",
    points=1,
    failure_message="The gradient of A is G Bᵀ, that of B is Aᵀ G: the shapes leave no choice.",
)
def test_matmul(student):
    def probe(Tensor, a, b, seed):
        a, b = Tensor(a, requires_grad=True), Tensor(b, requires_grad=True)
        c = a @ b
        c.backward(seed)
        return c.data, a.grad, b.grad

    rng = np.random.default_rng(0)
    a, b, seed = (rng.standard_normal(shape) for shape in ((2, 3), (3, 4), (2, 4)))
    c, a_grad, b_grad = student(probe, a=a, b=b, seed=seed)
    assert_array(c, a @ b)
    assert_array(a_grad, seed @ b.T, what="gradient of A")
    assert_array(b_grad, a.T @ seed, what="gradient of B")


@test_case(
    name="sum and mean",
    points=1,
    failure_message="Every entry receives the gradient of the sum it went into; for a mean, "
    "divided by the number of entries in it.",
)
def test_sums(student):
    def probe(Tensor, x, method, axis, keepdims, seed):
        x = Tensor(x, requires_grad=True)
        out = getattr(x, method)(axis=axis, keepdims=keepdims)
        out.backward(seed)
        return out.data, x.grad

    x = np.arange(6.0).reshape(2, 3)
    for method, count in (("sum", 1), ("mean", 3)):
        for keepdims in (False, True):
            seed = np.array([1.0, 10.0]).reshape((2, 1) if keepdims else 2)
            out, grad = student(probe, x=x, method=method, axis=1, keepdims=keepdims, seed=seed)
            call = f"{method}(axis=1, keepdims={keepdims})"
            assert_array(out, getattr(x, method)(1, keepdims=keepdims), what=call)
            assert_array(grad, np.repeat([[1], [10]], 3, 1) / count, what=f"gradient of {call}")


@test_case(
    name="max, with a tie",
    points=1,
    failure_message="Only the largest entry of each row receives the gradient. In (7, 7, 1) two "
    "are largest, and each receives half.",
)
def test_max(student):
    def probe(Tensor, x, seed):
        x = Tensor(x, requires_grad=True)
        out = x.max(axis=1)
        out.backward(seed)
        return out.data, x.grad

    x = np.array([[5.0, 2.0, 3.0], [7.0, 7.0, 1.0]])
    out, grad = student(probe, x=x, seed=np.array([1.0, 10.0]))
    assert_array(out, [5.0, 7.0])
    assert_array(grad, [[1.0, 0.0, 0.0], [5.0, 5.0, 0.0]], what="gradient of x")


@test_case(
    name="reshape and transpose",
    points=1,
    failure_message="The gradient goes the way back: into the old shape, the axes in the old "
    "order.",
)
def test_shapes(student):
    def probe(Tensor, x, seed):
        x = Tensor(x, requires_grad=True)
        out = x.reshape(3, 2).T
        out.backward(seed)
        return out.data, x.grad

    x = np.arange(6.0).reshape(2, 3)
    seed = np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]])
    out, grad = student(probe, x=x, seed=seed)
    assert_array(out, x.reshape(3, 2).T)
    assert_array(grad, seed.T.reshape(2, 3), what="gradient of x")


@test_case(
    name="indexing, the handout's example",
    points=1,
    failure_message="x[[0, 2, 0]] has taken x₀ twice: its gradient is the sum of both, 1 + 100.",
)
def test_index(student):
    def probe(Tensor, x, seed):
        x = Tensor(x, requires_grad=True)
        out = x[[0, 2, 0]]
        out.backward(seed)
        return out.data, x.grad

    x, seed = np.array([5.0, 7.0, 9.0]), np.array([1.0, 10.0, 100.0])
    out, grad = student(probe, x=x, seed=seed)
    assert_array(out, [5.0, 9.0, 5.0])
    assert_array(grad, [101.0, 0.0, 10.0], what="gradient of x")


@test_case(
    name="concatenate",
    points=1,
    failure_message="Cut the gradient at the places where the parts met.",
)
def test_concatenate(student):
    def probe(Tensor, concatenate, a, b, seed):
        a, b = Tensor(a, requires_grad=True), Tensor(b, requires_grad=True)
        out = concatenate([a, b], axis=1)
        out.backward(seed)
        return out.data, a.grad, b.grad

    a, b = np.ones((2, 1)), np.zeros((2, 3))
    seed = np.arange(8.0).reshape(2, 4)
    out, a_grad, b_grad = student(probe, a=a, b=b, seed=seed)
    assert_array(out, np.concatenate([a, b], 1))
    assert_array(a_grad, seed[:, :1], what="gradient of the first")
    assert_array(b_grad, seed[:, 1:], what="gradient of the second")


@test_case(
    name="a batch of matrices, one matrix for all",
    points=1,
    failure_message="A (5, 2, 3) times B (3, 4): each of the five products hands a share to B, and "
    "they add up. `.T` would turn the axis of the batch around too.",
)
def test_batch(student):
    def probe(Tensor, a, b, seed):
        a, b = Tensor(a, requires_grad=True), Tensor(b, requires_grad=True)
        c = a @ b
        c.backward(seed)
        return c.data, a.grad, b.grad

    rng = np.random.default_rng(1)
    a, b, seed = (rng.standard_normal(shape) for shape in ((5, 2, 3), (3, 4), (5, 2, 4)))
    c, a_grad, b_grad = student(probe, a=a, b=b, seed=seed)
    assert_array(c, a @ b)
    assert_array(a_grad, seed @ b.T, what="gradient of A")
    assert_array(b_grad, sum(x.T @ g for x, g in zip(a, seed, strict=True)), what="gradient of B")


@test_case(
    name="three axes",
    points=1,
    failure_message="transpose(1, 2, 0) is undone by another permutation than itself. A sum may go "
    "over several axes at once, and over none that is named: then over all.",
)
def test_three_axes(student):
    def probe(Tensor, x, seed):
        grads = []
        for f in (
            lambda x: x.transpose(1, 2, 0),
            lambda x: x.sum(axis=(0, 2)),
            lambda x: x.sum(),
        ):
            t = Tensor(x, requires_grad=True)
            out = f(t)
            out.backward(seed[: out.data.size].reshape(out.data.shape))
            grads.append(t.grad)
        return grads

    x, seed = np.arange(24.0).reshape(2, 3, 4), np.arange(1.0, 25.0)
    turned, some, every = student(probe, x=x, seed=seed)
    assert_array(turned, seed.reshape(3, 4, 2).transpose(2, 0, 1), what="gradient of transpose")
    want = np.broadcast_to(np.array([[1.0], [2.0], [3.0]]), (2, 3, 4))
    assert_array(some, want, what="gradient of sum(axis=(0, 2))")
    assert_array(every, np.ones((2, 3, 4)), what="gradient of sum()")
