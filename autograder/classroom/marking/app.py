"""The pages and what they answer. Every address begins with the token; nothing else is there.

Nothing of an answer can run: it is made of a closed list of tags (`pieces`), and the policy sent
with each page lets the browser load this program's own script and style, and nothing else.
"""

from __future__ import annotations

import json
import math
import secrets
import time
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from autograder.classroom.html import page
from autograder.classroom.ledger import Overtaken
from autograder.classroom.marking.pieces import html
from autograder.classroom.marking.pile import Answer, Pile, State
from autograder.classroom.written.screen import markdown
from autograder.ground.errors import UserError

_CLAIM = 15 * 60  # seconds for which an answer that somebody looks at is nobody else's next
_MAX_BODY = 100_000  # bytes
_COMMENTS = 9  # that have a key
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_FILES = {"marking.css": "text/css", "marking.js": "text/javascript"}
_COOKIE = "marking"


def make_app(pile: Pile, token: str, sample: str = "", *, names: bool = False) -> Starlette:
    """The application.

    Args:
        token: first part of every address.
        sample: a good answer to the whole question, in Markdown.
        names: whether students' names are shown.
    """
    pages = _Pages(pile, token, sample, names=names)
    routes = [
        Route("/{token}/", pages.overview),
        Route("/{token}/next", pages.go_on),
        Route("/{token}/{number:int}", pages.answer),
        Route("/{token}/{number:int}", pages.save, methods=["POST"]),
        Route("/{token}/{name}", pages.file),
    ]
    # A page elsewhere that calls itself by our address (DNS rebinding) does not get in either.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return Starlette(routes=routes, middleware=[hosts])


class _Pages:
    """Handlers. They block: one person, or a few, on one machine."""

    def __init__(self, pile: Pile, token: str, sample: str, *, names: bool) -> None:
        self._pile, self._token, self._names = pile, token, names
        self._question = html(markdown(pile.question.text))
        self._sample = html(markdown(sample))
        self._samples = [html(markdown(item.sample)) for item in pile.rubric]
        self._claims: dict[int, tuple[str, float]] = {}  # answer → who looks at it, since when

    async def overview(self, request: Request) -> Response:
        self._enter(request)
        states = self._pile.states()
        return self._page(
            "marking_overview.html.jinja",
            answers=self._pile.answers,
            states=states,
            marked=sum(not state.waits for state in states.values()),
        )

    async def go_on(self, request: Request) -> Response:
        self._enter(request)
        after = int(request.query_params.get("after", "0") or 0)
        return RedirectResponse(self._next(self._who(request), after), 303, _HEADERS)

    async def answer(self, request: Request) -> Response:
        self._enter(request)
        answer = self._find(request)
        who = self._who(request)
        self._claims[answer.number] = who, time.monotonic()
        states = self._pile.states()
        read = self._pile.read(answer)
        response = self._page(
            "marking.html.jinja",
            answer=answer,
            state=states[answer.number],
            points=_points(states[answer.number], self._pile),
            marked=sum(not state.waits for state in states.values()),
            rubric=list(zip(self._pile.rubric, self._samples, strict=True)),
            kind=str(read.get("state")),
            trouble=str(read.get("trouble") or ""),
            shown=html(read.get("pieces")),
            figures=html(read.get("figures")),
            comments=self._pile.comments()[:_COMMENTS],
            question=self._question,
            sample=self._sample,
        )
        response.set_cookie(_COOKIE, who, httponly=True, samesite="strict")
        return response

    async def save(self, request: Request) -> Response:
        self._enter(request)
        answer = self._find(request)
        try:
            given = _given(await _body(request))
            self._pile.give(answer, *given)
        except Overtaken:
            return JSONResponse(self._theirs(answer), 409, _HEADERS)
        except UserError as error:
            return JSONResponse({"says": str(error)}, 400, _HEADERS)
        self._claims.pop(answer.number, None)
        following = self._next(self._who(request), answer.number)
        return JSONResponse({"next": following}, 200, _HEADERS)

    async def file(self, request: Request) -> Response:
        self._enter(request)
        name = request.path_params["name"]
        if name not in _FILES:
            raise HTTPException(404)
        text = files("autograder.classroom").joinpath("templates", name).read_text("utf-8")
        return Response(text, 200, _HEADERS, _FILES[name])

    def _enter(self, request: Request) -> None:
        if not secrets.compare_digest(request.path_params["token"].encode(), self._token.encode()):
            raise HTTPException(404)

    def _find(self, request: Request) -> Answer:
        number = int(request.path_params["number"])
        if not 1 <= number <= len(self._pile.answers):
            raise HTTPException(404)
        return self._pile.answers[number - 1]

    def _who(self, request: Request) -> str:
        return request.cookies.get(_COOKIE) or secrets.token_urlsafe(9)

    def _next(self, who: str, after: int) -> str:
        """Address of the next answer without a mark, `after` this one and then from the start; of
        the overview if there is none that nobody else looks at."""
        now, states = time.monotonic(), self._pile.states()
        taken = {n for n, (by, since) in self._claims.items() if by != who and now - since < _CLAIM}
        free = [n for n, state in states.items() if state.waits and n not in taken]
        following = [n for n in free if n > after] or [n for n in free if n != after]
        return f"/{self._token}/{following[0] if following else ''}"

    def _theirs(self, answer: Answer) -> dict[str, Any]:
        """What somebody else gave in the meantime."""
        state = self._pile.states()[answer.number]
        mark = state.mark
        told = f"{mark.by} gave {mark.points:g} points in the meantime" if mark else ""
        comment = f": {mark.comment}" if mark and mark.comment else ""
        says = f"{told}{comment}." if mark else "Somebody took the mark back in the meantime."
        return {"says": says, "seen": list(state.seen)}

    def _page(self, template: str, **context: Any) -> HTMLResponse:
        written = self._pile.assignment.written
        assert written is not None
        text = page(
            template,
            token=self._token,
            assignment=self._pile.assignment,
            written=written,
            count=len(self._pile.answers),
            names=self._names,
            **context,
        )
        return HTMLResponse(text, headers=_HEADERS)


def _points(state: State, pile: Pile) -> list[float | None]:
    """What stands, by item; nothing where the points were given without this rubric."""
    rubric, mark = pile.rubric, state.mark
    if mark is None:
        return [None] * len(rubric)
    if [(i.item, i.of) for i in mark.items] == [(r.item, r.points) for r in rubric]:
        return [item.points for item in mark.items]
    return [mark.points] if len(rubric) == 1 else [None] * len(rubric)


async def _body(request: Request) -> dict[str, Any]:
    """The JSON of a request; {} for anything else, a form of another page above all."""
    if request.headers.get("content-type") != "application/json":
        return {}
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MAX_BODY:
            return {}
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _given(body: dict[str, Any]) -> tuple[Sequence[float], str, Sequence[int]]:
    """Points by item, comment, and what had been seen.

    Raises:
        UserError: it is not all there.
    """
    points, comment, seen = body.get("points"), body.get("comment"), body.get("seen")
    sound = (
        isinstance(points, list)
        and all(type(p) in (int, float) and math.isfinite(p) for p in points)
        and isinstance(comment, str)
        and isinstance(seen, list)
        and all(type(s) is int for s in seen)
    )
    if not sound:
        raise UserError("Every item of the rubric needs a number of points.")
    assert isinstance(points, list)
    assert isinstance(comment, str)
    assert isinstance(seen, list)
    return [float(p) for p in points], comment, seen
