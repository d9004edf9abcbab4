"""What a notebook offers without an import, where nobody looks: all is there and does nothing.

`display`, `get_ipython()`, `In`, `Out`, `_`, `grader`, `await` at the top; and what must not wait
for somebody at a keyboard, `input()` and `breakpoint()`, says so instead.
"""

from __future__ import annotations

import builtins
import contextlib
import sys
import time
import types
from collections.abc import Coroutine, Iterator
from typing import Any

from autograder.jail import processes


class Nothing:
    """Takes everything, gives itself, and is empty: a shell without a notebook."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def __getitem__(self, key: Any) -> Any:
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *exc: object) -> None:
        pass


def display(*objects: Any, **options: Any) -> Any:
    """Show nothing."""
    return Nothing() if options.get("display_id") else None


def get_ipython() -> Any:
    """A shell whose magics do nothing."""
    return Nothing()


def _nobody_types(prompt: object = "", /) -> str:
    raise EOFError("input() waits for somebody to type, and while a file is judged nobody does")


def _nobody_debugs(*args: Any, **kwargs: Any) -> None:
    raise RuntimeError("a forgotten breakpoint() is in the code")


def names() -> dict[str, Any]:
    """What stands in a notebook's namespace before anything has run."""
    return {"In": [""], "Out": {}, "_": "", "__": "", "___": "", "grader": Nothing()}


def stand_in() -> types.ModuleType:
    """For the modules of `grader`, ours and Otter's: there `grader.check(…)` does nothing."""
    fake = types.ModuleType("otter")
    fake.Notebook = Nothing()  # type: ignore[attr-defined]
    return fake


_SHOWN = {"display": display, "get_ipython": get_ipython}
_STAND_INS = ("otter", "autograder.notebook")


def install() -> None:
    """Offer all of it in this process for good."""
    for name, value in _SHOWN.items():
        setattr(builtins, name, value)
    builtins.input = _nobody_types
    sys.breakpointhook = _nobody_debugs
    sys.modules.update(dict.fromkeys(_STAND_INS, stand_in()))


@contextlib.contextmanager
def installed(*, loading: bool) -> Iterator[None]:
    """Offer it for a while, and put back what was there.

    Args:
        loading: whether a file is run, whose own `grader` is to do nothing.
    """
    before = {name: vars(builtins).get(name) for name in (*_SHOWN, "input")}
    hook, modules = sys.breakpointhook, {name: sys.modules.get(name) for name in _STAND_INS}
    install()
    if not loading:
        _put_back(modules)
    try:
        with processes.refused():
            yield
    finally:
        sys.breakpointhook = hook
        for name, value in before.items():
            if value is None:
                vars(builtins).pop(name, None)
            else:
                setattr(builtins, name, value)
        if loading:
            _put_back(modules)


def _put_back(modules: dict[str, types.ModuleType | None]) -> None:
    for name, module in modules.items():
        if module is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = module


def wait_for(coroutine: Coroutine[Any, Any, Any]) -> None:
    """Run what `await` at the top of a cell has made of the cell.

    The event loop watches no sockets, of which a jail has none.
    """
    import asyncio  # not at the top: few need it, and every check would wait for it

    class Loop(asyncio.BaseEventLoop):
        def __init__(self) -> None:
            super().__init__()
            self._selector = self

        def select(self, timeout: float | None) -> list[Any]:
            time.sleep(min(0.01 if timeout is None else timeout, 0.01))
            return []

        def _process_events(self, events: list[Any]) -> None:
            pass

        def _write_to_self(self) -> None:
            pass

    loop = Loop()
    try:
        loop.run_until_complete(coroutine)
    finally:
        with contextlib.suppress(Exception):
            loop.close()
