"""Each operation is linear, bilinear or entry by entry; tangents are carried through both passes.

With that, forward mode, reverse mode and forward over reverse need no rule of their own: a linear
map knows its adjoint, a bilinear one is linear on each side, and a function has two derivatives.
"""

import itertools
from collections import namedtuple

import numpy as np
from numpy import asarray, float64, ndindex, zeros

Report = namedtuple("Report", "ok max_error where")

# name: function, first and second derivative, all of (x, f(x))
FUNCTIONS = {
    "exp": (np.exp, lambda x, y: y, lambda x, y: y),
    "log": (np.log, lambda x, y: 1 / x, lambda x, y: -1 / x**2),
    "sin": (np.sin, lambda x, y: np.cos(x), lambda x, y: -y),
    "cos": (np.cos, lambda x, y: -np.sin(x), lambda x, y: -y),
    "tanh": (np.tanh, lambda x, y: 1 - y**2, lambda x, y: -2 * y * (1 - y**2)),
    "relu": (lambda x: np.where(x > 0, x, 0), lambda x, y: 1.0 * (x > 0), lambda x, y: 0.0 * x),
    "sigmoid": (
        lambda x: np.where(x > 0, 1, np.exp(-abs(x))) / (1 + np.exp(-abs(x))),
        lambda x, y: y * (1 - y),
        lambda x, y: y * (1 - y) * (1 - 2 * y),
    ),
}


def power(n):
    def times(c, m):
        return lambda x, y: c * x**m if c else 0.0 * x

    return lambda x: x**n, times(n, n - 1), times(n * (n - 1), n - 2)


class Arithmetic:
    """Operators, made of three: sum, product, function of one argument."""

    __array_ufunc__ = None

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-1.0) * (other if isinstance(other, Arithmetic) else asarray(other, float64))

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        if isinstance(other, Arithmetic):
            return self * other ** (-1)
        return self * (1.0 / asarray(other, float64))

    def __rtruediv__(self, other):
        return self ** (-1) * other

    def __pow__(self, n):
        return self.function(*power(n))

    def exp(self):
        return self.function(*FUNCTIONS["exp"])

    def log(self):
        return self.function(*FUNCTIONS["log"])

    def tanh(self):
        return self.function(*FUNCTIONS["tanh"])

    def relu(self):
        return self.function(*FUNCTIONS["relu"])


class Dual(Arithmetic):
    def __init__(self, value, tangent):
        self.value = asarray(value, float64)
        self.tangent = asarray(tangent, float64) + zeros(self.value.shape)

    def __add__(self, other):
        v, t = (other.value, other.tangent) if isinstance(other, Dual) else (other, 0.0)
        return Dual(self.value + v, self.tangent + t)

    def __mul__(self, other):
        v, t = (other.value, other.tangent) if isinstance(other, Dual) else (asarray(other), 0.0)
        return Dual(self.value * v, self.tangent * v + self.value * t)

    def function(self, f, first, second):
        y = f(self.value)
        return Dual(y, first(self.value, y) * self.tangent)

    def sin(self):
        return self.function(*FUNCTIONS["sin"])

    def cos(self):
        return self.function(*FUNCTIONS["cos"])


def derivative(f, x):
    y = f(Dual(x, 1.0))
    return y.tangent if isinstance(y, Dual) else zeros(np.shape(x))


def jvp(f, x, v):
    if np.shape(x) != np.shape(v):
        raise ValueError("v: wrong shape")
    y = f(Dual(x, v))
    return y.tangent if isinstance(y, Dual) else zeros(np.shape(y))


