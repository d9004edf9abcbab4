"""The last step of setup.sh: proof that this machine can grade, or one sentence that says why not.

The reference solution is not here, and must not be. What is known without it: how a tiny
assignment, whose solutions are below for everybody to read, comes out of the same grader and jail;
and that the starter of the assignment in the bundle, which students have, gets nothing, with every
test case "not written". For that it has to be loaded, and every test file too.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from autograder.authoring.bundle import Bundle
from autograder.authoring.pins import normal_name, read_pins
from autograder.authoring.points import require_points
from autograder.course.model import Assignment, Limits, Question
from autograder.grading import doctor
from autograder.grading.grader import Grader
from autograder.grading.results import Outcome, Result
from autograder.ground.errors import Failure, UserError
from autograder.jail.errors import JailBroken
from autograder.jail.layers import offered
from autograder.submissions.read import Submission

_HEAD = """
import numpy as np
from autograder.checks import assert_array, assert_equal, test_case

OK_FORMAT = False
points = 2
"""
PUBLIC = f"""{_HEAD}
name = "q1"


@test_case(name="by hand", points=1)
def test_by_hand(scaled):
    assert_array(scaled(np.array([1.0, 2.0]), 3), np.array([3.0, 6.0]))


@test_case(name="a probe", points=1)
def test_probe(student):
    def probe(scaled, x):
        return [float(scaled(x, 2).sum()), x.shape]

    assert_equal(student(probe, x=np.ones((3, 4))), [24.0, (3, 4)])
"""
HIDDEN = f"""{_HEAD}
name = "q1 (hidden)"


@test_case(name="negative", points=1, hidden=True, failure_message="Think of signs.")
def test_negative(scaled):
    assert_array(scaled(np.array([-1.0, 0.5]), -2), np.array([2.0, -1.0]))


@test_case(name="large", points=1, hidden=True, failure_message="Every entry counts.")
def test_large(scaled):
    x = np.arange(10_000.0).reshape(100, 100)
    assert_array(scaled(x, 0.5), x / 2)
"""
P, F, R, S, U = Outcome.PASSED, Outcome.FAILED, Outcome.RULE, Outcome.STOPPED, Outcome.UNWRITTEN
EXPECTED: dict[str, tuple[str, list[Outcome]]] = {
    "a right answer": ("def scaled(x, c):\n    return x * c\n", [P, P, P, P]),
    "a wrong answer": ("def scaled(x, c):\n    return x * abs(c)\n", [P, P, F, P]),
    "a forbidden one": (
        "import numpy as np\ndef scaled(x, c):\n    return np.dot(x, c)\n",
        [R] * 4,
    ),
    "an endless loop": ("def scaled(x, c):\n    while c: pass\n", [S] * 4),
    "a stub": ("def scaled(x, c):\n    raise NotImplementedError('q1')\n", [U] * 4),
}


class CannotGrade(Failure):
    """This machine must not grade, in one sentence."""


def run(source: Path, say: Callable[[str], object] = print) -> None:
    """Check the machine on which a bundle was unpacked.

    Args:
        source: the folder of the bundle.

    Raises:
        CannotGrade: with the first thing that is wrong.
    """
    try:
        bundle = Bundle.from_folder(source)
        require_points(bundle)
        starter = (source / "starter" / f"{bundle.assignment.slug}.py").read_bytes()
        versions(source / "constraints.txt", bundle.assignment.packages)
        say("every package has the version that the assignment was tested with")
        doctor.require(offered())
        say(f"the jail holds: {', '.join(offered().names())}")
        tiny_assignment()
        say(f"{', '.join(EXPECTED)}: each graded as expected")
        whole_starter(bundle, starter)
        say(f"the starter of {bundle.assignment.slug} loads, and every test case is not written")
    except CannotGrade:
        raise
    except JailBroken as error:
        raise CannotGrade(f"{error}.") from None
    except (UserError, OSError, ImportError) as error:
        raise CannotGrade(str(error)) from None


def versions(constraints: Path, packages: list[str]) -> None:
    """Compare what is installed with what is pinned, and import the assignment's own packages.

    Raises:
        CannotGrade: for a package that is missing, different or cannot be imported.
    """
    pins = read_pins(constraints.read_text(encoding="utf-8"))
    installed: dict[str, str] = {}
    for found_here in metadata.distributions():  # the first one on the path is what is imported
        installed.setdefault(normal_name(found_here.metadata["Name"]), found_here.version)
    for name, pinned in pins.items():
        found = installed.get(name, pinned)
        if found.partition("+")[0] != pinned:  # 2.13.0+cpu is 2.13.0
            raise CannotGrade(f"{name} is {found} here, but the tests were tried with {pinned}.")
    modules = metadata.packages_distributions()
    for package in packages:
        if normal_name(package) not in installed:
            raise CannotGrade(f"{package} is not installed.")
        for module, owners in modules.items():
            if normal_name(package) in map(normal_name, owners) and not module.startswith("_"):
                importlib.import_module(module)


def tiny_assignment() -> None:
    """Grade what is known.

    Raises:
        CannotGrade: if anything comes out differently.
    """
    question = Question(title="Scaling", points=4.0, names=["scaled"], forbid=["np.dot"])
    assignment = Assignment(
        slug="selftest",
        title="Self-test",
        released=datetime(2026, 1, 1, tzinfo=UTC),
        due=datetime(2026, 1, 2, tzinfo=UTC),
        limits=Limits(call_seconds=2.0),
        questions={"q1": question},
    )
    with Grader(Bundle(assignment, {"q1": PUBLIC}, {"q1": HIDDEN}, {})) as grader:
        for what, (source, expected) in EXPECTED.items():
            result = grader.grade(Submission("selftest", "", source=source.encode()))
            if _outcomes(result) != expected or result.score != expected.count(P):
                raise CannotGrade(f"{what} was not graded as it should be: {_shown(result)}.")


def whole_starter(bundle: Bundle, starter: bytes) -> None:
    """Grade the starter of the bundle's assignment.

    Raises:
        CannotGrade: if it cannot be loaded, gets points, or a test case fails otherwise.
    """
    slug = bundle.assignment.slug
    with Grader(bundle) as grader:
        result = grader.grade(Submission(slug, "", source=starter))
    if result.problem or result.score or set(_outcomes(result)) != {U}:
        raise CannotGrade(f"the starter of {slug} should get nothing, but: {_shown(result)}.")


def _outcomes(result: Result) -> list[Outcome]:
    return [case.outcome for part in result.parts for case in part.cases]


def _shown(result: Result) -> str:
    cases = [f"{c.name}: {c.outcome}" for p in result.parts for c in p.cases if c.outcome != U]
    return f"{result.score:g} points; {result.remark} {'; '.join(cases[:4])}".strip(" ;.")
