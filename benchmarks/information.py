"""How fast the reference solution of `information` is, against SciPy, scikit-learn and two coders.

The coders (Huffman in Python, arithmetic coding in Python and in Rust) are not among the project's
packages: `pip install bitarray arithmetic-compressor constriction`, or their rows are left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import numpy as np

Run = Callable[[], object]


def ratios() -> Iterator[tuple[str, float, Run, Run]]:
    from scipy.spatial.distance import jensenshannon
    from scipy.stats import entropy as scipys
    from sklearn.metrics import mutual_info_score

    from solutions.information import information

    rng = np.random.default_rng(0)
    p, q = rng.dirichlet(np.full(500, 0.3), size=(2, 1000))
    size = "1 000 distributions of 500 symbols"
    yield (
        f"entropy, {size}: SciPy's",
        1.2,
        lambda: information.entropy(p),
        lambda: scipys(p, base=2, axis=-1),
    )
    yield (
        f"kl_divergence, {size}: SciPy's entropy",
        1.2,
        lambda: information.kl_divergence(p, q),
        lambda: scipys(p, q, base=2, axis=-1),
    )
    yield (
        f"js_divergence, {size}: SciPy's jensenshannon",
        1.2,
        lambda: information.js_divergence(p, q),
        lambda: jensenshannon(p, q, base=2, axis=-1),
    )
    table = rng.integers(0, 50, (400, 400))
    yield (
        "mutual_information, 400 × 400: scikit-learn's mutual_info_score",
        1.0,
        lambda: information.mutual_information(table),
        lambda: mutual_info_score(None, None, contingency=table),
    )
    yield from _coders(information, rng)


def _coders(
    information: ModuleType, rng: np.random.Generator
) -> Iterator[tuple[str, float, Run, Run]]:
    try:
        import constriction
        from arithmetic_compressor import AECompressor
        from arithmetic_compressor.models import StaticModel
        from bitarray.util import huffman_code
    except ImportError as missing:
        print(f"information's coders are not measured: {missing}", file=sys.stderr)
        return
    weights = {i: int(w) for i, w in enumerate(rng.zipf(1.3, 2000).clip(max=10**9))}
    yield (
        "huffman_code, 2 000 symbols: bitarray's",
        2.0,
        lambda: information.huffman_code(weights),
        lambda: huffman_code(weights),
    )
    row = rng.dirichlet(np.full(63, 0.3)).clip(min=1e-5)
    row /= row.sum()
    symbols = rng.choice(63, size=2000, p=row).tolist()
    static = StaticModel(dict(enumerate(row.tolist())))  # sums its probabilities up once, for all
    yield (
        "arithmetic_encode, 2 000 symbols of 63: arithmetic-compressor's, with a model of its own",
        3.0,
        lambda: information.arithmetic_encode(symbols, lambda past: row),
        lambda: AECompressor(static, adapt=False).compress(symbols),
    )
    categorical = constriction.stream.model.Categorical

    def theirs() -> object:
        coder = constriction.stream.queue.RangeEncoder()
        for symbol in symbols:
            coder.encode(symbol, categorical(row, perfect=False))
        return coder.get_compressed()

    yield (
        "arithmetic_encode, 2 000 symbols of 63: constriction's range coder (Rust)",
        float("inf"),
        lambda: information.arithmetic_encode(symbols, lambda past: row),
        theirs,
    )
