"""Each step leaves a function that goes back through it; gates one by one; tables by diagonals."""

import itertools
import math
from collections import defaultdict, namedtuple

import numpy as np


def array(value, name, *shape):
    value = np.array(value, dtype=np.float64)
    if len(shape) != value.ndim:
        raise ValueError(f"{name} must have {len(shape)} axes")
    for want, got in zip(shape, value.shape):
        if want is not None and want != got:
            raise ValueError(f"{name} has the shape {value.shape}")
    return value


def sigma(a):
    out = np.empty_like(a)
    up = a > 0
    out[up] = 1 / (1 + np.exp(-a[up]))
    low = np.exp(a[~up])
    out[~up] = low / (1 + low)
    return out


def linear(gradients, key, inputs, weights, da):
    """Add to the gradient of the weights; return that of the inputs."""
    gradients[key] += np.tensordot(inputs, da, axes=(0, 0))
    return np.dot(da, weights.T)


def read(cell, x, *starts):
    """Run a cell over time; returns all states, and a function that takes their gradients."""
    backs, states, zero = [], [], starts
    for t in range(x.shape[1]):
        starts, back = cell(x[:, t].copy(), *starts)
        backs.append(back)
        states.append(starts)

    def backward(dh, gradients):
        carried = [np.zeros_like(zero[0]) for _ in zero]
        dx = []
        for t in range(len(backs) - 1, -1, -1):
            carried[0] = carried[0] + dh[:, t]
            row, *carried = backs[t](gradients, *carried)
            dx.append(row)
        return np.stack(dx[::-1], axis=1), carried

    return [np.stack(each, axis=1) for each in zip(*states)], backward


class RNN:
    def __init__(self, wx, wh, b):
        wx = array(wx, "wx", None, None)
        n = wx.shape[1]
        self.weights = {"wx": wx, "wh": array(wh, "wh", n, n), "b": array(b, "b", n)}
        self.n = n

    def _cell(self, x, h):
        w = self.weights
        new = np.tanh(x.dot(w["wx"]) + h.dot(w["wh"]) + w["b"])

        def back(gradients, dnew):
            da = dnew * (1 - new**2)
            gradients["b"] += da.sum(axis=0)
            return linear(gradients, "wx", x, w["wx"], da), linear(gradients, "wh", h, w["wh"], da)

        return (new,), back

    def forward(self, x, h0=None):
        x = array(x, "x", None, None, len(self.weights["wx"]))
        h0 = np.zeros((len(x), self.n)) if h0 is None else array(h0, "h0", len(x), self.n)
        (h,), self._back = read(self._cell, x, h0)
        self._shape = h.shape
        return h

    def backward(self, dh):
        gradients = {key: np.zeros_like(w) for key, w in self.weights.items()}
        dx, (dh0,) = self._back(array(dh, "dh", *self._shape), gradients)
        return {"x": dx, "h0": dh0, **gradients}


class LSTM:
    def __init__(self, wx, wh, b):
        wx, wh, b = array(wx, "wx", None, None), array(wh, "wh", None, None), array(b, "b", None)
        self.n, self.d = len(wh), len(wx)
        if not wx.shape[1] == wh.shape[1] == len(b) == 4 * self.n:
            raise ValueError("wx, wh and b do not fit")
        self.weights = {"wx": wx, "wh": wh, "b": b}

    def _gate(self, k, x, h):
        columns = slice(k * self.n, (k + 1) * self.n)
        wx, wh, b = (w[..., columns] for w in self.weights.values())
        return x @ wx + h @ wh + b

    def _cell(self, x, h, c):
        i, f, o = (sigma(self._gate(k, x, h)) for k in (0, 1, 3))
        g = np.tanh(self._gate(2, x, h))
        new = c * f + i * g
        shown = np.tanh(new)
        w = self.weights

        def back(gradients, dh, dc):
            dc = dc + dh * o * (1 - shown**2)
            slopes = i * (1 - i), f * (1 - f), 1 - g**2, o * (1 - o)
            shares = dc * g, dc * c, dc * i, dh * shown
            da = np.concatenate([s * share for s, share in zip(slopes, shares)], axis=-1)
            gradients["b"] += da.sum(axis=0)
            dx = linear(gradients, "wx", x, w["wx"], da)
            return dx, linear(gradients, "wh", h, w["wh"], da), dc * f

        return (o * shown, new), back

    def forward(self, x, h0=None, c0=None):
        x = array(x, "x", None, None, self.d)
        size = len(x), self.n
        h0 = np.zeros(size) if h0 is None else array(h0, "h0", *size)
        c0 = np.zeros(size) if c0 is None else array(c0, "c0", *size)
        (h, c), self._back = read(self._cell, x, h0, c0)
        self._shape = h.shape
        return h, c

    def backward(self, dh):
        gradients = {key: np.zeros_like(w) for key, w in self.weights.items()}
        dx, (dh0, dc0) = self._back(array(dh, "dh", *self._shape), gradients)
        return {"x": dx, "h0": dh0, "c0": dc0, **gradients}


