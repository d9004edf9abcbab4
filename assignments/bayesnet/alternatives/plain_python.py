"""Recursion and dictionaries: NumPy only where an array is asked for."""

import itertools
import math

import numpy as np


class Factor:
    """The table is a dict from tuples of states to numbers."""

    def __init__(self, variables, cards, values):
        self.variables, self.cards = tuple(variables), tuple(cards)
        flat = np.ravel(np.asarray(values, dtype=float))
        cells = list(itertools.product(*map(range, self.cards)))
        if len(cells) != flat.size or len(self.cards) != len(set(self.variables)):
            raise ValueError("variables, cards and values do not fit")
        self.table = dict(zip(cells, flat.tolist()))

    @property
    def values(self):
        return np.array(list(self.table.values())).reshape(self.cards)

    def product(self, other):
        size = dict(zip(self.variables, self.cards))
        for v, card in zip(other.variables, other.cards):
            if size.setdefault(v, card) != card:
                raise ValueError(f"two sizes of {v}")
        names, result = tuple(size), []
        for cell in itertools.product(*map(range, size.values())):
            at = dict(zip(names, cell))
            left = self.table[tuple(at[v] for v in self.variables)]
            right = other.table[tuple(at[v] for v in other.variables)]
            result.append(left * right)
        return Factor(names, size.values(), result)

    def marginalize(self, variable):
        if variable not in self.variables:
            raise ValueError(f"{variable} is not in the factor")
        k = self.variables.index(variable)
        sums = {}
        for cell, value in self.table.items():
            rest = cell[:k] + cell[k + 1 :]
            sums[rest] = sums.get(rest, 0.0) + value
        names, cards = (s[:k] + s[k + 1 :] for s in (self.variables, self.cards))
        return Factor(names, cards, [sums[c] for c in itertools.product(*map(range, cards))])

    def reduce(self, evidence):
        for v, card in zip(self.variables, self.cards):
            if v in evidence and not 0 <= evidence[v] < card:
                raise ValueError(f"evidence about {v} is out of range")
        kept = [
            value
            for cell, value in self.table.items()
            if all(evidence.get(v, s) == s for v, s in zip(self.variables, cell))
        ]
        free = [(v, c) for v, c in zip(self.variables, self.cards) if v not in evidence]
        return Factor([v for v, _ in free], [c for _, c in free], kept)

    def normalize(self):
        total = math.fsum(self.table.values())
        if total <= 0:
            raise ValueError("nothing to normalize")
        return Factor(self.variables, self.cards, [x / total for x in self.table.values()])


class BayesNet:
    def __init__(self):
        self.nodes = {}  # name -> (states, parents, rows), rows: parents' indices -> list

    def add(self, variable, states, parents, cpt):
        states, parents = list(states), list(parents)
        if variable in self.nodes:
            raise ValueError(f"{variable!r} exists")
        if len(dict.fromkeys(states)) < len(states):
            raise ValueError(f"{variable!r}: a state is there twice")
        if any(p not in self.nodes for p in parents) or len(parents) != len(set(parents)):
            raise ValueError(f"unknown or repeated parent of {variable!r}")
        shape = [len(self.nodes[p][0]) for p in parents]
        cpt = np.asarray(cpt, dtype=float)
        if cpt.shape != (*shape, len(states)):
            raise ValueError("cpt: wrong shape")
        rows = {}
        for cell in itertools.product(*map(range, shape)):
            row = cpt[cell].tolist()
            if not all(p >= 0 for p in row) or not abs(math.fsum(row) - 1) <= 1e-6:
                raise ValueError(f"cpt: row {row} is no distribution")
            rows[cell] = row
        self.nodes[variable] = states, parents, rows

    def p(self, variable, at):
        _, parents, rows = self.nodes[variable]
        return rows[tuple(at[u] for u in parents)][at[variable]]

    def read(self, evidence):
        at = {}
        for v, state in evidence.items():
            if v not in self.nodes or state not in self.nodes[v][0]:
                raise ValueError(f"unknown: {v!r} = {state!r}")
            at[v] = self.nodes[v][0].index(state)
        return at

    def joint(self, assignment):
        at = self.read(assignment)
        if len(at) != len(self.nodes):
            raise ValueError("every variable needs a state")
        return math.prod(self.p(v, at) for v in self.nodes)

    def topological_order(self):
        order = []

        def visit(v):
            if v not in order:
                for parent in self.nodes[v][1]:
                    visit(parent)
                order.append(v)

        for v in reversed(self.nodes):
            visit(v)
        return order


