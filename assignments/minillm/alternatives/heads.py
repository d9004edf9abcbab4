"""One module per head, RMS norm and a gated MLP; n-grams in sorted lists; Gumbel dice."""

import ast
import bisect
import copy
import math
import pathlib
import re
import struct
import tempfile
from collections import defaultdict
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import torch


class CharTokenizer:
    def __init__(self, text):
        self.codes = np.unique(np.array([ord(c) for c in text], dtype=np.int64))
        self.vocabulary = [chr(c) for c in self.codes]

    def encode(self, text):
        codes = np.array([ord(c) for c in text], dtype=np.int64)
        if not np.isin(codes, self.codes).all():
            raise ValueError("text has characters without an id")
        return np.searchsorted(self.codes, codes).tolist()

    def decode(self, ids):
        ids = np.array([int(i) for i in ids], dtype=np.int64)
        if len(ids) and not 0 <= ids.min() <= ids.max() < len(self.codes):
            raise ValueError("there is no such id")
        return "".join(chr(c) for c in self.codes[ids])


class BPETokenizer:
    def __init__(self, pattern=None, special=()):
        self.children, self.special, self.pattern = [], tuple(special), pattern
        marks = sorted((re.escape(token) for token in self.special), key=len, reverse=True)
        self.marks = re.compile("|".join(marks) or r"(?!)")

    def pieces(self, text):
        """Pieces as strings, special tokens as their place among the special tokens."""
        last = 0
        for mark in [*self.marks.finditer(text), None]:
            part = text[last : mark.start()] if mark else text[last:]
            cuts = {0, len(part)}
            for match in re.finditer(self.pattern, part) if self.pattern else ():
                cuts |= set(match.span())
            yield from (part[i:j] for i, j in pairwise(sorted(cuts)))
            if mark:
                yield self.special.index(mark.group())
                last = mark.end()

    def train(self, text, vocab_size):
        if vocab_size < 256:
            raise ValueError(f"vocab_size {vocab_size} is less than 256")
        symbols = {}  # place → id; places vanish as they are merged; nothing beside a cut
        for piece in self.pieces(text):
            data = b"" if isinstance(piece, int) else piece.encode()
            symbols |= dict(enumerate([*data, None], start=len(symbols)))
        order = list(symbols)
        self.children = []
        while len(self.children) < vocab_size - 256:
            places = defaultdict(list)
            for here, there in pairwise(order):
                if symbols[here] is not None and symbols[there] is not None:
                    places[symbols[here], symbols[there]].append((here, there))
            most = max(map(len, places.values()), default=0)
            if most < 2:
                break
            pair = min((p for p in places if len(places[p]) == most), key=lambda p: places[p][0])
            gone = set()
            for here, there in places[pair]:
                if here not in gone:
                    symbols[here] = 256 + len(self.children)
                    gone.add(there)
            order = [place for place in order if place not in gone]
            self.children.append(pair)

    def encode(self, text):
        ids = []
        for piece in self.pieces(text):
            special = isinstance(piece, int)
            ids += [256 + len(self.children) + piece] if special else self.encode_piece(piece)
        return ids

    def encode_piece(self, text):
        ids = list(text.encode())
        for new, (a, b) in enumerate(self.children, 256):
            i = 0
            while a in ids[i:-1]:
                i = ids.index(a, i)
                if i + 1 < len(ids) and ids[i + 1] == b:
                    ids[i : i + 2] = [new]
                i += 1
        return ids

    def _bytes(self, i):
        most = 256 + len(self.children)
        if not 0 <= i < most + len(self.special):
            raise ValueError(f"there is no id {i}")
        if i >= most:
            return self.special[i - most].encode()
        if i < 256:
            return bytes([i])
        a, b = self.children[i - 256]
        return self._bytes(a) + self._bytes(b)

    def decode(self, ids):
        return str(b"".join(self._bytes(int(i)) for i in ids), "utf-8", "replace")

    def save(self, path):
        with open(path, "wb") as file:
            head = repr((self.pattern, self.special)).encode()
            file.write(struct.pack("<I", len(head)) + head)
            file.write(b"".join(struct.pack("<II", a, b) for a, b in self.children))

    @classmethod
    def load(cls, path):
        with open(path, "rb") as file:
            (size,) = struct.unpack("<I", file.read(4))
            self = cls(*ast.literal_eval(file.read(size).decode()))
            self.children = list(struct.iter_unpack("<II", file.read()))
        return self


