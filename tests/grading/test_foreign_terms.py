"""What a bundle of stock Otter asks for besides points, and why a test failed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from shared.foreign_bundles import SLUG, opened, write_submission
from shared.isolation import isolates
from shared.official import command_line
from shared.public_shapes import ok, raising

from autograder.authoring.bundle import BundleError
from autograder.grading.choice import notes
from autograder.grading.foreign.grader import ForeignGrader
from autograder.jail.reasons import told
from autograder.submissions import read as submission

pytestmark = isolates

Q1 = ok("q1", ">>> x\n1")


def bundle(path: Path, config: dict[str, object], **tests: str) -> Path:
    with zipfile.ZipFile(path / "theirs.zip", "w") as archive:
        archive.writestr("otter_config.json", json.dumps(config))
        for name, text in (tests or {"q1": Q1}).items():
            archive.writestr(f"tests/{name}.py", text)
    return path / "theirs.zip"


# --- what is left out ----------------------------------------------------------------------------

RATE = "otter.plugins.builtin.RateLimiting"
MAIL = "otter.plugins.builtin.GmailNotifications"


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"pdf": True}, "No PDFs of the submissions are made (`pdf`)."),
        (
            {"token": "t", "course_id": 1, "assignment_id": "2", "filtering": True},
            "No PDFs are uploaded to Gradescope (`token`).",
        ),
        ({"course_id": 1}, ""),
        ({"plugins": []}, ""),
        (
            {"plugins": [{RATE: {"allowed_submissions": 1}}, MAIL]},
            f"{RATE} is not run: no submission is one too many. "
            f"{MAIL} is not run: no mail is sent.",
        ),
        (
            {"grade_from_log": True, "serialized_variables": {"x": "int"}},
            "Students' logs are not read (`grade_from_log`): they are pickles, which can run "
            "anything when they are opened. Every notebook is run instead.",
        ),
        ({"zips": True, "show_all_public": True, "log_level": 10, "seed": None}, ""),
    ],
)
def test_keys_that_change_no_points_get_a_note_and_points(
    tmp_path: Path, config: dict[str, object], said: str
) -> None:
    read = opened(bundle(tmp_path, config))
    assert notes(read)[1:] == ([said] if said else [])
    path = write_submission("x = 1\n", tmp_path / "lab.ipynb")
    with ForeignGrader(read) as grader:
        assert grader.grade(submission.read(path, SLUG, "a")).score == 1.0


@pytest.mark.parametrize("name", ["otter.plugins.builtin.GoogleSheetsGradeOverride", "mine.Bonus"])
def test_a_plugin_that_may_change_points_is_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(BundleError) as caught:
        opened(bundle(tmp_path, {"plugins": [{name: {}}]}))
    assert str(caught.value).endswith(
        f"has a plugin that may change points (`{name}`); plugins are not run here."
    )


def test_debug_is_honoured(tmp_path: Path) -> None:
    with ForeignGrader(opened(bundle(tmp_path, {"debug": True}))) as grader:
        for number, (source, score, problem) in enumerate(
            [
                ("x = 1\n", 1.0, ""),
                (
                    "x = 1\n\n# %%\n{}['a']\n",
                    0.0,
                    "A cell failed; with `debug`, nothing counts then (KeyError: 'a').",
                ),
                ('x = 1\n\n# %% tags=["raises-exception"]\n1 / 0\n', 1.0, ""),
            ]
        ):
            path = write_submission(source, tmp_path / str(number) / "lab.ipynb")
            result = grader.grade(submission.read(path, SLUG, "a"))
            assert (result.score, result.problem) == (score, problem)


# --- tests that start programs -------------------------------------------------------------------

RUNS = """
    @test_case(points=2)
    def test_script():
        import subprocess, sys
        with open("hello.py", "w") as file:
            file.write("print('hello')")
        done = subprocess.run([sys.executable, "hello.py"], capture_output=True)
        assert done.stdout == b"hello\\n"

    @test_case(points=1)
    def test_x(x):
        assert x == 1
