"""The student's code as a grader reaches it: in a jail, over the wire.

Offers test cases the same interface as `autograder.testing.student.LocalStudent`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import CodeType
from typing import Any

from autograder.jail.conversation import Conversation
from autograder.jail.errors import Missing, Raised
from autograder.testing.student import (
    CheckFailed,
    describe_call,
    describe_probe,
    names_wanted,
    not_callable,
    not_defined,
    note_call,
    note_change,
    probe_source,
    student_error,
)

# A probe inside a test case is another function at each run, but of the same code. By identity:
# equal code may still have other defaults.
_sources: dict[int, tuple[CodeType, str]] = {}


class RuleBroken(CheckFailed):
    """The student's code used something that the question forbids."""


class RemoteStudent:
    """A `Student` for one test case, on one conversation with the jail."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._call = ""
        conversation.translate = self._translate  # also for calls of opaque objects
        conversation.changed = note_change

    def function(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._call = describe_call(name, args, kwargs)
            note_call(self._call)
            return self._conversation.request({"k": "call", "name": name}, args, kwargs)

        call.__name__ = name
        return call

    def __call__(self, probe: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        signature = inspect.signature(probe)
        given = signature.bind_partial(*args, **kwargs).arguments
        wanted = names_wanted(signature, given)
        header = {
            "k": "probe",
            "source": _source(probe),
            "name": probe.__name__,
            "wanted": wanted,
        }
        self._call = ""
        note_call(lambda: describe_probe(probe, given))
        return self._conversation.request(header, (), dict(given))

    def _translate(self, error: Raised | Missing) -> Exception:
        if isinstance(error, Missing):
            if error.kind:
                return CheckFailed(not_callable(error.name, error.kind))
            return CheckFailed(not_defined(error.name))
        if error.kind == "rule":
            return RuleBroken(f"{error.message}\n  {error.where}".strip())
        if error.kind == "result":
            what = f"{self._call}\nwhat it returned cannot be judged: {error.message}"
            return CheckFailed(what.strip())
        return student_error(error.type_name, error.message, error.where, self._call)


def _source(probe: Callable[..., Any]) -> str:
    code = getattr(probe, "__code__", None)
    if not isinstance(code, CodeType):
        return probe_source(probe)
    if id(code) not in _sources:
        _sources[id(code)] = code, probe_source(probe)
    return _sources[id(code)][1]
