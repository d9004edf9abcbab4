# %% [markdown]
# # Bayesian networks for language
#
# You read the words *the king*, and you already believe something about the text: not a cookbook,
# perhaps a history play. Read on: *is a thing*, and the belief moves. **What should one believe
# after each word, and which word should one expect next?** A language model answers the second
# question and keeps the first answer to itself. Here you write out both, in numbers that can be
# read.
#
# Every language model rests on one identity, the chain rule: a text of words $w_1 \dots w_n$ has
# probability
#
# $$P(w_1, \dots, w_n) = \prod_{i=1}^{n} P(w_i \mid w_1, \dots, w_{i-1}).$$
#
# It is a drawing: an arrow from each word to all later ones. Such a table of probabilities
# cannot be stored, so something has to give, and the models differ in what they give up:
#
# ```text
#  bigram model              topic model                topic and chain (q8)
#
#  w1 → w2 → w3 → w4            topic                        topic
#                             ↙  ↓  ↓  ↘                   ↙  ↓  ↓  ↘
#                           w1  w2  w3  w4               w1 → w2 → w3 → w4
# ```
#
# Such a drawing with a table at each node is a *Bayesian network*. A transformer keeps all arrows
# and computes the table; the questions that you can ask remain the same. You will build the
# arithmetic of tables (q1), the network (q2), exact answers the slow way and the fast way (q3, q4),
# answers by sampling (q5), tables learned from counts (q6), and then two models of Shakespeare: one
# that believes a topic after each word (q7) and one that also predicts the next word (q8).
#
# **A running example, the spell checker.** A word is flagged. Is it a typo, or only a name?
#
# ```text
#    name      typo        P(name = yes) = 0.1            P(typo = yes) = 0.05
#    ↙  ↘      ↙           P(capital = yes | name): yes 0.9, no 0.1
# capital  flagged         P(flagged = yes | name, typo):  no, no 0.01    no, yes 0.9
#                                                         yes, no 0.6   yes, yes 0.95
# ```
#
# **Conventions.** A *variable* has a name and finitely many *states*, also names (anything
# hashable: strings, numbers, booleans). $\mathrm{card}(X)$ is the number of states of $X$. Evidence
# and assignments are dicts variable → state name; only a `Factor` speaks of state *indices*, from
# 0. An answer about a query is a float64 array over the query's states, in their order. Bad
# arguments, unknown variables and unknown states raise `ValueError`. What the caller passes in is
# never modified. `rng` is a `numpy.random.Generator`, and the only source of chance.
#
# **Rules.** NumPy and the standard library.

# %%
import math
from bisect import bisect_right
from collections import Counter, defaultdict

import numpy as np

# %% [markdown]
# ## q1 · Tables whose axes have names
#
# A *factor* $\phi(X_1, \dots, X_m)$ is an array with one axis per variable, of shape
# $(\mathrm{card}(X_1), \dots, \mathrm{card}(X_m))$, and entries $\ge 0$. A table of probabilities
# is a factor, but so is any table on the way to an answer, whether it sums to one or not. Four
# operations are enough for all exact inference:
#
# | | mathematics | on arrays |
# | --- | --- | --- |
# | product | $(\phi\psi)(x,y,z) = \phi(x,y)\,\psi(y,z)$ | match axes **by name**, broadcast |
# | marginalize | $\sum_y \phi(x,y)$ | sum over an axis |
# | reduce | $\phi(x, y{=}1)$ | index an axis, which is then gone |
# | normalize | $\phi / \sum \phi$ | divide by the sum |
#
# **By hand.** Take $\phi(N)$ with values $(0.9, 0.1)$ for *no* and *yes*, and $\psi(C, N)$ with
# `psi.values[c, n]` $= P(C{=}c \mid N{=}n)$, the axes in this order:
#
# $$\phi = (0.9,\ 0.1), \qquad \psi = \begin{pmatrix}0.9&0.1\\0.1&0.9\end{pmatrix}, \qquad
# (\phi\,\psi)(N, C) = \begin{pmatrix}0.9\cdot0.9&0.9\cdot0.1\\0.1\cdot0.1&0.1\cdot0.9\end{pmatrix}
# = \begin{pmatrix}0.81&0.09\\0.01&0.09\end{pmatrix}.$$
#
# The product has the order of $\phi$ first, $(N, C)$, so $\psi$ is *transposed* on the way.
# Reduced to $C{=}1$ it is $(0.09, 0.09)$, normalized $(0.5, 0.5)$: a capital letter turns one
# chance in ten of a name into an even bet. Summing over $C$ instead gives back $(0.9, 0.1)$.
#
# Evidence *slices*, it does not sum: knowing something is not the same as not caring.


# %% tags=["q1"]
class Factor:
    """A table over named variables, which may be multiplied with others in any order of axes.

    Methods return new factors and leave their operands as they are.

    Args:
        variables: names of the axes, all different.
        cards: number of states of each variable.
        values: array-like of shape `cards`, or flat in C order (the last variable runs fastest).

    Attributes:
        variables, cards: as given. Both are empty for a factor that is only a number.
        values: float64 array of shape `cards`.

    Raises:
        ValueError: a variable is named twice, or the sizes do not fit.
    """

    def __init__(self, variables, cards, values):
        # BEGIN SOLUTION
        self.variables, self.cards = tuple(variables), tuple(cards)
        if len(set(self.variables)) < len(self.variables):
            raise ValueError(f"variables must all be different, but are {self.variables}")
        if len(self.cards) != len(self.variables):
            raise ValueError(f"cards must have an entry for each of {self.variables}")
        values = np.array(values, dtype=np.float64)
        if values.shape not in (self.cards, (math.prod(self.cards),)):
            raise ValueError(f"values must have shape {self.cards}, not {values.shape}")
        self.values = values.reshape(self.cards)
        # END SOLUTION

    def product(self, other):
        """The product with another factor, entry by entry where the shared variables agree.

        Returns:
            A factor over the variables of `self`, in their order, then the new ones of `other`.

        Raises:
            ValueError: a shared variable has another number of states in `other`.
        """
        # BEGIN SOLUTION
        cards = dict(zip(self.variables, self.cards))
        for variable, card in zip(other.variables, other.cards):
            if cards.setdefault(variable, card) != card:
                raise ValueError(f"cards of {variable!r} differ: {cards[variable]} and {card}")
        variables = tuple(cards)  # a dict keeps the order in which its keys came
        values = self._spread(variables) * other._spread(variables)
        return Factor(variables, cards.values(), values)
        # END SOLUTION

    # BEGIN SOLUTION NO PROMPT
    def _spread(self, variables):
        """The values with one axis for each of `variables`, of length 1 where there was none."""
        own = [v for v in variables if v in self.variables]
        values = self.values.transpose([self.variables.index(v) for v in own])
        return values[tuple(slice(None) if v in own else None for v in variables)]

    def _axis(self, variable):
        if variable not in self.variables:
            raise ValueError(f"variable {variable!r} is not one of {self.variables}")
        return self.variables.index(variable)

    # END SOLUTION

    def marginalize(self, variable):
        """Sum a variable out.

        Args:
            variable: one name.

        Raises:
            ValueError: the factor has no such variable.
        """
        # BEGIN SOLUTION
        axis = self._axis(variable)
        rest, cards = list(self.variables), list(self.cards)
        del rest[axis], cards[axis]
        return Factor(rest, cards, self.values.sum(axis=axis))
        # END SOLUTION

    def reduce(self, evidence):
        """Keep only what agrees with the evidence, and drop the axes that are fixed by it.

        Args:
            evidence: dict variable -> index of its state. Names that the factor does not have are
                ignored.

        Raises:
            ValueError: an index is not one of 0 … card − 1.
        """
        # BEGIN SOLUTION
        fixed = {v: evidence[v] for v in self.variables if v in evidence}
        free = {v: card for v, card in zip(self.variables, self.cards) if v not in fixed}
        for variable, state in fixed.items():
            if not 0 <= state < self.cards[self._axis(variable)]:  # −1 would be the last one
                raise ValueError(f"evidence: {variable!r} has no state {state}")
        index = tuple(fixed.get(v, slice(None)) for v in self.variables)
        return Factor(free, free.values(), self.values[index])
        # END SOLUTION

    def normalize(self):
        """Divide by the sum of all values.

        Raises:
            ValueError: the values sum to 0.
        """
        # BEGIN SOLUTION
        return Factor(self.variables, self.cards, _normalized(self.values, "the factor"))
        # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _normalized(weights, what):
    total = weights.sum()
    if not 0 < total < math.inf:
        raise ValueError(f"{what} cannot be normalized: its mass is {total}")
    return weights / total


