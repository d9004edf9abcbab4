# ---
# jupyter:
#   jupytext:
#     comment_magics: false
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A language model, from nothing to sampled text
#
# *How does a file of text become something that writes?* Everything that a large language model
# does is on the way from one to the other, and on this way nothing is magic: a table of symbols
# (q1), counting (q2), a function with parameters (q3), batches and a step size (q4), a loop that
# makes the parameters better (q5), dice (q6), and an honest measurement (q7). At the end you write
# the whole model once more without a framework (q8), to be sure that nothing was hidden in it.
#
# A language model is a probability for the next token, given those before it:
#
# $$p(x_0, x_1, \dots, x_{N-1}) = \prod_{t=0}^{N-1} p(x_t \mid x_0, \dots, x_{t-1}).$$
#
# It is judged by one number, the mean *negative log-likelihood* on text it has never seen, $L =
# -\frac1N\sum_t \ln p(x_t \mid x_{<t})$, in nats per token. Whoever has no idea gives each of $V$
# tokens the probability $1/V$ and pays $\ln V$ nats; for 63 characters that is 4.14. Your first
# model, which only counts, will pay about 1.7 after a few seconds. Your second, a transformer of
# the GPT kind, pays about 1.82 after two minutes. Why is that the wrong way round, and when does it
# stop? That is the question of this notebook.
#
# | | you write | in | out |
# | --- | --- | --- | --- |
# | q1 | tokenizers | text | ids, $(N,)$ |
# | q2 | n-gram models | ids | $p(x_t \mid x_{t-n+1}, \dots, x_{t-1})$ |
# | q3 | a GPT in torch | ids, $(B, T)$ | logits, $(B, T, V)$, and a loss |
# | q4 | batches, learning rate | ids, $(N,)$ | inputs and targets, $(B, T)$ |
# | q5 | training, checkpoints | a model | a better model |
# | q6 | sampling | a model, a prompt | verse |
# | q7 | evaluation | a model, held-out ids | nats, perplexity, bits per character |
# | q8 | the GPT in NumPy | weights, ids | the same logits and gradients |
#
# **Letters.** $N$ tokens of text, $V$ = `vocab_size` different ones, $B$ sequences in a batch, $T$
# tokens in each (at most `block_size`), $C$ = `n_embd` numbers per token (the *width*), $H$ =
# `n_head` heads of width $C/H$, $L$ = `n_layer` layers.
#
# **Conventions.** Token ids go in as a list, a 1-D array of any integer type or an int64 tensor,
# unless something else is said. `generator` is a `torch.Generator`, or None for torch's own, the
# one that `torch.manual_seed` sets. Bad arguments raise `ValueError`. What the caller passes in is
# never modified (a model that is trained, of course, is).
#
# **Rules.** torch and NumPy; in q8 NumPy alone. No library of tokenizers or transformers.

# %% [markdown]
# ## Before you begin
#
# About 16 hours, difficulty 5 of 5.
#
# **Afterwards you can**
#
# - turn any text into numbers and back, and say what a token costs in your own language
# - predict text by counting, and know why a shorter context has to be asked
# - build a GPT from its parts, name by name, and say what each part is for
# - train it, stop, go on, and get the same model to the last bit
# - sample from it, and measure it so that two models can be compared
# - compute its gradients by hand, without a framework
#
# **You need**
#
# - torch: tensors, a module with parameters, what backward() does
# - NumPy: broadcasting, reshape and transpose, np.add.at
# - attention from the assignment before this one; the chain rule
#
# **Two minutes of self-check.** If an answer surprises you, read it up first.
#
# <details><summary>x has shape (2, 5, 12). Which shape has x.view(2, 5, 3, 4).transpose(1, 2)?</summary>(2, 3, 5, 4): three heads of four numbers, each with its five places</details>
# <details><summary>A model gives the right token the probability 1/8 each time. How many nats, how many bits, which perplexity?</summary>ln 8 = 2.08 nats, 3 bits, perplexity 8</details>
# <details><summary>What is the gradient of a parameter after two calls of backward() without zero_grad()?</summary>the sum of both gradients</details>

# %% tags=["active-ipynb"]
# # One thread, so that every time below is that of one core. Before NumPy and torch are imported.
# import os
#
# for library in ("OPENBLAS", "MKL", "OMP"):
#     os.environ[f"{library}_NUM_THREADS"] = "1"

# %% tags=["active-ipynb"]
# from autograder.notebook import Notebook
#
# grader = Notebook("minillm")

# %%
import copy
import heapq
import json
import math
import os
import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from itertools import pairwise

import numpy as np
import torch
import torch.nn.functional as F
from matplotlib.figure import Figure
from torch import nn


# %% [markdown]
# The text: eight of Shakespeare's plays, about a million characters. The first nine tenths are for
# learning, the last tenth is what we are judged on. (If the plays are not on your machine, the next
# cell says so and takes Python's own help pages; everything works, the verse will not rhyme.)

# %% tags=["active-ipynb"]
# import time
#
# import matplotlib.pyplot as plt
# from autograder import data
#
# torch.set_num_threads(1)
# plt.rcParams.update(
#     {"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
# )
# try:
#     text = data.shakespeare(plays=8)
# except data.DataMissing as missing:
#     print(missing)
#     text = data.stand_in()
# cut = int(0.9 * len(text))
# print(f"{len(text):,} characters, {len(set(text))} different ones\n")
# print(text[:170])

# %% [markdown]
# ## q1 · Text to numbers and back
#
# A model sees numbers. The simplest *tokenizer* gives each character of a text an id, in sorted
# order. **By hand**, for the text "banana": the vocabulary is `a b n`, and "nab" becomes
# `[2, 0, 1]`. There is nothing to learn and little to go wrong, and a character that was not in the
# text has no id.
#
# *Byte-pair encoding* (BPE), which the large models use, starts from the 256 bytes of UTF-8, so
# that every text in every script has ids from the start. Then it learns words as pieces that often
# stand together. Again and again the most frequent pair of neighbours becomes a new id:
#
# **By hand**, "banana bandana", 14 bytes (written as letters, `_` for the space):
#
# | sequence | most frequent pair | becomes |
# | --- | --- | --- |
# | `b a n a n a _ b a n d a n a` | `a n`, 4 times | 256 = "an" |
# | `b 256 256 a _ b 256 d 256 a` | `b 256`, twice, before `256 a`, also twice | 257 = "ban" |
# | `257 256 a _ 257 d 256 a` | `256 a`, twice | 258 = "ana" |
# | `257 258 _ 257 d 258` | none occurs twice: stop | |
#
# 14 bytes have become 6 tokens. Three rules make the result unique: overlapping pairs all count
# ("aaa" holds "aa" twice); of equally frequent pairs the one whose first occurrence is leftmost is
# merged; and merging goes from left to right ("aaa" becomes `256 a`, not `a 256`). To encode a new
# text, apply the merges in the order in which they were learned.
#
# Two additions make of this what the large models have. A **pattern** cuts the text into pieces
# before anything is merged, such as words with the space before them, and no merge crosses a cut.
# Otherwise "dog", "dog." and "dog!" each become a token. And **special tokens**, such as
# `<|endoftext|>`, are marks for the program and no text: they have ids of their own, nothing else
# stands for them, and they are never split. **By hand**: with the pattern ` ?\w+` the text "a dog,
# a dog" is cut into `a`, ` dog`, `,`, ` a`, ` dog`. (What lies between two matches is a piece too,
# so that nothing is lost.)
#
# **A hint on speed.** Counting all pairs anew for each merge costs $O(N)$ per merge, and all points
# can be had with it. But a merge changes only what stands beside it. Who keeps the places of each
# pair and corrects the counts of the neighbours trains on a million characters in seconds. And who
# encodes need not try 50 000 merges: take the earliest merge that occurs somewhere, and look only
# at what it changes.

# %% tags=["q1"]
class CharTokenizer:
    """One id per character.

    Attributes:
        vocabulary: the characters of the text, each once, in sorted order, as a list or a string.
            The id of a character is its place in it.
    """

    def __init__(self, text):
        raise NotImplementedError("q1: CharTokenizer.__init__ is not written yet")

    def encode(self, text):
        """Text → list of ids (plain ints). `ValueError` for a character that has no id."""
        raise NotImplementedError("q1: CharTokenizer.encode is not written yet")

    def decode(self, ids):
        """Ids (list, 1-D array or 1-D tensor) → text.

        `ValueError` for an id that no character has, negative ones included.
        """
        raise NotImplementedError("q1: CharTokenizer.decode is not written yet")


