"""The GPT in NumPy: forward pass, then gradients, without torch."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, expect, test_case

OK_FORMAT = False
name = "q8 (hidden)"
points = 8

SIZE = {"vocab_size": 19, "block_size": 10, "n_layer": 2, "n_head": 3, "n_embd": 24}


def random_ids(shape, seed, v=19):
    return np.random.default_rng(seed).integers(0, v, shape)


def probe_both(GPT, GPTConfig, NumpyGPT, size, ids, targets, kind, grads):
    """What torch and NumPy say, and how often NumPy's model has called torch."""
    import numpy as np
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode

    calls = []

    class Spy(TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            calls.append(1)
            return function(*args, **(kwargs or {}))

    torch.manual_seed(1)
    model = GPT(GPTConfig(**size)).eval()
    with torch.no_grad():
        for p in model.parameters():
            p.add_(0.2 * torch.randn(p.shape))
    logits = model(torch.from_numpy(ids))[0]
    loss = torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), torch.from_numpy(targets).flatten()
    )
    loss.backward()
    arrays = {}  # one for each piece of memory: a tied table under two names stays one array
    for w in model.state_dict().values():
        w = w.numpy()
        arrays[w.ctypes.data] = w.astype(kind) if w.dtype.kind == "f" else w.copy()
    weights = {n: arrays[w.numpy().ctypes.data] for n, w in model.state_dict().items()}
    before = {n: w.copy() for n, w in weights.items()}
    with Spy():
        plain = NumpyGPT(weights, model.config)
        got = plain.forward(ids)
        got_loss, got_grads = plain.loss_and_grads(ids, targets) if grads else (None, {})
    wanted = {n: p.grad.numpy() for n, p in model.named_parameters() if p.grad is not None}
    return {
        "logits": (got, logits.detach().numpy()),
        "loss": (None if got_loss is None else float(got_loss), loss.item()),
        "grads": (dict(got_grads), wanted),
        "calls": len(calls),
        "changed": [n for n, w in weights.items() if not np.array_equal(w, before[n])],
    }


