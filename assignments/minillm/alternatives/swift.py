"""BPE that corrects its counts instead of counting anew; n-grams in sorted arrays; AdamW by hand.

Of a million characters both learn in seconds. See docs/performance.md.
"""

import copy
import heapq
import json
import math
import os
import re
from collections import defaultdict
from dataclasses import asdict, dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from matplotlib.figure import Figure
from torch import nn


def _ids(ids):
    ids = torch.as_tensor(ids, dtype=torch.int64)
    if ids.ndim != 1:
        raise ValueError("ids must be 1-D")
    return ids


class CharTokenizer:
    def __init__(self, text):
        self.vocabulary = sorted(set(text))
        self._to = {ord(c): chr(i) for i, c in enumerate(self.vocabulary)}
        self._known = set(text)

    def encode(self, text):
        if not self._known.issuperset(text):
            raise ValueError("text contains a character that has no id")
        return [ord(c) for c in text.translate(self._to)]

    def decode(self, ids):
        ids = _ids(ids).numpy()
        if len(ids) and not 0 <= ids.min() <= ids.max() < len(self.vocabulary):
            raise ValueError("ids contains one that no character has")
        return "".join(np.array([*self.vocabulary, ""])[ids].tolist())


class BPETokenizer:
    def __init__(self, pattern=None, special=()):
        self.pattern, self.special, self.merges = pattern, tuple(special), []
        marks = "|".join(re.escape(t) for t in sorted(self.special, key=len, reverse=True))
        self._marks = re.compile(f"({marks})") if marks else None

    def _pieces(self, text):
        parts = self._marks.split(text) if self._marks else [text]
        for i, part in enumerate(parts):
            if i % 2:
                yield part, True
                continue
            end = 0
            for match in re.finditer(self.pattern, part) if self.pattern else ():
                yield part[end : match.start()], False
                yield match.group(), False
                end = match.end()
            yield part[end:], False

    def train(self, text, vocab_size):
        if vocab_size < 256:
            raise ValueError("vocab_size must be at least 256")
        ids = []
        for piece, special in self._pieces(text):
            if piece and not special:
                ids += piece.encode()
                ids.append(-1)
        self.merges = _learn_merges(ids or [-1], vocab_size - 256)

    def encode(self, text):
        """All pieces at once, each merge in turn: for vocabularies of some hundred ids."""
        ids = []
        for piece, special in self._pieces(text):
            ids += [-2 - self.special.index(piece)] if special else [*piece.encode(), -1]
        ids = np.array(ids, dtype=np.int64)
        for new, (a, b) in enumerate(self.merges, start=256):
            at = np.flatnonzero((ids[:-1] == a) & (ids[1:] == b))
            if len(at) == 0:
                continue
            if a == b:  # "aaaa": matches at 0, 1, 2 overlap; take every second one of each run
                place = np.arange(len(at))
                begins = np.diff(at, prepend=-2) > 1
                at = at[(place - np.maximum.accumulate(np.where(begins, place, 0))) % 2 == 0]
            ids[at] = new
            ids = np.delete(ids, at + 1)
        ids = ids[ids != -1]
        return np.where(ids < 0, 256 + len(self.merges) - 2 - ids, ids).tolist()

    def decode(self, ids):
        table = [bytes([i]) for i in range(256)]
        for a, b in self.merges:
            table.append(table[a] + table[b])
        table += [token.encode() for token in self.special]
        ids = _ids(ids).tolist()
        if ids and not 0 <= min(ids) <= max(ids) < len(table):
            raise ValueError("ids contains an unknown id")
        return b"".join(table[i] for i in ids).decode(errors="replace")

    def save(self, path):
        with open(path, "w") as file:
            json.dump({**vars(self), "_marks": None}, file)

    @classmethod
    def load(cls, path):
        with open(path) as file:
            saved = json.load(file)
        new = cls(saved["pattern"], saved["special"])
        new.merges = [tuple(pair) for pair in saved["merges"]]
        return new


