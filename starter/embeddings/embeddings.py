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
# # Words and texts as points
#
# **What does a machine know of a word, if all it ever sees is which words stand beside it?** The
# first layer of every language model is a table with one row for each token. The rows are learned,
# nobody writes down what they mean, and yet people say of them that *king* lies near *queen*, that
# a map shows "clusters", that directions are "concepts". In this notebook you make such rows in two
# ways, look at them in four ways, and find out which of these sentences can be believed.
#
# ```text
# texts ──q1──▶ counts, weighted ──q2──▶ points of texts ──q3──▶ which text is found?
# words ──q4──▶ pairs, noise     ──q5──▶ points of words ──q6──▶ neighbours, analogies
#                                            │
#                                            ├──q7, q8──▶ a map that the eye can read (t-SNE)
#                                            └──q9──────▶ a graph: who is named most, and paths
# ```
#
# Each question stands for itself: what it needs from the others comes in as an argument. At the end
# the plays of Shakespeare lie on a map, and a path leads through their words from *love* to
# *death*.
#
# **Conventions.** Rows are texts, words or points. Arguments may be lists or arrays, results are
# float64 arrays unless the docstring says otherwise. `rng` is a `numpy.random.Generator`, the only
# source of chance. The *cosine* of two vectors is $\frac{x\cdot y}{\lVert x\rVert\,\lVert
# y\rVert}$, and 0 if one of them is all zeros. Bad arguments raise `ValueError` with a message that
# names the argument. What the caller passes in is never modified.
#
# **Rules.** NumPy and the standard library. No SciPy, no scikit-learn, no networkx, no gensim:
# they do what you are going to write.

# %% [markdown]
# ## Before you begin
#
# About 14 hours, difficulty 3 of 5.
#
# **Afterwards you can**
#
# - turn texts into points, and measure whether a search finds what it should
# - learn vectors of words by predicting their neighbours, with gradients of your own
# - draw a map of many dimensions, and say what may be read off it and what not
# - find the best-known words of a graph and the shortest way between two of them
# - tell what neighbours, analogies and clusters show from what the rules and the dice put there
#
# **You need**
#
# - NumPy: broadcasting, axes, argsort, np.add.at
# - Linear algebra: singular values; probability: entropy, drawing with given weights
# - Calculus: the chain rule for a function of a matrix (the assignment on automatic differentiation)
#
# **Two minutes of self-check.** If an answer surprises you, read it up first.
#
# <details><summary>x has shape (4, 1, 3), y has shape (5, 3). Which shape has x - y?</summary>(4, 5, 3): every row of x minus every row of y</details>
# <details><summary>A die shows each of six faces with the same probability. What is exp of its entropy in nats?</summary>6</details>
# <details><summary>t = np.zeros(3); t[[1, 1]] += 1. What is t?</summary>array([0., 1., 0.]); np.add.at(t, [1, 1], 1) would give array([0., 2., 0.])</details>

# %% tags=["active-ipynb"]
# from autograder.notebook import Notebook
#
# grader = Notebook("embeddings")

# %%
import heapq
from dataclasses import dataclass

import numpy as np


# %% [markdown]
# ## q1 · A table of texts
#
# Count how often each of $V$ words stands in each of $D$ texts: a table of shape $(D, V)$, in which
# the order of the words is lost and everything else is kept. (Books on search write it the other
# way round, as the *term–document matrix* of shape $(V, D)$.)
#
# Raw counts say mainly that every text contains *the*. So a count is multiplied by a weight that
# is large for words of few texts. If $\mathrm{df}_w$ of the $D$ texts contain the word $w$ at least
# once, its *inverse document frequency* is
#
# $$\operatorname{idf}_w = \ln\frac{1 + D}{1 + \mathrm{df}_w} ,$$
#
# 0 for a word that all texts have. *tf-idf* is count ("term frequency") times idf. At last each
# row is divided by its length, so that long and short texts can be compared.
#
# **By hand.** Three texts, *king queen king rose*, *queen rose* and *queen*, and the vocabulary
# (king, queen, rose):
#
# $$C = \begin{pmatrix}2&1&1\\0&1&1\\0&1&0\end{pmatrix},\qquad \mathrm{df} = (1, 3, 2),\qquad
# \operatorname{idf} = (\ln\tfrac42, \ln\tfrac44, \ln\tfrac43) = (0.693, 0, 0.288).$$
#
# The first row becomes $(1.386, 0, 0.288)$, its length is 1.416, and so $(0.979, 0, 0.203)$. The
# second becomes $(0, 0, 1)$. The third text has nothing that the others have not: a row of zeros,
# which has no direction and stays as it is.

# %% tags=["q1"]
def document_term(documents, vocabulary):
    """Count the words of each document.

    Args:
        documents: sequence of D documents, each a sequence of words.
        vocabulary: sequence of V different words.

    Returns:
        Float64 array of shape (D, V): how often word j of the vocabulary stands in document i.
        Words outside the vocabulary are not counted. A document without words is a row of zeros.

    Raises:
        ValueError: a word stands twice in `vocabulary`.
    """
    raise NotImplementedError("q1: document_term is not written yet")


def tf_idf(counts):
    """Weigh counts by how rare their words are, and scale each document to length 1.

    Args:
        counts: array-like of shape (D, V), numbers >= 0.

    Returns:
        Float64 array of shape (D, V): rows of count · ln((1 + D) / (1 + df)), divided by their
        length; df is the number of documents with the word. Rows of zeros stay as they are.

    Raises:
        ValueError: `counts` is not 2-D or has a negative entry.
    """
    raise NotImplementedError("q1: tf_idf is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q1")

# %% [markdown]
# The 38 plays have 186 acts. Which words are an act's own?