class Tensor(Arithmetic):
    """`dot` is a tangent or None (which means 0). Edges point to inputs, with three maps each."""

    def __init__(self, data, requires_grad=False, dot=None):
        self.data, self.dot = asarray(data, float64), dot
        self.grad, self.requires_grad, self.edges = None, requires_grad, ()

    @property
    def shape(self):
        return self.data.shape

    def linked(self, *edges):
        """Edges (input, pull, bend): gradient there = pull(g); bend(g) is what the rule's own
        tangent adds to the tangent of that gradient, or None."""
        self.edges = [e for e in edges if e[0].requires_grad]
        self.requires_grad = len(self.edges) > 0
        return self

    def linear(self, f, adjoint):
        dot = None if self.dot is None else f(self.dot)
        return Tensor(f(self.data), dot=dot).linked((self, adjoint, None))

    def bilinear(self, other, f, left, right):
        a, b = self, other if isinstance(other, Tensor) else Tensor(other)
        dot = None
        if a.dot is not None:
            dot = f(a.dot, b.data)
        if b.dot is not None:
            dot = f(a.data, b.dot) + (0 if dot is None else dot)
        return Tensor(f(a.data, b.data), dot=dot).linked(
            (
                a,
                lambda g: unstretch(left(g, b.data), a.shape),
                None if b.dot is None else lambda g: unstretch(left(g, b.dot), a.shape),
            ),
            (
                b,
                lambda g: unstretch(right(a.data, g), b.shape),
                None if a.dot is None else lambda g: unstretch(right(a.dot, g), b.shape),
            ),
        )

    def function(self, f, first, second):
        y = f(self.data)
        slope = first(self.data, y)
        out = Tensor(y, dot=None if self.dot is None else slope * self.dot)
        bend = None
        if self.dot is not None:
            curve = second(self.data, y) * self.dot
            bend = lambda g: g * curve  # noqa: E731
        return out.linked((self, lambda g: g * slope, bend))

    def sigmoid(self):
        return self.function(*FUNCTIONS["sigmoid"])

    def __add__(self, other):
        a, b = self, other if isinstance(other, Tensor) else Tensor(other)
        data = a.data + b.data
        dots = [t.dot for t in (a, b) if t.dot is not None]
        dot = sum(dots) + zeros(data.shape) if dots else None
        return Tensor(data, dot=dot).linked(
            (a, lambda g: unstretch(g, a.shape), None), (b, lambda g: unstretch(g, b.shape), None)
        )

    def __mul__(self, other):
        return self.bilinear(other, np.multiply, np.multiply, np.multiply)

    def __matmul__(self, other):
        return self.bilinear(
            other,
            np.matmul,
            lambda g, b: g @ b.swapaxes(-1, -2),
            lambda a, g: a.swapaxes(-1, -2) @ g,
        )

    def __rmatmul__(self, other):
        return Tensor(other) @ self

    def sum(self, axis=None, keepdims=False):
        shape = self.shape

        def adjoint(g):
            if axis is not None and not keepdims:
                g = np.expand_dims(g, axis)
            return g + zeros(shape)

        return self.linear(lambda x: x.sum(axis=axis, keepdims=keepdims), adjoint)

    def mean(self, axis=None, keepdims=False):
        s = self.sum(axis, keepdims)
        return s * (max(s.data.size, 1) / self.data.size)

    def max(self, axis=None, keepdims=False):
        top = (self.data == self.data.max(axis, keepdims=True)).astype(float64)
        return (self * (top / top.sum(axis, keepdims=True))).sum(axis, keepdims)

    def reshape(self, *shape):
        return self.linear(lambda x: x.reshape(*shape), lambda g: g.reshape(self.shape))

    def transpose(self, *axes):
        positions = np.arange(self.data.size).reshape(self.shape).transpose(*axes)

        def adjoint(g):
            out = np.empty(self.data.size)
            out[positions.reshape(-1)] = g.reshape(-1)
            return out.reshape(self.shape)

        return self.linear(lambda x: x.transpose(*axes), adjoint)

    T = property(lambda self: self.transpose())

    def __getitem__(self, index):
        places = np.arange(self.data.size).reshape(self.shape)[index]

        def adjoint(g):
            flat = np.bincount(np.ravel(places), np.ravel(g), minlength=self.data.size)
            return flat.reshape(self.shape)

        return self.linear(lambda x: asarray(x[index]), adjoint)

    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError("backward() needs grad here")
            grad = 1.0 + zeros(self.shape)
        grad = np.array(grad, dtype=float64)
        if grad.shape != self.shape:
            raise ValueError("grad: wrong shape")
        for t, g, _ in reverse(self, grad):
            t.grad = (0 if t.grad is None else t.grad) + g


