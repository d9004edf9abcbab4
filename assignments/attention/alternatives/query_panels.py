"""Loops over heads and over panels of queries, lists in the cache, a head that calls q2.

q7 takes some queries at a time with all their keys: no online softmax, yet O(t · block) memory.
"""

import math

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np


def _real(*arrays):
    arrays = [np.array(a) for a in arrays]  # copies: nothing of the caller's is touched
    kind = np.result_type(*arrays, np.float32 if arrays[0].dtype == np.float32 else np.float64)
    return [a.astype(kind) for a in arrays]


def softmax(x, axis=-1, temperature=1.0):
    if not temperature > 0:
        raise ValueError("the temperature has to be positive")
    [x] = _real(x)
    x = np.moveaxis(x, axis, -1)
    flat = x.reshape(-1, x.shape[-1])  # a copy of one row after another
    for row in flat:
        highest = row.max()
        row -= highest if highest > -np.inf else 0.0
        row /= temperature
        np.exp(row, out=row)
        row /= row.sum() or 1.0
    return np.moveaxis(flat.reshape(x.shape), -1, axis)


def causal_mask(t):
    return np.tril(np.ones((t, t), dtype=bool))


def padding_mask(lengths, t):
    mask = np.zeros((len(lengths), t), dtype=bool)
    for row, length in zip(mask, lengths):
        row[:length] = True
    return mask


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = _real(q, k, v)
    scores = np.matmul(q, np.swapaxes(k, -2, -1)) / math.sqrt(q.shape[-1])
    if mask is not None:
        mask = np.asarray(mask)
        if mask.dtype.kind != "b":
            raise ValueError("the mask has to be an array of booleans")
        scores[~np.broadcast_to(mask, scores.shape)] = -np.inf
    weights = softmax(scores)
    return np.matmul(weights, v), weights


class AttentionHead:
    def __init__(self, wq, wk, wv):
        self.weights = _real(wq, wk, wv)

    def forward(self, x, mask=None):
        x, *weights = _real(x, *self.weights)
        q, k, v = (x @ w for w in weights)
        output, p = scaled_dot_product_attention(q, k, v, mask)
        self.seen = x, q, k, v, p
        return output

    def backward(self, grad_output):
        x, q, k, v, p = self.seen
        wq, wk, wv = self.weights
        lead = x.shape[:-2]
        g = np.asarray(grad_output)
        dx, dwq, dwk, dwv = (np.zeros_like(a) for a in (x, wq, wk, wv))
        for at in np.ndindex(*lead):  # text by text
            dp = g[at] @ v[at].T
            ds = np.zeros_like(dp)
            for i in range(len(dp)):  # the whole Jacobian of each softmax
                row = p[at][i]
                ds[i] = (np.diag(row) - np.outer(row, row)) @ dp[i]
            ds /= math.sqrt(wq.shape[1])
            dq, dk, dv = ds @ k[at], ds.T @ q[at], p[at].T @ g[at]
            dwq += x[at].T @ dq
            dwk += x[at].T @ dk
            dwv += x[at].T @ dv
            dx[at] = dq @ wq.T + dk @ wk.T + dv @ wv.T
        return dx, dwq, dwk, dwv


class MultiHeadAttention:
    def __init__(self, wq, wk, wv, wo, heads):
        wq, wk, wv, self.wo = _real(wq, wk, wv, wo)
        columns = wq.shape[1]
        if columns % heads != 0:
            raise ValueError(f"{columns} columns cannot be shared by heads={heads}")
        each = columns // heads
        cuts = [slice(i, i + each) for i in range(0, columns, each)]
        self.parts = [(wq[:, c], wk[:, c], wv[:, c]) for c in cuts]

    def forward(self, x, mask=None, context=None):
        [x] = _real(x)
        [context] = [x] if context is None else _real(context)
        outputs = []
        for wq, wk, wv in self.parts:
            one, _ = scaled_dot_product_attention(x @ wq, context @ wk, context @ wv, mask)
            outputs.append(one)
        return np.concatenate(outputs, axis=-1) @ self.wo


