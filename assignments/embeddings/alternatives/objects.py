"""Classes for everything: a corpus, a lexicon, a sampler by aliases, an optimiser, a network.

Noise words by Walker's aliases, gradients with np.add.at into whole tables, perplexity by
bisection of the width (not of β), one iterator of t-SNE's steps, Bellman and Ford's rounds.
"""

from collections import namedtuple
from functools import cached_property
from itertools import islice

import numpy as np

LSA = namedtuple("LSA", "terms singular_values")
SkipGram = namedtuple("SkipGram", "vectors contexts losses")


class Check:
    """Sentences for arguments that cannot be used."""

    @staticmethod
    def that(holds, name, what):
        if not holds:
            raise ValueError(f"{name} {what}")

    @classmethod
    def table(cls, x, name, square=False):
        x = np.array(x, dtype=np.float64)
        cls.that(x.ndim == 2, name, "has to be two-dimensional")
        cls.that(not square or x.shape[0] == x.shape[1], name, "has to be square")
        return x

    @classmethod
    def counts(cls, x, name):
        x = np.array(x, dtype=np.float64)
        cls.that((x >= 0).all() and (x > 0).any(), name, "has to be >= 0 and not all 0")
        return x


class Directions:
    """Rows of a table at length 1, zeros left alone."""

    def __init__(self, x):
        lengths = np.linalg.norm(x, axis=1)
        self.unit = x / np.where(lengths == 0, 1.0, lengths)[:, None]

    def cosines(self, point):
        size = np.linalg.norm(point)
        return (self.unit * (point / size if size else point)).sum(axis=1)

    def order(self, point):
        return np.argsort(-self.cosines(point), kind="mergesort")


class Corpus:
    def __init__(self, documents, vocabulary):
        self.documents = [list(document) for document in documents]
        self.vocabulary = list(vocabulary)
        Check.that(len(self.column) == len(self.vocabulary), "vocabulary", "has a word twice")

    @cached_property
    def column(self):
        return {word: j for j, word in enumerate(self.vocabulary)}


def document_term(documents, vocabulary):
    corpus = Corpus(documents, vocabulary)
    table = np.zeros((len(corpus.documents), len(corpus.vocabulary)))
    for i, document in enumerate(corpus.documents):
        columns = np.array([corpus.column[w] for w in document if w in corpus.column], dtype=int)
        np.add.at(table[i], columns, 1.0)
    return table


def tf_idf(counts):
    counts = Check.table(counts, "counts")
    Check.that(not (counts < 0).any(), "counts", "has to be >= 0")
    df = np.array([np.sum(column > 0) for column in counts.T])
    return Directions(counts * np.log((len(counts) + 1) / (df + 1))).unit


def lsa(x, k):
    x = Check.table(x, "x")
    Check.that(1 <= k <= min(x.shape), "k", f"has to be in 1 … {min(x.shape)}")
    q, r = np.linalg.qr(x.T)  # x = rᵀ qᵀ, and r is small if the table is wide
    _, sigma, wt = np.linalg.svd(r.T, full_matrices=False)
    return LSA(q @ wt[:k].T, sigma[:k])


def project(model, x):
    x = Check.table(x, "x")
    Check.that(x.shape[1] == model.terms.shape[0], "x", "has to have a column per term")
    return np.stack([x @ term for term in model.terms.T], axis=1)


def ranking(vectors, query):
    vectors, query = Check.table(vectors, "vectors"), np.array(query, dtype=np.float64)
    Check.that(query.shape == vectors.shape[1:], "query", "has to be as long as the vectors")
    return Directions(vectors).order(query)


def average_precision(ranked, relevant):
    relevant = set(relevant)
    Check.that(len(relevant) > 0, "relevant", "has to hold something")

    def precisions():
        found = 0
        for place, item in enumerate(ranked):
            if item in relevant:
                found += 1
                yield found / (place + 1)

    return sum(precisions(), 0.0) / len(relevant)


def mean_average_precision(vectors, labels):
    vectors = Check.table(vectors, "vectors")
    groups = {}
    for i, label in enumerate(labels):
        groups.setdefault(label, set()).add(i)
    Check.that(sum(map(len, groups.values())) == len(vectors), "labels", "have another length")
    askers = [(i, group - {i}) for group in groups.values() if len(group) > 1 for i in group]
    Check.that(askers, "labels", "have to repeat")
    rows = Directions(vectors)
    lists = ([j for j in rows.order(vectors[i]) if j != i] for i, _ in askers)
    scores = [average_precision(got, want) for got, (_, want) in zip(lists, askers, strict=True)]
    return float(np.mean(scores))


