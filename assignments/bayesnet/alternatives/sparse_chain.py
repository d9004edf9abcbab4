"""The chain's counts as sorted keys, elimination by factors, one pass over arrays of samples."""

import math
from bisect import bisect_right

import numpy as np


class Factor:
    def __init__(self, variables, cards, values):
        self.variables, self.cards = (tuple(variables), tuple(cards))
        if len(set(self.variables)) < len(self.variables):
            raise ValueError(f"variables must all be different, but are {self.variables}")
        if len(self.cards) != len(self.variables):
            raise ValueError(f"cards must have an entry for each of {self.variables}")
        values = np.array(values, dtype=np.float64)
        if values.shape not in (self.cards, (math.prod(self.cards),)):
            raise ValueError(f"values must have shape {self.cards}, not {values.shape}")
        self.values = values.reshape(self.cards)

    def product(self, other):
        cards = dict(zip(self.variables, self.cards))
        for variable, card in zip(other.variables, other.cards):
            if cards.setdefault(variable, card) != card:
                raise ValueError(f"cards of {variable!r} differ: {cards[variable]} and {card}")
        variables = tuple(cards)
        values = self._spread(variables) * other._spread(variables)
        return Factor(variables, cards.values(), values)

    def _spread(self, variables):
        own = [v for v in variables if v in self.variables]
        values = self.values.transpose([self.variables.index(v) for v in own])
        return values[tuple(slice(None) if v in own else None for v in variables)]

    def _axis(self, variable):
        if variable not in self.variables:
            raise ValueError(f"variable {variable!r} is not one of {self.variables}")
        return self.variables.index(variable)

    def marginalize(self, variable):
        axis = self._axis(variable)
        rest, cards = (list(self.variables), list(self.cards))
        del rest[axis], cards[axis]
        return Factor(rest, cards, self.values.sum(axis=axis))

    def reduce(self, evidence):
        fixed = {v: evidence[v] for v in self.variables if v in evidence}
        free = {v: card for v, card in zip(self.variables, self.cards) if v not in fixed}
        for variable, state in fixed.items():
            if not 0 <= state < self.cards[self._axis(variable)]:
                raise ValueError(f"evidence: {variable!r} has no state {state}")
        index = tuple(fixed.get(v, slice(None)) for v in self.variables)
        return Factor(free, free.values(), self.values[index])

    def normalize(self):
        return Factor(self.variables, self.cards, _normalized(self.values, "the factor"))


def _normalized(weights, what):
    total = weights.sum()
    if not 0 < total < math.inf:
        raise ValueError(f"{what} cannot be normalized: its mass is {total}")
    return weights / total


class BayesNet:
    def __init__(self):
        self.states = {}
        self.parents = {}
        self.cpts = {}

    def add(self, variable, states, parents, cpt):
        states, parents = (tuple(states), tuple(parents))
        cpt = np.array(cpt, dtype=np.float64)
        if variable in self.states:
            raise ValueError(f"variable {variable!r} was added before")
        if not states or len(set(states)) < len(states):
            raise ValueError(f"states of {variable!r} must be different names, not {states}")
        if len(set(parents)) < len(parents):
            raise ValueError(f"parents of {variable!r} repeat: {parents}")
        for parent in parents:
            if parent not in self.states:
                raise ValueError(f"parents: {parent!r} has not been added")
        shape = (*(len(self.states[p]) for p in parents), len(states))
        if cpt.shape != shape:
            raise ValueError(f"cpt of {variable!r} must have shape {shape}, not {cpt.shape}")
        if not (cpt >= 0).all():
            raise ValueError(f"cpt of {variable!r} has an entry that is negative or missing")
        if not (abs(cpt.sum(axis=-1) - 1) <= 1e-06).all():
            raise ValueError(f"cpt of {variable!r} has a row that does not sum to 1")
        self.states[variable], self.parents[variable], self.cpts[variable] = (states, parents, cpt)

    def joint(self, assignment):
        state = _indices(self, assignment)
        missing = self.states.keys() - state.keys()
        if missing:
            raise ValueError(f"assignment has no state for {sorted(missing, key=str)}")
        return math.prod(
            (
                float(cpt[tuple((state[u] for u in (*self.parents[v], v)))])
                for v, cpt in self.cpts.items()
            )
        )

    def topological_order(self):
        return list(self.states)


def _known(net, variable):
    if variable not in net.states:
        raise ValueError(f"variable {variable!r} is not in the network")
    return variable


