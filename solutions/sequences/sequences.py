# %% [markdown]
# # Sequences
#
# Read this sentence with a finger on the word you are at. Everything before your finger is gone
# from your eyes, and still you know how it began. Something was carried along. Before there was
# attention, that was how language models read: from left to right, with a **state** of fixed size
# that takes up each word and forgets a little of the others. For twenty years the questions were
# how to learn such a state, how to find a hidden one, and how to write with it; and the answers
# are still at work in every model of today, in its training loop, its decoder and its scores.
#
# | | you build | it is the reason that |
# | --- | --- | --- |
# | q1 | a recurrent layer and its gradients through time | a state can be learnt at all |
# | q2 | a measure of how far gradients reach, and clipping | most of them die, some explode |
# | q3, q4 | LSTM and GRU | a state can last for hundreds of steps |
# | q5 | cross-entropy with padding, teacher forcing | one pass trains all positions at once |
# | q6 | a hidden Markov model, read in two ways | a cause can be found that nobody labelled |
# | q7 | greedy, exhaustive and beam search | the best first word is not the best sentence |
# | q8 | edit distance, BLEU, ROUGE-L | an answer can be compared with a right one |
#
# One idea runs through all of it: **dynamic programming**. There are exponentially many paths,
# but what matters of the past fits into a table with one column per step.
#
# **Conventions.** NumPy only, float64 throughout. A batch of sequences is an array of shape
# (batch, time, d). Weights multiply from the right, `x @ wx`. Tokens and states of a hidden
# model are integers from 0 on, logarithms are natural. Bad arguments raise `ValueError` with a
# message that names the argument. What the caller passes in is never modified; "array-like" may
# be lists, and integers where numbers are meant.

# %%
import math
from collections import Counter

import numpy as np


def floats(a, name, *shape):
    """`a` as an array of float64, which you are welcome to use.

    Raises:
        ValueError: `a` has another shape; None in `shape` stands for any length.
    """
    a = np.asarray(a, dtype=np.float64)
    if a.ndim != len(shape) or any(n not in (None, m) for n, m in zip(shape, a.shape)):
        raise ValueError(f"{name} must have the shape {shape}, not {a.shape}")
    return a


# %% [markdown]
# ## q1 · A state, and its gradients through time
#
# The state is a row $h$ of $n$ numbers. With each input $x_t$, a row of $d$ numbers, it becomes a
# new one:
#
# $$a_t = x_t W_x + h_{t-1} W_h + b, \qquad h_t = \tanh(a_t), \qquad t = 0, 1, \ldots, T-1,$$
#
# where $W_x$ is $(d, n)$, $W_h$ is $(n, n)$, $b$ is $(n,)$, and $h_{-1}$ is given, or 0. The same
# weights at every step: that is what makes it recurrent, and what lets it read texts of any length.
#
# ![A recurrent layer unrolled over four steps: from left to right each state is made of the state
# before and the input below it; from right to left a gradient flows through the same boxes and is
# joined by the gradient of each output](unrolled.svg)
#
# Unrolled, it is a deep network, as deep as the text is long, and its gradient is the chain rule
# from right to left: **backpropagation through time**. Write $\dot A$ for $\partial L/\partial A$.
# Given are the gradients $\dot h^{\,\mathrm{out}}_t$ that come from what is built on the states. A
# state matters twice: for its output, and for the next state. So, beginning at the end with
# $\dot a_T = 0$,
#
# $$\dot h_t = \dot h^{\,\mathrm{out}}_t + \dot a_{t+1} W_h^\top, \qquad
# \dot a_t = \dot h_t \odot (1 - h_t^2),$$
#
# ($\odot$ is entry by entry). With all $\dot a_t$ known the rest is collected, over every step
# and every sequence of the batch, because all of them used the same weights:
#
# $$\dot W_x = \sum_t x_t^\top \dot a_t, \quad \dot W_h = \sum_t h_{t-1}^\top \dot a_t, \quad
# \dot b = \sum_t \dot a_t,$$
#
# $$\dot x_t = \dot a_t W_x^\top, \quad \dot h_{-1} = \dot a_0 W_h^\top .$$
#
# **By hand**, all widths 1: $W_x = 1$, $W_h = 2$, $b = 0$, inputs $\tfrac12, 0$, and $L = h_1$.
#
# | | $t = 0$ | $t = 1$ |
# | --- | --- | --- |
# | $a_t$ | $\tfrac12$ | $2 \cdot 0.4621 = 0.9242$ |
# | $h_t$ | 0.4621 | 0.7279 |
# | $\dot h_t$ | $0.4702 \cdot 2 = 0.9403$ | 1 |
# | $\dot a_t$ | $0.9403\,(1 - 0.4621^2) = 0.7395$ | $1 - 0.7279^2 = 0.4702$ |
#
# (The lower two rows from right to left.) $\dot W_x = \tfrac12 \cdot 0.7395 + 0 = 0.3698$, $\dot
# W_h = 0 \cdot 0.7395 + 0.4621 \cdot 0.4702 = 0.2173$, $\dot b = 1.2097$, $\dot h_{-1} = 1.4791$.
#
# **Begin so:** `forward` with a loop over the steps, keeping all states in one array (batch, time,
# n). Then `backward` with a loop in the other direction that fills an array `da` of the same shape.
# The sums over steps and sequences come last, outside the loop.


# %% tags=["q1"]
class RNN:
    """A recurrent layer: `RNN(wx, wh, b)`, h_t = tanh(x_t wx + h_{t-1} wh + b)."""

    def __init__(self, wx, wh, b):
        """Take the weights.

        Args:
            wx: array-like, shape (d, n).
            wh: array-like, shape (n, n).
            b: array-like, shape (n,).

        Raises:
            ValueError: the shapes of `wh` or `b` do not fit to that of `wx`.
        """
        # BEGIN SOLUTION
        self.wx = floats(wx, "wx", None, None)
        n = self.wx.shape[1]
        self.wh, self.b = floats(wh, "wh", n, n), floats(b, "b", n)
        # END SOLUTION

    def forward(self, x, h0=None):
        """Read a batch of sequences.

        Args:
            x: array-like, shape (batch, time, d), with one step or more, up to thousands.
            h0: array-like, shape (batch, n), the state before the first step; None means zeros.

        Returns:
            New array (batch, time, n): the state after each step.

        Raises:
            ValueError: `x` or `h0` has another shape.
        """
        # BEGIN SOLUTION
        x = floats(x, "x", None, None, len(self.wx))
        batch, time, _ = x.shape
        n = len(self.b)
        h0 = np.zeros((batch, n)) if h0 is None else floats(h0, "h0", batch, n)
        inputs = x @ self.wx + self.b  # (batch, time, n), all steps at once
        h, state = np.empty((batch, time, n)), h0
        for t in range(time):
            h[:, t] = state = np.tanh(inputs[:, t] + state @ self.wh)
        # Copies: the caller may change theirs before `backward`.
        self._last = x.copy(), h0.copy(), h.copy()
        return h
        # END SOLUTION

    def backward(self, dh):
        """Gradients of a loss, by backpropagation through time over the last `forward`,
        whatever has become of its arguments and its result since.

        Args:
            dh: array-like, shape (batch, time, n): the gradient of the loss with respect to each
                entry of what `forward` returned, counting only its direct use.

        Returns:
            Dict with the gradients of `"x"`, `"h0"`, `"wx"`, `"wh"` and `"b"`, new arrays of their
            shapes; those of the weights are sums over batch and time. A second call gives the
            same again.

        Raises:
            ValueError: `dh` has another shape.
        """
        # BEGIN SOLUTION
        x, h0, h = self._last
        dh = floats(dh, "dh", *h.shape)
        da, carried = np.empty(h.shape), 0.0
        for t in reversed(range(h.shape[1])):
            da[:, t] = (dh[:, t] + carried) * (1 - h[:, t] ** 2)
            carried = da[:, t] @ self.wh.T
        before = np.concatenate([h0[:, None], h[:, :-1]], axis=1)  # (batch, time, n)
        return {
            "x": da @ self.wx.T,
            "h0": carried,
            "wx": np.einsum("btd,btn->dn", x, da),
            "wh": np.einsum("btm,btn->mn", before, da),
            "b": da.sum(axis=(0, 1)),
        }
        # END SOLUTION


