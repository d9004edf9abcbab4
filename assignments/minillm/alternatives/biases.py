"""ReLU and biases everywhere, a norm by hand, AdamW in a dict by name, sampling by running totals.

N-grams are one dict from a whole context to the counts of what followed it.
"""

import bisect
import copy
import dataclasses
import itertools
import json
import math
import pathlib
import re

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import nn


def as_list(ids):
    return [int(i) for i in (ids.tolist() if hasattr(ids, "tolist") else ids)]


def as_tensor(ids):
    return torch.tensor(as_list(ids), dtype=torch.int64)


class CharTokenizer:
    def __init__(self, text):
        self.vocabulary = sorted(set(text))

    def encode(self, text):
        found = [bisect.bisect_left(self.vocabulary, c) for c in text]
        for i, c in zip(found, text):
            if i == len(self.vocabulary) or self.vocabulary[i] != c:
                raise ValueError(f"{c!r} is not in the vocabulary")
        return found

    def decode(self, ids):
        ids = as_list(ids)
        if not set(ids) <= set(range(len(self.vocabulary))):
            raise ValueError("ids beyond the vocabulary")
        return "".join(map(self.vocabulary.__getitem__, ids))


class BPETokenizer:
    def __init__(self, pattern=None, special=()):
        self.pattern, self.special, self.merges = pattern, list(special), []

    def _parts(self, text):
        """(is it special?, piece of text), in order."""
        if self.special:
            longest_first = sorted(self.special, key=len, reverse=True)
            cut = "(" + "|".join(map(re.escape, longest_first)) + ")"
            parts = re.split(cut, text)
        else:
            parts = [text]
        for number, part in enumerate(parts):
            if number % 2:
                yield True, part
            else:
                yield from ((False, piece) for piece in self._pieces(part))

    def _pieces(self, text):
        if self.pattern is None:
            return [text]
        ends = {0, len(text)}
        for match in re.finditer(self.pattern, text):
            ends |= {match.start(), match.end()}
        return [text[a:b] for a, b in itertools.pairwise(sorted(ends))]

    @staticmethod
    def _merged(ids, pair, new):
        done = []
        for i in ids:
            done.append(i)
            if tuple(done[-2:]) == pair:
                done[-2:] = [new]
        return done

    def train(self, text, vocab_size):
        if vocab_size < 256:
            raise ValueError("vocab_size must be at least 256")
        self.merges = []
        pieces = [list(part.encode()) for is_special, part in self._parts(text) if not is_special]
        while 256 + len(self.merges) < vocab_size:
            counts = {}
            for piece in pieces:
                for pair in itertools.pairwise(piece):
                    counts[pair] = counts.get(pair, 0) + 1
            best = max(counts, key=counts.get, default=None)  # the first of equals
            if best is None or counts[best] < 2:
                break
            new = 256 + len(self.merges)
            self.merges.append(best)
            pieces = [self._merged(piece, best, new) for piece in pieces]

    def encode(self, text):
        rank, out = {pair: i for i, pair in enumerate(self.merges)}, []
        for is_special, part in self._parts(text):
            if is_special:
                out.append(256 + len(self.merges) + self.special.index(part))
                continue
            ids = list(part.encode())
            while known := [p for p in itertools.pairwise(ids) if p in rank]:
                first = min(known, key=rank.get)
                ids = self._merged(ids, first, 256 + rank[first])
            out += ids
        return out

    def decode(self, ids):
        table = [bytes([i]) for i in range(256)]
        for a, b in self.merges:
            table.append(table[a] + table[b])
        table += [token.encode() for token in self.special]
        ids = as_list(ids)
        if any(not 0 <= i < len(table) for i in ids):
            raise ValueError("an id without a token")
        return b"".join(table[i] for i in ids).decode(errors="replace")

    def save(self, path):
        state = {"pattern": self.pattern, "special": self.special, "merges": self.merges}
        pathlib.Path(path).write_text(json.dumps(state), encoding="utf-8")

    @classmethod
    def load(cls, path):
        state = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        tokenizer = cls(state["pattern"], state["special"])
        tokenizer.merges = [tuple(pair) for pair in state["merges"]]
        return tokenizer


