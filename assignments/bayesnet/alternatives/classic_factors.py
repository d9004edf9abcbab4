"""The textbook route: everything is made of `Factor`, one operation after another."""

import math
from collections import Counter, defaultdict
from functools import reduce
from itertools import combinations

import numpy as np


class Factor:
    def __init__(self, variables, cards, values):
        self.variables = list(variables)
        self.cards = [int(c) for c in cards]
        if len(set(self.variables)) != len(self.variables):
            raise ValueError("variables are repeated")
        if len(self.cards) != len(self.variables):
            raise ValueError("cards: one for each variable")
        self.values = np.asarray(values, dtype=float).reshape(self.cards)

    def card(self, variable):
        return self.cards[self.variables.index(variable)]

    def product(self, other):
        for v in self.variables:
            if v in other.variables and self.card(v) != other.card(v):
                raise ValueError(f"cards of {v} differ")
        names = self.variables + [v for v in other.variables if v not in self.variables]
        letters = {v: chr(ord("a") + i) for i, v in enumerate(names)}
        left, right = ("".join(letters[v] for v in f.variables) for f in (self, other))
        values = np.einsum(
            f"{left},{right}->{''.join(letters.values())}", self.values, other.values
        )
        cards = [self.card(v) if v in self.variables else other.card(v) for v in names]
        return Factor(names, cards, values)

    def marginalize(self, variable):
        if variable not in self.variables:
            raise ValueError(f"no variable {variable}")
        axis = self.variables.index(variable)
        names = self.variables[:axis] + self.variables[axis + 1 :]
        cards = self.cards[:axis] + self.cards[axis + 1 :]
        return Factor(names, cards, np.sum(self.values, axis))

    def reduce(self, evidence):
        result = self
        for v, state in evidence.items():
            if v in result.variables:
                if state not in range(result.card(v)):
                    raise ValueError(f"{v} has no state {state}")
                axis = result.variables.index(v)
                names = [u for u in result.variables if u != v]
                cards = [result.card(u) for u in names]
                result = Factor(names, cards, np.take(result.values, state, axis=axis))
        return Factor(result.variables, result.cards, result.values.copy())

    def normalize(self):
        total = float(np.sum(self.values))
        if total == 0:
            raise ValueError("the factor has no mass")
        return Factor(self.variables, self.cards, self.values / total)


class BayesNet:
    def __init__(self):
        self.order, self.states, self.parents, self.factors = [], {}, {}, {}

    def add(self, variable, states, parents, cpt):
        if variable in self.states:
            raise ValueError(f"{variable} twice")
        if len(set(states)) != len(states):
            raise ValueError(f"states of {variable} are repeated")
        if len(set(parents)) != len(parents) or any(p not in self.states for p in parents):
            raise ValueError(f"parents of {variable} are wrong")
        cards = [len(self.states[p]) for p in parents] + [len(states)]
        table = np.array(cpt, dtype=float)
        if list(table.shape) != cards:
            raise ValueError("cpt has the wrong shape")
        if np.isnan(table).any() or (table < 0).any():
            raise ValueError("cpt has impossible entries")
        if np.max(np.abs(table.sum(-1) - 1)) > 1e-6:
            raise ValueError("a row of cpt does not sum to 1")
        self.order.append(variable)
        self.states[variable], self.parents[variable] = list(states), list(parents)
        self.factors[variable] = Factor([*parents, variable], cards, table)

    def index(self, variable, state):
        if variable not in self.states:
            raise ValueError(f"unknown variable {variable}")
        if state not in self.states[variable]:
            raise ValueError(f"unknown state {state} of {variable}")
        return self.states[variable].index(state)

    def indices(self, evidence):
        return {v: self.index(v, s) for v, s in evidence.items()}

    def joint(self, assignment):
        if set(self.order) - set(assignment):
            raise ValueError("assignment is not complete")
        indices = self.indices(assignment)
        p = 1.0
        for factor in self.factors.values():
            p *= float(factor.reduce(indices).values)
        return p

    def topological_order(self):
        done = []
        while len(done) < len(self.order):  # one generation after another
            done += [
                v for v in self.order if v not in done and all(p in done for p in self.parents[v])
            ]
        return done


def _query_known(net, query, evidence):
    if query not in net.states:
        raise ValueError(f"unknown query {query}")
    return net.indices(evidence)


def _certain(net, query, known, mass):
    if not mass > 0:
        raise ValueError("the evidence is impossible")
    return np.eye(len(net.states[query]))[known[query]]


def enumerate_query(net, query, evidence):
    known = _query_known(net, query, evidence)
    whole = reduce(Factor.product, (f.reduce(known) for f in net.factors.values()))
    if query in known:
        return _certain(net, query, known, whole.values.sum())
    for v in list(whole.variables):
        if v != query:
            whole = whole.marginalize(v)
    return whole.normalize().values


