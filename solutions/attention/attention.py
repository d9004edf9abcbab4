# %% [markdown]
# # An attention head without a framework
#
# *"The dog that chased the cats was tired."* Which word decides between *was* and *were*? Not the
# neighbour, *cats*, but *dog*, four words earlier. A bigram model cannot know that. Somehow the
# position that is about to say *was* has to find *dog* among all the words before it, and fetch
# what is known about it: one animal, singular.
#
# **How does a position in a text find what it needs in another?** By *attention*. Each position
# asks a question (a *query*), each position offers a label (a *key*) and a content (a *value*).
# Queries are compared with keys, and what comes back is an average of the values, weighted by how
# well the keys fit. Everything is differentiable, so nobody has to say what to ask: training finds
# it. Every large language model of today is a stack of this one operation and matrix products.
#
# You will build it from NumPy alone: masks and softmax (q1), attention (q2), a head with its
# gradients by hand (q3), many heads (q4), the three usual ways to tell positions apart (q5), the
# cache that makes writing fast (q6), attention that never makes the big matrix (q7), and the tools
# to look inside (q8). At the end your head learns from Shakespeare, with the gradients you derived,
# and you see which letters it looks at.
#
# **Conventions.** A text of $t$ tokens is an array `x` of shape $(t, d_{\mathrm{model}})$, one row
# per token. There may be any number of axes in front, such as a batch: $(\ldots, t, d)$. Weights
# multiply from the right, `q = x @ wq`, and there are no biases. A **mask** is a boolean array,
# `True` where a query *may look* at a key; its axes are (query, key), and it broadcasts. Anything
# but booleans in a mask is refused. Floats keep their type (float32 stays float32), integers become
# float64. Bad arguments raise `ValueError` with a message that names the argument. What the caller
# passes in is never modified.
#
# **Rules.** NumPy only; matplotlib in q8.

# %% tags=["active-ipynb"]
# # One thread per product, so that the measurements below are those of one core.
# # It has to happen before NumPy is imported.
# import os
#
# for library in ("OPENBLAS", "MKL", "OMP", "VECLIB"):
#     threads = "MAXIMUM_THREADS" if library == "VECLIB" else "NUM_THREADS"
#     os.environ[f"{library}_{threads}"] = "1"

# %%
import math

import numpy as np
from matplotlib.figure import Figure


def floats(*arrays):
    """The arguments as a list of arrays of one floating type, which you are welcome to use.

    float32 stays float32; integers, and float32 together with float64, become float64.
    """
    arrays = [np.asarray(array) for array in arrays]
    dtype = np.result_type(*arrays)
    if not np.issubdtype(dtype, np.floating):
        dtype = np.dtype(np.float64)
    return [array.astype(dtype, copy=False) for array in arrays]


# %% [markdown]
# ## q1 · Softmax and masks
#
# Scores become weights by the softmax. For a row $x$ of $n$ scores and a temperature $T > 0$
#
# $$\mathrm{softmax}(x)_j = \frac{e^{x_j / T}}{\sum_{l=0}^{n-1} e^{x_l / T}}.$$
#
# The weights are positive and add up to 1. A low temperature sharpens them, a high one flattens
# them.
#
# **By hand.** $x = (0, \ln 2, \ln 3)$ has the exponentials $1, 2, 3$, so the weights are
# $\tfrac16, \tfrac26, \tfrac36$. With $T = \tfrac12$ the exponentials are squared, $1, 4, 9$, and
# the weights $\tfrac1{14}, \tfrac4{14}, \tfrac9{14}$.
#
# **Stable.** $e^{1000}$ is no number of a computer, yet $\mathrm{softmax}(1000, 1000)$ is clearly
# $(\tfrac12, \tfrac12)$. Adding a constant $c$ to all scores multiplies numerator and denominator
# by $e^{c/T}$ and changes nothing. Subtract the row's maximum: then all exponents are $\le 0$ and
# one of them is $e^0 = 1$.
#
# **Masked.** A score of $-\infty$ has the weight $e^{-\infty} = 0$: that is how a key is hidden. If
# *all* scores of a row are $-\infty$ there is nothing to choose from. The formula says $0/0$; we
# want zeros, so that such a row contributes nothing.
#
# Two masks are needed again and again. A model that predicts the next token must not see it, so
# query $i$ may look at the keys $j \le i$: the **causal** mask. In a batch short texts are filled
# up to the common length $t$, and nobody may look at the filling: the **padding** mask. For
# example, with 1 for `True`:
#
# $$\texttt{causal\_mask(3)} = \begin{pmatrix}1&0&0\\1&1&0\\1&1&1\end{pmatrix}, \qquad
# \texttt{padding\_mask([1, 3], 4)} = \begin{pmatrix}1&0&0&0\\1&1&1&0\end{pmatrix}.$$
#
# The first has the axes (query, key), the second (text, key). To use both at once, insert the
# missing axis: `causal_mask(t) & padding_mask(lengths, t)[:, None, :]` has shape (batch, t, t).


# %% tags=["q1"]
def softmax(x, axis=-1, temperature=1.0):
    """Turn scores into weights that add up to 1 along `axis`.

    Args:
        x: array-like of scores, any shape; `-inf` marks what has to get the weight 0.
        axis: the axis (an integer) along which the weights add up to 1.
        temperature: a number > 0; the scores are divided by it.

    Returns:
        New array of the shape of `x`; float32 stays float32, integers become float64. Scores of any
        finite size give finite weights. Where all scores are `-inf`, all weights are 0.

    Raises:
        ValueError: `temperature` is not above 0.
    """
    # BEGIN SOLUTION
    if not temperature > 0:
        raise ValueError(f"temperature must be above 0, not {temperature}")
    (x,) = floats(x)
    top = x.max(axis, keepdims=True)
    top = np.where(top == -np.inf, 0, top)  # nothing to look at: -inf - 0, not -inf + inf
    weights = np.exp((x - top) / float(temperature))
    total = weights.sum(axis, keepdims=True)
    return weights / np.where(total == 0, 1, total)
    # END SOLUTION


def causal_mask(t):
    """Boolean array (t, t), True where query i may look at key j: at itself and before."""
    # BEGIN SOLUTION
    return np.tri(t, dtype=bool)
    # END SOLUTION


def padding_mask(lengths, t):
    """Mark what belongs to each text of a batch.

    Args:
        lengths: array-like of integers from 0 to t, shape (batch,).
        t: common length.

    Returns:
        Boolean array (batch, t), True at the first `lengths[b]` positions of row b.
    """
    # BEGIN SOLUTION
    return np.arange(t) < np.asarray(lengths)[:, None]
    # END SOLUTION


