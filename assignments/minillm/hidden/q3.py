"""GPT: what must hold for any weights and any size."""

import math

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
name = "q3 (hidden)"
points = 10

SIZE = {"vocab_size": 31, "block_size": 16, "n_layer": 2, "n_head": 4, "n_embd": 32}


def probe_logits(GPT, GPTConfig, size, batches):
    """Logits of one model, with some noise on all parameters, for several batches."""
    import torch

    torch.manual_seed(1)
    model = GPT(GPTConfig(**size)).eval()
    with torch.no_grad():
        for p in model.parameters():
            p.add_(0.1 * torch.randn(p.shape))
        return [model(torch.tensor(ids))[0].numpy() for ids in batches]


def random_ids(shape, seed, v=31):
    return np.random.default_rng(seed).integers(0, v, shape).tolist()


@test_case(
    name="the future changes nothing",
    points=2,
    hidden=True,
    failure_message="Logits at place t depend on the tokens 0 … t alone, at every t, in every "
    "layer and head.",
)
def test_causal(student):
    ids = random_ids((2, 16), 1)
    batches = [ids]
    for t in range(1, 16):
        other = np.array(ids)
        other[:, t] = (other[:, t] + 1 + t) % 31
        batches.append(other.tolist())
    first, *changed = student(probe_logits, size=SIZE, batches=batches)
    for t, logits in enumerate(changed, start=1):
        difference = np.abs(logits - first).max(axis=(0, 2))
        expect(float(difference[:t].max()) < 2e-5, "a later token has changed earlier logits")
    for shorter in (1, 7):  # a text that ends there gives the same
        (logits,) = student(probe_logits, size=SIZE, batches=[[row[:shorter] for row in ids]])
        assert_array(logits, first[:, :shorter], rtol=1e-4, atol=1e-4, what="a shorter text")


@test_case(
    name="the whole past counts",
    points=1,
    hidden=True,
    failure_message="Each token, the first one too, has its effect on all logits from its own "
    "place on, up to the last.",
)
def test_past(student):
    ids = random_ids((1, 16), 2)
    batches = [ids]
    for t in range(16):
        other = np.array(ids)
        other[:, t] = (other[:, t] + 7) % 31
        batches.append(other.tolist())
    first, *changed = student(probe_logits, size=SIZE, batches=batches)
    for t, logits in enumerate(changed):
        difference = np.abs(logits - first).max(axis=(0, 2))
        expect(float(difference[t:].min()) > 1e-4, "an earlier token has no effect on later logits")


@test_case(
    name="positions",
    points=1,
    hidden=True,
    failure_message="Without a table of positions one layer of attention cannot tell in which "
    "order the tokens before the last one came.",
)
def test_positions(student):
    size = {**SIZE, "n_layer": 1}
    there, back = student(probe_logits, size=size, batches=[[[3, 8, 5, 9]], [[8, 5, 3, 9]]])
    change = float(np.abs(there - back)[0, -1].max())
    expect(change > 1e-4, "the order of the tokens before it makes no difference to the last one")


@test_case(
    name="sequences of a batch are strangers",
    points=1,
    hidden=True,
    failure_message="Permuting the batch permutes the logits, and a sequence alone gives what it "
    "gives in company.",
)
def test_batch(student):
    ids = random_ids((5, 9), 3)
    order = [3, 0, 4, 2, 1]
    together, permuted, alone = student(
        probe_logits, size=SIZE, batches=[ids, [ids[i] for i in order], ids[2:3]]
    )
    assert_array(permuted, together[order], rtol=1e-4, atol=1e-4, what="the permuted batch")
    assert_array(alone, together[2:3], rtol=1e-4, atol=1e-4, what="one sequence alone")


@test_case(
    name="one table, and an exact count",
    points=2,
    hidden=True,
    failure_message="parameter_count must be exact for any number of layers, any width, "
    "vocabulary and block; there is one parameter of the shape (vocab_size, n_embd), for both "
    "ends.",
)
def test_count(student):
    def probe(GPT, GPTConfig, parameter_count, sizes):
        counted, built, tables = [], [], []
        for size in sizes:
            config = GPTConfig(*size)
            parameters = list(GPT(config).parameters())
            counted.append(parameter_count(config))
            built.append(sum(p.numel() for p in parameters))
            tables.append(sum(tuple(p.shape) == (size[0], size[4]) for p in parameters))
        return counted, built, tables

    sizes = [(31, 16, 2, 4, 32), (50, 8, 1, 1, 12), (11, 7, 3, 2, 20), (97, 5, 5, 7, 42)]
    counted, built, tables = student(probe, sizes=sizes)
    for each in zip(counted, built, tables, sizes, strict=True):
        assert_equal(each[0], each[1], what="parameter_count(config)")
        assert_equal(each[2], 1, what="number of tables of the shape (vocab_size, n_embd)")
        v, t, layers, _, c = each[3]
        least = (v + t) * c + layers * 8 * c * c
        expect(each[1] >= least, "blocks have fewer parameters than attention and MLP need")


