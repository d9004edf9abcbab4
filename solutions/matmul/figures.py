"""Draw the picture of the handout: tiles of three matrices, and the cache that holds one of each.

    python -m solutions.matmul.figures      # writes assignments/matmul/files/tiles.svg

Colours and shapes come from `solutions/svg.py`.
"""

from solutions.svg import box, label, line, picture, write

SIDE, CELL = 5, 26  # tiles along a side; pixels of a tile
ROW, COLUMN, TURN = 1, 3, 2  # the tile of C that is being added up, and the block of the inner side


def grid(x: float, y: float, name: str, marked: dict[tuple[int, int], str]) -> list[str]:
    cells = [
        box(x + CELL * j, y + CELL * i, CELL, CELL, marked.get((i, j), "empty"))
        for i in range(SIDE)
        for j in range(SIDE)
    ]
    return [*cells, label(x + CELL * SIDE / 2, y - 12, name, size=17)]


band_a = {(ROW, t): "pale" for t in range(SIDE)} | {(ROW, TURN): "one"}
band_b = {(t, COLUMN): "warm" for t in range(SIDE)} | {(TURN, COLUMN): "two"}
TOP, WIDE = 56, CELL * SIDE
GAP = 84
left, middle, right = 40, 40 + WIDE + GAP, 40 + 2 * (WIDE + GAP)

tiles = [
    *grid(left, TOP, "A", band_a),
    label(left + WIDE + GAP / 2, TOP + WIDE / 2 + 6, "·", size=26),
    *grid(middle, TOP, "B", band_b),
    label(middle + WIDE + GAP / 2, TOP + WIDE / 2 + 6, "=", size=22),
    *grid(right, TOP, "C", {(ROW, COLUMN): "three"}),
    label(left + WIDE / 2, TOP + WIDE + 24, "tile row I, block L", size=13, kind="one"),
    label(middle + WIDE / 2, TOP + WIDE + 24, "block L, tile column J", size=13, kind="two"),
    label(right + WIDE / 2, TOP + WIDE + 24, "tile I, J is added up", size=13, kind="three"),
]

BOTTOM = TOP + WIDE + 62
cache = [
    box(left, BOTTOM, 230, 84, "ground", rx=8),
    label(left + 115, BOTTOM + 76, "cache: 3 tiles, 24 s² bytes", size=13, kind="faint"),
    *(
        box(left + 28 + 65 * i, BOTTOM + 12, 44, 44, kind)
        for i, kind in enumerate(("one", "two", "three"))
    ),
    line((right - 8, BOTTOM + 42), (left + 240, BOTTOM + 42), tip=True),
    label((left + 232 + right) / 2, BOTTOM + 32, "2 s² numbers fetched", size=13),
    label((left + 232 + right) / 2, BOTTOM + 62, "for 2 s³ operations", size=13),
    box(right, BOTTOM, WIDE, 84, "empty", rx=8),
    label(right + WIDE / 2, BOTTOM + 40, "memory", size=15),
    label(right + WIDE / 2, BOTTOM + 60, "large and far away", size=12, kind="faint"),
]

PICTURES = {
    "tiles.svg": picture(
        "Three matrices cut into tiles. A tile of A and a tile of B are multiplied and added to a "
        "tile of C; the three of them fit the cache, and each number fetched is used s times.",
        right + WIDE + 40,
        BOTTOM + 104,
        *tiles,
        *cache,
    )
}

if __name__ == "__main__":
    write("matmul", PICTURES)