"""


def test_tests_that_start_programs_are_named_before_anybody_is_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle(tmp_path, {}, q1=Q1, q2=raising("q2", RUNS))
    write_submission("x = 1\n", tmp_path / "class" / "ada.ipynb")
    run = command_line(tmp_path, monkeypatch, capsys)
    code, said = run("grade", SLUG, "class", "--bundle", "theirs.zip")
    assert code == 0, said
    words = " ".join(said.split())
    named = words.index(
        "There are no other programs in the jail, and these start some: tests/q2.py (`subprocess`)."
    )
    assert named < words.index("student")
    assert "For a person to look at (1): ada: This test starts another program, which it" in words
    (result,) = tmp_path.glob("results/**/ada.json")
    q2 = json.loads(result.read_text(encoding="utf-8"))["extra_data"]["cases"]["q2 (public)"]
    assert [(case["points"], case["outcome"]) for case in q2] == [(2, "stopped"), (1, "passed")]


def test_words_that_only_look_like_programs_are_not_named(tmp_path: Path) -> None:
    tests = {"q1": ok("q1", ">>> system = 'os system'\n>>> execute = forks = 1\n>>> x\n1")}
    assert opened(bundle(tmp_path, {}, **tests)).starting == {}


# --- the reason comes first ----------------------------------------------------------------------

FRAME = """\
import pandas as pd
df = pd.DataFrame({"size": [1.0, 3.0]})

def mean_size(df):
    sizes = df["Size"]
    return sizes.mean()
"""


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a student is told, by test case."""
    folder = tmp_path_factory.mktemp("reasons")
    exceptions = """
        @test_case(name="raises")
        def test_raises(df, mean_size):
            assert mean_size(df) == 2.0

        @test_case(name="asserts")
        def test_asserts(df):
            assert len(df) == 3

        @test_case(name="says")
        def test_says(df):
            assert len(df) == 3, "Three rows, please."
    """
    cases = (">>> mean_size(df)\n2.0", ">>> mean_sizes(df)\n2.0", ">>> 1 + 1\n3")
    tests = {"q1": ok("q1", *cases), "q2": raising("q2", exceptions)}
    path = write_submission(FRAME, folder / "lab.ipynb")
    with ForeignGrader(opened(bundle(folder, {}, **tests))) as grader:
        result = grader.grade(submission.read(path, SLUG, "a"))
    return {case.name: case.message for part in result.parts for case in part.cases}


def test_a_doctest_says_the_last_line_and_the_students_own(messages: dict[str, str]) -> None:
    assert messages["q1 - 1"] == (
        "KeyError: 'Size'\nYour line: sizes = df[\"Size\"]\nFailed example:\n    mean_size(df)"
    )
    assert messages["q1 - 2"] == (
        "NameError: name 'mean_sizes' is not defined\nFailed example:\n    mean_sizes(df)"
    )
    assert messages["q1 - 3"] == ("Failed example:\n    1 + 1\nExpected:\n    3\nGot:\n    2")


def test_an_exception_says_the_last_line_and_the_students_own(messages: dict[str, str]) -> None:
    first, second, *rest = messages["raises"].splitlines()
    assert (first, second) == ("KeyError: Size", 'Your line: sizes = df["Size"]')
    assert rest[0].startswith("Error at line ")
    assert rest[1].strip() == "assert mean_size(df) == 2.0"
    assert messages["asserts"].splitlines()[0] == (
        "AssertionError: what the test asserts does not hold"
    )
    assert messages["says"].splitlines()[0] == "AssertionError: Three rows, please."


def test_no_paths_of_this_machine_and_no_libraries(messages: dict[str, str]) -> None:
    for message in messages.values():
        assert "site-packages" not in message
        assert "File " not in message


def test_a_long_error_keeps_its_first_and_its_last_lines() -> None:
    report = (
        "❌ Test case failed\nError at line 3 in test q1:\n  assert f()\nValueError: first\n"
        + "".join(f"line {n}\n" for n in range(40))
        + "last\n"
    )
    assert told(report).splitlines() == [
        "❌ Test case failed",
        "ValueError: first",
        "line 0",
        "line 1",
        "last",
        "Error at line 3 in test q1:",
        "  assert f()",
    ]
    assert told("✅ Test case passed") == "✅ Test case passed"
