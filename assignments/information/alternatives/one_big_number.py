"""A text is one big number; words are found by a regular expression; counts come from np.unique."""

import math
import re
from collections import Counter, defaultdict

import numpy as np


def xlog2y(x, y):
    x, y = np.broadcast_arrays(x, y)
    out = np.zeros(x.shape)
    out[x > 0] = -np.inf
    usual = (x > 0) & (y > 0)
    out[usual] = x[usual] * np.log2(y[usual])
    return out


def probabilities(**named):
    found = []
    for name, p in named.items():
        p = np.asarray(p, dtype=np.float64)
        if p.ndim == 0 or p.shape[-1] == 0:
            raise ValueError(f"{name} has no symbols")
        lowest, totals = p.min(axis=-1), p.sum(axis=-1)
        if not np.all((lowest >= 0) & (totals >= 1 - 1e-6) & (totals <= 1 + 1e-6)):
            raise ValueError(f"{name} is not made of probabilities")
        found.append(p)
    if len({p.shape[-1] for p in found}) > 1:
        raise ValueError(f"{' and '.join(named)} have different numbers of symbols")
    return found


def entropy(p):
    (p,) = probabilities(p=p)
    return np.abs(xlog2y(p, p).sum(axis=-1))


def entropy_of_logits(logits):
    rows = np.asarray(logits, dtype=np.float64)
    if rows.ndim == 0 or rows.shape[-1] == 0:
        raise ValueError("logits are empty")
    if np.isnan(rows).any() or (rows == np.inf).any() or (rows == -np.inf).all(axis=-1).any():
        raise ValueError("logits are no logits")
    order = np.sort(rows, axis=-1)[..., ::-1]
    gaps = order[..., :1] - order  # 0 first, inf for what cannot come
    odds = np.exp(-gaps)
    total = odds.sum(axis=-1)
    mean_gap = np.where(odds > 0, np.minimum(gaps, 1e3) * odds, 0.0).sum(axis=-1) / total
    return np.log2(total) + mean_gap / math.log(2)


def cross_entropy(p, q):
    p, q = probabilities(p=p, q=q)
    return np.abs(xlog2y(p, q).sum(axis=-1))


def kl_divergence(p, q):
    p, q = probabilities(p=p, q=q)
    own = xlog2y(p, p) * np.ones_like(q)
    return np.fmax(0.0, (own - xlog2y(p, q)).sum(axis=-1))


def js_divergence(p, q):
    p, q = probabilities(p=p, q=q)
    either = p + q
    each = xlog2y(p, p) + xlog2y(q, q) - xlog2y(either, either)
    return np.fmin(1.0, np.fmax(0.0, 1.0 + each.sum(axis=-1) / 2))


def tallied(table):
    table = np.asarray(table, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"table has {table.ndim} axes instead of 2")
    if np.isnan(table).any() or np.isinf(table).any() or (table < 0).any() or not (table > 0).any():
        raise ValueError("table is no table of counts")
    p = table / np.sum(table)
    return p, np.sum(p, axis=1, keepdims=True), np.sum(p, axis=0, keepdims=True)


def conditional_entropy(table):
    p, rows, _ = tallied(table)
    return float(abs(max(0.0, (xlog2y(p, rows) - xlog2y(p, p)).sum())))


def mutual_information(table):
    p, rows, columns = tallied(table)
    return float(max(0.0, (xlog2y(p, p) - xlog2y(p, rows) - xlog2y(p, columns)).sum()))


def pmi(table):
    p, rows, columns = tallied(table)
    out = xlog2y(np.ones_like(p), p)
    for side in (rows, columns):
        out = out - np.log2(np.where(side > 0, side, 1.0))
    out[(rows == 0).ravel(), :] = 0.0
    out[:, (columns == 0).ravel()] = 0.0
    return out


