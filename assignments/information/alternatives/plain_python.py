"""Plain Python: loops over symbols, fractions for the coder, a tree for Huffman's code."""

import math
from fractions import Fraction

import numpy as np


def rows_of(name, p):
    """Lists of floats of each distribution, and the shape of what comes out."""
    p = np.array(p, dtype=float)
    if p.ndim == 0:
        raise ValueError(f"{name} needs an axis of symbols")
    rows = p.reshape(-1, p.shape[-1]).tolist()
    for row in rows:
        if any(not x >= 0 for x in row) or not abs(math.fsum(row) - 1) <= 1e-6:
            raise ValueError(f"{name}: {row[:5]} is no distribution")
    return rows, p.shape


def shaped(numbers, shape):
    return numbers[0] if shape == () else np.array(numbers, dtype=float).reshape(shape)


def surprise_of(p, q):
    total = 0.0
    for x, y in zip(p, q):
        if x > 0:
            total += math.inf if y == 0 else -x * math.log2(y)
    return total


def entropy(p):
    rows, shape = rows_of("p", p)
    return shaped([surprise_of(row, row) for row in rows], shape[:-1])


def entropy_of_logits(logits):
    logits = np.array(logits, dtype=float)
    if logits.ndim == 0 or logits.shape[-1] < 1:
        raise ValueError("logits without symbols")
    answers = []
    for row in logits.reshape(-1, logits.shape[-1]).tolist():
        top = max(row)
        if any(math.isnan(z) for z in row) or math.isinf(top):
            raise ValueError("logits must be finite or -inf, and one of them finite")
        odds = [math.exp(z - top) for z in row]
        answers.append(surprise_of(*[[x / math.fsum(odds) for x in odds]] * 2))
    return shaped(answers, logits.shape[:-1])


def each_pair(p, q, function):
    p_rows, p_shape = rows_of("p", p)
    q_rows, q_shape = rows_of("q", q)
    if p_shape[-1] != q_shape[-1]:
        raise ValueError("p and q are about different symbols")
    first = np.arange(len(p_rows)).reshape(p_shape[:-1])
    second = np.arange(len(q_rows)).reshape(q_shape[:-1])
    first, second = np.broadcast_arrays(first, second)
    pairs = zip(first.ravel().tolist(), second.ravel().tolist())
    return shaped([function(p_rows[i], q_rows[j]) for i, j in pairs], first.shape)


def cross_entropy(p, q):
    return each_pair(p, q, surprise_of)


def excess(p, q):
    terms = [
        math.inf if y == 0 else x * (math.log2(x) - math.log2(y)) for x, y in zip(p, q) if x > 0
    ]
    return max(0.0, math.fsum(terms))


def kl_divergence(p, q):
    return each_pair(p, q, excess)


def js_divergence(p, q):
    def halves(a, b):
        total = 0.0
        for x, y in zip(a, b):
            for z in (x, y):
                if z > 0:
                    total += z * (math.log2(z) + 1 - math.log2(x + y)) / 2
        return min(1.0, max(0.0, total))

    return each_pair(p, q, halves)


def pairs_of(table):
    table = np.array(table, dtype=float)
    if table.ndim != 2:
        raise ValueError("table must have rows and columns")
    rows = table.tolist()
    flat = [x for row in rows for x in row]
    if any(not 0 <= x < math.inf for x in flat) or sum(flat) == 0:
        raise ValueError("table must have finite counts, not all of them 0")
    total = math.fsum(flat)
    rows = [[x / total for x in row] for row in rows]
    return rows, [sum(row) for row in rows], [sum(column) for column in zip(*rows)]


def conditional_entropy(table):
    rows, totals, _ = pairs_of(table)
    return sum(
        x * max(0.0, math.log2(total) - math.log2(x))
        for row, total in zip(rows, totals)
        for x in row
        if x > 0
    )


def pmi(table):
    rows, totals, columns = pairs_of(table)
    answer = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        for j, x in enumerate(row):
            if totals[i] > 0 and columns[j] > 0:
                chance = math.log2(totals[i]) + math.log2(columns[j])
                answer[i, j] = math.log2(x) - chance if x > 0 else -math.inf
    return answer


def mutual_information(table):
    rows, _, _ = pairs_of(table)
    each = pmi(table)
    return max(
        0.0, sum(x * each[i, j] for i, row in enumerate(rows) for j, x in enumerate(row) if x > 0)
    )