@test_case(
    name="a new model's loss",
    points=1,
    hidden=True,
    failure_message="A new model of any size gives ln V, within half a nat. And the loss is the "
    "mean cross-entropy of the logits, over all places.",
)
def test_start(student):
    def probe(GPT, GPTConfig, size, ids, targets):
        import torch

        torch.manual_seed(3)
        with torch.no_grad():
            logits, loss = GPT(GPTConfig(**size)).eval()(torch.tensor(ids), torch.tensor(targets))
        return logits.numpy(), loss.item(), loss.ndim

    for v, c, layers in ((31, 32, 2), (300, 128, 1), (65, 64, 6)):
        size = {**SIZE, "vocab_size": v, "n_embd": c, "n_layer": layers}
        ids, targets = random_ids((3, 16), v, v), random_ids((3, 16), v + 1, v)
        logits, loss, ndim = student(probe, size=size, ids=ids, targets=targets)
        expect(abs(loss - math.log(v)) < 0.5, "a new model's loss is not near ln V")
        z = logits.astype(np.float64)
        nats = (
            np.log(np.exp(z).sum(-1))
            - np.take_along_axis(z, np.array(targets)[..., None], 2)[..., 0]
        )
        assert_close(loss, float(nats.mean()), rtol=1e-4, what="loss")  # float32
        assert_equal(ndim, 0, what="dimensions of the loss")


@test_case(
    name="norms",
    points=1,
    hidden=True,
    failure_message="The final norm stands between the last block and the logits: however large "
    "the stream has become, the logits of a new model stay bounded by √C times the length of a "
    "row.",
)
def test_final_norm(student):
    def probe(GPT, GPTConfig, size, ids):
        import torch

        torch.manual_seed(4)
        model = GPT(GPTConfig(**size)).eval()
        table, position = (size["vocab_size"], size["n_embd"]), (size["block_size"], size["n_embd"])
        with torch.no_grad():
            rows = 0.0
            for p in model.parameters():
                if tuple(p.shape)[-2:] == table:
                    rows = p.norm(dim=-1).max().item()
                if tuple(p.shape)[-2:] == position:
                    p.copy_(1e3 * torch.randn(p.shape))
            return model(torch.tensor(ids))[0].abs().max().item(), rows

    largest, rows = student(probe, size=SIZE, ids=random_ids((2, 16), 5))
    expect(largest <= 1.01 * math.sqrt(32) * rows, "the logits grow with the stream")


@test_case(
    name="dropout, and sizes that do not fit",
    points=1,
    hidden=True,
    failure_message="Dropout works in training mode only, and at 0 not at all. ValueError if "
    "n_head does not divide n_embd, or T > block_size.",
)
def test_modes(student):
    def probe(GPT, GPTConfig, size, dropout, ids):
        import torch

        torch.manual_seed(5)
        config = GPTConfig(**size, dropout=dropout)
        model, x = GPT(config), torch.tensor(ids)
        with torch.no_grad():
            for p in model.parameters():
                p.add_(0.1 * torch.randn(p.shape))
            change = {}
            for mode in ("train", "eval"):
                getattr(model, mode)()
                change[mode] = (model(x)[0] - model(x)[0]).abs().max().item()
        return change

    ids = random_ids((2, 16), 6)
    change = student(probe, size=SIZE, dropout=0.3, ids=ids)
    expect(change["train"] > 1e-4, "dropout has no effect in training mode")
    expect(change["eval"] < 1e-6, "dropout has an effect in evaluation mode")
    change = student(probe, size=SIZE, dropout=0.0, ids=ids)
    expect(change["train"] < 1e-6, "two calls differ, although dropout is 0")
    for bad in ({"n_head": 5}, {"n_head": 64}):
        assert_raises(ValueError, student, probe_logits, size={**SIZE, **bad}, batches=[ids])
    assert_raises(ValueError, student, probe_logits, size=SIZE, batches=[[[1] * 17]])
