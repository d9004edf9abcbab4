"""One node for each layer of the network: fewer arrays to write, fewer nodes to walk.

The plain solution is what the handout teaches; this one does q7's forward and backward pass in
less time than torch needs for two of them.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np


class Dual:
    # NumPy then leaves `array + x` to `Dual.__radd__` instead of adding entry by entry itself.
    __array_ufunc__ = None

    def __init__(self, value, tangent):
        self.value = np.asarray(value, dtype=np.float64)
        # A sum with a larger constant has stretched the value: the tangent follows here, for all.
        self.tangent = np.broadcast_to(np.asarray(tangent, dtype=np.float64), self.value.shape)

    def __repr__(self):
        return f"Dual({self.value}, {self.tangent})"

    @staticmethod
    def _of(x):
        """A Dual as it is; a number or array as a constant."""
        return x if isinstance(x, Dual) else Dual(x, 0.0)

    def __add__(self, other):
        other = self._of(other)
        return Dual(self.value + other.value, self.tangent + other.tangent)

    __radd__ = __add__  # 2 + x is x + 2

    def __neg__(self):
        return Dual(-self.value, -self.tangent)

    def __sub__(self, other):
        return self + -self._of(other)

    def __rsub__(self, other):
        return self._of(other) + -self

    def __mul__(self, other):
        other = self._of(other)
        value = self.value * other.value
        return Dual(value, self.tangent * other.value + self.value * other.tangent)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = self._of(other)
        value = self.value / other.value
        return Dual(value, (self.tangent - value * other.tangent) / other.value)

    def __rtruediv__(self, other):
        return self._of(other) / self

    def __pow__(self, exponent):
        """`exponent` is a constant number. `x ** 0` has slope 0, also at 0."""
        slope = exponent * self.value ** (exponent - 1) if exponent != 0 else 0.0
        return Dual(self.value**exponent, slope * self.tangent)

    def exp(self):
        value = np.exp(self.value)
        return Dual(value, value * self.tangent)

    def log(self):
        """The natural logarithm."""
        return Dual(np.log(self.value), self.tangent / self.value)

    def sin(self):
        return Dual(np.sin(self.value), np.cos(self.value) * self.tangent)

    def cos(self):
        return Dual(np.cos(self.value), -np.sin(self.value) * self.tangent)

    def tanh(self):
        value = np.tanh(self.value)
        return Dual(value, (1 - value * value) * self.tangent)

    def relu(self):
        """max(x, 0), with slope 0 at 0."""
        return Dual(np.maximum(self.value, 0.0), np.where(self.value > 0, self.tangent, 0.0))


def derivative(f, x):
    x = np.asarray(x, dtype=np.float64)
    y = f(Dual(x, np.ones(x.shape))) + np.zeros(x.shape)  # a constant gets the shape of x too
    return np.array(Dual._of(y).tangent)[()]


def jvp(f, x, v):
    x, v = np.asarray(x, dtype=np.float64), np.asarray(v, dtype=np.float64)
    if x.shape != v.shape:
        raise ValueError(f"v must have the shape of x, {x.shape}, not {v.shape}")
    return np.array(Dual._of(f(Dual(x, v))).tangent)[()]


from itertools import count
from operator import attrgetter

_numbers, _number = count(), attrgetter("_number")


def _tensor(x):
    """A Tensor as it is; a number or array as a constant."""
    return x if isinstance(x, Tensor) else Tensor(x)


def _op(data, inputs, *rules):
    out = Tensor(data)
    for t in inputs:
        if t.requires_grad:
            out.requires_grad, out._inputs, out._rules = True, inputs, rules
            break
    return out


def _sum_to(g, shape):
    """Undo broadcasting: add up along the axes that were stretched from `shape`."""
    new = len(g.shape) - len(shape)  # axes that were put in front
    stretched = [new + i for i, n in enumerate(shape) if n == 1]
    return g.sum(axis=(*range(new), *stretched)).reshape(shape)


def _latest_first(output):
    """The results of operations that `output` depends on, each after all that was made of it."""
    found, stack = set(), [output]
    while stack:
        node = stack.pop()
        if node._inputs and node not in found:
            found.add(node)
            stack += node._inputs
    return sorted(found, key=_number, reverse=True)


def _gradients(output, seed, again=False):
    gradients = {output: seed}
    for node in _latest_first(output):
        g, inputs = gradients.pop(node), node._inputs
        out, values = (node, inputs) if again else (node.data, [t.data for t in inputs])
        for t, rule in zip(inputs, node._rules):
            if t.requires_grad:
                share = rule(g, out, *values)
                if share.shape != t.data.shape:
                    share = _sum_to(share, t.data.shape)
                # Not `+=`: the array may be another node's gradient too.
                gradients[t] = gradients[t] + share if t in gradients else share
    return gradients  # the nodes have been taken out, the leaves are left


class Tensor:
    # NumPy then leaves `array + x` to `Tensor.__radd__` instead of adding entry by entry itself.
    __array_ufunc__ = None

    def __init__(self, data, requires_grad=False):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = None
        self.requires_grad = requires_grad
        self._inputs, self._rules = (), ()
        self._number = next(_numbers)  # larger than the numbers of all that it is made of

    @property
    def shape(self):
        return self.data.shape

    def __repr__(self):
        return f"Tensor({self.data})"

    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
            grad = np.ones(self.shape)
        grad = np.asarray(grad, dtype=np.float64)
        if grad.shape != self.shape:
            raise ValueError(f"grad must have shape {self.shape}, not {grad.shape}")
        if self.requires_grad:
            for leaf, g in _gradients(self, grad).items():
                leaf.grad = np.array(g) if leaf.grad is None else leaf.grad + g

    def __add__(self, other):
        other = _tensor(other)
        data = self.data + other.data
        return _op(data, (self, other), lambda g, out, a, b: g, lambda g, out, a, b: g)

    __radd__ = __add__  # 2 + x is x + 2

    def __neg__(self):
        return _op(-self.data, (self,), lambda g, out, a: -g)

    def __sub__(self, other):
        other = _tensor(other)
        data = self.data - other.data
        return _op(data, (self, other), lambda g, out, a, b: g, lambda g, out, a, b: -g)

    def __rsub__(self, other):
        return _tensor(other) - self

    def __mul__(self, other):
        other = _tensor(other)
        data = self.data * other.data
        return _op(data, (self, other), lambda g, out, a, b: g * b, lambda g, out, a, b: g * a)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = _tensor(other)
        return _op(
            self.data / other.data,
            (self, other),
            lambda g, out, a, b: g / b,
            lambda g, out, a, b: -g * out / b,
        )

    def __rtruediv__(self, other):
        return _tensor(other) / self

    def __pow__(self, exponent):
        """`exponent` is a constant number. `x ** 0` has slope 0, also at 0."""

        def rule(g, out, a):
            return g * (exponent * a ** (exponent - 1)) if exponent != 0 else g * 0.0

        return _op(self.data**exponent, (self,), rule)

    def exp(self):
        return _op(np.exp(self.data), (self,), lambda g, out, a: g * out)

    def log(self):
        """The natural logarithm."""
        return _op(np.log(self.data), (self,), lambda g, out, a: g / a)

    def tanh(self):
        return _op(np.tanh(self.data), (self,), lambda g, out, a: g - g * (out * out))

    def sigmoid(self):
        """1 / (1 + exp(-x)), finite for every x."""
        data = np.exp(-np.logaddexp(0.0, -self.data))  # log(1 + exp(-x)) without overflow
        return _op(data, (self,), lambda g, out, a: g * (out - out * out))

    def relu(self):
        """max(x, 0), with slope 0 at 0."""
        positive = self.data > 0  # the slope: constant, also where gradients are tensors
        return _op(np.maximum(self.data, 0.0), (self,), lambda g, out, a: g * positive)


def _broadcast(g, shape):
    """`np.broadcast_to`, for arrays and tensors."""
    if isinstance(g, Tensor):
        return _op(np.broadcast_to(g.data, shape), (g,), lambda h, out, a: h)
    return np.broadcast_to(g, shape)


def _stretch(g, shape, axis):
    """Give each entry of an array of `shape` what was handed to the sum it went into."""
    axes = range(len(shape)) if axis is None else np.atleast_1d(axis) % len(shape)
    kept = tuple(1 if i in axes else n for i, n in enumerate(shape))
    return _broadcast(g.reshape(kept), shape)


def _scatter(g, index, shape):
    """Zeros of `shape` with g added at `index`: a place that occurs twice receives twice."""
    if isinstance(g, Tensor):
        return _op(_scatter(g.data, index, shape), (g,), lambda h, out, a: h[index])
    out = np.zeros(shape)
    np.add.at(out, index, g)
    return out


class Tensor(Tensor):
    """The tensor of q2 with the operations that mix entries. Shapes and arguments as in NumPy."""

    def __matmul__(self, other):
        """Matrix product of tensors (or arrays) of two or more axes.

        (…, n, k) @ (…, k, m) is (…, n, m); the axes before the last two are broadcast.
        """
        other = _tensor(other)
        if min(self.data.ndim, other.data.ndim) < 2:
            raise ValueError(f"@ needs two axes or more, not {self.shape} @ {other.shape}")
        return _op(
            self.data @ other.data,
            (self, other),
            lambda g, out, a, b: g @ b.mT,
            lambda g, out, a, b: a.mT @ g,
        )

    def __rmatmul__(self, other):
        """array @ tensor"""
        return _tensor(other) @ self

    def sum(self, axis=None, keepdims=False):
        """Sum over all entries, or along `axis` (an integer or a tuple of them, from the end if
        negative)."""
        data = self.data.sum(axis, keepdims=keepdims)
        return _op(data, (self,), lambda g, out, a: _stretch(g, a.shape, axis))

    def mean(self, axis=None, keepdims=False):
        """Mean of all entries, or along `axis`."""
        data = self.data.mean(axis, keepdims=keepdims)
        share = np.size(data) / self.data.size
        return _op(data, (self,), lambda g, out, a: _stretch(g, a.shape, axis) * share)

    def max(self, axis=None, keepdims=False):
        """Largest of all entries, or along `axis`. Equal largest entries share the gradient."""
        largest = self.data == self.data.max(axis, keepdims=True)
        share = largest / largest.sum(axis, keepdims=True)
        data = self.data.max(axis, keepdims=keepdims)
        return _op(data, (self,), lambda g, out, a: _stretch(g, a.shape, axis) * share)

    def reshape(self, *shape):
        """The same entries in another shape: `x.reshape(2, 3)` or `x.reshape((2, 3))`; one side
        may be -1."""
        data = self.data.reshape(*shape)
        return _op(data, (self,), lambda g, out, a: g.reshape(a.shape))

    def transpose(self, *axes):
        """Permute the axes: `x.transpose(1, 2, 0)` or `x.transpose((1, 2, 0))`; without arguments
        they are reversed. Axis i of the result is axis `axes[i]` of x."""
        data = self.data.transpose(*axes)
        if len(axes) == 1 and np.ndim(axes[0]) == 1:
            axes = axes[0]
        if not axes or axes[0] is None:
            axes = range(self.data.ndim)[::-1]
        back = np.argsort([i % self.data.ndim for i in axes])  # the inverse permutation
        return _op(data, (self,), lambda g, out, a: g.transpose(*back))

    @property
    def T(self):
        """The transpose: all axes reversed."""
        return self.transpose()

    @property
    def mT(self):
        """The last two axes exchanged; arrays have a property of this name too."""
        *rest, i, j = range(self.data.ndim)
        return self.transpose(*rest, j, i)

    def __getitem__(self, index):
        """Entries picked by integers, slices, integer arrays (or lists), and tuples of them.

        An entry that is picked several times collects the gradients of all its copies.
        """
        data = self.data[index]
        return _op(data, (self,), lambda g, out, a: _scatter(g, index, a.shape))


def concatenate(tensors, axis=0):
    tensors = tuple(_tensor(t) for t in tensors)
    data = np.concatenate([t.data for t in tensors], axis)
    ends = np.cumsum([0, *(t.shape[axis] for t in tensors)])

    def part(start, stop):
        index = (slice(None),) * (axis % data.ndim) + (slice(start, stop),)
        return lambda g, out, *inputs: g[index]

    return _op(data, tensors, *(part(start, stop) for start, stop in pairwise(ends)))


def _exp(x):
    return x.exp() if isinstance(x, Tensor) else np.exp(x)


def _tanh(x):
    return x.tanh() if isinstance(x, Tensor) else np.tanh(x)


def _log_softmax(x, axis):
    """Of an array. The largest exponent is 0: nothing overflows, and the sum is at least 1."""
    x = x - x.max(axis, keepdims=True)
    return x - np.log(np.exp(x).sum(axis, keepdims=True))


def softmax(x, axis=-1):
    x = _tensor(x)

    def rule(g, out, a):
        return out * (g - (g * out).sum(axis=axis, keepdims=True))

    return _op(np.exp(_log_softmax(x.data, axis)), (x,), rule)


def log_softmax(x, axis=-1):
    """The logarithm of the softmax along `axis`, finite for entries as large as ±1000."""
    x = _tensor(x)

    def rule(g, out, a):
        return g - _exp(out) * g.sum(axis=axis, keepdims=True)

    return _op(_log_softmax(x.data, axis), (x,), rule)


def cross_entropy(logits, targets):
    logits, targets = _tensor(logits), np.asarray(targets)
    x, (n, c), rows = logits.data, logits.shape, np.arange(len(logits.data))
    if targets.shape != (n,):
        raise ValueError(f"targets must have shape ({n},), not {targets.shape}")
    if targets.min() < 0 or targets.max() >= c:
        raise ValueError(f"targets must be in 0 … {c - 1}")
    top = x[rows, x.argmax(1)]  # (n,), in half the time of `max` where classes are few
    e = np.exp(x - top[:, None])  # (n, c), kept for the gradient
    total = e @ np.ones(c)
    surprise = np.log(total) - (x[rows, targets] - top)  # in this order no digits are lost

    def rule(g, out, a):
        if isinstance(a, Tensor):  # the same once more, with its graph
            return (softmax(a) - (targets[:, None] == np.arange(c))) * (g / n)
        p = e / total[:, None]
        p[rows, targets] -= 1.0
        p *= g / n
        return p

    return _op(surprise.sum() / n, (logits,), rule)


def gelu(x):
    """x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), entry by entry."""
    x, k = _tensor(x), np.sqrt(2 / np.pi)

    def inner(a):
        return k * (a + 0.044715 * (a * a * a))

    def rule(g, out, a):
        t = _tanh(inner(a))
        slope = k * (1 + 3 * 0.044715 * (a * a))
        return g * (0.5 * (1 + t) + 0.5 * a * (1 - t * t) * slope)

    return _op(0.5 * x.data * (1 + np.tanh(inner(x.data))), (x,), rule)


def layer_norm(x, gain, bias, eps=1e-5):
    x, gain, bias = _tensor(x), _tensor(gain), _tensor(bias)

    def normalised(a):
        a = a - a.mean(axis=-1, keepdims=True)
        scale = ((a * a).mean(axis=-1, keepdims=True) + eps) ** -0.5
        return a * scale, scale

    def to_x(g, out, a, gain, bias):
        z, scale = normalised(a)  # once more: cheaper than keeping it for every layer
        h = g * gain
        along = (h * z).mean(axis=-1, keepdims=True)
        return scale * (h - h.mean(axis=-1, keepdims=True) - z * along)

    def to_gain(g, out, a, gain, bias):
        return g * normalised(a)[0]

    data = normalised(x.data)[0] * gain.data + bias.data
    return _op(data, (x, gain, bias), to_x, to_gain, lambda g, out, *inputs: g)


def embedding(table, ids):
    table, ids = _tensor(table), np.asarray(ids)
    if ids.size and not (0 <= ids.min() and ids.max() < len(table.data)):
        raise ValueError(f"ids must be in 0 … {len(table.data) - 1}")
    return _op(table.data[ids], (table,), lambda g, out, a: _scatter(g, ids, a.shape))


@dataclass(frozen=True)
class Report:
    ok: bool
    max_error: float
    where: tuple


def numerical_gradient(f, arrays, eps=1e-6):
    points = [np.array(a, dtype=np.float64) for a in arrays]
    gradients = [np.zeros(p.shape) for p in points]
    for point, gradient in zip(points, gradients):
        for index in np.ndindex(point.shape):
            x = point[index]
            point[index] = x + eps
            above = float(f(*(p.copy() for p in points)))
            point[index] = x - eps
            below = float(f(*(p.copy() for p in points)))
            point[index] = x  # not `+= eps`: that would not always give x again
            gradient[index] = (above - below) / (2 * eps)
    return gradients


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    tensors = [Tensor(np.array(a, dtype=np.float64), requires_grad=True) for a in arrays]
    out = f(*tensors)
    weights = np.cos(np.arange(out.data.size)).reshape(out.shape)  # 1 for a single element
    out.backward(weights)
    numerical = numerical_gradient(
        lambda *xs: (weights * f(*(Tensor(x) for x in xs)).data).sum(), arrays, eps
    )
    errors = []
    for tensor, n in zip(tensors, numerical):
        a = np.zeros(n.shape) if tensor.grad is None else tensor.grad
        errors.append(np.nan_to_num(np.abs(a - n) / np.maximum(1, np.abs(n)), nan=np.inf))
    number = int(np.argmax([e.max(initial=0.0) for e in errors]))
    worst = errors[number]
    index = np.unravel_index(np.argmax(worst), worst.shape) if worst.size else ()
    max_error = float(worst.max(initial=0.0))
    return Report(max_error <= tol, max_error, (number, tuple(int(i) for i in index)))


class Optimizer:
    def __init__(self, parameters, lr):
        if not lr > 0:
            raise ValueError(f"lr must be positive, not {lr}")
        self.parameters, self.lr = list(parameters), lr
        self.states = [{} for _ in self.parameters]

    def zero_grad(self):
        """Set the `.grad` of all parameters to None."""
        for parameter in self.parameters:
            parameter.grad = None

    def step(self):
        """Subtract `lr * direction(grad, state)` from the `.data` of each parameter.

        A parameter whose `.grad` is None stays where it is. No `.grad` is changed.
        """
        for parameter, state in zip(self.parameters, self.states):
            if parameter.grad is not None:
                change = self.direction(parameter.grad, state)
                parameter.data = parameter.data - self.lr * change

    def direction(self, g, state):
        raise TypeError("an Optimizer has no direction; choose SGD, Momentum, …")


class SGD(Optimizer):
    """`SGD(parameters, lr)`: w - lr · g"""

    def direction(self, g, state):
        return g


class Momentum(Optimizer):
    """v = beta · v + (1 - beta) · g, then w - lr · v"""

    def __init__(self, parameters, lr, beta=0.9):
        super().__init__(parameters, lr)
        self.beta = beta

    def direction(self, g, state):
        state["v"] = _average(state.get("v", 0.0), g, self.beta)
        return state["v"]


class AdaGrad(Optimizer):
    """s = s + g², then w - lr · g / (√s + eps)"""

    def __init__(self, parameters, lr, eps=1e-8):
        super().__init__(parameters, lr)
        self.eps = eps

    def direction(self, g, state):
        state["s"] = state.get("s", 0.0) + g * g
        return g / (np.sqrt(state["s"]) + self.eps)


class RMSProp(Optimizer):
    """s = beta · s + (1 - beta) · g², then w - lr · g / (√s + eps)"""

    def __init__(self, parameters, lr, beta=0.9, eps=1e-8):
        super().__init__(parameters, lr)
        self.beta, self.eps = beta, eps

    def direction(self, g, state):
        state["s"] = _average(state.get("s", 0.0), g * g, self.beta)
        return g / (np.sqrt(state["s"]) + self.eps)


class Adam(Optimizer):
    """m = beta1 · m + (1 - beta1) · g and s = beta2 · s + (1 - beta2) · g²; divided by 1 - beta1ᵗ
    and 1 - beta2ᵗ at the parameter's step t = 1, 2, … they are m̂ and ŝ: w - lr · m̂ / (√ŝ + eps)"""

    def __init__(self, parameters, lr, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(parameters, lr)
        self.beta1, self.beta2, self.eps = beta1, beta2, eps

    def direction(self, g, state):
        state["t"] = t = state.get("t", 0) + 1  # steps of this parameter
        state["m"] = _average(state.get("m", 0.0), g, self.beta1)
        state["s"] = _average(state.get("s", 0.0), g * g, self.beta2)
        m, s = state["m"] / (1 - self.beta1**t), state["s"] / (1 - self.beta2**t)
        return m / (np.sqrt(s) + self.eps)


def _average(old, new, beta):
    return beta * old + (1 - beta) * new


def _layer(x, w, b, relu):
    """relu(x) @ w + b, or x @ w + b, as one operation: fewer arrays to write, fewer nodes."""
    active = np.maximum(x.data, 0.0) if relu else x.data
    data = active @ w.data
    data += b.data
    ones = np.ones((1, len(data)))  # a product with ones adds up the rows, faster than `sum`

    def to_x(g, out, x, w, b):
        back = g @ w.mT
        if relu:
            back *= active > 0
        return back

    def to_w(g, out, x, w, b):
        kept = active
        if isinstance(x, Tensor):
            kept = x.relu() if relu else x
        return kept.mT @ g

    def to_b(g, out, x, w, b):
        return (ones @ g).reshape(b.shape)

    return _op(data, (x, w, b), to_x, to_w, to_b)


class MLP:
    def __init__(self, sizes, rng):
        self._parameters = []
        for n_in, n_out in pairwise(sizes):
            w = rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)
            self._parameters += [Tensor(w, True), Tensor(np.zeros(n_out), True)]

    def parameters(self):
        """[w1, b1, w2, b2, …], `Tensor`s of shapes (d0, d1), (d1,), (d1, d2), (d2,), …"""
        return list(self._parameters)

    def __call__(self, x):
        """Logits: x (n, d0), an array or a `Tensor` -> `Tensor` of shape (n, dk)."""
        x = _tensor(x)
        for i in range(0, len(self._parameters), 2):
            w, b = self._parameters[i : i + 2]
            x = _layer(x, w, b, relu=i > 0)
        return x