def text_of(log_probs):
    if np.ndim(log_probs) != 1 or len(log_probs) == 0:
        raise ValueError("log_probs must be a list of at least one number")
    logs = [float(x) for x in log_probs]
    if any(not x <= 0 for x in logs):
        raise ValueError("log_probs must not be above 0")
    return logs


def perplexity(log_probs):
    logs = text_of(log_probs)
    try:
        return math.exp(-sum(logs) / len(logs))
    except OverflowError:
        return math.inf


def bits_per_character(log_probs, characters):
    logs = text_of(log_probs)
    if characters < 1:
        raise ValueError("characters: a text has at least one")
    return sum(-x / math.log(2) for x in logs) / characters


def huffman_code(weights):
    if len(weights) == 0:
        raise ValueError("weights: no symbols")
    for symbol, weight in weights.items():
        if not 0 <= weight < math.inf:
            raise ValueError(f"weights: {symbol!r} has {weight}")
    trees = [(weight, symbol) for symbol, weight in weights.items()]
    trees = [{"weight": weight, "symbol": symbol} for weight, symbol in trees]
    while len(trees) > 1:
        trees.sort(key=lambda tree: tree["weight"], reverse=True)
        right, left = trees.pop(), trees.pop()
        weight = left["weight"] + right["weight"]
        trees.append({"weight": weight, "left": left, "right": right})
    code, waiting = {}, [(trees[0], "")]
    while waiting:
        tree, word = waiting.pop()
        if "symbol" in tree:
            code[tree["symbol"]] = word or "0"
        else:
            waiting.append((tree["left"], word + "0"))
            waiting.append((tree["right"], word + "1"))
    return code


def average_length(weights, code):
    bits = total = 0
    for symbol, weight in weights.items():
        if symbol not in code:
            raise ValueError(f"{symbol!r} has no word")
        bits += weight * len(code[symbol])
        total += weight
    if not total > 0:
        raise ValueError("weights are all 0")
    return bits / total


def encode(symbols, code):
    bits = ""
    for symbol in symbols:
        if symbol not in code:
            raise ValueError(f"{symbol!r} has no word")
        bits += code[symbol]
    return bits


def decode(bits, code):
    symbols, at = [], 0
    while at < len(bits):
        for symbol, word in code.items():
            if bits.startswith(word, at):
                symbols.append(symbol)
                at += len(word)
                break
        else:
            raise ValueError(f"bits: no word begins at place {at}")
    return symbols


# --- Fractions: exact, and slow enough to see why there is another way. ---------------------------


def parts(probabilities):
    """Beginning and width of each symbol's part of [0, 1), as fractions."""
    counts = [math.ceil(float(x) * 2**44) for x in probabilities]
    total, begin, found = sum(counts), 0, []
    for count in counts:
        found.append((Fraction(begin, total), Fraction(count, total)))
        begin += count
    return found