# %% [markdown]
# ## q2 · Scaled dot-product attention
#
# The rows of $Q$, shape $(t_q, d)$, are queries, the rows of $K$, shape $(t_k, d)$, are keys, and
# the rows of $V$, shape $(t_k, d_v)$, are values. How well query $i$ and key $j$ fit is their dot
# product. Each row of scores goes through the softmax, and the weights average the values:
#
# $$S = \frac{QK^\top}{\sqrt d}\;(t_q, t_k), \qquad P = \mathrm{softmax}(S)\;(t_q, t_k), \qquad
# O = PV\;(t_q, d_v).$$
#
# Where the mask is `False` the score is $-\infty$, *before* the softmax. (Setting weights to zero
# afterwards leaves rows that no longer add up to 1, and has already let the hidden keys take part
# in the denominator: the future leaks.) A row in which everything is masked gets weights 0 and
# output 0.
#
# **Why $\sqrt d$?** Let the entries of a query and a key be independent with mean 0 and variance 1,
# as they are when training begins. Each product $q_m k_m$ has mean 0 and variance
# $\mathbb E[q_m^2]\,\mathbb E[k_m^2] = 1$. The score is a sum of $d$ of them, independent, so
#
# $$\operatorname{Var}\Big(\sum_{m=0}^{d-1} q_m k_m\Big) = \sum_{m=0}^{d-1}
# \operatorname{Var}(q_m k_m) = d .$$
#
# Typical scores are as large as $\sqrt d$. With $d = 64$ they differ by 8 and more, and $e^8
# \approx 3000$: one key takes everything. Such a softmax does not learn, for its derivative is
#
# $$\frac{\partial P_j}{\partial S_l} = P_j(\delta_{jl} - P_l)$$
#
# ($\delta_{jl}$ is 1 for $j = l$ and else 0), and it vanishes when one weight is 1 and the others
# are 0. Dividing by $\sqrt d$ makes the variance 1 for every $d$. Dividing by $d$ would make it
# $1/d$: all weights nearly equal, and nothing can be found. You will see all three below.
#
# **By hand.** $d = 4$, one query $q = (\ln 9, 0, 0, 0)$, two keys $(1,0,0,0)$ and $(0,1,0,0)$,
# values $(8, 0)$ and $(0, 4)$. The scores are $(\ln 9, 0)/\sqrt4 = (\ln 3, 0)$, the weights
# $(\tfrac34, \tfrac14)$, the output $\tfrac34 (8,0) + \tfrac14(0,4) = (6, 1)$.


# %% tags=["q2"]
# BEGIN SOLUTION NO PROMPT
# q2, q3, q4 and q6 share `_attend`, and not one another's answers: a mistake in one of them then
# costs no points in the next.
def _attend(q, k, v, mask):
    """Output (..., t_q, d_v) and weights (..., t_q, t_k) for arrays of one floating type."""
    if q.shape[-1] != k.shape[-1]:
        raise ValueError(f"q {q.shape} and k {k.shape} must have the same last axis")
    if k.shape[-2] != v.shape[-2]:
        raise ValueError(f"k {k.shape} and v {v.shape} must have the same number of rows")
    scores = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(_checked(mask, scores.shape), scores, -np.inf)
    weights = _softmax_rows(scores)
    return weights @ v, weights


def _checked(mask, shape):
    mask = np.asarray(mask)
    if mask.dtype != bool:
        raise ValueError(f"mask must be boolean (True: may look), not {mask.dtype}")
    try:
        return np.broadcast_to(mask, shape)
    except ValueError:
        raise ValueError(f"mask {mask.shape} does not broadcast to the scores {shape}") from None


def _softmax_rows(scores):
    top = scores.max(-1, keepdims=True)
    e = np.exp(scores - np.where(top == -np.inf, 0, top))
    total = e.sum(-1, keepdims=True)
    return e / np.where(total == 0, 1, total)


# END SOLUTION


def scaled_dot_product_attention(q, k, v, mask=None):
    """Average the values, weighted by how well queries and keys fit.

    Args:
        q: array-like, shape (..., t_q, d).
        k: array-like, shape (..., t_k, d).
        v: array-like, shape (..., t_k, d_v). The leading axes of q, k and v are the same.
        mask: boolean array that broadcasts to (..., t_q, t_k), True where a query may look at a
            key; None if every query may look at every key.

    Returns:
        `(output, weights)`, shapes (..., t_q, d_v) and (..., t_q, t_k), new arrays; float32 stays
        float32. Scores of any finite size give finite results. A row in which everything is masked
        has weights 0 and output 0.

    Raises:
        ValueError: shapes do not fit; `mask` is not boolean.
    """
    # BEGIN SOLUTION
    return _attend(*floats(q, k, v), mask)
    # END SOLUTION


# %% [markdown]
# The derivation as an experiment, with your softmax: 64 keys, scores divided by nothing, by
# $\sqrt d$ and by $d$.

# %% tags=["active-ipynb"]
# import time
# import tracemalloc
#
# import matplotlib.pyplot as plt
#
# plt.rcParams.update(
#     {"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
# )
# rng = np.random.default_rng(0)
# widths, n_keys = 2 ** np.arange(1, 11), 64
# scalings = {
#     "not scaled": (lambda d: 1.0, "tab:red", "s"),
#     "divided by √d": (lambda d: math.sqrt(d), "tab:blue", "o"),
#     "divided by d": (lambda d: d, "tab:gray", "^"),
# }
# figure, axes = plt.subplots(1, 3, figsize=(12, 3.8), layout="constrained")
# for label, (scale, color, marker) in scalings.items():
#     spread, largest, slope = [], [], []
#     for d in widths:
#         q, k = rng.standard_normal((200, 1, d)), rng.standard_normal((200, n_keys, d))
#         scores = (q @ k.swapaxes(1, 2))[:, 0] / scale(d)  # (200, n_keys)
#         weights = softmax(scores)
#         spread.append(scores.std())
#         largest.append(weights.max(axis=-1).mean())
#         slope.append((weights * (1 - weights)).sum(axis=-1).mean())
#     for panel, values in zip(axes, (spread, largest, slope)):
#         panel.semilogx(widths, values, color=color, marker=marker, markersize=5, label=label)
# axes[0].loglog(widths, np.sqrt(widths), color="0.25", ls=":", label="√d")
# axes[0].set(title="Scores", ylabel="standard deviation")
# axes[1].set(title="Softmax", ylabel="largest of 64 weights", ylim=(0, 1))
# axes[2].set(title="What can be learnt", ylabel="sum of the slopes  $P_j(1 - P_j)$", ylim=(0, 1))
# for panel in axes:
#     panel.set_xticks(widths[1::2], [str(d) for d in widths[1::2]])
#     panel.minorticks_off()
#     panel.set_xlabel("width d of queries and keys")
#     panel.grid(alpha=0.25)
# axes[0].legend(frameon=False)
# plt.show()

# %% [markdown]
# **For your report, 1 (2 points).** How many bytes does the matrix of scores take for one head at
# $t = 4096$ in float32? For 32 heads and 32 layers, if all were kept for the backward pass? Which
# arrays of $t \times t$ does *your* q2 hold at its peak, and how many bytes per pair is that in
# all? (You will measure it in q7.)

