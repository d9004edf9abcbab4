"""Reference figures of the assignment `spectral`."""

from __future__ import annotations

import importlib.util
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
PLAIN = ROOT / "solutions" / "spectral" / "spectral.py"
TUNED = ROOT / "assignments" / "spectral" / "alternatives" / "tuned.py"  # fewer pairs, fewer steps


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _moons(n: int, noise: float) -> np.ndarray:
    rng = np.random.default_rng(0)
    angle, upper = rng.random(n) * np.pi, np.arange(n) % 2 == 0
    high, low = (np.cos(angle), np.sin(angle)), (1 - np.cos(angle), 0.5 - np.sin(angle))
    x: np.ndarray = np.where(upper, high, low).T + noise * rng.standard_normal((n, 2))
    return x


def ratios() -> Iterator[tuple[str, float, Callable[[], Any], Callable[[], Any]]]:
    """(what, bar, ours, reference): time of ours over time of the reference.

    The bar is that of the tuned alternative; the solution, which reads like the handout, is shown
    beside it.
    """
    import warnings

    from sklearn.cluster import SpectralClustering

    x = _moons(5000, 0.05)

    def ours(answer: ModuleType) -> Callable[[], Any]:
        return lambda: answer.spectral_clustering(x, 2, np.random.default_rng(0))

    def scikit_learn() -> Any:
        with warnings.catch_warnings():  # "Graph is not fully connected"
            warnings.simplefilter("ignore")
            model = SpectralClustering(2, affinity="nearest_neighbors", random_state=0)
            return model.fit_predict(x)

    label = "spectral_clustering, 5 000 moons, 10 neighbours / scikit-learn"
    yield f"{label}: `alternatives/tuned.py`", 1.5, ours(_load(TUNED)), scikit_learn
    yield f"{label}: the solution", float("inf"), ours(_load(PLAIN)), scikit_learn


def checks() -> Iterator[tuple[str, float, float]]:
    """(what, bar, measured): peak memory as a share of what the whole graph would take."""
    solution = _load(PLAIN)
    calls: list[tuple[str, float, int, Callable[[np.ndarray], Any]]] = [
        ("knn_graph, 4 000 points / all distances", 0.1, 4000, lambda x: solution.knn_graph(x, 10)),
        (
            "nystrom_embedding, 20 000 points, 150 landmarks / the whole affinity",
            0.05,
            20_000,
            lambda x: solution.nystrom_embedding(x, 2, 150, 25.0, np.random.default_rng(0)),
        ),
    ]
    for label, bar, n, call in calls:
        x = _moons(n, 0.05)
        tracemalloc.start()
        call(x)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        yield label, bar, peak / (8 * n * n)
