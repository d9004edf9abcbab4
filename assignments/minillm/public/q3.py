"""GPT, part by part: MLP, Attention, Block, GPT."""

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
name = "q3"
points = 8
hints = [
    "Begin with MLP: two nn.Linear, called `up` and `down`, and one line that uses them. Print the "
    "shape after each line until it is what the handout says.",
    "Queries, keys and values: `self.qkv(x).view(B, T, 3, H, C // H).permute(2, 0, 3, 1, 4)` gives "
    "all three, (B, H, T, D) each. The mask: `scores.masked_fill(ahead, -torch.inf)` with "
    "`torch.ones(T, T, dtype=torch.bool).triu(1)`. Back: `.transpose(1, 2).reshape(B, T, C)`.",
    "Tied: no second Linear, but `F.linear(x, self.tokens.weight)`. Start: `nn.init.normal_(p, "
    "std=0.02)` for every matrix and both tables.",
]

SIZE = {"vocab_size": 29, "block_size": 12, "n_layer": 2, "n_head": 3, "n_embd": 24}


def numbers(shape, seed):
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


@test_case(
    name="MLP, by hand",
    points=1,
    failure_message="`up` and `down` are called so, their weights are (4C, C) and (C, 4C). With C "
    "= 1, up = (1, -1, 2, 0), down = (1, 1, 1, 1) and the square of ReLU, 3 becomes 9 + 36.",
)
def test_mlp(student):
    def probe(MLP, GPTConfig, up, down, x):
        import torch

        config = GPTConfig(5, 4, 1, 1, 1)
        mlp = MLP(config)
        with torch.no_grad():
            for p in mlp.parameters():
                p.zero_()
            if config.mlp == "swiglu":  # of any width
                for part in (mlp.up, mlp.gate, mlp.down):
                    part.weight.fill_(1.0)
            else:
                mlp.up.weight.copy_(torch.tensor(up))
                mlp.down.weight.copy_(torch.tensor(down))
            return mlp(torch.tensor([[[x]]])).item(), config.mlp, len(mlp.up.weight)

    up, down = [[1.0], [-1.0], [2.0], [0.0]], [[1.0, 1.0, 1.0, 1.0]]
    got, kind, width = student(probe, up=up, down=down, x=3.0)
    ways = {
        "relu2": [45.0],
        "relu": [9.0],
        "silu": [sum(u / (1 + math.exp(-u)) for u in (3, -3, 6, 0))],
        "gelu": [8.991901, 8.992725],  # the exact one, and the one by tanh
        "swiglu": [width * 3 * 3 / (1 + math.exp(-3))],
    }
    expect(kind in ways, f"the default of `mlp` is {kind!r}; it must be one of {', '.join(ways)}")
    expect(
        any(math.isclose(got, way, rel_tol=1e-5) for way in ways[kind]),
        f"MLP (of the kind {kind!r}) makes {got:.6g} of 3; it should be {ways[kind][0]:.6g}",
    )


def probe_attention(Attention, GPTConfig, qkv, out, heads, x):
    """Attention with the test's weights, and biases of 0."""
    import torch

    attention = Attention(GPTConfig(5, 8, 1, heads, len(out))).eval()
    with torch.no_grad():
        for p in attention.parameters():
            p.zero_()
        attention.qkv.weight.copy_(torch.tensor(qkv))
        attention.out.weight.copy_(torch.tensor(out))
        return attention(torch.from_numpy(x)).numpy()


@test_case(
    name="Attention: the mean of what came before",
    points=1,
    failure_message="With queries and keys of 0 all scores are equal: place t takes the mean of "
    "the values 0 … t, and of no later ones. The parts are called `qkv` and `out`; `qkv.weight` is "
    "(3C, C).",
)
def test_mean(student):
    one = np.eye(2)
    qkv = np.concatenate([0 * one, 0 * one, one]).tolist()
    x = np.array([[[3, 0], [5, 1], [1, 2]]], dtype=np.float32)
    got = student(probe_attention, qkv=qkv, out=one.tolist(), heads=1, x=x)
    expected = np.array([[[3, 0], [4, 0.5], [3, 1]]], dtype=np.float32)
    assert_array(got, expected, rtol=1e-5, atol=1e-6, what="result of Attention")


@test_case(
    name="Attention: two heads",
    points=1.5,
    failure_message="Each head has its own D = C / H numbers of query, key and value, and divides "
    "its scores by √D. Head 0 has the first D, head 1 the next.",
)
def test_heads(student):
    x = numbers((1, 3, 4), 1)
    qkv, out = 1.5 * numbers((12, 4), 2), numbers((4, 4), 3)
    got = student(probe_attention, qkv=qkv.tolist(), out=out.tolist(), heads=2, x=x)
    q, k, v = np.split(x[0] @ qkv.T, 3, axis=1)  # (T, C) each
    found = np.zeros((3, 4))
    for t in range(3):
        for head in (slice(0, 2), slice(2, 4)):
            weights = [math.exp(q[t, head] @ k[s, head] / math.sqrt(2)) for s in range(t + 1)]
            for s, weight in enumerate(weights):
                found[t, head] += weight / sum(weights) * v[s, head]
    expected = (found @ out.T)[None].astype(np.float32)
    assert_array(got, expected, rtol=1e-4, atol=1e-5, what="result of Attention")


