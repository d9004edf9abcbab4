"""The bundle of matmul, uploaded and used as on Gradescope, on a newer Python than the suite's.

Debian 13 has Python 3.13: image, jail and grades are proved there in every run of the suite.
`make gradescope` does so on Gradescope's own distributions, `make pythons` on every Python.
"""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from autograder.authoring.bundle import Bundle, build_gradescope_zip
from gradescope.attack import ATTACK, ESCAPED
from gradescope.machine import Broken, Machine, base, missing

ROOT = Path(__file__).parents[3]
SLUG = "matmul"
NAME = f"{SLUG}.py"
SUITE = "trixie"
NEWER = b"""

def _same[T](x: T) -> T:
    names = {"x": x}
    return int(f"{names["x"]}")


assert _same(1) == 1
"""

# One machine, made by one process.
pytestmark = pytest.mark.xdist_group("machine")


def lack() -> str:
    """What is missing here for the stand-in, the network included."""
    if missing():
        return missing()
    try:
        urllib.request.urlopen("http://deb.debian.org/debian/dists/stable/Release", timeout=20)
    except OSError:
        return "a network with a Debian mirror"
    return ""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    what = lack()
    if what:
        pytest.skip(f"a stand-in for Gradescope's machine needs {what}")
    try:
        base(SUITE)
    except Broken as error:  # as a mirror that is out of order
        pytest.skip(f"a stand-in for Gradescope's machine cannot be made: {error}")
    folder = tmp_path_factory.mktemp("gradescope")
    build_gradescope_zip(ROOT, SLUG, folder / "bundle.zip")
    yield Machine.build(folder / "bundle.zip", folder / "machine", SUITE)
    shutil.rmtree(folder)


def test_setup_proves_that_the_image_can_grade(machine: Machine) -> None:
    assert machine.log.rstrip().endswith("This image can grade.")
    assert "the jail holds" in machine.log
    assert "(Python 3.13." in machine.log


def test_the_solution_gets_everything_and_the_total_stays_hidden(machine: Machine) -> None:
    results = machine.hand_in(NAME, (ROOT / "solutions" / SLUG / NAME).read_bytes() + NEWER)
    assert results.score == Bundle.from_course(ROOT, SLUG).assignment.points
    assert results.total_is_hidden
    layers = (results.extra_data or {})["layers"]
    assert {"uid", "seccomp", "landlock"} <= set(layers)
    assert "namespaces" not in layers  # as in Docker: the rest has to hold


def test_the_starter_gets_nothing(machine: Machine) -> None:
    results = machine.hand_in(NAME, (ROOT / "starter" / SLUG / NAME).read_bytes())
    assert results.score == 0
    assert "Not written: q1" in (results.output or "")


def test_an_attack_gets_nothing(machine: Machine) -> None:
    starter = (ROOT / "starter" / SLUG / NAME).read_bytes()
    results = machine.hand_in(NAME, ATTACK + starter)
    assert results.score == 0
    assert ESCAPED not in results.model_dump_json()
    assert "Not written: q1" in (results.output or "")  # it was loaded to the end


def test_the_attack_would_notice_an_open_door(machine: Machine) -> None:
    text = ATTACK.decode().replace("/autograder/source/tests", "/usr/lib")
    results = machine.hand_in(NAME, text.encode())
    assert f"{ESCAPED} /usr/lib" in results.model_dump_json()


def test_one_too_many(machine: Machine) -> None:
    due = Bundle.from_course(ROOT, SLUG).assignment.due
    now = due - timedelta(days=2)
    tests = [
        {"score": 7.0, "max_score": 9.0, "name": "q1 (hidden)", "visibility": "after_published"}
    ]
    results = {"score": 7.0, "tests": tests, "extra_data": {"judged": True}}
    earlier = [
        {"submission_time": (now - timedelta(hours=h)).isoformat(), "results": results}
        for h in range(1, 11)
    ]
    metadata = {"created_at": now.isoformat(), "previous_submissions": earlier}
    answer = machine.hand_in(NAME, b"", metadata)
    assert answer.score == 7.0
    assert "not graded: 10 submissions in 24 hours" in (answer.output or "")


def test_the_reference_solution_is_not_on_the_machine(machine: Machine) -> None:
    solution = (ROOT / "solutions" / SLUG / NAME).read_text(encoding="utf-8")
    starter = (ROOT / "starter" / SLUG / NAME).read_text(encoding="utf-8")
    secret = max(set(solution.splitlines()) - set(starter.splitlines()), key=len).strip()
    source = machine.root / "autograder" / "source"
    found = [p for p in source.rglob("*") if p.is_file() and secret.encode() in p.read_bytes()]
    assert found == []


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("constraints.txt", "numpy==", "numpy==9", "the pinned packages cannot be installed"),
        ("starter/matmul.py", "def matmul_naive", "def naive", "the self-test failed"),
    ],
)
def test_an_image_that_cannot_grade_is_refused(
    machine: Machine, name: str, old: str, new: str, message: str
) -> None:
    path = machine.root / "autograder" / "source" / name
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new, 1))
    done = machine.inside(["/autograder/source/setup.sh"], {"PIP_RETRIES": "0"})
    path.write_text(before)
    assert done.returncode == 1
    assert f"setup.sh: this image cannot grade: {message}" in done.stdout
