"""matmul: its notebook with every right answer, and its picture."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest
from shared.handouts import ROOT, Handout, alternatives, load

SLUG = "matmul"

# The same cells, on matrices that take seconds less.
SHORTER = {
    "contestants = {": [
        ("[32, 64, 128, 256, 512], 5", "[8, 16], 1"),
        ("[8, 16, 32, 64], 3", "[4, 8], 1"),
    ],
    "def bandwidth(": [("1024, 1024", "64, 64"), ("bandwidth(128)", "bandwidth(1)")],
    "crossing = crossover_density": [
        (
            "n, densities = 512, [0.001, 0.003, 0.01, 0.03, 0.1, 0.3]",
            "n, densities = 32, [0.01, 0.3]",
        ),
        ("[512], 3, rng", "[32], 1, rng"),
        ("np.geomspace(0.001, 0.3, 20)", "np.geomspace(0.001, 0.3, 3)"),
    ],
}


@pytest.mark.parametrize("answer", ["solution", *alternatives(SLUG)])
def test_the_notebook_runs_with_every_right_answer(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for library in ("OPENBLAS", "MKL", "OMP", "VECLIB"):
        monkeypatch.setenv(f"{library}_NUM_THREADS", "1")
    handout = Handout(SLUG, answer)
    assert handout.run_all(SHORTER) == 5
    assert {row.name for row in handout.names["rows"]} == set(handout.names["names"])
    printed = capsys.readouterr().out
    for name in handout.names["names"]:
        assert name in printed
    assert not plt.get_fignums()


def test_the_picture_is_the_scripts() -> None:
    pictures = load(ROOT / "solutions" / SLUG / "figures.py").PICTURES
    files = ROOT / "assignments" / SLUG / "files"
    assert pictures == {p.name: p.read_text("utf-8") for p in files.glob("*.svg")}
    assert "](tiles.svg)" in (ROOT / "starter" / SLUG / f"{SLUG}.py").read_text("utf-8")