class GRU:
    def __init__(self, wx, wh, bx, bh):
        wx, wh = array(wx, "wx", None, None), array(wh, "wh", None, None)
        bx, bh = array(bx, "bx", None), array(bh, "bh", None)
        self.n, self.d = len(wh), len(wx)
        if {wx.shape[1], wh.shape[1], len(bx), len(bh)} != {3 * self.n}:
            raise ValueError("wx, wh, bx and bh do not fit")
        self.weights = {"wx": wx, "wh": wh, "bx": bx, "bh": bh}

    def _cell(self, x, h):
        w, n = self.weights, self.n
        u, v = x @ w["wx"] + w["bx"], h @ w["wh"] + w["bh"]
        r, z = sigma(u[:, :n] + v[:, :n]), sigma(u[:, n : 2 * n] + v[:, n : 2 * n])
        heard = v[:, 2 * n :]
        p = np.tanh(u[:, 2 * n :] + r * heard)

        def back(gradients, dh):
            dp = dh * (1 - z) * (1 - p**2)
            dr, dz = dp * heard * r * (1 - r), dh * (h - p) * z * (1 - z)
            du = np.concatenate([dr, dz, dp], axis=-1)
            dv = np.concatenate([dr, dz, dp * r], axis=-1)
            gradients["bx"] += du.sum(axis=0)
            gradients["bh"] += dv.sum(axis=0)
            dx = linear(gradients, "wx", x, w["wx"], du)
            return dx, linear(gradients, "wh", h, w["wh"], dv) + dh * z

        return (p - z * p + z * h,), back

    def forward(self, x, h0=None):
        x = array(x, "x", None, None, self.d)
        h0 = np.zeros((len(x), self.n)) if h0 is None else array(h0, "h0", len(x), self.n)
        (h,), self._back = read(self._cell, x, h0)
        self._shape = h.shape
        return h

    def backward(self, dh):
        gradients = {key: np.zeros_like(w) for key, w in self.weights.items()}
        dx, (dh0,) = self._back(array(dh, "dh", *self._shape), gradients)
        return {"x": dx, "h0": dh0, **gradients}


def gradient_flow(wh, h):
    h = array(h, "h", None, None)
    n = h.shape[1]
    wh = array(wh, "wh", n, n)
    jacobians = [wh * (1 - row**2)[None] for row in h]
    products = itertools.accumulate(reversed(jacobians[1:]), lambda p, j: j @ p, initial=np.eye(n))
    return np.array([np.linalg.norm(p, ord=2) for p in products])[::-1]


def clip_gradients(gradients, max_norm):
    if not max_norm > 0.0:
        raise ValueError("max_norm has to be positive")
    norm = float(sum(np.vdot(g, g) for g in gradients.values()) ** 0.5)
    if norm > max_norm:
        return {key: g / norm * max_norm for key, g in gradients.items()}, norm
    return {key: g + 0.0 for key, g in gradients.items()}, norm


