"""Charts as inline SVG: text stays text, a title and a description for who cannot see them."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import matplotlib
import numpy as np
from markupsafe import Markup, escape
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

_INK, _BAR, _LINE = "#1d2430", "#2f6db5", "#b8c0cc"
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    # Room for labels is measured with DejaVu, which is wider than most that browsers take.
    "font.sans-serif": ["system-ui", "DejaVu Sans", "sans-serif"],
    "font.size": 10,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.edgecolor": _LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def distribution(scores: Sequence[float], full: float) -> Markup:
    """How many students reached how many points, in about ten steps of round numbers."""
    top = max(full, *scores, 1e-9) if scores else max(full, 1e-9)
    edges = np.asarray(MaxNLocator(11, steps=[1, 2, 2.5, 5, 10]).tick_values(0, top))
    counts, _ = np.histogram(scores, bins=edges)
    told = (
        f"{n} from {low:.4g} to {high:.4g}"
        for n, (low, high) in zip(counts, pairwise(edges), strict=True)
        if n
    )
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(8, 2.8), layout="constrained")
        axes = figure.subplots()
        middle, width = (edges[:-1] + edges[1:]) / 2, float(edges[1] - edges[0]) * 0.9
        bars = axes.bar(middle, counts, width, color=_BAR)
        axes.bar_label(bars, [str(n) if n else "" for n in counts], padding=2)
        axes.set_xticks(edges, [f"{e:.4g}" for e in edges])
        axes.set_xlabel("points")
        axes.set_ylabel("students")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.margins(y=0.12)
        return _svg(figure, "distribution", "Distribution of points", "; ".join(told) or "nobody")


def shares(values: Mapping[str, float]) -> Markup:
    """A horizontal bar per label, 0 to 100 %, the first on top."""
    told = "; ".join(f"{label}: {value:.0%}" for label, value in values.items())
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(8, 0.6 + 0.32 * len(values)), layout="constrained")
        axes = figure.subplots()
        places = range(len(values))
        bars = axes.barh(places, [100 * v for v in values.values()], 0.7, color=_BAR)
        axes.bar_label(bars, [f"{v:.0%}" for v in values.values()], padding=3)
        axes.set_yticks(places, [label.replace("$", r"\$") for label in values])
        axes.set_xlim(0, 108)
        axes.set_xticks(range(0, 101, 20), [f"{n} %" for n in range(0, 101, 20)])
        axes.invert_yaxis()
        return _svg(figure, "shares", "Mean share of the points of each question", told)


def _svg(figure: Figure, key: str, title: str, description: str) -> Markup:
    """The figure as an element of a page, with ids that no other chart has."""
    out = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": key}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{key}-", text)
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    head, _, rest = text.partition(">")
    label = f'role="img" aria-labelledby="{key}-title {key}-description"'
    told = f'<title id="{key}-title">{escape(title)}</title>'
    told += f'<desc id="{key}-description">{escape(description)}</desc>'
    return Markup(f"{head} {label}>{told}{rest}")