class NGramModel:
    def __init__(self, n, smoothing, k=1.0):
        ways = {
            "add-k": self._add_k,
            "witten-bell": self._interpolate,
            "kneser-ney": self._discount,
        }
        if n < 1:
            raise ValueError("n must be at least 1")
        if smoothing not in ways:
            raise ValueError(f"smoothing must be one of {sorted(ways)}")
        self.n, self.k, self.way, self.kneser = n, k, ways[smoothing], smoothing == "kneser-ney"

    def fit(self, ids):
        ids = as_list(ids)
        if not ids:
            raise ValueError("ids must not be empty")
        self.size, self.after, self.memory = max(ids) + 1, {}, {}
        for m in range(1, self.n + 1):
            grams = zip(*(ids[i:] for i in range(m)))
            if self.kneser and m < self.n:  # each different predecessor counts once
                longer = set(zip(*(ids[i:] for i in range(m + 1))))
                grams = (gram[1:] for gram in longer)
            for *context, token in grams:
                row = self.after.setdefault(tuple(context), {})
                row[token] = row.get(token, 0) + 1
        return self

    def _add_k(self, context, token):
        row = self.after.get(context, {})
        return (row.get(token, 0) + self.k) / (sum(row.values()) + self.k * self.size)

    def _shorter(self, context, token):
        return self.way(context[1:], token) if context else 1 / self.size

    def _interpolate(self, context, token):
        row = self.after.get(context)
        if not row:
            return self._shorter(context, token)
        kinds = len(row)
        told = row.get(token, 0) + kinds * self._shorter(context, token)
        return told / (self._total(context, row) + kinds)

    def _discount(self, context, token):
        row = self.after.get(context)
        if not row:
            return self._shorter(context, token)
        kept = max(row.get(token, 0) - 0.7, 0.0)
        handed_on = 0.7 * len(row) * self._shorter(context, token)
        return (kept + handed_on) / self._total(context, row)

    def _total(self, context, row):
        if context not in self.memory:
            self.memory[context] = sum(row.values())
        return self.memory[context]

    def prob(self, context, token):
        if not 0 <= token < self.size:
            raise ValueError(f"token must be below {self.size}")
        context = tuple(as_list(context))
        return float(self.way(context[max(0, len(context) - self.n + 1) :], int(token)))

    def perplexity(self, ids):
        ids = as_list(ids)
        starts = (max(0, t - self.n + 1) for t in range(len(ids)))
        logs = [math.log(self.prob(ids[a:t], ids[t])) for t, a in enumerate(starts)]
        return math.exp(-math.fsum(logs) / len(logs))


def bits_per_char(nll):
    return nll * math.log2(math.e)


@dataclasses.dataclass
class GPTConfig:
    vocab_size: int
    block_size: int
    n_layer: int
    n_head: int
    n_embd: int
    dropout: float = 0.0
    norm: str = "layer"
    norm_place: str = "before"
    mlp: str = "relu"
    positions: str = "learned"
    n_expert: int = 1

    def written(self, **kinds):
        for name, kind in kinds.items():
            if getattr(self, name) != kind:
                raise ValueError(f"{name} {getattr(self, name)!r} is not written, only {kind!r}")


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(width)), nn.Parameter(torch.zeros(width))

    def forward(self, x):
        x = x - x.mean(dim=-1, keepdim=True)
        deviation = torch.sqrt(torch.mean(x * x, dim=-1, keepdim=True) + 1e-5)
        return torch.addcmul(self.bias, x / deviation, self.weight)


class MLP(nn.Module):
    def __init__(self, config):
        super().__init__()
        config.written(mlp="relu")
        self.up = nn.Linear(config.n_embd, 4 * config.n_embd)
        self.down = nn.Linear(4 * config.n_embd, config.n_embd)

    def forward(self, x):
        return self.down(self.up(x).clamp(min=0))


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.n_embd % config.n_head != 0:
            raise ValueError("n_embd must be a multiple of n_head")
        self.heads, self.share = config.n_head, config.dropout
        self.qkv = nn.Linear(config.n_embd, 3 * config.n_embd)
        self.out = nn.Linear(config.n_embd, config.n_embd)

    def forward(self, x):
        t, width = x.shape[-2:]
        d = width // self.heads
        q, k, v = torch.split(self.qkv(x), width, dim=-1)
        results = []
        for h in range(self.heads):
            own = slice(h * d, (h + 1) * d)
            scores = torch.einsum("bid,bjd->bij", q[..., own], k[..., own]) / math.sqrt(d)
            past = torch.arange(t)[:, None] >= torch.arange(t)
            e = torch.where(past, scores, -1e30)
            e = torch.exp(e - e.amax(dim=-1, keepdim=True))
            a = e / e.sum(dim=-1, keepdim=True)
            results.append(nn.functional.dropout(a, self.share, self.training) @ v[..., own])
        return self.out(torch.cat(results, dim=-1))


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        config.written(norm="layer", norm_place="before", n_expert=1)
        self.norm1, self.norm2 = Norm(config.n_embd), Norm(config.n_embd)
        self.attention, self.mlp = Attention(config), MLP(config)

    def forward(self, x):
        middle = x + self.attention(self.norm1(x))
        return middle + self.mlp(self.norm2(middle))


