"""The course in a bare Debian of another release, and what has to work there.

Its root is made by debootstrap like the stand-in for Gradescope's machine (`gradescope.machine`),
and entered with an ordinary container's rights: the jail does without namespaces there.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from gradescope.machine import Broken, Machine, base, registry

from autograder.course.model import COURSE_FILE, load_course
from demo.__main__ import make_class

COURSE = Path(__file__).parents[2]
EXTRAS = "dev,staff,nbgrader,site"
HERE = "/course"
BIN = f"{HERE}/.venv/bin"

# No index that is asked here has torch for these Pythons as a CPU wheel.
SLUGS = tuple(
    slug
    for slug, assignment in load_course(COURSE / COURSE_FILE).assignments.items()
    if "torch" not in assignment.packages
)

# The tests that need neither a browser, nor torch, nor another root, and do not grade all mutants:
# `verify` does that.
TESTS = (
    "tests --ignore=tests/platforms/test_browser.py --ignore=tests/platforms/gradescope "
    "--ignore=tests/pythons --ignore=tests/assignments --ignore=tests/verifying "
    "--ignore=tests/cli/test_demo.py"
)


@dataclass(frozen=True)
class Step:
    """Something that a person does, as one shell command in the course's folder."""

    name: str
    command: str
    network: bool = False


def steps(slugs: tuple[str, ...]) -> list[Step]:
    """What has to work for these assignments, in the order in which people do it."""
    first, names = slugs[0], " ".join(slugs)
    student = f"rm -rf /student && mkdir /student && cd /student && unzip -q {HERE}/dist/student"
    return [
        Step("doctor", "autograder doctor"),
        Step("build", f"autograder build {names}"),
        Step("verify", f"autograder verify --quick {names}"),
        Step(
            "student",
            f"{student}/{first}.zip && cd {first} && python3 -m venv .venv "
            "&& .venv/bin/pip install --quiet -r requirements.txt "
            f"&& cp {HERE}/solutions/{first}/{first}.py . && .venv/bin/autograder check",
            network=True,
        ),
        Step("nbgrader", "pytest -q tests/platforms/test_nbgrader.py"),
        Step("pages", "pytest -q tests/classroom/test_report.py tests/platforms/test_site.py"),
        Step("tests", f"pytest -q -n 2 --dist loadgroup {TESTS}"),
    ]


class Root:
    """A machine with the course installed in `/course`.

    Attributes:
        python: its version.
        installed: `pip freeze`.
    """

    def __init__(self, suite: str, folder: Path, *, newest: bool = False) -> None:
        """Make it.

        Args:
            newest: install the newest of everything, rather than what constraints.txt pins.
        Raises:
            Broken: if a step fails, with what it said.
        """
        subprocess.run(["cp", "-a", "--reflink=auto", base(suite), folder], check=True)
        self.machine = Machine(folder)
        (folder / "autograder").mkdir(exist_ok=True)
        shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
        tracked = subprocess.run(
            ["git", "ls-files", "-z"], cwd=COURSE, capture_output=True, check=True
        ).stdout.decode()
        for name in filter(None, tracked.split("\0")):
            (folder / HERE[1:] / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(COURSE / name, folder / HERE[1:] / name)
        pins = "" if newest else "-c constraints.txt"
        self.run(
            "apt-get -qq update && apt-get -qq install -y python3-venv unzip git", network=True
        )
        self.run(f"python3 -m venv .venv && pip install -q {pins} -e '.[{EXTRAS}]'", network=True)
        self.python = self.run("python --version").split()[-1]
        self.installed = self.run("pip freeze").split()

    def run(self, command: str, *, network: bool = False) -> str:
        """What a shell command in the course's folder prints.

        Raises:
            Broken: if it fails, with the end of what it said.
        """
        environment, paths = registry() if network else ({}, [])
        environment |= {
            "DEBIAN_FRONTEND": "noninteractive",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "PIP_ROOT_USER_ACTION": "ignore",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        shell = f"cd {HERE} && export PATH={BIN}:$PATH && {command}"
        done = self.machine.inside(["sh", "-ec", shell], environment, paths, network=network)
        if done.returncode:
            raise Broken(f"{command}\n{done.stdout[-3000:]}")
        return done.stdout

    def scores(self, slug: str, size: int) -> dict[str, list[str]]:
        """Submission → its points, of a class that is graded there."""
        make_class(COURSE, slug, self.machine.root / HERE[1:] / "class", size)
        self.run(f"rm -rf out && autograder grade {slug} class --output out")
        return points(self.machine.root / HERE[1:] / "out" / "results.csv")


def points(table: Path) -> dict[str, list[str]]:
    """Submission → score and points by question, from results.csv; messages differ by Python."""
    with table.open(encoding="utf-8", newline="") as file:
        return {
            row.pop("submission"): [v for k, v in row.items() if k not in ("seconds", "remark")]
            for row in csv.DictReader(file)
        }
