"""The wire: what goes in comes out equal, everything else is refused."""

from __future__ import annotations

import math
import socket
import threading
from collections import Counter, OrderedDict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.jail import frames, wire
from autograder.jail.wire import Packed, Unpacker, WireError

DTYPES = st.one_of(
    arrays.boolean_dtypes(),
    arrays.integer_dtypes(endianness="="),
    arrays.unsigned_integer_dtypes(endianness=">"),
    arrays.floating_dtypes(endianness="="),
    arrays.complex_number_dtypes(endianness="="),
)
ARRAYS = arrays.arrays(DTYPES, arrays.array_shapes(min_dims=0, min_side=0, max_side=4))
KEYS = st.one_of(st.text(), st.integers(), st.booleans(), st.none(), st.binary())
LEAVES = st.one_of(KEYS, st.floats(), st.complex_numbers(), ARRAYS)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner), st.tuples(inner, inner), st.dictionaries(KEYS, inner), st.sets(KEYS)
    ),
    max_leaves=20,
)


def travel(value: Any) -> Any:
    """Send a value through a real socket and read it back."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        packed = Packed(generators=True)
        header = {"value": wire.pack(value, packed)}
        sender = threading.Thread(target=frames.send, args=(theirs, header, packed))
        sender.start()
        frame = frames.receive(ours)
        sender.join()
    assert frame is not None
    return Unpacker(frame[1], frame[0]["buffers"], {}, generators=True).unpack(frame[0]["value"])


def same(a: Any, b: Any) -> bool:
    """Equal in type and value, NaN equal to NaN, bit for bit in arrays."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, float):
        both_nan = math.isnan(a) and math.isnan(b)
        return both_nan or (a == b and math.copysign(1, a) == math.copysign(1, b))
    return bool(a == b)


@given(VALUES)
@settings(deadline=None, max_examples=150)
def test_what_goes_in_comes_out(value: Any) -> None:
    assert same(travel(value), value)


@pytest.mark.parametrize(
    "value",
    [np.float32(0.1), np.int64(-3), np.bool_(True), np.complex128(1 + 2j), np.longdouble(1)],
)
def test_scalars_keep_their_type(value: Any) -> None:
    back = travel(value)
    assert type(back) is type(value)
    assert back == value


def test_one_array_given_twice_arrives_as_one() -> None:
    a = np.arange(3.0)
    first, second = travel([a, a])
    assert first is second


def test_arrays_that_are_not_contiguous() -> None:
    a = np.arange(24.0).reshape(4, 6)
    assert same(travel(a[::2, ::-1]), np.ascontiguousarray(a[::2, ::-1]))


def test_a_generator_goes_on_where_it_was() -> None:
    rng = np.random.default_rng(5)
    rng.random(7)
    assert (travel(rng).random(3) == rng.random(3)).all()


def test_dictionaries_of_the_standard_library_become_plain() -> None:
    assert travel(Counter("abca")) == {"a": 2, "b": 1, "c": 1}
    assert travel(OrderedDict(b=1, a=2)) == {"b": 1, "a": 2}


class Liar(np.ndarray):
    pass


class Text(str):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


@pytest.mark.parametrize(
    "value",
    [
        object(),
        len,
        Text("x"),
        np.zeros(2).view(Liar),
        np.array([object()]),
        np.array(["a"]),
        np.zeros(2, dtype=[("a", "f8")]),
        np.ma.masked_array([1.0]),
        range(3),
        1 << (1 << 18),
    ],
    ids=lambda v: type(v).__name__,
)
def test_everything_else_is_refused(value: Any) -> None:
    with pytest.raises(WireError):
        wire.pack(value, Packed())


def test_nesting_and_size_are_capped() -> None:
    deep: list[Any] = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(WireError, match="nested"):
        wire.pack(deep, Packed())
    with pytest.raises(WireError, match="MB"):
        wire.pack(np.zeros(wire.MAX_PAYLOAD + 1, dtype=np.uint8), Packed())


@pytest.mark.parametrize(
    "item",
    [
        ["array", "<f8", [2], 0],  # 8 bytes, not 16
        ["array", "O", [1], 0],
        ["array", "<f8", [-1], 0],
        ["array", "<f8", [1], 7],
        ["array", "<f8,<f8", [1], 0],
        ["same", 3],
        ["pickle", "x"],
        ["_part", 0],
        ["unpack", 0],
        ["dict", [[["list", []], 1]]],
        ["int", "0x" + "f" * (1 << 17)],
        ["generator", {"bit_generator": "os.system"}],
        {"a": 1},
        [],
        [["list", []]],
    ],
    ids=str,
)
def test_frames_our_code_would_not_write(item: Any) -> None:
    with pytest.raises(WireError):
        Unpacker(bytearray(8), [8], {}).unpack(item)


def test_colliding_keys_do_not_stall() -> None:
    step = (1 << 61) - 1  # integers hash modulo this prime
    pairs = [[["int", hex(step * (i + 1))], 0] for i in range(5000)]
    with pytest.raises(WireError, match="hash"):
        Unpacker(bytearray(), [], {}).unpack(["dict", pairs])


def test_the_judge_takes_no_generator_and_no_buffer_twice() -> None:
    packed = Packed(generators=True)
    item = wire.pack(np.random.default_rng(1), packed)
    with pytest.raises(WireError):
        Unpacker(bytearray(), [], {}).unpack(item)
    with pytest.raises(WireError, match="twice"):
        Unpacker(bytearray(8), [8], {}).unpack(["list", [["bytes", 0], ["bytes", 0]]])


def test_a_frame_that_drips_is_not_awaited_for_ever() -> None:
    waits = iter([0.01, 0.01, 0.01])

    def patience() -> float:
        try:
            return next(waits)
        except StopIteration:
            raise TimeoutError from None

    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(frames.PREFIX.pack(frames.MAGIC, 100, 0) + b"{")
        with pytest.raises(TimeoutError):
            frames.receive(ours, patience)
        assert list(waits) == []


@pytest.mark.parametrize(
    "data",
    [
        b"nope" + bytes(12),
        frames.PREFIX.pack(frames.MAGIC, frames.MAX_HEADER + 1, 0),
        frames.PREFIX.pack(frames.MAGIC, 2, wire.MAX_PAYLOAD + 1) + b"{}",
        frames.PREFIX.pack(frames.MAGIC, 2, 0) + b"[]",
        frames.PREFIX.pack(frames.MAGIC, 2, 0) + b"{",
        frames.PREFIX.pack(frames.MAGIC, 3, 0) + b"\xff\xfe\xfd",
        frames.MAGIC,
    ],
    ids=["magic", "header", "payload", "list", "broken", "utf8", "short"],
)
def test_malformed_frames(data: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            theirs.sendall(data)
        with pytest.raises(WireError):
            frames.receive(ours)