def eliminate(net, query, evidence, order=None):
    known = _query_known(net, query, evidence)
    hidden = [v for v in net.order if v != query and v not in known]
    if order is None:
        order = min_fill_order(net, [query, *known])
    else:
        order = list(order)
        if len(order) != len(set(order)) or set(hidden) - set(order) or set(order) - set(net.order):
            raise ValueError("order is no order of the hidden variables")
    factors = [f.reduce(known) for f in net.factors.values()]
    for v in order:
        if v in hidden:
            touching = [f for f in factors if v in f.variables]
            factors = [f for f in factors if v not in f.variables]
            factors.append(reduce(Factor.product, touching).marginalize(v))
    result = reduce(Factor.product, factors)
    if query in known:
        return _certain(net, query, known, result.values)
    return result.normalize().values


def min_fill_order(net, keep):
    keep = {keep} if isinstance(keep, str) else set(keep)
    if keep - set(net.order):
        raise ValueError("keep has unknown variables")
    edges = {frozenset(pair) for v in net.order for pair in combinations([v, *net.parents[v]], 2)}
    near = {v: {u for e in edges if v in e for u in e if u != v} for v in net.order}

    def missing(v):
        return [(a, b) for a, b in combinations(near[v], 2) if b not in near[a]]

    order, waiting = [], [v for v in reversed(net.order) if v not in keep]
    while waiting:
        v = min(waiting, key=lambda v: len(missing(v)))
        for a, b in missing(v):
            near[a].add(b)
            near[b].add(a)
        for u in near.pop(v):
            near[u].discard(v)
        waiting.remove(v)
        order.append(v)
    return order


def _row(net, v, state):
    return net.factors[v].values[tuple(state[p] for p in net.parents[v])]


def ancestral_sample(net, n, rng):
    if n < 0:
        raise ValueError("n is negative")
    samples = []
    for _ in range(n):
        state = {}
        for v in net.order:
            row = _row(net, v, state)
            state[v] = int(rng.choice(len(row), p=row / row.sum()))
        samples.append({v: net.states[v][i] for v, i in state.items()})
    return samples


def likelihood_weighting(net, query, evidence, n, rng):
    known = _query_known(net, query, evidence)
    if n < 1:
        raise ValueError("n must be positive")
    totals = np.zeros(len(net.states[query]))
    for _ in range(n):
        state, weight = {}, 1.0
        for v in net.order:
            row = _row(net, v, state)
            if v in known:
                state[v] = known[v]
                weight *= row[known[v]]
            else:
                state[v] = int(np.searchsorted(np.cumsum(row), rng.random(), side="right"))
                state[v] = min(state[v], len(row) - 1)
        totals[state[query]] += weight
    if totals.sum() == 0:
        raise ValueError("the evidence is impossible")
    return totals / totals.sum()


def gibbs(net, query, evidence, n, burn, rng):
    known = _query_known(net, query, evidence)
    if n < 1 or burn < 0:
        raise ValueError("n or burn is out of range")
    state = _start(net, known, rng)
    children = {v: [c for c in net.order if v in net.parents[c]] for v in net.order}
    hidden = [v for v in net.order if v not in known]
    counts = np.zeros(len(net.states[query]))
    for sweep in range(burn + n):
        for v in hidden:
            weights = _row(net, v, state).copy()
            for i in range(len(weights)):
                state[v] = i
                for c in children[v]:
                    weights[i] *= _row(net, c, state)[state[c]]
            steps = np.cumsum(weights)
            state[v] = int(np.searchsorted(steps, rng.random() * steps[-1], side="right"))
        if sweep >= burn:
            counts[state[query]] += 1
    return counts / counts.sum()


def _start(net, known, rng):
    """Exact: draw each variable given the evidence and those that are drawn already."""
    fixed = {v: net.states[v][i] for v, i in known.items()}
    for v in net.order:
        p = eliminate(net, v, fixed)
        if v not in fixed:
            fixed[v] = net.states[v][int(rng.choice(len(p), p=p / p.sum()))]
    return net.indices(fixed)


def _distribution(values, length):
    values = np.array(values, dtype=float)
    if values.shape != (length,) or np.any(values < 0) or not values.sum() > 0:
        raise ValueError(f"not {length} probabilities: {values}")
    return values / values.sum()