# %% tags=["active-ipynb"]
# import re
# import time
# from collections import Counter
#
# import matplotlib.pyplot as plt
#
# from autograder import data
#
# plt.rcParams.update(
#     {"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
# )
#
#
# def words(text):
#     """Lower-case words, in order: letters and apostrophes."""
#     return re.findall(r"[a-z']+", text.lower())
#
#
# def spoken(act):
#     """The words of an act without the lines that name the speaker."""
#     return words(re.sub(r"(?m)^.*:$", "", act))
#
#
# try:
#     plays = data.plays()
# except data.DataMissing as missing:
#     print(f"{missing}\nUntil then, thirty pieces of another text stand in for the plays.")
#     text = data.stand_in()
#     pieces = [text[i * 9000 : (i + 1) * 9000] for i in range(30)]
#     plays = [
#         data.Play(f"Piece {i + 1}", genre, tuple(pieces[5 * i : 5 * i + 5]))
#         for i, genre in enumerate(("comedies", "histories", "tragedies") * 2)
#     ]
#
# titles = [play.title for play in plays for act in play.acts]
# genres = [play.genre for play in plays for act in play.acts]
# acts = [spoken(act) for play in plays for act in play.acts]
# common = [word for word, _ in Counter(word for act in acts for word in act).most_common(3000)]
# counts = document_term(acts, common)
# weighted = tf_idf(counts)
# print(f"{len(acts)} acts; {np.mean(counts == 0):.0%} of the table is zero")
# for i in np.linspace(0, len(acts) - 1, 6).astype(int):
#     often = " ".join(common[j] for j in np.argsort(-counts[i])[:5])
#     own = " ".join(common[j] for j in np.argsort(-weighted[i])[:8])
#     print(f"{titles[i][:22]:>22}:  most often {often:<22} own {own}")

# %% [markdown]
# ## q2 · Latent semantic analysis
#
# A text about *sea* and *ship* and a text about *sail* and *mast* have no word in common, and their
# rows are orthogonal. Other texts have all four words, though, and so the table knows better.
# *Latent semantic analysis* (LSA) keeps the $k$ strongest directions of the table only. With the
# singular value decomposition
#
# $$X = U\,\Sigma\,V^\top ,\qquad X_k = U_k\,\Sigma_k\,V_k^\top ,$$
#
# where $V_k$, shape $(V, k)$, holds the right singular vectors of the $k$ largest singular values,
# $X_k$ is the closest table of rank $k$ to $X$. A document with the row $x$ has the $k$ coordinates
# $x V_k$; for the documents of the table itself that is $U_k \Sigma_k$. A text that was not in the
# table, a question say, is placed the same way. Nothing is centred: zeros should stay zeros.
#
# **By hand.** Three documents, the words *sea*, *ship*, *crown*:
#
# $$X = \begin{pmatrix}1&1&0\\1&1&0\\0&0&1\end{pmatrix},\quad \sigma = (2, 1, 0),\quad
# v_1 = \tfrac1{\sqrt2}(1, 1, 0),\quad v_2 = (0, 0, 1).$$
#
# With $k = 2$ the questions *sea* $= (1, 0, 0)$ and *ship* $= (0, 1, 0)$ both come to lie at
# $(0.71, 0)$: their cosine was 0 and is now 1. Either sign of a singular vector is right.

# %%
@dataclass(frozen=True, eq=False)
class LSA:
    """The k strongest directions of a table with V columns.

    Attributes:
        terms: shape (V, k), orthonormal columns: the right singular vectors.
        singular_values: shape (k,), largest first.
    """

    terms: np.ndarray
    singular_values: np.ndarray


# %% tags=["q2"]
def lsa(x, k):
    """The truncated singular value decomposition of a table.

    Args:
        x: array-like of shape (D, V); it is not centred.
        k: number of directions, 1 <= k <= min(D, V).

    Returns:
        `LSA` with the k largest singular values, largest first, and their right singular vectors
        as columns, with either sign.

    Raises:
        ValueError: `x` is not 2-D; `k` < 1 or > min(D, V).
    """
    raise NotImplementedError("q2: lsa is not written yet")


def project(model, x):
    """Coordinates of documents along the directions of an `LSA`.

    Args:
        model: an `LSA` of a table with V columns.
        x: array-like of shape (m, V): documents of the table or others, weighted in the same way.

    Returns:
        Float64 array of shape (m, k).

    Raises:
        ValueError: `x` is not 2-D or has not V columns.
    """
    raise NotImplementedError("q2: project is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q2")

# %% [markdown]
# What does a direction stand for? The words with the largest weights at both ends of the first few.

# %% tags=["active-ipynb"]
# model = lsa(weighted, min(6, *weighted.shape))
# for j, direction in enumerate(model.terms.T):
#     order = np.argsort(direction)
#     ends = (" ".join(common[i] for i in order[:6]), " ".join(common[i] for i in order[:-7:-1]))
#     print(f"{j + 1}   {ends[0]:<46} {ends[1]}")

# %% [markdown]
# ## q3 · Is it found?
#
# A search gives a *ranking*: all documents, the best first. How good is it? Go down the list. At
# every place where a relevant document stands, note the *precision*, the share of relevant ones up
# to here; the *average precision* is the sum of these numbers divided by the number of **all**
# relevant documents, so one that never appears counts as 0. The mean over many searches is the
# *mean average precision* (MAP): 1 if everything relevant stands before everything else.
#
# **By hand.** Three documents are relevant, and they stand at places 1, 3 and 6:
# $\frac13\left(\frac11 + \frac23 + \frac36\right) = 0.72$. If the last one is not in the list,
# $\frac13\left(\frac11 + \frac23\right) = 0.56$.
#
# No experts are needed to say what is relevant. Let each act be the question once: relevant are the
# other acts of its play, and the act itself, which would always win, is not in the list.

# %% tags=["q3"]
def ranking(vectors, query):
    """All rows, best first, by their cosine with a query.

    Args:
        vectors: array-like of shape (n, d).
        query: array-like of shape (d,).

    Returns:
        Integer array of shape (n,): the numbers of the rows, largest cosine first; of equal ones
        the smaller number comes first.

    Raises:
        ValueError: `vectors` is not 2-D; `query` has not shape (d,).
    """
    raise NotImplementedError("q3: ranking is not written yet")


def average_precision(ranked, relevant):
    """The average precision of one ranking.

    Args:
        ranked: sequence of different items, best first; it need not hold all items.
        relevant: collection of the relevant items, at least one.

    Returns:
        A float between 0 and 1. Relevant items that are not in `ranked` count as 0.

    Raises:
        ValueError: `relevant` is empty.
    """
    raise NotImplementedError("q3: average_precision is not written yet")


def mean_average_precision(vectors, labels):
    """How well documents find those with their own label.

    Each document is the query once. All others are ranked by their cosine with it (of equal ones
    the smaller number first); relevant are those with the same label.

    Args:
        vectors: array-like of shape (n, d).
        labels: sequence of n labels, of any hashable kind.

    Returns:
        A float: the mean of the average precisions. Documents that are alone with their label are
        never a query, but stand in the rankings of the others.

    Raises:
        ValueError: `vectors` is not 2-D; `labels` has another length, or no label stands twice.
    """
    raise NotImplementedError("q3: mean_average_precision is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q3")