class GPT(nn.Module):
    def __init__(self, config):
        super().__init__()
        config.written(positions="learned")
        self.config, width = config, config.n_embd
        self.tokens = nn.Embedding(config.vocab_size, width)
        self.positions = nn.Embedding(config.block_size, width)
        self.blocks = nn.Sequential(*[Block(config) for _ in range(config.n_layer)])
        self.norm = Norm(width)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.uniform_(module.weight, -0.04, 0.04)
                nn.init.zeros_(module.bias)
            elif isinstance(module, nn.Embedding):
                nn.init.uniform_(module.weight, -0.04, 0.04)

    def forward(self, ids, targets=None):
        t = ids.size(1)
        if t > self.config.block_size:
            raise ValueError(f"{t} tokens do not fit a block of {self.config.block_size}")
        x = self.tokens.weight[ids] + self.positions(torch.arange(t))
        x = nn.functional.dropout(x, self.config.dropout, self.training)
        logits = nn.functional.linear(self.norm(self.blocks(x)), self.tokens.weight)
        if targets is None:
            return logits, None
        log_p = torch.log_softmax(logits, dim=-1)
        return logits, -torch.take_along_dim(log_p, targets[..., None], dim=-1).mean()


def parameter_count(config):
    c = config.n_embd
    norm, linear = 2 * c, lambda n_in, n_out: n_out * (n_in + 1)
    layer = 2 * norm + linear(c, 3 * c) + linear(c, c) + linear(c, 4 * c) + linear(4 * c, c)
    return (config.vocab_size + config.block_size) * c + config.n_layer * layer + norm


def get_batch(ids, block_size, batch_size, generator=None):
    ids = as_tensor(ids)
    starts = len(ids) - block_size
    if starts < 1:
        raise ValueError("ids must have at least block_size + 1 tokens")
    places = torch.randint(starts, (batch_size, 1), generator=generator) + torch.arange(block_size)
    return ids[places], ids[places + 1]


def learning_rate(step, max_lr, min_lr, warmup, total):
    if step < warmup:
        return max_lr * (step + 1) / (warmup + 1)
    if step >= total:
        return float(min_lr)
    angle = math.pi * (step - warmup) / (total - warmup)
    return min_lr + 0.5 * (max_lr - min_lr) * (1 + math.cos(angle))


@dataclasses.dataclass
class History:
    step: list = dataclasses.field(default_factory=list)
    loss: list = dataclasses.field(default_factory=list)
    lr: list = dataclasses.field(default_factory=list)
    val_step: list = dataclasses.field(default_factory=list)
    val_loss: list = dataclasses.field(default_factory=list)
    optimizer: dict | None = None
    generator: torch.Tensor | None = None


def train(
    model,
    ids,
    steps,
    batch_size=12,
    max_lr=1e-3,
    min_lr=None,
    warmup=100,
    total=None,
    weight_decay=0.1,
    betas=(0.9, 0.99),
    clip=1.0,
    generator=None,
    val_ids=None,
    eval_every=0,
    resume=None,
):
    ids, history = as_tensor(ids), copy.deepcopy(resume) or History()
    dice = torch.default_generator if generator is None else generator
    if history.generator is not None:
        dice.set_state(history.generator)
    named = dict(model.named_parameters())
    moments = history.optimizer or {
        name: [torch.zeros_like(p), torch.zeros_like(p)] for name, p in named.items()
    }
    tables = {id(m.weight) for m in model.modules() if isinstance(m, nn.Embedding)}
    first = len(history.step)
    end = total or first + steps
    model.train()
    for step in range(first, first + steps):
        lr = learning_rate(step, max_lr, max_lr / 10 if min_lr is None else min_lr, warmup, end)
        x, y = get_batch(ids, model.config.block_size, batch_size, dice)
        loss = model(x, y)[1]
        gradients = dict(zip(named, torch.autograd.grad(loss, list(named.values()))))
        length = math.sqrt(sum(float(g.double().square().sum()) for g in gradients.values()))
        shrink = min(1.0, clip / max(length, 1e-12))
        with torch.no_grad():
            for name, p in named.items():
                g, (mean, square) = gradients[name] * shrink, moments[name]
                mean.mul_(betas[0]).add_(g, alpha=1 - betas[0])
                square.mul_(betas[1]).addcmul_(g, g, value=1 - betas[1])
                if p.dim() >= 2 and id(p) not in tables:
                    p.mul_(1 - lr * weight_decay)
                root = torch.sqrt(square / (1 - betas[1] ** (step + 1))) + 1e-8
                p.addcdiv_(mean, root, value=-lr / (1 - betas[0] ** (step + 1)))
        history.step.append(step)
        history.loss.append(loss.item())
        history.lr.append(lr)
        if eval_every > 0 and val_ids is not None and len(history.step) % eval_every == 0:
            history.val_step.append(len(history.step))
            history.val_loss.append(evaluate(model, val_ids)[0])
            model.train()
    history.optimizer, history.generator = moments, dice.get_state()
    return history


