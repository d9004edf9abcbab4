"""Draw the pictures of the handout: a skip-gram window, and the widths and curves of t-SNE.

    python -m solutions.embeddings.figures      # writes assignments/embeddings/files/*.svg

Colours and shapes come from `solutions/svg.py`.
"""

from math import exp

from solutions.svg import box, dot, label, line, picture, write

# --- skip-gram: a sentence, its window, and the rows of two tables --------------------------------

SENTENCE = ("they", "sail", "the", "open", "sea", "by", "night", "alone")
CENTRE, WINDOW = 4, 2
LEFT, WIDE, TOP = 24, 86, 66


def word_at(i: int) -> float:
    return LEFT + WIDE * (i + 0.5)


def word_box(i: int) -> str:
    kind = "pale" if i == CENTRE else "fresh" if abs(i - CENTRE) <= WINDOW else "empty"
    return box(LEFT + WIDE * i + 4, TOP, WIDE - 8, 36, kind, rx=6)


arcs = [
    line(
        (word_at(CENTRE), TOP - 3),
        (word_at(CENTRE), TOP - 12 - 12 * abs(i - CENTRE)),
        (word_at(i), TOP - 12 - 12 * abs(i - CENTRE)),
        (word_at(i), TOP - 4),
        kind="three",
        tip=True,
    )
    for i in range(CENTRE - WINDOW, CENTRE + WINDOW + 1)
    if i != CENTRE
]

ROW, ROW_TOP, CELL = 26, 186, 26


def table(x: float, chosen: dict[int, str], title: str, kind: str) -> list[str]:
    """Six rows of five numbers, some of them chosen."""
    parts = [label(x + 2.5 * CELL, ROW_TOP - 14, title, size=14, kind=kind)]
    for r in range(6):
        fill = chosen.get(r, "empty")
        parts += [box(x + CELL * c, ROW_TOP + ROW * r, CELL - 2, ROW - 4, fill) for c in range(5)]
    return parts


def side(x: float, r: int, text: str, at: str, kind: str = "") -> str:
    return label(x, ROW_TOP + ROW * r + 16, text, size=13, at=at, kind=kind)


def middle(r: int) -> float:
    return ROW_TOP + ROW * r + 11


V_LEFT, U_LEFT = 170, 430
V_RIGHT = V_LEFT + 5 * CELL
skipgram = [
    *arcs,
    *(word_box(i) for i in range(len(SENTENCE))),
    *(label(word_at(i), TOP + 24, word, size=15) for i, word in enumerate(SENTENCE)),
    label(word_at(CENTRE), TOP + 56, "centre", size=13, kind="one"),
    label(word_at(CENTRE + 2), TOP + 56, "window 2", size=13, kind="three"),
    *table(V_LEFT, {2: "pale"}, "vectors v", "one"),
    *table(U_LEFT, {0: "fresh", 3: "warm", 5: "warm"}, "contexts u", ""),
    side(V_LEFT - 8, 2, "sea", "end", "one"),
    side(U_LEFT + 5 * CELL + 8, 0, "open: σ(v · u) should be 1", "start", "three"),
    side(U_LEFT + 5 * CELL + 8, 3, "crown: should be 0", "start", "two"),
    side(U_LEFT + 5 * CELL + 8, 5, "the: should be 0", "start", "two"),
    line((V_RIGHT + 4, middle(2)), (U_LEFT - 6, middle(0)), kind="three", tip=True),
    line((V_RIGHT + 4, middle(2)), (U_LEFT - 6, middle(3)), kind="two", tip=True, dash="5 4"),
    line((V_RIGHT + 4, middle(2)), (U_LEFT - 6, middle(5)), kind="two", tip=True, dash="5 4"),
    label(360, 368, "one pair from the text, and words drawn from the noise", size=14),
]

# --- t-SNE: how far a point looks, and the two curves ---------------------------------------------

HERE = (170.0, 160.0)
OTHERS = [
    (14, -22), (-26, 8), (22, 24), (-62, -38), (68, -30), (50, 66), (-48, 72), (-92, 20),
    (12, -98), (98, 30), (-128, -92), (132, 88),
]  # fmt: skip
NARROW, BROAD = 42.0, 112.0


def ring(radius: float, kind: str) -> str:
    return (
        f'<circle class="stroke {kind}" cx="{HERE[0]:g}" cy="{HERE[1]:g}" r="{radius:g}"'
        ' stroke-dasharray="5 4"/>'
    )


def distance(at: tuple[float, float]) -> float:
    return (at[0] ** 2 + at[1] ** 2) ** 0.5


def kind_of(at: tuple[float, float]) -> str:
    return "one" if distance(at) < NARROW else "three" if distance(at) < BROAD else "empty edge"


scene = [
    ring(BROAD, "three"),
    ring(NARROW, "one"),
    *(dot(HERE[0] + a, HERE[1] + b, 5, kind_of((a, b))) for a, b in OTHERS),
    dot(*HERE, 7, "two"),
    label(HERE[0] - 50, HERE[1] - 34, "3", size=15, kind="one"),
    label(HERE[0] - 96, HERE[1] - 84, "10", size=15, kind="three"),
    label(170, 322, "large β: 3 neighbours; small β: 10", size=14),
]

AXIS, FLOOR, UNIT, TALL = 410, 272, 62, 208


def curve(height, kind: str) -> str:
    steps = [i / 20 for i in range(101)]
    return line(
        *((round(AXIS + UNIT * x, 1), round(FLOOR - TALL * height(x), 1)) for x in steps), kind=kind
    )


curves = [
    line((AXIS, 46), (AXIS, FLOOR), (AXIS + UNIT * 5 + 14, FLOOR)),
    curve(lambda x: exp(-(x**2)), "one"),
    curve(lambda x: 1 / (1 + x**2), "two"),
    label(AXIS + 8, 246, "exp(-d²)", size=14, at="start", kind="one"),
    label(AXIS + UNIT * 1.15, 150, "1 / (1 + d²)", size=14, at="start", kind="two"),
    line((AXIS + UNIT * 2.6, FLOOR - 80), (AXIS + UNIT * 2.6, FLOOR - 34), kind="two", tip=True),
    label(AXIS + UNIT * 2.6, FLOOR - 88, "room far out", size=13, kind="two"),
    *(label(AXIS + UNIT * x, FLOOR + 18, str(x), size=12, kind="faint") for x in range(6)),
    label(AXIS + UNIT * 2.5, 322, "distance d on the map", size=14),
]

PICTURES = {
    "skipgram.svg": picture(
        "Above: a sentence with the centre “sea” and a window of two: arrows lead to the four "
        "words around it. Below: the row of “sea” in the table of vectors is compared with the row "
        "of “open” in the table of contexts, which should score high, and with the rows of two "
        "noise words, “crown” and “the”, which should score low.",
        740,
        392,
        *skipgram,
    ),
    "widths.svg": picture(
        "Left: a point among others with two circles around it: the narrow one holds three "
        "neighbours, the wide one ten. Right: the bell curve exp(-d²) and the Student-t curve "
        "1 / (1 + d²) against the distance; from a distance of two on, only the second is above 0.",
        760,
        346,
        *scene,
        *curves,
    ),
}

if __name__ == "__main__":
    write("embeddings", PICTURES)
