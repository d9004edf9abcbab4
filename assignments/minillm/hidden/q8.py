"""The GPT in NumPy: forward pass, then gradients, without torch."""

import math

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, expect, test_case

OK_FORMAT = False
name = "q8 (hidden)"
points = 6

SIZE = {"vocab_size": 19, "block_size": 10, "n_layer": 2, "n_head": 3, "n_embd": 24}


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


# Weights for the student's model, which only says what their names are.


def probe_names(GPT, GPTConfig, size):
    config = GPTConfig(**size)
    known = ("tokens", "positions", "blocks", "norm")  # a further parameter is q3's affair
    named = {n: list(p.shape) for n, p in GPT(config).named_parameters()}
    shapes = {n: shape for n, shape in named.items() if n.split(".")[0] in known}
    return shapes, config.norm, config.mlp


def probe_run(GPT, GPTConfig, NumpyGPT, size, values, ids, targets, changes):
    """What the NumPy model says, before and after changes in place, and how often it called torch.

    A tied table that has a second name in the state dict is one array under two names.
    """
    import numpy as np
    from torch.utils._python_dispatch import TorchDispatchMode

    calls = []

    class Spy(TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            calls.append(1)
            return function(*args, **(kwargs or {}))

    config = GPTConfig(**size)
    model = GPT(config)
    owner = {p.data_ptr(): n for n, p in model.named_parameters()}
    weights, kind = {}, next(iter(values.values())).dtype
    for n, w in model.state_dict().items():
        if owner.get(w.data_ptr()) in values:
            weights[n] = values[owner[w.data_ptr()]]
        else:  # a buffer
            weights[n] = w.numpy().astype(kind) if w.is_floating_point() else w.numpy().copy()
    before = {n: w.copy() for n, w in weights.items()}
    with Spy():
        plain = NumpyGPT(weights, config)
        logits = [plain.forward(ids)]
        loss, grads = 0.0, {}
        if targets is not None:
            plain.loss_and_grads(ids, targets)
            loss, grads = plain.loss_and_grads(ids, targets)  # the same again
        changed = [n for n, w in weights.items() if not np.array_equal(w, before[n])]
        for name, change in (changes or {}).items():
            plain.weights[name] += change
        if changes:
            logits.append(plain.forward(ids))
            changed = [n for n, w in weights.items() if not np.array_equal(w, before[n])]
    return logits, float(loss), dict(grads), len(calls), changed


def random_ids(shape, seed, v=19):
    return np.random.default_rng(seed).integers(0, v, shape)


def run(student, size, ids, kind="float64", targets=None, change=False):
    """The student's answers and, for each way to read the declaration, the weights' meaning."""
    shapes, norm, mlp = student(probe_names, size=size)
    rng, values, changes = np.random.default_rng(ids.size), {}, {}
    for key, shape in sorted(shapes.items()):
        scale = 1.5 * shape[-1] ** -0.5 if len(shape) > 1 else 0.5
        w = scale * rng.standard_normal(shape) + (len(shape) == 1 and key.endswith("weight"))
        values[key] = w.astype(kind)
        changes[key] = (0.2 * rng.standard_normal(shape)).astype(kind)
    answer = student(
        probe_run,
        size=size,
        values={key: w.copy() for key, w in values.items()},
        ids=ids,
        targets=targets,
        changes=changes if change else None,
    )
    ways = ("gelu", "gelu, by tanh") if mlp == "gelu" else (mlp,)
    kinds = [{**size, "norm": norm, "mlp": way} for way in ways]
    exact = {key: w.astype(np.float64) for key, w in values.items()}
    way = min(kinds, key=lambda way: distance(answer[0][0], gpt(exact, ids, way)))
    return answer, exact, {key: w.astype(np.float64) for key, w in changes.items()}, way


def distance(got, wanted):
    return float(np.abs(got - wanted).max()) if np.shape(got) == wanted.shape else 0.0


def loss_of(w, ids, targets, kind):
    z = gpt(w, ids, kind)
    z = z - z.max(-1, keepdims=True)
    right = np.take_along_axis(z, targets[..., None], -1)[..., 0]
    return float((np.log(np.exp(z).sum(-1)) - right).mean())


def slope(w, along, ids, targets, kind):
    """How the loss changes along a direction: central differences, good to nine digits."""
    up, down = ({k: v + s * along.get(k, 0) for k, v in w.items()} for s in (1e-6, -1e-6))
    return (loss_of(up, ids, targets, kind) - loss_of(down, ids, targets, kind)) / 2e-6


# Only eps, the small number beside the variance, is left open: 1e-5 of it are allowed for.
CLOSE = {"rtol": 1e-3, "atol": 1e-3}


@test_case(
    name="logits",
    points=1.5,
    hidden=True,
    failure_message="The same logits as a torch model with the same weights, for several sizes, "
    "also for texts shorter than block_size. The arrays that were passed in stay as they are.",
)
def test_forward(student):
    for i, (change, shape) in enumerate(
        (
            ({}, (4, 10)),
            ({"n_layer": 3, "n_head": 1}, (1, 1)),
            ({"n_head": 8, "n_layer": 1}, (2, 7)),
        )
    ):
        ids, size = random_ids(shape, i), {**SIZE, **change}
        (logits, _, _, _, changed), w, _, way = run(student, size, ids)
        assert_array(logits[0], gpt(w, ids, way), **CLOSE, what="logits")
        assert_equal(changed, [], what="weights changed by forward")


@test_case(
    name="NumPy alone",
    points=1,
    hidden=True,
    failure_message="forward must not call torch, and works in the dtype of the weights: float32 "
    "stays float32, float64 stays float64.",
)
def test_alone(student):
    ids = random_ids((2, 6), 5)
    for kind in ("float32", "float64"):
        (logits, _, _, calls, _), w, _, way = run(student, SIZE, ids, kind)
        expect(calls == 0, "the NumPy model has called torch")
        assert_array(logits[0], gpt(w, ids, way).astype(kind), **CLOSE, dtype=kind, what="logits")


@test_case(
    name="weights in use",
    points=1,
    hidden=True,
    failure_message="`.weights` are the arrays that forward uses: whoever changes them in place "
    "changes the next answer. They are copies: the arrays that were passed in stay as they are.",
)
def test_in_place(student):
    ids = random_ids((2, 10), 6)
    (logits, _, _, _, changed), w, changes, way = run(student, SIZE, ids, change=True)
    moved = {key: w[key] + changes[key] for key in w}
    assert_array(logits[1], gpt(moved, ids, way), **CLOSE, what="logits after a change in place")
    assert_equal(changed, [], what="arrays of the caller that have changed")


@test_case(
    name="gradients (bonus)",
    points=1.5,
    hidden=True,
    failure_message="The gradients of the mean cross-entropy, for every parameter by its name. A "
    "tied table collects from both ends, positions that were not used get 0, no torch is called.",
)
def test_gradients(student):
    for i, (change, shape) in enumerate(
        (({}, (3, 10)), ({"n_layer": 1, "n_head": 1}, (1, 4)), ({"n_head": 6}, (5, 7)))
    ):
        ids, targets, size = (
            random_ids(shape, 10 + i),
            random_ids(shape, 20 + i),
            {**SIZE, **change},
        )
        (_, loss, grads, calls, changed), w, _, way = run(student, size, ids, targets=targets)
        assert_close(loss, loss_of(w, ids, targets, way), rtol=1e-4, what="loss")
        expect(calls == 0, "the NumPy model has called torch")
        assert_equal(changed, [], what="weights changed by loss_and_grads")
        missing = sorted(set(w) - set(grads))
        assert_equal(missing, [], what="parameters without a gradient")
        rng = np.random.default_rng(i)
        for key in sorted(w):
            assert_equal(np.shape(grads[key]), w[key].shape, what="shape of a gradient")
            along = rng.standard_normal(w[key].shape)
            assert_close(
                float((grads[key] * along).sum()),
                slope(w, {key: along}, ids, targets, way),
                rtol=1e-3,
                atol=1e-4 * float(np.abs(grads[key] * along).sum()) + 1e-7,
                what=f"gradient of {key} along a direction",
            )
        unused = grads["positions.weight"][shape[1] :]
        expect(bool((unused == 0).all()), "positions that were not used have a gradient")


@test_case(
    name="downhill (bonus)",
    points=1,
    hidden=True,
    failure_message="Calling loss_and_grads again and again, with a step against the gradients in "
    "between, makes the loss smaller: nothing of the last call is left in the next.",
)
def test_downhill(student):
    def probe(GPT, GPTConfig, NumpyGPT, size, values, ids, targets, steps):
        config = GPTConfig(**size)
        model = GPT(config)
        owner = {p.data_ptr(): n for n, p in model.named_parameters()}
        weights = {n: values.get(owner.get(w.data_ptr())) for n, w in model.state_dict().items()}
        state = model.state_dict()
        weights = {n: state[n].numpy() if w is None else w for n, w in weights.items()}
        plain, losses = NumpyGPT(weights, config), []
        for _ in range(steps):
            loss, grads = plain.loss_and_grads(ids, targets)
            losses.append(float(loss))
            for name in values:
                plain.weights[name] -= 0.05 * grads[name]
        return losses, {n: plain.weights[n] for n in values}

    ids, targets = random_ids((2, 8), 7), random_ids((2, 8), 8)
    _, w, _, way = run(student, SIZE, ids)
    values = {key: v.copy() for key, v in w.items()}
    losses, moved = student(probe, size=SIZE, values=values, ids=ids, targets=targets, steps=30)
    expect(losses[-1] < 0.8 * losses[0], "thirty steps downhill have hardly changed the loss")
    moved = {key: v.astype(np.float64) for key, v in moved.items()}
    expect(loss_of(moved, ids, targets, way) < losses[-1], "the last step has not lowered the loss")
