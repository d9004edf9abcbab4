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
# # Automatic differentiation
#
# A language model is a function of numbers that nobody chose by hand. GPT-2 small has 124 million
# of them. Training asks one question over and over: *if I turn this number up a little, will the
# next word become more likely?* That is a partial derivative, one for each of the 124 million, a
# hundred thousand times. How can all of them be had for the price of about three evaluations of
# the model, without anybody writing down a formula?
#
# That is what `loss.backward()` does, and in this assignment you write it, from the first
# derivative to a network that reads digits and a model that writes letters:
#
# | | you build | it is the reason that |
# | --- | --- | --- |
# | q1 | derivatives that travel forward with the numbers | a derivative needs no formula |
# | q2, q3 | a graph that remembers, and is walked backward | one walk gives *all* derivatives |
# | q4 | the operations of a transformer, each with one gradient | training does not overflow |
# | q5 | a judge that finds a wrong gradient | you may trust the rest |
# | q6 | five ways to walk downhill | training arrives |
# | q7 | a network and its training | it all works together |
# | q8 | derivatives of derivatives | you can see how curved the loss is |
#
# **Conventions.** NumPy only, float64 throughout; `Tensor` and `Dual` hold whole arrays, of any
# shape. Rows are samples. `rng` is a `numpy.random.Generator`. Bad arguments raise `ValueError`
# with a message that names the argument. What the caller passes in is never modified.
#
# **Notation.** $x$ is an input, $y = f(x)$ an output, $L$ a single number (the loss). A dot is a
# derivative that travels forward, $\dot y$: how fast $y$ changes when the input moves. A bar is a
# derivative that travels backward, $\bar x = \partial L/\partial x$: how fast the loss changes when
# $x$ moves. $\bar x$ always has the shape of $x$.

# %% [markdown]
# ## Before you begin
#
# About 15 hours, difficulty 4 of 5.
#
# **Afterwards you can**
#
# - differentiate a program exactly, forward with dual numbers and backward through its graph
# - write the operations of a transformer with one safe gradient each
# - find a wrong gradient before it costs a week
# - choose an optimiser by what it does, not by its name
# - train a network, and measure how curved its loss is
#
# **You need**
#
# - Calculus: product, quotient and chain rule, partial derivatives
# - NumPy: broadcasting, sums along axes, indexing with arrays
# - Python: classes, operators such as __add__, functions as values
#
# **Two minutes of self-check.** If an answer surprises you, read it up first.
#
# <details><summary>f(x) = x · exp(x). What is its derivative?</summary>(1 + x) · exp(x)</details>
# <details><summary>a has shape (3, 1), b has shape (4,). Which shape has a + b?</summary>(3, 4)</details>
# <details><summary>z = x · y with x = 2, y = 5. If x grows by 0.01, by how much does z grow?</summary>by 0.05</details>

# %% tags=["active-ipynb"]
# from autograder.notebook import Notebook
#
# grader = Notebook("autodiff")

# %%
from dataclasses import dataclass
from itertools import pairwise

import numpy as np


# %% [markdown]
# ## q1 · Forward: numbers that know how fast they move
#
# Give each number a companion. A **dual number** is a pair $(x, \dot x)$: a value, and the speed
# with which it changes, its *tangent*. Every rule of calculus becomes a rule of arithmetic:
#
# $$\begin{aligned}
# (x,\dot x) + (y,\dot y) &= (x+y,\ \dot x+\dot y) &
# (x,\dot x)\cdot(y,\dot y) &= (xy,\ \dot x\,y + x\,\dot y)\\
# (x,\dot x)\,/\,(y,\dot y) &= \Bigl(\tfrac xy,\ \tfrac{\dot x\,y - x\,\dot y}{y^2}\Bigr) &
# (x,\dot x)^n &= (x^n,\ n\,x^{n-1}\dot x)\\
# \exp(x,\dot x) &= (e^x,\ e^x\dot x) & \tanh(x,\dot x) &= (t,\ (1-t^2)\,\dot x),\ t=\tanh x
# \end{aligned}$$
#
# A constant does not move: its tangent is 0. Now any program made of such steps computes its own
# derivative along the way. Start it with $\dot x = 1$, and what comes out beside the value is
# $f'(x)$. Not approximately: exactly, up to rounding.
#
# **By hand**, $f(x) = x\,e^x$ at $x = 2$:
#
# | step | value | tangent |
# | --- | --- | --- |
# | $x$ | 2 | 1 |
# | $u = e^x$ | 7.389 | $7.389 \cdot 1 = 7.389$ |
# | $f = x\,u$ | 14.778 | $1 \cdot 7.389 + 2 \cdot 7.389 = 22.167$ |
#
# Indeed $f'(x) = (1+x)\,e^x = 3 \cdot 7.389$.
#
# With arrays nothing changes, entry by entry. If $x$ has shape (n,) and starts with the tangent
# $v$, also (n,), then the output of shape (m,) has the tangent $Jv$: the **Jacobian** $J_{ij} =
# \partial f_i/\partial x_j$, shape (m, n), times the direction $v$, and no matrix was ever made.
# This is a *Jacobian-vector product*, `jvp`.
#
# One trap with arrays: in `x + a`, if $x$ is (3,) and $a$ is (2, 3), the value is stretched to
# (2, 3), and so must the tangent be.

# %% tags=["q1"]
class Dual:
    """Arrays with their derivative in one direction: `Dual(value, tangent)`.

    `+ - * /`, on either side also with numbers and arrays (`2 * x`, `array + x`, `1 / x`); `-x`;
    `x ** n` with a constant number n. Shapes are broadcast as NumPy does it.

    Attributes:
        value: float64 array of any shape.
        tangent: float64 array of the shape of `value`, always.
    """

    # NumPy then leaves `array + x` to `Dual.__radd__` instead of adding entry by entry itself.
    __array_ufunc__ = None

    def __init__(self, value, tangent):
        """Args: value, tangent: array-likes of numbers of one shape; a number is a shape too."""
        raise NotImplementedError("q1: Dual.__init__ is not written yet")

    def __repr__(self):  # given
        return f"Dual({self.value}, {self.tangent})"


    def __add__(self, other):
        raise NotImplementedError("q1: Dual.__add__ is not written yet")

    __radd__ = __add__  # 2 + x is x + 2

    def __neg__(self):
        raise NotImplementedError("q1: Dual.__neg__ is not written yet")

    def __sub__(self, other):
        raise NotImplementedError("q1: Dual.__sub__ is not written yet")

    def __rsub__(self, other):
        raise NotImplementedError("q1: Dual.__rsub__ is not written yet")

    def __mul__(self, other):
        raise NotImplementedError("q1: Dual.__mul__ is not written yet")

    __rmul__ = __mul__

    def __truediv__(self, other):
        raise NotImplementedError("q1: Dual.__truediv__ is not written yet")

    def __rtruediv__(self, other):
        raise NotImplementedError("q1: Dual.__rtruediv__ is not written yet")

    def __pow__(self, exponent):
        """`exponent` is a constant number. `x ** 0` has slope 0, also at 0."""
        raise NotImplementedError("q1: Dual.__pow__ is not written yet")

    def exp(self):
        raise NotImplementedError("q1: Dual.exp is not written yet")

    def log(self):
        """The natural logarithm."""
        raise NotImplementedError("q1: Dual.log is not written yet")

    def sin(self):
        raise NotImplementedError("q1: Dual.sin is not written yet")

    def cos(self):
        raise NotImplementedError("q1: Dual.cos is not written yet")

    def tanh(self):
        raise NotImplementedError("q1: Dual.tanh is not written yet")

    def relu(self):
        """max(x, 0), with slope 0 at 0."""
        raise NotImplementedError("q1: Dual.relu is not written yet")


def derivative(f, x):
    """Differentiate a function that works entry by entry.

    Args:
        f: function of a `Dual` that returns a `Dual` of the same shape (or a constant number).
        x: array-like of numbers, any shape; a number is fine.

    Returns:
        f'(x) for each entry, an array of the shape of `x` (for a number, a number).
    """
    raise NotImplementedError("q1: derivative is not written yet")


