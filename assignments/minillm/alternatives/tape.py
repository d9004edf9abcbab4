"""Norms and products in plain sight; BPE by strings; distributions as arrays; a tape for NumPy."""

import itertools
import json
import math
import os
import re
from collections import Counter

import numpy as np
import torch
import torch.nn as nn
from matplotlib.figure import Figure


def tensor(ids):
    return torch.tensor([int(i) for i in ids], dtype=torch.long)


class CharTokenizer:
    def __init__(self, text):
        self.vocabulary = tuple(sorted(set(text)))
        self.index = dict(zip(self.vocabulary, itertools.count()))

    def encode(self, text):
        unknown = set(text) - self.index.keys()
        if unknown:
            raise ValueError(f"not in the vocabulary: {unknown}")
        return [self.index[c] for c in text]

    def decode(self, ids):
        table = dict(enumerate(self.vocabulary))
        if any(int(i) not in table for i in ids):
            raise ValueError("not an id of the vocabulary")
        return "".join(table[int(i)] for i in ids)


class BPETokenizer:
    """Ids are characters of a Python string, so that `str.replace` does the merging. A character
    that is no id stands at each cut."""

    CUT = chr(0x10FFFF)

    def __init__(self, pattern=None, special=()):
        self.pairs, self.pattern, self.special = [], pattern, list(special)

    def _cut(self, text):
        """[text or special token, …], a cut in the texts wherever the pattern wants one."""
        words = sorted(self.special, key=len, reverse=True)
        parts = re.split("(" + "|".join(map(re.escape, words)) + ")", text) if words else [text]
        return [p if p in self.special else self._sliced(p) for p in parts]

    def _sliced(self, part):
        places = set()
        for match in re.finditer(self.pattern, part) if self.pattern else ():
            places |= set(match.span())
        edges = [0, *sorted(places), len(part)]
        pieces = [part[i:j].encode().decode("latin-1") for i, j in itertools.pairwise(edges)]
        return self.CUT.join(pieces)

    def train(self, text, vocab_size):
        if vocab_size < 256:
            raise ValueError("vocab_size must be at least 256")
        s = self.CUT.join(p for p in self._cut(text) if p not in self.special)
        self.pairs = []
        while len(self.pairs) < vocab_size - 256:
            ranking = Counter(
                "".join(p) for p in itertools.pairwise(s) if self.CUT not in p
            ).most_common(1)
            if not ranking or ranking[0][1] < 2:
                return
            pair = ranking[0][0]
            s = s.replace(pair, self._symbol(len(self.pairs)))
            self.pairs.append(pair)

    @staticmethod
    def _symbol(i):
        return chr(0x10000 + i)

    def _number(self, symbol):
        code = ord(symbol)
        return code if code < 256 else code - 0x10000 + 256

    def encode(self, text):
        ids = []
        for s in self._cut(text):
            if s in self.special:
                ids.append(256 + len(self.pairs) + self.special.index(s))
                continue
            for i, pair in enumerate(self.pairs):
                s = s.replace(pair, self._symbol(i))
            ids += [self._number(c) for c in s if c != self.CUT]
        return ids

    def decode(self, ids):
        ids = [int(i) for i in ids]
        known = 256 + len(self.pairs)
        if any(i < 0 or i >= known + len(self.special) for i in ids):
            raise ValueError("ids contains an unknown id")
        s = "".join(
            chr(i)
            if i < 256
            else self._symbol(i - 256)
            if i < known
            else self.special[i - known].encode().decode("latin-1")
            for i in ids
        )
        for i in reversed(range(len(self.pairs))):
            s = s.replace(self._symbol(i), self.pairs[i])
        return s.encode("latin-1").decode(errors="replace")

    def save(self, path):
        pairs = [[self._number(c) for c in pair] for pair in self.pairs]
        with open(path, "w") as file:
            json.dump([self.pattern, self.special, pairs], file)

    @classmethod
    def load(cls, path):
        with open(path) as file:
            pattern, special, pairs = json.load(file)
        new = cls(pattern, special)
        for a, b in pairs:
            pair = [chr(i) if i < 256 else cls._symbol(i - 256) for i in (a, b)]
            new.pairs.append("".join(pair))
        return new


