"""Attention without the big matrix, on fresh inputs and at the edges."""

from functools import partial

import numpy as np

from autograder.checks import assert_array, assert_raises, assert_speed, expect, test_case

OK_FORMAT = False
name = "q7 (hidden)"
points = 5


def attend(q, k, v, causal=False):
    scores = np.einsum("...id,...jd->...ij", q, k) / np.sqrt(q.shape[-1])
    if causal:
        scores = np.where(np.tri(*scores.shape[-2:]), scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.einsum("...ij,...jd->...id", e / e.sum(axis=-1, keepdims=True), v)


def normal(seed, *shapes):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


@test_case(
    name="any shape, any block",
    points=1,
    hidden=True,
    failure_message="Leading axes, more keys than queries or fewer, values of another width; "
    "blocks that do not divide the number of keys, blocks of 1, one block for all, the default.",
)
def test_shapes(streaming_attention):
    for lead, t_q, t_k, d, d_v in (((), 5, 9, 4, 2), ((2,), 7, 3, 5, 6), ((2, 3), 4, 6, 8, 8)):
        q, k, v = normal(71, (*lead, t_q, d), (*lead, t_k, d), (*lead, t_k, d_v))
        for block in (1, 2, 4, t_k, 50):
            assert_array(streaming_attention(q, k, v, block=block), attend(q, k, v))
    q, k, v = normal(72, (300, 4), (301, 4), (301, 3))
    assert_array(streaming_attention(q, k, v), attend(q, k, v), what="result, default block")


@test_case(
    name="causal, any block",
    points=1,
    hidden=True,
    failure_message="Query i looks at the keys 0 … i and no further, also where blocks do not "
    "divide t and with leading axes. Inputs must stay as they are.",
)
def test_causal(streaming_attention):
    for lead, t in (((), 7), ((2,), 8), ((2, 2), 5), ((), 1)):
        q, k, v = normal(73 + t, (*lead, t, 4), (*lead, t, 4), (*lead, t, 3))
        before = [a.copy() for a in (q, k, v)]
        for block in (1, 3, 4, t, 50):
            got = streaming_attention(q, k, v, block=block, causal=True)
            assert_array(got, attend(q, k, v, causal=True))
        for letter, a, b in zip("qkv", (q, k, v), before, strict=True):
            assert_array(a, b, what=f"input {letter} after the call")


@test_case(
    name="the maximum moves",
    points=1,
    hidden=True,
    failure_message="Scores that grow by thousands from block to block, fall by thousands, or lie "
    "far below zero throughout: sum and weighted sum have to follow the maximum.",
)
def test_rescaling(streaming_attention):
    v = np.random.default_rng(74).standard_normal((12, 3))
    ramp = np.repeat(np.arange(4.0), 3)[:, None] + np.tile([0.0, 1e-3, 2e-3], 4)[:, None]
    q = np.array([[3000.0], [-3000.0], [30.0], [-30.0], [2.0], [0.0]])
    for k in (ramp, ramp - 10.0, ramp[::-1]):
        for block in (2, 3, 5):
            # scores up to 4e4 carry eleven digits behind the point
            assert_array(
                streaming_attention(q, k, v, block=block), attend(q, k, v), rtol=1e-7, atol=1e-9
            )
    q, k, v = normal(75, (30, 4), (30, 4), (30, 4))
    got = streaming_attention(100 * q, 100 * k, v, block=4, causal=True)
    assert_array(got, attend(100 * q, 100 * k, v, causal=True), rtol=1e-6, atol=1e-8)


@test_case(
    name="peak memory",
    points=1,
    hidden=True,
    failure_message="At t = 4096 with blocks of 32 no array of t × t may appear, not even a "
    "boolean mask.",
)
def test_memory(student):
    def probe(streaming_attention, t, d, block):
        import tracemalloc

        import numpy as np

        q, k, v = np.random.default_rng(0).standard_normal((3, t, d))
        peaks = []
        for causal in (False, True):
            tracemalloc.start()
            streaming_attention(q, k, v, block=block, causal=causal)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        return peaks

    t = 4096
    for peak in student(probe, t=t, d=16, block=32):
        # one byte per pair: 16.8 MB; t × block numbers: 1 MB; the reference: 4 MB
        expect(peak < t * t / 2, f"{peak / 1e6:.0f} MB at t = {t}, block = 32")


@test_case(
    name="speed",
    points=0.5,
    hidden=True,
    failure_message="At t = 1024 and block 128 it should be about as fast as attention all at "
    "once. Is there a Python loop over single queries or keys?",
)
def test_speed(student):
    def stage(streaming_attention, q, k, v):
        return lambda: streaming_attention(q, k, v, block=128, causal=True)

    rng = np.random.default_rng(78)

    def fresh():
        t = int(rng.integers(960, 1060))
        q, k, v = rng.standard_normal((3, t, 64)).astype(np.float32)
        return student(stage, q=q, k=k, v=v), q, k, v, np.tri(t, dtype=bool)

    def all_at_once(run, q, k, v, mask):
        scores = np.where(mask, q @ k.T / np.float32(8), np.float32(-np.inf))
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True) @ v

    assert_speed(
        lambda run, *given: run(),
        all_at_once,
        at_most=3,  # reference: 0.5, without skipping blocks: 1.3
        fresh=fresh,
        same=partial(assert_array, rtol=1e-3, atol=1e-4),  # single precision
    )


@test_case(
    name="types of numbers, and what cannot be used",
    points=0.5,
    hidden=True,
    failure_message="float32 stays float32, integers become float64. ValueError with the name of "
    "`block` below 1, and for causal with different numbers of queries and keys.",
)
def test_edges(streaming_attention):
    q, k, v = normal(76, (6, 4), (6, 4), (6, 2))
    single = [a.astype(np.float32) for a in (q, k, v)]
    for causal in (False, True):
        got = streaming_attention(*single, block=4, causal=causal)
        # single precision has seven digits
        assert_array(got, attend(q, k, v, causal), rtol=1e-4, atol=1e-5, dtype=np.float32)
    ints = [np.round(a).astype(int) for a in (q, k, v)]
    got = streaming_attention(*(a.tolist() for a in ints), block=4)
    assert_array(got, attend(*ints), dtype=np.float64)
    for block in (0, -2):
        assert_raises(ValueError, streaming_attention, q, k, v, block=block, mentions="block")
    assert_raises(ValueError, streaming_attention, q[:4], k, v, block=2, causal=True)
    assert_raises(ValueError, streaming_attention, q, k[:4], v[:4], block=2, causal=True)