def _start_query(net, query, evidence):
    if query not in net.nodes:
        raise ValueError(f"unknown query {query!r}")
    return net.read(evidence), len(net.nodes[query][0])


def _share(totals):
    totals = np.array(totals, dtype=float)
    if not totals.sum() > 0:
        raise ValueError("the evidence has probability 0")
    return totals / totals.sum()


def enumerate_query(net, query, evidence):
    known, card = _start_query(net, query, evidence)
    names = list(net.nodes)

    def total(k, at):
        if k == len(names):
            return 1.0
        v = names[k]
        choices = [at[v]] if v in at else range(len(net.nodes[v][0]))
        parts = []
        for i in choices:
            now = {**at, v: i}
            p = net.p(v, now)
            parts.append(p * total(k + 1, now) if p else 0.0)
        return math.fsum(parts)

    return _share(
        [total(0, {**known, query: i}) if known.get(query, i) == i else 0 for i in range(card)]
    )


def _graph(net, names, removed=()):
    near = {v: set() for v in names if v not in removed}
    for v in names:
        for a, b in itertools.permutations([v, *net.nodes[v][1]], 2):
            if a in near and b in near:
                near[a].add(b)
    return near


def _upwards(net, names):
    above = set(names)
    for v in reversed(net.nodes):  # children before parents
        if v in above:
            above.update(net.nodes[v][1])
    return above


def _drop(near, v):
    for u in near[v]:
        near[u] = (near[u] | near[v]) - {u, v}
    del near[v]


def eliminate(net, query, evidence, order=None):
    """Buckets: every table waits in the bucket of its first variable in the order."""
    known, card = _start_query(net, query, evidence)
    relevant = _upwards(net, [query, *known])
    names = [v for v in net.nodes if v in relevant]
    if order is None:
        near, order = _graph(net, names, known), []
        while set(near) - {query}:  # fewest neighbours first: simple, and good enough here
            v = min(set(near) - {query}, key=lambda v: (len(near[v]), names.index(v)))
            order.append(v)
            _drop(near, v)
    else:
        order = list(order)
        hidden = set(net.nodes) - set(known) - {query}
        if len(set(order)) < len(order) or not hidden <= set(order) <= set(net.nodes):
            raise ValueError("order must hold every hidden variable once")
    order = [v for v in order if v in names and v not in known and v != query] + [query]
    buckets, scale = {v: [] for v in order}, 1.0

    def put(axes, table):
        nonlocal scale
        if axes:
            buckets[min(axes, key=order.index)].append((axes, table))
        else:
            scale *= float(table)

    for v in names:
        _states, parents, rows = net.nodes[v]
        axes = [*parents, v]
        shape = [len(net.nodes[u][0]) for u in axes]
        table = np.array(list(rows.values())).reshape(shape)
        put(
            [u for u in axes if u not in known],
            table[tuple(known.get(u, slice(None)) for u in axes)],
        )
    for v in order[:-1]:
        if buckets[v]:
            put(*_merge(buckets[v], v, order))
    answer = np.full(card, scale)
    for _, table in buckets[query]:
        answer = answer * table
    if query in known:
        answer = np.where(np.arange(card) == known[query], answer, 0)
    return _share(answer)


def _merge(tables, v, order):
    """Product of tables over sorted axes, v last and summed out."""
    names = [*sorted({u for axes, _ in tables for u in axes} - {v}, key=order.index), v]
    whole = 1.0
    for axes, table in tables:
        places = [names.index(u) for u in axes]
        shape = [1] * len(names)
        for place in places:
            shape[place] = table.shape[places.index(place)]
        whole = whole * table.transpose(np.argsort(places)).reshape(shape)
    return names[:-1], whole.sum(axis=-1)


