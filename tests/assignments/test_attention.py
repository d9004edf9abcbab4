"""What `verify` cannot show of `attention`: torch agrees, figures are labelled, the story holds.

The handout claims that four heads, trained with the gradients of q3, beat counting pairs.
"""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest
from shared.handouts import ROOT, Handout, alternatives, load

from autograder import data

SLUG = "attention"


@pytest.fixture(scope="module")
def solution() -> ModuleType:
    return load(ROOT / "solutions" / SLUG / f"{SLUG}.py")


def normal(seed: int, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


# --- torch --------------------------------------------------------------------------------------


@pytest.mark.parametrize("mask", [None, "causal", "holes"])
def test_attention_is_torchs(solution: ModuleType, mask: str | None) -> None:
    torch = pytest.importorskip("torch")
    q, k, v = normal(0, (2, 3, 9, 4), (2, 3, 9, 4), (2, 3, 9, 5))
    holes = np.random.default_rng(1).random((2, 1, 9, 9)) < 0.5
    holes[..., 0] = True
    allowed = {"causal": solution.causal_mask(9), "holes": holes}.get(mask or "")
    output, _ = solution.scaled_dot_product_attention(q, k, v, allowed)
    tensors = [torch.from_numpy(a) for a in (q, k, v)]
    given = None if allowed is None else torch.from_numpy(allowed)
    expected = torch.nn.functional.scaled_dot_product_attention(*tensors, attn_mask=given)
    np.testing.assert_allclose(output, expected.numpy(), rtol=1e-10, atol=1e-12)
    if mask != "holes":
        streamed = solution.streaming_attention(q, k, v, block=4, causal=mask == "causal")
        np.testing.assert_allclose(streamed, expected.numpy(), rtol=1e-10, atol=1e-12)


def test_gradients_are_torchs(solution: ModuleType) -> None:
    torch = pytest.importorskip("torch")
    arrays = normal(2, (3, 7, 6), (6, 4), (6, 4), (6, 5))
    (g,) = normal(3, (3, 7, 5))
    x, wq, wk, wv = (torch.tensor(a, requires_grad=True) for a in arrays)
    mask = torch.from_numpy(solution.causal_mask(7))
    torch.nn.functional.scaled_dot_product_attention(
        x @ wq, x @ wk, x @ wv, attn_mask=mask
    ).backward(torch.from_numpy(g))
    head = solution.AttentionHead(*arrays[1:])
    head.forward(arrays[0], solution.causal_mask(7))
    for mine, theirs in zip(head.backward(g), (x, wq, wk, wv), strict=True):
        np.testing.assert_allclose(mine, theirs.grad.numpy(), rtol=1e-9, atol=1e-11)


def test_many_heads_are_torchs(solution: ModuleType) -> None:
    torch = pytest.importorskip("torch")
    wq, wk, wv, wo = normal(4, *[(8, 8)] * 4)
    x, context = normal(5, (2, 5, 8), (2, 7, 8))
    module = torch.nn.MultiheadAttention(8, 4, bias=False, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        module.in_proj_weight.copy_(torch.from_numpy(np.vstack([wq.T, wk.T, wv.T])))
        module.out_proj.weight.copy_(torch.from_numpy(wo.T.copy()))
        keys = torch.from_numpy(context)
        expected, _ = module(torch.from_numpy(x), keys, keys)
    mine = solution.MultiHeadAttention(wq, wk, wv, wo, 4).forward(x, context=context)
    np.testing.assert_allclose(mine, expected.numpy(), rtol=1e-9, atol=1e-11)


# --- the paths that only size or scale decides ----------------------------------------------------


def test_shift_or_no_shift_is_the_same(solution: ModuleType) -> None:
    """Around the limit below which the fast alternative leaves the maximum in."""
    tuned = load(ROOT / "assignments" / SLUG / "alternatives" / "tuned.py")
    q, k, v = normal(6, (8, 4), (8, 4), (8, 3))
    largest = np.abs(q @ k.T / 2).max()
    for score in (59.9, 60.1, 1e3):
        scale = score / largest
        output, weights = tuned.scaled_dot_product_attention(scale * q, k, v)
        expected = solution.softmax(scale * q @ k.T / 2)
        np.testing.assert_allclose(weights, expected, rtol=1e-9, atol=1e-300)
        streamed = tuned.streaming_attention(scale * q, k, v, block=3)
        np.testing.assert_allclose(streamed, output, rtol=1e-9, atol=1e-12)


def test_memory_of_streaming_is_linear(solution: ModuleType) -> None:
    import tracemalloc

    def peak(t: int) -> int:
        q, k, v = normal(7, *[(t, 8)] * 3)
        tracemalloc.start()
        solution.streaming_attention(q, k, v, block=32, causal=True)
        result = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return result

    assert peak(2048) < 2.2 * peak(1024)


# --- figures ------------------------------------------------------------------------------------


def test_heat_maps_are_labelled(solution: ModuleType) -> None:
    weights, tokens = np.random.default_rng(8).random((4, 3, 3)), ["to", "be", "or"]
    figure = solution.plot_attention(weights, tokens)
    maps = [axes for axes in figure.axes if axes.images]
    assert [axes.get_title() for axes in maps] == [f"head {h}" for h in range(4)]
    for axes, head in zip(maps, weights, strict=True):
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("key", "query")
        np.testing.assert_array_equal(axes.images[0].get_array(), head)
        assert axes.images[0].get_clim() == (0, 1)  # heads can be compared
        for labels in (axes.get_xticklabels(), axes.get_yticklabels()):
            assert [label.get_text() for label in labels] == tokens
    colour_bar = next(axes for axes in figure.axes if not axes.images)
    assert colour_bar.get_ylabel() == "weight"


def test_one_head_needs_no_number(solution: ModuleType) -> None:
    figure = solution.plot_attention(np.eye(2), ["a", "b"])
    assert [axes.get_title() for axes in figure.axes if axes.images] == [""]


# --- the story ----------------------------------------------------------------------------------


def test_four_heads_beat_pairs() -> None:
    """The notebook's own cells, with fewer steps."""
    try:
        data.shakespeare()
    except data.DataMissing as missing:
        pytest.skip(str(missing))
    handout = Handout(SLUG)
    handout.run("import matplotlib.pyplot as plt")
    names = handout.names
    handout.run("def gradients(ids)", ("steps = 64, 64, 4, 16, 800", "steps = 64, 64, 4, 16, 220"))
    assert names["steps"] == 220
    axes = handout.run("# Adam").axes[0]
    held_out = dict(names["checks"])[220]
    assert 2.4 < names["pairs"] < 2.6
    assert held_out < names["pairs"]
    assert held_out < math.log(len(names["vocabulary"]))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("step", "nats per character")

    # The same gradients as numerical differences of the notebook's own loss, in float64.
    p, ids = names["unembedding"].astype(np.float64), names["held_out"][:2]
    names["unembedding"] = p
    _, (_, gradient, *_) = names["gradients"](ids)
    losses = []
    for step in (1e-4, -1e-4):
        p[3, 5] += step
        losses.append(names["loss"](ids))
        p[3, 5] -= step
    assert (losses[0] - losses[1]) / 2e-4 == pytest.approx(gradient[3, 5], rel=1e-3, abs=1e-6)


SHORTER = {
    "lengths = [128": [("[128, 256, 512, 1024, 2048, 4096]", "[32, 64, 128]"), ("4096", "128")],
    "def gradients(ids)": [("4, 16, 800", "4, 2, 3")],
}


@pytest.mark.parametrize("answer", ["solution", *alternatives(SLUG)])
def test_every_right_answer_runs_through_the_notebook(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = data.stand_in()[:60_000]
    monkeypatch.setattr(data, "shakespeare", lambda plays=8: text)
    handout = Handout(SLUG, answer)
    assert handout.run_all(SHORTER) == 10
    np.testing.assert_allclose(handout.names["weights"].sum(axis=-1), 1, rtol=1e-5)
    assert handout.names["checks"][-1][1] < 1.1 * math.log(len(handout.names["vocabulary"]))
    assert capsys.readouterr().out.count("…") >= 6  # the lines that it wrote


def test_mutual_information_of_the_handout() -> None:
    """ln 2 for a coin that is copied, 0 for two coins."""
    handout = Handout(SLUG)
    (cell,) = [c for c in handout.cells if "def mutual_information" in c]
    function = cell[: cell.index("distances = ")]
    names = {"np": np, "vocabulary": "ab"}
    exec(function, names)
    coin, other = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert names["mutual_information"](coin, coin) == pytest.approx(math.log(2))
    assert names["mutual_information"](coin, other) == pytest.approx(0, abs=1e-12)


def test_the_picture_is_the_scripts() -> None:
    from solutions.attention.figures import PICTURES

    picture = ROOT / "assignments" / SLUG / "files" / "head.svg"
    assert picture.read_text("utf-8") == PICTURES["head.svg"]