# END SOLUTION

# %% [markdown]
# ## q2 · The network
#
# A Bayesian network is a directed graph without cycles. Each variable $X$ has a *conditional
# probability table* (CPT) given its parents $U_1, \dots, U_m$, an array of shape
# $(\mathrm{card}(U_1), \dots, \mathrm{card}(U_m), \mathrm{card}(X))$:
#
# $$\texttt{cpt}[u_1, \dots, u_m, x] = P(X{=}x \mid U_1{=}u_1, \dots, U_m{=}u_m), \qquad
# \sum_x \texttt{cpt}[u_1, \dots, u_m, x] = 1.$$
#
# All tables together are a joint distribution, and the graph says which arrows of the chain rule
# were left out:
#
# $$P(x_1, \dots, x_n) = \prod_{i} P(x_i \mid \text{parents of } X_i).$$
#
# **By hand.** A typo, no name, no capital, flagged:
# $P = 0.9 \cdot 0.05 \cdot 0.9 \cdot 0.9 = 0.03645$ (not a name, a typo, no capital given no name,
# flagged given both). Four variables of two states need $1 + 1 + 2 + 4 = 8$ numbers instead of
# $2^4 - 1 = 15$; forty variables with at most two parents need 160 instead of $10^{12}$.
#
# If parents have to be there before their children, a cycle cannot even be written down.


# %% tags=["q2"]
class BayesNet:
    """A Bayesian network over variables with finitely many states.

    Attributes:
        states: dict variable -> tuple of its state names.
        parents: dict variable -> tuple of its parents.
        cpts: dict variable -> array of shape (cards of the parents…, card of the variable).
    """

    def __init__(self):  # given
        self.states = {}
        self.parents = {}
        self.cpts = {}

    def add(self, variable, states, parents, cpt):
        """Add a variable. Its parents must have been added before.

        Args:
            variable: its name, hashable.
            states: sequence of the names of its states, all different, at least one.
            parents: sequence of names, may be empty.
            cpt: array-like of shape (cards of the parents, in their order…, card of `variable`).

        Raises:
            ValueError: the variable is there already; a parent is unknown, repeated or the variable
                itself; a state is repeated; `cpt` has another shape, a negative entry or NaN, or a
                row whose sum is off 1 by more than 1e-6.
        """
        # BEGIN SOLUTION
        states, parents = tuple(states), tuple(parents)
        cpt = np.array(cpt, dtype=np.float64)
        if variable in self.states:
            raise ValueError(f"variable {variable!r} was added before")
        if not states or len(set(states)) < len(states):
            raise ValueError(f"states of {variable!r} must be different names, not {states}")
        if len(set(parents)) < len(parents):
            raise ValueError(f"parents of {variable!r} repeat: {parents}")
        for parent in parents:  # the variable itself is not there yet, which rules out cycles
            if parent not in self.states:
                raise ValueError(f"parents: {parent!r} has not been added")
        shape = (*(len(self.states[p]) for p in parents), len(states))
        if cpt.shape != shape:
            raise ValueError(f"cpt of {variable!r} must have shape {shape}, not {cpt.shape}")
        if not (cpt >= 0).all():  # false for NaN too
            raise ValueError(f"cpt of {variable!r} has an entry that is negative or missing")
        if not (abs(cpt.sum(axis=-1) - 1) <= 1e-6).all():
            raise ValueError(f"cpt of {variable!r} has a row that does not sum to 1")
        self.states[variable], self.parents[variable], self.cpts[variable] = states, parents, cpt
        # END SOLUTION

    def joint(self, assignment):
        """Probability of an assignment of *all* variables, a float.

        Args:
            assignment: dict variable -> state name.

        Raises:
            ValueError: a variable is missing or unknown, or a state is unknown.
        """
        # BEGIN SOLUTION
        state = _indices(self, assignment)
        missing = self.states.keys() - state.keys()
        if missing:
            raise ValueError(f"assignment has no state for {sorted(missing, key=str)}")
        return math.prod(
            float(cpt[tuple(state[u] for u in (*self.parents[v], v))])
            for v, cpt in self.cpts.items()
        )
        # END SOLUTION

    def topological_order(self):
        """List of all variables, each after its parents."""
        # BEGIN SOLUTION
        return list(self.states)  # they could not be added in any other way
        # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _known(net, variable):
    if variable not in net.states:
        raise ValueError(f"variable {variable!r} is not in the network")
    return variable


def _indices(net, assignment):
    """The same assignment with indices in the place of state names."""
    for variable, state in assignment.items():
        if state not in net.states[_known(net, variable)]:
            raise ValueError(f"{variable!r} has no state {state!r}")
    return {v: net.states[v].index(state) for v, state in assignment.items()}


# END SOLUTION

# %% [markdown]
# ## q3 · The answer by definition
#
# A *query* asks for one variable $Q$ given *evidence* $E{=}e$. All other variables, $H$, are
# hidden, and nobody asks about them, so they are summed out:
#
# $$P(Q{=}q \mid E{=}e) = \frac{1}{Z}\sum_{h} P(Q{=}q,\ E{=}e,\ H{=}h), \qquad
# Z = \sum_{q}\sum_{h} P(Q{=}q,\ E{=}e,\ H{=}h) = P(E{=}e).$$
#
# **By hand.** Is a flagged word a typo? Sum over *name* (and *capital*, which sums to one):
#
# | typo | name = no | name = yes | sum | sum / $Z$ |
# | --- | --- | --- | --- | --- |
# | no | $0.9\cdot0.95\cdot0.01 = 0.00855$ | $0.1\cdot0.95\cdot0.6 = 0.057$ | 0.06555 | 0.592 |
# | yes | $0.9\cdot0.05\cdot0.9=0.0405$ | $0.1\cdot0.05\cdot0.95=0.00475$ | 0.04525 | **0.408** |
#
# with $Z = 0.06555 + 0.04525 = 0.1108$.
#
# Now the word also has a capital letter: multiply the column *no* by 0.1, the column *yes* by 0.9,
# and the 41 % fall to **14 %**. A capital says nothing about typing. But it makes a name likely,
# the name explains the flag, and the typo is no longer needed. This is *explaining away*, and no
# chain of rules "if … then …" does it.
#
# Evidence that cannot happen has $Z = 0$ and no answer. Whoever has $k$ hidden variables of two
# states sums $2^k$ terms: fine for twenty.


# %% tags=["q3"]
def enumerate_query(net, query, evidence):
    """Answer a query by summing the joint distribution over all hidden states.

    Args:
        net: a `BayesNet` (small: all combinations of hidden states are gone through).
        query: a variable.
        evidence: dict variable -> state name, may be empty. If it contains the query, the answer
            is certainty: 1 for that state, 0 for the others.

    Returns:
        Array of shape (card of the query,), the posterior probabilities in the order of its states.

    Raises:
        ValueError: an unknown variable or state, or evidence of probability 0.
    """
    # BEGIN SOLUTION
    known = _indices(net, evidence)
    tables = [_sliced(net, variable, known) for variable in net.states]
    return _answer(net, _known(net, query), known, tables)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