def cross_entropy(scores, targets, mask=None):
    scores = np.array(scores, dtype=np.float64)
    *lead, v = scores.shape
    targets = np.array(targets)
    if list(targets.shape) != lead:
        raise ValueError("targets do not fit to scores")
    if targets.dtype.kind not in "iu":
        raise ValueError("targets are not integers")
    if not ((0 <= targets) & (targets < v)).all():
        raise ValueError("targets lie outside")
    mask = np.full(lead, True) if mask is None else np.array(mask)
    if mask.dtype != bool or list(mask.shape) != lead:
        raise ValueError("mask is no boolean array of the places")
    if not mask.any():
        raise ValueError("mask leaves nothing")
    flat, wanted, counted = scores.reshape(-1, v), targets.ravel(), mask.ravel()
    flat = flat - flat.max(axis=1)[:, None]
    log_sum = np.log(np.exp(flat).sum(axis=1))
    one_hot = np.eye(v)[wanted]
    losses = log_sum - flat[np.arange(len(flat)), wanted]
    weight = counted / counted.sum()
    gradient = (np.exp(flat - log_sum[:, None]) - one_hot) * weight[:, None]
    return float(losses[counted].mean()), gradient.reshape(scores.shape)


def unroll(step, state, start, targets, teacher=1.0, rng=None):
    if not 0.0 <= teacher <= 1.0:
        raise ValueError("teacher is no probability")
    coin = {0.0: lambda: False, 1.0: lambda: True}
    taught = coin.get(float(teacher), lambda: bool(rng.random() <= teacher))
    answers = []
    for k in range(len(targets)):
        if k == 0:
            token = start
        elif taught():
            token = targets[k - 1]
        else:
            token = np.argmax(answers[-1])
        scores, state = step(state, int(token))
        answers.append(np.array(scores, dtype=float))
    return np.array(answers)


Tables = namedtuple("Tables", "first move show")


def tables(initial, transition, emission, observations):
    first = array(initial, "initial", None)
    move = array(transition, "transition", len(first), len(first))
    emission = array(emission, "emission", len(first), None)
    seen = np.array(observations)
    if seen.shape == (0,) or seen.ndim != 1:
        raise ValueError("observations are empty")
    if seen.dtype.kind not in "iu":
        raise ValueError("observations are not integers")
    if min(seen) < 0 or max(seen) >= emission.shape[1]:
        raise ValueError("observations are not symbols")
    return Tables(first, move, np.take(emission.T, seen, axis=0))


def forward_backward(initial, transition, emission, observations):
    """Filter forward, then smooth backward with the filtered states alone."""
    model = tables(initial, transition, emission, observations)
    filtered, predicted, logs = [], [model.first], []
    for row in model.show:
        joint = predicted[-1] * row
        total = joint.sum()
        if total == 0.0:
            raise ValueError("observations cannot be explained")
        logs.append(np.log(total))
        filtered.append(joint / total)
        predicted.append(filtered[-1] @ model.move)
    smooth, pairs = [filtered[-1]], np.zeros(model.move.shape)
    for t in range(len(filtered) - 2, -1, -1):
        ahead = predicted[t + 1]
        ratio = np.divide(smooth[-1], ahead, out=np.zeros(len(ahead)), where=ahead > 0)
        both = filtered[t][:, None] * model.move * ratio
        pairs += both
        smooth.append(both.sum(axis=1))
    return np.array(smooth[::-1]), pairs, float(math.fsum(logs))


def viterbi(initial, transition, emission, observations):
    """From the end: the best future of each state, then the path forward."""
    with np.errstate(divide="ignore"):
        first, move, show = map(np.log, tables(initial, transition, emission, observations))
    future = [np.zeros(len(first))]
    for row in show[:0:-1]:
        future.append((move + (row + future[-1])).max(axis=1))
    future = future[::-1]
    begin = first + show[0] + future[0]
    if begin.max() == -np.inf:
        raise ValueError("observations cannot be explained")
    path = [int(begin.argmax())]
    for row, later in zip(show[1:], future[1:]):
        path.append(int((move[path[-1]] + row + later).argmax()))
    return np.array(path), float(begin.max())


Hypothesis = namedtuple("Hypothesis", "total tokens state")


def search(step, state, start, end, max_length, keep):
    """All finished hypotheses, if `keep` chooses among the extensions of a round."""
    going = [Hypothesis(0.0, (), state)]
    for length in itertools.count(1):
        extended = []
        for total, tokens, before in going:
            log_probs, after = step(before, tokens[-1] if tokens else start)
            for token, log_prob in enumerate(map(float, log_probs)):
                if log_prob != -math.inf:
                    extended.append(Hypothesis(total + log_prob, (*tokens, token), after))
        going = []
        for hypothesis in keep(extended):
            if hypothesis.tokens[-1] == end or length == max_length:
                yield hypothesis
            else:
                going.append(hypothesis)
        if not going:
            return