def _learn_merges(ids, most):
    """The first `most` merges of pieces of bytes, -1 between them, counting nothing twice.

    The sequence is a doubly linked list over the places of the bytes. For each pair we keep its
    count and the places where it was found, in ascending order. A pair gets occurrences only while
    the younger of its ids is born; afterwards it can only lose some. So an entry of the heap, once
    pushed, can only be too good: if the best one is out of date it is corrected and pushed back.
    """
    n = len(ids) - 1  # -1 stands at the end, and by ids[-1] also before the beginning
    after, before = list(range(1, n + 2)), list(range(-1, n))
    places, counts, heap, merges = {}, defaultdict(int), [], []

    data = np.array(ids)
    order = np.flatnonzero((data[:-1] >= 0) & (data[1:] >= 0))
    codes = data[order] * 256 + data[order + 1]
    order = order[np.argsort(codes, kind="stable")]
    pairs, starts = np.unique(np.sort(codes), return_index=True)
    for code, found in zip(pairs.tolist(), np.split(order, starts[1:]), strict=False):
        places[divmod(code, 256)] = found.tolist()

    def push(pair):
        """Put the pair on the heap with its count and first place, as they are now."""
        found = places[pair]
        gone = next(i for i, p in enumerate(found) if (ids[p], ids[after[p]]) == pair)
        del found[:gone]
        heapq.heappush(heap, (-counts[pair], found[0], pair))

    for pair, found in places.items():
        counts[pair] = len(found)
        push(pair)
    while heap and len(merges) < most:
        entry = heapq.heappop(heap)
        a, b = pair = entry[2]
        if counts[pair] < 2:
            continue
        if -entry[0] != counts[pair] or ids[entry[1]] != a or ids[after[entry[1]]] != b:
            push(pair)
            continue
        new = 256 + len(merges)
        merges.append(pair)
        lefts, rights = defaultdict(list), defaultdict(list)  # neighbour → places
        for p in places.pop(pair):
            q = after[p]
            if ids[p] != a or ids[q] != b:
                continue  # merged away, perhaps a moment ago: the second "aa" of "aaa"
            r = after[q]
            lefts[ids[before[p]]].append(before[p])
            rights[ids[r]].append(p)
            ids[p], ids[q], after[p], before[r] = new, -2, r, p
        for x, found in lefts.items():
            counts[x, a] -= len(found)
            places[x, new] = [p for p in found if ids[p] == x]
        for y, found in rights.items():
            counts[b, y] -= len(found)
            places[new, y] = [p for p in found if ids[after[p]] == y]
        counts[pair] = 0
        born = {(x, new) for x in lefts if x >= 0} | {(new, y) for y in rights if y >= 0}
        for fresh in born:
            counts[fresh] = len(places[fresh])
            if counts[fresh] > 1:
                push(fresh)
    return merges


@dataclass
class _Level:
    """All n-grams of one length, sorted by code = node of the context · V + last token.

    A node is the place of an n-gram in `codes`; the nodes of one level are the contexts of the
    next. `counts` has one entry per n-gram, `totals` and `types` one per context.
    """

    codes: np.ndarray
    counts: np.ndarray
    totals: np.ndarray = None
    types: np.ndarray = None
    discount: float = 0.0

    def find(self, contexts, tokens, v):
        """Nodes of the n-grams (context, token); -1 for those never seen."""
        if len(self.codes) == 0:
            return np.full(len(tokens), -1)
        codes = np.where(contexts >= 0, contexts * v + tokens, -1)
        at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[at] == codes, at, -1)


