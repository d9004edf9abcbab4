"""What `autograder verify` cannot show about `autodiff`: torch agrees, figures are right."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from shared.handouts import ROOT, Handout, alternatives, load

from autograder import data

SLUG = "autodiff"
SOURCE = ROOT / "solutions" / SLUG / f"{SLUG}.py"
ALTERNATIVES = [
    ROOT / "assignments" / SLUG / "alternatives" / f"{name}.py" for name in alternatives(SLUG)
]


@pytest.fixture(scope="module", params=[SOURCE, *ALTERNATIVES], ids=lambda path: path.stem)
def autodiff(request):
    return load(request.param)


# --- Against torch ----------------------------------------------------------------------------


def compare(autodiff, f, theirs, *arrays):
    """Values and gradients of the same computation in both."""
    torch = pytest.importorskip("torch")
    ours = [autodiff.Tensor(a, requires_grad=True) for a in arrays]
    peers = [torch.tensor(a, requires_grad=True) for a in arrays]
    out, want = f(*ours), theirs(*peers)
    np.testing.assert_allclose(out.data, want.detach().numpy(), rtol=1e-9, atol=1e-12)
    seed = np.random.default_rng(0).standard_normal(out.shape)
    out.backward(seed)
    want.backward(torch.tensor(seed))
    for mine, peer in zip(ours, peers, strict=True):
        np.testing.assert_allclose(mine.grad, peer.grad.numpy(), rtol=1e-8, atol=1e-10)


def test_a_block_of_a_transformer(autodiff):
    """Attention with two heads, layer norms, GELU, residuals: every node is used again."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(1)
    b, t, d, heads = 2, 5, 8, 2
    shapes = [(b, t, d), (d,), (d,), (d, 3 * d), (d, d), (d, 4 * d), (4 * d,), (4 * d, d)]
    arrays = [rng.standard_normal(shape) / 2 for shape in shapes]
    mask = np.where(np.tril(np.ones((t, t))), 0.0, -1e9)

    def block(lib, x, gain, bias, w_qkv, w_o, w1, b1, w2):
        def head_axis(y):
            return lib["permute"](y.reshape(b, t, heads, d // heads), (0, 2, 1, 3))

        qkv = lib["norm"](x, gain, bias) @ w_qkv
        q, k, v = (head_axis(qkv[:, :, i * d : (i + 1) * d]) for i in range(3))
        scores = q @ lib["permute"](k, (0, 1, 3, 2)) * (d // heads) ** -0.5 + lib["mask"]
        mixed = lib["permute"](lib["softmax"](scores) @ v, (0, 2, 1, 3)).reshape(b, t, d)
        x = x + mixed @ w_o
        return x + lib["gelu"](lib["norm"](x, gain, bias) @ w1 + b1) @ w2

    ours = {
        "permute": lambda y, axes: y.transpose(*axes),
        "norm": autodiff.layer_norm,
        "softmax": autodiff.softmax,
        "gelu": autodiff.gelu,
        "mask": mask,
    }
    peer = {
        "permute": lambda y, axes: y.permute(axes),
        "norm": lambda x, g, b: torch.nn.functional.layer_norm(x, (d,), g, b, 1e-5),
        "softmax": lambda x: torch.softmax(x, -1),
        "gelu": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
        "mask": torch.tensor(mask),
    }
    compare(autodiff, lambda *a: block(ours, *a), lambda *a: block(peer, *a), *arrays)


def test_a_language_model(autodiff):
    """Embedding, concatenation, log-softmax and the loss."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(2)
    table, w = rng.standard_normal((6, 3)), rng.standard_normal((6, 6))
    ids, targets = np.array([[0, 5], [0, 0], [2, 5], [1, 1]]), np.array([5, 0, 0, 3])

    def ours(table, w):
        x = autodiff.embedding(table, ids)
        x = autodiff.concatenate([x[:, 0], x[:, 1]], axis=-1)
        return autodiff.cross_entropy(autodiff.log_softmax(x @ w), targets)

    def theirs(table, w):
        x = torch.nn.functional.embedding(torch.tensor(ids), table)
        x = torch.cat([x[:, 0], x[:, 1]], -1)
        return torch.nn.functional.cross_entropy(
            torch.log_softmax(x @ w, -1), torch.tensor(targets)
        )

    compare(autodiff, ours, theirs, table, w)


def test_second_derivatives(autodiff):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(3)
    x, v, a = rng.standard_normal((3, 2)), rng.standard_normal((3, 2)), rng.standard_normal((4, 3))

    def f(x):
        h = (a @ x).tanh() if isinstance(x, autodiff.Tensor) else None
        return (h.exp().sum(0) * h.sigmoid().mean(0)).sum() / (1.0 + (x * x).sum())

    def peer(x):
        h = (torch.tensor(a) @ x).tanh()
        return (h.exp().sum(0) * h.sigmoid().mean(0)).sum() / (1.0 + (x * x).sum())

    if Path(autodiff.__file__).stem == "function_classes":
        pytest.skip("its hyper-dual numbers are no Tensors")
    got = autodiff.hessian_vector_product(f, x, v)
    _, want = torch.autograd.functional.hvp(peer, torch.tensor(x), torch.tensor(v))
    np.testing.assert_allclose(got, want.numpy(), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(
        autodiff.jacobian(lambda x: (a @ x).exp(), x),
        torch.autograd.functional.jacobian(lambda x: (torch.tensor(a) @ x).exp(), torch.tensor(x)),
        rtol=1e-9,
    )


def test_forward_and_backward_agree(autodiff):
    """⟨Jv, u⟩ = ⟨v, Jᵀu⟩: the same function in both modes."""
    rng = np.random.default_rng(4)
    a, x, v = rng.uniform(1, 2, (3, 4)), rng.uniform(1, 2, 4), rng.standard_normal(4)
    u = rng.standard_normal((3, 4))

    def f(x):
        return (x * a).tanh() / (2 - x.log()) + (a - x**3).relu() * x.exp()

    leaf = autodiff.Tensor(x, requires_grad=True)
    f(leaf).backward(u)
    np.testing.assert_allclose((autodiff.jvp(f, x, v) * u).sum(), v @ leaf.grad, rtol=1e-12)


def test_one_clock_or_many(autodiff):
    """The optimisers against torch, where textbook and torch are the same."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(5)
    start, gradients = rng.standard_normal((2, 3)), rng.standard_normal((6, 2, 3))
    for ours, theirs, options in (
        (lambda p: autodiff.SGD(p, 0.1), torch.optim.SGD, {"lr": 0.1}),
        (lambda p: autodiff.AdaGrad(p, 0.1), torch.optim.Adagrad, {"lr": 0.1, "eps": 1e-8}),
        (lambda p: autodiff.RMSProp(p, 0.1), torch.optim.RMSprop, {"lr": 0.1, "alpha": 0.9}),
        (lambda p: autodiff.Adam(p, 0.1), torch.optim.Adam, {"lr": 0.1}),
    ):
        mine = autodiff.Tensor(start.copy(), requires_grad=True)
        peer = torch.tensor(start, requires_grad=True)
        optimizer, other = ours([mine]), theirs([peer], **options)
        for gradient in gradients:
            mine.grad, peer.grad = gradient.copy(), torch.tensor(gradient)
            optimizer.step()
            other.step()
        np.testing.assert_allclose(mine.data, peer.detach().numpy(), rtol=1e-7)


def test_second_derivatives_of_the_fused_operations():
    """The reference's rules of q4 can be differentiated again, which nobody asks of students."""
    solution = load(SOURCE)
    rng = np.random.default_rng(6)
    x, v, gain = rng.standard_normal((3, 4)), rng.standard_normal((3, 4)), rng.standard_normal(4)
    weights = rng.standard_normal((3, 4))
    for f in (
        lambda x: (solution.softmax(x, 0) * weights).sum(),
        lambda x: (solution.log_softmax(x) * weights).sum(),
        lambda x: (solution.gelu(x) * weights).sum(),
        lambda x: (solution.layer_norm(x, gain, gain) * weights).sum(),
        lambda x: solution.cross_entropy(x, [0, 3, 3]),
        lambda x: (solution.embedding(x, [2, 0, 2]) ** 3).sum(),
    ):

        def gradient(at, f=f):
            leaf = solution.Tensor(at, requires_grad=True)
            f(leaf).backward()
            return leaf.grad

        want = (gradient(x + 1e-5 * v) - gradient(x - 1e-5 * v)) / 2e-5
        got = solution.hessian_vector_product(f, x, v)
        np.testing.assert_allclose(got, want, rtol=1e-6, atol=1e-8)


# --- The notebook -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def live():
    return Handout(SLUG)


def test_figure_of_activations(live):
    panels = live.run("activations = {").axes
    assert [p.get_title() for p in panels] == ["relu", "tanh", "gelu"]
    x, slope = panels[1].lines[1].get_data()
    np.testing.assert_allclose(slope, 1 / np.cosh(x) ** 2, rtol=1e-9)


def test_figure_of_differences(live, capsys):
    (axes,) = live.run("a planted mistake").axes
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 7
    assert all("ok" in line for line in lines[:-1])
    assert "WRONG" in lines[-1]
    assert axes.get_xlabel() == "eps"
    eps, error = axes.lines[1].get_data()
    assert 1e-7 < eps[np.argmin(error)] < 1e-4, "central differences are best around 1e-5"


def test_figure_of_the_valley(live):
    panels = live.run("def walk(").axes
    names = ["SGD", "Momentum", "AdaGrad", "RMSProp", "Adam"]
    assert [p.get_title().split(":")[0] for p in panels[:5]] == names
    for panel in panels[:5]:
        x, y = panel.lines[0].get_data()
        assert len(x) == 41
        assert (x[0], y[0]) == (-7.0, 2.0)
        assert np.hypot(x[-1], y[-1]) < 2, "every walker comes near the lake"
        assert (panel.get_xlabel(), panel.get_ylabel()) == ("x", "y")
    zigzag = panels[0].lines[0].get_ydata()
    assert (np.sign(zigzag[1:20]) != np.sign(zigzag[:19])).all(), "SGD crosses at every step"
    assert [line.get_label() for line in panels[5].lines] == names


def test_figure_of_curvature(live):
    (axes,) = live.run("Curvature in all directions").axes
    red = [line for line in axes.lines if line.get_color() == "tab:red" and len(line.get_xdata())]
    assert red, "the saddle bends down somewhere"
    assert all(abs(line.get_xdata()[0]) < 1e-12 for line in red), "and only the saddle does"


def test_figure_of_digits(live, capsys):
    pytest.importorskip("sklearn")
    figure = live.run("data.digits()", (", 30, 32,", ", 2, 32,"))
    header, *rows = capsys.readouterr().out.splitlines()
    assert "seconds" in header
    assert [row.split()[0] for row in rows] == list(live.names["contestants"])
    assert all(float(row.split()[1].rstrip("%")) > 50 for row in rows)
    for panel, axis in zip(figure.axes[:2], ("epoch", "seconds"), strict=True):
        assert panel.get_xlabel() == axis
        assert len(panel.lines) == 5
        assert all(line.get_ydata()[-1] < line.get_ydata()[0] for line in panel.lines)


def test_figure_of_the_language_model(live, monkeypatch):
    def missing():
        raise data.DataMissing("not here")

    text = data.stand_in()[:80_000]
    monkeypatch.setattr(data, "shakespeare", missing)
    monkeypatch.setattr(data, "stand_in", lambda: text)
    live.names["data"] = data  # imported by an earlier cell
    live.run("steps, n = 6000", ("steps, n = 6000", "steps, n = 150"))
    left, right = live.run("def counted(").axes
    assert left.get_ylabel() == "nats per character"
    losses = live.names["losses"]
    assert np.mean(losses[-50:]) < 0.75 * losses[0]
    shown = {text.get_text() for text in right.texts}
    assert {"e", "t", "space"} <= shown
    live.run("def write(", ("500", "20"))


SHORTER = {
    "data.digits()": [(", 30, 32,", ", 1, 32,")],
    "steps, n = 6000": [("steps, n = 6000", "steps, n = 60")],
    "def write(": [("500", "20")],
    "widths = np.logspace": [("np.logspace(-12, 0, 49)", "np.logspace(-12, 0, 7)")],
    "import torch": [("range(30)", "range(2)")],
}


@pytest.mark.parametrize("answer", ["solution", *alternatives(SLUG)])
def test_every_right_answer_runs_through_the_notebook(answer, monkeypatch, capsys):
    """Also those that step in place, keep their rate under another name, or return views."""
    pytest.importorskip("sklearn")
    # Few symbols: the notebook counts triples of them.
    text = re.sub("[^a-z \n]", "", data.stand_in()[:60_000])
    monkeypatch.setattr(data, "shakespeare", lambda plays=8: text)
    handout = Handout(SLUG, answer)
    assert handout.run_all(SHORTER) == 9
    path = handout.names["walk"](lambda p: handout.names["SGD"](p, 0.95))
    assert len({tuple(place) for place in path}) == 41, "the walker leaves a trace"
    out = capsys.readouterr().out
    apart = float(re.search(r"largest difference of a gradient: (\S+)", out)[1])
    assert apart < 1e-12, "torch's gradients"


def test_the_picture_shows_the_table():
    """The graph's numbers are those of the backward pass done by hand in the handout."""
    solution = load(SOURCE)
    a, b = (solution.Tensor(value, requires_grad=True) for value in (2.0, 3.0))
    c = a * b
    d = c + a
    (d * c).backward()
    picture = (ROOT / "assignments" / "autodiff" / "files" / "graph.svg").read_text("utf-8")
    texts = re.findall(r">([^<>\n]+)</text>", picture)
    for number in (a.grad, b.grad, (d * c).data, d.data, c.data):
        assert any(re.search(rf"\b{float(number):g}\b", text) for text in texts)
