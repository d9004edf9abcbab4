"""How fast the reference solution of `pca` is, and how much memory it needs.

`ratios()` yields (label, bar, ours, reference): time of the first callable over that of the
second. `checks()` yields (label, bar, measured value).
"""

from __future__ import annotations

import importlib.util
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

Run = Callable[[], object]
N, D, K = 20_000, 1_000, 50
BATCH = 5 * D  # scikit-learn's default


def solution() -> ModuleType:
    """The reference solution, as a module."""
    path = Path(__file__).parents[1] / "solutions" / "pca" / "pca.py"
    spec = importlib.util.spec_from_file_location("pca_solution", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def table() -> Any:
    """A hundred directions with falling variance, noise in all others, and a mean."""
    rng = np.random.default_rng(0)
    signal = rng.standard_normal((N, 100)) * np.linspace(3, 0.3, 100)
    return signal @ rng.standard_normal((100, D)) / 10 + rng.standard_normal((N, D)) + 1


def ratios() -> Iterator[tuple[str, float, Run, Run]]:
    from sklearn.decomposition import PCA, IncrementalPCA

    pca, x = solution(), table()
    size = f"{N} × {D}, k = {K}"

    yield (
        f"pca_eigh, {size}: scikit-learn's auto",
        1.1,
        lambda: pca.pca_eigh(x, K),
        lambda: PCA(K).fit(x),
    )
    yield (
        f"randomized_pca, {size}, oversample 10, 4 iterations: scikit-learn's randomized",
        1.0,
        lambda: pca.randomized_pca(x, K, 10, 4, np.random.default_rng(0)),
        lambda: PCA(K, svd_solver="randomized", random_state=0).fit(x),
    )

    def ours(rows: int) -> object:
        model = pca.IncrementalPCA(K)
        for start in range(0, N, rows):
            model.partial_fit(x[start : start + rows])
        return model.result()

    def theirs(rows: int) -> object:
        model = IncrementalPCA(K)
        for start in range(0, N, rows):
            model.partial_fit(x[start : start + rows])
        return model.components_

    for rows in (BATCH, 500):
        label = f"IncrementalPCA, {size}, batches of {rows}: scikit-learn's"
        yield label, 1.0, lambda rows=rows: ours(rows), lambda rows=rows: theirs(rows)


def checks() -> Iterator[tuple[str, float, float]]:
    pca = solution()

    def peak(batches: int) -> int:
        rng = np.random.default_rng(0)
        model = pca.IncrementalPCA(20)
        tracemalloc.start()
        for _ in range(batches):
            model.partial_fit(rng.standard_normal((200, 400)))
        model.result()
        bytes_ = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return bytes_

    peak(2)  # what is imported or cached on the way is no part of the comparison
    yield "IncrementalPCA: peak memory of 80 batches over that of 8", 1.05, peak(80) / peak(8)
