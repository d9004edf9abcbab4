"""The judge's end: start a zygote, ask it for workers, talk to them and believe nothing."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from autograder.jail import monitor, scratch, wire, worker
from autograder.jail.confine import Limits
from autograder.jail.errors import JailBroken
from autograder.jail.layers import Layers, offered
from autograder.jail.wire import Packed, Unpacker, WireError

MAX_CALLBACKS = 100_000
_ROOT = "autograder-jail-"
_GRACE = 1.0  # seconds for a fork to die after its case
_PATIENCE = 60.0  # seconds for our own processes to start
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "HOME": "/nonexistent",
    "MPLBACKEND": "Agg",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    **dict.fromkeys(
        ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
    ),
}


class Stopped(Exception):
    """The worker was stopped or stopped itself. The message is for the student."""


class Raised(Exception):
    """The student's code raised an exception; what is known of it is plain text."""

    def __init__(self, kind: str, type_name: str, message: str, where: str) -> None:
        super().__init__(message)
        self.kind, self.type_name, self.message, self.where = kind, type_name, message, where


class Missing(Exception):
    """The submission lacks a name (`kind` is "") or the name is not callable."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name)
        self.name, self.kind = name, kind


class Opaque:
    """Something of the student's that is not a plain value: it stays in the jail.

    It can be called, combined with arithmetic, and passed back. It refuses to be compared, counted
    or taken for true, so a student's `__eq__` or `__bool__` decides nothing.
    """

    __slots__ = ("_conversation", "_number", "is_callable", "type_name")
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self, conversation: Conversation, number: int, type_name: str, is_callable: bool
    ) -> None:
        self._conversation, self._number = conversation, number
        self.type_name, self.is_callable = type_name, is_callable

    def __repr__(self) -> str:
        return f"<{self.type_name}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._conversation.request({"k": "invoke"}, (self, *args), kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._operate("getattr", self, name)

    def _operate(self, name: str, *args: Any) -> Any:
        return self._conversation.request({"k": "operate", "name": name}, args, {})

    def _refuse(self, *args: Any) -> Any:
        raise TypeError(f"a student's {self.type_name} is opaque here; use a probe")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __bool__ = __len__ = __iter__ = __contains__ = __float__ = __int__ = __index__ = _refuse
    __array__ = _refuse
    __array_ufunc__ = None  # array + x asks x first


def clean(text: Any) -> str:
    """Text from the jail, fit to be shown: no control characters, no lone surrogates, not long."""
    return "".join(c for c in str(text)[:1000] if c.isprintable() or c in "\n\t")


def _forward(name: str) -> Callable[..., Any]:
    return lambda self, *args: self._operate(name, self, *args)


def _reverse(name: str) -> Callable[..., Any]:
    return lambda self, other: self._operate(name, other, self)


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    setattr(Opaque, f"__{_name}__", _forward(_name))
    setattr(Opaque, f"__r{_name}__", _reverse(_name))
for _name in ("neg", "pos", "abs", "getitem"):
    setattr(Opaque, f"__{_name}__", _forward(_name))


class Jail:
    """A zygote with its workers. Use as a context manager; nothing is left behind.

    Args:
        preload: modules to import once, before any submission.
        layers: what to use; by default all that this host offers.

    Raises:
        JailBroken: if the zygote does not start.
    """

    def __init__(self, preload: list[str], layers: Layers | None = None) -> None:
        self.layers = offered() if layers is None else layers
        _clean_up_after_the_dead()
        self._root = tempfile.mkdtemp(prefix=f"{_ROOT}{os.getpid()}-")
        os.chmod(self._root, 0o711)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-m", "autograder.jail.zygote", str(theirs.fileno())]
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the jail)
        self._process = subprocess.Popen(
            command,
            env=_ENVIRONMENT,
            cwd="/",
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            start_new_session=True,  # Ctrl-C is for the judge, who then cleans up
        )
        theirs.close()
        first = {"layers": asdict(self.layers), "preload": preload, "scratch_root": self._root}
        self._control.send(json.dumps(first).encode())
        self._control.settimeout(_PATIENCE)
        try:
            answer = self._control.recv(1 << 16)
        except TimeoutError:
            answer = b""
        if not answer:
            self._fail()
        missing = json.loads(answer)["missing"]
        if missing:
            self.close()
            raise JailBroken(f"the grader's Python lacks {', '.join(missing)}")

    def _fail(self) -> None:
        self._process.wait(5)
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        self.close()
        raise JailBroken(f"the jail does not start: {lines[-1] if lines else 'no answer'}")

    def worker(self, limits: Limits) -> Worker:
        """A fresh worker, confined and empty."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            socket.send_fds(self._control, [json.dumps(asdict(limits)).encode()], [theirs.fileno()])
        except OSError:
            raise JailBroken("the jail has stopped working") from None
        finally:
            theirs.close()
        return Worker(ours, self.layers.fork_gate or not self.layers.seccomp)

    def close(self) -> None:
        """End the zygote and everything that came of it."""
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._errors.close()
        scratch.remove(self._root)

    def __enter__(self) -> Jail:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _clean_up_after_the_dead() -> None:
    """Remove the folders of judges that were killed before they could."""
    for name in os.listdir(tempfile.gettempdir()):
        pid = name.removeprefix(_ROOT).partition("-")[0] if name.startswith(_ROOT) else ""
        path = os.path.join(tempfile.gettempdir(), name)
        with contextlib.suppress(OSError):
            dead = pid.isdigit() and not os.path.exists(f"/proc/{pid}")
            if dead and os.lstat(path).st_uid == os.getuid():
                scratch.remove(path)


