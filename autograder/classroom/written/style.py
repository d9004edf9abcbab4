"""Paper, type and spacing of the exported pages. Matplotlib's DejaVu fonts: nothing to install."""

from __future__ import annotations

import functools
from pathlib import Path

import matplotlib
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# ReportLab may open addresses of formulas that were drawn here, and no others.
rl_config.trustedSchemes, rl_config.trustedHosts = ["data"], ["nowhere.invalid"]

PAPER = A4
MARGIN = 56.0  # points
TEXT_WIDTH = PAPER[0] - 2 * MARGIN - 12  # ReportLab's frames have a padding of six points
FONT, BOLD, MONO = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono"
GRAPH = 9.5  # points of running text, and of formulas in it

_FACES = (FONT, BOLD, "DejaVuSans-Oblique", "DejaVuSans-BoldOblique")
_folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
for _name in (*_FACES, MONO):
    pdfmetrics.registerFont(TTFont(_name, str(_folder / f"{_name}.ttf")))
pdfmetrics.registerFontFamily(FONT, *_FACES)
pdfmetrics.registerFontFamily(MONO, MONO, MONO, MONO, MONO)

BODY = ParagraphStyle("body", fontName=FONT, fontSize=GRAPH, leading=14.5, spaceAfter=6)
CODE = ParagraphStyle(
    "code", fontName=MONO, fontSize=7.6, leading=9.6, spaceAfter=6, backColor=HexColor("#f4f4f4")
)
_SIZES = {"h1": 15.0, "h2": 13.0, "h3": 11.0, "h4": 10.0, "h5": GRAPH, "h6": GRAPH}


@functools.cache
def style(name: str) -> ParagraphStyle:
    """A style by the name of an HTML heading, `cell` or `note`."""
    if name in _SIZES:
        size = _SIZES[name]
        return ParagraphStyle(
            name, BODY, fontName=BOLD, fontSize=size, leading=size * 1.3, spaceBefore=6
        )
    if name == "cell":
        return ParagraphStyle(name, BODY, fontSize=8.5, leading=12, spaceAfter=0)
    return ParagraphStyle(name, BODY, textColor=HexColor("#777777"))


@functools.cache
def indented(level: int) -> ParagraphStyle:
    """Running text in so many lists or quotations."""
    if not level:
        return BODY
    left = 16.0 * min(level, 10)
    return ParagraphStyle(
        f"level {level}", BODY, leftIndent=left, bulletIndent=left - 14, bulletFontName=FONT
    )
