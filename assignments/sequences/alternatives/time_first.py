"""Time first, one matrix for input, state and bias; rows of NumPy for edits; stacked beams."""

import math
from collections import Counter
from itertools import chain

import numpy as np

F = np.float64


def need(condition, message):
    if not condition:
        raise ValueError(message)


def sigmoid(a):
    return np.exp(-np.logaddexp(0, -a))


class _Layer:
    """What the three have in common: arrays with time first, and what one step keeps."""

    def _read(self, x, h0):
        x = np.asarray(x, F)
        need(x.ndim == 3 and x.shape[2] == self.d, "x has another shape")
        batch = len(x)
        h0 = np.zeros((batch, self.n)) if h0 is None else np.array(h0, F)
        need(h0.shape == (batch, self.n), "h0 has another shape")
        self._x = np.array(x.swapaxes(0, 1))
        return self._x, h0

    def _given(self, dh):
        dh = np.asarray(dh, F)
        time, batch, _ = self._x.shape
        need(dh.shape == (batch, time, self.n), "dh has another shape")
        return dh.swapaxes(0, 1)


class RNN(_Layer):
    def __init__(self, wx, wh, b):
        wx, wh, b = (np.asarray(w, F) for w in (wx, wh, b))
        need(wx.ndim == 2, "wx")
        self.d, self.n = wx.shape
        need(wh.shape == (self.n, self.n), "wh does not fit")
        need(b.shape == (self.n,), "b does not fit")
        self._w = np.vstack([wx, wh, b])

    def forward(self, x, h0=None):
        x, h = self._read(x, h0)
        ones = np.ones((len(h), 1))
        self._inputs = np.empty((*x.shape[:2], len(self._w)))
        self._h = np.empty((*x.shape[:2], self.n))
        for t, row in enumerate(x):
            self._inputs[t] = np.hstack([row, h, ones])
            self._h[t] = h = np.tanh(self._inputs[t] @ self._w)
        return np.array(self._h.swapaxes(0, 1))

    def backward(self, dh):
        dh = self._given(dh)
        slope, d_inputs = 1 - np.square(self._h), np.zeros(self._inputs.shape)
        dw, carry = np.zeros(self._w.shape), 0
        for t in range(len(dh) - 1, -1, -1):
            da = slope[t] * (dh[t] + carry)
            dw += self._inputs[t].T @ da
            d_inputs[t] = da @ self._w.T
            carry = d_inputs[t][:, self.d : -1]
        return {
            "x": np.array(d_inputs[..., : self.d].swapaxes(0, 1)),
            "h0": np.array(carry),
            "wx": dw[: self.d].copy(),
            "wh": dw[self.d : -1].copy(),
            "b": dw[-1].copy(),
        }


def gradient_flow(wh, h):
    wh, h = np.asarray(wh, F), np.asarray(h, F)
    need(h.ndim == 2 and wh.shape == (h.shape[1],) * 2, "shapes do not fit")
    steps = wh * (1 - h**2)[:, None, :]
    whole = np.empty(steps.shape)
    whole[-1] = np.eye(len(wh))
    for t in range(len(h) - 2, -1, -1):
        whole[t] = steps[t + 1] @ whole[t + 1]
    return np.linalg.norm(whole, ord=2, axis=(1, 2))


def clip_gradients(gradients, max_norm):
    need(max_norm > 0, "max_norm must be above 0")
    flat = np.concatenate([np.ravel(g) for g in gradients.values()] or [np.zeros(0)])
    norm = float(np.linalg.norm(flat))
    if norm <= max_norm:
        return {k: np.array(g) for k, g in gradients.items()}, norm
    return {k: np.asarray(g) * (max_norm / norm) for k, g in gradients.items()}, norm