def jvp(f, x, v):
    """Derivative of f at x in the direction v: the Jacobian times v, without the Jacobian.

    Args:
        f: function of a `Dual` that returns a `Dual` of any shape (or a constant).
        x: array-like of numbers, any shape.
        v: array-like of the shape of `x`.

    Returns:
        Array of the shape of f(x); zeros if f(x) is a constant.

    Raises:
        ValueError: `v` has another shape than `x`.
    """
    raise NotImplementedError("q1: jvp is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q1")

# %% [markdown]
# Is it right? Here are three activations of neural networks and their slopes, as *your* `Dual`
# computes them. The last one, the GELU of GPT-2, you will meet again in q4.

# %% tags=["active-ipynb"]
# import time
#
# import matplotlib.pyplot as plt
# from matplotlib import patheffects
#
# plt.rcParams.update(
#     {"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
# )
# grid = np.linspace(-4, 4, 401)
# root = (2 / np.pi) ** 0.5
# activations = {
#     "relu": lambda x: x.relu(),
#     "tanh": lambda x: x.tanh(),
#     "gelu": lambda x: 0.5 * x * (1 + (root * (x + 0.044715 * x**3)).tanh()),
# }
# figure, panels = plt.subplots(1, 3, figsize=(11, 3), sharey=True, layout="constrained")
# for axes, (name, f) in zip(panels, activations.items()):
#     axes.plot(grid, f(Dual(grid, 0.0)).value, color="0.6", lw=2, label="value")
#     axes.plot(grid, derivative(f, grid), color="tab:red", lw=2, label="slope, by Dual")
#     axes.set(title=name, xlabel="x", ylim=(-1.3, 3))
#     axes.grid(alpha=0.25)
# panels[0].set_ylabel("value and slope")
# panels[0].legend(frameon=False)
# plt.show()

# %% [markdown]
# ## q2 · Backward: one walk for all derivatives
#
# Forward mode answers one direction at a time. A loss with 124 million inputs would need 124
# million runs. But there is only *one* output, and that can be turned around: ask not where a
# change of the input goes, but how much each intermediate result matters to the loss.
#
# While the program runs, each result remembers what it was made of. That is the **computation
# graph**. Here it is for $c = a\,b$, $d = c + a$, $L = d\,c$ at $a = 2$, $b = 3$: blue values are
# computed from left to right, orange gradients from right to left.
#
# ![The computation graph of L = (ab + a)·ab](graph.svg)
#
# The backward pass starts at $\bar L = \partial L/\partial L = 1$. Each node that knows its own
# gradient in full hands shares to the nodes it was made of. For a product $z = x\,y$ that is
# $\bar z\,y$ to $x$ and $\bar z\,x$ to $y$; for a sum, $\bar z$ to both. Where shares from several
# places meet, they are **added**: this is the chain rule of several variables.
#
# **By hand**, one backward pass:
#
# | node, last first | its gradient is complete | it hands on |
# | --- | --- | --- |
# | $L = d\,c = 48$ | $\bar L = 1$ | to $d$: $1\cdot c = 6$; to $c$: $1\cdot d = 8$ |
# | $d = c + a = 8$ | $\bar d = 6$ | to $c$: 6; to $a$: 6 |
# | $c = a\,b = 6$ | $\bar c = 8 + 6 = 14$ | to $a$: $14\cdot b = 42$; to $b$: $14\cdot a = 28$ |
# | $a$, $b$ | $\bar a = 6 + 42 = 48$, $\bar b = 28$ | |
#
# Check: $L = a^2b^2 + a^2b$, so $\partial L/\partial a = 2ab^2 + 2ab = 48$ and $\partial L/\partial
# b = 2a^2b + a^2 = 28$. $c$ had to wait for $d$: a node may hand on only when *all* it feeds have
# handed to it. Hence the order: any order in which each node comes after everything made from it.
# (A node is always made after its inputs, which gives one such order for free.)
#
# **Arrays.** Entry by entry the rules are the same. But where NumPy stretched an input, one number
# fed several results, and so its gradient is the *sum* of their shares. For $x$ of shape (3, 1) and
# $y$ of shape (4,), $x + y$ and its gradient are (3, 4); $\bar x$ is the sum over axis 1, shape
# (3, 1); $\bar y$ the sum over axis 0, shape (4,). A bias added to every row of a batch is this.
#
# **Mind three things.** Recurrent networks make graphs thousands of steps deep, and Python
# refuses recursion at 1000. `backward` adds to `.grad`, so that gradients of several batches can
# be collected; the gradients of nodes in between belong to one walk only and must not survive it.
# And an array that is somebody's gradient must be nobody else's: two inputs of one sum receive the
# same numbers, not the same array.
#
# **In three stages**, each with its own tests and points; run `grader.check("q2")` after each.
#
# 1. *Numbers.* Write `__init__`, `__mul__`, `__add__` and a `backward` for tensors that hold a
#    single number. A first test needs the product alone, the second the graph above, where results
#    are used twice; then come the other operations, and a second call of `backward`, which adds to
#    the first.
# 2. *Arrays.* A gradient to begin with has to be given (`grad`), and an operand that was stretched
#    gets the sum of its shares. One helper that every share passes through serves all operations.
# 3. *Depth, and whose array it is.* Replace recursion, if you have used any, by a loop; let each
#    node hand on once; and store at each leaf an array of its own.
#
# *Looking ahead:* q8 differentiates a gradient once more. If a rule is written with operations
# that arrays and tensors have in common (`g * b` rather than `np.multiply(g, b.data)`), the same
# rule can run on either, and q8 will take ten lines.

# %% tags=["q2"]
class Tensor:
    """An array that remembers how it was made: `Tensor(data, requires_grad=False)`.

    `+ - * /`, on either side also with numbers and arrays; `-x`; `x ** n` with a constant number
    n. Shapes are broadcast as NumPy does it. An operation never changes its operands.

    Attributes:
        data: float64 array, any shape.
        grad: None, or an array of the shape of `data` that shares memory with no other array.
            Only tensors that the user made with `requires_grad=True` ever get one.
        requires_grad: whether gradients flow to this tensor.
    """

    # NumPy then leaves `array + x` to `Tensor.__radd__` instead of adding entry by entry itself.
    __array_ufunc__ = None

    def __init__(self, data, requires_grad=False):
        """Args: data: array-like of numbers. requires_grad: whether to keep a gradient."""
        raise NotImplementedError("q2: Tensor.__init__ is not written yet")

    @property
    def shape(self):  # given
        return self.data.shape

    def __repr__(self):  # given
        return f"Tensor({self.data})"

    def backward(self, grad=None):
        """Add the gradient of this tensor to the `.grad` of all leaves it was made of.

        Nothing else changes, so that it may be called again, on this tensor or another one;
        gradients then add up. A tensor that was made of constants only has no leaves: nothing
        happens. Graphs may be 10 000 operations deep.

        Args:
            grad: gradient of the loss with respect to this tensor, array-like of its shape.
                It may be left out if the tensor has a single element; it is then 1.

        Raises:
            ValueError: `grad` is left out and the tensor has more or fewer elements than one, or
                `grad` has another shape.
        """
        raise NotImplementedError("q2: Tensor.backward is not written yet")

    def __add__(self, other):
        raise NotImplementedError("q2: Tensor.__add__ is not written yet")

    __radd__ = __add__  # 2 + x is x + 2

    def __neg__(self):
        raise NotImplementedError("q2: Tensor.__neg__ is not written yet")

    def __sub__(self, other):
        raise NotImplementedError("q2: Tensor.__sub__ is not written yet")

    def __rsub__(self, other):
        raise NotImplementedError("q2: Tensor.__rsub__ is not written yet")

    def __mul__(self, other):
        raise NotImplementedError("q2: Tensor.__mul__ is not written yet")

    __rmul__ = __mul__

    def __truediv__(self, other):
        raise NotImplementedError("q2: Tensor.__truediv__ is not written yet")

    def __rtruediv__(self, other):
        raise NotImplementedError("q2: Tensor.__rtruediv__ is not written yet")

    def __pow__(self, exponent):
        """`exponent` is a constant number. `x ** 0` has slope 0, also at 0."""

        raise NotImplementedError("q2: Tensor.__pow__ is not written yet")

    def exp(self):
        raise NotImplementedError("q2: Tensor.exp is not written yet")

    def log(self):
        """The natural logarithm."""
        raise NotImplementedError("q2: Tensor.log is not written yet")

    def tanh(self):
        raise NotImplementedError("q2: Tensor.tanh is not written yet")

    def sigmoid(self):
        """1 / (1 + exp(-x)), finite for every x."""
        raise NotImplementedError("q2: Tensor.sigmoid is not written yet")

    def relu(self):
        """max(x, 0), with slope 0 at 0."""
        raise NotImplementedError("q2: Tensor.relu is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q2")

