"""`autograder build --nbgrader`, and stock nbgrader on what it writes.

`make nbgrader` runs nbgrader's own commands for every assignment; here they run for matmul.
"""

from __future__ import annotations

import copy
import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from shared.tiny_course import SLUG, SOLUTION, TEST, make_course, write

from autograder.authoring.bundle import Bundle
from autograder.authoring.source import SourceError
from autograder.course.model import COURSE_FILE, load_course
from autograder.platforms.nbgrader.tree import SKIP, _literal, source_notebook, write_nbgrader
from autograder.verifying.leaks import leaks_in

ROOT = Path(__file__).parents[2]
EVERY = os.environ.get("NBGRADER") == "all"
SLUGS = list(load_course(ROOT / COURSE_FILE).assignments) if EVERY else ["matmul"]

# What stock nbgrader makes of a class is made once.
pytestmark = pytest.mark.xdist_group("nbgrader")


def marked(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Cells with nbgrader's metadata, by grade_id."""
    cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    names = [cell.metadata.nbgrader.grade_id for cell in cells]
    assert len(set(names)) == len(names)
    return dict(zip(names, cells, strict=True))


def between(text: str, what: str) -> tuple[str, str]:
    """What stands between nbgrader's markers, and the rest."""
    before, _, after = text.partition(f"### BEGIN {what}\n")
    inside, _, rest = after.partition(f"\n### END {what}")
    return inside, before + rest


# --- what is written, without nbgrader -----------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_course(tmp_path)


def test_cells_and_points(root: Path) -> None:
    cells = marked(source_notebook(root, SLUG))
    kinds = {
        name: (c.cell_type, c.metadata.nbgrader.get("points"), c.metadata.nbgrader.locked)
        for name, c in cells.items()
    }
    assert list(kinds)[-2:] == ["q1-hidden", "q2-hidden"]
    assert kinds == {
        "setup": ("code", None, True),
        "q1-code": ("code", None, False),
        "q1-public": ("code", 2.0, True),
        "q2-code": ("code", None, False),
        "q2-code-2": ("code", None, False),
        "q2-public": ("code", 3.0, True),
        "written": ("markdown", 10.0, False),
        "q1-hidden": ("code", 2.0, True),
        "q2-hidden": ("code", 3.0, True),
    }
    for name, cell in cells.items():
        meta = cell.metadata.nbgrader
        assert meta.schema_version == 3
        assert meta.solution == ("code" in name or name == "written")
        assert meta.grade == ("points" in meta)


def test_secrets_stand_between_the_markers(root: Path) -> None:
    cells = marked(source_notebook(root, SLUG))
    inside, outside = between(cells["q1-hidden"].source, "HIDDEN TESTS")
    assert "987654" in inside
    assert "987654" not in outside
    inside, outside = between(cells["q1-code"].source, "SOLUTION")
    assert "secret = a + b" in inside
    assert "SOLUTION" not in inside
    assert outside.count('raise NotImplementedError("q1: add is not written yet")') == 1
    assert "secret" not in outside.lower()
    inside, outside = between(cells["written"].source, "SOLUTION")
    assert inside == "The secret answer."
    assert outside.strip() == "*Your answer*"


def test_figures_are_not_run_by_the_autograder(root: Path) -> None:
    notebook = source_notebook(root, SLUG)
    figure = next(c for c in notebook.cells if "%matplotlib" in c.source)
    assert SKIP in figure.metadata.tags
    assert all(SKIP not in c.metadata.get("tags", []) for c in marked(notebook).values())


@pytest.mark.parametrize(
    "source",
    ["x = '''a'''\n", "x = r'\\d'\n", "# ends in a backslash \\", "### END HIDDEN TESTS\n"],
)
def test_a_hidden_test_survives_as_text(source: str) -> None:
    literal = _literal(source)
    assert eval(literal) == "\n" + source
    assert "TESTS" not in literal.replace("### END HIDDEN TESTS\\n", "") or "\n" not in literal


def test_points_must_add_up(root: Path) -> None:
    test = TEST.format(title="t", name="q1", points=1, more="", n=1)
    write(root / "assignments" / SLUG / "public" / "q1.py", test)
    with pytest.raises(SourceError, match="q1: the test files give 3 points"):
        source_notebook(root, SLUG)


def test_an_answer_without_a_written_question(root: Path) -> None:
    text = (root / "course.yml").read_text()
    write(root / "course.yml", text.replace("    written: {title: Report, points: 10}\n", ""))
    with pytest.raises(SourceError, match="tagged `answer`"):
        source_notebook(root, SLUG)


def test_every_assignment_has_its_points() -> None:
    for slug, assignment in load_course(ROOT / COURSE_FILE).assignments.items():
        cells = marked(source_notebook(ROOT, slug))
        for key, question in assignment.questions.items():
            mine = [
                c.metadata.nbgrader.points
                for n, c in cells.items()
                if n.startswith(f"{key}-") and c.metadata.nbgrader.grade
            ]
            assert sum(mine) == question.points, f"{slug}, {key}"
        assert assignment.written is not None
        assert cells["written"].metadata.nbgrader.points == assignment.written.points


def test_written_twice_it_is_the_same_and_keeps_what_is_nbgraders(root: Path) -> None:
    out = root / "dist" / "nbgrader"
    write_nbgrader(root, [SLUG], out)
    first = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    write(out / "gradebook.db", "nbgrader's")
    write_nbgrader(root, [SLUG], out)
    assert {p: p.read_bytes() for p in first} == first
    assert (out / "gradebook.db").read_text() == "nbgrader's"
    assert (out / "source" / SLUG / "data" / "numbers.csv").exists()


# --- stock nbgrader ------------------------------------------------------------------------------

NOISY_Q1 = """

import os, sys, warnings

_exact = matmul_naive


def matmul_naive(a, b):
    print("on stdout")
    print("on stderr", file=sys.stderr)
    os.write(2, b"on descriptor 2\\n")
    warnings.warn("a warning")
    return _exact(a, b).astype(float)
"""
"""Right but for the dtype, and loud."""

FORBIDDEN_Q2 = "def matmul_outer(a, b):\n    return np.asarray(a) @ np.asarray(b)\n"


class NbgraderCourse:
    """A course directory with stock nbgrader run in it, as an instructor would."""

    def __init__(self, folder: Path, slug: str) -> None:
        self.folder, self.slug = folder, slug
        write_nbgrader(ROOT, [slug], folder)

    def run(self, *arguments: str) -> str:
        scripts = str(Path(sys.executable).parent)
        environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def notebook(self, *parts: str) -> NotebookNode:
        path = self.folder.joinpath(*parts, f"{self.slug}.ipynb")
        return nbformat.read(str(path), as_version=4)

    def hand_in(self, student: str, sources: dict[str, str]) -> None:
        """A submission: the release version with these sources in these cells."""
        folder = self.folder / "submitted" / student / self.slug
        shutil.copytree(self.folder / "release" / self.slug, folder)
        notebook = self.notebook("release", self.slug)
        for name, cell in marked(notebook).items():
            cell.source = sources.get(name, cell.source)
        nbformat.write(notebook, folder / f"{self.slug}.ipynb")

    def copy_cell(self, student: str, name: str) -> None:
        """The student pastes a copy of a graded cell below it; JupyterLab copies metadata too."""
        path = self.folder / "submitted" / student / self.slug / f"{self.slug}.ipynb"
        notebook = nbformat.read(str(path), as_version=4)
        place = next(i for i, c in enumerate(notebook.cells) if c is marked(notebook)[name])
        copied = copy.deepcopy(notebook.cells[place])
        copied.id = "a-copy"
        notebook.cells.insert(place + 1, copied)
        nbformat.write(notebook, path)

    def solution(self) -> dict[str, str]:
        """The reference solution, by grade_id."""
        return {
            name: between(cell.source, "SOLUTION")[0]
            for name, cell in marked(self.notebook("source", self.slug)).items()
            if name.partition("-")[2].startswith("code")
        }

    def scores(self) -> dict[str, tuple[float, float]]:
        self.run("export")
        with open(self.folder / "grades.csv", encoding="utf-8", newline="") as file:
            return {
                row["student_id"]: (float(row["score"]), float(row["max_score"]))
                for row in csv.DictReader(file)
            }

    def autograded(self, student: str) -> dict[str, float]:
        """Points that the cells of an autograded notebook returned."""
        points = {}
        for name, cell in marked(self.notebook("autograded", student, self.slug)).items():
            for output in cell.get("outputs", []):
                assert output.output_type not in ("error", "stream"), (name, output)
                if output.output_type == "execute_result" and cell.metadata.nbgrader.grade:
                    points[name] = float(output.data["text/plain"])
        return points


@pytest.fixture(scope="module", params=SLUGS)
def graded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> NbgraderCourse:
    """generate_assignment, three submissions, autograde, generate_feedback."""
    pytest.importorskip("nbgrader", reason="nbgrader is not installed: pip install .[nbgrader]")
    slug = request.param
    course = NbgraderCourse(tmp_path_factory.mktemp("nbgrader"), slug)
    course.run("generate_assignment", slug)
    solution = course.solution()
    course.hand_in("solution", {**solution, "written": "What I saw."})
    course.hand_in("starter", {})
    if slug == "matmul":
        noisy = (
            solution["q1-code"] + NOISY_Q1 + "\nget_ipython().run_line_magic('precision', '0')\n"
        )
        changed = {"q1-code": noisy, "q2-code": FORBIDDEN_Q2}
        course.hand_in("noisy", {**solution, **changed})
        course.hand_in("copier", solution)  # before the others: they must be graded all the same
        course.copy_cell("copier", "q1-public")
    course.run("autograde", slug)
    course.run("generate_feedback", slug)
    return course


def test_the_release_version_holds_no_secret(graded: NbgraderCourse) -> None:
    released = {
        p.relative_to(graded.folder).as_posix(): p.read_bytes()
        for p in (graded.folder / "release").rglob("*")
        if p.is_file()
    }
    assert not list(leaks_in(ROOT, graded.slug, {"release/": released}))
    cells = marked(graded.notebook("release", graded.slug))
    for name, cell in cells.items():
        assert "BEGIN" not in cell.source
        if name.endswith("-hidden"):
            assert cell.source.splitlines()[0].startswith("# Hidden tests decide ")
            assert len(cell.source.splitlines()) == 1


def test_the_solution_gets_everything_and_the_starter_nothing(graded: NbgraderCourse) -> None:
    assignment = load_course(ROOT / COURSE_FILE).assignment(graded.slug)
    assert assignment.written is not None
    scores = graded.scores()
    total = assignment.points + assignment.written.points
    assert scores["solution"] == (assignment.points, total)
    assert scores["starter"] == (0.0, total)


def test_a_copied_cell_costs_nobody_anything(graded: NbgraderCourse) -> None:
    if graded.slug != "matmul":
        return
    scores = graded.scores()
    assert scores["copier"] == scores["solution"]
    copies = [
        cell
        for cell in graded.notebook("autograded", "copier", graded.slug).cells
        if cell.source == 'grader.grade("q1")'
    ]
    assert ["nbgrader" in cell.metadata for cell in copies] == [False, True]


def test_points_are_per_test_case_and_stderr_costs_nothing(graded: NbgraderCourse) -> None:
    if graded.slug != "matmul":
        return
    points = graded.autograded("noisy")
    full = graded.autograded("solution")
    # Without integers: one public case of 1 point; hidden, every case that looks at the dtype.
    assert points["q1-public"] == full["q1-public"] - 1
    assert 0 < points["q1-hidden"] < full["q1-hidden"]
    # `@` is forbidden in q2, and the others are as good as before.
    assert points["q2-public"] == points["q2-hidden"] == 0
    for name in set(full) - {"q1-public", "q1-hidden", "q2-public", "q2-hidden"}:
        assert points[name] == full[name], name
    shown = str(graded.notebook("autograded", "noisy", "matmul").cells)
    assert "q2 must not use `@`" in shown
    total = sum(points.values())
    assert graded.scores()["noisy"][0] == pytest.approx(total)


def test_feedback_shows_hints_and_no_hidden_test(graded: NbgraderCourse) -> None:
    folder = graded.folder / "feedback"
    pages = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.html")}
    students = {name.partition("/")[0] for name in pages}
    assert {"solution", "starter"} <= students
    others = {name: page for name, page in pages.items() if name.startswith("starter")}
    assert not list(leaks_in(ROOT, graded.slug, {"feedback/": others}, hints=True))
    if graded.slug == "matmul":
        noisy = pages["noisy/matmul/matmul.html"].decode()
        assert "hidden tests" in noisy
        hidden = Bundle.from_course(ROOT, "matmul").hidden["q1"]
        assert "integers with floats, single" in hidden
        assert "integers with floats, single" in noisy


def test_a_solution_of_the_tiny_course_is_unharmed(root: Path) -> None:
    """The solution cell of the source runs as it stands: stub first, solution after it."""
    cells = marked(source_notebook(root, SLUG))
    names: dict[str, object] = {"dataclass": lambda cls: cls}
    exec(cells["q1-code"].source, names)
    assert names["add"](1, 2) == 3  # type: ignore[operator]
    assert "SECRET_HELPER" in names
    assert "BEGIN SOLUTION" in SOLUTION