def save_checkpoint(path, model, history):
    path = pathlib.Path(path)
    beside = path.with_name(path.name + ".unfinished")
    torch.save(
        {
            "config": dataclasses.asdict(model.config),
            "model": model.state_dict(),
            "history": dataclasses.asdict(history),
        },
        beside,
    )
    beside.replace(path)


def load_checkpoint(path):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model = GPT(GPTConfig(**saved["config"]))
    model.load_state_dict(saved["model"])
    return model, History(**saved["history"])


def drawn(logits, temperature, top_k, top_p, generator):
    p = torch.softmax(logits.double() / temperature, dim=0)
    values, order = torch.sort(p, descending=True, stable=True)
    values = values[: min(top_k or len(p), len(p))]
    values = values / values.sum()
    if top_p is not None:
        before = torch.cumsum(values, dim=0) - values
        values = values[before < top_p]
    totals = torch.cumsum(values, dim=0)
    height = torch.rand((), generator=generator, dtype=torch.float64) * totals[-1]
    return order[min(int(torch.searchsorted(totals, height, right=True)), len(totals) - 1)]


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    ids = as_list(ids)
    if not ids:
        raise ValueError("the prompt must not be empty")
    if temperature < 0 or (top_k is not None and top_k < 1):
        raise ValueError("temperature must not be negative, top_k must be at least 1")
    if top_p is not None and not 0 < top_p <= 1:
        raise ValueError("top_p must lie in (0, 1]")
    mode = model.training
    model.eval()
    try:
        with torch.no_grad():
            for _ in range(n):
                window = torch.tensor([ids[-model.config.block_size :]])
                logits = model(window)[0][0, -1]
                best = temperature == 0
                new = (
                    logits.argmax() if best else drawn(logits, temperature, top_k, top_p, generator)
                )
                ids.append(int(new))
    finally:
        model.train(mode)
    return torch.tensor(ids, dtype=torch.int64)


def evaluate(model, ids, characters=None):
    ids, block, mode, nats = as_tensor(ids), model.config.block_size, model.training, 0.0
    model.eval()
    try:
        with torch.no_grad():
            for start in range(0, len(ids) - 1, block):
                window = ids[start : start + block + 1]
                log_p = torch.log_softmax(model(window[None, :-1])[0][0].double(), dim=-1)
                nats -= float(log_p.gather(1, window[1:, None]).sum())
    finally:
        model.train(mode)
    count = len(ids) - 1
    bits = bits_per_char(nats / (count if characters is None else characters))
    return nats / count, math.exp(nats / count), bits


def plot_history(history):
    figure = Figure(figsize=(6, 4))
    axes = figure.add_subplot()
    axes.scatter(history.step, history.loss, s=2, label="training")
    if history.val_step:
        axes.plot(history.val_step, history.val_loss, color="black", label="held out")
    axes.set_xlabel("number of the update")
    axes.set_ylabel("cross-entropy in nats")
    axes.legend()
    return figure


def samples_over_time(
    model, ids, marks, prompt, n, val_ids=None, temperature=1.0, generator=None, **train_options
):
    marks, history, rows = list(marks), None, []
    train_options = {"total": marks[-1] or None, "generator": generator} | train_options
    for mark in marks:
        done = len(history.step) if history else 0
        if mark > done:
            history = train(model, ids, mark - done, resume=history, **train_options)
        judged = evaluate(model, val_ids if val_ids is not None else ids)[0]
        text = sample(model, prompt, n, temperature=temperature, generator=generator)
        rows.append((mark, judged, text))
    return rows


