"""Batches and the learning rate, at their edges."""

import math

import numpy as np

from autograder.checks import assert_close, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q4 (hidden)"
points = 4


def probe_batches(get_batch, ids, block, batch, seeds, kind):
    import numpy as np
    import torch

    forms = {"list": list, "array": lambda x: np.array(x, dtype=np.uint16), "tensor": torch.tensor}
    given = forms[kind](ids)
    found = []
    for seed in seeds:
        inputs, targets = get_batch(given, block, batch, torch.Generator().manual_seed(seed))
        found.append((inputs.numpy(), targets.numpy()))
    same = list(given) if kind == "list" else given.tolist()
    return found, same


@test_case(
    name="windows of the text",
    points=1,
    hidden=True,
    failure_message="Each row is block_size neighbouring tokens, its targets the same shifted by "
    "one; ids may be a list, an array or a tensor and are not changed; shapes (batch, block), "
    "int64.",
)
def test_windows(student):
    ids = np.random.default_rng(1).permutation(500).tolist()  # every token says where it stands
    place = {token: i for i, token in enumerate(ids)}
    for kind, block, batch in (("list", 8, 5), ("array", 1, 7), ("tensor", 64, 3)):
        found, same = student(
            probe_batches, ids=ids, block=block, batch=batch, seeds=[1, 2], kind=kind
        )
        assert_equal(same, ids, what="ids after the call")
        for inputs, targets in found:
            assert_equal(inputs.shape, (batch, block), what="shape of the inputs")
            assert_equal(targets.shape, (batch, block), what="shape of the targets")
            assert_equal([str(inputs.dtype), str(targets.dtype)], ["int64"] * 2, what="dtypes")
            for x, y in zip(inputs.tolist(), targets.tolist(), strict=True):
                s = place[x[0]]
                assert_equal(x, ids[s : s + block], what="a row of the inputs")
                assert_equal(y, ids[s + 1 : s + block + 1], what="its targets")


@test_case(
    name="every start equally likely",
    points=1,
    hidden=True,
    failure_message="Starts are 0 … len − block − 1, both ends included, all equally often, and "
    "independent from row to row. The generator decides, and nothing else.",
)
def test_starts(student):
    # 4 starts, 4 000 draws: expected 1 000 each, standard deviation 27.4; 150 are 5.5 of them.
    (first, again, other), _ = student(
        probe_batches, ids=list(range(10)), block=6, batch=4000, seeds=[3, 3, 4], kind="tensor"
    )
    counts = np.bincount(first[0][:, 0], minlength=4)
    expect(len(counts) == 4, "a window starts beyond the last possible place")
    expect(int(np.abs(counts - 1000).max()) < 150, "some starts are too rare or too frequent")
    pairs = np.unique(first[0][:-1, 0] * 4 + first[0][1:, 0])
    expect(len(pairs) == 16, "the start of a row depends on the row before")
    fours = np.sort(first[0][:, 0].reshape(1000, 4), axis=1)
    # Four independent starts all differ in 24 of 256 cases; 0.2 is 11 standard deviations more.
    share = float(np.mean((np.diff(fours, axis=1) > 0).all(axis=1)))
    expect(share < 0.2, "a start is drawn again only when all others have had their turn")
    assert_equal(again[0].tolist(), first[0].tolist(), what="inputs for the same generator")
    expect(bool((other[0] != first[0]).any()), "another seed has given the same batch")


@test_case(
    name="just long enough, and not quite",
    points=0.5,
    hidden=True,
    failure_message="block_size + 1 tokens are enough for the one window that there is; "
    "block_size are a ValueError.",
)
def test_short(student):
    given = {"block": 5, "batch": 8, "seeds": [0, 1, 2], "kind": "list"}
    found, _ = student(probe_batches, ids=[4, 5, 6, 7, 8, 9], **given)
    for inputs, targets in found:
        assert_equal(inputs.tolist(), [[4, 5, 6, 7, 8]] * 8, what="inputs")
        assert_equal(targets.tolist(), [[5, 6, 7, 8, 9]] * 8, what="targets")
    for length in (5, 1):
        assert_raises(ValueError, student, probe_batches, ids=list(range(length)), **given)


@test_case(
    name="the learning rate",
    points=1,
    hidden=True,
    failure_message="A straight line up, above 0 at step 0 and max_lr at warmup; half a cosine "
    "down to min_lr at total; min_lr for ever after. warmup may be 0.",
)
def test_learning_rate(learning_rate):
    for high, low, warmup, total in ((3e-3, 3e-4, 100, 2000), (1.0, 0.0, 0, 10), (0.5, 0.5, 3, 9)):
        rates = [learning_rate(step, high, low, warmup, total) for step in range(total + 1)]
        rise = rates[:warmup]
        expect(all(0 < rate <= high * (1 + 1e-12) for rate in rise), "the rise leaves (0, max_lr]")
        for step in range(2, warmup):
            slope = rates[step] - rates[step - 1]
            assert_close(slope, rates[1] - rates[0], rtol=1e-6, what="slope of the rise")
        for step in range(warmup, total + 1):
            done = (step - warmup) / (total - warmup)
            expected = low + (high - low) * (1 + math.cos(math.pi * done)) / 2
            assert_close(rates[step], expected, rtol=1e-9, what="rate on the cosine")
        for step in (total + 1, 2 * total, 10 * total + 7):
            assert_close(learning_rate(step, high, low, warmup, total), low, what="rate at the end")


@test_case(
    name="whose dice",
    points=0.5,
    hidden=True,
    failure_message="Without a generator torch's own one decides: torch.manual_seed makes batches "
    "repeatable, and without it every call gives another one.",
)
def test_global(student):
    def probe(get_batch, ids, seeds):
        import torch

        found = []
        for seed in seeds:
            torch.manual_seed(seed)
            found.append([get_batch(ids, 4, 30)[0].tolist() for _ in range(2)])
        return found

    first, again, other = student(probe, ids=list(range(200)), seeds=[1, 1, 2])
    assert_equal(again, first, what="batches after the same torch.manual_seed")
    expect(first[0] != first[1], "two calls have given the same batch")
    expect(first[0] != other[0], "torch.manual_seed makes no difference")