# %% [markdown]
# ## q3 · A head, and its gradients by hand
#
# Where do queries, keys and values come from? From the tokens, by three matrices that are learnt.
# With $X$ of shape $(t, d_{\mathrm{model}})$:
#
# $$Q = XW_Q, \quad K = XW_K, \quad V = XW_V, \quad S = \tfrac{1}{\sqrt d} QK^\top, \quad
# P = \mathrm{softmax}(S), \quad O = PV,$$
#
# where $W_Q$ and $W_K$ have shape $(d_{\mathrm{model}}, d)$ and $W_V$ has shape
# $(d_{\mathrm{model}}, d_v)$. With 5 tokens of width 4, $d = 2$ and $d_v = 3$:
#
# ![A head with its shapes: X (5, 4) times three weight matrices gives Q (5, 2), K (5, 2) and V (5,
# 3); Q times K transposed gives the scores S (5, 5), of which a causal mask hides the upper right;
# the softmax of each row gives P; P times V gives the output O (5, 3)](head.svg)
#
# To learn, we need to know how a loss $L$ (one number) changes with every weight. Write $\dot A$
# for $\partial L / \partial A$: an array of the shape of $A$. We are given $\dot O$, shape $(t,
# d_v)$, and go backwards through the six formulas. For a product $C = AB$ the rule is $\dot A =
# \dot C B^\top$, $\dot B = A^\top \dot C$ (compare the shapes: nothing else would fit).
#
# 1. $O = PV$: $\quad\dot P = \dot O\, V^\top \;(t,t), \qquad \dot V = P^\top \dot O\;(t, d_v)$.
# 2. Softmax, row by row, from $\partial P_j/\partial S_l = P_j(\delta_{jl} - P_l)$:
#    $$\dot S_{il} = \sum_j \dot P_{ij} P_{ij} (\delta_{jl} - P_{il}) = P_{il}\Big(\dot P_{il} -
#    \sum_j P_{ij} \dot P_{ij}\Big).$$
#    A score rises if its value is better than the average that the row got. Where $P$ is 0, masked
#    keys among them, $\dot S$ is 0: the mask needs no further care.
# 3. $S = QK^\top/\sqrt d$: $\quad\dot Q = \dot S K/\sqrt d, \qquad \dot K = \dot S^\top Q /\sqrt
#    d$, both $(t, d)$.
# 4. $Q = XW_Q$ and its two sisters: $\quad\dot W_Q = X^\top \dot Q$, $\;\dot W_K = X^\top \dot K$,
#    $\;\dot W_V = X^\top \dot V$. And $X$ is used three times, so three gradients add up:
#    $\dot X = \dot Q W_Q^\top + \dot K W_K^\top + \dot V W_V^\top$.
#
# With leading axes each text has its own $\dot X$, but all use the same weights: the gradients of
# the weights are *summed* over the leading axes.
#
# **By hand**, step 2. One query, weights $P = (\tfrac34, \tfrac14)$, values 8 and 4, $\dot O = 1$.
# Then $\dot P = (8, 4)$, their average $\tfrac34 \cdot 8 + \tfrac14 \cdot 4 = 7$, and $\dot S =
# (\tfrac34 (8-7),\ \tfrac14 (4-7)) = (\tfrac34, -\tfrac34)$. It adds up to zero, as it must: a
# constant added to all scores changes nothing.
#
# Whoever has derived something checks it: change one weight by $\pm\varepsilon$ and compare
# $\frac{L(w + \varepsilon) - L(w - \varepsilon)}{2\varepsilon}$ with your gradient. The public
# tests do just that, with $L = \sum_{ij} O_{ij} G_{ij}$ for a fixed $G$, so that $\dot O = G$.


# %% tags=["q3"]
class AttentionHead:
    """One attention head with its own weights, and gradients by hand.

    Args:
        wq, wk: array-likes, shape (d_model, d).
        wv: array-like, shape (d_model, d_v).
    """

    def __init__(self, wq, wk, wv):  # given
        self.wq, self.wk, self.wv = floats(wq, wk, wv)

    def forward(self, x, mask=None):
        """Let every token of `x` look at the tokens of the same text.

        Args:
            x: array-like, shape (..., t, d_model).
            mask: boolean array that broadcasts to (..., t, t), True where a query may look at a
                key, or None.

        Returns:
            The output alone, shape (..., t, d_v).

        Raises:
            ValueError: `mask` is not boolean.
        """
        # BEGIN SOLUTION
        x, wq, wk, wv = floats(x, self.wq, self.wk, self.wv)
        q, k, v = x @ wq, x @ wk, x @ wv
        output, weights = _attend(q, k, v, mask)
        self._last = x, q, k, v, weights
        return output
        # END SOLUTION

    def backward(self, grad_output):
        """Gradients of a loss, for the arguments of the last `forward`.

        Args:
            grad_output: gradient of the loss with respect to the output, shape (..., t, d_v).

        Returns:
            `(dx, dwq, dwk, dwv)`: `dx` has the shape of `x`; the others have those of the weights,
            summed over the leading axes of `x`. A second call gives the same again.
        """
        # BEGIN SOLUTION
        x, q, k, v, weights = self._last
        g = np.asarray(grad_output, x.dtype)
        dv = weights.swapaxes(-1, -2) @ g
        dweights = g @ v.swapaxes(-1, -2)  # (..., t, t)
        average = (weights * dweights).sum(-1, keepdims=True)  # what each row got
        dscores = weights * (dweights - average)
        dq = dscores @ k / math.sqrt(q.shape[-1])
        dk = dscores.swapaxes(-1, -2) @ q / math.sqrt(q.shape[-1])
        pairs = ((dq, self.wq), (dk, self.wk), (dv, self.wv))
        dx = sum(d @ w.T.astype(x.dtype, copy=False) for d, w in pairs)
        rows = x.reshape(-1, x.shape[-1])  # all texts one below the other: the product adds them up
        return dx, *(rows.T @ d.reshape(-1, d.shape[-1]) for d, _ in pairs)
        # END SOLUTION


# %% [markdown]
# ## q4 · Many heads
#
# One head gives one average. But *was* wants the subject *and* the tense *and* the end of the
# sentence before. So a layer has $h$ heads side by side, each with its own queries, keys and values
# of width $d_{\mathrm{head}}$, and a last matrix mixes what they bring home:
#
# $$\mathrm{head}_i = \mathrm{attention}\big(X W_Q^{(i)},\; C W_K^{(i)},\; C W_V^{(i)}\big), \qquad
# Y = [\mathrm{head}_0 \mid \cdots \mid \mathrm{head}_{h-1}]\, W_O .$$
#
# The weights of all heads are stored together: $W_Q$ has shape $(d_{\mathrm{model}}, h \cdot
# d_{\mathrm{head}})$, and head $i$ owns the $i$-th block of columns; the same for $W_K$ and $W_V$.
# $W_O$ has shape $(h\cdot d_{\mathrm{head}}, d_{\mathrm{model}})$.
#
# $C$ is the **context**, the text that is looked at. In self-attention $C = X$. In a translator the
# positions of the French sentence so far ($X$) look at the English one ($C$, of another length):
# cross-attention.
#
# **By hand.** Splitting $X W_Q$ into heads is a question of axes. Two tokens, two heads, $d_{
# \mathrm{head}} = 2$:
#
# $$\begin{pmatrix}0&1&2&3\\4&5&6&7\end{pmatrix} \;\to\; \mathrm{head}_0 = \begin{pmatrix}0&1\\4&5
# \end{pmatrix},\quad \mathrm{head}_1 = \begin{pmatrix}2&3\\6&7\end{pmatrix}.$$
#
# `reshape(heads, t, d_head)` gives $\begin{pmatrix}0&1\\2&3\end{pmatrix}$ for head 0: the first
# token alone, cut in two. Shapes are right, the numbers are wrong, and no error tells you. Reshape
# to (t, heads, d_head) first, then move the axis. And back again in the end.