# %% [markdown]
# **For your report, 1 (2 points).** A language model has 7 billion parameters and writes a token in
# 0.1 s. How long would *one* gradient take with differences, with `jvp` once for each parameter,
# and with `backward`?

# %% [markdown]
# ## q3 · Arrays that change their shape
#
# All that is missing for a transformer are operations that mix entries. Each has a gradient with a
# simple reading: *whatever the forward pass did with an entry, the backward pass undoes with its
# share.*
#
# | forward | shapes | backward |
# | --- | --- | --- |
# | $C = AB$ | (n, k)(k, m) → (n, m) | $\bar A = \bar C B^\top$, $\bar B = A^\top \bar C$ |
# | `sum` | (n, k) → (k,) | every entry receives the gradient of its sum |
# | `mean` | (n, k) → (k,) | the same, divided by how many there were |
# | `max` | (n, k) → (k,) | the largest receives it all; equal largest ones share equally |
# | `reshape`, `transpose` | | reshaped, transposed back |
# | `x[index]` | | into zeros of the shape of x, *added* at the places `index` |
# | `concatenate` | | cut into the parts again |
#
# The shapes leave no choice for $\bar A$: from $\bar C$, (n, m), and $B$, (k, m) when
# transposed, only $\bar C B^\top$ has the shape (n, k).
#
# **By hand.** $x = (5, 7, 9)$ and $y = x[(0, 2, 0)] = (5, 9, 5)$. With $\bar y = (1, 10, 100)$ both
# copies of $x_0$ report back: $\bar x = (101, 0, 10)$. A token that occurs twice in a text takes
# part twice, so its row of the embedding table learns twice. (`zeros[index] += g` writes each
# place once and loses that; look up `np.add.at`.)
#
# Batches: `@` multiplies the last two axes, and broadcasts the axes before them as NumPy does. For
# $A$ of shape (8, n, k) and one $B$ of shape (k, m) for all, $\bar B$ is the sum over the 8.
#
# The cell below goes on with the same class: a `Tensor` that can do all it could, and more. (Your
# code of q2 says `Tensor(...)` where it makes a result, so it makes the new ones from now on. If
# you run the cell of q2 again, run this one again too.)

# %% tags=["q3"]
class Tensor(Tensor):
    """The tensor of q2 with the operations that mix entries. Shapes and arguments as in NumPy."""

    def __matmul__(self, other):
        """Matrix product of tensors (or arrays) of two or more axes.

        (…, n, k) @ (…, k, m) is (…, n, m); the axes before the last two are broadcast.
        """
        raise NotImplementedError("q3: Tensor.__matmul__ is not written yet")

    def __rmatmul__(self, other):
        """array @ tensor"""
        raise NotImplementedError("q3: Tensor.__rmatmul__ is not written yet")

    def sum(self, axis=None, keepdims=False):
        """Sum over all entries, or along `axis` (an integer or a tuple of them, from the end if
        negative)."""
        raise NotImplementedError("q3: Tensor.sum is not written yet")

    def mean(self, axis=None, keepdims=False):
        """Mean of all entries, or along `axis`."""
        raise NotImplementedError("q3: Tensor.mean is not written yet")

    def max(self, axis=None, keepdims=False):
        """Largest of all entries, or along `axis`. Equal largest entries share the gradient."""
        raise NotImplementedError("q3: Tensor.max is not written yet")

    def reshape(self, *shape):
        """The same entries in another shape: `x.reshape(2, 3)` or `x.reshape((2, 3))`; one side
        may be -1."""
        raise NotImplementedError("q3: Tensor.reshape is not written yet")

    def transpose(self, *axes):
        """Permute the axes: `x.transpose(1, 2, 0)` or `x.transpose((1, 2, 0))`; without arguments
        they are reversed. Axis i of the result is axis `axes[i]` of x."""
        raise NotImplementedError("q3: Tensor.transpose is not written yet")

    @property
    def T(self):
        """The transpose: all axes reversed."""
        raise NotImplementedError("q3: Tensor.T is not written yet")


    def __getitem__(self, index):
        """Entries picked by integers, slices, integer arrays (or lists), and tuples of them.

        An entry that is picked several times collects the gradients of all its copies.
        """
        raise NotImplementedError("q3: Tensor.__getitem__ is not written yet")


def concatenate(tensors, axis=0):
    """Join tensors (or arrays) along an existing axis.

    Args:
        tensors: sequence of tensors whose shapes differ at most along `axis`.
        axis: an integer, from the end if negative.

    Returns:
        A `Tensor`.
    """
    raise NotImplementedError("q3: concatenate is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q3")

# %% [markdown]
# ## q4 · The operations of a transformer
#
# With q2 and q3 a softmax is four operations, a layer norm is nine. Written as *one* operation,
# each is faster, needs less memory, and above all it can be made safe: $e^{1000}$ is infinite, and
# $\infty/\infty$ ends every training.
#
# **Softmax.** $p_i = e^{x_i} / \sum_j e^{x_j}$ along one axis. Subtracting the largest $x_j$ first
# changes nothing and keeps every exponent ≤ 0. Its gradient needs only its result:
# $\bar x_i = p_i\,\bigl(\bar p_i - \sum_j \bar p_j p_j\bigr)$.
#
# **Log-softmax.** $\ell_i = x_i - \log\sum_j e^{x_j}$. Do not take the logarithm of a softmax:
# $\log 0$. Gradient $\bar x_i = \bar\ell_i - p_i \sum_j \bar\ell_j$.
#
# **Cross-entropy.** A language model gives a score to every token of the vocabulary, the *logits*,
# shape (n, c) for n positions and c tokens; the token that really came has the index $y_i$. The
# loss is the mean surprise $L = -\frac1n\sum_i \ell_{i,y_i}$. Together with the softmax its
# gradient is as simple as can be, *what you predicted minus what happened*:
# $\bar x = \tfrac1n\,(p - \text{onehot}(y))\,\bar L$.
#
# **By hand**, $n = 1$, logits $(0, \ln 2, 0)$, target 1: $p = (\tfrac14, \tfrac12, \tfrac14)$, loss
# $\ln 2 = 0.693$, gradient $(\tfrac14, -\tfrac12, \tfrac14)$. The right token is pulled up, the
# others are pushed down, and in all nothing is added.
#
# (How low can it go? If tokens come with the probabilities $q$, the mean surprise is $-\sum_i q_i
# \ln p_i = H(q) + \mathrm{KL}(q\,\|\,p)$: the **entropy** of the language, which no model can do
# anything about, and the **Kullback-Leibler divergence** $\sum_i q_i \ln\frac{q_i}{p_i} \ge 0$,
# which is 0 when the model is right. Training can only lower the second.)
#
# **GELU.** GPT-2's activation, in its tanh form: $\tfrac12 x\,(1+\tanh u)$ with $u =
# \sqrt{2/\pi}\,(x + 0.044715\,x^3)$. By the product and chain rules its slope is $\tfrac12(1+t) +
# \tfrac12 x\,(1-t^2)\,u'$ with $t = \tanh u$; forgetting $u'$ is popular.
#
# **Layer norm**, over the last axis of length $d$: with mean $\mu$ and variance $\sigma^2 = \frac1d
# \sum_i (x_i-\mu)^2$ of each row, $\hat x = (x-\mu)/\sqrt{\sigma^2+\epsilon}$ and $y = \hat x\,
# \gamma + \beta$ with the gain $\gamma$ and the bias $\beta$, both (d,). Because $\mu$ and $\sigma$
# depend on $x$ too, with $h = \bar y\,\gamma$ and means over the row
#
# $$\bar x = \frac{1}{\sqrt{\sigma^2+\epsilon}}\,\bigl(h - \text{mean}(h) - \hat x\;
# \text{mean}(h\,\hat x)\bigr),$$
#
# and $\bar\gamma$, $\bar\beta$ are the sums of $\bar y\,\hat x$ and of $\bar y$ over all rows.
#
# **Embedding.** Row `ids[i]` of a table (v, d) for each token: it is `table[ids]`, with a check.