# %% [markdown]
# How well do acts find the acts of their own play? By counts, by tf-idf, and by LSA for many $k$;
# and the same once more with the words that stand in ten plays or more, which leaves out the names
# of the characters. (About ten seconds.)

# %% tags=["active-ipynb"]
# in_plays = Counter(word for play in dict.fromkeys(titles) for word in
#                    {word for act, title in zip(acts, titles) if title == play for word in act})
# widespread = [word for word in common if in_plays[word] >= min(10, len(plays))]
# tables = {"all words": counts, "words of ten plays": document_term(acts, widespread)}
#
# figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
# for (name, table), color in zip(tables.items(), ("tab:blue", "tab:orange")):
#     rows = tf_idf(table)
#     places = project(lsa(rows, min(150, *rows.shape)), rows)
#     sizes = [k for k in (2, 3, 5, 8, 12, 20, 30, 38, 50, 70, 100, 150) if k <= places.shape[1]]
#     scores = [mean_average_precision(places[:, :k], titles) for k in sizes]
#     plain = mean_average_precision(table, titles), mean_average_precision(rows, titles)
#     axes.plot(sizes, scores, "o-", color=color, label=f"LSA, {name}")
#     axes.axhline(plain[1], color=color, ls="--", lw=1, label=f"tf-idf, {name}")
#     axes.axhline(plain[0], color=color, ls=":", lw=1, label=f"counts, {name}")
#     best = int(np.argmax(scores))
#     print(f"{name:>18}: counts {plain[0]:.3f}, tf-idf {plain[1]:.3f}, "
#           f"LSA {scores[best]:.3f} with k = {sizes[best]}")
# axes.axvline(len(plays), color="0.7", lw=1, zorder=0)
# axes.annotate(f"{len(plays)} plays", (len(plays), 0.97), (4, -3), textcoords="offset points")
# axes.set(xscale="log", xlabel="number of directions k", ylabel="mean average precision")
# axes.set(title="Does an act find its own play?", ylim=(0, 1), xticks=sizes, xticklabels=sizes)
# axes.minorticks_off()
# axes.legend(fontsize=8, ncols=2, loc="lower right")
# plt.show()

# %% [markdown]
# **For your report, 1 (2 points).** What is lost by LSA with a small $k$, and what comes back with
# a large one? At which $k$ is the curve highest, and why there? How much of a good search is names,
# and does LSA help more with them or without?
#
# ## q4 · Who stands near whom, and who might have
#
# Now words. In *skip-gram* each word, the *centre*, has to predict the words around it, its
# *contexts*: those at a distance of at most `window`. That makes a long list of pairs (centre,
# context).
#
# ![A sentence with a window of two around the word "sea": four pairs of the centre with its
# contexts, and noise words that are drawn instead; each pair compares a row of the table of centre
# vectors with rows of the table of context vectors](skipgram.svg)
#
# **By hand.** *to be or not to be* is `[0, 1, 2, 3, 0, 1]`. With window 1 its pairs are (0, 1),
# (1, 0), (1, 2), (2, 1), (2, 3), (3, 2), (3, 0), (0, 3), (0, 1), (1, 0): every two neighbours in
# both orders, and again each time they meet.
#
# Two probabilities belong to it. Common words fill the list and teach little, so before pairs are
# made each token of a word that is the share $f$ of all tokens is kept with probability
#
# $$\min\bigl(1, \sqrt{t / f}\bigr)$$
#
# only ($t$ is about $10^{-3}$ here, smaller for more text). And to learn what does *not* belong
# together, pairs with *noise* words are needed, drawn with probabilities proportional to
# $c_w^{0.75}$, where $c_w$ is how often $w$ occurs: a little more of the rare words than the text
# has.
#
# **By hand.** Counts (6, 3, 1) and $t = 0.1$: $f = (0.6, 0.3, 0.1)$, kept with probabilities
# $(0.41, 0.58, 1)$. Counts (16, 1, 0): $16^{0.75} = 8$, so noise $(\frac89, \frac19, 0)$.

# %% tags=["q4"]
def skipgram_pairs(ids, window):
    """All pairs of a word and a word near it.

    Args:
        ids: sequence of integers, the numbers of the words of a text.
        window: largest distance between the two, an integer >= 1.

    Returns:
        Tuple `(centers, contexts)` of integer arrays of the same shape (m,): each ordered pair of
        positions at distance 1 … window once, in any order. Without pairs both are empty.

    Raises:
        ValueError: `window` < 1.
    """
    raise NotImplementedError("q4: skipgram_pairs is not written yet")


def keep_probability(counts, t=1e-3):
    """With which probability a token is kept when common words are thinned out.

    Args:
        counts: array-like of shape (V,): how often each word occurs.
        t: share of all tokens up to which a word is always kept, > 0.

    Returns:
        Float64 array of shape (V,): min(1, sqrt(t / f)), where f is the word's share of all tokens;
        1 for words that never occur.

    Raises:
        ValueError: `counts` has a negative entry or no positive one; `t` is not positive.
    """
    raise NotImplementedError("q4: keep_probability is not written yet")


def noise_distribution(counts, power=0.75):
    """The probabilities with which noise words are drawn.

    Args:
        counts: array-like of shape (V,): how often each word occurs.
        power: a number >= 0.

    Returns:
        Float64 array of shape (V,), proportional to counts ** power, with sum 1. Words that never
        occur have probability 0, for power 0 too.

    Raises:
        ValueError: `counts` has a negative entry or no positive one; `power` is negative.
    """
    raise NotImplementedError("q4: noise_distribution is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q4")

