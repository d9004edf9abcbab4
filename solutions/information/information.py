# %% [markdown]
# # Information
#
# *To be, or not to b*: the next letter does not surprise you. After *the q* one letter is nearly
# certain, after a full stop hardly anything is. **How many bits does a letter bring, if one has
# read everything before it?** Shannon asked this in 1951 and let people guess. Language models are
# asked the same question millions of times a second: the loss that falls while they are trained is
# the answer.
#
# Three things are one number. How *uncertain* one is before a letter; how much one has *learned*
# after it; and how many binary digits it takes to *write it down*. You will compute the first two
# (q1 to q4), and then build the third: a code for single letters (q5), and a compressor that is
# driven by a language model and wastes less than two bits on a whole text (q6). With it you weigh
# English (q7). At the end the question is turned round: which distribution knows nothing but what
# it was told, and what does it mean to reward a model but keep it close to what it was (q8)?
#
# **A running example.** Four letters with probabilities
#
# | | e | t | a | q |
# | --- | --- | --- | --- | --- |
# | $p$ | 1/2 | 1/4 | 1/8 | 1/8 |
#
# **Conventions.** Everything is in **bits**: logarithms have base 2 wherever nothing else is said.
# A *distribution* over $K$ symbols is an array (or nested list) of shape $(\ldots, K)$ whose
# entries are at least 0 and sum to 1 along the last axis, up to $10^{-6}$; anything else is
# refused. Bad arguments raise `ValueError` with a message that names the argument. Answers are
# float64; what the caller passes in is never modified. No NaN ever comes back: $0 \log 0$ is 0,
# because a symbol that never occurs never surprises.
#
# **Rules.** NumPy and the standard library.

# %%
import heapq
import math
from bisect import bisect_right
from collections import Counter, defaultdict

import numpy as np

# %% [markdown]
# ## q1 · Surprise and entropy
#
# Seeing a symbol of probability $p$ *surprises* by $-\log_2 p$ bits. Certainty does not surprise,
# the side of a coin brings one bit, and two independent events bring the sum, which is why it has
# to be a logarithm. *Entropy* is the surprise that is to be expected:
#
# $$H(p) = -\sum_{x} p_x \log_2 p_x, \qquad 0 \log_2 0 = 0.$$
#
# **By hand**, for the four letters:
#
# | | e | t | a | q | sum |
# | --- | --- | --- | --- | --- | --- |
# | $p$ | 1/2 | 1/4 | 1/8 | 1/8 | 1 |
# | surprise | 1 | 2 | 3 | 3 | |
# | product | 0.5 | 0.5 | 0.375 | 0.375 | $H = 1.75$ bits |
#
# Four letters of equal probability have 2 bits, the most that four can have:
# $0 \le H \le \log_2 K$.
#
# A language model does not give probabilities but *logits* $z$, any real numbers, which stand for
# $p_x = e^{z_x} / \sum_y e^{z_y}$. Here $e^{1000}$ is more than a float can hold. But nothing
# changes if all logits of a row become smaller by the same number, say the largest of them. With
# $\ell = \ln \sum_y e^{z_y}$, computed that way, $\ln p_x = z_x - \ell$ is exact even where $p_x$
# is too small for a float. A logit of $-\infty$ means: this symbol cannot come. (Careful: in floats
# $0 \cdot (-\infty)$ is NaN.)


# %% tags=["q1"]
def entropy(p):
    """Entropy of a distribution, in bits.

    Args:
        p: distributions, array-like of shape (..., K).

    Returns:
        Entropies, shape (...): a float for a single distribution.

    Raises:
        ValueError: `p` has a negative entry or NaN, or does not sum to 1 along its last axis.
    """
    # BEGIN SOLUTION
    p = _distribution("p", p)
    return -_times_log(p, p).sum(axis=-1) + 0.0  # + 0.0: no −0.0
    # END SOLUTION


def entropy_of_logits(logits):
    """Entropy of the distribution that logits stand for, in bits.

    Args:
        logits: array-like of shape (..., K), numbers of any size, also -inf: such a symbol has
            probability 0.

    Returns:
        Entropies, shape (...): a float for a single row. They are right for logits of any size.

    Raises:
        ValueError: `logits` has no axis or no entry, NaN or +inf, or a row of nothing but -inf.
    """
    # BEGIN SOLUTION
    logits = np.asarray(logits, dtype=np.float64)
    if logits.ndim == 0 or logits.shape[-1] == 0:
        raise ValueError("logits must have at least one symbol along the last axis")
    highest = logits.max(axis=-1, keepdims=True)
    if not np.isfinite(highest).all():  # NaN and +inf are found by max; −inf only if all are
        raise ValueError("logits must not have NaN, +inf or a row of nothing but -inf")
    shifted = logits - highest
    weights = np.exp(shifted)
    total = weights.sum(axis=-1, keepdims=True)
    # H = ln Σ e^z − Σ p z, where the last sum leaves out what cannot come.
    products = np.where(weights > 0, shifted, 0.0) * weights / total
    return (np.log(total[..., 0]) - products.sum(axis=-1)) / math.log(2)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _distribution(name, p):
    """The argument as a float array (..., K) of distributions, or ValueError."""
    p = np.asarray(p, dtype=np.float64)
    if p.ndim == 0 or not (p >= 0).all() or not (abs(p.sum(axis=-1) - 1) <= 1e-6).all():
        raise ValueError(f"{name} must be at least 0 and sum to 1 along its last axis")
    return p


