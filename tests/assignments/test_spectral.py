"""The assignment `spectral`: what its own tests and mutants cannot show."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import numpy as np
import pytest

from autograder.authoring.source import solution_notebook
from autograder.course import data

ROOT = Path(__file__).parents[2]
sklearn = pytest.importorskip("sklearn")


@pytest.fixture(scope="module")
def spectral() -> ModuleType:
    path = ROOT / "solutions" / "spectral" / "spectral.py"
    spec = importlib.util.spec_from_file_location("spectral_solution", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    try:
        data.plays()
    except data.DataMissing as missing:
        pytest.skip(str(missing))
    notebook = nbformat.reads(solution_notebook(ROOT, "spectral").decode(), as_version=4)
    plt.close("all")
    shown, names = plt.show, {"__name__": "notebook"}
    plt.show = lambda *_, **__: None
    try:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                # One play is enough for the cell about words, whose time is spent on counting.
                source = cell.source.replace("shakespeare(38)", "shakespeare(1)")
                exec(compile(source, "notebook", "exec"), names)
    finally:
        plt.show = shown
    return [[plt.figure(n) for n in plt.get_fignums()], names]


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
