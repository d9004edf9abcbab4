"""Starts the page: on this machine only, at an address that cannot be guessed."""

from __future__ import annotations

import getpass
import importlib.util
import secrets
import socket
from pathlib import Path

from rich.console import Console

from autograder.authoring.source import given_cells, read_cells
from autograder.classroom.ledger import open_ledger
from autograder.classroom.marking.pile import ENGINE, Pile
from autograder.classroom.standing.official import read_class
from autograder.classroom.written.export import NothingWritten, read_question
from autograder.course.model import COURSE_FILE, find_course, load_course
from autograder.ground.errors import UserError
from autograder.ground.extras import extra
from autograder.ground.text import counted
from autograder.jail.client import Jail


class CannotServe(UserError):
    """The page cannot be shown, in one sentence."""


def serve(
    slug: str,
    output: Path,
    ledger: str,
    extensions: Path | None,
    port: int,
    console: Console,
    *,
    names: bool,
) -> int:
    """Serve the page until it is stopped. Returns an exit code.

    Args:
        output: folder of the results, with the ledger.
        port: 0 for any that is free.
        names: whether students' names are shown.

    Raises:
        CannotServe, NothingWritten, NothingOfficial: as their names say.
    """
    if not all(map(importlib.util.find_spec, ("starlette", "uvicorn"))):
        raise CannotServe(f"The page needs {extra('staff', 'marking')}.")
    import uvicorn

    from autograder.classroom.marking.app import make_app

    root = find_course()
    question = read_question(root, slug)
    with open_ledger(output, ledger) as opened, Jail([ENGINE]) as jail, _listening(port) as door:
        found = read_class(opened, slug, extensions)
        pile = Pile(opened, found, question, jail, getpass.getuser())
        token = secrets.token_urlsafe(24)
        app = make_app(pile, token, model_answer(root, slug), names=names)
        address = f"http://127.0.0.1:{door.getsockname()[1]}/{token}/"
        console.print(
            f"{counted(len(pile.answers), 'answer')}: {address}", soft_wrap=True, highlight=False
        )
        console.print("Whoever has this address can give marks. Ctrl-C ends it.", highlight=False)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[door])
    return 0


def model_answer(root: Path, slug: str) -> str:
    """The author's own answer to the written question, in Markdown; "" if there is none.

    Raises:
        CourseError, SourceError, NothingWritten: there is a mistake in the checkout.
    """
    assignment = load_course(root / COURSE_FILE).assignment(slug)
    if assignment.written is None:
        raise NothingWritten(f"{slug} has no written question.")
    given = given_cells(assignment, read_cells(root, slug))
    return "\n\n".join(g.cell.node.source for g in given if "solution" in g.cell.tags)


def _listening(port: int) -> socket.socket:
    """A socket on the loopback interface, which nobody outside this machine reaches."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
        door.listen()  # before the address is told: who is early waits and is not refused
    except OSError as error:
        door.close()
        raise CannotServe(f"Port {port} cannot be used: {error.strerror}.") from None
    return door