def min_fill_order(net, keep):
    keep = {keep} if isinstance(keep, str) else set(keep)
    if not keep <= set(net.nodes):
        raise ValueError("keep: unknown variable")
    near, order = _graph(net, net.nodes), []
    while set(near) - keep:
        fills = {
            v: sum(b not in near[a] for a, b in itertools.combinations(near[v], 2))
            for v in near
            if v not in keep
        }
        best = min(sorted(fills), key=fills.get)
        order.append(best)
        _drop(near, best)
    return tuple(order)


def _draw(row, rng):
    mark = rng.random() * math.fsum(row)
    for i, p in enumerate(row):
        mark -= p
        if mark < 0:
            return i
    return max(i for i, p in enumerate(row) if p > 0)


def _walk(net, known, rng):
    at, weight = {}, 1.0
    for v, (_, parents, rows) in net.nodes.items():
        row = rows[tuple(at[u] for u in parents)]
        if v in known:
            at[v] = known[v]
            weight *= row[known[v]]
        else:
            at[v] = _draw(row, rng)
    return at, weight


def ancestral_sample(net, n, rng):
    if n < 0:
        raise ValueError("n must not be negative")
    walks = [_walk(net, {}, rng)[0] for _ in range(n)]
    return [{v: net.nodes[v][0][i] for v, i in at.items()} for at in walks]


def likelihood_weighting(net, query, evidence, n, rng):
    known, card = _start_query(net, query, evidence)
    if n < 1:
        raise ValueError("n must be positive")
    totals = [0.0] * card
    for _ in range(n):
        at, weight = _walk(net, known, rng)
        totals[at[query]] += weight
    return _share(totals)


def gibbs(net, query, evidence, n, burn, rng):
    """Counts probabilities instead of draws, and visits the variables in a new order each time."""
    known, card = _start_query(net, query, evidence)
    if n < 1 or burn < 0:
        raise ValueError("n or burn is too small")
    at = _possible(net, known)
    if query in known:
        return np.eye(card)[known[query]]
    hidden = [v for v in net.nodes if v not in known]
    family = {v: [v] + [c for c in net.nodes if v in net.nodes[c][1]] for v in hidden}
    total = np.zeros(card)
    for sweep in range(burn + n):
        for k in rng.permutation(len(hidden)):
            v, row = hidden[k], []
            for i in range(len(net.nodes[v][0])):
                at[v] = i
                row.append(math.prod(net.p(c, at) for c in family[v]))
            at[v] = _draw(row, rng)
            if v == query and sweep >= burn:
                total += np.array(row) / math.fsum(row)
    return total / n


def _possible(net, known):
    """Breadth first over partial assignments; the widest front has one entry per possible one."""
    names = list(net.nodes)
    stack = [{}]
    while stack:
        at = stack.pop()
        if len(at) == len(names):
            return at
        v = names[len(at)]
        choices = [known[v]] if v in known else range(len(net.nodes[v][0]))
        stack += [{**at, v: i} for i in choices if net.p(v, {**at, v: i}) > 0]
    raise ValueError("the evidence has probability 0")


def posterior_cpt(counts, alpha):
    counts, alpha = np.asarray(counts, dtype=float), np.asarray(alpha, dtype=float)
    if not counts.shape:
        raise ValueError("counts: there must be a row")
    if not (np.all(counts >= 0) and np.all(alpha >= 0)):
        raise ValueError("counts and alpha must be at least 0")
    if alpha.shape not in ((), counts.shape, counts.shape[:-1]):
        raise ValueError("alpha does not fit counts")
    result = np.empty(counts.shape)
    for cell in np.ndindex(counts.shape[:-1]):
        own = alpha if alpha.ndim == 0 else alpha[cell]
        mass = counts[cell] + own
        result[cell] = mass / mass.sum() if mass.sum() > 0 else 1 / len(mass)
    return result


def prior_sweep(counts, alphas):
    return np.stack([posterior_cpt(counts, alpha) for alpha in alphas])


def _read(documents, labels, alpha):
    documents = [d.split() if isinstance(d, str) else list(d) for d in documents]
    labels = list(labels)
    if not documents or len(documents) != len(labels) or not alpha > 0:
        raise ValueError("documents, labels or alpha cannot be used")
    return documents, labels


def _log_sum(logs):
    top = max(logs)
    return top + math.log(math.fsum(math.exp(x - top) for x in logs))


