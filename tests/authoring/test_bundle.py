"""The bundle, the student's zip and the Gradescope zip."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import stat
import subprocess
import sys
import types
import zipfile
from pathlib import Path

import pytest
from otter.plugins import AbstractOtterPlugin
from shared.tiny_course import COURSE, SLUG, make_course, write

import autograder
from autograder.authoring.bundle import Bundle, BundleError, build_gradescope_zip, build_student_zip
from autograder.authoring.packaging import constraints, engine_wheel, requirements
from autograder.authoring.source import build_starter
from autograder.course.layout import SourceError
from autograder.course.model import CourseError


@pytest.fixture(autouse=True)
def plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otter imports our plugin when it generates; what the plugin does is not of interest here."""
    if importlib.util.find_spec("autograder.otter_plugin") is None:
        module = types.ModuleType("autograder.otter_plugin")
        module.AutograderPlugin = AbstractOtterPlugin  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


def unzip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


# --- the bundle --------------------------------------------------------------------------------


def test_from_course(root: Path) -> None:
    bundle = Bundle.from_course(root, SLUG)
    assert bundle.assignment.points == 10
    assert list(bundle.public) == list(bundle.hidden) == ["q1", "q2"]
    assert 'name = "q2 (hidden)"' in bundle.hidden["q2"]
    assert bundle.files == {"data/numbers.csv": b"1,2\n"}
    assert "987654" not in repr(bundle)  # a log that shows a bundle shows no tests


