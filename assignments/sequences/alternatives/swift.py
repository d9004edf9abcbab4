"""For speed: one product for all inputs, slopes for all steps at once, bits for edits."""

import math
from collections import Counter
from itertools import islice

import numpy as np

tanh, exp, log = np.tanh, np.exp, np.log


def fitting(a, name, shape):
    out = np.asarray(a, np.float64)
    if out.shape != shape:
        raise ValueError(f"{name}: shape {out.shape}, not {shape}")
    return out


def inputs(x, wx, bias):
    """Time first and contiguous: a copy of x, and x @ wx + bias for all steps."""
    x = np.asarray(x, np.float64)
    if x.ndim != 3 or x.shape[2] != len(wx):
        raise ValueError(f"x: shape {x.shape}, not (batch, time, {len(wx)})")
    x = x.transpose(1, 0, 2).copy()
    a = x.reshape(-1, len(wx)) @ wx
    a += bias
    return x, a.reshape(*x.shape[:2], -1)


def collected(x, before, wx, below, behind, names):
    """The gradients that need no loop. Time first throughout."""
    d, k, n = x.shape[-1], below.shape[-1], before.shape[-1]
    found = {
        "x": (below.reshape(-1, k) @ wx.T).reshape(x.shape).transpose(1, 0, 2).copy(),
        "wx": x.reshape(-1, d).T @ below.reshape(-1, k),
        "wh": before.reshape(-1, n).T @ behind.reshape(-1, k),
    }
    return found | {name: g.reshape(-1, k).sum(0) for name, g in zip(names, (below, behind))}


def first(given, name, batch, n):
    return np.zeros((batch, n)) if given is None else fitting(given, name, (batch, n)).copy()


class RNN:
    def __init__(self, wx, wh, b):
        self.wx = np.asarray(wx, np.float64)
        if self.wx.ndim != 2:
            raise ValueError("wx: two axes")
        n = self.wx.shape[1]
        self.wh, self.b = fitting(wh, "wh", (n, n)), fitting(b, "b", (n,))

    def forward(self, x, h0=None):
        self._x, a = inputs(x, self.wx, self.b)
        time, batch, n = a.shape
        h = self._h = np.empty((time + 1, batch, n))  # h[0] is the first state
        h[0] = first(h0, "h0", batch, n)
        for t in range(time):
            np.add(a[t], h[t] @ self.wh, out=a[t])
            tanh(a[t], out=h[t + 1])
        return h[1:].transpose(1, 0, 2).copy()

    def backward(self, dh):
        h = self._h
        time, batch, n = len(h) - 1, *h.shape[1:]
        da = fitting(dh, "dh", (batch, time, n)).transpose(1, 0, 2).copy()
        slope, back = 1 - h[1:] ** 2, self.wh.T.copy()
        carried = np.zeros((batch, n))
        for t in range(time - 1, -1, -1):
            da[t] += carried
            da[t] *= slope[t]
            carried = da[t] @ back
        found = collected(self._x, h[:-1], self.wx, da, da, ("b",))
        return found | {"h0": carried}


def gradient_flow(wh, h):
    h = np.asarray(h, np.float64)
    if h.ndim != 2:
        raise ValueError("h: two axes")
    wh = fitting(wh, "wh", (h.shape[1],) * 2)
    slopes = 1 - h * h
    products = [np.identity(len(wh))]
    for slope in slopes[:0:-1]:
        products.append(wh @ (slope[:, None] * products[-1]))
    return np.linalg.svd(np.array(products[::-1]), compute_uv=False)[:, 0]


