"""Tiles of queries and keys, as FlashAttention cuts them; one text at a time; a head of lists.

Written by somebody who thinks in small matrices and loops over all that stands in front of them.
"""

from math import exp, log, sqrt

import numpy as np
from matplotlib.figure import Figure


def same_type(*arrays):
    arrays = [np.asarray(array) for array in arrays]
    kinds = {array.dtype for array in arrays}
    kind = np.float32 if kinds == {np.dtype("float32")} else np.float64
    return [np.array(array, kind) for array in arrays]


def row_softmax(scores):
    """Softmax of each row of a matrix whose rows may be all -inf."""
    result = np.zeros_like(scores)
    some = np.isfinite(scores).any(axis=1)
    rest = scores[some]
    rest = np.exp(rest - rest.max(axis=1)[:, None])
    result[some] = rest / rest.sum(axis=1)[:, None]
    return result


def softmax(x, axis=-1, temperature=1.0):
    if not temperature > 0:
        raise ValueError(f"temperature = {temperature}: it has to be above 0")
    (x,) = same_type(x)
    rows = np.moveaxis(x, axis, -1)
    flat = rows.reshape(-1, rows.shape[-1]) / float(temperature)
    return np.moveaxis(row_softmax(flat).reshape(rows.shape), -1, axis)


def causal_mask(t):
    return np.arange(t) <= np.arange(t)[:, None]


def padding_mask(lengths, t):
    return np.stack([np.arange(t) < length for length in lengths])


def refuse(mask):
    if mask is not None and np.asarray(mask).dtype != bool:
        raise ValueError("mask: a boolean array, please")


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = same_type(q, k, v)
    refuse(mask)
    if q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError(f"shapes {q.shape}, {k.shape} and {v.shape} do not fit")
    lead, sides = q.shape[:-2], (q.shape[-2], k.shape[-2])
    full = None if mask is None else np.broadcast_to(mask, (*lead, *sides))
    weights = np.empty((*lead, *sides), q.dtype)
    output = np.empty((*lead, sides[0], v.shape[-1]), q.dtype)
    for at in np.ndindex(lead):
        scores = q[at] @ k[at].T / sqrt(q.shape[-1])
        if full is not None:
            scores[~full[at]] = -np.inf
        weights[at] = row_softmax(scores)
        output[at] = weights[at] @ v[at]
    return output, weights


class AttentionHead:
    def __init__(self, wq, wk, wv):
        self.wq, self.wk, self.wv = (np.asarray(w) for w in same_type(wq, wk, wv))
        self.steps = []

    def forward(self, x, mask=None):
        x, wq, wk, wv = same_type(x, self.wq, self.wk, self.wv)
        q, k, v = x @ wq, x @ wk, x @ wv
        output, weights = scaled_dot_product_attention(q, k, v, mask)
        self.steps = [(x[i], q[i], k[i], v[i], weights[i]) for i in np.ndindex(x.shape[:-2])]
        self.lead = x.shape[:-2]
        return output

    def backward(self, grad_output):
        total = [
            np.zeros_like(w, dtype=self.steps[0][0].dtype) for w in (self.wq, self.wk, self.wv)
        ]
        dx = []
        for i, (x, q, k, v, p) in zip(np.ndindex(self.lead), self.steps):
            g = np.asarray(grad_output, x.dtype)[i]
            dp = g @ v.T
            ds = p * dp - p * (p * dp).sum(axis=1)[:, None]
            ds /= sqrt(q.shape[1])
            own = 0
            for sum_, w, d in zip(total, (self.wq, self.wk, self.wv), (ds @ k, ds.T @ q, p.T @ g)):
                sum_ += x.T @ d
                own = own + d @ w.T.astype(x.dtype)
            dx.append(own)
        return np.reshape(dx, (*self.lead, *dx[0].shape)), *total


class MultiHeadAttention:
    def __init__(self, wq, wk, wv, wo, heads):
        self.matrices = same_type(wq, wk, wv, wo)
        self.d = self.matrices[0].shape[1] // heads
        if self.d * heads != self.matrices[0].shape[1]:
            raise ValueError(f"{heads} heads need a width that heads divides")
        self.heads = heads

    def forward(self, x, mask=None, context=None):
        refuse(mask)
        x, context, wq, wk, wv, wo = same_type(x, x if context is None else context, *self.matrices)
        result = 0
        for h in range(self.heads):
            c = slice(h * self.d, (h + 1) * self.d)
            head = scaled_dot_product_attention(
                x @ wq[:, c], context @ wk[:, c], context @ wv[:, c], mask
            )
            result = result + head[0] @ wo[c]  # each head mixes its own rows of wo
        return result