@test_case(
    name="Block: normalise, ask, add",
    points=1.5,
    failure_message="x = x + attention(norm1(x)), and only then x = x + mlp(norm2(x)). For this "
    "test `attention` takes the square and `mlp` doubles.",
)
def test_block(student):
    def probe(Block, GPTConfig, size, x):
        import torch

        class Known(torch.nn.Module):
            def __init__(self, function):
                super().__init__()
                self.function = function

            def forward(self, x, *more, **options):
                return self.function(x)

        config = GPTConfig(**size)
        block = Block(config).eval()
        block.attention, block.mlp = Known(lambda x: x * x), Known(lambda x: 2 * x)
        with torch.no_grad():
            for p in block.parameters():
                p.fill_(0.0)
            block.norm1.weight.fill_(1.0)
            block.norm2.weight.fill_(1.0)
            return block(torch.from_numpy(x)).numpy(), config.norm

    x = 1 + 3 * numbers((2, 4, 24), 4)
    got, kind = student(probe, size=SIZE, x=x)
    expect(kind in ("layer", "rms"), f'the default of `norm` is {kind!r}, not "layer" or "rms"')

    def normed(x):
        x = x - (x.mean(axis=-1, keepdims=True) if kind == "layer" else 0)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-5)

    y = x + normed(x) ** 2
    y = y + 2 * normed(y)
    assert_array(got, y, rtol=1e-3, atol=1e-3, what="result of the block")  # eps is free


def probe_forward(GPT, GPTConfig, size, ids, targets):
    import torch

    torch.manual_seed(0)
    model = GPT(GPTConfig(**size)).eval()
    with torch.no_grad():
        logits, none = model(torch.tensor(ids))
        again, loss = model(torch.tensor(ids), torch.tensor(targets))
    return logits.numpy(), none is None, again.numpy(), loss.item(), model.config.n_embd


IDS = [[3, 1, 4, 1, 5, 9, 2], [6, 5, 3, 5, 8, 9, 7]]
TARGETS = [[1, 4, 1, 5, 9, 2, 6], [5, 3, 5, 8, 9, 7, 9]]


@test_case(
    name="GPT: logits and loss",
    points=1,
    failure_message="Logits are (B, T, V), T may be shorter than block_size; the loss is None "
    "without targets, and otherwise the mean over all places. A new model knows nothing: its loss "
    "is ln V. Much more means that tables or matrices start too large.",
)
def test_forward(student):
    logits, none, again, loss, width = student(probe_forward, size=SIZE, ids=IDS, targets=TARGETS)
    assert_equal(logits.shape, (2, 7, 29), what="shape of the logits")
    expect(none, "without targets the second result should be None")
    assert_equal(width, 24, what="model.config.n_embd")
    assert_array(again, logits, rtol=1e-5, atol=1e-6, what="logits with targets")
    log_sum = [
        [math.log(sum(math.exp(z) for z in place)) for place in row] for row in logits.tolist()
    ]
    nats = [log_sum[b][t] - logits[b, t, TARGETS[b][t]] for b in range(2) for t in range(7)]
    assert_close(loss, sum(nats) / 14, rtol=1e-4, what="loss")  # float32 sums
    expect(abs(loss - math.log(29)) < 0.5, f"the loss of a new model is {loss:.2f}, ln V is 3.37")


@test_case(
    name="GPT: tables, blocks, norm, table",
    points=1,
    failure_message="tokens[ids] + positions[:T], the blocks in order, the final norm, times the "
    "token table. For this test block 0 adds 1 and block 1 doubles; C is 2, and the gain 1.",
)
def test_whole(student):
    def probe(GPT, GPTConfig, tokens, positions, ids):
        import torch

        class Known(torch.nn.Module):
            def __init__(self, function):
                super().__init__()
                self.function = function

            def forward(self, x, *more, **options):
                return self.function(x)

        config = GPTConfig(len(tokens), len(positions), 2, 1, 2)
        model = GPT(config).eval()
        add = torch.tensor([1.0, 0.0])
        model.blocks[0], model.blocks[1] = Known(lambda x: x + add), Known(lambda x: 2 * x)
        with torch.no_grad():
            for p in model.parameters():
                p.fill_(0.0)
            model.norm.weight.fill_(1.0)
            model.tokens.weight.copy_(torch.tensor(tokens))
            model.positions.weight.copy_(torch.tensor(positions))
            return model(torch.tensor([ids]))[0][0].numpy(), config.norm

    tokens, positions = [[1.0, 0.0], [0.0, 3.0], [-2.0, 1.0]], [[0.5, 0.0], [0.0, -4.0]]
    got, kind = student(probe, tokens=tokens, positions=positions, ids=[2, 1])
    # 2 · (tokens + positions + (1, 0)) is (−1, 2) for the first place, (2, −2) for the second.
    rows = [[-1, 1], [1, -1]]  # minus the mean, over the standard deviation
    if kind == "rms":
        rows = [[-1 / math.sqrt(2.5), 2 / math.sqrt(2.5)], [1, -1]]
    expected = np.array(
        [[sum(a * b for a, b in zip(row, token)) for token in tokens] for row in rows]
    )
    assert_array(got, expected.astype(np.float32), rtol=1e-3, atol=1e-3, what="logits")


@test_case(
    name="GPT: parameters counted, and sizes that do not fit",
    points=1,
    failure_message="parameter_count must agree with the model that you build; the tied table is "
    "one parameter. ValueError, if n_head does not divide n_embd, or if T > block_size.",
)
def test_count(student):
    def probe(GPT, GPTConfig, parameter_count, size):
        config = GPTConfig(**size)
        return parameter_count(config), sum(p.numel() for p in GPT(config).parameters())

    counted, built = student(probe, size=SIZE)
    assert_equal(counted, built, what="parameter_count(config)")
    sizes = {**SIZE, "n_head": 5}
    assert_raises(ValueError, student, probe_forward, size=sizes, ids=IDS, targets=TARGETS)
    long = [[1] * 13]
    assert_raises(ValueError, student, probe_forward, size=SIZE, ids=long, targets=long)