class NGramModel:
    """All n-grams of the text in one sorted list; counts are differences of places in it."""

    def __init__(self, n, smoothing, k=1.0):
        if smoothing not in ("add-k", "witten-bell", "kneser-ney"):
            raise ValueError("smoothing: add-k, witten-bell or kneser-ney")
        if n < 1:
            raise ValueError("n starts at 1")
        self.n, self.smoothing, self.k = n, smoothing, k

    def fit(self, ids):
        ids = [int(i) for i in ids]
        self.size = max(ids) + 1
        self.grams = []
        for m in range(1, self.n + 1):
            if self.smoothing == "kneser-ney" and m < self.n:
                longer = {tuple(ids[i : i + m + 1]) for i in range(len(ids) - m)}
                self.grams.append(sorted(gram[1:] for gram in longer))
            else:
                self.grams.append(sorted(zip(*(ids[i:] for i in range(m)))))
        self.seen = [sorted(set(grams)) for grams in self.grams]

    def _between(self, grams, prefix):
        """How many n-grams begin with the prefix."""
        after = (*prefix[:-1], prefix[-1] + 1) if prefix else (self.size,)
        return bisect.bisect_left(grams, after) - bisect.bisect_left(grams, prefix)

    def prob(self, context, token):
        token = int(token)
        if not 0 <= token < self.size:
            raise ValueError("no such token")
        context = tuple(int(i) for i in context)
        context = context[max(len(context) - self.n + 1, 0) :]
        p = 1 / self.size
        for m in range(len(context) + 1):
            h = context[len(context) - m :]
            grams, seen = self.grams[m], self.seen[m]
            total, kinds = self._between(grams, h), self._between(seen, h)
            count = self._between(grams, (*h, token))
            if self.smoothing == "add-k":
                p = (count + self.k) / (total + self.k * self.size)
            elif total and self.smoothing == "witten-bell":
                p = (count + kinds * p) / (total + kinds)
            elif total:
                d = 0.5 + 0.1 * m / (m + 1)
                p = (max(count - d, 0) + d * kinds * p) / total
        return p

    def perplexity(self, ids):
        ids = [int(i) for i in ids]
        nats = [-math.log(self.prob(ids[:i], token)) for i, token in enumerate(ids)]
        return math.exp(math.fsum(nats) / len(nats))


def bits_per_char(nll):
    return nll / math.log(2)


class GPTConfig:
    fields = ("vocab_size", "block_size", "n_layer", "n_head", "n_embd", "dropout")
    kinds = {"norm": "rms", "norm_place": "before", "mlp": "swiglu", "positions": "learned"}
    kinds |= {"n_expert": 1}

    def __init__(self, *values, **named):
        self.dropout = 0.0
        given = {**self.kinds, **dict(zip(self.fields, values)), **named}
        for name, value in given.items():
            setattr(self, name, value)

    def refuse_others(self, *names):
        for name in names:
            if getattr(self, name) != self.kinds[name]:
                raise ValueError(f"{name} can only be {self.kinds[name]}")


class MLP(torch.nn.Module):
    def __init__(self, config):
        super().__init__()
        config.refuse_others("mlp")
        c = config.n_embd
        self.gate, self.up = torch.nn.Linear(c, 4 * c), torch.nn.Linear(c, 4 * c)
        self.down = torch.nn.Linear(4 * c, c)

    def forward(self, x):
        return self.down(torch.nn.functional.silu(self.gate(x)) * self.up(x))


class Attention(torch.nn.Module):
    """One head after the other."""

    def __init__(self, config):
        super().__init__()
        self.heads, c = config.n_head, config.n_embd
        if c % self.heads:
            raise ValueError("n_embd is not a multiple of n_head")
        self.qkv = torch.nn.Linear(c, 3 * c, bias=False)
        self.out = torch.nn.Linear(c, c)

    def head(self, q, k, v):
        scores = torch.einsum("bqd,bkd->bqk", q, k) / q.shape[-1] ** 0.5
        places = torch.arange(q.shape[1])
        return scores.masked_fill(places[None, :] > places[:, None], -torch.inf).softmax(-1) @ v

    def forward(self, x):
        q, k, v = (part.chunk(self.heads, dim=-1) for part in self.qkv(x).chunk(3, dim=-1))
        return self.out(torch.cat([self.head(*three) for three in zip(q, k, v)], dim=-1))


