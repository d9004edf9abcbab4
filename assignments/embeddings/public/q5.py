"""Skip-gram with negative sampling."""

import numpy as np

from autograder.checks import assert_array, assert_close, expect, test_case

OK_FORMAT = False
name = "q5"
points = 8.5
hints = [
    "Scores: `(v * u).sum(axis=1)` has shape (n,), `(v[:, None] * noise).sum(axis=2)` has shape "
    "(n, k). ln(1 + eˢ) is `np.logaddexp(0, s)`.",
    "σ(s) that never overflows: `np.exp(-np.logaddexp(0, -s))`. σ - 1 and σ multiply whole rows: "
    "give them a last axis with `[:, None]`.",
    "A batch: look up the rows, draw `rng.choice(V, size=(n, negatives), p=...)`, call sgns_loss, "
    "and let `np.add.at(vectors, i, -rate * dv)` add every step, also for words that repeat.",
]


def run(train_skipgram, start, seed, options):
    import numpy as np

    model = train_skipgram(rng=np.random.default_rng(seed), start=start, **options)
    return np.array(model.vectors), np.array(model.contexts), [float(x) for x in model.losses]


# Single precision on the way is accurate enough.
SINGLE = {"rtol": 1e-4, "atol": 1e-5}


@test_case(
    name="loss and gradients of the handout",
    points=2,
    failure_message="Scores ln 3 and 0: σ is 3/4 and 1/2. Loss -ln(3/4) - ln(1/2).",
)
def test_handout(sgns_loss):
    loss, dv, du, dnoise = sgns_loss([[1, 0]], [[np.log(3), 5]], [[[0, 1]]])
    assert_array(loss, [-np.log(3 / 4) - np.log(1 / 2)], what="loss")
    assert_array(dv, [[-np.log(3) / 4, -5 / 4 + 1 / 2]], what="dv")
    assert_array(du, [[-1 / 4, 0]], what="du")
    assert_array(dnoise, [[[1 / 2, 0]]], what="dnoise")


@test_case(
    name="scores of a thousand",
    points=1.5,
    failure_message="A score of -1000 has the loss 1000, and nothing overflows.",
)
def test_large(sgns_loss):
    v, u, noise = [[1.0], [1.0]], [[-1000.0], [1000.0]], [[[-1000.0]], [[1000.0]]]
    loss, dv, _, _ = sgns_loss(v, u, noise)
    assert_array(loss, [1000, 1000], what="loss")
    assert_array(dv, [[1000], [1000]], what="dv")


@test_case(
    name="one pair, one step",
    points=2,
    failure_message="The centre, the context and the noise word (word 2, the only one with weight) "
    "take one step down their gradients, at the full rate; word 3 stays.",
)
def test_step(student):
    vectors = np.array([[1.0, 0.0], [7.0, 7.0], [7.0, 7.0], [7.0, 7.0]])
    contexts = np.array([[7.0, 7.0], [np.log(3), 5.0], [0.0, 1.0], [7.0, 7.0]])
    options = {
        "centers": [0], "contexts": [1], "noise": [0, 0, 1, 0], "dim": 2, "negatives": 1, "lr": 0.1,
    }  # fmt: skip
    got, others, losses = student(run, start=(vectors, contexts), seed=0, options=options)
    vectors[0] -= 0.1 * np.array([-np.log(3) / 4, -0.75])
    contexts[1] -= 0.1 * np.array([-0.25, 0.0])
    contexts[2] -= 0.1 * np.array([0.5, 0.0])
    assert_array(got, vectors, what="vectors", **SINGLE)
    assert_array(others, contexts, what="contexts", **SINGLE)
    assert_close(losses[0], -np.log(3 / 8), what="losses[0]", rtol=1e-4)


@test_case(
    name="a word that repeats in a batch",
    points=1.5,
    failure_message="Four times the same pair: four times the step, for all gradients of a batch "
    "are taken before it and summed.",
)
def test_repeats(student):
    start = (np.array([[1.0], [0.0], [0.0]]), np.zeros((3, 1)))
    options = {
        "centers": [0] * 4, "contexts": [1] * 4, "noise": [0, 0, 1], "dim": 1, "negatives": 3,
        "lr": 0.1,
    }  # fmt: skip
    _, others, _ = student(run, start=start, seed=0, options=options)
    # σ(0) = 1/2: four steps of 0.1/2 up, twelve of 0.1/2 down.
    assert_array(others, [[0], [0.2], [-0.6]], what="contexts", **SINGLE)


@test_case(
    name="what belongs together",
    points=1.5,
    failure_message="Words 0 to 3 stand beside each other, and so do 4 to 7. After training the "
    "cosines within a group should be larger than those across, and the loss should have fallen.",
)
def test_groups(student):
    rng = np.random.default_rng(51)
    group = rng.integers(0, 2, 3000)
    centers, contexts = rng.integers(0, 4, 3000) + 4 * group, rng.integers(0, 4, 3000) + 4 * group
    options = {
        "centers": centers, "contexts": contexts, "noise": np.ones(8), "dim": 6, "epochs": 3,
        "batch": 50, "lr": 0.1,
    }  # fmt: skip
    vectors, _, losses = student(run, start=None, seed=1, options=options)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosine = unit @ unit.T
    expect(len(losses) == 3, f"{len(losses)} losses for three epochs")
    expect(bool(losses[2] < losses[0]), "the loss has not fallen")
    worst_inside = min(cosine[:4, :4].min(), cosine[4:, 4:].min())
    best_across = cosine[:4, 4:].max()
    expect(bool(worst_inside > best_across), f"inside {worst_inside:.2f}, across {best_across:.2f}")
