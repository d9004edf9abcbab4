"""GPT, part by part: weights chosen here, outputs and gradients compared with NumPy's."""

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
points = 8

SIZE = {"vocab_size": 31, "block_size": 16, "n_layer": 2, "n_head": 4, "n_embd": 32}


# The oracle, in float64. `w` are weights by name, `kind` is what the student's config declares.


def linear(w, at, x):
    return x @ w[at + ".weight"].T + w.get(at + ".bias", 0.0)


def normed(w, at, x, kind):
    if kind["norm"] == "layer":
        x = x - x.mean(-1, keepdims=True)
    x = x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-5)
    return x * w[at + ".weight"] + w.get(at + ".bias", 0.0)


def bent(u, mlp):
    if mlp in ("relu", "relu2"):
        return np.maximum(u, 0) ** (2 if mlp == "relu2" else 1)
    if mlp == "gelu":
        return u * (1 + np.vectorize(math.erf)(u / math.sqrt(2))) / 2
    if mlp == "gelu, by tanh":
        return u * (1 + np.tanh(math.sqrt(2 / math.pi) * (u + 0.044715 * u**3))) / 2
    return u / (1 + np.exp(-u))


def fed(w, at, x, kind):
    if kind["mlp"] == "swiglu":
        return linear(
            w, at + "down", bent(linear(w, at + "gate", x), "silu") * linear(w, at + "up", x)
        )
    return linear(w, at + "down", bent(linear(w, at + "up", x), kind["mlp"]))


