"""Every gradient is computed with tensors: the backward pass is itself a graph if one asks for it.

Primitive operations only; q4 is put together from them, with constants taken out for stability.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

# --- q1 -----------------------------------------------------------------------------------------


class Dual:
    __array_priority__ = 1000
    __array_ufunc__ = None

    def __init__(self, value, tangent):
        value = np.array(value, dtype=float)
        self.value = value
        self.tangent = np.zeros(value.shape) + np.array(tangent, dtype=float)

    @classmethod
    def lift(cls, thing):
        return thing if isinstance(thing, cls) else cls(thing, np.zeros(np.shape(thing)))

    def apply(self, f, slope):
        return Dual(f(self.value), slope(self.value) * self.tangent)

    def __add__(self, other):
        other = Dual.lift(other)
        return Dual(self.value + other.value, self.tangent + other.tangent)

    def __mul__(self, other):
        other = Dual.lift(other)
        left, right = self.tangent * other.value, self.value * other.tangent
        return Dual(self.value * other.value, left + right)

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, n):
        if n == 0:
            return Dual(np.ones(self.value.shape), 0.0)
        return self.apply(lambda x: x**n, lambda x: n * x ** (n - 1))

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + Dual.lift(other) * -1.0

    def __rsub__(self, other):
        return (self - other) * -1.0

    def __truediv__(self, other):
        return self * Dual.lift(other) ** -1

    def __rtruediv__(self, other):
        return self**-1 * other

    def exp(self):
        return self.apply(np.exp, np.exp)

    def log(self):
        return self.apply(np.log, np.reciprocal)

    def sin(self):
        return self.apply(np.sin, np.cos)

    def cos(self):
        return self.apply(np.cos, lambda x: -np.sin(x))

    def tanh(self):
        return self.apply(np.tanh, lambda x: np.cosh(x) ** -2.0)

    def relu(self):
        return self.apply(lambda x: x * (x > 0), lambda x: (x > 0) * 1.0)


def derivative(f, x):
    x = np.array(x, dtype=float)
    return jvp(lambda t: f(t) + 0.0 * t, x, np.ones_like(x))


def jvp(f, x, v):
    x, v = np.array(x, dtype=float), np.array(v, dtype=float)
    if np.shape(x) != np.shape(v):
        raise ValueError("x and v must have the same shape")
    return Dual.lift(f(Dual(x, v))).tangent


# --- q2 and q3 ----------------------------------------------------------------------------------


class Tensor:
    __array_ufunc__ = None
    recording = True

    def __init__(self, data, requires_grad=False):
        self.data = np.array(data, dtype=np.float64)
        self.requires_grad = bool(requires_grad)
        self.grad = None
        self.parents = []  # (tensor, function from the gradient here to the gradient there)

    @staticmethod
    def make(data, *parents):
        out = Tensor(data)
        if Tensor.recording:
            out.parents = [(t, f) for t, f in parents if t.requires_grad]
            out.requires_grad = bool(out.parents)
        return out

    @property
    def shape(self):
        return self.data.shape

    def backward(self, grad=None):
        if grad is None and self.data.size != 1:
            raise ValueError("grad must be given for a tensor with several elements")
        start = np.ones(self.shape) if grad is None else np.array(grad, dtype=float)
        if start.shape != self.shape:
            raise ValueError(f"grad has shape {start.shape}, the tensor {self.shape}")
        if not self.requires_grad:
            return
        recording, Tensor.recording = Tensor.recording, False
        try:
            for leaf, g in pull_back(self, Tensor(start)):
                leaf.grad = g.data.copy() if leaf.grad is None else leaf.grad + g.data
        finally:
            Tensor.recording = recording

    def __add__(self, other):
        a, b = self, lift(other)
        return Tensor.make(
            a.data + b.data, (a, lambda g: fit(g, a.shape)), (b, lambda g: fit(g, b.shape))
        )

    def __mul__(self, other):
        a, b = self, lift(other)
        return Tensor.make(
            a.data * b.data, (a, lambda g: fit(g * b, a.shape)), (b, lambda g: fit(g * a, b.shape))
        )

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, n):
        def rule(g):
            return g * (n * self ** (n - 1)) if n else g * 0.0

        return Tensor.make(self.data**n, (self, rule))

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -lift(other)

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * lift(other) ** -1

    def __rtruediv__(self, other):
        return other * self**-1

    def exp(self):
        out = Tensor.make(np.exp(self.data), (self, lambda g: g * out))
        return out

    def log(self):
        return Tensor.make(np.log(self.data), (self, lambda g: g / self))

    def tanh(self):
        out = Tensor.make(np.tanh(self.data), (self, lambda g: g - g * out * out))
        return out

    def sigmoid(self):
        return (self * 0.5).tanh() * 0.5 + 0.5

    def relu(self):
        return self * (self.data > 0).astype(float)

    def __matmul__(self, other):
        a, b = self, lift(other)
        return Tensor.make(
            a.data @ b.data,
            (a, lambda g: fit(g @ swapped(b), a.shape)),
            (b, lambda g: fit(swapped(a) @ g, b.shape)),
        )

    def __rmatmul__(self, other):
        return lift(other) @ self

    def sum(self, axis=None, keepdims=False):
        kept = self.data.sum(axis=axis, keepdims=True)

        def rule(g):
            return g.reshape(kept.shape).stretch(self.shape)

        return Tensor.make(kept if keepdims else self.data.sum(axis=axis), (self, rule))

    def stretch(self, shape):
        return Tensor.make(np.broadcast_to(self.data, shape), (self, lambda g: fit(g, self.shape)))

    def mean(self, axis=None, keepdims=False):
        total = self.sum(axis, keepdims)
        return total * (total.data.size / self.data.size)

    def max(self, axis=None, keepdims=False):
        best = self.data >= np.max(self.data, axis=axis, keepdims=True)
        weights = best / np.sum(best, axis=axis, keepdims=True)
        return (self * weights).sum(axis, keepdims)

    def reshape(self, *shape):
        data = self.data.reshape(*shape)
        return Tensor.make(data, (self, lambda g: g.reshape(self.shape)))

    def transpose(self, *axes):
        if axes and not isinstance(axes[0], (int, np.integer)):
            axes = tuple(axes[0])
        axes = axes or tuple(reversed(range(self.data.ndim)))
        axes = [a % self.data.ndim for a in axes]
        back = [axes.index(i) for i in range(len(axes))]
        return Tensor.make(self.data.transpose(axes), (self, lambda g: g.transpose(back)))

    @property
    def T(self):
        return self.transpose()

    def __getitem__(self, index):
        return Tensor.make(self.data[index], (self, lambda g: put(g, index, self.shape)))


def lift(thing):
    return thing if isinstance(thing, Tensor) else Tensor(thing)


def fit(g, shape):
    """Sum a gradient over what was broadcast."""
    if g.shape != shape:
        front = g.data.ndim - len(shape)
        axes = list(range(front)) + [front + i for i, n in enumerate(shape) if n == 1]
        g = g.sum(axis=tuple(axes)).reshape(shape)
    return g


def swapped(t):
    order = list(range(t.data.ndim))
    order[-1], order[-2] = order[-2], order[-1]
    return t.transpose(order)


def put(g, index, shape):
    data = np.zeros(shape)
    np.add.at(data, index, g.data)
    return Tensor.make(data, (g, lambda h: h[index]))


def pull_back(output, start):
    """Pairs (leaf, gradient tensor). Depth-first order, with an explicit stack."""
    order, state, stack = [], {}, [output]
    while stack:
        t = stack[-1]
        if state.get(id(t)) is None:
            state[id(t)] = "open"
            stack += [p for p, _ in t.parents if id(p) not in state]
        else:
            stack.pop()
            if state[id(t)] == "open":
                state[id(t)] = "done"
                order.append(t)
    gradients = {id(output): start}
    for t in reversed(order):
        for parent, rule in t.parents:
            share, known = rule(gradients[id(t)]), gradients.get(id(parent))
            gradients[id(parent)] = share if known is None else known + share
    return [(t, gradients[id(t)]) for t in order if not t.parents]


def concatenate(tensors, axis=0):
    tensors = [lift(t) for t in tensors]
    data = np.concatenate([t.data for t in tensors], axis=axis)
    parents, start = [], 0
    for t in tensors:
        index = [slice(None)] * data.ndim
        index[axis] = slice(start, start + t.shape[axis])
        start += t.shape[axis]
        parents.append((t, lambda g, index=tuple(index): g[index]))
    return Tensor.make(data, *parents)


# --- q4 -----------------------------------------------------------------------------------------


def log_softmax(x, axis=-1):
    x = lift(x)
    x = x - x.data.max(axis=axis, keepdims=True)  # a constant: it changes no gradient
    return x - x.exp().sum(axis=axis, keepdims=True).log()


def softmax(x, axis=-1):
    return log_softmax(x, axis).exp()


def cross_entropy(logits, targets):
    logits, targets = lift(logits), np.array(targets)
    rows, classes = logits.shape
    if targets.shape != (rows,):
        raise ValueError("one of targets is needed for each row of logits")
    if any(t not in range(classes) for t in targets.tolist()):
        raise ValueError("targets must be classes")
    return -log_softmax(logits)[np.arange(rows), targets].mean()


def gelu(x):
    x = lift(x)
    return x * 0.5 * (((x + x**3 * 0.044715) * np.sqrt(2 / np.pi)).tanh() + 1.0)


def layer_norm(x, gain, bias, eps=1e-5):
    x = lift(x)
    x = x - x.mean(axis=-1, keepdims=True)
    return x * ((x * x).mean(axis=-1, keepdims=True) + eps) ** -0.5 * gain + bias


def embedding(table, ids):
    table, ids = lift(table), np.array(ids, dtype=int)
    if ids.size and (ids.min() < 0 or ids.max() >= len(table.data)):
        raise ValueError("ids must be rows of the table")
    return table[ids]


# --- q5 -----------------------------------------------------------------------------------------


@dataclass
class Report:
    ok: bool
    max_error: float
    where: tuple


def numerical_gradient(f, arrays, eps=1e-6):
    arrays = [np.array(a, dtype=float) for a in arrays]

    def moved(which, place, step):
        copies = [a.copy() for a in arrays]
        copies[which][place] += step
        return float(f(*copies))

    return [
        np.array(
            [
                (moved(k, place, eps) - moved(k, place, -eps)) / (2 * eps)
                for place in np.ndindex(*a.shape)
            ]
        ).reshape(a.shape)
        for k, a in enumerate(arrays)
    ]


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    tensors = [Tensor(a, requires_grad=True) for a in arrays]
    out = f(*tensors)
    weights = np.random.default_rng(2024).uniform(0.5, 1.5, out.shape)
    if out.data.size == 1:
        weights = np.ones(out.shape)
    out.backward(weights)
    numeric = numerical_gradient(
        lambda *values: np.sum(weights * f(*[Tensor(v) for v in values]).data), arrays, eps
    )
    worst = (-1.0, (0, ()))
    for k, (t, n) in enumerate(zip(tensors, numeric, strict=True)):
        a = t.grad if t.grad is not None else np.zeros(n.shape)
        for place in np.ndindex(*n.shape):
            error = abs(a[place] - n[place]) / max(1.0, abs(n[place]))
            error = float("inf") if np.isnan(error) else float(error)
            if error > worst[0]:
                worst = (error, (k, place))
    return Report(worst[0] <= tol, worst[0], worst[1])


# --- q6 -----------------------------------------------------------------------------------------


class SGD:
    def __init__(self, parameters, lr):
        if lr <= 0:
            raise ValueError("lr must be positive")
        self.parameters, self.lr = parameters, lr
        self.memory = {}

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    def step(self):
        for i, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            if i not in self.memory:
                self.memory[i] = [0, np.zeros(np.shape(p.grad)), np.zeros(np.shape(p.grad))]
            self.memory[i][0] += 1
            p.data = p.data - self.lr * self.change(p.grad, *self.memory[i])

    def change(self, g, t, m, s):
        return g


class Momentum(SGD):
    def __init__(self, parameters, lr, beta=0.9):
        super().__init__(parameters, lr)
        self.beta = beta

    def change(self, g, t, m, s):
        m += (1 - self.beta) * (g - m)
        return m


class AdaGrad(SGD):
    def __init__(self, parameters, lr, eps=1e-8):
        super().__init__(parameters, lr)
        self.eps = eps

    def change(self, g, t, m, s):
        s += g**2
        return g / (s**0.5 + self.eps)


class RMSProp(SGD):
    def __init__(self, parameters, lr, beta=0.9, eps=1e-8):
        super().__init__(parameters, lr)
        self.beta, self.eps = beta, eps

    def change(self, g, t, m, s):
        s *= self.beta
        s += (1 - self.beta) * g**2
        return g / (s**0.5 + self.eps)


class Adam(SGD):
    def __init__(self, parameters, lr, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(parameters, lr)
        self.beta1, self.beta2, self.eps = beta1, beta2, eps

    def change(self, g, t, m, s):
        m *= self.beta1
        m += (1 - self.beta1) * g
        s *= self.beta2
        s += (1 - self.beta2) * g**2
        return m / (1 - self.beta1**t) / ((s / (1 - self.beta2**t)) ** 0.5 + self.eps)


# --- q7 -----------------------------------------------------------------------------------------


class MLP:
    def __init__(self, sizes, rng):
        self.weights, self.biases = [], []
        for wide, narrow in pairwise(sizes):
            limit = (6 / wide) ** 0.5
            w = rng.uniform(-limit, limit, size=(wide, narrow))
            self.weights.append(Tensor(w, requires_grad=True))
            self.biases.append(Tensor(np.zeros(narrow), requires_grad=True))

    def parameters(self):
        return [p for layer in zip(self.weights, self.biases, strict=True) for p in layer]

    def __call__(self, x):
        x = lift(x)
        for w, b in zip(self.weights[:-1], self.biases[:-1], strict=True):
            x = (x @ w + b).relu()
        return x @ self.weights[-1] + self.biases[-1]


def train(model, x, y, optimizer, epochs, batch, rng):
    if len(x) != len(y) or batch < 1:
        raise ValueError("x and y must fit, and batch must be at least 1")
    x, y, history = np.array(x), np.array(y), []
    for _ in range(epochs):
        order, losses = np.arange(len(x)), []
        rng.shuffle(order)
        while len(order):
            now, order = order[:batch], order[batch:]
            loss = cross_entropy(model(Tensor(x[now])), y[now])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses += [float(loss.data)] * len(now)
        history.append(sum(losses) / len(losses))
    return history


# --- q8 -----------------------------------------------------------------------------------------


def gradient(y, x, start):
    """Gradient of y with respect to the leaf x, as a tensor with a graph."""
    for leaf, g in pull_back(y, start) if y.requires_grad else []:
        if leaf is x:
            return g
    return Tensor(np.zeros(x.shape))


def jacobian(f, x):
    x = Tensor(x, requires_grad=True)
    y = f(x)
    out = np.zeros((*y.shape, *x.shape))
    for place in np.ndindex(*y.shape):
        start = np.zeros(y.shape)
        start[place] = 1.0
        out[place] = gradient(y, x, Tensor(start)).data
    return out


def hessian_vector_product(f, x, v):
    x, v = Tensor(x, requires_grad=True), Tensor(v)
    if x.shape != v.shape:
        raise ValueError("v must be as x is")
    y = f(x)
    if y.data.size != 1:
        raise ValueError("f must return a single element")
    g = gradient(y, x, Tensor(np.ones(y.shape)))
    return gradient((g * v).sum(), x, Tensor(1.0)).data