# %% tags=["q4"]
def softmax(x, axis=-1):
    """exp(x) / sum(exp(x)) along `axis`.

    Finite for entries as large as ±1000, without a warning.

    Args:
        x: `Tensor`, any shape with at least one axis.
        axis: an integer.

    Returns:
        `Tensor` of the shape of x.
    """
    raise NotImplementedError("q4: softmax is not written yet")


def log_softmax(x, axis=-1):
    """The logarithm of the softmax along `axis`, finite for entries as large as ±1000."""
    raise NotImplementedError("q4: log_softmax is not written yet")


def cross_entropy(logits, targets):
    """Mean of -log softmax(logits)[i, targets[i]] over the rows i.

    Finite for logits as large as ±1000.

    Args:
        logits: `Tensor` of shape (n, c), n >= 1.
        targets: integers of shape (n,), each in 0 … c - 1 (array-like, no Tensor).

    Returns:
        `Tensor` with a single element.

    Raises:
        ValueError: `targets` has another shape or an entry that is not in 0 … c - 1.
    """
    raise NotImplementedError("q4: cross_entropy is not written yet")


def gelu(x):
    """x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), entry by entry."""
    raise NotImplementedError("q4: gelu is not written yet")


def layer_norm(x, gain, bias, eps=1e-5):
    """Normalise the last axis to mean 0 and variance 1, then scale and shift it.

    (x - mean) / sqrt(variance + eps) · gain + bias, with variance = sum of squares / d.

    Args:
        x: `Tensor` of shape (…, d).
        gain, bias: `Tensor`s of shape (d,).
        eps: a positive number, inside the root.

    Returns:
        `Tensor` of the shape of x.
    """
    raise NotImplementedError("q4: layer_norm is not written yet")


def embedding(table, ids):
    """Rows of a table.

    Args:
        table: `Tensor` of shape (v, d).
        ids: integers of any shape, each in 0 … v - 1 (array-like, no Tensor).

    Returns:
        `Tensor` of shape `ids.shape + (d,)`. A row that is picked several times collects the
        gradients of all its copies.

    Raises:
        ValueError: an entry of `ids` is not in 0 … v - 1.
    """
    raise NotImplementedError("q4: embedding is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q4")

# %% [markdown]
# ## q5 · Trust, but verify
#
# A wrong gradient does not crash. The loss still falls, only not as far, and nobody ever learns
# why. So every rule is compared with the definition of a derivative. For an array $x$, entry by
# entry, with $e_i$ the array that is 1 at place $i$ and 0 elsewhere:
#
# $$\frac{\partial f}{\partial x_i} \approx
# \frac{f(x+\epsilon e_i) - f(x-\epsilon e_i)}{2\epsilon}.$$
#
# **By hand**, $f(x) = x^3$ at $x = 2$ with $\epsilon = 0.1$: $(9.261 - 6.859)/0.2 = 12.01$, and
# the truth is 12. The *central* difference is wrong by about $\epsilon^2$, a one-sided one,
# $(9.261-8)/0.1 = 12.61$, by about $\epsilon$. A smaller $\epsilon$ helps until rounding, divided
# by $\epsilon$, takes over; you will see the curve below.
#
# It takes two evaluations for each entry: unthinkable for training, perfect for tests. And if the
# output is not a number but an array? Then compare the gradient of $\sum_j w_j f_j(x)$ for some
# weights $w$ fixed once and for all. They should not all be equal: a softmax sums to 1 whatever
# its input, so that with equal weights *any* gradient in which entries cancel would pass.

# %% tags=["q5"]
@dataclass(frozen=True)
class Report:
    """What a gradient check found.

    Attributes:
        ok: whether `max_error` is at most the tolerance.
        max_error: the largest |a - n| / max(1, |n|) over all entries of all arrays, with the
            gradient a of `backward` and the numerical gradient n.
        where: (number of the array, counted from 0; index of its entry as a tuple of integers) of
            the largest error.
    """

    ok: bool
    max_error: float
    where: tuple


def numerical_gradient(f, arrays, eps=1e-6):
    """Gradient by central differences, (f(x + eps) - f(x - eps)) / (2 · eps) for each entry.

    Args:
        f: function of as many arrays as there are in `arrays`, which returns a number.
        arrays: list of array-likes of numbers, any shapes. They are the same afterwards, bit by
            bit.
        eps: half the distance of the two points.

    Returns:
        List of float64 arrays, one for each of `arrays`, of its shape.
    """
    raise NotImplementedError("q5: numerical_gradient is not written yet")


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    """Compare the gradients of `backward` with numerical ones.

    An output of more than one element is reduced to the sum of its entries times weights that are
    fixed and not all equal. An array that f does not use has gradient 0. A gradient that is not
    a number is never ok.

    Args:
        f: function of as many `Tensor`s as there are in `arrays`, which returns a `Tensor`.
        arrays: list of array-likes of numbers; f should be smooth there.
        eps: as in `numerical_gradient`.
        tol: the largest error that is ok.

    Returns:
        A `Report`.
    """
    raise NotImplementedError("q5: gradcheck is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q5")

# %% [markdown]
# Your checker on your own operations of q4, and the curve that explains the default `eps`.

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(0)
# x, gain, bias = rng.standard_normal((4, 6)), rng.standard_normal(6), rng.standard_normal(6)
# checks = {
#     "softmax": (softmax, [x]),
#     "log_softmax": (log_softmax, [x]),
#     "cross_entropy": (lambda x: cross_entropy(x, [0, 5, 2, 2]), [x]),
#     "gelu": (gelu, [x]),
#     "layer_norm": (layer_norm, [x, gain, bias]),
#     "embedding": (lambda table: embedding(table, [[3, 0], [3, 3]]), [x]),
#     "a planted mistake": (lambda x: x * Tensor(x.data), [x]),
# }
# for name, (f, arrays) in checks.items():
#     report = gradcheck(f, arrays)
#     verdict = "ok" if report.ok else "WRONG"
#     print(f"{name:>18}  {verdict:5}  {report.max_error:.1e} at {report.where}")
#
# widths = np.logspace(-12, 0, 49)
# exact = np.exp(np.sin(0.9)) * np.cos(0.9)
# f = lambda x: np.exp(np.sin(x))
# central = [abs(numerical_gradient(f, [0.9], eps)[0] - exact) for eps in widths]
# one_sided = [abs((f(0.9 + eps) - f(0.9)) / eps - exact) for eps in widths]
# figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
# axes.loglog(widths, one_sided, color="0.6", lw=2, label="one-sided")
# axes.loglog(widths, central, color="tab:red", lw=2, label="central, yours")
# axes.axvline(1e-6, color="0.25", lw=1, ls="--")
# axes.annotate("eps = 1e-6", (1e-6, 0.3), (6, 0), textcoords="offset points", color="0.25")
# axes.annotate("rounding / eps", (1e-11, 3e-6), (0, -34), textcoords="offset points", ha="center")
# axes.annotate("eps²", (1e-2, 5e-5), (10, -30), textcoords="offset points")
# axes.set(xlabel="eps", ylabel="error of the slope", ylim=(1e-13, 3))
# axes.set_title("The slope of exp(sin x) at 0.9, by differences")
# axes.legend(frameon=False, loc="upper left")
# axes.grid(alpha=0.25)
# plt.show()

# %% [markdown]
# **For your report, 2 (2 points).** Your checker finds no mistake, but a friend's model does not
# learn. Name two mistakes in gradients or training that `gradcheck` at one random point cannot
# find.

