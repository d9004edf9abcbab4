"""In the manner of GPT-2: biases, GELU, an aliased output layer, dicts for counts, plain loops."""

import copy
import io
import math
import os
import pickle
import re
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class CharTokenizer:
    def __init__(self, text):
        self.vocabulary = "".join(sorted(set(text)))

    def encode(self, text):
        out = []
        for c in text:
            i = self.vocabulary.find(c)
            if i < 0:
                raise ValueError(f"unknown character {c!r}")
            out.append(i)
        return out

    def decode(self, ids):
        if any(int(i) < 0 or int(i) >= len(self.vocabulary) for i in ids):
            raise ValueError("unknown id")
        return "".join(self.vocabulary[int(i)] for i in ids)


def merge(ids, pair, new):
    out, i = [], 0
    while i < len(ids):
        if i + 1 < len(ids) and ids[i] == pair[0] and ids[i + 1] == pair[1]:
            out.append(new)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


class BPETokenizer:
    def __init__(self, pattern=None, special=()):
        self.pattern = pattern
        self.special = list(special)
        self.reset({})

    def reset(self, merges):
        self.merges = merges
        self.vocab = {i: bytes([i]) for i in range(256)}
        for (a, b), new in merges.items():
            self.vocab[new] = self.vocab[a] + self.vocab[b]
        self.special_ids = {}
        for token in self.special:
            self.special_ids[token] = len(self.vocab)
            self.vocab[len(self.vocab)] = token.encode("utf-8")

    def split(self, text):
        """[(piece, is it special)], first by special tokens, then by the pattern."""
        for token in sorted(self.special, key=len, reverse=True):
            if token in text and token == self.first(text):
                left, right = text.split(token, 1)
                return [*self.split(left), (token, True), *self.split(right)]
        if self.pattern is None:
            return [(text, False)]
        out, pos = [], 0
        for m in re.finditer(self.pattern, text):
            out.append((text[pos : m.start()], False))
            out.append((m.group(0), False))
            pos = m.end()
        return [*out, (text[pos:], False)]

    def first(self, text):
        """The special token that begins first; the longer of two."""
        found = [(text.find(t), -len(t), t) for t in self.special if t in text]
        return min(found)[2]

    def train(self, text, vocab_size):
        if vocab_size < 256:
            raise ValueError("vocab_size is below 256")
        pieces = [list(p.encode("utf-8")) for p, special in self.split(text) if not special]
        merges = {}
        for new in range(256, vocab_size):
            counts = Counter()
            for ids in pieces:
                counts.update(pairwise(ids))
            if not counts:
                break
            pair = max(counts, key=counts.get)
            if counts[pair] == 1:
                break
            pieces = [merge(ids, pair, new) for ids in pieces]
            merges[pair] = new
        self.reset(merges)

    def encode(self, text):
        out = []
        for piece, special in self.split(text):
            out += [self.special_ids[piece]] if special else self.encode_piece(piece)
        return out

    def encode_piece(self, text):
        ids = list(text.encode("utf-8"))
        while len(ids) > 1:
            pair = min(pairwise(ids), key=lambda p: self.merges.get(p, math.inf))
            if pair not in self.merges:
                break
            ids = merge(ids, pair, self.merges[pair])
        return ids

    def decode(self, ids):
        try:
            data = b"".join(self.vocab[int(i)] for i in ids)
        except KeyError as error:
            raise ValueError(f"unknown id {error}") from None
        return data.decode("utf-8", errors="replace")

    def save(self, path):
        with open(path, "wb") as f:
            pickle.dump((self.pattern, self.special, self.merges), f)

    @classmethod
    def load(cls, path):
        with open(path, "rb") as f:
            pattern, special, merges = pickle.load(f)
        self = cls(pattern, special)
        self.reset(merges)
        return self


