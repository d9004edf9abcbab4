"""The network and its training."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q7 (hidden)"
points = 5


def network(Tensor, MLP, sizes, rng, x, seed, wrap):
    model = MLP(sizes, rng)
    for i, p in enumerate(model.parameters()[1::2]):  # biases that matter, and no unit at 0
        p.data = p.data + 0.1 + 0.01 * i
    out = model(Tensor(x) if wrap else x)
    parameters = [p.data.copy() for p in model.parameters()]
    out.backward(seed)
    return parameters, out.data, [p.grad for p in model.parameters()]


def by_hand(parameters, x, seed):
    """Logits and the gradients of all parameters."""
    weights, biases, inputs = parameters[::2], parameters[1::2], [x]
    for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
        h = inputs[-1] @ w + b
        inputs.append(np.maximum(h, 0) if i < len(weights) - 1 else h)
    g, gradients = seed, []
    for i in range(len(weights) - 1, -1, -1):
        gradients = [inputs[i].T @ g, g.sum(0), *gradients]
        g = (g @ weights[i].T) * (inputs[i] > 0)
    return inputs[-1], gradients


@test_case(
    name="networks of one to four layers",
    points=1,
    hidden=True,
    failure_message="One layer has no relu; logits may be negative. An array and a Tensor give the "
    "same. The gradients of all parameters are those of the formulas.",
)
def test_network(student):
    rng = np.random.default_rng(701)
    for sizes in ((5, 3), (4, 6, 3), (3, 7, 5, 2), [2, 4, 4, 4, 1]):
        x, seed = rng.standard_normal((9, sizes[0])), rng.standard_normal((9, sizes[-1]))
        for wrap in (False, True):
            parameters, out, grads = student(
                network, sizes=sizes, rng=np.random.default_rng(7), x=x, seed=seed, wrap=wrap
            )
            assert_equal(len(parameters), 2 * len(sizes) - 2, what="number of parameters")
            logits, want = by_hand(parameters, x, seed)
            assert_array(out, logits, what="logits")
            for i, (got, expected) in enumerate(zip(grads, want, strict=True)):
                assert_array(got, expected, what=f"gradient of parameter {i}")


@test_case(
    name="weights come from rng",
    points=1,
    hidden=True,
    failure_message="The same generator makes the same network, another one another, and nothing "
    "but `rng` is asked. No two units begin alike; how large their weights are depends on the "
    "width of the layer below, and biases begin at 0.",
)
def test_weights(student):
    def probe(MLP, rng):
        import numpy as np

        np.random.seed(0)
        before = np.random.get_state()[1].tolist()
        weights = [p.data for p in MLP((6, 8, 8, 4), rng).parameters()][::2]
        untouched = np.random.get_state()[1].tolist() == before
        large = [p.data for p in MLP((200, 300, 40), rng).parameters()]
        return weights, untouched, large

    first, untouched, large = student(probe, rng=np.random.default_rng(1))
    expect(untouched, "NumPy's global random state was used")
    again, *_ = student(probe, rng=np.random.default_rng(1))
    other, *_ = student(probe, rng=np.random.default_rng(2))
    for a, b, c in zip(first, again, other, strict=True):
        assert_array(b, a, rtol=0, what="weights from the same rng")
        expect(not np.array_equal(a, c), "another rng gives the same weights")
        columns = {tuple(column) for column in a.T}
        assert_equal(len(columns), a.shape[1], what="number of different units")
    expect(not np.array_equal(first[1][:4], first[2].T[:, :8]), "two layers are the same")
    for n_in, w, b in ((200, *large[:2]), (300, *large[2:])):
        assert_array(b, np.zeros(w.shape[1]), rtol=0, what="biases at the beginning")
        # √(2/d), or as good without the 2; 12 000 weights and more: a standard error is 1 %.
        least, most = 0.95 * n_in**-0.5, 1.05 * (2 / n_in) ** 0.5
        expect(least < w.std() < most, "the weights' standard deviation is not √(2/d)")
        expect(abs(w.mean()) < 0.05 * most, "the mean of the weights is not 0")


def recorded(Tensor, train, x, y, epochs, batch, rng):
    """Train a model that answers with the rows themselves, and note what it was given."""
    seen = []

    def model(rows):
        rows = rows.data if isinstance(rows, Tensor) else rows
        seen.append(rows.copy())
        return Tensor(rows, requires_grad=True)

    class Resting:
        def zero_grad(self):
            pass

        def step(self):
            pass

    history = train(model, x, y, Resting(), epochs, batch, rng)
    assert type(history) is list, "the history is no list"
    return [float(loss) for loss in history], seen, x, y


@test_case(
    name="epochs, batches and the history",
    points=1,
    hidden=True,
    failure_message="Each epoch holds each sample once with its own label, in a new order from "
    "`rng`; what is left over is a smaller batch. The history is the mean over samples, measured "
    "before the step of their batch. x and y stay as they are.",
)
def test_history(student):
    rng = np.random.default_rng(703)
    x, y = 3 * rng.standard_normal((11, 4)), rng.integers(0, 4, 11)
    p = np.exp(x) / np.exp(x).sum(1, keepdims=True)
    mean = -np.log(p[np.arange(11), y]).mean()
    for batch, sizes in ((4, [4, 4, 3]), (11, [11]), (50, [11]), (10, [10, 1]), (1, [1] * 11)):
        orders = []
        for seed in (1, 1, 2):
            history, seen, x_after, y_after = student(
                recorded,
                x=x.copy(),
                y=y.copy(),
                epochs=3,
                batch=batch,
                rng=np.random.default_rng(seed),
            )
            assert_array(x_after, x, rtol=0, what="x after the call")
            assert_array(y_after, y, rtol=0, what="y after the call")
            assert_equal([len(s) for s in seen], sizes * 3, what="sizes of the batches")
            rows = np.concatenate(seen).reshape(3, 11, 4)
            for epoch in rows:
                in_order = epoch[np.argsort(epoch[:, 0])]
                want = x[np.argsort(x[:, 0])]
                assert_array(in_order, want, rtol=0, what="samples of an epoch, sorted")
            expect(not np.array_equal(rows[0], rows[1]), "two epochs have the same order")
            expect(not np.array_equal(rows[0], x), "the first epoch is not shuffled")
            assert_array(np.array(history), [mean] * 3, what="history")
            orders.append(rows)
        assert_array(orders[1], orders[0], rtol=0, what="order with the same rng")
        expect(not np.array_equal(orders[0], orders[2]), "another rng gives the same order")
    history, seen, _, _ = student(recorded, x=x, y=y, epochs=0, batch=4, rng=rng)
    assert_equal(history, [], what="history of 0 epochs")

    def moving(Tensor, train, x, y, rng):
        import numpy as np

        w = Tensor(np.zeros((1, 2)), requires_grad=True)

        class Steps:
            def zero_grad(self):
                w.grad = None

            def step(self):
                w.data = w.data + np.array([[1.0, 0.0]])

        def model(rows):
            return (rows if isinstance(rows, Tensor) else Tensor(rows)) @ w

        history = train(model, x, y, Steps(), 2, 2, rng)
        return [float(loss) for loss in history]

    ones = np.ones((4, 1))
    history = student(moving, x=ones, y=np.zeros(4, dtype=int), rng=rng)
    # Before its step a batch sees w = 0, 1, 2, 3: the loss is ln(1 + exp(-w)).
    before = np.log1p(np.exp(-np.arange(4.0)))
    want = [before[:2].mean(), before[2:].mean()]
    assert_array(np.array(history), want, what="history, measured before each step")


@test_case(
    name="gradients are those of one batch, errors",
    points=1,
    hidden=True,
    failure_message="Old gradients are forgotten before each backward pass, also those from before "
    "training. batch below 1, or x and y of different lengths: ValueError.",
)
def test_clearing(student):
    def probe(MLP, train, x, y, batch, rng):
        import numpy as np

        model = MLP((3, 4, 3), rng)
        parameters = model.parameters()
        for p in parameters:
            p.grad = np.full(p.data.shape, 100.0)
        seen = []

        class Resting:
            def zero_grad(self):
                for p in parameters:
                    p.grad = None

            def step(self):
                seen.append([p.grad.copy() for p in parameters])

        train(model, x, y, Resting(), 3, batch, rng)
        return seen

    rng = np.random.default_rng(704)
    x, y = rng.standard_normal((8, 3)), rng.integers(0, 3, 8)
    seen = student(probe, x=x, y=y, batch=8, rng=np.random.default_rng(1))
    assert_equal(len(seen), 3, what="number of steps")
    for number, gradients in enumerate(seen):
        for got, want in zip(gradients, seen[-1], strict=True):
            label = f"gradient at step {number + 1}, the same batch as at the last step"
            assert_array(got, want, rtol=1e-8, atol=1e-10, what=label)
        expect(max(abs(g).max() for g in gradients) < 50, "old gradients were not forgotten")
    for bad in ({"batch": 0}, {"y": y[:-1], "batch": 4}):
        given = {"x": x, "y": y, "rng": np.random.default_rng(1), **bad}
        assert_raises(ValueError, student, probe, **given)


@test_case(
    name="handwritten digits",
    points=1,
    hidden=True,
    failure_message="A network of two hidden layers should read at least 95 % of held-out digits "
    "after twelve epochs, and its loss should fall to a tenth on the way.",
)
def test_digits(student):
    from autograder import data

    def probe(MLP, train, x, y, x_test, epochs, batch, rng):
        import numpy as np

        model = MLP((64, 64, 64, 10), rng)
        parameters = model.parameters()
        averages = [[np.zeros(p.data.shape), np.zeros(p.data.shape)] for p in parameters]
        steps = epochs * -(-len(x) // batch)
        count = [0]

        class Adam:  # its rate falls to 0, so that the last step is a quiet one
            def zero_grad(self):
                for p in parameters:
                    p.grad = None

            def step(self):
                count[0] += 1
                rate = 0.006 * (1 - count[0] / (steps + 1))
                for p, average in zip(parameters, averages):
                    average[0] += 0.1 * (p.grad - average[0])
                    average[1] += 0.001 * (p.grad**2 - average[1])
                    m, s = average[0] / (1 - 0.9 ** count[0]), average[1] / (1 - 0.999 ** count[0])
                    p.data = p.data - rate * m / (np.sqrt(s) + 1e-8)

        history = train(model, x, y, Adam(), epochs, batch, rng)
        return [float(loss) for loss in history], model(x_test).data

    images, labels = data.digits()
    test = np.arange(len(images)) % 5 == 0
    given = {"x": images[~test] / 16, "y": labels[~test], "x_test": images[test] / 16}
    # Over seeds right answers reach 97.2 % with a standard deviation of 0.5 %, and have two tries.
    for seed in (705, 706):
        rng = np.random.default_rng(seed)
        history, logits = student(probe, **given, epochs=12, batch=64, rng=rng)
        right = float((logits.argmax(1) == labels[test]).mean())
        if right >= 0.95 and history[-1] < 0.1 * history[0]:
            return
    fell = f"the loss fell from {history[0]:g} to {history[-1]:g}"
    expect(False, f"{right:.1%} of the held-out digits are right; {fell}")
