"""Everything in logarithms: tables, messages, weights; a chain of counters; reachable trails."""

from collections import Counter, defaultdict
from itertools import product as combinations

import numpy as np


def log(x):
    with np.errstate(divide="ignore"):
        return np.log(np.asarray(x, dtype=np.float64))


def shares(logs, what):
    """exp of the logarithms, divided by its sum."""
    logs = np.asarray(logs, dtype=np.float64)
    top = logs.max(initial=-np.inf)
    if not np.isfinite(top):
        raise ValueError(f"{what}: there is no mass")
    mass = np.exp(logs - top)
    return mass / mass.sum()


class Factor:
    def __init__(self, variables, cards, values):
        self.variables, self.cards = list(variables), [int(card) for card in cards]
        if len(self.variables) != len(self.cards) or len({*self.variables}) != len(self.cards):
            raise ValueError("variables must be different and have a card each")
        array = np.array(values, dtype=np.float64)
        if array.shape not in (tuple(self.cards), (int(np.prod(self.cards)),)):
            raise ValueError(f"values of shape {array.shape} do not fill {self.cards}")
        self.values = array.reshape(self.cards)

    def product(self, other):
        for v, card in zip(other.variables, other.cards):
            if v in self.variables and self.cards[self.variables.index(v)] != card:
                raise ValueError(f"cards: {v!r} has two sizes")
        new = [v for v in other.variables if v not in self.variables]
        names = self.variables + new
        left = self.values[(..., *(None for _ in new))]
        order = sorted(other.variables, key=names.index)
        right = other.values.transpose([other.variables.index(v) for v in order])
        shape = [other.cards[other.variables.index(v)] if v in order else 1 for v in names]
        values = left * right.reshape(shape)
        return Factor(names, values.shape, values)

    def marginalize(self, variable):
        if variable not in self.variables:
            raise ValueError(f"no variable {variable!r}")
        axis = self.variables.index(variable)
        values = np.add.reduce(self.values, axis=axis)
        return Factor([v for v in self.variables if v != variable], values.shape, values)

    def reduce(self, evidence):
        values, names = self.values, []
        for v, card in zip(self.variables, self.cards):
            if v not in evidence:
                names.append(v)
                continue
            if evidence[v] not in range(card):
                raise ValueError(f"{v!r} has no state number {evidence[v]}")
            values = np.take(values, evidence[v], axis=len(names))
        return Factor(names, values.shape, values)

    def normalize(self):
        if self.values.sum() == 0:
            raise ValueError("the factor sums to 0")
        return Factor(self.variables, self.cards, self.values / self.values.sum())


class BayesNet:
    def __init__(self):
        self.nodes = {}  # variable -> (states, parents, table)

    def add(self, variable, states, parents, cpt):
        states, parents = list(states), list(parents)
        table = np.array(cpt, dtype=np.float64)
        problems = {
            "it is there already": variable in self.nodes,
            "its states repeat": not states or len(Counter(states)) < len(states),
            "its parents repeat": len(Counter(parents)) < len(parents),
            "a parent is missing": any(p not in self.nodes for p in parents),
        }
        for problem, found in problems.items():
            if found:
                raise ValueError(f"variable {variable!r}: {problem}")
        if table.shape != (*(len(self.nodes[p][0]) for p in parents), len(states)):
            raise ValueError(f"cpt of {variable!r}: shape {table.shape}")
        if not (np.greater_equal(table, 0).all() and np.ptp([*table.sum(-1).flat, 1.0]) <= 1e-6):
            raise ValueError(f"cpt of {variable!r}: rows must be distributions")
        self.nodes[variable] = states, parents, table

    def number(self, variable, state):
        if variable not in self.nodes:
            raise ValueError(f"unknown variable {variable!r}")
        states = self.nodes[variable][0]
        if state not in states:
            raise ValueError(f"{variable!r} has no state {state!r}")
        return states.index(state)

    def numbers(self, assignment):
        return {v: self.number(v, s) for v, s in assignment.items()}

    def card(self, variable):
        if variable not in self.nodes:
            raise ValueError(f"unknown variable {variable!r}")
        return len(self.nodes[variable][0])

    def joint(self, assignment):
        numbers = self.numbers(assignment)
        if len(numbers) < len(self.nodes):
            raise ValueError("assignment: a variable is missing")
        p = 1.0
        for v, (_, parents, table) in self.nodes.items():
            p *= float(table[tuple(numbers[u] for u in [*parents, v])])
        return p

    def topological_order(self):
        return [*self.nodes]

    def above(self, variables):
        found, waiting = set(), list(variables)
        while waiting:
            v = waiting.pop()
            if v not in found:
                found.add(v)
                waiting.extend(self.nodes[v][1])
        return found


