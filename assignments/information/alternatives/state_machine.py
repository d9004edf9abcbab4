"""Divergences from each other, sorted lists, a trie of contexts, the coder of 1987 bit by bit."""

import math
from bisect import bisect_right, insort
from functools import partial, reduce

import numpy as np

NEGATIVE = -math.inf


class Distributions:
    """Checked once, then asked."""

    def __init__(self, name, values):
        self.table = np.array(values, dtype="float64")
        if not self.table.shape:
            raise ValueError(f"{name} has no axis")
        ok = (self.table >= 0.0).all()  # NaN is not
        if ok:
            ok = np.max(np.abs(np.sum(self.table, axis=-1) - 1.0), initial=0.0) <= 1e-6
        if not ok:
            raise ValueError(f"{name} has negative entries, or does not sum to 1")

    def logs(self):
        logs = np.full(self.table.shape, NEGATIVE)
        np.log2(self.table, out=logs, where=self.table != 0)
        return logs

    @property
    def symbols(self):
        return self.table.shape[-1]


def expected(p, logs):
    """Σ p · logs; whatever stands where p is 0 is not looked at."""
    seen = np.broadcast_to(p, np.broadcast_shapes(p.shape, logs.shape)) > 0
    return np.multiply(p, logs, out=np.zeros(seen.shape), where=seen).sum(axis=-1)


def entropy(p):
    p = Distributions("p", p)
    return 0.0 - expected(p.table, p.logs())


def entropy_of_logits(logits):
    logits = np.array(logits, dtype="float64")
    if logits.size == 0 or logits.ndim == 0:
        raise ValueError("logits are missing")
    top = np.amax(logits, axis=-1)
    if not np.all(np.isfinite(top)):
        raise ValueError("logits have NaN, +inf, or a row without a symbol")
    logits -= top[..., np.newaxis]
    p = np.exp(logits)
    p /= p.sum(axis=-1)[..., np.newaxis]
    return entropy(p)


def pair_of(p, q):
    p, q = Distributions("p", p), Distributions("q", q)
    if p.symbols != q.symbols:
        raise ValueError(f"p is about {p.symbols} symbols, q about {q.symbols}")
    return p, q


def cross_entropy(p, q):
    p, q = pair_of(p, q)
    return 0.0 - expected(p.table, q.logs())


def kl_divergence(p, q):
    p, q = pair_of(p, q)
    with np.errstate(invalid="ignore"):
        found = expected(p.table, p.logs() - q.logs())
    return found.clip(min=0.0)


def js_divergence(p, q):
    p, q = pair_of(p, q)
    total = p.table + q.table
    logs = np.log2(np.where(total > 0, total, 1.0)) - 1.0
    to_middle = [expected(r.table, r.logs() - logs) for r in (p, q)]
    return np.clip(0.5 * (to_middle[0] + to_middle[1]), 0.0, 1.0)


def joint(table):
    table = np.array(table, dtype="float64")
    if table.ndim != 2:
        raise ValueError("table: rows and columns are needed")
    largest = table.max(initial=0.0)
    if not (table >= 0).all() or not 0 < largest < math.inf:
        raise ValueError("table: numbers from 0 on are needed, and one above 0")
    table = table / largest
    return table / table.sum()


def mutual_information(table):
    p = joint(table)
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    # Through the columns: Σ p(y) D(p(x | y) ‖ p(x)).
    given = p[:, columns > 0] / columns[columns > 0]
    rows = rows / rows.sum()
    given = given / given.sum(axis=0)
    return float(columns[columns > 0] @ kl_divergence(given.T, rows))


def conditional_entropy(table):
    p = joint(table)
    rows = p.sum(axis=1)
    bits = 0.0
    for row, weight in zip(p, rows):
        if weight > 0:
            bits += weight * entropy(row / weight)
    return float(bits)


def pmi(table):
    p = joint(table)
    logs = [np.log2(np.where(x > 0, x, 1.0)) for x in (p, p.sum(axis=1), p.sum(axis=0))]
    answer = logs[0] - logs[1].reshape(-1, 1) - logs[2].reshape(1, -1)
    for i, j in zip(*np.nonzero(p == 0)):
        answer[i, j] = NEGATIVE if p[i].any() and p[:, j].any() else 0.0
    return answer


