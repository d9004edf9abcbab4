"""The assignment `spectral`: what its own tests and mutants cannot show."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest
from shared.handouts import ROOT, Handout, alternatives, load

from autograder import data

SLUG = "spectral"
sklearn = pytest.importorskip("sklearn")


@pytest.fixture(scope="module")
def spectral() -> ModuleType:
    return load(ROOT / "solutions" / SLUG / f"{SLUG}.py")


def test_scores_are_those_of_scikit_learn(spectral: ModuleType) -> None:
    from sklearn import metrics

    rng = np.random.default_rng(0)
    for n, k in ((40, 3), (400, 7), (60, 30)):
        labels = np.concatenate([np.arange(k), rng.integers(0, k, n - k)])
        other = rng.integers(0, 4, n)
        x = rng.standard_normal((n, 3)) + labels[:, None] + 100.0
        silhouette, index = spectral.silhouette(x, labels), spectral.davies_bouldin(x, labels)
        assert silhouette == pytest.approx(metrics.silhouette_score(x, labels), rel=1e-6)
        assert index == pytest.approx(metrics.davies_bouldin_score(x, labels), rel=1e-6)
        rand = metrics.adjusted_rand_score(labels, other)
        assert spectral.adjusted_rand(labels, other) == pytest.approx(rand, abs=1e-12)


@pytest.mark.parametrize(("n", "d", "k"), [(500, 2, 10), (700, 1, 3), (300, 20, 5), (97, 3, 96)])
@pytest.mark.parametrize("offset", [0.0, 1e5])
def test_neighbors_are_those_of_scikit_learn(
    spectral: ModuleType, n: int, d: int, k: int, offset: float
) -> None:
    from sklearn.neighbors import kneighbors_graph

    x = np.random.default_rng(n).standard_normal((n, d)) ** 3 + offset
    named = kneighbors_graph(x, k)
    either, both = named.maximum(named.T), named.multiply(named.T)
    assert abs(spectral.knn_graph(x, k) - either).nnz == 0
    assert abs(spectral.knn_graph(x, k, mutual=True) - both).nnz == 0


def test_laplacians_are_those_of_scipy(spectral: ModuleType) -> None:
    from scipy.sparse import csgraph

    w = np.random.default_rng(1).random((30, 30))
    w = np.triu(w, 1) + np.triu(w, 1).T
    for kind, normed in (("unnormalized", False), ("symmetric", True)):
        assert np.allclose(spectral.laplacian(w, kind), csgraph.laplacian(w, normed=normed))


@pytest.mark.parametrize("factor", [0.3, 0.5])
def test_the_whole_chain_finds_moons_and_circles(spectral: ModuleType, factor: float) -> None:
    """With all functions of the solution together, which the test cases never use together."""
    shapes = [
        data.two_moons(1500, 0.06, np.random.default_rng(2)),
        data.circles(800, 0.04, np.random.default_rng(3), factor=factor),
    ]
    for x, truth in shapes:
        labels = spectral.spectral_clustering(x, 2, np.random.default_rng(0))
        assert spectral.adjusted_rand(labels, truth) >= 0.99
        u = spectral.nystrom_embedding(x, 2, 200, 30.0, np.random.default_rng(0))
        labels, _, _ = spectral.kmeans(u, 2, np.random.default_rng(0))
        assert spectral.adjusted_rand(labels, truth) >= 0.95


def test_lanczos_finds_every_copy(spectral: ModuleType) -> None:
    values = np.repeat([0.0, 0.0, 0.5, 1.0, 2.0], 40)
    q = np.linalg.qr(np.random.default_rng(4).standard_normal((200, 200)))[0]
    matrix = (q * values) @ q.T
    found, vectors = spectral.lanczos(lambda v: matrix @ v, 200, 90, np.random.default_rng(0))
    assert np.allclose(found, values[:90], atol=1e-9)
    assert np.allclose(vectors.T @ vectors, np.eye(90), atol=1e-9)


@pytest.fixture(scope="module")
def figures() -> list[Any]:
    """The notebook's figures, made by running its live cells."""
    try:
        data.plays()
    except data.DataMissing as missing:
        pytest.skip(str(missing))
    handout = Handout(SLUG)
    # One play is enough for the cell about words, whose time is spent on counting.
    shorter = {"STOP = set(": [("shakespeare(38)", "shakespeare(1)")]}
    kept = {}
    for cell in handout.cells:
        replaced = [pair for mark, pairs in shorter.items() if mark in cell for pair in pairs]
        figure = handout.run(cell, *replaced)
        kept.update({mark: figure for mark in ("shapes = {", "def owners(") if mark in cell})
    return [list(kept.values()), handout.names]