class Model:
    def __init__(self, documents, labels, alpha):
        self.alpha, self.topics = alpha, sorted(set(labels))
        self.vocabulary = sorted({w for d in documents for w in d})
        self.place = {w: i for i, w in enumerate(self.vocabulary)}
        k, n = len(self.topics), len(labels)
        prior = [(labels.count(t) + alpha) / (n + alpha * k) for t in self.topics]
        words = [[alpha] * len(self.vocabulary) for _ in self.topics]
        self.pairs, self.before = {}, {}
        for document, label in zip(documents, labels):
            t = self.topics.index(label)
            for previous, word in zip([None, *document], document):
                words[t][self.place[word]] += 1
                self.pairs[t, previous, word] = self.pairs.get((t, previous, word), 0) + 1
                self.before[t, previous] = self.before.get((t, previous), 0) + 1
        self.net = BayesNet()
        self.net.add("topic", self.topics, [], prior)
        self.net.add(
            "word", self.vocabulary, ["topic"], [[c / math.fsum(r) for c in r] for r in words]
        )

    def prior(self):
        return self.net.nodes["topic"][2][()]

    def update(self, prior, word):
        prior = _belief(prior, self.topics)
        if word not in self.place:
            return np.array(prior)
        rows, i = self.net.nodes["word"][2], self.place[word]
        return _share([p * rows[t,][i] for t, p in enumerate(prior)])

    def posterior(self, words):
        words = words.split() if isinstance(words, str) else words
        rows = self.net.nodes["word"][2]
        known = [self.place[w] for w in words if w in self.place]
        logs = [
            math.log(p) + math.fsum(math.log(rows[t,][i]) for i in known)
            for t, p in enumerate(self.prior())
        ]
        return np.array([math.exp(x - _log_sum(logs)) for x in logs])


class Chain(Model):
    def p_next(self, t, previous, word):
        count = self.pairs.get((t, previous, word), 0) + self.alpha
        return count / (self.before.get((t, previous), 0) + self.alpha * len(self.vocabulary))

    def next_word(self, previous, topic_belief):
        topic_belief = _belief(topic_belief, self.topics)
        return np.array(
            [
                math.fsum(b * self.p_next(t, previous, w) for t, b in enumerate(topic_belief))
                for w in self.vocabulary
            ]
        )

    def log_prob(self, words):
        words = words.split() if isinstance(words, str) else list(words)
        return _log_sum(
            [
                math.log(p)
                + math.fsum(
                    math.log(self.p_next(t, u, w))
                    for u, w in zip([None, *words], words)
                    if w in self.place
                )
                for t, p in enumerate(self.prior())
            ]
        )

    def perplexity(self, words):
        n = len(words.split() if isinstance(words, str) else words)
        if n == 0:
            raise ValueError("words: none")
        return math.exp(-self.log_prob(words) / n)


def _belief(numbers, topics):
    if np.shape(numbers) != (len(topics),):
        raise ValueError(f"{len(topics)} probabilities are needed")
    numbers = [float(b) for b in numbers]
    if min(numbers) < 0 or not sum(numbers) > 0:
        raise ValueError("no distribution")
    return [b / sum(numbers) for b in numbers]


def fit_topic_net(documents, labels, alpha):
    return Model(*_read(documents, labels, alpha), alpha)


def fit_word_chain(documents, labels, alpha):
    return Chain(*_read(documents, labels, alpha), alpha)


def d_separated(net, x, y, z):
    """Every undirected path, one after the other, as the definition says."""
    z = set(z)
    if not {x, y, *z} <= set(net.nodes):
        raise ValueError("unknown variable")
    if x == y or x in z or y in z:
        raise ValueError("x, y and z overlap")
    parents = {v: set(node[1]) for v, node in net.nodes.items()}
    children = {v: {c for c in parents if v in parents[c]} for v in parents}
    open_below = _upwards(net, z)  # a collider is open if it or a descendant of it is in z

    def connected(path):
        here = path[-1]
        if here == y:
            return True
        for v in parents[here] | children[here]:
            if v in path:
                continue
            if len(path) > 1:
                collider = path[-2] in parents[here] and v in parents[here]
                if (here not in open_below) if collider else (here in z):
                    continue
            if connected([*path, v]):
                return True
        return False

    return not connected([x])
