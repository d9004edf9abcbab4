"""What single fields of course.yml may hold: moments, names, modules, packages, rules."""

from __future__ import annotations

import keyword
import re
from datetime import datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ValidationInfo,
    WithJsonSchema,
)

from autograder.course.clock import moment_of

_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)
_MOMENT = r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?( ?(Z|[+-]\d\d:\d\d))?$"


def _moment(value: object, info: ValidationInfo) -> object:
    """A date and time; one without an offset is in the course's time zone."""
    if not isinstance(value, str) or not re.match(_MOMENT, value):
        return value  # pydantic accepts an aware datetime and refuses the rest
    moment = datetime.fromisoformat(value.replace(" +", "+").replace(" -", "-").replace(" Z", "Z"))
    zone = (info.context or {}).get("zone")
    return moment_of(moment, zone) if moment.tzinfo is None and zone else moment


def _forbidden(entry: str) -> str:
    if entry != "@" and not _DOTTED.fullmatch(entry):
        raise ValueError(f'`{entry}` is neither "@" nor a name such as np.dot')
    return entry


def _name(name: str) -> str:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise ValueError(f"`{name}` is not the name of a function or class")
    return name


def _module(name: str) -> str:
    if not _DOTTED.fullmatch(name):
        raise ValueError(f"`{name}` is not the name of a module, such as scipy")
    return name


def _package(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", name):
        message = f"`{name}` is not the name of a package; its version stands in constraints.txt"
        raise ValueError(message)
    return name


Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "pattern": _MOMENT}),
]
Name = Annotated[str, AfterValidator(_name)]
Forbidden = Annotated[str, AfterValidator(_forbidden)]
Module = Annotated[str, AfterValidator(_module)]
Package = Annotated[str, AfterValidator(_package)]