class NumpyGPT:
    def __init__(self, weights, config):
        self.weights, self.config = copy.deepcopy(dict(weights)), config

    def _norm(self, name, x):
        x = x - x.mean(-1, keepdims=True)
        deviation = np.sqrt((x * x).mean(-1, keepdims=True) + x.dtype.type(1e-5))
        hat = x / deviation

        def back(g, grads):
            grads[name + ".weight"] = (g * hat).sum((0, 1))
            grads[name + ".bias"] = g.sum((0, 1))
            g = g * self.weights[name + ".weight"]
            g = g - g.mean(-1, keepdims=True) - hat * (g * hat).mean(-1, keepdims=True)
            return g / deviation

        return hat * self.weights[name + ".weight"] + self.weights[name + ".bias"], back

    def _linear(self, name, x):
        w = self.weights[name + ".weight"]

        def back(g, grads):
            flat = g.reshape(-1, g.shape[-1])
            grads[name + ".weight"] = flat.T @ x.reshape(-1, x.shape[-1])
            grads[name + ".bias"] = flat.sum(0)
            return g @ w

        return x @ w.T + self.weights[name + ".bias"], back

    def _heads(self, qkv):
        """The heads' results side by side, and the way back to qkv."""
        _, t, width = qkv.shape
        d, heads = width // 3 // self.config.n_head, self.config.n_head
        scale, future = qkv.dtype.type(d**-0.5), ~np.tri(t, dtype=bool)
        parts, back_parts = [], []
        for h in range(heads):
            q, k, v = (
                qkv[..., i * width // 3 + h * d : i * width // 3 + (h + 1) * d] for i in range(3)
            )
            s = q @ k.transpose(0, 2, 1) * scale
            s = np.where(future, qkv.dtype.type(-1e30), s)
            a = np.exp(s - s.max(-1, keepdims=True))
            a = a / a.sum(-1, keepdims=True)
            parts.append(a @ v)
            back_parts.append((q, k, v, a))

        def back(g, _):
            into = np.zeros_like(qkv)
            for h, (q, k, v, a) in enumerate(back_parts):
                own = g[..., h * d : (h + 1) * d]
                da = own @ v.transpose(0, 2, 1)
                ds = a * (da - (da * a).sum(-1, keepdims=True)) * scale
                shares = ds @ k, ds.transpose(0, 2, 1) @ q, a.transpose(0, 2, 1) @ own
                for i, share in enumerate(shares):
                    at = i * width // 3 + h * d
                    into[..., at : at + d] = share
            return into

        return np.concatenate(parts, -1), back

    def _half(self, x, norm, *steps):
        """x + the steps applied to the normed x, and the way back."""
        y, back = self._norm(norm, x)
        backs = [back]
        for step in steps:
            y, back = step(y)
            backs.append(back)

        def whole(g, grads):
            inner = g
            for back in reversed(backs):
                inner = back(inner, grads)
            return g + inner

        return x + y, whole

    def _run(self, ids):
        w, backs = self.weights, []
        x = w["tokens.weight"][ids] + w["positions.weight"][: ids.shape[1]]

        def relu(u):
            return np.maximum(u, 0), lambda g, _: g * (u > 0)

        def linear(name):
            return lambda x: self._linear(name, x)

        for i in range(self.config.n_layer):
            at = f"blocks.{i}."
            qkv, out = linear(at + "attention.qkv"), linear(at + "attention.out")
            x, back = self._half(x, at + "norm1", qkv, self._heads, out)
            backs.append(back)
            up, down = linear(at + "mlp.up"), linear(at + "mlp.down")
            x, back = self._half(x, at + "norm2", up, relu, down)
            backs.append(back)
        x, back = self._norm("norm", x)
        return x, [*backs, back]

    def forward(self, ids):
        return self._run(np.asarray(ids))[0] @ self.weights["tokens.weight"].T

    def loss_and_grads(self, ids, targets):
        ids, targets, grads = np.asarray(ids), np.asarray(targets), {}
        table = self.weights["tokens.weight"]
        x, backs = self._run(ids)
        z = x @ table.T
        z = z - z.max(-1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(-1, keepdims=True))
        chosen = np.take_along_axis(log_p, targets[..., None], -1)
        g = np.exp(log_p)
        np.put_along_axis(g, targets[..., None], np.exp(chosen) - 1, -1)
        g /= ids.size
        by_output = g.reshape(-1, len(table)).T @ x.reshape(-1, x.shape[-1])
        g = g @ table
        for back in reversed(backs):
            g = back(g, grads)
        grads["tokens.weight"] = by_output
        np.add.at(grads["tokens.weight"], ids, g)
        grads["positions.weight"] = np.zeros_like(self.weights["positions.weight"])
        grads["positions.weight"][: ids.shape[1]] = g.sum(0)
        return -float(chosen.mean()), grads