# A table is a pair (values, names of its axes). `Factor` would do; these pairs leave the work to
# one einsum, which multiplies and sums at once and never stores the product.
def _sliced(net, variable, known):
    """The CPT of a variable where the evidence has been cut out."""
    axes = (*net.parents[variable], variable)
    values = net.cpts[variable][tuple([known.get(v, slice(None)) for v in axes])]
    return values, [v for v in axes if v not in known]


def _sum_product(tables, keep):
    """Multiply tables and sum over all variables that are not in `keep`."""
    while len(tables) > 32:  # einsum has limits (63 tables), products of thousands underflow
        tables = sorted(tables, key=lambda table: len(table[1]))
        axes = list(dict.fromkeys(v for _, axes in tables[:32] for v in axes))
        values = _sum_product(tables[:32], axes)
        tables = [*tables[32:], (values / (values.max() or 1), axes)]
    labels = {v: i for i, v in enumerate(keep)}
    operands = []
    for values, axes in tables:
        operands += [values, [labels.setdefault(v, len(labels)) for v in axes]]
    return np.einsum(*operands, list(range(len(keep))))


def _answer(net, query, known, tables):
    """Posterior of the query, from tables in which nothing else is left to be kept."""
    if query not in known:
        return _normalized(_sum_product(tables, [query]), "impossible evidence")
    certain = np.arange(len(net.states[query])) == known[query]
    return _normalized(certain * _sum_product(tables, []), "impossible evidence")


# END SOLUTION

# %% [markdown]
# ## q4 · The same sum in a better order
#
# How likely is it that word 100 of a text is *king*, in a bigram model with $V$ words? The
# definition sums over $V^{99}$ beginnings. But most factors do not know most variables, and a
# factor that does not depend on $x$ can wait outside of $\sum_x$:
#
# $$\sum_{x_1, x_2, x_3} P(x_1)P(x_2|x_1)P(x_3|x_2)P(x_4|x_3) =
#   \sum_{x_3} P(x_4|x_3) \underbrace{\sum_{x_2} P(x_3|x_2)
#   \underbrace{\sum_{x_1} P(x_1) P(x_2|x_1)}_{\text{table over } x_2}}_{\text{table over } x_3}$$
#
# Each step costs $V^2$, the whole $99\,V^2$. This is *variable elimination*. To eliminate $X$: take
# all tables that have $X$, multiply them, sum $X$ out, put the result back. When only the query is
# left, multiply and normalize.
#
# The **order** changes nothing in the answer and everything in the price. In the moral graph every
# variable is joined to its parents and parents of a common child to each other: two variables are
# neighbours if some table has both. Eliminating $X$ makes one table over all neighbours of $X$, so
# they all become neighbours of each other. The edges that this adds are its *fill*. The
# **min-fill** rule: eliminate a variable of smallest fill, add those edges, remove it, repeat. It
# is greedy, not optimal (that would be NP-hard), and it is hard to beat.
#
# **By hand.** The spell checker's moral graph has the edges capital–name, name–flagged,
# typo–flagged and, because both are parents of *flagged*, name–typo. Keep *typo*. Fill of
# *capital*: one neighbour, so 0. Of *flagged*: its neighbours name and typo are joined already, 0.
# Of *name*: neighbours capital, flagged, typo, of which two pairs are not joined, 2. So *name*
# is not the first. (With *capital* gone its fill is 0 too.) In a topic model with 1 000 words
# eliminating the topic first would make a table over all words at once.
#
# One more saving. A variable that is neither query nor evidence and has no such descendant is
# *barren*: its table sums to one and may be left out, and so on upwards. Only **ancestors of query
# and evidence** count. For a query about word 3 nobody has to look at words 4 to 1 000.
#
# ![The network of the spell checker; its moral graph, in which name and typo are joined too; and a
# chain of five variables, each summed out into a message to the next](messages.svg)
#
# **For your report, 1 (2 points).** A topic and 1 000 words that depend on it, all with two states;
# asked is $P(\text{word 1})$. How many entries has the largest table if the topic is eliminated
# first, and how many with the order of min-fill? Why does even a good order not help a transformer,
# in whose drawing each word has arrows from all earlier ones?


# %% tags=["q4"]
def eliminate(net, query, evidence, order=None):
    """Answer a query by variable elimination.

    Args:
        net, query, evidence: as for `enumerate_query`.
        order: order of elimination, which does not change the answer: a sequence of different
            variables that contains every hidden one (neither query nor evidence; others in it are
            skipped). By default a good order is found, so that sparse networks of dozens of
            variables take milliseconds.

    Returns:
        Array of shape (card of the query,).

    Raises:
        ValueError: as `enumerate_query`, or `order` repeats a variable, has an unknown one, or
            lacks a hidden one.
    """
    # BEGIN SOLUTION
    known = _indices(net, evidence)
    relevant = _ancestors(net, [_known(net, query), *known])  # the others are barren
    if order is None:
        order = _min_fill(_moral_graph(net, relevant, known), {query})
    else:
        order = [v for v in _checked(net, order, {query, *known}) if v in relevant]
    tables = [_sliced(net, variable, known) for variable in relevant]
    for variable in order:
        touching = [table for table in tables if variable in table[1]]
        tables = [table for table in tables if variable not in table[1]]
        rest = list(dict.fromkeys(v for _, axes in touching for v in axes))
        rest.remove(variable)
        tables.append((_sum_product(touching, rest), rest))
    return _answer(net, query, known, tables)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _checked(net, order, given):
    """The variables of an order that are to be eliminated."""
    order = [_known(net, variable) for variable in order]
    if len(set(order)) < len(order):
        raise ValueError(f"order repeats a variable: {order}")
    lacking = net.states.keys() - given - set(order)
    if lacking:
        raise ValueError(f"order lacks {sorted(lacking, key=str)}")
    return [variable for variable in order if variable not in given]


def _ancestors(net, variables):
    """The variables, their parents, the parents of these, and so on, in the network's order."""
    above = set(variables)
    for variable in reversed(net.states):  # children before their parents
        if variable in above:
            above.update(net.parents[variable])
    return [v for v in net.states if v in above]


def _moral_graph(net, variables, without=()):
    """Neighbours of each of `variables`: parents, children, and the other parents of these.

    `variables` contains the parents of its members. Those in `without` are left out.
    """
    neighbours = {v: set() for v in variables if v not in without}
    for variable in variables:
        family = [v for v in (variable, *net.parents[variable]) if v not in without]
        for v in family:
            neighbours[v].update(family)
    for variable, near in neighbours.items():
        near.remove(variable)
    return neighbours


def _min_fill(neighbours, keep):
    """Greedy order in which few edges are added. Uses up the graph."""
    waiting, order = [v for v in neighbours if v not in keep], []
    while waiting:
        fewest = math.inf
        for variable in waiting:
            near = neighbours[variable]
            # Each missing edge is seen from both ends, and each u is missing in its own set.
            fill = sum(len(near - neighbours[u]) - 1 for u in near)
            if fill < fewest:
                best, fewest = variable, fill
                if fill == 0:  # nothing can be better
                    break
        near = neighbours.pop(best)
        for u in near:
            neighbours[u] |= near
            neighbours[u] -= {u, best}
        waiting.remove(best)
        order.append(best)
    return order


# END SOLUTION


