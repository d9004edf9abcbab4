"""Reference figures of `minillm`.

`ratios()` and `checks()` are for the table of all benchmarks. Run as a program, as `make bench`
does first, this file trains the `cpu` configuration and the tuned nanoGPT recipe on the same text,
in turn, and prints loss and time per step side by side; that takes some minutes:

    OMP_NUM_THREADS=1 python -m benchmarks.minillm
"""

from __future__ import annotations

import importlib.util
import math
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.timing import ratio

ROOT = Path(__file__).parents[1]
STEPS = 2000
# GPT-2's cuts in the dialect of `re`: words with the space before them, numbers, signs, spaces.
WORDS = r"'(?:[sdmt]|ll|ve|re)| ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s+(?!\S)|\s+"


def words(n: int) -> str:
    """Text with the statistics of a language, more or less, that needs no data."""
    from autograder.course import data

    try:
        return data.shakespeare(plays=8)[:n]
    except data.DataMissing:
        return data.stand_in()[:n]


def recount(text: str, vocab_size: int) -> list[tuple[int, int]]:
    """BPE merges by counting all pairs anew for each."""
    ids, merges = list(text.encode()), []
    while 256 + len(merges) < vocab_size:
        counts = Counter(pairwise(ids))
        pair = max(counts, key=counts.get)  # the first of the most frequent ones
        if counts[pair] < 2:
            break
        new, merged, skip = 256 + len(merges), [], False
        for a, b in pairwise([*ids, -1]):
            if skip:
                skip = False
                continue
            skip = (a, b) == pair
            merged.append(new if skip else a)
        ids = merged
        merges.append(pair)
    return merges


def ratios() -> Iterator[tuple[str, float, Callable[[], object], Callable[[], object]]]:
    """Label, bar, our run, reference run."""
    import torch

    from solutions.minillm import minillm

    torch.set_num_threads(1)
    torch.manual_seed(0)
    config = minillm.GPTConfig(63, 64, 4, 4, 128)
    gpt = minillm.GPT(config)
    plain = minillm.NumpyGPT({n: w.numpy() for n, w in gpt.state_dict().items()}, config)
    x, y = torch.randint(63, (2, 12, 64))

    def torch_step() -> None:
        gpt.zero_grad()
        gpt(x, y)[1].backward()

    yield (
        "NumpyGPT, loss and gradients, against torch",
        1.3,
        lambda: plain.loss_and_grads(x.numpy(), y.numpy()),
        torch_step,
    )
    text, swift = words(40_000), alternative("swift")

    def bpe_train() -> Any:
        tokenizer = swift.BPETokenizer()
        tokenizer.train(text, 2048)
        return tokenizer

    tokenizer = swift.BPETokenizer()
    tokenizer.train(text[:3000], 300)
    if tokenizer.encode(text[:3000]) != encoder(recount(text[:3000], 300)).encode(text[:3000]):
        raise AssertionError("the two ways to train disagree")
    yield (
        "BPE training, 2048 ids, alternative `swift` against recounting",
        1 / 20,
        bpe_train,
        lambda: recount(text, 2048),
    )


def checks() -> Iterator[tuple[str, float, float]]:
    """Label, bar, measured: encoding at GPT-2's size, with merges learned from the plays."""
    text, swift = words(1_000_000), alternative("swift")
    merges = swift._learn_merges([*text.encode(), -1], 50_000)
    large, small = encoder(merges), encoder(merges[:256])
    part = text[:100_000]
    yield (
        f"BPE encoding, time per byte, {len(merges)} merges over 256",
        3.0,
        ratio(lambda: large.encode(part), lambda: small.encode(part)),
    )
    yield from beside_tiktoken(text)


def beside_tiktoken(text: str) -> Iterator[tuple[str, float, float]]:
    """With a pattern that cuts, against tiktoken with the same merges, where it is installed."""
    try:
        import tiktoken
    except ImportError:
        return
    swift = alternative("swift")
    cuts = swift.BPETokenizer(WORDS)
    cuts.train(text, 50_256)
    ours = encoder(cuts.merges, WORDS)
    ranks = {piece: i for i, piece in reversed(list(enumerate(ours._bytes)))}
    theirs = tiktoken.Encoding("plays", pat_str=WORDS, mergeable_ranks=ranks, special_tokens={})
    yield (
        f"BPE encoding, {len(cuts.merges)} merges, cut into words, over tiktoken (Rust)",
        math.inf,
        ratio(lambda: ours.encode(text), lambda: theirs.encode_ordinary(text)),
    )


