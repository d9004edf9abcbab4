"""Sampling."""

from autograder.checks import assert_close, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q6"
points = 6
hints = [
    "Look at one new token first: `model(ids[None, -block_size:])`, of its logits only the last "
    "place.",
    "Sort the logits in descending order once. Then top-k and top-p both keep the beginning of "
    "the sorted list, and `torch.multinomial` draws a place in it (it does not mind a sum below "
    "1).",
    "A token is kept if the mass *before* it is below p: `p.cumsum(0) - p < top_p`. The first one "
    "always is, and the one that crosses is too.",
]


def probe_sample(sample, rows, block, ids, n, options, seed):
    """A model that looks up its logits by the last token and notes what it is asked."""
    import torch

    class Table(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.rows = torch.nn.Parameter(torch.tensor(rows))
            size = {"vocab_size": len(rows), "block_size": block, "n_layer": 1}
            self.config = type("Config", (), {**size, "n_head": 1, "n_embd": 1, "dropout": 0.0})()

        def forward(self, ids, targets=None):
            asked.append(ids.tolist())
            return self.rows[ids], None

    asked = []
    given = {**options, "generator": torch.Generator().manual_seed(seed)}
    result = sample(Table(), ids, n, **given)
    return result.tolist(), asked


@test_case(
    name="temperature 0",
    points=2,
    failure_message="At 0 the most probable token is taken: here after i always i + 1. The result "
    "is the prompt and then the new ids.",
)
def test_greedy(student):
    rows = [[1.0 if j == (i + 1) % 5 else 0.0 for j in range(5)] for i in range(5)]
    got, _ = student(
        probe_sample, rows=rows, block=4, ids=[2], n=6, options={"temperature": 0}, seed=0
    )
    assert_equal(got, [2, 3, 4, 0, 1, 2, 3], what="sampled ids")


@test_case(
    name="longer than a block",
    points=1.5,
    failure_message="Show the model the last block_size tokens, never more.",
)
def test_block(student):
    rows = [[1.0 if j == (i + 1) % 5 else 0.0 for j in range(5)] for i in range(5)]
    got, asked = student(
        probe_sample,
        rows=rows,
        block=3,
        ids=[0, 1, 2, 3, 4],
        n=3,
        options={"temperature": 0},
        seed=0,
    )
    assert_equal(got, [0, 1, 2, 3, 4, 0, 1, 2], what="sampled ids")
    expect(
        max(len(ids[0]) for ids in asked) <= 3, "the model was shown more than block_size tokens"
    )


@test_case(
    name="top-k and top-p",
    points=1.5,
    failure_message="Probabilities 0.5, 0.3, 0.15, 0.05: k = 2 leaves the first two, p = 0.7 too.",
)
def test_cut(student):
    import math

    row = [math.log(p) for p in (0.15, 0.5, 0.05, 0.3)]
    for options in ({"top_k": 2}, {"top_p": 0.7}):
        got, _ = student(
            probe_sample, rows=[row] * 4, block=2, ids=[0], n=300, options=options, seed=1
        )
        assert_equal(sorted(set(got[1:])), [1, 3], what=f"tokens drawn with {options}")
        # expected 0.625, standard deviation 0.028
        assert_close(got.count(1) / 300, 0.625, atol=0.15, what=f"share of token 1 with {options}")


@test_case(
    name="knobs that cannot be turned so far",
    points=1,
    failure_message="ValueError for temperature < 0, top_k < 1, top_p outside (0, 1], no prompt.",
)
def test_errors(student):
    given = {"rows": [[0.0, 0.0]] * 2, "block": 2, "n": 1, "seed": 0}
    for options in ({"temperature": -1.0}, {"top_k": 0}, {"top_p": 1.5}):
        assert_raises(ValueError, student, probe_sample, ids=[0], options=options, **given)