# %% [markdown]
# ## q5 · Skip-gram with negative sampling
#
# Every word gets **two** vectors of $d$ numbers: $v$ for when it is the centre, $u$ for when it is
# a context. Their inner product is a score, and $\sigma(s) = 1/(1 + e^{-s})$ makes of it the
# probability that the pair comes from the text and not from the noise. For one pair $(v, u)$ and
# $k$ noise words $n_1, \dots, n_k$ the loss is
#
# $$\ell = -\ln\sigma(v\cdot u) - \sum_{j=1}^{k}\ln\sigma(-v\cdot n_j)
# = \ln\bigl(1 + e^{-v\cdot u}\bigr) + \sum_j \ln\bigl(1 + e^{v\cdot n_j}\bigr).$$
#
# Since $\frac{d}{ds}\ln(1 + e^{s}) = \sigma(s)$, its gradients are
#
# $$\frac{\partial\ell}{\partial v} = (\sigma(v\cdot u) - 1)\,u + \sum_j\sigma(v\cdot n_j)\,n_j,
# \qquad \frac{\partial\ell}{\partial u} = (\sigma(v\cdot u) - 1)\,v,
# \qquad \frac{\partial\ell}{\partial n_j} = \sigma(v\cdot n_j)\,v .$$
#
# **By hand.** $v = (1, 0)$, $u = (\ln 3, 5)$, one noise vector $n = (0, 1)$. The scores are
# $\ln 3$ and 0, with $\sigma = \frac34$ and $\frac12$: $\ell = -\ln\frac34 - \ln\frac12 = 0.981$,
# $\partial\ell/\partial v = -\frac14(\ln 3, 5) + \frac12(0, 1) = (-0.275, -0.75)$,
# $\partial\ell/\partial u = (-\frac14, 0)$, $\partial\ell/\partial n = (\frac12, 0)$.
#
# A score of $-1000$ has the loss 1000, though $e^{1000}$ does not exist: `np.logaddexp(0, s)` is
# $\ln(1 + e^s)$ for every $s$.
#
# **Training** is stochastic gradient descent. An epoch takes all pairs once, in a new random order,
# in batches. For each batch noise words are drawn, $k$ for each pair; the gradients are **summed**
# over the pairs of the batch, word by word; and all vectors of the batch take one step at the same
# time. The rate falls in a straight line: with $T$ batches in all epochs together, batch
# $b = 0, \dots, T-1$ has
#
# $$\text{rate}_b = \text{lr}\cdot\Bigl(1 - \frac bT\Bigr).$$
#
# One trap is worth a sentence: a word may occur many times in a batch, and
# `v[centers] -= rate * dv` then keeps only one of its steps. `np.add.at` adds them all; sorting the
# rows and `np.add.reduceat` does the same much faster.

# %%
@dataclass(frozen=True, eq=False)
class SkipGram:
    """Two vectors for each of V words.

    Attributes:
        vectors: shape (V, d), the words as centres. They are what is used afterwards.
        contexts: shape (V, d), the words as contexts and as noise.
        losses: list of one float per epoch, the mean loss of a pair.
    """

    vectors: np.ndarray
    contexts: np.ndarray
    losses: list


# %% tags=["q5"]
def sgns_loss(v, u, noise):
    """Loss and gradients of pairs with negative samples.

    Args:
        v: array-like of shape (n, d), centres.
        u: array-like of shape (n, d), their contexts.
        noise: array-like of shape (n, k, d), k noise vectors for each pair.

    Returns:
        Tuple `(loss, dv, du, dnoise)` of float64 arrays of shapes (n,), (n, d), (n, d), (n, k, d):
        the loss of each pair and its gradients. Scores of ±1000 do no harm.

    Raises:
        ValueError: the shapes of `v`, `u` and `noise` do not fit.
    """
    raise NotImplementedError("q5: sgns_loss is not written yet")


def train_skipgram(
    centers, contexts, noise, dim, rng, negatives=5, epochs=1, batch=256, lr=0.05, start=None
):
    """Learn word vectors from pairs, by stochastic gradient descent as described above.

    Args:
        centers: sequence of m word numbers, m >= 1.
        contexts: sequence of m word numbers, one for each centre.
        noise: array-like of shape (V,): weights >= 0, at least one of them positive, with which
            noise words are drawn. A noise word may happen to be the context or the centre.
        dim: length of the vectors, d.
        rng: a `numpy.random.Generator`, the only source of chance.
        negatives: noise words for each pair. The pairs of a batch may share the words that are
            drawn, if the losses of these are weighted to count as `negatives` for each pair.
        epochs: how often all pairs are used.
        batch: pairs in a batch; the last one of an epoch may have fewer.
        lr: the rate of the first batch; it falls in a straight line, see above.
        start: None, or a tuple of two arrays of shape (V, d), vectors and contexts to begin with.
            None: random vectors, each entry uniform in ±1/(2d), and contexts of zeros.

    Returns:
        `SkipGram` with float64 arrays of shape (V, d) (single precision on the way is accurate
        enough) and a loss for each epoch: the mean over all pairs of the epoch, each batch
        measured before its own step.

    Raises:
        ValueError: `centers` and `contexts` differ in length, are empty, or hold a number outside
            0 … V - 1; `noise` is negative or has no positive entry; `dim`, `negatives`, `epochs` or
            `batch` is below 1; `lr` is not positive; `start` has other shapes.
    """
    raise NotImplementedError("q5: train_skipgram is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q5")

# %% [markdown]
# All plays: the 1 500 commonest words, thinned out, window 5, vectors of 50 numbers. Twice 3.8
# million pairs take a minute or two. While it runs: why does the loss not go to 0?

# %% tags=["active-ipynb"]
# tokens = [word for act in acts for word in act]
# vocabulary = [word for word, _ in Counter(tokens).most_common(1500)]
# number = {word: i for i, word in enumerate(vocabulary)}
# text_ids = np.array([number[word] for word in tokens if word in number])
# often = np.bincount(text_ids, minlength=len(vocabulary))
#
#
# def learn(seed):
#     rng = np.random.default_rng(seed)
#     kept = text_ids[rng.random(len(text_ids)) < keep_probability(often)[text_ids]]
#     pairs = skipgram_pairs(kept, 5)
#     return train_skipgram(*pairs, noise_distribution(often), 50, rng, epochs=2)
#
#
# begin = time.perf_counter()
# learned = learn(seed=0)
# seconds = time.perf_counter() - begin
# print(f"{len(text_ids)} tokens, {seconds:.0f} s")
# print("loss per pair", " ".join(f"{loss:.3f}" for loss in learned.losses))
# print(f"a model that knows nothing: {6 * np.log(2):.3f}")
# vectors = learned.vectors

# %% [markdown]
# ## q6 · Neighbours and analogies
#
# What do the vectors know? Two questions are always asked. *Neighbours*: which words have the
# largest cosine with a given one? *Analogies*: $a$ is to $b$ as $c$ is to what? If a direction
# stands for the step from $a$ to $b$, the answer lies near
#
# $$\hat b - \hat a + \hat c ,$$
#
# where $\hat x = x / \lVert x\rVert$ is the vector of a word at length 1. The word with the largest
# cosine with this point wins.
#
# **By hand.** *man* $(1, 0)$, *men* $(0.6, 0.8)$, *woman* $(0, 1)$, *women* $(-0.8, 0.6)$. The
# point is *men* − *man* + *woman* $= (-0.4, 1.8)$, of length 1.844. Cosines: *woman* 0.976,
# *women* 0.759, *men* 0.651. The winner is *woman*: the question itself! For this reason $a$, $b$
# and $c$ are usually excluded from the answers, and then it is *women*. How much of the fame of
# analogies is due to this rule you can measure with `exclude`.

