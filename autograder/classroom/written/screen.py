"""What a student answered, as pieces of a page. Runs in the jail.

A piece is `[kind, tag, text, data]`: `open` and `close` a tag, `text`, `formula` or `picture` (a
PNG and how wide it is). Whoever makes a page of them takes no tag but those that it knows, and no
attribute: so nothing here can be anything but text and pictures. HTML in an answer is text; a
picture elsewhere is named, not fetched; a link is printed, not made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from autograder.classroom.written.answer import Block, Unreadable, decoded, find_answer
from autograder.classroom.written.pixels import Formulas, picture

Piece = list[Any]
_SIZE = 12.5  # points of a formula

_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_markdown.use(dollarmath_plugin, allow_space=True, double_inline=True)


def read(source: bytes, kind: str, question: str, placeholder: str) -> dict[str, Any]:
    """The answer to the written question. Nothing is executed.

    Args:
        kind: "py" or "ipynb".
        question, placeholder: the written question's cells as they were handed out.

    Returns:
        `state`: answered, unchanged, missing or unreadable; `trouble`, a sentence; `pieces` of the
        answer; `figures`, pieces of what the notebook's other cells drew.
    """
    try:
        answer = find_answer(source, kind, question, placeholder)
    except Unreadable as error:
        return {"state": "unreadable", "trouble": str(error), "pieces": [], "figures": []}
    writer = _Writer()
    pieces = [piece for block in answer.blocks for piece in writer.block(block)]
    figures = [piece for data in answer.figures for piece in _picture(data)]
    return {"state": answer.state, "trouble": "", "pieces": pieces, "figures": figures}


def markdown(text: str) -> list[Piece]:
    """Pieces of the staff's own Markdown, such as the question."""
    return list(_Writer().block(Block("markdown", text)))


class _Writer:
    """Turns blocks into pieces."""

    def __init__(self) -> None:
        self._formulas = Formulas()
        self._pictures: dict[str, bytes] = {}

    def block(self, block: Block) -> Iterator[Piece]:
        self._pictures = block.pictures
        if block.kind == "code":
            yield from _code(block.text)
            for data in block.pictures.values():
                yield from _picture(data)
            return
        for token in _markdown.parse(block.text):
            yield from self._token(token)

    def _token(self, token: Token) -> Iterator[Piece]:
        match token.type:
            case "inline":
                for child in token.children or []:
                    yield from self._token(child)
            case "fence" | "code_block":
                yield from _code(token.content)
            case "math_block" | "math_block_label":
                yield ["open", "p", "", b""]
                yield self._formula(" ".join(token.content.split()), token.content)
                yield ["close", "p", "", b""]
            case "math_inline" | "math_inline_double":
                yield self._formula(token.content, f"${token.content}$")
            case "code_inline":
                yield ["open", "code", "", b""]
                yield ["text", "", token.content, b""]
                yield ["close", "code", "", b""]
            case "softbreak":
                yield ["text", "", " ", b""]
            case "image":
                yield from self._image(token)
            case "link_close":
                yield ["text", "", ")", b""]
            case "link_open":
                yield ["text", "", f"({token.attrs.get('href', '')}: ", b""]
            case _ if token.nesting or token.tag in ("hr", "br"):
                kind = "close" if token.nesting < 0 else "open"
                yield [kind, token.tag, "", b""]
            case _:
                yield ["text", "", token.content, b""]

    def _formula(self, tex: str, otherwise: str) -> Piece:
        found = self._formulas.drawn(tex, _SIZE)
        return ["formula", "", otherwise, found.png] if found else ["text", "", otherwise, b""]

    def _image(self, token: Token) -> Iterator[Piece]:
        source = str(token.attrs.get("src", ""))
        if source.startswith("attachment:"):
            data = self._pictures.get(source.removeprefix("attachment:"), b"")
        else:
            kind, found, encoded = source.partition(";base64,")
            allowed = found and kind in ("data:image/png", "data:image/jpeg")
            data = decoded(encoded) if allowed else b""
        if data:
            yield from _picture(data)
        else:
            yield ["text", "", f"[picture not shown: {source[:120]}]", b""]


def _code(text: str) -> Iterator[Piece]:
    yield ["open", "pre", "", b""]
    yield ["text", "", text.rstrip("\n"), b""]
    yield ["close", "pre", "", b""]


def _picture(data: bytes) -> Iterator[Piece]:
    found = picture(data)
    if found is None:
        yield ["text", "", "[a picture that cannot be shown]", b""]
    else:
        yield ["picture", "", "", found.png]