class LSTM(_Layer):
    def __init__(self, wx, wh, b):
        wx, wh, b = (np.asarray(w, F) for w in (wx, wh, b))
        need(b.ndim == 1 and len(b) % 4 == 0, "b does not fit")
        self.n = len(b) // 4
        need(wx.ndim == 2 and wx.shape[1] == len(b), "wx does not fit")
        need(wh.shape == (self.n, len(b)), "wh does not fit")
        self.d = len(wx)
        self._w = np.vstack([wx, wh, b])

    def forward(self, x, h0=None, c0=None):
        x, h = self._read(x, h0)
        c = np.zeros(h.shape) if c0 is None else np.array(c0, F)
        need(c.shape == h.shape, "c0 has another shape")
        n, ones = self.n, np.ones((len(h), 1))
        self._kept, hs, cs = [], [], []
        for row in x:
            inputs = np.hstack([row, h, ones])
            a = inputs @ self._w
            i, f, o = sigmoid(a[:, :n]), sigmoid(a[:, n : 2 * n]), sigmoid(a[:, 3 * n :])
            g = np.tanh(a[:, 2 * n : 3 * n])
            new = f * c + i * g
            shown = np.tanh(new)
            # What one unit of the cell's gradient gives to the blocks i, f and g; then the rest.
            parts = np.stack([g * i * (1 - i), c * f * (1 - f), i * (1 - g * g)])
            self._kept.append((inputs, parts, f, o * (1 - shown**2), shown * o * (1 - o)))
            h, c = o * shown, new
            hs.append(h)
            cs.append(c)
        return np.stack(hs, 1), np.stack(cs, 1)

    def backward(self, dh):
        dh = self._given(dh)
        dw, dx = np.zeros(self._w.shape), np.empty(self._x.shape)
        carry, cell = np.zeros(dh.shape[1:]), np.zeros(dh.shape[1:])
        for t in reversed(range(len(dh))):
            inputs, parts, f, to_cell, to_o = self._kept[t]
            state = dh[t] + carry
            cell = cell + state * to_cell
            da = np.hstack([*(parts * cell), state * to_o])
            dw += inputs.T @ da
            back = da @ self._w.T
            dx[t], carry, cell = back[:, : self.d], back[:, self.d : -1], cell * f
        return {
            "x": np.array(dx.swapaxes(0, 1)),
            "h0": np.array(carry),
            "c0": cell,
            "wx": dw[: self.d].copy(),
            "wh": dw[self.d : -1].copy(),
            "b": dw[-1].copy(),
        }


class GRU(_Layer):
    def __init__(self, wx, wh, bx, bh):
        wx, wh, bx, bh = (np.asarray(w, F) for w in (wx, wh, bx, bh))
        need(bx.ndim == 1 and bx.shape == bh.shape and len(bx) % 3 == 0, "bx, bh do not fit")
        self.n = len(bx) // 3
        need(wx.ndim == 2 and wx.shape[1] == len(bx), "wx does not fit")
        need(wh.shape == (self.n, len(bx)), "wh does not fit")
        self.d = len(wx)
        self._below, self._behind = np.vstack([wx, bx]), np.vstack([wh, bh])

    def forward(self, x, h0=None):
        x, h = self._read(x, h0)
        n, ones = self.n, np.ones((len(h), 1))
        self._kept, hs = [], []
        for row in x:
            below, behind = np.hstack([row, ones]), np.hstack([h, ones])
            u, v = below @ self._below, behind @ self._behind
            gates = sigmoid(u[:, : 2 * n] + v[:, : 2 * n])
            r, z = gates[:, :n], gates[:, n:]
            p = np.tanh(u[:, 2 * n :] + r * v[:, 2 * n :])
            self._kept.append((below, behind, r, z, p, v[:, 2 * n :]))
            h = (1 - z) * p + z * h
            hs.append(h)
        return np.stack(hs, 1)

    def backward(self, dh):
        dh = self._given(dh)
        d_below, d_behind = np.zeros(self._below.shape), np.zeros(self._behind.shape)
        dx, carry = np.empty(self._x.shape), np.zeros(dh.shape[1:])
        for t in reversed(range(len(dh))):
            below, behind, r, z, p, v = self._kept[t]
            state = dh[t] + carry
            dn = state * (1 - z) * (1 - p**2)
            gates = np.hstack([dn * v * r * (1 - r), state * (behind[:, :-1] - p) * z * (1 - z)])
            du, dv = np.hstack([gates, dn]), np.hstack([gates, r * dn])
            d_below += below.T @ du
            d_behind += behind.T @ dv
            dx[t] = du @ self._below[:-1].T
            carry = state * z + dv @ self._behind[:-1].T
        return {
            "x": np.array(dx.swapaxes(0, 1)),
            "h0": carry,
            "wx": d_below[:-1].copy(),
            "bx": d_below[-1].copy(),
            "wh": d_behind[:-1].copy(),
            "bh": d_behind[-1].copy(),
        }


