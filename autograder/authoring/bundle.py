"""What is handed out and what grades: the bundle, the student's zip, the Gradescope zip.

Two builds from the same files give the same bytes: names are sorted, times and permissions fixed.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from autograder.authoring.packaging import (
    BundleError,
    constraints,
    engine_wheel,
    requirements,
    template,
)
from autograder.authoring.packing import pack
from autograder.course import data
from autograder.course.layout import LEADERBOARD_FILE, read_files, read_leaderboard, read_tests
from autograder.course.model import COURSE_FILE, Assignment, load_course
from autograder.course.parts import VISIBILITIES, Visibility, part_name
from autograder.ground.files import read_tree, write_atomic

__all__ = ["Bundle", "BundleError", "build_gradescope_zip", "build_student_zip", "pack", "unpack"]

PLUGIN = "autograder.otter_plugin.AutograderPlugin"
ASSIGNMENT = "assignment.json"
_HIDDEN_SUFFIX = "_hidden.py"


@dataclass(frozen=True)
class Bundle:
    """Everything that judges one assignment.

    Attributes:
        assignment: points, limits and rules.
        public: test source by question; the student has it too.
        hidden: test source by question; only the grader has it.
        files: data beside the submission, by relative POSIX path.
        leaderboard: source of what computes its entry, or "".
    """

    assignment: Assignment
    public: dict[str, str] = field(repr=False)
    hidden: dict[str, str] = field(repr=False)
    files: dict[str, bytes] = field(repr=False)
    leaderboard: str = field(default="", repr=False)

    @classmethod
    def from_course(cls, root: Path, slug: str) -> Bundle:
        """The bundle of a checkout.

        Raises:
            CourseError, SourceError: for a mistake in what was written by hand.
        """
        assignment = load_course(root / COURSE_FILE).assignment(slug)
        public = read_tests(root, assignment, "public")
        hidden = read_tests(root, assignment, "hidden")
        board = read_leaderboard(root, assignment)
        return cls(assignment, public, hidden, read_files(root, slug), board)

    @classmethod
    def from_zip(cls, path: Path) -> Bundle:
        """Read back a zip that `build_gradescope_zip` made.

        Raises:
            BundleError: if it is not such a zip, in one sentence.
        """
        return cls.from_contents(path, unpack(path))

    @classmethod
    def from_folder(cls, path: Path) -> Bundle:
        """Read a bundle that somebody (Gradescope, Otter) has unpacked.

        Raises:
            BundleError: if it is not one, in one sentence.
        """
        return cls.from_contents(path, read_tree(path))

    @classmethod
    def from_contents(cls, path: Path, contents: Mapping[str, bytes]) -> Bundle:
        """Read a bundle that is already unpacked; `path` is for messages.

        Raises:
            BundleError: if it is not one, in one sentence.
        """
        if ASSIGNMENT not in contents:
            raise BundleError(f"{path} was not made by `autograder build`: no {ASSIGNMENT} in it.")
        try:
            assignment = Assignment.model_validate_json(contents[ASSIGNMENT])
            tests = {
                PurePosixPath(name).name: data.decode()
                for name, data in contents.items()
                if re.fullmatch(r"tests/q\d+(_hidden)?\.py", name)
            }
            board = contents.get(LEADERBOARD_FILE, b"").decode()
        except (ValidationError, UnicodeDecodeError):
            problem = "is damaged or was made by another version of autograder; build it again"
            raise BundleError(f"{path} {problem}.") from None
        public = {q: tests[f"{q}.py"] for q in assignment.questions if f"{q}.py" in tests}
        hidden = {
            question: tests[f"{question}{_HIDDEN_SUFFIX}"]
            for question in assignment.questions
            if f"{question}{_HIDDEN_SUFFIX}" in tests
        }
        if public.keys() != assignment.questions.keys():
            raise BundleError(f"{path} is damaged: not every question has its public tests.")
        files = {n[len("files/") :]: d for n, d in contents.items() if n.startswith("files/")}
        return cls(assignment, public, hidden, files, board)

    def tests(self) -> Iterator[tuple[str, Visibility, str]]:
        """Question, visibility and source of every test file, in the order of the questions."""
        for question in self.assignment.questions:
            for visibility, tests in zip(VISIBILITIES, (self.public, self.hidden), strict=True):
                if question in tests:
                    yield question, visibility, tests[question]

    @property
    def parts(self) -> dict[str, str]:
        """Source of every test file by its name, such as `q3 (hidden)`."""
        return {part_name(q, visibility): source for q, visibility, source in self.tests()}

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of everything in the bundle that decides a score.

        Dates, the late policy and the leaderboard do not.
        """
        decides = {
            "assignment": _deciding(self.assignment),
            "public": self.public,
            "hidden": self.hidden,
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in self.files.items()},
        }
        text = json.dumps(decides, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _deciding(assignment: Assignment) -> dict[str, object]:
    """What decides a score. Titles and dates do not: a later date is no reason to grade again."""
    questions = {key: (q.points, q.names, q.forbid) for key, q in assignment.questions.items()}
    rules = {"allow_imports", "forbid_imports", "limits", "packages", "preload", "slug"}
    return {**assignment.model_dump(mode="json", include=rules), "questions": questions}


# --- the two zips ------------------------------------------------------------------------------


def build_student_zip(root: Path, slug: str, out: Path) -> list[str]:
    """Write what a student downloads: one folder with the starter, a README, texts, the engine.

    Returns:
        Names of the data that is left out because it is not on this machine yet.

    Raises:
        CourseError, SourceError, BundleError: in one sentence; `out` is then as it was before.
    """
    from autograder.authoring.source import (
        build_starter,  # imports Otter and Jupytext; graders need neither
    )

    course = load_course(root / COURSE_FILE)
    assignment = course.assignment(slug)
    wheel_name, wheel = engine_wheel()
    pinned = constraints(root)
    readme = template(
        "student_readme.md.jinja",
        course=course,
        assignment=assignment,
        due=assignment.due.astimezone(ZoneInfo(course.timezone)),
        files=list(read_files(root, slug)),
    )
    contents = {
        **build_starter(root, slug),
        "README.md": readme.encode(),
        "requirements.txt": requirements(f"{wheel_name}[student]", assignment, pinned).encode(),
        "constraints.txt": pinned.encode(),
        wheel_name: wheel,
    }
    left_out: list[str] = []
    for name in assignment.data:
        try:
            contents |= data.packaged([name])
        except data.DataMissing:
            left_out.append(name)
    write_atomic(out, pack({f"{slug}/{name}": content for name, content in contents.items()}))
    return left_out


def build_gradescope_zip(root: Path, slug: str, out: Path) -> None:
    """Write the bundle for Gradescope, `autograder grade --bundle` and stock `otter run -a`.

    Otter generates it; its conda installation is replaced by a lean one, and `assignment.json`, the
    engine and, for the machine's self-test, the starter are added. Neither solution nor mutants are
    anywhere near it.

    Raises:
        CourseError, SourceError, BundleError: in one sentence; `out` is then as it was before.
    """
    from autograder.authoring.source import build_starter  # as above

    bundle = Bundle.from_course(root, slug)
    wheel_name, wheel = engine_wheel()
    pinned = constraints(root)
    needed = requirements(wheel_name, bundle.assignment, pinned, torch_index=False)
    contents = {
        **_otter_zip(bundle),
        ASSIGNMENT: (bundle.assignment.model_dump_json(indent=1) + "\n").encode(),
        "setup.sh": template("setup.sh").encode(),
        "run_autograder": template("run_autograder").encode(),
        "requirements.txt": needed.encode(),
        "constraints.txt": pinned.encode(),
        wheel_name: wheel,
        f"starter/{slug}.py": build_starter(root, slug)[f"{slug}.py"],
        **{f"files/{name}": data for name, data in bundle.files.items()},
    }
    if bundle.leaderboard:
        contents[LEADERBOARD_FILE] = bundle.leaderboard.encode()
    write_atomic(out, pack(contents))


def _otter_zip(bundle: Bundle) -> dict[str, bytes]:
    """Tests and configuration as Otter's own generator lays them out, without its conda setup."""
    from otter.generate import main as otter_generate  # slow to import, and only used here

    config = {"plugins": [PLUGIN], "show_hidden": True}  # to students after publication
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tests").mkdir()
        for question, source in bundle.public.items():
            (folder / "tests" / f"{question}.py").write_bytes(source.encode())
        for question, source in bundle.hidden.items():
            (folder / "tests" / f"{question}{_HIDDEN_SUFFIX}").write_bytes(source.encode())
        (folder / "otter_config.json").write_text(json.dumps(config), encoding="utf-8")
        otter_generate(
            tests_dir=str(folder / "tests"),
            output_path=str(folder / "autograder.zip"),
            config=str(folder / "otter_config.json"),
            no_requirements=True,
            no_environment=True,
        )
        contents = unpack(folder / "autograder.zip")
    return {n: d for n, d in contents.items() if n.startswith("tests/") or n.endswith(".json")}


# --- zip files ---------------------------------------------------------------------------------


def unpack(path: Path) -> dict[str, bytes]:
    """The files of a bundle. Its maker is trusted, its names are not: they become paths later."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
            for name in names:
                parts = PurePosixPath(name).parts
                if ".." in parts or name.startswith("/") or "\\" in name or ":" in name:
                    raise BundleError(f"{path} has a file that would lie outside of it: {name}.")
            return {name: archive.read(name) for name in names}
    except FileNotFoundError:
        raise BundleError(f"{path} does not exist.") from None
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError):
        raise BundleError(f"{path} is not a zip file that can be read.") from None