class BPETokenizer:
    """Byte-pair encoding on the UTF-8 bytes of a text.

    Ids 0 to 255 are the bytes. Training finds merges: the i-th of them (from 0) says that two ids
    which stand side by side become the one id 256 + i. The special tokens have the ids after the
    last merge, in their order.

    Args:
        pattern: a regular expression as in `re`. A text is cut into its matches and what lies
            between them, from left to right, and no merge crosses a cut. None: nothing is cut, a
            text is one sequence.
        special: texts that are one token each, wherever they occur, in training and in encoding:
            what stands beside them is as if they were the end of the text. Of two that begin at the
            same place the longer one counts.
    """

    def __init__(self, pattern=None, special=()):
        raise NotImplementedError("q1: BPETokenizer.__init__ is not written yet")

    def train(self, text, vocab_size):
        """Learn merges from `text`, in place of any learned before.

        Again and again the most frequent pair of neighbours in the sequence is merged, everywhere,
        from left to right. Neighbours are counted as in `zip(ids, ids[1:])`, so that "aaa" holds
        the pair "aa" twice. Of equally frequent pairs the one is taken whose first occurrence in
        the present sequence is leftmost. Training stops when there are `vocab_size` ids, special
        tokens not counted, or when no pair occurs twice.

        Raises:
            ValueError: `vocab_size` < 256.
        """
        raise NotImplementedError("q1: BPETokenizer.train is not written yet")

    def encode(self, text):
        """Text → list of ids (plain ints): its bytes, with all merges in the order of training."""
        raise NotImplementedError("q1: BPETokenizer.encode is not written yet")

    def decode(self, ids):
        """Ids (list, 1-D array or 1-D tensor) → text.

        Bytes that are not UTF-8 become U+FFFD, as `bytes.decode("utf-8", errors="replace")` does
        for the bytes of the whole sequence. An unknown id, negative ones included, → `ValueError`.
        """
        raise NotImplementedError("q1: BPETokenizer.decode is not written yet")

    def save(self, path):
        """Write what was learned, with pattern and special tokens, to the file `path`, in a format
        of your choice."""
        raise NotImplementedError("q1: BPETokenizer.save is not written yet")

    @classmethod
    def load(cls, path):
        """A new tokenizer from a file that `save` has written."""
        raise NotImplementedError("q1: BPETokenizer.load is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q1")

# %% [markdown]
# What BPE finds in Shakespeare, without cuts and with them. Each piece between two dots is one
# token. A larger vocabulary makes the text shorter. It also gives the model more rows to learn,
# each of which it sees less often. With the pattern, GPT-2's idea in Python's own dialect, no token
# holds the end of one word and the beginning of the next; that costs a little compression and gives
# tokens that mean something. (The cell takes ten to thirty seconds with plain counting.)

# %% tags=["active-ipynb"]
# characters = CharTokenizer(text)
# ids = torch.tensor(characters.encode(text))
# train_ids, val_ids = ids[:cut], ids[cut:]
#
# WORDS = r"'(?:[sdmt]|ll|ve|re)| ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s+(?!\S)|\s+"
# line, piece = "To be, or not to be, that is the question:", text[:50_000]
# print(f"{'ids':>5} {'cut':>4} {'tokens':>8} {'bytes per token':>16} {'seconds':>8}")
# for size in (256, 320, 512):
#     for pattern in (None, WORDS):
#         start = time.perf_counter()
#         bpe = BPETokenizer(pattern, special=["<|endoftext|>"])
#         bpe.train(piece, size)
#         tokens, seconds = bpe.encode(piece), time.perf_counter() - start
#         each, cuts = len(piece.encode()) / len(tokens), "yes" if pattern else "no"
#         print(f"{size:>5} {cuts:>4} {len(tokens):>8,} {each:>16.2f} {seconds:>8.2f}  ", end="")
#         print("·".join(bpe.decode([i]) for i in bpe.encode(line)))
# print("\nlongest:", sorted((bpe.decode([i]) for i in range(256, size)), key=len)[-12:])
# print("a special token:", bpe.encode("the end<|endoftext|>The beginning"))

# %% [markdown]
# **Your own language.** A tokenizer is good at what it was trained on. Bring a text in another
# language, or another script, and compare: how many bytes, and how many characters, has a token of
# it? Whoever pays a model by the token pays that difference. (Put a text of your own in.)

# %% tags=["active-ipynb"]
# samples = {
#     "English": "The sea is calm tonight, and all the boats are coming home.",
#     "Deutsch": "Das Meer ist heute ruhig, und alle Boote kehren nach Hause zurück.",
#     "Ελληνικά": "Η θάλασσα είναι ήρεμη απόψε και οι βάρκες γυρίζουν σπίτι.",
#     "中文": "今晚海面平静,船都回家了。",
# }
# for language, own in samples.items():
#     tokens = bpe.encode(own)
#     print(f"{language:10} {len(own.encode()) / len(tokens):5.2f} bytes per token", end="")
#     print(f" {len(own) / len(tokens):5.2f} characters per token")

# %% [markdown]
# **For your report, 1 (2 points).** How many bytes per token has your tokenizer on the text that it
# was trained on, on held-out Shakespeare, and on a text in your own language? Say in two sentences
# where the difference comes from, and what a user of that language pays for it.
#
# **For your report, 2 (1 point).** The ids of a large text are usually kept in a file of `uint16`.
# Why is that enough for GPT-2's 50 257 tokens, what does it save against `int64` for a text of ten
# thousand million tokens, and from which vocabulary on does it go wrong, and how would you notice?

# %% [markdown]
# ## q2 · Counting
#
# The oldest language model counts. An *n-gram model* believes that the last $n-1$ tokens, the
# context $h$, are all that matters. Write $c(hw)$ for how often the token $w$ followed $h$ in the
# text, $c(h) = \sum_w c(hw)$, and $T(h)$ for how many *different* tokens followed $h$. The obvious
# estimate $c(hw)/c(h)$ gives probability 0 to whatever was not seen, and one such token costs
# infinitely many nats. So something has to be taken from what was seen. Three ways:
#
# $$\text{add-}k:\qquad p(w\mid h) = \frac{c(hw) + k}{c(h) + kV}$$
#
# treats all unseen tokens alike. The other two ask a shorter context $h'$, which is $h$ without its
# first token:
#
# $$\text{Witten–Bell}:\qquad p(w\mid h) = \frac{c(hw) + T(h)\,p(w\mid h')}{c(h) + T(h)}.$$
#
# A context after which many different things came is likely to be followed by something new.
#
# $$\text{Kneser–Ney}:\qquad p(w\mid h) = \frac{\max(c(hw) - D,\,0)}{c(h)} +
# \frac{D\;T(h)}{c(h)}\;p(w\mid h'), \qquad 0 < D < 1.$$
#
# Each count gives up the same small *discount* $D$, and what is collected goes to the shorter
# context. And there is a second idea, the better one. The shorter context is asked only when the
# longer one does not know. *Then* it does not matter how often $w$ occurred, but in how many
# different surroundings: after how many different tokens. "Francisco" is frequent, but only after
# "San"; it is not what one expects after a new word. So **below the top order** counts are replaced
# by *continuation counts*: $c(hw)$ becomes the number of different tokens $v$ for which $vhw$
# occurs in the text, and $c(h)$ and $T(h)$ are computed from these.
#
# With Witten–Bell and Kneser–Ney a context that was never seen hands its question to the shorter
# one as it is. (Add-$k$ has no shorter one: by its formula all tokens are then equally likely,
# $1/V$.) Below the empty context stands $1/V$, and a token that is 0 at every level gets its share
# from there. The vocabulary is all ids up to the largest one seen. A context shorter than $n-1$, as
# at the beginning of a text, is judged by the model of its own length (for Kneser–Ney: by the
# continuation counts of that order).
#
# **By hand.** The text is `a b a b a c`, $n = 2$, $V = 3$. After $a$: $b$ twice, $c$ once, so $c(a)
# = 3$ and $T(a) = 2$.
#
# - Add-1: $p(b\mid a) = (2+1)/(3+3) = 0.5$.
# - Witten–Bell: $p(b) = (2 + 3\cdot\frac13)/(6+3) = \frac13$, and so $p(b\mid a) = (2 + 2\cdot
#   \frac13)/(3+2) = 0.533$.
# - Kneser–Ney with $D = \frac12$ everywhere. There are three different pairs, $ab$, $ba$, $ac$, and
#   each of $a, b, c$ ends one of them, although $a$ occurs three times and $c$ once. So $p(b) =
#   \frac{1 - D}{3} + \frac{3D}{3}\cdot\frac13 = \frac13$, and $p(b\mid a) = \frac{2-D}{3} +
#   \frac{2D}{3}\cdot\frac13 = 0.611$.
#
# Choose one $D$ per order. A good estimate is $D = n_1/(n_1 + 2n_2)$, where $n_1$ and $n_2$ n-grams
# of this order have the (continuation) count one and two; keep it inside (0, 1) if the text is
# small.
#
# **A hint on speed.** A dict per context works, and with `Counter(zip(ids, ids[1:], ids[2:]))` a
# million trigrams are counted in half a second. Ask each context for its sum once, if you can.

