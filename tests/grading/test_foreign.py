"""Other people's bundles, made by stock Otter here and now: its scores, and refusals."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from otter.assign import main as otter_assign
from shared.foreign_bundles import BUNDLES, SLUG, generate, opened, write_submission
from shared.isolation import isolates
from shared.preloaded import otter

from autograder.authoring.bundle import BundleError
from autograder.grading.choice import notes, open_bundle
from autograder.grading.foreign.grader import NOTICE, ForeignGrader
from autograder.grading.results import Outcome, Result
from autograder.submissions import read as submission
from autograder.verifying.otter_run import otter_results

pytestmark = isolates


def grade(bundle: Path, path: Path) -> Result:
    with ForeignGrader(opened(bundle)) as grader:
        return grader.grade(submission.read(path, SLUG, "somebody"))


# --- the scores are Otter's ----------------------------------------------------------------------

SCORES = [
    ("ok", "right", "ipynb", 20.0),
    ("ok", "half", "ipynb", 20 * (0.5 + 1 + 0.5) / 8.5),
    ("ok", "nothing", "ipynb", 20 * 0.5 / 8.5),
    ("exceptions", "right", "py", 12.25),
    ("exceptions", "enough", "ipynb", 12.25),
    ("exceptions", "some", "ipynb", 0.0),
    ("exceptions", "exits", "ipynb", 0.0),
    ("order", "checked_on_the_way", "ipynb", 3.0),
    ("order", "checked_at_the_end", "ipynb", 2.0),
    ("order", "checked_twice", "ipynb", 2.0),
    ("order", "leaves", "ipynb", 3.0),
    ("edges", "all", "ipynb", 10.0),
]


@pytest.fixture(scope="module")
def graders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Zip and grader of each bundle."""
    folder = tmp_path_factory.mktemp("bundles")
    with contextlib.ExitStack() as stack:
        made = {}
        for name in sorted({name for name, *_ in SCORES}):
            path = generate(BUNDLES / name, folder / f"{name}.zip")
            made[name] = (path, stack.enter_context(ForeignGrader(opened(path))))
        yield made


@pytest.mark.parametrize(("name", "who", "suffix", "score"), SCORES)
def test_scores_are_those_of_stock_otter(
    graders: dict[str, Any], tmp_path: Path, name: str, who: str, suffix: str, score: float
) -> None:
    bundle, grader = graders[name]
    source = (BUNDLES / name / "submissions" / f"{who}.py").read_text()
    path = write_submission(source, tmp_path / f"{SLUG}.{suffix}", "order")
    result = grader.grade(submission.read(path, SLUG, "somebody"))
    assert result.score == pytest.approx(score, abs=1e-5)
    tests, total = stock(bundle, path)
    assert result.score == pytest.approx(total, abs=1e-5)
    ours = {p.question: (round(p.score, 5), round(p.max_score, 5)) for p in result.parts}
    if tests:
        assert ours == tests
    else:  # Otter loses everything and names no tests
        assert not any(points for points, _ in ours.values())
        assert result.remark


def stock(bundle: Path, path: Path) -> tuple[dict[str, tuple[float, float]], float]:
    """Score and maximum by test file, and the total, of stock `otter run`."""
    found: Any = otter_results(bundle, path, SLUG, otter)
    tests = {t["name"]: (t["score"], t["max_score"]) for t in found["tests"] if "score" in t}
    return tests, found.get("score", sum(score for score, _ in tests.values()))


def test_a_bundle_and_notebooks_made_by_otter_assign(tmp_path: Path) -> None:
    work = tmp_path / "work"
    source = (BUNDLES / "assigned" / "lab.py").read_text()
    write_submission(source, work / "lab.ipynb")
    (work / "words.txt").write_bytes((BUNDLES / "assigned" / "words.txt").read_bytes())
    with contextlib.chdir(work):
        otter_assign("lab.ipynb", "dist", no_run_tests=True, no_pdfs=True)
    bundle = next((work / "dist" / "autograder").glob("*.zip"))
    solution = grade(bundle, work / "dist" / "autograder" / "lab.ipynb")
    assert (solution.score, solution.max_score) == (5.0, 5.0)
    untouched = work / "dist" / "student" / "lab.ipynb"
    assert grade(bundle, untouched).score == stock(bundle, untouched)[1] == 0.0
    renamed = nbformat.read(work / "dist" / "autograder" / "lab.ipynb", 4)
    renamed.metadata["otter"]["assignment_name"] = "another"
    nbformat.write(renamed, tmp_path / "lab.ipynb")
    other = grade(bundle, tmp_path / "lab.ipynb")
    assert (other.score, other.remark) == (
        0.0,
        "This is `lab`, and the notebook belongs to `another`.",
    )


# --- the result ----------------------------------------------------------------------------------