def posterior_cpt(counts, alpha):
    counts, alpha = np.array(counts, dtype=float), np.array(alpha, dtype=float)
    if not (np.all(counts >= 0) and np.all(alpha >= 0)):
        raise ValueError("counts and alpha must not be negative")
    if counts.shape == ():
        raise ValueError("counts has no axis")
    if alpha.ndim == 0:
        alpha = np.full(counts.shape, alpha)
    elif alpha.shape == counts.shape[:-1]:
        alpha = np.repeat(alpha[..., np.newaxis], counts.shape[-1], axis=-1)
    elif alpha.shape != counts.shape:
        raise ValueError("alpha has the wrong shape")
    total = counts + alpha
    total[total.sum(axis=-1) == 0] = 1
    return total / total.sum(axis=-1, keepdims=True)


def prior_sweep(counts, alphas):
    return np.array([posterior_cpt(counts, a) for a in alphas])


def _split(document):
    return document.split() if isinstance(document, str) else document


def _check(documents, labels, alpha):
    if not len(documents) or len(documents) != len(labels):
        raise ValueError("documents and labels do not fit")
    if alpha <= 0:
        raise ValueError("alpha must be positive")


class _Topics:
    def __init__(self, documents, labels, alpha):
        _check(documents, labels, alpha)
        self.topics = sorted(set(labels))
        words = {t: Counter() for t in self.topics}
        for document, label in zip(documents, labels):
            words[label].update(_split(document))
        self.vocabulary = sorted(set().union(*words.values()))
        self.net = BayesNet()
        size = Counter(labels)
        prior = [size[t] + alpha for t in self.topics]
        self.net.add("T", self.topics, [], np.array(prior) / sum(prior))
        table = np.array([[words[t][w] + alpha for w in self.vocabulary] for t in self.topics])
        self.net.add("W", self.vocabulary, ["T"], table / table.sum(axis=1, keepdims=True))
        self.log_words = dict(zip(self.vocabulary, np.log(self.net.factors["W"].values.T)))

    def update(self, prior, word):
        prior = _distribution(prior, len(self.topics))
        if word not in self.log_words:
            return prior / prior.sum()
        belief = Factor(["T"], [len(prior)], prior)
        seen = self.net.factors["W"].reduce({"W": self.vocabulary.index(word)})
        return belief.product(seen).normalize().values

    def posterior(self, words):
        logs = np.log(self.net.factors["T"].values)
        for word in _split(words):
            if word in self.log_words:
                logs = logs + self.log_words[word]
        return np.exp(logs - np.logaddexp.reduce(logs))


def fit_topic_net(documents, labels, alpha):
    return _Topics(list(documents), list(labels), alpha)


class _Chain:
    def __init__(self, documents, labels, alpha):
        self.model, self.alpha = _Topics(documents, labels, alpha), alpha
        self.topics, self.vocabulary = self.model.topics, self.model.vocabulary
        self.follow = {t: defaultdict(Counter) for t in self.topics}
        for document, label in zip(documents, labels):
            previous = None
            for word in _split(document):
                self.follow[label][previous][word] += 1
                previous = word

    def _p(self, word, previous, topic):
        after = self.follow[topic].get(previous, Counter())
        mass = sum(after.values()) + self.alpha * len(self.vocabulary)
        return (after[word] + self.alpha) / mass

    def next_word(self, previous, topic_belief):
        rows = [[self._p(w, previous, t) for w in self.vocabulary] for t in self.topics]
        return _distribution(topic_belief, len(self.topics)) @ np.array(rows)

    def log_prob(self, words):
        logs = np.log(self.model.posterior([]))
        known, words = set(self.vocabulary), _split(words)
        for previous, word in zip([None, *words], words):
            if word in known:
                logs = logs + np.log([self._p(word, previous, t) for t in self.topics])
        return float(np.logaddexp.reduce(logs))

    def perplexity(self, words):
        if not _split(words):
            raise ValueError("no words")
        return math.exp(-self.log_prob(words) / len(_split(words)))


def fit_word_chain(documents, labels, alpha):
    return _Chain(list(documents), list(labels), alpha)


def d_separated(net, x, y, z):
    """Bayes ball: from parents, from children, and what it means to bounce."""
    for v in (x, y, *z):
        if v not in net.states:
            raise ValueError(f"unknown variable {v}")
    if len({x, y} - set(z)) < 2:
        raise ValueError("x and y must be two variables outside of z")
    children = {v: [c for c in net.order if v in net.parents[c]] for v in net.order}
    visited, schedule = set(), [(x, "child")]
    while schedule:
        v, came_from = schedule.pop()
        if (v, came_from) in visited:
            continue
        visited.add((v, came_from))
        if v == y:
            return False
        if v not in z:
            schedule += [(c, "parent") for c in children[v]]
        if (v in z) == (came_from == "parent"):
            schedule += [(p, "child") for p in net.parents[v]]
    return True
