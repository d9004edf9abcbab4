"""A network that reads."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q7"
points = 5
hints = [
    "`itertools.pairwise(sizes)` gives the widths of each layer. Print the shapes of all "
    "parameters before you go on.",
    "`__call__`: `x @ w + b` for each layer, and `.relu()` after all but the last. If x is an "
    "array, make it a Tensor first.",
    "`train`: draw a permutation from rng for each epoch; slices of it, `batch` long, pick rows of "
    "x *and* y. zero_grad, loss, backward, step; add up loss times the number of rows.",
]


@test_case(
    name="the parameters",
    points=1,
    failure_message="Sizes (4, 3, 2) make w1 (4, 3), b1 (3,), w2 (3, 2), b2 (2,), in this order.",
)
def test_parameters(student):
    def probe(MLP, sizes, rng):
        parameters = MLP(sizes, rng).parameters()
        return [p.data.shape for p in parameters]

    shapes = student(probe, sizes=(4, 3, 2), rng=np.random.default_rng(0))
    assert_equal(shapes, [(4, 3), (3,), (3, 2), (2,)], what="shapes")


@test_case(
    name="the logits",
    points=1,
    failure_message="relu between the layers, none after the last. The biases count too.",
)
def test_logits(student):
    def probe(MLP, sizes, rng, x):
        model = MLP(sizes, rng)
        parameters = [p.data.copy() for p in model.parameters()]
        return parameters, model(x).data

    x = np.random.default_rng(1).standard_normal((6, 4))
    (w1, b1, w2, b2), out = student(probe, sizes=(4, 5, 3), rng=np.random.default_rng(2), x=x)
    assert_array(out, np.maximum(x @ w1 + b1, 0) @ w2 + b2, what="logits")


@test_case(
    name="every sample once in an epoch",
    points=1,
    failure_message="10 samples in batches of 4: three steps of 4, 4 and 2 samples, in an order "
    "that is drawn afresh.",
)
def test_batches(student):
    def probe(Tensor, train, x, y, rng):
        seen = []

        def model(batch):
            rows = batch.data if isinstance(batch, Tensor) else batch
            seen.append(rows[:, 0].tolist())
            return Tensor(rows, requires_grad=True)

        class Resting:
            def zero_grad(self):
                pass

            def step(self):
                pass

        train(model, x, y, Resting(), 2, 4, rng)
        return seen

    x = np.arange(30.0).reshape(10, 3)
    seen = student(probe, x=x, y=np.zeros(10, dtype=int), rng=np.random.default_rng(3))
    assert_equal([len(s) for s in seen], [4, 4, 2] * 2, what="sizes of the batches")
    first, second = np.concatenate(seen[:3]).tolist(), np.concatenate(seen[3:]).tolist()
    assert_equal(sorted(first), x[:, 0].tolist(), what="samples of the first epoch, sorted")
    expect(first != second, "both epochs have the same order")


@test_case(
    name="it learns",
    points=1,
    failure_message="Two clouds of points, far apart: the loss of the last epoch should be a small "
    "part of that of the first.",
)
def test_learns(student):
    def probe(MLP, train, x, y, rng):
        model = MLP((2, 8, 2), rng)

        class Steps:
            def zero_grad(self):
                for p in model.parameters():
                    p.grad = None

            def step(self):
                for p in model.parameters():
                    p.data = p.data - 0.1 * p.grad

        history = train(model, x, y, Steps(), 20, 16, rng)
        return [float(loss) for loss in history]

    rng = np.random.default_rng(4)
    y = rng.integers(0, 2, 100)
    x = rng.standard_normal((100, 2)) * 0.3 + 2 * y[:, None] - 1
    history = student(probe, x=x, y=y, rng=rng)
    assert_equal(len(history), 20, what="length of the history")
    expect(
        history[-1] < 0.3 * history[0],
        f"the loss should fall\ngot: {history[0]:.3f}, {history[1]:.3f}, …, {history[-1]:.3f}",
    )


@test_case(
    name="the gradients of one batch",
    points=1,
    failure_message="Old gradients are cleared before each walk, also those from before the call. "
    "batch = 0 is a ValueError.",
)
def test_gradients(student):
    def probe(Tensor, train, x, y, batch, rng):
        import numpy as np

        w = Tensor(np.zeros((2, 2)), requires_grad=True)
        w.grad = np.full((2, 2), 100.0)
        seen = []

        class Resting:
            def zero_grad(self):
                w.grad = None

            def step(self):
                seen.append(w.grad.copy())

        def model(rows):
            return (rows if isinstance(rows, Tensor) else Tensor(rows)) @ w

        train(model, x, y, Resting(), 2, batch, rng)
        return seen

    x, y = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([0, 1])
    seen = student(probe, x=x, y=y, batch=2, rng=np.random.default_rng(5))
    # p is (1/2, 1/2): the gradient is xᵀ (p - onehot) / 2. (Its size is a matter of q4.)
    for number, gradient in enumerate(seen, 1):
        size = max(abs(gradient).max(), 1e-9)
        expect(size < 50, f"the old gradient was not forgotten at step {number}")
        got = gradient / size
        assert_array(got, [[-0.5, 0.5], [1.0, -1.0]], what=f"gradient at step {number}, scaled")
    assert_raises(
        ValueError,
        student,
        probe,
        x=x,
        y=y,
        batch=0,
        rng=np.random.default_rng(5),
        mentions="batch",
    )
