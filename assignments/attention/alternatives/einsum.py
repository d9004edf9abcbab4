"""Everything as einsum over named axes; the textbook's online softmax; a concatenating cache."""

from itertools import count

import matplotlib.figure
import numpy as np


def as_float(x):
    x = np.asarray(x)
    return x if x.dtype in (np.float32, np.float64) else x.astype(np.float64)


def softmax(x, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature={temperature} is not positive")
    x = as_float(x) * x_type(x)(1 / temperature)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = np.exp(x - np.max(x, axis=axis, keepdims=True))
        p = p / np.sum(p, axis=axis, keepdims=True)
    return np.nan_to_num(p, nan=0.0)


def x_type(x):
    return as_float(x).dtype.type


def causal_mask(t):
    i, j = np.ogrid[:t, :t]
    return j <= i


def padding_mask(lengths, t):
    return np.less.outer(np.arange(t), np.asarray(lengths)).T


def check_mask(mask):
    if mask is not None and np.asarray(mask).dtype != np.bool_:
        raise ValueError("mask: only booleans, True where a query may look")


def scaled_dot_product_attention(q, k, v, mask=None):
    check_mask(mask)
    q, k, v = as_float(q), as_float(k), as_float(v)
    s = np.einsum("...qd,...kd->...qk", q, k) / x_type(q)(q.shape[-1] ** 0.5)
    if mask is not None:
        s = np.where(mask, s, x_type(q)(-np.inf))
    p = softmax(s)
    return np.einsum("...qk,...kd->...qd", p, v), p


class AttentionHead:
    def __init__(self, wq, wk, wv):
        self.q, self.k, self.v = as_float(wq), as_float(wk), as_float(wv)

    def project(self, x):
        return [np.einsum("...m,md->...d", x, w) for w in (self.q, self.k, self.v)]

    def forward(self, x, mask=None):
        self.x = as_float(x)
        self.parts = self.project(self.x)
        out, self.p = scaled_dot_product_attention(*self.parts, mask)
        return out

    def backward(self, grad_output):
        q, k, v = self.parts
        g = as_float(grad_output)
        root = x_type(q)(q.shape[-1] ** 0.5)
        gp = np.einsum("...qd,...kd->...qk", g, v)
        gs = self.p * gp
        gs = (gs - self.p * gs.sum(axis=-1, keepdims=True)) / root
        grads = (
            np.einsum("...qk,...kd->...qd", gs, k),
            np.einsum("...qk,...qd->...kd", gs, q),
            np.einsum("...qk,...qd->...kd", self.p, g),
        )
        dx = 0
        weights = []
        for grad, w in zip(grads, (self.q, self.k, self.v)):
            dx = dx + np.einsum("...d,md->...m", grad, w)
            axes = list(range(self.x.ndim - 1))
            weights.append(np.tensordot(self.x, grad, (axes, axes)))
        return (dx, *weights)


class MultiHeadAttention:
    def __init__(self, wq, wk, wv, wo, heads):
        wq, wk, wv, wo = map(as_float, (wq, wk, wv, wo))
        self.d, rest = divmod(wq.shape[1], heads)
        if rest:
            raise ValueError("heads must divide the columns of wq")
        self.wq, self.wk, self.wv = (w.reshape(len(w), heads, self.d) for w in (wq, wk, wv))
        self.wo = wo.reshape(heads, self.d, -1)

    def forward(self, x, mask=None, context=None):
        check_mask(mask)
        x = as_float(x)
        context = x if context is None else as_float(context)
        q = np.einsum("...qm,mhd->...hqd", x, self.wq)
        k = np.einsum("...km,mhd->...hkd", context, self.wk)
        v = np.einsum("...km,mhd->...hkd", context, self.wv)
        if mask is not None:
            mask = np.asarray(mask)
            mask = np.broadcast_to(mask, (*x.shape[:-2], x.shape[-2], context.shape[-2]))
            mask = mask[..., np.newaxis, :, :]
        out, _ = scaled_dot_product_attention(q, k, v, mask)
        return np.einsum("...hqd,hdm->...qm", out, self.wo)


def sinusoidal(t, d):
    position, column = np.mgrid[:t, :d]
    phase = position * np.exp(-np.log(10000.0) * (column // 2 * 2) / d)
    return np.sin(phase + np.pi / 2 * (column % 2))  # a cosine is a sine a quarter earlier


def rope(x, positions, base=10000.0):
    x = as_float(x)
    d = x.shape[-1]
    if d % 2:
        raise ValueError("x has an odd width")
    speed = np.exp(-np.log(base) * np.arange(0, d, 2) / d)
    turn = np.exp(1j * np.einsum("t,i->ti", np.asarray(positions, dtype=float), speed))
    pairs = x.reshape(*x.shape[:-1], d // 2, 2).astype(np.float64)
    z = (pairs[..., 0] + 1j * pairs[..., 1]) * turn
    return np.stack([z.real, z.imag], axis=-1).reshape(x.shape).astype(x.dtype)


def alibi_bias(heads, t):
    p = 1
    while 2 * p <= heads:
        p *= 2
    slopes = [2 ** (-8 * i / p) for i in range(1, p + 1)]
    for i in count(1, 2):
        if len(slopes) == heads:
            break
        slopes.append(2 ** (-4 * i / p))
    i, j = np.ogrid[:t, :t]
    return np.einsum("h,ij->hij", -np.array(slopes), abs(i - j).astype(float))


class KVCache:
    def __init__(self):
        self.k = self.v = None

    def __len__(self):
        return 0 if self.k is None else len(self.k)

    def append(self, k, v):
        k, v = np.atleast_2d(as_float(k)), np.atleast_2d(as_float(v))
        self.k = k.copy() if self.k is None else np.concatenate((self.k, k))
        self.v = v.copy() if self.v is None else np.concatenate((self.v, v))

    def truncate(self, length):
        if length not in range(len(self) + 1):
            raise ValueError(f"no such length: {length}")
        if self.k is not None:
            self.k, self.v = self.k[:length], self.v[:length]


def decode_step(head, x_t, cache):
    q, k, v = head.project(as_float(x_t))
    cache.append(k, v)
    out, _ = scaled_dot_product_attention(q[np.newaxis], cache.k, cache.v)
    return out[0]


def streaming_attention(q, k, v, block=128, causal=False):
    q, k, v = as_float(q), as_float(k), as_float(v)
    t_q, t_k = q.shape[-2], k.shape[-2]
    if block < 1:
        raise ValueError("block < 1")
    if causal and t_q != t_k:
        raise ValueError(f"causal, but t_q = {t_q} and t_k = {t_k}")
    q = q / x_type(q)(q.shape[-1] ** 0.5)
    m = np.full(q.shape[:-1], -np.inf, q.dtype)
    s = np.zeros_like(m)
    a = np.zeros((*q.shape[:-1], v.shape[-1]), q.dtype)
    for j in range(0, t_k, block):
        kj, vj = k[..., j : j + block, :], v[..., j : j + block, :]
        scores = q @ kj.swapaxes(-1, -2)
        if causal:
            future = np.arange(j, j + kj.shape[-2]) > np.arange(t_q)[:, np.newaxis]
            scores = np.where(future, x_type(q)(-np.inf), scores)
        new = np.maximum(m, scores.max(axis=-1))
        e = np.exp(scores - new[..., np.newaxis])
        c = np.exp(m - new)
        s = c * s + e.sum(axis=-1)
        a = c[..., np.newaxis] * a + e @ vj
        m = new
    return a / s[..., np.newaxis]


def attention_entropy(weights):
    w = as_float(weights)
    return np.einsum("...k,...k->...", w, -np.log(np.where(w > 0, w, x_type(w)(1))))


def plot_attention(weights, tokens):
    weights = np.asarray(weights, dtype=float)
    t = weights.shape[-1]
    if t != len(tokens):
        raise ValueError(f"there are {len(tokens)} tokens for {t} positions")
    weights = weights.reshape(-1, t, t)
    figure = matplotlib.figure.Figure(figsize=(4 * len(weights), 4))
    for h, head in enumerate(weights, start=1):
        axes = figure.add_subplot(1, len(weights), h)
        axes.pcolormesh(head, cmap="Greys")
        axes.invert_yaxis()
        axes.set_xticks(np.arange(t) + 0.5, tokens)
        axes.set_yticks(np.arange(t) + 0.5, tokens)
        axes.set_xlabel("looked at")
        axes.set_ylabel("looking")
    return figure