# %% tags=["q6"]
def neighbors(vectors, vocabulary, word, n):
    """The words with the largest cosine with `word`.

    Args:
        vectors: array-like of shape (V, d); row i belongs to `vocabulary[i]`.
        vocabulary: sequence of V different words.
        word: one of them.
        n: how many are wanted, >= 1.

    Returns:
        List of n tuples `(word, cosine)` with the cosine as a float, best first, of equal ones
        in the order of the vocabulary; without `word` itself. V - 1 of them if there are no more.

    Raises:
        ValueError: `word` is not in the vocabulary (the message names the word); `n` < 1;
            `vocabulary` has not V words.
    """
    raise NotImplementedError("q6: neighbors is not written yet")


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    """a is to b as c is to what?

    Args:
        vectors: array-like of shape (V, d); row i belongs to `vocabulary[i]`.
        vocabulary: sequence of V different words.
        a, b, c: three of them.
        n: how many answers are wanted, >= 1.
        exclude: whether a, b and c are left out of the answers.

    Returns:
        List of n tuples `(word, cosine)`, best first: the cosine with b - a + c, where each of the
        three vectors is scaled to length 1 first. Fewer than n if there are no more words.

    Raises:
        ValueError: one of `a`, `b`, `c` is not in the vocabulary (the message names the word);
            `n` < 1; `vocabulary` has not V words.
    """
    raise NotImplementedError("q6: analogy is not written yet")


def analogy_accuracy(vectors, vocabulary, questions, exclude=True):
    """The share of analogies whose first answer is the expected one.

    Args:
        vectors: array-like of shape (V, d); row i belongs to `vocabulary[i]`.
        vocabulary: sequence of V different words.
        questions: sequence of tuples (a, b, c, d): a is to b as c is to d.
        exclude: whether a, b and c are left out of the answers.

    Returns:
        A float between 0 and 1. Questions with a word outside the vocabulary do not count.

    Raises:
        ValueError: none of `questions` has all its words in the vocabulary.
    """
    raise NotImplementedError("q6: analogy_accuracy is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q6")

# %% tags=["active-ipynb"]
# for word in ("king", "two", "eyes", "mother", "come", "sweet", "day", "sword"):
#     if word in number:
#         found = "  ".join(near for near, _ in neighbors(vectors, vocabulary, word, 8))
#         print(f"{word:>8}:  {found}")
#
# questions = [
#     tuple(line.split())
#     for line in """
#     man king woman queen
#     king queen prince princess
#     man men woman women
#     father mother son daughter
#     brother sister son daughter
#     uncle aunt brother sister
#     he him she her
#     he his she her
#     i me he him
#     i my thou thy
#     thou thee i me
#     eye eyes hand hands
#     word words tear tears
#     good better great greater
#     give gave come came
#     do did speak spoke
#     hath has doth does
#     lord lady king queen""".split("\n") if line
# ]
# print()
# for a, b, c, d in questions:
#     if {a, b, c, d} <= set(number):
#         answers = "  ".join(word for word, _ in analogy(vectors, vocabulary, a, b, c, 3))
#         bare = analogy(vectors, vocabulary, a, b, c, exclude=False)[0][0]
#         print(f"{a:>8} → {b:<7} {c:>7} → {answers:<28} expected {d:<9} not excluded: {bare}")
# if any(set(question) <= set(number) for question in questions):
#     for exclude in (True, False):
#         share = analogy_accuracy(vectors, vocabulary, questions, exclude)
#         print(f"exclude={exclude!s:<6} {share:.0%} right")

# %% [markdown]
# **For your report, 2 (2 points).** Which share of the analogies is right with `exclude`, and which
# without? What mostly wins without? Compare with a simpler rule: the nearest neighbour of $c$
# that is neither $a$ nor $b$. What, then, does a right answer prove?
#
# Neighbours look convincing. Are they a property of the language, or of the dice? Learn once more
# from the same plays with another seed, and compare the ten nearest of each word.

# %% tags=["active-ipynb"]
# again = learn(seed=1).vectors
#
#
# def common_neighbors(word):
#     ours, theirs = (neighbors(x, vocabulary, word, 10) for x in (vectors, again))
#     return len({near for near, _ in ours} & {near for near, _ in theirs}) / 10
#
#
# for first in range(0, len(vocabulary), max(1, len(vocabulary) // 5)):
#     group = vocabulary[first : first + max(1, len(vocabulary) // 5) : 6]
#     shared = np.array([common_neighbors(word) for word in group])
#     print(
#         f"from word {first + 1:>4} on, {often[first]:>5} times and fewer: {shared.mean():.0%}"
#         f" of ten in common   ({', '.join(group[:3])}, …)"
#     )

# %% [markdown]
# **For your report, 3 (2 points).** How many of ten neighbours survive another seed, and for which
# words more than for others? What follows for a sentence such as "in Shakespeare, *sweet* lies near
# *honey*"? How would you check it?
#
# ## q7 · Neighbours as probabilities
#
# A map in the plane cannot keep the distances of 50 dimensions. *t-SNE* asks for less: whoever is
# near shall stay near. First it turns distances into probabilities. Point $i$ chooses a neighbour
# $j$ with probability
#
# $$p_{j|i} = \frac{\exp(-\beta_i\,\lVert x_i - x_j\rVert^2)}{\sum_{l \ne i}\exp(-\beta_i\,\lVert
# x_i - x_l\rVert^2)},\qquad p_{i|i} = 0 ,$$
#
# and **how far it looks** is up to $\beta_i > 0$. A point in a crowd should look less far than one
# in the desert, so what is given is not $\beta$ but the *perplexity*, the number of neighbours that
# the choice amounts to:
#
# $$\operatorname{perplexity}_i = e^{H_i},\qquad H_i = -\sum_j p_{j|i}\ln p_{j|i} .$$
#
# It falls when $\beta_i$ grows, from $n - 1$ (all alike) down to 1 (the nearest alone). So each
# $\beta_i$ can be found by *bisection*: keep a lower and an upper bound, try the middle, and move
# the bound that it proves. While there is no upper bound yet, double.
#
# ![Left: a point, its neighbours, and two widths around it; the wide one counts ten neighbours, the
# narrow one three. Right: a bell curve and the Student-t curve, which has much more room far
# out](widths.svg)
#
# **By hand.** Three points at 0, 1 and 3 on a line, seen from the first: squared distances 1 and 9.
# With $\beta = \frac{\ln 2}8$ the second point is twice as probable as the third, $p = (\frac23,
# \frac13)$, $H = 0.637$, perplexity 1.89.
#
# Two traps. A point far from all others has $e^{-\beta d^2} = 0$ for everybody, and $0/0$: subtract
# the smallest $d^2$ of the row first, which changes no probability. And $\beta$ has a unit: if $x$
# is given in millimetres instead of metres, it is a millionth. No fixed bounds, then.
#
# At last both directions are averaged, so that a hermit, whom nobody chooses, counts as well:
#
# $$p_{ij} = \frac{p_{j|i} + p_{i|j}}{2n},\qquad \sum_{ij} p_{ij} = 1 .$$

