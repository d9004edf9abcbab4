"""One submission on its way through the test cases: loading, forks, rules, budget of time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from autograder import course
from autograder.course import Assignment
from autograder.jail.client import Conversation, Jail, JailBroken, Loaded, Stopped, Worker
from autograder.jail.confine import Limits
from autograder.remote import RemoteStudent, RuleBroken
from autograder.results import Outcome
from autograder.student import CheckFailed, StudentError
from autograder.submission import Submission

CallCase = Callable[[dict[str, Any]], None]


def worker_limits(limits: course.Limits) -> Limits:
    """The limits that the kernel keeps for one worker."""
    return Limits(
        cpu_seconds=int(limits.submission_seconds) + 1,
        memory_mb=limits.memory_mb,
        output_kb=limits.output_kb,
        scratch_mb=limits.scratch_mb,
    )


@dataclass
class Attempt:
    """One submission on its way through the test cases, with its budget of time.

    Attributes:
        unloadable: why nothing can be judged, or "".
        broken: question → the sentence about the rule that its source breaks.
    """

    jail: Jail
    assignment: Assignment
    files: dict[str, bytes]
    submission: Submission
    unloadable: str = ""
    broken: dict[str, str] = field(default_factory=dict)
    loaded: Loaded = field(default_factory=Loaded)
    incidents: list[str] = field(default_factory=list)
    _worker: Worker | None = None
    _spent: float = 0.0

    def __enter__(self) -> Attempt:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End the submission's processes."""
        if self._worker is not None:
            self._worker.close()

    def run(self, question: str, call_case: CallCase) -> tuple[Outcome, str]:
        """Run one test case in a fresh fork of the submission.

        Args:
            call_case: calls the case's function with parameters taken from the given environment.

        Returns:
            What became of it, and the reason if it did not pass.
        """
        worker = self._ready()
        if self.unloadable:
            return Outcome.UNJUDGED, self.unloadable
        if worker is None:
            return Outcome.STOPPED, self._out_of_time()
        if question in self.broken:
            return Outcome.RULE, self.broken[question]
        limits = self.assignment.limits
        seconds = min(limits.case_seconds, limits.submission_seconds - self._spent)
        with self._clock(), worker.case(min(limits.call_seconds, seconds), seconds) as talk:
            rules = self.assignment.questions[question].forbid
            return self._run(talk, call_case, question, rules)

    def _run(
        self, talk: Conversation, call_case: CallCase, question: str, rules: list[str]
    ) -> tuple[Outcome, str]:
        student = RemoteStudent(talk)
        outcome, message = Outcome.PASSED, ""
        try:
            student.obey(question, rules)
            call_case(_Environment(student))
        except Stopped:
            pass
        except JailBroken:
            raise
        except NotImplementedError as error:
            outcome, message = Outcome.UNWRITTEN, getattr(error, "message", str(error))
        except RuleBroken as error:
            outcome, message = Outcome.RULE, str(error)
        except (CheckFailed, StudentError) as error:
            outcome, message = Outcome.FAILED, str(error)
        except Exception as error:  # the test could not use what came back
            message = f"what your code returned cannot be used here ({type(error).__name__})"
            outcome = Outcome.FAILED
        if talk.stopped:  # also if the test itself has caught it
            self.incidents.append(talk.stopped)
            return Outcome.STOPPED, talk.stopped
        return outcome, message

    def _ready(self) -> Worker | None:
        """A worker with the submission loaded; None once the budget is spent."""
        if self._worker is not None and self._worker.usable:
            return self._worker if not self._budget_spent() else None
        if self.unloadable or self._budget_spent():
            return None
        if self._worker is not None:
            self._worker.close()
        self._worker = self.jail.worker(worker_limits(self.assignment.limits))
        with self._clock():
            self._load_into(self._worker)
        return self._worker

    def _load_into(self, worker: Worker) -> None:
        assignment, submission = self.assignment, self.submission
        order = {
            "source": submission.source,
            "kind": submission.kind,
            "slug": assignment.slug,
            "asked": {key: q.names for key, q in assignment.questions.items()},
            "forbid": {key: q.forbid for key, q in assignment.questions.items()},
            "forbid_imports": assignment.forbid_imports,
            "files": {**submission.files, **self.files},
        }
        limits = assignment.limits
        seconds = min(limits.load_seconds, limits.submission_seconds - self._spent)
        try:
            loaded = worker.load(order, seconds)
        except Stopped as stopped:
            self.unloadable = f"Nothing can be graded. While your file was loaded: {stopped}"
            return
        self._note(loaded)

    def _note(self, loaded: Loaded) -> None:
        self.loaded = loaded
        asked = {n for q in self.assignment.questions.values() for n in q.names}
        if loaded.unreadable:
            self.unloadable = loaded.unreadable
        elif loaded.foreign:
            module, where = loaded.foreign
            self.unloadable = f"`{module}` must not be imported in this assignment ({where})."
        elif asked and not asked & loaded.names:
            slug = self.assignment.slug
            text = f"Nothing that `{slug}` asks for is defined in this file."
            self.unloadable = loaded.problem or f"{text} Is it another assignment's file?"
        for question, rule, where in loaded.violations or []:
            self.broken.setdefault(question, f"{question} must not use `{rule}` ({where}).")

    def _budget_spent(self) -> bool:
        return self._spent >= self.assignment.limits.submission_seconds

    def _out_of_time(self) -> str:
        seconds = self.assignment.limits.submission_seconds
        return f"Your submission has used up its {seconds:g} seconds."

    @contextmanager
    def _clock(self) -> Iterator[None]:
        start = time.monotonic()
        try:
            yield
        finally:
            self._spent += time.monotonic() - start


class _Environment(dict[str, Any]):
    """What Otter takes a test case's parameters from: any name leads to the student's code."""

    def __init__(self, student: RemoteStudent) -> None:
        from autograder.checks import STUDENT

        super().__init__({STUDENT: student, "student": student})
        self._student = student

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self else self._student.function(key)