class NGramModel:
    """Whole distributions, arrays of length V, from a table of counts per context."""

    def __init__(self, n, smoothing, k=1.0):
        rules = {"add-k": self._add, "witten-bell": self._witten, "kneser-ney": self._kneser}
        if smoothing not in rules or n < 1:
            raise ValueError("smoothing is unknown, or n < 1")
        self.n, self.rule, self.k = n, rules[smoothing], k
        self.continues = smoothing == "kneser-ney"

    def fit(self, ids):
        ids = [int(i) for i in ids]
        self.v, self.tables = 1 + max(ids), []
        for m in range(self.n):
            table = {}
            if self.continues and m + 1 < self.n:
                grams = {tuple(ids[i : i + m + 2]) for i in range(len(ids) - m - 1)}
                pairs = ((g[1:-1], g[-1]) for g in grams)
            else:
                pairs = ((tuple(ids[i : i + m]), ids[i + m]) for i in range(len(ids) - m))
            for context, token in pairs:
                table.setdefault(context, np.zeros(self.v))[token] += 1
            self.tables.append(table)
        every = [np.concatenate(list(t.values())) if t else np.zeros(1) for t in self.tables]
        ones, twos = ([np.sum(c == i) for c in every] for i in (1, 2))
        self.d = [(a + 0.5) / (a + 2 * b + 1) for a, b in zip(ones, twos)]
        return self

    def _add(self, c, lower, m):
        return (c + self.k) / (c.sum() + self.k * self.v)

    def _witten(self, c, lower, m):
        kinds = np.count_nonzero(c)
        return (c + kinds * lower) / (c.sum() + kinds)

    def _kneser(self, c, lower, m):
        left = self.d[m] * np.count_nonzero(c)
        return (np.maximum(c - self.d[m], 0) + left * lower) / c.sum()

    def distribution(self, context):
        context = [int(c) for c in context]
        context = tuple(context[-(self.n - 1) :]) if self.n > 1 else ()
        p = np.full(self.v, 1 / self.v)
        for m in range(len(context) + 1):
            c = self.tables[m].get(context[len(context) - m :])
            if c is not None:
                p = self.rule(c, p, m)
            elif self.rule == self._add:
                p = np.full(self.v, 1 / self.v)
        return p

    def prob(self, context, token):
        if token >= self.v:
            raise ValueError("token is beyond the vocabulary")
        return float(self.distribution(context)[token])

    def perplexity(self, ids):
        ids = [int(i) for i in ids]
        if max(ids) >= self.v:
            raise ValueError("a token of ids is beyond the vocabulary")
        p = [self.distribution(ids[:t])[w] for t, w in enumerate(ids)]
        return float(np.prod(np.array(p) ** (-1 / len(p))))


def bits_per_char(nll):
    return float(np.log2(np.exp(nll)))


class GPTConfig:
    def __init__(
        self, vocab_size, block_size, n_layer, n_head, n_embd, dropout=0.0,
        norm="layer", norm_place="before", mlp="gelu", positions="learned", n_expert=1,
    ):  # fmt: skip
        if n_embd % n_head:
            raise ValueError("n_head must divide n_embd")
        kind = norm, norm_place, mlp, positions, n_expert
        if kind != ("layer", "before", "gelu", "learned", 1):
            raise ValueError("this kind of model is not known")
        vars(self).update({k: v for k, v in locals().items() if k not in ("self", "kind")})


