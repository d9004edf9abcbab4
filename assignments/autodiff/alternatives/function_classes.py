"""One class per operation, with forward and backward; Hessians by hyper-dual numbers.

The graph is sorted by counting users. Second derivatives come from numbers with two tangents and a
second-order part, which need no backward pass at all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

f64 = np.float64


def array(x) -> np.ndarray:
    return np.asarray(x, dtype=f64)


# ================================================================ q1


@dataclass
class Dual:
    value: np.ndarray
    tangent: np.ndarray

    __array_ufunc__ = None

    def __post_init__(self):
        value, tangent = np.broadcast_arrays(array(self.value), array(self.tangent))
        self.value, self.tangent = value.copy(), tangent.copy()

    def _both(self, other):
        if isinstance(other, Dual):
            return other.value, other.tangent
        other = array(other)
        return other, np.zeros_like(other)

    def __add__(self, other):
        b, db = self._both(other)
        return Dual(self.value + b, self.tangent + db)

    def __sub__(self, other):
        b, db = self._both(other)
        return Dual(self.value - b, self.tangent - db)

    def __mul__(self, other):
        b, db = self._both(other)
        return Dual(self.value * b, self.value * db + b * self.tangent)

    def __truediv__(self, other):
        b, db = self._both(other)
        return Dual(self.value / b, (self.tangent * b - self.value * db) / (b * b))

    def __radd__(self, other):
        return Dual(*self._both(other)) + self

    def __rsub__(self, other):
        return Dual(*self._both(other)) - self

    def __rmul__(self, other):
        return Dual(*self._both(other)) * self

    def __rtruediv__(self, other):
        return Dual(*self._both(other)) / self

    def __neg__(self):
        return 0 - self

    def __pow__(self, n):
        if n == 0:
            return Dual(self.value**0, 0 * self.tangent)
        return Dual(np.power(self.value, n), n * np.power(self.value, n - 1) * self.tangent)

    def exp(self):
        return Dual(np.exp(self.value), np.exp(self.value) * self.tangent)

    def log(self):
        return Dual(np.log(self.value), self.tangent / self.value)

    def sin(self):
        return Dual(np.sin(self.value), self.tangent * np.cos(self.value))

    def cos(self):
        return Dual(np.cos(self.value), -self.tangent * np.sin(self.value))

    def tanh(self):
        return Dual(np.tanh(self.value), self.tangent * (1 - np.tanh(self.value) ** 2))

    def relu(self):
        on = self.value > 0
        return Dual(np.where(on, self.value, 0), np.where(on, self.tangent, 0))


def derivative(f, x):
    x = array(x)
    out = f(Dual(x, np.ones(x.shape)))
    return out.tangent if isinstance(out, Dual) else np.zeros(x.shape)


def jvp(f, x, v):
    x, v = array(x), array(v)
    if x.shape != v.shape:
        raise ValueError(f"v has shape {v.shape}, but x has {x.shape}")
    out = f(Dual(x, v))
    return out.tangent if isinstance(out, Dual) else np.zeros(np.shape(out))


# ================================================================ q2, q3


class Function:
    """An operation at work: what it was applied to and whatever it wants to remember."""

    def __init__(self, *inputs):
        self.inputs = inputs

    @classmethod
    def apply(cls, *inputs, **options):
        tensors = [t if isinstance(t, Tensor) else Tensor(t) for t in inputs]
        self = cls(*tensors)
        out = Tensor(self.forward(*(t.data for t in tensors), **options))
        if any(t.requires_grad for t in tensors):
            out.requires_grad, out.maker = True, self
        return out


def reduce_to(grad, shape):
    grad = np.asarray(grad)
    for _ in range(grad.ndim - len(shape)):
        grad = np.add.reduce(grad, axis=0)
    ones = tuple(i for i in range(len(shape)) if shape[i] == 1 != grad.shape[i])
    return np.add.reduce(grad, axis=ones, keepdims=True) if ones else grad


class Add(Function):
    def forward(self, a, b):
        return a + b

    def backward(self, g):
        return g, g


class Subtract(Function):
    def forward(self, a, b):
        return a - b

    def backward(self, g):
        return g, -g


class Multiply(Function):
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, g):
        return g * self.b, g * self.a


class Divide(Function):
    def forward(self, a, b):
        self.a, self.b = a, b
        return a / b

    def backward(self, g):
        return g / self.b, -g * self.a / (self.b * self.b)


class Pointwise(Function):
    def forward(self, a, f, slope):
        y = f(a)
        self.slope = slope(a, y)
        return y

    def backward(self, g):
        return (g * self.slope,)


class MatMul(Function):
    def forward(self, a, b):
        self.a, self.b = a, b
        return np.matmul(a, b)

    def backward(self, g):
        at, bt = np.moveaxis(self.a, -1, -2), np.moveaxis(self.b, -1, -2)
        return np.matmul(g, bt), np.matmul(at, g)


class Sum(Function):
    def forward(self, a, axis, keepdims):
        self.shape, kept = a.shape, np.sum(a, axis=axis, keepdims=True)
        self.kept = kept.shape
        return kept if keepdims else np.sum(a, axis=axis)

    def backward(self, g):
        return (np.tile(g.reshape(self.kept), [n // k for n, k in zip(self.shape, self.kept)]),)


class Max(Function):
    def forward(self, a, axis, keepdims):
        kept = np.max(a, axis=axis, keepdims=True)
        self.best, self.kept = (a == kept).astype(f64), kept.shape
        self.best /= np.sum(self.best, axis=axis, keepdims=True)
        return kept if keepdims else np.max(a, axis=axis)

    def backward(self, g):
        return (self.best * g.reshape(self.kept),)


class Reshape(Function):
    def forward(self, a, shape):
        self.shape = a.shape
        return a.reshape(shape)

    def backward(self, g):
        return (g.reshape(self.shape),)


class Permute(Function):
    def forward(self, a, axes):
        self.back = np.empty(len(axes), dtype=int)
        self.back[list(axes)] = range(len(axes))
        return a.transpose(axes)

    def backward(self, g):
        return (g.transpose(self.back),)


class Pick(Function):
    def forward(self, a, index):
        self.index, self.shape = index, a.shape
        return a[index]

    def backward(self, g):
        out = np.zeros(self.shape)
        np.add.at(out, self.index, g)
        return (out,)


class Join(Function):
    def forward(self, *parts, axis):
        self.axis, self.cuts = axis, np.cumsum([p.shape[axis] for p in parts])[:-1]
        return np.concatenate(parts, axis=axis)

    def backward(self, g):
        return np.split(g, self.cuts, axis=self.axis)


class Tensor:
    __array_ufunc__ = None

    def __init__(self, data, requires_grad=False):
        self.data, self.requires_grad = array(data), requires_grad
        self.grad: np.ndarray | None = None
        self.maker: Function | None = None

    shape = property(lambda self: self.data.shape)

    def backward(self, grad=None):
        if grad is None:
            if math.prod(self.shape) != 1:
                raise ValueError("only a single element can start without a gradient")
            grad = np.ones(self.shape)
        if np.shape(grad) != self.shape:
            raise ValueError(f"grad should have shape {self.shape}")
        for leaf, g in walk(self, array(grad)):
            leaf.grad = np.copy(g) if leaf.grad is None else leaf.grad + g

    def __add__(self, other):
        return Add.apply(self, other)

    def __radd__(self, other):
        return Add.apply(other, self)

    def __sub__(self, other):
        return Subtract.apply(self, other)

    def __rsub__(self, other):
        return Subtract.apply(other, self)

    def __mul__(self, other):
        return Multiply.apply(self, other)

    def __rmul__(self, other):
        return Multiply.apply(other, self)

    def __truediv__(self, other):
        return Divide.apply(self, other)

    def __rtruediv__(self, other):
        return Divide.apply(other, self)

    def __neg__(self):
        return Subtract.apply(0.0, self)

    def __pow__(self, n):
        slope = (lambda a, y: n * a ** (n - 1)) if n else (lambda a, y: 0 * a)
        return Pointwise.apply(self, f=lambda a: a**n, slope=slope)

    def exp(self):
        return Pointwise.apply(self, f=np.exp, slope=lambda a, y: y)

    def log(self):
        return Pointwise.apply(self, f=np.log, slope=lambda a, y: 1 / a)

    def tanh(self):
        return Pointwise.apply(self, f=np.tanh, slope=lambda a, y: (1 - y) * (1 + y))

    def sigmoid(self):
        def f(a):
            e = np.exp(-np.abs(a))
            return np.where(a < 0, e, 1.0) / (1 + e)

        return Pointwise.apply(self, f=f, slope=lambda a, y: y * (1 - y))

    def relu(self):
        return Pointwise.apply(self, f=lambda a: a.clip(0), slope=lambda a, y: np.sign(y))

    def __matmul__(self, other):
        return MatMul.apply(self, other)

    def __rmatmul__(self, other):
        return MatMul.apply(other, self)

    def sum(self, axis=None, keepdims=False):
        return Sum.apply(self, axis=axis, keepdims=keepdims)

    def mean(self, axis=None, keepdims=False):
        total = self.sum(axis=axis, keepdims=keepdims)
        return total / (self.data.size / total.data.size)

    def max(self, axis=None, keepdims=False):
        return Max.apply(self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape):
        return Reshape.apply(self, shape=shape[0] if isinstance(shape[0], tuple) else shape)

    def transpose(self, *axes):
        axes = axes[0] if axes and isinstance(axes[0], (tuple, list)) else axes
        n = self.data.ndim
        return Permute.apply(self, axes=[a % n for a in axes] if axes else list(range(n))[::-1])

    @property
    def T(self):
        return self.transpose()

    def __getitem__(self, index):
        return Pick.apply(self, index=index)


def walk(output, grad):
    """Pairs of a leaf and its gradient."""
    users, stack = {id(output): 0}, [output]
    while stack:
        t = stack.pop()
        for p in t.maker.inputs if t.maker else ():
            if id(p) not in users:
                users[id(p)] = 0
                stack.append(p)
            users[id(p)] += 1
    sums, ready, leaves = {id(output): grad}, [output], []
    while ready:
        t = ready.pop()
        if t.maker is None:
            if t.requires_grad:
                leaves.append((t, sums[id(t)]))
            continue
        shares = t.maker.backward(sums.pop(id(t)))
        for p, share in zip(t.maker.inputs, shares):
            share = reduce_to(share, p.shape)
            sums[id(p)] = sums[id(p)] + share if id(p) in sums else share
            users[id(p)] -= 1
            if not users[id(p)]:
                ready.append(p)
    return leaves


def concatenate(tensors, axis=0):
    return Join.apply(*tensors, axis=axis)


# ================================================================ q4


def normalise(x, axis):
    e = np.exp(x - np.amax(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


class Softmax(Function):
    def forward(self, a, axis):
        self.p, self.axis = normalise(a, axis), axis
        return self.p

    def backward(self, g):
        weighted = g * self.p
        return (weighted - self.p * weighted.sum(self.axis, keepdims=True),)


class LogSoftmax(Function):
    def forward(self, a, axis):
        self.p, self.axis = normalise(a, axis), axis
        top = a.max(axis, keepdims=True)
        return a - (top + np.log(np.exp(a - top).sum(axis, keepdims=True)))

    def backward(self, g):
        return (g - self.p * g.sum(self.axis, keepdims=True),)


class CrossEntropy(Function):
    def forward(self, a, targets):
        self.p, self.targets, self.rows = normalise(a, 1), targets, np.arange(len(a))
        top = a.max(1)
        surprise = top + np.log(np.exp(a - top[:, None]).sum(1)) - a[self.rows, targets]
        return surprise.sum() / len(a)

    def backward(self, g):
        p = self.p.copy()
        p[self.rows, self.targets] -= 1
        return (p * g / len(p),)


class LayerNorm(Function):
    def forward(self, x, gain, bias, eps):
        centred = x - x.mean(-1, keepdims=True)
        self.inverse = 1 / np.sqrt(np.var(x, axis=-1, keepdims=True) + eps)
        self.z, self.gain = centred * self.inverse, gain
        return self.z * gain + bias

    def backward(self, g):
        h = g * self.gain
        projected = h - h.mean(-1, keepdims=True) - self.z * (h * self.z).mean(-1, keepdims=True)
        return projected * self.inverse, g * self.z, g


def softmax(x, axis=-1):
    return Softmax.apply(x, axis=axis)


def log_softmax(x, axis=-1):
    return LogSoftmax.apply(x, axis=axis)


def indices(name, values, n):
    values = np.asarray(values)
    if ((values < 0) | (values >= n)).any():
        raise ValueError(f"{name}: all must be at least 0 and below {n}")
    return values.astype(int)


def cross_entropy(logits, targets):
    if np.shape(targets) != logits.shape[:1]:
        raise ValueError("targets: one for each row")
    return CrossEntropy.apply(logits, targets=indices("targets", targets, logits.shape[1]))


def gelu(x):
    c, k = math.sqrt(2 / math.pi), 0.044715

    def f(a):
        return a / 2 * (1 + np.tanh(c * (a + k * a**3)))

    def slope(a, y):
        t = np.tanh(c * (a + k * a**3))
        return (1 + t) / 2 + a / 2 * (1 - t) * (1 + t) * c * (1 + 3 * k * a**2)

    return Pointwise.apply(x, f=f, slope=slope)


def layer_norm(x, gain, bias, eps=1e-5):
    return LayerNorm.apply(x, gain, bias, eps=eps)


def embedding(table, ids):
    return Pick.apply(table, index=indices("ids", ids, table.shape[0]))


# ================================================================ q5


@dataclass
class Report:
    ok: bool
    max_error: float
    where: tuple = field(default=(0, ()))


def numerical_gradient(f, arrays, eps=1e-6):
    arrays = [np.array(a, dtype=f64) for a in arrays]
    out = []
    for a in arrays:
        flat, slopes = a.reshape(-1), []
        for i, x in enumerate(flat.tolist()):
            flat[i] = x + eps
            up = f(*arrays)
            flat[i] = x - eps
            slopes.append((up - f(*arrays)) / (2 * eps))
            flat[i] = x
        out.append(np.array(slopes, dtype=f64).reshape(a.shape))
    return out


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    leaves = [Tensor(np.array(a, dtype=f64), requires_grad=True) for a in arrays]
    out = f(*leaves)
    w = np.ones(out.shape)
    if out.data.size > 1:
        w = np.random.RandomState(0).randn(*out.shape)
    out.backward(w)
    numbers = numerical_gradient(
        lambda *xs: float((f(*[Tensor(x.copy()) for x in xs]).data * w).sum()), arrays, eps
    )
    found = []
    for i, (leaf, n) in enumerate(zip(leaves, numbers)):
        g = leaf.grad if leaf.grad is not None else np.zeros_like(n)
        error = np.array(np.abs(g - n) / np.clip(np.abs(n), 1, None))
        error[np.isnan(error)] = math.inf
        at = np.unravel_index(error.argmax(), error.shape)
        found.append((float(error[at]), i, tuple(map(int, at))))
    error, i, at = max(found, key=lambda entry: entry[0])
    return Report(error <= tol, error, (i, at))


# ================================================================ q6


def _start(self, parameters, lr):
    if lr <= 0:
        raise ValueError(f"lr is {lr}, but must be above 0")
    self.parameters, self.lr = list(parameters), lr


def _clear(self):
    for p in self.parameters:
        p.grad = None


class SGD:
    zero_grad = _clear

    def __init__(self, parameters, lr):
        _start(self, parameters, lr)

    def step(self):
        for p in self.parameters:
            if p.grad is not None:
                p.data = p.data - self.lr * p.grad


class Momentum:
    zero_grad = _clear

    def __init__(self, parameters, lr, beta=0.9):
        _start(self, parameters, lr)
        self.beta, self.v = beta, [0.0 for _ in self.parameters]

    def step(self):
        for i, p in enumerate(self.parameters):
            if p.grad is not None:
                self.v[i] = self.beta * self.v[i] + (1 - self.beta) * p.grad
                p.data = p.data - self.lr * self.v[i]


class AdaGrad:
    zero_grad = _clear

    def __init__(self, parameters, lr, eps=1e-8):
        _start(self, parameters, lr)
        self.eps, self.s = eps, [np.zeros(np.shape(p.data)) for p in self.parameters]

    def step(self):
        for p, s in zip(self.parameters, self.s):
            if p.grad is not None:
                s += p.grad * p.grad
                p.data = p.data - self.lr * p.grad / (np.sqrt(s) + self.eps)


class RMSProp:
    zero_grad = _clear

    def __init__(self, parameters, lr, beta=0.9, eps=1e-8):
        _start(self, parameters, lr)
        self.beta, self.eps = beta, eps
        self.s = [np.zeros(np.shape(p.data)) for p in self.parameters]

    def step(self):
        for p, s in zip(self.parameters, self.s):
            if p.grad is not None:
                s *= self.beta
                s += (1 - self.beta) * p.grad * p.grad
                p.data = p.data - self.lr * p.grad / (np.sqrt(s) + self.eps)


class Adam:
    zero_grad = _clear

    def __init__(self, parameters, lr, beta1=0.9, beta2=0.999, eps=1e-8):
        _start(self, parameters, lr)
        self.beta1, self.beta2, self.eps = beta1, beta2, eps
        self.t = [0] * len(self.parameters)
        self.m = [0.0] * len(self.parameters)
        self.s = [0.0] * len(self.parameters)

    def step(self):
        for i, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[i] += 1  # each parameter has its own clock
            self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * p.grad
            self.s[i] = self.beta2 * self.s[i] + (1 - self.beta2) * p.grad**2
            rate = self.lr / (1 - self.beta1 ** self.t[i])
            p.data = p.data - rate * self.m[i] / (
                np.sqrt(self.s[i] / (1 - self.beta2 ** self.t[i])) + self.eps
            )


# ================================================================ q7


class MLP:
    def __init__(self, sizes, rng):
        self.sizes, self._all = list(sizes), []
        for a, b in zip(self.sizes, self.sizes[1:]):
            self._all += [
                Tensor(rng.standard_normal((a, b)) / math.sqrt(a), requires_grad=True),
                Tensor(np.zeros(b), requires_grad=True),
            ]

    def parameters(self):
        return self._all

    def __call__(self, x):
        last = len(self._all) - 2
        for i in range(0, last + 1, 2):
            x = MatMul.apply(x, self._all[i]) + self._all[i + 1]
            if i < last:
                x = x.relu()
        return x


def train(model, x, y, optimizer, epochs, batch, rng):
    if batch < 1:
        raise ValueError("batch < 1")
    if np.shape(x)[0] != np.shape(y)[0]:
        raise ValueError("x, y: different lengths")
    history, n = [], np.shape(x)[0]
    for _ in range(epochs):
        keys, seen = rng.random(n), []
        order = keys.argsort()
        for k in range(math.ceil(n / batch)):
            rows = order[k * batch : (k + 1) * batch]
            optimizer.zero_grad()
            loss = cross_entropy(model(np.take(x, rows, axis=0)), np.take(y, rows))
            loss.backward()
            optimizer.step()
            seen.append((len(rows), float(loss.data)))
        history.append(sum(size * loss for size, loss in seen) / n)
    return history


# ================================================================ q8


def jacobian(f, x):
    x = Tensor(np.array(x, dtype=f64), requires_grad=True)
    y = f(x)
    result = np.zeros(y.shape + x.shape)
    for index in np.ndindex(y.shape):
        unit = np.zeros(y.shape)
        unit[index] = 1
        x.grad = None
        y.backward(unit)
        if x.grad is not None:
            result[index] = x.grad
    return result


class Hyper:
    """value + a·ε₁ + b·ε₂ + c·ε₁ε₂ with ε₁² = ε₂² = 0: c is the second derivative."""

    __array_ufunc__ = None

    def __init__(self, value, a=0.0, b=0.0, c=0.0):
        self.data = array(value)
        self.a, self.b, self.c = (np.zeros(self.data.shape) + part for part in (a, b, c))

    shape = property(lambda self: self.data.shape)

    def _parts(self):
        return self.data, self.a, self.b, self.c

    def _map(self, f):
        return Hyper(*(f(part) for part in self._parts()))

    def _smooth(self, f, first, second):
        return Hyper(f, first * self.a, first * self.b, first * self.c + second * self.a * self.b)

    def _product(self, other, times):
        x, xa, xb, xc = self._parts()
        y, ya, yb, yc = (other if isinstance(other, Hyper) else Hyper(other))._parts()
        c = times(xc, y) + times(xa, yb) + times(xb, ya) + times(x, yc)
        return Hyper(times(x, y), times(xa, y) + times(x, ya), times(xb, y) + times(x, yb), c)

    def __add__(self, other):
        other = other if isinstance(other, Hyper) else Hyper(other)
        return Hyper(*(p + q for p, q in zip(self._parts(), other._parts())))

    def __mul__(self, other):
        return self._product(other, np.multiply)

    def __matmul__(self, other):
        return self._product(other, np.matmul)

    def __rmatmul__(self, other):
        return Hyper(other) @ self

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-other if isinstance(other, Hyper) else -array(other))

    def __rsub__(self, other):
        return -self + other

    def __pow__(self, n):
        x = self.data
        first = n * x ** (n - 1) if n else 0 * x
        second = n * (n - 1) * x ** (n - 2) if n * (n - 1) else 0 * x
        return self._smooth(x**n, first, second)

    def __truediv__(self, other):
        return self * (other**-1 if isinstance(other, Hyper) else 1 / array(other))

    def __rtruediv__(self, other):
        return self**-1 * other

    def exp(self):
        e = np.exp(self.data)
        return self._smooth(e, e, e)

    def log(self):
        return self._smooth(np.log(self.data), 1 / self.data, -(self.data**-2.0))

    def tanh(self):
        t = np.tanh(self.data)
        return self._smooth(t, 1 - t * t, -2 * t * (1 - t * t))

    def sigmoid(self):
        s = Tensor(self.data).sigmoid().data
        return self._smooth(s, s * (1 - s), s * (1 - s) * (1 - 2 * s))

    def relu(self):
        on = (self.data > 0).astype(f64)
        return self._smooth(self.data * on, on, 0 * on)

    def sum(self, axis=None, keepdims=False):
        return self._map(lambda part: part.sum(axis, keepdims=keepdims))

    def mean(self, axis=None, keepdims=False):
        return self._map(lambda part: part.mean(axis, keepdims=keepdims))

    def reshape(self, *shape):
        return self._map(lambda part: part.reshape(*shape))

    @property
    def T(self):
        return self._map(np.transpose)

    def __getitem__(self, index):
        return self._map(lambda part: part[index])


def hessian_vector_product(f, x, v):
    x, v = array(x), array(v)
    if v.shape != x.shape:
        raise ValueError("the shape of v is not that of x")
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        unit = np.zeros(x.shape)
        unit[index] = 1
        y = f(Hyper(x, unit, v))
        if y.data.size != 1:
            raise ValueError("f must have one output")
        result[index] = y.c.item() if isinstance(y, Hyper) else 0.0
    return result
