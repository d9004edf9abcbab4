"""Lists of steps, logarithms throughout, a heap, dicts instead of tables."""

import heapq
import math

import numpy as np


def shaped(value, name, shape):
    value = np.array(value, dtype=float)
    if value.shape != tuple(shape):
        raise ValueError(f"{name}: {value.shape} instead of {tuple(shape)}")
    return value


def three_axes(x, width):
    x = np.array(x, dtype=float)
    if x.ndim != 3 or x.shape[2] != width:
        raise ValueError(f"x must be (batch, time, {width})")
    return x


def logistic(a):
    return np.where(a >= 0, 1 / (1 + np.exp(-np.abs(a))), 1 - 1 / (1 + np.exp(-np.abs(a))))


class RNN:
    def __init__(self, wx, wh, b):
        self.wx = np.array(wx, dtype=float)
        if self.wx.ndim != 2:
            raise ValueError("wx needs two axes")
        self.d, self.n = self.wx.shape
        self.wh = shaped(wh, "wh", (self.n, self.n))
        self.b = shaped(b, "b", (self.n,))

    def forward(self, x, h0=None):
        x = three_axes(x, self.d)
        if h0 is None:
            h0 = np.zeros((len(x), self.n))
        self.x = x
        self.states = [shaped(h0, "h0", (len(x), self.n))]
        for t in range(x.shape[1]):
            a = x[:, t] @ self.wx + self.states[-1] @ self.wh + self.b
            self.states.append(np.tanh(a))
        return np.stack(self.states[1:], axis=1)

    def backward(self, dh):
        batch, time, _ = self.x.shape
        dh = shaped(dh, "dh", (batch, time, self.n))
        dx = np.zeros(self.x.shape)
        dwx, dwh, db = np.zeros(self.wx.shape), np.zeros(self.wh.shape), np.zeros(self.n)
        flowing = np.zeros((batch, self.n))
        for t in range(time - 1, -1, -1):
            h = self.states[t + 1]
            da = (dh[:, t] + flowing) * (1 - h * h)
            dwx += self.x[:, t].T @ da
            dwh += self.states[t].T @ da
            db += da.sum(axis=0)
            dx[:, t] = da @ self.wx.T
            flowing = da @ self.wh.T
        return {"x": dx, "h0": flowing, "wx": dwx, "wh": dwh, "b": db}


def gradient_flow(wh, h):
    h = np.array(h, dtype=float)
    if h.ndim != 2:
        raise ValueError("h must be (time, n)")
    wh = shaped(wh, "wh", (h.shape[1], h.shape[1]))
    factors = [wh @ np.diag(1 - row**2) for row in h]
    out = [1.0]
    product = np.eye(h.shape[1])
    for factor in factors[:0:-1]:
        product = factor @ product
        out.insert(0, np.linalg.svd(product, compute_uv=False)[0])
    return np.array(out)


def clip_gradients(gradients, max_norm):
    if not (max_norm > 0):
        raise ValueError("max_norm must be positive")
    squares = 0.0
    for g in gradients.values():
        for entry in np.asarray(g, dtype=float).ravel():
            squares += entry * entry
    norm = math.sqrt(squares)
    scale = min(1.0, max_norm / norm) if norm else 1.0
    return {name: np.array(g, dtype=float) * scale for name, g in gradients.items()}, norm


