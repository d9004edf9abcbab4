"""The worker: loads one submission, is forked per test case, and answers the judge's calls.

Everything here shares a process with student code and is trusted with nothing: whatever it says
is judged elsewhere. It is written so that honest code is served faithfully.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import struct
import sys
import tempfile
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from autograder.jail import confine, imports, loader, meter, offers, processes, refusals, rules
from autograder.jail.frames import receive, send
from autograder.jail.layers import Layers
from autograder.jail.serve import Server
from autograder.jail.wire import Packed, Unpacker, WireError

LOAD, CASE, ALONE, READY, ENDED, REFUSED = b"L", b"C", b"1", b"R", b"E", b"N"
REPORT = struct.Struct("!ci")  # what happened, exit status


@dataclass
class Order:
    """How one worker is to be made, as the judge asks for it."""

    layers: Layers
    limits: confine.Limits
    baseline: confine.Baseline
    scratch: str
    uid: int
    keep_open: set[int]


def main(control: socket.socket, order: Order) -> None:
    """Confine this process, then serve orders from the monitor until it closes `control`."""
    _environment(order.scratch)
    listener = confine.confine(
        order.layers,
        order.limits,
        order.baseline,
        order.scratch,
        order.uid,
        {control.fileno(), *order.keep_open},
    )
    socket.send_fds(control, [READY], [listener] if listener is not None else [])
    if listener is not None:
        os.close(listener)
    program = Program()
    while True:
        what, fds, _, _ = socket.recv_fds(control, 1, 1)
        if not what or not fds:
            return
        with socket.socket(fileno=fds[0]) as connection:
            if what == LOAD:
                program.load(connection)
            elif what == CASE:
                _fork_case(control, program, connection)
            else:
                program.serve(connection)


def _environment(scratch: str) -> None:
    os.environ.update(
        HOME=scratch, TMPDIR=scratch, MPLCONFIGDIR=scratch, MPLBACKEND="Agg", PYTHONHASHSEED="0"
    )
    tempfile.tempdir = scratch  # what the zygote imported may have asked where files go already


def _fork_case(control: socket.socket, program: Program, connection: socket.socket) -> None:
    try:
        child = os.fork()
    except OSError:
        control.send(REPORT.pack(REFUSED, 0))
        return
    if child == 0:
        control.close()
        program.serve(connection)
        os._exit(0)
    connection.close()
    status = os.waitpid(child, 0)[1]
    control.send(REPORT.pack(ENDED, os.waitstatus_to_exitcode(status)))


class Program:
    """One submission: first its source is looked at, then it is run, then its names are called."""

    def __init__(self) -> None:
        self._module: ModuleType | None = None
        self._labels: list[str] = []

    def load(self, connection: socket.socket) -> None:
        """Answer twice: `checked` before any student code has run, `loaded` after."""
        frame = receive(connection)
        if frame is None:
            return
        header, payload = frame
        order = Unpacker(payload, header["buffers"], {}).unpack(header["value"])
        try:
            reading = loader.read(order["source"], order["kind"], order["slug"])
        except loader.NotLoadable as problem:
            _say(connection, {"k": "unreadable", "message": str(problem)})
            return
        broken = rules.violations(reading.chunks, order["asked"], order["forbid"])
        foreign = rules.imported(reading.chunks, order["foreign"])
        found = [[v.question, v.rule, v.where] for v in broken]
        if not foreign:
            try:
                _write_files(order["files"])
            except OSError as error:  # the disk's fault
                _say(connection, {"k": "broken", "message": error.strerror or "no scratch folder"})
                return
        _say(connection, {"k": "checked", "violations": found, "foreign": foreign})
        if foreign:
            return
        imports.restrict(reading.chunks, order["allowed"])
        sys.path.append(os.getcwd())  # last: a file of the student's shadows nothing
        offers.install()
        processes.only_this_one()
        processes.one_thread_of_torch()
        meter.METER.take_over()
        refusals.forbid(
            order["rules"], order["forbid_imports"], order["loadable"]
        )  # before any student code runs
        loaded = loader.run(reading, order["slug"], refusals.RuleError if order["rules"] else ())
        self._module, self._labels = loaded.module, loaded.labels
        _stop_timers()
        names = [n for n in vars(loaded.module) if not n.startswith("__")]
        _say(connection, {"k": "loaded", "problem": loaded.problem, "names": names[:5000]})

    def serve(self, connection: socket.socket) -> None:
        """Serve one test case: calls and probes, until the judge closes the connection."""
        if self._module is not None:
            # The judge has hung up, or somebody else wrote on the wire: either way it is over.
            with contextlib.suppress(OSError, WireError):
                Server(connection, vars(self._module), self._labels).run()


def _stop_timers() -> None:
    """What the file has set going would raise in our own code; a fork has none of it anyway."""
    for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        signal.setitimer(timer, 0)


def _say(connection: socket.socket, header: dict[str, Any]) -> None:
    send(connection, header, Packed())


def _write_files(files: dict[str, bytes]) -> None:
    """Put a submission's files and the bundle's beside it.

    Raises:
        OSError: the disk does not hold them.
    """
    for name, data in files.items():
        try:
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "wb") as file:
                file.write(data)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS):
                raise
            # an absurd name; nothing of the course depends on it