class NGramModel:
    def __init__(self, n, smoothing, k=1.0):
        if n < 1 or smoothing not in {"add-k", "witten-bell", "kneser-ney"}:
            raise ValueError("bad n or smoothing")
        self.n, self.smoothing, self.k = n, smoothing, k

    def fit(self, ids):
        ids = [int(i) for i in ids]
        self.V = max(ids) + 1
        self.counts = [defaultdict(Counter) for _ in range(self.n)]
        for m in range(self.n):
            if self.smoothing == "kneser-ney" and m < self.n - 1:
                seen = {tuple(ids[i : i + m + 2]) for i in range(len(ids) - m - 1)}
                for gram in seen:
                    self.counts[m][gram[1:-1]][gram[-1]] += 1
            else:
                for i in range(len(ids) - m):
                    self.counts[m][tuple(ids[i : i + m])][ids[i + m]] += 1

    def prob(self, context, token):
        if not 0 <= token < self.V:
            raise ValueError(f"token {token} is not in the vocabulary")
        context = tuple(int(c) for c in context)
        context = context[max(0, len(context) - self.n + 1) :]
        return self._p(context, int(token))

    def _p(self, context, token):
        row = self.counts[len(context)].get(context)
        if self.smoothing == "add-k":
            row = row or Counter()
            return (row[token] + self.k) / (sum(row.values()) + self.k * self.V)
        lower = self._p(context[1:], token) if context else 1 / self.V
        if not row:
            return lower
        c, t = sum(row.values()), len(row)
        if self.smoothing == "witten-bell":
            return (row[token] + t * lower) / (c + t)
        return max(row[token] - 0.75, 0) / c + 0.75 * t / c * lower

    def perplexity(self, ids):
        ids = [int(i) for i in ids]
        logs = [math.log(self.prob(ids[max(0, i - self.n + 1) : i], w)) for i, w in enumerate(ids)]
        return math.exp(-sum(logs) / len(logs))


def bits_per_char(nll):
    return nll * math.log2(math.e)


@dataclass
class GPTConfig:
    vocab_size: int
    block_size: int
    n_layer: int
    n_head: int
    n_embd: int
    dropout: float = 0.0
    norm: str = "layer"
    norm_place: str = "before"
    mlp: str = "gelu"
    positions: str = "learned"
    n_expert: int = 1