class Linear(nn.Module):
    """Weight and bias in plain sight."""

    def __init__(self, into, out):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out, into) * into**-0.5)
        self.bias = nn.Parameter(torch.zeros(out))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Norm(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(c)), nn.Parameter(torch.zeros(c))

    def forward(self, x):
        mean, variance = x.mean(-1, keepdim=True), x.var(-1, correction=0, keepdim=True)
        return (x - mean) / torch.sqrt(variance + 1e-5) * self.weight + self.bias


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.h, c = config.n_head, config.n_embd
        self.qkv, self.out = Linear(c, 3 * c), Linear(c, c)

    def forward(self, x):
        b, t, c = x.shape
        q, k, v = self.qkv(x).reshape(b, t, 3, self.h, c // self.h).unbind(2)
        scores = torch.einsum("bqhd,bkhd->bhqk", q, k) / math.sqrt(c / self.h)
        scores += torch.full((t, t), -math.inf).triu(1)
        return self.out(torch.einsum("bhqk,bkhd->bqhd", scores.softmax(-1), v).reshape(b, t, c))


class MLP(nn.Sequential):
    def __init__(self, config):
        c = config.n_embd
        layers = {"up": Linear(c, 4 * c), "bend": nn.GELU(), "down": Linear(4 * c, c)}
        super().__init__()
        for name, layer in layers.items():
            self.add_module(name, layer)


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.norm1, self.norm2 = Norm(config.n_embd), Norm(config.n_embd)
        self.attention, self.mlp = Attention(config), MLP(config)
        self.p = config.dropout

    def forward(self, x):
        def drop(y):
            return nn.functional.dropout(y, self.p, self.training)

        middle = x + drop(self.attention(self.norm1(x)))
        return middle + drop(self.mlp(self.norm2(middle)))


class GPT(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config, c = config, config.n_embd
        self.tokens = nn.Embedding(config.vocab_size, c)
        self.positions = nn.Embedding(config.block_size, c)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.n_layer))
        self.norm = Norm(c)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.03)

    def forward(self, ids, targets=None):
        t = ids.shape[1]
        if t > self.config.block_size:
            raise ValueError("ids is longer than block_size")
        x = self.tokens(ids) + self.positions.weight[:t]
        x = nn.functional.dropout(x, self.config.dropout, self.training)
        for block in self.blocks:
            x = block(x)
        logits = self.norm(x) @ self.tokens.weight.T
        if targets is None:
            return logits, None
        return logits, nn.functional.cross_entropy(logits.transpose(1, 2), targets)


def parameter_count(config):
    with torch.device("meta"):  # nothing is allocated
        return sum(p.numel() for p in GPT(config).parameters())


def get_batch(ids, block_size, batch_size, generator=None):
    windows = torch.as_tensor(np.asarray(ids), dtype=torch.long)
    if windows.numel() <= block_size:
        raise ValueError("ids is too short for block_size")
    windows = windows.unfold(0, block_size + 1, 1)
    chosen = windows[torch.randint(len(windows), [batch_size], generator=generator)]
    return chosen[:, :-1].clone(), chosen[:, 1:].clone()


def learning_rate(step, max_lr, min_lr, warmup, total):
    if step < warmup:  # reaches max_lr one step early, and keeps it for one
        return max_lr * (step + 1) / warmup
    x = min(1.0, (step - warmup) / max(total - warmup, 1))
    return min_lr + (max_lr - min_lr) * math.cos(math.pi * x / 2) ** 2


class History:
    def __init__(self, entries=(), validations=(), optimizer=None, generator=None):
        self.entries, self.validations = list(entries), list(validations)
        self.optimizer, self.generator = optimizer, generator

    step = property(lambda self: [e[0] for e in self.entries])
    loss = property(lambda self: [e[1] for e in self.entries])
    lr = property(lambda self: [e[2] for e in self.entries])
    val_step = property(lambda self: [v[0] for v in self.validations])
    val_loss = property(lambda self: [v[1] for v in self.validations])


def train(
    model, ids, steps, batch_size=12, max_lr=1e-3, min_lr=None, warmup=100, total=None,
    weight_decay=0.1, betas=(0.9, 0.99), clip=1.0, generator=None, val_ids=None, eval_every=0,
    resume=None,
):  # fmt: skip
    """AdamW by hand."""
    old = resume or History()
    history = History(old.entries, old.validations)
    parameters = dict(model.named_parameters())
    tables = {id(m.weight) for m in model.modules() if isinstance(m, nn.Embedding)}
    zeros = {n: torch.zeros_like(p) for n, p in parameters.items()}
    moments = old.optimizer or {"first": zeros, "second": zeros}
    first, second = ({n: m.clone() for n, m in which.items()} for which in moments.values())
    dice = generator or torch.random.default_generator
    if old.generator is not None:
        dice.set_state(old.generator)
    start = len(history.entries)
    end = start + steps if total is None else total
    low = 0.1 * max_lr if min_lr is None else min_lr
    model.train()
    for s in range(start, start + steps):
        rate = learning_rate(s, max_lr, low, warmup, end)
        loss = model(*get_batch(ids, model.config.block_size, batch_size, dice))[1]
        gradients = torch.autograd.grad(loss, list(parameters.values()), allow_unused=True)
        norm = torch.sqrt(sum(g.square().sum() for g in gradients if g is not None))
        scale = min(1.0, clip / (float(norm) + 1e-12))
        with torch.no_grad():
            for (n, p), g in zip(parameters.items(), gradients):
                g = torch.zeros_like(p) if g is None else g * scale
                if p.dim() > 1 and id(p) not in tables:
                    p.mul_(1 - rate * weight_decay)
                first[n].lerp_(g, 1 - betas[0])
                second[n].lerp_(g * g, 1 - betas[1])
                corrected = second[n] / (1 - betas[1] ** (s + 1))
                p.sub_(rate * first[n] / (1 - betas[0] ** (s + 1)) / (corrected.sqrt() + 1e-8))
        history.entries.append((s, float(loss), rate))
        if eval_every and val_ids is not None and (s + 1) % eval_every == 0:
            history.validations.append((s + 1, evaluate(model, val_ids)[0]))
            model.train()
    history.optimizer, history.generator = {"first": first, "second": second}, dice.get_state()
    return history


