"""The jail's end of a conversation: calls, probes and operations on the student's own objects."""

from __future__ import annotations

import operator
import socket
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.jail import loader, meter, refusals
from autograder.jail.frames import receive, send
from autograder.jail.wire import Packed, Unpacker, WireError, pack

MAX_HANDLES = 100_000
_REHEARSALS = 12  # bytecode is specialised after eight calls

OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "pow": operator.pow,
    "matmul": operator.matmul,
    "neg": operator.neg,
    "pos": operator.pos,
    "abs": operator.abs,
    "getitem": operator.getitem,
    "getattr": getattr,
}


class Undefined(Exception):
    """The submission has no such name, or it is not callable."""


class Server:
    """Serves one test case on one connection.

    What is plain travels by value. Everything else stays here under a handle, which the judge can
    call, combine, and pass back.
    """

    def __init__(self, connection: socket.socket, names: dict[str, Any], labels: list[str]) -> None:
        self._connection, self._names, self._labels = connection, names, labels
        self._handles: dict[int, Any] = {}

    def run(self) -> None:
        """Answer requests until the judge closes the connection."""
        while (frame := receive(self._connection)) is not None:
            self._answer(*frame)

    def _answer(self, header: dict[str, Any], payload: bytearray) -> None:
        unpacker = self._unpacker(header, payload)
        args = unpacker.unpack(header["args"])
        kwargs = unpacker.unpack(header["kwargs"])
        before = [a.copy() for a in unpacker.arrays]
        packed = Packed()
        try:
            reply: dict[str, Any]
            result = self._perform(header, args, kwargs)
            value = pack(result, packed, self._keep)
        except Undefined as problem:
            reply = {"k": "undefined", "name": str(problem), "kind": _kind(self._names, problem)}
        except WireError as problem:
            reply = {"k": "untransportable", "message": str(problem)}
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            reply = self._error(error)
        else:
            changed = _changed(unpacker.arrays, before)
            try:
                copies = [[i, pack(unpacker.arrays[i].copy(), packed)] for i in changed]
                reply = {"k": "result", "value": value, "changed": copies}
            except WireError as problem:
                reply = {"k": "untransportable", "message": str(problem)}
        if reply["k"] != "result":
            packed = Packed()
        self._reply({**reply, "id": header["id"]}, packed)

    def _unpacker(self, header: dict[str, Any], payload: bytearray) -> Unpacker:
        special = {"handle": self._handle, "callback": self._callback}
        return Unpacker(payload, header["buffers"], special, generators=True)  # type: ignore[arg-type]

    def _reply(self, header: dict[str, Any], packed: Packed) -> None:
        try:
            send(self._connection, header, packed)
        except WireError as problem:
            reply = {"k": "untransportable", "message": str(problem), "id": header["id"]}
            send(self._connection, reply, Packed())

    def _perform(self, header: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> Any:
        what = header["k"]
        if what == "call":
            return self._lookup(header["name"], call=True)(*args, **kwargs)
        if what == "probe":
            return self._probe(header["source"], header["name"], header["wanted"], kwargs)
        if what == "invoke":
            return args[0](*args[1:], **kwargs)
        if what == "operate":
            return OPERATIONS[header["name"]](*args)
        raise WireError("unknown request")

    def _probe(self, source: str, name: str, wanted: list[str], given: dict[str, Any]) -> Any:
        namespace: dict[str, Any] = {"__name__": "probe", "__builtins__": meter.BUILTINS}
        exec(compile(source, "probe", "exec", dont_inherit=True), namespace)
        found = {n: self._lookup(n, call=False) for n in wanted}
        return namespace[name](**given, **found)

    def _lookup(self, name: str, call: bool) -> Any:
        if name not in self._names or (call and not callable(self._names[name])):
            raise Undefined(name)
        return self._names[name]

    def _keep(self, value: Any) -> list[Any]:
        if len(self._handles) >= MAX_HANDLES:
            raise WireError("too many objects")
        number = len(self._handles)
        self._handles[number] = value
        kind = type(value)
        length = tuple.__len__(value) if issubclass(kind, tuple) else None
        return ["opaque", number, kind.__name__[:80], callable(value), length]

    def _handle(self, number: Any) -> Any:
        return self._handles[number]

    def _callback(self, token: Any, name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            return self._ask(token, args, kwargs)

        call.__name__ = name
        return call

    def _ask(self, token: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the judge's; serve the judge's own requests until it answers."""
        packed = Packed()
        header = {
            "k": "callback",
            "token": token,
            "args": pack(list(args), packed, self._keep),
            "kwargs": pack(kwargs, packed, self._keep),
        }
        send(self._connection, header, packed)
        while (frame := receive(self._connection)) is not None:
            header, payload = frame
            if header["k"] != "answer":
                self._answer(header, payload)
                continue
            if header["error"]:
                raise RuntimeError("the function that was passed in failed")
            return self._unpacker(header, payload).unpack(header["value"])
        raise OSError("the judge has hung up")

    def _error(self, error: BaseException) -> dict[str, Any]:
        rule = isinstance(error, refusals.RuleError)
        return {
            "k": "rule" if rule else "error",
            "type": loader.nearest_builtin(error),
            "message": loader.brief(error),
            "where": loader.where_in(error, self._labels),
        }


def rehearse() -> None:
    """Serve a few requests before there is any student code.

    What Python and NumPy do at a first call (specialise bytecode, fill caches, resolve symbols) is
    done by then, and need not be done, nor a page copied for it, in the fork of every test case.
    """
    ones = np.ones((2, 2))
    requests: list[dict[str, Any]] = [
        {"k": "call", "name": "add", "args": (ones, ones)},
        {"k": "probe", "name": "probe", "source": "def probe(a): return [a]", "wanted": []},
        {"k": "call", "name": "no such name", "args": ()},
    ]
    for _ in range(_REHEARSALS):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            for number, request in enumerate(requests):
                packed = Packed()
                args = pack(list(request.get("args", ())), packed)
                kwargs = pack({} if "args" in request else {"a": ones}, packed)
                send(ours, {**request, "id": number, "args": args, "kwargs": kwargs}, packed)
            ours.shutdown(socket.SHUT_WR)
            Server(theirs, {"add": np.add}, []).run()


def _kind(names: dict[str, Any], problem: Undefined) -> str:
    """The type of a name that exists but cannot be called; "" if there is no such name."""
    name = str(problem)
    return type(names[name]).__name__[:80] if name in names else ""


def _changed(arrays: list[np.ndarray], before: list[np.ndarray]) -> list[int]:
    """Positions of the arguments that the call changed in place."""
    return [
        i
        for i, (now, then) in enumerate(zip(arrays, before, strict=True))
        if now.tobytes() != then.tobytes()
    ]