def cross_entropy(scores, targets, mask=None):
    scores, targets = np.asarray(scores, F), np.asarray(targets)
    need(targets.shape == scores.shape[:-1], "targets have another shape")
    need(targets.dtype.kind in "iu", "targets must be integers")
    need(0 <= targets.min() and targets.max() < scores.shape[-1], "targets are no tokens")
    keep = np.full(targets.shape, True) if mask is None else np.asarray(mask)
    need(keep.dtype == bool and keep.shape == targets.shape, "mask must be boolean, one per place")
    need(bool(keep.any()), "mask: nothing counts")
    chosen, wanted = scores[keep], targets[keep]
    rows = np.arange(len(wanted))
    log_p = chosen - np.logaddexp.reduce(chosen, axis=-1)[:, None]
    p = np.exp(log_p)
    p[rows, wanted] -= 1.0
    gradient = np.zeros(scores.shape)
    gradient[keep] = p / len(wanted)
    return float(-np.sum(log_p[rows, wanted]) / len(wanted)), gradient


def unroll(step, state, start, targets, teacher=1.0, rng=None):
    need(0 <= teacher <= 1, "teacher must lie between 0 and 1")
    n = len(targets)
    if teacher in (0, 1):
        taught = [bool(teacher)] * n
    else:
        taught = (rng.random(n) < teacher).tolist()
    token, out = start, []
    for target, told in zip(targets, taught):
        row, state = step(state, int(token))
        out.append(np.array(row, F))
        token = target if told else out[-1].argmax()
    return np.vstack(out)


def _tables(initial, transition, emission, observations):
    initial, transition, emission = (np.asarray(a, F) for a in (initial, transition, emission))
    k = len(initial)
    need(transition.shape == (k, k), "transition does not fit")
    need(emission.ndim == 2 and len(emission) == k, "emission does not fit")
    seen = np.asarray(observations)
    need(seen.ndim == 1 and len(seen) > 0 and seen.dtype.kind in "iu", "observations: integers")
    need(0 <= seen.min() and seen.max() < emission.shape[1], "observations: unknown symbols")
    return initial, transition, emission.T[seen]


def forward_backward(initial, transition, emission, observations):
    initial, transition, likely = _tables(initial, transition, emission, observations)
    t_max = len(likely)
    past, future = np.empty(likely.shape), np.empty(likely.shape)
    log_likelihood, message = 0.0, initial
    for t in range(t_max):
        message = message * likely[t]
        total = message.sum()
        need(total > 0, "observations are impossible")
        log_likelihood += math.log(total)
        past[t] = message / total
        message = past[t] @ transition
    future[-1] = 1 / len(initial)
    for t in range(t_max - 1, 0, -1):
        back = transition @ (likely[t] * future[t])
        future[t - 1] = back / back.sum()
    states = past * future
    states /= states.sum(axis=1, keepdims=True)
    pairs = past[:-1, :, None] * transition * (likely * future)[1:, None, :]
    pairs /= pairs.sum(axis=(1, 2), keepdims=True)
    return states, pairs.sum(axis=0), float(log_likelihood)


def viterbi(initial, transition, emission, observations):
    with np.errstate(divide="ignore"):
        start, move, likely = map(np.log, _tables(initial, transition, emission, observations))
    best = np.empty(likely.shape)
    best[0] = start + likely[0]
    for t in range(1, len(likely)):
        best[t] = np.max(best[t - 1][:, None] + move, axis=0) + likely[t]
    need(best[-1].max() > -np.inf, "observations are impossible")
    path = np.zeros(len(likely), dtype=int)
    path[-1] = best[-1].argmax()
    for t in range(len(likely) - 2, -1, -1):  # no pointers: ask again where it came from
        path[t] = (best[t] + move[:, path[t + 1]]).argmax()
    return path, float(best[-1].max())


