"""Reference figures of `minillm`.

`ratios()` and `checks()` are for the table of all benchmarks. Run as a program, as `make bench`
does first, this file trains the `cpu` configuration and the tuned nanoGPT recipe on the same text,
in turn, and prints loss and time per step side by side; that takes some minutes:

    OMP_NUM_THREADS=1 python -m benchmarks.minillm
"""

from __future__ import annotations

import math
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

STEPS = 2000


def words(n: int) -> str:
    """Text with the statistics of a language, more or less, that needs no data."""
    from autograder.course import data

    try:
        return data.shakespeare(plays=1)[:n]
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
    text = words(40_000)

    def bpe_train() -> minillm.BPETokenizer:
        tokenizer = minillm.BPETokenizer()
        tokenizer.train(text, 2048)
        return tokenizer

    merges = recount(text[:3000], 300)
    tokenizer = minillm.BPETokenizer()
    tokenizer.train(text[:3000], 300)
    if tokenizer.encode(text[:3000]) != _apply(merges, text[:3000]):
        raise AssertionError("the two ways to train disagree")
    yield (
        "BPE training, 2048 ids, against recounting",
        1 / 20,
        bpe_train,
        lambda: recount(text, 2048),
    )


def _apply(merges: list[tuple[int, int]], text: str) -> list[int]:
    from solutions.minillm import minillm

    tokenizer = minillm.BPETokenizer()
    tokenizer._set(merges)
    return tokenizer.encode(text)


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