def skipgram_pairs(ids, window):
    Check.that(window >= 1, "window", "has to be >= 1")
    ids = list(map(int, ids))
    pairs = [
        (ids[i], ids[j])
        for i in range(len(ids))
        for j in (*range(max(i - window, 0), i), *range(i + 1, min(i + window + 1, len(ids))))
    ]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()


def keep_probability(counts, t=1e-3):
    counts = Check.counts(counts, "counts")
    Check.that(t > 0, "t", "has to be > 0")
    share = counts / counts.sum()
    ratio = np.divide(t, share, out=np.ones_like(share), where=share > t)
    return ratio**0.5


def noise_distribution(counts, power=0.75):
    counts = Check.counts(counts, "counts")
    Check.that(power >= 0, "power", "has to be >= 0")
    weights = (counts**power) * (counts > 0)
    return weights / weights.sum()


def sgns_loss(v, u, noise):
    v, u = Check.table(v, "v"), np.array(u, dtype=np.float64)
    noise = np.array(noise, dtype=np.float64)
    Check.that(u.shape == v.shape, "u", f"has to be of shape {v.shape}")
    Check.that(noise.ndim == 3, "noise", "has to have three axes")
    Check.that((len(noise), noise.shape[2]) == v.shape, "noise", "does not fit v")
    loss = np.zeros(len(v))
    dv, dnoise = np.zeros_like(v), np.empty_like(noise)

    def count(words, sign):
        """ln(1 + exp(sign · score)); its slope times v is the gradient of the words."""
        nonlocal dv
        score = sign * (v * words).sum(axis=1)
        loss[:] += np.logaddexp(0.0, score)
        slope = sign * np.exp(score - np.logaddexp(0.0, score))[:, None]
        dv += slope * words
        return slope * v

    du = count(u, -1.0)
    for k in range(noise.shape[1]):
        dnoise[:, k] = count(noise[:, k], 1.0)
    return loss, dv, du, dnoise


class Aliases:
    """Walker's method: one column and one coin for each draw."""

    def __init__(self, weights):
        n = len(weights)
        self.level, self.other = weights / weights.sum() * n, np.arange(n)
        low = [i for i in range(n) if self.level[i] < 1]
        high = [i for i in range(n) if self.level[i] >= 1]
        while low and high:
            i, j = low.pop(), high[-1]
            self.other[i] = j
            self.level[j] -= 1 - self.level[i]
            if self.level[j] < 1:
                low.append(high.pop())
        heaviest = int(np.argmax(weights))
        for i in low:  # rounding; a word of weight 0 is still never drawn
            if weights[i] == 0 and self.other[i] == i:
                self.other[i] = heaviest

    def draw(self, rng, shape):
        column = rng.integers(len(self.level), size=shape)
        coin = rng.random(shape)
        return np.where(coin < self.level[column], column, self.other[column])


class Trainer:
    def __init__(self, vectors, contexts, sampler, negatives, rng):
        self.vectors, self.contexts = vectors, contexts
        self.sampler, self.negatives, self.rng = sampler, negatives, rng

    def step(self, i, j, rate):
        drawn = self.sampler.draw(self.rng, (len(i), self.negatives))
        loss, dv, du, dnoise = sgns_loss(self.vectors[i], self.contexts[j], self.contexts[drawn])
        dvectors, dcontexts = np.zeros_like(self.vectors), np.zeros_like(self.contexts)
        np.add.at(dvectors, i, dv)
        np.add.at(dcontexts, j, du)
        np.add.at(dcontexts, drawn, dnoise)
        self.vectors -= rate * dvectors
        self.contexts -= rate * dcontexts
        return loss.sum()