def _indices(net, assignment):
    for variable, state in assignment.items():
        if state not in net.states[_known(net, variable)]:
            raise ValueError(f"{variable!r} has no state {state!r}")
    return {v: net.states[v].index(state) for v, state in assignment.items()}


def enumerate_query(net, query, evidence):
    known = _indices(net, evidence)
    whole = Factor((), (), 1.0)
    for variable in net.states:
        whole = whole.product(_table(net, variable, known))
    return _answer(net, _known(net, query), known, whole)


def _table(net, variable, known):
    axes = (*net.parents[variable], variable)
    return Factor(axes, net.cpts[variable].shape, net.cpts[variable]).reduce(known)


def _answer(net, query, known, factor):
    for variable in factor.variables:
        if variable != query:
            factor = factor.marginalize(variable)
    values = factor.values
    if query in known:
        values = values * (np.arange(len(net.states[query])) == known[query])
    return _normalized(values, "impossible evidence")


def eliminate(net, query, evidence, order=None):
    known = _indices(net, evidence)
    relevant = _ancestors(net, [_known(net, query), *known])
    if order is None:
        order = _min_fill(_moral_graph(net, relevant, known), {query})
    else:
        order = [v for v in _checked(net, order, {query, *known}) if v in relevant]
    factors = [_table(net, variable, known) for variable in relevant]
    for variable in order:
        merged, others = Factor((), (), 1.0), []
        for factor in factors:
            if variable in factor.variables:
                merged = merged.product(factor)
            else:
                others.append(factor)
        factors = [*others, merged.marginalize(variable)]
    whole = Factor((), (), 1.0)
    for factor in factors:
        whole = whole.product(factor)
    return _answer(net, query, known, whole)


def _checked(net, order, given):
    order = [_known(net, variable) for variable in order]
    if len(set(order)) < len(order):
        raise ValueError(f"order repeats a variable: {order}")
    lacking = net.states.keys() - given - set(order)
    if lacking:
        raise ValueError(f"order lacks {sorted(lacking, key=str)}")
    return [variable for variable in order if variable not in given]


def _ancestors(net, variables):
    above = set(variables)
    for variable in reversed(net.states):
        if variable in above:
            above.update(net.parents[variable])
    return [v for v in net.states if v in above]


def _moral_graph(net, variables, without=()):
    neighbours = {v: set() for v in variables if v not in without}
    for variable in variables:
        family = [v for v in (variable, *net.parents[variable]) if v not in without]
        for v in family:
            neighbours[v].update(family)
    for variable, near in neighbours.items():
        near.remove(variable)
    return neighbours


def _min_fill(neighbours, keep):
    waiting, order = ([v for v in neighbours if v not in keep], [])
    while waiting:
        fewest = math.inf
        for variable in waiting:
            near = neighbours[variable]
            fill = sum(len(near - neighbours[u]) - 1 for u in near)
            if fill < fewest:
                best, fewest = (variable, fill)
                if fill == 0:
                    break
        near = neighbours.pop(best)
        for u in near:
            neighbours[u] |= near
            neighbours[u] -= {u, best}
        waiting.remove(best)
        order.append(best)
    return order


def min_fill_order(net, keep):
    keep = [keep] if isinstance(keep, str) else list(keep)
    return _min_fill(_moral_graph(net, net.states), {_known(net, v) for v in keep})


def ancestral_sample(net, n, rng):
    _at_least(0, n=n)
    columns, _ = _weighted_samples(net, {}, n, rng)
    names = [[net.states[v][i] for i in column] for v, column in columns.items()]
    return [dict(zip(columns, row)) for row in zip(*names)]


def _at_least(least, **arguments):
    for name, value in arguments.items():
        if value < least:
            raise ValueError(f"{name} must be at least {least}, not {value}")


def _weighted_samples(net, known, n, rng):
    columns, weights = ({}, np.ones(n))
    for variable, cpt in net.cpts.items():
        rows = cpt[tuple(columns[p] for p in net.parents[variable])]
        rows = np.broadcast_to(rows, (n, cpt.shape[-1]))
        if variable in known:
            columns[variable] = np.full(n, known[variable])
            weights = weights * rows[:, known[variable]]
        else:
            steps = rows.cumsum(axis=1)
            heights = rng.random((n, 1)) * steps[:, -1:]
            columns[variable] = (steps <= heights).sum(axis=1)
    return (columns, weights)


