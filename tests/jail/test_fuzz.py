"""Noise on the wire and at the door: only the promised errors come out, in bounded time and memory.

`AUTOGRADER_FUZZ=N` in the environment runs N examples of each test instead of the usual few.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import struct
import tempfile
import threading
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.jail import frames, loader, wire
from autograder.jail.wire import Packed, Unpacker, WireError, pack
from autograder.submissions.read import Submission, read

EXAMPLES = int(os.environ.get("AUTOGRADER_FUZZ", "150"))
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,  # the machine may be busy; single examples have bounds of their own
    derandomize="AUTOGRADER_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SECONDS, MEGABYTES = 20.0, 200  # for one example on a very busy machine; without a cap: minutes

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**400), max_value=10**400)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        [*sorted(wire._TAGS), "opaque", "_array", "unpack", "__class__", "<f8", "|b1"]
    )
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=30,
)
# Lists that begin with a tag are what the unpacker looks into.
TAGGED = st.recursive(
    LEAVES,
    lambda inner: (
        st.tuples(st.sampled_from(sorted(wire._TAGS)), st.lists(inner, max_size=4)).map(
            lambda pair: [pair[0], *pair[1]]
        )
        | st.lists(inner, max_size=4)
    ),
    max_leaves=30,
)
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=10)
    | st.binary(max_size=10)
    | st.complex_numbers(allow_nan=False)
    | st.sampled_from([np.arange(6.0).reshape(2, 3), np.int32(7), np.zeros((0, 4), "i2")]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
        | st.sets(st.integers(), max_size=1)  # the order of more is not the wire's business
    ),
    max_leaves=15,
)


def bounded(work: Callable[[], Any]) -> Any:
    """Run `work` within the bounds of one example."""
    tracemalloc.start()
    start = time.monotonic()
    try:
        return work()
    finally:
        seconds, peak = time.monotonic() - start, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert seconds < SECONDS, f"{seconds:.1f} s"
        assert peak < MEGABYTES << 20, f"{peak >> 20} MB"


def arrived(data: bytes, seconds: float = 10.0) -> Any:
    """What `receive` makes of these bytes, or the error that it may raise."""
    ours, theirs = socket.socketpair()

    def write() -> None:
        with theirs, contextlib.suppress(OSError):  # the reader may have seen enough
            theirs.sendall(data)

    until = time.monotonic() + seconds

    def patience() -> float:
        if time.monotonic() > until:
            raise TimeoutError
        return 0.1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with ours:
            return frames.receive(ours, patience)
    except (WireError, TimeoutError) as error:
        return error
    finally:
        writer.join()


def unpacked(value: Any, lengths: Any, payload: bytes) -> Any:
    """What the unpacker makes of it, or the one error that it may raise."""
    try:
        special = {"opaque": lambda *rest: rest, "callback": lambda *rest: rest}
        return Unpacker(bytearray(payload), lengths, special).unpack(value)
    except WireError as error:
        return error


def frame(header: bytes, payload: bytes = b"", magic: bytes = frames.MAGIC) -> bytes:
    return frames.PREFIX.pack(magic, len(header), len(payload)) + header + payload


@fuzz
@given(st.binary(max_size=400))
def test_noise_is_no_frame(data: bytes) -> None:
    found = bounded(lambda: arrived(data))
    assert found is None or isinstance(found, (WireError, TimeoutError))


@fuzz
@given(st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1), st.binary(max_size=60))
def test_claimed_sizes_cost_nothing(header: int, payload: int, data: bytes) -> None:
    text = struct.pack("!4sIQ", frames.MAGIC, header, payload) + data
    found = bounded(lambda: arrived(text))
    assert isinstance(found, (WireError, TimeoutError, tuple))


@fuzz
@given(JSON, st.binary(max_size=50))
def test_any_json_is_a_header_or_an_error(header: Any, payload: bytes) -> None:
    found = bounded(lambda: arrived(frame(json.dumps(header).encode(), payload)))
    assert isinstance(found, WireError if type(header) is not dict else tuple)


@fuzz
@given(st.binary(max_size=200))
def test_a_header_that_is_not_json(header: bytes) -> None:
    found = bounded(lambda: arrived(frame(header)))
    assert isinstance(found, (WireError, tuple))


@fuzz
@given(PLAIN, st.data())
def test_mutated_frames(value: Any, data: st.DataObject) -> None:
    packed = Packed()
    header = {"k": "result", "id": 0, "value": pack(value, packed), "changed": []}
    lengths = [len(b) for b in packed.buffers]
    text = json.dumps({**header, "buffers": lengths}).encode()
    whole = bytearray(frame(text, b"".join(bytes(b) for b in packed.buffers)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        what = data.draw(st.sampled_from(["flip", "cut", "double", "digit"]))
        if what == "flip":
            whole[at] ^= 1 << data.draw(st.integers(0, 7))
        elif what == "cut":
            del whole[at : at + data.draw(st.integers(1, 5))]
        elif what == "double":
            whole[at:at] = whole[at : at + 8]
        else:
            whole[at] = ord(data.draw(st.sampled_from('0123456789[]{},:"-e')))
        if not whole:
            break

    def work() -> Any:
        found = arrived(bytes(whole))
        if isinstance(found, tuple):
            header, payload = found
            return unpacked(header.get("value"), header.get("buffers"), bytes(payload))
        return found

    bounded(work)  # other exceptions than those promised come out here


@fuzz
@given(PLAIN)
def test_plain_values_arrive_as_they_were(value: Any) -> None:
    packed = Packed()
    item = json.loads(json.dumps(pack(value, packed)))
    payload = b"".join(bytes(b) for b in packed.buffers)
    back = unpacked(item, [len(b) for b in packed.buffers], payload)
    assert repr(back) == repr(value)


@fuzz
@given(TAGGED | JSON, st.lists(st.integers(0, 64), max_size=4), st.integers(0, 3))
def test_any_value_is_plain_or_an_error(value: Any, lengths: list[int], wrong: int) -> None:
    payload = bytes(sum(lengths) + (wrong if wrong < 2 else 0))
    bounded(lambda: unpacked(value, lengths, payload))


@fuzz
@given(JSON)
def test_any_lengths_are_right_or_an_error(lengths: Any) -> None:
    bounded(lambda: unpacked(None, lengths, bytes(16)))


@pytest.mark.parametrize(
    ("value", "lengths", "payload"),
    [
        (["list", [["bytes", 0]] * 200], [1 << 22], bytes(1 << 22)),
        (None, [0] * 1_000_000, b""),
        (["list", [["list", []]] * 400_000], [], b""),
        (["array", "<f8", [0, 10**30], 0], [0], b""),
        (["array", "<f8", [1] * 64, 0], [8], bytes(8)),
        (["array", "<f8", [2**31, 2**31, 0], 0], [0], b""),
        (["int", "0x" + "f" * 1_000_000], [], b""),
        (["dict", [[["int", hex(1 + i * (2**61 - 1))], 0] for i in range(1000)]], [], b""),
        (["set", [float(i) for i in range(100_000)]], [], b""),
        (["complex", "nan", "x"], [], b""),
        (["complex", "9" * 100_000, 0], [], b""),
        (["scalar", "|b1", 0], [1], b"\xff"),
        (["tensor", "", ["array", "<f8", [1], 0]], [8], bytes(8)),
        (["generator", ["dict", [["bit_generator", "MT19937"], ["state", 5]]]], [], b""),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, list) else "",
)
def test_known_bombs(value: Any, lengths: list[int], payload: bytes) -> None:
    bounded(lambda: unpacked(value, lengths, payload))


def test_deep_json() -> None:
    for text in (b"[" * 1_000_000, b'{"a":' * 500_000, b'{"a":[' + b"[" * 100_000):
        assert isinstance(bounded(lambda text=text: arrived(frame(text))), WireError)


# --- at the door --------------------------------------------------------------------------------


def taken(path: Path) -> Submission:
    work = bounded(lambda: read(path, "hw", "someone"))
    assert isinstance(work, Submission)
    assert bool(work.refusal) != bool(work.source) or not work.files
    assert isinstance(work.digest, str)
    for name in work.files:
        assert not name.startswith("/")
        assert ".." not in name.split("/")
    json.dumps([work.refusal, *work.files]).encode()
    work.refusal.encode()  # one sentence that can be written anywhere
    assert "\n" not in work.refusal
    return work


NAMES = st.text(max_size=30) | st.sampled_from(
    [
        "hw.py",
        "hw.ipynb",
        "HW.py",
        "../hw.py",
        "/hw.py",
        "a/hw.py",
        "a\\b",
        "x" * 300,
        "tests/q1.py",
    ]
)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@fuzz
@given(st.lists(st.tuples(NAMES, st.binary(max_size=40)), max_size=6), st.data())
def test_zips(entries: list[tuple[str, bytes]], data: st.DataObject) -> None:
    out = io.BytesIO()
    kinds = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    with zipfile.ZipFile(out, "w", data.draw(st.sampled_from(kinds))) as archive:
        for name, content in entries:
            try:
                entry = zipfile.ZipInfo(name)
                entry.compress_type = archive.compression
                entry.external_attr = data.draw(st.integers(0, 2**32 - 1))
                archive.writestr(entry, content)
            except (ValueError, UnicodeError):
                pass  # not even the library writes that
    whole = bytearray(out.getvalue())
    for _ in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, max(0, len(whole) - 1)))
        if whole:
            whole[at] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "someone.zip"
        path.write_bytes(whole)
        taken(path)


@fuzz
@given(st.binary(max_size=300))
def test_noise_with_the_name_of_a_zip(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "someone.zip"
        path.write_bytes(data + b"PK\x05\x06" + data[:18].ljust(18, b"\0"))
        taken(path)


@fuzz
@given(st.lists(st.binary(min_size=1, max_size=40), max_size=5), st.data())
def test_folders(names: list[bytes], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = os.fsencode(root) + b"/someone"
        os.mkdir(folder)
        for name in [*names, b"hw.py"]:
            path = os.path.join(folder, name.replace(b"/", b"_").replace(b"\0", b"_"))
            kind = data.draw(st.sampled_from(["file", "folder", "link", "loop", "pipe", "closed"]))
            if os.path.lexists(path):
                continue  # opening a pipe would wait for its other end
            try:
                if kind == "folder":
                    os.mkdir(path)
                elif kind == "link":
                    os.symlink(b"/etc/passwd", path)
                elif kind == "loop":
                    os.symlink(b".", path)
                elif kind == "pipe":
                    os.mkfifo(path)
                else:
                    with open(path, "wb") as file:
                        file.write(b"x = 1\n")
                    os.chmod(path, 0o600 if kind == "file" else 0)
            except OSError:
                pass
        work = taken(Path(os.fsdecode(folder)))
        assert b"root:" not in work.source
        assert not any(b"root:" in content for content in work.files.values())


CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", 3, None]),
        "metadata": JSON,
        "source": st.text(max_size=30) | st.lists(st.text(max_size=10), max_size=4) | JSON,
    },
)


@fuzz
@given(st.fixed_dictionaries({"cells": st.lists(CELLS | JSON, max_size=6) | JSON}) | JSON)
def test_notebooks(notebook: Any) -> None:
    loadable(json.dumps(notebook).encode(), "ipynb")


@fuzz
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_scripts(data: bytes) -> None:
    loadable(data, "py")
    loadable(data, "ipynb")


def loadable(data: bytes, kind: str) -> None:
    """Parsing gives chunks of source, and sentences for what is left out; or one sentence."""
    reading = loader.Reading()
    with contextlib.suppress(loader.NotLoadable):
        reading = bounded(lambda: loader.read(data, kind, "hw"))
    assert all(isinstance(chunk.source, str) for chunk in reading.chunks)
    assert all(isinstance(part.sentence, str) for part in reading.left_out)
