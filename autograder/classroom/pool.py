"""Many submissions: a grader per core, each fed one submission at a time.

A grader that fails or is killed costs nobody anything: its submission goes to a fresh one. If it
takes one grader after the other with it, it is set aside by name, and the rest is graded.

What crosses between the judge's processes is JSON of typed results, and nothing of a student's
but bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, NamedTuple, TypeVar

from autograder.grading.choice import AnyBundle, AnyGrader, open_grader
from autograder.grading.doctor import require
from autograder.grading.results import Result
from autograder.ground.errors import UserError
from autograder.jail.errors import JailBroken
from autograder.jail.folder import remove_dead
from autograder.jail.layers import Layers, offered
from autograder.submissions.read import Submission

Key = TypeVar("Key")
AHEAD = 3  # submissions in memory per worker of a cluster: one in work, the next ones at hand
_GRACE = 0.7  # seconds for a grader that is to end at once; Ctrl-C answers within one
TRIES = 3  # graders that may end over one submission; and submissions in a row that end them

_ASKS, _READY, _RESULT, _BROKEN, _NO_START = "asks", "ready", "result", "broken", "no start"


class Task(NamedTuple):
    """A submission to be graded.

    Attributes:
        parts: which, by names such as `q3 (hidden)`; None is all.
    """

    submission: Submission
    parts: frozenset[str] | None = None


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def grade_all(
    tasks: Sequence[Task],
    bundle: AnyBundle,
    *,
    workers: int = 0,
    layers: Layers | None = None,
    unsafe: bool = False,
) -> list[Result]:
    """Grade every task and return the results in their order.

    Raises:
        UnsafeHost, JailBroken: as `stream` does.
    """
    found = stream(enumerate(tasks), bundle, workers=workers, layers=layers, unsafe=unsafe)
    results = dict(found)
    return [results[i] for i in range(len(tasks))]


def stream(
    tasks: Iterable[tuple[Key, Task]],
    bundle: AnyBundle,
    *,
    workers: int = 0,
    layers: Layers | None = None,
    unsafe: bool = False,
    aside: Callable[[Key, str], object] | None = None,
    stage: Callable[[str], object] = lambda what: None,
) -> Iterator[tuple[Key, Result]]:
    """Grade tasks as they come and give each result, with its task's key, when it is there.

    A task is taken from the iterator only when it is nearly its turn, so a class of any size needs
    the same memory.

    Args:
        workers: graders at work at one time; 0 is one per core.
        aside: told of a submission that ends every grader, and why; it has no result. Without it
            such a submission ends the run.
        stage: told what happens before the first result.

    Raises:
        UnsafeHost: the jail does not hold here.
        JailBroken: graders do not start, or end over one submission after the other.
    """
    if not unsafe:
        stage("checking the jail")
        require(layers or offered())
    stage("starting the graders")
    coming = iter(tasks)
    first = list(islice(coming, max(2, workers or cores())))
    tasks = chain(first, coming)
    if len(first) > 1:
        lanes = _Lanes(bundle, layers, unsafe, aside, stage)
        yield from lanes.run(tasks, min(len(first), workers or cores()))
        return
    with open_grader(bundle, layers=layers, unsafe=unsafe) as grader:
        stage("")
        for key, task in tasks:
            try:
                result = grader.grade(*task)
            except JailBroken as error:
                raise JailBroken(f"over `{task.submission.name}`: {error}") from None
            yield key, result


class _Lane(Generic[Key]):
    """A grader in a process of its own, with at most one submission at work.

    It is told the bundle when it asks: `start` would wait until the process has read it, one
    after the other for all graders, and for ever if it ends before it has.
    """

    def __init__(self, how: tuple[Any, ...]) -> None:
        self._how = how
        context = get_context("spawn")
        self.line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _no_interrupt():
            self._process.start()
        theirs.close()
        self.started = False
        self.work: tuple[Key, Task] | None = None

    def tell(self) -> None:
        self._send(self._how)

    def give(self, work: tuple[Key, Task]) -> None:
        self.work = work
        self._send(work[1])

    def _send(self, what: object) -> None:
        with contextlib.suppress(OSError):  # it has ended, which `answer` will say
            self.line.send(what)

    def answer(self) -> tuple[str, str]:
        """What it says next; that it is broken, if it has ended."""
        try:
            kind, text = json.loads(self.line.recv_bytes())
        except (EOFError, OSError):
            return _BROKEN, "the grader was killed, perhaps for want of memory"
        return kind, text

    def stop(self) -> None:
        """Ask it to leave what it is doing, and to clean up."""
        self._process.terminate()

    def end(self, *, at_once: bool) -> None:
        self.line.close()
        if at_once:
            self.stop()
            self._process.join(_GRACE)
            self._process.kill()
        self._process.join()


class _Lanes(Generic[Key]):
    """All graders of one run."""

    def __init__(
        self,
        bundle: AnyBundle,
        layers: Layers | None,
        unsafe: bool,
        aside: Callable[[Key, str], object] | None,
        stage: Callable[[str], object],
    ) -> None:
        self._how = bundle, layers, unsafe
        self._aside, self._stage = aside, stage
        self._lanes: list[_Lane[Key]] = []
        self._again: list[tuple[Key, Task]] = []  # what a grader ended over
        self._failures: Counter[Key] = Counter()
        self._in_a_row = 0  # submissions set aside, or graders that did not start
        self._ever_started = False

    def run(self, tasks: Iterable[tuple[Key, Task]], number: int) -> Iterator[tuple[Key, Result]]:
        coming, exhausted = iter(tasks), False
        try:
            self._lanes = [_Lane[Key](self._how) for _ in range(number)]
            while True:
                for lane in self._lanes:
                    if lane.started and lane.work is None:
                        work = self._again.pop(0) if self._again else next(coming, None)
                        if work is None:
                            exhausted = True
                            break
                        lane.give(work)
                if exhausted and not any(one.work for one in self._lanes):
                    return
                awaited = [one for one in self._lanes if one.work or not one.started]
                for line in wait([one.line for one in awaited]):
                    done = self._hear(next(one for one in awaited if one.line is line))
                    if done is not None:
                        yield done
        finally:
            ends = [(one, not exhausted or not one.started) for one in self._lanes]
            for lane, at_once in ends:
                if at_once:
                    lane.stop()
            for lane, at_once in ends:
                lane.end(at_once=at_once)
            remove_dead(patience=_GRACE)

    def _hear(self, lane: _Lane[Key]) -> tuple[Key, Result] | None:
        kind, text = lane.answer()
        work, lane.work = lane.work, None
        if kind == _ASKS:
            lane.tell()
            return None
        if kind == _READY:
            lane.started = self._ever_started = True
            self._stage("")
            return None
        if kind == _RESULT and work is not None:
            self._in_a_row = 0
            return work[0], Result.model_validate_json(text)
        lane.end(at_once=True)
        remove_dead()
        if work is not None:
            self._failed(work, text)
        else:
            self._in_a_row += 1
            if (kind == _NO_START and not self._ever_started) or self._in_a_row >= TRIES:
                raise JailBroken(text)
        self._lanes[self._lanes.index(lane)] = _Lane(self._how)
        return None

    def _failed(self, work: tuple[Key, Task], why: str) -> None:
        key, task = work
        self._failures[key] += 1
        if self._failures[key] < TRIES:
            self._again.append(work)
            return
        self._in_a_row += 1
        if self._aside is None or self._in_a_row >= TRIES:
            name = task.submission.name
            raise JailBroken(f"{TRIES} graders in a row ended over `{name}`: {why}")
        self._aside(key, why)


def _serve(line: Connection) -> None:
    """What a grader's process does: grade what comes down the line until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who then ends us
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.suppress(OSError, EOFError), contextlib.ExitStack() as stack:
        _end_with_the_parent()
        _say(line, _ASKS)
        bundle, layers, unsafe = line.recv()
        try:
            grader: AnyGrader = open_grader(bundle, layers=layers, unsafe=unsafe)
            stack.callback(grader.close)
        except (JailBroken, UserError) as error:
            _say(line, _NO_START, str(error))
            return
        _say(line, _READY)
        while True:
            task = line.recv()
            try:
                text = grader.grade(*task).model_dump_json()
            except JailBroken as error:
                _say(line, _BROKEN, str(error))
                return
            except Exception as error:  # a mistake of ours: no verdict on the submission
                _say(line, _BROKEN, f"{type(error).__name__}: {error}")
                return
            _say(line, _RESULT, text)


def _leave(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # cleaning up must not be left too
    raise SystemExit


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """A process that starts within hears no Ctrl-C until it says so; this one hears it after."""
    resource_tracker.ensure_running()  # which lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _say(line: Connection, kind: str, text: str = "") -> None:
    line.send_bytes(json.dumps([kind, text]).encode())


def _end_with_the_parent() -> None:
    """Be ended when the process that started this one is killed."""
    import sys

    if sys.platform == "linux":
        from autograder.jail import kernel

        kernel.prctl(kernel.PR_SET_PDEATHSIG, kernel.SIGKILL)
