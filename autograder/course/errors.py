"""From pydantic's errors to one sentence: which field of course.yml, and what is allowed there."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from autograder.course.yaml_lines import YamlDocument

Path = tuple[str | int, ...]


class FieldError(ValueError):
    """A validator's complaint about one entry of its mapping, whose line is to be shown."""

    def __init__(self, message: str, entry: Path) -> None:
        super().__init__(message)
        self.entry = entry


def sentence(
    model: type[BaseModel], error: ValidationError, document: YamlDocument
) -> tuple[int, str]:
    """Line and text (without full stop) of the mistake that is best fixed first."""
    details = min(error.errors(), key=lambda d: (_rank(d, document), document.line(_place(d))))
    return document.line(_place(details)), _problem(model, details)


def _rank(details: ErrorDetails, document: YamlDocument) -> int:
    """A misspelt field explains a missing one; what was written comes before what was not."""
    if details["type"] == "extra_forbidden":
        return 0
    return 1 if document.has(_place(details)) else 2


def _place(details: ErrorDetails) -> Path:
    """Where in the file the mistake is: also the entry that a validator pointed at."""
    path = tuple(part for part in details["loc"] if part != "[key]")
    cause = details.get("ctx", {}).get("error")
    return path + cause.entry if isinstance(cause, FieldError) else path


def _problem(model: type[BaseModel], details: ErrorDetails) -> str:
    path = _place(details)
    kind, where = details["type"], _dotted(path)
    if kind == "extra_forbidden":
        allowed = ", ".join(_fields(_annotation(model, path[:-1])))
        return f"`{where}` is not a field; allowed here: {allowed}"
    if kind == "missing":
        owner = f"`{_dotted(path[:-1])}`" if path[:-1] else "the course"
        return f"{owner} has no field `{path[-1]}`: {_allowed(model, path)}"
    if kind == "value_error":
        return f"`{where}`: {details['ctx']['error']}"
    value = details["input"]
    shown = "empty" if value is None or value in ("", [], {}) else _short(value)
    return f"`{where}` is {shown}, but must be {_allowed(model, path)}"


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


def _short(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _allowed(model: type[BaseModel], path: Path) -> str:
    """What is allowed at `path`: the description of the field, or the fields of a mapping."""
    parent = _annotation(model, path[:-1])
    if _is_model(parent) and path[-1] in parent.model_fields:
        description: str | None = parent.model_fields[str(path[-1])].description
        if description:
            return description
    here = _annotation(model, path)
    if _is_model(here):
        return f"a mapping with the fields {', '.join(_fields(here))}"
    return _allowed(model, path[:-1]) if len(path) > 1 else "what the course's schema allows"


def _annotation(model: type[BaseModel], path: Path) -> Any:
    """The type at a path: fields of models, values of dicts, items of lists."""
    here: Any = model
    for part in path:
        if _is_model(here):
            field = here.model_fields.get(str(part))
            here = field.annotation if field else None
        else:
            here = (get_args(here) or (None,))[-1]
        if get_origin(here) in (Union, types.UnionType):
            here = next(arm for arm in get_args(here) if arm is not type(None))
    return here


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _fields(annotation: Any) -> list[str]:
    """Names that may be written there: not an assignment's slug, which is its key, nor `terms`."""
    return [name for name in annotation.model_fields if name not in ("slug", "terms")]
