"""Gradients by a small tape of operations; the states of an HMM as matrices; searches in depth."""

import math
from bisect import bisect_left
from collections import Counter, deque

import numpy as np


class Node:
    """An array and how it was made: (input, rule) pairs, a rule takes the gradient of the node."""

    def __init__(self, value, *sources):
        self.value, self.sources, self.grad = value, sources, None

    def __add__(self, other):
        return Node(
            self.value + other.value,
            (self, lambda g: shrink(g, self.value.shape)),
            (other, lambda g: shrink(g, other.value.shape)),
        )

    def __mul__(self, other):
        return Node(
            self.value * other.value,
            (self, lambda g: g * other.value),
            (other, lambda g: g * self.value),
        )

    def __matmul__(self, other):
        return Node(
            self.value @ other.value,
            (self, lambda g: g @ other.value.T),
            (other, lambda g: self.value.T @ g),
        )

    def __getitem__(self, columns):
        def rule(g):
            whole = np.zeros(self.value.shape)
            whole[:, columns] = g
            return whole

        return Node(self.value[:, columns], (self, rule))

    def tanh(self):
        value = np.tanh(self.value)
        return Node(value, (self, lambda g: g * (1 - value**2)))

    def logistic(self):
        value = 1 / (1 + np.exp(-np.clip(self.value, -700, 700)))
        return Node(value, (self, lambda g: g * value * (1 - value)))

    def opposite(self):
        """1 - x"""
        return Node(1 - self.value, (self, lambda g: -g))


def shrink(g, shape):
    return g if g.shape == shape else g.sum(axis=0)


def walk_back(tape, seeds):
    """Fill in the gradients of all nodes of a tape, latest first; `seeds` are (node, gradient)."""
    for node in tape:
        node.grad = np.zeros(node.value.shape)
    for node, gradient in seeds:
        node.grad = node.grad + gradient
    for node in reversed(tape):
        for source, rule in node.sources:
            source.grad = source.grad + rule(node.grad)