def unstretch(g, shape):
    g = g.sum(axis=tuple(range(g.ndim - len(shape))))
    for axis, n in enumerate(shape):
        if n == 1 and g.shape[axis] > 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def reverse(output, seed):
    """Yield (leaf, gradient, its tangent). Kahn's algorithm: a node waits for all its users."""
    if not output.requires_grad:
        return
    waiting, todo = {output: 0}, [output]
    for t in todo:
        for p, _, _ in t.edges:
            if p not in waiting:
                waiting[p] = 0
                todo.append(p)
            waiting[p] += 1
    gradients, ready = {output: [seed, zeros(seed.shape)]}, [output]
    while ready:
        t = ready.pop()
        g, g_dot = gradients.pop(t)
        if not t.edges:
            yield t, g, g_dot
        for p, pull, bend in t.edges:
            into = gradients.setdefault(p, [zeros(p.shape), zeros(p.shape)])
            into[0] = into[0] + pull(g)
            into[1] = into[1] + pull(g_dot)
            if bend is not None:
                into[1] = into[1] + bend(g)
            waiting[p] -= 1
            if waiting[p] == 0:
                ready.append(p)


def concatenate(tensors, axis=0):
    """A sum of parts, each padded with zeros to the full length."""
    tensors = [t if isinstance(t, Tensor) else Tensor(t) for t in tensors]
    lengths = [t.shape[axis] for t in tensors]
    total = sum(lengths)
    out = 0.0
    for t, start in zip(tensors, itertools.accumulate([0, *lengths]), strict=False):
        widths = [(0, 0)] * t.data.ndim
        widths[axis] = (start, total - start - t.shape[axis])
        where = [slice(None)] * t.data.ndim
        where[axis] = slice(start, start + t.shape[axis])
        out = out + t.linear(
            lambda x, widths=widths: np.pad(x, widths), lambda g, w=tuple(where): g[w]
        )
    return out


def shifted_sum(x, axis):
    top = x.data.max(axis=axis, keepdims=True)
    return (x - top).exp().sum(axis, True), top


def softmax(x, axis=-1):
    e = (x - x.data.max(axis=axis, keepdims=True)).exp()
    return e / e.sum(axis, True)


def log_softmax(x, axis=-1):
    s, top = shifted_sum(x, axis)
    return x - top - s.log()


def cross_entropy(logits, targets):
    n, c = logits.shape
    targets = asarray(targets)
    if targets.shape != (n,) or not np.isin(targets, np.arange(c)).all():
        raise ValueError("targets: not n integers in 0 … c - 1")
    onehot = np.eye(c)[targets]
    return (log_softmax(logits) * onehot).sum() * (-1 / n)


def gelu(x):
    # 0.5 (1 + tanh u) is the sigmoid of 2u.
    return x * ((x + 0.044715 * x**3) * (2 * (2 / np.pi) ** 0.5)).sigmoid()


def layer_norm(x, gain, bias, eps=1e-5):
    centred = x - x.mean(-1, True)
    return centred / ((centred**2).mean(-1, True) + eps) ** 0.5 * gain + bias


def embedding(table, ids):
    ids = asarray(ids)
    if not np.isin(ids, np.arange(table.shape[0])).all():
        raise ValueError("ids: outside of the table")
    return table[ids]


def numerical_gradient(f, arrays, eps=1e-6):
    gradients = []
    for number, array in enumerate(arrays):
        array = asarray(array, float64)
        gradient = zeros(array.shape)
        for place in ndindex(array.shape):
            e = zeros(array.shape)
            e[place] = eps
            ends = [f(*arrays[:number], array + s * e, *arrays[number + 1 :]) for s in (1, -1)]
            gradient[place] = (float(ends[0]) - float(ends[1])) / (eps + eps)
        gradients.append(gradient)
    return gradients


def gradcheck(f, arrays, eps=1e-6, tol=1e-5):
    arrays = [np.array(a, dtype=float64) for a in arrays]
    leaves = [Tensor(a, True) for a in arrays]
    y = f(*leaves)
    weights = np.linspace(1, 2, y.data.size).reshape(y.shape)
    y.backward(weights)

    def reduced(*xs):
        return np.vdot(weights, f(*map(Tensor, xs)).data)

    errors = {}
    for k, (leaf, n) in enumerate(
        zip(leaves, numerical_gradient(reduced, arrays, eps), strict=True)
    ):
        a = 0 * n if leaf.grad is None else leaf.grad
        for place in ndindex(n.shape):
            errors[k, place] = abs(a[place] - n[place]) / max(1, abs(n[place]))
    where = max(errors, key=lambda at: np.inf if np.isnan(errors[at]) else errors[at])
    return Report(bool(errors[where] <= tol), float(errors[where]), where)