class LSTM:
    def __init__(self, wx, wh, b):
        self.wx, self.wh = np.array(wx, dtype=float), np.array(wh, dtype=float)
        if self.wx.ndim != 2 or self.wh.ndim != 2:
            raise ValueError("wx and wh need two axes")
        self.d, self.n = len(self.wx), len(self.wh)
        self.wx = shaped(self.wx, "wx", (self.d, 4 * self.n))
        self.wh = shaped(self.wh, "wh", (self.n, 4 * self.n))
        self.b = shaped(b, "b", (4 * self.n,))

    def forward(self, x, h0=None, c0=None):
        self.x = x = three_axes(x, self.d)
        zero = np.zeros((len(x), self.n))
        h = zero if h0 is None else shaped(h0, "h0", zero.shape)
        c = zero if c0 is None else shaped(c0, "c0", zero.shape)
        self.steps = []
        hs, cs = [], []
        for t in range(x.shape[1]):
            ai, af, ag, ao = np.split(x[:, t] @ self.wx + h @ self.wh + self.b, 4, axis=1)
            i, f, g, o = logistic(ai), logistic(af), np.tanh(ag), logistic(ao)
            new = f * c + i * g
            self.steps.append((h, c, i, f, g, o, new))
            h, c = o * np.tanh(new), new
            hs.append(h)
            cs.append(c)
        return np.stack(hs, axis=1), np.stack(cs, axis=1)

    def backward(self, dh):
        batch, time, _ = self.x.shape
        dh = shaped(dh, "dh", (batch, time, self.n))
        out = {
            "x": np.zeros(self.x.shape),
            "wx": np.zeros(self.wx.shape),
            "wh": np.zeros(self.wh.shape),
            "b": np.zeros(self.b.shape),
        }
        state, cell = np.zeros((2, batch, self.n))
        for t, (h, c, i, f, g, o, new) in reversed(list(enumerate(self.steps))):
            state = state + dh[:, t]
            tanh = np.tanh(new)
            cell = cell + state * o * (1 - tanh**2)
            da = np.hstack(
                [
                    cell * g * i * (1 - i),
                    cell * c * f * (1 - f),
                    cell * i * (1 - g**2),
                    state * tanh * o * (1 - o),
                ]
            )
            out["x"][:, t] = da @ self.wx.T
            out["wx"] += self.x[:, t].T @ da
            out["wh"] += h.T @ da
            out["b"] += da.sum(axis=0)
            state, cell = da @ self.wh.T, cell * f
        return out | {"h0": state, "c0": cell}


class GRU:
    def __init__(self, wx, wh, bx, bh):
        self.wx, self.wh = np.array(wx, dtype=float), np.array(wh, dtype=float)
        if self.wx.ndim != 2 or self.wh.ndim != 2:
            raise ValueError("wx and wh need two axes")
        self.d, self.n = len(self.wx), len(self.wh)
        self.wx = shaped(self.wx, "wx", (self.d, 3 * self.n))
        self.wh = shaped(self.wh, "wh", (self.n, 3 * self.n))
        self.bx, self.bh = (shaped(b, "bx, bh", (3 * self.n,)) for b in (bx, bh))

    def forward(self, x, h0=None):
        self.x = x = three_axes(x, self.d)
        h = np.zeros((len(x), self.n)) if h0 is None else shaped(h0, "h0", (len(x), self.n))
        self.steps, hs = [], []
        for t in range(x.shape[1]):
            ur, uz, un = np.split(x[:, t] @ self.wx + self.bx, 3, axis=1)
            vr, vz, vn = np.split(h @ self.wh + self.bh, 3, axis=1)
            r, z = logistic(ur + vr), logistic(uz + vz)
            p = np.tanh(un + r * vn)
            self.steps.append((h, r, z, p, vn))
            h = p + z * (h - p)
            hs.append(h)
        return np.stack(hs, axis=1)

    def backward(self, dh):
        batch, time, _ = self.x.shape
        dh = shaped(dh, "dh", (batch, time, self.n))
        dx, dwx, dwh = (np.zeros(a.shape) for a in (self.x, self.wx, self.wh))
        dbx, dbh, state = np.zeros(3 * self.n), np.zeros(3 * self.n), np.zeros((batch, self.n))
        for t in range(time)[::-1]:
            h, r, z, p, vn = self.steps[t]
            state = state + dh[:, t]
            an = state * (1 - z) * (1 - p * p)
            ar, az = an * vn * r * (1 - r), state * (h - p) * z * (1 - z)
            du, dv = np.hstack([ar, az, an]), np.hstack([ar, az, an * r])
            dx[:, t] = du @ self.wx.T
            dwx += self.x[:, t].T @ du
            dwh += h.T @ dv
            dbx += du.sum(0)
            dbh += dv.sum(0)
            state = state * z + dv @ self.wh.T
        return {"x": dx, "h0": state, "wx": dwx, "wh": dwh, "bx": dbx, "bh": dbh}