# %% tags=["q2"]
class NGramModel:
    """p(token | the n − 1 tokens before it), from counts.

    Args:
        n: length of the n-grams, at least 1. Only the last n − 1 tokens of a context count.
        smoothing: "add-k", "witten-bell" or "kneser-ney".
        k: what "add-k" adds to each count, above 0.

    Raises:
        ValueError: `n` < 1, or an unknown `smoothing`.
    """

    def __init__(self, n, smoothing, k=1.0):
        raise NotImplementedError("q2: NGramModel.__init__ is not written yet")

    def fit(self, ids):
        """Count the n-grams of all lengths up to n in `ids` (list, 1-D array or tensor, not empty).

        The vocabulary is 0 … V − 1 with V = max(ids) + 1. Calling it again starts anew.
        """
        raise NotImplementedError("q2: NGramModel.fit is not written yet")

    def prob(self, context, token):
        """p(token | context), a float.

        Args:
            context: the tokens before (list, 1-D array or tensor), in reading order, as many as you
                like, also none. A context shorter than n − 1 is judged by the model of its own
                length.
            token: an int below V.

        Raises:
            ValueError: `token` is not below V.
        """
        raise NotImplementedError("q2: NGramModel.prob is not written yet")

    def perplexity(self, ids):
        """exp of the mean of −ln p over all tokens of `ids`; the first have shorter contexts.

        Raises:
            ValueError: a token of `ids` is not below V.
        """
        raise NotImplementedError("q2: NGramModel.perplexity is not written yet")


def bits_per_char(nll):
    """Mean negative log-likelihood in nats per character → bits per character."""
    raise NotImplementedError("q2: bits_per_char is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q2")

# %% [markdown]
# One million characters, seven lengths, three ways to smooth. (With dicts this cell takes one or
# two minutes and less than a gigabyte.)

# %% tags=["active-ipynb"]
# lengths = range(1, 8)
# options = {"add-k": {"k": 0.05}, "witten-bell": {}, "kneser-ney": {}}
# looks = {"add-k": ("0.55", "s", "add 0.05"), "witten-bell": ("tab:orange", "o", "Witten–Bell")}
# looks["kneser-ney"] = ("tab:blue", "D", "Kneser–Ney")
# counted = {}  # (smoothing, n) -> (nats per character, seconds to fit)
# for smoothing in options:
#     for n in lengths:
#         start = time.perf_counter()
#         model = NGramModel(n, smoothing, **options[smoothing])
#         model.fit(train_ids)
#         seconds = time.perf_counter() - start
#         counted[smoothing, n] = math.log(model.perplexity(val_ids)), seconds
#
# figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
# for smoothing, (color, marker, label) in looks.items():
#     nats = [counted[smoothing, n][0] for n in lengths]
#     axes.plot(lengths, nats, color=color, marker=marker, label=label)
# best_n = min(lengths, key=lambda n: counted["kneser-ney", n])
# best, seconds = counted["kneser-ney", best_n]
# axes.annotate(
#     f"n = {best_n}: {best:.3f} nats = {bits_per_char(best):.2f} bits,\nfitted in {seconds:.1f} s",
#     (best_n, best), (2.6, best), ha="center", va="center", arrowprops={"arrowstyle": "->"},
# )
# axes.set(xlabel="n, length of the n-grams", ylabel="nats per character, held-out text")
# axes.set(title="A model that counts")
# axes.grid(alpha=0.25)
# axes.legend(frameon=False)
# plt.show()

# %% [markdown]
# Add-k has to invent a whole distribution for each new context and goes astray as soon as contexts
# become rare. The other two fall back on what they know. And all of them have a longest context
# that is worth having: the next one was hardly ever seen before. More than that an n-gram model
# cannot do with this text. It has no notion that two contexts are *alike*. Here is what it writes:

# %% tags=["active-ipynb"]
# counter = NGramModel(best_n, "kneser-ney")
# counter.fit(train_ids)
#
#
# def write(model, prompt, n, rng):
#     ids = characters.encode(prompt)
#     for _ in range(n):
#         context = ids[-best_n:]
#         p = np.array([model.prob(context, w) for w in range(len(characters.vocabulary))])
#         ids.append(int(rng.choice(len(p), p=p / p.sum())))
#     return characters.decode(ids)
#
#
# verse = write(counter, "\n\nHAMLET:\n", 300, np.random.default_rng(1))
# print(verse.strip())

# %% [markdown]
# ## q3 · GPT
#
# A neural language model replaces the table of contexts by a function. It can find that contexts
# are alike, and it looks back as far as it likes, up to `block_size`. Yours is a decoder-only
# transformer as in GPT-2. With $x$ of shape $(B, T, C)$:
#
# ![The model and one of its blocks. Left, upwards: ids, token table plus position table, blocks, a
# norm, the token table again, logits. Right, a block: the stream runs straight through; a normed
# copy goes through attention and is added, then another through the MLP.](model.svg)
#
# You build it in four parts, the shortest first, and each has its own checks: `MLP`, `Attention`,
# `Block`, `GPT`. Their names, and those of the parameters in them, are fixed, so that a checker can
# put its own weights into your model and compare what comes out with what has to. (All released
# models do that. Whoever wants to load somebody else's weights needs the same names.) `nn.Linear`,
# `nn.Embedding`, `nn.LayerNorm` and their like are allowed; attention or transformer layers that
# torch has ready-made are not.
#
# **What is free is declared.** The norm may be layer norm or RMS norm, and the MLP may bend its
# numbers in several ways. Say what yours does by the defaults of `GPTConfig`. Beside any weight
# there may be a bias.

# %% tags=["q3"]
@dataclass
class GPTConfig:
    """Size of a model, and its kind.

    Attributes:
        n_embd: the width C; n_head divides it.
        block_size: the longest context.
        dropout: share of numbers that are dropped while training.
        norm: "layer", "rms", or "none".
        norm_place: "before" each half of a block, or "after" it.
        mlp: "relu2", "relu", "gelu" (exact, or with tanh), "silu" or "swiglu".
        positions: "learned", "none", or "rope" or "alibi" as in the assignment on attention (which
            numbers RoPE pairs is free).
        n_expert: number of MLPs in each block; with more than one every token goes to one of them.

    The defaults describe your model: change those of `norm` ("layer" or "rms") and `mlp` if yours
    is another kind; the other defaults stay. Whoever asks for a kind that your model does not know
    gets a `ValueError`.
    """

    vocab_size: int
    block_size: int
    n_layer: int
    n_head: int
    n_embd: int
    dropout: float = 0.0
    norm: str = "layer"
    norm_place: str = "before"
    mlp: str = "relu2"
    positions: str = "learned"
    n_expert: int = 1


# %% [markdown]
# **MLP.** Two matrices with $4C$ numbers between them, and something between them that is not
# linear: without it the two would be one. GPT-2 bends with GELU. The square of ReLU, $\max(0,
# u)^2$, is cheaper, and better for a model of this size. It works on each token alone.
#
# **By hand**: $C = 1$, `up` $= (1, -1, 2, 0)^\top$, `down` $= (1, 1, 1, 1)$, no biases. For $x = 3$
# the four numbers are $3, -3, 6, 0$; bent by the square of ReLU, $9, 0, 36, 0$; the result is 45.

# %% tags=["q3"]
class MLP(nn.Module):
    """Two matrices, and between them 4 · n_embd numbers, bent.

    y = down(bend(up(x))), with bend as `config.mlp` says: "relu2" max(0, u)², "relu" max(0, u),
    "gelu" u · Φ(u), "silu" u · σ(u); or for "swiglu" y = down(silu(gate(x)) · up(x)), of any width.

    Attributes:
        up: an `nn.Linear`, its weight of shape (4 · n_embd, n_embd).
        down: an `nn.Linear`, its weight of shape (n_embd, 4 · n_embd).
        gate: for "swiglu" only, as `up`.

    Raises:
        ValueError: a kind of `config.mlp` that it does not know.
    """

    def __init__(self, config):
        raise NotImplementedError("q3: MLP.__init__ is not written yet")

    def forward(self, x):
        """(B, T, n_embd) → (B, T, n_embd)."""
        raise NotImplementedError("q3: MLP.forward is not written yet")