# %% tags=["q4"]
class MultiHeadAttention:
    """Several attention heads side by side, without biases.

    Args:
        wq, wk, wv: array-likes, shape (d_model, heads · d_head); head h owns the h-th block of
            d_head columns.
        wo: array-like, shape (heads · d_head, d_model).
        heads: number of heads, an integer >= 1.

    Raises:
        ValueError: `heads` does not divide the number of columns.
    """

    def __init__(self, wq, wk, wv, wo, heads):
        # BEGIN SOLUTION
        self.wq, self.wk, self.wv, self.wo = floats(wq, wk, wv, wo)
        if heads < 1 or self.wq.shape[1] % heads:
            raise ValueError(f"heads = {heads} does not divide the width {self.wq.shape[1]}")
        self.heads = heads
        # END SOLUTION

    def forward(self, x, mask=None, context=None):
        """Let every token of `x` look at the tokens of `context`, with every head.

        Args:
            x: array-like, shape (..., t_query, d_model).
            mask: boolean array that broadcasts to (..., t_query, t_key), the same for all heads,
                or None. (There is no axis of heads in it: (batch, t_query, t_key) for a batch.)
            context: array-like, shape (..., t_key, d_model); None stands for `x` itself.

        Returns:
            Array of shape (..., t_query, d_model).

        Raises:
            ValueError: `mask` is not boolean.
        """
        # BEGIN SOLUTION
        given = (x, x if context is None else context, self.wq, self.wk, self.wv, self.wo)
        x, context, wq, wk, wv, wo = floats(*given)
        if mask is not None and np.ndim(mask) > 2:
            mask = np.expand_dims(mask, -3)  # one for all heads: (..., 1, t_query, t_key)
        q, k, v = self._split(x @ wq), self._split(context @ wk), self._split(context @ wv)
        output, _ = _attend(q, k, v, mask)  # (..., heads, t_query, d_head)
        output = output.swapaxes(-2, -3)
        return output.reshape(*output.shape[:-2], -1) @ wo
        # END SOLUTION

    # BEGIN SOLUTION NO PROMPT
    def _split(self, x):
        """(..., t, heads · d_head) → (..., heads, t, d_head)."""
        return x.reshape(*x.shape[:-1], self.heads, -1).swapaxes(-2, -3)

    # END SOLUTION


# %% [markdown]
# ## q5 · Where am I?
#
# Without a mask attention does not know the order of its keys: shuffle the rows of $K$ and $V$
# together and the same sum comes out. *Dog bites man* and *man bites dog* would be one. Positions
# have to be told, and three ways are in use.
#
# **Sinusoidal** (Vaswani and others, 2017): add to the token at position $p$ a vector of clocks
# that run at different speeds. For $i = 0, 1, \ldots$
#
# $$\mathrm{PE}_{p,\,2i} = \sin\big(p \cdot 10000^{-2i/d}\big), \qquad \mathrm{PE}_{p,\,2i+1} =
# \cos\big(p \cdot 10000^{-2i/d}\big).$$
#
# Even columns are sines, odd columns cosines; an odd $d$ ends with a sine. Row 0 is $0, 1, 0, 1,
# \ldots$
#
# **RoPE** (rotary; Su and others, 2021; in Llama and most models since): add nothing, *turn*
# queries and keys. The pair of entries $(2i, 2i+1)$ at position $p$ turns by the angle $\theta = p
# \cdot \mathrm{base}^{-2i/d}$:
#
# $$\begin{pmatrix}x'_{2i}\\x'_{2i+1}\end{pmatrix} = \begin{pmatrix}\cos\theta&-\sin\theta\\
# \sin\theta&\cos\theta\end{pmatrix}\begin{pmatrix}x_{2i}\\x_{2i+1}\end{pmatrix}.$$
#
# Turning both of two vectors does not change their dot product; turning one by $m$ steps and the
# other by $n$ changes it as turning one by $m - n$. So scores depend on the *distance* only: what
# is learnt at the beginning of a text holds at its end. Position 0 is not turned. **By hand**, $d =
# 2$: $q = k = (1, 0)$ become $(\cos m, \sin m)$ and $(\cos n, \sin n)$, with the dot product $\cos
# m\cos n + \sin m\sin n = \cos(m - n)$.
#
# **ALiBi** (Press and others, 2021): touch neither, but subtract from the score what is
# proportional to the distance: $-s\,|i - j|$ with one slope $s$ per head. With $n$ heads, $n$ a
# power of two, the slopes are $2^{-8/n}, 2^{-16/n}, \ldots, 2^{-8}$: for 8 heads $\tfrac12,
# \tfrac14, \ldots, \tfrac1{256}$. For other $n$ take the slopes of the next lower power of two $p$,
# then every other one (first, third, …) of those of $2p$, until there are $n$. **By hand**, $n =
# 3$: $p = 2$ gives $\tfrac1{16}, \tfrac1{256}$; those of 4 are $\tfrac14, \tfrac1{16},
# \tfrac1{64}, \tfrac1{256}$, of which the first is $\tfrac14$. The slopes are $\tfrac1{16},
# \tfrac1{256}, \tfrac14$.


