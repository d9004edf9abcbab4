"""Formulas and pictures of a student's as PNGs. Runs in the jail.

Formulas are set by Matplotlib, which knows much of TeX; pictures are decoded and encoded again.
"""

from __future__ import annotations

import io
import re
from typing import NamedTuple

from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser
from PIL import Image

MAX_FORMULAS, MAX_FORMULA = 300, 600  # in one document; characters of one
MAX_PIXELS = 12_000_000
_DOTS, _GAP = 300, 5  # dots per inch of a formula; dots beside it
# TeX that Matplotlib knows by another name only.
_SAME = {
    "le": r"\leq",
    "ge": r"\geq",
    "ne": r"\neq",
    "lVert": r"\|",
    "rVert": r"\|",
    "lvert": "|",
    "rvert": "|",
    "tfrac": r"\frac",
    "dots": r"\ldots",
    "texttt": r"\mathtt",
    "mid": "|",
}
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_parser = MathTextParser("agg")


class Formula(NamedTuple):
    """A formula as a PNG, black on white; width, height and depth in points."""

    png: bytes
    width: float
    height: float
    depth: float


class Formulas:
    """Draws the formulas of one document, up to a number of them."""

    def __init__(self) -> None:
        self._left = MAX_FORMULAS

    def drawn(self, tex: str, size: float) -> Formula | None:
        """A formula, set at `size` points; None for what Matplotlib cannot set."""
        self._left -= 1
        if self._left < 0 or len(tex) > MAX_FORMULA or "$" in tex:
            return None
        known = _COMMAND.sub(lambda m: _SAME.get(m[1], m[0]), tex)
        try:
            found = _parser.parse(f"${known}$", _DOTS, FontProperties(size=size))
            ink = Image.frombytes(
                "L", (int(found.image.shape[1]), int(found.image.shape[0])), found.image.tobytes()
            )
        except Exception:  # mathtext's parser raises many things for TeX that it does not know
            return None
        if not ink.width or not ink.height:
            return None
        paper = Image.new("L", (ink.width + 2 * _GAP, ink.height), 255)
        paper.paste(ink.point(lambda value: 255 - value), (_GAP, 0))
        file, scale = io.BytesIO(), 72 / _DOTS
        paper.save(file, "PNG")
        width, height = paper.width * scale, ink.height * scale
        return Formula(file.getvalue(), width, height, float(found.depth) * scale)


class Picture(NamedTuple):
    """A picture as a PNG on white, and its size in pixels."""

    png: bytes
    width: int
    height: int


def picture(data: bytes) -> Picture | None:
    """A PNG or JPEG, decoded, made no larger than 1600 pixels and encoded anew; None for anything
    else."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            pixels = image.convert("RGBA")
    except Exception:  # Pillow raises nearly anything for a file made to break it
        return None
    paper = Image.new("RGB", pixels.size, "white")
    paper.paste(pixels, mask=pixels.getchannel("A"))
    paper.thumbnail((1600, 1600))
    file = io.BytesIO()
    paper.save(file, "PNG")
    return Picture(file.getvalue(), paper.width, paper.height)
