"""The pictures of the handout: `python -m solutions.autodiff.figures` writes them."""

from __future__ import annotations

from solutions.svg import label, line, node, picture, write

# Name, sum that it stands for, value and gradient, and where it lies.
NODES = {
    "a": ("", "2", "48 = 42 + 6", 66, 75),
    "b": ("", "3", "28", 66, 215),
    "c": ("a·b", "6", "14 = 6 + 8", 244, 145),
    "d": ("c + a", "8", "6", 416, 75),
    "L": ("d·c", "48", "1", 600, 145),
}
# From, to, the share of the gradient that comes back, and where it stands beside the middle.
EDGES = [
    ("a", "c", "42", (8, -10)),
    ("b", "c", "28", (8, 22)),
    ("c", "d", "6", (-8, -10)),
    ("a", "d", "6", (0, -9)),
    ("d", "L", "6", (8, -10)),
    ("c", "L", "8", (0, 22)),
]


def graph() -> str:
    """L = (ab + a)·ab: the values on the way forward, the gradients on the way back."""
    parts = []
    for start, end, share, (right, down) in EDGES:
        (*_, x, y), (*_, u, v) = NODES[start], NODES[end]
        far = ((u - x) ** 2 + (v - y) ** 2) ** 0.5
        dx, dy = (u - x) / far, (v - y) / far
        ends = (x + 30 * dx, y + 30 * dy), (u - 34 * dx, v - 34 * dy)
        parts.append(line(*ends, tip=True))
        parts.append(label((x + u) / 2 + right, (y + v) / 2 + down, share, kind="two"))
    for name, (formula, value, gradient, x, y) in NODES.items():
        parts.append(node(x, y, "", radius=30))
        parts.append(label(x, y + (0 if formula else 7), name, size=20))
        parts.append(label(x, y + 17, formula, size=13, kind="faint"))
        parts.append(label(x, y - 39, value, size=17, kind="one"))
        parts.append(label(x, y + 52, gradient, size=17, kind="two"))
    parts.append(label(650, 111, "value →", at="start", kind="one"))
    parts.append(label(650, 202, "← gradient", at="start", kind="two"))
    alt = "The computation graph of L = (ab + a)·ab at a = 2, b = 3"
    return picture(alt, 760, 285, *parts)


PICTURES = {"graph.svg": graph()}

if __name__ == "__main__":
    write("autodiff", PICTURES)