class MLP(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.mlp != "gelu":
            raise ValueError("only gelu")
        self.up = nn.Linear(config.n_embd, 4 * config.n_embd)
        self.down = nn.Linear(4 * config.n_embd, config.n_embd)
        self.drop = nn.Dropout(config.dropout)

    def forward(self, x):
        return self.drop(self.down(F.gelu(self.up(x), approximate="tanh")))


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.n_embd % config.n_head != 0:
            raise ValueError("n_embd must be a multiple of n_head")
        self.qkv = nn.Linear(config.n_embd, 3 * config.n_embd)
        self.out = nn.Linear(config.n_embd, config.n_embd)
        self.drop = nn.Dropout(config.dropout)
        self.n_head = config.n_head
        n = config.block_size
        self.register_buffer("mask", torch.tril(torch.ones(n, n)).view(1, 1, n, n))

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (
            z.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
            for z in self.qkv(x).split(C, dim=2)
        )
        att = q @ k.transpose(-2, -1) / math.sqrt(k.size(-1))
        att = att.masked_fill(self.mask[:, :, :T, :T] == 0, float("-inf"))
        y = self.drop(F.softmax(att, dim=-1)) @ v
        return self.drop(self.out(y.transpose(1, 2).contiguous().view(B, T, C)))


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.norm != "layer" or config.norm_place != "before" or config.n_expert != 1:
            raise ValueError("only layer norm, before, and one MLP")
        self.norm1 = nn.LayerNorm(config.n_embd)
        self.attention = Attention(config)
        self.norm2 = nn.LayerNorm(config.n_embd)
        self.mlp = MLP(config)

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class GPT(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.positions != "learned":
            raise ValueError("only learned positions")
        self.config = config
        self.tokens = nn.Embedding(config.vocab_size, config.n_embd)
        self.positions = nn.Embedding(config.block_size, config.n_embd)
        self.blocks = nn.ModuleList([Block(config) for _ in range(config.n_layer)])
        self.norm = nn.LayerNorm(config.n_embd)
        self.lm_head = nn.Linear(config.n_embd, config.vocab_size, bias=False)
        self.lm_head.weight = self.tokens.weight
        self.apply(self._init)

    def _init(self, module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, mean=0.0, std=0.02)
        if isinstance(module, nn.Linear) and module.bias is not None:
            nn.init.zeros_(module.bias)

    def forward(self, ids, targets=None):
        T = ids.shape[1]
        if T > self.config.block_size:
            raise ValueError("the text is longer than block_size")
        x = self.tokens(ids) + self.positions(torch.arange(T))
        for block in self.blocks:
            x = block(x)
        logits = self.lm_head(self.norm(x))
        if targets is None:
            return logits, None
        loss = F.cross_entropy(logits.view(-1, logits.size(-1)), targets.reshape(-1))
        return logits, loss


def parameter_count(config):
    c = config.n_embd
    attention = 3 * c * c + 3 * c + c * c + c
    mlp = 4 * c * c + 4 * c + 4 * c * c + c
    per_layer = attention + mlp + 4 * c
    return (config.vocab_size + config.block_size) * c + config.n_layer * per_layer + 2 * c


def get_batch(ids, block_size, batch_size, generator=None):
    data = torch.as_tensor(ids).long()
    if len(data) < block_size + 1:
        raise ValueError("ids is too short")
    ix = torch.randint(len(data) - block_size, (batch_size,), generator=generator)
    x = torch.stack([data[i : i + block_size] for i in ix])
    y = torch.stack([data[i + 1 : i + 1 + block_size] for i in ix])
    return x, y


def learning_rate(step, max_lr, min_lr, warmup, total):
    if step < warmup:
        return max_lr * (step + 1) / (warmup + 1)
    if step > total:
        return min_lr
    ratio = (step - warmup) / (total - warmup)
    return min_lr + 0.5 * (1.0 + math.cos(math.pi * ratio)) * (max_lr - min_lr)


@dataclass
class History:
    step: list = field(default_factory=list)
    loss: list = field(default_factory=list)
    lr: list = field(default_factory=list)
    val_step: list = field(default_factory=list)
    val_loss: list = field(default_factory=list)
    optimizer: dict | None = None
    generator: torch.Tensor | None = None


def train(
    model, ids, steps, batch_size=12, max_lr=1e-3, min_lr=None, warmup=100, total=None,
    weight_decay=0.1, betas=(0.9, 0.99), clip=1.0, generator=None, val_ids=None, eval_every=0,
    resume=None,
):  # fmt: skip
    history = History()
    if resume is not None:
        for name in ("step", "loss", "lr", "val_step", "val_loss"):
            setattr(history, name, list(getattr(resume, name)))
    begin = len(history.step)
    total = total or begin + steps
    min_lr = max_lr / 10 if min_lr is None else min_lr
    tables = ("tokens.weight", "positions.weight")
    decay = [p for n, p in model.named_parameters() if p.dim() >= 2 and n not in tables]
    rest = [p for n, p in model.named_parameters() if p.dim() < 2 or n in tables]
    groups = [
        {"params": decay, "weight_decay": weight_decay},
        {"params": rest, "weight_decay": 0.0},
    ]
    opt = torch.optim.AdamW(groups, lr=max_lr, betas=betas)
    if generator is None:
        generator = torch.Generator()
        generator.manual_seed(torch.randint(2**31, (1,)).item())
    if resume is not None:
        # load_state_dict keeps the tensors that it is given.
        opt.load_state_dict(copy.deepcopy(resume.optimizer))
        generator.set_state(resume.generator)
    ids = torch.as_tensor(ids).long()
    model.train()
    for it in range(begin, begin + steps):
        lr = learning_rate(it, max_lr, min_lr, warmup, total)
        for g in opt.param_groups:
            g["lr"] = lr
        x, y = get_batch(ids, model.config.block_size, batch_size, generator)
        opt.zero_grad(set_to_none=True)
        loss = model(x, y)[1]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
        opt.step()
        history.step.append(it)
        history.loss.append(loss.item())
        history.lr.append(lr)
        if val_ids is not None and eval_every > 0 and (it + 1) % eval_every == 0:
            history.val_step.append(it + 1)
            history.val_loss.append(evaluate(model, val_ids)[0])
    # A copy by way of a list of numbers would be slow; tensors are cloned one by one.
    state = opt.state_dict()
    state["state"] = {k: {n: v.clone() for n, v in s.items()} for k, s in state["state"].items()}
    history.optimizer, history.generator = state, generator.get_state()
    return history


def save_checkpoint(path, model, history):
    buffer = io.BytesIO()
    torch.save(
        {
            "model": model.state_dict(),
            "config": dict(vars(model.config)),
            **{f"history_{k}": v for k, v in vars(history).items()},
        },
        buffer,
    )
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(path) or ".", delete=False) as f:
        f.write(buffer.getvalue())
    os.replace(f.name, path)


def load_checkpoint(path):
    data = torch.load(path, weights_only=True)
    model = GPT(GPTConfig(**data["config"]))
    model.load_state_dict(data["model"])
    history = History(**{k[8:]: v for k, v in data.items() if k.startswith("history_")})
    return model, history


@torch.no_grad()
def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    if temperature < 0 or (top_k is not None and top_k < 1):
        raise ValueError("temperature or top_k")
    if top_p is not None and not 0 < top_p <= 1:
        raise ValueError("top_p")
    if len(ids) == 0:
        raise ValueError("empty prompt")
    was = model.training
    model.eval()
    idx = torch.as_tensor(ids).long()[None]
    for _ in range(n):
        logits = model(idx[:, -model.config.block_size :])[0][:, -1, :]
        if temperature == 0:
            new = logits.argmax(dim=-1, keepdim=True)
        else:
            logits = logits / temperature
            if top_k is not None:
                _, best = torch.topk(logits, min(top_k, logits.size(-1)))
                kept = torch.full_like(logits, -float("inf"))
                logits = kept.scatter(1, best, logits.gather(1, best))
            probs = F.softmax(logits, dim=-1)
            if top_p is not None:
                order = torch.argsort(probs, dim=-1, descending=True)[0]
                mass = 0.0
                keep = torch.zeros_like(probs)
                for j in order.tolist():
                    keep[0, j] = 1
                    mass += probs[0, j].item()
                    if mass >= top_p:
                        break
                probs = probs * keep / (probs * keep).sum()
            new = torch.multinomial(probs, 1, generator=generator)
        idx = torch.cat((idx, new), dim=1)
    model.train(was)
    return idx[0]


@torch.no_grad()
def evaluate(model, ids, characters=None):
    ids = torch.as_tensor(ids).long()
    was = model.training
    model.eval()
    total, n = 0.0, model.config.block_size
    for i in range(0, len(ids) - 1, n):
        x = ids[i : i + n][None]
        y = ids[i + 1 : i + n + 1][None]
        x = x[:, : y.size(1)]
        total += model(x, y)[1].item() * y.numel()
    model.train(was)
    mean = total / (len(ids) - 1)
    return mean, math.exp(mean), total / math.log(2) / (characters or len(ids) - 1)


def plot_history(history):
    fig, ax = plt.subplots()
    ax.plot(history.step, history.loss, label="train")
    ax.plot(history.val_step, history.val_loss, "o-", label="val")
    ax.set_xlabel("iteration")
    ax.set_ylabel("loss (nats)")
    ax.legend()
    return fig


def samples_over_time(
    model, ids, marks, prompt, n, val_ids=None, temperature=1.0, generator=None, **train_options
):
    out, history = [], None
    for mark in marks:
        done = 0 if history is None else len(history.step)
        if mark > done:
            options = {"total": max(marks), "generator": generator, **train_options}
            history = train(model, ids, mark - done, resume=history, **options)
        loss = evaluate(model, ids if val_ids is None else val_ids)[0]
        out.append((mark, loss, sample(model, prompt, n, temperature, generator=generator)))
    return out


class NumpyGPT:
    """Activations are kept on a stack and taken off it in the backward pass."""

    def __init__(self, weights, config):
        self.weights, self.config = {n: w.copy() for n, w in weights.items()}, config

    def _linear(self, name, x):
        self.stack.append((name, x))
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def _linear_back(self, g):
        name, x = self.stack.pop()
        rows = x.reshape(-1, x.shape[-1])
        self.grads[name + ".weight"] = g.reshape(-1, g.shape[-1]).T @ rows
        self.grads[name + ".bias"] = g.reshape(-1, g.shape[-1]).sum(0)
        return g @ self.weights[name + ".weight"]

    def _ln(self, name, x):
        mean, var = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        hat = (x - mean) / np.sqrt(var + 1e-5)
        self.stack.append((name, hat, np.sqrt(var + 1e-5)))
        return hat * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def _ln_back(self, g):
        name, hat, sd = self.stack.pop()
        self.grads[name + ".weight"] = (g * hat).sum((0, 1))
        self.grads[name + ".bias"] = g.sum((0, 1))
        g = g * self.weights[name + ".weight"]
        return (g - g.mean(-1, keepdims=True) - hat * (g * hat).mean(-1, keepdims=True)) / sd

    def _attention(self, qkv):
        B, T, C3 = qkv.shape
        H = self.config.n_head
        q, k, v = (
            z.reshape(B, T, H, C3 // 3 // H).transpose(0, 2, 1, 3) for z in np.split(qkv, 3, axis=2)
        )
        s = q @ k.transpose(0, 1, 3, 2) / math.sqrt(q.shape[-1])
        s = np.where(np.tril(np.ones((T, T), bool)), s, -np.inf)
        e = np.exp(s - s.max(-1, keepdims=True))
        a = e / e.sum(-1, keepdims=True)
        self.stack.append((q, k, v, a))
        return (a @ v).transpose(0, 2, 1, 3).reshape(B, T, C3 // 3)

    def _attention_back(self, g):
        q, k, v, a = self.stack.pop()
        B, H, T, D = q.shape
        g = g.reshape(B, T, H, D).transpose(0, 2, 1, 3)
        gv = a.transpose(0, 1, 3, 2) @ g
        ga = g @ v.transpose(0, 1, 3, 2)
        gs = a * (ga - (ga * a).sum(-1, keepdims=True)) / math.sqrt(D)
        gq, gk = gs @ k, gs.transpose(0, 1, 3, 2) @ q
        return np.concatenate(
            [z.transpose(0, 2, 1, 3).reshape(B, T, H * D) for z in (gq, gk, gv)], axis=2
        )

    def _gelu(self, x):
        inner = math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)
        t = np.tanh(inner)
        self.stack.append((x, t))
        return 0.5 * x * (1 + t)

    def _gelu_back(self, g):
        x, t = self.stack.pop()
        slope = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x**2)
        return g * (0.5 * (1 + t) + 0.5 * x * (1 - t**2) * slope)

    def forward(self, ids):
        ids = np.asarray(ids)
        self.stack = []
        w = self.weights
        x = w["tokens.weight"][ids] + w["positions.weight"][: ids.shape[1]]
        for i in range(self.config.n_layer):
            p = f"blocks.{i}."
            h = self._attention(self._linear(p + "attention.qkv", self._ln(p + "norm1", x)))
            x = x + self._linear(p + "attention.out", h)
            h = self._gelu(self._linear(p + "mlp.up", self._ln(p + "norm2", x)))
            x = x + self._linear(p + "mlp.down", h)
        x = self._ln("norm", x)
        self.stack.append(x)
        return x @ w["tokens.weight"].T

    def loss_and_grads(self, ids, targets):
        ids, targets = np.asarray(ids), np.asarray(targets)
        logits = self.forward(ids)
        z = logits - logits.max(-1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(-1, keepdims=True))
        loss = -np.take_along_axis(logp, targets[..., None], -1).mean()
        self.grads = {}
        g = np.exp(logp)
        np.put_along_axis(
            g, targets[..., None], np.take_along_axis(g, targets[..., None], -1) - 1, -1
        )
        g /= targets.size
        x = self.stack.pop()
        table = self.weights["tokens.weight"]
        to_table = np.einsum("btv,btc->vc", g, x)
        g = self._ln_back(g @ table)
        for _ in range(self.config.n_layer):
            h = self._linear_back(g)
            g = g + self._ln_back(self._linear_back(self._gelu_back(h)))
            h = self._linear_back(g)
            g = g + self._ln_back(self._linear_back(self._attention_back(h)))
        np.add.at(to_table, ids, g)
        places = np.zeros_like(self.weights["positions.weight"])
        places[: ids.shape[1]] = g.sum(0)
        self.grads["tokens.weight"] = to_table
        self.grads["positions.weight"] = places
        return float(loss), self.grads