def _times_log(weight, x):
    """weight · log2 x, and 0 wherever the weight is 0, whatever x is there."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weight > 0, weight * np.log2(x), 0.0)


# END SOLUTION

# %% [markdown]
# ## q2 · Two distributions
#
# The letters come from $p$, but you believe in $q$. Then a letter $x$ surprises you by
# $-\log_2 q_x$, and on average by the *cross-entropy*
#
# $$H(p, q) = -\sum_x p_x \log_2 q_x .$$
#
# It is never less than $H(p)$. What is too much is the price of the wrong belief, the
# *Kullback–Leibler divergence*
#
# $$D(p \,\|\, q) = H(p, q) - H(p) = \sum_x p_x \log_2 \frac{p_x}{q_x} \ge 0 .$$
#
# **By hand.** $p = (1/2, 1/2, 0)$ and $q = (1/4, 1/4, 1/2)$:
#
# - $H(p) = 1$, $H(p, q) = 2$, so $D(p\,\|\,q) = 1$: who believes in $q$ has prepared, at a bit per
#   letter, for a third one that never comes.
# - $D(q\,\|\,p) = \infty$: who believes in $p$ holds the third letter for impossible, and half of
#   the time it comes.
#
# So it is no distance, and the direction matters. Training a model means to make $H(p, q)$ small,
# with $p$ the text and $q$ the model: whatever occurs must not be impossible. Where $p_x = 0$ a
# term is 0, whatever $q_x$ is.
#
# A distance is made of it by asking both for the way to the middle, $m = (p + q) / 2$. The
# *Jensen–Shannon divergence*
#
# $$J(p, q) = \tfrac12 D(p \,\|\, m) + \tfrac12 D(q \,\|\, m)$$
#
# is symmetric, and lies between 0 (the same) and 1 (never the same symbol). (Its square root obeys
# the triangle inequality; here you compute $J$ itself.)
#
# **By hand**, for the same two: $m = (3/8, 3/8, 1/4)$, $D(p\,\|\,m) = \log_2 (4/3) = 0.415$ and
# $D(q\,\|\,m) = \tfrac12 \log_2 (2/3) + \tfrac12 \log_2 2 = 0.2075$, together $J = 0.3113$ bits.
#
# Two traps. Rounding must not turn what cannot be negative into $-10^{-17}$, whose square root is
# NaN. And the quotient of two probabilities may be larger than a float, while the difference of
# their logarithms is harmless.


# %% tags=["q2"]
def cross_entropy(p, q):
    """Average surprise of one who believes in `q` while symbols come from `p`, in bits.

    Args:
        p, q: distributions of shape (..., K), with the same K. Their other axes broadcast: one `p`
            of shape (K,) against many `q` of shape (n, K) gives n numbers.

    Returns:
        Shape (...): a float for a single pair. It is inf where a symbol that `p` holds for possible
        is impossible in `q`. A symbol with probability 0 in `p` adds nothing.

    Raises:
        ValueError: `p` or `q` is no distribution, or their K differ.
    """
    # BEGIN SOLUTION
    p, q = _pair(p, q)
    return -_times_log(p, q).sum(axis=-1) + 0.0
    # END SOLUTION


def kl_divergence(p, q):
    """Kullback–Leibler divergence of `p` from `q`, in bits: what believing in `q` costs too much.

    Args:
        p, q: as for `cross_entropy`.

    Returns:
        Shape (...): a float for a single pair, never below 0, and inf where a symbol that `p` holds
        for possible is impossible in `q`. It is right for probabilities of any size, down to the
        smallest float.

    Raises:
        ValueError: as `cross_entropy`.
    """
    # BEGIN SOLUTION
    p, q = _pair(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * (np.log2(p) - np.log2(q)), 0.0)
    return np.maximum(terms.sum(axis=-1), 0.0)
    # END SOLUTION


def js_divergence(p, q):
    """Jensen–Shannon divergence of `p` and `q`, in bits.

    Args:
        p, q: as for `cross_entropy`.

    Returns:
        Shape (...): a float for a single pair, from 0 to 1. It is right for probabilities of any
        size, down to the smallest float.

    Raises:
        ValueError: as `cross_entropy`.
    """
    # BEGIN SOLUTION
    p, q = _pair(p, q)
    both = p + q  # twice the middle, which does not underflow
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(r > 0, r * (1 + np.log2(r) - np.log2(both)), 0.0) for r in (p, q)]
    return np.clip(sum(terms).sum(axis=-1) / 2, 0.0, 1.0)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _pair(p, q):
    p, q = _distribution("p", p), _distribution("q", q)
    if p.shape[-1] != q.shape[-1]:
        raise ValueError(f"p has {p.shape[-1]} symbols, q has {q.shape[-1]}")
    return p, q


# END SOLUTION

# %% [markdown]
# ## q3 · What one tells of the other
#
# Now two things that occur together: a letter $x$ and the next one $y$, a word and its neighbour, a
# question and an answer. Put into a table how often each pair came, divide by the sum, and you have
# $p(x, y)$; sums over rows and columns are $p(x)$ and $p(y)$. How much is still unknown about $y$
# when $x$ is known is the *conditional entropy*, and how much $x$ has told of it the *mutual
# information*:
#
# $$H(Y \mid X) = -\sum_{x, y} p(x, y) \log_2 \frac{p(x, y)}{p(x)}, \qquad
# I(X; Y) = H(Y) - H(Y \mid X) = \sum_{x,y} p(x, y) \log_2 \frac{p(x,y)}{p(x)\,p(y)} \ge 0.$$
#
# It is symmetric: $x$ tells as much of $y$ as $y$ of $x$. What stands behind the sum is told by a
# single pair, its *pointwise mutual information*, positive if the two attract each other, negative
# if they avoid each other:
#
# $$\mathrm{pmi}(x, y) = \log_2 \frac{p(x,y)}{p(x)\,p(y)} .$$
#
# **By hand.** Four pairs were seen, counted in the table
# $\begin{pmatrix}2 & 0\\ 1 & 1\end{pmatrix}$ (rows $x$, columns $y$). $p(x) = (1/2, 1/2)$ and
# $p(y) = (3/4, 1/4)$, so $H(Y) = 0.8113$. In the first row $y$ is certain, in the second it is a
# coin: $H(Y \mid X) = \tfrac12 \cdot 0 + \tfrac12 \cdot 1 = 0.5$, and $I = 0.3113$ bits. The table
# of the pmi is
#
# $$\begin{pmatrix}\log_2 (4/3) & -\infty\\ \log_2 (2/3) & \log_2 2\end{pmatrix} =
# \begin{pmatrix}0.415 & -\infty\\ -0.585 & 1\end{pmatrix}.$$
#
# A pair that was never seen, of two that were, has $-\infty$. If a row or a column is empty, there
# is nothing to tell, and its pmi is 0. (Have you seen 0.3113 before? $J(p, q)$ is the information
# that a letter gives about the coin which decided between $p$ and $q$.)
#
# ![Bars for H(X), H(Y) and H(X, Y): the joint entropy is H(X) and H(Y given X) end to end, and what
# H(X) and H(Y) share is the mutual information](shares.svg)


# %% tags=["q3"]
def conditional_entropy(table):
    """What is still unknown about the column when the row is known, H(Y | X), in bits.

    Args:
        table: array-like of shape (rows, columns): counts or probabilities of pairs, numbers of any
            size that are at least 0. It is divided by its sum first.

    Returns:
        A float, never below 0.

    Raises:
        ValueError: `table` is not 2-D, has a negative entry, NaN or inf, or sums to 0.
    """
    # BEGIN SOLUTION
    p = _joint(table)
    return max(-float(_log_ratio(p, p.sum(axis=1, keepdims=True), 1.0, p).sum()), 0.0)
    # END SOLUTION


def mutual_information(table):
    """What the row tells of the column, and the column of the row, I(X; Y), in bits.

    Args:
        table: as for `conditional_entropy`.

    Returns:
        A float, never below 0.

    Raises:
        ValueError: as `conditional_entropy`.
    """
    # BEGIN SOLUTION
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    return max(float(_log_ratio(p, rows, columns, p).sum()), 0.0)
    # END SOLUTION


def pmi(table):
    """Pointwise mutual information of each pair, in bits.

    Args:
        table: as for `conditional_entropy`.

    Returns:
        Array of the shape of `table`: -inf for a pair that was never seen, and 0 in rows and
        columns that are empty.

    Raises:
        ValueError: as `conditional_entropy`.
    """
    # BEGIN SOLUTION
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    found = _log_ratio(p, rows, columns, 1.0)
    return np.where((p == 0) & (rows > 0) & (columns > 0), -np.inf, found)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _joint(table):
    """A table of pairs as probabilities (rows, columns), or ValueError."""
    table = np.asarray(table, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"table must be 2-D, not {table.ndim}-D")
    largest = table.max(initial=0.0)
    if not (table >= 0).all() or not 0 < largest < np.inf:
        raise ValueError("table must have finite entries of at least 0, and not only zeros")
    table = table / largest  # so that no sum is inf
    return table / table.sum()


def _log_ratio(p, rows, columns, weight):
    """weight · log2(p / (rows · columns)), and 0 wherever p is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(p > 0, weight * (np.log2(p) - np.log2(rows) - np.log2(columns)), 0.0)