def min_fill_order(net, keep):
    """Order of elimination by the min-fill rule on the moral graph.

    Args:
        net: a `BayesNet`.
        keep: a variable, or a collection of variables, that are not to be eliminated. They stay in
            the graph: edges between them count.

    Returns:
        List of all variables that are not in `keep`. At each step the next one is a variable whose
        elimination adds the fewest edges to the graph as it is then; ties are yours to break.

    Raises:
        ValueError: a variable in `keep` is unknown.
    """
    # BEGIN SOLUTION
    keep = [keep] if isinstance(keep, str) else list(keep)
    return _min_fill(_moral_graph(net, net.states), {_known(net, v) for v in keep})
    # END SOLUTION


# %% [markdown]
# ## q5 · Sampling
#
# When a network is too tangled for exact sums, one can still *generate* from it, as a language
# model does: one variable after the other, each given those before it. Three methods:
#
# **Ancestral sampling.** In topological order draw $x_i \sim P(X_i \mid \text{parents})$. The
# result is an exact sample of the joint distribution.
#
# **Likelihood weighting.** The same, but evidence variables are not drawn: they are set to what was
# seen, and the sample gets as its weight how probable that was,
#
# $$w = \prod_{E \in \text{evidence}} P(e \mid \text{parents of } E), \qquad
# P(Q{=}q \mid e) \approx \frac{\sum_{s} w_s\,[q_s = q]}{\sum_s w_s}.$$
#
# **Gibbs sampling.** Start from any state of all hidden variables with positive probability. Then
# go through them again and again, and redraw each given all others. In the joint distribution only
# those factors matter that contain $X$: its own table **and those of its children**,
#
# $$P(x \mid \text{all others}) \propto P(x \mid \text{parents of } X)
# \prod_{C \in \text{children}} P(c \mid \text{parents of } C).$$
#
# One round through all hidden variables is a *sweep*. The first `burn` sweeps still remember the
# start and are thrown away; of the next `n` each counts once. Masked language models can be
# sampled in this way, one mask at a time.
#
# **By hand.** Evidence flagged = yes, capital = yes. A sample of likelihood weighting has drawn
# name = yes, typo = no: $w = P(\text{capital}|\text{name}) \cdot
# P(\text{flagged}|\text{name, no typo}) = 0.9 \cdot 0.6 = 0.54$. Gibbs redraws *name* there with
# weights $0.9 \cdot 0.1 \cdot 0.01 = 0.0009$ (no) and $0.1 \cdot 0.9 \cdot 0.6 = 0.054$ (yes).
#
# How far off may an estimate be? A share $p$ of $n$ independent samples has standard deviation
# $\sqrt{p(1-p)/n}$: with $n = 10\,000$ at most half a per cent. Weighted or correlated samples are
# worth fewer. The tests compute that number for their networks and allow six of it.
#
# **For your report, 2 (2 points).** In the first figure at the end, how many samples does each of
# the two methods need for a root mean square error of 0.01, and how many independent samples would
# do? What makes the samples of each method worth less?


# %% tags=["q5"]
def ancestral_sample(net, n, rng):
    """Draw from the joint distribution.

    Args:
        net: a `BayesNet`.
        n: number of samples, an integer >= 0.
        rng: a `numpy.random.Generator`.

    Returns:
        List of n dicts variable -> state name, each with all variables.

    Raises:
        ValueError: `n` < 0.
    """
    # BEGIN SOLUTION
    _at_least(0, n=n)
    columns, _ = _weighted_samples(net, {}, n, rng)
    names = [[net.states[v][i] for i in column] for v, column in columns.items()]
    return [dict(zip(columns, row)) for row in zip(*names)]
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _at_least(least, **arguments):
    for name, value in arguments.items():
        if value < least:
            raise ValueError(f"{name} must be at least {least}, not {value}")


def _weighted_samples(net, known, n, rng):
    """Samples as a dict variable -> state indices (n,), and their weights (n,)."""
    columns, weights = {}, np.ones(n)
    for variable, cpt in net.cpts.items():  # parents first, as they were added
        rows = cpt[tuple(columns[p] for p in net.parents[variable])]  # (n, card)
        rows = np.broadcast_to(rows, (n, cpt.shape[-1]))  # without parents it is one row for all
        if variable in known:
            columns[variable] = np.full(n, known[variable])
            weights = weights * rows[:, known[variable]]
        else:
            # The state is the number of steps of the cumulative sum at or below a random height.
            steps = rows.cumsum(axis=1)
            heights = rng.random((n, 1)) * steps[:, -1:]
            columns[variable] = (steps <= heights).sum(axis=1)
    return columns, weights


# END SOLUTION


def likelihood_weighting(net, query, evidence, n, rng):
    """Estimate the posterior of a query from n weighted samples.

    Args:
        net, query, evidence: as for `enumerate_query`.
        n: number of samples, an integer >= 1.
        rng: a `numpy.random.Generator`.

    Returns:
        Array of shape (card of the query,), which sums to 1.

    Raises:
        ValueError: an unknown variable or state, `n` < 1, or no sample has a positive weight.
    """
    # BEGIN SOLUTION
    _at_least(1, n=n)
    known, card = _indices(net, evidence), len(net.states[_known(net, query)])
    columns, weights = _weighted_samples(net, known, n, rng)
    total = np.bincount(columns[query], weights, minlength=card)
    return _normalized(total, "evidence that no sample agrees with")
    # END SOLUTION


def gibbs(net, query, evidence, n, burn, rng):
    """Estimate the posterior of a query by Gibbs sampling.

    Args:
        net, query, evidence: as for `enumerate_query`.
        n: number of sweeps that are used, an integer >= 1.
        burn: number of sweeps before them that are not, an integer >= 0.
        rng: a `numpy.random.Generator`.

    Returns:
        Array of shape (card of the query,), which sums to 1. (It is right in the limit if the chain
        can get from every possible state to every other.)

    Raises:
        ValueError: an unknown variable or state, `n` < 1, `burn` < 0, or evidence of probability 0.
    """
    # BEGIN SOLUTION
    _at_least(1, n=n)
    _at_least(0, burn=burn)
    known, counts = _indices(net, evidence), np.zeros(len(net.states[_known(net, query)]))
    state = _possible_state(net, known)  # dict variable -> index, redrawn in place
    conditionals = {v: _conditional(net, v) for v in net.states if v not in known}
    for sweep in range(burn + n):
        for variable, steps in conditionals.items():
            step = steps(state)
            state[variable] = bisect_right(step, rng.random() * step[-1])
        if sweep >= burn:
            counts[state[query]] += 1
    return counts / n
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _conditional(net, variable):
    """A function: state of all others -> cumulative weights of the variable's own states."""
    tables = []  # (table with the variable's own axis last, the other axes)
    for child in [variable] + [v for v, parents in net.parents.items() if variable in parents]:
        axes = [*net.parents[child], child]
        own = axes.index(variable)
        tables.append((np.moveaxis(net.cpts[child], own, -1), axes[:own] + axes[own + 1 :]))
    blanket = list(dict.fromkeys(v for _, axes in tables for v in axes))
    seen = {}  # few states of the blanket come up, and they come up often

    def steps(state):
        key = tuple([state[v] for v in blanket])
        if key not in seen:
            rows = [table[tuple(state[v] for v in axes)] for table, axes in tables]
            seen[key] = np.cumsum(np.prod(rows, axis=0)).tolist()
        return seen[key]

    return steps


def _possible_state(net, known):
    """Some state of all variables with positive probability, by search in depth."""
    variables, waiting = list(net.states), [{}]  # parents first; partial states
    while waiting:
        state = waiting.pop()
        if len(state) == len(variables):
            return state
        variable = variables[len(state)]
        row = net.cpts[variable][tuple(state[p] for p in net.parents[variable])]
        # In ascending order, so that the likeliest is taken up first.
        choices = [known[variable]] if variable in known else np.argsort(row).tolist()
        waiting += [{**state, variable: i} for i in choices if row[i] > 0]
    raise ValueError("impossible evidence: no state has positive probability")


