"""`autograder verify` holds for every assignment, and it notices what it is there to notice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from shared.isolation import isolates
from shared.preloaded import otter
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.build import check
from autograder.authoring.bundle import Bundle
from autograder.authoring.source import write_starter
from autograder.course.model import COURSE_FILE, load_course
from autograder.grading.results import Result
from autograder.ground.errors import Failure, UserError
from autograder.submissions import read as submission
from autograder.verifying import proof
from autograder.verifying.dependencies import Uses
from autograder.verifying.otter_run import otter_points, otter_results
from autograder.verifying.proof import Part, claims, claims_of_part

ROOT = Path(__file__).parents[2]
MUTANTS = 10  # of each assignment, evenly spread
WHOLE = "embeddings"  # whose cases take the least time, so that one assignment is verified whole
ASSIGNMENTS = list(load_course(ROOT / COURSE_FILE).assignments)


@isolates
@pytest.mark.parametrize("slug", ASSIGNMENTS)
def test_the_tests_of_an_assignment_are_sound(slug: str) -> None:
    # Twenty repeats and stock Otter for one; `make verify` does it for all, and with all mutants,
    # in its time.
    quick = slug != WHOLE
    # One worker, for the suite's own processes keep the processors busy: each would import the
    # assignment's libraries twice.
    found = claims(ROOT, slug, quick=quick, sample=MUTANTS, workers=1)
    problems = [f"{c.text}: {p}" for c in found for p in c.problems]
    assert problems == []


def test_starter_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    monkeypatch.chdir(ROOT)
    assert check(None, Console(quiet=True)) == 0


@isolates
def test_stock_otter_agrees_on_wrong_answers_too(tmp_path: Path) -> None:
    from autograder.authoring.bundle import build_gradescope_zip
    from autograder.classroom.pool import Task, grade_all

    slug = WHOLE
    bundle = tmp_path / "bundle.zip"
    build_gradescope_zip(ROOT, slug, bundle)
    solution = (ROOT / "solutions" / slug / f"{slug}.py").read_text()
    mutants = sorted((ROOT / "assignments" / slug / "mutants").glob("*.py"))
    files = [next((ROOT / "assignments" / slug / "alternatives").glob("*.py"))]
    for path in mutants[:: len(mutants) // 3]:
        files.append(tmp_path / path.name)
        files[-1].write_text(solution + "\n\n" + path.read_text())
    tasks = [Task(submission.read(path, slug, path.stem)) for path in files]
    ours = [r.score for r in grade_all(tasks, Bundle.from_zip(bundle), workers=1)]
    theirs = [otter_points(bundle, path, slug, otter) for path in files]
    assert theirs == pytest.approx(ours)


# --- what verify is there to notice -------------------------------------------------------------


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = make_course(tmp_path)
    for number in range(4):  # as many as two questions ask for
        text = f'"""Off by {number + 1}."""\nquestion = "q1"\n\n\n'
        text += f"def add(a, b):\n    return a + b + {number + 1}\n"
        write(root / "assignments" / SLUG / "mutants" / f"off_{number}.py", text)
    (root / "assignments" / SLUG / "mutants" / "wrong.py").unlink()
    # q2's tests in the tiny course use `add` as well; here each question has its own.
    for visibility in ("public", "hidden"):
        path = root / "assignments" / SLUG / visibility / "q2.py"
        text = path.read_text().replace("def test_small(add):", "def test_small(student):")
        head, _, _ = text.partition("    assert_equal")
        probe = (
            "    def probe(Counter):\n        counter = Counter()\n        counter.step()\n"
            "        return counter.count\n\n"
            "    assert_equal(student(probe), 1)\n"
        )
        path.write_text(head + probe)
    for name in ("one", "two", "three"):
        text = "def add(a, b):\n    return b + a\n\n\nclass Counter:\n    count = 0\n\n"
        text += "    def step(self):\n        self.count += 1\n"
        write(root / "assignments" / SLUG / "alternatives" / f"{name}.py", text)
    (root / "assignments" / SLUG / "alternatives" / "other.py").unlink()
    write_starter(root, SLUG)
    return root


def problems(root: Path) -> str:
    return "\n".join(p for c in claims(root, SLUG, quick=True, workers=1) for p in c.problems)


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        ("data.txt", ["solution.py", "solution-notebook.ipynb", "starter.py"]),
        ("train.py", ["solution-notebook.ipynb", "starter-notebook.ipynb"]),
    ],
)
def test_stock_otter_is_asked_with_what_it_can_take(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, asked: list[str]
) -> None:
    """Otter copies the course's files beside a submission, and refuses two scripts."""
    write(course / "assignments" / SLUG / "files" / file, "")
    cast = proof.Cast(course, SLUG, Bundle.from_course(course, SLUG), tmp_path)
    cast.add_right_and_empty()
    seen: list[str] = []

    def points(bundle: Path, path: Path, slug: str) -> float:
        seen.append(path.name)
        return 0.0

    monkeypatch.setattr(proof, "otter_points", points)
    nothing = Result(
        assignment=SLUG, submission="", student="", parts=[], seconds=0, digests={}, layers=[]
    )
    results = dict.fromkeys(cast.paths, nothing)
    assert proof._stock_otter(course, SLUG, tmp_path, cast, results).problems == []
    assert seen == asked


@isolates
def test_a_sound_assignment(course: Path) -> None:
    assert problems(course) == ""


