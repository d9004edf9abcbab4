"""Stock Otter, isolated: `otter run -a <bundle> <file>` with the student's code in the jail.

Otter runs tests in a kernel beside the submission. This plugin replaces the submission by one cell
that opens the jail, and from then on every test case takes the student's functions from there.
"""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import Any

import nbformat
from otter.plugins import AbstractOtterPlugin

_CELL = """\
from autograder.otter_plugin import isolate
isolate({source!r}, {submission!r})
"""


class AutograderPlugin(AbstractOtterPlugin):  # type: ignore[misc]
    """Named in the `otter_config.json` of our bundles."""

    def before_execution(self, submission: Any) -> Any:
        """Put one cell of ours in the place of the student's notebook or script."""
        path = Path(self.submission_path).resolve()
        source = path.parent.parent / "source"  # where Otter unpacks a bundle
        cell = _CELL.format(source=str(source), submission=str(path))
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])


def isolate(source: str, submission: str) -> None:
    """Open a jail with the submission in it, and route this process's test cases there.

    Called in Otter's kernel, before any test file is loaded.

    Args:
        source: the folder with the unpacked bundle.
        submission: the student's file.
    """
    from autograder.authoring.bundle import Bundle
    from autograder.grading.attempt import Attempt
    from autograder.grading.grader import open_jail
    from autograder.grading.results import Outcome
    from autograder.submissions.read import read
    from autograder.testing import checks

    bundle = Bundle.from_folder(Path(source))
    assignment = bundle.assignment
    work = read(Path(submission), assignment.slug, assignment.slug)
    jail = open_jail(assignment.preload)
    attempt = Attempt(
        jail, assignment, bundle.files, work, assignment.questions, unloadable=work.refusal
    )
    call_here = checks.test_case.call_func

    def call_func(case: checks.test_case, environment: dict[str, Any]) -> None:
        name = Path(case.test_func.__code__.co_filename).stem  # q3, q3_hidden
        question = name.removesuffix("_hidden")
        hidden = name != question
        verdict = attempt.run(question, lambda env: call_here(case, env), hidden=hidden)
        if verdict.outcome is not Outcome.PASSED:
            message = verdict.safe if hidden else verdict.message
            _fail(checks.CheckFailed(message or "failed"))

    checks.test_case.call_func = call_func  # type: ignore[method-assign,assignment]
    atexit.register(jail.close)
    atexit.register(attempt.close)


def _fail(error: Exception) -> None:
    # In a function of its own: Otter looks for the test's line two frames below its call.
    raise error