# %% tags=["q7"]
def conditional_affinities(x, perplexity):
    """With which probability each point chooses which other one as its neighbour.

    Args:
        x: array-like of shape (n, d), n >= 3, no two points at the same place.
        perplexity: a number above 1 and below n - 1.

    Returns:
        Float64 array P of shape (n, n): P[i, j] is the probability that i chooses j. Each row sums
        to 1 and has the given perplexity, to within a millionth of it; the diagonal is 0. Another
        unit (x times 10⁶ or 10⁻⁶), a common offset or one point far from all others do no harm.

    Raises:
        ValueError: `x` is not 2-D or has fewer than three rows; `perplexity` is not above 1 and
            below n - 1.
    """
    raise NotImplementedError("q7: conditional_affinities is not written yet")


def joint_affinities(conditional):
    """The average of both directions.

    Args:
        conditional: array-like of shape (n, n), rows with sum 1.

    Returns:
        Float64 array of shape (n, n), symmetric, with sum 1: (P + Pᵀ) / (2n).

    Raises:
        ValueError: `conditional` is not square.
    """
    raise NotImplementedError("q7: joint_affinities is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q7")

# %% [markdown]
# ## q8 · The map
#
# The points $y_i$ of the map have probabilities as well, but with a curve that falls more slowly,
# Student's $t$ with one degree of freedom:
#
# $$w_{ij} = \frac1{1 + \lVert y_i - y_j\rVert^2},\qquad
# q_{ij} = \frac{w_{ij}}{\sum_{k\ne l} w_{kl}},\qquad q_{ii} = 0 .$$
#
# Why? In many dimensions there is room for many points at middling distances, in the plane there
# is not. The long tail lets them go further away than they were. The map is good if $q$ is like
# $p$, measured by the *Kullback–Leibler divergence*
#
# $$\mathrm{KL} = \sum_{i\ne j} p_{ij}\ln\frac{p_{ij}}{q_{ij}},\qquad
# \frac{\partial\,\mathrm{KL}}{\partial y_i} = 4\sum_j (p_{ij} - q_{ij})\,w_{ij}\,(y_i - y_j),$$
#
# where pairs with $p_{ij} = 0$ add nothing to the sum. Read the gradient as forces: pairs that are
# further apart than they should be attract, those too near repel each other.
#
# **By hand.** $p_{ij} = \frac16$ for all pairs of three points, $y = 0, 1, 3$ on a line:
# $w = \frac12, \frac1{10}$ and $\frac15$ for the pairs 0–1, 0–2 and 1–2, each counted twice in the
# sum 1.6, so $q = 0.3125, 0.0625, 0.125$. For the first point $4\bigl[(\frac16 - 0.3125)\cdot
# \frac12\cdot(0 - 1) + (\frac16 - 0.0625)\cdot\frac1{10}\cdot(0 - 3)\bigr] = \frac16$.
# KL $= 0.213$. No loop over points is needed: with $F_{ij} = (p_{ij} - q_{ij})\,w_{ij}$ the sum is
# $4\,(\text{row sum of } F)_i\, y_i - 4\,(F y)_i$.
#
# **Descent.** Three tricks make it work. *Early exaggeration*: in the first steps $p$ is multiplied
# by a number, so that groups find together before they repel each other. *Momentum*: part of the
# last step is taken again. *Gains*: each coordinate has a factor of its own that grows while it
# keeps its direction. Step $s = 0, 1, \dots$ of `iterations`, for each coordinate:
#
# - $g = 4\sum_j (f p_{ij} - q_{ij})\,w_{ij}\,(y_i - y_j)$ with $f$ = `exaggeration` if
#   $s$ < `early`, else 1;
# - gain: $+0.2$ where $g$ and the last step have opposite signs (their product is negative),
#   $\times\,0.8$ elsewhere, and never below 0.01; in the beginning 1, the last step 0;
# - step = momentum · last step − lr · gain · $g$, with momentum 0.5 if $s$ < `early`, else 0.8;
# - $y$ = $y$ + step.
#
# (A step runs *down* the gradient, so opposite signs mean that the direction was kept.) Only
# differences of $y$ matter, so at the end its mean is subtracted.

# %% tags=["q8"]
def tsne_gradient(p, y):
    """How bad a map is, and where each point should go.

    Args:
        p: array-like of shape (n, n): probabilities of pairs, symmetric, 0 on the diagonal, sum 1.
        y: array-like of shape (n, m), the points of the map.

    Returns:
        Tuple `(kl, gradient)`: the Kullback–Leibler divergence as a float, and its gradient with
        respect to y, a float64 array of shape (n, m).

    Raises:
        ValueError: `p` is not square; `y` is not 2-D or has not n rows.
    """
    raise NotImplementedError("q8: tsne_gradient is not written yet")


def tsne(p, rng, dim=2, iterations=500, lr=None, exaggeration=12.0, early=100, start=None):
    """Draw a map, by the descent described above.

    Args:
        p: array-like of shape (n, n): probabilities of pairs, symmetric, 0 on the diagonal, sum 1.
        rng: a `numpy.random.Generator`, the only source of chance.
        dim: number of coordinates of the map, m >= 1.
        iterations: number of steps, >= 1.
        lr: learning rate, > 0; None stands for max(n / (4 · exaggeration), 50).
        exaggeration: the factor of `p` in the first steps, > 0.
        early: the number of these steps, >= 0.
        start: None, or an array-like of shape (n, m), the points to begin with. None: normally
            distributed numbers with standard deviation 10⁻⁴.

    Returns:
        Tuple `(y, kl)`: the map after the last step, a float64 array of shape (n, m) with mean 0,
        and its divergence from `p` (not exaggerated) as a float.

    Raises:
        ValueError: `p` is not square; `dim` or `iterations` is below 1; `lr` or `exaggeration` is
            not positive; `early` is negative; `start` has another shape.
    """
    raise NotImplementedError("q8: tsne is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q8")