class NGramModel:
    def __init__(self, n, smoothing, k=1.0):
        if n < 1:
            raise ValueError(f"n must be at least 1, not {n}")
        if smoothing not in ("add-k", "witten-bell", "kneser-ney"):
            raise ValueError(f"smoothing must be add-k, witten-bell or kneser-ney: {smoothing!r}")
        if k <= 0:
            raise ValueError(f"k must be above 0, not {k}")
        self.n, self.smoothing, self.k = n, smoothing, k

    def fit(self, ids):
        ids = np.asarray(ids, dtype=np.int64)
        if len(ids) == 0:
            raise ValueError("ids must not be empty")
        self.v = int(ids.max()) + 1
        self._levels = []
        nodes = np.zeros(len(ids) + 1, dtype=np.int64)  # node of the context before each token
        for length in range(1, self.n + 1):
            contexts = len(self._levels[-1].codes) if self._levels else 1
            codes = nodes[:-1] * self.v + ids[length - 1 :]
            codes, first, next_nodes, counts = np.unique(
                codes, return_index=True, return_inverse=True, return_counts=True
            )
            if self.smoothing == "kneser-ney" and self._levels:
                # Each different n-gram is one continuation of the shorter one at its end, which
                # begins one place further on.
                self._levels[-1].counts = np.bincount(nodes[first + 1], minlength=contexts)
            self._levels.append(_Level(codes, counts))
            nodes = next_nodes
        contexts = 1
        for level in self._levels:
            parents = level.codes // self.v
            level.totals = np.bincount(parents, weights=level.counts, minlength=contexts)
            level.types = np.bincount(parents[level.counts > 0], minlength=contexts)
            once, twice = np.sum(level.counts == 1), np.sum(level.counts == 2)
            level.discount = min(max(once / max(once + 2 * twice, 1), 0.1), 0.9)
            contexts = len(level.codes)
        return self

    def prob(self, context, token):
        context = list(context)[max(len(context) - self.n + 1, 0) :]
        return float(self._probabilities([*context, token])[-1])

    def perplexity(self, ids):
        return float(np.exp(-np.log(self._probabilities(ids)).mean()))

    def _probabilities(self, ids):
        ids = np.asarray(ids, dtype=np.int64)
        if len(ids) == 0:
            raise ValueError("ids must not be empty")
        if ids.min() < 0 or ids.max() >= self.v:
            raise ValueError(f"a token of ids is not in 0 … {self.v - 1}")
        p = np.full(len(ids), 1 / self.v)
        contexts = np.zeros(len(ids) + 1, dtype=np.int64)
        for length, level in enumerate(self._levels, start=1):
            # From here on: one entry for each token with at least length − 1 tokens before it.
            contexts = contexts[:-1]
            tokens = ids[length - 1 :]
            nodes = level.find(contexts, tokens, self.v)
            if len(tokens) == 0:
                break
            count = np.where(nodes >= 0, level.counts[nodes], 0) if len(level.counts) else 0
            known = contexts >= 0
            total = np.where(known, level.totals[contexts], 0)
            types = np.where(known, level.types[contexts], 0)
            shorter = p[length - 1 :]
            if self.smoothing == "add-k":
                p[length - 1 :] = (count + self.k) / (total + self.k * self.v)
            else:
                if self.smoothing == "witten-bell":
                    kept, free, mass = count, types, total + types
                else:
                    kept = np.maximum(count - level.discount, 0)
                    free, mass = level.discount * types, total
                seen = mass > 0  # elsewhere the shorter context has the word
                mass = np.where(seen, mass, 1)
                p[length - 1 :] = np.where(seen, (kept + free * shorter) / mass, shorter)
            contexts = nodes
        return p


def bits_per_char(nll):
    return nll / math.log(2)


@dataclass
class GPTConfig:
    vocab_size: int
    block_size: int
    n_layer: int
    n_head: int
    n_embd: int
    dropout: float = 0.0
    norm: str = "rms"
    norm_place: str = "before"
    mlp: str = "silu"
    positions: str = "learned"
    n_expert: int = 1

    def __post_init__(self):
        kind = self.norm, self.norm_place, self.mlp, self.positions, self.n_expert
        if kind != ("rms", "before", "silu", "learned", 1):
            raise ValueError(f"a kind of model that is not written: {kind}")
        if self.n_embd % self.n_head:
            raise ValueError("n_head does not divide n_embd")


