"""Skip-gram with negative sampling: fresh inputs."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_raises, expect, test_case

OK_FORMAT = False
name = "q5 (hidden)"
points = 7.5

# Single precision on the way is accurate enough.
LOOSE = {"rtol": 2e-4, "atol": 2e-5}


def trained(train_skipgram, given, seed, more):
    import numpy as np

    result = train_skipgram(start=given, rng=np.random.default_rng(seed), **more)
    kinds = [result.vectors.dtype.name, result.contexts.dtype.name, type(result.losses).__name__]
    tables = np.array(result.vectors), np.array(result.contexts)
    return *tables, [float(loss) for loss in result.losses], kinds


def sigmoid(s):
    return 1 / (1 + np.exp(-s))


def descend(vectors, contexts, batches, word, negatives, lr):
    """Known batches of pairs, one known noise word: the rule of the handout, pair by pair."""
    vectors, contexts, losses = vectors.copy(), contexts.copy(), []
    for b, batch in enumerate(batches):
        rate = lr * (1 - b / len(batches))
        dv, du, loss = np.zeros_like(vectors), np.zeros_like(contexts), 0.0
        for i, j in batch:
            seen, drawn = vectors[i] @ contexts[j], vectors[i] @ contexts[word]
            loss += np.log(1 + np.exp(-seen)) + negatives * np.log(1 + np.exp(drawn))
            dv[i] += (sigmoid(seen) - 1) * contexts[j] + negatives * sigmoid(drawn) * contexts[word]
            du[j] += (sigmoid(seen) - 1) * vectors[i]
            du[word] += negatives * sigmoid(drawn) * vectors[i]
        vectors, contexts = vectors - rate * dv, contexts - rate * du
        losses.append(loss)
    after = vectors, contexts
    return *after, losses


@test_case(
    name="losses and gradients of many pairs",
    points=1.5,
    hidden=True,
    failure_message="Compare your gradients with differences of the loss. One loss per pair; each "
    "noise vector has a gradient of its own. The arguments stay as they are.",
)
def test_gradients(sgns_loss):
    rng = np.random.default_rng(52)
    for n, k, d in ((5, 4, 3), (1, 1, 1), (7, 2, 6), (3, 8, 2)):
        v, u, noise = (rng.standard_normal(s) for s in ((n, d), (n, d), (n, k, d)))
        before = v.copy(), u.copy(), noise.copy()
        single = sgns_loss(*(part.astype(np.float32) for part in before))
        got = sgns_loss(v, u, noise)
        for part, want, what in zip(single, got, ("loss", "dv", "du", "dnoise"), strict=True):
            # the arguments have seven digits
            assert_array(
                part, want, rtol=1e-4, atol=1e-5, dtype=np.float64, what=f"{what} of float32"
            )
        seen, drawn = (v * u).sum(axis=1), (v[:, None] * noise).sum(axis=2)
        assert_array(
            got[0], -np.log(sigmoid(seen)) - np.log(sigmoid(-drawn)).sum(axis=1), what="loss"
        )
        pull, push = (sigmoid(seen) - 1)[:, None], sigmoid(drawn)[:, :, None]
        assert_array(got[1], pull * u + (push * noise).sum(axis=1), what="dv")
        assert_array(got[2], pull * v, what="du")
        assert_array(got[3], push * v[:, None], what="dnoise")
        for now, was, what in zip((v, u, noise), before, ("v", "u", "noise"), strict=True):
            assert_array(now, was, what=f"{what} after the call")


@test_case(
    name="scores far from zero",
    points=0.5,
    hidden=True,
    failure_message="For scores of ±1000 losses are 0 or 1000, and slopes 0 or 1.",
)
def test_far(sgns_loss):
    v = np.array([[10.0, 0.0], [0.0, 10.0]])
    u = np.array([[-100.0, 1.0], [2.0, 100.0]])
    noise = np.array([[[100.0, 1.0], [-100.0, 2.0]], [[3.0, -100.0], [4.0, 100.0]]])
    loss, dv, du, dnoise = sgns_loss(v, u, noise)
    assert_array(loss, [2000.0, 1000.0], what="loss")
    assert_array(dv, [[200.0, 0.0], [4.0, 100.0]], what="dv")
    assert_array(du, [[-10.0, 0.0], [0.0, 0.0]], what="du")
    assert_array(dnoise, [[[10.0, 0], [0, 0]], [[0, 0], [0, 10.0]]], what="dnoise")


@test_case(
    name="steps of whole batches",
    points=1.5,
    hidden=True,
    failure_message="Gradients are summed over a batch and taken before its step; the last batch "
    "of an epoch may be smaller; the rate falls by the same amount with every batch of all epochs.",
)
def test_steps(student):
    rng = np.random.default_rng(53)
    start = rng.standard_normal((6, 3)), rng.standard_normal((6, 3))
    before = start[0].copy(), start[1].copy()
    # All pairs in one batch, or all pairs alike: then their order makes no difference.
    pairs = [(0, 1), (2, 1), (0, 3), (4, 0), (0, 1)]
    alike = [(2, 4)] * 7
    one = student(
        trained,
        given=(np.array([[0.5]]), np.array([[2.0]])),
        seed=0,
        more={
            "centers": (0, 0), "contexts": (0, 0), "noise": [4], "dim": 1, "negatives": 1,
            "batch": 2, "lr": 0.1,
        },
    )  # fmt: skip
    want = descend(np.array([[0.5]]), np.array([[2.0]]), [[(0, 0)] * 2], 0, 1, 0.1)
    assert_array(one[0], want[0], what="vectors of a single word", **LOOSE)
    assert_array(one[1], want[1], what="contexts of a single word", **LOOSE)
    cases = (
        (pairs, [pairs], 1, 5), (pairs, [pairs] * 3, 3, 256),
        (alike, [alike[:3], alike[:3], alike[:1]] * 2, 2, 3),
    )  # fmt: skip
    for used, batches, epochs, size in cases:
        vectors, contexts, losses = descend(*start, batches, 5, 2, 0.2)
        centers, others = (list(part) for part in zip(*used, strict=True))
        more = {
            "centers": centers, "contexts": others, "noise": [0, 0, 0, 0, 0, 3.5], "dim": 3,
            "negatives": 2, "epochs": epochs, "batch": size, "lr": 0.2,
        }  # fmt: skip
        single = {
            **more,
            "centers": np.array(centers, np.int32),
            "contexts": np.array(others, np.uint8),
        }
        halves = tuple(part.astype(np.float32) for part in start)
        got = student(trained, given=halves, seed=3, more=single)
        assert_array(got[0], vectors, what="vectors, begun in single precision", **LOOSE)
        expect(got[3] == ["float64", "float64", "list"], f"float64 arrays and a list, not {got[3]}")
        got = student(trained, given=start, seed=3, more=more)
        assert_array(got[0], vectors, what="vectors", **LOOSE)
        assert_array(got[1], contexts, what="contexts", **LOOSE)
        want = np.reshape(losses, (epochs, -1)).sum(axis=1) / len(used)
        assert_array(np.array(got[2]), want, what="losses", rtol=1e-4)
        expect(got[3] == ["float64", "float64", "list"], f"float64 arrays and a list, not {got[3]}")
    assert_array(start[0], before[0], what="the caller's vectors after the call")
    assert_array(start[1], before[1], what="the caller's contexts after the call")


@test_case(
    name="in a new order each time",
    points=1.5,
    hidden=True,
    failure_message="Each epoch takes every pair once, in an order drawn from `rng`. The same "
    "state of `rng` gives the same result, another state another one.",
)
def test_order(student):
    # From contexts of zeros a context moves by half of the rate at which its pair came up.
    start = np.ones((13, 1)), np.zeros((13, 1))
    more = {
        "centers": list(range(6)), "contexts": list(range(6, 12)), "noise": [0] * 12 + [1],
        "dim": 1, "batch": 1, "lr": 1e-3,
    }  # fmt: skip
    orders = []
    for seed in (0, 1, 2, 3, 0):
        _, contexts, _, _ = student(trained, given=start, seed=seed, more=more)
        rates = 2e3 * contexts[6:12, 0]
        # The noise word lowers nothing but itself; centres move by a thousandth.
        assert_array(np.sort(rates), np.arange(1, 7) / 6, rtol=0.01, what="rates, sorted")
        orders.append(np.argsort(-rates).tolist())
    expect(orders[0] == orders[4], "the same seed gives another order")
    expect(len({tuple(order) for order in orders}) > 1, "the order is the same for every seed")
    # Two epochs: a second one in the same order, or in the opposite one, gives these rates.
    again, backwards = np.sort(18 - 2 * np.arange(6)) / 12, np.full(6, 13 / 12)
    fresh = []
    for seed in (5, 6):
        more = {**more, "epochs": 2}
        _, contexts, _, _ = student(trained, given=start, seed=seed, more=more)
        rates = np.sort(2e3 * contexts[6:12, 0])
        assert_close(
            rates.sum(), np.arange(1, 13).sum() / 12, rtol=0.01, what="rates of two epochs"
        )
        known = (np.abs(rates - pattern).max() < 0.03 for pattern in (again, backwards))
        fresh.append(not any(known))
    # By chance one of two orders is like that in one of 360 runs; both, in one of 130 000.
    expect(any(fresh), "the second epoch has the order of the first, or the opposite one")


@test_case(
    name="fresh vectors and drawn noise",
    points=1,
    hidden=True,
    failure_message="Vectors begin uniform in ±1/(2d), drawn from `rng`, contexts at 0. Noise "
    "words are drawn with the given weights, `negatives` for each pair, one of weight 0 never.",
)
def test_drawn(student):
    more = {
        "centers": [0], "contexts": [1], "noise": np.ones(400), "dim": 5, "lr": 1e-12,
    }  # fmt: skip
    vectors, contexts, losses, _ = student(trained, given=None, seed=6, more=more)
    expect(bool(np.abs(vectors).max() <= 0.1 + 1e-6), "an entry outside ±1/(2d)")
    # 2 000 uniform numbers: the largest is below 0.098 with a probability of e^-20 at most.
    expect(bool(vectors.max() > 0.098 and vectors.min() < -0.098), "entries do not reach ±1/(2d)")
    # Their standard deviation is 0.1/√3, uncertain by about 1 %.
    assert_close(vectors.std(), 0.1 / 3**0.5, rtol=0.08, what="spread of the vectors")
    assert_array(contexts, np.zeros((400, 5)), atol=1e-9, what="contexts")
    assert_close(losses[0], 6 * np.log(2), rtol=1e-5, what="loss of contexts of zeros")
    again, _, _, _ = student(trained, given=None, seed=6, more=more)
    other, _, _, _ = student(trained, given=None, seed=8, more=more)
    assert_array(again, vectors, atol=1e-9, what="first vectors for the same state of `rng`")
    expect(bool(np.abs(other - vectors).max() > 1e-3), "another state has the same first vectors")
    start = np.ones((6, 1)), np.zeros((6, 1))
    more = {
        "centers": [0] * 3000, "contexts": [1] * 3000, "noise": [0, 0, 12, 6, 2, 0], "dim": 1,
        "batch": 10, "lr": 1e-6, "negatives": 5,
    }  # fmt: skip
    _, contexts, _, _ = student(trained, given=start, seed=7, more=more)
    drawn = -contexts[2:5, 0]
    # The sum of the rates is (300 + 1)/2 · 10⁻⁶ times 10 pairs, half of it per noise word.
    assert_close(
        drawn.sum(), 301 / 2 * 1e-6 * 10 * 5 / 2, rtol=1e-2, what="steps of all noise words"
    )
    # 1 500 independent draws at least: shares are uncertain by 0.015.
    assert_array(
        drawn / drawn.sum(), [0.6, 0.3, 0.1], rtol=0, atol=0.08, what="shares of the noise"
    )
    assert_array(contexts[[0, 5]], [[0], [0]], atol=1e-15, what="contexts of words of weight 0")


@test_case(
    name="arguments that cannot be used",
    points=1.5,
    hidden=True,
    failure_message="ValueError that names the argument: shapes that do not fit, numbers of words "
    "outside 0 … V - 1, nothing to learn from, counts below 1, a rate that is not positive.",
)
def test_errors(sgns_loss, student):
    v = np.ones((2, 3))
    for u in (np.ones((2, 4)), np.ones((3, 3)), np.ones((1, 3)), np.ones(3)):
        assert_raises(ValueError, sgns_loss, v, u, np.ones((2, 5, 3)), mentions="u")
    for shape in ((2, 3), (3, 5, 3), (1, 5, 3), (2, 5, 4), (3,)):
        noise = np.ones(shape)
        assert_raises(ValueError, sgns_loss, v, v, noise, mentions="noise")
    # What einsum stretches to fit: one centre for two contexts, vectors of one number.
    assert_raises(ValueError, sgns_loss, v[:1], v, np.ones((1, 5, 3)), mentions="u")
    assert_raises(ValueError, sgns_loss, v[:, :1], v, np.ones((2, 5, 1)), mentions="u")

    def attempt(train_skipgram, given, changed):
        import numpy as np

        more = {"centers": [0, 1], "contexts": [1, 2], "noise": [1, 1, 1], "dim": 2, **changed}
        train_skipgram(start=given, rng=np.random.default_rng(0), **more)

    student(attempt, given=None, changed={})
    bad = [
        ({"centers": [0]}, ""), ({"centers": [], "contexts": []}, ""),
        ({"centers": [0, 3]}, "centers"), ({"centers": [-1, 0]}, "centers"),
        ({"contexts": [3, 0]}, "contexts"), ({"contexts": [0, -1]}, "contexts"),
        ({"centers": [7, 0]}, "centers"), ({"contexts": [0, 9]}, "contexts"),
        ({"noise": [2, -1, 2]}, "noise"), ({"noise": [0, 0, 0]}, "noise"),
        ({"dim": 0}, "dim"), ({"negatives": 0}, "negatives"), ({"epochs": 0}, "epochs"),
        ({"batch": 0}, "batch"), ({"lr": 0.0}, "lr"), ({"lr": -0.1}, "lr"),
    ]  # fmt: skip
    for changed, mentions in bad:
        assert_raises(ValueError, student, attempt, given=None, changed=changed, mentions=mentions)
    for shapes in (((3, 3), (3, 3)), ((3, 2), (2, 2)), ((4, 2), (3, 2)), ((2, 2), (3, 2))):
        given = tuple(np.zeros(shape) for shape in shapes)
        assert_raises(ValueError, student, attempt, given=given, changed={}, mentions="start")
