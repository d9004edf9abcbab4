"""Small drawings for handouts, as SVG that reads well on light and on dark pages.

Colours are classes. What they look like stands in the style sheet of each picture, for light and
for dark pages; the picture brings its own ground, so that it can be read wherever it is shown.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

STYLE = """
svg { --ground: #ffffff; --ink: #1f2430; --faint: #6b7280; --line: #9aa3b2; --empty: #eef0f4;
      --one: #2f6fb3; --two: #c2622d; --three: #3b8f5a; --pale: #d7e5f4; --warm: #f6dfd0;
      --fresh: #d8eddf; }
@media (prefers-color-scheme: dark) {
  svg { --ground: #171a21; --ink: #e6e9ef; --faint: #9aa3b2; --line: #6b7280; --empty: #262b36;
        --one: #7fb2ea; --two: #ee9d68; --three: #7ccb98; --pale: #24415f; --warm: #5a3a26;
        --fresh: #264c34; }
}
.ground { fill: var(--ground) } .empty { fill: var(--empty) } .pale { fill: var(--pale) }
.warm { fill: var(--warm) } .fresh { fill: var(--fresh) }
.one { fill: var(--one) } .two { fill: var(--two) } .three { fill: var(--three) }
text { fill: var(--ink); font-family: Helvetica, Arial, sans-serif }
text.faint { fill: var(--faint) } text.one { fill: var(--one) } text.two { fill: var(--two) }
text.three { fill: var(--three) }
.edge { stroke: var(--line); stroke-width: 1.2 }
.stroke { fill: none; stroke: var(--line); stroke-width: 1.8 }
.stroke.one { fill: none; stroke: var(--one) } .stroke.two { fill: none; stroke: var(--two) }
.stroke.three { fill: none; stroke: var(--three) }
.tip { fill: var(--line) } .tip-one { fill: var(--one) } .tip-two { fill: var(--two) }
.tip-three { fill: var(--three) }
""".strip()


def picture(alt: str, width: int, height: int, *parts: str) -> str:
    """A whole SVG file.

    Args:
        alt: what is to be seen, for those who do not see it.
        parts: what the functions below return, drawn one over another.
    """
    tips = "".join(
        f'<marker id="tip{kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"'
        f' markerHeight="7" orient="auto"><path class="tip{kind}" d="M0 0 L10 5 L0 10 z"/></marker>'
        for kind in ("", "-one", "-two", "-three")
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img">',
        f"<title>{escape(alt)}</title>",
        f"<style>\n{STYLE}\n</style>",
        f"<defs>{tips}</defs>",
        f'<rect class="ground" width="{width}" height="{height}" rx="8"/>',
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def write(slug: str, pictures: dict[str, str]) -> None:
    """Write pictures, name → SVG, to where `autograder build` takes them from."""
    folder = Path(__file__).parents[1] / "assignments" / slug / "files"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pictures.items():
        (folder / name).write_text(text, encoding="utf-8")


def box(x: float, y: float, width: float, height: float, kind: str = "empty", **more: float) -> str:
    """A rectangle with an edge; `kind` is a fill, `rx=` rounds its corners."""
    extra = "".join(f' {name}="{value:g}"' for name, value in more.items())
    return (
        f'<rect class="{kind} edge" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        f"{extra}/>"
    )


def dot(x: float, y: float, radius: float = 4, kind: str = "one") -> str:
    """A filled circle."""
    return f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'


def node(x: float, y: float, text: str, kind: str = "empty", radius: float = 30) -> str:
    """A circle with a word in it."""
    circle = f'<circle class="{kind} edge" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'
    return circle + label(x, y + 5, text, size=14)


def label(
    x: float, y: float, text: str, *, size: float = 15, at: str = "middle", kind: str = ""
) -> str:
    """A line of text; `at` is the anchor: start, middle or end."""
    return (
        f'<text class="{kind}" x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{at}">'
        f"{escape(text)}</text>"
    )


def line(*points: tuple[float, float], kind: str = "", tip: bool = False, dash: str = "") -> str:
    """A line through points; with `tip` an arrow."""
    steps = " L".join(f"{x:g} {y:g}" for x, y in points)
    end = f' marker-end="url(#tip{"-" + kind if kind else ""})"' if tip else ""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path class="stroke {kind}" d="M{steps}"{end}{dashes}/>'
