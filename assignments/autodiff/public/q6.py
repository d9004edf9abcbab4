"""Five optimisers."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q6"
points = 5
hints = [
    "Begin with `Optimizer.__init__`, `zero_grad` and `step`, and with SGD, whose direction is g "
    "itself. Then one method at a time, against the handout's table.",
    "A state that does not exist yet is 0: `state.get('v', 0.0)`. It belongs to one parameter, so "
    "keep one dict for each.",
    "Adam counts its steps from 1. m and s are stored uncorrected; only for the step they are "
    "divided by 1 - beta**t. eps is added to the root, not under it.",
]


def walk(SGD, Momentum, AdaGrad, RMSProp, Adam, kind, lr, start, gradients):
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
    parameter = Parameter(start)
    optimizer = classes[kind]([parameter], lr)
    path = []
    for gradient in gradients:
        parameter.grad = np.array(gradient)
        optimizer.step()
        path.append(parameter.data.copy())
    return path


EXPECTED = {
    "SGD": [0.7, 0.6],
    "Momentum": [0.97, 0.933],
    "AdaGrad": [0.9, 0.9 - 0.1 / np.sqrt(10)],
    "RMSProp": [1 - 0.3 / np.sqrt(0.9), 1 - 0.3 / np.sqrt(0.9) - 0.1 / np.sqrt(0.91)],
    "Adam": [0.9, 0.9 - 0.1 * (0.37 / 0.19) / np.sqrt(0.009991 / 0.001999)],
}


def check(student, kinds):
    for kind in kinds:
        path = student(walk, kind=kind, lr=0.1, start=[1.0], gradients=[[3.0], [1.0]])
        for number, (got, want) in enumerate(zip(path, EXPECTED[kind], strict=True), 1):
            # eps = 1e-8 shifts these by up to 1e-8.
            assert_array(got, [want], rtol=1e-7, what=f"{kind}: w after step {number}")


@test_case(
    name="SGD and Momentum, the handout's table",
    points=1,
    failure_message="g = 3, then g = 1, lr = 0.1, from w = 1. Momentum: v = 0.9·0 + 0.1·3 = 0.3.",
)
def test_momentum(student):
    check(student, ["SGD", "Momentum"])


@test_case(
    name="AdaGrad and RMSProp, the handout's table",
    points=1,
    failure_message="AdaGrad adds squares up, RMSProp averages them: s = 9, then 10; s = 0.9, then "
    "0.91.",
)
def test_scaled(student):
    check(student, ["AdaGrad", "RMSProp"])


@test_case(
    name="Adam, the handout's table",
    points=1,
    failure_message="Its first step has the length lr, whatever the gradient: with t = 1 the "
    "corrections undo the factors 1 - beta.",
)
def test_adam(student):
    check(student, ["Adam"])


@test_case(
    name="zero_grad, parameters without a gradient, and lr",
    points=1,
    failure_message="zero_grad sets .grad to None. step() passes over a parameter whose grad is "
    "None. lr = 0 is a ValueError.",
)
def test_zero_grad(student):
    def probe(SGD, lr):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data), None

        one, other = Parameter([1.0, 2.0]), Parameter([3.0])
        optimizer = SGD([one, other], lr)
        one.grad = np.array([10.0, 20.0])
        optimizer.step()
        moved = one.data.copy(), other.data.copy()
        optimizer.zero_grad()
        return *moved, one.grad, other.grad

    one, other, *grads = student(probe, lr=0.1)
    assert_array(one, [0.0, 0.0], what="the parameter with a gradient")
    assert_array(other, [3.0], what="the parameter without a gradient")
    assert_equal(grads, [None, None], what="grads after zero_grad")
    assert_raises(ValueError, student, probe, lr=0.0, mentions="lr")


@test_case(
    name="a parameter that comes late",
    points=1,
    failure_message="The second parameter has its first gradient at the third step. Its own t is 1 "
    "then, and Adam moves it by lr.",
)
def test_late(student):
    def probe(Adam):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data), None

        early, late = Parameter([1.0]), Parameter([5.0])
        optimizer = Adam([early, late], 0.1)
        for step in range(3):
            early.grad = np.array([1.0])
            late.grad = np.array([-3.0]) if step == 2 else None
            optimizer.step()
        return early.data, late.data

    early, late = student(probe)
    # eps = 1e-8 shifts these by up to 1e-8.
    assert_array(early, [0.7], rtol=1e-7, what="the parameter with three steps")
    assert_array(late, [5.1], rtol=1e-7, what="the parameter that came late")