def surprise(log_probs):
    """(number of tokens, nats of all of them)."""
    log_probs = np.array(log_probs, dtype="float64")
    if log_probs.ndim != 1 or not log_probs.size:
        raise ValueError("log_probs: one number per token, at least one token")
    if not np.all(log_probs <= 0.0):
        raise ValueError("log_probs: logarithms of probabilities are not above 0")
    return len(log_probs), -float(log_probs.sum())


def perplexity(log_probs):
    tokens, nats = surprise(log_probs)
    with np.errstate(over="ignore"):
        return float(np.power(np.float64(math.e), nats / tokens))


def bits_per_character(log_probs, characters):
    if characters < 1:
        raise ValueError(f"characters: {characters} is not enough")
    _, nats = surprise(log_probs)
    return nats * math.log2(math.e) / characters + 0.0


def huffman_code(weights):
    if not weights:
        raise ValueError("weights are empty")
    if min(map(float, weights.values())) < 0 or not all(map(math.isfinite, weights.values())):
        raise ValueError("weights must be finite and not negative")
    symbols = list(weights)
    groups = sorted((float(weights[s]), i, (i,)) for i, s in enumerate(symbols))
    words = [[] for _ in symbols]
    if len(symbols) == 1:
        words[0].append("1")
    count = len(symbols)
    while len(groups) > 1:
        first, second, *groups = groups
        for bit, group in (("1", first), ("0", second)):
            for i in group[2]:
                words[i].append(bit)
        insort(groups, (first[0] + second[0], count, first[2] + second[2]))
        count += 1
    return {s: "".join(word[::-1]) for s, word in zip(symbols, words)}


def average_length(weights, code):
    if any(symbol not in code for symbol in weights):
        raise ValueError("a symbol has no word")
    bits = reduce(lambda sum_, item: sum_ + item[1] * len(code[item[0]]), weights.items(), 0)
    try:
        return bits / sum(weights.values())
    except ZeroDivisionError:
        raise ValueError("weights sum to 0") from None


def encode(symbols, code):
    bits = []
    for symbol in symbols:
        if symbol not in code:
            raise ValueError(f"no word for {symbol!r}")
        bits.extend(code[symbol])
    return "".join(bits)


def words_in(bits, code):
    back, begin = {word: symbol for symbol, word in code.items()}, 0
    for end in range(1, len(bits) + 1):
        if bits[begin:end] in back:
            yield back[bits[begin:end]]
            begin = end
    if begin < len(bits):
        raise ValueError(f"bits: no word at place {begin}")


def decode(bits, code):
    return list(words_in(bits, code))


# --- The coder: both ends included, as Witten, Neal and Cleary wrote it ---------------------------

SIZE = 60
TOP = 2**SIZE - 1
FIRST, MIDDLE, THIRD = 2 ** (SIZE - 2), 2 ** (SIZE - 1), 3 * 2 ** (SIZE - 2)


class Interval:
    def __init__(self):
        self.low, self.high = 0, TOP

    def take(self, begin, end, whole):
        size = self.high - self.low + 1
        self.high = self.low + size * end // whole - 1
        self.low = self.low + size * begin // whole

    def doublings(self):
        """What has to be subtracted before each doubling: 0, the middle, or the first quarter."""
        while True:
            if self.high < MIDDLE:
                less = 0
            elif self.low >= MIDDLE:
                less = MIDDLE
            elif self.low >= FIRST and self.high < THIRD:
                less = FIRST
            else:
                return
            self.low = 2 * (self.low - less)
            self.high = 2 * (self.high - less) + 1
            yield less


def frequencies(p):
    """Whole numbers that sum up from 0; those of what is possible are at least 1."""
    p = np.asarray(p, dtype="float64")
    whole = np.where(p > 0, np.maximum(np.rint(p * 2.0**42), 1), 0).astype("int64")
    return [0, *map(int, whole.cumsum())]


def arithmetic_encode(symbols, model):
    interval, past, bits, opposite = Interval(), [], [], 0
    if len(symbols) == 0:
        return ""

    def put(bit):
        nonlocal opposite
        bits.append(str(bit))
        bits.extend(str(1 - bit) * opposite)
        opposite = 0

    for symbol in symbols:
        sums = frequencies(model(past))
        if symbol < 0 or symbol + 1 >= len(sums) or sums[symbol + 1] == sums[symbol]:
            raise ValueError(f"symbols: {symbol} cannot follow")
        interval.take(sums[symbol], sums[symbol + 1], sums[-1])
        for less in interval.doublings():
            if less == FIRST:
                opposite += 1
            else:
                put(1 if less else 0)
        past = [*past, symbol]
    opposite += 1
    put(int(interval.low >= FIRST))
    return "".join(bits)