# END SOLUTION

# %% [markdown]
# ## q6 · Tables from counts
#
# Where do the numbers of a CPT come from? From counting, with care. One row of the table is an
# unknown distribution $\theta = (\theta_1, \dots, \theta_K)$. Before any data believe in a
# *Dirichlet distribution* with parameters $\alpha_1, \dots, \alpha_K \ge 0$, whose density is
# proportional to $\prod_k \theta_k^{\alpha_k - 1}$. State $k$ is then seen $c_k$ times, which
# multiplies it by $\prod_k \theta_k^{c_k}$: the posterior is again a Dirichlet, with parameters
# $\alpha_k + c_k$. Its mean is the best guess for the next draw:
#
# $$\mathbb{E}[\theta_k \mid c] = \frac{c_k + \alpha_k}{\sum_{j} (c_j + \alpha_j)}.$$
#
# So $\alpha_k$ are counts seen before the data, *pseudocounts*. In language models this is called
# add-$\alpha$ smoothing. A word that was not seen must not be impossible, because one such word
# would veto everything else that is known about a text.
#
# **By hand.** Counts $(3, 1, 0)$:
#
# | $\alpha$ | | posterior mean |
# | --- | --- | --- |
# | 0 | the data alone | $(0.75,\ 0.25,\ 0)$ |
# | 1 | | $(4, 2, 1)/7 = (0.571,\ 0.286,\ 0.143)$ |
# | $\to\infty$ | the prior alone | $(1/3,\ 1/3,\ 1/3)$ |
# | $(0, 0, 4)$ | a prior that expects the third | $(3, 1, 4)/8$ |


# %% tags=["q6"]
def posterior_cpt(counts, alpha):
    """Posterior mean of each row of a CPT under a Dirichlet prior.

    Args:
        counts: array-like of numbers >= 0, shape (cards of the parents…, card of the variable).
            Without parents it is one row.
        alpha: pseudocounts >= 0: a number for every entry; or an array of shape
            `counts.shape[:-1]` with the number for every entry of that row; or an array of the
            shape of `counts`.

    Returns:
        New float64 array of the shape of `counts`, whose rows sum to 1. A row without any mass
        (counts and pseudocounts all 0) is uniform.

    Raises:
        ValueError: `counts` or `alpha` has a negative entry or NaN, `counts` has no axis, or
            `alpha` has another shape.
    """
    # BEGIN SOLUTION
    counts, alpha = np.asarray(counts, dtype=np.float64), np.asarray(alpha, dtype=np.float64)
    for name, array in (("counts", counts), ("alpha", alpha)):
        if not (array >= 0).all():
            raise ValueError(f"{name} must not be negative")
    if counts.ndim == 0:
        raise ValueError("counts must have an axis for the states of the variable")
    if alpha.shape == counts.shape[:-1]:
        alpha = alpha[..., None]  # one per row, the same for each of its entries
    elif alpha.shape not in ((), counts.shape):
        raise ValueError(f"alpha must have shape {counts.shape[:-1]} or {counts.shape}")
    return _shares(counts + alpha)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _shares(mass):
    """Rows divided by their sums, uniform where there is nothing to divide."""
    total = mass.sum(axis=-1, keepdims=True)
    uniform = np.full(mass.shape, 1 / mass.shape[-1])
    return np.divide(mass, total, out=uniform, where=total > 0)


# END SOLUTION


def prior_sweep(counts, alphas):
    """`posterior_cpt` for each of several priors.

    Args:
        counts: as for `posterior_cpt`.
        alphas: sequence of priors, at least one, each a number (or whatever `posterior_cpt` takes).

    Returns:
        Array of shape (len(alphas), *counts.shape).

    Raises:
        ValueError: as `posterior_cpt`.
    """
    # BEGIN SOLUTION
    tables = [posterior_cpt(counts, alpha) for alpha in alphas]
    return np.reshape(tables, (len(tables), *np.shape(counts)))
    # END SOLUTION


# %% [markdown]
# ## q7 · What is this text about?
#
# Now a network learned from text. Its one hidden variable is the *topic* $T$ of a document, and
# every word depends on the topic only (*naive Bayes*). From $D$ documents with labels, $K$
# different ones, and a vocabulary of $V$ words (all words of all documents), with the same $\alpha$
# for both tables:
#
# $$P(t) = \frac{D_t + \alpha}{D + \alpha K}, \qquad
# P(w \mid t) = \frac{c_{tw} + \alpha}{\sum_{v} c_{tv} + \alpha V},$$
#
# where $D_t$ is the number of documents of topic $t$ and $c_{tw}$ how often $w$ stands in them.
# Read a word, and the belief $b$, an array of shape $(K,)$, becomes
#
# $$b'_t = \frac{b_t\,P(w \mid t)}{\sum_{s} b_s\,P(w \mid s)}.$$
#
# Yesterday's posterior is today's prior. Multiplication commutes, so the *order* of words does not
# matter to this model: it cannot tell *dog bites man* from the reverse.
#
# **By hand.** Two documents, *to be or not to be* (label H) and *to love* (label R), $\alpha = 1$,
# $V = 5$: be, love, not, or, to. $P(\text{love}|H) = (0+1)/(6+5) = 1/11$, $P(\text{love}|R) =
# (1+1)/(2+5) = 2/7$. From the prior $(1/2, 1/2)$ the word *love* leads to
# $\frac{1/11}{1/11 + 2/7} = 7/29 \approx 0.24$ for H. *Pizza* is outside the vocabulary and says
# nothing.
#
# A word has a probability of about $10^{-4}$, so the product over an act of 4 000 words is about
# $10^{-16\,000}$, and floats end at $10^{-308}$. Therefore *logarithms*: add up
# $\ell_t = \log P(t) + \sum_i \log P(w_i | t)$, subtract $\max_t \ell_t$, which changes no ratio,
# and only then take $\exp$ and normalize.


# %% tags=["q7"]
class TopicNet:
    """A topic and its words: what `fit_topic_net` returns.

    Attributes:
        net: the `BayesNet` of "topic" -> "word", the latter any one word of a document.
        topics: sorted list of the K labels.
        vocabulary: sorted list of the V words.
    """

    def __init__(self, net):
        # BEGIN SOLUTION
        self.net = net
        self.topics, self.vocabulary = list(net.states["topic"]), list(net.states["word"])
        self._column = {word: i for i, word in enumerate(self.vocabulary)}
        self._log_prior, self._log_words = np.log(net.cpts["topic"]), np.log(net.cpts["word"])
        # END SOLUTION

    def update(self, prior, word):
        """Belief about the topic after one more word.

        Args:
            prior: array-like of shape (K,), the belief before it.
            word: a string. If it is outside the vocabulary the belief stays as it is.

        Returns:
            New array of shape (K,), which sums to 1.

        Raises:
            ValueError: `prior` has another shape, is negative or sums to 0.
        """
        # BEGIN SOLUTION
        prior = _belief(prior, self.topics, "prior")
        with np.errstate(divide="ignore"):  # log 0 = −∞ is what is meant
            return _from_logs(np.log(prior) + self._evidence([word]))
        # END SOLUTION

    def posterior(self, words):
        """Belief about the topic of a text, from the prior of the labels; no words: that prior.

        Args:
            words: a document (list of words, or a string) of any length.

        Returns:
            Array of shape (K,), which sums to 1.
        """
        # BEGIN SOLUTION
        return _from_logs(self._log_prior + self._evidence(_words(words)))
        # END SOLUTION

    # BEGIN SOLUTION NO PROMPT
    def _evidence(self, words):
        """Sum of log P(word | topic) over the words that are known, shape (K,)."""
        columns = [self._column[w] for w in words if w in self._column]
        return self._log_words[:, columns].sum(axis=1)

    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _words(document):
    return document.split() if isinstance(document, str) else list(document)


