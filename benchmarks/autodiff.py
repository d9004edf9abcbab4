"""Reference figures of `autodiff`: the student's engine, written in NumPy, against torch."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np

ROOT = Path(__file__).parents[1]
PLAIN = ROOT / "solutions" / "autodiff" / "autodiff.py"
TUNED = ROOT / "assignments" / "autodiff" / "alternatives" / "tuned.py"  # one node a layer

SIZES, BATCH = (64, 64, 64, 10), 128
STEPS = 50  # in one timed call: a single one takes a quarter of a millisecond


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ratios() -> Iterator[tuple[str, float, Callable[[], object], Callable[[], object]]]:
    """Yield (label, bar, ours, reference): time(ours) <= bar * time(reference).

    The bar is that of the tuned alternative; the solution, which reads like the handout, is shown
    beside it.
    """
    yield _against_torch("`alternatives/tuned.py`", _load(TUNED), 0.65)
    yield _against_torch("the solution", _load(PLAIN), float("inf"))


def _against_torch(
    name: str, ours: ModuleType, bar: float
) -> tuple[str, float, Callable[[], object], Callable[[], object]]:
    import torch

    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    model = ours.MLP(SIZES, rng)
    x, y = rng.standard_normal((BATCH, SIZES[0])), rng.integers(0, SIZES[-1], BATCH)

    layers = []
    for n_in, n_out in pairwise(SIZES):
        layers += [torch.nn.Linear(n_in, n_out, dtype=torch.float64), torch.nn.ReLU()]
    peer = torch.nn.Sequential(*layers[:-1])
    with torch.no_grad():
        for theirs, own in zip(peer.parameters(), model.parameters(), strict=True):
            theirs.copy_(torch.from_numpy(own.data.T if own.data.ndim == 2 else own.data))
    x_torch, y_torch = torch.from_numpy(x), torch.from_numpy(y)

    def step() -> float:
        for parameter in model.parameters():
            parameter.grad = None
        loss = ours.cross_entropy(model(x), y)
        loss.backward()
        return loss.data.item()

    def torch_step() -> float:
        for parameter in peer.parameters():
            parameter.grad = None
        loss = torch.nn.functional.cross_entropy(peer(x_torch), y_torch)
        loss.backward()
        return loss.item()

    if abs(step() - torch_step()) > 1e-9:
        raise AssertionError("the two networks disagree")
    label = f"64-64-64-10 MLP, batch 128, float64: forward and backward of {name} / torch"
    return (
        label,
        bar,
        lambda: [step() for _ in range(STEPS)],
        lambda: [torch_step() for _ in range(STEPS)],
    )