# %% [markdown]
# ## q6 · Five ways downhill
#
# Now the gradient is there, $g$ for a parameter $w$ of the same shape, and $\eta$ (`lr`) says how
# far to go. All operations below are entry by entry; all state starts at 0 and belongs to one
# parameter.
#
# | | state | $w$ loses $\eta$ times |
# | --- | --- | --- |
# | SGD | | $g$ |
# | Momentum | $v \leftarrow \beta v + (1-\beta)\, g$ | $v$ |
# | AdaGrad | $s \leftarrow s + g^2$ | $g / (\sqrt{s} + \epsilon)$ |
# | RMSProp | $s \leftarrow \beta s + (1-\beta)\, g^2$ | $g / (\sqrt{s} + \epsilon)$ |
# | Adam | $m \leftarrow \beta_1 m + (1-\beta_1)\, g$ | $\hat m / (\sqrt{\hat s} + \epsilon)$ |
# | | $s \leftarrow \beta_2 s + (1-\beta_2)\, g^2$ | |
#
# with $\hat m = m/(1-\beta_1^t)$ and $\hat s = s/(1-\beta_2^t)$ at step $t = 1, 2, \dots$ The
# corrections matter at the start: $m$ began at 0 and is too small by exactly that factor. Mind
# that $\epsilon$ stands outside the root.
#
# **By hand**, one entry, $g = 3$ and then $g = 1$, $\eta = 0.1$, from $w = 1$, with the default
# $\beta$s:
#
# | | first step | second step |
# | --- | --- | --- |
# | SGD | $w = 0.7$ | $w = 0.6$ |
# | Momentum | $v = 0.3$, $w = 0.97$ | $v = 0.37$, $w = 0.933$ |
# | AdaGrad | $s = 9$, $w = 1 - 0.3/3 = 0.9$ | $s = 10$, $w = 0.9 - 0.1/3.162 = 0.868$ |
# | RMSProp | $s = 0.9$, $w = 1 - 0.3/0.949 = 0.684$ | $s = 0.91$, $w = 0.684 - 0.1/0.954 = 0.579$ |
# | Adam | $\hat m = 3$, $\hat s = 9$, $w = 0.9$ | $\hat m = 1.947$, $\hat s = 4.998$, $w = 0.813$ |
#
# Adam's first step has the length $\eta$ whatever the gradient: it looks at signs before it looks
# at sizes. That is why the same learning rate serves an embedding seen once a minute and a bias
# seen every step, and why language models are trained with it.

# %% tags=["q6"]
class Optimizer:
    """What the five have in common. Each of them only has to say in which direction it goes.

    Args:
        parameters: list of `Tensor`s. (Only their `.data` and `.grad` are used.)
        lr: the learning rate, a number > 0.

    Raises:
        ValueError: `lr` <= 0.
    """

    def __init__(self, parameters, lr):
        raise NotImplementedError("q6: Optimizer.__init__ is not written yet")

    def zero_grad(self):
        """Set the `.grad` of all parameters to None."""
        raise NotImplementedError("q6: Optimizer.zero_grad is not written yet")

    def step(self):
        """Subtract `lr * direction(grad, state)` from the `.data` of each parameter.

        A parameter whose `.grad` is None stays where it is. No `.grad` is changed.
        """
        raise NotImplementedError("q6: Optimizer.step is not written yet")

    def direction(self, g, state):
        """What the table above multiplies with η.

        Args:
            g: gradient of one parameter, an array.
            state: a dict of this parameter's own, empty before its first step; it may be changed.

        Returns:
            Array of the shape of g.
        """
        raise TypeError("an Optimizer has no direction; choose SGD, Momentum, …")


class SGD(Optimizer):
    """`SGD(parameters, lr)`: w - lr · g"""

    def direction(self, g, state):
        raise NotImplementedError("q6: SGD.direction is not written yet")


class Momentum(Optimizer):
    """v = beta · v + (1 - beta) · g, then w - lr · v"""

    def __init__(self, parameters, lr, beta=0.9):  # given
        super().__init__(parameters, lr)
        self.beta = beta

    def direction(self, g, state):
        raise NotImplementedError("q6: Momentum.direction is not written yet")


class AdaGrad(Optimizer):
    """s = s + g², then w - lr · g / (√s + eps)"""

    def __init__(self, parameters, lr, eps=1e-8):  # given
        super().__init__(parameters, lr)
        self.eps = eps

    def direction(self, g, state):
        raise NotImplementedError("q6: AdaGrad.direction is not written yet")


class RMSProp(Optimizer):
    """s = beta · s + (1 - beta) · g², then w - lr · g / (√s + eps)"""

    def __init__(self, parameters, lr, beta=0.9, eps=1e-8):  # given
        super().__init__(parameters, lr)
        self.beta, self.eps = beta, eps

    def direction(self, g, state):
        raise NotImplementedError("q6: RMSProp.direction is not written yet")


class Adam(Optimizer):
    """m = beta1 · m + (1 - beta1) · g and s = beta2 · s + (1 - beta2) · g²; divided by 1 - beta1ᵗ
    and 1 - beta2ᵗ at the parameter's step t = 1, 2, … they are m̂ and ŝ: w - lr · m̂ / (√ŝ + eps).
    A parameter that comes late, its `.grad` having been None so far, begins at t = 1 then."""

    def __init__(self, parameters, lr, beta1=0.9, beta2=0.999, eps=1e-8):  # given
        super().__init__(parameters, lr)
        self.beta1, self.beta2, self.eps = beta1, beta2, eps

    def direction(self, g, state):
        raise NotImplementedError("q6: Adam.direction is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q6")

# %% [markdown]
# Five walkers, one valley: $f(x, y) = \frac1{20}x^2 + y^2$, twenty times steeper across than along.
# The gradient points across the valley, to the wall opposite, and hardly ever to the lake. The
# gradients come from your `Tensor`, the steps from your optimisers; every walker makes 40 steps.

# %% tags=["active-ipynb"]
# def walk(make, steps=40, start=(-7.0, 2.0)):
#     w = Tensor(np.array(start), requires_grad=True)
#     optimizer, path = make([w]), [w.data.copy()]  # a step may write into w.data
#     for _ in range(steps):
#         optimizer.zero_grad()
#         (w * w * np.array([0.05, 1.0])).backward(np.ones(2))
#         optimizer.step()
#         path.append(w.data.copy())
#     return np.array(path)
#
#
# walkers = {
#     "SGD": (lambda p: SGD(p, 0.95), "tab:red", "zigzags between the walls"),
#     "Momentum": (lambda p: Momentum(p, 1.5), "tab:orange", "swings like a heavy ball"),
#     "AdaGrad": (lambda p: AdaGrad(p, 1.5), "tab:green", "straight, but tires"),
#     "RMSProp": (lambda p: RMSProp(p, 0.3), "tab:blue", "straight, and does not tire"),
#     "Adam": (lambda p: Adam(p, 0.5), "tab:purple", "straight, with a swing"),
# }
# x, y = np.meshgrid(np.linspace(-8, 4, 300), np.linspace(-2.6, 2.6, 200))
# height = x**2 / 20 + y**2
# figure, panels = plt.subplots(2, 3, figsize=(12, 6), layout="constrained")
# halo = [patheffects.Stroke(linewidth=3.5, foreground="white"), patheffects.Normal()]
# for axes, (name, (make, color, manner)) in zip(panels.flat, walkers.items()):
#     path = walk(make)
#     axes.contourf(x, y, height, levels=np.linspace(0, 3, 13) ** 2, cmap="Greys_r", alpha=0.35)
#     axes.plot(*path.T, color=color, marker="o", ms=3.5, lw=1.6, path_effects=halo)
#     axes.plot(*path[0], marker="o", ms=9, color=color, markeredgecolor="white")
#     axes.plot(0, 0, marker="+", ms=13, mew=2, color="black")
#     axes.set_title(f"{name}: {manner}", color=color, fontsize=11)
#     axes.set(xlim=(-8, 4), ylim=(-2.6, 2.6), xlabel="x", ylabel="y")
#     heights = (path**2 * [0.05, 1.0]).sum(1)
#     panels[1, 2].semilogy(heights, color=color, lw=2, label=name)
# panels[1, 2].set(title="height above the lake", xlabel="step", ylabel="f", ylim=(1e-6, 20))
# panels[1, 2].legend(frameon=False, loc="lower left", fontsize=9)
# panels[1, 2].grid(alpha=0.25)
# plt.show()

