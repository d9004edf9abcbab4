"""One submission on its way through the test cases: loading, forks, rules, budget of time."""

from __future__ import annotations

import errno
import re
import signal
import threading
import time
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from autograder.course import model as course
from autograder.course import modules
from autograder.course.model import Assignment
from autograder.grading.memory import TooMuchMemory, bounded_memory
from autograder.grading.remote import RemoteStudent, RuleBroken
from autograder.grading.results import Outcome
from autograder.grading.turns import Turns
from autograder.jail.client import Jail
from autograder.jail.confine import Limits
from autograder.jail.conversation import Conversation, Time
from autograder.jail.errors import JailBroken, Stopped
from autograder.jail.loader import nothing_asked
from autograder.jail.orders import Loaded, LoadOrder
from autograder.jail.remote_worker import Worker
from autograder.submissions.read import Submission
from autograder.testing.stopwatch import turns_of
from autograder.testing.student import CheckFailed, StudentError, last_call
from autograder.testing.words import unusable

# A full disk, no more descriptors: of the grader, whatever the student's code did.
_OURS = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.EIO,
    errno.EROFS,
}

CallCase = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Verdict:
    """What became of one test case.

    Attributes:
        message: why it did not pass; may hold words of the student's code.
        safe: the same in our own words only. A hidden case may say nothing else, for its inputs
            could be in everything that comes from the student's process.
        trouble: for staff: exception, file and line where the test itself failed.
    """

    outcome: Outcome
    message: str = ""
    safe: str = ""
    trouble: str = ""


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

    The submission is loaded once per set of rules: what a question forbids is taken away before
    any student code runs. Public and hidden cases never share a worker, so nothing that a hidden
    case showed to the student's code can come back in a public message.

    Attributes:
        questions: whose rules are looked for in the source.
        unloadable: why nothing can be judged, or "".
        broken: question → the sentence about the rule that its source breaks.
        loaded: what the first load said.
    """

    jail: Jail
    assignment: Assignment
    files: dict[str, bytes]
    submission: Submission
    questions: Collection[str]
    unloadable: str = ""
    broken: dict[str, str] = field(default_factory=dict)
    loaded: Loaded | None = None
    _workers: dict[tuple[str, ...], Worker] = field(default_factory=dict)
    turns: Turns = field(default_factory=Turns)
    _hidden: bool = False
    _spent: float = 0.0

    def __enter__(self) -> Attempt:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End the submission."""
        self._end_workers()
        self.turns.close()

    def _end_workers(self) -> None:
        while self._workers:
            self._workers.popitem()[1].close()

    @property
    def problem(self) -> str:
        """What went wrong when the submission was loaded, or ""."""
        return self.unloadable or (self.loaded.problem if self.loaded else "")

    @property
    def exhausted(self) -> bool:
        """Whether the budget of time is used up."""
        return self._spent >= self.assignment.limits.submission_seconds

    @property
    def used(self) -> float:
        """Seconds of its budget that are used up."""
        return self._spent

    def run(
        self, question: str, call_case: CallCase, *, hidden: bool, free: bool = False
    ) -> Verdict:
        """Run one test case in a fresh fork of the submission.

        Args:
            question: whose rules hold; none hold for "".
            call_case: calls the case's function with parameters taken from the given environment.
            free: its time is not counted.
        """
        if hidden != self._hidden:
            self._end_workers()
            self._hidden = hidden
        if self.loaded is None and not self.unloadable:
            self._worker(())  # the first load, of the untouched interpreter, is what counts
        if self.unloadable:
            return Verdict(Outcome.UNJUDGED, self.unloadable, self.unloadable)
        if question in self.broken:
            return Verdict(Outcome.RULE, self.broken[question], self.broken[question])
        limits = self.assignment.limits
        rules = self.assignment.questions[question].forbid if question else []
        if self.exhausted:
            return _stopped(self._used_up)
        try:
            worker = self._worker(tuple(rules))
        except Stopped as stopped:
            return _stopped(str(stopped))
        seconds = min(limits.case_seconds, limits.submission_seconds - self._spent)
        before = self._spent
        try:
            with (
                self._own_time(),
                self.turns.together(),
                _alarm(seconds + 3),  # after all limits that the student's code can meet
                worker.case(self._time(seconds)) as talk,
            ):
                try:
                    return self._run(talk, worker, call_case, question, rules)
                finally:
                    self._spent += talk.used()
        except Stopped as stopped:
            return _stopped(str(stopped))
        finally:
            if free:
                self._spent = before

    def _run(
        self,
        talk: Conversation,
        worker: Worker,
        call_case: CallCase,
        question: str,
        rules: list[str],
    ) -> Verdict:
        verdict = Verdict(Outcome.PASSED)
        try:
            with (
                turns_of(self.turns.alone, worker.still, talk.processor),
                bounded_memory(self.assignment.limits.memory_mb),
                warnings.catch_warnings(),
            ):
                warnings.simplefilter("ignore")  # NumPy's, of a test that meets a student's NaN
                call_case(_Environment(RemoteStudent(talk)))
        except TooMuchMemory as error:
            talk.stopped = talk.stopped or str(error)
        except Stopped as stopped:
            talk.stopped = talk.stopped or str(stopped)
        except JailBroken:
            raise
        except NotImplementedError as error:
            text = str(getattr(error, "message", error))
            verdict = Verdict(Outcome.UNWRITTEN, text, "Not written yet.")
        except RuleBroken as error:
            verdict = Verdict(Outcome.RULE, f"{question}: {error}", _rule(question, rules, error))
        except (CheckFailed, StudentError) as error:
            verdict = Verdict(Outcome.FAILED, str(error))
        except Exception as error:  # the test could not use what came back
            if isinstance(error, OSError) and error.errno in _OURS:
                raise JailBroken(f"the grader itself cannot go on: {error.strerror}") from None
            what = f"{type(error).__name__}: {error}"
            said = unusable(error, what)
            text = f"{last_call()}\n{said}" if last_call() else said
            verdict = Verdict(Outcome.FAILED, text, trouble=f"{what} ({place_in_tests(error)})")
        if talk.broken:  # the test itself may have caught it
            raise talk.broken
        # Also if the test itself has caught the exception:
        return _stopped(talk.stopped) if talk.stopped else verdict

    def _worker(self, rules: tuple[str, ...]) -> Worker:
        """A worker with the submission loaded under these rules.

        Raises:
            Stopped: if it could be loaded before, but not now.
        """
        worker = self._workers.get(rules)
        if worker is not None and worker.usable:
            return worker
        if worker is not None:
            worker.close()
        worker = self._workers[rules] = self.jail.worker(worker_limits(self.assignment.limits))
        first = self.loaded is None
        try:
            loaded = self._load_into(worker, rules)
        except Stopped as stopped:
            if not first:
                raise
            sentence = f"Nothing can be graded. While your file was loaded: {stopped}"
            self.unloadable = sentence
            return worker
        finally:
            self._spent += worker.used
        if first:
            self._note(loaded)
        return worker

    def _load_into(self, worker: Worker, rules: tuple[str, ...]) -> Loaded:
        assignment, submission = self.assignment, self.submission
        first = self.loaded is None  # what the source says is known from then on
        asked = {k: q for k, q in assignment.questions.items() if first and k in self.questions}
        beside = {**submission.files, **self.files}
        own = {name.partition("/")[0].partition(".")[0] for name in beside}
        order = LoadOrder(
            submission.source,
            assignment.slug,
            submission.kind,
            asked={key: q.names for key, q in asked.items()},
            forbid={key: q.forbid for key, q in asked.items()},
            foreign=assignment.forbid_imports if first else [],
            rules=list(rules),
            forbid_imports=assignment.forbid_imports,
            allowed=sorted(modules.allowed(assignment) | own),
            loadable=sorted(modules.loadable(assignment) | own),
            files=beside,
        )
        limits = assignment.limits
        seconds = min(limits.load_seconds, limits.submission_seconds - self._spent)
        over = self._used_up if seconds < limits.load_seconds else ""
        return worker.load(order, seconds, over)

    def _note(self, loaded: Loaded) -> None:
        self.loaded = loaded
        asked = {n for q in self.assignment.questions.values() for n in q.names}
        if loaded.unreadable:
            self.unloadable = loaded.unreadable
        elif loaded.foreign:
            module, where = loaded.foreign
            self.unloadable = f"`{module}` must not be imported in this assignment ({where})."
        elif asked and not asked & loaded.names:
            self.unloadable = loaded.problem or nothing_asked(self.assignment.slug)
        if loaded.threads and not loaded.problem:
            loaded.problem = (
                "Threads run on after your file is loaded: each test case loads it anew."
            )
        for question, rule, where in loaded.violations or []:
            self.broken.setdefault(question, f"{question} must not use `{rule}` ({where}).")

    def _time(self, seconds: float) -> Time:
        """The limits of a case, for which so many seconds are left of all budgets."""
        limits = self.assignment.limits
        whole = seconds < limits.case_seconds
        over = self._used_up if whole else f"{_LONG} {limits.case_seconds:g} seconds."
        return Time(seconds, limits.call_seconds, over)

    @property
    def _used_up(self) -> str:
        return f"Its {self.assignment.limits.submission_seconds:g} seconds are used up."

    @contextmanager
    def _own_time(self) -> Iterator[None]:
        """What the judge computes on a case counts too: the submission has made it look at that."""
        start = time.process_time()
        try:
            yield
        finally:
            self._spent += time.process_time() - start


