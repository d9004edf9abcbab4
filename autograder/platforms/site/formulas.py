"""Hook of MkDocs: formulas as MathML, which browsers show without any script."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from latex2mathml.converter import convert

from autograder.platforms.site.build import SiteError

_OTHER_WORDS = {
    r"\\arg\b": r"\\operatorname{arg}",
    r"\\(begin|end)\{aligned\}": r"\\\1{align*}",
}
"""What latex2mathml does not know, as patterns, in words that it does. It leaves out what it does
not know of an environment and keeps the `&` between its columns."""

_IN_TITLE = re.compile(r"\\\((?P<latex>.*?)\\\)")
_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\\[(\[](?P<latex>.*?)\\[)\]]</(?P=tag)>', re.DOTALL
)


def on_page_content(content: str, /, *, page: Any, **_: Any) -> str:
    """Replace what `pymdownx.arithmatex` has marked, in the text and in the table of contents.

    Raises:
        SiteError: for a formula that cannot be converted.
    """

    def in_text(match: re.Match[str]) -> str:
        return _mathml(match["latex"], "block" if match["tag"] == "div" else "inline", page)

    def in_titles(items: Iterable[Any]) -> None:
        for item in items:
            item.title = _IN_TITLE.sub(lambda m: _mathml(m["latex"], "inline", page), item.title)
            in_titles(item.children)

    in_titles(page.toc)
    return _FORMULA.sub(in_text, content)


def _mathml(latex: str, display: str, page: Any) -> str:
    latex = html.unescape(latex).strip()
    for word, other in _OTHER_WORDS.items():
        latex = re.sub(word, other, latex)
    try:
        formula = str(convert(latex, display=display))
    except Exception as error:  # latex2mathml raises many kinds
        raise SiteError(f"{page.file.src_uri}: `{latex}` is no formula: {error!r}.") from None
    unknown = re.search(r"\\[A-Za-z]+", formula)
    if unknown:
        raise SiteError(f"{page.file.src_uri}: `{unknown[0]}` in `{latex}` is unknown.")
    if "<mi>&</mi>" in formula or re.search(r"&(?!#?\w+;)", formula):
        raise SiteError(f"{page.file.src_uri}: `&` in `{latex}` separates no columns.")
    # Chromium follows MathML Core, which knows no `columnalign`, and moves a formula within its
    # cell by its own kind of `text-align`; others leave out what they do not know.
    aligned = r'<mtd style="text-align: \1; text-align: -webkit-\1"'
    return re.sub(r'<mtd columnalign="(\w+)"', aligned, formula)