def likelihood_weighting(net, query, evidence, n, rng):
    _at_least(1, n=n)
    known, card = (_indices(net, evidence), len(net.states[_known(net, query)]))
    columns, weights = _weighted_samples(net, known, n, rng)
    total = np.bincount(columns[query], weights, minlength=card)
    return _normalized(total, "evidence that no sample agrees with")


def gibbs(net, query, evidence, n, burn, rng):
    _at_least(1, n=n)
    _at_least(0, burn=burn)
    known, counts = (_indices(net, evidence), np.zeros(len(net.states[_known(net, query)])))
    state = _possible_state(net, known)
    conditionals = {v: _conditional(net, v) for v in net.states if v not in known}
    for sweep in range(burn + n):
        for variable, steps in conditionals.items():
            step = steps(state)
            state[variable] = bisect_right(step, rng.random() * step[-1])
        if sweep >= burn:
            counts[state[query]] += 1
    return counts / n


def _conditional(net, variable):
    tables = []
    for child in [variable] + [v for v, parents in net.parents.items() if variable in parents]:
        axes = [*net.parents[child], child]
        own = axes.index(variable)
        tables.append((np.moveaxis(net.cpts[child], own, -1), axes[:own] + axes[own + 1 :]))
    blanket = list(dict.fromkeys((v for _, axes in tables for v in axes)))
    seen = {}

    def steps(state):
        key = tuple([state[v] for v in blanket])
        if key not in seen:
            rows = [table[tuple(state[v] for v in axes)] for table, axes in tables]
            seen[key] = np.cumsum(np.prod(rows, axis=0)).tolist()
        return seen[key]

    return steps


def _possible_state(net, known):
    variables, waiting = (list(net.states), [{}])
    while waiting:
        state = waiting.pop()
        if len(state) == len(variables):
            return state
        variable = variables[len(state)]
        row = net.cpts[variable][tuple(state[p] for p in net.parents[variable])]
        choices = [known[variable]] if variable in known else np.argsort(row).tolist()
        waiting += [{**state, variable: i} for i in choices if row[i] > 0]
    raise ValueError("impossible evidence: no state has positive probability")


def posterior_cpt(counts, alpha):
    counts, alpha = (np.asarray(counts, dtype=np.float64), np.asarray(alpha, dtype=np.float64))
    for name, array in (("counts", counts), ("alpha", alpha)):
        if not (array >= 0).all():
            raise ValueError(f"{name} must not be negative")
    if counts.ndim == 0:
        raise ValueError("counts must have an axis for the states of the variable")
    if alpha.shape == counts.shape[:-1]:
        alpha = alpha[..., None]
    elif alpha.shape not in ((), counts.shape):
        raise ValueError(f"alpha must have shape {counts.shape[:-1]} or {counts.shape}")
    return _shares(counts + alpha)


def _shares(mass):
    total = mass.sum(axis=-1, keepdims=True)
    uniform = np.full(mass.shape, 1 / mass.shape[-1])
    return np.divide(mass, total, out=uniform, where=total > 0)


def prior_sweep(counts, alphas):
    tables = [posterior_cpt(counts, alpha) for alpha in alphas]
    return np.reshape(tables, (len(tables), *np.shape(counts)))


class TopicNet:
    def __init__(self, net):
        self.net = net
        self.topics, self.vocabulary = (list(net.states["topic"]), list(net.states["word"]))
        self._column = {word: i for i, word in enumerate(self.vocabulary)}
        self._log_prior, self._log_words = (np.log(net.cpts["topic"]), np.log(net.cpts["word"]))

    def update(self, prior, word):
        prior = _belief(prior, self.topics, "prior")
        with np.errstate(divide="ignore"):
            return _from_logs(np.log(prior) + self._evidence([word]))

    def posterior(self, words):
        return _from_logs(self._log_prior + self._evidence(_words(words)))

    def _evidence(self, words):
        columns = [self._column[w] for w in words if w in self._column]
        return self._log_words[:, columns].sum(axis=1)


def _words(document):
    return document.split() if isinstance(document, str) else list(document)


def _belief(values, topics, name):
    values = np.asarray(values, dtype=np.float64)
    if values.shape != (len(topics),) or not (values >= 0).all():
        raise ValueError(f"{name} must be {len(topics)} numbers that are not negative")
    return _normalized(values, name)


def _from_logs(logs):
    return _normalized(np.exp(logs - logs.max()), "the belief")


