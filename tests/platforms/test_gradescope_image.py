"""The self-test at the end of setup.sh: an image that cannot grade is noticed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from shared.isolation import isolates

from autograder.grading import doctor
from autograder.jail.layers import Layers
from autograder.platforms.gradescope import selftest


@pytest.fixture
def source(tmp_path: Path, bundles: dict[str, Path]) -> Path:
    with zipfile.ZipFile(bundles["last"]) as archive:
        archive.extractall(tmp_path / "source")
    return tmp_path / "source"


@isolates
@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("constraints.txt", "numpy==", "numpy==9", r"numpy is \S+ here, but the tests were tried"),
        ("starter/adding.py", "def add", "def sub", "starter of adding should get nothing, but: 0"),
        ("starter/adding.py", "import numpy", "import numpyy", "should get nothing, but"),
        ("assignment.json", '"numpy"', '"no_numpy"', "the grader's Python lacks no_numpy"),
        ("assignment.json", '"packages":[]', '"packages":["nope"]', "nope is not installed"),
        ("tests/q2_hidden.py", "import assert_equal", "import assert_equals", "cannot import name"),
    ],
)
def test_a_broken_image_is_noticed(
    source: Path, name: str, old: str, new: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (source / name).read_text()
    if name == "assignment.json":
        text = json.dumps(json.loads(text), separators=(",", ":"))
    assert old in text
    (source / name).write_text(text.replace(old, new, 1))
    monkeypatch.setattr(selftest, "tiny_assignment", lambda: None)  # is tried below
    monkeypatch.setattr(doctor, "require", lambda _: None)
    with pytest.raises(selftest.CannotGrade, match=message):
        selftest.run(source, lambda _: None)


@isolates
def test_a_sound_image_is_said_to_be_one(source: Path) -> None:
    said: list[str] = []
    selftest.run(source, said.append)
    assert said[-1] == "the starter of adding loads, and every test case is not written"


@isolates
def test_a_grader_that_errs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"a wrong answer": ("def scaled(x, c):\n    return x * c\n", [selftest.F] * 4)}
    monkeypatch.setattr(selftest, "EXPECTED", wrong)
    with pytest.raises(selftest.CannotGrade, match="a wrong answer was not graded as it should be"):
        selftest.tiny_assignment()


def test_a_jail_that_does_not_hold_is_noticed(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "offered", lambda: Layers(False, False, False, False, False))
    with pytest.raises(selftest.CannotGrade, match="neither Landlock"):
        selftest.run(source, lambda _: None)
