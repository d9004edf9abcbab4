"""Reference figures of `sequences`: Viterbi against hmmlearn's C++, a layer of LSTM against torch.

hmmlearn is not one of the project's packages. Where it is missing its rows are left out, and it is
said how to get it: `pip install 'hmmlearn==0.3.3'` in an environment of its own.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from solutions.sequences import sequences as solution

SWIFT = Path(__file__).parents[1] / "assignments" / "sequences" / "alternatives" / "swift.py"

Run = Callable[[], Any]


def ratios() -> Iterator[tuple[str, float, Run, Run]]:
    """(label, bar, ours, reference); a bar of infinity is for information."""
    yield from _viterbi()
    yield from _lstm()


def _model(k: int, m: int, time: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(k)
    tables = rng.dirichlet(np.ones(k)), rng.dirichlet(np.ones(k), k), rng.dirichlet(np.ones(m), k)
    return *tables, rng.integers(0, m, time)


def _viterbi() -> Iterator[tuple[str, float, Run, Run]]:
    try:
        from hmmlearn.hmm import CategoricalHMM
    except ImportError:
        print("hmmlearn is not here: pip install 'hmmlearn==0.3.3'", file=sys.stderr)
        return
    for k in (200, 20):
        initial, transition, emission, seen = _model(k, 50, 500)
        theirs = CategoricalHMM(n_components=k)
        theirs.startprob_, theirs.transmat_, theirs.emissionprob_ = initial, transition, emission
        column = seen[:, None]
        log_probability, path = theirs.decode(column)
        ours = solution.viterbi(initial, transition, emission, seen)
        assert np.isclose(ours[1], log_probability)
        assert (ours[0] == path).all()
        for name, module in _answers():

            def run(
                module: Any = module, given: Any = (initial, transition, emission, seen)
            ) -> Any:
                return module.viterbi(*given)

            label = f"q6, Viterbi, {k} states, 500 steps, {name}"
            bar = 1.2 if module is not solution and k == 200 else float("inf")
            yield label, bar, run, lambda theirs=theirs, column=column: theirs.decode(column)


def _lstm() -> Iterator[tuple[str, float, Run, Run]]:
    import torch

    torch.set_num_threads(1)
    batch, time, d, n = 32, 50, 24, 96  # as in the notebook
    rng = np.random.default_rng(0)
    x, g = rng.standard_normal((batch, time, d)), rng.standard_normal((batch, time, n))
    layer = torch.nn.LSTM(d, n, batch_first=True, dtype=torch.float64)
    wx, wh = layer.weight_ih_l0.detach().numpy().T, layer.weight_hh_l0.detach().numpy().T
    b = (layer.bias_ih_l0 + layer.bias_hh_l0).detach().numpy()
    xt, gt = torch.tensor(x, requires_grad=True), torch.tensor(g)

    def theirs() -> Any:
        layer.zero_grad()
        xt.grad = None
        layer(xt)[0].backward(gt)

    for name, module in _answers():

        def run(module: Any = module) -> Any:
            mine = module.LSTM(wx, wh, b)
            mine.forward(x)
            return mine.backward(g)

        bar = 2.0 if name == "the solution" else float("inf")
        yield f"q3, LSTM forward and backward, (32, 50, 24) to 96, {name}", bar, run, theirs


def _answers() -> list[tuple[str, ModuleType]]:
    spec = importlib.util.spec_from_file_location("swift", SWIFT)
    swift = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(swift)
    return [("the solution", solution), ("`alternatives/swift.py`", swift)]