class Block(torch.nn.Module):
    def __init__(self, config):
        super().__init__()
        config.refuse_others("norm", "norm_place", "n_expert")
        self.norm1 = torch.nn.RMSNorm(config.n_embd, eps=1e-6)
        self.attention = Attention(config)
        self.norm2 = torch.nn.RMSNorm(config.n_embd, eps=1e-6)
        self.mlp = MLP(config)
        self.drop = torch.nn.Dropout(config.dropout)

    def forward(self, x):
        for norm, half in ((self.norm1, self.attention), (self.norm2, self.mlp)):
            x = x + self.drop(half(norm(x)))
        return x


class GPT(torch.nn.Module):
    def __init__(self, config):
        super().__init__()
        config.refuse_others("positions")
        self.config = config
        self.tokens = torch.nn.Embedding(config.vocab_size, config.n_embd)
        self.positions = torch.nn.Embedding(config.block_size, config.n_embd)
        for table in (self.tokens, self.positions):
            table.weight.data *= 0.02
        self.blocks = torch.nn.Sequential(*(Block(config) for _ in range(config.n_layer)))
        self.norm = torch.nn.RMSNorm(config.n_embd, eps=1e-6)

    def forward(self, ids, targets=None):
        t = ids.shape[1]
        if t > self.config.block_size:
            raise ValueError("more tokens than block_size")
        x = self.blocks(self.tokens(ids) + self.positions.weight[None, :t])
        logits = torch.einsum("btc,vc->btv", self.norm(x), self.tokens.weight)
        if targets is None:
            return logits, None
        right = logits.log_softmax(-1).gather(-1, targets[..., None])
        return logits, -right.mean()


def parameter_count(config):
    v, t, c = config.vocab_size, config.block_size, config.n_embd
    matrices = 3 * c * c + c * c + 3 * 4 * c * c
    vectors = 2 * c + c + 8 * c + c
    return v * c + t * c + config.n_layer * (matrices + vectors) + c


def get_batch(ids, block_size, batch_size, generator=None):
    ids = torch.as_tensor(ids).to(torch.int64)
    last = len(ids) - block_size - 1
    if last < 0:
        raise ValueError("ids is shorter than a window and its last target")
    u = torch.rand(batch_size, generator=generator, dtype=torch.float64)
    starts = torch.clamp((u * (last + 1)).long(), max=last).tolist()
    windows = torch.stack([ids.narrow(0, s, block_size + 1) for s in starts])
    return windows[:, :-1], windows[:, 1:]


def learning_rate(step, max_lr, min_lr, warmup, total):
    if step >= total:
        return min_lr
    if step < warmup:
        return max_lr * (1 + step) / (1 + warmup)
    return float(
        min_lr + (max_lr - min_lr) * np.cos(np.pi / 2 * (step - warmup) / (total - warmup)) ** 2
    )


class History:
    def __init__(self):
        self.step, self.loss, self.lr, self.val_step, self.val_loss = [], [], [], [], []
        self.optimizer, self.generator = None, None


def train(model, ids, steps, batch_size=12, max_lr=1e-3, min_lr=None, warmup=100, total=None,
          weight_decay=0.1, betas=(0.9, 0.99), clip=1.0, generator=None, val_ids=None,
          eval_every=0, resume=None):  # fmt: skip
    history = copy.deepcopy(resume) if resume else History()
    tables = {"tokens.weight", "positions.weight"}
    groups = [
        {"params": [p], "weight_decay": weight_decay * (p.ndim > 1 and name not in tables)}
        for name, p in model.named_parameters()
    ]
    optimizer = torch.optim.AdamW(groups, betas=betas, foreach=False)
    if generator is None:
        generator = torch.Generator().manual_seed(int(torch.randint(2**31, (1,))))
    if history.optimizer:
        optimizer.load_state_dict(history.optimizer)
        generator.set_state(history.generator)
    first = len(history.step)
    total = first + steps if total is None else total
    for s in range(first, first + steps):
        if not model.training:
            model.train()
        if val_ids is not None and eval_every and s and s % eval_every == 0:
            history.val_step.append(s)
            history.val_loss.append(evaluate(model, val_ids)[0])
        x, y = get_batch(ids, model.config.block_size, batch_size, generator)
        loss = model(x, y)[1]
        rate = learning_rate(s, max_lr, max_lr / 10 if min_lr is None else min_lr, warmup, total)
        model.zero_grad()
        loss.backward()
        gradients = [p.grad for p in model.parameters() if p.grad is not None]
        norm = math.sqrt(sum(float((g.double() ** 2).sum()) for g in gradients))
        for g in gradients:
            g.mul_(min(1.0, clip / norm) if norm else 1.0)
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        for name, value in (("step", s), ("loss", loss.item()), ("lr", rate)):
            getattr(history, name).append(value)
    if val_ids is not None and eval_every and (first + steps) % eval_every == 0:
        history.val_step.append(first + steps)
        history.val_loss.append(evaluate(model, val_ids)[0])
    history.optimizer = copy.deepcopy(optimizer.state_dict())
    history.generator = generator.get_state()
    return history