def enumerate_query(net, query, evidence):
    known, logs = net.numbers(evidence), np.full(net.card(query), -np.inf)
    hidden = [v for v in net.nodes if v not in known]
    tables = {v: log(node[2]) for v, node in net.nodes.items()}
    for states in combinations(*(range(net.card(v)) for v in hidden)):
        state = {**known, **dict(zip(hidden, states))}
        total = 0.0
        for v, (_, parents, _) in net.nodes.items():
            total += tables[v][tuple(state[u] for u in [*parents, v])]
        logs[state[query]] = np.logaddexp(logs[state[query]], total)
    return shares(logs, "evidence")


def log_sum(array):
    top = array.max(axis=0)
    safe = np.where(np.isfinite(top), top, 0)
    return safe + log(np.exp(array - safe).sum(axis=0))


def eliminate(net, query, evidence, order=None):
    known, card = net.numbers(evidence), net.card(query)
    hidden = {v for v in net.nodes if v not in known and v != query}
    relevant = net.above([query, *known])
    tables = []
    for v in net.nodes:
        if v in relevant:
            names = [*net.nodes[v][1], v]
            index = tuple(known.get(u, slice(None)) for u in names)
            tables.append((log(net.nodes[v][2][index]), [u for u in names if u not in known]))
    if order is not None:
        order = list(order)
        if any(v not in net.nodes for v in order) or len({*order}) < len(order):
            raise ValueError("order: unknown or repeated variables")
        if hidden - {*order}:
            raise ValueError("order: a hidden variable is lacking")
        plan = [v for v in order if v in hidden and v in relevant]
    else:
        plan = greedy(graph(net, relevant, known), hidden & relevant)
    for v in plan:
        used = [t for t in tables if v in t[1]]
        tables = [t for t in tables if v not in t[1]]
        names = [v, *dict.fromkeys(u for _, own in used for u in own if u != v)]
        total = 0.0
        for table, own in used:
            total = total + aligned(table, own, names)
        tables.append((log_sum(total), names[1:]))
    logs = np.zeros(card)
    for table, own in tables:
        logs = logs + (table if own else float(table))
    if query in known:
        logs = np.where(np.arange(card) == known[query], logs, -np.inf)
    return shares(logs, "evidence")


def aligned(table, own, names):
    order = sorted(own, key=names.index)
    table = np.transpose(table, [own.index(u) for u in order])
    sizes = iter(table.shape)
    return table.reshape([next(sizes) if u in own else 1 for u in names])


def graph(net, variables, without=()):
    edges = defaultdict(set)
    for v in variables:
        family = [u for u in [v, *net.nodes[v][1]] if u not in without]
        for u in family:
            edges[u] |= {*family} - {u}
    return edges


def greedy(edges, waiting):
    waiting, plan = {v: None for v in edges if v in waiting}, []
    while waiting:

        def fill(v):
            near = list(edges[v])
            return sum(b not in edges[a] for i, a in enumerate(near) for b in near[:i])

        v = min(waiting, key=fill)
        for u in edges[v]:
            edges[u] |= edges[v] - {u}
            edges[u].discard(v)
        del edges[v], waiting[v]
        plan.append(v)
    return plan


def min_fill_order(net, keep):
    kept = {keep} if isinstance(keep, str) else {*keep}
    for v in kept:
        net.card(v)
    edges = graph(net, net.nodes)
    return greedy(edges, [v for v in net.nodes if v not in kept])


