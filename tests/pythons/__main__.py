"""`make pythons`: everything that people do, on the Pythons of other Debian releases.

    python -m pythons [--suite trixie] [--newest] [assignment …]

Needs root, debootstrap, unshare and setpriv, and a network. Without --suite: Debian 13 and sid,
each with what constraints.txt pins and with the newest of everything.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from gradescope.machine import Broken, missing
from rich.console import Console

from autograder.classroom import view as classroom_view
from demo.__main__ import make_class
from pythons.root import COURSE, SLUGS, Root, points, steps

SUITES = ("trixie", "sid")
CLASS = 40


def main() -> int:
    """Run the steps on each root, and print a line for each. Returns 1 if one does not work."""
    parser = argparse.ArgumentParser(prog="pythons", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--suite", choices=SUITES, action="append")
    parser.add_argument("--newest", action="store_true", help="only with the newest packages")
    parser.add_argument("slugs", nargs="*", metavar="assignment")
    arguments = parser.parse_args()
    console = Console()
    if lack := missing():
        console.print(f"This needs {lack}.")
        return 2
    slugs = tuple(arguments.slugs) or SLUGS
    fine = True
    for suite in arguments.suite or SUITES:
        for newest in (True,) if arguments.newest else (False, True):
            fine = attempt(suite, slugs, console, newest=newest) and fine
    return 0 if fine else 1


def attempt(suite: str, slugs: tuple[str, ...], console: Console, *, newest: bool) -> bool:
    """All steps on one root. Returns whether all worked; the others run after one that did not."""
    fine = True
    with tempfile.TemporaryDirectory(prefix="autograder-pythons-") as name:
        what = "newest of everything" if newest else "constraints.txt"
        try:
            root = Root(suite, Path(name) / "root", newest=newest)
        except Broken as error:
            console.print(f"{suite}, {what}: {error}", markup=False, highlight=False)
            return False
        console.rule(f"{suite}: Python {root.python}, {what}")
        for step in steps(slugs):
            start = time.monotonic()
            try:
                root.run(step.command, network=step.network)
                said = "works"
            except Broken as error:
                said, fine = f"does not: {error}", False
            console.print(f"{step.name} ({time.monotonic() - start:.0f} s): {said}", markup=False)
        for slug in slugs:
            differing = different(root, slug, Path(name))
            fine = fine and not differing
            said = f"differ from this Python's: {differing}" if differing else "as on this Python"
            console.print(f"scores of {slug}: {said}", markup=False)
    return fine


def different(root: Root, slug: str, folder: Path, size: int = CLASS) -> list[str]:
    """The submissions of a class whose points there are not those that they have here."""
    there = root.scores(slug, size)
    make_class(COURSE, slug, folder / "class", size)
    options = classroom_view.Options(folder / slug)
    quiet = Console(quiet=True)
    classroom_view.grade(slug, [folder / "class"], None, options, quiet)
    here = points(folder / slug / "results.csv")
    return sorted(name for name in here | there if here.get(name) != there.get(name))


if __name__ == "__main__":
    sys.exit(main())
