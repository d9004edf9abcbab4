# ---
# jupyter:
#   jupytext:
#     comment_magics: false
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

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

# %% [markdown]
# ## Before you begin
#
# About 12 hours, difficulty 3 of 5.
#
# **Afterwards you can**
#
# - read a drawing of arrows as a product of tables, and say which independences it promises
# - answer queries exactly, by definition and by elimination, and say what the order costs
# - answer them by sampling, and say how far off the answer may be
# - learn tables from counts with a prior, and say what the prior does
# - build two small language models that can be read, and measure their perplexity
#
# **You need**
#
# - Python: dicts, sets, classes
# - NumPy: axes, broadcasting, sums along an axis
# - Probability: conditional probability, Bayes' rule, mean and variance
#
# **Two minutes of self-check.** If an answer surprises you, read it up first.
#
# <details><summary>P(rain) = 0.2, P(wet | rain) = 0.9, P(wet | no rain) = 0.1. What is P(rain | wet)?</summary>0.18 / (0.18 + 0.08) = 0.69</details>
# <details><summary>a has shape (3, 4). Which shape has a.sum(axis=0)?</summary>(4,)</details>
# <details><summary>A share of 0.5 is estimated from 400 independent samples. What is its standard deviation?</summary>sqrt(0.5 * 0.5 / 400) = 0.025</details>

# %% tags=["active-ipynb"]
# from autograder.notebook import Notebook
#
# grader = Notebook("bayesnet")

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
        raise NotImplementedError("q1: Factor.__init__ is not written yet")

    def product(self, other):
        """The product with another factor, entry by entry where the shared variables agree.

        Returns:
            A factor over the variables of `self`, in their order, then the new ones of `other`.

        Raises:
            ValueError: a shared variable has another number of states in `other`.
        """
        raise NotImplementedError("q1: Factor.product is not written yet")


    def marginalize(self, variable):
        """Sum a variable out.

        Args:
            variable: one name.

        Raises:
            ValueError: the factor has no such variable.
        """
        raise NotImplementedError("q1: Factor.marginalize is not written yet")

    def reduce(self, evidence):
        """Keep only what agrees with the evidence, and drop the axes that are fixed by it.

        Args:
            evidence: dict variable -> index of its state. Names that the factor does not have are
                ignored.

        Raises:
            ValueError: an index is not one of 0 … card − 1.
        """
        raise NotImplementedError("q1: Factor.reduce is not written yet")

    def normalize(self):
        """Divide by the sum of all values.

        Raises:
            ValueError: the values sum to 0.
        """
        raise NotImplementedError("q1: Factor.normalize is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q1")

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
        raise NotImplementedError("q2: BayesNet.add is not written yet")

    def joint(self, assignment):
        """Probability of an assignment of *all* variables, a float.

        Args:
            assignment: dict variable -> state name.

        Raises:
            ValueError: a variable is missing or unknown, or a state is unknown.
        """
        raise NotImplementedError("q2: BayesNet.joint is not written yet")

    def topological_order(self):
        """List of all variables, each after its parents."""
        raise NotImplementedError("q2: BayesNet.topological_order is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q2")

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
    raise NotImplementedError("q3: enumerate_query is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q3")

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
    raise NotImplementedError("q4: eliminate is not written yet")


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
    raise NotImplementedError("q4: min_fill_order is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q4")

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
    raise NotImplementedError("q5: ancestral_sample is not written yet")


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
    raise NotImplementedError("q5: likelihood_weighting is not written yet")


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
    raise NotImplementedError("q5: gibbs is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q5")

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
    raise NotImplementedError("q6: posterior_cpt is not written yet")


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
    raise NotImplementedError("q6: prior_sweep is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q6")

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
        raise NotImplementedError("q7: TopicNet.__init__ is not written yet")

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
        raise NotImplementedError("q7: TopicNet.update is not written yet")

    def posterior(self, words):
        """Belief about the topic of a text, from the prior of the labels; no words: that prior.

        Args:
            words: a document (list of words, or a string) of any length.

        Returns:
            Array of shape (K,), which sums to 1.
        """
        raise NotImplementedError("q7: TopicNet.posterior is not written yet")


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
    raise NotImplementedError("q7: fit_topic_net is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q7")

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
        raise NotImplementedError("q8: WordChain.__init__ is not written yet")

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
        raise NotImplementedError("q8: WordChain.next_word is not written yet")

    def log_prob(self, words):
        """Natural logarithm of the probability of a whole document, the topic summed out.

        Args:
            words: a document. A word outside the vocabulary counts as a factor of 1; the word
                after it follows something unseen.

        Returns:
            A float, 0 for a document without words.
        """
        raise NotImplementedError("q8: WordChain.log_prob is not written yet")

    def perplexity(self, words):
        """exp(−log_prob / number of words), a float.

        Raises:
            ValueError: there are no words.
        """
        raise NotImplementedError("q8: WordChain.perplexity is not written yet")


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
    raise NotImplementedError("q8: fit_word_chain is not written yet")


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
    raise NotImplementedError("q8: d_separated is not written yet")

# %% tags=["active-ipynb"]
# grader.check("q8")

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

# %% [markdown]
# ## Read on
#
# - [Pearl, Probabilistic Reasoning in Intelligent Systems, 1988](https://doi.org/10.1016/C2009-0-27609-4): where networks, messages and d-separation come from
# - [Lauritzen and Spiegelhalter, Local computations with probabilities on graphical structures, 1988](https://doi.org/10.1111/j.2517-6161.1988.tb01721.x): the clinic of q3's tests, and elimination done once for all queries
# - [Koller and Friedman, Probabilistic Graphical Models, 2009](https://mitpress.mit.edu/9780262013192/probabilistic-graphical-models/): the book: chapters 3, 9 and 12 for q8, q4 and q5
# - [Geman and Geman, Stochastic Relaxation, Gibbs Distributions, 1984](https://doi.org/10.1109/TPAMI.1984.4767596): Gibbs sampling
# - [Chen and Goodman, An Empirical Study of Smoothing Techniques, 1999](https://doi.org/10.1006/csla.1999.0128): what to do when both arrows do not pay

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
#
# | | what the points are for | points |
# | ---: | --- | ---: |
# | 1 | 1 · the largest table of two orders, and what all arrows do to every order | 2 |
# | 2 | 2 · samples for an error of 0.01, and what a sample is worth | 2 |
# | 3 | 3 · a jump with its two numbers, and the share of the pseudocount in it | 2 |
# | 4 | 4 · why the model is too sure | 1 |
# | 5 | 5 · three perplexities, the numbers behind them, a remedy, and the transformer; a figure | 3 |

# %% [markdown] tags=["answer"]
# **1.**
#
# **2.**
#
# **3.**
#
# **4 and 5.** *Your report goes here.*

# %% [markdown]
# ## Hand in
#
# The first cell shows your points so far. The second one saves this notebook, writes the file to
# hand in, and says what is in it.

# %% tags=["active-ipynb"]
# grader.progress()

# %% tags=["active-ipynb"]
# grader.submit()
