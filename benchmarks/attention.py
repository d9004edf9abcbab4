"""Reference figures of `attention`: one causal head of width 64 in float32, against torch.

torch gets the very arguments that our functions get: arrays (t, d), and q2's boolean mask. Its
fused kernel wants two more axes in front, so the same is measured once more with those. Torch's
function returns no weights; ours of q2 does.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Run = Callable[[], Any]


def _head(t: int, d: int = 64) -> list[np.ndarray]:
    return list(np.random.default_rng(t).standard_normal((3, t, d)).astype(np.float32))


def ratios() -> Iterator[tuple[str, float, Run, Run]]:
    """(label, bar, ours, reference); a bar of infinity is for information."""
    import torch

    from solutions.attention.attention import (
        causal_mask,
        scaled_dot_product_attention,
        streaming_attention,
    )

    torch.set_num_threads(1)
    fused = torch.nn.functional.scaled_dot_product_attention

    arrays = _head(256)
    mask = causal_mask(256)
    tensors, torch_mask = [torch.from_numpy(a) for a in arrays], torch.from_numpy(mask)
    deep = [a[None, None] for a in tensors]

    def ours() -> Any:
        return scaled_dot_product_attention(*arrays, mask)

    yield "q2, t = 256", 1.0, ours, lambda: fused(*tensors, attn_mask=torch_mask)
    yield (
        "q2, t = 256, against the fused kernel",
        float("inf"),
        ours,
        lambda: fused(*deep, attn_mask=torch_mask),
    )

    longer = _head(1024)
    long_tensors = [torch.from_numpy(a) for a in longer]
    long_deep = [a[None, None] for a in long_tensors]

    def streaming() -> Any:
        return streaming_attention(*longer, block=128, causal=True)

    yield "q7, t = 1024", 1.2, streaming, lambda: fused(*long_tensors, is_causal=True)
    yield (
        "q7, t = 1024, against the fused kernel",
        float("inf"),
        streaming,
        lambda: fused(*long_deep, is_causal=True),
    )


def checks() -> Iterator[tuple[str, float, float]]:
    """(label, bar, measured): the peak memory of q7 as a share of q2's."""
    from solutions.attention.attention import (
        causal_mask,
        scaled_dot_product_attention,
        streaming_attention,
    )

    arrays = _head(4096)
    mask = causal_mask(4096)
    full = _peak(lambda: scaled_dot_product_attention(*arrays, mask))
    lean = _peak(lambda: streaming_attention(*arrays, block=128, causal=True))
    yield "q7, peak memory at t = 4096 as a share of q2's", 1 / 8, lean / full


def _peak(run: Run) -> int:
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
