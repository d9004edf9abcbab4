"""Everything out of one function for entropies, and a coder of bytes that carries."""

import math
from collections import defaultdict
from heapq import heapify, heappop, heapreplace

import numpy as np


def _need(condition, sentence):
    if not condition:
        raise ValueError(sentence)


def _plogp(x):
    """-x log2 x in float64, 0 at 0."""
    safe = np.where(x > 0, x, 1)
    return x * -np.log2(safe)


def _proper(p, called):
    p = np.asarray(p, np.float64)
    _need(p.ndim > 0, f"{called} must have an axis")
    fine = np.logical_and(np.min(p, axis=-1) >= 0, np.isclose(p.sum(-1), 1, rtol=0, atol=1e-6))
    _need(np.all(fine), f"{called} must be probabilities")
    return p


def entropy(p):
    return _plogp(_proper(p, "p")).sum(-1)


def entropy_of_logits(logits):
    logits = np.atleast_1d(np.asarray(logits, np.float64)) if np.ndim(logits) else None
    _need(logits is not None and logits.shape[-1] > 0, "logits must have symbols")
    with np.errstate(invalid="ignore"):
        away = logits - np.max(logits, axis=-1, keepdims=True)
    _need(not np.isnan(away).any(), "logits must be numbers or -inf, one of them a number")
    odds = np.exp(away)
    z = np.sum(odds, axis=-1)
    # In bits: log2 Z + (expected distance from the top).
    distance = np.nansum(np.where(odds == 0, 0.0, odds * np.maximum(-away, 0)), axis=-1)
    return np.log2(z) + distance / z * np.log2(np.e)


def _two(p, q):
    p, q = _proper(p, "p"), _proper(q, "q")
    _need(p.shape[-1] == q.shape[-1], "p and q must have the same symbols")
    return p, q


def cross_entropy(p, q):
    p, q = _two(p, q)
    possible = np.where(q > 0, q, 1)
    found = (p * -np.log2(possible)).sum(-1)
    return found + np.where(((p > 0) & (q == 0)).any(-1), np.inf, 0.0)


