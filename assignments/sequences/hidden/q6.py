"""Hidden states, against all paths, over long times and at the edges."""

import itertools

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_raises,
    assert_speed,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q6 (hidden)"
points = 7


def table(model, seen):
    """Every path (a row each), and its probability together with what was seen."""
    start, move, show = (np.asarray(each, dtype=float) for each in model)
    paths = np.array(list(itertools.product(range(len(start)), repeat=len(seen))))
    p = start[paths[:, 0]] * show[paths, seen].prod(axis=1)
    return paths, p * move[paths[:, :-1], paths[:, 1:]].prod(axis=1)


def random_model(seed, k, m, zeros=0.0):
    rng = np.random.default_rng(seed)
    tables = [rng.random(shape) + 0.05 for shape in ((k,), (k, k), (k, m))]
    for each in tables[1:]:
        each[rng.random(each.shape) < zeros] = 0.0
        each[each.sum(axis=1) == 0] = 1.0
    return [each / each.sum(axis=-1, keepdims=True) for each in tables]


def models():
    yield random_model(31, 2, 3), [0, 2, 1, 1, 0, 2]
    yield random_model(32, 3, 2), [1, 1, 0, 1, 0]
    yield random_model(33, 4, 5), [4, 0, 3, 2]
    yield random_model(34, 3, 3, zeros=0.4), [0, 2, 0, 0, 0]
    yield random_model(35, 1, 2), [0, 1, 1]
    yield random_model(36, 5, 2), [1]


def agree(got, model, seen):
    paths, p = table(model, seen)
    k, whole = len(model[0]), p.sum()
    states, transitions, log_likelihood = got
    at = paths[:, :, None] == np.arange(k)
    assert_array(states, np.einsum("p,ptk->tk", p / whole, at), dtype=np.float64, what="states")
    pairs = np.einsum("p,pti,ptj->ij", p / whole, at[:, :-1].astype(float), at[:, 1:])
    assert_array(transitions, pairs, dtype=np.float64, what="transitions")
    assert_close(log_likelihood, np.log(whole), what="log_likelihood")


@test_case(
    name="forward–backward",
    points=1.5,
    hidden=True,
    failure_message="Against all paths: one to five states, zeros in the tables, a single step "
    "(nothing is followed by anything), lists and arrays.",
)
def test_forward_backward(forward_backward):
    for model, seen in models():
        agree(forward_backward(*model, seen), model, seen)
        lists = [each.tolist() for each in model]
        agree(forward_backward(*lists, np.array(seen)), model, seen)
    rare = ([1, 0], [[1 - 1e-14, 1e-14], [0, 1]], [[1 - 1e-14, 1e-14], [0, 1]])
    states, _, log_likelihood = forward_backward(*rare, [0, 1])
    assert_array(states, [[1, 0], [0.5, 0.5]], rtol=1e-9, what="states of a rare transition")
    assert_close(log_likelihood, np.log(2e-14), what="log_likelihood of a rare transition")
    states, _, log_likelihood = forward_backward([0.5, 0.5], [[0, 1], [1, 0]], [[1], [1]], [0, 0])
    assert_array(states, np.full((2, 2), 0.5), what="states if there is one symbol only")
    assert_close(log_likelihood, 0.0, what="log_likelihood if there is one symbol only")
    single = [each.astype(np.float32) for each in random_model(34, 3, 3)]
    double, seen = [each.astype(float) for each in single], [0, 2, 1]
    agree(forward_backward(*single, np.array(seen, dtype=np.int32)), double, seen)
    certain = ([1, 0], [[0, 1], [1, 0]], [[1, 0], [0, 1]])
    states, transitions, log_likelihood = forward_backward(*certain, [0, 1, 0])
    assert_array(states, [[1, 0], [0, 1], [1, 0]], what="states of a certain model")
    assert_array(transitions, [[0, 1], [1, 0]], what="transitions of a certain model")
    assert_close(log_likelihood, 0.0, what="log_likelihood of a certain model")


def judge(got, model, seen):
    """The best probability, and a path that has it: of several best ones any."""
    paths, p = table(model, seen)
    path, log_probability = got
    assert_close(log_probability, np.log(p.max()), what="log_probability")
    assert_array(path, np.asarray(path), what="path")
    path = np.asarray(path)
    expect(path.shape == (len(seen),) and path.dtype.kind in "iu", "the path is T integers")
    known = np.flatnonzero((paths == path).all(axis=1))
    expect(len(known) == 1, "the path is made of states")
    assert_close(p[known[0]], p.max(), what="probability of the path")


@test_case(
    name="Viterbi",
    points=1.5,
    hidden=True,
    failure_message="Against all paths: one to five states, zeros in the tables, ties, a single "
    "step. The probability is that of path and observations together.",
)
def test_viterbi(viterbi, student):
    for model, seen in models():
        judge(viterbi(*model, seen), model, seen)
        lists = [each.tolist() for each in model]
        judge(viterbi(*lists, np.array(seen)), model, seen)

    def turned(viterbi, start, move, show, seen):
        import numpy as np

        return viterbi(start, np.asfortranarray(move), np.asfortranarray(show), seen)

    (start, move, show), seen = random_model(40, 3, 4), np.array([0, 3, 1, 2], dtype=np.uint8)
    got = student(turned, start=start, move=move, show=show, seen=seen)
    judge(got, (start, move, show), seen)
    rare = ([1, 0], [[1, 0], [0, 1]], [[1 - 1e-14, 1e-14], [0, 1]])
    judge(viterbi(*rare, [1, 0]), rare, [1, 0])
    tied = ([0.5, 0.5], [[0.5, 0.5], [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5]])
    judge(viterbi(*tied, [0, 1, 1]), tied, [0, 1, 1])


