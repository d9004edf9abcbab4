"""What `autograder verify` cannot show about `information`: figures, story, a second oracle."""

from __future__ import annotations

import re
from types import ModuleType

import numpy as np
import pytest
from shared.handouts import ROOT, Handout, alternatives, load

from autograder import data as public_data
from autograder.course import data

SLUG = "information"
ANSWERS = ["solution", *alternatives(SLUG)]


@pytest.fixture(scope="module", params=ANSWERS)
def answer(request: pytest.FixtureRequest) -> ModuleType:
    if request.param == "solution":
        return load(ROOT / "solutions" / SLUG / f"{SLUG}.py")
    return load(ROOT / "assignments" / SLUG / "alternatives" / f"{request.param}.py")


# --- Against SciPy ------------------------------------------------------------------------------


def test_entropies_are_scipys(answer: ModuleType) -> None:
    stats = pytest.importorskip("scipy.stats")
    distance = pytest.importorskip("scipy.spatial.distance")
    rng = np.random.default_rng(1)
    p, q = rng.dirichlet(np.full(20, 0.3), size=(2, 50))
    close = np.testing.assert_allclose
    close(answer.entropy(p), stats.entropy(p, base=2, axis=-1))
    close(answer.kl_divergence(p, q), stats.entropy(p, q, base=2, axis=-1))
    theirs = distance.jensenshannon(p, q, base=2, axis=-1) ** 2
    close(answer.js_divergence(p, q), theirs, atol=1e-12)
    logits = 30 * rng.standard_normal((50, 20))
    softmax = pytest.importorskip("scipy.special").softmax(logits, axis=-1)
    close(answer.entropy_of_logits(logits), stats.entropy(softmax, base=2, axis=-1), atol=1e-12)


def test_mutual_information_is_scikit_learns(answer: ModuleType) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(2)
    table = rng.integers(0, 9, (6, 4))
    nats = metrics.mutual_info_score(None, None, contingency=table)
    assert answer.mutual_information(table) == pytest.approx(nats / np.log(2))


@pytest.mark.parametrize("size", [1e308, 5e-324])
def test_a_table_of_the_largest_and_of_the_smallest_numbers(size: float) -> None:
    """Its sum is not a number any more, or has a single bit."""
    solution = load(ROOT / "solutions" / SLUG / f"{SLUG}.py")
    table = [[size, 0], [0, size], [0, size]]
    assert solution.mutual_information(table) == pytest.approx(np.log2(3) - 2 / 3)
    assert solution.conditional_entropy(table) == pytest.approx(0)
    np.testing.assert_allclose(
        solution.pmi(table),
        [[np.log2(3), -np.inf], [-np.inf, np.log2(1.5)], [-np.inf, np.log2(1.5)]],
    )


def test_no_distribution_of_a_mean_has_more_entropy(answer: ModuleType) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    values, mean = np.array([0.0, 1.0, 1.5, 4.0, 7.0]), 2.2
    found = optimize.minimize(
        lambda p: np.sum(p * np.log2(np.maximum(p, 1e-300))),
        np.full(5, 0.2),
        bounds=[(0, 1)] * 5,
        constraints=[
            {"type": "eq", "fun": lambda p: p.sum() - 1},
            {"type": "eq", "fun": lambda p: p @ values - mean},
        ],
        options={"ftol": 1e-13},
    )
    np.testing.assert_allclose(answer.maximum_entropy(values, mean), found.x, atol=1e-5)


def test_no_prefix_code_is_shorter(answer: ModuleType) -> None:
    """Kraft's inequality says which lengths are possible: try them all."""
    rng = np.random.default_rng(3)
    for _ in range(5):
        weights = {symbol: int(w) for symbol, w in zip("abcd", rng.integers(0, 20, 4), strict=True)}
        lengths = np.indices((4, 4, 4, 4)).reshape(4, -1) + 1
        possible = (0.5**lengths).sum(axis=0) <= 1
        shortest = (np.array(list(weights.values())) @ lengths)[possible].min()
        code = answer.huffman_code(weights)
        assert sum(w * len(code[s]) for s, w in weights.items()) == shortest


def test_coder_and_model_together(answer: ModuleType) -> None:
    text = data.stand_in()[:4000]
    alphabet = "".join(sorted(set(text)))
    model = answer.context_model(text[:3400], 3, alphabet)
    ids = [alphabet.index(c) for c in text[3400:]]
    bits = answer.arithmetic_encode(ids, model)
    assert answer.arithmetic_decode(bits, len(ids), model) == ids
    surprise = -sum(np.log2(model(ids[:i])[s]) for i, s in enumerate(ids))
    assert len(bits) <= surprise + 2.01
    assert len(bits) < len(answer.encode(ids, answer.huffman_code(_counts(ids))))


def _counts(ids: list[int]) -> dict[int, int]:
    return {symbol: ids.count(symbol) for symbol in set(ids)}


# --- The notebook -------------------------------------------------------------------------------

SHORTER = {
    "distances = [": [("[1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60, 100, 200]", "[1, 2, 4, 8, 16]")],
    "orders = range(8)": [("range(8)", "range(4)"), ("20_000", "1_500"), ("2000) + 1", "300) + 1")],
    "piece = new[:5000]": [("[:5000]", "[:400]")],
}


def short_text() -> str:
    """Two plays of help topics, without a download."""
    text = data.stand_in()[:12_000]
    return text[:8000].replace("\n\n\n", "\n\n") + "\n\n\n" + text[8000:].replace("\n\n\n", "\n\n")


@pytest.mark.parametrize("name", ANSWERS)
def test_the_notebook_runs_with_every_right_answer(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(public_data, "shakespeare", short_text)
    handout = Handout(SLUG, name)
    assert handout.run_all(SHORTER) == 4
    printed = capsys.readouterr().out
    assert "exact: True" in printed
    assert "1.614 bits" not in printed  # nats would be a mistake
    for line in ("thrown together", "pairs that attract", "your model", "lzma", "2.328 bits"):
        assert line in printed
    by_heart, needed = zip(*re.findall(r"(?m)^ +\d +(\d\.\d+) +(\d\.\d+)", printed), strict=True)
    assert list(by_heart) == sorted(by_heart, reverse=True)
    assert float(needed[-1]) > float(by_heart[-1])


def test_examples_of_the_handout(answer: ModuleType) -> None:
    """The numbers that stand in the text and in no public test."""
    middle = [3 / 8, 3 / 8, 1 / 4]
    assert answer.kl_divergence([0.5, 0.5, 0], middle) == pytest.approx(0.415, abs=5e-4)
    assert answer.kl_divergence([0.25, 0.25, 0.5], middle) == pytest.approx(0.2075, abs=5e-5)
    p, _ = answer.kl_regularized([0.5, 0.25, 0.25], [0, 1, 0], 1.0)
    assert answer.kl_divergence(p, [0.5, 0.25, 0.25]) == pytest.approx(0.078, abs=5e-4)


def test_the_pictures_are_the_scripts() -> None:
    pictures = load(ROOT / "solutions" / SLUG / "figures.py").PICTURES
    files = ROOT / "assignments" / SLUG / "files"
    assert pictures == {p.name: p.read_text("utf-8") for p in files.glob("*.svg")}
    handout = (ROOT / "starter" / SLUG / f"{SLUG}.py").read_text("utf-8").replace("\n", "")
    for name in pictures:
        assert f"]({name})" in handout