# %% [markdown]
# ## q7 · A network that reads
#
# A **multilayer perceptron** of sizes $(d_0, d_1, \dots, d_k)$ sends a batch $X$ of shape
# $(n, d_0)$ through $k$ layers:
#
# $$H_1 = \mathrm{relu}(X W_1 + b_1), \quad \dots, \quad \text{logits} = H_{k-1} W_k + b_k,$$
#
# $W_i$ of shape $(d_{i-1}, d_i)$, $b_i$ of shape $(d_i)$, and no relu after the last layer, for
# logits may be negative. How should the weights begin? At zero all units would be the same for
# ever. With random numbers of standard deviation $\sqrt{2/d_{i-1}}$ a layer neither blows its
# input up nor lets it fade (the 2 pays for the half that relu cuts off). Biases begin at 0.
#
# **Training** goes through the samples again and again, each time (an *epoch*) in a fresh random
# order, a batch at a time: forget the old gradients, compute the loss of the batch, walk backward,
# make a step. The last batch of an epoch holds what is left over.
#
# **By hand**: 10 samples in batches of 4 make batches of 4, 4 and 2. If their mean losses are 1.0,
# 0.5 and 0.2, the epoch's mean over samples is $(4\cdot1.0 + 4\cdot0.5 + 2\cdot0.2)/10 = 0.64$.
# (The mean of the three means, 0.567, would count two samples double.)

# %% tags=["q7"]
class MLP:
    """Linear layers with ReLU between them: `MLP(sizes, rng)`.

    Args:
        sizes: (d0, d1, …, dk): width of the input, of the hidden layers, and number of logits.
        rng: a `numpy.random.Generator`, from which all weights are drawn.
    """

    def __init__(self, sizes, rng):
        raise NotImplementedError("q7: MLP.__init__ is not written yet")

    def parameters(self):
        """[w1, b1, w2, b2, …], `Tensor`s of shapes (d0, d1), (d1,), (d1, d2), (d2,), …"""
        raise NotImplementedError("q7: MLP.parameters is not written yet")

    def __call__(self, x):
        """Logits: x (n, d0), an array or a `Tensor` -> `Tensor` of shape (n, dk)."""
        raise NotImplementedError("q7: MLP.__call__ is not written yet")


def train(model, x, y, optimizer, epochs, batch, rng):
    """Train a classifier by minimising its cross-entropy.

    Each epoch goes through all samples once, in an order drawn freshly from `rng`. For each batch
    gradients are cleared (also those from before the call), computed, and followed by one step.

    Args:
        model: callable that maps a batch (array) to logits (`Tensor`), such as an `MLP`.
        x: array of shape (n, d), n >= 1.
        y: integers of shape (n,), in 0 … classes - 1.
        optimizer: one of q6 on the parameters of the model: `zero_grad()`, `step()`.
        epochs: how many, an integer >= 0.
        batch: samples in a batch, an integer >= 1; the last batch of an epoch may be smaller.
        rng: a `numpy.random.Generator`.

    Returns:
        List with a float for each epoch: the mean cross-entropy of its samples, each counted
        once and measured before the step of its batch.

    Raises:
        ValueError: `batch` < 1, or `x` and `y` differ in length.
    """
    raise NotImplementedError("q7: train is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q7")

# %% [markdown]
# Handwritten digits, 8 × 8 pixels, 1797 of them; every fifth is kept for the test. The five
# optimisers, each with the best of a few learning rates, train the same network from the same
# start: once against the epochs, once against the seconds on your machine, for a step of Adam costs
# more than one of SGD. (About twenty seconds.) In the middle the gradient of each digit's logit
# with respect to the *pixels*: which ones speak for this digit. (Black is the outline of the mean
# digit.) Right, what is still misread.

# %% tags=["active-ipynb"]
# from autograder import data
#
# images, labels = data.digits()
# held_out = np.arange(len(images)) % 5 == 0
# x, y = x_digits, y_digits = images[~held_out] / 16, labels[~held_out]
# x_test, y_test = images[held_out] / 16, labels[held_out]
#
#
# def accuracy(model):
#     return float((model(x_test).data.argmax(1) == y_test).mean())
#
#
# contestants = {
#     "SGD": lambda p: SGD(p, 0.2),
#     "Momentum": lambda p: Momentum(p, 0.2),
#     "AdaGrad": lambda p: AdaGrad(p, 0.02),
#     "RMSProp": lambda p: RMSProp(p, 0.002),
#     "Adam": lambda p: Adam(p, 0.005),
# }
# figure = plt.figure(figsize=(12, 5.6), layout="constrained")
# left, middle, right = figure.subfigures(1, 3, width_ratios=[9, 11, 6])
# axes, clock = left.subplots(2, 1)
# print("optimiser   held-out right   epochs to a loss of 0.1   seconds   of these in step()")
# for name, make in contestants.items():
#     model = MLP((64, 64, 64, 10), np.random.default_rng(1))
#     optimizer, in_steps = make(model.parameters()), 0.0
#
#     def timed(step=optimizer.step):
#         global in_steps
#         begun = time.perf_counter()
#         step()
#         in_steps += time.perf_counter() - begun
#
#     optimizer.step = timed
#     begun = time.perf_counter()
#     history = train(model, x, y, optimizer, 30, 32, np.random.default_rng(2))
#     seconds, epochs = time.perf_counter() - begun, np.arange(1, len(history) + 1)
#     label = f"{name}, {accuracy(model):.1%} right"
#     axes.semilogy(epochs, history, color=walkers[name][1], lw=2, label=label)
#     clock.semilogy(epochs * seconds / len(epochs), history, color=walkers[name][1], lw=2)
#     there = next((str(e) for e, loss in zip(epochs, history) if loss < 0.1), "–")
#     share = f"{accuracy(model):.1%}"
#     print(f"{name:>9}   {share:>14}   {there:>23}   {seconds:>7.1f}   {in_steps:>18.1f}")
# axes.set(title="Training", xlabel="epoch", ylabel="cross-entropy, nats")
# clock.set(xlabel="seconds", ylabel="cross-entropy, nats")
# axes.legend(frameon=False, fontsize=8)
# for panel in (axes, clock):
#     panel.grid(alpha=0.25)
#
# middle.suptitle("What speaks for it (red) and against it (blue)")
# for digit, axes in enumerate(middle.subplots(2, 5).flat):
#     pixels = Tensor(x, requires_grad=True)  # the gradient of the *input*
#     model(pixels)[:, digit].sum().backward()
#     matters = (pixels.grad.mean(0) * x.std(0)).reshape(8, 8)
#     axes.imshow(matters, cmap="RdBu_r", vmin=-abs(matters).max(), vmax=abs(matters).max())
#     axes.contour(x[y == digit].mean(0).reshape(8, 8), levels=[0.45], colors="black", linewidths=1)
#     axes.set_title(digit)
#     axes.axis("off")
# guesses = model(x_test).data.argmax(1)
# wrong = np.flatnonzero(guesses != y_test)[:9]
# right.suptitle("Its mistakes")
# for axes in (panels := right.subplots(3, 3)).flat:
#     axes.axis("off")
# for axes, i in zip(panels.flat, wrong):
#     axes.imshow(x_test[i].reshape(8, 8), cmap="gray_r")
#     axes.set_title(f"{y_test[i]} read as {guesses[i]}", fontsize=9)
# plt.show()

# %% [markdown]
# **For your report, 3 (2 points).** Which optimiser needs the fewest epochs to a loss of 0.1, and
# which the fewest seconds? Count the arrays that one step of each reads and writes per parameter,
# and compare with the last column. What of this changes for a network a hundred times as large?