# %% [markdown]
# The acts once more, in the 38 strongest directions of q3, without the names. First the two
# strongest of them, then maps with three perplexities. A colour is a genre, a line joins the acts
# of a play. (About ten seconds.)

# %% tags=["active-ipynb"]
# COLORS = dict(zip(
#     ("comedies", "problems", "romances", "histories", "roman", "tragedies"),
#     ("#d99a1c", "#b0713f", "#6f9a35", "#2f6ea8", "#8d5aa5", "#b5362b"),
# ))
# coordinates = places[:, :38]
# panels = {"LSA, directions 1 and 2": coordinates[:, :2]}
# for perplexity in (2, 8, 40):
#     if perplexity < len(acts) - 1:
#         p = joint_affinities(conditional_affinities(coordinates, perplexity))
#         y, kl = tsne(p, np.random.default_rng(0))
#         panels[f"t-SNE, perplexity {perplexity}, KL {kl:.2f}"] = y
#
# figure, axes = plt.subplots(2, 2, figsize=(10, 9), layout="constrained")
# for panel, (title, y) in zip(axes.flat, panels.items()):
#     for name in dict.fromkeys(titles):
#         own = [i for i, title_of_act in enumerate(titles) if title_of_act == name]
#         color = COLORS[genres[own[0]]]
#         panel.plot(*y[own].T, "-", color=color, lw=0.8, alpha=0.5)
#         panel.plot(*y[own].T, "o", color=color, ms=4)
#     panel.set(title=title, xticks=[], yticks=[])
#     panel.set_aspect("equal", adjustable="datalim")
# handles = [plt.Line2D([], [], marker="o", ls="", color=color) for color in COLORS.values()]
# figure.legend(handles, COLORS, loc="outside lower center", ncols=6)
# plt.show()

# %% [markdown]
# **For your report, 4 (2 points).** Compare the three maps with each other, and with another seed.
# What stays the same, what does not? Which of these may be read off a t-SNE map: that two acts are
# neighbours, that two groups are far apart, that a group is wide, that there are seven groups? And
# may the three KL be compared?
#
# ## q9 · A graph of words
#
# Let each word name a few others, its neighbours. That is a *graph*: vertices are words, and an
# edge leads from $i$ to each word that $i$ names. Who is named most?
#
# **PageRank.** A reader walks through the graph. With probability $\delta$ (`damping`) she follows
# one of the edges of her word, in proportion to their weights $w_{ij}$; otherwise, and always where
# no edge leads on, she jumps to any of the $n$ words. The rank $r_j$ of a word is the share of time
# that she spends there:
#
# $$r_j = \frac{1 - \delta}{n} + \delta\Bigl(\sum_{i} r_i\,\frac{w_{ij}}{\sum_k w_{ik}}
# + \sum_{i \text{ without edges}} \frac{r_i}{n}\Bigr).$$
#
# Start with $r_j = \frac1n$ and put $r$ into the right-hand side again and again: each time the
# error shrinks by the factor $\delta$. A round that has changed $r$ by $c$ (the sum of the absolute
# differences) leaves an error of at most $c\,\delta/(1 - \delta)$, which for $\delta = 0.99$ is a
# hundred times the change: do not stop too early.
#
# **By hand.** Edges 0→1, 0→2, 1→2, 2→0, all of weight 1, $\delta = 0.85$:
# $r = (0.388, 0.215, 0.397)$. Vertex 1 gets half of what 0 has, vertex 2 the other half and all
# of 1.
#
# **Shortest paths.** Now every edge has a length $l_{ij} > 0$, and the length of a path is their
# sum. *Dijkstra's* algorithm keeps, for each vertex, the shortest length found so far, and always
# goes on from the nearest vertex that is not settled yet: no later discovery can make its way
# shorter, as no length is negative. A heap (`heapq`) hands it over. To know the path and not only
# its length, note for each vertex from where its best way came.
#
# **By hand.** Edges 0→1 and 1→2 of length 1, 0→2 of length 3. The way from 0 to 2 is 0, 1, 2, of
# length 2: fewer edges are not always shorter.

# %% tags=["q9"]
def pagerank(weights, damping=0.85, tol=1e-10):
    """The share of time that a random reader spends at each vertex.

    Args:
        weights: array-like of shape (n, n), n >= 1, numbers >= 0: the weight of the edge from i to
            j, 0 where there is none. Edges from a vertex to itself count like others.
        damping: probability of following an edge, 0 <= damping < 1.
        tol: how far the result may be from the exact one, as a sum of absolute differences, > 0.

    Returns:
        Float64 array of shape (n,) with sum 1.

    Raises:
        ValueError: `weights` is not square, is empty or has a negative entry; `damping` is below 0
            or not below 1; `tol` is not positive.
    """
    raise NotImplementedError("q9: pagerank is not written yet")


def distances(lengths, source):
    """The length of the shortest path from one vertex to every other.

    Args:
        lengths: array-like of shape (n, n), numbers >= 0: the length of the edge from i to j,
            0 where there is none.
        source: number of the first vertex.

    Returns:
        Float64 array of shape (n,): 0 for the source, infinity where no path leads.

    Raises:
        ValueError: `lengths` is not square or has a negative entry; `source` is not in 0 … n - 1.
    """
    raise NotImplementedError("q9: distances is not written yet")


def shortest_path(lengths, source, target):
    """A shortest path from one vertex to another.

    Args:
        lengths: as in `distances`.
        source: number of the first vertex.
        target: number of the last one.

    Returns:
        List of the vertices on the path, source and target included, as ints; any of them if
        several are equally short. `[source]` if both are the same, `[]` if no path leads there.

    Raises:
        ValueError: `lengths` is not square or has a negative entry; `source` or `target` is not in
            0 … n - 1.
    """
    raise NotImplementedError("q9: shortest_path is not written yet")

# %% tags=["active-ipynb"]
# grader.check("q9")

# %% [markdown]
# The words of q5: each names its six nearest neighbours, and the weight of an edge is the cosine.
# For paths an edge may be walked both ways. Its length is $-\ln\text{cosine}$, so that the shortest
# path is the one with the largest product of cosines.