def _beam(step, state, start, end, width, max_length, alpha):
    sums, sentences, states = np.zeros(1), [[start]], [state]
    finished = []
    for length in range(1, max_length + 1):
        answers = [step(state, words[-1]) for state, words in zip(states, sentences)]
        totals = sums[:, None] + np.array([np.asarray(row, F) for row, _ in answers])
        flat = totals.ravel()
        order = np.argsort(-flat, kind="stable")[:width]
        order = order[flat[order] > -np.inf]
        sums, old, states, sentences = [], sentences, [], []
        for place in order.tolist():
            parent, token = divmod(place, totals.shape[1])
            words = [*old[parent], token]
            if token == end or length == max_length:
                finished.append((flat[place] / length**alpha, words[1:]))
            else:
                sums.append(flat[place])
                sentences.append(words)
                states.append(answers[parent][1])
        if not sentences:
            break
        sums = np.array(sums)
    score, words = max(finished, key=lambda pair: pair[0])
    return words, float(score)


def greedy_search(step, state, start, end, max_length):
    need(max_length >= 1, "max_length must be at least 1")
    return _beam(step, state, start, end, 1, max_length, 0.0)


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    need(max_length >= 1, "max_length must be at least 1")
    return _beam(step, state, start, end, None, max_length, alpha)


def beam_search(step, state, start, end, width, max_length, alpha=0.0):
    need(width >= 1, "width must be at least 1")
    need(max_length >= 1, "max_length must be at least 1")
    return _beam(step, state, start, end, width, max_length, alpha)


def _rows(a, b):
    """All rows of the table; what is inserted runs along a row, as a running minimum."""
    number = {}
    for item in chain(a, b):
        number.setdefault(item, len(number))
    b = np.array([number[y] for y in b], dtype=int)
    places = np.arange(len(b) + 1)
    rows = [places.copy()]
    for x in a:
        above = rows[-1]
        row = above + 1
        row[1:] = np.minimum(row[1:], above[:-1] + (b != number[x]))
        rows.append(np.minimum.accumulate(row - places) + places)
    return rows


def edit_distance(a, b):
    return int(_rows(a, b)[-1][-1])


def align(a, b):
    rows, i, j, pairs = _rows(a, b), len(a), len(b), []
    while i > 0 or j > 0:
        here = rows[i][j]
        if j > 0 and here == rows[i][j - 1] + 1:
            j -= 1
            pairs.append((None, b[j]))
        elif i > 0 and here == rows[i - 1][j] + 1:
            i -= 1
            pairs.append((a[i], None))
        else:
            i, j = i - 1, j - 1
            pairs.append((a[i], b[j]))
    pairs.reverse()
    return pairs


def _count(tokens, n):
    return Counter(zip(*(tokens[k:] for k in range(n))))


def bleu(candidates, references, max_n=4):
    need(len(candidates) > 0, "candidates are missing")
    need(len(candidates) == len(references) and all(references), "references are missing")
    need(max_n >= 1, "max_n must be at least 1")
    hits, said = np.zeros(max_n), np.zeros(max_n)
    c = r = 0
    for tokens, group in zip(candidates, references):
        c += len(tokens)
        lengths = sorted(len(reference) for reference in group)
        r += lengths[int(np.argmin(np.abs(np.array(lengths) - len(tokens))))]
        for n in range(1, max_n + 1):
            ours, theirs = _count(tokens, n), [_count(reference, n) for reference in group]
            said[n - 1] += ours.total()
            hits[n - 1] += sum(min(k, max(t[g] for t in theirs)) for g, k in ours.items())
    if (hits == 0).any():
        return 0.0
    penalty = 1.0 if c > r else np.exp(1 - r / c)
    return float(penalty * np.exp(np.log(hits / said).mean()))


def rouge_l(candidate, reference, beta=1.0):
    row = np.zeros(len(reference) + 1, dtype=int)
    for x in candidate:
        same = np.fromiter((x == y for y in reference), dtype=int, count=len(reference))
        row[1:] = np.maximum.accumulate(np.maximum(row[1:], row[:-1] + same))
    common = int(row[-1])
    if common == 0:
        return (0.0, 0.0, 0.0)
    p, r = common / len(candidate), common / len(reference)
    return (p, r, (1 + beta**2) / (1 / p + beta**2 / r))
