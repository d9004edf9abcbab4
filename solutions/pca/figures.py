"""Draw the picture of the handout: a projection onto the first component, and a scree plot.

    python -m solutions.pca.figures      # writes assignments/pca/files/projection.svg

Colours and shapes come from `solutions/svg.py`.
"""

from itertools import accumulate

from solutions.svg import box, dot, label, line, picture, write

# --- the cloud: coordinates along the two components, in units of 1 -----------------------------

CLOUD = [
    (-2.6, -0.4), (-2.0, 0.7), (-1.7, -0.8), (-1.2, 0.3), (-0.9, -0.3), (-0.4, 0.9), (-0.1, -0.6),
    (0.4, 0.2), (0.8, -0.9), (1.1, 0.6), (1.5, -0.2), (1.9, -0.7), (2.5, 0.4),
]  # fmt: skip
CHOSEN = (1.9, 1.0)  # the point that is projected
SCALE, ORIGIN = 52, (200, 180)
ALONG, ACROSS = (0.88, -0.475), (-0.475, -0.88)  # directions on the page, whose y grows downward


def place(a: float, b: float) -> tuple[float, float]:
    x = ORIGIN[0] + SCALE * (a * ALONG[0] + b * ACROSS[0])
    y = ORIGIN[1] + SCALE * (a * ALONG[1] + b * ACROSS[1])
    return round(x, 1), round(y, 1)


cloud = [
    line(place(-3.2, 0), place(3.4, 0), kind="one", tip=True),
    line(place(0, -1.4), place(0, 1.6), kind="two", tip=True),
    label(place(3.4, 0)[0] + 10, place(3.4, 0)[1] + 22, "v₁", size=17, kind="one"),
    label(place(0, 1.6)[0] - 18, place(0, 1.6)[1] + 6, "v₂", size=17, kind="two"),
    *(dot(*place(a, b), 4, "pale edge") for a, b in CLOUD),
    line(place(*CHOSEN), place(CHOSEN[0], 0), kind="three", dash="5 4"),
    dot(*place(*CHOSEN), 6, "one"),
    dot(*place(CHOSEN[0], 0), 6, "three"),
    dot(*place(0, 0), 5, "two"),
    label(place(0, 0)[0] + 12, place(0, 0)[1] + 10, "mean", size=13, at="start", kind="two"),
    label(place(*CHOSEN)[0] + 10, place(*CHOSEN)[1] - 8, "x", size=16, at="start"),
    label(
        place(CHOSEN[0], 0.5)[0] - 8, place(CHOSEN[0], 0.5)[1] + 2, "what is lost",
        size=13, at="end", kind="three",
    ),
    label(200, 322, "the score of x: how far along v₁ its foot lies", size=14),
]  # fmt: skip

# --- the scree plot -----------------------------------------------------------------------------

RATIOS = (0.42, 0.23, 0.12, 0.08, 0.06, 0.04, 0.03, 0.02)
LEFT, BOTTOM, TALL, WIDE = 450, 280, 220, 32


def height(share: float) -> float:
    return BOTTOM - TALL * share


totals = [
    (LEFT + WIDE * (i + 0.5), round(height(total), 1)) for i, total in enumerate(accumulate(RATIOS))
]
scree = [
    line((LEFT, 50), (LEFT, BOTTOM), (LEFT + WIDE * len(RATIOS) + 12, BOTTOM)),
    line((LEFT, height(0.9)), (LEFT + WIDE * len(RATIOS) + 8, height(0.9)), dash="3 4"),
    label(LEFT - 8, height(0.9) + 5, "90 %", size=12, at="end", kind="faint"),
    *(
        box(LEFT + WIDE * i + 5, round(height(r), 1), WIDE - 10, round(TALL * r, 1), "pale")
        for i, r in enumerate(RATIOS)
    ),
    line(*totals, kind="two"),
    *(dot(x, y, 4, "two") for x, y in totals),
    label(LEFT + 150, 196, "together", size=14, kind="two"),
    label(LEFT + 150, 252, "each alone", size=14, kind="one"),
    label(LEFT + WIDE * len(RATIOS) / 2, BOTTOM + 22, "component 1, 2, …", size=13, kind="faint"),
    label(LEFT + WIDE * len(RATIOS) / 2, 322, "five components reach 90 %", size=14),
]

PICTURES = {
    "projection.svg": picture(
        "Left: a cloud of points with its two components; one point is projected onto the first, "
        "and its distance from there is what is lost. Right: the share of the variance of each "
        "component as bars, and their running total, which reaches 90 per cent at the fifth.",
        740,
        346,
        *cloud,
        *scree,
    )
}

if __name__ == "__main__":
    write("pca", PICTURES)