# %% tags=["active-ipynb"]
# weights = np.zeros((len(vocabulary), len(vocabulary)))
# for i, word in enumerate(vocabulary):
#     for near, cosine in neighbors(vectors, vocabulary, word, 6):
#         weights[i, number[near]] = min(max(cosine, 1e-3), 1 - 1e-9)
# either = np.maximum(weights, weights.T)
# lengths = np.where(either > 0, -np.log(np.where(either > 0, either, 1.0)), 0.0)
# rank = pagerank(weights)
# named = np.count_nonzero(weights, axis=0)
# top = np.argsort(-rank)
# print("most visited:  ", " ".join(vocabulary[i] for i in top[:20]))
# print("least visited: ", " ".join(vocabulary[i] for i in top[:-11:-1]))
# order = np.argsort(np.argsort(np.stack([rank, named, often]), axis=1), axis=1)
# agreement = np.corrcoef(order)
# print(f"rank correlation with being named {agreement[0, 1]:.2f}, "
#       f"with frequency {agreement[0, 2]:.2f}")
#
# journeys = [("love", "death"), ("king", "fool"), ("heaven", "hell"), ("sea", "crown")]
# for a, b in journeys:
#     if a in number and b in number:
#         path = shortest_path(lengths, number[a], number[b])
#         way = distances(lengths, number[a])[number[b]]
#         words_on_it = " → ".join(vocabulary[i] for i in path)
#         print(words_on_it or f"no way from {a} to {b}", f"({way:.2f})")

# %% [markdown]
# **For your report, 5 (2 points).** What kind of words are most visited? Is PageRank more than
# counting who is named, and than frequency? Take two words of your own, and compare the path for
# length $-\ln\text{cosine}$ with those for length 1 and for $1 - \text{cosine}$. Which step of a
# path would you not have taken, and what does that say about "nearness" along a chain?
#
# ## What you have built
#
# A map of words by your own t-SNE: the 300 commonest of at least four letters, coloured by where
# they lie, so that you see which ones belong together. The line is your shortest path from *love*
# to *death*. (A few seconds. Labels that would cover each other are moved apart a little.)

# %% tags=["active-ipynb"]
# shown = [word for word in vocabulary if len(word) > 3][:300]
# journey = []
# if {"love", "death"} <= set(number):
#     journey = [vocabulary[i] for i in shortest_path(lengths, number["love"], number["death"])]
# shown += [word for word in journey if word not in shown]
# rows = vectors[[number[word] for word in shown]]
# rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)  # angles count, not frequencies
# p = joint_affinities(conditional_affinities(rows, min(12, (len(shown) - 2) / 2)))
# y, kl = tsne(p, np.random.default_rng(1), iterations=600)
# spot = dict(zip(shown, y))
#
# figure, axes = plt.subplots(figsize=(12, 10), layout="constrained")
# # Labels that would lie on top of each other move apart, a little at a time.
# labels, size = y / np.ptp(y, axis=0), np.array([0.045, 0.016])
# for _ in range(300):
#     apart = labels[:, None] - labels[None]
#     overlap = (np.abs(apart) < size).all(axis=2) & ~np.eye(len(labels), dtype=bool)
#     if not overlap.any():
#         break
#     push = np.where(apart[..., 1] > 0, 1, -1) * overlap
#     labels[:, 1] += 0.001 * (push - push.T).sum(axis=1)
# labels *= np.ptp(y, axis=0)
# # A colour for each direction from the middle of the map, dark enough to read.
# turn = np.arctan2(*y.T) / (2 * np.pi) % 1
# for word, (a, b), color in zip(shown, labels, 0.75 * plt.cm.hsv(turn)[:, :3]):
#     axes.text(a, b, word, size=8, ha="center", va="center", color=color)
# if journey:
#     axes.plot(*np.array([spot[word] for word in journey]).T, "o-", color="tab:red", lw=1.6, ms=3,
#               alpha=0.6)
#     for i, word in enumerate(journey):
#         axes.annotate(word, spot[word], (0, 7 if i % 2 else -14), textcoords="offset points",
#                       ha="center", color="tab:red", weight="bold", size=10,
#                       bbox={"fc": "white", "ec": "none", "alpha": 0.8, "pad": 0.5})
# margin = 0.04 * np.ptp(y, axis=0)
# axes.set(xlim=(y[:, 0].min() - margin[0], y[:, 0].max() + margin[0]))
# axes.set(ylim=(y[:, 1].min() - margin[1], y[:, 1].max() + margin[1]), xticks=[], yticks=[])
# axes.set_title(f"Shakespeare's words, by the company they keep (KL {kl:.2f})")
# plt.show()
# print(" → ".join(journey))

# %% [markdown]
# ## Read on
#
# - [Deerwester and others, Indexing by Latent Semantic Analysis, 1990](https://doi.org/10.1002/(SICI)1097-4571(199009)41:6%3C391::AID-ASI1%3E3.0.CO;2-9): q2, and searches that find texts without the words of the question
# - [Mikolov and others, Distributed Representations of Words and Phrases, 2013](https://arxiv.org/abs/1310.4546): negative sampling, thinning out and the power 0.75 (q4, q5)
# - [Rogers, Drozd and Li, The (too Many) Problems of Analogical Reasoning with Word Vectors, 2017](https://aclanthology.org/S17-1017/): what the rule of excluded words does to analogies (q6)
# - [van der Maaten and Hinton, Visualizing Data using t-SNE, 2008](https://www.jmlr.org/papers/v9/vandermaaten08a.html): q7 and q8, formula by formula
# - [Wattenberg, Viégas and Johnson, How to Use t-SNE Effectively, 2016](https://doi.org/10.23915/distill.00002): maps of points whose truth is known, and how they mislead
# - [Page, Brin, Motwani and Winograd, The PageRank Citation Ranking, 1999](http://ilpubs.stanford.edu:8090/422/): the reader of q9

# %% [markdown] tags=["written"]
# ## Written question · What can a map of words show?
#
# Answer the five small questions (1 in q3, 2 and 3 in q6, 4 in q8, 5 in q9), each with a number
# that you measured, in a few sentences, and add one figure of your own to one of them.
#
# | | what the points are for | points |
# | ---: | --- | ---: |
# | 1 | 1 · the best k and why the first direction hurts | 2 |
# | 2 | 2 · analogies with and without exclusion | 2 |
# | 3 | 3 · neighbours with another seed | 2 |
# | 4 | 4 · what may be read off a t-SNE map | 2 |
# | 5 | 5 · most visited words, and paths | 2 |

# %% [markdown] tags=["answer"]
# **1.**
#
# **2.**
#
# **3.**
#
# **4.**
#
# **5.**

# %% [markdown]
# ## Hand in
#
# The first cell shows your points so far. The second one saves this notebook, writes the file to
# hand in, and says what is in it.

# %% tags=["active-ipynb"]
# grader.progress()

# %% tags=["active-ipynb"]
# grader.submit()