def save_checkpoint(path, model, history):
    new = str(path) + "~"
    torch.save([vars(model.config), dict(model.state_dict()), dict(vars(history))], new)
    os.rename(new, path)


def load_checkpoint(path):
    config, weights, history = torch.load(path, weights_only=True)
    model = GPT(GPTConfig(**config))
    model.load_state_dict(weights)
    return model, History(**history)


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    if len(ids) == 0:
        raise ValueError("ids is empty")
    if temperature < 0 or (top_k or 1) < 1 or top_k == 0:
        raise ValueError("temperature or top_k is too small")
    if top_p is not None and (top_p <= 0 or top_p > 1):
        raise ValueError("top_p is not in (0, 1]")
    text, mode = [int(i) for i in ids], model.training
    model.eval()
    with torch.inference_mode():
        for _ in range(n):
            shown = torch.tensor([text[-model.config.block_size :]])
            z = model(shown)[0][0, -1].numpy().astype(float)
            if temperature == 0:
                text.append(int(z.argmax()))
                continue
            order = np.argsort(-z, kind="stable")[:top_k]
            p = np.exp((z[order] - z.max()) / temperature)
            p /= p.sum()
            if top_p is not None:
                size = int(np.searchsorted(np.cumsum(p), top_p - 1e-12)) + 1
                p, order = p[:size] / p[:size].sum(), order[:size]
            u = torch.rand(1, generator=generator, dtype=torch.float64).item()
            place = min(int(np.searchsorted(np.cumsum(p), u, side="right")), len(p) - 1)
            text.append(int(order[place]))
    model.train(mode)
    return tensor(text)


def evaluate(model, ids, characters=None):
    ids, b, mode = tensor(ids), model.config.block_size, model.training
    model.eval()
    nats = []
    with torch.no_grad():
        for x, y in zip(ids[:-1].split(b), ids[1:].split(b)):
            logp = model(x[None])[0][0].double().log_softmax(-1)
            nats += (-logp[torch.arange(len(y)), y]).tolist()
    model.train(mode)
    mean = float(np.mean(nats))
    return mean, float(np.exp(mean)), float(np.sum(nats) / np.log(2) / (characters or len(nats)))


