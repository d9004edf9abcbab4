"""As much as possible in one array operation; states and variables are numbers throughout."""

from functools import cached_property

import numpy as np


class Factor:
    def __init__(self, variables, cards, values):
        self.variables, self.cards = list(variables), list(cards)
        if not len(set(self.variables)) == len(self.variables) == len(self.cards):
            raise ValueError("variables and cards must be different names with a size each")
        self.values = np.array(values, dtype=np.float64, order="C").reshape(tuple(self.cards))

    def _along(self, names):
        """Move and add axes so that they follow `names`."""
        extra = [v for v in names if v not in self.variables]
        values = self.values.reshape(self.values.shape + (1,) * len(extra))
        have = self.variables + extra
        return np.transpose(values, [have.index(v) for v in names])

    def product(self, other):
        shared = set(self.variables) & set(other.variables)
        for v in shared:
            mine = self.cards[self.variables.index(v)]
            if mine != other.cards[other.variables.index(v)]:
                raise ValueError(f"{v!r} has two cards")
        names = self.variables + [v for v in other.variables if v not in shared]
        values = self._along(names) * other._along(names)
        return Factor(names, values.shape, values)

    def marginalize(self, variable):
        try:
            axis = self.variables.index(variable)
        except ValueError:
            raise ValueError(f"variable {variable!r} is unknown") from None
        values = np.add.reduce(self.values, axis=axis)
        return Factor([v for v in self.variables if v != variable], np.shape(values), values)

    def reduce(self, evidence):
        values, names = self.values, []
        for v, card in zip(self.variables, self.cards):
            if v in evidence:
                state = int(evidence[v])
                if state < 0 or state >= card:
                    raise ValueError(f"{v!r}: no state {state}")
                values = values.take(state, axis=len(names))
            else:
                names.append(v)
        return Factor(names, np.shape(values), values)

    def normalize(self):
        total = self.values.sum()
        if total == 0.0:
            raise ValueError("zero mass")
        return Factor(self.variables, self.cards, self.values / total)


class BayesNet:
    def __init__(self):
        self.number, self.names, self.states, self.up, self.tables = {}, [], [], [], []

    def add(self, variable, states, parents, cpt):
        if variable in self.number:
            raise ValueError(f"{variable!r} is there already")
        if len(set(states)) < len(states):
            raise ValueError(f"states of {variable!r} repeat")
        up = [self.number.get(p, -1) for p in parents]
        if -1 in up or len(np.unique(up)) < len(up):
            raise ValueError(f"parents of {variable!r}: unknown or repeated")
        table = np.array(cpt, dtype=np.float64)
        if table.shape != (*(len(self.states[p]) for p in up), len(states)):
            raise ValueError(f"cpt of {variable!r} has shape {table.shape}")
        if not np.all(table >= 0) or not np.allclose(table.sum(-1), 1, rtol=0, atol=1e-6):
            raise ValueError(f"cpt of {variable!r} is not a table of probabilities")
        self.number[variable] = len(self.names)
        self.names.append(variable)
        self.states.append(tuple(states))
        self.up.append(up)
        self.tables.append(table)

    @property
    def ancestry(self):
        """Boolean matrix: is j an ancestor of i (or i itself)?"""
        matrix = np.eye(len(self.names), dtype=bool)
        for i, up in enumerate(self.up):
            for p in up:
                matrix[i] |= matrix[p]
        return matrix

    def find(self, variable):
        if variable not in self.number:
            raise ValueError(f"no variable {variable!r}")
        return self.number[variable]

    def read(self, evidence):
        found = {}
        for variable, state in evidence.items():
            i = self.find(variable)
            if state not in self.states[i]:
                raise ValueError(f"no state {state!r} of {variable!r}")
            found[i] = self.states[i].index(state)
        return found

    def joint(self, assignment):
        at = self.read(assignment)
        if set(at) != set(range(len(self.names))):
            raise ValueError("the assignment is not complete")
        terms = [
            t[tuple(at[j] for j in [*u, i])] for i, (u, t) in enumerate(zip(self.up, self.tables))
        ]
        return float(np.prod(terms))

    def topological_order(self):
        return sorted(self.names, key=lambda v: self.ancestry[self.number[v]].sum())


