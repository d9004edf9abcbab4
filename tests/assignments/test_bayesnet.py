"""The bayesnet assignment: known answers, its notebook's figures, and the story it tells."""

from __future__ import annotations

import importlib.util
import itertools
import math
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from shared.handouts import Handout, alternatives, load

from autograder import data as public_data
from autograder.authoring.source import solution_notebook
from autograder.course import data

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bayesnet():
    path = ROOT / "solutions" / "bayesnet" / "bayesnet.py"
    spec = importlib.util.spec_from_file_location("bayesnet_under_test", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def notebook():
    """Namespace and figures of the solution notebook's code cells, run in order."""
    try:
        data.plays()
    except data.DataMissing as error:
        pytest.skip(f"needs Shakespeare: {error}")
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import nbformat

    content = nbformat.reads(solution_notebook(ROOT, "bayesnet").decode(), as_version=4)
    names, figures, show = {"__name__": "notebook"}, [], plt.show
    plt.show = lambda: figures.append(plt.gcf())
    try:
        for cell in content.cells:
            if cell.cell_type == "code" and "grader.check" not in cell.source:
                exec(compile(cell.source, "<cell>", "exec"), names)
    finally:
        plt.show = show
        plt.close("all")
    return names, figures


def test_the_handouts_numbers(bayesnet):
    net, yes_no = bayesnet.BayesNet(), ["no", "yes"]
    net.add("name", yes_no, [], [0.9, 0.1])
    net.add("typo", yes_no, [], [0.95, 0.05])
    net.add("capital", yes_no, ["name"], [[0.9, 0.1], [0.1, 0.9]])
    flagged = [[[0.99, 0.01], [0.1, 0.9]], [[0.4, 0.6], [0.05, 0.95]]]
    net.add("flagged", yes_no, ["name", "typo"], flagged)
    assert bayesnet.eliminate(net, "typo", {"flagged": "yes"})[1] == pytest.approx(0.408, abs=5e-4)
    both = {"flagged": "yes", "capital": "yes"}
    assert bayesnet.eliminate(net, "typo", both)[1] == pytest.approx(0.1376, abs=5e-5)
    assert bayesnet.min_fill_order(net, "typo")[0] != "name"


def test_a_thousand_words_of_evidence(bayesnet):
    """More tables than einsum takes, and a product that would underflow."""
    rng, net = np.random.default_rng(0), bayesnet.BayesNet()
    prior, likelihood = np.array([0.2, 0.3, 0.5]), rng.dirichlet(np.ones(50), 3)
    net.add("topic", range(3), [], prior)
    for i in range(1000):
        net.add(i, range(50), ["topic"], likelihood)
    seen = rng.integers(0, 50, 1000)
    logs = np.log(prior) + np.log(likelihood[:, seen]).sum(axis=1)
    want = np.exp(logs - np.logaddexp.reduce(logs))
    got = bayesnet.eliminate(net, "topic", dict(enumerate(seen.tolist())))
    np.testing.assert_allclose(got, want, rtol=1e-8, atol=1e-15)


def test_elimination_does_not_depend_on_hashing(bayesnet):
    """The order is a function of the network: the same bits in every run of Python."""
    net, rng = bayesnet.BayesNet(), np.random.default_rng(1)
    for i in range(12):
        parents = [f"v{j}" for j in sorted(rng.permutation(i)[:2].tolist())]
        net.add(f"v{i}", "ab", parents, rng.dirichlet([1, 1], (2,) * len(parents) or None))
    graph = bayesnet._moral_graph(net, net.states)
    assert bayesnet._min_fill(graph, {"v5"}) == bayesnet.min_fill_order(net, "v5")


def test_pgmpy_agrees_on_alarm(bayesnet):
    spec = importlib.util.spec_from_file_location("bench", ROOT / "benchmarks" / "bayesnet.py")
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    try:
        alarm = bench._alarm()
    except bench.Skip as reason:
        pytest.skip(str(reason))
    net = bench.convert(alarm, bayesnet)
    got = bayesnet.eliminate(net, "LVFAILURE", {"HRBP": "HIGH", "BP": "LOW"})
    # The published tables do not sum to 1 exactly.
    assert got[list(net.states["LVFAILURE"]).index("TRUE")] == pytest.approx(0.08837112, rel=1e-6)


def test_every_figure_says_what_it_shows(notebook):
    _, figures = notebook
    assert len(figures) == 3
    for figure in figures:
        for axes in figure.axes:
            if axes.get_label() == "<colorbar>":
                continue
            assert axes.get_title()
            assert axes.get_ylabel() or axes.images
    price, beliefs, words = figures
    assert [axes.get_xlabel() for axes in price.axes] == ["words in the chain", "samples n"]
    assert {line.get_label() for line in price.axes[0].lines} == {"enumerate_query", "eliminate"}
    assert len(beliefs.legends[0].get_texts()) == 8
    assert words.axes[0].get_xlabel() == words.axes[2].get_xlabel() == "pseudocount alpha"


def test_the_belief_figure_shows_the_beliefs(notebook):
    names, figures = notebook
    (axes,) = figures[1].axes
    passage, history = names["passage"], names["history"]
    assert [label.get_text() for label in axes.get_xticklabels()] == passage
    np.testing.assert_allclose(history.sum(axis=1), 1)
    lowest = axes.collections[0].get_paths()[0].vertices
    romeo = history[:, names["topic_net"].topics.index("Romeo and Juliet")]
    for word in (0, 30, 64, len(passage)):
        assert np.isclose(lowest[np.isclose(lowest[:, 0], word), 1], romeo[word]).any()


def test_the_story(notebook):
    names, _ = notebook
    model, passage, history = names["topic_net"], names["passage"], names["history"]
    for title, words in names["last_act"].items():
        assert model.topics[model.posterior(words).argmax()] == title
    romeo = history[:, model.topics.index("Romeo and Juliet")]
    richard = history[:, model.topics.index("Richard III")]
    kisses = passage.index("kisses")
    assert romeo[kisses] == pytest.approx(0.65, abs=0.01)  # before the word
    assert romeo[kisses + 1] == pytest.approx(0.98, abs=0.01)
    assert richard[passage.index("throne")] > 0.9
    assert np.all(romeo[-10:] > 0.96)
    lowest = {name: min(curve) for name, curve in names["curves"].items()}
    assert lowest["topic"] < lowest["word before"] < lowest["both"]
    assert lowest["topic"] == pytest.approx(770, abs=1)
    assert lowest["both"] == pytest.approx(2743, abs=1)


# The same cells on shorter texts and smaller networks.
SHORTER = {
    "looks = {": [
        ("range(2, 14)", "range(2, 5)"),
        ("[2, 4, 8, 16, 32, 64]", "[2, 4, 8]"),
        ("[100, 300, 1000, 3000, 10000]", "[50, 100]"),
        ("range(25)", "range(2)"),
    ],
    "alphas = [": [("[0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]", "[0.01, 1]")],
}


def short_plays() -> list[SimpleNamespace]:
    """Eight plays of five acts with the right titles, out of the text that needs no download."""
    words = re.findall(r"[a-z]+", data.stand_in().lower())
    acts = iter(range(0, len(words), 120))
    extra = "my lord my love my lord pomegranate"
    return [
        SimpleNamespace(
            title=title,
            acts=[
                f"NAME:\n{' '.join(words[i : i + 120])} {extra}" for i in itertools.islice(acts, 5)
            ],
        )
        for title in data.FIRST
    ]


@pytest.mark.parametrize("answer", alternatives("bayesnet"))
def test_the_notebook_runs_with_every_right_answer(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(public_data, "plays", short_plays)
    handout = Handout("bayesnet", answer)
    assert handout.run_all(SHORTER) == 5
    printed = capsys.readouterr().out
    assert "P(typo | flagged, capital) = 0.138" in printed
    assert printed.count("lowest perplexity") == 3
    names = handout.names
    np.testing.assert_allclose(names["history"].sum(axis=1), 1, rtol=1e-9)
    assert all(1 < value < math.inf for curve in names["curves"].values() for value in curve)


def test_the_picture_is_the_scripts() -> None:
    pictures = load(ROOT / "solutions" / "bayesnet" / "figures.py").PICTURES
    files = ROOT / "assignments" / "bayesnet" / "files"
    assert pictures == {p.name: p.read_text("utf-8") for p in files.glob("*.svg")}
    assert "](messages.svg)" in (ROOT / "starter/bayesnet/bayesnet.py").read_text("utf-8")
