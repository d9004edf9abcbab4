"""Draw the picture of the handout: a head with its shapes.

    python -m solutions.attention.figures      # writes assignments/attention/files/head.svg

The card has a background of its own, so the picture reads the same on light and on dark pages.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

FILES = Path(__file__).parents[2] / "assignments" / "attention" / "files"
CELL = 20  # side of one entry of a matrix
INK, PAPER, LINE = "#22262b", "#fbfaf7", "#8b8f96"
BLUE, GREEN, ORANGE, GREY = "#9ec5e8", "#a9d6a5", "#f3c48b", "#e2e0da"
PURPLE = ("#efe6f5", "#d3bfe4", "#a884c8", "#7d53a5")

T, D_MODEL, D, D_V = 5, 4, 2, 3
# What each query gives to the keys that it may look at, as steps of PURPLE.
WEIGHTS = ((3,), (1, 2), (0, 2, 1), (2, 0, 0, 1), (0, 0, 2, 1, 1))


def matrix(x: int, y: int, rows: int, columns: int, colour: str, name: str, shape: str) -> str:
    """A grid with its name above and its shape below."""
    cells = "".join(
        f'<rect x="{x + j * CELL}" y="{y + i * CELL}" width="{CELL}" height="{CELL}"/>'
        for i in range(rows)
        for j in range(columns)
    )
    middle, below = x + columns * CELL / 2, y + rows * CELL + 17
    return (
        f'<g fill="{colour}" stroke="{LINE}">{cells}</g>'
        + text(middle, y - 8, name, size=17, style="italic")
        + text(middle, below, shape, size=13)
    )


def text(x: float, y: float, words: str, size: int = 15, style: str = "normal") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-style="{style}">{escape(words)}</text>'


def arrow(*points: tuple[int, int]) -> str:
    path = " L".join(f"{x} {y}" for x, y in points)
    return (
        f'<path d="M{path}" fill="none" stroke="{LINE}" stroke-width="1.8" marker-end="url(#tip)"/>'
    )


def square(x: int, y: int, name: str, shape: str, *, weights: bool) -> str:
    """The (t, t) matrix of a causal head: what lies above the diagonal is hidden."""
    cells = []
    for i in range(T):
        for j in range(T):
            if j > i:
                colour = PAPER if weights else "#c9c6bf"
            else:
                colour = PURPLE[WEIGHTS[i][j]] if weights else PURPLE[0]
            place = f'x="{x + j * CELL}" y="{y + i * CELL}"'
            cells.append(f'<rect {place} width="{CELL}" height="{CELL}" fill="{colour}"/>')
    middle = x + T * CELL / 2
    labels = text(middle, y - 8, name, 17, "italic") + text(middle, y + T * CELL + 17, shape, 13)
    return f'<g stroke="{LINE}">{"".join(cells)}</g>{labels}'


def head() -> str:
    parts = [matrix(30, 150, T, D_MODEL, GREY, "X", "(t, d_model)")]
    for y, name, width, colour in (
        (40, "Q", D, BLUE),
        (190, "K", D, GREEN),
        (340, "V", D_V, ORANGE),
    ):
        middle = y + T * CELL // 2
        parts.append(arrow((114, 200), (140, 200), (140, middle), (172, middle)))
        shape = "(d_model, d_v)" if name == "V" else "(d_model, d)"
        parts.append(matrix(180, y + 10, D_MODEL, width, GREY, f"W{name.lower()}", shape))
        parts.append(arrow((184 + width * CELL, middle), (298, middle)))
        shape = "(t, d_v)" if name == "V" else "(t, d)"
        parts.append(matrix(306, y, T, width, colour, name, shape))
    parts += [
        arrow((350, 90), (420, 90), (420, 145), (452, 145)),
        arrow((350, 240), (420, 240), (420, 185), (452, 185)),
        square(460, 115, "S = QKᵀ / √d", "(t, t), grey: masked", weights=False),
        arrow((566, 165), (652, 165)),
        text(609, 155, "softmax", 13),
        text(609, 182, "row by row", 13),
        square(660, 115, "P", "(t, t), rows add up to 1", weights=True),
        arrow((370, 390), (710, 390), (710, 348)),
        text(710, 338, "·", 22),
        arrow((710, 240), (710, 318)),
        arrow((722, 332), (832, 332)),
        text(778, 322, "O = PV", 13),
        matrix(840, 282, T, D_V, ORANGE, "O", "(t, d_v)"),
    ]
    return card(930, 480, "An attention head with its shapes", parts)


def card(width: int, height: int, title: str, parts: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="Helvetica, Arial, sans-serif" text-anchor="middle" '
        f'fill="{INK}">\n<title>{escape(title)}</title>\n'
        f'<rect width="{width}" height="{height}" rx="10" fill="{PAPER}"/>\n'
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
        f'markerHeight="7" orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="{LINE}"/></marker>'
        "</defs>\n" + "\n".join(parts) + "\n</svg>\n"
    )


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    (FILES / "head.svg").write_text(head(), encoding="utf-8")