class Walker:
    def __init__(self, parameters, lr, **options):
        if not lr > 0:
            raise ValueError("lr must be > 0")
        self.parameters, self.lr = list(parameters), lr
        self.__dict__.update(options)
        self.sums = [(0.0, 0.0, 0)] * len(self.parameters)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    def step(self):
        for i, p in enumerate(self.parameters):
            if p.grad is not None:
                direction, *self.sums[i : i + 1] = self.rule(p.grad, *self.sums[i])
                p.data -= self.lr * direction


class SGD(Walker):
    def rule(self, g, m, s, t):
        return g, (m, s, t)


class Momentum(Walker):
    def __init__(self, parameters, lr, beta=0.9):
        super().__init__(parameters, lr, beta=beta)

    def rule(self, g, m, s, t):
        m = self.beta * m + (1 - self.beta) * g
        return m, (m, s, t)


class AdaGrad(Walker):
    def __init__(self, parameters, lr, eps=1e-8):
        super().__init__(parameters, lr, eps=eps)

    def rule(self, g, m, s, t):
        s = s + np.square(g)
        return g / (np.sqrt(s) + self.eps), (m, s, t)


class RMSProp(Walker):
    def __init__(self, parameters, lr, beta=0.9, eps=1e-8):
        super().__init__(parameters, lr, beta=beta, eps=eps)

    def rule(self, g, m, s, t):
        s = self.beta * s + (1 - self.beta) * np.square(g)
        return g / (np.sqrt(s) + self.eps), (m, s, t)


class Adam(Walker):
    def __init__(self, parameters, lr, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(parameters, lr, beta1=beta1, beta2=beta2, eps=eps)

    def rule(self, g, m, s, t):
        t += 1
        m = self.beta1 * m + (1 - self.beta1) * g
        s = self.beta2 * s + (1 - self.beta2) * np.square(g)
        m_hat, s_hat = m / (1 - self.beta1**t), s / (1 - self.beta2**t)
        return m_hat / (np.sqrt(s_hat) + self.eps), (m, s, t)


class MLP:
    def __init__(self, sizes, rng):
        self.flat = []
        for rows, columns in itertools.pairwise(sizes):
            self.flat.append(Tensor(rng.normal(0, (2 / rows) ** 0.5, (rows, columns)), True))
            self.flat.append(Tensor(zeros(columns), True))

    def parameters(self):
        return self.flat

    def __call__(self, x):
        h, layers = x if isinstance(x, Tensor) else Tensor(x), list(zip(*[iter(self.flat)] * 2))
        for number, (w, b) in enumerate(layers):
            h = (h.relu() if number else h) @ w + b
        return h


def train(model, x, y, optimizer, epochs, batch, rng):
    if batch <= 0:
        raise ValueError("batch must be positive")
    if len(x) != len(y):
        raise ValueError("x and y have different lengths")
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        cuts = np.arange(batch, len(x), batch)
        total = 0.0
        for rows in np.split(order, cuts):
            optimizer.zero_grad()
            loss = cross_entropy(model(asarray(x)[rows]), asarray(y)[rows])
            loss.backward()
            optimizer.step()
            total += float(loss.data) * rows.size
        history.append(total / order.size)
    return history


def jacobian(f, x):
    """Column by column: one run with a tangent for each entry of x."""
    x = asarray(x, float64)
    columns = []
    for place in ndindex(x.shape):
        dot = zeros(x.shape)
        dot[place] = 1.0
        y = f(Tensor(x, dot=dot))
        columns.append(zeros(y.shape) if y.dot is None else asarray(y.dot))
    return np.stack(columns, axis=-1).reshape(columns[0].shape + x.shape)


def hessian_vector_product(f, x, v):
    if np.shape(x) != np.shape(v):
        raise ValueError("v must have the shape of x")
    leaf = Tensor(x, True, dot=asarray(v, float64))
    y = f(leaf)
    if y.data.size != 1:
        raise ValueError("f has more than one output")
    products = {t: g_dot for t, _, g_dot in reverse(y, np.ones(y.shape))}
    return products.get(leaf, zeros(leaf.shape))