def perplexity(log_probs):
    bits = bits_per_character(log_probs, len(log_probs) if np.ndim(log_probs) else 1)
    return float(np.exp2(min(bits, 1100.0))) if bits < 1023.9 else math.inf


def bits_per_character(log_probs, characters):
    if np.ndim(log_probs) != 1 or np.size(log_probs) == 0:
        raise ValueError("log_probs: wrong shape")
    total = 0.0
    for x in np.asarray(log_probs, dtype=np.float64).tolist():
        if not x <= 0:
            raise ValueError(f"log_probs: {x} is above 0")
        total -= x
    if characters <= 0 or characters < 1:
        raise ValueError("characters: none")
    return total / math.log(2) / characters


def huffman_code(weights):
    if not weights:
        raise ValueError("weights: none")
    for w in weights.values():
        if w != w or w < 0 or w == math.inf:
            raise ValueError(f"weights: {w}")
    if len(weights) == 1:
        return dict.fromkeys(weights, "0")
    # Nested pairs; the loop, not recursion, because a tree may be as deep as there are symbols.
    piles = defaultdict(list)
    for symbol, w in weights.items():
        piles[w].append((symbol,))
    count = len(weights)
    while count > 1:
        two, total = [], 0
        for _ in range(2):
            lightest = min(piles)
            two.append(piles[lightest].pop())
            total += lightest
            if not piles[lightest]:
                del piles[lightest]
        piles[total].append(tuple(two))
        count -= 1
    ((tree,),) = piles.values()
    code, stack = {}, [(tree, "")]
    while stack:
        node, word = stack.pop()
        if len(node) == 1:
            code[node[0]] = word
        else:
            stack += [(node[0], word + "1"), (node[1], word + "0")]
    return code


def average_length(weights, code):
    try:
        lengths = {symbol: len(code[symbol]) for symbol in weights}
    except KeyError as missing:
        raise ValueError(f"no word for {missing}") from missing
    whole = sum(weights.values())
    if whole == 0:
        raise ValueError("weights: all are 0")
    return sum(length * (weights[symbol] / whole) for symbol, length in lengths.items())


def encode(symbols, code):
    unknown = next((symbol for symbol in symbols if symbol not in code), code)
    if unknown is not code:
        raise ValueError(f"unknown symbol {unknown!r}")
    return "".join([code[symbol] for symbol in symbols])


def decode(bits, code):
    back = {word: symbol for symbol, word in code.items()}
    word = re.compile("|".join(sorted(back)) or "(?!)")
    symbols, at = [], 0
    while at < len(bits):
        match = word.match(bits, at)
        if match is None:
            raise ValueError(f"bits: {bits[at : at + 20]!r} begins with no word")
        symbols.append(back[match.group()])
        at = match.end()
    return symbols


UNIT = 2**36  # 1e-9 of it is 68.7: rounding it costs less than a hundredth of a bit


def shares(p):
    """Whole numbers in proportion to p, at least 1 for what is possible; their sum is any."""
    return [math.ceil(x * UNIT) for x in np.asarray(p, dtype=np.float64).tolist()]