# %% tags=["q5"]
def sinusoidal(t, d):
    """Sinusoidal position vectors, a float64 array of shape (t, d), positions from 0.

    Column 2i holds the sine and column 2i + 1 the cosine of position · 10000^(-2i/d); `d` may be
    odd, the last column is then a sine.
    """
    # BEGIN SOLUTION
    angles = _angles(np.arange(t), d, 10000.0)  # (t, ⌈d/2⌉)
    encoding = np.empty((t, d))
    encoding[:, 0::2] = np.sin(angles)
    encoding[:, 1::2] = np.cos(angles[:, : d // 2])
    return encoding
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _angles(positions, d, base):
    return np.multiply.outer(positions, base ** (-np.arange(0, d, 2) / d))


# END SOLUTION


def rope(x, positions, base=10000.0):
    """Turn the pairs (2i, 2i + 1) of the last axis by position · base^(-2i/d).

    Args:
        x: array-like, shape (..., t, d) with an even d.
        positions: array-like of t numbers, the positions of the rows along the second-last axis.
        base: a number > 0.

    Returns:
        New array of the shape of `x`; float32 stays float32.

    Raises:
        ValueError: d is odd.
    """
    # BEGIN SOLUTION
    (x,) = floats(x)
    if x.shape[-1] % 2:
        raise ValueError(f"x must have an even last axis, not {x.shape[-1]}")
    angles = _angles(np.asarray(positions, np.float64), x.shape[-1], base)  # (t, d/2)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = np.empty_like(x)
    turned[..., 0::2] = even * cos - odd * sin
    turned[..., 1::2] = even * sin + odd * cos
    return turned
    # END SOLUTION


def alibi_bias(heads, t):
    """What ALiBi adds to the scores: -slope · |i - j|, float64, shape (heads, t, t).

    The slopes of n heads are 2^(-8/n), 2^(-16/n), …, 2^(-8) if n is a power of two. Otherwise they
    are those of the next lower power p, followed by the first, third, fifth … of those of 2p.
    """
    # BEGIN SOLUTION
    lower = 2 ** (heads.bit_length() - 1)  # the largest power of two that is <= heads
    slopes = np.concatenate([_slopes(lower), _slopes(2 * lower)[::2]])[:heads]
    distance = np.abs(np.subtract.outer(np.arange(t), np.arange(t)))
    return -slopes[:, None, None] * distance
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _slopes(n):
    return 2.0 ** (-8 * np.arange(1, n + 1) / n)


# END SOLUTION

# %% [markdown]
# The three side by side. In the middle, one query and one key are placed at many positions: eight
# curves for eight places of the query lie on top of each other, because only the distance counts.

# %% tags=["active-ipynb"]
# figure, (left, middle, right) = plt.subplots(1, 3, figsize=(12, 3.8), layout="constrained")
# image = left.imshow(sinusoidal(64, 64), cmap="RdBu_r", vmin=-1, vmax=1)
# left.set(title="sinusoidal(64, 64)", xlabel="column", ylabel="position")
# figure.colorbar(image, ax=left, shrink=0.85)
#
# q, k = np.ones((2, 1, 32))
# distances = np.arange(65)
# for place, color in zip(2 ** np.arange(8), plt.cm.viridis(np.linspace(0, 0.9, 8))):
#     keys = rope(np.repeat(k, 65, axis=0), place + distances)
#     scores = keys @ rope(q, [place])[0]
#     middle.plot(distances, scores, color=color, lw=9 - np.log2(place), label=f"{place}")
# middle.legend(title="query at", frameon=False, ncols=2, fontsize=8)
# middle.set(title="rope: score of q = k", xlabel="distance", ylabel="dot product")
#
# for slope, color in zip(alibi_bias(8, 65)[:, 64], plt.cm.plasma(np.linspace(0, 0.85, 8))):
#     right.plot(64 - np.arange(65), slope, color=color)
# right.set(title="alibi_bias(8, 65), one line per head", xlabel="distance")
# right.set(ylabel="added to the score")
# for panel in (middle, right):
#     panel.grid(alpha=0.25)
# plt.show()

# %% [markdown]
# ## q6 · Writing with a memory
#
# A model writes one token at a time. To choose token $t$, the last position needs its own query and
# the keys and values of *all* positions before it. With a causal mask those have not changed since
# they were first computed: nothing of the past has seen anything new. So keep them. The **KV
# cache** turns the work per token from a whole forward pass, $O(t^2 d)$, into one row of it, $O(t
# d)$:
#
# | step | input | computed | kept in the cache | looks at |
# | --- | --- | --- | --- | --- |
# | 0 | $x_0$ | $q_0, k_0, v_0$ | $k_0, v_0$ | position 0 |
# | 1 | $x_1$ | $q_1, k_1, v_1$ | $k_0, k_1, v_0, v_1$ | positions 0, 1 |
# | 2 | $x_2$ | $q_2, k_2, v_2$ | $k_0, k_1, k_2, v_0, v_1, v_2$ | positions 0, 1, 2 |
#
# A position looks at itself too, so its key and value join the cache *before* the average is made.
# No mask is needed: the future is not there yet. A prompt can be appended in one go. And if you
# want to take back what was written (to try another continuation of the same prompt, or because a
# guess was refused), the cache is truncated.
#
# **By hand.** A cache holds the values 6 and 3 under two keys. The new token brings the value 11,
# and its query scores the three keys $0, \ln 2, \ln 4$. The weights are $\tfrac17, \tfrac27,
# \tfrac47$, the output is $\tfrac{6 + 6 + 44}{7} = 8$. A step that forgets its own position says
# $\tfrac13 \cdot 6 + \tfrac23 \cdot 3 = 4$.
#
# The price is memory: a model with 32 layers of width 4096 keeps $2 \cdot 32 \cdot 4096$ numbers of
# 2 bytes for *each token*, half a megabyte. (If the cache copies all it holds for every new token,
# that is $O(t)$ again. Lists and arrays that grow by doubling do better.)


# %% tags=["q6"]
class KVCache:
    """Keys and values of the positions so far; `KVCache()` is empty, `len(cache)` counts them."""

    def __init__(self):
        # BEGIN SOLUTION
        self._length = 0
        self._keys = self._values = None  # (capacity, d), (capacity, d_v)
        # END SOLUTION

    def __len__(self):
        """Number of positions."""
        # BEGIN SOLUTION
        return self._length
        # END SOLUTION

    def append(self, k, v):
        """Add one position, or several.

        Args:
            k: array-like, shape (d,) for one position or (n, d) for several.
            v: array-like, shape (d_v,) or (n, d_v).
        """
        # BEGIN SOLUTION
        k, v = (np.atleast_2d(rows) for rows in floats(k, v))
        if len(k) != len(v):
            raise ValueError(f"k {k.shape} and v {v.shape} must have the same number of positions")
        end = self._length + len(k)
        if self._keys is None:
            self._keys, self._values = np.empty_like(k), np.empty_like(v)
        if end > len(self._keys):
            # Doubling: however long the text, a position is copied about twice in all.
            self._keys, self._values = (
                np.concatenate(
                    [rows[: self._length], np.empty_like(rows, shape=(end, rows.shape[1]))]
                )
                for rows in (self._keys, self._values)
            )
        self._keys[self._length : end] = k
        self._values[self._length : end] = v
        self._length = end
        # END SOLUTION

    def truncate(self, length):
        """Forget all positions but the first `length`.

        Raises:
            ValueError: `length` is negative or above `len(cache)`.
        """
        # BEGIN SOLUTION
        if not 0 <= length <= self._length:
            raise ValueError(f"length must lie in 0 … {self._length}, not {length}")
        self._length = length
        # END SOLUTION

    # BEGIN SOLUTION NO PROMPT
    @property
    def keys(self):
        return self._keys[: self._length]

    @property
    def values(self):
        return self._values[: self._length]

    # END SOLUTION


def decode_step(head, x_t, cache):
    """One more position: the last row of what the head's causal forward pass would give.

    Args:
        head: an `AttentionHead`.
        x_t: array-like, shape (d_model,), the new token.
        cache: a `KVCache` with the keys and values of the positions before. The new position joins
            it.

    Returns:
        Output of the new position, new array of shape (d_v,).
    """
    # BEGIN SOLUTION
    x_t, wq, wk, wv = floats(x_t, head.wq, head.wk, head.wv)
    cache.append(x_t @ wk, x_t @ wv)
    output, _ = _attend((x_t @ wq)[None], cache.keys, cache.values, None)  # one query, all keys
    return output[0]
    # END SOLUTION


# %% [markdown]
# **For your report, 2 (2 points).** A model has 32 layers, 32 heads of width 128 and 2-byte
# numbers. How large is its KV cache for a text of 100 000 tokens? Eight query heads may share one
# head of keys and values (grouped-query attention): how large is it then, with 4 heads of keys? How
# many cached numbers are read for one new token?

# %% [markdown]
# ## q7 · Attention without the big matrix
#
# The matrix $P$ has $t^2$ entries. For a book of 100 000 tokens that is 40 GB, in each head of each
# layer, of which only the averages are kept. The softmax seems to need all scores of a row at once,
# for the maximum and for the sum. It does not.
#
# Take the keys in blocks. For each query $i$ keep three things about the keys seen so far: the
# maximum $m$ of the scores, the sum $s = \sum_j e^{S_{ij} - m}$, and the weighted sum of values $a
# = \sum_j e^{S_{ij} - m} V_j$, shape $(d_v,)$. A new block $B$ of keys may have a larger score;
# then everything so far has to be expressed with the new maximum, which is one factor:
#
# $$m' = \max\big(m, \max_{j \in B} S_{ij}\big), \qquad c = e^{m - m'},$$
# $$s' = c\,s + \sum_{j\in B} e^{S_{ij} - m'}, \qquad a' = c\,a + \sum_{j\in B} e^{S_{ij} - m'}
# V_j .$$
#
# After the last block $O_i = a / s$. Start from $m = -\infty$, $s = 0$, $a = 0$. This is the
# **online softmax**, and FlashAttention is this on a GPU. The result is not an approximation: only
# the order of the additions differs. Memory is $O(t \cdot \mathrm{block})$ instead of $O(t^2)$; the
# number of multiplications stays $O(t^2 d)$.
#
# **By hand.** Scores $(0, \ln 2)$ with the values $6, 3$, then a second block with score $\ln 4$
# and value $4$. After the first block $m = \ln 2$, $s = \tfrac12 + 1 = \tfrac32$, $a = \tfrac12
# \cdot 6 + 1 \cdot 3 = 6$. Second: $m' = \ln 4$, $c = \tfrac12$, $s' = \tfrac34 + 1 = \tfrac74$,
# $a' = 3 + 4 = 7$, and the output is $7 / \tfrac74 = 4$. All at once: $(1\cdot6 + 2\cdot3 +
# 4\cdot4)/7 = 4$.
#
# In the causal case a block of keys $j, \ldots, j + \mathrm{block} - 1$ is of interest only for
# queries $i \ge j$. Blocks that nobody may look at need not be computed, which saves half of the
# work:
#
# ```text
#            keys 0:2   2:4   4:5
# query 0   [  \        ·     ·  ]      \  in part: the mask is needed
# query 1   [   \       ·     ·  ]      ■  in full
# query 2   [  ■        \     ·  ]      ·  not at all
# query 3   [  ■         \    ·  ]
# query 4   [  ■        ■     \  ]
# ```


# %% tags=["q7"]
def streaming_attention(q, k, v, block=128, causal=False):
    """Attention in memory O(t · block): the output of q2, without the weights.

    It takes about as long as all at once, for no Python loop runs over single queries or keys.

    Args:
        q: array-like, shape (..., t_q, d).
        k: array-like, shape (..., t_k, d).
        v: array-like, shape (..., t_k, d_v). The leading axes are the same.
        block: number of keys taken together, an integer >= 1. It need not divide t_k and may be
            larger.
        causal: if true, query i looks at the keys j <= i only; t_q and t_k have to be equal.

    Returns:
        The output alone, shape (..., t_q, d_v); float32 stays float32. Scores of any finite size
        give finite results.

    Raises:
        ValueError: `block` < 1; `causal` with different t_q and t_k.
    """
    # BEGIN SOLUTION
    q, k, v = floats(q, k, v)
    if block < 1:
        raise ValueError(f"block must be at least 1, not {block}")
    t_q, t_k = q.shape[-2], k.shape[-2]
    if causal and t_q != t_k:
        raise ValueError(f"causal attention needs as many queries as keys, not {t_q} and {t_k}")
    q = q / math.sqrt(q.shape[-1])
    m = np.full((*q.shape[:-1], 1), -np.inf, q.dtype)  # (..., t_q, 1)
    s = np.zeros_like(m)  # (..., t_q, 1)
    a = np.zeros((*q.shape[:-1], v.shape[-1]), q.dtype)  # (..., t_q, d_v)
    for j in range(0, t_k, block):
        keys, values = k[..., j : j + block, :], v[..., j : j + block, :]
        seen = (..., slice(j if causal else 0, None), slice(None))  # queries that may look at them
        scores = q[seen] @ keys.swapaxes(-1, -2)  # (..., queries, block)
        if causal:
            scores = np.where(np.tri(*scores.shape[-2:], dtype=bool), scores, -np.inf)
        new_m = np.maximum(m[seen], scores.max(-1, keepdims=True))
        c = np.exp(m[seen] - new_m)
        e = np.exp(scores - new_m)
        s[seen] = c * s[seen] + e.sum(-1, keepdims=True)
        a[seen] = c * a[seen] + e @ values
        m[seen] = new_m
    return a / s
    # END SOLUTION


# %% [markdown]
# What does that buy? One causal head of width 64 in float32, all at once and in blocks of 128, on
# your machine. (About ten seconds.)

# %% tags=["active-ipynb"]
# def seconds(run, repeats=5):
#     """Shortest of several times: what the machine can do, not what it usually does."""
#     times = []
#     for _ in range(repeats):
#         start = time.perf_counter()
#         run()
#         times.append(time.perf_counter() - start)
#     return min(times)
#
#
# def peak_bytes(run):
#     """The most memory that was in use at any moment of the run, beyond what was before."""
#     tracemalloc.start()
#     run()
#     peak = tracemalloc.get_traced_memory()[1]
#     tracemalloc.stop()
#     return peak
#
#
# def at_once(q, k, v):
#     return scaled_dot_product_attention(q, k, v, causal_mask(len(q)))[0]
#
#
# def in_blocks(q, k, v):
#     return streaming_attention(q, k, v, block=128, causal=True)
#
#
# lengths = [128, 256, 512, 1024, 2048, 4096]
# ways = {
#     "all at once (q2)": (at_once, "tab:red", "s"),
#     "streaming (q7)": (in_blocks, "tab:blue", "o"),
# }
# cost = {}
# for t in lengths:
#     q, k, v = np.random.default_rng(t).standard_normal((3, t, 64)).astype(np.float32)
#     for name, (run, *_) in ways.items():
#         cost[name, t] = seconds(lambda: run(q, k, v)), peak_bytes(lambda: run(q, k, v))
#
# figure, panels = plt.subplots(1, 2, figsize=(12, 4.6), layout="constrained")
# units = (1e3, "milliseconds", "Time"), (2**-20, "MiB", "Peak memory")
# for which, (panel, (factor, unit, title)) in enumerate(zip(panels, units)):
#     for name, (_, color, marker) in ways.items():
#         values = [factor * cost[name, t][which] for t in lengths]
#         panel.loglog(lengths, values, color=color, marker=marker, label=name)
#         panel.annotate(
#             f"{values[-1]:.3g}", (lengths[-1], values[-1]), (7, 0), textcoords="offset points",
#             va="center", color=color,
#         )
#     top, bottom = (factor * cost[name, 4096][which] for name in ways)
#     guides = {2: 2 * top} if which == 0 else {2: 2 * top, 1: bottom / 2}
#     for power, end in guides.items():
#         guide = end * (np.array(lengths) / 4096.0) ** power
#         panel.loglog(lengths, guide, color="0.6", ls=":", lw=1.5)
#         label = "t²\n" if power == 2 else "\nt"
#         panel.text(lengths[2], guide[2], label, color="0.4", ha="right", va="center")
#     panel.set_xticks(lengths, [str(t) for t in lengths])
#     panel.minorticks_off()
#     panel.set(title=title, xlabel="tokens t", ylabel=unit, xlim=(110, 6500))
#     panel.grid(alpha=0.25)
# panels[0].legend(frameon=False)
# plt.show()

# %% [markdown]
# **For your report, 3 (2 points).** What are the slopes of time and memory between $t = 1024$ and
# $t = 4096$, for both ways, and which did you expect? `streaming_attention` makes no fewer
# multiplications per pair of query and key that it computes. From which $t$ on is it faster on your
# machine, and why?

# %% [markdown]
# ## q8 · Looking inside
#
# The weights of a head are the one thing in a language model that can be looked at directly: row
# $i$ says where position $i$ looked. How widely it looked is the **entropy** of the row,
#
# $$H_i = -\sum_{j} P_{ij} \ln P_{ij} \quad\text{nats}, \qquad 0 \ln 0 = 0 .$$
#
# **By hand.** All weight on one key: $H = 0$. The same weight on $n$ keys: $H = \ln n$. Weights
# $(\tfrac12, \tfrac14, \tfrac14, 0)$: $H = \tfrac12 \ln 2 + 2 \cdot \tfrac14 \ln 4 = 1.5 \ln 2
# \approx 1.04$. $e^H$ is the effective number of keys, here 2.8. A row without any weight has
# entropy 0.
#
# (The same quantity, seen from elsewhere: the distance of a row from looking everywhere alike is
# the **Kullback-Leibler divergence** $\sum_j P_{ij} \ln \frac{P_{ij}}{1/n} = \ln n - H_i$. It is 0
# for a head that has learnt nothing, and $\ln n$ for one that looks at a single key.)
#
# The picture is a heat map with the tokens written along both axes: queries down, keys to the
# right.


# %% tags=["q8"]
def attention_entropy(weights):
    """Entropy of each row of weights, in nats.

    Args:
        weights: array-like, shape (..., t_q, t_k), not negative.

    Returns:
        Array of shape (..., t_q); 0 for a row of zeros; float32 stays float32.
    """
    # BEGIN SOLUTION
    (weights,) = floats(weights)
    logs = np.log(weights, out=np.zeros_like(weights), where=weights > 0)
    return -(weights * logs).sum(-1)
    # END SOLUTION


def plot_attention(weights, tokens):
    """Draw one heat map per head.

    In each, row i (from the top) is query i and column j is key j, and the colour shows the
    weight: 0, a half and 1 do not look alike. The tokens label the ticks of both axes, one tick for
    each, in order.

    Args:
        weights: array-like, shape (t, t), or (heads, t, t) for several heads.
        tokens: sequence of t strings.

    Returns:
        A `matplotlib.figure.Figure` with one heat map per head (a colour bar may be added).

    Raises:
        ValueError: `tokens` has another length than t.
    """
    # BEGIN SOLUTION
    weights, t = np.asarray(weights), len(tokens)
    if weights.ndim not in (2, 3) or weights.shape[-2:] != (t, t):
        raise ValueError(f"{t} tokens do not fit weights of shape {weights.shape}")
    heads = weights.reshape(-1, t, t)
    columns = math.ceil(math.sqrt(len(heads)))
    rows = math.ceil(len(heads) / columns)
    side = 1.4 + 0.13 * max(t, 12)  # room for every letter
    figure = Figure(figsize=(columns * side, rows * side), layout="constrained")
    grid = list(figure.subplots(rows, columns, squeeze=False).flat)
    for h, (axes, head) in enumerate(zip(grid, heads)):
        image = axes.imshow(head, cmap="BuPu", vmin=0, vmax=1)
        axes.set_xticks(range(t), tokens, rotation=90 if max(map(len, tokens)) > 1 else 0)
        axes.set_yticks(range(t), tokens)
        axes.tick_params(length=0, labelsize=8)
        axes.set(xlabel="key", ylabel="query", title=f"head {h}" if weights.ndim == 3 else "")
    for axes in grid[len(heads) :]:
        axes.remove()
    figure.colorbar(image, ax=figure.axes, label="weight", shrink=0.7, aspect=30)
    return figure
    # END SOLUTION


# %% [markdown]
# ## Four heads read Shakespeare
#
# Everything comes together: a language model of four of your heads, and nothing else. A character
# becomes a vector $e$, shape $(64,)$; the position vector of q5 is added; four causal heads look
# back and add what they found; a matrix $U$ of shape (64, characters) turns the sum into scores for
# the next character, and your softmax turns those into probabilities.
#
# $$x_i = e_{\mathrm{char}(i)} + \mathrm{PE}_i, \qquad z_i = \Big(x_i + \sum_{h=0}^{3}
# \mathrm{head}_h(x)_i\Big) U, \qquad L = -\frac1n\sum_i \ln \mathrm{softmax}(z_i)_{\mathrm{char}(i
# + 1)} .$$
#
# (Heads whose outputs of width 64 are added are a `MultiHeadAttention` whose $W_V$ and $W_O$ have
# been multiplied together.) The gradient of $L$ with respect to $z_i$ is softmax minus one-hot,
# divided by $n$; from there on your `backward` does the work. Half a minute on one core, some
# minutes if your gradients loop in Python.
#
# Before reading on: if a model sees one character and has to guess the next, the best it can do is
# to count pairs. What could it gain by looking further back, and at what would *you* look?

# %% tags=["active-ipynb"]
# from autograder import data
#
# text = data.shakespeare()  # eight plays, about a million characters
# vocabulary = sorted(set(text))
# number = {character: i for i, character in enumerate(vocabulary)}
# ids = np.array([number[character] for character in text])
# train_ids, test_ids = np.split(ids, [int(0.9 * len(ids))])
#
# window, width, n_heads, batch, steps = 64, 64, 4, 16, 800
# rng = np.random.default_rng(0)
#
#
# def normal(*shape, scale):
#     return (scale * rng.standard_normal(shape)).astype(np.float32)
#
#
# embedding = normal(len(vocabulary), width, scale=0.5)
# unembedding = normal(width, len(vocabulary), scale=0.5 / math.sqrt(width))
# head_weights = []
# for _ in range(n_heads):
#     wq, wk = normal(width, 16, scale=0.125), normal(width, 16, scale=0.125)
#     head_weights.append((wq, wk, normal(width, width, scale=0.06)))
# positions = sinusoidal(window, width).astype(np.float32)
#
#
# def make_heads():
#     """Heads with the weights as they are now: yours may keep copies."""
#     return [AttentionHead(*weights) for weights in head_weights]
#
#
# def scores(ids, heads):
#     """The scores of the next characters, and the vectors that they are made from."""
#     x = embedding[ids] + positions[: ids.shape[-1]]
#     mask = causal_mask(ids.shape[-1])
#     summed = x + sum(head.forward(x, mask) for head in heads)
#     return summed @ unembedding, summed
#
#
# def loss(ids):
#     """Mean of -ln p(next character) over the windows, which stand in the rows of `ids`."""
#     p = softmax(scores(ids[:, :-1], make_heads())[0])
#     return -np.log(np.take_along_axis(p, ids[:, 1:, None], axis=-1)).mean()
#
#
# def gradients(ids):
#     """The loss, and its gradient for every array of weights in `parameters`."""
#     heads = make_heads()
#     z, summed = scores(ids[:, :-1], heads)
#     p, target = softmax(z), ids[:, 1:, None]
#     at_target = np.take_along_axis(p, target, axis=-1)
#     np.put_along_axis(p, target, at_target - 1, axis=-1)
#     dz = p / target.size
#     dsummed = dz @ unembedding.T
#     dx, dheads = dsummed.copy(), []
#     for head in heads:
#         dx_head, *dweights = head.backward(dsummed)
#         dx += dx_head
#         dheads += dweights
#     dembedding = np.zeros_like(embedding)
#     np.add.at(dembedding, ids[:, :-1], dx)
#     dunembedding = summed.reshape(-1, width).T @ dz.reshape(-1, len(vocabulary))
#     return -np.log(at_target).mean(), [dembedding, dunembedding, *dheads]
#
#
# def windows(ids, starts):
#     return ids[np.asarray(starts)[:, None] + np.arange(window + 1)]

# %% tags=["active-ipynb"]
# # About half a minute.
# # Adam: a running mean of each gradient, divided by the root of the running mean of its square.
# parameters = [embedding, unembedding]
# for weights in head_weights:
#     parameters += weights
# means = [np.zeros_like(p) for p in parameters]
# squares = [np.zeros_like(p) for p in parameters]
# held_out = windows(test_ids, np.arange(0, len(test_ids) - window, 8 * window))
# history, checks = [], []
# for step in range(steps):
#     if step % 100 == 0:
#         checks.append((step, loss(held_out)))
#     starts = rng.integers(0, len(train_ids) - window, batch)
#     value, grads = gradients(windows(train_ids, starts))
#     history.append(value)
#     rate = 0.01 * min(1, (step + 1) / 50) * (1 + math.cos(math.pi * step / steps)) / 2
#     for p, g, m, s in zip(parameters, grads, means, squares):
#         m += 0.1 * (g - m)
#         s += 0.01 * (g * g - s)
#         p -= rate * (m / (1 - 0.9 ** (step + 1))) / (np.sqrt(s / (1 - 0.99 ** (step + 1))) + 1e-8)
# checks.append((steps, loss(held_out)))
#
# # What counting reaches: frequencies of characters, and of pairs.
# counts = np.full((len(vocabulary), len(vocabulary)), 0.1)
# np.add.at(counts, (train_ids[:-1], train_ids[1:]), 1)
# first, second = held_out[:, :-1], held_out[:, 1:]
# single = -np.log((counts.sum(axis=0) / counts.sum())[second]).mean()
# pairs = -np.log((counts / counts.sum(axis=1, keepdims=True))[first, second]).mean()
#
# figure, axes = plt.subplots(figsize=(8, 4), layout="constrained")
# smooth = np.convolve(history, np.ones(20) / 20, mode="valid")
# axes.plot(history, color="tab:blue", alpha=0.2)
# axes.plot(np.arange(len(smooth)) + 10, smooth, color="tab:blue", label="in training")
# axes.plot(*zip(*checks), color="tab:red", marker="o", ls="", label="on held-out text")
# for level, label in ((single, "counting characters"), (pairs, "counting pairs")):
#     axes.axhline(level, color="0.4", ls="--", lw=1)
#     axes.text(steps, level, label, va="bottom", ha="right", color="0.4")
# axes.set(xlabel="step", ylabel="nats per character", ylim=(1.9, 3.6))
# axes.set_title(f"Four heads: {checks[-1][1]:.2f} nats per character, pairs: {pairs:.2f}")
# axes.grid(alpha=0.25)
# axes.legend(frameon=False)
# plt.show()

# %% [markdown]
# It beats every model that sees one character only. What did the heads learn to look at? Nobody
# told them. (A dot stands for a space.)

# %% tags=["active-ipynb"]
# def look(line):
#     """Weights of the heads on a line of text, shape (heads, t, t)."""
#     x = embedding[[number[c] for c in line]] + positions[: len(line)]
#     mask = causal_mask(len(line))
#     return np.stack(
#         [
#             scaled_dot_product_attention(x @ wq, x @ wk, x @ wv, mask)[1]
#             for wq, wk, wv in head_weights
#         ]
#     )
#
#
# line = "To be, or not to be: that is the"
# weights = look(line)
# tokens = [c.replace(" ", "·") for c in line]
# shown = plot_attention(weights, tokens)
# shown

# %% tags=["active-ipynb"]
# # The same, over all held-out windows: how far back does each head look, and how widely?
# weights = np.stack([look("".join(vocabulary[i] for i in ids[:-1])) for ids in held_out])
# far = [np.diagonal(weights, -distance, -2, -1).mean(axis=(0, 2)) for distance in range(8)]
# entropy = attention_entropy(weights)[:, :, 8:].mean(axis=(0, 2))
# print("head   effective keys   weight on the character 0, 1, 2, … back")
# for h, shares in enumerate(np.transpose(far)):
#     print(f"{h:>4}   {np.exp(entropy[h]):>14.1f}   " + "  ".join(f"{s:.2f}" for s in shares))

# %% [markdown]
# Why so near? Because that is where the text has something to say. What a character tells about the
# next one is their **mutual information**, the divergence of pairs as they occur from pairs drawn
# independently: $I_d = \sum_{a,b} p_d(a, b) \ln \frac{p_d(a, b)}{p(a)\,p(b)}$, where $a$ stands $d$
# places before the character $b$ that is to be guessed. A head that looks at the character it
# stands on looks at distance $d = 1$.

# %% tags=["active-ipynb"]
# def mutual_information(first, second):
#     """In nats, of two arrays of ids that stand beside each other."""
#     joint = np.zeros((len(vocabulary), len(vocabulary)))
#     np.add.at(joint, (first, second), 1 / len(first))
#     independent = np.outer(joint.sum(axis=1), joint.sum(axis=0))
#     seen = joint > 0
#     return (joint[seen] * np.log(joint[seen] / independent[seen])).sum()
#
#
# distances = np.arange(1, 9)
# told = [mutual_information(train_ids[:-d], train_ids[d:]) for d in distances]
# figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
# left.bar(distances, told, color="0.6")
# left.set(title="What the text offers", ylabel="mutual information in nats")
# for h, shares in enumerate(np.transpose(far)):
#     right.plot(distances, shares, marker="o", label=f"head {h}")
# right.set(title="Where the heads look", ylabel="mean weight")
# right.legend(frameon=False)
# for panel in (left, right):
#     panel.set_xlabel("distance from the character that is guessed")
#     panel.grid(alpha=0.25)
# plt.show()

# %% [markdown]
# And it can write, one character at a time, each head with its own cache. The prompt goes through
# once. After each line the cache is truncated to the prompt, and another line begins.

# %% tags=["active-ipynb"]
# prompt = "\nHAMLET:\nTo be, or "
# heads = make_heads()
# caches = [KVCache() for _ in heads]
#
#
# def read(i, place):
#     """Let one more character in; probabilities of the next."""
#     x = embedding[i] + positions[place]
#     summed = x + sum(decode_step(head, x, cache) for head, cache in zip(heads, caches))
#     return softmax(summed @ unembedding, temperature=0.7)
#
#
# for place, character in enumerate(prompt):
#     after_prompt = read(number[character], place)
# print(prompt.strip())
# for _ in range(6):
#     written, p = "", after_prompt
#     for cache in caches:
#         cache.truncate(len(prompt))
#     for place in range(len(prompt), window):
#         i = rng.choice(len(vocabulary), p=p / p.sum(dtype=np.float64))
#         if vocabulary[i] == "\n":
#             break
#         written += vocabulary[i]
#         p = read(i, place)
#     print("   …", written)

# %% [markdown]
# English it is not, but the words have lengths, vowels are where vowels go, and *th* is followed by
# *e*. There are no layers on top of each other here, and nothing between them that computes with
# what was fetched. A transformer has both; you will build it in minillm.

# %% [markdown] tags=["written"]
# ## Written question · What attention costs, and what it buys
#
# Answer the three questions that were asked on the way (after q2, q6 and q7), with the numbers of
# *your* machine, and these two; about one page in all.
#
# 4. Plot the peak memory and the time of `streaming_attention` at $t = 4096$ against `block`, from
#    16 to 4096. Which block would you choose, and what limits it on both sides?
# 5. What do your four heads look at? Use the heat maps, the table and the figure after it: which
#    head looks how far back, and for one head give a character whose row is unlike the others. Then
#    remove one head at a time (leave it out of `head_weights`) and report the held-out loss. Does
#    the damage agree with what you saw?

# %% [markdown] tags=["answer"]
# *Your report goes here.*