# END SOLUTION

# %% [markdown]
# **How far does a letter reach?** A letter tells something of the next one, and less of the one
# after it. The cell counts pairs of letters at distances from 1 to 200 in Shakespeare, and once
# more in the same letters thrown together, where nothing can tell anything.

# %% tags=["active-ipynb"]
# import time
#
# import matplotlib.pyplot as plt
#
# from autograder import data
#
# plt.rcParams.update(
#     {"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
# )
# text = data.shakespeare()
# alphabet = "".join(sorted(set(text)))
# number = {letter: i for i, letter in enumerate(alphabet)}
# ids = np.array([number[letter] for letter in text])
# print(f"{len(text)} characters, {len(alphabet)} different")
#
#
# def pairs(ids, distance):
#     """Table (K, K): how often each symbol stands `distance` places before each other."""
#     size = len(alphabet)
#     both = ids[:-distance] * size + ids[distance:]
#     return np.bincount(both, minlength=size * size).reshape(size, size)
#
#
# distances = [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60, 100, 200]
# thrown = np.random.default_rng(0).permutation(ids)
# told = [mutual_information(pairs(ids, d)) for d in distances]
# chance = [mutual_information(pairs(thrown, d)) for d in distances]
# figure, axes = plt.subplots(figsize=(8, 4), layout="constrained")
# axes.loglog(distances, told, "o-", color="tab:blue", label="Shakespeare")
# axes.loglog(distances, chance, "s--", color="0.5", label="the same letters, thrown together")
# axes.set(xlabel="distance in characters", ylabel="mutual information in bits")
# axes.set_title("What a letter tells of another one")
# axes.set_xticks([1, 2, 5, 10, 20, 50, 100, 200], ["1", "2", "5", "10", "20", "50", "100", "200"])
# axes.legend(frameon=False)
# axes.grid(alpha=0.25)
# plt.show()
# for d, bits, nothing in zip(distances[:5], told, chance):
#     print(f"distance {d}: {bits:.3f} bits, thrown together {nothing:.4f}")
#
# table = pmi(pairs(ids, 1))
# often = pairs(ids, 1) >= 200
# best = sorted(zip(*np.nonzero(often)), key=lambda place: -table[place])[:12]
# shown = [f"{alphabet[x]}{alphabet[y]} {table[x, y]:.1f}" for x, y in best]
# print("pairs that attract each other:", ", ".join(shown))

# %% [markdown]
# **For your report, 1 (2 points).** How many characters on does a letter still tell more than
# chance, and what may make the little hill near 45? Why is it not 0 for letters that were thrown
# together, and what would become of that number if you took a tenth of the text? (Count how many
# entries the table has, and how many pairs there are.) Measure it.
#
# ## q4 · Perplexity, and bits per character
#
# A language model reads a text and gives to each token that comes a probability; it returns its
# natural logarithm, $\ln p_i$. The average surprise in bits is $-\frac1n\sum_i \log_2 p_i$: the
# cross-entropy, measured on a text. *Perplexity* says the same as a number of choices,
#
# $$\text{perplexity} = 2^{\,\text{average surprise in bits}} = \Bigl(\prod_i p_i\Bigr)^{-1/n},$$
#
# as uncertain as among that many equally likely tokens. It is a number *per token*, and whoever
# cuts a text into fewer tokens has a higher one with the same model. What can be compared are all
# the bits of a text, divided by its *characters*.
#
# **By hand.** A text of seven characters was cut into three tokens, to which the model gave 1/2,
# 1/4 and 1/8: $1 + 2 + 3 = 6$ bits. The perplexity is $2^{6/3} = 4$, and there are $6/7 = 0.857$
# bits per character.
#
# The product of a thousand probabilities is no float any more, so add logarithms. One token that
# was held for impossible makes both infinite.


