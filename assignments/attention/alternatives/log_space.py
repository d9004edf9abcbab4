"""Weights as exp(score - logsumexp); blocks of q7 are merged by their logsumexp.

One product makes queries, keys and values; heads are stacked text by text; `rope` multiplies by a
matrix of blocks; the cache doubles one array.
"""

import math

import numpy as np
from matplotlib.figure import Figure

TINY = {np.dtype(np.float32): np.float32, np.dtype(np.float64): np.float64}


def to_floats(*values):
    arrays = [np.asarray(value) for value in values]
    dtype = np.result_type(*arrays)
    dtype = TINY.get(dtype, np.float64)
    return [np.asarray(array, dtype=dtype) for array in arrays]


def logsumexp(x, axis):
    """-inf for a row of -inf, without a warning."""
    top = np.max(x, axis=axis, keepdims=True)
    top[np.isneginf(top)] = 0
    with np.errstate(divide="ignore"):
        return np.log(np.exp(x - top).sum(axis=axis, keepdims=True)) + top


def normalised(x, axis):
    total = logsumexp(x, axis)
    total[np.isneginf(total)] = 0
    return np.exp(x - total)


def softmax(x, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("softmax: temperature must be positive")
    (x,) = to_floats(x)
    return normalised(x / float(temperature), axis)


def causal_mask(t):
    return ~np.triu(np.ones((t, t), bool), 1)


def padding_mask(lengths, t):
    return np.array([[position < length for position in range(t)] for length in lengths], bool)


def log_mask(mask, scores):
    """`scores` with -inf where the mask says no."""
    if mask is None:
        return scores
    mask = np.asarray(mask)
    if mask.dtype is not np.dtype(bool):
        raise ValueError(f"mask of type {mask.dtype}, expected bool")
    barrier = np.zeros(mask.shape, scores.dtype)
    barrier[~mask] = -np.inf
    return scores + barrier


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = to_floats(q, k, v)
    fourth_root = float(q.shape[-1] ** 0.25)  # half of the scale for each side
    scores = (q / fourth_root) @ np.moveaxis(k / fourth_root, -1, -2)
    weights = normalised(log_mask(mask, scores), -1)
    return weights @ v, weights


class AttentionHead:
    def __init__(self, wq, wk, wv):
        self._w = np.concatenate(to_floats(wq, wk, wv), axis=1)  # one product for all three
        self._cuts = np.cumsum([np.shape(wq)[1], np.shape(wk)[1]])
        self._tape = []

    def qkv(self, x):
        x, w = to_floats(x, self._w)
        return np.split(x @ w, self._cuts, axis=-1)

    def forward(self, x, mask=None):
        q, k, v = self.qkv(x)
        output, p = scaled_dot_product_attention(q, k, v, mask)
        self._tape = [np.asarray(x, q.dtype), q, k, v, p]
        return output

    def backward(self, grad_output):
        x, q, k, v, p = self._tape
        g = np.asarray(grad_output, x.dtype)
        dp = g @ v.swapaxes(-1, -2)
        ds = p * (dp - np.einsum("...j,...j->...", p, dp)[..., None]) / math.sqrt(q.shape[-1])
        d = np.concatenate([ds @ k, ds.swapaxes(-1, -2) @ q, p.swapaxes(-1, -2) @ g], axis=-1)
        dx = d @ self._w.T
        dw = (x.swapaxes(-1, -2) @ d).reshape(-1, *self._w.shape).sum(axis=0)
        return dx, *np.split(dw, self._cuts, axis=1)


class MultiHeadAttention:
    def __init__(self, wq, wk, wv, wo, heads):
        self.wq, self.wk, self.wv, self.wo = to_floats(wq, wk, wv, wo)
        if self.wq.shape[1] % heads:
            raise ValueError("the number of heads does not divide the columns")
        self.heads = heads

    def forward(self, x, mask=None, context=None):
        x, _ = to_floats(x, self.wq)
        (context,) = to_floats(x if context is None else context)
        lead = x.shape[:-2]
        if mask is not None:
            if np.asarray(mask).dtype != bool:
                raise ValueError("mask is not boolean")
            mask = np.broadcast_to(mask, (*lead, x.shape[-2], context.shape[-2]))
        result = np.empty((*x.shape[:-1], self.wo.shape[1]), x.dtype)
        for text in np.ndindex(*lead):
            m = None if mask is None else mask[text]
            result[text] = self._one(x[text], context[text], m)
        return result

    def _one(self, x, context, mask):
        q, k, v = (
            np.stack(np.split(a @ w, self.heads, axis=1))  # (heads, t, d_head)
            for a, w in ((x, self.wq), (context, self.wk), (context, self.wv))
        )
        output, _ = scaled_dot_product_attention(q, k, v, mask)
        return np.hstack(output) @ self.wo


def sinusoidal(t, d):
    half = (d + 1) // 2
    speeds = np.power(10000.0, -2 * np.arange(half) / d)
    waves = np.exp(1j * np.arange(t)[:, None] * speeds)
    return np.stack([waves.imag, waves.real], axis=-1).reshape(t, 2 * half)[:, :d]


def rope(x, positions, base=10000.0):
    (x,) = to_floats(x)
    d = x.shape[-1]
    if d % 2 == 1:
        raise ValueError("rope: the width of x must be even")
    out = np.empty_like(x)
    for row, position in enumerate(positions):
        turn = np.zeros((d, d))
        for i in range(0, d, 2):
            angle = position * base ** (-i / d)
            c, s = math.cos(angle), math.sin(angle)
            turn[i : i + 2, i : i + 2] = [[c, s], [-s, c]]  # rows multiply from the left
        out[..., row, :] = x[..., row, :] @ turn.astype(x.dtype)
    return out


def alibi_bias(heads, t):
    power = 1 << (heads.bit_length() - 1)
    exponents = [8 * (h + 1) / power for h in range(power)]
    exponents += [8 * (h + 0.5) / power for h in range(heads - power)]
    distance = abs(np.arange(t)[None, :, None] - np.arange(t))
    return -(0.5 ** np.array(exponents))[:, None, None] * distance


class KVCache:
    def __init__(self):
        self.n, self.room = 0, None

    def __len__(self):
        return self.n

    def append(self, k, v):
        k, v = to_floats(k, v)
        rows = np.concatenate([np.atleast_2d(k), np.atleast_2d(v)], axis=1)
        self.width = k.shape[-1]
        if self.room is None:
            self.room = np.empty((4, rows.shape[1]), rows.dtype)
        while self.n + len(rows) > len(self.room):
            self.room = np.concatenate([self.room, np.empty_like(self.room)])
        self.room[self.n : self.n + len(rows)] = rows
        self.n += len(rows)

    def truncate(self, length):
        if not 0 <= length <= self.n:
            raise ValueError("truncate: length outside of the cache")
        self.n = length


def decode_step(head, x_t, cache):
    q, k, v = head.qkv(x_t)
    cache.append(k, v)
    keys, values = np.split(cache.room[: cache.n], [cache.width], axis=1)
    weights = normalised(keys @ q / math.sqrt(len(q)), 0)
    return weights @ values


def streaming_attention(q, k, v, block=128, causal=False):
    q, k, v = to_floats(q, k, v)
    if block <= 0:
        raise ValueError("streaming_attention: block must be positive")
    if causal and q.shape[-2] != k.shape[-2]:
        raise ValueError("streaming_attention: causal wants t_q = t_k")
    q = q / math.sqrt(q.shape[-1])
    output = np.zeros((*q.shape[:-1], v.shape[-1]), q.dtype)
    log_total = np.full((*q.shape[:-1], 1), -np.inf, q.dtype)
    for first in range(0, k.shape[-2], block):
        keys, values = k[..., first : first + block, :], v[..., first : first + block, :]
        start = first if causal else 0
        scores = q[..., start:, :] @ np.moveaxis(keys, -1, -2)
        if causal:
            scores = log_mask(np.tri(*scores.shape[-2:], dtype=bool), scores)
        own = logsumexp(scores, -1)
        before = log_total[..., start:, :]
        both = np.logaddexp(before, own)
        part = np.exp(scores - both) @ values
        output[..., start:, :] = output[..., start:, :] * np.exp(before - both) + part
        log_total[..., start:, :] = both
    return output


def attention_entropy(weights):
    (weights,) = to_floats(weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(weights == 0, 0, -weights * np.log(weights))
    return terms.sum(axis=-1)


def plot_attention(weights, tokens):
    weights = np.asarray(weights)
    heads = weights if weights.ndim == 3 else [weights]
    if len(heads[0]) != len(tokens):
        raise ValueError("as many tokens as rows, please")
    figure = Figure(layout="tight")
    grid = figure.subplots(len(heads), 1, squeeze=False, sharex=True)
    for (axes,), head in zip(grid, heads):
        last = len(tokens) - 0.5  # the last row first, drawn upwards from the bottom
        shown = np.ma.masked_equal(head, 0)[::-1]
        axes.imshow(shown, origin="lower", extent=(-0.5, last, last, -0.5), interpolation="none")
        axes.set_xticks(range(len(tokens)))
        axes.set_xticklabels(tokens, rotation=45)
        axes.set_yticks(range(len(tokens)))
        axes.set_yticklabels(tokens)
        axes.set(xlabel="key", ylabel="query")
    return figure