def _belief(values, topics, name):
    values = np.asarray(values, dtype=np.float64)
    if values.shape != (len(topics),) or not (values >= 0).all():
        raise ValueError(f"{name} must be {len(topics)} numbers that are not negative")
    return _normalized(values, name)


def _from_logs(logs):
    """exp, normalized. The largest becomes 1 first, so that not all of them underflow."""
    return _normalized(np.exp(logs - logs.max()), "the belief")


def _corpus(documents, labels, alpha):
    """Documents as lists of words, topic of each as an index, and both sorted lists of names."""
    documents, labels = [_words(document) for document in documents], list(labels)
    if len(documents) != len(labels) or not labels:
        raise ValueError(f"{len(documents)} documents with {len(labels)} labels")
    if not alpha > 0:
        raise ValueError(f"alpha must be positive, not {alpha}")
    topics = sorted(set(labels))
    vocabulary = sorted({word for document in documents for word in document})
    if not vocabulary:
        raise ValueError("documents must have at least one word")
    return documents, np.array([topics.index(label) for label in labels]), topics, vocabulary


# END SOLUTION


def fit_topic_net(documents, labels, alpha):
    """Learn which topics there are and which words they use.

    Args:
        documents: sequence of documents; a document is a list of words, or a string that is split
            at white space.
        labels: the topic of each document, names that can be sorted.
        alpha: pseudocount > 0 for every topic and for every word in every topic.

    Returns:
        A model with `topics` and `vocabulary`, both sorted, `update(prior, word)` and
        `posterior(words)`, such as the `TopicNet` above.

    Raises:
        ValueError: no documents, another number of labels, or `alpha` not above 0.
    """
    # BEGIN SOLUTION
    documents, topic_of, topics, vocabulary = _corpus(documents, labels, alpha)
    column = {word: i for i, word in enumerate(vocabulary)}
    counts = np.zeros((len(topics), len(vocabulary)))
    for topic, document in zip(topic_of, documents):
        np.add.at(counts[topic], [column[word] for word in document], 1)  # words repeat
    net = BayesNet()
    net.add("topic", topics, [], _shares(np.bincount(topic_of) + alpha))
    net.add("word", vocabulary, ["topic"], _shares(counts + alpha))
    return TopicNet(net)
    # END SOLUTION


# %% [markdown]
# ## q8 · Topic and chain; and what the drawing promises
#
# Give each word a second parent, the word before it. The first word follows a start mark, `None`:
#
# $$P(w \mid u, t) = \frac{c_{tuw} + \alpha}{\sum_{v} c_{tuv} + \alpha V},$$
#
# where $c_{tuw}$ counts in the documents of topic $t$ how often $w$ came right after $u$. After a
# $u$ that was never seen there it is uniform, $1/V$. A reader who believes $b_t$ expects the next
# word with probability
#
# $$P(w \mid u, b) = \sum_t b_t\, P(w \mid u, t),$$
#
# and the text as a whole, the topic summed out, has
#
# $$\log P(w_1 \dots w_n) = \log \sum_t P(t) \prod_{i=1}^{n} P(w_i \mid w_{i-1}, t), \qquad
# \mathrm{perplexity} = \exp\left(-\tfrac{1}{n} \log P(w_1 \dots w_n)\right).$$
#
# Note where the sum stands: *outside* of the product. A text has one topic. Perplexity is the
# number of equally likely words among which the model seems to choose. Sums of tiny numbers from
# their logarithms: $\log \sum_t e^{\ell_t} = m + \log \sum_t e^{\ell_t - m}$ with $m = \max_t
# \ell_t$.
#
# **By hand.** The two documents of q7, $\alpha = 1$: after *to* H has seen *be* twice, R has seen
# *love* once. $P(\text{be} | \text{to}, H) = 3/7$, $P(\text{be} | \text{to}, R) = 1/6$; at belief
# $(1/2, 1/2)$ the next word is *be* with probability $25/84 \approx 0.30$.
#
# **Which arrows matter?** Once the topic is known, are word 1 and word 3 still related? The graph
# alone answers. $X$ and $Y$ are *d-separated* by a set $Z$ if every path between them is blocked:
#
# ```text
#   a → m → b,  a ← m → b      blocked if m is in Z
#   a → m ← b   (a collider)   blocked unless m or a descendant of m is in Z
# ```
#
# If so, $P(x, y | z) = P(x|z)P(y|z)$, whatever the numbers in the tables. The collider is
# explaining away once more: name and typo are independent, until the word is flagged, or until
# anything is known that depends on *flagged*.
#
# An equivalent recipe without paths: keep only the ancestors of $X$, $Y$ and $Z$ (and these
# themselves), make the moral graph of that part, delete $Z$, and look whether $Y$ can be reached
# from $X$. It is worth a minute to see why that treats colliders and their descendants
# correctly.


# %% tags=["q8"]
class WordChain:
    """Words that depend on the word before and on the topic: what `fit_word_chain` returns.

    Attributes:
        topics: sorted list of the K labels.
        vocabulary: sorted list of the V words.
    """

    def __init__(self, topics, vocabulary, prior, counts, alpha):
        # BEGIN SOLUTION
        self.topics, self.vocabulary = topics, vocabulary
        self._column = {word: i for i, word in enumerate(vocabulary)}
        # counts[t][u][w]: how often w came right after u in topic t. Most never did, so a list of
        # dicts of `Counter`s, one level for each index, holds those that did.
        self._prior, self._counts, self._alpha = prior, counts, alpha
        self._totals = [{u: row.total() for u, row in rows.items()} for rows in counts]
        # END SOLUTION

    def next_word(self, previous, topic_belief):
        """Distribution of the next word.

        Args:
            previous: the word before, or None at the beginning of a document. After a word that
                was never seen, or never before another, every word is equally likely.
            topic_belief: array-like of shape (K,), probabilities.

        Returns:
            Array of shape (V,), which sums to 1.

        Raises:
            ValueError: `topic_belief` has another shape, is negative or sums to 0.
        """
        # BEGIN SOLUTION
        belief = _belief(topic_belief, self.topics, "topic_belief")
        answer = np.zeros(len(self.vocabulary))
        for share, counts in zip(belief, self._counts):
            followers = counts.get(previous, Counter())
            row = np.full(len(self.vocabulary), float(self._alpha))
            for word, count in followers.items():
                row[self._column[word]] += count
            answer += share * row / row.sum()
        return answer
        # END SOLUTION

    def log_prob(self, words):
        """Natural logarithm of the probability of a whole document, the topic summed out.

        Args:
            words: a document. A word outside the vocabulary counts as a factor of 1; the word
                after it follows something unseen.

        Returns:
            A float, 0 for a document without words.
        """
        # BEGIN SOLUTION
        words = _words(words)
        logs = np.log(self._prior)  # (K,)
        for previous, word in zip([None, *words], words):
            if word in self._column:
                logs = logs + [math.log(p) for p in self._probabilities(word, previous)]
        return float(logs.max() + np.log(np.exp(logs - logs.max()).sum()))
        # END SOLUTION

    def perplexity(self, words):
        """exp(−log_prob / number of words), a float.

        Raises:
            ValueError: there are no words.
        """
        # BEGIN SOLUTION
        words = _words(words)
        if not words:
            raise ValueError("words must not be empty")
        return math.exp(-self.log_prob(words) / len(words))
        # END SOLUTION

    # BEGIN SOLUTION NO PROMPT
    def _probabilities(self, word, previous):
        """P(word | previous, topic) for each topic."""
        alpha, n_words = self._alpha, len(self.vocabulary)
        for counts, totals in zip(self._counts, self._totals):
            count = counts[previous][word] if previous in counts else 0
            yield (count + alpha) / (totals.get(previous, 0) + alpha * n_words)

    # END SOLUTION