def _masked(net, i, known):
    """The table of variable i with zeros where the evidence says otherwise; no axis is dropped."""
    table = net.tables[i]
    for axis, j in enumerate([*net.up[i], i]):
        if j in known:
            mask = np.zeros(table.shape[axis])
            mask[known[j]] = 1
            table = table * mask.reshape([-1 if a == axis else 1 for a in range(table.ndim)])
    return table


def _finish(weights):
    total = weights.sum()
    if not total > 0:
        raise ValueError("evidence with probability zero")
    return weights / total


def enumerate_query(net, query, evidence):
    q, known, n = net.find(query), net.read(evidence), len(net.names)
    joint = np.ones([1] * n)
    for i in range(n):
        axes = [*net.up[i], i]
        table = _masked(net, i, known).transpose(np.argsort(axes))
        joint = joint * table.reshape([len(net.states[j]) if j in axes else 1 for j in range(n)])
    return _finish(joint.sum(axis=tuple(j for j in range(n) if j != q)))


def eliminate(net, query, evidence, order=None):
    q, known = net.find(query), net.read(evidence)
    relevant = np.flatnonzero(net.ancestry[[q, *known]].any(axis=0)).tolist()
    if order is not None:
        order = [net.find(v) for v in order]
        if len(set(order)) < len(order):
            raise ValueError("order repeats a variable")
        if set(range(len(net.names))) - set(order) - set(known) - {q}:
            raise ValueError("order is not complete")
        order = [i for i in order if i in relevant and i != q and i not in known]
    factors = []
    for i in relevant:
        axes = [*net.up[i], i]
        index = tuple(known.get(j, slice(None)) for j in axes)
        factors.append((frozenset(j for j in axes if j not in known), axes, net.tables[i][index]))
    factors = [(s, [j for j in axes if j not in known], t) for s, axes, t in factors]
    left = [i for i in relevant if i != q and i not in known]
    while left:
        if order is None:  # the variable whose new table is smallest
            scopes = {i: frozenset().union(*(s for s, *_ in factors if i in s)) for i in left}
            i = min(left, key=lambda i: np.prod([len(net.states[j]) for j in scopes[i]]))
        else:
            i = order[len(order) - len(left)]
        left.remove(i)
        used = [f for f in factors if i in f[0]]
        factors = [f for f in factors if i not in f[0]]
        scope = frozenset().union(*(s for s, *_ in used)) - {i}
        axes = sorted(scope)
        factors.append((scope, axes, _contract(used, axes)))
    weights = _contract(factors, [] if q in known else [q])
    if q in known:
        weights = weights * (np.arange(len(net.states[q])) == known[q])
    return _finish(weights)


def _contract(factors, keep):
    label = {}
    for _, axes, _ in factors:
        for j in axes:
            label.setdefault(j, len(label))
    arguments = []
    for _, axes, table in factors:
        arguments += [table, [label[j] for j in axes]]
    return np.einsum(*arguments, [label[j] for j in keep])