# %% [markdown]
# ## q2 · How far does a gradient reach?
#
# By the chain rule the last state depends on that of step $t$ through a product of matrices, one
# for each step in between:
#
# $$\frac{\partial h_{T-1}}{\partial h_t} = J_{t+1} J_{t+2} \cdots J_{T-1}, \qquad
# (J_k)_{ij} = \frac{\partial h_{k,j}}{\partial h_{k-1,i}} = (W_h)_{ij}\,(1 - h_{k,j}^2).$$
#
# Its size is its largest singular value, the **spectral norm**: by how much a small change of
# $h_t$ can grow until the end. If every $J_k$ shrinks by $\tfrac12$, then after 20 steps a
# millionth is left. The gradient **vanishes**, and nothing is learnt about what happened 20 steps
# ago. If every $J_k$ doubles, it **explodes**, and one step of training throws the weights away.
#
# **By hand**, width 1, $W_h = 2$, $h = (0, \tfrac12, 0)$: $J_1 = 2 \cdot \tfrac34 = \tfrac32$,
# $J_2 = 2$. So `gradient_flow` is $(3, 2, 1)$; the last entry is always 1, for $h_{T-1}$ itself.
#
# Against explosion there is a blunt remedy, **clipping**. Take all gradients together as one long
# vector, of length $\|g\| = \sqrt{\sum g_i^2}$ over all entries of all arrays. If it is longer than
# allowed, all of them are multiplied by `max_norm / norm`; the direction stays. For example
# $g = \{w: (3, 0),\ b: (4)\}$ has the norm 5; clipped to 1 it is $\{w: (0.6, 0),\ b: (0.8)\}$.
# Against vanishing there is no such remedy: what is gone cannot be multiplied back.


# %% tags=["q2"]
def gradient_flow(wh, h):
    """How strongly the last state of an `RNN` depends on each state before it.

    Args:
        wh: array-like, shape (n, n), the weights from state to state.
        h: array-like, shape (time, n), the states of one sequence after each step, as they came
            out of tanh.

    Returns:
        Array (time,): at t the spectral norm (largest singular value) of the derivative of the
        last state with respect to the state of step t. The last entry is 1.

    Raises:
        ValueError: the shapes do not fit.
    """
    # BEGIN SOLUTION
    h = floats(h, "h", None, None)
    time, n = h.shape
    wh = floats(wh, "wh", n, n)
    product, norms = np.eye(n), np.empty(time)  # product[i, j]: of the last state j by state i
    for t in reversed(range(time)):
        norms[t] = np.linalg.norm(product, 2)
        product = (wh * (1 - h[t] ** 2)) @ product
    return norms
    # END SOLUTION


def clip_gradients(gradients, max_norm):
    """Make gradients shorter if they are too long together.

    Args:
        gradients: dict, name -> array of any shape.
        max_norm: a number > 0.

    Returns:
        `(clipped, norm)`: a new dict of new arrays under the same names, all multiplied by
        max_norm / norm if norm > max_norm and otherwise the same numbers; and the norm (a float)
        of all entries of all arrays together, before.

    Raises:
        ValueError: `max_norm` is not above 0.
    """
    # BEGIN SOLUTION
    if not max_norm > 0:
        raise ValueError(f"max_norm must be above 0, not {max_norm}")
    norm = float(np.sqrt(sum(np.sum(np.square(g)) for g in gradients.values())))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: factor * np.asarray(g) for name, g in gradients.items()}, norm
    # END SOLUTION


# %% [markdown]
# What do they look like? A state of 64 numbers, weights that are a rotation times a factor, so
# that each step multiplies by that factor exactly, less what tanh takes away.

# %% tags=["active-ipynb"]
# import time
#
# import matplotlib.pyplot as plt
#
# plt.rcParams.update(
#     {"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
# )
# rng = np.random.default_rng(0)
# steps, n = 100, 64
# rotation, _ = np.linalg.qr(rng.standard_normal((n, n)))
# figure, panels = plt.subplots(1, 2, figsize=(11, 3.8), sharey=True, layout="constrained")
# for axes, size in zip(panels, (0.0, 0.3)):
#     for factor, colour in ((0.8, "tab:blue"), (1.0, "0.4"), (1.2, "tab:red")):
#         layer = RNN(np.eye(n), factor * rotation, np.zeros(n))
#         h = layer.forward(size * rng.standard_normal((1, steps, n)))[0]
#         back = np.arange(steps)[::-1]
#         axes.semilogy(back, gradient_flow(factor * rotation, h), color=colour, label=f"{factor}")
#         axes.semilogy(back, factor ** back.astype(float), color=colour, ls=":", lw=1)
#     axes.set(title="no input: tanh is straight" if size == 0 else "with input: tanh bends")
#     axes.set_xlabel("steps back from the end")
#     axes.grid(alpha=0.25)
# panels[0].set_ylabel("spectral norm")
# panels[0].legend(title="factor", frameon=False)
# plt.show()

# %% [markdown]
# **For your report, 1 (2 points).** Read off the left panel by how much each line changes per step,
# and after how many steps a gradient is a thousandth. In the right panel, why does every line lie
# below its dotted one, and could the red one also fall? Which of the two illnesses does clipping
# cure, and why not the other?

# %% [markdown]
# ## q3 · LSTM: a state that is added to
#
# What vanishes is a product of many matrices. The **long short-term memory** (1997) carries a
# second state, the *cell* $c$, which is not multiplied by a matrix but entry by entry by a *gate*
# $f$ between 0 and 1, and then added to. Where $f$ is 1 a number stays as it is for ever, and so
# does its gradient.
#
# From $x_t$ and $h_{t-1}$ come four blocks of $n$ columns, in the order $i, f, g, o$:
#
# $$(a^i, a^f, a^g, a^o) = x_t W_x + h_{t-1} W_h + b,$$
#
# $$i = \sigma(a^i), \quad f = \sigma(a^f), \quad g = \tanh(a^g), \quad o = \sigma(a^o),$$
#
# $$c_t = f \odot c_{t-1} + i \odot g, \qquad h_t = o \odot \tanh(c_t),$$
#
# with $\sigma(a) = 1/(1+e^{-a})$. $W_x$ is $(d, 4n)$, $W_h$ is $(n, 4n)$, $b$ is $(4n,)$. In words:
# forget some, write some, show some.
#
# ![An LSTM cell: the cell state runs along the top from left to right, is multiplied by the forget
# gate f and has i times g added; the new state h is the output gate o times the tanh of the
# cell](lstm.svg)
#
# **By hand**, width 1, all weights 0, so that the gates are those of the biases: $b = (0, \ln 3,
# \operatorname{artanh}\tfrac12, 0)$ gives $i = \tfrac12$, $f = \tfrac34$, $g = \tfrac12$, $o =
# \tfrac12$. With $c_{-1} = 1$: $c_0 = \tfrac34 \cdot 1 + \tfrac12 \cdot \tfrac12 = 1$ and $h_0 =
# \tfrac12 \tanh 1 = 0.3808$.
#
# **Backward.** Now two things are carried from right to left, $\dot h$ through $W_h$ and $\dot c$
# through $f$. At step $t$, with $\dot h_t$ complete and $\dot c^{\,\mathrm{next}} = f_{t+1} \odot
# \dot c_{t+1}$ (0 at the end):
#
# $$\dot c_t = \dot c^{\,\mathrm{next}} + \dot h_t \odot o \odot (1 - \tanh^2 c_t),$$
#
# $$\dot a^i = \dot c_t \odot g \odot i(1-i), \quad
# \dot a^f = \dot c_t \odot c_{t-1} \odot f(1-f),$$
#
# $$\dot a^g = \dot c_t \odot i \odot (1-g^2), \quad \dot a^o = \dot h_t \odot \tanh c_t \odot
# o(1-o).$$
#
# From $\dot a_t$, now $4n$ wide, all goes on as in q1.
#
# Where should it begin? If $f$ starts at $\sigma(0) = \tfrac12$, half of the memory is lost at
# every step. So $b^f$ is usually set to 1 or more.


# %% tags=["q3"]
# BEGIN SOLUTION NO PROMPT
def _sigmoid(a):
    return 0.5 * (1 + np.tanh(0.5 * a))  # no exponential that could overflow


# END SOLUTION


