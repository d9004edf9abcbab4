"""The pieces of an answer (`written.screen`) as HTML: tags of a closed list, without attributes.

The pieces come out of the jail, and nothing in them is believed: what is not in the list is left
out, what was not closed is closed, text is escaped.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable

from markupsafe import Markup, escape

TAGS = frozenset(("p", "ul", "ol", "li", "blockquote", "pre", "code", "strong", "em", "s"))
TAGS |= {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
_EMPTY = frozenset(("br", "hr"))
_PNG = b"\x89PNG\r\n\x1a\n"
_DOTS = 300 / 96  # dots of a formula for each pixel of a page


def html(pieces: object) -> Markup:
    """HTML that shows the pieces, whatever they are."""
    out: list[str] = []
    opened: list[str] = []
    for kind, tag, text, data in _sound(pieces):
        match kind:
            case "open" if tag in _EMPTY:
                out.append(f"<{tag}>")
            case "open" if tag in TAGS:
                opened.append(tag)
                out.append(f"<{tag}>")
            case "close" if tag in opened:
                while opened:  # also what was left open in between
                    last = opened.pop()
                    out.append(f"</{last}>")
                    if last == tag:
                        break
            case "text":
                out.append(str(escape(text)))
            case "formula" | "picture":
                out.append(_picture(kind, text, data))
    out += [f"</{tag}>" for tag in reversed(opened)]
    return Markup("".join(out))


def _sound(pieces: object) -> Iterable[tuple[str, str, str, bytes]]:
    for piece in pieces if isinstance(pieces, list) else []:
        if isinstance(piece, list) and [type(x) for x in piece] == [str, str, str, bytes]:
            kind, tag, text, data = piece
            yield kind, tag, text, data


def _picture(kind: str, text: str, data: bytes) -> str:
    if not data.startswith(_PNG) or len(data) < 24:
        return str(escape(text))
    width, height = struct.unpack(">II", data[16:24])
    if kind == "formula":
        width, height = round(width / _DOTS), round(height / _DOTS)
    address = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    size = f'width="{width}" height="{height}"'
    return f'<img class="{kind}" src="{address}" {size} alt="{escape(text)}">'