def train_skipgram(
    centers, contexts, noise, dim, rng, negatives=5, epochs=1, batch=256, lr=0.05, start=None
):
    noise = Check.counts(noise, "noise")
    i, j = np.array(centers), np.array(contexts)
    Check.that(len(i) == len(j) > 0, "centers and contexts", "have to be pairs")
    words = range(len(noise))
    Check.that(min(i) in words and max(i) in words, "centers", "holds a number of no word")
    Check.that(min(j) in words and max(j) in words, "contexts", "holds a number of no word")
    for name, value in {
        "dim": dim,
        "negatives": negatives,
        "epochs": epochs,
        "batch": batch,
    }.items():
        Check.that(value >= 1, name, "has to be >= 1")
    Check.that(lr > 0, "lr", "has to be > 0")
    shape = (len(noise), dim)
    if start is None:
        start = rng.uniform(-1, 1, shape) / (2 * dim), np.zeros(shape)
    tables = [np.array(table, dtype=np.float64) for table in start]
    Check.that([t.shape for t in tables] == [shape, shape], "start", f"has to be of shape {shape}")
    trainer = Trainer(*tables, Aliases(noise), negatives, rng)
    starts = range(0, len(i), batch)
    rates = iter(np.linspace(lr, 0, len(starts) * epochs, endpoint=False))
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(i))
        batches = (order[first : first + batch] for first in starts)
        total = sum(trainer.step(i[rows], j[rows], next(rates)) for rows in batches)
        losses.append(float(total) / len(i))
    return SkipGram(*tables, losses)


class Lexicon(Directions):
    def __init__(self, vectors, vocabulary):
        vectors = Check.table(vectors, "vectors")
        super().__init__(vectors)
        self.words = tuple(vocabulary)
        Check.that(len(self.words) == len(vectors), "vocabulary", "has to name each vector")

    def __call__(self, word):
        Check.that(word in self.words, "vocabulary", f"has no word {word!r}")
        return self.unit[self.words.index(word)]

    def nearest(self, point, n, without):
        Check.that(n >= 1, "n", "has to be >= 1")
        cosines = self.cosines(point)
        found = ((self.words[i], float(cosines[i])) for i in self.order(point))
        return list(islice((pair for pair in found if pair[0] not in without), n))


def neighbors(vectors, vocabulary, word, n):
    lexicon = Lexicon(vectors, vocabulary)
    return lexicon.nearest(lexicon(word), n, {word})


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    lexicon = Lexicon(vectors, vocabulary)
    point = lexicon(b) - lexicon(a) + lexicon(c)
    return lexicon.nearest(point, n, {a, b, c} if exclude else frozenset())


def analogy_accuracy(vectors, vocabulary, questions, exclude=True):
    words = set(vocabulary)
    asked = [q for q in questions if words >= set(q)]
    Check.that(asked, "questions", "have to be about words of the vocabulary")
    hits = 0
    for a, b, c, d in asked:
        for word, _ in analogy(vectors, vocabulary, a, b, c, exclude=exclude):
            hits += word == d
    return hits / len(asked)


class Width:
    """How far one point looks: the width is bisected until the perplexity fits."""

    def __init__(self, squared):
        self.squared = squared - squared.min()
        self.unit = self.squared.max() or 1.0

    def probabilities(self, width):
        p = np.exp(-self.squared / self.unit / width)
        return p / p.sum()

    @staticmethod
    def perplexity(p):
        p = p[p > 0]
        return float(np.exp(-(p * np.log(p)).sum()))

    def fit(self, wanted):
        small, large = 0.0, 1.0
        while self.perplexity(self.probabilities(large)) < wanted:
            small, large = large, 4 * large
        floor = 1.0
        while small == 0.0 and floor > 1e-150:
            floor /= 4
            if self.perplexity(self.probabilities(floor)) <= wanted:
                small = floor
            else:
                large = floor
        for _ in range(100):
            middle = (small + large) / 2
            reached = self.perplexity(self.probabilities(middle))
            small, large = (middle, large) if reached < wanted else (small, middle)
        return self.probabilities((small + large) / 2)


def conditional_affinities(x, perplexity):
    x = Check.table(x, "x")
    n = len(x)
    Check.that(n >= 3, "x", "has to have three rows")
    Check.that(1 < perplexity < n - 1, "perplexity", f"has to be between 1 and {n - 1}")
    result = np.zeros((n, n))
    for i in range(n):
        others = np.arange(n) != i
        squared = np.square(x[others] - x[i]).sum(axis=1)
        result[i, others] = Width(squared).fit(perplexity)
    return result


def joint_affinities(conditional):
    p = Check.table(conditional, "conditional", square=True)
    return np.mean([p, p.T], axis=0) / len(p)


