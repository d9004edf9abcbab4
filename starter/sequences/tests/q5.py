"""Cross-entropy with padding, and teacher forcing."""

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    test_case,
)

OK_FORMAT = False
name = "q5"
points = 5
hints = [
    "Log-probabilities: subtract the maximum of the last axis, then the logarithm of the sum of "
    "exponentials. `np.take_along_axis(log_p, targets[..., None], axis=-1)` picks the targets.",
    "The gradient is softmax minus one-hot, divided by the number of places that count, and 0 at "
    "the others.",
    "`unroll`: `token = start`; in the loop call `step`, keep the scores, then choose the next "
    "token: the target, or `int(np.argmax(scores))`.",
]


@test_case(
    name="cross_entropy: the handout's example",
    points=1,
    failure_message="Probabilities 1/4 and 3/4: the loss is ln 4, the gradient softmax minus "
    "one-hot.",
)
def test_by_hand(cross_entropy):
    loss, dscores = cross_entropy(np.array([[0.0, np.log(3.0)]]), np.array([0]))
    assert_close(loss, np.log(4.0), what="loss")
    assert_array(dscores, [[-0.75, 0.75]], what="dscores")


@test_case(
    name="cross_entropy: a batch with padding",
    points=1,
    failure_message="The mean over the places that count: the sum of their losses divided by their "
    "number. Where a place does not count, its gradient is 0.",
)
def test_mask(cross_entropy):
    even = np.zeros((2, 3, 4))  # all four tokens alike: ln 4 at each place
    targets = np.array([[0, 1, 2], [3, 0, 0]])
    mask = np.array([[True, True, True], [True, False, False]])
    loss, dscores = cross_entropy(even, targets, mask)
    assert_close(loss, np.log(4.0), what="loss")
    one_hot = np.eye(4)[targets]
    expected = np.where(mask[..., None], (0.25 - one_hot) / 4, 0.0)
    assert_array(dscores, expected, what="dscores")


@test_case(
    name="cross_entropy: large scores, bad arguments",
    points=1,
    failure_message="Subtract the maximum first. A target that is no token, a mask of numbers, or "
    "one in which nothing counts: ValueError, with the argument's name in it.",
)
def test_edges(cross_entropy):
    loss, dscores = cross_entropy([[1000.0, 0.0], [-1000.0, 0.0]], [1, 0])
    assert_close(loss, 1000.0, what="loss")
    assert_array(dscores, [[0.5, -0.5], [-0.5, 0.5]], what="dscores")
    scores = np.zeros((2, 3))
    assert_raises(ValueError, cross_entropy, scores, [0, 3], mentions="targets")
    assert_raises(ValueError, cross_entropy, scores, [0, 1], np.ones(2), mentions="mask")
    assert_raises(ValueError, cross_entropy, scores, [0, 1], np.zeros(2, bool), mentions="mask")


def probe_unroll(unroll, start, targets, teacher):
    import numpy as np

    read = []

    def step(state, token):
        """Expects the token after the one it has read; the state counts the calls."""
        read.append(token)
        return np.eye(6)[(token + 1) % 6] + state, state + 1

    return unroll(step, 0, start, targets, teacher), read


@test_case(
    name="unroll: with a teacher",
    points=1,
    failure_message="It reads start, then every target but the last, whatever it has said; each "
    "call gets the state that the call before returned.",
)
def test_teacher(student):
    scores, read = student(probe_unroll, start=5, targets=[2, 2, 4], teacher=1.0)
    assert_equal([int(token) for token in read], [5, 2, 2], what="tokens that step was given")
    assert_array(scores, np.eye(6)[[0, 3, 3]] + [[0], [1], [2]], what="scores")


@test_case(
    name="unroll: free running",
    points=1,
    failure_message="Without a teacher each answer is read in the next step: the token with the "
    "largest score.",
)
def test_free(student):
    scores, read = student(probe_unroll, start=3, targets=[0, 0, 0, 0], teacher=0.0)
    assert_equal([int(token) for token in read], [3, 4, 5, 0], what="tokens that step was given")
    assert_array(scores, np.eye(6)[[4, 5, 0, 1]] + [[0], [1], [2], [3]], what="scores")
