"""Where people read: a terminal on which words of others are nothing but words."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from autograder.ground.text import shown


class SafeConsole(Console):
    """Rich's console, which lets no control character of a text reach the terminal."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else _harmless(segment)


def _harmless(segment: Segment) -> Segment:
    text = "\n".join(map(shown, segment.text.split("\n")))
    return Segment(text, segment.style) if text != segment.text else segment
