"""Markdown of a student's → what is laid out on pages. Runs in the jail.

Only text, formulas and embedded pictures come out. HTML is shown as the text it is; a picture
elsewhere is named, not fetched; a link is printed, not made.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin
from reportlab.lib import colors
from reportlab.platypus import HRFlowable, Image, Paragraph, Preformatted, Spacer, Table

from autograder.classroom.written import pixels
from autograder.classroom.written.answer import Block, decoded
from autograder.classroom.written.pixels import Formulas
from autograder.classroom.written.style import CODE, GRAPH, MONO, TEXT_WIDTH, indented, style
from autograder.ground.text import printable

MAX_COLUMNS = 12
_LINE = 96  # characters of code

_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_markdown.use(dollarmath_plugin, allow_space=True, double_inline=True)


class Flow:
    """Turns blocks into flowables; counts what could grow without end."""

    def __init__(self) -> None:
        self._formulas = Formulas()
        self._pictures: dict[str, bytes] = {}

    def block(self, block: Block) -> Iterator[Any]:
        """The flowables of one cell."""
        self._pictures = block.pictures
        if block.kind == "code":
            yield self._code(block.text)
            for data in block.pictures.values():
                yield from picture(data)
            return
        yield from self._children(SyntaxTreeNode(_markdown.parse(printable(block.text))), 0)

    def _children(self, node: SyntaxTreeNode, level: int) -> Iterator[Any]:
        for child in node.children:
            yield from self._flow(child, level)

    def _flow(self, node: SyntaxTreeNode, level: int, bullet: str | None = None) -> Iterator[Any]:
        match node.type:
            case "heading":
                yield Paragraph(self._inline(node), style(node.tag))
            case "paragraph":
                yield Paragraph(self._inline(node), indented(level), bulletText=bullet)
                for inner in node.walk():
                    if inner.type == "image":
                        yield from self._image(inner)
            case "bullet_list" | "ordered_list":
                yield from self._items(node, level + 1)
            case "blockquote":
                yield from self._children(node, level + 1)
            case "fence" | "code_block":
                yield self._code(node.content)
            case "math_block" | "math_block_label":
                yield from self._display(node.content)
            case "hr":
                yield HRFlowable(width="100%", color=colors.grey)
            case "table":
                yield self._table(node)
            case _:
                yield Paragraph(escape(node.content), indented(level))

    def _items(self, node: SyntaxTreeNode, level: int) -> Iterator[Any]:
        start = int(node.attrs.get("start", 1))
        for number, item in enumerate(node.children, start):
            bullet: str | None = "•" if node.type == "bullet_list" else f"{number}."
            for child in item.children:
                yield from self._flow(child, level, bullet)
                bullet = None

    def _code(self, text: str) -> Any:
        lines = printable(text).expandtabs(4).rstrip("\n")
        return Preformatted(lines, CODE, maxLineLength=_LINE, newLineChars="")

    def _table(self, node: SyntaxTreeNode) -> Any:
        rows = [
            [Paragraph(self._inline(cell), style("cell")) for cell in row.children[:MAX_COLUMNS]]
            for part in node.children
            for row in part.children
        ]
        width = TEXT_WIDTH / max(1, len(rows[0]))
        grid = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        return Table(rows, colWidths=[width] * len(rows[0]), style=grid, spaceAfter=6)

    # --- inside a paragraph ---------------------------------------------------------------------

    def _inline(self, node: SyntaxTreeNode) -> str:
        return "".join(self._span(child) for child in node.children)

    def _span(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "inline":
                return self._inline(node)
            case "strong":
                return f"<b>{self._inline(node)}</b>"
            case "em":
                return f"<i>{self._inline(node)}</i>"
            case "s":
                return f"<strike>{self._inline(node)}</strike>"
            case "code_inline":
                return f'<font name="{MONO}">{escape(node.content)}</font>'
            case "link":
                target = escape(str(node.attrs.get("href", "")))
                text = self._inline(node)
                return text if text == target else f"{text} ({target})"
            case "image":
                return "" if self._embedded(node) else f"[picture not shown: {_source(node)}]"
            case "math_inline" | "math_inline_double":
                return self._formula(node.content)
            case "softbreak":
                return " "
            case "hardbreak":
                return "<br/>"
        return escape(node.content)

    def _embedded(self, node: SyntaxTreeNode) -> bytes:
        """The picture's bytes, if the notebook itself holds them."""
        source = str(node.attrs.get("src", ""))
        if source.startswith("attachment:"):
            return self._pictures.get(source.removeprefix("attachment:"), b"")
        kind, found, data = source.partition(";base64,")
        return decoded(data) if found and kind in ("data:image/png", "data:image/jpeg") else b""

    def _image(self, node: SyntaxTreeNode) -> Iterator[Any]:
        data = self._embedded(node)
        if data:
            yield from picture(data)

    # --- formulas -------------------------------------------------------------------------------

    def _formula(self, tex: str) -> str:
        drawn = self._formulas.drawn(tex, GRAPH)
        if drawn is None or drawn[1] > TEXT_WIDTH:
            return f'<font name="{MONO}">${escape(tex)}$</font>'
        data, width, height, depth = drawn
        source = f"data:image/png;base64,{base64.b64encode(data).decode()}"
        size = f'width="{width:.2f}" height="{height:.2f}" valign="{-depth:.2f}"'
        return f'<img src="{source}" {size}/>'

    def _display(self, tex: str) -> Iterator[Any]:
        drawn = self._formulas.drawn(" ".join(tex.split()), GRAPH * 1.1)
        if drawn is None:
            yield self._code(tex.strip())
            return
        data, width, height, _ = drawn
        scale = min(1.0, TEXT_WIDTH / width, 400 / height)
        yield Image(io.BytesIO(data), width * scale, height * scale)
        yield Spacer(1, 6)


def _source(node: SyntaxTreeNode) -> str:
    return escape(str(node.attrs.get("src", ""))[:120])


def picture(data: bytes, width: float = TEXT_WIDTH, height: float = 300.0) -> Iterator[Any]:
    """A PNG or JPEG, decoded and made to fit; a sentence for anything else."""
    found = pixels.picture(data)
    if found is None:
        yield Paragraph("[a picture that cannot be shown]", style("note"))
        return
    scale = min(width / found.width, height / found.height, 0.75)
    yield Image(io.BytesIO(found.png), found.width * scale, found.height * scale)
    yield Spacer(1, 4)