def ordered(outputs):
    """All that the outputs were made of, each after its sources; no recursion."""
    done, order = set(), []
    for output in outputs:
        stack = [(output, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                order.append(node)
            elif id(node) not in done:
                done.add(id(node))
                stack.append((node, True))
                stack += [(source, False) for source, _ in node.sources]
    return order


class Layer:
    """Subclasses say how many blocks there are, which weights, and what one step does."""

    blocks, names, second = 1, ("wx", "wh", "b"), False

    def __init__(self, *weights):
        if len(weights) != len(self.names):
            raise TypeError("weights are missing")
        self._weights = {k: np.array(w, dtype=float) for k, w in zip(self.names, weights)}
        wx, wh, *biases = self._weights.values()
        self.n = len(wh)
        wide = self.blocks * self.n
        if wx.ndim != 2 or wx.shape[1] != wide or wh.shape != (self.n, wide):
            raise ValueError("wx and wh do not fit to each other")
        if any(b.shape != (wide,) for b in biases):
            raise ValueError("a bias does not fit")

    def _start(self, given, name, batch):
        value = np.zeros((batch, self.n)) if given is None else np.array(given, dtype=float)
        if value.shape != (batch, self.n):
            raise ValueError(f"{name} has the shape {value.shape}")
        return Node(value)

    def _run(self, x, h0, c0=None):
        x = np.array(x, dtype=float)
        if x.ndim != 3 or x.shape[2] != len(self._weights["wx"]):
            raise ValueError(f"x has the shape {x.shape}")
        w = {key: Node(value) for key, value in self._weights.items()}
        state = self._start(h0, "h0", len(x))
        cell = self._start(c0, "c0", len(x)) if self.second else None
        self._leaves = w | {"h0": state} | ({"c0": cell} if self.second else {})
        self._xs = [Node(x[:, t].copy()) for t in range(x.shape[1])]
        self._hs, cells = [], []
        for row in self._xs:
            state, cell = self._step(w, row, state, cell)
            self._hs.append(state)
            cells.append(cell)
        self._tape = ordered([*self._leaves.values(), *self._xs, *self._hs])
        h = np.stack([node.value for node in self._hs], axis=1)
        return (h, np.stack([node.value for node in cells], axis=1)) if self.second else h

    def backward(self, dh):
        dh = np.array(dh, dtype=float)
        if dh.shape != (len(self._hs[0].value), len(self._hs), self.n):
            raise ValueError(f"dh has the shape {dh.shape}")
        walk_back(self._tape, [(node, dh[:, t]) for t, node in enumerate(self._hs)])
        found = {key: np.array(node.grad) for key, node in self._leaves.items()}
        return found | {"x": np.stack([node.grad for node in self._xs], axis=1)}


class RNN(Layer):
    def _step(self, w, x, h, _):
        return (x @ w["wx"] + h @ w["wh"] + w["b"]).tanh(), None

    def forward(self, x, h0=None):
        return self._run(x, h0)


class LSTM(Layer):
    blocks, second = 4, True

    def _step(self, w, x, h, c):
        a, n = x @ w["wx"] + h @ w["wh"] + w["b"], self.n
        i, f = a[:n].logistic(), a[n : 2 * n].logistic()
        g, o = a[2 * n : 3 * n].tanh(), a[3 * n : 4 * n].logistic()
        c = f * c + i * g
        return o * c.tanh(), c

    def forward(self, x, h0=None, c0=None):
        return self._run(x, h0, c0)


class GRU(Layer):
    blocks, names = 3, ("wx", "wh", "bx", "bh")

    def _step(self, w, x, h, _):
        u, v, n = x @ w["wx"] + w["bx"], h @ w["wh"] + w["bh"], self.n
        r, z = (u[:n] + v[:n]).logistic(), (u[n : 2 * n] + v[n : 2 * n]).logistic()
        p = (u[2 * n : 3 * n] + r * v[2 * n : 3 * n]).tanh()
        return z.opposite() * p + z * h, None

    def forward(self, x, h0=None):
        return self._run(x, h0)


def gradient_flow(wh, h):
    wh, h = np.array(wh, dtype=float), np.array(h, dtype=float)
    if h.ndim != 2 or wh.shape != (h.shape[1], h.shape[1]):
        raise ValueError("wh and h do not fit")
    # (to, from): the transposes have the same singular values
    product, found = np.eye(len(wh)), deque()
    for row in h[::-1]:
        found.appendleft(math.sqrt(max(0.0, np.linalg.eigvalsh(product @ product.T)[-1])))
        product = product @ (wh.T * (1 - row * row)[:, None])
    return np.array(found)


def clip_gradients(gradients, max_norm):
    if max_norm > 0:
        norm = math.hypot(*(float(np.linalg.norm(np.ravel(g))) for g in gradients.values()))
        factor = 1.0 / max(1.0, norm / max_norm)
        return {name: np.multiply(g, factor) for name, g in gradients.items()}, norm
    raise ValueError(f"max_norm = {max_norm}")


def cross_entropy(scores, targets, mask=None):
    scores, targets = np.array(scores, dtype=float), np.asarray(targets)
    v, lead = scores.shape[-1], scores.shape[:-1]
    if targets.dtype.kind not in "iu" or targets.shape != lead:
        raise ValueError("targets: one integer for each place")
    if not np.isin(targets, np.arange(v)).all():
        raise ValueError("targets: no such token")
    if mask is None:
        mask = np.ones(lead, dtype=bool)
    mask = np.asarray(mask)
    if mask.dtype.kind != "b" or mask.shape != lead or not np.count_nonzero(mask):
        raise ValueError("mask: one bool for each place, not all False")
    one_hot = targets[..., None] == np.arange(v)
    top = scores.max(-1, keepdims=True)
    e = np.exp(scores - top)
    total = e.sum(-1, keepdims=True)
    losses = (np.log(total) + top)[..., 0] - scores[one_hot].reshape(lead)
    n = np.count_nonzero(mask)
    gradient = (e / total - one_hot) / n
    gradient[~mask] = 0.0
    return float(losses[mask].sum() / n), gradient


def unroll(step, state, start, targets, teacher=1.0, rng=None):
    if not (teacher >= 0 and teacher <= 1):
        raise ValueError("teacher")

    def rows():
        nonlocal state
        read = start
        for target in targets:
            scores, state = step(state, int(read))
            scores = np.array(scores, dtype=float)
            yield scores
            if teacher == 1:
                read = target
            elif teacher == 0 or rng.uniform() >= teacher:
                read = np.flatnonzero(scores == scores.max())[0]
            else:
                read = target

    return np.stack(list(rows()))


def matrices(initial, transition, emission, observations):
    initial, transition, emission = (
        np.array(each, dtype=float) for each in (initial, transition, emission)
    )
    if transition.shape != initial.shape * 2:
        raise ValueError("transition")
    if emission.shape[:1] != initial.shape or emission.ndim != 2:
        raise ValueError("emission")
    seen = np.array(observations)
    if seen.size == 0 or seen.ndim != 1 or seen.dtype.kind not in "iu":
        raise ValueError("observations")
    if not np.isin(seen, np.arange(emission.shape[1])).all():
        raise ValueError("observations")
    return initial * emission[:, seen[0]], [transition * emission[:, o] for o in seen[1:]]


def forward_backward(initial, transition, emission, observations):
    first, steps = matrices(initial, transition, emission, observations)
    left, scales = [], []
    for row in [None, *steps]:
        message = first if row is None else left[-1] @ row
        scale = message.max()
        if not scale:
            raise ValueError("observations: impossible")
        left.append(message / scale)
        scales.append(math.log(scale))
    log_likelihood = sum(scales) + math.log(left[-1].sum())
    right = [np.ones(len(first))]
    pairs = np.zeros((len(first), len(first)))
    for row, before in zip(reversed(steps), reversed(left[:-1])):
        joint = before[:, None] * row * right[-1]
        pairs += joint / joint.sum()
        message = row @ right[-1]
        right.append(message / message.max())
    states = np.array(left) * np.array(right[::-1])
    return states / states.sum(axis=1, keepdims=True), pairs, float(log_likelihood)


def viterbi(initial, transition, emission, observations):
    first, steps = matrices(initial, transition, emission, observations)
    with np.errstate(divide="ignore"):
        best, trail = np.log(first), []
        for row in steps:
            ways = np.add(best[:, None], np.log(row))
            trail.append(ways.argmax(0))
            best = np.take_along_axis(ways, trail[-1][None], 0)[0]
    state = best.argmax()
    if np.isneginf(best[state]):
        raise ValueError("observations: impossible")
    log_probability, path = float(best[state]), deque([state])
    for pointers in trail[::-1]:
        path.appendleft(pointers[path[0]])
    return np.array(path), log_probability


def greedy_search(step, state, start, end, max_length):
    return beam_search(step, state, start, end, 1, max_length)


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    if max_length <= 0:
        raise ValueError("max_length")
    stack, best = [((), 0.0, state)], (-math.inf, ())
    while stack:
        tokens, total, before = stack.pop()
        if tokens and (tokens[-1] == end or len(tokens) == max_length):
            best = max(best, (total / len(tokens) ** alpha, tokens))
            continue
        log_probs, after = step(before, tokens[-1] if tokens else start)
        possible = np.flatnonzero(np.isfinite(log_probs)).tolist()
        stack += [((*tokens, k), total + float(log_probs[k]), after) for k in possible]
    return list(best[1]), best[0]


def beam_search(step, state, start, end, width, max_length, alpha=0.0):
    for name, value in (("width", width), ("max_length", max_length)):
        if value <= 0:
            raise ValueError(name)
    going, done = [(0.0, [], state)], []
    while going:
        longer = []
        for total, tokens, before in going:
            log_probs, after = step(before, (tokens or [start])[-1])
            for token in np.flatnonzero(np.isfinite(log_probs)).tolist():
                longer.append((total + float(log_probs[token]), [*tokens, token], after))
        going = []
        for hypothesis in sorted(longer, key=lambda h: h[0], reverse=True)[:width]:
            finished = hypothesis[1][-1] == end or len(hypothesis[1]) == max_length
            (going, done)[finished].append(hypothesis)
    scores = [total / len(tokens) ** alpha for total, tokens, _ in done]
    k = int(np.argmax(scores))
    return done[k][1], scores[k]


def paths(a, b):
    """Furthest places on each diagonal with 0, 1, 2, … edits, and where each came from."""
    m, n = len(a), len(b)

    def slide(i, k):
        while i < m and i + k < n and a[i] == b[i + k]:
            i += 1
        return i

    rounds = [{0: (slide(0, 0), None)}]
    while rounds[-1].get(n - m, (-1, None))[0] < m:
        last, here = rounds[-1], {}
        for k in range(max(-m, -len(rounds)), min(n, len(rounds)) + 1):
            ways = []
            for other, gain in ((k, 1), (k + 1, 1), (k - 1, 0)):
                if other in last:
                    i = last[other][0] + gain
                    if i <= m and 0 <= i + k <= n:
                        ways.append((i, other))
            if ways:
                i, other = max(ways)
                here[k] = slide(i, k), other
            elif k in last:
                here[k] = last[k][0], k
        rounds.append(here)
    return rounds


def edit_distance(a, b):
    return len(paths(a, b)) - 1


def align(a, b):
    rounds, pairs = paths(a, b), []
    k, i = len(b) - len(a), len(a)
    for edits in range(len(rounds) - 1, 0, -1):
        other = rounds[edits][k][1]
        start = rounds[edits - 1][other][0] + (other >= k)
        while i > start:
            i -= 1
            pairs.append((a[i], b[i + k]))
        if other == k:
            i -= 1
            pairs.append((a[i], b[i + k]))
        elif other > k:
            i -= 1
            pairs.append((a[i], None))
        else:
            pairs.append((None, b[i + k - 1]))
        k = other
    while i > 0:
        i -= 1
        pairs.append((a[i], b[i]))
    return pairs[::-1]


def bleu(candidates, references, max_n=4):
    if max_n < 1:
        raise ValueError("max_n")
    if not candidates or len(candidates) != len(references):
        raise ValueError("candidates, references")
    if [group for group in references if len(group) < 1]:
        raise ValueError("references")

    def grams(tokens, n):
        return Counter(tuple(tokens[i : i + n]) for i in range(max(0, len(tokens) - n + 1)))

    precisions = []
    for n in range(1, max_n + 1):
        hits = total = 0
        for said, group in zip(candidates, references):
            most = Counter()
            for wanted in group:
                for gram, count in grams(wanted, n).items():
                    most[gram] = max(most[gram], count)
            ours = grams(said, n)
            hits += sum(min(count, most[gram]) for gram, count in ours.items())
            total += sum(ours.values())
        precisions.append(hits / total if total else 0.0)
    if min(precisions) == 0:
        return 0.0
    said = sum(len(tokens) for tokens in candidates)
    wanted = 0
    for tokens, group in zip(candidates, references):
        lengths = sorted(map(len, group))
        wanted += min(lengths, key=lambda length, n=len(tokens): abs(length - n))
    penalty = math.exp(1 - wanted / said) if said < wanted else 1.0
    return penalty * math.prod(precisions) ** (1 / max_n)


def rouge_l(candidate, reference, beta=1.0):
    places = {}
    for j, y in enumerate(reference):
        places.setdefault(y, []).append(j)
    ends = []  # ends[k]: where the earliest common subsequence of k + 1 items ends
    for x in candidate:
        for j in reversed(places.get(x, [])):
            k = bisect_left(ends, j)
            ends[k : k + 1] = [j]
    if not ends:
        return 0.0, 0.0, 0.0
    p, r = len(ends) / len(candidate), len(ends) / len(reference)
    return p, r, (1 + beta**2) * p * r / (r + p * beta**2)