def attended(w, at, x, heads):
    b, t, c = x.shape
    q, k, v = linear(w, at + "qkv", x).reshape(b, t, 3, heads, -1).transpose(2, 0, 3, 1, 4)
    s = q @ k.swapaxes(-1, -2) / math.sqrt(c // heads)
    s = np.where(np.tri(t, dtype=bool), s, -np.inf)
    a = np.exp(s - s.max(-1, keepdims=True))
    a /= a.sum(-1, keepdims=True)
    return linear(w, at + "out", (a @ v).transpose(0, 2, 1, 3).reshape(b, t, c))


def layer(w, at, x, kind):
    x = x + attended(w, at + "attention.", normed(w, at + "norm1", x, kind), kind["n_head"])
    return x + fed(w, at + "mlp.", normed(w, at + "norm2", x, kind), kind)


def gpt(w, ids, kind):
    x = w["tokens.weight"][ids] + w["positions.weight"][: ids.shape[1]]
    for i in range(kind["n_layer"]):
        x = layer(w, f"blocks.{i}.", x, kind)
    return normed(w, "norm", x, kind) @ w["tokens.weight"].T


# What the student's model declares, and weights for it.

PARTS = ("MLP", "Attention", "Block", "GPT")


def probe_kind(MLP, Attention, Block, GPT, GPTConfig, size):
    config = GPTConfig(**size)
    module = (MLP or Attention or Block or GPT)(config)
    return {n: list(p.shape) for n, p in module.named_parameters()}, config.norm, config.mlp


def probe_run(MLP, Attention, Block, GPT, GPTConfig, size, weights, x, pull):
    """A part with the judge's weights: its result, and the gradients of Σ result · pull."""
    import torch

    module = (MLP or Attention or Block or GPT)(GPTConfig(**size)).eval()
    parameters = dict(module.named_parameters())
    with torch.no_grad():
        for key, w in weights.items():
            parameters[key].copy_(torch.from_numpy(w))
    y = module(torch.from_numpy(x))
    y = y[0] if GPT else y
    (y * torch.from_numpy(pull)).sum().backward()
    gradients = {key: p.grad.numpy() for key, p in parameters.items() if p.grad is not None}
    return y.detach().numpy(), gradients


def ask(student, probe, part, **given):
    """Of the four classes the probe gets the one it needs: the others may not be written yet."""
    return student(probe, **{p: None for p in PARTS if p != part}, **given)


def wanted(part, size, mlp, width):
    """Shapes of the weights of a part by name; each may have a bias beside it."""
    c = size["n_embd"]
    shapes = {
        "norm1.weight": [c],
        "attention.qkv.weight": [3 * c, c],
        "attention.out.weight": [c, c],
        "norm2.weight": [c],
        "mlp.up.weight": [width, c],
        "mlp.down.weight": [c, width],
        **({"mlp.gate.weight": [width, c]} if mlp == "swiglu" else {}),
    }
    if part in ("MLP", "Attention"):
        at = part.lower() + "."
        return {key.removeprefix(at): s for key, s in shapes.items() if key.startswith(at)}
    if part == "Block":
        return shapes
    return {
        "tokens.weight": [size["vocab_size"], c],
        "positions.weight": [size["block_size"], c],
        **{f"blocks.{i}.{key}": s for i in range(size["n_layer"]) for key, s in shapes.items()},
        "norm.weight": [c],
    }


def declared(student, part, size):
    """The weights' shapes by name, checked, and the ways to read the declaration: GELU may be the
    exact one or the one by tanh."""
    shapes, norm, mlp = ask(student, probe_kind, part, size=size)
    expect(norm in ("layer", "rms"), 'the default of norm must be "layer" or "rms"')
    known = ("relu2", "relu", "gelu", "silu", "swiglu")
    expect(mlp in known, f"the default of mlp must be one of {', '.join(known)}")
    width = 4 * size["n_embd"]
    if mlp == "swiglu":
        width = next((s[0] for key, s in shapes.items() if key.endswith("up.weight")), 0)
    weights = wanted(part, size, mlp, width)
    for key, shape in weights.items():
        expect(key in shapes, f"{part} has no parameter called {key}")
        assert_equal(list(shapes[key]), shape, what=f"shape of {key}")
    for key in set(shapes) - set(weights):
        beside = weights.get(key.removesuffix("bias") + "weight")
        table = key.startswith(("tokens", "positions"))
        expect(key.endswith("bias") and beside and not table, f"{part}: {key} is not asked for")
        assert_equal(list(shapes[key]), beside[:1], what=f"shape of {key}")
    ways = ("gelu", "gelu, by tanh") if mlp == "gelu" else (mlp,)
    return shapes, [{**size, "norm": norm, "mlp": way} for way in ways]


def draw(shapes, seed):
    """Weights that leave nothing at 0 or 1, and keep numbers at the size of 1."""
    rng, drawn = np.random.default_rng(seed), {}
    for key, shape in sorted(shapes.items()):
        scale = 1.5 * shape[-1] ** -0.5 if len(shape) > 1 else 0.5
        w = scale * rng.standard_normal(shape) + (len(shape) == 1 and key.endswith("weight"))
        drawn[key] = w.astype(np.float32)
    return drawn


def check(student, part, size, x, oracle):
    """Outputs, and each parameter's gradient along one direction, against `oracle(w, x, kind)`."""
    shapes, ways = declared(student, part, size)
    weights = draw(shapes, sum(x.shape))
    w = {key: value.astype(np.float64) for key, value in weights.items()}
    pull = np.random.default_rng(8).standard_normal(oracle(w, x, ways[0]).shape)
    pull = pull.astype(np.float32)
    got, gradients = ask(student, probe_run, part, size=size, weights=weights, x=x, pull=pull)
    assert_equal(np.shape(got), pull.shape, what=f"shape of {part}'s result")
    way = min(ways, key=lambda way: float(np.abs(got - oracle(w, x, way)).max()))
    # float32 against float64, over a few layers
    wanted_result = oracle(w, x, way).astype(np.float32)
    assert_array(got, wanted_result, rtol=1e-3, atol=1e-3, what=f"result of {part}")
    rng = np.random.default_rng(9)
    for key in w:
        expect(key in gradients, f"no gradient reaches {key}")
        gradient = gradients[key].astype(np.float64)
        assert_equal(list(gradient.shape), list(w[key].shape), what=f"shape of {key}.grad")
        along = rng.standard_normal(w[key].shape)
        up, down = (oracle({**w, key: w[key] + s * along}, x, way) for s in (1e-6, -1e-6))
        slope = float(((up - down) * pull).sum()) / 2e-6
        size_of_terms = float(np.abs(gradient * along).sum())
        assert_close(
            float((gradient * along).sum()),
            slope,
            rtol=1e-3,
            atol=1e-3 + 1e-4 * size_of_terms,
            what=f"gradient of {key}",
        )


def numbers(shape, seed):
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


def random_ids(shape, seed, v=31):
    return np.random.default_rng(seed).integers(0, v, shape)


@test_case(
    name="MLP",
    points=1,
    hidden=True,
    failure_message="`up`, then the bend that the config declares, then `down`, with the shapes of "
    "the docstring, for any width. It treats each token alone.",
)
def test_mlp(student):
    for size, shape in ((SIZE, (2, 5, 32)), ({**SIZE, "n_embd": 12}, (1, 1, 12))):
        check(student, "MLP", size, numbers(shape, 1), lambda w, x, kind: fed(w, "", x, kind))


@test_case(
    name="Attention",
    points=2,
    hidden=True,
    failure_message="Scores divided by √(C/H), a mask that hides what comes later, softmax over "
    "the keys, heads beside each other, `out`. With any number of heads and any T ≤ block_size; "
    "rows of `qkv` are queries, keys, values, within each head after head.",
)
def test_attention(student):
    for heads, shape in ((4, (2, 7, 32)), (1, (1, 16, 32)), (32, (2, 3, 32)), (8, (3, 1, 32))):
        size = {**SIZE, "n_head": heads}
        oracle = lambda w, x, kind: attended(w, "", x, kind["n_head"])  # noqa: E731
        check(student, "Attention", size, numbers(shape, heads), oracle)


@test_case(
    name="Block",
    points=1.5,
    hidden=True,
    failure_message="First x = x + attention(norm1(x)), then x = x + mlp(norm2(x)): each half sees "
    "a normalised copy of the stream as it is by then, and adds to the stream itself.",
)
def test_block(student):
    def probe(Block, GPTConfig, size, weights, x, matrices):
        """A block whose halves are known modules: only what Block itself does is left."""
        import torch

        class Known(torch.nn.Module):
            def __init__(self, matrix):
                super().__init__()
                self.matrix = torch.from_numpy(matrix)

            def forward(self, x, *more, **options):
                return torch.tanh(x @ self.matrix)

        block = Block(GPTConfig(**size)).eval()
        parameters = dict(block.named_parameters())
        with torch.no_grad():
            for key, w in weights.items():
                parameters[key].copy_(torch.from_numpy(w))
        block.attention, block.mlp = (Known(m) for m in matrices)
        return block(torch.from_numpy(x)).detach().numpy()

    for c, shape in ((32, (2, 6, 32)), (12, (1, 16, 12))):
        size = {**SIZE, "n_embd": c}
        shapes, (way, *_) = declared(student, "Block", size)
        weights, x = draw(shapes, c), 2 + 3 * numbers(shape, c)
        matrices = [numbers((c, c), c + i) for i in (1, 2)]
        got = student(probe, size=size, weights=weights, x=x, matrices=matrices)
        w = {key: value.astype(np.float64) for key, value in weights.items()}
        y = x.astype(np.float64)
        for norm, matrix in zip(("norm1", "norm2"), matrices, strict=True):
            y = y + np.tanh(normed(w, norm, y, way) @ matrix)
        assert_array(got, y, rtol=1e-3, atol=1e-3, what="result of Block")


@test_case(
    name="GPT, every weight",
    points=1,
    hidden=True,
    failure_message="The parameters have the names of the docstrings, and with any weights in them "
    "the logits are those of tables, blocks, final norm and tied table. Gradients reach all.",
)
def test_gpt(student):
    for change, shape in (({}, (2, 16)), ({"n_layer": 1, "n_head": 8}, (3, 5))):
        check(student, "GPT", {**SIZE, **change}, random_ids(shape, 3), gpt)


@test_case(
    name="the other kinds that the model knows",
    points=0.5,
    hidden=True,
    failure_message="A kind of model that is no ValueError has to work: parameter_count is exact, "
    "a new model knows nothing, places see nothing of what comes later nor of other texts, MLPs "
    "bend as they are called, norms stand where norm_place says, and RoPE and ALiBi are those of "
    "the assignment on attention.",
)
def test_kinds(student):
    def probe(GPT, GPTConfig, parameter_count, size, ids, targets):
        import torch

        torch.manual_seed(4)
        try:
            config = GPTConfig(**size)
            model = GPT(config).eval()
        except ValueError:
            return None
        x = torch.tensor(ids)
        later, swapped = x.clone(), x.clone()
        later[:, 5:] = (later[:, 5:] + 1) % size["vocab_size"]
        swapped[:, [0, 3]] = x[:, [3, 0]]
        with torch.no_grad():
            loss = model(x, torch.tensor(targets))[1].item()
            for p in model.parameters():
                p.add_(0.3 * torch.randn(p.shape))
            logits = model(x)[0]
            moved = (model(later)[0] - logits)[:, :5].abs().max().item()
            alone = (model(x[:1])[0] - logits[:1]).abs().max().item()
            order = (model(swapped)[0] - logits)[:, -1].abs().max().item()
        model(x, torch.tensor(targets))[1].backward()
        parameters = list(model.parameters())
        built = sum(p.numel() for p in parameters)
        used = sum(p.numel() for p in parameters if p.grad is not None and p.grad.any())
        return parameter_count(config), built, loss, moved, alone, order, used

    kinds = [{"norm": n} for n in ("layer", "rms", "none")] + [{"norm_place": "after"}]
    kinds += [{"mlp": m} for m in ("relu2", "relu", "gelu", "silu", "swiglu")]
    kinds += [{"positions": p} for p in ("rope", "alibi", "none")] + [{"n_expert": 3}]
    for kind in kinds:
        size = {**SIZE, "n_layer": 1, **kind}  # more layers would know the order by the mask alone
        ids, targets = random_ids((3, 12), 4), random_ids((3, 12), 7)
        result = student(probe, size=size, ids=ids, targets=targets)
        if result is None:
            continue
        called = ", ".join(f"{key} {value!r}" for key, value in kind.items())
        counted, built, loss, moved, alone, order, used = result
        assert_equal(counted, built, what=f"parameter_count for {called}")
        expect(abs(loss - math.log(31)) < 0.5, f"{called}: a new model's loss is not near ln V")
        expect(moved < 1e-4, f"{called}: a place sees what comes later")
        expect(alone < 1e-4, f"{called}: a text sees the other texts of its batch")
        if kind.get("positions") != "none":
            expect(order > 1e-4, f"{called}: the order of tokens makes no difference")
        if "n_expert" in kind:  # attention and tables are a fifth; one expert is a quarter more
            expect(used > 0.4 * built, f"{called}: hardly a token goes to an expert")
        if "mlp" in kind:
            check(student, "MLP", size, numbers((2, 3, 32), 5), lambda w, x, k: fed(w, "", x, k))
        if "norm_place" in kind:
            check(student, "Block", size, numbers((2, 6, 32), 6), normed_after)
        if "positions" in kind:
            check_places(student, size, ids)


def normed_after(w, x, kind):
    x = normed(w, "norm1", x + attended(w, "attention.", x, kind["n_head"]), kind)
    return normed(w, "norm2", x + fed(w, "mlp.", x, kind), kind)


def check_places(student, size, ids):
    """Logits of one layer with the judge's weights, for positions that are no table."""
    if size["positions"] == "alibi":
        size = {**size, "n_head": 8}
    shapes, norm, mlp = ask(student, probe_kind, "GPT", size=size)
    weights, pull = draw(shapes, 2), np.ones((*ids.shape, 31), dtype=np.float32)
    got, _ = ask(student, probe_run, "GPT", size=size, weights=weights, x=ids, pull=pull)
    w = {key: value.astype(np.float64) for key, value in weights.items()}
    bends = ("gelu", "gelu, by tanh") if mlp == "gelu" else (mlp,)
    # Which numbers RoPE pairs is free, and which of the two comes first: that is how it turns.
    turns = [(near, sign) for near in (True, False) for sign in (1, -1)]
    ways = [
        by_places(w, ids, {**size, "norm": norm, "mlp": bend}, turn)
        for bend in bends
        for turn in (turns if size["positions"] == "rope" else [None])
    ]
    best = min(ways, key=lambda way: float(np.abs(got - way).max()))
    what = f"logits with positions {size['positions']!r}"
    assert_array(got, best.astype(np.float32), rtol=1e-3, atol=1e-3, what=what)


def by_places(w, ids, kind, turn):
    """A model of one layer that is told places by its scores alone, or not at all."""
    x, (b, t), heads = w["tokens.weight"][ids], ids.shape, kind["n_head"]
    normal = normed(w, "blocks.0.norm1", x, kind)
    qkv = linear(w, "blocks.0.attention.qkv", normal).reshape(b, t, 3, heads, -1)
    q, k, v = qkv.transpose(2, 0, 3, 1, 4)
    if turn is not None:
        q, k = turned(q, *turn), turned(k, *turn)
    s = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    if kind["positions"] == "alibi":
        slopes = 2.0 ** (-8 * np.arange(1, heads + 1) / heads)
        s = s - slopes[:, None, None] * (np.arange(t)[:, None] - np.arange(t))
    a = np.exp(np.where(np.tri(t, dtype=bool), s, -np.inf))
    y = (a / a.sum(-1, keepdims=True) @ v).transpose(0, 2, 1, 3).reshape(b, t, -1)
    x = x + linear(w, "blocks.0.attention.out", y)
    x = x + fed(w, "blocks.0.mlp.", normed(w, "blocks.0.norm2", x, kind), kind)
    return normed(w, "norm", x, kind) @ w["tokens.weight"].T


def turned(x, near, sign):
    """RoPE of (B, H, T, D): pairs of numbers, as complex ones, turned by place · 10000^(-2i/D)."""
    t, d = x.shape[-2:]
    pairs = (x[..., ::2], x[..., 1::2]) if near else (x[..., : d // 2], x[..., d // 2 :])
    angle = np.outer(np.arange(t), 10_000.0 ** (-np.arange(0, d, 2) / d))  # (T, D / 2)
    z = (pairs[0] + 1j * pairs[1]) * np.exp(1j * sign * angle)
    return np.concatenate([z.real, z.imag], axis=-1)  # products do not mind the order


@test_case(
    name="exact counts",
    points=0.5,
    hidden=True,
    failure_message="parameter_count must be exact for any number of layers, any width, vocabulary "
    "and block. The table of tokens is one parameter, for both ends.",
)
def test_count(student):
    def probe(GPT, GPTConfig, parameter_count, sizes):
        counted, built = [], []
        for size in sizes:
            config = GPTConfig(*size)
            counted.append(parameter_count(config))
            built.append(sum(p.numel() for p in GPT(config).parameters()))
        return counted, built

    sizes = [(31, 16, 2, 4, 32), (50, 8, 1, 1, 12), (11, 7, 3, 3, 15), (97, 5, 5, 7, 42)]
    counted, built = student(probe, sizes=sizes)
    for each in zip(counted, built, sizes, strict=True):
        assert_equal(each[0], each[1], what="parameter_count(config)")
        v, t, layers, _, c = each[2]
        least = (v + t) * c + layers * 8 * c * c  # the width of "swiglu" is free
        expect(each[1] >= least, "blocks have fewer parameters than attention and MLP need")


@test_case(
    name="a new model's loss",
    points=0.5,
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
        nats = np.log(np.exp(z).sum(-1)) - np.take_along_axis(z, targets[..., None], 2)[..., 0]
        assert_close(loss, float(nats.mean()), rtol=1e-4, what="loss")  # float32
        assert_equal(ndim, 0, what="dimensions of the loss")


@test_case(
    name="dropout",
    points=0.5,
    hidden=True,
    failure_message="Dropout works in training mode only, and at 0 not at all.",
)
def test_dropout(student):
    def probe(GPT, GPTConfig, size, dropout, ids):
        import torch

        torch.manual_seed(5)
        model, x = GPT(GPTConfig(**size, dropout=dropout)), torch.tensor(ids)
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


@test_case(
    name="sizes and kinds that do not fit",
    points=0.5,
    hidden=True,
    failure_message="ValueError if n_head does not divide n_embd (in Attention and in GPT), if T > "
    "block_size, and for kinds of norm, MLP or positions that the model does not know.",
)
def test_errors(student):
    def probe(GPT, GPTConfig, size, t):
        import torch

        return list(GPT(GPTConfig(**size))(torch.zeros(1, t, dtype=torch.int64))[0].shape)

    assert_equal(student(probe, size=SIZE, t=16), [1, 16, 31], what="shape of the logits")
    for change in ({"n_head": 5}, {"n_head": 64}, {"norm": "?"}, {"mlp": "?"}, {"positions": "?"}):
        assert_raises(ValueError, student, probe, size={**SIZE, **change}, t=16)
    assert_raises(ValueError, student, probe, size={**SIZE, "norm_place": "?"}, t=16)
    assert_raises(ValueError, student, probe, size=SIZE, t=17)
    for part, change in (
        ("Attention", {"n_head": 5}),
        ("MLP", {"mlp": "?"}),
        ("Block", {"norm": "?"}),
    ):
        given = {"part": part, "size": {**SIZE, **change}}
        assert_raises(ValueError, ask, student, probe_kind, **given)
