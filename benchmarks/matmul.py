"""The reference figures of `matmul`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np


def ratios() -> Iterator[tuple[str, float, Callable[[], Any], Callable[[], Any]]]:
    """q3 against `@`; the better of q5's two products against the dense ones."""
    from solutions.matmul.matmul import CSRMatrix, matmul_blocked

    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((512, 512)), rng.standard_normal((512, 512))
    yield "q3, block 128, n = 512, against @", 1.6, lambda: matmul_blocked(a, b, 128), lambda: a @ b
    n = 1024
    dense = rng.standard_normal((n, n)) * (rng.random((n, n)) < 0.01)
    sparse, x = CSRMatrix.from_dense(dense), rng.standard_normal(n)
    yield "q5, matvec, density 0.01", 0.6, lambda: sparse.matvec(x), lambda: dense @ x