def sinusoidal(t, d):
    def entry(p, c):
        angle = p * exp(-log(10000.0) * (c - c % 2) / d)
        return np.cos(angle) if c % 2 else np.sin(angle)

    return np.array([[entry(p, c) for c in range(d)] for p in range(t)])


def rope(x, positions, base=10000.0):
    (x,) = same_type(x)
    half, odd = divmod(x.shape[-1], 2)
    if odd:
        raise ValueError("x: the last axis has to be even")
    pairs = x.reshape(*x.shape[:-1], half, 2)
    angle = np.array([[p * base ** (-i / half) for i in range(half)] for p in positions])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned = np.einsum("abti,...tib->...tia", turn.astype(x.dtype), pairs)
    return turned.reshape(x.shape)


def alibi_bias(heads, t):
    def slopes(n):
        return [2.0 ** (-8.0 * (i + 1) / n) for i in range(n)]

    p = max(2**e for e in range(20) if 2**e <= heads)
    chosen = (slopes(p) + slopes(2 * p)[::2])[:heads]
    return np.array([[[-s * abs(i - j) for j in range(t)] for i in range(t)] for s in chosen])


class KVCache:
    def __init__(self):
        self.k, self.v = [], []

    def __len__(self):
        return len(self.k)

    def append(self, k, v):
        k, v = same_type(k, v)
        if k.ndim == 1:
            k, v = k[None], v[None]
        self.k += list(k)
        self.v += list(v)

    def truncate(self, length):
        if not 0 <= length <= len(self.k):
            raise ValueError(f"length has to be one of 0 to {len(self.k)}")
        self.k, self.v = self.k[:length], self.v[:length]


def decode_step(head, x_t, cache):
    x, wq, wk, wv = same_type(x_t, head.wq, head.wk, head.wv)
    cache.append(x @ wk, x @ wv)
    query = (x @ wq)[None]
    return scaled_dot_product_attention(query, np.array(cache.k), np.array(cache.v))[0][0]


def streaming_attention(q, k, v, block=128, causal=False):
    q, k, v = same_type(q, k, v)
    if not block >= 1:
        raise ValueError("block has to be 1 or more")
    t_q, t_k = q.shape[-2], k.shape[-2]
    if causal and t_q != t_k:
        raise ValueError("causal: there have to be as many queries as keys")
    output = np.empty((*q.shape[:-1], v.shape[-1]), q.dtype)
    for at in np.ndindex(q.shape[:-2]):
        for i in range(0, t_q, block):
            rows = slice(i, i + block)
            end = min(i + block, t_k) if causal else t_k
            output[at][rows] = tile_row(q[at][rows], k[at][:end], v[at][:end], block, i, causal)
    return output


def tile_row(q, k, v, block, first, causal):
    """Some queries, the first of which is number `first`, and all keys that they may look at."""
    state = None
    for j in range(0, len(k), block):
        scores = q @ k[j : j + block].T / sqrt(q.shape[1])
        if causal:
            hidden = np.arange(j, j + scores.shape[1]) > np.arange(first, first + len(q))[:, None]
            scores[hidden] = -np.inf
        m = scores.max(axis=1)
        if state:
            m = np.maximum(m, state[0])
        e = np.exp(scores - m[:, None])
        s, a = e.sum(axis=1), e @ v[j : j + block]
        if state:
            c = np.exp(state[0] - m)
            s, a = s + c * state[1], a + c[:, None] * state[2]
        state = m, s, a
    return state[2] / state[1][:, None]


def attention_entropy(weights):
    (weights,) = same_type(weights)
    logs = np.log(np.maximum(weights, np.finfo(weights.dtype).tiny))
    return -(weights * logs).sum(axis=-1)


def plot_attention(weights, tokens):
    weights = np.asarray(weights, dtype=float)
    if len(tokens) != weights.shape[-1]:
        raise ValueError("tokens: one for each row, please")
    maps = weights if weights.ndim == 3 else weights[None]
    figure = Figure(figsize=(3 * len(maps), 3))
    for number, axes in enumerate(np.atleast_1d(figure.subplots(1, len(maps)))):
        axes.pcolormesh(maps[number], vmin=0, vmax=max(1, maps.max()), edgecolors="white")
        middle = np.arange(len(tokens)) + 0.5
        axes.set(xticks=middle, yticks=middle, ylim=(len(tokens), 0), xlabel="key")
        axes.set_xticklabels(tokens)
        axes.set_yticklabels(tokens)
    return figure