class MLP(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.up = nn.Linear(config.n_embd, 4 * config.n_embd, bias=False)
        self.down = nn.Linear(4 * config.n_embd, config.n_embd, bias=False)

    def forward(self, x):
        u = F.linear(x, self.up.weight)
        return F.linear(u * torch.sigmoid(u), self.down.weight)


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.heads = config.n_head
        self.qkv = nn.Linear(config.n_embd, 3 * config.n_embd, bias=False)
        self.out = nn.Linear(config.n_embd, config.n_embd, bias=False)
        late = torch.ones(config.block_size, config.block_size).triu(1)
        self.register_buffer("late", late.masked_fill(late > 0, -torch.inf), persistent=False)

    def forward(self, x):
        b, t, c = x.shape
        q, k, v = (
            p.unflatten(2, (self.heads, -1)).transpose(1, 2) for p in self.qkv(x).chunk(3, 2)
        )
        q, k, v = (p.flatten(0, 1) for p in (q, k, v))  # (B · H, T, D)
        scores = torch.baddbmm(self.late[:t, :t], q, k.mT, alpha=(c // self.heads) ** -0.5)
        y = torch.bmm(scores.softmax(-1), v).unflatten(0, (b, self.heads))
        return self.out(y.transpose(1, 2).flatten(2))


class Gain(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(c))

    def forward(self, x):
        return x * (x.square().mean(-1, keepdim=True) + 1e-6).rsqrt() * self.weight


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.norm1, self.attention = Gain(config.n_embd), Attention(config)
        self.norm2, self.mlp = Gain(config.n_embd), MLP(config)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x):
        x = self.dropout(self.attention(self.norm1(x))) + x
        return self.dropout(self.mlp(self.norm2(x))) + x


class GPT(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config.vocab_size, config.n_embd)
        self.positions = nn.Embedding(config.block_size, config.n_embd)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.n_layer))
        self.norm = Gain(config.n_embd)
        for p in self.parameters():
            if p.ndim > 1:
                p.data.normal_(std=0.03)

    def forward(self, ids, targets=None):
        if ids.shape[1] > self.config.block_size:
            raise ValueError("ids is longer than block_size")
        x = self.tokens(ids) + self.positions.weight[: ids.shape[1]]
        for block in self.blocks:
            x = block(x)
        logits = self.norm(x) @ self.tokens.weight.mT
        if targets is None:
            return logits, None
        chosen = logits.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
        return logits, (logits.logsumexp(-1) - chosen).mean()


def parameter_count(config):
    v, t, layers, c = config.vocab_size, config.block_size, config.n_layer, config.n_embd
    return c * (v + t + 1 + layers * (12 * c + 2))


def get_batch(ids, block_size, batch_size, generator=None):
    ids = _ids(ids)
    if ids.numel() < block_size + 1:
        raise ValueError("ids has no window with a target")
    windows = ids.unfold(0, block_size + 1, 1)
    rows = windows[torch.randint(windows.shape[0], (batch_size,), generator=generator)]
    return rows[:, :-1].contiguous(), rows[:, 1:].contiguous()


def learning_rate(step, max_lr, min_lr, warmup, total):
    rise = (step + 1) / (warmup + 1)
    done = min(max((step - warmup) / (total - warmup), 0.0), 1.0)
    fall = min_lr + (max_lr - min_lr) * math.cos(math.pi * done / 2) ** 2
    return max_lr * rise if step < warmup else fall


@dataclass
class History:
    step: list = field(default_factory=list)
    loss: list = field(default_factory=list)
    lr: list = field(default_factory=list)
    val_step: list = field(default_factory=list)
    val_loss: list = field(default_factory=list)
    optimizer: dict = field(default_factory=dict)
    generator: torch.Tensor = None


class Adam:
    """AdamW on lists of arrays; its rate is an argument of the step."""

    def __init__(self, model, decay, betas, moments):
        self.parameters, self.betas, self.moments = list(model.parameters()), betas, moments
        tables = [m.weight for m in model.modules() if isinstance(m, nn.Embedding)]
        free = {id(t) for t in tables}
        self.decay = [decay * (p.ndim > 1 and id(p) not in free) for p in self.parameters]
        if not moments:
            moments += [torch.zeros(2, *p.shape, dtype=p.dtype) for p in self.parameters]

    def step(self, rate, n, clip):
        a, b = self.betas
        grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in self.parameters]
        norm = torch.linalg.vector_norm(torch.stack([g.norm() for g in grads]))
        for p, g, decay, (m, s) in zip(self.parameters, grads, self.decay, self.moments):
            g = g * min(1.0, clip / (norm.item() + 1e-12))
            m += (1 - a) * (g - m)
            s += (1 - b) * (g * g - s)
            p.data -= rate * decay * p.data
            p.data -= rate * (m / (1 - a**n)) / ((s / (1 - b**n)).sqrt() + 1e-8)
            p.grad = None


