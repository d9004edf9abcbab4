"""What travels between judge and jail (in `frames`): a closed set of plain values.

Values are rebuilt from a closed list of tags; nothing is ever unpickled. What is malformed or over
a cap raises `WireError`, which ends the conversation: whoever wrote it was not our code.
"""

from __future__ import annotations

import collections
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

MAX_PAYLOAD = 64 << 20  # bytes of array data in one frame
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_BUFFERS = 10_000
MAX_INT_BITS = 1 << 17
MAX_SAME_HASH = 32  # keys of one dict with equal hashes; more is an attack on the table

_DTYPE = re.compile(r"[<>|=]?(?:b1|[iu][1248]|f(?:2|4|8|16)|c(?:8|16|32))\Z")
_MAPPINGS = (dict, collections.OrderedDict, collections.defaultdict, collections.Counter)
_PLAIN_INT = 1 << 53


class WireError(Exception):
    """A value cannot travel, or a frame is not one that our code would write."""


@dataclass
class Packed:
    """A value on its way into a frame.

    Attributes:
        generators: whether random generators may travel: to the jail, never from it.
        arrays: the NumPy arrays met, in order; changed arguments are named by position.
    """

    generators: bool = False
    buffers: list[Any] = field(default_factory=list)
    arrays: list[np.ndarray] = field(default_factory=list)
    nodes: int = 0
    size: int = 0
    _seen: dict[int, int] = field(default_factory=dict)

    def add(self, data: Any) -> int:
        self.size += len(data)
        if self.size > MAX_PAYLOAD:
            raise WireError(f"more than {MAX_PAYLOAD >> 20} MB of data in one value")
        if len(self.buffers) >= MAX_BUFFERS:
            raise WireError(f"more than {MAX_BUFFERS} arrays in one value")
        self.buffers.append(data)
        return len(self.buffers) - 1


Unusual = Callable[[Any], list[Any]]
"""What to write for a value outside the closed set: a tag of the caller's, or raise WireError."""


def refuse(value: Any) -> list[Any]:
    """The strict rule for values outside the closed set."""
    raise WireError(f"a value of type {type(value).__name__} cannot travel")


def pack(value: Any, into: Packed, unusual: Unusual = refuse, depth: int = 0) -> Any:
    """Turn `value` into JSON-able structure, its bulk into `into.buffers`.

    Only exact types are taken apart. A subclass could answer differently each time it is asked,
    so it counts as unusual.
    """
    into.nodes += 1
    if depth > MAX_DEPTH or into.nodes > MAX_NODES:
        raise WireError("a value is nested too deeply or has too many parts")
    kind = type(value)
    if value is None or kind is bool or kind is float:
        return value
    if kind is int:
        return value if -_PLAIN_INT < value < _PLAIN_INT else _pack_int(value)
    if kind is str:
        return value
    if kind in (list, tuple, set, frozenset):
        items = sorted(value, key=repr) if kind in (set, frozenset) else value
        return [kind.__name__, [pack(v, into, unusual, depth + 1) for v in items]]
    if kind in _MAPPINGS:
        pairs = [
            [pack(k, into, unusual, depth + 1), pack(v, into, unusual, depth + 1)]
            for k, v in dict.items(value)
        ]
        return ["dict", pairs]
    if kind is complex:
        return ["complex", value.real, value.imag]
    if kind is bytes or kind is bytearray:
        return ["bytes", into.add(bytes(value))]
    return _pack_numeric(value, into, unusual)


def _pack_int(value: int) -> list[Any]:
    if value.bit_length() > MAX_INT_BITS:
        raise WireError("an integer is too large to travel")
    return ["int", hex(value)]


def _pack_numeric(value: Any, into: Packed, unusual: Unusual) -> Any:
    if type(value) is np.ndarray and value.dtype.kind in "biufc":
        if id(value) in into._seen:
            return ["same", into._seen[id(value)]]
        into._seen[id(value)] = len(into.arrays)
        into.arrays.append(value)
        return ["array", value.dtype.str, list(value.shape), _buffer(value, into)]
    if isinstance(value, np.generic) and type(value).__module__ == "numpy":
        if isinstance(value, np.str_):
            return str.__str__(value)
        if value.dtype.kind in "biufc":
            return ["scalar", value.dtype.str, value.tobytes().hex()]
    torch = sys.modules.get("torch")
    if torch is not None and _is_plain_tensor(torch, value):
        return _pack_tensor(value, into)
    if into.generators and type(value) is np.random.Generator:
        state = value.bit_generator.state
        return ["generator", pack(_plain_state(state), into, refuse, 1)]
    if into.generators and torch is not None and type(value) is torch.Generator:
        return ["torch_generator", into.add(value.get_state().numpy().tobytes())]
    return unusual(value)


