"""Hidden states, and two ways to read them."""

from itertools import pairwise, product

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q6"
points = 7
hints = [
    "`emission[:, observations].T` has one row of K numbers for each step. The forward step is "
    "`alpha = alpha @ transition * shown[t]`, then divide by its sum and keep the sum.",
    "Backward: `beta = transition @ (shown[t] * beta) / sums[t]` takes beta from step t to t - 1. "
    "forward[t] * beta is the answer for step t; for two neighbours multiply in the transition.",
    "Viterbi: `ways = best[:, None] + np.log(transition)` has the axes (from, to). "
    "`ways.max(axis=0)` is the new best, `ways.argmax(axis=0)` the way back.",
]

FAIR, LOADED = [0.5, 0.5], [0.75, 0.25]
COINS = ([0.5, 0.5], [[0.75, 0.25], [0.25, 0.75]], [FAIR, LOADED])


def all_paths(initial, transition, emission, seen):
    """Every path with its probability, together with the observations."""
    for path in product(range(len(initial)), repeat=len(seen)):
        p = initial[path[0]] * emission[path[0]][seen[0]]
        for t in range(1, len(seen)):
            p *= transition[path[t - 1]][path[t]] * emission[path[t]][seen[t]]
        yield path, p


@test_case(
    name="forward: how probable is what was seen?",
    points=1,
    failure_message="All eight paths of the handout together have 582/4096; the third result is "
    "its natural logarithm.",
)
def test_likelihood(forward_backward):
    *_, log_likelihood = forward_backward(*COINS, [0, 0, 1])
    assert_close(log_likelihood, np.log(582 / 4096), what="log_likelihood")
    *_, one = forward_backward(*COINS, [0])
    assert_close(one, np.log(0.625), what="log_likelihood of one step")


@test_case(
    name="forward–backward: the states",
    points=1,
    failure_message="Given all three observations the last coin is fair with 348/582. Each row "
    "adds up to 1.",
)
def test_states(forward_backward):
    states, *_ = forward_backward(*COINS, [0, 0, 1])
    fair = np.array([144 + 24 + 24 + 36, 144 + 24 + 72 + 12, 144 + 24 + 72 + 108]) / 582
    assert_array(states, np.stack([fair, 1 - fair], axis=1), what="states")


@test_case(
    name="forward–backward: the transitions",
    points=1,
    failure_message="At [i, j] the sum, over the steps but the last, of the probability that i is "
    "followed by j. All together are T - 1.",
)
def test_transitions(forward_backward):
    seen = [1, 0, 0, 1]
    expected, whole = np.zeros((2, 2)), 0.0
    for path, p in all_paths(*COINS, seen):
        whole += p
        for before, after in pairwise(path):
            expected[before, after] += p
    _, transitions, _ = forward_backward(*COINS, seen)
    assert_array(transitions, expected / whole, what="transitions")


@test_case(
    name="Viterbi: the handout's example",
    points=1,
    failure_message="The loaded coin three times, with 162/4096, though the last one alone is more "
    "probably fair.",
)
def test_viterbi(viterbi):
    path, log_probability = viterbi(*COINS, [0, 0, 1])
    assert_array(path, [1, 1, 1], what="path")
    assert_close(log_probability, np.log(162 / 4096), what="log_probability")


@test_case(
    name="Viterbi: three states, all paths",
    points=2,
    failure_message="The best of all 243 paths. Rows of `transition` are where one comes from.",
)
def test_brute_force(viterbi):
    rng = np.random.default_rng(1)
    model = rng.dirichlet([1, 1, 1]), rng.dirichlet([1] * 3, 3), rng.dirichlet([1] * 4, 3)
    for seen in ([0, 3, 1, 2, 2], [2]):
        best, p = max(all_paths(*model, seen), key=lambda pair: pair[1])
        path, log_probability = viterbi(*model, seen)
        assert_array(path, best, what="path")
        assert_close(log_probability, np.log(p), what="log_probability")


@test_case(
    name="both: long sequences, bad observations",
    points=1,
    failure_message="0.5 to the power of 3000 is no number of a computer: logarithms, or a "
    "division at each step. A symbol that does not exist: ValueError with `observations` in it.",
)
def test_long(forward_backward, viterbi):
    seen = [0, 1] * 1500
    one = ([1.0], [[1.0]], [[0.5, 0.5]])
    states, _, log_likelihood = forward_backward(*one, seen)
    assert_close(log_likelihood, 3000 * np.log(0.5), what="log_likelihood")
    expect(np.isfinite(states).all(), "some states are not finite")
    _, log_probability = viterbi(*one, seen)
    assert_close(log_probability, 3000 * np.log(0.5), what="log_probability")
    for function in (forward_backward, viterbi):
        for bad in ([], [0, 2], [-1]):
            assert_raises(ValueError, function, *one, bad, mentions="observations")
