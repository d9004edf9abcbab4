"""What `autograder verify` cannot show about `pca`: its figures, its story, a second oracle."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from shared.handouts import Handout, alternatives, load

from autograder import data as public_data
from autograder.course import data

SOURCE = Path(__file__).parents[2] / "solutions" / "pca" / "pca.py"


@pytest.fixture(scope="module")
def pca():
    spec = importlib.util.spec_from_file_location("pca_solution", SOURCE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def plays():
    try:
        return data.plays()
    except data.DataMissing as missing:
        pytest.skip(str(missing))


def words(text):
    return re.findall(r"[a-z']+", text.lower())


# --- Against scikit-learn ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def table():
    rng = np.random.default_rng(1)
    return rng.standard_normal((300, 40)) * np.linspace(4, 1, 40) + rng.uniform(-5, 5, 40)


def test_every_road_leads_to_scikit_learn(pca, table):
    decomposition = pytest.importorskip("sklearn.decomposition")
    want = decomposition.PCA(40, svd_solver="full").fit(table)
    batches = pca.IncrementalPCA(40)
    for batch in np.split(table, [70, 75, 200]):
        batches.partial_fit(batch)
    rng = np.random.default_rng(0)
    for got in (
        pca.pca_eigh(table, 40),
        pca.pca_svd(table, 40),
        pca.pca_gram(table, 40),
        pca.randomized_pca(table, 40, 0, 1, rng),
        batches.result(),
    ):
        np.testing.assert_allclose(got.explained_variance, want.explained_variance_, rtol=1e-7)
        np.testing.assert_allclose(
            got.explained_variance_ratio, want.explained_variance_ratio_, rtol=1e-7
        )
        signs = np.sign(np.sum(got.components * want.components_, axis=1, keepdims=True))
        np.testing.assert_allclose(got.components * signs, want.components_, atol=1e-6)
    first = pca.pca_eigh(table, 7)
    want = decomposition.PCA(7, svd_solver="full").fit(table)
    z = pca.transform(first, table[:5])
    np.testing.assert_allclose(np.abs(z), np.abs(want.transform(table[:5])), atol=1e-9)
    np.testing.assert_allclose(
        pca.inverse_transform(first, z),
        want.inverse_transform(want.transform(table[:5])),
        atol=1e-9,
    )


# --- Figures ----------------------------------------------------------------------------------


def test_the_figure_shows_what_it_says(pca, table):
    found = pca.pca_eigh(table, 10)
    left, right = pca.plot_variance(found).axes
    heights = [bar.get_height() for bar in left.patches]
    np.testing.assert_allclose(heights, found.explained_variance_ratio)
    centres = [bar.get_x() + bar.get_width() / 2 for bar in left.patches]
    np.testing.assert_allclose(centres, range(1, 11))
    (line,) = right.lines
    np.testing.assert_allclose(line.get_xdata(), range(1, 11))
    np.testing.assert_allclose(line.get_ydata(), np.cumsum(found.explained_variance_ratio))
    assert right.get_ylim()[0] <= 0 <= 1 <= right.get_ylim()[1]
    assert left.get_xlabel() == right.get_xlabel() == "component"
    assert (left.get_ylabel(), right.get_ylabel()) == (
        "explained variance ratio",
        "cumulative ratio",
    )
    assert left.get_title()
    assert right.get_title()


def test_the_figure_of_one_component_can_be_drawn(pca, tmp_path):
    figure = pca.plot_variance(pca.pca_eigh([[1.0, 2.0], [3.0, 5.0]], 1))
    figure.savefig(tmp_path / "one.png")
    assert (tmp_path / "one.png").stat().st_size > 5000


# --- The story --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def word_vectors(pca, plays):
    tokens = words(data.shakespeare(38))
    vocabulary = [word for word, _ in Counter(tokens).most_common(1000)]
    counts = pca.cooccurrence(tokens, vocabulary, 2)
    return vocabulary, pca.word_vectors(counts, 100)


def test_queen_is_near_king(pca, word_vectors):
    vocabulary, vectors = word_vectors
    assert "queen" in pca.nearest(vectors, vocabulary, "king", 25)


def test_queen_is_near_king_in_eight_plays(pca, plays):
    tokens = words(data.shakespeare())
    vocabulary = [word for word, _ in Counter(tokens).most_common(1000)]
    vectors = pca.word_vectors(pca.cooccurrence(tokens, vocabulary, 2), 100)
    assert "queen" in pca.nearest(vectors, vocabulary, "king", 25)


@pytest.mark.parametrize(
    ("word", "neighbours"),
    [
        ("two", {"three", "four", "five"}),
        ("eyes", {"eye", "ears", "hands", "lips"}),
        ("mother", {"father", "daughter", "wife"}),
        ("come", {"go", "follow", "bring"}),
        ("day", {"night", "hour"}),
        ("hath", {"has", "had"}),
    ],
)
def test_neighbours_that_the_handout_promises(pca, word_vectors, word, neighbours):
    vocabulary, vectors = word_vectors
    assert neighbours <= set(pca.nearest(vectors, vocabulary, word, 9))


def test_histories_and_comedies_part(pca, plays):
    spoken = [words(re.sub(r"(?m)^.*:$", "", act)) for play in plays for act in play.acts]
    genre = np.array([play.genre for play in plays for _ in play.acts])
    title = np.array([play.title for play in plays for _ in play.acts])
    common = [w for w, _ in Counter(w for act in spoken for w in act).most_common(2000)]
    tallies = [Counter(act) for act in spoken]
    acts = np.sqrt(
        [[c[w] / len(act) for w in common] for c, act in zip(tallies, spoken, strict=True)]
    )
    found = pca.pca_gram(acts, 2)
    first, second = pca.transform(found, acts).T
    comedies, histories = first[genre == "comedies"], first[genre == "histories"]
    # Which of two acts, one of each kind, lies further to the right? Chance is 0.5.
    assert np.mean(comedies[:, None] > histories[None]) > 0.95
    # Early Titus and early histories above, late Roman plays and late Henry VIII below.
    late = np.isin(title, ["Coriolanus", "Antony and Cleopatra", "Henry VIII"])
    early = np.isin(title, ["Titus Andronicus", "Henry VI, Part 3", "Richard III"])
    assert second[late].max() < second[early].mean()
    ends = [common[i] for i in np.argsort(found.components[1])]
    assert {"has", "does"} <= set(ends[:6])
    assert {"thou", "thy"} <= set(ends[-6:])


# --- The notebook with every right answer -------------------------------------------------------

# The same cells on a short text and small tables.
SHORTER = {
    "common = [": [("most_common(2000)", "most_common(30)")],
    "slow = ": [("n, d, k = 4000, 500, 20", "n, d, k = 200, 40, 5")],
    "tokens = words(": [
        ("most_common(1000)", "most_common(40)"),
        ("word_vectors(counts, 100)", "word_vectors(counts, 30)"),
    ],
    "every = ": [("ppmi(counts), 100", "ppmi(counts), 30")],
    "def place(": [("(2, 10, 30, 100, 300)", "(2, 10, 30)")],
    "TheirPCA": [
        ("20_000, 200", "300, 20"),
        ("np.arange(1, 201)", "np.arange(1, 21)"),
        ("100, 5_000", "20, 60"),
        ("np.arange(1, 5_001)", "np.arange(1, 61)"),
        ("batch_size=1_000", "batch_size=15"),
    ],
}


def short_text() -> str:
    """Six thousand words that need no download; king and queen are among the commonest."""
    found = words(data.stand_in())[:6000]
    return " ".join(w if i % 40 else "the king and the queen" for i, w in enumerate(found))


def short_plays() -> list[SimpleNamespace]:
    found, genres = words(short_text()), ("histories", "comedies", "tragedies", "roman")
    return [
        SimpleNamespace(
            genre=genre,
            acts=[" ".join(found[i : i + 150]) for i in range(k * 900, k * 900 + 750, 150)],
        )
        for k, genre in enumerate(genres)
    ]


@pytest.mark.parametrize("answer", ["solution", *alternatives("pca")])
def test_the_notebook_runs_with_every_right_answer(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(public_data, "plays", short_plays)
    monkeypatch.setattr(public_data, "shakespeare", lambda plays=8: short_text())
    handout = Handout("pca", answer)
    assert handout.run_all(SHORTER) == 10
    printed = capsys.readouterr().out
    for line in ("power_iterations = 8", "components explain 90%", "PPMI, window 10", "theirs"):
        assert line in printed
    told = [float(x) for x in re.findall(r"window +\d+: (\d\.\d\d) nats", printed)]
    thrown = [float(x) for x in re.findall(r"thrown together (\d\.\d\d)", printed)]
    assert len(told) == len(thrown) == 4
    assert told[0] > told[-1] > 0
    assert all(a > b for a, b in zip(told, thrown, strict=True))


def test_mutual_information_of_the_handouts_example() -> None:
    handout = Handout("pca")
    (cell,) = [c for c in handout.cells if "def mutual_information" in c]
    names = {"np": np}
    exec(cell[: cell.index("thrown = ")], names)
    counts = np.array([[0, 2, 2], [2, 0, 1], [2, 1, 0]])
    assert names["entropy"](np.array([0.4, 0.3, 0.3])) == pytest.approx(1.0889, abs=1e-4)
    assert names["mutual_information"](counts) == pytest.approx(0.42973, abs=1e-5)
    assert names["mutual_information"](np.ones((3, 5))) == pytest.approx(0, abs=1e-12)


def test_the_picture_is_the_scripts() -> None:
    root = SOURCE.parents[2]
    pictures = load(root / "solutions" / "pca" / "figures.py").PICTURES
    files = root / "assignments" / "pca" / "files"
    assert pictures == {p.name: p.read_text("utf-8") for p in files.glob("*.svg")}
    assert "](projection.svg)" in (root / "starter/pca/pca.py").read_text("utf-8").replace("\n", "")
