"""One submission and one bundle of stock Otter make one result.

The tests run in the jail, beside the student's code. What comes back is a claim: which of the known
test cases passed, and a message for each. Names and points are the bundle's own, learned without
any student's code, so a result is never more than the bundle offers.
"""

from __future__ import annotations

import time
from typing import Any

from autograder.course.model import Limits
from autograder.grading.attempt import worker_limits
from autograder.grading.foreign.bundle import Case, ForeignBundle, Tests, cannot_read, program
from autograder.grading.grader import cut, open_jail
from autograder.grading.results import CaseResult, OtterTerms, Outcome, PartResult, Result, steady
from autograder.jail.conversation import Time
from autograder.jail.errors import Missing, Raised, Stopped, clean
from autograder.jail.layers import Layers
from autograder.submissions.read import Submission

NOTICE = (
    "The tests of this bundle ran beside the student's code, in one process inside the jail: "
    "this machine, the results and other students are safe, but the tests are not secret, and a "
    "submission that tries can forge its own result."
)
OTTER_LOG = ".OTTER_LOG"
LIMITS = Limits()  # Otter has none; ours are the course's defaults


_NO_PROGRAMS = (
    "This test starts another program, which it cannot do here; a person has to look at it."
)
_DISTURBED = "The submission disturbed the grader's protocol."


class _NotJudged(Exception):
    """Why no test of a submission was run, or none counts."""


class ForeignGrader:
    """Grades submissions against one bundle, one after another. A context manager.

    Args:
        layers: of the jail; by default all that the host offers.
        unsafe: grade even where the layers would not hold.

    Raises:
        UnsafeHost: if they would not, and `unsafe` is not given.
        JailBroken: if the jail does not start.
    """

    def __init__(
        self, bundle: ForeignBundle, *, layers: Layers | None = None, unsafe: bool = False
    ) -> None:
        self.bundle = bundle
        self._jail = open_jail(bundle.preload(), layers=layers, unsafe=unsafe)

    def __enter__(self) -> ForeignGrader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        self._jail.close()

    def grade(self, submission: Submission, parts: frozenset[str] | None = None) -> Result:
        """Grade one submission.

        Args:
            parts: which to report, by name; None is all. All are run, for they share a process.

        Raises:
            JailBroken: if the jail stops working; never for anything the submission does.
        """
        start = time.monotonic()
        problem, claims = "", dict[str, list[Any]]()
        try:
            claims = self._claims(submission)
        except _NotJudged as why:
            problem = steady(str(why))
        self._jail.settle()
        judged = [
            _part(file, claimed, problem, needs_programs=file.path in self.bundle.starting)
            for file, claimed in _chosen(self.bundle.tests, claims)
        ]
        terms = _terms(self.bundle, judged)
        return Result(
            assignment=self.bundle.assignment.slug,
            submission=submission.name,
            student=submission.student,
            parts=[p for p in judged if parts is None or p.name in parts],
            problem=problem,
            seconds=round(time.monotonic() - start, 3),
            digests={"submission": submission.digest, "bundle": self.bundle.digest},
            layers=self._jail.layers.names(),
            otter=_with_log(terms, self.bundle, submission),
        )

    def _claims(self, submission: Submission) -> dict[str, list[Any]]:
        """Test file → what the worker says about its cases, the last check of a file last.

        Raises:
            _NotJudged: if it says nothing, or nothing that can be used.
        """
        if submission.refusal:
            raise _NotJudged(submission.refusal)
        said = self._ask(submission)
        if type(said) is not dict:
            raise _NotJudged(_DISTURBED)
        if "host" in said:
            raise cannot_read(_text(said["host"]))
        if "refused" in said:
            raise _NotJudged(_text(said["refused"]))
        if "debug" in said:
            why = _text(said["debug"])
            raise _NotJudged(f"A cell failed; with `debug`, nothing counts then ({why}).")
        if "broken" in said:
            why = _text(said["broken"])
            raise _NotJudged(f"A test could not be run to its end, so nothing counts ({why}).")
        claims: dict[str, list[Any]] = {}
        for entry in _list(said.get("files")):
            match _list(entry):
                case [str(path), list(outcomes)]:
                    claims.pop(path, None)
                    claims[path] = outcomes
        return claims

    def _ask(self, submission: Submission) -> Any:
        config, slug = self.bundle.config, self.bundle.assignment.slug
        filename = submission.filename or f"{slug}.{submission.kind}"
        seconds = LIMITS.submission_seconds
        arguments = (
            submission.source,
            filename,
            config.assignment_name,
            config.seed,
            config.seed_variable,
            config.debug,
        )
        scratch = LIMITS.scratch_mb + self.bundle.megabytes
        limits = worker_limits(LIMITS.model_copy(update={"scratch_mb": scratch}))
        with self._jail.worker(limits) as worker:
            try:
                loaded = worker.load(program(self.bundle.beside(submission.files)), seconds)
                if loaded.unreadable or loaded.problem:
                    raise _NotJudged(loaded.unreadable or loaded.problem)
                with worker.case(Time(seconds, seconds)) as talk:
                    return talk.request({"k": "call", "name": "grade"}, arguments, {})
            except Stopped as stopped:
                raise _NotJudged(str(stopped)) from None
            except (Raised, Missing) as error:
                raise _NotJudged(f"The submission could not be run ({clean(error)}).") from None