@dataclass
class Loaded:
    """What became of a submission's source.

    Attributes:
        unreadable: why it is not a program, or "".
        violations: (question, rule, where) found in the source, before it ran.
        foreign: (module, where) of an import that the assignment does not allow, or None.
        problem: the first error while it ran, or "".
        names: what it defines.
    """

    unreadable: str = ""
    violations: list[tuple[str, str, str]] | None = None
    foreign: tuple[str, str] | None = None
    problem: str = ""
    names: frozenset[str] = frozenset()


class Worker:
    """One confined process tree with one submission in it."""

    def __init__(self, control: socket.socket, forks: bool) -> None:
        self._control, self._forks = control, forks
        self._over = False
        self._ended: tuple[bytes, int] | None = None

    def load(self, order: dict[str, Any], seconds: float) -> Loaded:
        """Load a submission.

        Raises:
            Stopped: it ran over a limit, exited or crashed while it was loaded. What was found in
                the source before is in the exception's `loaded`.
        """
        loaded = Loaded()
        with self._connection(worker.LOAD) as connection:
            talk = Conversation(self, connection, seconds, seconds)
            packed = Packed()
            try:
                value = wire.pack(order, packed)
                talk.send({"k": "load", "value": value}, packed)
                self._read_load(talk, loaded)
            except WireError:
                loaded.unreadable = "The submission holds too many files to be graded."
            except Stopped as stopped:
                stopped.loaded = loaded  # type: ignore[attr-defined]
                raise
        return loaded

    def _read_load(self, talk: Conversation, loaded: Loaded) -> None:
        first = talk.receive()[0]
        if first.get("k") == "unreadable":
            loaded.unreadable = clean(first.get("message"))
            return
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
    def case(self, call_seconds: float, case_seconds: float) -> Iterator[Conversation]:
        """A conversation with a fresh fork of the loaded module, for one test case.

        On leaving, the fork is dead, or the worker is no longer `usable`.
        """
        self._ended = None
        with self._connection(worker.CASE) as connection:
            yield Conversation(self, connection, case_seconds, call_seconds)
        if not self._forks:
            self._over = True  # this host runs a case in the worker itself
        elif self.usable and self._ended is None:
            self._await_end(_GRACE)

    @contextmanager
    def _connection(self, what: bytes) -> Iterator[socket.socket]:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                try:
                    socket.send_fds(self._control, [what], [theirs.fileno()])
                except OSError:
                    self._over = True
            yield ours

    def _await_end(self, seconds: float) -> None:
        """Wait for the report that the fork of this case, or the whole worker, has ended."""
        self._control.settimeout(seconds)
        try:
            data = self._control.recv(worker.REPORT.size)
        except OSError:
            data = b""
        if len(data) < worker.REPORT.size:
            self._over = True
            return
        self._ended = worker.REPORT.unpack(data)
        if self._ended[0] != worker.ENDED:
            self._over = True

    def why(self) -> str:
        """Why the other side fell silent, as a sentence for the student."""
        self._await_end(1.0)
        what, status = self._ended or (monitor.DONE, 0)
        if what == monitor.FAILED:
            raise JailBroken("a worker could not be confined")
        if what == monitor.OVER_OUTPUT:
            return "Your code printed more than is allowed."
        if what == monitor.OVER_DISK:
            return "Your code wrote more files than is allowed."
        if what in (worker.ENDED, monitor.GONE):
            return _ending(status)
        return "Your code ended the process it was running in."

    @property
    def usable(self) -> bool:
        """Whether another case can be asked for."""
        return not self._over

    def close(self) -> None:
        """Kill what is left and wait until the monitor has cleaned up."""
        with contextlib.suppress(OSError):
            self._control.settimeout(5.0)
            self._control.send(monitor.QUIT)
            while True:
                data = self._control.recv(worker.REPORT.size)
                if not data or data[:1] == monitor.DONE:
                    break
        self._over = True
        self._control.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _ending(status: int) -> str:
    # Fixed sentences, and no numbers: a status is a message that the student's code may choose.
    names = {
        signal.SIGSEGV: "crashed (segmentation fault)",
        signal.SIGXCPU: "used more processor time than is allowed",
        signal.SIGXFSZ: "wrote a file larger than is allowed",
    }
    return f"Your code {names.get(-status, 'ended the process it was running in')}."  # type: ignore[call-overload]