def train(model, ids, steps, batch_size=12, max_lr=1e-3, min_lr=None, warmup=100, total=None,
          weight_decay=0.1, betas=(0.9, 0.99), clip=1.0, generator=None, val_ids=None,
          eval_every=0, resume=None):  # fmt: skip
    history = copy.deepcopy(resume) if resume is not None else History()
    begun = len(history.step)
    generator = generator if generator is not None else torch.default_generator
    if history.generator is not None:
        generator.set_state(history.generator)
    adam = Adam(model, weight_decay, betas, history.optimizer.setdefault("moments", []))
    model.zero_grad()
    model.train()
    for step in range(begun, begun + steps):
        lowest = max_lr / 10 if min_lr is None else min_lr
        last = begun + steps if total is None else total
        rate = learning_rate(step, max_lr, lowest, warmup, last)
        loss = model(*get_batch(ids, model.config.block_size, batch_size, generator))[1]
        loss.backward()
        adam.step(rate, step + 1, clip)
        for values, value in zip(
            (history.step, history.loss, history.lr), (step, float(loss.detach()), rate)
        ):
            values.append(value)
        if eval_every and val_ids is not None and (step + 1) % eval_every == 0:
            history.val_step.append(step + 1)
            history.val_loss.append(evaluate(model, val_ids)[0])
    history.generator = generator.get_state()
    return history


def save_checkpoint(path, model, history):
    new = f"{os.fspath(path)}.{os.getpid()}.new"
    with open(new, "wb") as file:
        torch.save((asdict(model.config), model.state_dict(), asdict(history)), file)
    os.replace(new, path)


def load_checkpoint(path):
    config, weights, history = torch.load(path, weights_only=True)
    model = GPT(GPTConfig(**config))
    model.load_state_dict(weights)
    return model, History(**history)


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    ids = _ids(ids).clone()
    bad = {
        "ids": ids.numel() == 0,
        "temperature": temperature < 0,
        "top_k": top_k is not None and top_k < 1,
        "top_p": top_p is not None and not 0 < top_p <= 1,
    }
    if any(bad.values()):
        raise ValueError(" and ".join(name for name, wrong in bad.items() if wrong))
    training, _ = model.training, model.eval()
    with torch.no_grad():
        for _ in range(n):
            z = model(ids[None, -model.config.block_size :])[0][0, -1]
            if temperature == 0:
                new = z.argmax()
            else:
                p = (z.double() / temperature).softmax(-1)
                order = p.argsort(descending=True)
                kept = p[order][:top_k]
                kept = kept / kept.sum()
                if top_p is not None:
                    kept[1:] *= kept.cumsum(-1)[:-1] < top_p
                new = order[torch.multinomial(kept, 1, generator=generator)[0]]
            ids = torch.cat((ids, new.view(1)))
    model.train(training)
    return ids


def evaluate(model, ids, characters=None):
    ids, block, training = _ids(ids), model.config.block_size, model.training
    model.eval()
    with torch.no_grad():
        nats = 0.0
        for x, y in zip(ids[:-1].split(block), ids[1:].split(block)):
            z = model(x[None])[0][0].double()
            nats += float((z.logsumexp(-1) - z[torch.arange(len(y)), y]).sum())
    model.train(training)
    loss = nats / (len(ids) - 1)
    return loss, math.exp(loss), nats / math.log(2) / (characters or len(ids) - 1)


def plot_history(history):
    figure = Figure(layout="constrained")
    axes = figure.subplots(subplot_kw={"xlabel": "update", "ylabel": "nats"})
    axes.semilogy(history.step, history.loss)
    axes.plot(history.val_step, history.val_loss, "s")
    return figure


def samples_over_time(
    model, ids, marks, prompt, n, val_ids=None, temperature=1.0, generator=None, **train_options
):
    history, found = None, []
    for before, mark in zip([0, *marks], marks):
        options = {"total": marks[-1], "generator": generator, **train_options}
        history = train(model, ids, mark - before, resume=history, **options)
        loss = evaluate(model, ids if val_ids is None else val_ids)[0]
        found.append((mark, loss, sample(model, prompt, n, temperature, generator=generator)))
    return found


def rms(x, gain):
    scale = 1 / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + 1e-6)
    return x * scale * gain, x * scale, scale