# %% tags=["q4"]
def perplexity(log_probs):
    """Perplexity of a model on a text.

    Args:
        log_probs: 1-D array-like, the natural logarithm of the probability that the model gave to
            each token of the text; at most 0, -inf for a token that it held for impossible.

    Returns:
        A float, at least 1. It is inf if a token was impossible, or if it is beyond the floats.

    Raises:
        ValueError: `log_probs` is not 1-D or is empty, or has NaN or an entry above 0.
    """
    # BEGIN SOLUTION
    with np.errstate(over="ignore"):
        return float(np.exp(-_log_probs(log_probs).mean()))
    # END SOLUTION


def bits_per_character(log_probs, characters):
    """All the bits of a text, divided by its characters.

    Args:
        log_probs: as for `perplexity`.
        characters: how many characters the text has, at least 1.

    Returns:
        A float, at least 0; inf if a token was impossible.

    Raises:
        ValueError: as `perplexity`, or `characters` is below 1.
    """
    # BEGIN SOLUTION
    if characters < 1:
        raise ValueError(f"characters must be at least 1, not {characters}")
    return float(-_log_probs(log_probs).sum() / math.log(2) / characters) + 0.0
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _log_probs(log_probs):
    log_probs = np.asarray(log_probs, dtype=np.float64)
    if log_probs.ndim != 1 or log_probs.size == 0 or not (log_probs <= 0).all():
        raise ValueError("log_probs must be 1-D, not empty, and at most 0")
    return log_probs


# END SOLUTION

# %% [markdown]
# ## q5 · A word of bits for each symbol
#
# Now write symbols down. A *code* gives each of them a word of 0 and 1, and frequent symbols should
# have short ones. If no word is the beginning of another (a *prefix code*), words need no
# separators between them: read bits until they are a word, write its symbol, go on.
#
# Huffman found the best such code from below. Take the two lightest symbols; they may as well
# differ in their last bit only. Tie them together into one symbol that has both weights, and go on
# until everything hangs on one tree. Left is 0, right is 1.
#
# **By hand**, *abracadabra*: a 5, b 2, r 2, c 1, d 1.
#
# | | lightest two | together | what is left |
# | --- | --- | --- | --- |
# | 1 | c 1, d 1 | 2 | a 5, b 2, r 2, cd 2 |
# | 2 | b 2, r 2 | 4 | a 5, br 4, cd 2 |
# | 3 | cd 2, br 4 | 6 | a 5, brcd 6 |
# | 4 | a 5, brcd 6 | 11 | |
#
# ![Huffman's tree of abracadabra: a is 0; in the other half c is 100, d is 101, b is 110 and r is
# 111](huffman.svg)
#
# Each symbol pays one bit for every tie that it is part of, so the whole word takes
# $2 + 4 + 6 + 11 = 23$ bits, 2.09 per letter, where the entropy is 2.04. Another choice in step 2
# gives other words and the same 23 bits; any best code will do.
#
# The average length $L$ of a best code obeys $H(p) \le L < H(p) + 1$. The second half is the
# trouble: a symbol of probability 0.99 brings 0.015 bits, and no word is shorter than one.