# %% [markdown]
# **Causal attention** is the only part in which tokens meet. Each token asks with a *query*, is
# found by its *key* and answers with its *value*, in $H$ heads of $D = C/H$ numbers each. One
# matrix `qkv` makes all three, one matrix `out` mixes what the heads have found:
#
# $$A = \operatorname{softmax}\!\Big(\frac{QK^\top}{\sqrt{D}} + \text{mask}\Big), \qquad
# Q, K, V: (B, H, T, D), \quad A: (B, H, T, T).$$
#
# Token $t$ may look at $0 \dots t$ only: the mask is $-\infty$ elsewhere. One step more, and it
# would read its own answer: the loss would be wonderful and the model worthless. The division by
# $\sqrt D$ keeps scores of the size of 1; without it the softmax is nearly a maximum, from which
# nothing can be learned.
#
# **By hand**: if all queries are 0, all scores are 0, and token $t$ takes the mean of the values $0
# \dots t$. Values 3, 5, 1 become 3, 4, 3.

# %% tags=["q3"]
class Attention(nn.Module):
    """Causal self-attention in n_head heads of D = n_embd / n_head numbers.

    In each head: softmax of q · kᵀ / √D over the places 0 … t, times the values. The heads' results
    side by side, head 0 first, go through `out`.

    Attributes:
        qkv: an `nn.Linear`, its weight of shape (3 · n_embd, n_embd): the rows of all queries, then
            of all keys, then of all values; within each those of head 0, then of head 1, …
        out: an `nn.Linear`, its weight of shape (n_embd, n_embd).

    Raises:
        ValueError: n_embd is not a multiple of n_head.
    """

    def __init__(self, config):
        raise NotImplementedError("q3: Attention.__init__ is not written yet")

    def forward(self, x):
        """(B, T, n_embd) → (B, T, n_embd); place t depends on x[:, : t + 1] alone."""
        raise NotImplementedError("q3: Attention.forward is not written yet")


# %% [markdown]
# **For your report, 3 (1 point).** How many bytes do the scores $QK^\top$ of all heads and layers
# take in float32 for your model ($B = 12$, $T = 64$, $H = 4$, $L = 4$)? And for GPT-2 with $T =
# 1024$, 12 heads, 12 layers and $B = 12$? Which of $B$, $T$, $H$, $C$ would you have to halve to
# quarter it?

# %% [markdown]
# **Norm first, then add.** Each half of a block sees a normalised copy of $x$ and adds what it
# found. The stream $x$ itself runs from the first layer to the last untouched, and so do gradients
# backwards. A *layer norm* subtracts the mean over the $C$ numbers of a token, divides by their
# standard deviation and multiplies by a learned gain; an *RMS norm* leaves out the mean. The order
# matters: the second half sees what the first has added.

# %% tags=["q3"]
class Block(nn.Module):
    """One layer: x = x + attention(norm1(x)), then x = x + mlp(norm2(x)).

    (That is norm_place "before"; "after": x = norm1(x + attention(x)), then x = norm2(x + mlp(x)).)

    Attributes:
        norm1, norm2: norms over the last axis, of the kind of `config.norm`, such as
            `nn.LayerNorm(n_embd)`; their weight is the gain, of shape (n_embd,).
        attention: an `Attention`, a module that is called with x.
        mlp: an `MLP`, a module that is called with x.

    Raises:
        ValueError: a kind of `config.norm` or `config.norm_place` that it does not know.
    """

    def __init__(self, config):
        raise NotImplementedError("q3: Block.__init__ is not written yet")

    def forward(self, x):
        """(B, T, n_embd) → (B, T, n_embd)."""
        raise NotImplementedError("q3: Block.forward is not written yet")


# %% [markdown]
# **The whole.** Token $i$ is row $i$ of a table $E$ of shape $(V, C)$, place $t$ is row $t$ of one
# of shape (`block_size`, $C$). Both are learned; their sum enters the first block. After the last
# block comes one more norm. **Tied**: logits are $x E^\top$, with the same $E$ that reads the
# tokens in. A token is written as it is read.
#
# **Start.** If everything begins small (GPT-2: normal with $\sigma = 0.02$), all logits are nearly
# 0, each token has probability $1/V$, and the loss is $\ln V$: the honest answer of one who knows
# nothing. If your first loss is 20, you have begun with an opinion. (PyTorch's own `nn.Embedding`
# begins with $\sigma = 1$, which is one.) Smaller still, at 0, may begin the last matrix of each
# half block: then every block first passes on what it gets.
#
# **By hand**: how many parameters? Without biases a block has $3C^2 + C^2$ (attention), $4C^2 +
# 4C^2$ (MLP) and two norms with $C$ gains each. With $V = 63$, `block_size` 64, $L = 4$, $C = 128$:
#
# $$\underbrace{(63+64)\cdot128}_{16\,256}
# + \underbrace{4\cdot(12\cdot128^2 + 2\cdot128)}_{787\,456}
# + \underbrace{128}_{\text{last norm}} = 803\,840.$$
#
# Yours may have biases, and then other numbers. `parameter_count` computes the number of *your*
# model from a configuration, without building it. (That is how one plans a model that costs a
# million to build.)

# %% tags=["q3"]
class GPT(nn.Module):
    """A decoder-only transformer.

    x = tokens[ids] + positions[:T]; then the blocks, one after the other; a final norm; logits =
    x · tokensᵀ.

    Attributes:
        config: the `GPTConfig`.
        tokens: the token table, an `nn.Embedding`, its weight of shape (vocab_size, n_embd). It
            serves at both ends and is one parameter. (An alias of it may have a second name.)
        positions: the position table, an `nn.Embedding`, its weight of shape (block_size, n_embd).
        blocks: n_layer `Block`s, in an `nn.ModuleList` or `nn.Sequential`.
        norm: the final norm, as in `Block`.

    There are no other parameters than the weights named here and in the parts, and biases beside
    them.

    Raises:
        ValueError: n_embd is not a multiple of n_head, or a kind of `config.positions` that it does
            not know.
    """

    def __init__(self, config):
        raise NotImplementedError("q3: GPT.__init__ is not written yet")

    def forward(self, ids, targets=None):
        """Logits for the token after each place, and the loss.

        Args:
            ids: int64 tensor (B, T), 1 ≤ T ≤ block_size.
            targets: int64 tensor (B, T), the token that really follows each place, or None.

        Returns:
            (logits, loss): (B, T, vocab_size), and the mean cross-entropy over all B · T places in
            nats, or None without targets. Logits at place t depend on ids[:, : t + 1] alone.
            Freshly made, the model knows nothing: its loss is ln V, within half a nat. Dropout
            works in training mode only, and at 0 not at all.

        Raises:
            ValueError: T > block_size.
        """
        raise NotImplementedError("q3: GPT.forward is not written yet")


def parameter_count(config):
    """Number of parameters of `GPT(config)`, computed without building it.

    Equal to `sum(p.numel() for p in GPT(config).parameters())`; a tied table counts once.
    """
    raise NotImplementedError("q3: parameter_count is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q3")

# %% [markdown]
# ## q4 · Batches and the learning rate
#
# The model is asked for the *next* token at every place at once. From one window of text come $T$
# exercises: inputs $x_s, \dots, x_{s+T-1}$, targets $x_{s+1}, \dots, x_{s+T}$, the same window one
# token further on. **By hand**: `ids = [10, 11, 12, 13, 14]`, `block_size` 3. A window can start at
# 0 or at 1, for its last target has to exist: inputs `[11, 12, 13]` have targets `[12, 13, 14]`.
# There are $N - T$ places to start at, and whoever forgets the last one never learns the end of the
# text; whoever goes one further falls off it. And if targets are not shifted at all the loss falls
# splendidly, because repeating what one has just heard is easy.
#
# The learning rate $\eta$ changes with the step $s$. It first rises in a straight line, because the
# optimiser's averages mean little in the beginning, then falls along half a cosine:
#
# $$\eta(s) = \eta_{\min} + \frac{\eta_{\max} - \eta_{\min}}{2}\left(1 + \cos\left(\pi\,
# \frac{s - \text{warmup}}{\text{total} - \text{warmup}}\right)\right), \qquad
# \text{warmup} \le s \le \text{total}.$$
#
# **By hand**, with max 1, min 0.1, warmup 4, total 12: 0.2, 0.4, 0.6, 0.8 at steps 0 to 3, then 1.0
# at step 4, 0.55 at step 8, 0.1 from step 12 on.

