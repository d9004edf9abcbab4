"""Masks and logarithms of 1, canonical words, and big integers that grow with the text."""

import bisect
import itertools
import math
from collections import Counter

import numpy as np

LN2 = np.log(2.0)


def checked(name, p):
    p = np.array(p, dtype=np.float64)
    sums = np.add.reduce(p, axis=-1)
    if np.any(np.isnan(p)) or np.any(p < 0) or np.any(np.abs(sums - 1) > 1e-6):
        raise ValueError(f"{name} is no distribution")
    return p


def log_or_zero(x):
    """Natural logarithm, 0 where x is 0."""
    return np.log(np.where(x > 0, x, 1.0))


def entropy(p):
    p = checked("p", p)
    return np.abs(np.einsum("...k,...k->...", p, log_or_zero(p)) / LN2)


def entropy_of_logits(logits):
    z = np.array(logits, dtype=np.float64)
    if z.ndim < 1 or z.shape[-1] == 0:
        raise ValueError("logits: no symbols")
    if np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all(axis=-1).any():
        raise ValueError("logits: NaN, +inf, or nothing that can come")
    log_total = np.logaddexp.reduce(z, axis=-1, keepdims=True)
    log_p = z - log_total
    p = np.exp(log_p)
    return -np.sum(p * np.where(p > 0, log_p, 0.0), axis=-1) / LN2


def both(p, q):
    p, q = checked("p", p), checked("q", q)
    if p.shape[-1] != q.shape[-1]:
        raise ValueError("p and q have different symbols")
    return np.broadcast_arrays(p, q)


def cross_entropy(p, q):
    p, q = both(p, q)
    broken = np.any((p > 0) & (q == 0), axis=-1)
    return np.where(broken, np.inf, np.abs(np.sum(p * log_or_zero(q), axis=-1)) / LN2)


def kl_divergence(p, q):
    p, q = both(p, q)
    broken = np.any((p > 0) & (q == 0), axis=-1)
    total = np.sum(p * (log_or_zero(p) - log_or_zero(q)), axis=-1) / LN2
    return np.where(broken, np.inf, np.where(total > 0, total, 0.0))


def js_divergence(p, q):
    p, q = both(p, q)
    log_sum = log_or_zero(p + q)
    halves = [np.sum(r * (log_or_zero(r) - log_sum), axis=-1) for r in (p, q)]
    whole = 1 + (halves[0] + halves[1]) / (2 * LN2)
    return np.minimum(np.maximum(whole, 0.0), 1.0)


