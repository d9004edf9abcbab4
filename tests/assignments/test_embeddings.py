"""The assignment `embeddings`: second oracles, its figures, and the notebook with every answer."""

from __future__ import annotations

import re
from types import ModuleType

import numpy as np
import pytest
from shared.handouts import ROOT, Handout, alternatives, load

from autograder import data

SLUG = "embeddings"
sklearn = pytest.importorskip("sklearn")


@pytest.fixture(scope="module")
def answers() -> list[ModuleType]:
    """The solution, and the right answers that are written another way."""
    folder = ROOT / "assignments" / SLUG / "alternatives"
    paths = [folder / f"{name}.py" for name in alternatives(SLUG)]
    return [load(path) for path in (ROOT / "solutions" / SLUG / f"{SLUG}.py", *paths)]


# --- Against scikit-learn and networkx ----------------------------------------------------------


def test_weights_and_directions_are_those_of_scikit_learn(answers: list[ModuleType]) -> None:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.preprocessing import normalize

    counts = np.random.default_rng(1).poisson(0.7, (30, 20))
    transformer = TfidfTransformer().fit(counts)
    # Theirs adds 1 to every weight, so that words of all documents count.
    want = normalize(counts * (transformer.idf_ - 1))
    svd = TruncatedSVD(4, algorithm="arpack").fit(want)
    for answer in answers:
        x = answer.tf_idf(counts)
        np.testing.assert_allclose(x, want, atol=1e-12)
        model = answer.lsa(x, 4)
        np.testing.assert_allclose(model.singular_values, svd.singular_values_, rtol=1e-7)
        places = np.abs(answer.project(model, x))
        np.testing.assert_allclose(places, np.abs(svd.transform(want)), atol=1e-7)


def test_precisions_are_those_of_scikit_learn(answers: list[ModuleType]) -> None:
    from sklearn.metrics import average_precision_score

    rng = np.random.default_rng(2)
    scores, relevant = rng.random(50), rng.random(50) < 0.3
    ranked = np.argsort(-scores).tolist()
    want = average_precision_score(relevant, scores)
    for answer in answers:
        got = answer.average_precision(ranked, np.flatnonzero(relevant).tolist())
        assert got == pytest.approx(want, abs=1e-12)


def test_affinities_and_gradients_are_those_of_scikit_learn(answers: list[ModuleType]) -> None:
    from scipy.spatial.distance import squareform
    from sklearn.manifold import _t_sne

    x = np.random.default_rng(3).standard_normal((60, 5))
    squared = ((x[:, None] - x) ** 2).sum(axis=2).astype(np.float32)
    theirs = squareform(_t_sne._joint_probabilities(squared, 12.0, 0))
    y = np.random.default_rng(4).standard_normal((60, 2))
    for answer in answers:
        p = answer.joint_affinities(answer.conditional_affinities(x, 12.0))
        # Theirs stops at a tolerance of 1e-5, in single precision.
        np.testing.assert_allclose(p, theirs, atol=1e-6)
        kl, gradient = answer.tsne_gradient(p, y)
        want = _t_sne._kl_divergence(y.ravel(), squareform(p, checks=False), 1.0, 60, 2)
        assert kl == pytest.approx(want[0], rel=1e-9)
        np.testing.assert_allclose(gradient.ravel(), want[1], atol=1e-10)


def test_graphs_are_those_of_networkx(answers: list[ModuleType]) -> None:
    nx = pytest.importorskip("networkx")
    rng = np.random.default_rng(6)
    weights = rng.random((25, 25)) * (rng.random((25, 25)) < 0.12)
    graph = nx.from_numpy_array(weights, create_using=nx.DiGraph)
    rank = nx.pagerank(graph, alpha=0.85, tol=1e-14, max_iter=1000)
    ways = nx.single_source_dijkstra_path_length(graph, 3)
    for answer in answers:
        np.testing.assert_allclose(
            answer.pagerank(weights), [rank[i] for i in range(25)], atol=1e-9
        )
        want = [ways.get(i, np.inf) for i in range(25)]
        np.testing.assert_allclose(answer.distances(weights, 3), want)


# --- The handout --------------------------------------------------------------------------------


def test_the_pictures_are_the_scripts() -> None:
    from solutions.embeddings.figures import PICTURES

    files = ROOT / "assignments" / SLUG / "files"
    assert {p.name: p.read_text("utf-8") for p in files.glob("*.svg")} == PICTURES
    handout = (ROOT / "starter" / SLUG / f"{SLUG}.py").read_text("utf-8")
    for name in PICTURES:
        assert f"]({name})" in handout.replace("\n", "")


# The same cells on a short text.
SHORTER = {
    "def spoken(": [("most_common(3000)", "most_common(120)")],
    "def learn(": [
        ("most_common(1500)", "most_common(40)"),
        ("skipgram_pairs(kept, 5)", "skipgram_pairs(kept[:400], 2)"),
    ],
    "for perplexity in (2, 8, 40)": [
        ("(2, 8, 40)", "(2, 8)"),
        ("np.random.default_rng(0))", "np.random.default_rng(0), iterations=30)"),
    ],
    "rank = pagerank(": [("vocabulary, word, 6)", "vocabulary, word, 39)")],
    "journey = []": [("iterations=600", "iterations=20"), ("range(300)", "range(20)")],
}


def short_plays() -> list[data.Play]:
    """Six plays of three short acts, without a download, with the words that the cells ask for."""
    found = re.findall(r"[a-z']+", data.stand_in().lower())[:5400]
    said = ["love", "and", "death", "the", "king", "and", "the", "queen", "man", "woman"]
    text = [w if i % 9 else said[i // 9 % len(said)] for i, w in enumerate(found)]
    genres = ("comedies", "problems", "romances", "histories", "roman", "tragedies")
    acts = ["KING:\n" + " ".join(text[i : i + 300]) for i in range(0, 5400, 300)]
    return [data.Play(f"Play {i}", g, tuple(acts[3 * i : 3 * i + 3])) for i, g in enumerate(genres)]


@pytest.mark.parametrize("answer", ["solution", *alternatives(SLUG)])
def test_the_notebook_runs_with_every_right_answer(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(data, "plays", short_plays)
    handout = Handout(SLUG, answer)
    assert handout.run_all(SHORTER) == 9
    printed = capsys.readouterr().out
    for line in ("18 acts;", "a model that knows nothing: 4.159", "most visited:", "in common"):
        assert line in printed
    for name in ("all words", "words of ten plays"):
        assert re.search(rf"{name}: counts 0\.\d+, tf-idf [01]\.\d+, LSA [01]\.\d+ with k", printed)
    assert handout.names["journey"][0] == "love"
    assert handout.names["journey"][-1] == "death"