# %% tags=["q4"]
def get_batch(ids, block_size, batch_size, generator=None):
    """Random windows of a text, and the same windows one token further on.

    Args:
        ids: the text's token ids (list, 1-D array or int64 tensor), at least block_size + 1.
        block_size: length of a window.
        batch_size: number of windows.
        generator: a `torch.Generator` that chooses where they start, or None for torch's own.

    Returns:
        Two int64 tensors of shape (batch_size, block_size): inputs, and targets. Each window starts
        anywhere in 0 … len(ids) − block_size − 1, both ends included, all equally likely and
        independent of each other; `targets[b, t]` is the token that follows `inputs[b, t]`.

    Raises:
        ValueError: `ids` has fewer than block_size + 1 tokens.
    """
    raise NotImplementedError("q4: get_batch is not written yet")


def learning_rate(step, max_lr, min_lr, warmup, total):
    """Learning rate at `step` (from 0): up in a straight line, then down along a cosine.

    Args:
        step: an int, at least 0.
        max_lr: reached at step `warmup`.
        min_lr: reached at step `total`, and kept from there on.
        warmup: steps of the rise, at least 0. On it the rate grows by the same amount at each step,
            and is above 0 at step 0.
        total: the step at which the cosine ends, above `warmup`.

    Returns:
        A float.
    """
    raise NotImplementedError("q4: learning_rate is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q4")

# %% [markdown]
# ## q5 · Training
#
# All pieces are there. One step is: a batch, the loss, its gradients $g$, and a change of the
# parameters. *AdamW* keeps two running means for each parameter, of $g$ and of $g^2$, and moves
# each by about the learning rate, whatever the size of its gradient. Three things around it matter
# more than they look:
#
# - **Clipping.** If the norm of *all* gradients together exceeds `clip`, all are scaled down by the
#   same factor: **by hand**, gradients 3 and 4 with clip 1 have norm 5 and become 0.6 and 0.8. One
#   strange batch then cannot wreck the model.
# - **Weight decay** pulls a parameter towards 0 by $\eta\lambda\theta$ at each step, beside the
#   gradient and not through it; that is the W in AdamW. Matrices decay. Gains and biases do not: a
#   gain of 0 would be no simpler model, just a dead one. Nor do the two tables, in which a row that
#   is rarely used would fade away.
# - **Going on.** Training stops when the machine wants it to, not when you do. A checkpoint
#   that holds only the weights forgets the optimiser's running means, the place on the cosine,
#   and the state of the dice. With all of them a run in two parts is, to the last bit, the run in
#   one.
#
# A checkpoint is a file that people send to each other. A pickle can run any code when it is
# loaded; `torch.load(path, weights_only=True)` refuses everything but data, so save nothing but
# data: the configuration as a dict, not as an object. And a process can be killed while it is
# writing. Write to another name first, then `os.replace`, which happens entirely or not at all.

# %% tags=["q5"]
@dataclass
class History:
    """What happened in training, and what is needed to go on.

    Attributes:
        step: number of each update, from 0.
        loss: of its batch, before the update.
        lr: learning rate of the update.
        val_step: number of updates made before each validation.
        val_loss: the result of each validation.
        optimizer: state of the optimiser, a dict such as its `state_dict()`; None before the first
            step.
        generator: state of the generator after the last step (`get_state()`); None before the first
            step.
    """

    step: list = field(default_factory=list)
    loss: list = field(default_factory=list)
    lr: list = field(default_factory=list)
    val_step: list = field(default_factory=list)
    val_loss: list = field(default_factory=list)
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
    """Train `model` on `ids`, in place.

    At each step: a batch of `get_batch(ids, model.config.block_size, batch_size, generator)`, its
    loss, gradients, clipping, one AdamW update at the rate of `learning_rate`.

    Args:
        model: a `GPT`; anything with `.config.block_size` that is called like one will do. It may
            be on any device and of any dtype, and stays so.
        ids: the text's token ids.
        steps: number of updates that this call makes.
        max_lr, min_lr, warmup, total: as in `learning_rate`; min_lr None is max_lr / 10; total, the
            end of the cosine, None is the last step of this call.
        weight_decay: of AdamW, decoupled: a decayed parameter also loses lr · weight_decay of
            itself. Only parameters of two or more dimensions decay, and of these the token and
            position tables do not.
        betas: of AdamW (its eps is 1e-8).
        clip: largest norm of all gradients together; longer ones are scaled down to it.
        generator: a `torch.Generator` for the batches, or None for torch's own.
        val_ids: held-out ids; with `eval_every` > 0 the model is evaluated on all of them after
            every so many updates (counted from the start of the whole run; before the first update
            too, if you like).
        resume: a `History`, of an earlier call or loaded. Steps are counted on from there, and the
            optimiser and the generator go on from the states it holds (if `generator` is given,
            it is set to that state). It is not modified, so one can go on from it twice.

    Returns:
        A `History`: that of `resume`, continued. At dropout 0 training in two parts, with the same
        `total`, gives exactly what training in one gives, also with a checkpoint in between.
    """
    raise NotImplementedError("q5: train is not written yet")


def save_checkpoint(path, model, history):
    """Write model and history to the file `path`, whole or not at all.

    The file can be read by `torch.load(path, weights_only=True)`: tensors, Python's own numbers
    (NumPy's are refused), strings, lists, dicts, and nothing that would be executed.
    """
    raise NotImplementedError("q5: save_checkpoint is not written yet")


def load_checkpoint(path):
    """Read a file that `save_checkpoint` has written, with `weights_only=True`.

    Returns:
        (model, history): a new `GPT` with the same configuration and weights, on the CPU, and a
        `History` from which `train` goes on exactly.
    """
    raise NotImplementedError("q5: load_checkpoint is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q5")

# %% [markdown]
# The moment of truth. A GPT with 0.8 million parameters, 2 000 steps of 12 windows of 64
# characters: 1.5 million characters in all, each about one and a half times. It takes one to two
# minutes on one core. (While it runs: what should the first loss be?)

# %% tags=["active-ipynb"]
# torch.manual_seed(1)
# config = GPTConfig(len(characters.vocabulary), 64, n_layer=4, n_head=4, n_embd=128)
# gpt = GPT(config)
# print(f"{parameter_count(config):,} parameters")
# start = time.perf_counter()
# history = train(
#     gpt, train_ids, 2000, max_lr=2e-3, min_lr=0.0, warmup=500, weight_decay=0.5,
#     generator=torch.Generator().manual_seed(1),
# )
# train_seconds = time.perf_counter() - start
# print(f"{train_seconds:.0f} seconds, {1e3 * train_seconds / 2000:.1f} ms per step")
# print(f"loss {history.loss[0]:.2f} before, {np.mean(history.loss[-100:]):.2f} at the end")

# %% [markdown]
# **For your report, 4 (2 points).** How many floating-point operations are one step of this
# training? (A product with a matrix of $n$ weights costs $2n$ per token forward and twice that
# backward; the scores cost $4TC$ per token and layer forward.) Divide by the time that you have
# measured: how many operations per second is that, and what share of what your `matmul` assignment
# found possible?

# %% [markdown]
# ## q6 · Dice
#
# The model gives a distribution; to write, one has to draw from it, append, and ask again. Always
# taking the most probable token soon goes in circles. Drawing from the whole distribution now and
# then takes something absurd, and the model, which believes everything it has said, goes on from
# there. Between the two lie three knobs, turned in this order:
#
# - **Temperature** $\tau$: logits are *divided* by it. Below 1 the probable becomes more probable;
#   0 is the limit in which only the maximum is left.
# - **Top-k**: only the $k$ most probable are kept.
# - **Top-p**: the most probable are kept until their probabilities add up to at least $p$. The
#   token with which the sum *crosses* $p$ is kept too, otherwise a token with probability 0.9 would
#   be dropped at $p = 0.8$, and nothing would be left.
#
# **By hand**: probabilities 0.5, 0.3, 0.15, 0.05. With $\tau = \frac12$ each is squared and all
# divided by the sum 0.365: 0.685, 0.247, 0.062, 0.007. At $\tau = 1$ and $p = 0.7$: 0.5 is too
# little, 0.5 + 0.3 is enough, two are kept, with 0.625 and 0.375.