def encoder(merges: list[tuple[int, int]], pattern: str | None = None) -> Any:
    """The solution's tokenizer with these merges."""
    from solutions.minillm import minillm

    tokenizer = minillm.BPETokenizer(pattern)
    tokenizer._set(merges)
    return tokenizer


def alternative(name: str) -> Any:
    """One of the assignment's alternatives as a module."""
    path = ROOT / "assignments" / "minillm" / "alternatives" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"alternative_{name}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def nanogpt(config: Any) -> Any:
    """The peer, from its published hyper-parameters: GELU, no biases, gains of 1, σ 0.02, and
    σ/√(2L) at the ends of blocks."""
    from torch import nn
    from torch.nn import functional

    from solutions.minillm import minillm

    class MLP(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.up = nn.Linear(config.n_embd, 4 * config.n_embd, bias=False)
            self.down = nn.Linear(4 * config.n_embd, config.n_embd, bias=False)

        def forward(self, x: Any) -> Any:
            return self.down(functional.gelu(self.up(x)))

    model = minillm.GPT(config)
    for block in model.blocks:
        block.mlp = MLP()
    for name, p in model.named_parameters():
        if p.ndim == 2:
            ends = name.endswith(("out.weight", "down.weight"))
            nn.init.normal_(p, std=0.02 / (2 * config.n_layer) ** 0.5 if ends else 0.02)
        else:
            nn.init.ones_(p)
    return model


def contest(steps: int = STEPS) -> list[dict[str, float]]:
    """Train both on the same text; loss on the whole held-out split, milliseconds per step."""
    import torch

    from autograder.course import data
    from solutions.minillm import minillm
    from solutions.minillm.train import Config

    torch.set_num_threads(1)
    text = data.shakespeare(plays=8)
    tokenizer = minillm.CharTokenizer(text)
    ids = torch.tensor(tokenizer.encode(text))
    cut = int(0.9 * len(ids))
    ours = Config.load("cpu")
    vocab = len(tokenizer.vocabulary)
    tuned = replace(ours, max_lr=3e-3, min_lr=3e-4, warmup=100, weight_decay=0.1)
    runs = [
        ("ours, configs/cpu.json", minillm.GPT, ours.gpt(vocab), ours),
        ("nanoGPT, tuned", nanogpt, minillm.GPTConfig(vocab, 64, 4, 4, 128), tuned),
    ]
    models, histories, seconds = [], [], [[], []]
    for _, make, config, *_ in runs:
        torch.manual_seed(1)
        models.append(make(config))
        histories.append(None)
    part = 50  # in turn, so that a busy machine is busy for both
    for _ in range(0, steps, part):
        for i, (*_, options) in enumerate(runs):
            start = time.perf_counter()
            histories[i] = minillm.train(
                models[i],
                ids[:cut],
                part,
                batch_size=options.batch_size,
                max_lr=options.max_lr,
                min_lr=options.min_lr,
                warmup=options.warmup,
                total=steps,
                weight_decay=options.weight_decay,
                betas=(0.9, 0.99),
                clip=1.0,
                generator=torch.Generator().manual_seed(1),
                resume=histories[i],
            )
            seconds[i].append((time.perf_counter() - start) / part)
    rows = []
    for i, (label, *_) in enumerate(runs):
        loss, _, bits = minillm.evaluate(models[i], ids[cut:])
        rows.append(
            {
                "label": label,
                "loss": loss,
                "bits": bits,
                "ms": 1e3 * min(seconds[i]),
                "median ms": 1e3 * statistics.median(seconds[i]),
                "parameters": sum(p.numel() for p in models[i].parameters()),
                "training": statistics.fmean(histories[i].loss[-100:]),
            }
        )
    start = time.perf_counter()
    counter = minillm.NGramModel(6, "kneser-ney").fit(ids[:cut])
    loss = math.log(counter.perplexity(ids[cut:].numpy()))
    rows.append(
        {
            "label": "Kneser–Ney, n = 6",
            "loss": loss,
            "bits": minillm.bits_per_char(loss),
            "seconds": time.perf_counter() - start,
        }
    )
    return rows


def main() -> None:
    from autograder.course import data

    try:
        data.shakespeare(plays=8)
    except data.DataMissing as error:
        print(f"Nothing is trained here: {error}")
        return
    print(" " * 26 + "   nats    bits  ms/step  median  training  weights")
    for row in contest():
        print(f"{row['label']:26}{row['loss']:7.4f} {row['bits']:7.4f}", end="")
        if "ms" in row:
            print(f" {row['ms']:8.1f} {row['median ms']:7.1f}", end="")
            print(f" {row['training']:9.3f} {row['parameters']:8,}")
        else:
            print(f"  in {row['seconds']:.1f} seconds")


if __name__ == "__main__":
    main()