def _is_plain_tensor(torch: Any, value: Any) -> bool:
    if type(value) not in (torch.Tensor, torch.nn.Parameter):
        return False
    return value.device.type == "cpu" and value.layout is torch.strided


def _buffer(array: np.ndarray, into: Packed) -> int:
    if array.nbytes > MAX_PAYLOAD:
        raise WireError(f"more than {MAX_PAYLOAD >> 20} MB of data in one value")
    return into.add(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)


def _pack_tensor(value: Any, into: Packed) -> list[Any]:
    torch = sys.modules["torch"]
    plain = value.detach()
    if plain.dtype is torch.bfloat16:
        return ["tensor", "bfloat16", pack(plain.view(torch.int16).numpy(), into, refuse, 1)]
    return ["tensor", "", pack(plain.numpy(), into, refuse, 1)]


def _plain_state(state: Any) -> Any:
    if isinstance(state, dict):
        return {str(k): _plain_state(v) for k, v in state.items()}
    return state if isinstance(state, (int, str, np.ndarray)) else int(state)


class Unpacker:
    """Rebuild values from a frame.

    Args:
        special: the caller's own tags and their meaning.
        generators: whether random generators are taken. A forged state could make NumPy read
            beyond its memory, so the judge takes none.
    """

    def __init__(
        self,
        payload: bytearray,
        lengths: list[int],
        special: dict[str, Callable[..., Any]],
        *,
        generators: bool = False,
    ) -> None:
        self._parts: list[memoryview | None] = list(_split(payload, lengths))
        self._special, self._generators = special, generators
        self._nodes = 0
        self.arrays: list[np.ndarray] = []

    def unpack(self, item: Any) -> Any:
        """Rebuild one value.

        Raises:
            WireError: whatever is wrong with it.
        """
        try:
            return self._unpack(item, 0)
        except (TypeError, ValueError, KeyError, IndexError, OverflowError) as error:
            raise WireError("not a value") from error
        except (AttributeError, RecursionError, MemoryError) as error:
            raise WireError("not a value") from error

    def _unpack(self, item: Any, depth: int) -> Any:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireError("a value is nested too deeply or has too many parts")
        if item is None or type(item) in (bool, int, float, str):
            return item
        if type(item) is not list or not item or type(item[0]) is not str:
            raise WireError("not a value")
        tag, *rest = item
        if tag in self._special:
            return self._special[tag](*rest)
        method = getattr(self, f"_{tag}", None) if tag in _TAGS else None
        if method is None:
            raise WireError(f"unknown tag {tag[:20]!r}")
        return method(depth + 1, *rest)

    def _each(self, depth: int, items: Any) -> list[Any]:
        if type(items) is not list:
            raise WireError("not a sequence")
        return [self._unpack(v, depth) for v in items]

    def _list(self, depth: int, items: Any) -> list[Any]:
        return self._each(depth, items)

    def _tuple(self, depth: int, items: Any) -> tuple[Any, ...]:
        return tuple(self._each(depth, items))

    def _set(self, depth: int, items: Any) -> set[Any]:
        return set(_hashable(self._each(depth, items)))

    def _frozenset(self, depth: int, items: Any) -> frozenset[Any]:
        return frozenset(_hashable(self._each(depth, items)))

    def _dict(self, depth: int, pairs: Any) -> dict[Any, Any]:
        if type(pairs) is not list or any(type(p) is not list or len(p) != 2 for p in pairs):
            raise WireError("not a mapping")
        keys = _hashable([self._unpack(k, depth) for k, _ in pairs])
        return dict(zip(keys, (self._unpack(v, depth) for _, v in pairs), strict=True))

    def _int(self, depth: int, text: Any) -> int:
        if type(text) is not str or len(text) > MAX_INT_BITS // 4 + 4:
            raise WireError("not an integer")
        return int(text, 16)

    def _complex(self, depth: int, real: Any, imaginary: Any) -> complex:
        return complex(float(real), float(imaginary))

    def _bytes(self, depth: int, index: Any) -> bytes:
        return bytes(self._part(index))

    def _array(self, depth: int, dtype: Any, shape: Any, index: Any) -> np.ndarray:
        kind, part = _dtype(dtype), self._part(index)
        if type(shape) is not list or len(shape) > 32:
            raise WireError("not a shape")
        count = 1
        for side in shape:
            if type(side) is not int or side < 0:
                raise WireError("not a shape")
            count *= side
        if count * kind.itemsize != len(part):
            raise WireError("shape and data disagree")
        array = np.frombuffer(part, dtype=kind).reshape(shape)
        self.arrays.append(array)
        return array

    def _same(self, depth: int, index: Any) -> np.ndarray:
        if type(index) is not int or not 0 <= index < len(self.arrays):
            raise WireError("no such array")
        return self.arrays[index]

    def _scalar(self, depth: int, dtype: Any, digits: Any) -> Any:
        kind, part = _dtype(dtype), bytes.fromhex(digits)
        if kind.itemsize != len(part):
            raise WireError("not a scalar")
        return np.frombuffer(part, dtype=kind)[0]

    def _tensor(self, depth: int, name: Any, array: Any) -> Any:
        torch = _loaded_torch()
        values = self._unpack(array, depth)
        if type(values) is not np.ndarray or name not in ("", "bfloat16"):
            raise WireError("not a tensor")
        tensor = torch.from_numpy(values)
        return tensor.view(torch.bfloat16) if name else tensor

    def _generator(self, depth: int, state: Any) -> np.random.Generator:
        values = self._unpack(state, depth)
        if not self._generators:
            raise WireError("a generator does not come from there")
        name = values.get("bit_generator") if type(values) is dict else None
        if name not in ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"):
            raise WireError("not a generator")
        generator = np.random.Generator(getattr(np.random, name)(0))
        generator.bit_generator.state = values
        return generator

    def _torch_generator(self, depth: int, index: Any) -> Any:
        torch = _loaded_torch()
        if not self._generators:
            raise WireError("a generator does not come from there")
        generator = torch.Generator()
        generator.set_state(torch.frombuffer(bytearray(self._part(index)), dtype=torch.uint8))
        return generator

    def _part(self, index: Any) -> memoryview:
        if type(index) is not int or not 0 <= index < len(self._parts):
            raise WireError("no such buffer")
        part, self._parts[index] = self._parts[index], None
        if part is None:
            raise WireError("a buffer is used twice")  # one buffer could become a thousand copies
        return part