def arithmetic_encode(symbols, model):
    low, width, past = Fraction(0), Fraction(1), []
    for symbol in symbols:
        found = parts(model(list(past)))
        if symbol not in range(len(found)) or found[symbol][1] == 0:
            raise ValueError(f"symbols: {symbol} cannot come here")
        begin, share = found[symbol]
        low, width = low + begin * width, width * share
        past.append(symbol)
        if len(past) % 8 == 0:  # a little narrower, so that the denominator stays a power of 2
            digits = width.denominator.bit_length() - width.numerator.bit_length() + 60
            scale = 1 << digits
            end = (low + width).numerator * scale // (low + width).denominator
            low = Fraction(-(-low.numerator * scale // low.denominator), scale)
            width = Fraction(end, scale) - low
    length = 0
    while (-(-low.numerator * 2**length // low.denominator)) >= (low + width) * 2**length:
        length += 1
    value = -(-low.numerator * 2**length // low.denominator)
    return format(value, f"0{length}b") if length else ""


def arithmetic_decode(bits, n, model):
    if n < 0:
        raise ValueError("n is negative")
    value = Fraction(int(bits or "0", 2), 2 ** len(bits))
    low, width, past = Fraction(0), Fraction(1), []
    for _ in range(n):
        found, place = parts(model(list(past))), (value - low) / width
        symbol = max(i for i, (begin, share) in enumerate(found) if share and begin <= place)
        begin, share = found[symbol]
        low, width = low + begin * width, width * share
        past.append(symbol)
        if len(past) % 8 == 0:
            digits = width.denominator.bit_length() - width.numerator.bit_length() + 60
            scale = 1 << digits
            end = (low + width).numerator * scale // (low + width).denominator
            low = Fraction(-(-low.numerator * scale // low.denominator), scale)
            width = Fraction(end, scale) - low
    return past


def context_entropy(text, order):
    if order < 0 or order >= len(text):
        raise ValueError(f"order {order} does not fit a text of {len(text)}")
    pairs, contexts = {}, {}
    for i in range(order, len(text)):
        context, pair = text[i - order : i], text[i - order : i + 1]
        contexts[context] = contexts.get(context, 0) + 1
        pairs[pair] = pairs.get(pair, 0) + 1
    total = sum(
        count * (math.log2(contexts[pair[:-1]]) - math.log2(count)) for pair, count in pairs.items()
    )
    return total / (len(text) - order)


def context_model(text, order, alphabet, strength=1.0):
    if order < 0:
        raise ValueError("order is negative")
    if not strength > 0:
        raise ValueError("strength must be positive")
    if len(alphabet) == 0 or len(set(alphabet)) != len(alphabet):
        raise ValueError("alphabet needs different characters")
    for character in text:
        if character not in alphabet:
            raise ValueError(f"text: {character!r} is not in the alphabet")
    counts = {}
    for end in range(len(text)):
        for length in range(min(order, end) + 1):
            after = counts.setdefault(text[end - length : end], {})
            after[text[end]] = after.get(text[end], 0) + 1

    def chance(context):
        if context is None:
            return [1 / len(alphabet)] * len(alphabet)
        shorter = chance(context[1:] if context else None)
        after = counts.get(context, {})
        total = sum(after.values()) + strength
        return [(after.get(c, 0) + strength * x) / total for c, x in zip(alphabet, shorter)]

    def model(past):
        last = past[max(0, len(past) - order) :]
        return np.array(chance("".join(alphabet[i] for i in last)))

    return model


def maximum_entropy(values, mean):
    if np.ndim(values) != 1 or len(values) == 0:
        raise ValueError("values must be a list with at least one number")
    values = [float(x) for x in values]
    if not all(map(math.isfinite, values)):
        raise ValueError("values must be finite")
    smallest, largest = min(values), max(values)
    if not smallest <= mean <= largest:
        raise ValueError("mean: no distribution has it")
    if mean in (smallest, largest):
        return np.array([float(x == mean) / values.count(mean) for x in values])
    span = largest - smallest
    away = [(x - mean) / span for x in values]

    def weights(slope):
        exponents = [slope * x for x in away]
        top = max(exponents)
        return [math.exp(x - top) for x in exponents]

    slope, step = 0.0, 1.0  # Newton's method, damped
    for _ in range(500):
        w = weights(slope)
        total = math.fsum(w)
        now = math.fsum(x * y for x, y in zip(w, away)) / total
        spread = math.fsum(x * (y - now) ** 2 for x, y in zip(w, away)) / total
        if abs(now) < 1e-14:
            break
        step = now / max(spread, 1e-300)
        slope -= max(-5.0, min(5.0, step))
    w = weights(slope)
    return np.array(w) / math.fsum(w)


def kl_regularized(q, reward, beta):
    rows, shape = rows_of("q", q)
    if len(shape) != 1:
        raise ValueError("q must be one distribution")
    if np.shape(reward) != shape or not np.all(np.isfinite(np.array(reward, dtype=float))):
        raise ValueError("reward must have a finite number for each answer")
    if not (beta > 0 and math.isfinite(beta)):
        raise ValueError("beta must be positive")
    logs = {i: math.log2(x) + float(reward[i]) / beta for i, x in enumerate(rows[0]) if x > 0}
    top = max(logs, key=logs.get)
    odds = [
        2.0 ** (math.log2(x / rows[0][top]) + (float(reward[i]) - float(reward[top])) / beta)
        if x > 0
        else 0.0
        for i, x in enumerate(rows[0])
    ]
    total = math.fsum(odds)
    value = float(reward[top]) + beta * (math.log2(rows[0][top]) + math.log2(total))
    return np.array(odds) / total, value
