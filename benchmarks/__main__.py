"""Ratios of the reference solutions to their bars, and of the grader to stock Otter and the floor.

python -m benchmarks                 everything
python -m benchmarks pca matmul      these assignments
python -m benchmarks grading         the grader
python -m benchmarks foreign         bundles of stock Otter
python -m benchmarks startup         what is waited for before anything is judged (root)
python -m benchmarks intake          a Gradescope export with a long history
python -m benchmarks classroom       a class of 1 000 (or CLASS=100 in the environment)
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")  # before NumPy

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from benchmarks.timing import ratio  # noqa: E402

ROOT = Path(__file__).parents[1]


def main(names: list[str]) -> int:
    """Print a table of measured ratios beside their bars. Returns 1 if a bar is missed."""
    modules = [p.stem for p in sorted((ROOT / "benchmarks").glob("*.py")) if p.stem in _known()]
    wanted = names or modules
    view = Table(header_style="bold", show_edge=False)
    for title in ("what", "measured", "bar"):
        view.add_column(title, justify="left" if title == "what" else "right")
    missed = False
    for name in wanted:
        for label, bar, value in _rows(name):
            late = value > bar
            missed = missed or late
            number = f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"
            shown = f"[red]{number}[/]" if late else f"[green]{number}[/]"
            view.add_row(f"{name}: {label}", shown, f"{bar:g}")
    Console(width=120).print(view)
    return 1 if missed else 0


def _known() -> set[str]:
    return {p.name for p in (ROOT / "solutions").iterdir() if p.is_dir()} | {
        "grading",
        "foreign",
        "classroom",
        "intake",
        "startup",
    }


def _rows(name: str) -> list[tuple[str, float, float]]:
    module = importlib.import_module(f"benchmarks.{name}")
    rows = []
    if hasattr(module, "ratios"):
        for label, bar, ours, reference in module.ratios():
            rows.append((label, bar, ratio(ours, reference)))
    if hasattr(module, "checks"):
        rows += [(label, bar, value) for label, bar, value in module.checks()]
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