def min_fill_order(net, keep):
    keep = [keep] if isinstance(keep, str) else list(keep)
    kept = [net.find(v) for v in keep]
    n = len(net.names)
    near = np.zeros((n, n), dtype=bool)
    for i, up in enumerate(net.up):
        near[np.ix_([i, *up], [i, *up])] = True
    np.fill_diagonal(near, False)
    alive = np.ones(n, dtype=bool)
    order = []
    while True:
        choices = [i for i in np.flatnonzero(alive) if i not in kept]
        if not choices:
            return [net.names[i] for i in order]
        fills = []
        for i in choices:
            around = np.flatnonzero(near[i] & alive)
            block = near[np.ix_(around, around)]
            fills.append((len(around) * (len(around) - 1) - block.sum()) // 2)
        best = choices[int(np.argmin(fills))]
        around = np.flatnonzero(near[best] & alive)
        near[np.ix_(around, around)] = True
        np.fill_diagonal(near, False)
        alive[best] = False
        order.append(best)


def _simulate(net, known, n, rng):
    at, log_weight = np.empty((n, len(net.names)), dtype=int), np.zeros(n)
    for i, table in enumerate(net.tables):
        rows = table[tuple(at[:, net.up[i]].T)] if net.up[i] else np.tile(table, (n, 1))
        if i in known:
            at[:, i] = known[i]
            with np.errstate(divide="ignore"):
                log_weight += np.log(rows[:, known[i]])
        else:
            with np.errstate(divide="ignore"):  # Gumbel: the largest of log p + noise
                at[:, i] = np.argmax(np.log(rows) + rng.gumbel(size=rows.shape), axis=1)
    return at, log_weight


def ancestral_sample(net, n, rng):
    if n < 0:
        raise ValueError("n is negative")
    at, _ = _simulate(net, {}, n, rng)
    return [{v: net.states[i][row[i]] for i, v in enumerate(net.names)} for row in at]


def likelihood_weighting(net, query, evidence, n, rng):
    q, known = net.find(query), net.read(evidence)
    if n < 1:
        raise ValueError("n must be at least 1")
    at, log_weight = _simulate(net, known, n, rng)
    if log_weight.max() == -np.inf:
        raise ValueError("no sample agrees with the evidence")
    weight = np.exp(log_weight - log_weight.max())
    return _finish((weight[:, None] * (at[:, [q]] == np.arange(len(net.states[q])))).sum(axis=0))


def gibbs(net, query, evidence, n, burn, rng):
    q, known = net.find(query), net.read(evidence)
    if n < 1 or burn < 0:
        raise ValueError("n >= 1 and burn >= 0")
    at = _first(net, known, {}, rng)
    if at is None:
        raise ValueError("impossible evidence")
    hidden = [i for i in range(len(net.names)) if i not in known][::-1]
    below = [[j for j, up in enumerate(net.up) if i in up] for i in range(len(net.names))]
    seen = np.zeros(len(net.states[q]))
    for sweep in range(burn + n):
        for i in hidden:
            weights = net.tables[i][tuple(at[p] for p in net.up[i])]
            for j in below[i]:
                index = tuple(slice(None) if k == i else at[k] for k in [*net.up[j], j])
                weights = weights * net.tables[j][index]
            steps = weights.cumsum()
            at[i] = int((steps <= rng.uniform(0, steps[-1])).sum())
        seen[at[q]] += sweep >= burn
    return seen / n


def _first(net, known, at, rng):
    if len(at) == len(net.names):
        return at
    i = len(at)
    row = net.tables[i][tuple(at[p] for p in net.up[i])]
    for state in [known[i]] if i in known else rng.permutation(len(row)):
        if row[state] > 0:
            found = _first(net, known, {**at, i: int(state)}, rng)
            if found is not None:
                return found
    return None


def posterior_cpt(counts, alpha):
    counts, alpha = np.asarray(counts), np.asarray(alpha)
    if counts.ndim == 0 or not ((counts >= 0).all() and (alpha >= 0).all()):
        raise ValueError("negative counts or alpha")
    if alpha.ndim and alpha.shape == counts.shape[:-1]:
        alpha = np.expand_dims(alpha, -1)
    elif alpha.ndim and alpha.shape != counts.shape:
        raise ValueError("the shape of alpha")
    mass = counts + alpha
    mass = mass + (mass.sum(axis=-1, keepdims=True) == 0)
    return mass / mass.sum(axis=-1, keepdims=True)


def prior_sweep(counts, alphas):
    alphas = list(alphas)
    result = np.empty((len(alphas), *np.shape(counts)))
    for table, alpha in zip(result, alphas):
        table[...] = posterior_cpt(counts, alpha)
    return result


class Topics:
    """Works for both models; `row` is the table of words after each word, dense."""

    def __init__(self, documents, labels, alpha):
        documents = [np.array(d.split() if isinstance(d, str) else d, dtype=str) for d in documents]
        if len(documents) == 0 or len(documents) != len(labels):
            raise ValueError("as many labels as documents, and at least one")
        if alpha <= 0:
            raise ValueError("alpha > 0")
        names, topic = np.unique(labels, return_inverse=True)
        vocabulary, ids = np.unique(np.concatenate(documents), return_inverse=True)
        self.topics, self.vocabulary = names.tolist(), vocabulary.tolist()
        lengths = np.array([len(d) for d in documents])
        topic_of_word = np.repeat(topic, lengths)
        counts = np.zeros((len(names), len(vocabulary)))
        np.add.at(counts, (topic_of_word, ids), 1)
        self.net = BayesNet()
        size = np.bincount(topic) + alpha
        self.net.add("t", self.topics, (), size / size.sum())
        counts += alpha
        self.net.add("w", self.vocabulary, ("t",), counts / counts.sum(axis=1)[:, None])
        self.alpha, self.ids, self.topic_of_word, self.lengths = alpha, ids, topic_of_word, lengths
        self.log_prior, self.log_words = np.log(size / size.sum()), np.log(self.net.tables[1])

    @cached_property
    def place(self):
        return dict(zip(self.vocabulary, range(len(self.vocabulary))))

    @cached_property
    def row(self):
        k, v = len(self.topics), len(self.vocabulary)
        before = np.concatenate([[v], self.ids[:-1]])
        before[(np.cumsum(self.lengths) - self.lengths)[self.lengths > 0]] = v
        counts = np.full((k, v + 2, v), float(self.alpha))
        np.add.at(counts, (self.topic_of_word, before, self.ids), 1)
        return counts / counts.sum(axis=2, keepdims=True)

    def numbers(self, words):
        words = words.split() if isinstance(words, str) else words
        return np.array([self.place.get(w, -1) for w in words], dtype=int)

    def update(self, prior, word):
        prior = _normed(prior, self.log_prior.shape)
        return (
            _finish(prior * self.net.tables[1][:, self.place[word]])
            if word in self.place
            else prior
        )

    def posterior(self, words):
        ids = self.numbers(words)
        counts = np.bincount(ids[ids >= 0], minlength=len(self.vocabulary))
        logs = self.log_prior + self.log_words @ counts
        return _finish(np.exp(logs - logs.max()))

    def next_word(self, previous, topic_belief):
        v = len(self.vocabulary)
        u = v if previous is None else self.place.get(previous, v + 1)
        topic_belief = _normed(topic_belief, self.log_prior.shape)
        return np.tensordot(topic_belief, self.row[:, u], axes=1)

    def log_prob(self, words):
        ids = self.numbers(words)
        v = len(self.vocabulary)
        before = np.concatenate([[v], np.where(ids < 0, v + 1, ids)[:-1]]).astype(int)[: len(ids)]
        logs = np.log(self.row[:, before[ids >= 0], ids[ids >= 0]]).sum(axis=1)
        return np.logaddexp.reduce(self.log_prior + logs)

    def perplexity(self, words):
        if self.numbers(words).size == 0:
            raise ValueError("a perplexity needs words")
        return np.exp(-self.log_prob(words) / len(self.numbers(words)))


def _normed(p, shape):
    p = np.array(p, dtype=float)
    if p.shape != shape or (p < 0).any() or p.sum() == 0:
        raise ValueError(f"expected probabilities of shape {shape}")
    return p / p.sum()


def fit_topic_net(documents, labels, alpha):
    return Topics(documents, labels, alpha)


def fit_word_chain(documents, labels, alpha):
    return Topics(documents, labels, alpha)


def d_separated(net, x, y, z):
    """The moral graph of the ancestors as a matrix, and its transitive closure."""
    x, y, z = net.find(x), net.find(y), [net.find(v) for v in z]
    if x == y or x in z or y in z:
        raise ValueError("x and y must be two variables that are not in z")
    n = len(net.names)
    relevant = net.ancestry[[x, y, *z]].any(axis=0)
    reach = np.eye(n, dtype=bool)
    for i in np.flatnonzero(relevant):
        reach[np.ix_([i, *net.up[i]], [i, *net.up[i]])] = True
    reach[z] = reach[:, z] = False
    for _ in range(n.bit_length()):
        reach = reach @ reach
    return not reach[x, y]
