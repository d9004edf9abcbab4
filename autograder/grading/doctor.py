"""`autograder doctor`: what this machine offers for isolation, and whether it holds.

The self-test runs canaries: code that tries, inside the jail, what a cheating submission would
try. Where one gets through, grading must not start.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from autograder.course.model import CourseError, find_course
from autograder.ground.errors import Failure
from autograder.ground.text import few
from autograder.jail.client import Jail
from autograder.jail.confine import Limits
from autograder.jail.conversation import Time
from autograder.jail.errors import JailBroken, Raised, Stopped
from autograder.jail.layers import Layers, closed_folders, offered
from autograder.jail.orders import LoadOrder

_MEANING = {
    "uid": "each submission runs under a user id of its own",
    "seccomp": "no new programs, processes or sockets",
    "fork_gate": "a loaded submission is forked per test case, one fork at a time",
    "landlock": "only the interpreter is readable, only a scratch folder writable",
    "namespaces": "own file system, no network, own processes",
}
_HELP = {
    "uid": "run as root (containers usually do), with packages installed for everybody to read",
    "seccomp": "Linux on x86-64 or 64-bit Arm with seccomp",
    "fork_gate": "Linux 5.5 or later",
    "landlock": "Linux 5.13 or later with Landlock in its list of security modules",
    "namespaces": "root on the machine itself, or a kernel that lets users make namespaces",
}


NEWEST = (3, 15)
"""The newest Python that was tried as a grader (docs/pythons.md)."""

TAKE_THE_RISK = "See `autograder doctor`; `--unsafe` takes the risk."


class UnsafeHost(Failure):
    """This host does not offer enough to run student code safely."""


@dataclass(frozen=True)
class Canary:
    """One attempt. `attempt` returns what it got, or raises because it could not."""

    what: str
    attempt: Callable[..., Any]


def _read_file(path: str) -> str:
    with open(path) as file:
        return file.read()


def _list_folder(path: str) -> list[str]:
    import os

    return os.listdir(os.path.dirname(path))


def _write_beside(path: str) -> str:
    with open(path + ".canary", "w") as file:
        file.write("here")
    return path


def _fork(path: str) -> str:
    import os

    if os.fork() == 0:
        os._exit(0)
    return "forked"


def _execute(path: str) -> str:
    import os

    return str(os.spawnv(os.P_NOWAIT, "/bin/true", ["true"]))


def _connect(path: str) -> str:
    import socket

    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 9))
    return "connected"


def _become_root(path: str) -> str:
    import os

    os.setuid(0)
    with open("/etc/shadow") as file:
        return file.read(10)


def _signal_judge(path: str) -> str:
    import os

    os.kill(os.getppid(), 0)
    os.kill(int(path.rsplit(".", 1)[1]), 0)
    return "signalled"


def _change_mode(path: str) -> str:
    import os

    os.chmod(path, 0o777)
    return "changed"


def _leave_a_file(path: str) -> str:
    import os

    for folder in ("/tmp", "/var/tmp", "/dev/shm"):
        name = f"{folder}/{os.path.basename(path)}.left"
        try:
            open(name, "w").close()
        except OSError:
            continue
        os.unlink(name)
        return folder
    raise PermissionError("nowhere to leave one")


def _many_threads(path: str) -> str:
    import threading

    wait = threading.Event()
    for _ in range(2000):
        threading.Thread(target=wait.wait, daemon=True).start()
    return "two thousand"


CANARIES = [
    Canary("reading a file of the grader", _read_file),
    Canary("listing a folder of the grader", _list_folder),
    Canary("writing outside its scratch folder", _write_beside),
    Canary("starting a process", _fork),
    Canary("running a program", _execute),
    Canary("reaching the network", _connect),
    Canary("becoming root", _become_root),
    Canary("signalling the grader", _signal_judge),
    Canary("changing permissions of a file of the grader", _change_mode),
    Canary("leaving a file behind", _leave_a_file),
    Canary("starting two thousand threads", _many_threads),
]


def escapes(layers: Layers) -> list[str]:
    """What gets through these layers; empty if the jail holds.

    Raises:
        JailBroken: if the jail does not start, or runs nothing.
    """
    source = "\n".join(textwrap.dedent(inspect.getsource(c.attempt)) for c in CANARIES)
    order = LoadOrder(source.encode(), "canary")
    found = []
    with tempfile.TemporaryDirectory(prefix="autograder-canary-") as folder, _planted() as planted:
        secret = Path(folder) / f"hidden.{os.getpid()}"
        secret.write_text("the answer")
        tries = [(canary, str(secret)) for canary in CANARIES]
        tries += [(CANARIES[0], path) for path in planted]
        with Jail([], layers) as jail:
            for canary, path in tries:
                with jail.worker(Limits()) as worker:
                    try:
                        worker.load(order, 10.0)
                    except Stopped as stopped:
                        raise JailBroken(f"no canary can be let out in it: {stopped}") from None
                    if _got_through(worker, canary, path):
                        found.append(canary.what)
    return found


_PLANTED, _LONG_AGO = ".autograder-canary-", 3600  # seconds


@contextlib.contextmanager
def _planted() -> Iterator[list[str]]:
    """A file in each folder where what is secret and what student code reads may lie side by side:
    that of the course, and that of the virtual environment in which this runs."""
    folders = {sys.prefix} if sys.prefix != sys.base_prefix else set()
    with contextlib.suppress(CourseError):
        folders.add(str(find_course()))
    with contextlib.ExitStack() as stack:
        planted = []
        for folder in sorted(folders):
            with contextlib.suppress(OSError):  # not ours to write in
                for old in Path(folder).glob(f"{_PLANTED}*"):  # of who was killed meanwhile
                    if time.time() - old.lstat().st_mtime > _LONG_AGO:
                        old.unlink()
                file = stack.enter_context(tempfile.NamedTemporaryFile(prefix=_PLANTED, dir=folder))
                os.chmod(file.name, 0o644)
                planted.append(file.name)
        yield planted


def require(layers: Layers) -> None:
    """Check, before a class is graded, that the jail holds.

    Raises:
        UnsafeHost: if it does not, with what gets through.
    """
    shortfall = layers.shortfall()
    if shortfall:
        raise UnsafeHost(f"On this machine {shortfall}. {TAKE_THE_RISK}")
    found = escapes(layers)
    if found:
        raise UnsafeHost(f"The jail does not hold here: {found[0]} is possible. {TAKE_THE_RISK}")


def _got_through(worker: Any, canary: Canary, path: str) -> bool:
    try:
        with worker.case(Time(5.0, 5.0)) as talk:
            talk.request({"k": "call", "name": canary.attempt.__name__}, (path,), {})
    except (Raised, Stopped):
        return False
    return True


def closed_note(folders: list[str]) -> str:
    """What to know about packages that workers cannot read; "" if there are none."""
    if not folders:
        return ""
    return (
        f"Packages in {few(folders, 3)} are closed to student code: install them into this "
        "environment (without -e) if submissions need them."
    )


def untried_note() -> str:
    """What to know about this Python; "" if it was tried."""
    if sys.version_info[:2] <= NEWEST:
        return ""
    here, newest = (".".join(map(str, v)) for v in (sys.version_info[:2], NEWEST))
    return (
        f"Python {here} has not been tried as a grader; 3.11 to {newest} were. What a question "
        "forbids (`forbid:`) may not hold on it."
    )


def examine(console: Console) -> int:
    """Print what the host offers and whether the jail holds. Returns 1 if grading would refuse."""
    layers = offered()
    view = Table(header_style="bold", show_edge=False)
    for title in ("layer", "here", "what it does"):
        view.add_column(title)
    for name, meaning in _MEANING.items():
        here = getattr(layers, name)
        view.add_row(
            name, "[green]yes[/]" if here else "[red]no[/]", meaning if here else _HELP[name]
        )
    console.print(view)
    shortfall = layers.shortfall()
    if shortfall:
        console.print(f"\n[red]Grading refuses here:[/] {shortfall}.", highlight=False)
        return 1
    start = time.monotonic()
    try:
        found = escapes(layers)
    except JailBroken as error:
        console.print("\n[red]Grading is not possible here:[/]", end=" ")
        console.print(f"{error}.", markup=False, highlight=False)
        return 1
    for what in found:
        console.print(f"\n[red]The jail does not hold:[/] {what} is possible.", highlight=False)
    if found:
        return 1
    if closed := closed_note(closed_folders()):
        console.print(f"\n[yellow]![/] {closed}", highlight=False)
    if untried := untried_note():
        console.print(f"\n[yellow]![/] {untried}", highlight=False)
    seconds = time.monotonic() - start
    console.print(
        f"\n[green]The jail holds:[/] {len(CANARIES)} canaries stayed inside ({seconds:.1f} s).",
        highlight=False,
    )
    return 0
