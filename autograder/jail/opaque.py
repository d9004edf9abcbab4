"""What stands in the judge for an object that stays in the jail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol


class Asking(Protocol):
    """The connection on which the jail is asked about its object."""

    def request(self, header: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The jail's answer, or what it raised."""


class Opaque:
    """Something of the student's that is not a plain value: it stays in the jail.

    It can be called, combined with arithmetic, and passed back. It refuses to be compared, counted
    or taken for true, so a student's `__eq__` or `__bool__` decides nothing.
    """

    __slots__ = ("_conversation", "_number", "is_callable", "type_name")
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self, conversation: Asking, number: int, type_name: str, is_callable: bool
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


class OpaqueTuple(Opaque):
    """A named tuple of the student's, of NumPy's or of torch's: it can be unpacked as the tuple
    that it is, and passed back as the object that it is. Each item is asked for once.
    """

    __slots__ = ("_items", "_length")
    MAX_LENGTH = 64

    def __init__(self, conversation: Asking, number: int, type_name: str, length: int) -> None:
        super().__init__(conversation, number, type_name, is_callable=False)
        self._length = length
        self._items: tuple[Any, ...] | None = None

    def _read(self) -> tuple[Any, ...]:
        if self._items is None:
            self._items = tuple(self._operate("getitem", self, i) for i in range(self._length))
        return self._items

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Any]:
        return iter(self._read())

    def __getitem__(self, index: Any) -> Any:
        return self._read()[index]


Sequence.register(OpaqueTuple)


def _forward(name: str) -> Callable[..., Any]:
    return lambda self, *args: self._operate(name, self, *args)


def _reverse(name: str) -> Callable[..., Any]:
    return lambda self, other: self._operate(name, other, self)


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    setattr(Opaque, f"__{_name}__", _forward(_name))
    setattr(Opaque, f"__r{_name}__", _reverse(_name))
for _name in ("neg", "pos", "abs", "getitem"):
    setattr(Opaque, f"__{_name}__", _forward(_name))