def greedy_search(step, state, start, end, max_length):
    if max_length < 1:
        raise ValueError("max_length")
    (only,) = search(step, state, start, end, max_length, lambda h: [max(h, key=lambda x: x[0])])
    return list(only.tokens), only.total


def choose(finished, alpha):
    def score(hypothesis):
        return hypothesis.total / len(hypothesis.tokens) ** alpha

    best = max(finished, key=score)
    return list(best.tokens), score(best)


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    if max_length < 1:
        raise ValueError("max_length")
    return choose(search(step, state, start, end, max_length, lambda h: h), alpha)


def beam_search(step, state, start, end, width, max_length, alpha=0.0):
    if width < 1:
        raise ValueError("width")
    if max_length < 1:
        raise ValueError("max_length")

    def keep(hypotheses):
        return sorted(hypotheses, key=lambda h: h.total)[-width:]

    return choose(search(step, state, start, end, max_length, keep), alpha)


def costs(a, b):
    """The table by diagonals that lean to the left: all entries of one need only the two before."""
    table = np.zeros((len(a) + 1, len(b) + 1), dtype=int)
    table[:, 0], table[0] = np.arange(len(a) + 1), np.arange(len(b) + 1)
    differ = np.array([[x != y for y in b] for x in a], dtype=bool).reshape(len(a), len(b))
    for s in range(2, len(a) + len(b) + 1):
        i = np.arange(max(1, s - len(b)), min(len(a), s - 1) + 1)
        j = s - i
        around = np.minimum(table[i - 1, j], table[i, j - 1]) + 1
        table[i, j] = np.minimum(around, table[i - 1, j - 1] + differ[i - 1, j - 1])
    return table


def edit_distance(a, b):
    return int(costs(a, b)[-1, -1])


def align(a, b):
    table, pairs = costs(a, b), []
    i, j = len(a), len(b)
    while i + j:
        options = []
        if i and j:
            options.append((table[i - 1, j - 1] + (a[i - 1] != b[j - 1]), 1, 1))
        if i:
            options.append((table[i - 1, j] + 1, 1, 0))
        if j:
            options.append((table[i, j - 1] + 1, 0, 1))
        _, di, dj = min(options)
        pairs.append((a[i - 1] if di else None, b[j - 1] if dj else None))
        i, j = i - di, j - dj
    return list(reversed(pairs))


def bleu(candidates, references, max_n=4):
    if len(candidates) < 1:
        raise ValueError("candidates")
    if len(candidates) != len(references) or any(len(group) == 0 for group in references):
        raise ValueError("references")
    if max_n < 1:
        raise ValueError("max_n")

    def counts(tokens):
        found = defaultdict(int)
        for n in range(1, max_n + 1):
            for i in range(len(tokens) - n + 1):
                found[tuple(tokens[i : i + n])] += 1
        return found

    hits, total = [0] * max_n, [0] * max_n
    c = r = 0
    for said, group in zip(candidates, references):
        theirs = [counts(wanted) for wanted in group]
        for gram, count in counts(said).items():
            total[len(gram) - 1] += count
            hits[len(gram) - 1] += min(count, max(each.get(gram, 0) for each in theirs))
        c += len(said)
        r += min(
            (len(wanted) for wanted in group),
            key=lambda k: 2 * abs(k - len(said)) + (k > len(said)),
        )
    if 0 in hits:
        return 0.0
    mean = math.fsum(math.log(h / t) for h, t in zip(hits, total)) / max_n
    return math.exp(mean - max(0.0, r / c - 1))


def rouge_l(candidate, reference, beta=1.0):
    lengths = {(-1, j): 0 for j in range(-1, len(reference))}
    for i, x in enumerate(candidate):
        lengths[i, -1] = 0
        for j, y in enumerate(reference):
            lengths[i, j] = max(
                lengths[i - 1, j], lengths[i, j - 1], lengths[i - 1, j - 1] + (x == y)
            )
    common = lengths[len(candidate) - 1, len(reference) - 1]
    p = common / len(candidate) if common else 0.0
    r = common / len(reference) if common else 0.0
    return p, r, (1 + beta**2) * p * r / (r + beta**2 * p) if common else 0.0