def logs_of(table):
    table = np.array(table, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("table needs two axes")
    if not np.isfinite(table).all() or (table < 0).any() or not table.any():
        raise ValueError("table needs finite numbers that are not negative, and one above 0")
    table /= table.max()
    table /= table.sum()
    return table, log_or_zero(table), table.sum(axis=1), table.sum(axis=0)


def conditional_entropy(table):
    p, log_p, rows, _ = logs_of(table)
    nats = np.vdot(p, log_or_zero(rows)[:, None] - log_p)
    return float(nats / LN2) if nats > 0 else 0.0


def mutual_information(table):
    _, _, rows, columns = logs_of(table)
    p, log_p, *_ = logs_of(table)
    nats = np.vdot(p, log_p - log_or_zero(rows)[:, None] - log_or_zero(columns))
    return float(nats / LN2) if nats > 0 else 0.0


def pmi(table):
    p, log_p, rows, columns = logs_of(table)
    nats = log_p - log_or_zero(rows)[:, None] - log_or_zero(columns)
    seen = np.outer(rows > 0, columns > 0)
    nats[~seen] = 0.0
    nats[seen & (p == 0)] = -np.inf
    return nats / LN2


def logs_of_text(log_probs):
    logs = np.array(log_probs, dtype=np.float64)
    if logs.ndim != 1 or len(logs) == 0 or np.isnan(logs).any() or logs.max() > 0:
        raise ValueError("log_probs: a list of logarithms of probabilities is needed")
    return logs / LN2


def perplexity(log_probs):
    bits = -logs_of_text(log_probs).mean()
    return 2.0**bits if bits < 1024 else math.inf


def bits_per_character(log_probs, characters):
    if not characters >= 1:
        raise ValueError("characters must be at least 1")
    return -np.sum(logs_of_text(log_probs)) / characters


def huffman_code(weights):
    """Only the lengths come from the ties; the words are canonical, sorted by length."""
    if not weights or any(math.isnan(w) or w < 0 or w == math.inf for w in weights.values()):
        raise ValueError("weights: at least one, none of them negative or infinite")
    symbols = list(weights)
    if len(symbols) == 1:
        return {symbols[0]: "1"}
    # Two queues: leaves by weight, and ties, which come in rising order by themselves.
    leaves = sorted(range(len(symbols)), key=lambda i: weights[symbols[i]])
    leaves = [(weights[symbols[i]], i) for i in leaves]
    ties, parent, taken, used = [], {}, 0, 0
    for new in range(len(symbols), 2 * len(symbols) - 1):
        total = 0
        for _ in range(2):
            tie_next = used < len(ties) and (
                taken == len(leaves) or ties[used][0] < leaves[taken][0]
            )
            weight, which = ties[used] if tie_next else leaves[taken]
            used, taken = used + tie_next, taken + (not tie_next)
            parent[which] = new
            total += weight
        ties.append((total, new))
    root, depth = 2 * len(symbols) - 2, {}
    depth[root] = 0
    for which in sorted(parent, reverse=True):
        depth[which] = depth[parent[which]] + 1
    code, value, before = {}, 0, 0
    for i in sorted(range(len(symbols)), key=depth.get):
        value <<= depth[i] - before
        before = depth[i]
        code[symbols[i]] = f"{value:0{before}b}"
        value += 1
    return code


def average_length(weights, code):
    missing = [symbol for symbol in weights if symbol not in code]
    total = math.fsum(weights.values())
    if missing or total <= 0:
        raise ValueError(f"no words for {missing}, or no weight")
    return math.fsum(weights[s] / total * len(code[s]) for s in weights)


def encode(symbols, code):
    symbols = list(symbols)
    if not set(symbols) <= set(code):
        raise ValueError("symbols without a word")
    return "".join(map(code.__getitem__, symbols))


def decode(bits, code):
    tree = {}
    for symbol, word in code.items():
        node = tree
        for bit in word[:-1]:
            node = node.setdefault(bit, {})
        node[word[-1]] = [symbol]
    found, node = [], tree
    for bit in bits:
        if bit not in node:
            raise ValueError(f"bits: {bit!r} leads nowhere")
        node = node[bit]
        if isinstance(node, list):
            found += node
            node = tree
    if node is not tree:
        raise ValueError("bits end within a word")
    return found


def borders(probabilities):
    """Multiples of 2**-48 at which the symbols' parts begin; the last one takes what is left."""
    p = [float(x) for x in probabilities]
    counts = [int(x * (1 << 48)) + (x > 0) for x in p]
    return [0, *itertools.accumulate(counts)]


def arithmetic_encode(symbols, model):
    low, width, bits = 0, 1, 0  # in units of 2**-bits
    past = []
    for symbol in symbols:
        edge = borders(model(past))
        if not 0 <= symbol <= len(edge) - 2 or edge[symbol] == edge[symbol + 1]:
            raise ValueError(f"symbols: {symbol} has probability 0 here")
        # More digits until the width has 128 of them, then the part, rounded down at both ends.
        more = max(0, 128 - width.bit_length())
        low, width, bits = low << more, width << more, bits + more
        low, width = (
            low + width * edge[symbol] // edge[-1],
            width * edge[symbol + 1] // edge[-1] - width * edge[symbol] // edge[-1],
        )
        past = [*past, symbol]
    for length in range(bits + 1):
        value = -(-low >> (bits - length))
        if value << (bits - length) < low + width:
            return bin(value)[2:].zfill(length) if length else ""
    return ""


def arithmetic_decode(bits, n, model):
    if n < 0:
        raise ValueError("n must not be negative")
    low, width, used, past = 0, 1, 0, []
    number = int(bits, 2) if bits else 0
    for _ in range(n):
        edge = borders(model(past))
        more = max(0, 128 - width.bit_length())
        low, width, used = low << more, width << more, used + more
        shift = used - len(bits)
        value = number << shift if shift >= 0 else number >> -shift
        starts = [low + width * e // edge[-1] for e in edge]
        symbol = bisect.bisect_right(starts, value) - 1
        low, width = starts[symbol], starts[symbol + 1] - starts[symbol]
        past = [*past, symbol]
    return past


def context_entropy(text, order):
    if not 0 <= order <= len(text) - 1:
        raise ValueError("order is too large, or negative")
    longer = Counter(text[i : i + order + 1] for i in range(len(text) - order))
    shorter = Counter()
    for block, count in longer.items():
        shorter[block[:order]] += count
    n = len(text) - order

    def nats(counts):
        c = np.array(list(counts.values()), dtype=float)
        return np.log(n) - np.dot(c, np.log(c)) / n

    return max(0.0, float(nats(longer) - nats(shorter)) / LN2)


def context_model(text, order, alphabet, strength=1.0):
    if order < 0 or int(order) != order:
        raise ValueError("order must be 0 or more")
    if strength <= 0:
        raise ValueError("strength must be above 0")
    if len(set(alphabet)) < max(len(alphabet), 1):
        raise ValueError("alphabet: characters that differ, at least one")
    place = {c: i for i, c in enumerate(alphabet)}
    try:
        ids = [place[c] for c in text]
    except KeyError as error:
        raise ValueError(f"text: {error} is not in the alphabet") from None
    counts = Counter(
        tuple(ids[i : i + k + 1]) for k in range(order + 1) for i in range(len(ids) - k)
    )
    after = {}
    for (*context, symbol), count in counts.items():
        after.setdefault(tuple(context), []).append((symbol, count))

    def model(past):
        p = np.full(len(alphabet), 1 / len(alphabet))
        for k in range(min(order, len(past)) + 1):
            seen = np.zeros(len(alphabet))
            for symbol, count in after.get(tuple(past[len(past) - k :]), ()):
                seen[symbol] = count
            share = strength / (seen.sum() + strength)
            p = share * p + (1 - share) * seen / max(seen.sum(), 1)
        return p

    return model


def maximum_entropy(values, mean):
    x = np.array(values, dtype=float)
    if x.ndim != 1 or not len(x) or not np.isfinite(x).all():
        raise ValueError("values must be finite numbers, at least one")
    if not x.min() <= mean <= x.max():
        raise ValueError("mean must lie among the values")
    ends = (x == mean) & ((x == x.min()) | (x == x.max()))
    if ends.any():
        return ends / ends.sum()
    unit = (x - mean) / np.ptp(x)

    def p_at(angle):
        exponent = np.tan(angle) * unit
        weights = np.exp(exponent - exponent.max())
        return weights / weights.sum()

    low, high = -np.pi / 2, np.pi / 2  # λ = tan(angle) is every number between them
    while True:
        angle = (low + high) / 2
        if angle in (low, high):
            return p_at(angle)
        low, high = (angle, high) if p_at(angle) @ unit < 0 else (low, angle)


def kl_regularized(q, reward, beta):
    q, r = checked("q", q), np.array(reward, dtype=float)
    if q.ndim != 1:
        raise ValueError("q must have one axis")
    if r.shape != q.shape or not np.isfinite(r).all():
        raise ValueError("reward does not fit")
    if not 0 < beta < math.inf:
        raise ValueError("beta must be above 0")
    can = np.flatnonzero(q)
    top = r[can].max()
    logs = np.log(q[can]) + (r[can] - top) / beta * LN2
    log_z = np.logaddexp.reduce(logs)
    p = np.zeros(len(q))
    p[can] = np.exp(logs - log_z)
    return p, float(top + beta * log_z / LN2)
