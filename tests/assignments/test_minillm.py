"""What the tests of `minillm` share, and what q3 forbids."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
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