def test_the_result_shows_cases_visibility_and_how_it_was_isolated(tmp_path: Path) -> None:
    bundle = generate(BUNDLES / "ok", tmp_path / "autograder.zip")
    source = (BUNDLES / "ok" / "submissions" / "half.py").read_text()
    result = grade(bundle, write_submission(source, tmp_path / "lab.ipynb"))
    parts = {p.question: p for p in result.parts}
    assert list(parts) == ["q1", "q2", "q3"]
    assert [parts[q].visibility for q in parts] == ["hidden", "public", "hidden"]
    first, second, third = parts["q1"].cases
    assert (first.name, first.points, first.outcome) == ("q1 - 1", 1.0, Outcome.PASSED)
    assert first.message == "Three squared is nine."
    assert second.outcome is Outcome.FAILED
    assert second.message.startswith("Does it work for 0?\nFailed example:\n")
    assert "Expected:\n    0" in second.message
    assert third.outcome is Outcome.PASSED
    assert [c.points for c in parts["q2"].cases] == [2.0, 2.0]
    assert [(c.name, c.points) for c in parts["q3"].cases] == [
        ("a name", 0.5),
        ("q3 - 2", 0.5),
        ("q3 - 3", 0.0),
    ]
    sent = result.to_gradescope()
    assert sent["score"] == result.score
    assert sent["stdout_visibility"] == "after_published"
    assert {t["visibility"] for t in sent["tests"]} == {"after_published", "visible"}
    assert sent["extra_data"]["notice"] == NOTICE
    assert "can forge" in NOTICE


def test_hidden_stays_hidden_unless_the_bundle_publishes_it(tmp_path: Path) -> None:
    bundle = generate(BUNDLES / "exceptions", tmp_path / "autograder.zip")
    sent = grade(bundle, write_submission("x = 1\n", tmp_path / "lab.ipynb")).to_gradescope()
    assert [t["visibility"] for t in sent["tests"]] == ["hidden", "hidden", "visible"]


def test_the_command_line_grades_a_class(tmp_path: Path) -> None:
    bundle = generate(BUNDLES / "ok", tmp_path / "autograder.zip")
    many = tmp_path / "class"
    for who in ("right", "half"):
        source = (BUNDLES / "ok" / "submissions" / f"{who}.py").read_text()
        write_submission(source, many / f"{who}.ipynb")
    (many / "damaged.ipynb").write_text("{")
    done = run("grade", SLUG, many, "--bundle", bundle, "--output", tmp_path / "results")
    assert done.returncode == 0, done.stderr
    assert "ran beside the student's code" in " ".join(done.stdout.split())
    assert {p.name for p in (tmp_path / "results").iterdir()} == {
        "damaged.json",
        "half.json",
        "results.csv",
        "right.json",
    }
    table = (tmp_path / "results" / "results.csv").read_text().splitlines()
    assert table[0] == "submission,student,score,max_score,q1,q2,q3,seconds,remark"
    assert table[1].startswith("damaged,damaged,0,20,0,0,0,")
    assert table[1].endswith("The notebook is damaged: it cannot be read.")
    assert table[3].startswith("right,right,20,20,3.5,4,1,")


def run(*args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "autograder", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "160"},
    )


# --- refusals ------------------------------------------------------------------------------------


def zipped(path: Path, contents: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return path


TEST = """OK_FORMAT = True
test = {"name": "q1", "suites": [{"cases": [{"code": ">>> 1\\n1"}]}]}
"""


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        ({"otter_config.json": '{"lang": "r"}', "tests/q1.R": ""}, "for R (`lang`)"),
        (
            {"otter_config.json": '{"plugins": ["a.B"]}', "tests/q1.py": TEST},
            "(`a.B`)",
        ),
        ({"otter_config.json": "{", "tests/q1.py": TEST}, "is not JSON"),
        ({"otter_config.json": "[]", "tests/q1.py": TEST}, "is not an object"),
        ({"otter_config.json": '{"seed": "x"}', "tests/q1.py": TEST}, "`seed`"),
        ({"otter_config.json": "{}"}, "has no tests/*.py"),
        ({"tests/q1.py": "import nowhere\n"}, "tests/q1.py cannot be loaded: ModuleNotFoundError"),
        ({"tests/q1.py": "name = 'q1'\n"}, "OK_FORMAT"),
        ({"tests/q1.py": "import os; os._exit(0)\n"}, "ends the process"),
        ({"tests/q1.py": TEST.replace('"q1"', "1")}, "malformed"),
        ({"../out.py": ""}, "lie outside"),
        ({"tests/q1.py": TEST, "files/x": "x" * (65 << 20)}, "fit into the jail (64 MB)"),
    ],
)
def test_what_is_not_supported_is_refused_in_one_sentence(
    tmp_path: Path, contents: dict[str, str], says: str
) -> None:
    with pytest.raises(BundleError) as caught:
        open_bundle(zipped(tmp_path / "theirs.zip", contents), SLUG)
    assert says in str(caught.value)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_package_that_is_not_installed_is_named(tmp_path: Path) -> None:
    environment = "dependencies: [{pip: [otter-grader, pandas>=1, no-such-package==1.0, '-e x']}]"
    contents = {"tests/q1.py": TEST, "environment.yml": environment}
    bundle = opened(zipped(tmp_path / "theirs.zip", contents))
    assert bundle.missing == ["no-such-package"]
    assert bundle.modules == ["pandas"]
    assert any("`no-such-package`" in note for note in notes(bundle))
