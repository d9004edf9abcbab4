"""The judge's end of one test case: requests, replies and callbacks, within limits of time."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from autograder.jail import frames, wire
from autograder.jail.clock import Clock
from autograder.jail.errors import JailBroken, Missing, Raised, Stopped, clean
from autograder.jail.opaque import Opaque, OpaqueTuple
from autograder.jail.wire import Packed, Unpacker, WireError

MAX_CALLBACKS = 100_000


class Other(Protocol):
    """Whoever is at the other end."""

    def give_up(self) -> None:
        """Never to be asked again."""

    def wake(self) -> None:
        """It is going to be asked for something."""

    def why(self) -> str:
        """Why it fell silent, as a sentence for the student."""


@dataclass(frozen=True)
class Time:
    """What a conversation may use, in seconds as `Clock` counts them.

    Attributes:
        whole: for all of it.
        call: for one request.
        over: what is said when `whole` is used up.
    """

    whole: float
    call: float
    over: str = ""


_TICK = 0.05  # seconds between two looks at the clock
_WALL = 10  # on the wall it may take this many times as long as its limit,
_START = 60.0  # and so many seconds more


class Conversation:
    """Requests and replies on one connection, within limits of time."""

    def __init__(self, worker: Other, connection: socket.socket, time_: Time, clock: Clock) -> None:
        self._worker, self._connection, self._clock = worker, connection, clock
        self._time = time_
        self._call_end: float | None = None  # of the outermost request, on the submission's clock
        self._look_at = time.monotonic() + _TICK
        self._wall_end = time.monotonic() + _WALL * time_.whole + _START
        self._too_long = ""
        self._next, self._callbacks = 0, 0
        self._functions: list[Callable[..., Any]] = []
        self.translate: Callable[[Raised | Missing], Exception] = lambda error: error
        self.changed: Callable[[np.ndarray, np.ndarray], None] = lambda original, copy: None
        # Why the conversation is over, for whoever missed the exception.
        self.stopped = ""
        self.broken: JailBroken | None = None

    def send(self, header: dict[str, Any], packed: Packed) -> None:
        """Write a frame before the time is up."""
        try:
            frames.send(self._connection, header, packed, self._patience)
        except TimeoutError:
            raise self._late() from None
        except OSError:
            raise self._lost() from None

    def receive(self) -> tuple[dict[str, Any], bytearray]:
        """Read a frame before the time is up."""
        try:
            frame = frames.receive(self._connection, self._patience)
        except TimeoutError:
            raise self._late() from None
        except OSError:
            frame = None
        except WireError:
            self._worker.give_up()
            raise Stopped("The submission disturbed the grader's protocol.") from None
        if frame is None:
            raise self._lost()
        return frame

    def used(self) -> float:
        """What the submission has used so far, as `Clock` counts it."""
        return self._clock.used()

    def processor(self) -> float:
        """Seconds of processor time of the submission so far."""
        return self._clock.processor()

    def _patience(self) -> float:
        now = time.monotonic()
        if now >= self._look_at:
            self._look_at = now + _TICK
            self._too_long = self._over(self._clock.look(), now)
            if self._too_long:
                raise TimeoutError
        return _TICK

    def _over(self, used: float, now: float) -> str:
        """The limit that is met, in a sentence that never names what was left of a budget."""
        whole, call = self._time.whole, self._time.call
        if self._call_end is not None and used > self._call_end:
            return f"Your code ran for more than {call:g} seconds{self._together()}."
        if used > whole:
            said = f"Your code ran for more than {whole:g} seconds{self._together()}."
            return self._time.over or said
        if now > self._wall_end:
            return "Your code did not come to an end."
        return ""

    def _together(self) -> str:
        """On the student's own machine several threads took less, as clocks on the wall count."""
        return ", all its threads together" if self._clock.several() else ""

    def _late(self) -> Stopped:
        self._worker.give_up()
        return Stopped(self._too_long)

    def _lost(self) -> Stopped:
        self._connection.close()
        return Stopped(self._worker.why())

    def request(self, header: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Ask for something and wait for its value.

        Raises:
            Raised, Missing, Stopped: as their names say.
        """
        outer = self._call_end
        if outer is None:
            self._clock.rest()
            self._call_end = self._clock.used() + self._time.call
        try:
            return self._request(header, args, kwargs)
        except Stopped as stopped:
            self.stopped = self.stopped or str(stopped)
            raise
        except JailBroken as error:
            self.broken = error
            raise
        except (Raised, Missing) as error:
            raise self.translate(error) from None
        finally:
            self._call_end = outer

    def _request(
        self, header: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        self._worker.wake()
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
            self._worker.give_up()
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

    def _opaque(self, number: Any, type_name: Any, is_callable: Any, length: Any) -> Opaque:
        if type(number) is not int or type(type_name) is not str:
            raise WireError("not a handle")
        name = clean(type_name)[:80]
        if type(length) is int and 0 <= length <= OpaqueTuple.MAX_LENGTH:
            return OpaqueTuple(self, number, name, length)
        return Opaque(self, number, name, is_callable is True)

    def _unusual(self, value: Any) -> list[Any]:
        if isinstance(value, Opaque):
            return ["handle", value._number]
        if callable(value):
            self._functions.append(value)
            return ["callback", len(self._functions) - 1, getattr(value, "__name__", "function")]
        return wire.refuse(value)

    def _call_back(self, header: dict[str, Any], payload: bytearray) -> None:
        self._callbacks += 1
        token = header.get("token")
        if self._callbacks > MAX_CALLBACKS:
            self._worker.give_up()
            raise Stopped("Your code called the function it was given too many times.")
        if type(token) is not int or not 0 <= token < len(self._functions):
            self._worker.give_up()
            raise Stopped("The submission disturbed the grader's protocol.")
        packed, value, failed = Packed(generators=True), None, False
        try:
            unpacker = self._unpacker(header, payload)
            args, kwargs = unpacker.unpack(header["args"]), unpacker.unpack(header["kwargs"])
            result = self._functions[token](*args, **kwargs)
            value = wire.pack(result, packed, self._unusual)
        except (Stopped, MemoryError):
            raise
        except Exception:
            packed, failed = Packed(), True  # the student's code learns that it failed, not why
        self.send({"k": "answer", "value": value, "error": failed}, packed)
