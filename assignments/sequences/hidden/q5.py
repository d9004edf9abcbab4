"""Cross-entropy with padding, and teacher forcing, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q5 (hidden)"
points = 5


def right(scores, targets, counted):
    """Place by place, in long arithmetic."""
    scores, total, slopes = np.asarray(scores, dtype=np.longdouble), 0.0, np.zeros(scores.shape)
    places = [at for at in np.ndindex(targets.shape) if counted[at]]
    for at in places:
        e = np.exp(scores[at] - scores[at].max())
        p = e / e.sum()
        total += -np.log(p[targets[at]])
        slopes[at] = p / len(places)
        slopes[at][targets[at]] -= 1 / len(places)
    return float(total / len(places)), slopes


@test_case(
    name="cross_entropy",
    points=1,
    hidden=True,
    failure_message="Any number of axes in front, none at all, with and without a mask: the mean "
    "over the places that count, and its gradient.",
)
def test_values(cross_entropy):
    rng = np.random.default_rng(21)
    for lead in ((5,), (2, 3), (2, 1, 4), ()):
        scores = 3 * rng.normal(size=(*lead, 6))
        targets = np.asarray(rng.integers(0, 6, lead))
        some = np.asarray(rng.random(lead) < 0.6)
        some.flat[0] = True
        for mask in (None, some, np.ones(lead, dtype=bool)):
            loss, dscores = cross_entropy(scores, targets, mask)
            expected = right(scores, targets, np.ones(lead, bool) if mask is None else mask)
            assert_close(loss, expected[0], what="loss")
            expect(isinstance(loss, float), "the loss is a float")
            assert_array(dscores, expected[1], dtype=np.float64, what="dscores")


@test_case(
    name="cross_entropy: scores of any size, lists, arguments left alone",
    points=1,
    hidden=True,
    failure_message="Scores of a million either way, also where they do not count. Lists and "
    "integers are fine, float32 becomes float64. Nothing that is passed in changes.",
)
def test_sizes(cross_entropy, student):
    # far apart the loss is the difference itself
    loss, dscores = cross_entropy([[10**6, 0, -(10**6)], [0, 0, 0]], [2, 1], [True, False])
    assert_close(loss, 2e6, what="loss")
    assert_array(dscores, [[1.0, 0.0, -1.0], [0.0, 0.0, 0.0]], what="dscores")
    loss, dscores = cross_entropy([[-800, -800]], [1])
    assert_close(loss, np.log(2), what="loss")
    assert_array(dscores, [[0.5, -0.5]], what="dscores")
    loss, dscores = cross_entropy([[1e6, -1e6], [1.0, 1.0]], [1, 0], [False, True])
    assert_close(loss, np.log(2), what="loss where the large ones do not count")
    assert_array(dscores, [[0.0, 0.0], [-0.5, 0.5]], what="dscores")
    single = np.float32([[0.1, 0.7, -0.3], [2.2, 0.0, 1.1]])
    loss, dscores = cross_entropy(single, [1, 2])
    expected = right(single, np.array([1, 2]), np.ones(2, dtype=bool))
    assert_close(loss, expected[0], what="loss of single precision")
    assert_array(dscores, expected[1], dtype=np.float64, what="dscores of single precision")
    for kind in (np.int32, np.uint8):
        assert_close(cross_entropy(single, np.array([1, 2], dtype=kind))[0], expected[0])
    loss, dscores = cross_entropy([[3.0], [4.0]], [0, 0])
    assert_close(loss, 0.0, what="loss if there is one token only")
    assert_array(dscores, [[0.0], [0.0]], what="dscores if there is one token only")

    def twice(cross_entropy, scores, targets):
        import numpy as np

        _, first = cross_entropy(np.asfortranarray(scores), targets)
        cross_entropy(-scores, targets)
        return first

    scores = np.random.default_rng(25).normal(size=(4, 3))
    targets = np.array([0, 2, 1, 1])
    first = student(twice, scores=scores, targets=targets)
    expected = right(scores, targets, np.ones(4, dtype=bool))
    assert_array(first, expected[1], what="the first dscores, after another call")
    given = np.arange(6.0).reshape(2, 3), np.array([2, 0]), np.array([True, False])
    copies = [array.copy() for array in given]
    cross_entropy(*given)
    for after, before, what in zip(given, copies, ("scores", "targets", "mask"), strict=True):
        assert_array(after, before, rtol=0, what=f"{what} after the call")


@test_case(
    name="cross_entropy: bad arguments",
    points=1,
    hidden=True,
    failure_message="Targets below 0, above V - 1, of another shape, or no integers, also where "
    "they are masked; a mask of numbers, of another shape, or with nothing that counts: "
    "ValueError.",
)
def test_errors(cross_entropy):
    scores = np.zeros((2, 3))
    for targets in ([0, -1], [3, 0], [0], [[0, 1]], [0.0, 1.0], 1):
        assert_raises(ValueError, cross_entropy, scores, targets, mentions="targets")
    for masked in ([5, 0], [-1, 0]):
        hidden = [False, True]
        assert_raises(ValueError, cross_entropy, scores, masked, hidden, mentions="targets")
    for mask in ([1, 0], [True], [[True, True]], [False, False], [1.0, 1.0]):
        assert_raises(ValueError, cross_entropy, scores, [0, 1], mask, mentions="mask")


def probe_run(unroll, table, start, targets, options):
    """A decoder that looks the scores up; its state is the list of all that it has read."""
    import numpy as np

    kinds = set()

    def step(state, token):
        kinds.add(type(token).__name__)
        return list(table[token]), [*state, token]

    states = []

    def watched(state, token):
        scores, after = step(state, token)
        states.append(after)
        return scores, after

    if "seed" in options:
        options = dict(options)
        options["rng"] = np.random.default_rng(options.pop("seed"))
    scores = unroll(watched, [], start, targets, **options)
    return scores, states[-1], len(states), sorted(kinds)


@test_case(
    name="unroll: both ends",
    points=1,
    hidden=True,
    failure_message="With a teacher, the default, and without: which token is read at each step, "
    "as an int; of equal scores the first; one call for each target, states handed on. No random "
    "numbers are needed.",
)
def test_ends(student):
    table = np.random.default_rng(22).normal(size=(5, 5))
    table[3] = [0.0, 2.0, 2.0, 1.0, 2.0]  # equal scores
    table[1, 3] = 9.0
    targets = [4, 1, 1, 3, 0, 2]
    forced, free = [2, *targets[:-1]], [3]
    for _ in targets[1:]:
        free.append(int(np.flatnonzero(table[free[-1]] == table[free[-1]].max())[0]))
    for options, start, expected in (
        ({}, 2, forced),
        ({"teacher": 1}, 2, forced),
        ({"teacher": 0}, 3, free),
    ):
        for given in (targets, np.array(targets), tuple(targets)):
            got = student(probe_run, table=table, start=start, targets=given, options=options)
            scores, read, calls, kinds = got
            assert_array(scores, table[expected], dtype=np.float64, what="scores")
            assert_equal(read, expected, what="tokens that step was given")
            assert_equal(calls, len(targets), what="number of calls of step")
            assert_equal(kinds, ["int"], what="kinds of tokens")

    def reusing(unroll, table, start, targets):
        import numpy as np

        scores = np.zeros(table.shape[1])

        def step(state, token):
            scores[:] = table[token]
            return scores, state

        return unroll(step, None, start, targets)

    got = student(reusing, table=table, start=2, targets=targets)
    assert_array(got, table[forced], what="scores, where step returns the same array each time")
    got = student(probe_run, table=table, start=1, targets=[2], options={"teacher": 0.0})
    assert_array(got[0], table[[1]], what="scores for one target")


@test_case(
    name="unroll: in between",
    points=1,
    hidden=True,
    failure_message="With teacher = 0.3 three of ten tokens are targets, chosen anew at each step "
    "and by `rng` alone. ValueError where teacher is no probability.",
)
def test_between(student):
    table = np.zeros((3, 3))
    table[:, 1] = 1.0  # it always says 1; the targets are all 2
    n = 1500
    run = {"table": table, "start": 0, "targets": [2] * n}
    for teacher in (0.3, 0.8):
        options = {"teacher": teacher, "seed": 23}
        _, read, _, _ = student(probe_run, **run, options=options)
        forced = np.array(read[1:]) == 2
        expect(len(forced) == n - 1, "step is called once for each target")
        # five standard deviations of a share of 1500 independent choices, and of repeats
        bound = 5 * np.sqrt(0.25 / n)
        share = float(forced.mean())
        expect(abs(share - teacher) < bound, f"a share of {share:.3f} were targets")
        both = float((forced[1:] & forced[:-1]).mean())
        expect(abs(both - teacher**2) < 2 * bound, f"{both:.3f} came twice in a row")
        _, again, _, _ = student(probe_run, **run, options=options)
        assert_equal(again, read, what="the same with the same rng")
        _, other, _, _ = student(probe_run, **run, options=options | {"seed": 24})
        expect(other != read, "another rng makes other choices")
    run["targets"] = [2, 2]
    for teacher in (-0.1, 1.5):
        options = {"teacher": teacher, "seed": 1}
        assert_raises(ValueError, student, probe_run, **run, options=options, mentions="teacher")
