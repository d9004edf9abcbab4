"""Each result keeps a closure for each input; steps write into `.data`; H v by a complex step.

The gradient is an analytic function of the data: computed at x + i·h·v with a tiny h, its imaginary
part divided by h is the derivative in direction v, with all its digits (nothing is subtracted).
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

# Forward ------------------------------------------------------------------------------------------


class Dual:
    __array_ufunc__ = None

    def __init__(self, value, tangent):
        self.value = np.array(value, dtype=np.float64)
        self.tangent = np.empty_like(self.value)
        self.tangent[...] = tangent

    def _with(self, other, f, slope):
        a, da = self.value, self.tangent
        b, db = (other.value, other.tangent) if isinstance(other, Dual) else (np.asarray(other), 0)
        to_a, to_b = slope(a, b)
        return Dual(f(a, b), to_a * da + to_b * db)

    def __add__(self, other):
        return self._with(other, np.add, lambda a, b: (1, 1))

    def __sub__(self, other):
        return self._with(other, np.subtract, lambda a, b: (1, -1))

    def __mul__(self, other):
        return self._with(other, np.multiply, lambda a, b: (b, a))

    def __truediv__(self, other):
        return self._with(other, np.divide, lambda a, b: (1 / b, -a / b**2))

    def __rsub__(self, other):
        return self._with(other, lambda a, b: b - a, lambda a, b: (-1, 1))

    def __rtruediv__(self, other):
        return self._with(other, lambda a, b: b / a, lambda a, b: (-b / a**2, 1 / a))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return 0 - self

    def __pow__(self, n):
        slope = n * self.value ** (n - 1) if n else 0 * self.value
        return Dual(self.value**n, slope * self.tangent)

    def exp(self):
        return Dual(np.exp(self.value), np.exp(self.value) * self.tangent)

    def log(self):
        return Dual(np.log(self.value), self.tangent / self.value)

    def sin(self):
        return Dual(np.sin(self.value), np.cos(self.value) * self.tangent)

    def cos(self):
        return Dual(np.cos(self.value), -np.sin(self.value) * self.tangent)

    def tanh(self):
        return Dual(np.tanh(self.value), (1 - np.tanh(self.value) ** 2) * self.tangent)

    def relu(self):
        on = self.value > 0
        return Dual(self.value * on, self.tangent * on)


def jvp(f, x, v):
    x, v = np.array(x, dtype=np.float64), np.array(v, dtype=np.float64)
    if x.shape != v.shape:
        raise ValueError(f"v: shape {v.shape}, but x has {x.shape}")
    y = f(Dual(x, v))
    return y.tangent.copy()[()] if isinstance(y, Dual) else np.zeros(np.shape(y))[()]


def derivative(f, x):
    x = np.asarray(x, dtype=np.float64)
    return jvp(lambda t: f(t) + 0 * t, x, np.ones_like(x))


# Backward -----------------------------------------------------------------------------------------


def _numbers(x):
    return np.array(x, dtype=np.complex128 if np.iscomplexobj(x) else np.float64)


def _fit(g, shape):
    extra = g.ndim - len(shape)
    g = g.sum(axis=tuple(range(extra)))
    for axis, n in enumerate(shape):
        if n != g.shape[axis]:
            g = g.sum(axis=axis, keepdims=True)
    return g


class Tensor:
    __array_ufunc__ = None

    def __init__(self, data, requires_grad=False):
        self.data, self.grad, self.requires_grad = _numbers(data), None, requires_grad
        self.pulls = []

    @property
    def shape(self):
        return self.data.shape

    @staticmethod
    def made(data, *pulls):
        """A result, from pairs of an input and the closure that gives its share."""
        out = Tensor(data)
        out.pulls = [(t, pull) for t, pull in pulls if t.requires_grad]
        out.requires_grad = bool(out.pulls)
        return out

    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError("grad: it can be left out for a single element only")
            grad = np.ones(self.shape)
        grad = _numbers(grad)
        if grad.shape != self.shape:
            raise ValueError(f"grad: shape {grad.shape} instead of {self.shape}")
        if not self.requires_grad:
            return
        totals = {self: grad}
        for node in self._sorted():
            g = totals.pop(node)
            if not node.pulls:
                node.grad = g.copy() if node.grad is None else node.grad + g
            for t, pull in node.pulls:
                share = _fit(np.asarray(pull(g)), t.shape)
                totals[t] = totals[t] + share if t in totals else share

    def _sorted(self):
        """Depth first with two stacks: every node before what it was made of."""
        order, seen, stack = [], {self}, [(self, iter(self.pulls))]
        while stack:
            node, inputs = stack[-1]
            for t, _ in inputs:
                if t not in seen:
                    seen.add(t)
                    stack.append((t, iter(t.pulls)))
                    break
            else:
                order.append(node)
                stack.pop()
        return order[::-1]

    def __add__(self, other):
        other = as_tensor(other)
        return Tensor.made(self.data + other.data, (self, lambda g: g), (other, lambda g: g))

    def __neg__(self):
        return Tensor.made(-self.data, (self, lambda g: -g))

    def __sub__(self, other):
        other = as_tensor(other)
        return Tensor.made(self.data - other.data, (self, lambda g: g), (other, lambda g: -g))

    def __rsub__(self, other):
        return as_tensor(other) - self

    def __mul__(self, other):
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor.made(a * b, (self, lambda g: g * b), (other, lambda g: g * a))

    def __truediv__(self, other):
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor.made(a / b, (self, lambda g: g / b), (other, lambda g: -g * a / b**2))

    def __rtruediv__(self, other):
        return as_tensor(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, n):
        a = self.data
        return Tensor.made(a**n, (self, lambda g: g * n * a ** (n - 1) if n else 0 * g))

    def exp(self):
        e = np.exp(self.data)
        return Tensor.made(e, (self, lambda g: g * e))

    def log(self):
        a = self.data
        return Tensor.made(np.log(a), (self, lambda g: g / a))

    def tanh(self):
        t = np.tanh(self.data)
        return Tensor.made(t, (self, lambda g: g * (1 - t * t)))

    def sigmoid(self):
        s = (1 + np.tanh(self.data / 2)) / 2
        small = self.data.real < -1  # where the sum above loses digits
        e = np.exp(np.where(small, self.data, 0))
        s = np.where(small, e / (1 + e), s)
        return Tensor.made(s, (self, lambda g: g * s * (1 - s)))

    def relu(self):
        on = self.data.real > 0
        return Tensor.made(np.where(on, self.data, 0), (self, lambda g: g * on))

    def __matmul__(self, other):
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor.made(
            a @ b,
            (self, lambda g: g @ np.swapaxes(b, -1, -2)),
            (other, lambda g: np.swapaxes(a, -1, -2) @ g),
        )

    def __rmatmul__(self, other):
        return as_tensor(other) @ self

    def sum(self, axis=None, keepdims=False):
        wide = self.data.sum(axis=axis, keepdims=True).shape
        data = self.data.sum(axis=axis, keepdims=keepdims)
        return Tensor.made(data, (self, lambda g: np.broadcast_to(g.reshape(wide), self.shape)))

    def mean(self, axis=None, keepdims=False):
        total = self.sum(axis, keepdims)
        return total * (total.data.size / self.data.size)

    def max(self, axis=None, keepdims=False):
        top = self.data.real.max(axis=axis, keepdims=True)
        first = self.data.real == top
        share = Tensor(first / first.sum(axis=axis, keepdims=True))
        return (self * share).sum(axis, keepdims)

    def reshape(self, *shape):
        old = self.shape
        return Tensor.made(self.data.reshape(*shape), (self, lambda g: g.reshape(old)))

    def transpose(self, *axes):
        if len(axes) == 1 and not isinstance(axes[0], int):
            axes = axes[0]
        axes = tuple(a % self.data.ndim for a in axes) or tuple(range(self.data.ndim))[::-1]
        back = [axes.index(i) for i in range(self.data.ndim)]
        return Tensor.made(self.data.transpose(axes), (self, lambda g: g.transpose(back)))

    @property
    def T(self):
        return self.transpose()

    def __getitem__(self, index):
        def pull(g):
            into = np.zeros(self.shape, g.dtype)
            np.add.at(into, index, g)
            return into

        return Tensor.made(self.data[index], (self, pull))


def as_tensor(x):
    return x if isinstance(x, Tensor) else Tensor(x)


def concatenate(tensors, axis=0):
    tensors = [as_tensor(t) for t in tensors]
    pairs, start = [], 0
    for t in tensors:
        stop = start + t.shape[axis]

        def pull(g, start=start, stop=stop):
            return np.moveaxis(np.moveaxis(g, axis, 0)[start:stop], 0, axis)

        pairs.append((t, pull))
        start = stop
    return Tensor.made(np.concatenate([t.data for t in tensors], axis=axis), *pairs)


# Operations of a transformer ----------------------------------------------------------------------


def log_softmax(x, axis=-1):
    x = as_tensor(x)
    z = x.data - x.data.real.max(axis=axis, keepdims=True)
    z = z - np.log(np.exp(z).sum(axis=axis, keepdims=True))
    p = np.exp(z)
    return Tensor.made(z, (x, lambda g: g - p * g.sum(axis=axis, keepdims=True)))


def softmax(x, axis=-1):
    return log_softmax(x, axis).exp()


def cross_entropy(logits, targets):
    targets, (n, c) = np.asarray(targets), logits.shape
    if targets.shape != (n,):
        raise ValueError("targets: not one for each row")
    if not set(targets.tolist()) <= set(range(c)):
        raise ValueError("targets: an entry that is no class")
    return -log_softmax(logits, 1)[np.arange(n), targets].mean()


def gelu(x):
    k = math.sqrt(2 / math.pi)
    return 0.5 * x * (1 + (k * (x + 0.044715 * x * x * x)).tanh())


def layer_norm(x, gain, bias, eps=1e-5):
    x = x - x.mean(-1, True)
    return x / ((x * x).mean(-1, True) + eps) ** 0.5 * gain + bias


def embedding(table, ids):
    ids = np.asarray(ids)
    if ids.size and (ids.min() < 0 or ids.max() > table.shape[0] - 1):
        raise ValueError("ids: a row that the table does not have")
    return table[ids]


# Checking -----------------------------------------------------------------------------------------


@dataclass
class Report:
    ok: bool
    max_error: float
    where: tuple


def numerical_gradient(f, arrays, eps=1e-6):
    arrays = [np.array(a, dtype=np.float64) for a in arrays]

    def value(number, index, step):
        moved = [a.copy() for a in arrays]
        moved[number][index] += step
        return float(f(*moved))

    return [
        np.array(
            [
                (value(i, at, eps) - value(i, at, -eps)) / (2 * eps)
                for at in np.ndindex(arrays[i].shape)
            ]
        ).reshape(arrays[i].shape)
        for i in range(len(arrays))
    ]


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    leaves = [Tensor(a, requires_grad=True) for a in arrays]
    out = f(*leaves)
    weights = 1 / (1 + np.arange(out.data.size)).reshape(out.shape)
    out.backward(weights)

    def number(*points):
        return (f(*[Tensor(p) for p in points]).data * weights).sum()

    worst, where = -1.0, (0, ())
    for i, n in enumerate(numerical_gradient(number, arrays, eps)):
        a = np.zeros(n.shape) if leaves[i].grad is None else leaves[i].grad
        for at in np.ndindex(n.shape):
            error = abs(a[at] - n[at]) / max(1.0, abs(n[at]))
            if error > worst or error != error:
                worst, where = (math.inf if error != error else float(error)), (i, at)
    return Report(worst <= tol, max(worst, 0.0), where)


# Optimisers: the data are changed where they are --------------------------------------------------


class SGD:
    states = 0

    def __init__(self, parameters, lr, **rest):
        if lr <= 0:
            raise ValueError("lr: a rate has to be above 0")
        self.all, self.rate = list(parameters), lr
        self.memory = {}
        vars(self).update(rest)

    def zero_grad(self):
        for p in self.all:
            p.grad = None

    def step(self):
        for number, p in enumerate(self.all):
            if p.grad is not None:
                state = self.memory.setdefault(number, {"m": 0.0, "s": 0.0, "t": 0})
                state["t"] += 1
                p.data -= self.rate * self.towards(p.grad, state)

    def towards(self, g, state):
        return g


class Momentum(SGD):
    def __init__(self, parameters, lr, beta=0.9):
        super().__init__(parameters, lr, beta=beta)

    def towards(self, g, state):
        state["m"] = self.beta * state["m"] + (1 - self.beta) * g
        return state["m"]


class AdaGrad(SGD):
    def __init__(self, parameters, lr, eps=1e-8):
        super().__init__(parameters, lr, eps=eps)

    def towards(self, g, state):
        state["s"] = state["s"] + g**2
        return g / (np.sqrt(state["s"]) + self.eps)


class RMSProp(SGD):
    def __init__(self, parameters, lr, beta=0.9, eps=1e-8):
        super().__init__(parameters, lr, beta=beta, eps=eps)

    def towards(self, g, state):
        state["s"] = self.beta * state["s"] + (1 - self.beta) * g**2
        return g / (np.sqrt(state["s"]) + self.eps)


class Adam(SGD):
    def __init__(self, parameters, lr, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(parameters, lr, beta1=beta1, beta2=beta2, eps=eps)

    def towards(self, g, state):
        state["m"] = self.beta1 * state["m"] + (1 - self.beta1) * g
        state["s"] = self.beta2 * state["s"] + (1 - self.beta2) * g**2
        m = state["m"] / (1 - self.beta1 ** state["t"])
        return m / (np.sqrt(state["s"] / (1 - self.beta2 ** state["t"])) + self.eps)


# A network ----------------------------------------------------------------------------------------


class MLP:
    def __init__(self, sizes, rng):
        self.layers = []
        for a, b in pairwise(sizes):
            w = rng.normal(scale=math.sqrt(2 / a), size=(a, b))
            self.layers.append((Tensor(w, requires_grad=True), Tensor([0.0] * b, True)))

    def parameters(self):
        return [p for layer in self.layers for p in layer]

    def __call__(self, x):
        w, b = self.layers[0]
        x = as_tensor(x) @ w + b
        for w, b in self.layers[1:]:
            x = x.relu() @ w + b
        return x


def train(model, x, y, optimizer, epochs, batch, rng):
    if batch < 1:
        raise ValueError("batch: at least one sample")
    if len(x) != len(y):
        raise ValueError("x and y: not equally many")
    x, y, history = np.asarray(x), np.asarray(y), []
    for _ in range(epochs):
        losses, order = [], np.arange(len(x))
        rng.shuffle(order)
        while len(order):
            rows, order = order[:batch], order[batch:]
            loss = cross_entropy(model(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            losses += [float(loss.data)] * len(rows)
            optimizer.step()
        history.append(math.fsum(losses) / len(x))
    return history


# Second derivatives -------------------------------------------------------------------------------


def _gradient(f, x, seed=None):
    leaf = Tensor(x, requires_grad=True)
    y = f(leaf)
    y.backward(seed)
    return np.zeros(leaf.shape) if leaf.grad is None else leaf.grad


def jacobian(f, x):
    shape = f(Tensor(x)).shape
    rows = []
    for at in np.ndindex(shape):
        seed = np.zeros(shape)
        seed[at] = 1.0
        rows.append(_gradient(f, x, seed))
    return np.array(rows).reshape(shape + np.shape(x))


def hessian_vector_product(f, x, v):
    x, v = np.array(x, dtype=np.float64), np.array(v, dtype=np.float64)
    if x.shape != v.shape:
        raise ValueError("v: it has to have the shape of x")
    if f(Tensor(x)).data.size != 1:
        raise ValueError("f: more than one element comes out")
    h = 1e-150
    return np.imag(_gradient(f, x + 1j * h * v)) / h
