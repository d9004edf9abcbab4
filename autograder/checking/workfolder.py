"""A student's own folder: find the assignment, its tests and plan, and the file that counts."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.checking.errors import WorkError
from autograder.course.parts import GRADER
from autograder.ground.suggestions import did_you_mean
from autograder.submissions import pair

QUESTION_FILE = re.compile(r"q\w*\.py")
"""Name of a question's test file in `tests/`."""

NOT_ASSIGNMENTS = {"conftest", "setup", "noxfile"}


@dataclass(frozen=True)
class Planned:
    """What `tests/.points.json` says of a question: its title, all its points, its rules."""

    title: str = ""
    points: float = 0.0
    manual: bool = False
    names: list[str] = field(default_factory=list)
    forbid: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Terms:
    """What `tests/.points.json` says of the grader.

    Attributes:
        python: the oldest Python that grades, as (3, 11); None if that is not said.
        files: what was handed out beside the assignment and is there when it is graded.
        imports: modules that may be imported besides the standard library; none if not said.
    """

    python: tuple[int, int] | None = None
    call_seconds: float = 10.0
    case_seconds: float = 30.0
    load_seconds: float = 20.0
    files: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """An assignment in a student's folder."""

    folder: Path
    slug: str

    @property
    def tests(self) -> dict[str, Path]:
        """Public test files by question, in the order of their numbers."""
        found = [
            p for p in (self.folder / "tests").glob("q*.py") if QUESTION_FILE.fullmatch(p.name)
        ]
        return {p.stem: p for p in sorted(found, key=lambda p: question_order(p.stem))}

    def test(self, question: str) -> Path:
        """The public test file of a question.

        Raises:
            WorkError: there is none.
        """
        there = self.tests
        if not there:
            raise WorkError(
                f"The tests are missing: {self.folder / 'tests'} holds no q*.py. "
                f"Unpack the assignment again, so that `tests` lies beside {self.slug}.py."
            )
        if question not in there:
            raise WorkError(f"There is no {question} in {self.slug}; there is {', '.join(there)}.")
        return there[question]

    @property
    def files(self) -> list[Path]:
        """The pair, as far as it exists: script first, then notebook."""
        pair = (self.folder / f"{self.slug}{suffix}" for suffix in (".py", ".ipynb"))
        return [path for path in pair if path.is_file()]

    def planned(self) -> dict[str, Planned]:
        """Titles and points that `autograder build` left for us; {} without such a file."""
        plan = self._plan()
        try:
            return {q: Planned(**entry) for q, entry in plan.items() if q != GRADER}
        except TypeError:
            return {}

    def terms(self) -> Terms:
        """What `autograder build` left of the grader; what is usual without such a file."""
        try:
            said = dict(self._plan().get(GRADER, {}))
            major, minor = map(int, str(said.pop("python", "0.0")).split("."))
            python = (major, minor) if major else None
            files, imports = (tuple(map(str, said.pop(n, ()))) for n in ("files", "imports"))
            return Terms(python, files=files, imports=imports, **said)
        except (TypeError, ValueError):
            return Terms()

    def _plan(self) -> dict[str, Any]:
        try:
            plan = json.loads((self.folder / "tests" / ".points.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return plan if isinstance(plan, dict) else {}


def question_order(question: str) -> tuple[int, str]:
    """Sorting key that puts q10 after q9."""
    digits = re.search(r"\d+", question)
    return (int(digits[0]) if digits else sys.maxsize, question)


# --- find ---------------------------------------------------------------------------------------


def find_work(folder: Path, slug: str | None = None) -> Work:
    """The assignment `slug` at or below `folder`; without a slug, the only one there is.

    Raises:
        WorkError: if there is none, or more than one.
    """
    folder = folder.resolve()
    if slug is None:
        return _only_work(folder)
    name = re.sub(r"\.(py|ipynb)$", "", Path(slug).name)
    given = folder / Path(slug).parent
    places = [given / name, given / "starter" / name, given]
    for at in places:
        if Work(at, name).files:
            return Work(at.resolve(), name)
    raise WorkError(
        f"There is no assignment `{name}` here: neither {name}.py nor {name}.ipynb "
        f"is in {folder} or in its folder {name}.{did_you_mean(name, _names(given))}"
    )


def _names(folder: Path) -> set[str]:
    """The assignments that lie here, in a folder of it, or in its folder `starter`."""
    at = [folder, *(p for f in (folder, folder / "starter") if f.is_dir() for p in f.iterdir())]
    return {name for f in at if (name := slug_of(f))}


def _only_work(folder: Path) -> Work:
    own = slug_of(folder)
    if own:
        return Work(folder, own)
    below = [p for at in (folder, folder / "starter") if at.is_dir() for p in sorted(at.iterdir())]
    found = [Work(p, name) for p in below if (name := slug_of(p))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise WorkError(
            f"There is no assignment in {folder}: no script or notebook with a folder `tests` "
            "beside it. Go to the assignment's folder first."
        )
    names = ", ".join(w.slug for w in found)
    raise WorkError(f"Which assignment? Here are {names}: `autograder check {found[0].slug}`.")


def slug_of(folder: Path) -> str | None:
    """Name of the assignment whose file lies in `folder` beside `tests/q*.py`, or None.

    The folder may have been renamed, and helper scripts may lie beside the assignment's own.
    """
    if not folder.is_dir() or not any((folder / "tests").glob("q*.py")):
        return None
    scripts = {p.stem for p in folder.glob("*.py")} - NOT_ASSIGNMENTS
    notebooks = {p.stem for p in folder.glob("*.ipynb")}
    for candidates in (
        {folder.name} & (scripts | notebooks),
        scripts & notebooks,
        notebooks,
        scripts,
    ):
        if len(candidates) == 1:
            return candidates.pop()
    return None


# --- choose -------------------------------------------------------------------------------------


def choose(work: Work) -> tuple[Path, str]:
    """The file of the two that counts, as a grader will choose, and a sentence if that needs one.

    Raises:
        WorkError: if neither is there.
    """
    files = work.files
    if not files:
        raise WorkError(f"{work.slug}.py and {work.slug}.ipynb are both missing in {work.folder}.")
    if len(files) == 1:
        return files[0], ""
    script, notebook = files
    chosen = pair.choose(notebook.read_bytes(), script.read_bytes())
    file, other = (script, notebook) if chosen.kind == "py" else (notebook, script)
    if chosen.same:
        return file, ""
    said = f"{notebook.name} and {script.name} differ; {file.name} counts: {chosen.reason}."
    return file, f"{said} If {other.name} is the one you want, take {file.name} out of the folder."