class LSTM:
    """A layer of long short-term memory: `LSTM(wx, wh, b)`.

    The columns of all three are four blocks of n, in the order i, f, g, o:
    c_t = f c_{t-1} + i g and h_t = o tanh(c_t), with tanh for g and the logistic function for the
    others.
    """

    def __init__(self, wx, wh, b):
        """Take the weights.

        Args:
            wx: array-like, shape (d, 4n).
            wh: array-like, shape (n, 4n).
            b: array-like, shape (4n,).

        Raises:
            ValueError: the shapes do not fit.
        """
        # BEGIN SOLUTION
        self.wh = floats(wh, "wh", None, None)
        n = len(self.wh)
        self.wh = floats(wh, "wh", n, 4 * n)
        self.wx, self.b = floats(wx, "wx", None, 4 * n), floats(b, "b", 4 * n)
        # END SOLUTION

    def forward(self, x, h0=None, c0=None):
        """Read a batch of sequences.

        Args:
            x: array-like, shape (batch, time, d), with one step or more, up to thousands.
            h0, c0: array-likes, shape (batch, n), both states before the first step; None means
                zeros.

        Returns:
            `(h, c)`: two new arrays (batch, time, n), both states after each step. Numbers of any
            finite size give finite states.

        Raises:
            ValueError: `x`, `h0` or `c0` has another shape.
        """
        # BEGIN SOLUTION
        x = floats(x, "x", None, None, len(self.wx))
        batch, time, _ = x.shape
        n = len(self.wh)
        h0 = np.zeros((batch, n)) if h0 is None else floats(h0, "h0", batch, n)
        c0 = np.zeros((batch, n)) if c0 is None else floats(c0, "c0", batch, n)
        inputs = x @ self.wx + self.b  # (batch, time, 4n)
        gates = np.empty((batch, time, 4, n))
        h, c = np.empty((batch, time, n)), np.empty((batch, time, n))
        state, cell = h0, c0
        for t in range(time):
            a = (inputs[:, t] + state @ self.wh).reshape(batch, 4, n)
            i, f, o = (_sigmoid(a[:, k]) for k in (0, 1, 3))
            g = np.tanh(a[:, 2])
            cell = f * cell + i * g
            state = o * np.tanh(cell)
            gates[:, t] = np.stack([i, f, g, o], axis=1)
            h[:, t], c[:, t] = state, cell
        self._last = x.copy(), h0.copy(), c0.copy(), h.copy(), c.copy(), gates
        return h, c
        # END SOLUTION

    def backward(self, dh):
        """Gradients of a loss, by backpropagation through time over the last `forward`,
        whatever has become of its arguments and its result since.

        Args:
            dh: array-like, shape (batch, time, n): the gradient of the loss with respect to each
                entry of `h`, counting only its direct use. The loss does not use `c` directly.

        Returns:
            Dict with the gradients of `"x"`, `"h0"`, `"c0"`, `"wx"`, `"wh"` and `"b"`, new arrays
            of their shapes; those of the weights are sums over batch and time. A second call
            gives the same again.

        Raises:
            ValueError: `dh` has another shape.
        """
        # BEGIN SOLUTION
        x, h0, c0, h, c, gates = self._last
        dh = floats(dh, "dh", *h.shape)
        batch, time, n = h.shape
        before = np.concatenate([h0[:, None], h[:, :-1]], axis=1)
        cells = np.concatenate([c0[:, None], c[:, :-1]], axis=1)
        da, dstate, dcell = np.empty((batch, time, 4 * n)), 0.0, 0.0
        for t in reversed(range(time)):
            i, f, g, o = gates[:, t].swapaxes(0, 1)
            shown = np.tanh(c[:, t])
            dstate = dh[:, t] + dstate
            dcell = dcell + dstate * o * (1 - shown**2)
            parts = (
                dcell * g * i * (1 - i),
                dcell * cells[:, t] * f * (1 - f),
                dcell * i * (1 - g**2),
                dstate * shown * o * (1 - o),
            )
            da[:, t] = np.concatenate(parts, axis=1)
            dcell = dcell * f
            dstate = da[:, t] @ self.wh.T
        return {
            "x": da @ self.wx.T,
            "h0": dstate,
            "c0": dcell,
            "wx": np.einsum("btd,btn->dn", x, da),
            "wh": np.einsum("btm,btn->mn", before, da),
            "b": da.sum(axis=(0, 1)),
        }
        # END SOLUTION


# %% [markdown]
# ## q4 · GRU: the same with one state
#
# The **gated recurrent unit** (2014) makes do without a second state. A *reset* gate $r$ says how
# much of the old state the new proposal may see, an *update* gate $z$ how much of the old state
# stays. Three blocks of $n$ columns, in the order $r, z, n$:
#
# $$u = x_t W_x + b_x, \qquad v = h_{t-1} W_h + b_h,$$
#
# $$r = \sigma(u^r + v^r), \quad z = \sigma(u^z + v^z), \quad p = \tanh(u^n + r \odot v^n),$$
#
# $$h_t = (1 - z) \odot p + z \odot h_{t-1}.$$
#
# $W_x$ is $(d, 3n)$, $W_h$ is $(n, 3n)$, both biases are $(3n,)$. There are two biases because $r$
# stands between them: it is multiplied by $v^n$, bias and all. (This is torch's and cuDNN's
# reading; in the first paper $r$ is multiplied by $h_{t-1}$, before the matrix.)
#
# **By hand**, width 1, all weights 0, $b_x = (0, 0, 0)$, $b_h = (0, \ln 3, 2\operatorname{artanh}
# \tfrac12)$, $h_{-1} = 1$: $r = \tfrac12$, $z = \tfrac34$, $p = \tanh(\tfrac12 \cdot
# 2\operatorname{artanh}\tfrac12) = \tfrac12$, so $h_0 = \tfrac14 \cdot \tfrac12 + \tfrac34 \cdot 1
# = \tfrac78$.
#
# **Backward.** With $\dot h_t$ complete:
#
# $$\dot p = \dot h_t \odot (1 - z), \quad \dot z = \dot h_t \odot (h_{t-1} - p), \quad
# \dot a^n = \dot p \odot (1 - p^2), \quad \dot r = \dot a^n \odot v^n,$$
#
# $$\dot u = \bigl(\dot r \odot r(1-r),\ \dot z \odot z(1-z),\ \dot a^n\bigr), \qquad
# \dot v = \bigl(\dot u^r,\ \dot u^z,\ \dot a^n \odot r\bigr).$$
#
# $\dot u$ goes on to $x$, $W_x$ and $b_x$; $\dot v$ to $W_h$, $b_h$ and the state before, which
# also gets $\dot h_t \odot z$ directly. That last path is the one without a matrix.