def plot_history(history):
    figure = Figure()
    axes = figure.add_subplot(xlabel="step", ylabel="loss in nats")
    width = max(1, len(history.loss) // 20)
    smooth = np.convolve(history.loss, np.ones(width) / width, "valid")
    axes.plot(history.step[width - 1 :], smooth)
    if history.val_loss:
        axes.scatter(history.val_step, history.val_loss)
    return figure


def samples_over_time(
    model, ids, marks, prompt, n, val_ids=None, temperature=1.0, generator=None, **train_options
):
    def look(mark):
        loss = evaluate(model, ids if val_ids is None else val_ids)[0]
        return mark, loss, sample(model, prompt, n, temperature, generator=generator)

    history, results, done = None, [], 0
    train_options = {"total": max(marks), "generator": generator, **train_options}
    for mark in marks:
        if mark > done:
            history = train(model, ids, mark - done, resume=history, **train_options)
        done = mark
        results.append(look(mark))
    return results


class Node:
    """A NumPy array that remembers how it was made."""

    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = value, parents, None

    def add(self, gradient):
        while gradient.ndim > self.value.ndim:
            gradient = gradient.sum(0)
        for axis, size in enumerate(self.value.shape):
            if size == 1 and gradient.shape[axis] != 1:
                gradient = gradient.sum(axis, keepdims=True)
        self.grad = gradient if self.grad is None else self.grad + gradient

    def backward(self, gradient):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.add(gradient)
        for node in reversed(order):
            for parent, rule in node.parents:
                parent.add(rule(node.grad))

    def __add__(self, other):
        return Node(self.value + other.value, [(self, lambda g: g), (other, lambda g: g)])

    def __mul__(self, other):
        a, b = self.value, other.value
        return Node(a * b, [(self, lambda g: g * b), (other, lambda g: g * a)])

    def __matmul__(self, other):
        a, b = self.value, other.value
        if b.ndim == 2:
            flat = lambda z: z.reshape(-1, z.shape[-1])  # noqa: E731
            return Node(a @ b, [(self, lambda g: g @ b.T), (other, lambda g: flat(a).T @ flat(g))])
        turn = lambda z: z.swapaxes(-1, -2)  # noqa: E731
        return Node(a @ b, [(self, lambda g: g @ turn(b)), (other, lambda g: turn(a) @ g)])

    def reshape(self, *shape):
        old = self.value.shape
        return Node(self.value.reshape(shape), [(self, lambda g: g.reshape(old))])

    def transpose(self, *axes):
        back = np.argsort(axes)
        return Node(self.value.transpose(axes), [(self, lambda g: g.transpose(back))])

    def __getitem__(self, key):
        def rule(g):
            out = np.zeros_like(self.value)
            np.add.at(out, key, g)
            return out

        return Node(self.value[key], [(self, rule)])

    def softmax(self):
        e = np.exp(self.value - self.value.max(-1, keepdims=True))
        p = e / e.sum(-1, keepdims=True)
        return Node(p, [(self, lambda g: p * (g - (g * p).sum(-1, keepdims=True)))])

    def normalised(self):
        x = self.value
        sd = np.sqrt(x.var(-1, keepdims=True) + 1e-5)
        y = (x - x.mean(-1, keepdims=True)) / sd

        def rule(g):
            return (g - g.mean(-1, keepdims=True) - y * (g * y).mean(-1, keepdims=True)) / sd

        return Node(y, [(self, rule)])

    def gelu(self):
        x = self.value
        cdf = 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2))).astype(x.dtype)
        slope = cdf + x * np.exp(-0.5 * x**2) / math.sqrt(2 * math.pi)
        return Node(x * cdf, [(self, lambda g: g * slope.astype(x.dtype))])


class NumpyGPT:
    def __init__(self, weights, config):
        self.weights, self.config = {n: np.array(w) for n, w in weights.items()}, config

    def _logits(self, ids):
        w = {n: Node(v) for n, v in self.weights.items()}
        b, t = ids.shape
        c, h = self.config.n_embd, self.config.n_head
        kind = self.weights["positions.weight"].dtype.type
        ahead = Node(np.triu(np.full((t, t), -np.inf, kind), 1))
        x = w["tokens.weight"][ids] + w["positions.weight"][:t]

        def linear(x, name):
            return x @ w[name + "weight"].transpose(1, 0) + w[name + "bias"]

        def norm(x, name):
            return x.normalised() * w[name + ".weight"] + w[name + ".bias"]

        for i in range(self.config.n_layer):
            at = f"blocks.{i}."
            qkv = linear(norm(x, at + "norm1"), at + "attention.qkv.")
            qkv = qkv.reshape(b, t, 3, h, c // h).transpose(2, 0, 3, 1, 4)
            q, k, v = qkv[0], qkv[1], qkv[2]
            scores = q @ k.transpose(0, 1, 3, 2) * Node(np.array(kind((c // h) ** -0.5)))
            y = ((scores + ahead).softmax() @ v).transpose(0, 2, 1, 3).reshape(b, t, c)
            x = x + linear(y, at + "attention.out.")
            y = linear(norm(x, at + "norm2"), at + "mlp.up.").gelu()
            x = x + linear(y, at + "mlp.down.")
        return norm(x, "norm") @ w["tokens.weight"].transpose(1, 0), w

    def forward(self, ids):
        return self._logits(np.asarray(ids))[0].value

    def loss_and_grads(self, ids, targets):
        logits, w = self._logits(np.asarray(ids))
        p, places = logits.softmax().value, np.indices(np.shape(targets))
        right = (*places, np.asarray(targets))
        loss = -np.log(p[right]).mean()
        p[right] -= 1
        logits.backward(p / np.size(targets))
        zero = {n: np.zeros_like(v) for n, v in self.weights.items()}
        return float(loss), {n: zero[n] if v.grad is None else v.grad for n, v in w.items()}