def save_checkpoint(path, model, history):
    with tempfile.TemporaryDirectory(dir=pathlib.Path(path).parent) as folder:
        new = pathlib.Path(folder, "new")
        torch.save((vars(model.config), model.state_dict(), vars(history)), new)
        new.replace(path)


def load_checkpoint(path):
    with open(path, "rb") as file:
        config, weights, entries = torch.load(file, weights_only=True)
    model, history = GPT(GPTConfig(**config)), History()
    model.load_state_dict(weights)
    vars(history).update(entries)
    return model, history


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    ids = torch.as_tensor(ids).to(torch.int64).clone()
    if ids.numel() == 0:
        raise ValueError("the prompt is empty")
    if temperature < 0 or (top_k is not None and top_k <= 0):
        raise ValueError("temperature is below 0 or top_k below 1")
    if top_p is not None and not 0 < top_p <= 1:
        raise ValueError("top_p")
    before = model.training
    model.train(False)
    for _ in range(n):
        with torch.no_grad():
            z = model(ids[-model.config.block_size :].unsqueeze(0))[0][0, -1].double()
        if temperature == 0:
            token = z.argmax()
        else:
            # The largest of logits with Gumbel noise is a draw from their softmax.
            z = z / temperature
            if top_k is not None and top_k < len(z):
                z[z.argsort(descending=True)[top_k:]] = -torch.inf
            if top_p is not None:
                p, order = z.softmax(-1).sort(descending=True)
                enough = int((p.cumsum(-1) < top_p - 1e-12).sum()) + 1
                z[order[enough:]] = -torch.inf
            u = torch.rand(len(z), generator=generator, dtype=torch.float64).clamp_min(1e-300)
            token = (z - torch.log(-torch.log(u))).argmax()
        ids = torch.cat([ids, token.view(1)])
    model.train(before)
    return ids


def evaluate(model, ids, characters=None):
    ids = torch.as_tensor(ids).to(torch.int64)
    block, before = model.config.block_size, model.training
    model.train(False)
    windows = [ids[s : s + block + 1] for s in range(0, len(ids) - 1, block)]
    nats = torch.zeros((), dtype=torch.float64)
    with torch.no_grad():
        for window in windows:
            logp = torch.log_softmax(model(window[None, :-1])[0].double(), -1)
            nats -= logp[0].gather(1, window[1:, None]).sum()
    model.train(before)
    n = len(ids) - 1
    loss = nats.item() / n
    return (
        loss,
        math.exp(loss),
        nats.item() / math.log(2) / (n if characters is None else characters),
    )


def plot_history(history):
    figure = plt.figure()
    plt.plot(history.step, history.loss, ".")
    plt.plot(history.val_step, history.val_loss)
    plt.xlabel("Steps")
    plt.ylabel("Cross-entropy")
    return figure


def samples_over_time(
    model, ids, marks, prompt, n, val_ids=None, temperature=1.0, generator=None, **train_options
):
    train_options.setdefault("total", max(marks))
    history, found = None, []
    for mark in sorted(marks):
        steps = mark - (len(history.step) if history else 0)
        if steps:
            history = train(model, ids, steps, generator=generator, resume=history, **train_options)
        loss = evaluate(model, ids if val_ids is None else val_ids)[0]
        found.append((mark, loss, sample(model, prompt, n, temperature, generator=generator)))
    return found