# %% tags=["q6"]
def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    """Let a model continue a text.

    Args:
        model: a `GPT`, or anything that is called like one: `logits, _ = model(ids)` with ids
            (1, T), and `model.config.block_size`. It is asked with dropout off, and left in the
            mode (train or eval) in which it was.
        ids: the prompt, at least one token. Of a text longer than block_size the model sees the
            last block_size tokens.
        n: number of new tokens.
        temperature: logits are divided by it; 0 always takes the most probable token.
        top_k: keep only the k most probable tokens, exactly k of them: which ones of several that
            are equally probable is open. All of them, if k > V.
        top_p: then, with probabilities that sum to 1 again, keep only the smallest set of most
            probable tokens whose probabilities add up to at least p.
        generator: a `torch.Generator`, or None for torch's own; it chooses, with probabilities
            proportional to those that are kept.

    Returns:
        1-D int64 tensor: the prompt, and after it the n new ids.

    Raises:
        ValueError: temperature < 0, top_k < 1, top_p outside (0, 1], an empty prompt.
    """
    raise NotImplementedError("q6: sample is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q6")

# %% tags=["active-ipynb"]
# prompt = characters.encode("\n\nHAMLET:\n")
# for title, knobs in {
#     "temperature 0": {"temperature": 0},
#     "temperature 1": {},
#     "temperature 0.8, top-p 0.95": {"temperature": 0.8, "top_p": 0.95},
# }.items():
#     drawn = sample(gpt, prompt, 250, generator=torch.Generator().manual_seed(7), **knobs)
#     print(f"——— {title} ———\n{characters.decode(drawn).strip()}\n")

# %% [markdown]
# ## q7 · How good is it?
#
# The loss of one batch of training says little. Honest is: text that was never used for training,
# all of it, each token once. The text is cut into windows that do not overlap. **By hand**: 7
# tokens, `block_size` 4: inputs `[x0 x1 x2 x3]` with targets `[x1 x2 x3 x4]`, then `[x4 x5]` with
# `[x5 x6]`. Six tokens are predicted, $x_0$ is not. Windows have different lengths, so add up nats
# and divide at the end; a mean of means would count the tokens of the short one twice.
#
# Two models can only be compared if they predict the same thing. A token of BPE is harder to guess
# than a character, but there are fewer. *Bits per character* is the same for all: all nats, divided
# by $\ln 2$ and by the number of characters. **By hand**: 2.0 nats per token, 2.5 characters per
# token: $2.0/0.693/2.5 = 1.15$ bits per character. Whoever forgets the 2.5 reports 2.89. (It is
# also the size to which the text could be compressed with this model.)

# %% tags=["q7"]
def evaluate(model, ids, characters=None):
    """How well a model predicts a text.

    The text is cut into windows of block_size tokens, beginning at 0, that do not overlap; the last
    may be shorter. The model is asked for the token after each place of a window, so that every
    token of `ids` but the first is predicted exactly once, with what precedes it in its window.

    Args:
        model: a `GPT`, or anything that is called like one. It is asked with dropout off and
            without gradients, and left in the mode (train or eval) in which it was.
        ids: the text's token ids, at least two.
        characters: how many characters the predicted tokens stand for; None if a token is a
            character.

    Returns:
        (loss, perplexity, bits_per_char), floats: the mean negative log-likelihood in nats per
        predicted token; its exponential; all nats together, in bits, divided by `characters`.
    """
    raise NotImplementedError("q7: evaluate is not written yet")


def plot_history(history):
    """Draw the losses of a `History` against the step.

    Returns:
        A Matplotlib `Figure`: training loss over all steps, and validation loss if there is any;
        both axes labelled.
    """
    raise NotImplementedError("q7: plot_history is not written yet")


def samples_over_time(
    model, ids, marks, prompt, n, val_ids=None, temperature=1.0, generator=None, **train_options
):
    """Train a model and see at some moments how good it is and what it writes.

    Args:
        model: the model, trained in place by `train`, without interruption (one cosine up to the
            last mark, unless `train_options` say something else).
        ids: the text it is trained on.
        marks: numbers of updates, ascending; 0 is the untrained model.
        prompt: token ids with which each sample begins.
        n: number of new tokens.
        val_ids: on what the loss is evaluated; None: on `ids`.
        temperature, generator: for `sample`; the generator also serves `train`.
        **train_options: anything else that `train` takes.

    Returns:
        A list of (step, loss, ids), one for each mark: the mark, the model's loss in nats per token
        after that many updates, the prompt with n new ids.
    """
    raise NotImplementedError("q7: samples_over_time is not written yet")


# %% tags=["active-ipynb"]
# grader.check("q7")

# %% [markdown]
# First a small model, to see how knowledge comes: letters, then lengths of words, then words, then
# lines with a name before them.

# %% tags=["active-ipynb"]
# torch.manual_seed(0)
# small = GPT(GPTConfig(len(characters.vocabulary), 32, n_layer=2, n_head=2, n_embd=64))
# seen = samples_over_time(
#     small, train_ids, [0, 20, 60, 200, 600], characters.encode("\n"), 66,
#     val_ids=val_ids[:20_000], temperature=0.8, generator=torch.Generator().manual_seed(3),
#     max_lr=6e-3, batch_size=24,
# )
# print(f"{'steps':>5} {'nats':>5}  what it writes")
# for step, loss, drawn in seen:
#     print(f"{step:>5} {loss:>5.2f}  {characters.decode(drawn).strip()!r}")

# %% [markdown]
# Now the large one.

# %% tags=["active-ipynb"]
# gpt_loss, perplexity, bits = evaluate(gpt, val_ids)
# print(f"GPT:        {gpt_loss:.3f} nats, perplexity {perplexity:.2f}, {bits:.2f} bits/character")
# print(f"Kneser–Ney: {best:.3f} nats, perplexity {math.exp(best):.2f}, ", end="")
# print(f"{bits_per_char(best):.2f} bits/character")
# plot_history(history)

# %% [markdown]
# ## Change it
#
# The best way to understand a model is to change it. `GPTConfig` names what others have tried: RMS
# norm and SwiGLU come from LLaMA, the norm after each half from the first transformer, RoPE and
# ALiBi are the positions that you wrote for the head without a framework; a *mixture of experts*
# has many MLPs and asks only one of them for each token. Each is a few lines in the classes of q3.
# Write those that you are curious about (they give no points, but a kind that your model takes has
# to be that kind). What it does not know it refuses with a `ValueError`, and the cell leaves it
# out. Ten small models take one to two minutes.

# %% tags=["active-ipynb"]
# variants = {
#     "as in q3": {},
#     "RMS norm": {"norm": "rms"},
#     "no norms": {"norm": "none"},
#     "norm after": {"norm_place": "after"},
#     "GELU": {"mlp": "gelu"},
#     "SwiGLU": {"mlp": "swiglu"},
#     "RoPE": {"positions": "rope"},
#     "ALiBi": {"positions": "alibi"},
#     "no positions": {"positions": "none"},
#     "4 experts": {"n_expert": 4},
# }
# size = (len(characters.vocabulary), 64, 2, 4, 64)  # vocabulary, block, layers, heads, width
# small_steps, changed = 250, {}
# for name, change in variants.items():
#     torch.manual_seed(3)
#     try:
#         model = GPT(GPTConfig(*size, **change))
#     except ValueError as reason:
#         print(f"{name:13} not in this model: {reason}")
#         continue
#     start = time.perf_counter()
#     run = train(
#         model, train_ids, small_steps, max_lr=5e-3, warmup=30,
#         generator=torch.Generator().manual_seed(3),
#     )
#     seconds = time.perf_counter() - start
#     changed[name] = model, run, evaluate(model, val_ids[:20_000])[0]
#     weights = sum(p.numel() for p in model.parameters())
#     print(f"{name:13} {changed[name][2]:.3f} nats {weights:>8,} weights {seconds:5.1f} seconds")
#
# figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.4), layout="constrained")
# for name, (_, run, loss) in sorted(changed.items(), key=lambda item: -item[1][2]):
#     smooth = np.convolve(run.loss, np.ones(25) / 25, mode="valid")
#     left.plot(range(25, len(run.loss) + 1), smooth, lw=1.2, label=f"{name}: {loss:.2f}")
# left.set(xlabel="step", ylabel="nats, mean of 25 batches", title="Small models, one change each")
#
# # Twice as far as they were trained: the same weights in a model with a block of 128.
# ends = np.arange(8, 129, 8)
# rows = val_ids[: 300 * 129].view(300, 129)
# for name in ("as in q3", "RoPE", "ALiBi", "no positions"):
#     if name not in changed:
#         continue
#     longer = GPT(GPTConfig(size[0], 128, *size[2:], **variants[name])).eval()
#     with torch.no_grad():
#         into = dict(longer.named_parameters())
#         for key, p in changed[name][0].named_parameters():
#             into[key][: len(p)].copy_(p)  # a table of positions stays fresh beyond 64
#         log_p = longer(rows[:, :-1])[0].log_softmax(-1)
#         nats = -log_p.gather(2, rows[:, 1:, None])[..., 0].mean(0).numpy()
#     right.plot(ends - 4, nats.reshape(-1, 8).mean(1), "o-", ms=3, label=name)
# right.axvline(64, color="0.5", ls=":")
# right.set(xlabel="place in the window", ylabel="nats per character")
# right.set(title="At twice the length of training")
# for axes in (left, right):
#     axes.grid(alpha=0.25)
#     axes.legend(frameon=False, fontsize=8)
# plt.show()