def draw(net, known, n, rng):
    """State numbers of n samples, shape (n,) for each variable, and log weights (n,)."""
    drawn, weights = {}, np.zeros(n)
    for v, (states, parents, table) in net.nodes.items():
        rows = np.ones((n, 1)) * table[tuple(drawn[p] for p in parents)]  # (n, card)
        if v in known:
            drawn[v] = np.full(n, known[v])
            weights = weights + log(rows[:, known[v]])
        else:
            edges = np.cumsum(rows / rows.sum(axis=1, keepdims=True), axis=1)
            edges[:, -1] = 1.0
            picked = (rng.random(n)[:, None] >= edges).sum(axis=1)
            # A state of probability 0 at the end would be drawn by rounding alone.
            last = (rows > 0).cumsum(axis=1).argmax(axis=1)
            drawn[v] = np.minimum(picked, last)
    return drawn, weights


def ancestral_sample(net, n, rng):
    if n < 0:
        raise ValueError("n must not be negative")
    drawn, _ = draw(net, {}, n, rng)
    return [{v: net.nodes[v][0][column[i]] for v, column in drawn.items()} for i in range(n)]


def likelihood_weighting(net, query, evidence, n, rng):
    if n < 1:
        raise ValueError("n must be positive")
    card, known = net.card(query), net.numbers(evidence)
    drawn, weights = draw(net, known, n, rng)
    return shares_by(drawn[query], shares(weights, "evidence"), card)


def shares_by(column, weights, card):
    return np.array([weights[column == k].sum() for k in range(card)])


def gibbs(net, query, evidence, n, burn, rng):
    if n < 1 or burn < 0:
        raise ValueError("n must be positive and burn not negative")
    card, known = net.card(query), net.numbers(evidence)
    state = first_state(net, known)
    touched = {v: [c for c in net.nodes if c == v or v in net.nodes[c][1]] for v in net.nodes}
    logs = {v: log(node[2]) for v, node in net.nodes.items()}
    counts = np.zeros(card)
    for sweep in range(burn + n):
        for v in net.nodes:
            if v in known:
                continue
            total = 0.0
            for c in touched[v]:
                names = [*net.nodes[c][1], c]
                total = total + logs[c][tuple(slice(None) if u == v else state[u] for u in names)]
            p = np.cumsum(shares(total, v))
            state[v] = int(np.searchsorted(p, rng.random() * p[-1], side="right"))
        counts[state[query]] += sweep >= burn
    return counts / n


def first_state(net, known):
    names = list(net.nodes)

    def extended(state):
        if len(state) == len(names):
            return state
        v = names[len(state)]
        row = net.nodes[v][2][tuple(state[p] for p in net.nodes[v][1])]
        for k in [known[v]] if v in known else np.argsort(-row):
            if row[k] > 0:
                found = extended({**state, v: int(k)})
                if found:
                    return found
        return None

    state = extended({})
    if state is None:
        raise ValueError("the evidence is impossible")
    return state


def posterior_cpt(counts, alpha):
    counts, alpha = np.asarray(counts, dtype=np.float64), np.asarray(alpha, dtype=np.float64)
    if counts.ndim < 1 or not np.all(counts >= 0):
        raise ValueError("counts must be rows of numbers >= 0")
    if not np.all(alpha >= 0):
        raise ValueError("alpha must be >= 0")
    if alpha.shape == counts.shape[:-1]:
        alpha = alpha.reshape(*alpha.shape, 1)
    elif alpha.shape not in [(), counts.shape]:
        raise ValueError("alpha has a shape of its own")
    mass = np.broadcast_to(counts + alpha, counts.shape)
    rows = mass.reshape(-1, counts.shape[-1])
    made = [row / row.sum() if row.any() else np.full(len(row), 1 / len(row)) for row in rows]
    return np.array(made).reshape(counts.shape)


def prior_sweep(counts, alphas):
    return np.stack([posterior_cpt(counts, alpha) for alpha in alphas])


def words_of(document):
    return document.split() if hasattr(document, "split") else list(document)


def beliefs(values, topics):
    values = np.asarray(values, dtype=np.float64)
    if values.shape != (len(topics),) or np.any(values < 0):
        raise ValueError("a belief is one number >= 0 per topic")
    return shares(log(values), "belief")