def clip_gradients(gradients, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm: above 0")
    arrays = {name: np.asarray(g, np.float64) for name, g in gradients.items()}
    norm = math.sqrt(math.fsum(float(np.dot(g.ravel(), g.ravel())) for g in arrays.values()))
    factor = 1.0 if norm <= max_norm else max_norm / norm
    return {name: np.array(g * factor) for name, g in arrays.items()}, norm


class LSTM:
    def __init__(self, wx, wh, b):
        self.wh = np.asarray(wh, np.float64)
        if self.wh.ndim != 2 or self.wh.shape[1] != 4 * len(self.wh):
            raise ValueError("wh: shape (n, 4n)")
        self.wx, wide = np.asarray(wx, np.float64), self.wh.shape[1]
        if self.wx.ndim != 2 or self.wx.shape[1] != wide:
            raise ValueError("wx: shape (d, 4n)")
        self.b = fitting(b, "b", (wide,))

    def forward(self, x, h0=None, c0=None):
        self._x, gates = inputs(x, self.wx, self.b)
        time, batch, wide = gates.shape
        n = wide // 4
        h, c = np.empty((time + 1, batch, n)), np.empty((time + 1, batch, n))
        shown = np.empty((time, batch, n))
        h[0], c[0] = first(h0, "h0", batch, n), first(c0, "c0", batch, n)
        # logistic(a) = (1 + tanh(a / 2)) / 2: one tanh for all four blocks
        half = np.repeat([0.5, 0.5, 1.0, 0.5], n)
        shift = 1 - half
        gates *= half
        wh = self.wh * half
        for t in range(time):
            a = gates[t]
            a += h[t] @ wh
            tanh(a, out=a)
            a *= half
            a += shift
            np.multiply(a[:, n : 2 * n], c[t], out=c[t + 1])
            c[t + 1] += a[:, :n] * a[:, 2 * n : 3 * n]
            tanh(c[t + 1], out=shown[t])
            np.multiply(a[:, 3 * n :], shown[t], out=h[t + 1])
        self._kept = gates, h, c, shown
        return h[1:].transpose(1, 0, 2).copy(), c[1:].transpose(1, 0, 2).copy()

    def backward(self, dh):
        gates, h, c, shown = self._kept
        time, batch, n = shown.shape
        dh = fitting(dh, "dh", (batch, time, n)).transpose(1, 0, 2)
        i, f, g, o = (gates[..., k * n : (k + 1) * n] for k in range(4))
        # what one unit of the cell's gradient (of the state's, for o) gives to each block
        da = np.concatenate(
            [g * i * (1 - i), c[:-1] * f * (1 - f), i * (1 - g * g), shown * o * (1 - o)], axis=-1
        )
        to_cell, back = o * (1 - shown * shown), self.wh.T.copy()
        state, cell = np.zeros((batch, n)), np.zeros((batch, n))
        for t in range(time - 1, -1, -1):
            state = state + dh[t]
            cell = cell + state * to_cell[t]
            blocks = da[t].reshape(batch, 4, n)
            blocks[:, :3] *= cell[:, None]
            blocks[:, 3] *= state
            state = da[t] @ back
            cell = cell * f[t]
        found = collected(self._x, h[:-1], self.wx, da, da, ("b",))
        return found | {"h0": state, "c0": cell}


class GRU:
    def __init__(self, wx, wh, bx, bh):
        self.wh = np.asarray(wh, np.float64)
        if self.wh.ndim != 2 or self.wh.shape[1] != 3 * len(self.wh):
            raise ValueError("wh: shape (n, 3n)")
        self.wx, wide = np.asarray(wx, np.float64), self.wh.shape[1]
        if self.wx.ndim != 2 or self.wx.shape[1] != wide:
            raise ValueError("wx: shape (d, 3n)")
        self.bx, self.bh = fitting(bx, "bx", (wide,)), fitting(bh, "bh", (wide,))

    def forward(self, x, h0=None):
        self._x, u = inputs(x, self.wx, self.bx)
        time, batch, wide = u.shape
        n = wide // 3
        h, p = np.empty((time + 1, batch, n)), np.empty((time, batch, n))
        heard = np.empty((time, batch, n))
        h[0] = first(h0, "h0", batch, n)
        for t in range(time):
            v = h[t] @ self.wh
            v += self.bh
            gates = u[t, :, : 2 * n]
            gates += v[:, : 2 * n]
            gates *= 0.5
            tanh(gates, out=gates)
            gates += 1
            gates *= 0.5
            heard[t] = v[:, 2 * n :]
            tanh(u[t, :, 2 * n :] + gates[:, :n] * heard[t], out=p[t])
            h[t + 1] = p[t] + gates[:, n:] * (h[t] - p[t])
        self._kept = u[..., :n], u[..., n : 2 * n], p, heard, h
        return h[1:].transpose(1, 0, 2).copy()

    def backward(self, dh):
        r, z, p, heard, h = self._kept
        time, batch, n = p.shape
        dh = fitting(dh, "dh", (batch, time, n)).transpose(1, 0, 2)
        to_p = (1 - z) * (1 - p * p)
        slopes = np.concatenate([to_p * heard * r * (1 - r), (h[:-1] - p) * z * (1 - z), to_p], -1)
        du, dv = slopes, slopes.copy()
        dv[..., 2 * n :] *= r
        state, back = np.zeros((batch, n)), self.wh.T.copy()
        for t in range(time - 1, -1, -1):
            state = state + dh[t]
            du[t].reshape(batch, 3, n)[...] *= state[:, None]
            dv[t].reshape(batch, 3, n)[...] *= state[:, None]
            state = state * z[t] + dv[t] @ back
        return collected(self._x, h[:-1], self.wx, du, dv, ("bx", "bh")) | {"h0": state}


def cross_entropy(scores, targets, mask=None):
    scores, targets = np.asarray(scores, np.float64), np.asarray(targets)
    if targets.shape != scores.shape[:-1] or targets.dtype.kind not in "iu":
        raise ValueError("targets: an integer for each place")
    v = scores.shape[-1]
    if np.any(targets < 0) or np.any(targets >= v):
        raise ValueError("targets: outside the vocabulary")
    if mask is not None:
        mask = np.asarray(mask)
        if mask.dtype != bool or mask.shape != targets.shape or not mask.any():
            raise ValueError("mask: booleans, one for each place, not all False")
    p = (scores - scores.max(-1, keepdims=True)).reshape(-1, v)
    wanted, rows = targets.reshape(-1), np.arange(targets.size)
    chosen = p[rows, wanted]
    exp(p, out=p)
    sums = p.sum(-1)
    losses = log(sums) - chosen
    p /= sums[:, None]
    p[rows, wanted] -= 1
    if mask is None:
        return float(losses.mean()), (p / len(losses)).reshape(scores.shape)
    keep = mask.reshape(-1)
    p[~keep] = 0
    return float(losses[keep].mean()), (p / np.count_nonzero(keep)).reshape(scores.shape)


def unroll(step, state, start, targets, teacher=1.0, rng=None):
    if teacher < 0 or teacher > 1:
        raise ValueError("teacher: from 0 to 1")
    n = len(targets)
    forced = np.full(n, teacher == 1) if teacher in (0, 1) else rng.random(n) < teacher
    rows, token = [], int(start)
    for target, force in zip(targets, forced.tolist()):
        scores, state = step(state, token)
        rows.append(np.array(scores, np.float64))
        token = int(target if force else rows[-1].argmax())
    return np.stack(rows)


def hidden_model(initial, transition, emission, observations):
    initial = np.asarray(initial, np.float64)
    transition = fitting(transition, "transition", (initial.size, initial.size))
    emission = np.asarray(emission, np.float64)
    if emission.ndim != 2 or len(emission) != initial.size:
        raise ValueError("emission: a row for each state")
    seen = np.asarray(observations)
    if seen.ndim != 1 or not seen.size or seen.dtype.kind not in "iu":
        raise ValueError("observations: integers")
    if seen.min() < 0 or seen.max() >= emission.shape[1]:
        raise ValueError("observations: no such symbol")
    return initial, transition, emission.T[seen]


def forward_backward(initial, transition, emission, observations):
    initial, transition, shown = hidden_model(initial, transition, emission, observations)
    time, k = shown.shape
    alpha, scale = np.empty((time, k)), np.empty(time)
    message = initial
    for t in range(time):
        np.multiply(message, shown[t], out=alpha[t])
        scale[t] = total = alpha[t].sum()
        if not total:
            raise ValueError("observations: impossible")
        alpha[t] /= total
        message = alpha[t] @ transition
    ahead = shown / scale[:, None]  # becomes emission times beta, scaled
    beta, back = np.ones((time, k)), transition.T
    for t in range(time - 1, 0, -1):
        ahead[t] *= beta[t]
        np.matmul(ahead[t], back, out=beta[t - 1])
    return alpha * beta, transition * (alpha[:-1].T @ ahead[1:]), float(log(scale).sum())


def viterbi(initial, transition, emission, observations):
    tables = hidden_model(initial, transition, emission, observations)
    with np.errstate(divide="ignore"):
        best, move, shown = (log(table) for table in tables)
    move = np.ascontiguousarray(move.T)  # (to, from)
    time, k = shown.shape
    best = best + shown[0]
    history = np.empty((time, k))
    history[0] = best
    ways = np.empty((k, k))
    for t in range(1, time):
        np.add(move, best, out=ways)
        best = np.maximum.reduce(ways, axis=1)
        best += shown[t]
        history[t] = best
    if best.max() == -np.inf:
        raise ValueError("observations: impossible")
    path = np.empty(time, np.int64)
    path[-1] = best.argmax()
    for t in range(time - 1, 0, -1):
        path[t - 1] = (history[t - 1] + move[path[t]]).argmax()
    return path, float(best.max())


def beam(step, state, start, end, width, max_length, alpha):
    best_score, best_tokens = -np.inf, []
    totals, states, lasts, links = np.zeros(1), [state], [int(start)], [None]
    for length in range(1, max_length + 1):
        answers = [step(s, last) for s, last in zip(states, lasts)]
        rows = np.array([row for row, _ in answers], np.float64)
        v = rows.shape[1]
        rows += totals[:, None]
        flat = rows.ravel()
        if width is None or width >= flat.size:
            kept = np.arange(flat.size)
        else:
            kept = np.argpartition(-flat, width - 1)[:width]
        kept = kept[flat[kept] > -np.inf]
        old, totals, states, lasts, links = links, [], [], [], []
        for place in kept.tolist():
            parent, token = divmod(place, v)
            link = (old[parent], token)
            if token != end and length < max_length:
                totals.append(flat[place])
                states.append(answers[parent][1])
                lasts.append(token)
                links.append(link)
            elif flat[place] / length**alpha > best_score:
                best_score, best_tokens = float(flat[place] / length**alpha), link
        if not links:
            break
        totals = np.array(totals)
    tokens = []
    while best_tokens:
        best_tokens, token = best_tokens
        tokens.append(token)
    return tokens[::-1], best_score


def lengths(**values):
    for name, value in values.items():
        if value < 1:
            raise ValueError(f"{name}: 1 or more")


def greedy_search(step, state, start, end, max_length):
    lengths(max_length=max_length)
    return beam(step, state, start, end, 1, max_length, 0.0)


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    lengths(max_length=max_length)
    return beam(step, state, start, end, None, max_length, alpha)


def beam_search(step, state, start, end, width, max_length, alpha=0.0):
    lengths(width=width, max_length=max_length)
    return beam(step, state, start, end, width, max_length, alpha)


def positions(a):
    """Each item -> the places where it stands, as the bits of one whole number."""
    bits = {}
    for i, x in enumerate(a):
        bits[x] = bits.get(x, 0) | 1 << i
    return bits


def edit_distance(a, b):
    """Myers' bits, as Hyyrö wrote them down: a column of differences in two whole numbers."""
    if not len(a):
        return len(b)
    bits, full, top = positions(a), (1 << len(a)) - 1, 1 << (len(a) - 1)
    up, down, distance = full, 0, len(a)
    for y in b:
        same = bits.get(y, 0)
        zero = ((((same & up) + up) ^ up) | same | down) & full
        right_up, right_down = (down | ~(zero | up)) & full, up & zero
        distance += bool(right_up & top) - bool(right_down & top)
        right_up = (right_up << 1 | 1) & full
        right_down = (right_down << 1) & full
        up, down = (right_down | ~(zero | right_up)) & full, right_up & zero
    return distance


def align(a, b):
    table = [range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        left, row, above = i, [i], table[-1]
        for y, corner, over in zip(b, above, islice(above, 1, None)):
            left = corner if x == y else min(corner, over, left) + 1
            row.append(left)
        table.append(row)
    i, j, pairs = len(a), len(b), []
    while i and j:
        here = table[i][j]
        if a[i - 1] == b[j - 1] or here == table[i - 1][j - 1] + 1:
            i, j = i - 1, j - 1
            pairs.append((a[i], b[j]))
        elif here == table[i - 1][j] + 1:
            i -= 1
            pairs.append((a[i], None))
        else:
            j -= 1
            pairs.append((None, b[j]))
    pairs += [(x, None) for x in a[:i][::-1]] + [(None, y) for y in b[:j][::-1]]
    return pairs[::-1]


def bleu(candidates, references, max_n=4):
    if not len(candidates) or len(references) != len(candidates) or not all(map(len, references)):
        raise ValueError("candidates, references: one group of references for each candidate")
    lengths(max_n=max_n)

    def grams(tokens, n):
        return Counter(zip(*(islice(tokens, k, None) for k in range(n))))

    total = 0.0
    for n in range(1, max_n + 1):
        hits = 0
        for said, group in zip(candidates, references):
            ours, allowed = grams(said, n), grams(group[0], n)
            for wanted in group[1:]:
                allowed |= grams(wanted, n)
            hits += sum(min(count, allowed[gram]) for gram, count in ours.items())
        if not hits:
            return 0.0
        total += log(hits / sum(max(0, len(said) - n + 1) for said in candidates))
    c = sum(map(len, candidates))
    r = sum(
        min(sorted(map(len, group)), key=lambda m, k=len(said): abs(m - k))
        for said, group in zip(candidates, references)
    )
    return float(exp(total / max_n + (1 - r / c if r > c else 0)))


def rouge_l(candidate, reference, beta=1.0):
    """Hyyrö's bits for the longest common subsequence: zeros count its length."""
    bits, full = positions(candidate), (1 << len(candidate)) - 1
    row = full
    for y in reference:
        both = row & bits.get(y, 0)
        row = ((row + both) | (row - both)) & full
    common = len(candidate) - row.bit_count()
    if not common:
        return 0.0, 0.0, 0.0
    p, r = common / len(candidate), common / len(reference)
    return p, r, (1 + beta * beta) * p * r / (r + beta * beta * p)
