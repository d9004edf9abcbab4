"""Five optimisers, step by step."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q6 (hidden)"
points = 5


def walk(SGD, Momentum, AdaGrad, RMSProp, Adam, kind, options, starts, steps):
    """Run an optimiser on parameters that have nothing but data and grad."""
    import numpy as np

    class Parameter:
        def __init__(self, data):
            self.data, self.grad = np.array(data), None

    classes = {
        "SGD": SGD,
        "Momentum": Momentum,
        "AdaGrad": AdaGrad,
        "RMSProp": RMSProp,
        "Adam": Adam,
    }
    parameters = [Parameter(start) for start in starts]
    optimizer = classes[kind](parameters, **options)
    path = []
    for gradients in steps:
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = None if gradient is None else np.array(gradient)
        optimizer.step()
        path.append([p.data.copy() for p in parameters])
    last = [p.grad for p in parameters]
    optimizer.zero_grad()
    return path, last, [p.grad for p in parameters]


def expected(kind, start, gradients, lr, beta=0.9, eps=1e-8, beta1=0.9, beta2=0.999):
    """Where one parameter goes, by the formulas of the handout."""
    w, m, s, t, path = start.copy(), 0.0, 0.0, 0, []
    for g in gradients:
        if g is not None:
            t += 1
            if kind == "SGD":
                w = w - lr * g
            elif kind == "Momentum":
                m = beta * m + (1 - beta) * g
                w = w - lr * m
            elif kind == "Adam":
                m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
                m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
                w = w - lr * m_hat / (np.sqrt(s_hat) + eps)
            else:
                s = s + g**2 if kind == "AdaGrad" else beta * s + (1 - beta) * g**2
                w = w - lr * g / (np.sqrt(s) + eps)
        path.append(w)
    return path


OPTIONS = {
    "SGD": [{"lr": 0.3}],
    "Momentum": [{"lr": 0.3}, {"lr": 2.0, "beta": 0.5}],
    "AdaGrad": [{"lr": 0.3}, {"lr": 0.3, "eps": 0.5}],
    "RMSProp": [{"lr": 0.3}, {"lr": 0.3, "beta": 0.6, "eps": 0.5}],
    "Adam": [{"lr": 0.3}, {"lr": 0.3, "beta1": 0.6, "beta2": 0.8, "eps": 0.5}],
}


def check(student, kind):
    rng = np.random.default_rng(600)
    starts = [rng.standard_normal((3, 2)), rng.standard_normal(4), np.array(0.5)]
    steps = [[rng.standard_normal(w.shape) for w in starts] for _ in range(7)]
    steps[4] = [np.zeros(w.shape) for w in starts]  # no slope: averages fall, momentum goes on
    for options in OPTIONS[kind]:
        path, *_ = student(walk, kind=kind, options=options, starts=starts, steps=steps)
        for i, start in enumerate(starts):
            want = expected(kind, start, [step[i] for step in steps], **options)
            for number, (got, w) in enumerate(zip(path, want, strict=True), 1):
                label = f"{kind}: parameter {i} after step {number}"
                assert_array(got[i], w, rtol=1e-9, what=label)


@test_case(
    name="SGD and Momentum",
    points=1,
    hidden=True,
    failure_message="Several steps, several parameters, another beta: the velocity is an average, "
    "with 1 - beta in front of the gradient.",
)
def test_momentum(student):
    check(student, "SGD")
    check(student, "Momentum")


@test_case(
    name="AdaGrad and RMSProp",
    points=1,
    hidden=True,
    failure_message="Several steps, another beta and a large eps: AdaGrad adds up, RMSProp "
    "averages, eps stands outside the root.",
)
def test_scaled(student):
    check(student, "AdaGrad")
    check(student, "RMSProp")


@test_case(
    name="Adam",
    points=1,
    hidden=True,
    failure_message="Both averages are corrected with the power of the step, counted from 1, and "
    "stored uncorrected; eps stands outside the root.",
)
def test_adam(student):
    check(student, "Adam")


@test_case(
    name="parameters without a gradient",
    points=1,
    hidden=True,
    failure_message="A parameter whose grad is None stays where it is, whatever came before: no "
    "velocity carries it on. The others move as always. One that comes late, or again, counts its "
    "own steps only.",
)
def test_without_gradient(student):
    starts = [np.array([1.0, 2.0]), np.array([3.0]), np.array([4.0])]
    starts.append(np.array([5.0]))
    g, h = np.array([0.5, -1.0]), np.array([2.0])
    steps = [[g, h, None, None], [g, None, None, None], [-2 * g, None, None, h], [g, h, None, -h]]
    for kind in OPTIONS:
        options = {"lr": 0.1}
        path, *_ = student(walk, kind=kind, options=options, starts=starts, steps=steps)
        for i, start in enumerate(starts):
            want = expected(kind, start, [step[i] for step in steps], **options)
            for got, w in zip(path, want, strict=True):
                assert_array(got[i], w, what=f"{kind}: parameter {i}")


@test_case(
    name="gradients, zero_grad and lr",
    points=1,
    hidden=True,
    failure_message="A step leaves .grad as it is, zero_grad sets it to None for all parameters. "
    "lr must be positive, for each of the five.",
)
def test_rest(student):
    start, g = [np.array([1.0, 2.0]), np.array([3.0])], np.array([0.5, -1.0])
    for kind in OPTIONS:
        for count in (1, 3):
            _, last, cleared = student(
                walk, kind=kind, options={"lr": 0.1}, starts=start, steps=[[g, -g[:1]]] * count
            )
            label = f"{kind}: grad after step {count}"
            assert_array(last[0], g, rtol=0, atol=0, what=label)
            assert_array(last[1], -g[:1], rtol=0, atol=0, what=f"{label}, second parameter")
        assert_equal(cleared, [None, None], what=f"{kind}: grads after zero_grad")
        for lr in (0, -0.1):
            assert_raises(
                ValueError,
                student,
                walk,
                kind=kind,
                options={"lr": lr},
                starts=start,
                steps=[],
                mentions="lr",
            )