# %% [markdown]
# On the left the changes of three hundred steps: a norm matters, its kind hardly; what tells
# positions apart matters; SwiGLU and GELU differ by less than two seeds do. On the right, beyond
# the dotted line, the places that no model has seen in training. A learned table has nothing to say
# there. RoPE meets angles that it has never seen, and becomes worse. ALiBi only knows distances and
# that the further ones count less, and goes on as if nothing had happened. (What does the model
# without any positions do, and why is it not lost? Think of what the mask gives away.)

# %% [markdown]
# ## q8 · Without a framework
#
# torch has computed gradients for you. Once in a lifetime one should do it oneself, and with what
# you know it is not long. Write the forward pass of your model in NumPy, from its weights. Most
# points of this question are for that. The gradients are a bonus for those who want to know (the
# last few of the 100 points). You need four rules, written for rows $x$ of shape $(C,)$, where
# $\bar y$ is the gradient of the loss with respect to $y$:
#
# - **Product** $Y = XW^\top$: $\ \bar X = \bar Y W$ and $\bar W = \bar Y^\top X$, summed over all
#   tokens.
# - **Cross-entropy** of softmax: $\bar z = (p - \text{one-hot})/(BT)$, with logits $z$.
# - **Softmax** $a = \operatorname{softmax}(s)$: $\ \bar s = a \odot (\bar a - \sum_j a_j \bar
#   a_j)$. In attention with $y = \sum_j a_j v_j$ the sum is $\bar y \cdot y$, which is cheaper.
# - **Layer norm** $\hat x = (x - \mu)/\sigma$, $y = \gamma\odot\hat x$: with $g = \gamma\odot\bar
#   y$, $\ \bar x = \big(g - \operatorname{mean}(g) - \hat x\operatorname{mean}(g\odot\hat
#   x)\big)/\sigma$ and $\bar\gamma = \sum \bar y\odot\hat x$.
#
# Where $x$ goes two ways (past a block and through it) the gradients add up, and so they do for the
# token table, which is used twice: as output layer, and for each token that was read in.
#
# **By hand**, cross-entropy: logits $(0, \ln 3)$ mean $p = (\frac14, \frac34)$; if the first token
# was right, the gradient is $(-\frac34, \frac34)$: push it up, the other one down, by how wrong we
# were.

# %% tags=["q8"]
class NumpyGPT:
    """The GPT of q3 in NumPy alone.

    Args:
        weights: dict from the names of `GPT(config).state_dict()` to NumPy arrays, all of one
            dtype, which is the dtype of everything that comes out.
        config: the `GPTConfig`.

    Attributes:
        weights: dict with the same names; the arrays in use. Who changes them in place changes the
            model, which is how it is trained. (They are copies: the caller's stay as they are.)
    """

    def __init__(self, weights, config):
        raise NotImplementedError("q8: NumpyGPT.__init__ is not written yet")

    def forward(self, ids):
        """Logits (B, T, vocab_size) for ids (B, T): those of the torch model, up to rounding."""
        raise NotImplementedError("q8: NumpyGPT.forward is not written yet")

    def loss_and_grads(self, ids, targets):
        """Mean cross-entropy, and its gradients.

        Args:
            ids, targets: int arrays (B, T).

        Returns:
            (loss, grads): a float, and a dict from each name of `GPT(config).named_parameters()` to
            an array of the same shape as the parameter. (A tied table is one parameter.)
        """
        raise NotImplementedError("q8: NumpyGPT.loss_and_grads is not written yet")

# %% tags=["active-ipynb"]
# grader.check("q8")

# %% [markdown]
# The same weights, the same text, one model in torch and one in NumPy. Then NumPy alone trains a
# model from its first breath, with Adam in five lines.

# %% tags=["active-ipynb"]
# weights = {name: value.numpy() for name, value in gpt.state_dict().items()}
# plain = NumpyGPT(weights, config)
# x, y = (part.numpy() for part in get_batch(train_ids, 64, 12, torch.Generator().manual_seed(0)))
# with torch.no_grad():
#     difference = np.abs(plain.forward(x) - gpt(torch.from_numpy(x))[0].numpy()).max()
# print(f"largest difference of a logit: {difference:.1e}")
#
# torch.manual_seed(1)
# weights = {name: value.numpy() for name, value in GPT(config).state_dict().items()}
# plain, rng, losses, start = NumpyGPT(weights, config), torch.Generator(), [], time.perf_counter()
# mean, square = ({k: np.zeros_like(w) for k, w in plain.weights.items()} for _ in range(2))
# for step in range(1, 101):
#     x, y = (part.numpy() for part in get_batch(train_ids, 64, 12, rng))
#     loss, grads = plain.loss_and_grads(x, y)
#     losses.append(loss)
#     for name, grad in grads.items():
#         mean[name] += 0.1 * (grad - mean[name])
#         square[name] += 0.01 * (grad**2 - square[name])
#         scale = np.sqrt(square[name] / (1 - 0.99**step)) + 1e-8
#         plain.weights[name] -= 2e-3 * mean[name] / (1 - 0.9**step) / scale
# milliseconds = 1e3 * (time.perf_counter() - start) / len(losses)
# print(f"100 steps without torch: {losses[0]:.2f} → {losses[-1]:.2f}, {milliseconds:.0f} ms each")

# %% [markdown]
# ## Seconds against minutes
#
# Kneser–Ney needs a few seconds and wins. Does the GPT have anything that it has not? Look at
# *where* in a window each of them errs. Both start in the middle of a text and know nothing of what
# came before. At the first places they know equally little. From the sixth place on the counter has
# all it can use; it forgets what lies further back. The GPT goes on becoming better the more it has
# read.

# %% tags=["active-ipynb"]
# windows = val_ids[: 400 * 65].view(400, 65)
# with torch.no_grad():
#     log_p = gpt(windows[:, :-1])[0].log_softmax(-1)
# gpt_nats = -log_p.gather(2, windows[:, 1:, None])[..., 0].numpy()  # (400, 64)
# rows = windows.tolist()
# counter_nats = -np.log([[counter.prob(r[:t], r[t]) for t in range(1, 65)] for r in rows])
#
# figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.4), layout="constrained")
# smooth = np.convolve(history.loss, np.ones(100) / 100, mode="valid")
# seconds = np.arange(100, len(history.loss) + 1) * train_seconds / len(history.loss)
# left.plot(seconds, smooth, color="tab:red", label="GPT, training (mean of 100 steps)")
# left.plot(train_seconds, gpt_loss, "o", color="tab:red", ms=9, label="GPT, held-out")
# for n in range(2, best_n + 1):
#     nats, spent = counted["kneser-ney", n]
#     left.plot(spent, nats, "D", color="tab:blue", label="" if n > 2 else "Kneser–Ney, held-out")
#     side = {"xytext": (8, -4)} if n == best_n else {"xytext": (-8, -4), "ha": "right"}
#     left.annotate(f"n = {n}", (spent, nats), textcoords="offset points", **side)
# left.axhline(best, color="tab:blue", lw=1, ls=":")
# left.set(xscale="log", xlabel="seconds of one core", ylabel="nats per character")
# first = counted["kneser-ney", 2][1]
# left.set(title="What a second buys", xlim=(first / 5, 2 * train_seconds))
#
# bins = np.array([0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64])
# at = (bins[:-1] + bins[1:] + 1) / 2
# for nats, color, label in (
#     (counter_nats, "tab:blue", f"Kneser–Ney, n = {best_n}"), (gpt_nats, "tab:red", "GPT")
# ):
#     parts = [nats[:, a:b].mean(axis=1) for a, b in zip(bins, bins[1:])]
#     mean, error = (np.array([f(part) for part in parts]) for f in (np.mean, np.std))
#     error /= math.sqrt(len(nats))
#     right.plot(at, mean, "o-", ms=4, color=color, label=label)
#     right.fill_between(at, mean - error, mean + error, color=color, alpha=0.2, lw=0)
# right.set(xscale="log", xlabel="characters read before", ylabel="nats per character")
# right.set(title="Who makes use of what it has read?")
# right.set_xticks([1, 2, 4, 8, 16, 32, 64], ["1", "2", "4", "8", "16", "32", "64"])
# right.minorticks_off()
# for axes, corner in ((left, "upper left"), (right, "upper right")):
#     axes.grid(alpha=0.25)
#     axes.legend(frameon=False, loc=corner)
# plt.show()

