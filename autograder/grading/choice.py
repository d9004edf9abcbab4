"""Either kind of bundle, ours or another maker's, and the grader that fits it."""

from __future__ import annotations

from pathlib import Path

from autograder.authoring.bundle import ASSIGNMENT, Bundle, BundleError, unpack
from autograder.authoring.points import require_points
from autograder.course.model import find_course
from autograder.grading.doctor import closed_note
from autograder.grading.foreign.bundle import ForeignBundle
from autograder.grading.foreign.grader import NOTICE, ForeignGrader
from autograder.grading.grader import Grader
from autograder.jail.layers import Layers, closed_folders

AnyBundle = Bundle | ForeignBundle
AnyGrader = Grader | ForeignGrader


def open_bundle(path: Path | None, slug: str, *, unsafe: bool = False) -> AnyBundle:
    """The bundle in a zip, or this checkout's if there is none.

    Args:
        slug: what must be in a bundle of ours; what another maker's bundle is called here.

    Raises:
        CourseError, SourceError: for a mistake in the checkout.
        BundleError: the zip is no bundle, or another assignment's, or a test is missing, in one
            sentence.
        UnsafeHost, JailBroken: another maker's tests cannot be run safely on this machine.
    """
    if path is None:
        bundle = Bundle.from_course(find_course(), slug)
        require_points(bundle)
        return bundle
    contents = unpack(path)
    if ASSIGNMENT not in contents:
        return ForeignBundle.from_contents(path, slug, contents, unsafe=unsafe)
    bundle = Bundle.from_contents(path, contents)
    if bundle.assignment.slug != slug:
        raise BundleError(f"{path} is the bundle of `{bundle.assignment.slug}`, not of `{slug}`.")
    require_points(bundle)
    return bundle


def notes(bundle: AnyBundle) -> list[str]:
    """What a TA must know about results of this bundle, one sentence each."""
    closed = closed_note(closed_folders())
    if isinstance(bundle, Bundle):
        return [closed] if closed else []
    missing = ", ".join(f"`{package}`" for package in bundle.missing)
    lacking = f"The bundle asks for packages that are not installed here: {missing}."
    said = [NOTICE, lacking if missing else "", closed]
    return [sentence for sentence in [*said, " ".join(bundle.left_out)] if sentence]


def beforehand(bundle: AnyBundle) -> list[str]:
    """What a TA must know before anybody is graded with this bundle, one sentence each."""
    if isinstance(bundle, Bundle) or not bundle.starting:
        return []
    named = ", ".join(f"{name} (`{how}`)" for name, how in bundle.starting.items())
    return [
        f"There are no other programs in the jail, and these start some: {named}. Cases of such "
        "test files that fail are marked for a person to look at; `otter run`, in a container that "
        "is thrown away, can judge them."
    ]


def open_grader(
    bundle: AnyBundle, *, layers: Layers | None = None, unsafe: bool = False
) -> AnyGrader:
    """The grader for a bundle. Raises what the graders raise."""
    if isinstance(bundle, ForeignBundle):
        return ForeignGrader(bundle, layers=layers, unsafe=unsafe)
    return Grader(bundle, layers=layers, unsafe=unsafe)