# %% tags=["q5"]
def huffman_code(weights):
    """A prefix code of the smallest average length.

    Args:
        weights: dict symbol -> number, at least 0; counts or probabilities. Symbols are anything
            hashable (they need not be comparable).

    Returns:
        Dict symbol -> its word, a string of "0" and "1", in which no word is the beginning of
        another. A single symbol has a word of one bit.

    Raises:
        ValueError: `weights` is empty, or has a number that is negative, NaN or inf.
    """
    # BEGIN SOLUTION
    if not weights or not all(0 <= weight < math.inf for weight in weights.values()):
        raise ValueError("weights must not be empty, and be finite and at least 0")
    if len(weights) == 1:
        return dict.fromkeys(weights, "0")
    code = dict.fromkeys(weights, "")
    # The number in the middle makes all entries different, so symbols are never compared.
    heap = [(weight, i, [symbol]) for i, (symbol, weight) in enumerate(weights.items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        (light, _, left), (heavy, number, right) = heapq.heappop(heap), heapq.heappop(heap)
        for bit, symbols in (("0", left), ("1", right)):
            for symbol in symbols:
                code[symbol] = bit + code[symbol]
        heapq.heappush(heap, (light + heavy, number, left + right))
    return code
    # END SOLUTION


def average_length(weights, code):
    """Average number of bits per symbol, if symbols come in proportion to `weights`.

    Args:
        weights: dict symbol -> number, at least 0. They need not sum to 1.
        code: dict symbol -> word. It may have more symbols than `weights`.

    Returns:
        A float.

    Raises:
        ValueError: a symbol of `weights` has no word in `code`, or the weights sum to 0.
    """
    # BEGIN SOLUTION
    total = sum(weights.values())
    if not weights.keys() <= code.keys():
        raise ValueError(f"code has no word for {sorted(weights.keys() - code.keys(), key=str)}")
    if total <= 0:
        raise ValueError("weights must sum to more than 0")
    return sum(weight * len(code[symbol]) for symbol, weight in weights.items()) / total
    # END SOLUTION


def encode(symbols, code):
    """Symbols → one string of bits, word after word.

    Args:
        symbols: sequence of symbols (a string is a sequence of characters), may be empty.
        code: dict symbol -> word.

    Raises:
        ValueError: a symbol has no word.
    """
    # BEGIN SOLUTION
    try:
        return "".join(code[symbol] for symbol in symbols)
    except KeyError as error:
        raise ValueError(f"symbols: {error.args[0]!r} has no word in the code") from None
    # END SOLUTION


def decode(bits, code):
    """A string of bits → list of symbols, what `encode` was given.

    Args:
        bits: string of "0" and "1", may be empty.
        code: dict symbol -> word, a prefix code without empty words.

    Raises:
        ValueError: `bits` ends in the middle of a word, or has a piece that is no word.
    """
    # BEGIN SOLUTION
    symbol_of, symbols, word = {word: symbol for symbol, word in code.items()}, [], ""
    for bit in bits:
        word += bit
        if word in symbol_of:
            symbols.append(symbol_of[word])
            word = ""
    if word:
        raise ValueError(f"bits: {word[:40]!r} at the end is no word of the code")
    return symbols
    # END SOLUTION


# %% [markdown]
# ## q6 · Arithmetic coding
#
# A model that is nearly sure pays nearly nothing, in theory. To get that, do not round every symbol
# up to whole bits: give one word to the *whole text*. Divide the numbers from 0 to 1 among the
# first symbols, each in proportion to its probability. In the part of the symbol that comes, divide
# again, with the probabilities that the model has *now*, and so on:
#
# ![Three lines, each of which enlarges a part of the one above: a, b, c divide the numbers from 0
# to 1; in the part of a, from 0 to one half, they divide again; then in the part of
# ab](intervals.svg)
#
# **By hand**, with $p = (1/2, 1/4, 1/4)$ for a, b, c at every step, the text *aba*, as the numbers
# 0, 1, 0 of its symbols:
#
# | symbol | interval | width |
# | --- | --- | --- |
# | | $[0, 1)$ | 1 |
# | a | $[0, 1/2)$ | 1/2 |
# | b | $[1/4, 3/8)$ | 1/8 |
# | a | $[1/4, 5/16)$ | 1/16 |
#
# The width at the end is the probability $P$ of the text. Any number in the interval stands for
# it, and one that needs few binary digits is soon found: $1/4 = 0.01_2$ lies in the interval, so
# "01" will do if the decoder reads zeros after the end. In general $\lceil -\log_2 P \rceil$ digits
# are enough, because steps of that size cannot miss an interval of that width; who wants every
# continuation to lie inside takes one more. Two bits too much for a whole play, and a probability
# of 0.99 really costs 0.015.
#
# The *decoder* has the same model. It sees in which part the number lies, knows the first symbol,
# asks the model what comes after it, and so on. It has to be told how many symbols there are.
#
# After fifty symbols floats are too coarse for the interval. Two ways out:
#
# 1. *Exact numbers.* Round the model's probabilities up to whole multiples of $2^{-40}$, say, and
#    let Python's integers, which have no largest one, grow. It is short and right, and every symbol
#    takes longer than the one before.
# 2. *Digits that are settled leave.* If the whole interval lies in one half, its first digit is
#    known: write it and stretch that half to everything. An interval that straddles the middle,
#    within the middle half, stretches as well; then the digit is not known yet, but the one after
#    it will be the opposite, so count how many are owed. Low end and width fit in 62 bits for ever.
#
# Both ends must do *exactly* the same arithmetic: a difference in the last digit and the rest is
# noise. That is a real problem when a language model of floats is the model.
#
# The model is a function: it gets the list of all symbols before and returns the probabilities of
# the next one.


# %% tags=["q6"]
def arithmetic_encode(symbols, model):
    """Write a text down in at most 2 bits more than the model's surprise at it.

    Args:
        symbols: sequence of ints from 0 to K - 1, may be empty.
        model: function of one argument, the list of the symbols before (empty at first), that
            returns the probabilities of the next symbol: an array of shape (K,). It is asked once
            for each symbol, in order. Probabilities are 0, or at least 1e-9.

    Returns:
        String of "0" and "1". If P is the probability of the whole text, the product of what the
        model gave to each symbol, it has at most -log2(P) + 2 bits.

    Raises:
        ValueError: one of `symbols` is not in 0 … K - 1, or has probability 0 where it stands.
    """
    # BEGIN SOLUTION
    low, width, owed, past, bits = 0, _ONE, 0, [], []
    for symbol in symbols:
        edges = _edges(model(past))
        if not 0 <= symbol < len(edges) - 1 or edges[symbol] == edges[symbol + 1]:
            raise ValueError(f"symbols: {symbol} is impossible after {past[-10:]}")
        low, width = _part(low, width, edges, symbol)
        past.append(int(symbol))
        while (half := _half(low, width)) is not None:
            if half == "middle":
                owed += 1
            else:
                bits.append(half + "10"[int(half)] * owed)
                owed = 0
            low, width = _stretched(low, width, half)
    # What lies in no half holds 1/2, which is "1" and zeros, and zeros are read after the end.
    return "".join(bits) + "1"
    # END SOLUTION


def arithmetic_decode(bits, n, model):
    """The n symbols from which `arithmetic_encode` made these bits.

    Args:
        bits: what `arithmetic_encode` returned.
        n: number of symbols.
        model: the same function; it is asked the same questions in the same order.

    Returns:
        List of n ints.

    Raises:
        ValueError: `n` is negative.
    """
    # BEGIN SOLUTION
    if n < 0:
        raise ValueError(f"n must be at least 0, not {n}")
    low, width, past = 0, _ONE, []
    value, place = int(bits[:_BITS].ljust(_BITS, "0"), 2), _BITS
    for _ in range(n):
        edges = _edges(model(past))
        begins = [width * edge // edges[-1] for edge in edges]
        symbol = bisect_right(begins, value - low) - 1
        low, width = _part(low, width, edges, symbol)
        past.append(symbol)
        while (half := _half(low, width)) is not None:
            low, width = _stretched(low, width, half)
            value, _ = _stretched(value, 0, half)
            value += bits[place : place + 1] == "1"
            place += 1
    return past
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
_BITS = 62
_ONE = 1 << _BITS


def _edges(probabilities):
    """Where the parts of the symbols begin and the last one ends, as whole numbers (K + 1,)."""
    p = np.asarray(probabilities, dtype=np.float64)
    counts = np.floor(p * 2.0**40).astype(np.int64) + (p > 0)
    return [0, *np.cumsum(counts).tolist()]


def _part(low, width, edges, symbol):
    """The part of an interval that belongs to a symbol."""
    begin, end = (width * edges[symbol + i] // edges[-1] for i in (0, 1))
    return low + begin, end - begin


def _half(low, width):
    """Which half of [0, 1) the interval lies in: "0", "1", "middle", or None."""
    for half, start in (("0", 0), ("1", _ONE // 2), ("middle", _ONE // 4)):
        if start <= low and low + width <= start + _ONE // 2:
            return half
    return None


def _stretched(low, width, half):
    """The interval after that half has been stretched to all of [0, 1)."""
    start = {"0": 0, "1": _ONE // 2, "middle": _ONE // 4}[half]
    return 2 * (low - start), 2 * width


# END SOLUTION

# %% [markdown]
# ## q7 · The entropy of English
#
# How much surprise is left in a character if the $k$ before it are known? Count what follows each
# context of $k$ characters, and the answer is a conditional entropy:
#
# $$H_k = \sum_{h} \frac{c(h)}{n} \; H\!\left(\frac{c(h\,\cdot)}{c(h)}\right),$$
#
# where $c(hx)$ is how often $x$ follows the context $h$, $c(h) = \sum_x c(hx)$, and $n$ the sum of
# all of them.
#
# **By hand**, *abracadabra*, $k = 1$: a is followed by b, c, d, b (the last a by nothing), b twice
# by r, r twice by a, c by a, d by a. Only after a is there any doubt, with $H(1/2, 1/4, 1/4) = 1.5$
# bits, for 4 of 10 characters: $H_1 = 0.6$. With $k = 2$ each context has one follower only, and
# $H_2 = 0$. Nothing is left to be learned about abracadabra, and nothing was learned about
# English: the table knows *this text* by heart.
#
# What counts is a text that was *not* counted, and there many contexts are new. So let the model
# for $k$ characters listen to the one for $k - 1$. Imagine that every context had been seen
# $\lambda$ times more (the *strength*), followed by what the shorter context expects:
#
# $$p_k(x \mid h) = \frac{c(hx) + \lambda\, p_{k-1}(x \mid h')}{c(h) + \lambda}, \qquad
# p_{-1}(x) = \frac1K,$$
#
# where $h'$ is $h$ without its first character. A context that was never seen says what the shorter
# one says, and one that was seen a thousand times hardly listens. (MacKay derived it from a prior,
# with the $\alpha$ of a Dirichlet distribution.)
#
# **By hand**, *abracadabra*, $k = 1$, $\lambda = 1$, the alphabet "abcdr":
# $p_0(b) = (2 + \frac15)/(11 + 1) = 0.1833$, and $p_1(b \mid a) = (2 + 0.1833)/(4 + 1) = 0.4367$.


# %% tags=["q7"]
def context_entropy(text, order):
    """Entropy of a character when the `order` characters before it are known, counted in `text`.

    Args:
        text: a string.
        order: number of characters of a context, at least 0. The first `order` characters of the
            text have no full context and are not predicted.

    Returns:
        Bits per character, a float, never below 0.

    Raises:
        ValueError: `order` is negative, or `text` has no more than `order` characters.
    """
    # BEGIN SOLUTION
    if not 0 <= order < len(text):
        raise ValueError(f"order must be at least 0 and below {len(text)}, not {order}")
    followers = _followers(text, order)
    surprise = 0.0
    for counts in followers.values():
        seen = np.array(list(counts.values()), dtype=np.float64)
        surprise += float((seen * np.log2(seen.sum() / seen)).sum())
    return surprise / (len(text) - order)
    # END SOLUTION


def context_model(text, order, alphabet, strength=1.0):
    """A language model that has counted a text, as `arithmetic_encode` wants it.

    Args:
        text: a string, may be empty.
        order: longest context, at least 0.
        alphabet: string of K different characters; symbol i is its character i.
        strength: λ > 0, how many observations the shorter context is worth.

    Returns:
        A function of one argument, the symbols before (a list of ints from 0 to K - 1), that
        returns the probabilities of the next one: new float64 array of shape (K,). Only the last
        `order` of them count; where there are fewer, the model for as many characters as there are
        answers. What the function is asked teaches it nothing.

    Raises:
        ValueError: `order` is negative, `strength` is not above 0, `alphabet` is empty or repeats
            a character, or `text` has a character that is not in it.
    """
    # BEGIN SOLUTION
    if order < 0:
        raise ValueError(f"order must be at least 0, not {order}")
    if not strength > 0:
        raise ValueError(f"strength must be above 0, not {strength}")
    number = {character: i for i, character in enumerate(alphabet)}
    if not alphabet or len(number) < len(alphabet):
        raise ValueError("alphabet must have different characters, at least one")
    if not number.keys() >= set(text):
        raise ValueError(f"text has characters without a number: {set(text) - number.keys()}")
    counted = [_followers(text, k) for k in range(order + 1)]
    tables = [{h: _row(counts, number) for h, counts in found.items()} for found in counted]

    def model(past):
        recent = "".join(alphabet[symbol] for symbol in past[-order:]) if order else ""
        p = np.full(len(alphabet), 1 / len(alphabet))
        for k in range(len(recent) + 1):
            row = tables[k].get(recent[len(recent) - k :])
            if row is None:
                break  # whoever has not seen the end of a context has not seen the context
            places, counts, total = row
            p *= strength
            p[places] += counts
            p /= total + strength
        return p

    return model
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _followers(text, order):
    """Dict context of `order` characters -> Counter of the characters that follow it."""
    followers = defaultdict(Counter)
    for i in range(order, len(text)):
        followers[text[i - order : i]][text[i]] += 1
    return followers


def _row(counts, number):
    """What follows a context: numbers of the characters, their counts, and the sum of these."""
    return [number[c] for c in counts], list(counts.values()), counts.total()


# END SOLUTION

# %% [markdown]
# ## q8 · Maximum entropy, and a reward with a leash
#
# A die has been thrown many times, and all you are told is that the mean was 4.5 instead of 3.5.
# What do you believe about a six? Many distributions have this mean. Jaynes' advice: of all of them
# take the one with the largest entropy, because any other one claims to know more. It has the
# form
#
# $$p_x \propto 2^{\lambda f_x}$$
#
# with $f_x$ the value of outcome $x$ and the one $\lambda$ for which the mean is right. The mean
# grows with $\lambda$, so it can be found by bisection. This is a softmax: *logits are what comes
# out if one knows averages and nothing else*.
#
# **By hand.** The values 1, 2, 3 and the mean 2.5: with $u = 2^\lambda$,
# $(1 + 2u + 3u^2)/(1 + u + u^2) = 2.5$ leads to $u^2 - u - 3 = 0$, $u = 2.303$, and
# $p = (0.116, 0.268, 0.616)$.
#
# Now a language model, $q$, and a reward $r_x$ for each answer $x$. Only to maximise the reward
# means to say the one best answer for ever, and rewards can be fooled. So a price is put on leaving
# the model: find the distribution $p$ for which
#
# $$\sum_x p_x r_x - \beta\, D(p \,\|\, q)$$
#
# is largest. That is how models are tuned to what people like. The best $p$ has a closed form, and
# so has the value that it reaches:
#
# $$p_x = \frac{q_x\, 2^{\,r_x/\beta}}{Z}, \qquad Z = \sum_y q_y\, 2^{\,r_y/\beta}, \qquad
# \text{value} = \beta \log_2 Z .$$
#
# A large $\beta$ leaves the model as it is, a small one says the best answer only (of those that
# $q$ holds for possible). No reward makes an impossible answer possible. ($\beta$ is a price per
# bit here; in papers it is per nat, and larger by $1/\ln 2$.)
#
# **By hand.** $q = (1/2, 1/4, 1/4)$, $r = (0, 1, 0)$, $\beta = 1$: $q\,2^{r}$ is $(1/2, 1/2, 1/4)$
# with the sum $Z = 5/4$, so $p = (0.4, 0.4, 0.2)$ and the value is $\log_2 1.25 = 0.322$. Check:
# the reward is 0.4, and $D(p\,\|\,q) = 0.078$.
#
# $2^{r/\beta}$ is no float any more for $r/\beta = 2000$. Use what you know from q1.


# %% tags=["q8"]
def maximum_entropy(values, mean):
    """The distribution of largest entropy with a given mean.

    Args:
        values: 1-D array-like of K finite numbers, the value of each outcome.
        mean: what the mean of the values is to be.

    Returns:
        Array of shape (K,), probabilities. Its mean is right up to 1e-9 of the difference between
        the largest and the smallest value. If `mean` is the smallest value or the largest, all is
        on the outcomes with that value, in equal parts.

    Raises:
        ValueError: `values` is not 1-D, empty or not finite; `mean` is below the smallest value or
            above the largest, or NaN.
    """
    # BEGIN SOLUTION
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 1 or values.size == 0 or not np.isfinite(values).all():
        raise ValueError("values must be 1-D, not empty, and finite")
    least, most = values.min(), values.max()
    if not least <= mean <= most:
        raise ValueError(f"mean must lie between {least} and {most}, not at {mean}")
    for end in (least, most):
        if mean == end:
            return (values == end) / np.count_nonzero(values == end)
    places = (values - least) / (most - least)  # from 0 to 1, whatever the unit
    target = (mean - least) / (most - least)
    low, high = -1.0, 1.0
    while _tilted(places, low) @ places > target:
        low *= 2
    while _tilted(places, high) @ places < target:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if _tilted(places, middle) @ places < target:
            low = middle
        else:
            high = middle
    return _tilted(places, high)
    # END SOLUTION


def kl_regularized(q, reward, beta):
    """The best distribution if leaving `q` has a price, and the value that it reaches.

    It maximises (mean of the reward) - beta · (Kullback–Leibler divergence from `q`, in bits).

    Args:
        q: a distribution, shape (K,).
        reward: array-like of K finite numbers.
        beta: price of a bit, above 0 and finite.

    Returns:
        Tuple `(p, value)`: array of shape (K,), and a float, the largest value.
        Both are right for rewards and prices of any size: reward / beta may be 1e9.

    Raises:
        ValueError: `q` is no distribution or not 1-D, `reward` has another shape or an entry that
            is not finite, or `beta` is not above 0 and finite.
    """
    # BEGIN SOLUTION
    q, reward = _distribution("q", q), np.asarray(reward, dtype=np.float64)
    if q.ndim != 1:
        raise ValueError(f"q must be 1-D, not {q.ndim}-D")
    if reward.shape != q.shape or not np.isfinite(reward).all():
        raise ValueError(f"reward must be {len(q)} finite numbers")
    if not 0 < beta < np.inf:
        raise ValueError(f"beta must be above 0, not {beta}")
    best = reward[q > 0].max()
    weights = np.where(q > 0, q * np.exp2(np.minimum(reward - best, 0) / beta), 0.0)
    total = weights.sum()
    return weights / total, float(best + beta * np.log2(total))
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _tilted(places, strength):
    weights = np.exp2(strength * (places - (strength > 0)))  # the largest exponent is 0
    return weights / weights.sum()


# END SOLUTION

# %% [markdown]
# ## What you have built
#
# **English by the bit.** Seven plays and a half are counted, and the second half of the last one,
# *The Tempest*, is read as something new. Left: what is left of a character's entropy, if counted
# in the text itself (which learns it by heart), and what your model really needs for the new text.
# Right: where the bits are, in one line of it. (About a minute.)

# %% tags=["active-ipynb"]
# cut = (text.rindex("\n\n\n") + len(text)) // 2  # in the middle of the last play
# known, new = text[:cut], text[cut : cut + 20_000]
# new_ids = [number[letter] for letter in new]
# orders = range(8)
#
#
# def surprises(model, ids):
#     """Natural logarithm of what the model gave to each symbol of a text."""
#     return np.array([math.log(model(ids[max(0, i - 8) : i])[s]) for i, s in enumerate(ids)])
#
#
# by_heart, needed = [], []
# print("context  by heart  new text  perplexity")
# for k in orders:
#     model = context_model(known, k, alphabet, strength=10.0)
#     logs = surprises(model, new_ids)
#     by_heart.append(context_entropy(known, k))
#     needed.append(bits_per_character(logs, len(new)))
#     if needed[k] == min(needed):
#         best, best_model, best_logs = k, model, logs
#     print(f"{k:>7}{by_heart[k]:>10.3f}{needed[k]:>10.3f}{perplexity(logs):>12.2f}")
#
# figure, (left, right) = plt.subplots(
#     1, 2, figsize=(13, 4.2), layout="constrained", width_ratios=[1, 1.5]
# )
# left.plot(orders, by_heart, "s--", color="0.5", label="counted in the text itself")
# left.plot(orders, needed, "o-", color="tab:blue", label="your model, new text")
# left.axhspan(0.6, 1.3, color="tab:green", alpha=0.15, label="people who guess (Shannon, 1951)")
# left.set(xlabel="characters of context", ylabel="bits per character", ylim=(0, None))
# left.set_title("What is left of a character's entropy")
# left.legend(frameon=False)
# start = new.index("\n", 2000) + 1
# bars = -best_logs[start : start + 80] / math.log(2)
# right.bar(range(len(bars)), bars, color=plt.cm.viridis_r(np.clip(bars / 8, 0, 1)))
# signs = ["⏎" if c == "\n" else c for c in new[start : start + 80]]
# right.set_xticks(range(len(bars)), signs, fontsize=8)
# right.set(ylabel="bits", xlim=(-0.6, len(bars) - 0.4))
# right.set_title(f"Surprise at each character, {best} characters of context")
# plt.show()

# %% [markdown]
# **The compressor.** The new text through your coder, driven by your best model, and back. Beside
# it: what your Huffman code makes of single characters, and what three well-known compressors make
# of it. They have not read Shakespeare. So the last column lets them: how many bytes more do they
# need for everything that was counted *and* the new text, than without it? (zlib only remembers
# 32 kB.)

# %% tags=["active-ipynb"]
# import bz2
# import lzma
# import zlib
#
# piece = new[:5000]
# piece_ids = new_ids[:5000]
# start = time.perf_counter()
# bits = arithmetic_encode(piece_ids, best_model)
# back = arithmetic_decode(bits, len(piece), best_model)
# seconds = time.perf_counter() - start
# ideal = -best_logs[: len(piece)].sum() / math.log(2)
# print(f"{len(bits)} bits, the model's surprise is {ideal:.2f}; exact: {back == piece_ids}")
# print(f"{2 * len(piece) / seconds:.0f} characters per second, there and back")
#
# code = huffman_code(Counter(known))
# alone = {
#     "8 bits each": 8.0,
#     "the same for all": math.log2(len(alphabet)),
#     "Huffman": len(encode(piece, code)) / len(piece),
#     "your model": len(bits) / len(piece),
# }
# after = {"your model": alone["your model"]}
# for name, squeeze in (("zlib", zlib), ("bz2", bz2), ("lzma", lzma)):
#     both, before = (len(squeeze.compress(t.encode())) for t in (known + piece, known))
#     alone[name] = 8 * len(squeeze.compress(piece.encode())) / len(piece)
#     after[name] = 8 * (both - before) / len(piece)
# print(f"{'bits per character':20}{'alone':>8}{'having read the rest':>24}")
# for name, value in sorted(alone.items(), key=lambda item: -item[1]):
#     own = "" if name == "your model" else f"{value:.2f}"
#     print(f"{name:20}{own:>8}{f'{after[name]:.2f}' if name in after else '':>24}")

# %% [markdown]
# **For your report, 2 (2 points).** The two curves part. At which context does your model do best
# on the new text, and why does the other curve go on falling, towards 0? What would both do if you
# counted ten times as much text?
#
# **For your report, 3 (2 points).** Your model and lzma have both read the same plays. Is the
# comparison fair? Whoever wants to unpack needs the program, and *what it has read*: from how much
# new text on is the whole parcel smaller? Do the same sum for a language model of 14 GB that needs
# 0.8 bits per character, against 2 bits for a compressor of 100 kB.
#
# **The leash.** A model has 40 answers, of falling probability, and a reward for each. Left: the
# best distribution for three prices. Right: what can be had, reward against bits away from the
# model; every point on your curve is the largest reward at that distance. Beside it the simplest
# way to get reward: ask the model $n$ times and keep the best answer. Its distance is at most
# $\log_2 n - \frac{n - 1}{n} \log_2 e$.

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(4)
# answers = np.arange(40)
# belief = 1.0 / (answers + 1.5) ** 1.1
# belief /= belief.sum()
# reward = rng.standard_normal(40) + 0.02 * answers
# die = maximum_entropy([1, 2, 3, 4, 5, 6], 4.5)
# print("a die with the mean 4.5:", np.round(die, 4), f"{entropy(die):.3f} bits")
#
# figure, (left, right) = plt.subplots(1, 2, figsize=(13, 4.2), layout="constrained")
# left.step(answers, belief, where="mid", color="0.4", label="the model, q")
# for beta, color in ((2.0, "tab:green"), (0.5, "tab:blue"), (0.1, "tab:red")):
#     tuned, value = kl_regularized(belief, reward, beta)
#     cost = kl_divergence(tuned, belief)
#     label = f"β = {beta:g}: reward {tuned @ reward:.2f}, {cost:.2f} bits away"
#     left.step(answers, tuned, where="mid", color=color, label=label)
# left.set(xlabel="answer", ylabel="probability", title="Tuned for a reward, kept on a leash")
# left.legend(frameon=False)
#
# prices = np.geomspace(0.02, 30, 60)
# tuned = [kl_regularized(belief, reward, beta)[0] for beta in prices]
# right.plot(
#     [kl_divergence(p, belief) for p in tuned], [p @ reward for p in tuned],
#     color="tab:blue", label="largest reward at this distance",
# )
# order = np.argsort(reward)  # worst first
# tries = np.array([1, 2, 4, 8, 16, 32, 64, 128])
# below = np.cumsum(belief[order])  # P(an answer is no better than this one)
# for n in tries:
#     top = np.empty(40)
#     top[order] = np.diff(below**n, prepend=0.0)  # the best of n answers
#     top /= top.sum()
#     (point,) = right.plot(kl_divergence(top, belief), top @ reward, "o", color="tab:orange")
#     right.annotate(f"{n}", (point.get_xdata()[0], point.get_ydata()[0]), (5, -10),
#                    textcoords="offset points", fontsize=8)
# point.set_label("the best of n")
# right.set(xlabel="bits away from the model", ylabel="mean reward", title="What a bit buys")
# right.legend(frameon=False, loc="lower right")
# right.grid(alpha=0.25)
# plt.show()

# %% [markdown] tags=["written"]
# ## Written question · How many bits are in a letter?
#
# Answer the three small questions (1 below the figure of q3, 2 and 3 below the compressor), and
# write a report of about half a page on the rest, with a figure of your own and numbers that you
# measured.
#
# 4. A text has two kinds of lines, so that $p$ has two separate humps; your model family has only
#    one hump, of any place and width. Which member is chosen by a small $D(p\,\|\,q)$, which by a
#    small $D(q\,\|\,p)$? Try it with numbers (say, 60 outcomes and `kl_divergence` over a grid of
#    places and widths), draw both, and say which of the two is the loss of a language model, which
#    one stands in q8, and what follows for what a tuned model writes.
# 5. In q8, let the reward be wrong for one rare answer: far too high. Draw the true reward and the
#    promised one against the bits away from the model. Where should one stop, and how could one
#    notice without knowing the true reward?

# %% [markdown] tags=["answer"]
# **1.**
#
# **2.**
#
# **3.**
#
# **4 and 5.** *Your report goes here.*
