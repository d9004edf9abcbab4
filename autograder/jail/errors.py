"""What can become of a request to the jail besides a value."""

from __future__ import annotations

from typing import Any

from autograder.ground.text import printable


class JailBroken(Exception):
    """The jail itself does not work on this host. Not the student's fault."""


class Stopped(Exception):
    """The worker was stopped or stopped itself. The message is for the student."""


class Raised(Exception):
    """The student's code raised an exception; what is known of it is plain text."""

    def __init__(self, kind: str, type_name: str, message: str, where: str) -> None:
        super().__init__(message)
        self.kind, self.type_name, self.message, self.where = kind, type_name, message, where


class Missing(Exception):
    """The submission lacks a name (`kind` is "") or the name is not callable."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name)
        self.name, self.kind = name, kind


def clean(text: Any) -> str:
    """Text from the jail, fit to be shown: no control characters, no lone surrogates, not long."""
    return printable(str(text)[:1000])