class NumpyGPT:
    """Each piece returns its result and a function that takes the gradient back through it."""

    def __init__(self, weights, config):
        self.weights, self.config = (
            copy.deepcopy(weights),
            config,
        )  # an array with two names stays one

    def norm(self, x, name):
        gain = self.weights[name]
        r = 1 / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-6)
        y = x * r

        def back(g):
            self.collect(name, (g * y).sum((0, 1)))
            g = g * gain
            return r * (g - y * (g * y).mean(-1, keepdims=True))

        return y * gain, back

    def linear(self, x, name):
        w, bias = self.weights[name + ".weight"], self.weights.get(name + ".bias")

        def back(g):
            self.collect(name + ".weight", np.einsum("bto,bti->oi", g, x))
            if bias is not None:
                self.collect(name + ".bias", g.sum((0, 1)))
            return g @ w

        return (x @ w.T if bias is None else x @ w.T + bias), back

    def attend(self, x, name):
        qkv, qkv_back = self.linear(x, name + ".qkv")
        heads = [
            self.head(*three)
            for three in zip(*(np.split(p, self.config.n_head, -1) for p in np.split(qkv, 3, -1)))
        ]
        y, mix = self.linear(np.concatenate([y for y, _ in heads], -1), name + ".out")

        def back(g):
            parts = np.split(mix(g), len(heads), -1)
            threes = zip(*(b(p) for p, (_, b) in zip(parts, heads)))
            return qkv_back(np.concatenate([g for three in threes for g in three], -1))

        return y, back

    def head(self, q, k, v):
        t, scale = q.shape[1], float(q.shape[-1] ** -0.5)
        s = np.where(np.tri(t, dtype=bool), q @ k.swapaxes(1, 2) * scale, -np.inf)
        a = np.exp(s - s.max(-1, keepdims=True))
        a /= a.sum(-1, keepdims=True)

        def back(g):
            ga = g @ v.swapaxes(1, 2)
            gs = a * (ga - (ga * a).sum(-1, keepdims=True)) * scale
            return gs @ k, gs.swapaxes(1, 2) @ q, a.swapaxes(1, 2) @ g

        return a @ v, back

    def layer(self, x, name):
        h, before = self.norm(x, name + ".norm1.weight")
        y, attention = self.attend(h, name + ".attention")
        x = x + y
        h, between = self.norm(x, name + ".norm2.weight")
        (gate, gate_back), (up, up_back) = (
            self.linear(h, f"{name}.mlp.{n}") for n in ("gate", "up")
        )
        sigma = 1 / (1 + np.exp(-gate))
        y, down = self.linear(gate * sigma * up, name + ".mlp.down")

        def back(g):
            gm = down(g)
            g = g + between(
                gate_back(gm * up * sigma * (1 + gate * (1 - sigma))) + up_back(gm * gate * sigma)
            )
            return g + before(attention(g))

        return x + y, back

    def collect(self, name, gradient):
        self.grads[name] = self.grads.get(name, 0) + gradient

    def run(self, ids):
        w, t, self.grads = self.weights, ids.shape[1], {}
        x, backs = w["tokens.weight"][ids] + w["positions.weight"][:t], []
        for i in range(self.config.n_layer):
            x, back = self.layer(x, f"blocks.{i}")
            backs.append(back)
        x, final = self.norm(x, "norm.weight")

        def back(g):
            self.collect("tokens.weight", np.einsum("btv,btc->vc", g, x))
            g = final(g @ w["tokens.weight"])
            for each in reversed(backs):
                g = each(g)
            into = np.zeros_like(w["tokens.weight"])
            np.add.at(into, ids, g)
            self.collect("tokens.weight", into)
            places = np.zeros_like(w["positions.weight"])
            places[:t] = g.sum(0)
            self.collect("positions.weight", places)

        return x @ w["tokens.weight"].T, back

    def forward(self, ids):
        return self.run(np.asarray(ids))[0]

    def loss_and_grads(self, ids, targets):
        ids, targets = np.asarray(ids), np.asarray(targets)
        z, back = self.run(ids)
        z = z - z.max(-1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(-1, keepdims=True))
        one_hot = np.eye(z.shape[-1], dtype=z.dtype)[targets]
        back((np.exp(logp) - one_hot) / targets.size)
        return float(-(logp * one_hot).sum() / targets.size), self.grads