def cross_entropy(scores, targets, mask=None):
    scores, targets = np.array(scores, dtype=float), np.array(targets)
    shape, v = scores.shape[:-1], scores.shape[-1]
    if targets.shape != shape or not np.issubdtype(targets.dtype, np.integer):
        raise ValueError("targets must be integers, one for each place")
    if targets.min() < 0 or targets.max() >= v:
        raise ValueError("targets outside the vocabulary")
    mask = np.ones(shape, bool) if mask is None else np.array(mask)
    if mask.dtype != np.bool_ or mask.shape != shape or mask.sum() == 0:
        raise ValueError("mask is not a boolean mask of the places")
    number = int(mask.sum())
    loss, out = 0.0, np.zeros(scores.shape)
    for at in np.ndindex(shape):
        if mask[at]:
            row = scores[at] - scores[at].max()
            total = np.exp(row).sum()
            loss += math.log(total) - row[targets[at]]
            out[at] = np.exp(row) / total
            out[at][targets[at]] -= 1
            out[at] /= number
    return float(loss / number), out


def unroll(step, state, start, targets, teacher=1.0, rng=None):
    if teacher < 0 or teacher > 1:
        raise ValueError("teacher is a probability")
    targets = [int(t) for t in targets]
    out, token = [], int(start)
    for k, target in enumerate(targets):
        scores, state = step(state, token)
        out.append(list(scores))
        if k + 1 < len(targets):
            taught = {0: False, 1: True}.get(teacher)
            if taught is None:
                taught = rng.random() < teacher
            best = max(range(len(out[-1])), key=lambda i, row=out[-1]: (row[i], -i))
            token = target if taught else best
    return np.array(out, dtype=float)


def logs(table):
    with np.errstate(divide="ignore"):
        return np.log(np.array(table, dtype=float))


def checked(initial, transition, emission, observations):
    initial, transition, emission = logs(initial), logs(transition), logs(emission)
    k = len(initial)
    if transition.shape != (k, k):
        raise ValueError("transition must be square, one row for each state")
    if emission.ndim != 2 or len(emission) != k:
        raise ValueError("emission needs one row for each state")
    symbols = list(observations)
    if not symbols:
        raise ValueError("no observations")
    for symbol in symbols:
        if not isinstance(symbol, (int, np.integer)) or not 0 <= symbol < emission.shape[1]:
            raise ValueError("observations must be symbols of the model")
    return initial, transition, emission[:, symbols].T


def forward_backward(initial, transition, emission, observations):
    a, move, show = checked(initial, transition, emission, observations)
    add = np.logaddexp.reduce
    alphas = [a + show[0]]
    for row in show[1:]:
        alphas.append(add(alphas[-1][:, None] + move, axis=0) + row)
    whole = add(alphas[-1])
    if whole == -np.inf:
        raise ValueError("observations are impossible")
    beta = np.zeros(len(a))
    states = [np.exp(alphas[-1] - whole)]
    pairs = np.zeros(move.shape)
    for t in range(len(show) - 2, -1, -1):
        later = move + show[t + 1] + beta
        pairs += np.exp(alphas[t][:, None] + later - whole)
        beta = add(later, axis=1)
        states.append(np.exp(alphas[t] + beta - whole))
    return np.array(states[::-1]), pairs, float(whole)


def viterbi(initial, transition, emission, observations):
    a, move, show = checked(initial, transition, emission, observations)
    best, pointers = a + show[0], []
    for row in show[1:]:
        ways = best[:, None] + move
        pointers.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    if best.max() == -np.inf:
        raise ValueError("observations are impossible")
    path = [int(best.argmax())]
    for pointer in reversed(pointers):
        path.insert(0, int(pointer[path[0]]))
    return np.array(path), float(best.max())