def kl_divergence(p, q):
    p, q = _two(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(p) - np.log(q)
        # x ln(x/y) - x + y is never negative: it is summed, and the sums of x and y are the same.
        terms = np.where(p > 0, p * logs - p + q, q)
    return np.maximum(terms.sum(-1) - (q.sum(-1) - p.sum(-1)), 0) / np.log(2)


def js_divergence(p, q):
    p, q = _two(p, q)
    spread = _plogp((p + q) / 2) - (_plogp(p) + _plogp(q)) / 2
    return np.clip(np.sum(spread, axis=-1), 0, 1)


def _weighed(table):
    table = np.asarray(table, np.float64)
    _need(table.ndim == 2, "table must have two axes")
    _need(np.all((table >= 0) & (table < np.inf)), "table must have finite entries from 0 on")
    total = math.fsum(table.flat)
    _need(total > 0, "table must have an entry above 0")
    return table / total


def conditional_entropy(table):
    p = _weighed(table)
    return max(0.0, float(_plogp(p).sum() - _plogp(p.sum(1)).sum()))


def mutual_information(table):
    p = _weighed(table)
    sides = _plogp(p.sum(0)).sum() + _plogp(p.sum(1)).sum()
    return float(max(0, sides - _plogp(p).sum()))


def pmi(table):
    p = _weighed(table)
    with np.errstate(divide="ignore"):
        pair, row, column = np.log2(p), np.log2(p.sum(1)), np.log2(p.sum(0))
    row, column = np.nan_to_num(row, neginf=0), np.nan_to_num(column, neginf=0)
    alive = (p.sum(1) > 0)[:, None] & (p.sum(0) > 0)[None]
    return np.where(alive, pair - row[:, None] - column[None], 0)


def _logs(log_probs):
    logs = np.asarray(log_probs, np.float64)
    _need(logs.ndim == 1 and logs.shape[0] > 0, "log_probs must be one list, not empty")
    _need(bool(np.all(logs <= 0)), "log_probs must be at most 0")
    return logs


def perplexity(log_probs):
    nats = -np.average(_logs(log_probs))
    return float(np.inf) if nats > 709.78 else float(np.exp(nats))


def bits_per_character(log_probs, characters):
    bits = abs(_logs(log_probs) * np.log2(np.e))
    _need(characters >= 1, "characters must be at least 1")
    return float(np.sum(bits) / characters)


def huffman_code(weights):
    """The words are read off the chain of parents."""
    _need(len(weights) > 0, "weights must have a symbol")
    _need(
        all(w >= 0 and math.isfinite(w) for w in weights.values()),
        "weights must be finite, from 0 on",
    )
    heap = [(float(w), i) for i, w in enumerate(weights.values())]
    heapify(heap)
    up, fresh = {}, len(heap)
    while len(heap) > 1:
        light, one = heappop(heap)
        heavy, two = heap[0]
        up[one], up[two] = (fresh, "1"), (fresh, "0")
        heapreplace(heap, (light + heavy, fresh))
        fresh += 1

    def word(i):
        letters = []
        while i in up:
            i, bit = up[i]
            letters.append(bit)
        return "".join(reversed(letters)) or "0"

    return {symbol: word(i) for i, symbol in enumerate(weights)}


def average_length(weights, code):
    symbols = list(weights)
    _need(all(s in code for s in symbols), "code must have a word for each symbol")
    w = np.array([weights[s] for s in symbols], float)
    _need(w.sum() > 0, "weights must not all be 0")
    return float(np.average([len(code[s]) for s in symbols], weights=w))


def encode(symbols, code):
    words = []
    for symbol in symbols:
        word = code.get(symbol)
        _need(word is not None, f"symbol {symbol!r} has no word")
        words.append(word)
    return "".join(words)


def decode(bits, code):
    back = {word: symbol for symbol, word in code.items()}
    lengths = sorted({len(word) for word in back})
    symbols, at = [], 0
    while at < len(bits):
        fits = [n for n in lengths if bits[at : at + n] in back and at + n <= len(bits)]
        _need(fits, f"bits from place {at} on are no word")
        symbols.append(back[bits[at : at + fits[0]]])
        at += fits[0]
    return symbols


class _Range:
    """A range coder: low may overflow into digits that were written, which are then corrected."""

    WORD = 1 << 64

    def __init__(self):
        self.low, self.span = 0, self.WORD
        self.digits = []

    def narrow(self, begin, end, total):
        start, stop = self.span * begin // total, self.span * end // total
        self.low, self.span = self.low + start, stop - start
        self.carry()
        while self.span <= self.WORD // 2:
            self.digits.append(int(self.low >= self.WORD // 2))
            self.low, self.span = self.low * 2 % self.WORD, self.span * 2

    def carry(self):
        if self.low < self.WORD:
            return
        self.low -= self.WORD
        i = len(self.digits) - 1
        while self.digits[i]:
            self.digits[i] = 0
            i -= 1
        self.digits[i] = 1

    def finish(self):
        """Write the shortest number in [low, low + span), which may reach beyond 1."""
        more = 0
        while True:
            step = self.WORD >> more
            value = -(-self.low // step) * step
            if value < self.low + self.span:
                break
            more += 1
        self.low = value
        self.carry()
        tail = format(self.low // step, f"0{more}b") if more else ""
        return "".join(map(str, self.digits)) + tail


def _cumulated(p):
    p = np.asarray(p, np.float64).tolist()
    ends = [0]
    for x in p:
        ends.append(ends[-1] + (max(1, round(x * 2**45)) if x > 0 else 0))
    return ends


def arithmetic_encode(symbols, model):
    coder, history = _Range(), []
    for symbol in symbols:
        ends = _cumulated(model(history))
        good = 0 <= symbol < len(ends) - 1 and ends[symbol] < ends[symbol + 1]
        _need(good, f"symbols: {symbol} is impossible here")
        coder.narrow(ends[symbol], ends[symbol + 1], ends[-1])
        history.append(symbol)
    return coder.finish() if history else ""


def arithmetic_decode(bits, n, model):
    _need(n >= 0, "n must be at least 0")
    coder, history = _Range(), []
    stream = iter(bits)
    # The distance of the number from the low end is all that the decoder needs.
    ahead = 0
    for _ in range(64):
        ahead = 2 * ahead + int(next(stream, "0"))
    for _ in range(n):
        ends = _cumulated(model(history))
        for symbol in range(len(ends) - 1):
            start = coder.span * ends[symbol] // ends[-1]
            stop = coder.span * ends[symbol + 1] // ends[-1]
            if start <= ahead < stop:
                break
        ahead -= start
        before = len(coder.digits)
        coder.narrow(ends[symbol], ends[symbol + 1], ends[-1])
        for _ in range(len(coder.digits) - before):
            ahead = 2 * ahead + int(next(stream, "0"))
        history.append(symbol)
    return history


def context_entropy(text, order):
    _need(0 <= order < len(text), "order must be at least 0 and below the length of the text")
    after = defaultdict(lambda: defaultdict(int))
    for context, character in zip((text[i : i + order] for i in range(len(text))), text[order:]):
        after[context][character] += 1
    bits = 0.0
    for row in after.values():
        counts = np.array(list(row.values()))
        bits += counts.sum() * entropy(counts / counts.sum())
    return float(bits / (len(text) - order))


class context_model:
    """A class whose objects are the functions that are asked for."""

    def __init__(self, text, order, alphabet, strength=1.0):
        _need(order >= 0, "order must be at least 0")
        _need(strength > 0, "strength must be above 0")
        _need(alphabet and len(set(alphabet)) == len(alphabet), "alphabet must not repeat")
        _need(set(text) <= set(alphabet), "text must be written in the alphabet")
        self.text, self.order, self.alphabet = text, order, alphabet
        self.strength, self.known = strength, {}

    def followers(self, context):
        """Counts of what follows, found in the text when first asked for."""
        if context not in self.known:
            counts, at = np.zeros(len(self.alphabet)), self.text.find(context)
            while 0 <= at < len(self.text) - len(context):
                counts[self.alphabet.index(self.text[at + len(context)])] += 1
                at = self.text.find(context, at + 1)
            self.known[context] = counts
        return self.known[context]

    def __call__(self, past):
        p = np.ones(len(self.alphabet)) / len(self.alphabet)
        tail = [self.alphabet[i] for i in past][::-1][: self.order]
        for k in range(len(tail) + 1):
            counts = self.followers("".join(tail[:k][::-1]))
            p = (counts + self.strength * p) / (counts.sum() + self.strength)
        return p


def maximum_entropy(values, mean):
    v = np.asarray(values, np.float64)
    _need(v.ndim == 1 and v.size > 0 and np.isfinite(v).all(), "values must be a list of numbers")
    low, high = float(v.min()), float(v.max())
    _need(low <= mean <= high, "mean must lie between the smallest and the largest value")
    if mean == low or mean == high:
        return np.where(v == mean, 1.0, 0.0) / np.sum(v == mean)
    # The dual: log of the sum of exp(λ (v - mean)) is convex in λ; its slope is the error.
    u = (v - mean) / (high - low)
    power = 0.0
    for step in (2.0**k for k in range(60, -60, -1)):
        for sign in (1, -1):
            new = power + sign * step
            w = np.exp(new * u - (new * u).max())
            if sign * (w @ u) <= 0:
                power = new
                break
    w = np.exp(power * u - (power * u).max())
    return w / w.sum()


def kl_regularized(q, reward, beta):
    q = _proper(q, "q")
    reward = np.asarray(reward, np.float64)
    _need(q.ndim == 1, "q must be a single distribution")
    _need(reward.shape == q.shape and np.isfinite(reward).all(), "reward must fit q")
    _need(beta > 0 and beta < np.inf, "beta must be above 0")
    order = np.argsort(np.where(q > 0, -reward, np.inf), kind="stable")
    best = reward[order[0]]
    with np.errstate(over="ignore"):
        w = np.where(q > 0, q * 2.0 ** np.minimum((reward - best) / beta, 0.0), 0.0)
    p = w / w.sum()
    gain = p @ np.where(q > 0, reward - best, 0)
    return p, float(best + gain - beta * kl_divergence(p, q))