# %% [markdown]
# ## q8 · How curved is it?
#
# The **Jacobian** of a function from arrays to arrays holds all its first derivatives. Backward
# mode gives one row of it per walk (start with $\bar y = e_i$), forward mode one column per run.
#
# The **Hessian** of a function with one output holds the second derivatives, $H_{ij} =
# \partial^2 f/\partial x_i\partial x_j$. For GPT-2 it would have $1.5\cdot10^{16}$ entries. But its
# product with a vector $v$ is again only a derivative, that of the number $g(x)\cdot v$, where $g =
# \nabla f$ is the gradient:
#
# $$H v = \nabla_x \bigl(g(x)\cdot v\bigr).$$
#
# So it suffices to differentiate the backward pass, which is a program like any other. Two ways:
#
# * *backward over backward*: let the rules of the backward pass compute with `Tensor`s instead of
#   arrays. Then the gradient has a graph of its own, and you walk back through that.
# * *forward over backward*: carry a tangent $\dot x = v$ along through the forward pass and the
#   backward pass. Beside each gradient then stands its derivative in direction $v$.
#
# **By hand**, $f = x^2 y$ at $(1, 2)$ with $v = (1, 0)$: $g = (2xy, x^2) = (4, 1)$, $g\cdot v =
# 2xy$, and its gradient is $(2y, 2x) = (4, 2)$, the first column of $H = \begin{pmatrix}2y&2x\\
# 2x&0\end{pmatrix}$.
#
# What is it good for? $v\cdot Hv$ is how sharply the loss bends in direction $v$. Where $g = 0$: if
# it is positive in all directions, a minimum; if it has both signs, a **saddle**, of which networks
# have far more. And gradient descent with learning rate $\eta$ is stable only where the sharpest
# bend is below $2/\eta$. (In the valley of q6 it is 2, so that the limit for SGD is $\eta = 1$; it
# was given 0.95.)

# %% tags=["q8"]
def jacobian(f, x):
    """All first derivatives, exactly (not by differences).

    Args:
        f: function of one `Tensor` that returns a `Tensor` of any shape, made with operations of
            q2, q3 and q4; where f does not depend on x, the derivatives are 0.
        x: array-like of numbers, any shape.

    Returns:
        Array of shape `f(x).shape + x.shape`: entry [i, j] is the derivative of f(x)[i] with
        respect to x[j], where i and j are as long as the shapes.
    """
    raise NotImplementedError("q8: jacobian is not written yet")


def hessian_vector_product(f, x, v):
    """The Hessian of f at x times v, exactly (not by differences), without making the Hessian.

    Args:
        f: function of one `Tensor` that returns a `Tensor` with one element. It may use the
            operations of q2 and, of q3, `@`, `sum`, `mean`, `reshape`, `T` and indexing with
            integers and slices. It may be constant or linear.
        x: array-like of numbers, any shape.
        v: array-like of the shape of x.

    Returns:
        Array of the shape of x.

    Raises:
        ValueError: `v` has another shape than `x`, or f returns more than one element.
    """
    raise NotImplementedError("q8: hessian_vector_product is not written yet")

# %% tags=["active-ipynb"]
# grader.check("q8")

# %% [markdown]
# A landscape with two minima and a pass between them, $f(x, y) = \frac14x^4 - \frac12x^2 +
# \frac12y^2$. At each of the three points where the gradient is 0 the rays go in all directions
# $v$; a ray is as long as the landscape bends there, $|v\cdot Hv|$, and red where it bends down.

# %% tags=["active-ipynb"]
# f = lambda p: 0.25 * p[0] ** 4 - 0.5 * p[0] ** 2 + 0.5 * p[1] ** 2
# x, y = np.meshgrid(np.linspace(-1.9, 1.9, 300), np.linspace(-1.1, 1.1, 200))
# figure, axes = plt.subplots(figsize=(9, 4.6), layout="constrained")
# levels = np.linspace(-0.25, 1.2, 24)
# axes.contourf(x, y, f([x, y]), levels=levels, cmap="Greys_r", alpha=0.4, extend="max")
# for point, name in (((-1, 0), "minimum"), ((0, 0), "saddle"), ((1, 0), "minimum")):
#     for angle in np.linspace(0, 2 * np.pi, 48, endpoint=False):
#         v = np.array([np.cos(angle), np.sin(angle)])
#         bend = v @ hessian_vector_product(f, np.array(point, dtype=float), v)
#         end = point + 0.3 * abs(bend) * v
#         color = "tab:blue" if bend > 0 else "tab:red"
#         axes.plot(*zip(point, end), color=color, lw=1.6, solid_capstyle="round")
#     axes.annotate(
#         name, point, (0, -58), textcoords="offset points", ha="center", path_effects=halo
#     )
# axes.plot([], [], color="tab:blue", lw=2, label="bends up")
# axes.plot([], [], color="tab:red", lw=2, label="bends down")
# axes.set(xlabel="x", ylabel="y", aspect="equal", title="Curvature in all directions")
# axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
# plt.show()

# %% [markdown]
# ## What you have built
#
# A language model, on your own engine. It sees the eight characters before a place and gives a
# score to each character that may come next, the architecture of Bengio and others (2003): each
# character is looked up in a table of 12 numbers, the 8 × 12 numbers are laid side by side, (n,
# 96), and go through a layer norm, a GELU, and a last linear layer to the logits, (n, vocabulary).
# Every operation of it is yours. So are all the gradients, and the Adam that follows them. (About
# half a minute.)

# %% tags=["active-ipynb"]
# try:
#     text = data.shakespeare()
# except data.DataMissing as missing:
#     print(f"{missing}\nUntil then: the help texts of Python itself.")
#     text = data.stand_in()
# vocabulary = sorted(set(text))
# code = {c: i for i, c in enumerate(vocabulary)}
# ids = np.array([code[c] for c in text])
# cut = int(0.9 * len(ids))
# v, context, width, hidden = len(vocabulary), 8, 12, 128
# print(f"{len(text):,} characters, {v} different ones")
#
# rng = np.random.default_rng(3)
#
#
# def weight(*shape, scale):
#     return Tensor(scale * rng.standard_normal(shape), requires_grad=True)
#
#
# table = weight(v, width, scale=0.3)
# w1, b1 = weight(context * width, hidden, scale=(context * width) ** -0.5), weight(hidden, scale=0)
# gain, bias = Tensor(np.ones(hidden), requires_grad=True), weight(hidden, scale=0)
# w2, b2 = weight(hidden, v, scale=hidden**-0.5), weight(v, scale=0)
# parameters = [table, w1, b1, gain, bias, w2, b2]
#
#
# def model(windows):
#     """Logits (n, v) of what follows each of the windows, integers of shape (n, context)."""
#     x = embedding(table, windows).reshape(len(windows), context * width)
#     return gelu(layer_norm(x @ w1 + b1, gain, bias)) @ w2 + b2
#
#
# def windows_before(places):
#     return ids[places[:, None] + np.arange(-context, 0)]
#
#
# steps, n = 6000, 128
# losses, rates = [], 0.004 * 0.5 ** np.arange(6)  # the rate is halved five times
# checked = np.random.default_rng(4).integers(cut + context, len(ids), 4000)
# start = time.perf_counter()
# for step in range(steps):
#     if step % (steps // 6) == 0:  # an optimiser may keep its rate as it likes: take a new one
#         optimizer = Adam(parameters, rates[min(6 * step // steps, 5)])
#     places = rng.integers(context, cut, n)
#     loss = cross_entropy(model(windows_before(places)), ids[places])
#     optimizer.zero_grad()
#     loss.backward()
#     optimizer.step()
#     losses.append(loss.data.item())
# seconds = time.perf_counter() - start
# held_out = cross_entropy(model(windows_before(checked)), ids[checked]).data.item()
# size = sum(p.data.size for p in parameters)
# print(f"{size:,} parameters, {steps} steps in {seconds:.0f} s")
# print(f"held-out text: {held_out:.3f} nats per character")

# %% [markdown]
# What did it learn? Left, its loss, with what three tables of counts reach on the same held-out
# characters. (They come from the last tenth of the text: another play.) Right, what the hidden
# layer is told about the last character it sees, 128 numbers for each, from their two widest
# directions. Nobody told the model what a vowel is, that `A` and `a` have something in common, or
# that a new line begins as a new word does.