def fit_word_chain(documents, labels, alpha):
    """Learn which word follows which, in each topic.

    Args:
        documents, labels, alpha: as for `fit_topic_net`. The prior of the topics is the same.

    Returns:
        A model with `topics` and `vocabulary`, both sorted, `next_word(previous, topic_belief)`,
        `log_prob(words)` and `perplexity(words)`, such as the `WordChain` above.

    Raises:
        ValueError: as `fit_topic_net`.
    """
    # BEGIN SOLUTION
    documents, topic_of, topics, vocabulary = _corpus(documents, labels, alpha)
    counts = [defaultdict(Counter) for _ in topics]
    for topic, document in zip(topic_of, documents):
        for previous, word in zip([None, *document], document):
            counts[topic][previous][word] += 1
    prior = _shares(np.bincount(topic_of) + alpha)
    return WordChain(topics, vocabulary, prior, counts, alpha)
    # END SOLUTION


def d_separated(net, x, y, z):
    """Does the graph alone make x and y independent, given z?

    Args:
        net: a `BayesNet`.
        x, y: two different variables, not in z.
        z: collection of variables, may be empty.

    Returns:
        A bool.

    Raises:
        ValueError: a variable is unknown; x is y, or one of them is in z.
    """
    # BEGIN SOLUTION
    z = {_known(net, v) for v in z}
    if _known(net, x) == _known(net, y) or not z.isdisjoint({x, y}):
        raise ValueError(f"x and y must differ and not be in z, but are {x!r} and {y!r}")
    neighbours = _moral_graph(net, _ancestors(net, [x, y, *z]), without=z)
    reached, waiting = {x}, [x]
    while waiting:
        new = neighbours[waiting.pop()] - reached
        reached |= new
        waiting += new
    return y not in reached
    # END SOLUTION


# %% [markdown]
# ## What you have built
#
# First the price of an answer. Left: the last word of a bigram chain over three words, by the
# definition and by elimination. Right: is the flagged word with the capital letter a typo? The root
# mean square error of your two estimates against the number of samples, and the line
# $\sqrt{p(1-p)/n}$ that $n$ independent samples of the posterior would follow. (The figure takes
# about half a minute.)

# %% tags=["active-ipynb"]
# import time
#
# import matplotlib.pyplot as plt
# from matplotlib.colors import LogNorm
#
# plt.rcParams.update(
#     {"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
# )
# rng = np.random.default_rng(0)
#
# yes_no = ["no", "yes"]
# checker = BayesNet()
# checker.add("name", yes_no, [], [0.9, 0.1])
# checker.add("typo", yes_no, [], [0.95, 0.05])
# checker.add("capital", yes_no, ["name"], [[0.9, 0.1], [0.1, 0.9]])
# flagged = [[[0.99, 0.01], [0.1, 0.9]], [[0.4, 0.6], [0.05, 0.95]]]
# checker.add("flagged", yes_no, ["name", "typo"], flagged)
# for seen in ({}, {"flagged": "yes"}, {"flagged": "yes", "capital": "yes"}):
#     shown = ", ".join(seen) or "nothing"
#     print(f"P(typo | {shown}) = {eliminate(checker, 'typo', seen)[1]:.3f}")
#
#
# def bigram_chain(length, words=3):
#     chain = BayesNet()
#     for i in range(length):
#         parents = [i - 1] if i else []
#         rows = rng.dirichlet(np.ones(words), size=words if i else None)
#         chain.add(i, range(words), parents, rows)
#     return chain
#
#
# def milliseconds(function, *arguments, repeats=3):
#     times = []
#     for _ in range(repeats):
#         start = time.perf_counter()
#         function(*arguments)
#         times.append(time.perf_counter() - start)
#     return 1e3 * min(times)

# %% tags=["active-ipynb"]
# figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.4), layout="constrained")
#
# looks = {
#     "enumerate_query": {"color": "tab:red", "marker": "o"},
#     "eliminate": {"color": "tab:blue", "marker": "s"},
# }
# lengths = {"enumerate_query": range(2, 14), "eliminate": [2, 4, 8, 16, 32, 64]}
# for function in (enumerate_query, eliminate):
#     name = function.__name__
#     nets = {n: bigram_chain(n) for n in lengths[name]}
#     times = [milliseconds(function, net, n - 1, {}) for n, net in nets.items()]
#     left.loglog(list(nets), times, label=name, **looks[name])
# left.set_xticks(lengths["eliminate"], [str(n) for n in lengths["eliminate"]])
# left.minorticks_off()
# left.set(title="The same sum in two orders", xlabel="words in the chain", ylabel="milliseconds")
#
# seen = {"flagged": "yes", "capital": "yes"}
# p = eliminate(checker, "typo", seen)[1]
# sizes = [100, 300, 1000, 3000, 10000]
# methods = {
#     "likelihood_weighting": lambda n: likelihood_weighting(checker, "typo", seen, n, rng)[1],
#     "gibbs": lambda n: gibbs(checker, "typo", seen, n, 20, rng)[1],
# }
# for (name, estimate), color, marker in zip(methods.items(), ("tab:orange", "tab:green"), "^D"):
#     errors = [np.sqrt(np.mean([(estimate(n) - p) ** 2 for _ in range(25)])) for n in sizes]
#     right.loglog(sizes, errors, color=color, marker=marker, label=name)
# ideal = np.sqrt(p * (1 - p) / np.array(sizes))
# right.loglog(sizes, ideal, color="0.25", ls="--", label="independent samples")
# right.set_xticks(sizes, [str(n) for n in sizes])
# right.minorticks_off()
# right.set(title="Answers by sampling", xlabel="samples n", ylabel="root mean square error")
# for axes in (left, right):
#     axes.grid(alpha=0.25)
#     axes.legend(frameon=False)
# plt.show()

# %% [markdown]
# ### Which play is this?
#
# Now Shakespeare. Learn from acts I to IV of eight plays, four documents with the same label each,
# and read act V, which the model has never seen. The names of the speakers, who would give it away,
# are left out. Romeo wakes and tells his dream. What does the model believe, word by word?

# %% tags=["active-ipynb"]
# import re
#
# from autograder import data
#
#
# def spoken(act):
#     """The words of an act, in lower case, without the names of those who speak them."""
#     speeches = re.sub(r"(^|\n\n)[^\n]+:\n", r"\1", act)
#     return re.findall(r"[a-z]+(?:'[a-z]+)?", speeches.lower())
#
#
# eight = data.FIRST
# play = {p.title: p for p in data.plays()}
# documents = [spoken(act) for title in eight for act in play[title].acts[:4]]
# labels = [title for title in eight for _ in range(4)]
# last_act = {title: spoken(play[title].acts[4]) for title in eight}
# topic_net = fit_topic_net(documents, labels, alpha=0.1)
# n_words, n_different = sum(map(len, documents)), len(topic_net.vocabulary)
# print(f"{len(documents)} acts, {n_words} words, {n_different} of them different")
# for title, words in last_act.items():
#     belief = topic_net.posterior(words)
#     print(f"act V of {title:26} {len(words):5} words -> {topic_net.topics[belief.argmax()]}")

