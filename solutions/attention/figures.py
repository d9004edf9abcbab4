"""Draw the picture of the handout: a head with its shapes.

python -m solutions.attention.figures      # writes assignments/attention/files/head.svg
"""

from __future__ import annotations

from solutions.svg import box, label, line, picture, write

CELL = 20  # side of one entry of a matrix
T, D_MODEL, D, D_V = 5, 4, 2, 3
# What each query gives to the keys that it may look at, in tenths.
WEIGHTS = ((10,), (3, 7), (1, 6, 3), (6, 1, 1, 2), (1, 1, 4, 2, 2))


def matrix(x: int, y: int, rows: int, columns: int, kind: str, name: str, shape: str) -> str:
    """A grid with its name above and its shape below."""
    cells = [
        box(x + j * CELL, y + i * CELL, CELL, CELL, kind)
        for i in range(rows)
        for j in range(columns)
    ]
    middle = x + columns * CELL / 2
    cells.append(label(middle, y - 8, name, size=17))
    cells.append(label(middle, y + rows * CELL + 17, shape, size=13, kind="faint"))
    return "".join(cells)


def square(x: int, y: int, name: str, shape: str, *, weights: bool) -> str:
    """The (t, t) matrix of a causal head: what lies above the diagonal is hidden."""
    parts = [matrix(x, y, T, T, "ground" if weights else "pale", name, shape)]
    for i in range(T):
        for j in range(T):
            at = (x + j * CELL, y + i * CELL, CELL, CELL)
            if weights and j <= i:
                parts.append(box(*at, "one", opacity=WEIGHTS[i][j] / 10))
            elif not weights and j > i:
                parts.append(box(*at, "empty"))
                parts.append(line((at[0], at[1] + CELL), (at[0] + CELL, at[1])))
    return "".join(parts)


def head() -> str:
    parts = [matrix(30, 150, T, D_MODEL, "empty", "X", "(t, d_model)")]
    for y, name, width, kind in (
        (40, "Q", D, "pale"),
        (190, "K", D, "fresh"),
        (340, "V", D_V, "warm"),
    ):
        middle = y + T * CELL // 2
        last = "d_v" if name == "V" else "d"
        parts.append(line((114, 200), (140, 200), (140, middle), (172, middle), tip=True))
        shape = f"(d_model, {last})"
        parts.append(matrix(180, y + 10, D_MODEL, width, "empty", f"W_{name}", shape))
        parts.append(line((184 + width * CELL, middle), (298, middle), tip=True))
        parts.append(matrix(306, y, T, width, kind, name, f"(t, {last})"))
    parts += [
        line((350, 90), (420, 90), (420, 145), (452, 145), tip=True),
        line((350, 240), (420, 240), (420, 185), (452, 185), tip=True),
        square(460, 115, "S = QKᵀ / √d", "(t, t), crossed out: masked", weights=False),
        line((566, 165), (652, 165), tip=True),
        label(609, 155, "softmax", size=13, kind="faint"),
        label(609, 182, "row by row", size=13, kind="faint"),
        square(660, 115, "P", "(t, t), rows add up to 1", weights=True),
        line((370, 390), (710, 390), (710, 348), tip=True),
        label(710, 338, "·", size=22),
        line((710, 240), (710, 318), tip=True),
        line((722, 332), (832, 332), tip=True),
        label(778, 322, "O = PV", size=13, kind="faint"),
        matrix(840, 282, T, D_V, "warm", "O", "(t, d_v)"),
    ]
    return picture("An attention head with its shapes", 930, 480, *parts)


PICTURES = {"head.svg": head()}

if __name__ == "__main__":
    write("attention", PICTURES)
