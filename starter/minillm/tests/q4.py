"""Batches and the learning rate."""

from autograder.checks import assert_close, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q4"
points = 4
hints = [
    "Draw the starts first: one random number per window, below len(ids) − block_size. Which is "
    "the last start that still has a target at its end?",
    "starts of shape (batch, 1) plus `torch.arange(block_size)` gives all places at once, shape "
    "(batch, block); the targets are at those places + 1.",
    "`learning_rate`: three cases. step < warmup: max_lr * (step + 1) / (warmup + 1). step >= "
    "total: min_lr. Between them the cosine of the handout.",
]


def probe_batch(get_batch, ids, block, batch, seed):
    import torch

    inputs, targets = get_batch(ids, block, batch, torch.Generator().manual_seed(seed))
    return inputs.tolist(), targets.tolist(), str(inputs.dtype), str(targets.dtype)


@test_case(
    name="targets are one token further on",
    points=1.5,
    failure_message="From [10, 11, 12, 13, 14] with block 3: inputs [10, 11, 12] have targets "
    "[11, 12, 13]; inputs [11, 12, 13] have targets [12, 13, 14].",
)
def test_shift(student):
    inputs, targets, *dtypes = student(
        probe_batch, ids=[10, 11, 12, 13, 14], block=3, batch=6, seed=0
    )
    assert_equal(dtypes, ["torch.int64", "torch.int64"], what="dtypes")
    assert_equal([len(inputs), len(targets)], [6, 6], what="number of windows")
    for x, y in zip(inputs, targets, strict=True):
        expect(x in ([10, 11, 12], [11, 12, 13]), f"{x} is not a window of the text")
        assert_equal(y, [i + 1 for i in x], what=f"targets of the inputs {x}")


@test_case(
    name="a text that is too short",
    points=0.5,
    failure_message="A window of 3 tokens needs 4: the last one needs a target.",
)
def test_short(student):
    assert_raises(ValueError, student, probe_batch, ids=[1, 2, 3], block=3, batch=2, seed=0)


@test_case(
    name="the learning rate, by hand",
    points=2,
    failure_message="Max 1, min 0.1, warmup 4, total 12: 1 at step 4, 0.55 at step 8, 0.1 from 12 "
    "on; before step 4 a straight line that begins above 0.",
)
def test_learning_rate(learning_rate):
    for step, expected in ((4, 1.0), (8, 0.55), (12, 0.1), (50, 0.1)):
        assert_close(learning_rate(step, 1.0, 0.1, 4, 12), expected, what=f"rate at step {step}")
    rates = [learning_rate(step, 1.0, 0.1, 4, 12) for step in range(4)]
    expect(0 < rates[0] < rates[1] < rates[2] < rates[3] <= 1, f"steps 0 to 3: {rates}")
    assert_close(rates[2] - rates[1], rates[1] - rates[0], what="rise from step 1 to 2")