@test_case(
    name="thousands of steps",
    points=2,
    hidden=True,
    failure_message="Nothing underflows over five thousand steps, forward or backward; what is far "
    "away no longer matters, and the rows still add up to 1.",
)
def test_long(forward_backward, viterbi):
    model = random_model(37, 3, 4)
    seen = np.random.default_rng(38).integers(0, 4, 5000)
    states, transitions, log_likelihood = forward_backward(*model, seen)
    expect(isinstance(states, np.ndarray) and states.shape == (5000, 3), "states are (T, K)")
    # a sum of a few numbers, rounded in each of 5000 steps
    near = {"rtol": 1e-8, "atol": 1e-10}
    assert_array(states.sum(axis=1), np.ones(5000), what="sums of states", **near)
    assert_array(transitions.sum(axis=1), states[:-1].sum(axis=0), what="transitions", **near)
    assert_array(transitions.sum(axis=0), states[1:].sum(axis=0), what="transitions", **near)
    head, _, first = forward_backward(*model, seen[:200])
    assert_array(states[:150], head[:150], what="the first states", rtol=1e-6, atol=1e-8)
    # The whole is the chain rule: the rest begins where the first part ends.
    middle = head[199] @ model[1]
    *_, second = forward_backward(middle, *model[1:], seen[200:])
    assert_close(log_likelihood, first + second, rtol=1e-8, what="log_likelihood")

    path, log_probability = viterbi(*model, seen)
    expect(isinstance(path, np.ndarray) and path.shape == (5000,), "the path is T integers")
    with np.errstate(divide="ignore"):
        start, move, show = (np.log(each) for each in model)
    on_path = start[path[0]] + show[path, seen].sum() + move[path[:-1], path[1:]].sum()
    assert_close(log_probability, on_path, rtol=1e-8, what="log_probability")
    for state in range(3):  # no single state can be changed for a better one
        for t in range(1, 4999, 7):
            here = move[path[t - 1], path[t]] + show[path[t], seen[t]] + move[path[t], path[t + 1]]
            other = move[path[t - 1], state] + show[state, seen[t]] + move[state, path[t + 1]]
            expect(other < here + 1e-9, "another state would be more probable at one step")


@test_case(
    name="bad arguments, and arguments left alone",
    points=1,
    hidden=True,
    failure_message="ValueError: tables that do not fit; observations that are empty, no integers "
    "from 0 to M - 1, or impossible. Nothing that is passed in changes.",
)
def test_errors(forward_backward, viterbi):
    start, move, show = random_model(39, 2, 3)
    for function in (forward_backward, viterbi):
        for bad in ([], [0, 3], [-1, 0], [0.0, 1.0], [[0, 1]]):
            assert_raises(ValueError, function, start, move, show, bad, mentions="observations")
        never = np.array([[0.5, 0.5, 0.0], [0.5, 0.5, 0.0]])
        stuck = ([1.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
        for seen in ([2], [0, 2, 0], [0, 0, 2]):
            assert_raises(ValueError, function, start, move, never, seen, mentions="observations")
        for seen in ([1], [0, 1], [0, 0, 1, 0]):
            assert_raises(ValueError, function, *stuck, seen, mentions="observations")
        for bad in (np.ones((2, 3)) / 3, np.ones((3, 3)) / 3, np.ones(2) / 2):
            assert_raises(ValueError, function, start, bad, show, [0], mentions="transition")
        for bad in (np.ones((3, 3)) / 3, np.ones(3) / 3):
            assert_raises(ValueError, function, start, move, bad, [0], mentions="emission")
        given = [start.copy(), move.copy(), show.copy(), np.array([0, 2, 1])]
        kept = [each.copy() for each in given]
        function(*given)
        for after, before in zip(given, kept, strict=True):
            assert_array(after, before, rtol=0, atol=0, what="an argument after the call")


@test_case(
    name="Viterbi: no loop over states",
    points=1,
    hidden=True,
    failure_message="With 200 states one step is a maximum over a (200, 200) array, and not 40 000 "
    "additions in Python.",
)
def test_speed(student):
    def prepare(viterbi, start, move, show):
        return lambda seen: float(viterbi(start, move, show, seen)[1])

    start, move, show = random_model(40, 200, 10)
    rng = np.random.default_rng(41)

    def reference(seen):
        steps, logs = np.log(move), np.log(show)
        best = np.log(start) + logs[:, seen[0]]
        for symbol in seen[1:]:
            ways = best[:, None] + steps
            best = ways.max(axis=0) + logs[:, symbol]
            ways.argmax(axis=0)
        return float(best.max())

    run = student(prepare, start=start, move=move, show=show)
    # reference: 0.8; a loop over the states alone: 5; a loop over pairs: 50. The calls are long,
    # some ten milliseconds, so that waiting for a busy machine is a small part of them.
    assert_speed(
        run,
        reference,
        at_most=15,
        rounds=7,
        fresh=lambda: (rng.integers(0, 10, 150),),
        same=assert_close,
    )