class Conversation:
    """Requests and replies on one connection, within one deadline."""

    def __init__(
        self, worker: Worker, connection: socket.socket, seconds: float, call_seconds: float
    ) -> None:
        self._worker, self._connection = worker, connection
        self._deadline = time.monotonic() + seconds
        self._call_seconds = min(call_seconds, seconds)
        # What is left of a budget differs from run to run; only the limit itself is named.
        self._too_long = (
            f"Your code ran for more than {call_seconds:g} seconds."
            if call_seconds <= seconds
            else "Your code ran out of time."
        )
        self._next, self._callbacks = 0, 0
        self._functions: list[Callable[..., Any]] = []
        self._nested_deadline: float | None = None
        self.translate: Callable[[Raised | Missing], Exception] = lambda error: error
        self.changed: Callable[[np.ndarray, np.ndarray], None] = lambda original, copy: None
        self.stopped = ""  # why the conversation is over, for whoever missed the exception

    def send(self, header: dict[str, Any], packed: Packed) -> None:
        """Write a frame before the deadline."""
        self._connection.settimeout(max(0.001, self._limit() - time.monotonic()))
        try:
            wire.send(self._connection, header, packed)
        except TimeoutError:
            raise self._late() from None
        except OSError:
            raise self._lost() from None

    def receive(self) -> tuple[dict[str, Any], bytearray]:
        """Read a frame before the deadline."""
        try:
            frame = wire.receive(self._connection, self._limit())
        except TimeoutError:
            raise self._late() from None
        except OSError:
            frame = None
        except WireError:
            self._worker._over = True
            raise Stopped("The submission disturbed the grader's protocol.") from None
        if frame is None:
            raise self._lost()
        return frame

    def _limit(self) -> float:
        return self._deadline if self._nested_deadline is None else self._nested_deadline

    def _late(self) -> Stopped:
        self._worker._over = True
        return Stopped(self._too_long)

    def _lost(self) -> Stopped:
        self._connection.close()
        return Stopped(self._worker.why())

    def request(self, header: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Ask for something and wait for its value.

        Raises:
            Raised, Missing, Stopped: as their names say.
        """
        outer = self._nested_deadline
        if outer is None:
            limit = time.monotonic() + self._call_seconds
            self._nested_deadline = min(self._deadline, limit)
        try:
            return self._request(header, args, kwargs)
        except Stopped as stopped:
            self.stopped = self.stopped or str(stopped)
            raise
        except (Raised, Missing) as error:
            raise self.translate(error) from None
        finally:
            self._nested_deadline = outer

    def _request(
        self, header: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        packed, number = Packed(generators=True), self._next
        self._next += 1
        body = {
            "id": number,
            "args": wire.pack(list(args), packed, self._unusual),
            "kwargs": wire.pack(kwargs, packed, self._unusual),
        }
        self.send({**header, **body}, packed)
        while True:
            reply, payload = self.receive()
            if reply.get("k") != "callback":
                break
            self._call_back(reply, payload)
        try:
            if type(reply.get("id")) is not int or reply["id"] != number:
                raise WireError("an answer to another request")
            return self._read(reply, payload, packed.arrays)
        except (WireError, KeyError, TypeError, ValueError, OverflowError, RecursionError):
            self._worker._over = True
            raise Stopped("The submission disturbed the grader's protocol.") from None

    def _read(self, reply: dict[str, Any], payload: bytearray, sent: list[np.ndarray]) -> Any:
        kind = reply.get("k")
        if kind in ("error", "rule"):
            raise Raised(kind, *(clean(reply[k]) for k in ("type", "message", "where")))
        if kind == "undefined":
            raise Missing(clean(reply["name"]), clean(reply["kind"]))
        if kind == "untransportable":
            raise Raised("result", "", clean(reply["message"]), "")
        if kind != "result":
            raise WireError("unknown answer")
        unpacker = self._unpacker(reply, payload)
        value = unpacker.unpack(reply["value"])
        for index, copy in reply["changed"]:
            self._note_change(sent, index, unpacker.unpack(copy))
        return value

    def _note_change(self, sent: list[np.ndarray], index: Any, copy: Any) -> None:
        if type(index) is not int or not 0 <= index < len(sent) or type(copy) is not np.ndarray:
            raise WireError("not a changed argument")
        original = sent[index]
        if copy.shape != original.shape or copy.dtype != original.dtype:
            raise WireError("not a changed argument")
        self.changed(original, copy)

    def _unpacker(self, header: dict[str, Any], payload: bytearray) -> Unpacker:
        return Unpacker(payload, header["buffers"], {"opaque": self._opaque})

    def _opaque(self, number: Any, type_name: Any, is_callable: Any) -> Opaque:
        if type(number) is not int or type(type_name) is not str:
            raise WireError("not a handle")
        return Opaque(self, number, clean(type_name)[:80], is_callable is True)

    def _unusual(self, value: Any) -> list[Any]:
        if type(value) is Opaque:
            return ["handle", value._number]
        if callable(value):
            self._functions.append(value)
            return ["callback", len(self._functions) - 1, getattr(value, "__name__", "function")]
        return wire.refuse(value)

    def _call_back(self, header: dict[str, Any], payload: bytearray) -> None:
        self._callbacks += 1
        token = header.get("token")
        if self._callbacks > MAX_CALLBACKS:
            self._worker._over = True
            raise Stopped("Your code called the function it was given too many times.")
        if type(token) is not int or not 0 <= token < len(self._functions):
            self._worker._over = True
            raise Stopped("The submission disturbed the grader's protocol.")
        packed, value, failed = Packed(generators=True), None, False
        try:
            unpacker = self._unpacker(header, payload)
            args, kwargs = unpacker.unpack(header["args"]), unpacker.unpack(header["kwargs"])
            result = self._functions[token](*args, **kwargs)
            value = wire.pack(result, packed, self._unusual)
        except Stopped:
            raise
        except Exception:
            packed, failed = Packed(), True  # the student's code learns that it failed, not why
        self.send({"k": "answer", "value": value, "error": failed}, packed)
