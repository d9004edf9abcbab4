"""Draw the picture of the handout: the model, and one of its blocks.

    python -m solutions.minillm.figures      # writes assignments/minillm/files/model.svg

Colours and shapes come from `solutions/svg.py`.
"""

from solutions.svg import box, dot, label, line, picture, write

WIDE, HIGH = 190, 36  # of a box
MODEL, STREAM, HALF = 150, 480, 660  # middles of the columns


def part(x: float, y: float, text: str, kind: str, shape: str = "") -> list[str]:
    """A box with a word in it; what comes out has a shape."""
    drawn = [box(x - WIDE / 2, y, WIDE, HIGH, kind, rx=6), label(x, y + 23, text, size=14)]
    return [*drawn, label(x + WIDE / 2 + 8, y - 6, shape, size=12, at="start", kind="faint")]


def up(x: float, bottom: float, top: float) -> str:
    return line((x, bottom), (x, top), tip=True)


rows = [
    (390, "tokens + positions", "warm", "(B, T, C)"),
    (320, "block 0", "pale", "(B, T, C)"),
    (230, "block L − 1", "pale", "(B, T, C)"),
    (160, "norm", "fresh", "(B, T, C)"),
    (90, "tokens, transposed", "warm", "(B, T, V)"),
]
model = [
    label(MODEL, 474, "ids (B, T)", size=14),
    up(MODEL, 456, 390 + HIGH + 2),
    *(piece for y, text, kind, shape in rows for piece in part(MODEL, y, text, kind, shape)),
    up(MODEL, 390, 320 + HIGH + 2),
    label(MODEL, 302, "⋮", size=18),
    up(MODEL, 286, 230 + HIGH + 2),
    up(MODEL, 230, 160 + HIGH + 2),
    up(MODEL, 160, 90 + HIGH + 2),
    up(MODEL, 90, 62),
    label(MODEL, 50, "logits (B, T, V)", size=14),
    # The same table reads and writes.
    line((MODEL - WIDE / 2, 408), (32, 408), (32, 108), (MODEL - WIDE / 2, 108), dash="4 4"),
    label(24, 262, "tied", size=12, at="end", kind="faint"),
]


def half(bottom: float, norm: str, name: str, shape: str) -> list[str]:
    """One half of a block: a normed copy leaves the stream, what was found is added to it."""
    leaves, joins = bottom - 10, bottom - 150
    return [
        dot(STREAM, leaves, 3),
        line((STREAM, leaves), (HALF, leaves), (HALF, leaves - 18), tip=True),
        *part(HALF, leaves - 18 - HIGH, norm, "fresh"),
        up(HALF, leaves - 18 - HIGH, leaves - 38 - HIGH),
        *part(HALF, leaves - 38 - 2 * HIGH, name, "pale"),
        label(
            HALF + WIDE / 2 + 8, leaves - 14 - 2 * HIGH, shape, size=12, at="start", kind="faint"
        ),
        line((HALF, leaves - 38 - 2 * HIGH), (HALF, joins), (STREAM + 14, joins), tip=True),
        box(STREAM - 12, joins - 12, 24, 24, "ground", rx=12),
        label(STREAM, joins + 6, "+", size=18),
    ]


block = [
    box(400, 62, 470, 376, "empty", rx=12),
    label(418, 84, "a block", size=14, at="start"),
    line((STREAM, 474), (STREAM, 268 + 15), kind="one"),
    line((STREAM, 268 - 13), (STREAM, 98 + 15), kind="one"),
    line((STREAM, 98 - 13), (STREAM, 34), kind="one", tip=True),
    label(STREAM - 10, 466, "x", size=15, at="end", kind="one"),
    label(STREAM - 10, 48, "x", size=15, at="end", kind="one"),
    label(STREAM - 12, 360, "the stream", size=12, at="end", kind="faint"),
    *half(418, "norm1", "attention", "tokens meet"),
    *half(248, "norm2", "mlp", "each alone"),
]

PICTURES = {
    "model.svg": picture(
        "The model and one of its blocks. Left, upwards: ids, token table plus position table, "
        "blocks, a norm, the token table again, logits. Right, a block: the stream runs straight "
        "through; a normed copy goes through attention and is added, then another through the MLP.",
        900,
        496,
        *model,
        *block,
    )
}

if __name__ == "__main__":
    write("minillm", PICTURES)
