"""What `verify` cannot show of `sequences`: torch agrees, numbers of the handout hold, cells run.

The handout claims that the two hidden states are vowels and consonants, and that all three cells
beat counting pairs.
"""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from shared.handouts import ROOT, Handout, alternatives, load

from autograder import data

SLUG = "sequences"


@pytest.fixture(scope="module")
def solution() -> ModuleType:
    return load(ROOT / "solutions" / SLUG / f"{SLUG}.py")


# --- torch --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "blocks"), [("RNN", 1), ("LSTM", 4), ("GRU", 3)])
def test_states_and_gradients_are_torchs(solution: ModuleType, name: str, blocks: int) -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(blocks)
    batch, time, d, n = 3, 7, 4, 5
    x, g = rng.standard_normal((batch, time, d)), rng.standard_normal((batch, time, n))
    h0, c0 = rng.standard_normal((2, batch, n))
    wx, wh = rng.standard_normal((d, blocks * n)), rng.standard_normal((n, blocks * n))
    bx, bh = rng.standard_normal((2, blocks * n))

    layer = getattr(torch.nn, name)(d, n, batch_first=True, dtype=torch.float64)
    own = {"weight_ih_l0": wx.T, "weight_hh_l0": wh.T, "bias_ih_l0": bx, "bias_hh_l0": bh}
    layer.load_state_dict({key: torch.from_numpy(value.copy()) for key, value in own.items()})
    given = [torch.tensor(a, requires_grad=True) for a in (x, h0[None], c0[None])]
    state: Any = tuple(given[1:]) if name == "LSTM" else given[1]
    expected, _ = layer(given[0], state)
    expected.backward(torch.from_numpy(g))

    biases = (bx, bh) if name == "GRU" else (bx + bh,)
    mine = getattr(solution, name)(wx, wh, *biases)
    h = mine.forward(x, h0, c0)[0] if name == "LSTM" else mine.forward(x, h0)
    np.testing.assert_allclose(h, expected.detach().numpy(), rtol=1e-10, atol=1e-12)
    theirs = {
        "x": given[0].grad,
        "h0": given[1].grad[0],
        "wx": layer.weight_ih_l0.grad.T,
        "wh": layer.weight_hh_l0.grad.T,
        "bx" if name == "GRU" else "b": layer.bias_ih_l0.grad,
    }
    if name == "LSTM":
        theirs["c0"] = given[2].grad[0]
    if name == "GRU":
        theirs["bh"] = layer.bias_hh_l0.grad
    found = mine.backward(g)
    assert sorted(found) == sorted(theirs)
    for key, gradient in theirs.items():
        np.testing.assert_allclose(found[key], gradient.numpy(), rtol=1e-9, atol=1e-11)


def test_the_loss_is_torchs(solution: ModuleType) -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    scores, targets = 3 * rng.standard_normal((4, 6, 9)), rng.integers(0, 9, (4, 6))
    mask = rng.random((4, 6)) < 0.7
    given = torch.tensor(scores, requires_grad=True)
    padded = torch.from_numpy(np.where(mask, targets, -100))  # what torch ignores
    expected = torch.nn.functional.cross_entropy(given.flatten(0, 1), padded.flatten())
    expected.backward()
    loss, dscores = solution.cross_entropy(scores, targets, mask)
    assert loss == pytest.approx(expected.item(), rel=1e-12)
    np.testing.assert_allclose(dscores, given.grad.numpy(), rtol=1e-10, atol=1e-14)


# --- the handout's numbers ----------------------------------------------------------------------


def test_the_best_path_is_not_the_best_states(solution: ModuleType) -> None:
    coins = [0.5, 0.5], [[0.75, 0.25], [0.25, 0.75]], [[0.5, 0.5], [0.75, 0.25]]
    path, log_probability = solution.viterbi(*coins, [0, 0, 1])
    states, _, log_likelihood = solution.forward_backward(*coins, [0, 0, 1])
    assert path.tolist() == [1, 1, 1]
    assert states.argmax(axis=1).tolist() == [1, 1, 0]
    assert log_probability == pytest.approx(math.log(162 / 4096))
    assert log_likelihood == pytest.approx(math.log(582 / 4096))


def test_sentences_of_the_sample_answer(solution: ModuleType) -> None:
    wanted = ["the", "king", "is", "dead"]
    good, bad = ["our", "monarch", "passed", "away"], ["the", "king", "is", "alive"]
    assert solution.bleu([good], [[wanted]], 2) == 0
    assert solution.bleu([bad], [[wanted]], 2) == pytest.approx(math.sqrt(3 / 4 * 2 / 3))
    assert [solution.edit_distance(each, wanted) for each in (good, bad)] == [4, 1]
    assert solution.rouge_l(bad, wanted)[2] == pytest.approx(3 / 4)


# --- the story ----------------------------------------------------------------------------------


def test_hidden_states_are_vowels_and_consonants() -> None:
    try:
        data.shakespeare()
    except data.DataMissing as missing:
        pytest.skip(str(missing))
    handout = Handout(SLUG)
    handout.run("import matplotlib.pyplot as plt")
    figure = handout.run("symbols = ", ("range(60)", "range(30)"), ("[:4000]", "[:3000]"))
    share = handout.names["share"][0]  # P(state 0 | letter)
    together = {c for c, p in zip(handout.names["symbols"], share, strict=True) if p < 0.5}
    assert together >= set(" aeiou")
    assert not together & set("bcdfghklmnprstvwy")
    assert np.all(np.diff(handout.names["history"]) < 1e-9)  # each round explains more
    assert next(axes.get_xlabel() for axes in figure.axes) == "round"


SHORTER = {
    "steps, n = 100, 64": [("100, 64", "12, 4")],
    "steps, d, n = 60, 8, 32": [("60, 8, 32", "6, 2, 3")],
    "symbols = ": [("range(60)", "range(3)"), ("[100_000:106_000])[:4000]", "[1_000:2_000])[:60]")],
    "rows = (": [("800_000", "20_000"), ("[900_000:904_000])[:800]", "[30_000:31_000])[:12]")],
    "batch, window, rounds = ": [("24, 96, 32, 50, 300", "4, 6, 3, 5, 2")],
    "models, histories": [("2 * window))", "2 * window))[:4]")],
    "longest, widths": [("30, (1, 2, 4, 8)", "4, (1, 2, 8)")],
}


@pytest.mark.parametrize("answer", ["solution", *alternatives(SLUG)])
def test_every_right_answer_runs_through_the_notebook(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = data.stand_in()[:60_000]
    monkeypatch.setattr(data, "shakespeare", lambda plays=8: text)
    handout = Handout(SLUG, answer)
    assert handout.run_all(SHORTER) == 8
    out = capsys.readouterr().out
    for said in ("best path", "GRU: ", "width 8, alpha 1"):
        assert said in out
    assert handout.names["held"].keys() == {"RNN", "GRU", "LSTM"}
    v = len(handout.names["vocabulary"])
    assert all(0 < loss < 2.5 * math.log(v) for loss in handout.names["held"].values())


def test_the_pictures_are_the_scripts() -> None:
    from solutions.sequences.figures import PICTURES

    for name, text in PICTURES.items():
        assert (ROOT / "assignments" / SLUG / "files" / name).read_text("utf-8") == text
