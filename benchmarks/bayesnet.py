"""The reference figure of `bayesnet`: twenty queries on the ALARM network against pgmpy.

pgmpy is not one of the project's packages. Where it, or a version of it that brings the network
along, is not installed, `ratios` prints a sentence that says how to get it, and yields nothing.
"""

from __future__ import annotations

import importlib.util
import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

SOLUTION = Path(__file__).parents[1] / "solutions" / "bayesnet" / "bayesnet.py"
Ratio = tuple[str, float, Callable[[], object], Callable[[], object]]


class Skip(Exception):
    """This machine cannot measure it, and why."""


def _solution() -> Any:
    spec = importlib.util.spec_from_file_location("bayesnet_solution", SOLUTION)
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    sys.modules["bayesnet_solution"] = module
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return module


def _alarm() -> Any:
    """pgmpy's own copy of ALARM (37 nodes)."""
    logging.getLogger("pgmpy").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pgmpy.utils import get_example_model

            return get_example_model("alarm")
    except Exception as error:
        raise Skip(
            f"pgmpy with its example networks is not here ({error}); in another environment: "
            "pip install 'pgmpy==1.0.0'"
        ) from error


def questions(alarm: Any, n: int = 20, seed: int = 0) -> list[tuple[str, dict[str, str]]]:
    """Random queries with one to four pieces of evidence, none of probability 0."""
    rng, result = np.random.default_rng(seed), []
    names = sorted(alarm.nodes())
    for _ in range(n):
        query, *seen = rng.permutation(names).tolist()[: rng.integers(2, 6)]
        result.append((query, {v: alarm.get_cpds(v).state_names[v][0] for v in seen}))
    return result


def convert(alarm: Any, module: Any) -> Any:
    """A pgmpy network as a `BayesNet`."""
    import networkx as nx

    net = module.BayesNet()
    for v in nx.topological_sort(alarm):
        cpd = alarm.get_cpds(v)  # own axis first
        net.add(v, cpd.state_names[v], cpd.variables[1:], np.moveaxis(cpd.values, 0, -1))
    return net


def ratios() -> Iterator[Ratio]:
    """Label, bar, our run, the reference run; nothing but a message where pgmpy is missing."""
    try:
        alarm, module = _alarm(), _solution()
    except Skip as reason:
        print(f"bayesnet is not measured: {reason}", file=sys.stderr)
        return
    from pgmpy.inference import VariableElimination

    theirs, net, asked = VariableElimination(alarm), convert(alarm, module), questions(alarm)

    def ours() -> list[Any]:
        return [module.eliminate(net, query, evidence) for query, evidence in asked]

    def reference() -> list[Any]:
        return [theirs.query([q], e, show_progress=False).values for q, e in asked]

    for got, want in zip(ours(), reference(), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-6)
    yield "20 queries on ALARM / pgmpy's variable elimination", 1.2, ours, reference


def main() -> None:
    """Measure by itself: in turn, the fastest of each."""
    import time

    for label, bar, ours, reference in ratios():
        best = {ours: np.inf, reference: np.inf}
        for _ in range(20):
            for run in best:
                start = time.perf_counter()
                run()
                best[run] = min(best[run], time.perf_counter() - start)
        print(f"{label}: {best[ours] / best[reference]:.2f} (at most {bar})")


if __name__ == "__main__":
    main()