def arithmetic_decode(bits, n, model):
    if n < 0:
        raise ValueError(f"n = {n}")
    supply = iter(bits)
    read = partial(next, supply, "0")
    value = int("".join(read() for _ in range(SIZE)), 2)
    interval, past = Interval(), []
    while len(past) < n:
        sums = frequencies(model(past))
        size = interval.high - interval.low + 1
        place = ((value - interval.low + 1) * sums[-1] - 1) // size
        symbol = bisect_right(sums, place) - 1
        interval.take(sums[symbol], sums[symbol + 1], sums[-1])
        for less in interval.doublings():
            value = 2 * (value - less) + (read() == "1")
        past = [*past, symbol]
    return past


# --- Contexts -------------------------------------------------------------------------------------


def context_entropy(text, order):
    if order < 0 or order > len(text) - 1:
        raise ValueError(f"order {order}: the text is too short, or the order negative")
    followers = {}
    for i, character in enumerate(text[order:]):
        followers.setdefault(text[i : i + order], []).append(character)
    bits = 0.0
    for after in followers.values():
        _, counts = np.unique(after, return_counts=True)
        bits += len(after) * entropy(counts / len(after))
    return bits / (len(text) - order)


class Trie:
    """A context, the counts of what followed it, and the contexts that are longer by one."""

    def __init__(self, size):
        self.counts, self.longer = np.zeros(size), {}


def context_model(text, order, alphabet, strength=1.0):
    if order < 0:
        raise ValueError("order is negative")
    if not strength > 0:
        raise ValueError("strength is not positive")
    if alphabet == "" or any(alphabet.count(c) > 1 for c in alphabet):
        raise ValueError("alphabet is empty, or repeats")
    ids = list(map(alphabet.find, text))
    if -1 in ids:
        raise ValueError(f"text: {text[ids.index(-1)]!r} is foreign")
    root = Trie(len(alphabet))
    for i, symbol in enumerate(ids):
        node = root
        node.counts[symbol] += 1
        for before in ids[max(0, i - order) : i][::-1]:
            node = node.longer.setdefault(before, Trie(len(alphabet)))
            node.counts[symbol] += 1

    def mixed(p, node):
        return (node.counts + strength * p) / (node.counts.sum() + strength)

    def model(past):
        node, p = root, mixed(np.full(len(alphabet), 1.0 / len(alphabet)), root)
        for i in range(1, min(order, len(past)) + 1):
            node = node.longer.get(past[-i])
            if node is None:
                return p
            p = mixed(p, node)
        return p

    return model


# --- Maximum entropy ------------------------------------------------------------------------------


def maximum_entropy(values, mean):
    values = np.array(values, dtype="float64")
    if values.ndim != 1 or not values.size or not np.all(np.isfinite(values)):
        raise ValueError("values: finite numbers are needed")
    low, high = np.min(values), np.max(values)
    if not (low <= mean and mean <= high):
        raise ValueError("mean: out of reach")
    for end in {float(low), float(high)}:
        if mean == end:
            there = values == end
            return there.astype("float64") / there.sum()
    away = (values - mean) / (high - low)

    def tilt(log_ratio):
        return kl_regularized(np.full(len(away), 1 / len(away)), log_ratio * away, 1.0)[0]

    a, b = -1.0, 1.0
    while tilt(a) @ away > 0:
        a = a * 4
    while tilt(b) @ away < 0:
        b = b * 4
    for _ in range(150):
        c = a + (b - a) / 2
        a, b = (c, b) if tilt(c) @ away < 0 else (a, c)
    return tilt(a)


def kl_regularized(q, reward, beta):
    q, reward = Distributions("q", q), np.array(reward, dtype="float64")
    if q.table.ndim != 1:
        raise ValueError("q is more than one distribution")
    if reward.shape != q.table.shape or not np.all(np.isfinite(reward)):
        raise ValueError("reward does not fit, or is not finite")
    if not (0 < beta and beta < math.inf):
        raise ValueError("beta is not above 0")
    logs = q.logs()
    top = np.max(reward, where=q.table > 0, initial=NEGATIVE)
    with np.errstate(over="ignore"):
        logs = np.where(q.table > 0, logs + np.minimum((reward - top) / beta, 0.0), NEGATIVE)
    log_z = np.logaddexp2.reduce(logs)
    return np.exp2(logs - log_z), float(top + beta * log_z)