# %% tags=["active-ipynb"]
# def beliefs(model, words):
#     """Belief before the first word and after each, shape (number of words + 1, K)."""
#     belief = [model.posterior([])]
#     for word in words:
#         belief.append(model.update(belief[-1], word))
#     return np.array(belief)
#
#
# passage = last_act["Romeo and Juliet"][:76]
# history = beliefs(topic_net, passage)
# colors = dict(zip(topic_net.topics, plt.cm.Set2(np.linspace(0, 1, 8))))
# colors["Romeo and Juliet"] = "#c0392b"
#
# # From the bottom: the right play, then the others, those believed most first.
# order = np.argsort(-history.sum(axis=0), kind="stable")
# order = sorted(order, key=lambda t: topic_net.topics[t] != "Romeo and Juliet")
# steps = np.vstack([history, history[-1:]])[:, order].T  # the last belief lasts one step too
# figure, axes = plt.subplots(figsize=(13, 4.8), layout="constrained")
# axes.stackplot(
#     np.arange(len(history) + 1), steps, step="post",
#     labels=[topic_net.topics[t] for t in order],
#     colors=[colors[topic_net.topics[t]] for t in order], edgecolor="white", linewidth=0.4,
# )
# jumps = np.abs(np.diff(history, axis=0)).max(axis=1)
# ticks = axes.set_xticks(np.arange(1, len(history)) + 0.5, passage, rotation=90, fontsize=8)
# for label, jump in zip(axes.get_xticklabels(), jumps):
#     label.set_fontweight("bold" if jump > 0.1 else "normal")
# axes.set(xlim=(0, len(history)), ylim=(0, 1), ylabel="belief")
# axes.set_title("Romeo and Juliet, act V: which play does the model believe it is reading?")
# handles, names = axes.get_legend_handles_labels()
# figure.legend(handles, names, loc="outside right center", frameon=False, reverse=True)
# plt.show()

# %% [markdown]
# Words that moved the belief by more than 0.1 are bold. After *news* and *lord* the model is nearly
# sure to be among the kings of Richard III. *Strange* might be Macbeth. Then Romeo tells of the
# *dream* that *gives a dead man* leave to think, and *kisses* settle it.
#
# **For your report, 3 (2 points).** Take a passage of your choice. Which word moves the belief
# most? Explain the jump with the two numbers $P(w \mid t)$ behind it, and say which part of it is
# your choice of $\alpha$.
#
# ### Which word comes next?
#
# Left: what a prior does to the word after *my*: your `prior_sweep` on the counts of one play.
# Middle: the most expected words after *my*, play by play. Right: perplexity on all acts V (of the
# words that were seen before), for three drawings: words that hang on the topic only, on the word
# before only (a chain with a single label), and on both. (The figure takes about a minute.)

# %% tags=["active-ipynb"]
# alphas = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]
# chain = fit_word_chain(documents, labels, alpha=0.01)
# known = set(topic_net.vocabulary)
# heard = {title: [w for w in words if w in known] for title, words in last_act.items()}
#
# figure, (left, middle, right) = plt.subplots(
#     1, 3, figsize=(14, 4.6), layout="constrained", width_ratios=[1, 1.25, 1]
# )
#
# # The row "after my" of one play as counts: words that followed, and one that never did.
# text = [w for d, label in zip(documents, labels) if label == "Hamlet" for w in d]
# after = [w for u, w in zip(text, text[1:]) if u == "my"]
# counts = np.array([after.count(w) for w in chain.vocabulary])
# strengths = np.logspace(-3, 3, 40)
# sweep = prior_sweep(counts, strengths)  # (40, V)
# best = np.argsort(-counts, kind="stable")[:5]
# for column, color in zip(best, plt.cm.viridis(np.linspace(0, 0.9, 5))):
#     left.loglog(strengths, sweep[:, column], color=color, label=chain.vocabulary[column])
# unseen = chain.vocabulary.index("pomegranate")
# left.loglog(strengths, sweep[:, unseen], color="tab:red", ls="--", label="pomegranate")
# left.axhline(1 / len(counts), color="0.6", lw=0.8)
# left.set(title="after “my” in Hamlet", xlabel="pseudocount alpha", ylabel="probability")
# left.legend(frameon=False, fontsize=9)
# left.grid(alpha=0.25)
#
# rows = np.array([chain.next_word("my", belief) for belief in np.eye(len(chain.topics))])  # (K, V)
# columns = sorted(set(np.argsort(-rows, axis=1, kind="stable")[:, :3].ravel()))
# percent = 100 * rows[:, columns]
# picture = middle.imshow(percent, cmap="magma_r", norm=LogNorm(0.1, 30), aspect="auto")
# middle.set_xticks(range(len(columns)), [chain.vocabulary[c] for c in columns], rotation=90)
# middle.set_yticks(range(len(chain.topics)), chain.topics)
# middle.set_title("the next word after “my”, per cent")
# bar = figure.colorbar(picture, ax=middle, ticks=[0.1, 0.3, 1, 3, 10, 30], format="%g")
# bar.ax.minorticks_off()
#
# total = sum(map(len, heard.values()))
# everyone = ["all"] * len(documents)
#
#
# def bag_log_prob(model, likelihood, words):
#     """log P(words) of a topic net: the first term of the chain rule, again and again.
#
#     `likelihood` is P(word | topic), shape (K, V).
#     """
#     belief, logs = model.posterior([]), 0.0
#     for word in words:
#         column = likelihood[:, index[word]]
#         logs += math.log(belief @ column)
#         belief = belief * column / (belief @ column)
#     return logs
#
#
# index = {w: i for i, w in enumerate(topic_net.vocabulary)}
# spoken_words = np.zeros((len(topic_net.topics), len(index)))  # how often in each topic
# for document, label in zip(documents, labels):
#     np.add.at(spoken_words[topic_net.topics.index(label)], [index[w] for w in document], 1)
# curves = {"topic": [], "word before": [], "both": []}
# for alpha in alphas:
#     bag, likelihood = fit_topic_net(documents, labels, alpha), posterior_cpt(spoken_words, alpha)
#     plain, both = (fit_word_chain(documents, names, alpha) for names in (everyone, labels))
#     for name, log_prob in (
#         ("topic", lambda words: bag_log_prob(bag, likelihood, words)),
#         ("word before", plain.log_prob),
#         ("both", both.log_prob),
#     ):
#         curves[name].append(math.exp(-sum(map(log_prob, heard.values())) / total))
# for (name, curve), color, marker in zip(curves.items(), ("#c0392b", "#2471a3", "#7d3c98"), "osD"):
#     right.loglog(alphas, curve, color=color, marker=marker, label=name)
#     print(f"{name:12} lowest perplexity {min(curve):6.0f}")
# right.set_yticks([700, 1000, 2000, 4000], ["700", "1000", "2000", "4000"])
# right.minorticks_off()
# right.set(title="acts V, never seen", xlabel="pseudocount alpha", ylabel="perplexity")
# right.legend(title="a word depends on", frameon=False)
# right.grid(alpha=0.25)
# plt.show()

# %% [markdown] tags=["written"]
# ## Written question · What does an arrow cost?
#
# Answer the three small questions (1 in q4, 2 in q5, 3 below the belief about Romeo), and write a
# report of about half a page on the rest, with a figure of your own (another passage, other plays,
# your own texts) and your own numbers.
#
# 4. The belief becomes nearly certain within a hundred words, sometimes of the wrong play. Which
#    assumption of the network makes it so sure, and why is it false for text?
# 5. Compare the three perplexities. The network with *both* arrows can express everything that the
#    other two can. Why is it not the best? How many numbers does each of the three have to learn,
#    and from how many words? What would you change so that both arrows pay: in the prior, in the
#    graph, in the data? (Your `posterior_cpt` accepts a whole array as `alpha`.) And why does a
#    transformer, which has all arrows, not fail in the same way?

# %% [markdown] tags=["answer"]
# **1.**
#
# **2.**
#
# **3.**
#
# **4 and 5.** *Your report goes here.*