def _list(value: Any) -> list[Any]:
    return value if type(value) is list else []


def _text(value: Any) -> str:
    return clean(value) if type(value) is str else ""


def _chosen(
    tests: list[Tests], claims: dict[str, list[Any]]
) -> list[tuple[Tests, list[Any] | None]]:
    """One test file per name, with what is claimed of it. Of two with one name Otter keeps the one
    that ran last."""
    order = {path: number for number, path in enumerate(claims)}
    last: dict[str, Tests] = {}
    for file in sorted(tests, key=lambda file: order.get(file.path, -1)):
        last[file.name] = file
    kept = [file for file in tests if last[file.name] is file]
    return [(file, claims.get(file.path)) for file in kept]


def _part(tests: Tests, claimed: list[Any] | None, why: str, *, needs_programs: bool) -> PartResult:
    """Score a test file by Otter's rule, from the bundle's points and the claims.

    Args:
        needs_programs: whether its cases start programs, so that a failure may not be the
            student's.
    """
    results = []
    for number, case in enumerate(tests.cases):
        claim = claimed[number] if claimed is not None and number < len(claimed) else None
        result = _case(case, claim, why)
        if needs_programs and result.outcome is Outcome.FAILED:
            reason = result.message.partition("\n")[0]
            told = f"{_NO_PROGRAMS} ({reason})" if reason else _NO_PROGRAMS
            result = result.model_copy(update={"outcome": Outcome.STOPPED, "message": told})
        results.append(result)
    passed = [r.outcome is Outcome.PASSED for r in results]
    possible = sum(case.points for case in tests.cases)
    if tests.all_or_nothing:
        score = possible if all(passed) else 0.0
    else:
        score = sum(case.points for case, ok in zip(tests.cases, passed, strict=True) if ok)
    return PartResult(
        question=tests.name,
        visibility="hidden" if any(case.hidden for case in tests.cases) else "public",
        score=round(float(score), 6),
        max_score=round(float(possible), 6),
        cases=results,
    )


def _case(case: Case, claim: Any, why: str) -> CaseResult:
    said = _list(claim)
    passed = bool(said) and said[0] is True
    if passed:
        outcome, message = Outcome.PASSED, case.success_message or ""
    elif claim is None:
        outcome, message = (
            Outcome.UNJUDGED,
            why or _DISTURBED,
        )
    else:
        outcome = Outcome.FAILED
        told = cut(steady(_report(said[1] if len(said) > 1 else "")))
        message = "\n".join(line for line in (case.failure_message, told) if line)
    return CaseResult(name=case.name, points=case.points, outcome=outcome, message=message)


def _report(told: Any) -> str:
    """What is said about a failed case, without Otter's headline."""
    text = _text(told)
    return text.partition("\n")[2] if text.startswith("❌") else text


def _with_log(terms: OtterTerms, bundle: ForeignBundle, submission: Submission) -> OtterTerms:
    """Say that Otter would have graded something else, where it would."""
    if not bundle.config.grade_from_log or OTTER_LOG not in submission.files:
        return terms
    said = f"{terms.notice} It came with a log, from which Otter would have graded it."
    return terms.model_copy(update={"notice": said})


def _terms(bundle: ForeignBundle, parts: list[PartResult]) -> OtterTerms:
    """Total and visibility, as Otter derives them from its configuration."""
    config = bundle.config
    total, possible = sum(p.score for p in parts), sum(p.max_score for p in parts)
    score, most = total, possible
    share = total / possible if possible else 0.0
    if config.points_possible is not None:
        score, most = share * config.points_possible, config.points_possible
    if config.score_threshold is not None:
        most = config.points_possible or possible
        score = most if share >= config.score_threshold else 0.0
    return OtterTerms(
        notice=NOTICE,
        score=score,
        max_score=most,
        show_hidden=config.show_hidden,
        show_stdout=config.show_stdout,
    )