def rms_back(g, gain, hat, scale):
    g_gain = np.sum(g * hat, axis=tuple(range(g.ndim - 1)))
    g = g * gain
    return scale * (g - hat * np.mean(g * hat, axis=-1, keepdims=True)), g_gain


class NumpyGPT:
    def __init__(self, weights, config):
        self.weights, self.config = {n: w.copy() for n, w in weights.items()}, config

    def forward(self, ids):
        return self._forward(np.asarray(ids))[0]

    def _forward(self, ids):
        w, (b, t), h = self.weights, ids.shape, self.config.n_head
        x, kept = w["tokens.weight"][ids] + w["positions.weight"][:t], []
        late = np.triu(np.ones((t, t), dtype=bool), 1)
        for i in range(self.config.n_layer):
            at = f"blocks.{i}."
            n1, hat1, s1 = rms(x, w[at + "norm1.weight"])
            qkv = (n1 @ w[at + "attention.qkv.weight"].T).reshape(b, t, 3, h, -1)
            q, k, v = np.moveaxis(qkv, (2, 3), (0, 2))
            scale = x.dtype.type(q.shape[-1] ** -0.5)
            a = np.where(late, -np.inf, q @ k.swapaxes(-1, -2) * scale)
            a = np.exp(a - a.max(-1, keepdims=True)).astype(x.dtype)
            a /= a.sum(-1, keepdims=True)
            y = np.moveaxis(a @ v, 1, 2).reshape(b, t, -1)
            x = x + y @ w[at + "attention.out.weight"].T
            n2, hat2, s2 = rms(x, w[at + "norm2.weight"])
            u = n2 @ w[at + "mlp.up.weight"].T
            sigma = 1 / (1 + np.exp(-u))
            x = x + (u * sigma) @ w[at + "mlp.down.weight"].T
            kept.append((n1, hat1, s1, q, k, v, scale, a, y, n2, hat2, s2, u, sigma))
        final, hat, s = rms(x, w["norm.weight"])
        return final @ w["tokens.weight"].T, (final, hat, s, kept)

    def loss_and_grads(self, ids, targets):
        ids, targets, w = np.asarray(ids), np.asarray(targets), self.weights
        z, (final, hat, s, kept) = self._forward(ids)
        b, t = ids.shape
        p = np.exp(z - z.max(-1, keepdims=True))
        p /= p.sum(-1, keepdims=True)
        right = (*np.indices(ids.shape), targets)
        loss = -float(np.log(p[right]).mean())
        p[right] -= 1
        p /= ids.size
        grads = {"tokens.weight": np.einsum("btv,btc->vc", p, final)}
        x, grads["norm.weight"] = rms_back(p @ w["tokens.weight"], w["norm.weight"], hat, s)

        def product(name, g, into):
            grads[name] = np.einsum("bto,bti->oi", g, into)
            return g @ w[name]

        for i in reversed(range(self.config.n_layer)):
            at = f"blocks.{i}."
            n1, hat1, s1, q, k, v, scale, a, y, n2, hat2, s2, u, sigma = kept[i]
            g = product(at + "mlp.down.weight", x, u * sigma)
            g = product(at + "mlp.up.weight", g * sigma * (1 + u * (1 - sigma)), n2)
            g, grads[at + "norm2.weight"] = rms_back(g, w[at + "norm2.weight"], hat2, s2)
            x = x + g
            g = product(at + "attention.out.weight", x, y)
            g = np.moveaxis(g.reshape(b, t, self.config.n_head, -1), 2, 1)
            ga = g @ v.swapaxes(-1, -2)
            gs = a * (ga - np.sum(a * ga, -1, keepdims=True)) * scale
            g = np.stack([gs @ k, gs.swapaxes(-1, -2) @ q, a.swapaxes(-1, -2) @ g])
            g = np.moveaxis(g, (0, 2), (2, 3)).reshape(b, t, -1)
            g = product(at + "attention.qkv.weight", g, n1)
            g, grads[at + "norm1.weight"] = rms_back(g, w[at + "norm1.weight"], hat1, s1)
            x = x + g
        np.add.at(grads["tokens.weight"], ids, x)
        grads["positions.weight"] = np.zeros_like(w["positions.weight"])
        grads["positions.weight"][:t] = x.sum(0)
        return loss, grads