def arithmetic_encode(symbols, model):
    # The interval is [low, low + width) / scale, exactly: three integers that grow for ever.
    low, width, scale, past = 0, 1, 1, []
    for symbol in symbols:
        counts = shares(model(past))
        if not 0 <= symbol < len(counts) or counts[symbol] == 0:
            raise ValueError(f"symbols: no place for {symbol}")
        low = low * sum(counts) + width * sum(counts[:symbol])
        width *= counts[symbol]
        scale *= sum(counts)
        past.append(symbol)
    digits = max(0, scale.bit_length() - width.bit_length() - 1)
    while True:
        number = -((-low << digits) // scale)
        if number * scale < (low + width) << digits:
            return f"{number:b}".rjust(digits, "0") if digits else ""
        digits += 1


def arithmetic_decode(bits, n, model):
    if n < 0:
        raise ValueError("n: negative")
    # The number is over / 2**len(bits); what is over after each part is divided by its width.
    over, under, past = int("0" + bits, 2), 1 << len(bits), []
    for _ in range(n):
        counts = shares(model(past))
        place, begin = over * sum(counts), 0
        for symbol, count in enumerate(counts):
            if place < (begin + count) * under:
                break
            begin += count
        over, under = place - begin * under, under * count
        past.append(symbol)
    return past


def context_entropy(text, order):
    if not (order >= 0 and len(text) > order):
        raise ValueError("order: negative, or as long as the text")
    codes = np.array([ord(c) for c in text])
    blocks = np.lib.stride_tricks.sliding_window_view(codes, order + 1)
    _, pairs = np.unique(blocks, axis=0, return_counts=True)
    if order:
        _, contexts = np.unique(blocks[:, :-1], axis=0, return_counts=True)
    else:
        contexts = np.array([len(blocks)])
    bits = (contexts * np.log2(contexts)).sum() - (pairs * np.log2(pairs)).sum()
    return float(max(bits, 0.0) / len(blocks))


def context_model(text, order, alphabet, strength=1.0):
    if order < 0:
        raise ValueError("order: negative")
    if strength <= 0:
        raise ValueError("strength: not above 0")
    if not alphabet or max(Counter(alphabet).values()) > 1:
        raise ValueError("alphabet: no characters, or the same twice")
    if foreign := set(text).difference(alphabet):
        raise ValueError(f"text: {sorted(foreign)} are not in the alphabet")
    longest = Counter()
    for k in range(order + 1):
        longest.update(text[i : i + k + 1] for i in range(len(text) - k))

    def model(past):
        end = "".join(alphabet[i] for i in past[max(0, len(past) - order) :])
        p = [1 / len(alphabet)] * len(alphabet)
        for start in range(len(end), -1, -1):
            counts = [longest[end[start:] + c] for c in alphabet]
            total = sum(counts) + strength
            p = [(c + strength * x) / total for c, x in zip(counts, p)]
        return np.array(p)

    return model


def maximum_entropy(values, mean):
    f = np.asarray(values, dtype=np.float64)
    if f.ndim != 1 or f.size == 0 or not np.isfinite(f).all():
        raise ValueError("values: not a list of numbers")
    if not (f.min() <= mean <= f.max()):
        raise ValueError("mean: cannot be reached")
    at_end = (f == mean) & np.isin(f, [f.min(), f.max()])
    if at_end.any():
        return at_end.astype(np.float64) / np.count_nonzero(at_end)
    f = (f - mean) / (f.max() - f.min())
    low, high, power = -math.inf, math.inf, 0.0
    for _ in range(300):  # Newton's step, or half the bracket where that leads out of it
        exponents = power * f
        w = np.exp(exponents - exponents.max())
        w /= w.sum()
        error = w @ f
        low, high = (power, high) if error < 0 else (low, power)
        spread = w @ (f - error) ** 2
        new = power - error / spread if spread > 0 else math.nan
        if not low < new < high:
            ends = [x for x in (low, high) if math.isfinite(x)]
            new = sum(ends) / 2 if len(ends) == 2 else 2 * power - np.sign(error)
        power = new
    return w


def kl_regularized(q, reward, beta):
    (q,) = probabilities(q=q)
    if q.ndim > 1:
        raise ValueError("q: one distribution, please")
    r = np.asarray(reward, dtype=np.float64)
    if r.shape != q.shape or np.isnan(r).any() or np.isinf(r).any():
        raise ValueError("reward: a finite number for each symbol")
    if not (math.isfinite(beta) and beta > 0):
        raise ValueError("beta: a positive number")
    possible = q > 0
    top = np.max(r[possible])
    weights = np.zeros_like(q)
    weights[possible] = q[possible] * 2.0 ** ((r[possible] - top) / beta)
    z = math.fsum(weights)
    return weights / z, top.item() + beta * math.log2(z)
