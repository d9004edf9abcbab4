"""docs/tutorial.md, followed to its end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.console import Console
from shared.isolation import isolates

from autograder.authoring.build import build
from autograder.authoring.founding import init
from autograder.verifying.proof import claims

PAGE = Path(__file__).parents[1] / "docs" / "tutorial.md"


@isolates
def test_the_tutorial_ends_where_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = re.findall(r"^\*\*`(\S+)`\*\*( \(\w+\))?\n\n```\w+\n(.*?)^```$", text, re.M | re.S)
    assert len(found) == 8
    init(tmp_path, Console(quiet=True))
    for name, how, content in found:
        path = tmp_path / name
        if how == " (added)":
            content = path.read_text() + "\n" + content
        if how == " (changed)":
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    monkeypatch.chdir(tmp_path)
    assert build(["entropy"], Console(quiet=True)) == 0

    def problems() -> list[str]:
        return [p for c in claims(tmp_path, "entropy", quick=True, workers=1) for p in c.problems]

    (said,) = problems()
    assert f"    {said}\n" in text
    path, (*_, last) = tmp_path / "assignments/entropy/hidden/q1.py", found
    changed = path.read_text().replace(
        '"no distributions", points=2', '"no distributions", points=1'
    )
    path.write_text(f"{changed}\n\n{last[2]}")
    assert problems() == []