def train(model, x, y, optimizer, epochs, batch, rng):
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y)
    if batch < 1:
        raise ValueError(f"batch must be at least 1, not {batch}")
    if len(x) != len(y):
        raise ValueError(f"x and y must be of one length, not {len(x)} and {len(y)}")
    history = []
    for _ in range(epochs):
        order, total = rng.permutation(len(x)), 0.0
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            optimizer.zero_grad()
            loss = cross_entropy(model(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.data.item()
        history.append(total / len(x))
    return history


def jacobian(f, x):
    x = Tensor(np.array(x, dtype=np.float64), requires_grad=True)
    y, zeros = f(x), np.zeros(x.shape)
    seeds = np.eye(y.data.size).reshape(y.data.size, *y.shape)
    rows = [_gradients(y, seed).get(x, zeros) for seed in seeds]
    return np.array(rows).reshape(y.shape + x.shape)


def hessian_vector_product(f, x, v):
    x = Tensor(np.array(x, dtype=np.float64), requires_grad=True)
    v = np.asarray(v, dtype=np.float64)
    if v.shape != x.shape:
        raise ValueError(f"v must have the shape of x, {x.shape}, not {v.shape}")
    y = f(x)
    if y.data.size != 1:
        raise ValueError(f"f must return one element, not shape {y.shape}")
    g = _gradients(y, Tensor(np.ones(y.shape)), again=True).get(x)
    if g is None or not g.requires_grad:  # f is constant, or its gradient is
        return np.zeros(x.shape)
    return np.array(_gradients(g, v).get(x, np.zeros(x.shape)))