# %% tags=["active-ipynb"]
# def counted(order):
#     """Held-out loss of a model that counts what followed the last `order` characters (+ 0.1)."""
#     before = np.zeros(len(ids), dtype=np.int64)
#     for k in range(1, order + 1):
#         before[k:] = before[k:] * v + ids[: len(ids) - k]
#     counts = np.zeros((v**order, v))
#     np.add.at(counts, (before[:cut], ids[:cut]), 1)
#     p = (counts + 0.1) / (counts + 0.1).sum(1, keepdims=True)
#     return -np.log(p[before[checked], ids[checked]]).mean()
#
#
# figure, (left, right) = plt.subplots(1, 2, figsize=(13, 5.6), layout="constrained")
# smooth = np.convolve(losses, np.ones(100) / 100, mode="valid")
# left.plot(np.arange(len(losses)), losses, color="0.88", lw=0.6)
# left.plot(np.arange(len(smooth)) + 50, smooth, color="tab:purple", lw=2.2)
# for order, name in enumerate(("single characters", "pairs", "triples")):
#     level = counted(order)
#     left.axhline(level, color="0.35", lw=1, ls="--")
#     left.annotate(
#         f"counts of {name}: {level:.2f}", (steps, level), (0, 3), textcoords="offset points",
#         ha="right", va="bottom", color="0.35",
#     )
# left.plot(steps, held_out, marker="*", ms=16, color="tab:purple", markeredgecolor="white")
# left.annotate(
#     f"held out: {held_out:.2f}", (steps, held_out), (-10, 8), textcoords="offset points",
#     ha="right", color="tab:purple",
# )
# left.set(title="A language model learns", xlabel="step", ylabel="nats per character")
# left.set_ylim(held_out - 0.35, 3.6)
#
# often = np.bincount(ids, minlength=v) > 800
# told = table.data @ w1.data[-width:]  # (v, hidden): each character's part in x @ w1
# told -= told[often].mean(0)
# across = told @ np.linalg.svd(told[often])[2][:2].T
# kinds = {
#     "vowels": ("aeiou", "tab:red"),
#     "consonants": ("bcdfghjklmnpqrstvwxyz", "tab:blue"),
#     "capitals": ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "tab:green"),
#     "everything else": ("", "0.3"),
# }
# for place, character in zip(across[often], np.array(vocabulary)[often]):
#     color = next((c for letters, c in kinds.values() if character in letters), "0.3")
#     shown = {" ": "space", "\n": "newline"}.get(character, character)
#     right.text(
#         *place, shown, color=color, ha="center", va="center", weight="bold", clip_on=True,
#         fontsize=13 if len(shown) == 1 else 9, path_effects=halo,
#     )
# for kind, (_, color) in kinds.items():
#     right.plot([], [], "o", color=color, label=kind)
# right.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.02), ncols=4)
# margin = 0.08 * np.ptp(across[often], axis=0)
# low, high = across[often].min(0) - margin, across[often].max(0) + margin
# right.set(title="What it knows about characters", xlim=(low[0], high[0]), ylim=(low[1], high[1]))
# right.set(xticks=[], yticks=[])
# right.spines[:].set_visible(True)
# plt.show()

# %% tags=["active-ipynb"]
# def write(prompt, length, temperature=0.8):
#     written = [code.get(c, 0) for c in prompt]
#     for _ in range(length):
#         p = softmax(model(np.array([written[-context:]])) * (1 / temperature)).data[0]
#         written.append(rng.choice(v, p=p))
#     return "".join(vocabulary[i] for i in written)
#
#
# print(write(text[:context], 500))

# %% [markdown]
# ## One more thing: the same with torch
#
# You need not pass anything here. If torch is installed, this cell does one forward and backward
# pass of q7's network with yours and with torch's engine, in float64 and on one thread: how far
# apart are the gradients, and how long does each take?

# %% tags=["active-ipynb"]
# try:
#     import torch
# except ImportError:
#     torch = None
#     print("torch is not installed: pip install torch, if you are curious.")
# if torch:
#     torch.set_num_threads(1)
#     model = MLP((64, 64, 64, 10), np.random.default_rng(1))
#     batch, targets = x_digits[:128], y_digits[:128]
#     layers = []
#     for w, b in zip(model.parameters()[::2], model.parameters()[1::2]):
#         layers += [torch.nn.Linear(*w.data.shape, dtype=torch.float64), torch.nn.ReLU()]
#         layers[-2].weight.data = torch.tensor(w.data.T.copy())
#         layers[-2].bias.data = torch.tensor(b.data.copy())
#     peer = torch.nn.Sequential(*layers[:-1])
#
#     def yours():
#         for p in model.parameters():
#             p.grad = None
#         cross_entropy(model(batch), targets).backward()
#         return [p.grad for p in model.parameters()]
#
#     def theirs():
#         peer.zero_grad()
#         scores = peer(torch.tensor(batch))
#         torch.nn.functional.cross_entropy(scores, torch.tensor(targets)).backward()
#         return [p.grad.numpy().T for p in peer.parameters()]
#
#     apart = max(abs(a - b).max() for a, b in zip(yours(), theirs()))
#     best = {}
#     for _ in range(30):  # in turn, and the fastest of each: what is beside it counts for both
#         for run in (yours, theirs):
#             begun = time.perf_counter()
#             run()
#             seconds = time.perf_counter() - begun
#             best[run] = min(seconds, best.get(run, seconds))
#     print(f"largest difference of a gradient: {apart:.0e}")
#     print(f"yours {1e6 * best[yours]:.0f} µs, torch {1e6 * best[theirs]:.0f} µs per pass")

# %% [markdown]
# ## Read on
#
# - [Baydin and others, Automatic differentiation in machine learning: a survey, 2015](https://arxiv.org/abs/1502.05767): both modes, their history and their cost
# - [Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, 1986](https://doi.org/10.1038/323533a0): the walk of q2
# - [Kingma and Ba, Adam, 2014](https://arxiv.org/abs/1412.6980): the optimiser of q6, with its two corrections
# - [Hendrycks and Gimpel, Gaussian Error Linear Units, 2016](https://arxiv.org/abs/1606.08415): GELU (q4)
# - [Ba, Kiros and Hinton, Layer Normalization, 2016](https://arxiv.org/abs/1607.06450): layer norm (q4)
# - [Pearlmutter, Fast Exact Multiplication by the Hessian, 1994](https://doi.org/10.1162/neco.1994.6.1.147): q8, long before it was a library call
# - [Bengio and others, A Neural Probabilistic Language Model, 2003](https://www.jmlr.org/papers/v3/bengio03a.html): the model at the end of the notebook

# %% [markdown] tags=["written"]
# ## Written question · What does a gradient cost?
#
# Answer the three questions that were asked on the way (after q2, q5 and q7), and these two, with
# your own figure and the numbers of *your* machine; about one page in all.
#
# Take a function of $n$ parameters with one output, for example $f(w) = \sum \tanh(w)^2$, for $n$
# from 10 to 100 000 or more. Its gradient can be had in three ways: `numerical_gradient`, `jvp`
# once for each parameter, and `backward`. (For `jvp` leave the sum out and add up its result.)
#
# 4. Draw the time of each way, divided by the time of one evaluation of $f$, against $n$ (log-log;
#    stop a line where it takes more than a few seconds). What slopes do you see, and why those?
# 5. An `MLP` of width 64, and one of width 1024: how many forward passes does forward and backward
#    together cost, and which number do you expect from counting products of matrices? And what does
#    the graph of q7's network keep for a batch of 128, in bytes? Measure it (`tracemalloc`) and
#    compare. What could be thrown away and computed again?
#
# | | what the points are for | points |
# | ---: | --- | ---: |
# | 1 | 1 · one gradient of 7 billion parameters, three ways | 2 |
# | 2 | 2 · two mistakes that gradcheck cannot find | 2 |
# | 3 | 3 · optimisers in epochs and in seconds, and what a step reads and writes | 2 |
# | 4 | 4 · time of the three ways against n, slopes with reasons | 2 |
# | 5 | 5 · forward passes for a gradient; what the graph keeps | 2 |

# %% [markdown] tags=["answer"]
# *Your report goes here.*

# %% [markdown]
# ## Hand in
#
# The first cell shows your points so far. The second one saves this notebook, writes the file to
# hand in, and says what is in it.

# %% tags=["active-ipynb"]
# grader.progress()

# %% tags=["active-ipynb"]
# grader.submit()