# %% [markdown]
# And here is the difference, character by character: a passage that neither has seen, coloured by
# surprise, $-\log_2 p$ in bits. Both are surprised where words begin.

# %% tags=["active-ipynb"]
# begin = text.find("\n\n", cut + 40_000) + 2
# passage = characters.encode(text[begin - 64 : begin + 240])
# surprise = {"Kneser–Ney": [], "GPT": []}
# for t in range(64, len(passage)):
#     before = passage[t - 64 : t]
#     surprise["Kneser–Ney"].append(-math.log2(counter.prob(before, passage[t])))
#     with torch.no_grad():
#         log_p = gpt(torch.tensor([before]))[0][0, -1].log_softmax(-1)
#     surprise["GPT"].append(-float(log_p[passage[t]]) / math.log(2))
#
# width, shown = 60, [characters.vocabulary[i] for i in passage[64:]]
# figure, panels = plt.subplots(2, 1, figsize=(12, 4.6), layout="constrained")
# for axes, (name, bits) in zip(panels, surprise.items()):
#     grid = np.reshape(bits, (-1, width))
#     picture = axes.imshow(grid, cmap="YlOrRd", vmin=0, vmax=8, aspect="auto")
#     for i, character in enumerate(shown):
#         color = "white" if bits[i] > 5.5 else "black"
#         glyph = "↵" if character == "\n" else character
#         where = {"ha": "center", "va": "center", "family": "monospace"}
#         axes.text(i % width, i // width, glyph, color=color, **where)
#     axes.set_title(f"{name}: {np.mean(bits):.2f} bits per character here", loc="left")
#     axes.set_xticks([])
#     axes.set_yticks([])
# figure.colorbar(picture, ax=panels, label="surprise, bits", shrink=0.8)
# plt.show()

# %% [markdown]
# ## The capstone: twelve million parameters
#
# It gives no points, and it is what all this was for. In your folder lie `train.py` and `configs/`.
# The first trains the model of *this* file (the notebook, or `minillm.py` if that is newer) and can
# be killed at any moment; the same command goes on:
#
#     python train.py --config tiny     # seconds: does everything work?
#     python train.py --config cpu      # the model above, a few minutes on one core
#     python train.py --config 12m      # 12.5 million parameters, all 38 plays
#
# | | where | budget |
# | --- | --- | --- |
# | `cpu` | any laptop | 2 to 5 minutes |
# | `12m` | a GPU such as those of Colab and Kaggle | 10 to 60 minutes |
# | `12m --batch-size 8 --steps 400` | a laptop, over lunch | 1 to 2 hours, far from the target |
#
# Without biases and with an MLP of $4C$, `GPTConfig(63, 256, 7, 6, 384, dropout=0.2)` has 12.5
# million parameters. **Target: below 1.45 nats per character on the held-out text.** (nanoGPT's
# model of about this size gets to 1.47 on a quarter as much Shakespeare.) What do such numbers
# sound like? Written by the model above after 250 steps, at 2.5 nats, and after 1 750, at 1.74
# (both on the first 20 000 characters of the held-out text):
#
#     I.
#     NODO:
#     Vcou bef mouverrf ce ameneeand thruteams cout s y hanThind t Ise t throulit cun,
#
#     I'll from he him not one wind.
#     GLOUCESTER:
#     O, I hath placesling with me and from the is:
#     Farewellower: I return man his reperon
#
# **Hand in**, if you like, in the report: the line that `train.py` prints at the end (held-out
# nats, bits per character, milliseconds per step, on which device), `loss.png`, and your best
# twenty lines.

# %% [markdown]
# ## The leaderboard
#
# It gives no points. On Gradescope your code meets a language that nobody has seen before: it reads
# 120 000 characters of it and then says, after each of 1 000 beginnings, how probable each
# character is to come next. What did come stays with the grader, which computes the bits per
# character. Everybody who has solved q2 is listed, with Kneser–Ney and n = 6.
#
# You can do better. Write a function `own_model(ids, vocab_size)` in this file. `ids` is the text
# read, a one-dimensional int64 tensor. It returns a function from beginnings, an int64 tensor
# (1 000, 128), to their probabilities (1 000, `vocab_size`), every row a distribution. For example,
# with a GPT of yours:
#
#     def own_model(ids, vocab_size):
#         model = GPT(GPTConfig(vocab_size, 64, 2, 4, 64))
#         train(model, ids, 300, max_lr=3e-3)
#         model.eval()
#         return lambda beginnings: model(beginnings[:, -64:])[0][:, -1].softmax(-1)
#
# This one needs ten seconds and reaches 2.3 bits; the counter has 1.02. (A mixture of two
# distributions is a distribution.) Both calls together have 60 seconds on one core, without a
# network or files. The language has words, some of which agree with others that stand far away,
# and paragraphs that keep to a topic. What does your model make of that which no n-gram can?

# %% [markdown]
# ## Read on
#
# - [Radford and others, Language Models are Unsupervised Multitask Learners (GPT-2), 2019](https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf): the model of q3, a thousand times as large, and the tokenizer of q1 with its pattern
# - [Touvron and others, LLaMA, 2023](https://arxiv.org/abs/2302.13971): RMS norm, SwiGLU and RoPE in one model: three of the changes that you can try
# - [Jiang and others, Mistral 7B, 2023](https://arxiv.org/abs/2310.06825): what to do about the score matrix when the text is long
# - [Sennrich, Haddow and Birch, Neural Machine Translation of Rare Words with Subword Units, 2016](https://arxiv.org/abs/1508.07909): where byte-pair encoding came into language models
# - [Chen and Goodman, An Empirical Study of Smoothing Techniques, 1998](https://dash.harvard.edu/handle/1/25104739): the best that counting can do, with every variant measured
# - [Loshchilov and Hutter, Decoupled Weight Decay Regularization (AdamW), 2019](https://arxiv.org/abs/1711.05101): the W of q5
# - [Holtzman and others, The Curious Case of Neural Text Degeneration, 2020](https://arxiv.org/abs/1904.09751): top-p, and why the most probable text is a bad one
# - [Fedus, Zoph and Shazeer, Switch Transformers, 2022](https://arxiv.org/abs/2101.03961): the mixture of experts of the ablations, at its right size

# %% [markdown] tags=["written"]
# ## Written question · What limits this model?
#
# Items 1 to 4 are asked above, where the thing happens. Answer them here, a few sentences and the
# numbers each; then half a page, with a plot of your own and the numbers of your own runs:
#
# 5. **Scale, data or compute?** Train at least three sizes of GPT for the same number of steps;
#    train on a tenth of the text, GPT and Kneser–Ney; train four times as long. Which of the three
#    limits this model, and how do you see it? Why do seconds of counting beat minutes of gradient
#    descent here, and what has to change for that to stop?
# 6. **Show** a sample that you like, with the knobs you used, and one that shows what the model has
#    not understood.
#
# | | what the points are for | points |
# | ---: | --- | ---: |
# | 1 | 1 · bytes per token, in English and in your own language | 2 |
# | 2 | 2 · why uint16 | 1 |
# | 3 | 3 · memory of the score matrix | 1 |
# | 4 | 4 · operations of one step | 2 |
# | 5 | 5 · scale, data or compute, with a plot and runs | 3 |
# | 6 | 6 · two samples | 1 |

# %% [markdown] tags=["answer"]
# *Your report goes here.*

# %% [markdown]
# ## Hand in
#
# The first cell shows your points so far. The second one saves this notebook, writes the file to
# hand in, and says what is in it.

# %% tags=["active-ipynb"]
# grader.progress()

# %% tags=["active-ipynb"]
# grader.submit()