class Reader:
    """Counts of what followed what in each topic, and how often each word came at all."""

    def __init__(self, documents, labels, alpha):
        documents, labels = [words_of(d) for d in documents], list(labels)
        if not documents or len(documents) != len(labels):
            raise ValueError("documents and labels: as many of each, and at least one")
        if not alpha > 0:
            raise ValueError("alpha must be above 0")
        self.alpha, self.topics = alpha, sorted({*labels})
        self.vocabulary = sorted({w for d in documents for w in d})
        self.place = {w: i for i, w in enumerate(self.vocabulary)}
        counts = Counter(labels)
        self.log_prior = log(posterior_cpt([counts[t] for t in self.topics], alpha))
        self.words = {t: Counter() for t in self.topics}
        self.pairs = {t: defaultdict(Counter) for t in self.topics}
        for document, label in zip(documents, labels):
            self.words[label].update(document)
            for u, w in zip([None, *document], document):
                self.pairs[label][u][w] += 1
        self.totals = {
            t: {u: sum(row.values()) for u, row in rows.items()} for t, rows in self.pairs.items()
        }


class Topics(Reader):
    def __init__(self, documents, labels, alpha):
        super().__init__(documents, labels, alpha)
        rows = [[self.words[t][w] for w in self.vocabulary] for t in self.topics]
        table = posterior_cpt(rows, alpha)
        self.net = BayesNet()
        self.net.add("topic", self.topics, [], np.exp(self.log_prior))
        self.net.add("word", self.vocabulary, ["topic"], table)
        self.net.cpts = {"topic": np.exp(self.log_prior), "word": table}
        self.log_words = log(table)

    def update(self, prior, word):
        logs = log(beliefs(prior, self.topics))
        if word in self.place:
            logs = logs + self.log_words[:, self.place[word]]
        return shares(logs, "belief")

    def posterior(self, words):
        known = [self.place[w] for w in words_of(words) if w in self.place]
        return shares(self.log_prior + self.log_words[:, known].sum(axis=1), "belief")


class Chain(Reader):
    def chance(self, topic, u, w):
        row = self.pairs[topic].get(u)
        seen, total = (row[w], self.totals[topic][u]) if row else (0, 0)
        return (seen + self.alpha) / (total + self.alpha * len(self.vocabulary))

    def next_word(self, previous, topic_belief):
        belief = beliefs(topic_belief, self.topics)
        answer = np.zeros(len(self.vocabulary))
        for b, t in zip(belief, self.topics):
            total = self.totals[t].get(previous, 0) + self.alpha * len(self.vocabulary)
            answer += b * self.alpha / total
            for w, count in self.pairs[t].get(previous, {}).items():
                answer[self.place[w]] += b * count / total
        return answer

    def log_prob(self, words):
        words = words_of(words)
        logs = self.log_prior.copy()
        for u, w in zip([None, *words], words):
            if w in self.place:
                logs += log([self.chance(t, u, w) for t in self.topics])
        return float(np.logaddexp.reduce(logs))

    def perplexity(self, words):
        count = len(words_of(words))
        if count == 0:
            raise ValueError("words: at least one")
        return float(np.exp(-self.log_prob(words) / count))


def fit_topic_net(documents, labels, alpha):
    return Topics(documents, labels, alpha)


def fit_word_chain(documents, labels, alpha):
    return Chain(documents, labels, alpha)


def d_separated(net, x, y, z):
    """Which nodes can be reached from x on an active trail?"""
    z = {*z}
    for v in [x, y, *z]:
        net.card(v)
    if x == y or x in z or y in z:
        raise ValueError("x, y and z must not overlap")
    opened = net.above(z)
    below = defaultdict(list)
    for v, (_, parents, _) in net.nodes.items():
        for p in parents:
            below[p].append(v)
    visited, waiting = set(), [(x, "up")]
    while waiting:
        v, direction = step = waiting.pop()
        if step in visited:
            continue
        visited.add(step)
        if v == y:
            return False
        if direction == "up" and v not in z:
            waiting += [(p, "up") for p in net.nodes[v][1]] + [(c, "down") for c in below[v]]
        elif direction == "down":
            if v not in z:
                waiting += [(c, "down") for c in below[v]]
            if v in opened:
                waiting += [(p, "up") for p in net.nodes[v][1]]
    return True