@test_case(
    name="logits",
    points=2,
    hidden=True,
    failure_message="The same logits as the torch model with the same weights, for several sizes, "
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
        ids = random_ids(shape, i)
        found = student(
            probe_both, size={**SIZE, **change}, ids=ids, targets=ids, kind="float64", grads=False
        )
        got, wanted = found["logits"]
        # The torch model computes in float32.
        assert_array(got, wanted, rtol=1e-3, atol=1e-3, what="logits")
        assert_equal(found["changed"], [], what="weights changed by forward")


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
        found = student(probe_both, size=SIZE, ids=ids, targets=ids, kind=kind, grads=False)
        expect(found["calls"] == 0, "the NumPy model has called torch")
        got, wanted = found["logits"]
        assert_array(got, wanted, rtol=1e-3, atol=1e-3, dtype=kind, what="logits")


@test_case(
    name="weights in use",
    points=1,
    hidden=True,
    failure_message="`.weights` are the arrays that forward uses: whoever changes them in place "
    "changes the next answer.",
)
def test_in_place(student):
    def probe(GPT, GPTConfig, NumpyGPT, size, ids):
        import numpy as np
        import torch

        torch.manual_seed(2)
        model = GPT(GPTConfig(**size)).eval()
        arrays = {w.data_ptr(): w.numpy().copy() for w in model.state_dict().values()}
        weights = {n: arrays[w.data_ptr()] for n, w in model.state_dict().items()}
        plain, answers = NumpyGPT(weights, model.config), []
        with torch.no_grad():
            for _ in range(2):
                for name, p in model.named_parameters():
                    noise = 0.1 * np.random.default_rng(p.numel()).standard_normal(tuple(p.shape))
                    p.add_(torch.from_numpy(noise.astype(np.float32)))
                    plain.weights[name] += noise.astype(np.float32)
                answers.append((plain.forward(ids), model(torch.from_numpy(ids))[0].numpy()))
        return answers

    for got, wanted in student(probe, size=SIZE, ids=random_ids((2, 10), 6)):
        assert_array(got, wanted, rtol=1e-3, atol=1e-3, what="logits after a change in place")


@test_case(
    name="gradients (bonus)",
    points=2.5,
    hidden=True,
    failure_message="The same gradients as torch's, for every parameter by its name. A tied table "
    "collects from both ends, positions that were not used get 0, no torch is called.",
)
def test_gradients(student):
    for i, (change, shape) in enumerate(
        (({}, (3, 10)), ({"n_layer": 1, "n_head": 1}, (1, 4)), ({"n_head": 6}, (5, 7)))
    ):
        ids, targets = random_ids(shape, 10 + i), random_ids(shape, 20 + i)
        found = student(
            probe_both,
            size={**SIZE, **change},
            ids=ids,
            targets=targets,
            kind="float64",
            grads=True,
        )
        assert_close(*found["loss"], rtol=1e-4, what="loss")
        got, wanted = found["grads"]
        expect(found["calls"] == 0, "the NumPy model has called torch")
        missing = sorted(set(wanted) - set(got))
        assert_equal(missing, [], what="parameters without a gradient")
        for name, gradient in wanted.items():
            # torch computes in float32: a thousandth of the largest entry
            largest = float(np.abs(gradient).max())
            assert_array(
                got[name], gradient, rtol=2e-3, atol=2e-3 * largest + 1e-7, what="a gradient"
            )


@test_case(
    name="downhill (bonus)",
    points=1.5,
    hidden=True,
    failure_message="The gradients predict how the loss changes along any direction, and a few "
    "steps against them make it smaller.",
)
def test_downhill(student):
    def probe(GPT, GPTConfig, NumpyGPT, size, ids, targets, step):
        import numpy as np
        import torch

        torch.manual_seed(3)
        model = GPT(GPTConfig(**size)).eval()
        rng = np.random.default_rng(0)
        names = [name for name, _ in model.named_parameters()]
        state = model.state_dict()
        owner = {state[n].data_ptr(): n for n in reversed(names)}  # of a tied table: its first name
        start = {n: w.numpy().copy() for n, w in state.items()}
        for n in names:
            start[n] = start[n] + 0.2 * rng.standard_normal(start[n].shape)

        def made(change):
            moved = {n: w + change[n] if n in change else w.copy() for n, w in start.items()}
            tied = {n: owner.get(w.data_ptr(), n) for n, w in state.items()}
            return NumpyGPT({n: moved[tied[n]] for n in moved}, model.config)

        def loss_at(change):
            return made(change).loss_and_grads(ids, targets)[0]

        grads = made({}).loss_and_grads(ids, targets)[1]
        slopes = []
        for _ in range(4):
            way = {n: rng.standard_normal(start[n].shape) for n in names if n in grads}
            up = loss_at({n: step * w for n, w in way.items()})
            down = loss_at({n: -step * w for n, w in way.items()})
            slope = sum(float((grads[n] * w).sum()) for n, w in way.items())
            slopes.append((float(up - down) / (2 * step), slope))
        plain, losses = made({}), []
        for _ in range(30):
            loss, grads = plain.loss_and_grads(ids, targets)
            losses.append(float(loss))
            for name, gradient in grads.items():
                plain.weights[name] -= 0.05 * gradient
        return slopes, losses

    ids, targets = random_ids((2, 8), 7), random_ids((2, 8), 8)
    slopes, losses = student(probe, size=SIZE, ids=ids, targets=targets, step=1e-5)
    for measured, predicted in slopes:
        # central differences in float64: about 1e-9 of error at this step
        assert_close(measured, predicted, rtol=1e-4, atol=1e-5, what="slope along a direction")
    expect(losses[-1] < 0.8 * losses[0], "thirty steps downhill have hardly changed the loss")