def test_the_zip_reads_back_as_the_same_bundle(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist" / "gradescope" / "adding.zip"
    build_gradescope_zip(root, SLUG, out)
    bundle = Bundle.from_course(root, SLUG)
    assert Bundle.from_zip(out) == bundle
    assert Bundle.from_zip(out).digest == bundle.digest


@pytest.mark.parametrize(
    ("path", "old", "new", "same"),
    [
        ("course.yml", "title: Adding", "title: Sums", True),
        ("course.yml", "2026-07-20", "2026-07-27", True),
        ("course.yml", "title: Report", "title: Essay", True),
        ("course.yml", "points: 4", "points: 5", False),
        ("course.yml", "np.dot", "np.inner", False),
        ("course.yml", "    questions:", "    limits: {memory_mb: 99}\n    questions:", False),
        ("course.yml", "    questions:", "    forbid_imports: [scipy]\n    questions:", False),
        ("assignments/adding/public/q1.py", "small", "tiny", False),
        ("assignments/adding/hidden/q1.py", "987654", "987655", False),
        ("assignments/adding/files/data/numbers.csv", "1", "2", False),
        ("assignments/adding/mutants/wrong.py", "A", "Another", True),
        ("solutions/adding/adding.py", "secret", "other", True),
    ],
)
def test_the_digest_follows_what_decides_a_score(
    root: Path, path: str, old: str, new: str, same: bool
) -> None:
    before = Bundle.from_course(root, SLUG).digest
    text = (root / path).read_text()
    assert old in text
    write(root / path, text.replace(old, new))
    assert (Bundle.from_course(root, SLUG).digest == before) is same


def test_a_hidden_file_must_not_have_the_public_name(root: Path) -> None:
    write(root / "assignments/adding/hidden/q1.py", 'OK_FORMAT = False\nname = "q1"\n')
    with pytest.raises(SourceError, match=r'hidden/q1\.py must contain .*name = "q1 \(hidden\)"'):
        Bundle.from_course(root, SLUG)


def test_a_question_may_have_no_hidden_tests(root: Path, tmp_path: Path) -> None:
    (root / "assignments/adding/hidden/q1.py").unlink()
    build_gradescope_zip(root, SLUG, tmp_path / "out.zip")
    assert list(Bundle.from_zip(tmp_path / "out.zip").hidden) == ["q2"]


# --- the Gradescope zip ------------------------------------------------------------------------


def test_what_is_in_the_gradescope_zip(root: Path, tmp_path: Path) -> None:
    build_gradescope_zip(root, SLUG, tmp_path / "out.zip")
    contents = unzip(tmp_path / "out.zip")
    wheel = next(name for name in contents if name.endswith(".whl"))
    assert set(contents) == {
        "assignment.json",
        "constraints.txt",
        "files/data/numbers.csv",
        "otter_config.json",
        "requirements.txt",
        "run_autograder",
        "setup.sh",
        "starter/adding.py",
        "tests/q1.py",
        "tests/q1_hidden.py",
        "tests/q2.py",
        "tests/q2_hidden.py",
        wheel,
    }
    config = json.loads(contents["otter_config.json"])
    assert config == {
        "plugins": ["autograder.otter_plugin.AutograderPlugin"],
        "show_hidden": True,
    }
    for name, data in contents.items():
        assert b"secret" not in data, name  # the solution's word
        assert b"conda" not in data or name == wheel, name


@pytest.mark.skipif(os.name == "nt", reason="modes are Unix")
def test_scripts_may_be_executed_and_times_are_fixed(root: Path, tmp_path: Path) -> None:
    build_gradescope_zip(root, SLUG, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        modes = {i.filename: stat.S_IMODE(i.external_attr >> 16) for i in archive.infolist()}
        assert {i.date_time[0] for i in archive.infolist()} == {1980}
        assert archive.namelist() == sorted(archive.namelist())
        for script in ("setup.sh", "run_autograder"):
            assert modes.pop(script) == 0o755
            subprocess.run(["bash", "-n"], input=archive.read(script), check=True)
    assert set(modes.values()) == {0o644}


def test_two_builds_are_byte_identical(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outs = []
    for i, zone in enumerate(["UTC", "Asia/Tokyo"]):
        monkeypatch.setenv("TZ", zone)
        folder = tmp_path / str(i)
        build_gradescope_zip(root, SLUG, folder / "g.zip")
        build_student_zip(root, SLUG, folder / "s.zip")
        outs.append([(folder / name).read_bytes() for name in ("g.zip", "s.zip")])
        for path in root.rglob("*.py"):
            os.utime(path, (i, i))
    assert outs[0] == outs[1]


def test_a_mistake_leaves_the_old_zip_and_no_litter(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist" / "out.zip"
    write(out, "old")
    write(root / "assignments/adding/hidden/q1.py", "def")
    with pytest.raises(SourceError):
        build_gradescope_zip(root, SLUG, out)
    write(root / "assignments/adding/public/q1.py", "def")
    with pytest.raises(SourceError):
        build_student_zip(root, SLUG, out)
    assert out.read_text() == "old"
    assert [p.name for p in out.parent.iterdir()] == ["out.zip"]


def test_an_unknown_assignment(root: Path, tmp_path: Path) -> None:
    for build in (build_gradescope_zip, build_student_zip):
        with pytest.raises(CourseError, match="no assignment `sub`"):
            build(root, "sub", tmp_path / "out.zip")


# --- zips that are not ours --------------------------------------------------------------------


def make_zip(path: Path, contents: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        ({}, "was not made by `autograder build`"),
        ({"tests/q1.py": ""}, "was not made by `autograder build`"),
        ({"assignment.json": "{}"}, "is damaged or was made by another version"),
        ({"assignment.json": "[", "tests/q1.py": ""}, "is damaged or was made by another version"),
        ({"assignment.json": "{}", "files/../../x": ""}, "would lie outside of it: files/../../x"),
        ({"assignment.json": "{}", "/etc/x": ""}, "would lie outside of it: /etc/x"),
    ],
)
def test_from_zip_refuses(tmp_path: Path, contents: dict[str, str], message: str) -> None:
    with pytest.raises(BundleError) as caught:
        Bundle.from_zip(make_zip(tmp_path / "x.zip", contents))
    assert message in str(caught.value)


def test_from_zip_without_a_zip(root: Path, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="does not exist"):
        Bundle.from_zip(tmp_path / "x.zip")
    with pytest.raises(BundleError, match="cannot be read"):
        Bundle.from_zip(tmp_path)
    write(tmp_path / "x.zip", "no zip")
    with pytest.raises(BundleError, match="not a zip file that can be read"):
        Bundle.from_zip(tmp_path / "x.zip")
    build_gradescope_zip(root, SLUG, tmp_path / "g.zip")
    contents = {n: d.decode("latin-1") for n, d in unzip(tmp_path / "g.zip").items()}
    del contents["tests/q2.py"]
    with pytest.raises(BundleError, match="not every question has its public tests"):
        Bundle.from_zip(make_zip(tmp_path / "less.zip", contents))


# --- the student's zip -------------------------------------------------------------------------


def test_what_is_in_the_student_zip(root: Path, tmp_path: Path) -> None:
    build_student_zip(root, SLUG, tmp_path / "out.zip")
    contents = unzip(tmp_path / "out.zip")
    wheel, _ = engine_wheel()
    starter = {f"adding/{name}": data for name, data in build_starter(root, SLUG).items()}
    assert starter.items() <= contents.items()
    extra = {"README.md", "constraints.txt", "requirements.txt", wheel}
    assert contents.keys() - starter.keys() == {f"adding/{name}" for name in extra}
    for name, data in contents.items():
        assert b"987654" not in data, name
        assert b"secret" not in data, name


def test_the_students_readme(root: Path, tmp_path: Path) -> None:
    write(root / "course.yml", COURSE.replace("2026-07-20 23:59", "2026-07-20 21:59Z"))
    build_student_zip(root, SLUG, tmp_path / "out.zip")
    readme = unzip(tmp_path / "out.zip")["adding/README.md"].decode()
    assert readme.startswith("# Adding\n")
    assert "Due Monday 20 July 2026, 23:59 (Europe/Zurich)." in readme
    assert '10 points in 2 questions, and 10 for the written part, "Report".' in readme
    assert "pip install -r requirements.txt" in readme
    assert "jupyter lab adding.ipynb" in readme
    assert "| q2 | A class | 6 |" in readme
    assert "| `data/numbers.csv` |" in readme


# --- what is installed -------------------------------------------------------------------------


def test_the_wheel_holds_the_engine_and_nothing_else() -> None:
    name, data = engine_wheel()
    assert name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    assert {"autograder/checks.py", "autograder/authoring/templates/setup.sh"} <= set(names)
    assert "autograder/constraints.txt" in names
    tops = {n.split("/")[0] for n in names}
    assert tops == {"autograder", f"autograder_course-{autograder.__version__}.dist-info"}


def test_requirements_are_pinned(root: Path) -> None:
    assignment = Bundle.from_course(root, SLUG).assignment
    assert requirements("x.whl", assignment, constraints()) == "-c constraints.txt\n./x.whl\n"
    text = COURSE.replace("    questions:", "    packages: [scikit-learn, torch]\n    questions:")
    write(root / "course.yml", text)
    lines = requirements(
        "x.whl", Bundle.from_course(root, SLUG).assignment, constraints()
    ).splitlines()
    assert lines[-2:] == ["scikit-learn", "torch"]
    assert lines[0].startswith("--extra-index-url")
    bundle = Bundle.from_course(root, SLUG)
    assert "index" not in requirements("x.whl", bundle.assignment, constraints(), torch_index=False)
    write(root / "course.yml", text.replace("torch", "left_pad"))
    with pytest.raises(BundleError, match=r"`left_pad`, which constraints.txt does not pin"):
        requirements("x.whl", Bundle.from_course(root, SLUG).assignment, constraints())


def test_constraints_pin_everything_and_name_no_machine() -> None:
    lines = [line for line in constraints().splitlines() if not line.startswith("#")]
    assert "torch==2.13.0" in lines
    for line in lines:
        pin, _, _ = line.partition(";")  # a marker says for which Python it is
        name, _, version = pin.partition("==")
        assert name
        assert version
        assert not set(pin) & set("/@:+ "), line
