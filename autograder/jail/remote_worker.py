"""The judge's end of one worker: load a submission, run its cases, hear how it ended."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from autograder.jail import monitor, wire, worker
from autograder.jail.clock import Clock, go_on, stopped, threads
from autograder.jail.confine import Limits
from autograder.jail.conversation import Conversation, Time
from autograder.jail.errors import JailBroken, Stopped, clean
from autograder.jail.layers import Layers
from autograder.jail.orders import Loaded, LoadOrder
from autograder.jail.wire import Packed, WireError

_GRACE = 1.0  # seconds for a fork to die after its case
PATIENCE = 60.0  # seconds for our own processes to start


class Maker(Protocol):
    """Whoever made a worker, and makes the next one: a `Jail`."""

    layers: Layers

    def retire(self, worker: Worker) -> None:
        """Take note that it is closed."""


class Worker:
    """One confined process tree with one submission in it."""

    def __init__(self, jail: Maker, control: socket.socket, limits: Limits) -> None:
        self.limits = limits
        self._jail, self._control = jail, control
        self._forks = jail.layers.fork_gate or not jail.layers.seccomp
        self._over = self._held = False
        self._ended: tuple[bytes, int] | None = None
        self._pid = 0
        self.used = 0.0  # seconds of loading, as `Clock` counts them

    def load(self, order: LoadOrder, seconds: float, over: str = "") -> Loaded:
        """Load a submission.

        Args:
            over: what is said when the time is used up; by default how much it was.

        Raises:
            Stopped: it ran over a limit, exited or crashed while it was loaded. What was found in
                the source before is in the exception's `loaded`.
        """
        loaded = Loaded()
        with self._connection(worker.LOAD) as connection:
            clock = Clock(self._started())
            talk = Conversation(self, connection, Time(seconds, seconds, over), clock)
            packed = Packed()
            try:
                value = wire.pack(vars(order), packed)
                talk.send({"k": "load", "value": value}, packed)
                self._read_load(talk, loaded)
            except WireError:
                loaded.unreadable = "The submission holds too many files to be graded."
            except Stopped as stopped:
                stopped.loaded = loaded  # type: ignore[attr-defined]
                raise
            finally:
                self.used = clock.used()
        if self._forks and not self._over and self._threads() > 1:
            self._forks, loaded.threads = False, True
        return loaded

    def _started(self) -> int:
        """The process id of the worker, once it is confined."""
        if not self._pid:
            if not self._hear(PATIENCE):
                raise JailBroken("a worker does not start")
            what, pid = self._ended or (b"", 0)
            self._ended = None
            if what != monitor.STARTED:
                raise JailBroken("a worker could not be confined")
            self._pid = pid
        return self._pid

    def _threads(self) -> int:
        """How many threads the worker has; those that are just ending get a moment."""
        for _ in range(5):
            if (number := threads(self._pid)) <= 1:
                break
            time.sleep(0.002)
        return number

    def _read_load(self, talk: Conversation, loaded: Loaded) -> None:
        first = talk.receive()[0]
        if first.get("k") == "unreadable":
            loaded.unreadable = clean(first.get("message"))
            return
        if first.get("k") == "broken":
            raise JailBroken(f"a submission's files cannot be written: {clean(first['message'])}")
        if first.get("k") != "checked":
            raise Stopped("The submission disturbed the grader's protocol.")
        # No student code has run yet, so what this frame says is our own code's word.
        loaded.violations = [(clean(q), clean(r), clean(w)) for q, r, w in first["violations"]]
        if first["foreign"]:
            loaded.foreign = (clean(first["foreign"][0]), clean(first["foreign"][1]))
            return
        second = talk.receive()[0]
        names = second.get("names")
        if second.get("k") != "loaded" or type(names) is not list:
            raise Stopped("The submission disturbed the grader's protocol.")
        loaded.problem = clean(second.get("problem"))
        loaded.names = frozenset(clean(n) for n in names)

    @contextmanager
    def case(self, limits: Time) -> Iterator[Conversation]:
        """A conversation with a fresh fork of the loaded module, for one test case.

        On leaving, the fork is dead, or the worker is no longer `usable`.
        """
        clock = Clock(self._started())
        self._ended = None
        with self._connection(worker.CASE if self._forks else worker.ALONE) as connection:
            yield Conversation(self, connection, limits, clock)
        if not self._forks:
            self._over = True  # the case ran in the worker itself
        elif self.usable and self._ended is None:
            self._await_end(_GRACE)

    @contextmanager
    def still(self) -> Iterator[None]:
        """While this is held, nothing of the submission runs, until it is asked for something."""
        with stopped(self._started()):
            self._held = True
            try:
                yield
            finally:
                self._held = False

    def wake(self) -> None:
        """It is going to be asked for something."""
        if self._held:
            self._held = False
            go_on(self._pid)

    @contextmanager
    def _connection(self, what: bytes) -> Iterator[socket.socket]:
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise JailBroken(f"no worker can be reached: {error.strerror}") from None
        with ours:
            with theirs:
                try:
                    socket.send_fds(self._control, [what], [theirs.fileno()])
                except OSError:
                    self._over = True
            yield ours

    def _await_end(self, seconds: float) -> None:
        """Wait for the report that the fork of this case, or the whole worker, has ended.

        Raises:
            JailBroken: the monitor has ended without a report.
        """
        heard = self._hear(seconds)
        if not heard or (self._ended and self._ended[0] != worker.ENDED):
            self._over = True

    def _hear(self, seconds: float) -> bool:
        """Read one report; False if none comes in time."""
        self._control.settimeout(seconds)
        try:
            data = _report(self._control)
        except TimeoutError:
            return False
        except OSError:
            data = b""
        if len(data) < worker.REPORT.size:
            raise JailBroken("a worker's monitor was killed")
        self._ended = worker.REPORT.unpack(data)
        return True

    def why(self) -> str:
        """Why the other side fell silent, as a sentence for the student.

        Raises:
            JailBroken: it was not the student's code.
        """
        self._await_end(_GRACE)
        if self._ended is None:  # the connection was closed, and nothing has ended
            self._ask_monitor()
        what, status = self._ended or (monitor.ALIVE, 0)
        if what == monitor.FAILED:
            raise JailBroken("a worker could not be confined")
        if what == monitor.OVER_OUTPUT:
            return "Your code printed more than is allowed."
        if what == monitor.OVER_DISK:
            return "Your code wrote more files than is allowed."
        if what == monitor.OVER_MEMORY:
            return "Your code took more memory than is allowed."
        if what == monitor.NO_FORK:
            raise JailBroken("the machine has too many processes, or no memory for another one")
        if what == worker.REFUSED:
            return "No test case can be started beside what your code leaves running."
        if what in (worker.ENDED, monitor.GONE):
            if status == -signal.SIGKILL and self._jail.layers.seccomp:
                # Neither the jail nor, behind its filter, the student's code ends anything so.
                raise JailBroken("a worker was killed from outside, perhaps for want of memory")
            return _ending(status)
        return "Your code ended the process it was running in."

    def _ask_monitor(self) -> None:
        with contextlib.suppress(OSError):
            self._control.send(monitor.ASK)
        if not self._hear(PATIENCE):
            raise JailBroken("a worker's monitor does not answer")

    @property
    def usable(self) -> bool:
        """Whether another case can be asked for."""
        return not self._over

    def give_up(self) -> None:
        """Ask for no other case."""
        self._over = True

    def close(self) -> None:
        """Kill what is left. The jail hands out no other worker before that is done."""
        self.quit()
        self._jail.retire(self)

    def quit(self) -> None:
        """Tell the monitor to kill and clean up."""
        self._over = True
        with contextlib.suppress(OSError):
            self._control.settimeout(PATIENCE)
            self._control.send(monitor.QUIT)

    def await_cleanup(self) -> bool:
        """After `quit`: wait until the monitor has cleaned up. Returns whether all that is ours was
        there until then."""
        try:
            self._control.settimeout(PATIENCE)
            while True:
                data = _report(self._control)
                if data[:1] == monitor.DONE:
                    return bool(worker.REPORT.unpack(data)[1] == 0)
                if not data:
                    return False
        except OSError:
            return False
        finally:
            self._control.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _report(control: socket.socket) -> bytes:
    try:
        return control.recv(worker.REPORT.size)
    except (
        ConnectionResetError
    ):  # it ended without having read all; what it had said is still there
        return control.recv(worker.REPORT.size)


def _ending(status: int) -> str:
    # Fixed sentences, and no numbers: a status is a message that the student's code may choose.
    names = {
        signal.SIGSEGV: "crashed (segmentation fault)",
        signal.SIGXCPU: "used more processor time than is allowed",
        signal.SIGXFSZ: "wrote a file larger than is allowed",
    }
    return f"Your code {names.get(-status, 'ended the process it was running in')}."  # type: ignore[call-overload]
