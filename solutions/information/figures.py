"""Draw the pictures of the handout: a tree of bits, nested intervals, and shares of entropy.

    python -m solutions.information.figures      # writes assignments/information/files/*.svg

Colours and shapes come from `solutions/svg.py`.
"""

from solutions.svg import box, label, line, node, picture, write

# --- Huffman's tree of abracadabra ----------------------------------------------------------------

PLACES = {  # name: (x, y, what stands in it)
    "all": (230, 44, "11"),
    "a": (110, 124, "a 5"),
    "rest": (350, 124, "6"),
    "cd": (260, 204, "2"),
    "br": (440, 204, "4"),
    "c": (215, 284, "c 1"),
    "d": (305, 284, "d 1"),
    "b": (395, 284, "b 2"),
    "r": (485, 284, "r 2"),
}
TIES = [("all", "a", "rest"), ("rest", "cd", "br"), ("cd", "c", "d"), ("br", "b", "r")]
WORDS = {"a": "0", "c": "100", "d": "101", "b": "110", "r": "111"}


def branches() -> list[str]:
    drawn = []
    for above, left, right in TIES:
        x, y, _ = PLACES[above]
        for bit, below, side in (("0", left, -14), ("1", right, 14)):
            to_x, to_y, _ = PLACES[below]
            drawn.append(line((x, y), (to_x, to_y)))
            middle = ((x + to_x) / 2 + side, (y + to_y) / 2 - 2)
            drawn.append(label(*middle, bit, size=16, kind="two"))
    return drawn


def leaves() -> list[str]:
    drawn = []
    for name, (x, y, text) in PLACES.items():
        drawn.append(node(x, y, text, "pale" if name in WORDS else "empty", 24))
        if name in WORDS:
            drawn.append(label(x, y + 46, WORDS[name], size=16, kind="two"))
    return drawn


# --- three lines of an arithmetic coder ---------------------------------------------------------

LEFT, WIDE = 40, 640
SHARES = (("a", 0.0, 0.5), ("b", 0.5, 0.25), ("c", 0.75, 0.25))
LINES = [  # (y, names of the parts' left ends and of the end, which part is enlarged below)
    (46, ("0", "1/2", "3/4", "1"), "a"),
    (146, ("0", "1/4", "3/8", "1/2"), "b"),
    (246, ("1/4", "5/16", "11/32", "3/8"), "a"),
]


def lines_of_intervals() -> list[str]:
    drawn = []
    for row, (y, marks, chosen) in enumerate(LINES):
        for name, start, share in SHARES:
            kind = "fresh" if name == chosen else "empty"
            drawn.append(box(LEFT + WIDE * start, y, WIDE * share, 34, kind))
            said = "ab"[:row] + name
            drawn.append(label(LEFT + WIDE * (start + share / 2), y + 23, said, size=16))
        for mark, start in zip(marks, (0.0, 0.5, 0.75, 1.0), strict=True):
            aside = {0.0: (-6, "end"), 1.0: (6, "start")}.get(start, (0, "middle"))
            x = LEFT + WIDE * start + aside[0]
            drawn.append(label(x, y - 6, mark, size=13, at=aside[1], kind="faint"))
        if row < 2:
            start, share = next((s, w) for name, s, w in SHARES if name == chosen)
            below = LINES[row + 1][0]
            for end, to in ((start, 0.0), (start + share, 1.0)):
                ends = (LEFT + WIDE * end, y + 34), (LEFT + WIDE * to, below)
                drawn.append(line(*ends, kind="three", dash="4 4"))
    caption = "aba is [1/4, 5/16): a sixteenth of everything, and 0.01 in binary lies in it"
    return [*drawn, label(LEFT + WIDE / 2, 312, caption, size=14)]


# --- entropies as lengths -------------------------------------------------------------------------

UNIT, START = 250, 170  # one bit; where bars begin
ROWS_H, COLUMNS_H, JOINT = 1.0, 0.8113, 1.5  # of the table (2, 0; 1, 1)
TOLD = ROWS_H + COLUMNS_H - JOINT


def bar(y: float, start: float, length: float, text: str, kind: str) -> list[str]:
    x = START + UNIT * start
    return [
        box(x, y, UNIT * length, 36, kind),
        label(x + UNIT * length / 2, y + 24, text, size=14),
    ]


shares = [
    *bar(24, 0, JOINT, "H(X, Y) = 1.5", "empty"),
    *bar(74, 0, ROWS_H, "H(X) = 1", "pale"),
    *bar(74, ROWS_H, JOINT - ROWS_H, "H(Y | X) = 0.5", "warm"),
    *bar(124, 0, JOINT - COLUMNS_H, "H(X | Y) = 0.689", "pale"),
    *bar(124, JOINT - COLUMNS_H, COLUMNS_H, "H(Y) = 0.811", "warm"),
    *bar(174, JOINT - COLUMNS_H, TOLD, "I = 0.311", "fresh"),
    *(
        line((START + UNIT * at, y), (START + UNIT * at, y + 14), dash="3 3")
        for at, above in ((JOINT - COLUMNS_H, [160]), (ROWS_H, [110, 160]))
        for y in above
    ),
    label(START - 14, 48, "both", size=14, at="end"),
    label(START - 14, 98, "first the row", size=14, at="end"),
    label(START - 14, 148, "first the column", size=14, at="end"),
    label(START - 14, 198, "what they share", size=14, at="end"),
]

PICTURES = {
    "huffman.svg": picture(
        "Huffman's tree of abracadabra. The root weighs 11; its left branch, 0, is the letter a, "
        "its right one, 1, weighs 6 and branches into 2 (c and d) and 4 (b and r). The words are "
        "a 0, c 100, d 101, b 110, r 111.",
        600,
        346,
        *branches(),
        *leaves(),
    ),
    "intervals.svg": picture(
        "Three lines. The first, from 0 to 1, is divided into a, b and c of shares one half, one "
        "quarter and one quarter. The part of a is enlarged to the second line and divided in the "
        "same way into aa, ab, ac; the part of ab to the third. There aba reaches from 1/4 to "
        "5/16.",
        720,
        330,
        *lines_of_intervals(),
    ),
    "shares.svg": picture(
        "Bars of length 1.5 bits, the entropy of both. It is 1 bit of the row and 0.5 of the "
        "column given the row, or 0.689 of the row given the column and 0.811 of the column. The "
        "overlap of H(X) and H(Y) is the mutual information, 0.311.",
        580,
        232,
        *shares,
    ),
}

if __name__ == "__main__":
    write("information", PICTURES)
