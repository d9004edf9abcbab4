"""Reference figures of the assignment `embeddings`."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
PLAIN = ROOT / "solutions" / "embeddings" / "embeddings.py"
TUNED = ROOT / "assignments" / "embeddings" / "alternatives" / "tuned.py"  # shared noise words

Run = Callable[[], Any]
POINTS, STEPS = 1000, 20
WORDS, TOKENS, WINDOW, DIM, NEGATIVES = 2000, 60_000, 5, 100, 5


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _maps(answers: dict[str, ModuleType]) -> Iterator[tuple[str, float, Run, Run]]:
    """A number of steps of the same descent, from the same points; scikit-learn without its checks
    of the error, which ours has none of."""
    from scipy.spatial.distance import squareform
    from sklearn.manifold import _t_sne

    rng = np.random.default_rng(0)
    x = rng.standard_normal((POINTS, 20)) + 4 * np.eye(20)[rng.integers(0, 10, POINTS)]
    start = 1e-4 * rng.standard_normal((POINTS, 2))
    plain = answers["the solution"]
    p = plain.joint_affinities(plain.conditional_affinities(x, 30.0))
    condensed = squareform(p, checks=False)

    def scikit_learn() -> Any:
        return _t_sne._gradient_descent(
            _t_sne._kl_divergence,
            start.ravel().copy(),
            it=0,
            max_iter=STEPS,
            n_iter_check=10 * STEPS,
            momentum=0.8,
            learning_rate=200.0,
            args=[condensed, 1.0, POINTS, 2],
        )

    for name, answer in answers.items():

        def ours(answer: ModuleType = answer) -> Any:
            return answer.tsne(p, rng, iterations=STEPS, lr=200.0, early=0, start=start)

        label = f"tsne, n = {POINTS}, {STEPS} steps / scikit-learn's exact method: {name}"
        yield label, 1.0, ours, scikit_learn


def _words(answers: dict[str, ModuleType]) -> Iterator[tuple[str, float, Run, Run]]:
    """The same tokens, window, length and number of noise words; needs gensim, which the project
    does not: `pip install gensim` into an environment of its own."""
    try:
        from gensim.models import Word2Vec
    except ImportError:
        return
    rng = np.random.default_rng(0)
    often = 1 / np.arange(1, WORDS + 1)
    ids = rng.choice(WORDS, size=TOKENS, p=often / often.sum())
    texts = [[str(i) for i in ids[at : at + 1000]] for at in range(0, TOKENS, 1000)]
    model = Word2Vec(
        vector_size=DIM, window=WINDOW, sg=1, negative=NEGATIVES, min_count=1, workers=1, sample=0,
        shrink_windows=False, seed=1,
    )  # fmt: skip
    model.build_vocab(texts)
    counts = np.bincount(ids, minlength=WORDS)
    batches = {"the solution": 256, "`alternatives/tuned.py`, batch 512": 512}

    def gensim() -> Any:
        return model.train(texts, total_examples=len(texts), epochs=1)

    for (name, batch), answer in zip(batches.items(), answers.values(), strict=True):

        def ours(answer: ModuleType = answer, batch: int = batch) -> Any:
            pairs = answer.skipgram_pairs(ids, WINDOW)
            weights = answer.noise_distribution(counts)
            return answer.train_skipgram(*pairs, weights, DIM, rng, NEGATIVES, 1, batch, 0.01)

        label = f"skip-gram, {TOKENS} tokens, window {WINDOW}, d = {DIM} / gensim: {name}"
        yield label, 4.0 if "tuned" in name else float("inf"), ours, gensim


def ratios() -> Iterator[tuple[str, float, Run, Run]]:
    """(what, bar, ours, reference): time of ours over time of the reference."""
    answers = {"the solution": _load(PLAIN), "`alternatives/tuned.py`": _load(TUNED)}
    yield from _maps(answers)
    yield from _words(answers)
