"""Draw the picture of the handout: a network, its moral graph, and the messages of elimination.

    python -m solutions.bayesnet.figures      # writes assignments/bayesnet/files/messages.svg

Colours and shapes come from `solutions/svg.py`.
"""

from solutions.svg import box, label, line, node, picture, write

PLACES = {"name": (150, 90), "typo": (280, 90), "capital": (80, 200), "flagged": (215, 200)}
ARROWS = [("name", "capital"), ("name", "flagged"), ("typo", "flagged")]
RADIUS = 34


def edge(start: str, end: str, shift: float, *, tip: bool, kind: str = "", dash: str = "") -> str:
    """A line from one circle to another, not into them."""
    (x1, y1), (x2, y2) = PLACES[start], PLACES[end]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = (x2 - x1) / length * RADIUS, (y2 - y1) / length * RADIUS
    ends = (x1 + dx + shift, y1 + dy), (x2 - dx + shift, y2 - dy)
    return line(*ends, tip=tip, kind=kind, dash=dash)


def graph(shift: float, kinds: dict[str, str]) -> list[str]:
    return [
        node(x + shift, y, name, kinds.get(name, "empty"), RADIUS)
        for name, (x, y) in PLACES.items()
    ]


RIGHT = 360  # how far the second graph is moved
network = [
    label(190, 34, "the network: a table at each node", size=15),
    *(edge(a, b, 0, tip=True) for a, b in ARROWS),
    *graph(0, {"capital": "warm", "flagged": "warm"}),
    label(190, 262, "evidence is cut out of the tables", size=13, kind="two"),
]
moral = [
    label(190 + RIGHT, 34, "its moral graph: who shares a table", size=15),
    *(edge(a, b, RIGHT, tip=False) for a, b in ARROWS),
    edge("name", "typo", RIGHT, tip=False, kind="one", dash="5 4"),
    *graph(RIGHT, {}),
    label(190 + RIGHT, 262, "parents of a common child are married", size=13, kind="one"),
]

TOP, STEP = 350, 155
chain = [
    label(375, TOP - 48, "elimination along a chain: each sum is a message", size=15),
    *(line((65 + STEP * i + 32, TOP), (65 + STEP * (i + 1) - 32, TOP), tip=True) for i in range(4)),
    *(node(65 + STEP * i, TOP, f"x{i + 1}", "fresh" if i == 4 else "pale", 30) for i in range(5)),
]
for i in range(4):
    x = 65 + STEP * i + STEP / 2
    chain += [
        box(x - 48, TOP + 40, 96, 30, "empty", rx=6),
        label(x, TOP + 60, f"Σ over x{i + 1}", size=13, kind="three"),
        line((x + 2, TOP + 36), (x + 26, TOP + 8), tip=True, kind="three"),
    ]
chain.append(
    label(375, TOP + 100, "tables of V entries, V² steps each, however long the chain", size=13)
)

PICTURES = {
    "messages.svg": picture(
        "Left: the spell checker's network, name to capital, name and typo to flagged. Right: its "
        "moral graph, in which name and typo are joined too. Below: a chain of five variables, "
        "each summed out into a message to the next.",
        760,
        474,
        *network,
        *moral,
        *chain,
    )
}

if __name__ == "__main__":
    write("bayesnet", PICTURES)