@isolates
@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        ("hidden/q1.py", "987654 + 1", "987654 + 2", "solution: q1 (hidden), small: failed"),
        ("hidden/q1.py", "assert_equal(add", "print(add", "no hidden case of q1 catches it"),
        ("hidden/q1.py", "hidden=True, ", "", "needs hidden=True and a failure_message"),
        ("mutants/off_1.py", '"q1"', '"q2"', "no hidden case of q2 catches it"),
        ("mutants/off_1.py", '"""Off by 2."""', "", "line 1: a docstring names the mistake"),
        (
            "hidden/q1.py",
            "assert_equal(add",
            "[].pop(); assert_equal(add",
            "The test itself stopped: IndexError: pop from empty list (hidden/q1.py, line 11)",
        ),
        (
            "mutants/off_1.py",
            "def add",
            "class Counter:\n    pass\n\n\ndef add",
            "it also loses points on q2: q2 (public), small: ",
        ),
        ("alternatives/one.py", "b + a", "b - a", "alternative-one: q1 (public), small: failed"),
        ("public/q1.py", "points=2", "points=3", "q1: tests give 5, not 4"),
        (
            "hidden/q1.py",
            "def test_small(add)",
            "def test_small(ad)",
            "hidden/q1.py, line 10: `ad` is neither `student` nor a name of the solution. "
            "Did you mean add?",
        ),
    ],
)
def test_what_is_noticed(course: Path, path: str, old: str, new: str, says: str) -> None:
    file = course / "assignments" / SLUG / path
    text = file.read_text()
    assert old in text
    text = text.replace(old, new)
    if "points=3" in new:
        text = text.replace("points = 2", "points = 3")
    file.write_text(text)
    write_starter(course, SLUG)
    assert says in problems(course)


@isolates
def test_a_secret_in_the_starter_is_noticed(course: Path) -> None:
    path = course / "solutions" / SLUG / f"{SLUG}.py"
    secret = "    a_rather_long_secret_line = a + b"
    path.write_text(path.read_text().replace("    secret = a + b", secret + "\n    secret = a + b"))
    files = course / "assignments" / SLUG / "files" / "notes.txt"
    files.write_text(secret)
    write_starter(course, SLUG)
    assert "contains a line of a solution" in problems(course)


def test_what_a_change_can_touch() -> None:
    uses = Uses(ROOT, "matmul", Bundle.from_course(ROOT, "matmul"))
    assert uses.touched_by("def matmul_naive(a, b): pass") == {"q1"}
    assert uses.touched_by("def _operands(a, b): pass") > {"q1", "q2", "q3"}
    assert uses.touched_by("class CSRMatrix: pass") == {"q5", "q7"}


@isolates
def test_fewer_mutants_than_the_course_asks_for(course: Path) -> None:
    file = course / "course.yml"
    text = file.read_text()
    at_least = "    at_least: {mutants: 13, alternatives: 4}\n"
    file.write_text(text.replace("    questions:\n", at_least + "    questions:\n"))
    found = problems(course)
    assert "there should be at least 13 mutants." in found
    assert "there should be at least 4 alternatives." in found


@isolates
def test_one_question_or_one_mutant(course: Path) -> None:
    def told(part: Part) -> list[str]:
        found = list(claims_of_part(course, SLUG, part, workers=1))
        assert not [p for c in found for p in c.problems]
        return [c.text for c in found]

    assert told(Part(question="q2")) == [
        "the solution gets everything, as script and as notebook",
        "the starter gets nothing, and every case says “not written yet”",
        "each of 0 mutants is caught, by its question alone",
        "each of 3 alternatives gets everything",
    ]
    one = told(Part(mutant="off_3"))
    assert one[0] == "each of 1 mutants is caught, by its question alone"
    assert [text.partition(":")[0] for text in one[1:]] == [
        "caught by q1 (public), small",
        "caught by q1 (hidden), small",
    ]
    for part, says in [
        (Part(question="q7"), r"^adding has no question q7; there is: q1, q2\.$"),
        (Part(mutant="off_33"), r"^adding has no mutant called off_33\. Did you mean off_3\?$"),
        (Part("q2", "off_3"), r"^adding has no mutant of q2 called off_3\.$"),
    ]:
        with pytest.raises(UserError, match=says):
            list(claims_of_part(course, SLUG, part))


@isolates
def test_a_course_that_lists_promises_lists_them_everywhere(course: Path) -> None:
    write(course / "assignments" / "other" / "promises.toml", "")
    assert problems(course) == f"assignments/{SLUG}/promises.toml is missing"


def test_a_kernel_of_stock_otters_that_dies_is_started_again(tmp_path: Path) -> None:
    """Another program took one of the ports that Jupyter had chosen for it."""
    said = ["nbclient.exceptions.DeadKernelError: Kernel died", "", "never asked"]

    def run(_: Sequence[str], folder: Path) -> str:
        if len(said) == 2:
            (folder / "results.json").write_text('{"score": 3}')
        return said.pop(0)

    work = tmp_path / "work.ipynb"
    work.write_text("{}")
    assert otter_results(tmp_path / "bundle.zip", work, SLUG, run) == {"score": 3}
    assert said == ["never asked"]


def test_a_stock_otter_that_does_not_finish_is_said(tmp_path: Path) -> None:
    work = tmp_path / "work.ipynb"
    work.write_text("{}")
    said = ["KeyError: 'x'", "never asked"]
    with pytest.raises(Failure, match=r"^`otter run` did not finish: KeyError: 'x'$"):
        otter_results(tmp_path / "bundle.zip", work, SLUG, lambda *_: said.pop(0))
    assert said == ["never asked"]
