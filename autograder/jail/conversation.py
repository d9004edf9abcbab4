"""The judge's end of one test case: requests, replies and callbacks, within a deadline."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from autograder.jail import wire
from autograder.jail.errors import JailBroken, Missing, Raised, Stopped, clean
from autograder.jail.opaque import Opaque
from autograder.jail.wire import Packed, Unpacker, WireError

MAX_CALLBACKS = 100_000


class Other(Protocol):
    """Whoever is at the other end."""

    def give_up(self) -> None:
        """Never to be asked again."""

    def why(self) -> str:
        """Why it fell silent, as a sentence for the student."""


class Conversation:
    """Requests and replies on one connection, within one deadline."""

    def __init__(
        self, worker: Other, connection: socket.socket, seconds: float, call_seconds: float
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
        # Why the conversation is over, for whoever missed the exception.
        self.stopped = ""
        self.broken: JailBroken | None = None

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
            self._worker.give_up()
            raise Stopped("The submission disturbed the grader's protocol.") from None
        if frame is None:
            raise self._lost()
        return frame

    def _limit(self) -> float:
        return self._deadline if self._nested_deadline is None else self._nested_deadline

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
        outer = self._nested_deadline
        if outer is None:
            limit = time.monotonic() + self._call_seconds
            self._nested_deadline = min(self._deadline, limit)
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
        except Stopped:
            raise
        except Exception:
            packed, failed = Packed(), True  # the student's code learns that it failed, not why
        self.send({"k": "answer", "value": value, "error": failed}, packed)