def sinusoidal(t, d):
    table = np.zeros((t, d))
    for column in range(d):
        angle = np.arange(t) / 10000 ** ((column - column % 2) / d)
        table[:, column] = np.cos(angle) if column % 2 else np.sin(angle)
    return table


def rope(x, positions, base=10000.0):
    [x] = _real(x)
    d = x.shape[-1]
    if d % 2 != 0:
        raise ValueError("x: pairs need an even width")
    for i in range(0, d, 2):
        angle = np.asarray(positions) / base ** (i / d)
        c, s = np.cos(angle).astype(x.dtype), np.sin(angle).astype(x.dtype)
        a, b = x[..., i].copy(), x[..., i + 1].copy()
        x[..., i], x[..., i + 1] = c * a - s * b, s * a + c * b
    return x


def _alibi_slopes(n):
    if n & (n - 1) == 0:
        ratio = 2 ** (-8 / n)
        return [ratio ** (i + 1) for i in range(n)]
    p = 2 ** math.floor(math.log2(n))
    return _alibi_slopes(p) + _alibi_slopes(2 * p)[0::2][: n - p]


def alibi_bias(heads, t):
    i = np.arange(t)
    return np.stack([-slope * np.abs(i[:, None] - i) for slope in _alibi_slopes(heads)])


class KVCache:
    def __init__(self):
        self.rows = []

    def __len__(self):
        return len(self.rows)

    def append(self, k, v):
        k, v = np.asarray(k), np.asarray(v)
        if k.ndim == 1:
            k, v = [k], [v]
        self.rows.extend(zip(k, v, strict=True))

    def truncate(self, length):
        if length < 0 or length > len(self.rows):
            raise ValueError(f"length {length} is outside 0 … {len(self.rows)}")
        del self.rows[length:]


def decode_step(head, x_t, cache):
    x_t, *weights = _real(x_t, *head.weights)
    q, k, v = (x_t @ w for w in weights)
    cache.append(k, v)
    keys, values = (np.array(rows) for rows in zip(*cache.rows))
    return softmax(keys @ q / math.sqrt(len(q))) @ values


def streaming_attention(q, k, v, block=128, causal=False):
    q, k, v = _real(q, k, v)
    n = q.shape[-2]
    if block < 1:
        raise ValueError("block has to be positive")
    if causal and n != k.shape[-2]:
        raise ValueError("causal: q and k have different lengths")
    panels = []
    for start in range(0, n, block):
        stop = min(start + block, n)
        last = stop if causal else k.shape[-2]
        mask = np.arange(last) <= np.arange(start, stop)[:, None] if causal else None
        panel = q[..., start:stop, :]
        panels.append(
            scaled_dot_product_attention(panel, k[..., :last, :], v[..., :last, :], mask)[0]
        )
    return np.concatenate(panels, axis=-2)


def attention_entropy(weights):
    [w] = _real(weights)
    w[w == 0] = 1.0  # 1 · ln 1 is 0 as well
    return -np.sum(w * np.log(w), axis=-1)


def plot_attention(weights, tokens):
    weights = np.asarray(weights)
    if weights.ndim == 2:
        weights = weights[None]
    if len(tokens) != weights.shape[-1]:
        raise ValueError("tokens and weights have different lengths")
    figure, row = plt.subplots(1, len(weights), squeeze=False, sharey=True)
    for number, axes in enumerate(row[0]):
        picture = axes.matshow(weights[number])
        axes.set_xticks(np.arange(len(tokens)), labels=tokens)
        axes.set_yticks(np.arange(len(tokens)), labels=tokens)
        axes.set_title(f"head {number}")
        figure.colorbar(picture, ax=axes)
    plt.close(figure)
    return figure