def _corpus(documents, labels, alpha):
    documents, labels = ([_words(document) for document in documents], list(labels))
    if len(documents) != len(labels) or not labels:
        raise ValueError(f"{len(documents)} documents with {len(labels)} labels")
    if not alpha > 0:
        raise ValueError(f"alpha must be positive, not {alpha}")
    topics = sorted(set(labels))
    vocabulary = sorted({word for document in documents for word in document})
    if not vocabulary:
        raise ValueError("documents must have at least one word")
    return (documents, np.array([topics.index(label) for label in labels]), topics, vocabulary)


def fit_topic_net(documents, labels, alpha):
    documents, topic_of, topics, vocabulary = _corpus(documents, labels, alpha)
    column = {word: i for i, word in enumerate(vocabulary)}
    counts = np.zeros((len(topics), len(vocabulary)))
    for topic, document in zip(topic_of, documents):
        np.add.at(counts[topic], [column[word] for word in document], 1)
    net = BayesNet()
    net.add("topic", topics, [], _shares(np.bincount(topic_of) + alpha))
    net.add("word", vocabulary, ["topic"], _shares(counts + alpha))
    return TopicNet(net)


class WordChain:
    def __init__(self, topics, vocabulary, prior, keys, counts, totals, alpha):
        self.topics, self.vocabulary, self.alpha = (topics, vocabulary, alpha)
        self._column = {word: i for i, word in enumerate(vocabulary)}
        self._log_prior, self._keys, self._counts = (np.log(prior), keys, counts)
        self._totals = totals

    def next_word(self, previous, topic_belief):
        belief = _belief(topic_belief, self.topics, "topic_belief")
        n_topics, n_words, u = (len(self.topics), len(self.vocabulary), self._row(previous))
        rate = belief / (self._totals[u] + self.alpha * n_words)
        run = slice(*np.searchsorted(self._keys, np.array([u, u + 1]) * n_topics * n_words))
        topic, word = np.divmod(self._keys[run] - u * n_topics * n_words, n_words)
        seen = np.bincount(word, self._counts[run] * rate[topic], minlength=n_words)
        return seen + self.alpha * rate.sum()

    def log_prob(self, words):
        words = _words(words)
        n_topics, n_words = (len(self.topics), len(self.vocabulary))
        pairs = [
            (self._row(u), self._column[w])
            for u, w in zip([None, *words], words)
            if w in self._column
        ]
        u, w = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        keys = (u[:, None] * n_topics + np.arange(n_topics)) * n_words + w[:, None]
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        counts = np.where(self._keys[at] == keys, self._counts[at], 0)
        rows = np.log(counts + self.alpha) - np.log(self._totals[u] + self.alpha * n_words)
        logs = self._log_prior + rows.sum(axis=0)
        return float(logs.max() + np.log(np.exp(logs - logs.max()).sum()))

    def perplexity(self, words):
        words = _words(words)
        if not words:
            raise ValueError("words must not be empty")
        return math.exp(-self.log_prob(words) / len(words))

    def _row(self, previous):
        unknown = len(self.vocabulary) + 1
        return unknown - 1 if previous is None else self._column.get(previous, unknown)


def fit_word_chain(documents, labels, alpha):
    documents, topic_of, topics, vocabulary = _corpus(documents, labels, alpha)
    n_topics, n_words = (len(topics), len(vocabulary))
    column = {word: i for i, word in enumerate(vocabulary)}
    keys, totals = ([np.zeros(0, dtype=np.int64)], np.zeros((n_words + 2, n_topics)))
    for topic, document in zip(topic_of, documents):
        ids = np.array([n_words] + [column[word] for word in document])
        keys.append((ids[:-1] * n_topics + topic) * n_words + ids[1:])
        np.add.at(totals[:, topic], ids[:-1], 1)
    keys, counts = np.unique(np.concatenate(keys), return_counts=True)
    prior = _shares(np.bincount(topic_of) + alpha)
    return WordChain(topics, vocabulary, prior, keys, counts, totals, alpha)


def d_separated(net, x, y, z):
    z = {_known(net, v) for v in z}
    if _known(net, x) == _known(net, y) or not z.isdisjoint({x, y}):
        raise ValueError(f"x and y must differ and not be in z, but are {x!r} and {y!r}")
    neighbours = _moral_graph(net, _ancestors(net, [x, y, *z]), without=z)
    reached, waiting = ({x}, [x])
    while waiting:
        new = neighbours[waiting.pop()] - reached
        reached |= new
        waiting += new
    return y not in reached
