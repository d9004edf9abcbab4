"""The course in a bare distribution with another Python, and what has to work there.

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
# `verify` does that. Three look at what a container without CAP_SYS_ADMIN has not, on every Python:
# other users' open files, /proc/self/maps in the jail, a process namespace that ends with its
# first process.
TESTS = (
    "tests --ignore=tests/platforms/test_browser.py --ignore=tests/platforms/gradescope "
    "--ignore=tests/pythons --ignore=tests/assignments --ignore=tests/verifying "
    "--ignore=tests/cli/test_demo.py "
    "--deselect 'tests/jail/test_attacks.py::test_attack[exhausting-unlinked_files]' "
    '--deselect "tests/jail/test_clock.py::test_a_case_works_whatever_pools_were_left_alive'
    "[NumPy's pool]\" "
    "--deselect 'tests/grading/test_broken_grader.py::test_what_is_lost_in_a_test_case_is_no_result"
    "[a worker is killed]'"
)


@dataclass(frozen=True)
class Python:
    """A Python, and the distribution that has it."""

    version: str
    suite: str

    @property
    def program(self) -> str:
        return f"python{self.version}"


# 3.11, the oldest, runs the whole suite in CI. Each of the others as one gets it.
PYTHONS = (
    Python("3.12", "noble"),
    Python("3.13", "trixie"),
    Python("3.14", "sid"),
    Python("3.15", "sid"),
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
            f"{student}/{first}.zip && cd {first} && python -m venv .venv "
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
        version: what its Python says that it is.
        installed: `pip freeze`.
    """

    def __init__(self, python: Python, folder: Path, *, newest: bool = False) -> None:
        """Make it, or take the one that is there with the course as it is now.

        Args:
            newest: install the newest of everything, rather than what constraints.txt pins.

        Raises:
            Broken: if a step fails, with what it said.
        """
        bare = base(python.suite)
        if not folder.exists():
            subprocess.run(["cp", "-a", "--reflink=auto", bare, folder], check=True)
        self.machine = Machine(folder)
        (folder / "autograder").mkdir(exist_ok=True)
        shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
        tracked = subprocess.run(
            ["git", "ls-files", "-z"], cwd=COURSE, capture_output=True, check=True
        ).stdout.decode()
        for name in filter(None, tracked.split("\0")):
            (folder / HERE[1:] / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(COURSE / name, folder / HERE[1:] / name)
        if not (folder / HERE[1:] / ".venv" / "installed").exists():
            self._install(python, "" if newest else "-c constraints.txt")
        self.version = self.run("python -c 'import sys; print(sys.version)'").strip()
        self.installed = self.run("pip freeze").split()

    def _install(self, python: Python, pins: str) -> None:
        packages = f"{python.program} {python.program}-venv unzip git"
        apt = "apt-get -qq -o Acquire::Check-Valid-Until=false"  # a mirror may stand still
        self.run(f"{apt} update && {apt} install -y {packages}", network=True)
        self.run(
            f"{python.program} -m venv .venv && pip install -q {pins} -e '.[{EXTRAS}]' "
            "&& touch .venv/installed",
            network=True,
        )

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