def test_the_figure_of_shapes(figures: list[Any]) -> None:
    axes = figures[0][0].axes
    assert [a.get_title() for a in axes[:3]][::2] == ["k-means", "spectral"]
    assert [a.get_ylabel() for a in axes[::3]] == ["two moons", "two rings", "threads and a ball"]
    for by_center, graph, by_graph in zip(axes[::3], axes[1::3], axes[2::3], strict=True):
        assert len(by_center.collections[0].get_offsets()) == 400
        assert len(graph.collections[0].get_segments()) > 2000  # 400 points name 10 each
        assert int(by_graph.texts[0].get_text().split("%")[0]) >= 99
        assert int(by_center.texts[0].get_text().split("%")[0]) < 90


def test_the_figure_of_acts(figures: list[Any]) -> None:
    eigenvalues, by_center, by_graph = figures[0][1].axes
    names = figures[1]
    assert eigenvalues.get_xlabel()
    assert "eigenvalue" in eigenvalues.get_ylabel()
    assert len(eigenvalues.lines[0].get_xdata()) == 61
    for axes in (by_center, by_graph):
        assert len(axes.patches) == 186
        assert len(axes.get_yticks()) == 38
        assert axes.get_xlabel() == "act"
    titles = {label.get_text() for label in by_center.get_yticklabels()}
    assert titles == {play.title for play in data.plays()}
    assert len(by_graph.texts) < len(by_center.texts)  # acts in the wrong play
    scores = {name: names["adjusted_rand"](found, names["titles"]) for name, found in
              names["found"].items()}  # fmt: skip
    assert scores["spectral"] >= 0.9 > 0.8 >= scores["k-means"]
    assert abs(names["estimate_k"](names["eigenvalues"], 60) - 38) <= 2


@pytest.mark.parametrize("answer", ["solution", *alternatives(SLUG)])
def test_every_right_answer_runs_through_the_notebook(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also those whose graph is a SciPy matrix, not an array."""
    text = data.stand_in()
    acts = [text[i * 1500 : (i + 1) * 1500] for i in range(65)]
    genres = ("comedies", "problems", "romances", "histories", "roman", "tragedies")
    plays = [
        data.Play(f"The Play of {i}", genres[i % 6], tuple(acts[5 * i : 5 * i + 5]))
        for i in range(13)
    ]
    monkeypatch.setattr(data, "plays", lambda: plays)
    monkeypatch.setattr(data, "shakespeare", lambda plays=8: text[:60_000])
    handout = Handout(SLUG, answer)
    assert handout.run_all({"ARI": [(", 38, np", ", 13, np")]}) == 5
    names = handout.names
    assert names["adjusted_rand"](names["by_graph"], names["truth"]) > 0.95  # threads and a ball
    out = capsys.readouterr().out
    assert "13 plays; the eigenvalues say" in out
    assert [line.split()[0] for line in out.splitlines()[-3:]] == ["k-means", "spectral", "the"]


def test_the_pictures_are_the_scripts() -> None:
    from solutions.spectral.figures import PICTURES

    for name, picture in PICTURES.items():
        assert (ROOT / "assignments" / SLUG / "files" / name).read_text("utf-8") == picture


def test_two_blobs_of_ten(spectral: ModuleType) -> None:
    """The handout: nine others are in a point's own blob; scikit-learn counts the point itself."""
    from sklearn.cluster import SpectralClustering

    rng = np.random.default_rng(0)
    x = np.concatenate([rng.standard_normal((10, 2)), rng.standard_normal((10, 2)) + 60.0])
    truth = np.repeat([0, 1], 10)
    labels = spectral.spectral_clustering(x, 2, np.random.default_rng(0), neighbors=9)
    assert spectral.adjusted_rand(labels, truth) == 1.0
    theirs = SpectralClustering(2, affinity="nearest_neighbors", n_neighbors=10, random_state=0)
    with pytest.warns(UserWarning, match="not fully connected"):
        assert spectral.adjusted_rand(theirs.fit_predict(x), truth) == 1.0
    graph = spectral.knn_graph(x, 10)
    assert graph[:10, 10:].nnz >= 10, "with ten others everybody has to name a stranger"