# %% tags=["q4"]
# BEGIN SOLUTION NO PROMPT
def _logistic(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


# END SOLUTION


class GRU:
    """A layer of gated recurrent units: `GRU(wx, wh, bx, bh)`.

    The columns of all four are three blocks of n, in the order r, z, n:
    with u = x_t wx + bx and v = h_{t-1} wh + bh, r and z are the logistic function of u + v in
    their blocks, p = tanh(u + r v) in the third, and h_t = (1 - z) p + z h_{t-1}.
    """

    def __init__(self, wx, wh, bx, bh):
        """Take the weights.

        Args:
            wx: array-like, shape (d, 3n).
            wh: array-like, shape (n, 3n).
            bx, bh: array-likes, shape (3n,).

        Raises:
            ValueError: the shapes do not fit.
        """
        # BEGIN SOLUTION
        self.wh = floats(wh, "wh", None, None)
        n = len(self.wh)
        self.wh = floats(wh, "wh", n, 3 * n)
        self.wx = floats(wx, "wx", None, 3 * n)
        self.bx, self.bh = floats(bx, "bx", 3 * n), floats(bh, "bh", 3 * n)
        # END SOLUTION

    def forward(self, x, h0=None):
        """Read a batch of sequences.

        Args:
            x: array-like, shape (batch, time, d), with one step or more, up to thousands.
            h0: array-like, shape (batch, n), the state before the first step; None means zeros.

        Returns:
            New array (batch, time, n): the state after each step. Numbers of any finite size give
            finite states.

        Raises:
            ValueError: `x` or `h0` has another shape.
        """
        # BEGIN SOLUTION
        x = floats(x, "x", None, None, len(self.wx))
        batch, time, _ = x.shape
        n = len(self.wh)
        h0 = np.zeros((batch, n)) if h0 is None else floats(h0, "h0", batch, n)
        inputs = (x @ self.wx + self.bx).reshape(batch, time, 3, n)
        kept = np.empty((batch, time, 4, n))  # r, z, p and the third block of v
        h, state = np.empty((batch, time, n)), h0
        for t in range(time):
            u, v = inputs[:, t], (state @ self.wh + self.bh).reshape(batch, 3, n)
            r, z = _logistic(u[:, 0] + v[:, 0]), _logistic(u[:, 1] + v[:, 1])
            p = np.tanh(u[:, 2] + r * v[:, 2])
            h[:, t] = state = (1 - z) * p + z * state
            kept[:, t] = np.stack([r, z, p, v[:, 2]], axis=1)
        self._last = x.copy(), h0.copy(), h.copy(), kept
        return h
        # END SOLUTION

    def backward(self, dh):
        """Gradients of a loss, by backpropagation through time over the last `forward`,
        whatever has become of its arguments and its result since.

        Args:
            dh: array-like, shape (batch, time, n): the gradient of the loss with respect to each
                entry of what `forward` returned, counting only its direct use.

        Returns:
            Dict with the gradients of `"x"`, `"h0"`, `"wx"`, `"wh"`, `"bx"` and `"bh"`, new arrays
            of their shapes; those of the weights are sums over batch and time. A second call
            gives the same again.

        Raises:
            ValueError: `dh` has another shape.
        """
        # BEGIN SOLUTION
        x, h0, h, kept = self._last
        dh = floats(dh, "dh", *h.shape)
        batch, time, n = h.shape
        before = np.concatenate([h0[:, None], h[:, :-1]], axis=1)
        du, dv = np.empty((batch, time, 3 * n)), np.empty((batch, time, 3 * n))
        carried = 0.0
        for t in reversed(range(time)):
            r, z, p, v = kept[:, t].swapaxes(0, 1)
            dstate = dh[:, t] + carried
            dproposal = dstate * (1 - z) * (1 - p**2)
            dr = dproposal * v * r * (1 - r)
            dz = dstate * (before[:, t] - p) * z * (1 - z)
            du[:, t] = np.concatenate([dr, dz, dproposal], axis=1)
            dv[:, t] = np.concatenate([dr, dz, dproposal * r], axis=1)
            carried = dstate * z + dv[:, t] @ self.wh.T
        return {
            "x": du @ self.wx.T,
            "h0": carried,
            "wx": np.einsum("btd,btn->dn", x, du),
            "wh": np.einsum("btm,btn->mn", before, dv),
            "bx": du.sum(axis=(0, 1)),
            "bh": dv.sum(axis=(0, 1)),
        }
        # END SOLUTION


# %% [markdown]
# Does the cell keep what the state loses? Three layers, not trained. The loss is the sum of the
# last state, and what is shown is how long its gradient with respect to the input is, step by step
# back. The forget gate's bias of the LSTM, and the update gate's of the GRU, are 0, 1 or 4.

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(1)
# steps, d, n = 60, 8, 32
# x = rng.standard_normal((16, steps, d))
# dh = np.zeros((16, steps, n))
# dh[:, -1] = 1
#
#
# def weights(blocks):
#     """Small random weights for a layer whose gates are `blocks` blocks of columns."""
#     wx = rng.standard_normal((d, blocks * n)) / np.sqrt(d)
#     wh = rng.standard_normal((n, blocks * n)) / np.sqrt(n)
#     return 0.5 * wx, 0.5 * wh
#
#
# figure, panels = plt.subplots(1, 3, figsize=(12, 3.6), sharey=True, layout="constrained")
# for axes, name in zip(panels, ("RNN", "LSTM", "GRU")):
#     wx, wh = weights({"RNN": 1, "LSTM": 4, "GRU": 3}[name])
#     for bias, colour in ((0, "tab:blue"), (1, "tab:orange"), (4, "tab:red")):
#         if name == "RNN":
#             layer = RNN(wx, wh * (1 + bias / 4), np.zeros(n))  # here the weights grow instead
#         elif name == "LSTM":
#             layer = LSTM(wx, wh, np.repeat([0.0, bias, 0.0, 0.0], n))
#         else:
#             layer = GRU(wx, wh, np.repeat([0.0, bias, 0.0], n), np.zeros(3 * n))
#         layer.forward(x)
#         lengths = np.linalg.norm(layer.backward(dh)["x"], axis=(0, 2))
#         label = f"weights · {1 + bias / 4}" if name == "RNN" else f"bias {bias}"
#         axes.semilogy(np.arange(steps)[::-1], lengths, color=colour, label=label)
#     axes.set(title=name, xlabel="steps back from the end", ylim=(1e-14, 1e3))
#     axes.legend(frameon=False)
#     axes.grid(alpha=0.25)
# panels[0].set_ylabel("length of the gradient")
# plt.show()

# %% [markdown]
# **For your report, 2 (2 points).** Count the weights of RNN, LSTM and GRU with $d = n = 512$, and
# the multiplications for one token. What does a layer have to keep in memory to read token number
# 10 000, and what does an attention head of the same width have to keep? What is the price that the
# recurrent layer pays for that?

# %% [markdown]
# ## q5 · Teacher forcing
#
# A language model reads tokens and gives *scores* for the next one. The softmax turns scores into
# probabilities, and the loss is the mean of $-\ln p(\text{target})$, the **cross-entropy**. For one
# place with scores $s$ of shape $(V,)$ and target $y$
#
# $$\ell = -s_y + \ln \sum_v e^{s_v}, \qquad
# \frac{\partial \ell}{\partial s_v} = \mathrm{softmax}(s)_v - [v = y].$$
#
# (Subtract the maximum of $s$ first: $e^{1000}$ is no number of a computer.) In a batch short texts
# are filled up to a common length. Filling must not count: a **mask** says which places do. The
# loss is the mean over those, so its gradient is divided by their number $N$, and 0 elsewhere.
#
# **By hand.** Scores $(0, \ln 3)$, target 0: probabilities $(\tfrac14, \tfrac34)$, loss $\ln 4$,
# gradient $(-\tfrac34, \tfrac34)$.
#
# What should the model read while it is trained? If it reads what it has just said itself, one
# wrong word leads it to places where the target makes no sense. So it is given the *true* words,
# whatever it would have said: **teacher forcing**. At step $t$ it reads target $t - 1$ and
# predicts target $t$; all places can be computed in one pass, since all inputs are known. When it
# writes, there is no teacher (*free running*). In between, sometimes the one and sometimes the
# other, lies *scheduled sampling*.
#
# To make this independent of any network, a **decoder** is from now on just a function:
#
# ```python
# scores, state = step(state, token)  # scores: array (V,); state: anything
# ```
#
# It reads one token and says how likely each token is to come next. It does not change the state
# that it is given, so any state can be used again. For example, a model that always expects the
# token after the one it has read: `lambda state, token: (np.eye(5)[(token + 1) % 5], state)`.


# %% tags=["q5"]
def cross_entropy(scores, targets, mask=None):
    """Mean of -ln p(target), and its gradient.

    Args:
        scores: array-like, shape (..., V).
        targets: array-like of integers from 0 to V - 1, shape (...), also where masked.
        mask: boolean array-like, shape (...), True where a place counts; None if all count.

    Returns:
        `(loss, dscores)`: a float, the mean over the places that count; and its gradient with
        respect to `scores`, a new array of their shape, 0 where a place does not count. Scores of
        any finite size give finite results.

    Raises:
        ValueError: `targets` are not integers, have another shape or lie outside 0 … V - 1;
            `mask` is not boolean, has another shape, or no place counts.
    """
    # BEGIN SOLUTION
    scores, targets = np.asarray(scores, dtype=np.float64), np.asarray(targets)
    if targets.shape != scores.shape[:-1]:
        raise ValueError(f"targets {targets.shape} do not fit to scores {scores.shape}")
    if targets.dtype.kind not in "iu" or not ((targets >= 0) & (targets < scores.shape[-1])).all():
        raise ValueError(f"targets must be integers from 0 to {scores.shape[-1] - 1}")
    mask = np.ones(targets.shape, dtype=bool) if mask is None else np.asarray(mask)
    if mask.dtype != bool or mask.shape != targets.shape or not mask.any():
        raise ValueError("mask must be boolean, of the shape of targets, and somewhere True")
    shifted = scores - scores.max(axis=-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    at = targets[..., None]
    loss = -np.take_along_axis(log_p, at, axis=-1)[..., 0][mask].mean()
    dscores = np.exp(log_p)
    np.put_along_axis(dscores, at, np.take_along_axis(dscores, at, axis=-1) - 1, axis=-1)
    return float(loss), np.where(mask[..., None], dscores / mask.sum(), 0.0)
    # END SOLUTION


def unroll(step, state, start, targets, teacher=1.0, rng=None):
    """Run a decoder along a sequence, with or without a teacher.

    It first reads `start`. After each of its answers but the last it reads one more token: the
    target of that place with probability `teacher`, else the token to which it gave the largest
    score itself (of equal ones the first).

    Args:
        step: the decoder, `step(state, token) -> (scores, state)`, scores of shape (V,); it is
            called once for each target. Tokens are handed to it as `int`.
        state: the state before `start`.
        start: the token that is read first.
        targets: list, tuple or array of tokens, one or more.
        teacher: a number from 0 to 1. At 0 and 1 no random number is needed.
        rng: `numpy.random.Generator`; needed in between only, where each choice is independent.

    Returns:
        New array (len(targets), V): the scores for each place.

    Raises:
        ValueError: `teacher` is not between 0 and 1.
    """
    # BEGIN SOLUTION
    if not 0 <= teacher <= 1:
        raise ValueError(f"teacher must lie between 0 and 1, not {teacher}")
    token, rows = int(start), []
    for target in targets:
        answer, state = step(state, token)
        rows.append(np.array(answer, dtype=np.float64))
        forced = teacher == 1 or (teacher > 0 and rng.random() < teacher)
        token = int(target) if forced else int(np.argmax(answer))
    return np.array(rows)
    # END SOLUTION


# %% [markdown]
# ## q6 · Hidden states, and two ways to read them
#
# So far a state was learnt, and nobody knows what its numbers mean. Turn it round: say that there
# is a hidden state $z_t$, one of $K$, that it moves by chance, and that each state shows a symbol
# $o_t$, one of $M$, by chance. This is a **hidden Markov model**, with three tables:
#
# $$\pi_i = P(z_0 = i), \qquad A_{ij} = P(z_{t+1} = j \mid z_t = i), \qquad
# B_{im} = P(o_t = m \mid z_t = i),$$
#
# of shapes $(K,)$, $(K, K)$ and $(K, M)$. Symbols are seen, states are not. Parts of speech behind
# words, sounds behind a recording, the right letters behind typing errors: which states were they?
# There are $K^T$ paths, and one table with $K \cdot T$ numbers is enough.
#
# **Forward–backward** asks at each step *what is probable here, given everything that was seen?*
# The forward table $\alpha$ sums over all pasts, the backward table $\beta$ over all futures:
#
# $$\alpha_0(i) = \pi_i B_{i o_0}, \qquad \alpha_t(j) = \Bigl(\sum_i \alpha_{t-1}(i)
# A_{ij}\Bigr) B_{j o_t},$$
#
# $$\beta_{T-1}(i) = 1, \qquad \beta_t(i) = \sum_j A_{ij} B_{j o_{t+1}} \beta_{t+1}(j).$$
#
# $$P(o) = \sum_i \alpha_{T-1}(i), \qquad
# P(z_t = i \mid o) = \frac{\alpha_t(i)\,\beta_t(i)}{P(o)},$$
#
# $$P(z_t = i, z_{t+1} = j \mid o) = \frac{\alpha_t(i) A_{ij} B_{j o_{t+1}}
# \beta_{t+1}(j)}{P(o)}.$$
#
# These numbers become too small for a computer within a few hundred steps. Either work with
# logarithms, or divide $\alpha_t$ by its sum $s_t$ at each step and $\beta_t$ by $s_{t+1}$; then
# $\ln P(o) = \sum_t \ln s_t$, and $\alpha_t \beta_t$ is the answer already.
#
# **Viterbi** asks *which path as a whole is the most probable?* Replace the sum by a maximum, and
# remember where it was: with logarithms
#
# $$\delta_t(j) = \max_i \bigl(\delta_{t-1}(i) + \ln A_{ij}\bigr) + \ln B_{j o_t}, \qquad
# \psi_t(j) = \arg\max_i (\ldots),$$
#
# then begin at the best $\delta_{T-1}$ and follow the $\psi$ back.
#
# ![A trellis with two states and three steps: thick arrows lead to each state from its best
# predecessor; followed back from the best last state they give the path loaded, loaded,
# loaded](trellis.svg)
#
# **By hand.** A player has a fair coin (state 0, heads $\tfrac12$) and a loaded one (state 1, heads
# $\tfrac34$). He begins with either, and keeps his coin with probability $\tfrac34$ each time. You
# see heads, heads, tails (symbols 0, 0, 1). All eight paths, in units of $1/4096$:
#
# | 000 | 001 | 010 | 011 | 100 | 101 | 110 | 111 | sum |
# | --- | --- | --- | --- | --- | --- | --- | --- | --- |
# | 144 | 24 | 24 | 36 | 72 | 12 | 108 | **162** | 582 |
#
# The most probable path is 111, with $\ln(162/4096) = -3.230$; $\ln P(o) = \ln(582/4096) =
# -1.951$. But is the last coin the loaded one? All paths that end in 0 have $144 + 24 + 72 + 108 =
# 348$ of 582 together: with probability 0.598 it is the *fair* one. The best path and the best
# states are two different questions.


# %% tags=["q6"]
# BEGIN SOLUTION NO PROMPT
def _model(initial, transition, emission, observations):
    """The four arguments, checked; the emissions as (time, K), one row per observation."""
    initial = floats(initial, "initial", None)
    k = len(initial)
    transition = floats(transition, "transition", k, k)
    emission = floats(emission, "emission", k, None)
    seen, symbols = np.asarray(observations), emission.shape[1]
    whole = seen.ndim == 1 and seen.size > 0 and seen.dtype.kind in "iu"
    if not whole or seen.min() < 0 or seen.max() >= symbols:
        raise ValueError(f"observations must be integers from 0 to {symbols - 1}, at least one")
    return initial, transition, emission[:, seen].T


_IMPOSSIBLE = "observations have the probability 0 under this model"

# END SOLUTION


def forward_backward(initial, transition, emission, observations):
    """What is probable at each step, given all that was seen.

    Args:
        initial: array-like, shape (K,), probabilities of the first state.
        transition: array-like, shape (K, K), each row the probabilities of the next state.
        emission: array-like, shape (K, M), each row the probabilities of the symbols.
        observations: list or array of integers from 0 to M - 1, at least one. Zeros in the tables
            are allowed, and thousands of steps.

    Returns:
        `(states, transitions, log_likelihood)`: an array (T, K), at [t, i] the probability of
        state i at step t given all observations; an array (K, K), at [i, j] the expected number
        of times that state i was followed by state j, given all observations; and the natural
        logarithm of the probability of the observations, a float.

    Raises:
        ValueError: the shape of `transition` or `emission` does not fit; `observations` are
            empty, are not integers from 0 to M - 1, or have the probability 0.
    """
    # BEGIN SOLUTION
    alpha, transition, shown = _model(initial, transition, emission, observations)
    time, k = shown.shape
    forward, sums = np.empty((time, k)), np.empty(time)
    for t in range(time):
        alpha = (alpha if t == 0 else alpha @ transition) * shown[t]
        sums[t] = alpha.sum()
        if sums[t] == 0:
            raise ValueError(_IMPOSSIBLE)
        forward[t] = alpha = alpha / sums[t]
    states, transitions, beta = np.empty((time, k)), np.zeros((k, k)), np.ones(k)
    for t in reversed(range(time)):
        states[t] = forward[t] * beta
        if t > 0:
            ahead = shown[t] * beta / sums[t]
            transitions += forward[t - 1][:, None] * transition * ahead
            beta = transition @ ahead
    return states, transitions, float(np.log(sums).sum())
    # END SOLUTION


def viterbi(initial, transition, emission, observations):
    """The most probable path of hidden states, in O(T · K²) and no Python loop over states.

    Args: as in `forward_backward`.

    Returns:
        `(path, log_probability)`: an array of T integers, of several best paths any; and the
        natural logarithm of the probability of path and observations together, a float.

    Raises:
        ValueError: as in `forward_backward`.
    """
    # BEGIN SOLUTION
    initial, transition, shown = _model(initial, transition, emission, observations)
    with np.errstate(divide="ignore"):  # ln 0 = -inf is meant
        best, moves, shown = np.log(initial), np.log(transition).T, np.log(shown)
    best = best + shown[0]
    back = np.zeros(shown.shape, dtype=np.int64)
    for t in range(1, len(shown)):
        ways = moves + best  # (to, from): the maximum runs along memory
        back[t] = ways.argmax(axis=1)
        best = ways.max(axis=1) + shown[t]
    path = np.empty(len(shown), dtype=np.int64)
    path[-1] = best.argmax()
    if best[path[-1]] == -np.inf:
        raise ValueError(_IMPOSSIBLE)
    for t in range(len(shown) - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path, float(best[path[-1]])
    # END SOLUTION


# %% [markdown]
# ## q7 · Searching for a sentence
#
# Viterbi found the best path because a step depended on one state only. A language model depends on
# *everything* before. Two different beginnings are two different states, no table helps, and there
# are $V^L$ sentences of $L$ tokens. What can be done?
#
# A decoder is `log_probs, state = step(state, token)` as in q5, but now it gives log-probabilities,
# $-\infty$ for what cannot come. A sentence ends with the token `end`, or is cut at `max_length`
# tokens. Its log-probability is the sum over its tokens, `end` included.
#
# - **Greedy**: at each step the most probable token.
# - **Exhaustive**: all sentences. For tiny models only, but it is the truth.
# - **Beam**: keep the `width` best beginnings. Round by round, extend each of them by every token,
#   and of *all* these extensions keep the `width` best. Those that have ended are put aside. When
#   nothing is left to extend, the best of those put aside wins.
#
# **By hand.** Tokens A, B and end; after the start A has 0.6 and B 0.4. After A: end 0.4, A 0.3, B
# 0.3; after B: end 0.9, A 0.05, B 0.05. At most two tokens:
#
# | | round 1 | round 2 | result |
# | --- | --- | --- | --- |
# | greedy | A (0.6) | A end 0.24, A A 0.18, A B 0.18 | A end, 0.24 |
# | beam, width 2 | A (0.6), B (0.4) | **B end 0.36**, A end 0.24, A A 0.18, … | B end, 0.36 |
#
# **Length.** Every token costs: a sum of logarithms only falls, so the most probable sentence
# is often a short one, even the empty one. Comparing finished sentences by
#
# $$\text{score} = \frac{\ln p(\text{tokens})}{(\text{number of tokens})^\alpha}$$
#
# makes up for it: $\alpha = 0$ is the sum, $\alpha = 1$ the mean per token. For example a sentence
# of 2 tokens with $\ln p = -1.2$ and one of 4 tokens with $\ln p = -2$: with $\alpha = 0$ the first
# wins, with $\alpha = 1$ ($-0.6$ against $-0.5$) the second. Inside a round all beginnings have the
# same length, and $\alpha$ changes nothing.


# %% tags=["q7"]
# BEGIN SOLUTION NO PROMPT
def _at_least_one(**values):
    for name, value in values.items():
        if value < 1:
            raise ValueError(f"{name} must be at least 1, not {value}")


def _extensions(step, hypothesis):
    """A hypothesis (sum, tokens, last token, state) with each token that may come next."""
    total, tokens, last, state = hypothesis
    log_probs, after = step(state, last)
    for token, log_prob in enumerate(np.asarray(log_probs).tolist()):
        if log_prob > -np.inf:
            yield total + log_prob, [*tokens, token], token, after


def _search(step, state, start, end, width, max_length, alpha):
    """The best finished hypothesis if `width` are kept in each round; None keeps all."""
    going, finished = [(0.0, [], int(start), state)], []
    for length in range(1, max_length + 1):
        found = [longer for hypothesis in going for longer in _extensions(step, hypothesis)]
        found.sort(key=lambda longer: -longer[0])
        kept, going = found[:width], []
        for hypothesis in kept:
            ended = hypothesis[2] == end or length == max_length
            (finished if ended else going).append(hypothesis)
    scored = [(total / len(tokens) ** alpha, tokens) for total, tokens, *_ in finished]
    score, tokens = max(scored, key=lambda pair: pair[0])
    return tokens, score


# END SOLUTION


def greedy_search(step, state, start, end, max_length):
    """Take the most probable token, again and again.

    Args:
        step: the decoder, `step(state, token) -> (log_probs, state)`, with an array (V,) of
            log-probabilities, -inf for what cannot come; something always can. Tokens are handed
            to it as `int`; it does not change the state that it is given. It is called once for
            each token of the result.
        state: the state before `start`.
        start: the token that is read first. It is not part of the result.
        end: the token that ends a sentence.
        max_length: a sentence is cut after so many tokens, `end` among them.

    Returns:
        `(tokens, log_prob)`: a list of `int`, with `end` as the last if it came; and their
        log-probability, a float. Of equally probable tokens any is taken.

    Raises:
        ValueError: `max_length` is below 1.
    """
    # BEGIN SOLUTION
    _at_least_one(max_length=max_length)
    return _search(step, state, start, end, 1, max_length, 0.0)
    # END SOLUTION


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    """The sentence with the best score of all.

    Args:
        step, state, start, end, max_length: as in `greedy_search`.
        alpha: the score is the log-probability divided by (number of tokens) ** alpha; `end` is
            counted.

    Returns:
        `(tokens, score)`: a list of `int` as in `greedy_search`, and its score, a float. Of
        several with the best score any.

    Raises:
        ValueError: `max_length` is below 1.
    """
    # BEGIN SOLUTION
    _at_least_one(max_length=max_length)
    return _search(step, state, start, end, None, max_length, alpha)
    # END SOLUTION


def beam_search(step, state, start, end, width, max_length, alpha=0.0):
    """Keep the best beginnings, round by round.

    In each round every hypothesis that goes on is extended by every token that can come, with one
    call of `step`. Of all these extensions the `width` with the largest log-probability are kept,
    of equal ones any. Those of them that end with `end`, or have `max_length` tokens, are finished;
    the others go on. So a hypothesis takes up a place in the round in which it ends, and in no
    later one. The search is over when none goes on, and not before.

    Args:
        step, state, start, end, max_length: as in `greedy_search`.
        width: how many are kept in each round.
        alpha: finished hypotheses, and only these, are compared by their score, the log-probability
            divided by (number of tokens) ** alpha; `end` is counted.

    Returns:
        `(tokens, score)` of the best finished hypothesis, as in `exhaustive_search`.

    Raises:
        ValueError: `width` or `max_length` is below 1.
    """
    # BEGIN SOLUTION
    _at_least_one(width=width, max_length=max_length)
    return _search(step, state, start, end, width, max_length, alpha)
    # END SOLUTION


# %% [markdown]
# ## q8 · How far from right?
#
# A machine has written a sentence, and a person has written the one that was wanted. How near is
# it? Three measures are in use everywhere, and two of them are dynamic programs.
#
# **Edit distance**: the smallest number of items to insert, delete or replace to turn $a$ into $b$.
# Let $D_{ij}$ be the distance from the first $i$ items of $a$ to the first $j$ of $b$:
#
# $$D_{i0} = i, \quad D_{0j} = j, \qquad D_{ij} = \min\bigl(D_{i-1,j} + 1,\ D_{i,j-1} + 1,\
# D_{i-1,j-1} + [a_i \ne b_j]\bigr).$$
#
# From `sea` to `eat` (delete s, insert t):
#
# | | | e | a | t |
# | --- | --- | --- | --- | --- |
# | | **0** | 1 | 2 | 3 |
# | s | **1** | 1 | 2 | 3 |
# | e | 2 | **1** | 2 | 3 |
# | a | 3 | 2 | **1** | **2** |
#
# Walk back from the lower right corner, each time to a neighbour from which the number came: that
# is an **alignment**, here `(s, –), (e, e), (a, a), (–, t)`. Speech recognition divides the
# distance in words by the length of what was said, and calls it the word error rate.
#
# **ROUGE-L** asks how much of the reference was said, in the right order: the longest common
# subsequence, items in the same order but not necessarily side by side, of length $\ell$. With
# precision $P = \ell / |\text{candidate}|$ and recall $R = \ell / |\text{reference}|$
#
# $$F = \frac{(1 + \beta^2) P R}{R + \beta^2 P} .$$
#
# **BLEU** counts runs of $n$ tokens side by side, *n-grams*, for $n = 1, \ldots, N$. What share of
# the candidate's n-grams stands in a reference? Each counts at most as often as it occurs in the
# reference where it is most frequent (*clipping*), or "the the the" would be perfect. Counts are
# added over the whole corpus, then
#
# $$p_n = \frac{\sum \text{clipped counts}}{\sum \text{n-grams of the candidates}}, \qquad
# \mathrm{BLEU} = e^{\min(0,\ 1 - r/c)} \Bigl(\prod_{n=1}^{N} p_n\Bigr)^{1/N} .$$
#
# The first factor is the *brevity penalty*: $c$ is the length of all candidates together, and $r$
# adds up, for each, the length of the reference that is nearest in length (of two equally near the
# shorter). If a $p_n$ is 0, or there are no n-grams, BLEU is 0.
#
# **By hand.** Candidate *the the the cat*, reference *the cat sat*, $N = 2$. Single words: *the*
# counts once of three times, *cat* once, $p_1 = \tfrac24$. Pairs: *the the* twice, not there; *the
# cat* once, $p_2 = \tfrac13$. $c = 4 > r = 3$, no penalty: $\mathrm{BLEU} = \sqrt{\tfrac24 \cdot
# \tfrac13} = 0.408$. The longest common subsequence is *the cat*: $P = \tfrac24$, $R = \tfrac23$,
# and with $\beta = 1$ $F = \tfrac47$.


# %% tags=["q8"]
def edit_distance(a, b):
    """The smallest number of insertions, deletions and replacements that turn a into b.

    Args:
        a, b: sequences (strings, lists or tuples) of hashable items, up to a few thousand.

    Returns:
        An `int`.
    """
    # BEGIN SOLUTION
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        above, row = row, [i]
        for j, y in enumerate(b, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]
    # END SOLUTION


def align(a, b):
    """Lay two sequences side by side, with as few edits as possible.

    Args:
        a, b: as in `edit_distance`; None is not among the items.

    Returns:
        List of pairs, from left to right: `(x, y)` for an item x of a that stays (x == y) or is
        replaced by y, `(x, None)` for one that is deleted, `(None, y)` for one that is inserted.
        Of several with the fewest edits, any.
    """
    # BEGIN SOLUTION
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, start=1):
        above, row = rows[-1], [i]
        for j, y in enumerate(b, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
        rows.append(row)
    pairs, i, j = [], len(a), len(b)
    while i or j:
        here = rows[i][j]
        if i and j and here == rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((a[i], b[j]))
        elif i and here == rows[i - 1][j] + 1:
            i -= 1
            pairs.append((a[i], None))
        else:
            j -= 1
            pairs.append((None, b[j]))
    return pairs[::-1]
    # END SOLUTION


def bleu(candidates, references, max_n=4):
    """BLEU of a corpus: clipped n-grams up to `max_n`, with brevity penalty, not smoothed.

    Args:
        candidates: list of sentences, each a list of hashable tokens (it may be empty).
        references: list of the same length; for each candidate a list of one or more sentences.
        max_n: the longest n-grams, 1 or more.

    Returns:
        A float from 0 to 1; 0 if for some n nothing matches or there are no n-grams.

    Raises:
        ValueError: `candidates` is empty, `references` has another length or no sentence for some
            candidate, or `max_n` is below 1.
    """
    # BEGIN SOLUTION
    if not len(candidates):
        raise ValueError("candidates are empty")
    if len(references) != len(candidates) or not all(len(group) for group in references):
        raise ValueError("references: one or more are needed for each candidate")
    if max_n < 1:
        raise ValueError(f"max_n must be at least 1, not {max_n}")
    logs = []
    for n in range(1, max_n + 1):
        matched = total = 0
        for candidate, group in zip(candidates, references):
            counts, allowed = _ngrams(candidate, n), Counter()
            for reference in group:
                allowed |= _ngrams(reference, n)
            matched += (counts & allowed).total()
            total += counts.total()
        if not matched:
            return 0.0
        logs.append(math.log(matched / total))
    c = sum(map(len, candidates))
    r = 0
    for candidate, group in zip(candidates, references):
        r += min(map(len, group), key=lambda length: (abs(length - len(candidate)), length))
    return math.exp(min(0.0, 1 - r / c) + sum(logs) / max_n)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


# END SOLUTION


def rouge_l(candidate, reference, beta=1.0):
    """ROUGE-L of one sentence: how long is the longest common subsequence?

    Args:
        candidate, reference: sequences of hashable tokens; either may be empty.
        beta: a number > 0; the larger, the more recall counts.

    Returns:
        `(precision, recall, f)`, three floats; all are 0 if nothing is common.
    """
    # BEGIN SOLUTION
    row = [0] * (len(reference) + 1)
    for x in candidate:
        above, row = row, [0]
        for j, y in enumerate(reference, start=1):
            row.append(above[j - 1] + 1 if x == y else max(above[j], row[-1]))
    common = row[-1]
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(candidate), common / len(reference)
    f = (1 + beta**2) * precision * recall / (recall + beta**2 * precision)
    return precision, recall, f
    # END SOLUTION


# %% [markdown]
# ## What are letters made of?
#
# In 1913 A. A. Markov counted by hand, through 20 000 letters of a novel in verse, how often vowels
# follow vowels and consonants follow consonants. He told his chain which letters are vowels. Your
# hidden model can find it out. It has two states, begins with random tables, and improves them by
# **expectation–maximisation**: `forward_backward` says how often each state is expected where, and
# these expected counts make new tables. (That the text becomes more
# probable each time is a theorem.)
#
# Before you run it: which letters will go together, and where will the space go?

# %% tags=["active-ipynb"]
# from autograder import data
#
# text = data.shakespeare()  # eight plays, about a million characters
# symbols = " abcdefghijklmnopqrstuvwxyz"
#
#
# def letters(text):
#     """The text in small letters, everything else as one space."""
#     kept = "".join(c if c in symbols else " " for c in text.lower())
#     return np.array([symbols.index(c) for c in " ".join(kept.split())])
#
#
# seen = letters(text[100_000:106_000])[:4000]
# rng = np.random.default_rng(4)
# initial = np.array([0.5, 0.5])
# transition = rng.dirichlet([5, 5], size=2)
# emission = rng.dirichlet(np.full(27, 20), size=2)
# history = []
# for _ in range(60):
#     states, moved, log_likelihood = forward_backward(initial, transition, emission, seen)
#     history.append(-log_likelihood / len(seen))
#     shown = np.zeros((2, 27))
#     np.add.at(shown.T, seen, states)
#     initial, transition = states[0], moved / moved.sum(axis=1, keepdims=True)
#     emission = shown / shown.sum(axis=1, keepdims=True)
#
# figure, (left, right) = plt.subplots(
#     1, 2, figsize=(12, 3.6), layout="constrained", width_ratios=(1, 2)
# )
# left.plot(history, color="tab:blue")
# left.set(xlabel="round", ylabel="nats per letter", title="Each round explains more")
# left.grid(alpha=0.25)
# share = shown / np.maximum(shown.sum(axis=0), 1e-12)  # P(state | letter)
# order = np.argsort(share[0])
# right.bar(range(27), share[0][order], color="tab:orange", label="state 0")
# right.bar(range(27), share[1][order], bottom=share[0][order], color="0.75", label="state 1")
# right.set_xticks(range(27), [symbols[i].replace(" ", "␣") for i in order])
# right.set(ylabel="share of its occurrences", title="Which state said which letter?")
# right.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
# plt.show()

# %% [markdown]
# ## A drunken typist
#
# Now the hidden states are the letters that were meant, and the symbols are those that were typed.
# One letter in four hits a neighbour on the keyboard. How letters follow one another is counted in
# other plays; Viterbi reads the most probable text behind the typing, and your edit distance says
# how much of the harm it has undone. A second model has *pairs* of letters as its states, 729 of
# them, so that each letter depends on the two before.

# %% tags=["active-ipynb"]
# rows = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# keys = {c: (i, j + 0.5 * i) for i, row in enumerate(rows) for j, c in enumerate(row)}
# typing = 0.75 * np.eye(27)  # row: meant, column: typed
# typing[0, 0] = 1  # nobody misses the space bar
# for a, (i, j) in keys.items():
#     near = [b for b, (k, m) in keys.items() if a != b and abs(i - k) <= 1 and abs(j - m) <= 1]
#     for b in near:
#         typing[symbols.index(a), symbols.index(b)] = 0.25 / len(near)
#
# train = letters(text[:800_000])
# counts = np.full((27, 27, 27), 0.01)
# np.add.at(counts, (train[:-2], train[1:-1], train[2:]), 1)
# pairs = counts.sum(axis=2)
# follows = pairs / pairs.sum(axis=1, keepdims=True)
# first = pairs.sum(axis=1) / pairs.sum()
# # State (a, b) is followed by (b, c), and shows what was typed for b.
# third = np.zeros((27, 27, 27, 27))
# for b in range(27):
#     third[:, b, b, :] = counts[:, b, :] / pairs[:, b, None]
# third = third.reshape(729, 729)
#
# rng = np.random.default_rng(5)
# meant = letters(text[900_000:904_000])[:800]
# typed = np.array([rng.choice(27, p=typing[i]) for i in meant])
# readings = {"typed": (typed, 0)}
# began = time.perf_counter()
# path, _ = viterbi(first, follows, typing, typed)
# readings["best path"] = path, time.perf_counter() - began
# states, _, _ = forward_backward(first, follows, typing, typed)
# readings["best states"] = states.argmax(axis=1), 0
# began = time.perf_counter()
# path, _ = viterbi(pairs.ravel() / pairs.sum(), third, np.tile(typing, (27, 1)), typed)
# readings["path of pairs"] = path % 27, time.perf_counter() - began
#
#
# def spell(ids):
#     return "".join(symbols[i] for i in ids)
#
#
# def together(ids):
#     """ln of the probability of a reading and the typing, in the model of single letters."""
#     with np.errstate(divide="ignore"):
#         logs = np.log(follows[ids[:-1], ids[1:]]), np.log(typing[ids, typed])
#     return np.log(first[ids[0]]) + sum(each.sum() for each in logs)
#
#
# for name, (ids, seconds) in {**readings, "meant": (meant, 0)}.items():
#     wrong = edit_distance(spell(ids), spell(meant)) / len(meant)
#     clock = f"{1000 * seconds:6.0f} ms" if seconds else ""
#     print(f"{name:>13}: {wrong:5.1%} wrong, ln p {together(ids):6.0f}   {spell(ids[:60])}{clock}")

# %% [markdown]
# **For your report, 3 (2 points).** Of the two readings by single letters, which has fewer wrong
# letters, and which is the more probable one as a whole? Why must the second, and why should the
# first? (And why is what was *meant* less probable than either?) How much slower than $K = 27$ did
# you expect $K = 729$ to be, how much slower is it, and why is there no Viterbi for a language
# model that reads everything before?

# %% [markdown]
# ## Three cells learn to spell
#
# Characters become vectors, your layer reads them, a matrix turns its states into scores for the
# next character, with teacher forcing, 50 characters at a time. Three models that differ in nothing
# but the layer, trained by Adam with your gradients and your clipping. About a minute.

# %% tags=["active-ipynb"]
# vocabulary = sorted(set(text))
# number = {c: i for i, c in enumerate(vocabulary)}
# ids = np.array([number[c] for c in text])
# train_ids, test_ids = np.split(ids, [int(0.9 * len(ids))])
# V, width, hidden, batch, window, rounds = len(vocabulary), 24, 96, 32, 50, 300
# blocks = {"RNN": 1, "GRU": 3, "LSTM": 4}
#
#
# def new_parameters(name, rng):
#     def normal(rows, columns):
#         return rng.standard_normal((rows, columns)) / np.sqrt(rows)
#
#     wide = blocks[name] * hidden
#     p = {"embedding": normal(V, width) * np.sqrt(V), "wx": normal(width, wide)}
#     p |= {"wh": normal(hidden, wide), "out": normal(hidden, V), "bias": np.zeros(V)}
#     if name == "GRU":
#         return p | {"bx": np.zeros(wide), "bh": np.zeros(wide)}
#     p["b"] = np.zeros(wide)
#     if name == "LSTM":
#         p["b"][hidden : 2 * hidden] = 1.0  # remember, to begin with
#     return p
#
#
# def layer(name, p):
#     """A layer with the weights as they are now: yours may keep copies."""
#     if name == "GRU":
#         return GRU(p["wx"], p["wh"], p["bx"], p["bh"])
#     return {"RNN": RNN, "LSTM": LSTM}[name](p["wx"], p["wh"], p["b"])
#
#
# def loss_and_gradients(name, p, ids, backward=True):
#     """Read each row of ids, (batch, time + 1), up to its last character but one.
#
#     Returns the loss and its gradients; or, not going backward, the scores (batch, time, V).
#     """
#     cell = layer(name, p)
#     h = cell.forward(p["embedding"][ids[:, :-1]])
#     h = h[0] if name == "LSTM" else h
#     scores = h @ p["out"] + p["bias"]
#     if not backward:
#         return scores
#     loss, dscores = cross_entropy(scores, ids[:, 1:])
#     g = cell.backward(dscores @ p["out"].T)
#     dx = g.pop("x")
#     g = {key: value for key, value in g.items() if key in p}
#     g["embedding"] = np.zeros_like(p["embedding"])
#     np.add.at(g["embedding"], ids[:, :-1], dx)
#     g["out"] = h.reshape(-1, hidden).T @ dscores.reshape(-1, V)
#     g["bias"] = dscores.sum(axis=(0, 1))
#     return loss, g
#
#
# def windows(ids, starts):
#     return ids[np.asarray(starts)[:, None] + np.arange(window + 1)]

# %% tags=["active-ipynb"]
# held_out = windows(test_ids, np.arange(0, len(test_ids) - window, 2 * window))
# models, histories, norms, held, by_place = {}, {}, {}, {}, {}
# for name in blocks:
#     began = time.perf_counter()
#     rng = np.random.default_rng(6)
#     p = models[name] = new_parameters(name, rng)
#     mean = {key: np.zeros_like(value) for key, value in p.items()}
#     square = {key: np.zeros_like(value) for key, value in p.items()}
#     histories[name], norms[name] = [], []
#     for r in range(rounds):
#         starts = rng.integers(0, len(train_ids) - window, batch)
#         loss, g = loss_and_gradients(name, p, windows(train_ids, starts))
#         g, norm = clip_gradients(g, 0.5)
#         histories[name].append(loss)
#         norms[name].append(norm)
#         rate = 0.01 * min(1, (r + 1) / 20) * (1 + np.cos(np.pi * r / rounds)) / 2
#         for key in p:
#             mean[key] += 0.1 * (g[key] - mean[key])
#             square[key] += 0.01 * (g[key] ** 2 - square[key])
#             m, s = mean[key] / (1 - 0.9 ** (r + 1)), square[key] / (1 - 0.99 ** (r + 1))
#             p[key] -= rate * m / (np.sqrt(s) + 1e-8)
#     scores = loss_and_gradients(name, p, held_out, backward=False)
#     held[name], _ = cross_entropy(scores, held_out[:, 1:])
#     by_place[name] = [
#         cross_entropy(scores[:, t], held_out[:, t + 1])[0] for t in range(window)
#     ]
#     seconds = time.perf_counter() - began
#     size = sum(value.size for value in p.values())
#     print(f"{name:>5}: {held[name]:.3f} nats per character, {size} weights, {seconds:.0f} s")
#
# pair_counts = np.full((V, V), 0.1)
# np.add.at(pair_counts, (train_ids[:-1], train_ids[1:]), 1)
# log_pairs = np.log(pair_counts / pair_counts.sum(axis=1, keepdims=True))
# by_pairs = -log_pairs[held_out[:, :-1], held_out[:, 1:]].mean()
#
# figure, (left, right) = plt.subplots(1, 2, figsize=(12, 3.8), layout="constrained")
# for name, colour in zip(blocks, ("tab:blue", "tab:orange", "tab:red")):
#     few = min(15, rounds)
#     smooth = np.convolve(histories[name], np.ones(few) / few, mode="valid")
#     left.plot(smooth, color=colour, label=f"{name}: {held[name]:.2f} held out")
#     right.plot(norms[name], color=colour, label=name, lw=0.8)
# left.axhline(by_pairs, color="0.4", ls="--", lw=1, label=f"counting pairs: {by_pairs:.2f}")
# left.set(xlabel="step", ylabel="nats per character", title="Loss in training", ylim=(1.6, 3.6))
# right.axhline(0.5, color="0.4", ls="--", lw=1, label="clipped above")
# right.set(xlabel="step", ylabel="norm before clipping", title="How long the gradients were")
# right.set_yscale("log")
# for axes in (left, right):
#     axes.grid(alpha=0.25)
#     axes.legend(frameon=False)
# plt.show()

# %% [markdown]
# How much does the state help? The loss by the place in the window: the first character sees
# nothing before it, the fiftieth could use 49.

# %% tags=["active-ipynb"]
# figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
# for name, colour in zip(blocks, ("tab:blue", "tab:orange", "tab:red")):
#     axes.plot(by_place[name], color=colour, label=name)
# axes.axhline(by_pairs, color="0.4", ls="--", lw=1, label="counting pairs")
# axes.set(xlabel="characters read before", ylabel="nats", title="Loss by place", ylim=(1.5, 3.6))
# axes.grid(alpha=0.25)
# axes.legend(frameon=False)
# plt.show()

# %% [markdown]
# ## The best line, and the most probable one
#
# Your search with the LSTM as its decoder. `end` is the end of a line. A wider beam finds more
# probable lines. Are they better ones?

# %% tags=["active-ipynb"]
# p = models["LSTM"]
# newline = number["\n"]
#
#
# def step(state, token):
#     """One character on: log-probabilities of the next, and both states of the LSTM."""
#     x = p["embedding"][token].reshape(1, 1, width)
#     h, c = layer("LSTM", p).forward(x, *state)
#     scores = h[0, 0] @ p["out"] + p["bias"]
#     scores = scores - scores.max()
#     return scores - np.log(np.exp(scores).sum()), (h[:, 0], c[:, 0])
#
#
# def after(prompt):
#     """The state when all of the prompt but its last character has been read."""
#     state = (np.zeros((1, hidden)), np.zeros((1, hidden)))
#     for character in prompt[:-1]:
#         _, state = step(state, number[character])
#     return state, number[prompt[-1]]
#
#
# longest, widths = 30, (1, 2, 4, 8)
# prompts = ["\nO, my ", "\nWhat is ", "\nThe king ", "\nAnd in the ", "\nMy lord, "]
# found = {}
# for alpha in (0.0, 1.0):
#     for beam in widths:
#         for prompt in prompts:
#             state, last = after(prompt)
#             tokens, score = beam_search(step, state, last, newline, beam, longest, alpha)
#             found[alpha, beam, prompt] = tokens, score * len(tokens) ** alpha
# for beam in (1, 8):
#     for alpha in (0.0, 1.0):
#         for prompt in prompts[:3]:
#             tokens, log_prob = found[alpha, beam, prompt]
#             line = prompt.strip("\n") + "".join(vocabulary[i] for i in tokens)
#             print(f"width {beam}, alpha {alpha:.0f}: {log_prob:7.2f}   {line!r}")
#
# figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
# for alpha, colour in ((0.0, "tab:blue"), (1.0, "tab:red")):
#     results = [[found[alpha, beam, prompt] for prompt in prompts] for beam in widths]
#     means = [np.mean([log_prob for _, log_prob in r]) for r in results]
#     left.plot(widths, means, color=colour, marker="o", label=f"alpha = {alpha:.0f}")
#     lengths = [np.mean([len(tokens) for tokens, _ in r]) for r in results]
#     right.plot(widths, lengths, color=colour, marker="o", label=f"alpha = {alpha:.0f}")
# left.set(ylabel="mean log-probability", title="What the beam looks for")
# right.set(ylabel="mean number of characters", title="What it finds")
# for axes in (left, right):
#     axes.set_xscale("log", base=2)
#     axes.set_xticks(widths, widths)
#     axes.set(xlabel="width of the beam")
#     axes.grid(alpha=0.25)
#     axes.legend(frameon=False)
# plt.show()

# %% [markdown] tags=["written"]
# ## Written question · What is a memory worth?
#
# Answer the three questions that were asked on the way (after q2, q4 and the typist), with the
# numbers of *your* machine, and these two; about one page in all.
#
# 4. Beam search: how do log-probability and length change with the width and with $\alpha$, and are
#    the lines better? Why does a perfect search for the most probable text write badly, and what
#    would you do instead? Give a prompt on which greedy and beam search differ, with both lines.
# 5. Choose one of the three cells, with the two last loss figures as evidence: how many characters
#    does it make use of, and what do they bring? Then write two sentences by hand for the reference
#    *the king is dead* : a good one with BLEU 0 (`max_n=2`) and a bad one with a BLEU above 0.5.
#    What do edit distance and ROUGE-L say of them, and what would you measure instead?

# %% [markdown] tags=["answer"]
# *Your report goes here.*