_PLAIN_TAGS = {"list", "tuple", "set", "frozenset", "dict", "int", "complex", "bytes"}
_TAGS = _PLAIN_TAGS | {"array", "same", "scalar", "tensor", "generator", "torch_generator"}


def _loaded_torch() -> Any:
    if "torch" not in sys.modules:
        raise WireError("no tensors in this assignment")  # nobody makes the judge import torch
    return sys.modules["torch"]


def _dtype(text: Any) -> np.dtype:
    if type(text) is not str or not _DTYPE.match(text):
        raise WireError("not a numeric dtype")
    try:
        return np.dtype(text)
    except TypeError as error:
        raise WireError("not a numeric dtype") from error


def _split(payload: bytearray, lengths: list[int]) -> list[memoryview]:
    if type(lengths) is not list or len(lengths) > MAX_BUFFERS:
        raise WireError("not a list of lengths")
    if any(type(n) is not int or n < 0 for n in lengths):
        raise WireError("not a list of lengths")
    if sum(lengths) != len(payload):
        raise WireError("lengths and payload disagree")
    view, start, parts = memoryview(payload), 0, []
    for length in lengths:
        parts.append(view[start : start + length])
        start += length
    return parts


def _hashable(keys: list[Any]) -> list[Any]:
    # Numbers hash to values one can choose: thousands of colliding keys would stall the judge.
    try:
        hashes = collections.Counter(map(hash, keys))
    except TypeError as error:
        raise WireError("a key is not hashable") from error
    if hashes and max(hashes.values()) > MAX_SAME_HASH:
        raise WireError("too many keys with one hash")
    return keys
