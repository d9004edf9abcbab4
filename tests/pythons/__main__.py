"""`make pythons`: everything that people do, on the Pythons after the oldest that is promised.

    python -m pythons [--python 3.14] [--packages newest] [--step doctor] [--keep FOLDER] [slug …]

Needs root, debootstrap, unshare and setpriv, and a network. Without options: every Python of
`root.PYTHONS`, each with what constraints.txt pins and with the newest of everything.
"""

from __future__ import annotations

import argparse
import functools
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from gradescope.machine import Broken, missing
from rich.console import Console

from autograder.classroom import view as classroom_view
from demo.__main__ import make_class
from pythons.root import COURSE, PYTHONS, SLUGS, Python, Root, Step, points, steps

PACKAGES = {"pinned": "constraints.txt", "newest": "newest of everything"}
CLASS = 24


def main() -> int:
    """Run the steps on each root, and print a line for each. Returns 1 if one does not work."""
    parser = argparse.ArgumentParser(prog="pythons", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", choices=[p.version for p in PYTHONS], action="append")
    parser.add_argument("--packages", choices=list(PACKAGES), action="append")
    names = [step.name for step in steps(SLUGS)]
    parser.add_argument("--step", choices=[*names, "scores"], action="append", help="only these")
    parser.add_argument("--keep", type=Path, help="where roots stay, and are found again")
    parser.add_argument("slugs", nargs="*", metavar="assignment")
    arguments = parser.parse_args()
    console = Console()
    if lack := missing():
        console.print(f"This needs {lack}.")
        return 2
    slugs = tuple(arguments.slugs) or SLUGS
    wanted = [s for s in steps(slugs) if s.name in (arguments.step or names)]
    scored = slugs if not arguments.step or "scores" in arguments.step else ()
    fine = True
    for python in PYTHONS:
        if python.version not in (arguments.python or [p.version for p in PYTHONS]):
            continue
        for packages in arguments.packages or PACKAGES:
            kept = arguments.keep and arguments.keep.resolve()
            with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                folder.mkdir(parents=True, exist_ok=True)
                done = attempt(python, packages, folder, wanted, scored, console)
            fine = done and fine
    return 0 if fine else 1


def attempt(
    python: Python,
    packages: str,
    folder: Path,
    wanted: list[Step],
    scored: tuple[str, ...],
    console: Console,
) -> bool:
    """Some steps on one root. Returns whether all worked; the others run after one that did not."""
    title = f"Python {python.version} of {python.suite}, {PACKAGES[packages]}"
    try:
        newest = packages == "newest"
        root = Root(python, folder / f"{python.version}-{packages}", newest=newest)
    except Broken as error:
        console.print(f"{title}: {error}", markup=False, highlight=False)
        return False
    console.rule(f"{title}: {root.version}")
    fine = True
    for step in wanted:
        start = time.monotonic()
        try:
            root.run(step.command, network=step.network)
            said = "works"
        except Broken as error:
            said, fine = f"does not: {error}", False
        console.print(f"{step.name} ({time.monotonic() - start:.0f} s): {said}", markup=False)
    for slug in scored:
        start = time.monotonic()
        try:
            differing = different(root, slug)
            said = f"differ from this Python's: {differing}" if differing else "as on this Python"
        except Broken as error:
            differing, said = [slug], f"none: {error}"
        fine = fine and not differing
        took = f"{time.monotonic() - start:.0f} s"
        console.print(f"scores of {slug} ({took}): {said}", markup=False)
    return fine


def different(root: Root, slug: str, size: int = CLASS) -> list[str]:
    """The submissions of a class whose points there are not those that they have here."""
    here, there = scores_here(slug, size), root.scores(slug, size)
    return sorted(name for name in here | there if here.get(name) != there.get(name))


@functools.cache
def scores_here(slug: str, size: int) -> dict[str, list[str]]:
    """Submission → its points, of the same class graded by this Python."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_class(COURSE, slug, folder / "class", size)
        options = classroom_view.Options(folder / slug)
        classroom_view.grade(slug, [folder / "class"], None, options, Console(quiet=True))
        return points(folder / slug / "results.csv")


if __name__ == "__main__":
    sys.exit(main())
