"""Draw the pictures of the handout: a layer unrolled, an LSTM cell, a trellis.

python -m solutions.sequences.figures      # writes assignments/sequences/files/*.svg
"""

from __future__ import annotations

from solutions.svg import box, dot, label, line, node, picture, write


def unrolled() -> str:
    """Four steps: states from left to right, gradients from right to left."""
    parts = [node(60, 130, "h₋₁", "empty")]
    for t in range(4):
        x = 190 + 150 * t
        left = x - (118 if t else 98)  # the edge of the state before
        parts += [
            line((left, 122), (x - 32, 122), kind="one", tip=True),
            line((x - 32, 140), (left, 140), kind="two", tip=True),
            node(x, 130, f"h{'₀₁₂₃'[t]}", "pale"),
            label(x - 66, 112, "Wₕ", size=13, kind="faint"),
            box(x - 24, 215, 48, 30, "empty"),
            label(x, 235, f"x{'₀₁₂₃'[t]}", size=14),
            line((x - 8, 213), (x - 8, 164), kind="one", tip=True),
            line((x + 8, 164), (x + 8, 213), kind="two", tip=True),
            label(x + 26, 194, "Wₓ", size=13, kind="faint"),
            line((x - 8, 96), (x - 8, 62), kind="one", tip=True),
            line((x + 8, 62), (x + 8, 96), kind="two", tip=True),
            label(x, 50, f"output {t}", size=13, kind="faint"),
        ]
    parts += [
        line((40, 285), (90, 285), kind="one", tip=True),
        label(98, 290, "forward: states", size=14, at="start"),
        line((330, 285), (280, 285), kind="two", tip=True),
        label(338, 290, "backward: gradients, added where two meet", size=14, at="start"),
    ]
    return picture("A recurrent layer unrolled over four steps", 720, 310, *parts)


def gate(x: float, y: float, name: str, what: str, kind: str) -> str:
    return box(x - 34, y - 16, 68, 32, kind, rx=6) + label(x, y + 5, f"{name} = {what}", size=14)


def operation(x: float, y: float, sign: str) -> str:
    circle = f'<circle class="ground edge" cx="{x:g}" cy="{y:g}" r="15"/>'
    return circle + label(x, y + 6, sign, size=18)


def lstm() -> str:
    """One step of an LSTM."""
    top, middle, bottom = 70, 205, 285
    parts = [
        label(40, top + 5, "c₋₁".replace("₋₁", "ₜ₋₁"), size=17),
        line((66, top), (165, top), kind="one", tip=True),
        operation(182, top, "×"),
        line((198, top), (305, top), kind="one", tip=True),
        operation(322, top, "+"),
        line((338, top), (640, top), kind="one", tip=True),
        label(662, top + 5, "cₜ", size=17),
        label(40, bottom + 5, "hₜ₋₁, xₜ", size=17),
        line((86, bottom), (540, bottom)),
        gate(182, middle, "f", "σ", "pale"),
        gate(282, middle, "i", "σ", "pale"),
        gate(382, middle, "g", "tanh", "warm"),
        gate(540, middle, "o", "σ", "pale"),
        line((182, middle - 16), (182, top + 17), tip=True),
        line((282, middle - 16), (282, 152), (306, 140), tip=True),
        line((382, middle - 16), (382, 152), (338, 140), tip=True),
        operation(322, 135, "×"),
        line((322, 119), (322, top + 17), tip=True),
        line((480, top), (480, 112), tip=True),
        box(452, 114, 56, 28, "warm", rx=6),
        label(480, 133, "tanh", size=14),
        line((508, 128), (523, 128), tip=True),
        operation(540, 128, "×"),
        line((540, middle - 16), (540, 145), tip=True),
        line((556, 128), (640, 128), tip=True),
        label(662, 133, "hₜ", size=17),
        label(182, top - 26, "forget", size=13, kind="faint"),
        label(322, top - 26, "write", size=13, kind="faint"),
        label(600, 112, "show", size=13, kind="faint"),
        label(540, 310, "W and b make all four from the same input", size=13, kind="faint"),
    ]
    for x in (182, 282, 382, 540):
        parts += [line((x, bottom), (x, middle + 17), tip=True)]
    return picture("A cell of long short-term memory", 720, 330, *parts)


# best probabilities up to each state of the handout's coins, in 1/4096: fair, loaded
BEST = ((1024, 384, 144), (1536, 864, 162))


def trellis() -> str:
    """The two coins over three steps, with the best way to each state."""
    parts = []
    came_from = {(1, 0): 0, (1, 1): 1, (2, 0): 0, (2, 1): 1}
    places = [(150 + 200 * t, 90 + 130 * k) for t in range(3) for k in range(2)]
    for t in (1, 2):
        for k in range(2):
            for j in range(2):
                start, end = places[2 * (t - 1) + j], places[2 * t + k]
                best = came_from[t, k] == j
                on_path = best and j == 1 and k == 1
                dx, dy = (end[0] - start[0]) / 200, (end[1] - start[1]) / 200
                cut = 36 / (dx * dx + dy * dy) ** 0.5
                points = (
                    (start[0] + dx * cut, start[1] + dy * cut),
                    (end[0] - dx * cut, end[1] - dy * cut),
                )
                kind = "two" if on_path else "one" if best else ""
                parts.append(line(*points, kind=kind, tip=best, dash="" if best else "3 5"))
    for t in range(3):
        for k in range(2):
            x, y = places[2 * t + k]
            parts.append(node(x, y, str(BEST[k][t]), "warm" if k == 1 else "pale"))
        parts.append(label(150 + 200 * t, 290, ("heads", "heads", "tails")[t], size=15))
    parts += [
        label(60, 95, "fair", size=15),
        label(60, 225, "loaded", size=15),
        label(60, 290, "seen", size=13, kind="faint"),
        dot(150, 325, 5, "two"),
        label(162, 330, "the best path; numbers in 1/4096", size=13, at="start", kind="faint"),
    ]
    return picture("A trellis of two coins and three tosses", 640, 350, *parts)


PICTURES = {"unrolled.svg": unrolled(), "lstm.svg": lstm(), "trellis.svg": trellis()}

if __name__ == "__main__":
    write("sequences", PICTURES)