def greedy_search(step, state, start, end, max_length):
    if max_length < 1:
        raise ValueError("max_length must be 1 or more")
    tokens, total, token = [], 0.0, start
    for _ in range(max_length):
        row, state = step(state, token)
        token = int(np.argmax(row))
        total += float(row[token])
        tokens.append(token)
        if token == end:
            break
    return tokens, total


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    if max_length < 1:
        raise ValueError("max_length must be 1 or more")
    best = (-math.inf, None)

    def visit(tokens, total, state, last):
        nonlocal best
        row, state = step(state, last)
        for token in range(len(row)):
            log_prob = float(row[token])
            if log_prob == -math.inf:
                continue
            longer, value = [*tokens, token], total + log_prob
            if token == end or len(longer) == max_length:
                score = value / len(longer) ** alpha
                if best[1] is None or score > best[0]:
                    best = score, longer
            else:
                visit(longer, value, state, token)

    visit([], 0.0, state, start)
    return best[1], best[0]


def beam_search(step, state, start, end, width, max_length, alpha=0.0):
    if width < 1 or max_length < 1:
        raise ValueError("width and max_length must be 1 or more")
    going, best = [(0.0, (), state, start)], None
    for length in range(1, max_length + 1):
        heap, number = [], 0
        for total, tokens, before, last in going:
            row, after = step(before, last)
            for token, log_prob in enumerate(row):
                if log_prob == -np.inf:
                    continue
                number += 1
                item = (total + float(log_prob), number, (*tokens, token), after)
                if len(heap) < width:
                    heapq.heappush(heap, item)
                else:
                    heapq.heappushpop(heap, item)
        going = []
        for total, _, tokens, after in heap:
            if tokens[-1] == end or length == max_length:
                score = total / length**alpha
                if best is None or score > best[0]:
                    best = score, list(tokens)
            else:
                going.append((total, tokens, after, tokens[-1]))
    return best[1], best[0]


def table(a, b):
    d = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            if a[i - 1] == b[j - 1]:
                d[i, j] = d[i - 1, j - 1]
            else:
                d[i, j] = 1 + min(d[i - 1, j - 1], d[i - 1, j], d[i, j - 1])
    return d


def edit_distance(a, b):
    return table(a, b)[len(a), len(b)]


def align(a, b):
    d, i, j, out = table(a, b), len(a), len(b), []
    while (i, j) != (0, 0):
        if i and d[i - 1, j] + 1 == d[i, j]:
            i -= 1
            out.insert(0, (a[i], None))
        elif j and d[i, j - 1] + 1 == d[i, j]:
            j -= 1
            out.insert(0, (None, b[j]))
        else:
            i, j = i - 1, j - 1
            out.insert(0, (a[i], b[j]))
    return out


def grams(tokens, n):
    counts = {}
    for i in range(len(tokens) - n + 1):
        gram = tuple(tokens[i : i + n])
        counts[gram] = counts.get(gram, 0) + 1
    return counts


def bleu(candidates, references, max_n=4):
    if len(candidates) == 0 or len(candidates) != len(references) or min(map(len, references)) == 0:
        raise ValueError("each candidate needs references")
    if max_n < 1:
        raise ValueError("max_n must be 1 or more")
    product = 1.0
    for n in range(1, max_n + 1):
        hits = said = 0
        for candidate, group in zip(candidates, references):
            wanted = [grams(reference, n) for reference in group]
            for gram, count in grams(candidate, n).items():
                hits += min(count, max(counts.get(gram, 0) for counts in wanted))
                said += count
        if hits == 0:
            return 0.0
        product *= (hits / said) ** (1 / max_n)
    c = r = 0
    for candidate, group in zip(candidates, references):
        c += len(candidate)
        r += min((abs(len(ref) - len(candidate)), len(ref)) for ref in group)[1]
    return product if c >= r else product * math.exp(1 - r / c)


def rouge_l(candidate, reference, beta=1.0):
    longest = [[0] * (len(reference) + 1) for _ in range(len(candidate) + 1)]
    for i, x in enumerate(candidate):
        for j, y in enumerate(reference):
            longest[i + 1][j + 1] = (
                longest[i][j] + 1 if x == y else max(longest[i][j + 1], longest[i + 1][j])
            )
    common = longest[-1][-1]
    if common == 0:
        return 0.0, 0.0, 0.0
    p, r = common / len(candidate), common / len(reference)
    return p, r, (1 + beta * beta) * p * r / (r + beta * beta * p)