class Map:
    def __init__(self, y):
        self.y = y
        apart = np.stack([np.subtract.outer(column, column) for column in y.T])  # (m, n, n)
        self.w = 1 / (1 + (apart**2).sum(axis=0)) - np.eye(len(y))
        np.fill_diagonal(self.w, 0)
        self.q, self.apart = self.w / self.w.sum(), apart

    def divergence(self, p):
        i, j = np.nonzero(p)
        return float((p[i, j] * np.log(p[i, j] / self.q[i, j])).sum())

    def gradient(self, p):
        pull = (p - self.q) * self.w
        return 4 * (pull * self.apart).sum(axis=2).T


def tsne_gradient(p, y):
    p, y = Check.table(p, "p", square=True), Check.table(y, "y")
    Check.that(len(y) == len(p), "y", "has to have a point for each row of p")
    here = Map(y)
    return here.divergence(p), here.gradient(p)


def descent(p, y, lr, exaggeration, early):
    """The maps, one step after another, for ever."""
    step, gain, s = np.zeros_like(y), np.ones_like(y), 0
    while True:
        slope = Map(y).gradient(p * (exaggeration if s < early else 1.0))
        gain = np.where(step * slope < 0, gain + 0.2, gain * 0.8).clip(0.01)
        step = step * (0.5 if s < early else 0.8) - lr * gain * slope
        y, s = y + step, s + 1
        yield y


def tsne(p, rng, dim=2, iterations=500, lr=None, exaggeration=12.0, early=100, start=None):
    p = Check.table(p, "p", square=True)
    for name, value, least in (("dim", dim, 1), ("iterations", iterations, 1), ("early", early, 0)):
        Check.that(value >= least, name, f"has to be >= {least}")
    Check.that(exaggeration > 0, "exaggeration", "has to be > 0")
    lr = max(50, len(p) / exaggeration / 4) if lr is None else lr
    Check.that(lr > 0, "lr", "has to be > 0")
    shape = (len(p), dim)
    y = 1e-4 * rng.standard_normal(shape) if start is None else np.array(start, dtype=np.float64)
    Check.that(y.shape == shape, "start", f"has to be of shape {shape}")
    y = next(islice(descent(p, y, lr, exaggeration, early), iterations - 1, None))
    return y - y.mean(axis=0), Map(y).divergence(p)


def pagerank(weights, damping=0.85, tol=1e-10):
    weights = Check.table(weights, "weights", square=True)
    Check.that(len(weights) > 0 and (weights >= 0).all(), "weights", "have to be >= 0")
    Check.that(0 <= damping < 1, "damping", "has to be in [0, 1)")
    Check.that(tol > 0, "tol", "has to be > 0")
    weights[~weights.any(axis=1)] = 1.0
    step = (weights / weights.sum(axis=1, keepdims=True)).T
    # Sum of (damping · step)^t, doubled in length each round, until the rest is below tol.
    total, power, left = np.eye(len(step)), damping * step, damping
    while left / (1 - damping) > tol / 10 and left > 1e-18:
        total, power, left = total + power @ total, power @ power, left**2
    rank = total.sum(axis=1) * (1 - damping) / len(step)
    return rank / rank.sum()


class Network:
    def __init__(self, lengths, **vertices):
        self.lengths = Check.table(lengths, "lengths", square=True)
        Check.that((self.lengths >= 0).all(), "lengths", "have to be >= 0")
        for name, vertex in vertices.items():
            Check.that(0 <= vertex < len(self.lengths), name, "is no vertex")
        self.edges = np.where(self.lengths > 0, self.lengths, np.inf)

    def from_vertex(self, source):
        """Bellman and Ford: n rounds over all edges, or fewer."""
        best, before = np.full(len(self.edges), np.inf), np.full(len(self.edges), -1)
        best[source] = 0.0
        while True:
            ways = best[:, None] + self.edges
            shortest = ways.min(axis=0)
            better = shortest < best
            if not better.any():
                return best, before
            before[better] = ways.argmin(axis=0)[better]
            best = np.minimum(best, shortest)


def distances(lengths, source):
    return Network(lengths, source=source).from_vertex(source)[0]


def shortest_path(lengths, source, target):
    best, before = Network(lengths, source=source, target=target).from_vertex(source)
    if not np.isfinite(best[target]):
        return []
    path = [target]
    while path[-1] != source:
        path.append(before[path[-1]])
    return [int(vertex) for vertex in reversed(path)]