_LONG = "Your code ran, in this test case, for more than"


def place_in_tests(error: BaseException) -> str:
    """The innermost line of a test file that an exception came through: `hidden/q1.py, line 12`."""
    place, trace = "outside of the test file", error.__traceback__
    while trace is not None:
        file = re.fullmatch(r"<((?:public|hidden)/q\d+\.py)>", trace.tb_frame.f_code.co_filename)
        if file:
            place = f"{file[1]}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _stopped(why: str) -> Verdict:
    return Verdict(Outcome.STOPPED, why, why)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """End the judge's own work on a case too: what comes back may be slow to look at. Counted is
    this process's own processor time.

    Only in a process's main thread, where Python delivers signals.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGPROF"):
        yield
        return

    def late(number: int, frame: object) -> None:
        raise Stopped("What your code returned took too long to look at.")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _rule(question: str, rules: list[str], error: RuleBroken) -> str:
    """The rule that was broken, in our own words: only a name from the list is repeated."""
    named = next((rule for rule in rules if f"`{rule}`" in str(error)), None)
    return f"{question} must not use " + (f"`{named}`." if named else "what it forbids.")


class _Environment(dict[str, Any]):
    """What Otter takes a test case's parameters from: any name leads to the student's code."""

    def __init__(self, student: RemoteStudent) -> None:
        from autograder.testing.checks import STUDENT

        super().__init__({STUDENT: student, "student": student})
        self._student = student

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self else self._student.function(key)
