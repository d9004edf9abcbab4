"""Sampling: the knobs, their order, and what the model is shown."""

import math

import numpy as np

from autograder.checks import assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q6 (hidden)"
points = 6


def probe_sample(sample, rows, block, ids, n, options, seeds):
    """Samples from a model that looks up its logits by the last token, and what it was asked."""
    import torch

    class Table(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.rows = torch.nn.Parameter(torch.tensor(rows))
            size = {"vocab_size": len(rows[0]), "block_size": block, "n_layer": 1}
            self.config = type("Config", (), {**size, "n_head": 1, "n_embd": 1, "dropout": 0.0})()

        def forward(self, ids, targets=None):
            asked.append([ids.tolist(), self.training, torch.is_grad_enabled()])
            return self.rows[ids], None

    asked, found = [], []
    for seed in seeds:
        generator = torch.Generator().manual_seed(seed)
        found.append(sample(Table(), ids, n, generator=generator, **options).tolist())
    return found, asked


def shares(student, probabilities, options, n=2500, seed=0):
    """How often each token is drawn, in n draws from one distribution."""
    v = len(probabilities)
    rows = [[math.log(p) for p in probabilities]] * v
    (ids,), _ = student(
        probe_sample, rows=rows, block=1, ids=[0], n=n, options=options, seeds=[seed]
    )
    assert_equal(len(ids), n + 1, what="length of the result")
    return np.bincount(ids[1:], minlength=v) / n


def check_shares(got, expected, what):
    """Each share within five standard deviations, and exactly 0 where nothing may be drawn."""
    for share, p in zip(got.tolist(), expected, strict=True):
        bound = 5 * math.sqrt(p * (1 - p) / 2500)
        expect(abs(share - p) <= bound, f"{what}: a token is drawn too often or too rarely")


@test_case(
    name="temperature",
    points=1,
    hidden=True,
    failure_message="Logits are divided by the temperature: above 1 makes the rare less rare, "
    "below 1 rarer, 1 changes nothing.",
)
def test_temperature(student):
    p = np.array([0.1, 0.6, 0.25, 0.05])
    for tau in (1.0, 2.0, 0.5):
        expected = p ** (1 / tau) / (p ** (1 / tau)).sum()
        check_shares(shares(student, p, {"temperature": tau}), expected, f"temperature {tau}")


@test_case(
    name="greedy",
    points=0.5,
    hidden=True,
    failure_message="At temperature 0 there are no dice: always the largest logit, whatever the "
    "generator, and nothing is divided by 0.",
)
def test_greedy(student):
    rows = np.random.default_rng(1).standard_normal((9, 9)).tolist()
    expected = [4]
    for _ in range(12):
        expected.append(int(np.argmax(rows[expected[-1]])))
    for options in ({"temperature": 0}, {"temperature": 0.0, "top_k": 3, "top_p": 0.5}):
        found, _ = student(
            probe_sample, rows=rows, block=5, ids=[4], n=12, options=options, seeds=[1, 2]
        )
        assert_equal(found, [expected] * 2, what="greedy ids")


@test_case(
    name="top-k",
    points=1,
    hidden=True,
    failure_message="Exactly the k most probable remain, also where the next one is as probable as "
    "the last of them, and their probabilities are scaled up to sum to 1; k beyond the vocabulary "
    "keeps all.",
)
def test_top_k(student):
    p = [0.1, 0.4, 0.2, 0.25, 0.05]
    check_shares(shares(student, p, {"top_k": 3}), [0, 4 / 8.5, 2 / 8.5, 2.5 / 8.5, 0], "k = 3")
    check_shares(shares(student, p, {"top_k": 1}), [0, 1, 0, 0, 0], "k = 1")
    check_shares(shares(student, p, {"top_k": 50}), p, "k = 50")
    drawn = shares(student, [0.1, 0.3, 0.3, 0.3], {"top_k": 2})
    check_shares(np.sort(drawn), [0, 0, 0.5, 0.5], "k = 2 of three that are equal")


@test_case(
    name="top-p",
    points=1,
    hidden=True,
    failure_message="The smallest set of most probable tokens whose mass reaches p: the token "
    "that crosses p belongs to it, the next one does not.",
)
def test_top_p(student):
    p = [0.15, 0.5, 0.05, 0.3]
    for top_p, expected in (
        (0.7, [0, 0.625, 0, 0.375]),
        (0.9, [0.15 / 0.95, 0.5 / 0.95, 0, 0.3 / 0.95]),
        (0.3, [0, 1, 0, 0]),
        (1.0, p),
    ):
        check_shares(shares(student, p, {"top_p": top_p}), expected, f"p = {top_p}")


@test_case(
    name="all knobs together",
    points=1,
    hidden=True,
    failure_message="First temperature, then top-k, then top-p on what is left, after that has "
    "been scaled up to sum to 1.",
)
def test_order(student):
    p = [0.2, 0.4, 0.1, 0.3]
    # k = 2 leaves 0.571 and 0.429, of which the first alone reaches 0.5; unscaled it would not.
    check_shares(shares(student, p, {"top_k": 2, "top_p": 0.5}), [0, 1, 0, 0], "k, then p")
    p = [0.3, 0.5, 0.05, 0.15]
    # Squared and scaled the largest has 0.685, so it alone reaches 0.6.
    check_shares(
        shares(student, p, {"temperature": 0.5, "top_p": 0.6}), [0, 1, 0, 0], "temperature, then p"
    )
    # At temperature 3 the four are nearly equal, and 0.6 needs two of them.
    q = np.array(p) ** (1 / 3)
    q = np.where(q >= np.sort(q)[-2], q, 0)
    check_shares(
        shares(student, p, {"temperature": 3.0, "top_p": 0.6}),
        (q / q.sum()).tolist(),
        "hot, then p",
    )


@test_case(
    name="what the model is shown",
    points=0.5,
    hidden=True,
    failure_message="The last block_size tokens, prompt and new ones, of a prompt of any length; "
    "the logits of the last place count.",
)
def test_context(student):
    rows = np.random.default_rng(2).standard_normal((7, 7)).tolist()
    for kind in (list, lambda x: np.array(x, dtype=np.uint16)):
        prompt = [5, 3, 0, 6, 1, 1]
        (ids,), asked = student(
            probe_sample, rows=rows, block=4, ids=kind(prompt), n=5, options={}, seeds=[3]
        )
        assert_equal(ids[:6], prompt, what="the beginning of the result")
        assert_equal(len(ids), 11, what="length of the result")
        assert_equal(len(asked), 5, what="questions to the model")
        for n, (shown, *_) in enumerate(asked):
            assert_equal(shown, [ids[2 + n : 6 + n]], what="what the model was shown")
    (ids,), asked = student(probe_sample, rows=rows, block=4, ids=[2], n=3, options={}, seeds=[3])
    assert_equal([a[0] for a in asked], [[ids[:1]], [ids[:2]], [ids[:3]]], what="a short prompt")


@test_case(
    name="modes, dice and bad arguments",
    points=0.5,
    hidden=True,
    failure_message="Dropout off and no gradients while sampling, the model's mode restored; the "
    "same generator gives the same text; ValueError for knobs out of range and an empty prompt.",
)
def test_modes(student):
    def probe_mode(sample, ids, n):
        import torch

        class Noisy(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.weight = torch.nn.Parameter(torch.zeros(3))
                size = {"vocab_size": 3, "block_size": 2, "n_layer": 1}
                self.config = type(
                    "Config", (), {**size, "n_head": 1, "n_embd": 1, "dropout": 0.5}
                )()

            def forward(self, ids, targets=None):
                modes.append([self.training, torch.is_grad_enabled()])
                return self.weight.expand(*ids.shape, 3), None

        modes, after, kinds = [], [], []
        for training in (True, False):
            model = Noisy().train(training)
            given = torch.tensor(ids)
            result = sample(model, given, n, generator=torch.Generator().manual_seed(0))
            after.append(model.training)
            kinds.append([str(result.dtype), result.ndim, result.requires_grad, given.tolist()])
        return modes, after, kinds

    modes, after, kinds = student(probe_mode, ids=[0, 1], n=2)
    assert_equal(modes, [[False, False]] * 4, what="[training, gradients] while sampling")
    assert_equal(after, [True, False], what="mode of the model afterwards")
    assert_equal(kinds, [["torch.int64", 1, False, [0, 1]]] * 2, what="kind of result")
    rows = [[0.0] * 6] * 6
    found, _ = student(probe_sample, rows=rows, block=2, ids=[0], n=30, options={}, seeds=[8, 8, 9])
    assert_equal(found[0], found[1], what="ids for the same generator")
    expect(found[0] != found[2], "another seed has given the same text")
    found, _ = student(probe_sample, rows=rows, block=2, ids=[3, 1], n=0, options={}, seeds=[8])
    assert_equal(found, [[3, 1]], what="ids, if none are asked for")
    given = {"rows": rows, "block": 2, "n": 2, "seeds": [0]}
    for options in (
        {"temperature": -0.5},
        {"top_k": 0},
        {"top_k": -2},
        {"top_p": 0.0},
        {"top_p": 1.01},
    ):
        assert_raises(ValueError, student, probe_sample, ids=[0], options=options, **given)
    assert_raises(ValueError, student, probe_sample, ids=[], options={}, **given)


@test_case(
    name="whose dice",
    points=0.5,
    hidden=True,
    failure_message="Without a generator torch's own one decides: torch.manual_seed makes samples "
    "repeatable, and without it every call gives another one.",
)
def test_global(student):
    def probe(sample, seeds, n):
        import torch

        class Model(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.weight = torch.nn.Parameter(torch.zeros(9))
                size = {"vocab_size": 9, "block_size": 2, "n_layer": 1}
                size |= {"n_head": 1, "n_embd": 1, "dropout": 0.0}
                self.config = type("Config", (), size)()

            def forward(self, ids, targets=None):
                return self.weight.expand(*ids.shape, 9), None

        found = []
        for seed in seeds:
            torch.manual_seed(seed)
            found.append([sample(Model(), [0], n).tolist() for _ in range(2)])
        return found

    first, again, other = student(probe, seeds=[1, 1, 2], n=40)
    assert_equal(again, first, what="samples after the same torch.manual_seed")
    expect(first[0] != first[1], "two calls have given the same sample")
    expect(first[0] != other[0], "torch.manual_seed makes no difference")
