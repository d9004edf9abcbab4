"""What the tests of `minillm` share, what q3 forbids, and its notebook with every right answer."""

from __future__ import annotations

import re

import pytest
from shared.handouts import ROOT, Handout, alternatives

from autograder import data

HIDDEN = ROOT / "assignments" / "minillm" / "hidden"


def oracle(question: str) -> str:
    """The functions of the NumPy oracle, as they stand in a hidden test file."""
    text = (HIDDEN / f"{question}.py").read_text(encoding="utf-8")
    begin = text.index("# The oracle, in float64.")
    return text[begin : text.index("\n# ", begin + 100)]


def test_q3_and_q8_are_judged_by_one_oracle() -> None:
    assert "def gpt(w, ids, kind)" in oracle("q3")
    assert oracle("q3") == oracle("q8")


def test_the_picture_is_what_its_script_draws() -> None:
    from solutions.minillm.figures import PICTURES

    for name, text in PICTURES.items():
        path = ROOT / "assignments" / "minillm" / "files" / name
        assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "line",
    [
        "F.scaled_dot_product_attention(x, x, x)",
        "nn.MultiheadAttention(4, 2)",
        "nn.TransformerEncoderLayer(4, 2)",
    ],
)
def test_ready_made_attention_is_forbidden_in_q3(line: str) -> None:
    from autograder.course.model import load_course
    from autograder.jail.reading import read
    from autograder.jail.rules import violations

    source = (
        "import torch.nn.functional as F\nfrom torch import nn\n\n\n"
        f"class Attention(nn.Module):\n    def forward(self, x):\n        return {line}\n"
    )
    question = load_course(ROOT / "course.yml").assignments["minillm"].questions["q3"]
    chunks = read(source.encode(), "py", "minillm").chunks
    found = violations(chunks, {"q3": list(question.names)}, {"q3": list(question.forbid)})
    assert [(v.question, v.where) for v in found] == [("q3", "line 7")]


# What makes the notebook long, and what does instead.
SHORTER = {
    "characters = CharTokenizer": [("[:50_000]", "[:1_000]"), ("(256, 320, 512)", "(256, 264)")],
    "lengths = range": [("range(1, 8)", "range(1, 4)")],
    "def write(model": [("300, np", "20, np")],
    "parameter_count(config)": [
        ("n_layer=4, n_head=4, n_embd=128", "n_layer=1, n_head=2, n_embd=16"),
        ("2000, max_lr=2e-3, min_lr=0.0, warmup=500", "6, max_lr=2e-3, min_lr=0.0, warmup=2"),
    ],
    "for title, knobs in": [("sample(gpt, prompt, 250", "sample(gpt, prompt, 10")],
    "samples_over_time(": [("[0, 20, 60, 200, 600]", "[0, 2, 4]"), ("66,", "6,")],
    "variants = {": [
        ("small_steps, changed = 250", "small_steps, changed = 2"),
        ("64, 2, 4, 64)", "64, 1, 2, 16)"),
        ("np.ones(25) / 25", "np.ones(2) / 2"),
        ("range(25,", "range(2,"),
        ("[: 300 * 129].view(300, 129)", "[: 3 * 129].view(3, 129)"),
        ("warmup=30", "warmup=1"),
    ],
    "difference = np.abs": [("range(1, 101)", "range(1, 4)")],
    "windows = val_ids": [
        ("[: 400 * 65].view(400, 65)", "[: 4 * 65].view(4, 65)"),
        ("np.ones(100) / 100", "np.ones(2) / 2"),
        ("np.arange(100,", "np.arange(2,"),
    ],
    "passage = characters": [("cut + 40_000", "cut + 64")],
}


@pytest.mark.parametrize("answer", ["solution", *alternatives("minillm")])
def test_every_right_answer_runs_through_the_notebook(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "\n\nHAMLET:\n" + data.stand_in()[:12_000]
    monkeypatch.setattr(data, "shakespeare", lambda plays=8: text)
    handout = Handout("minillm", answer)
    assert handout.run_all(SHORTER) == 14
    printed = capsys.readouterr().out
    (difference,) = re.findall(r"largest difference of a logit: (\S+)", printed)
    assert float(difference) < 1e-4
    assert "steps without torch" in printed
    weights = sum(p.numel() for p in handout.names["gpt"].parameters())
    assert f"{weights:,} parameters" in printed
    assert len(handout.names["seen"]) == 3
    assert len(handout.names["changed"]) >= 1  # the model as it is; of the others what it knows
