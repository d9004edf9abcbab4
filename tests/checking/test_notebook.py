"""`grader` in a running notebook: a real kernel, cell by cell."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.source import write_starter
from autograder.checking.feedback import CaseResult, QuestionResult, Status
from autograder.checking.feedback_html import question_html
from autograder.platforms.nbgrader.tree import source_notebook

SETUP = f'from autograder.notebook import Notebook\ngrader = Notebook("{SLUG}")'
RIGHT = "def add(a, b):\n    return a + b"
FORBIDDEN = "import numpy as np\ndef add(a, b):\n    return int(np.dot([a, b], [1, 1]))"


@dataclass
class Session:
    """A notebook of the tiny course, open in a kernel."""

    folder: Path
    client: NotebookClient

    def run(self, source: str) -> NotebookNode:
        """Run one more cell, as a student who clicks on it; the cell with its outputs."""
        cell = nbformat.v4.new_code_cell(source)
        self.client.nb.cells.append(cell)
        self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        return cell

    def html(self, source: str) -> str:
        outputs = [o for o in self.run(source).outputs if "data" in o]
        assert outputs, source
        return "".join(outputs[-1].data.get("text/html", ""))

    def text(self, source: str) -> str:
        return "".join(o.data["text/plain"] for o in self.run(source).outputs if "data" in o)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    make_course(tmp_path)
    write_starter(tmp_path, SLUG)
    folder = tmp_path / "starter" / SLUG
    notebook = nbformat.read(str(folder / f"{SLUG}.ipynb"), as_version=4)
    notebook.cells = []
    client = NotebookClient(
        notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    with client.setup_kernel():
        opened = Session(folder, client)
        opened.run(SETUP)
        yield opened


def test_check_says_what_passes(session: Session) -> None:
    session.run('def add(a, b):\n    raise NotImplementedError("q1: add is not written yet")')
    said = session.html('grader.check("q1")')
    assert "add is not written yet" in said
    assert "0 / 2 not written yet" in said
    session.run(RIGHT)
    said = session.html('grader.check("q1")')
    assert "✓ q1" in said
    assert "2 / 2" in said
    assert "hidden tests: 2 more" in said
    assert "✓ q1" in session.text('grader.check("q1")')


def test_hints(session: Session) -> None:
    tests = session.folder / "tests" / "q1.py"
    write(tests, tests.read_text() + '\nhints = ["Think of <b>.", "a + b"]\n')
    said = session.html('grader.hint("q1")')
    assert "hint 1 of 2: Think of &lt;b&gt;." in said
    assert "next hint: grader.hint(&quot;q1&quot;)" in said
    said = session.html('grader.hint("q1")')
    assert "hint 2 of 2: a + b" in said
    assert "next hint" not in said
    assert session.html('grader.hint("q1")').count("of 2: ") == 2


def test_an_endless_loop_ends_as_it_will_in_grading(session: Session) -> None:
    plan = session.folder / "tests" / ".points.json"
    write(plan, plan.read_text().replace('"call_seconds": 10.0', '"call_seconds": 0.5'))
    session.run("def add(a, b):\n    while True: pass")
    said = session.html('grader.check("q1")')
    assert "Your code ran for more than 0.5 seconds." in said
    assert "cell [2], line 2: `while True: pass`" in said
    session.run("def add(a, b):\n    return a + input()")
    assert "cell [4], line 2: `return a + input()`" in session.html('grader.check("q1")')


def test_syntax_newer_than_the_graders_is_told(session: Session) -> None:
    plan = session.folder / "tests" / ".points.json"
    write(plan, plan.read_text().replace('"python": "3.11"', '"python": "3.9"'))
    session.run(RIGHT + "\nmatch 1:\n    case 1: pass")
    said = session.html('grader.check("q1")')
    assert "✓ q1" in said
    assert "Cell [2] needs a newer Python than the grader&#x27;s 3.9: Pattern matching is" in said


def test_a_cell_that_was_not_run(session: Session) -> None:
    said = session.html('grader.check("q1")')
    assert "<code>add</code> is not there yet: run the cell that defines it" in said
    assert "0 / 2 not written yet" in said


def test_a_failure_names_the_cell_and_the_line(session: Session) -> None:
    session.run("def add(a, b):\n    print('<b>hello</b>')\n    return a.b\n\n")
    said = session.html('grader.check("q1")')
    assert "cell [2], line 3: `return a.b`" in said
    assert "AttributeError" in said
    assert "&lt;b&gt;hello&lt;/b&gt;" in said


def test_rules_are_those_of_the_grader(session: Session) -> None:
    session.run(FORBIDDEN)
    rule = "q1 must not use `np.dot` (cell [2], line 3)."
    said = session.html('grader.check("q1")')
    assert rule in said
    assert "0 / 2" in said
    # The same file in the other two ways:
    write(session.folder / f"{SLUG}.py", FORBIDDEN)
    (session.folder / f"{SLUG}.ipynb").unlink()
    for command in (["-m", "autograder", "check"], ["-m", "pytest", "-q"]):
        done = subprocess.run(
            [sys.executable, *command], cwd=session.folder, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert "q1 must not use `np.dot` (line 3)." in done.stdout
    # Written again without it, the question is right: old versions of a cell do not count.
    session.run("%%time\n" + RIGHT)
    assert "✓ q1" in session.html('grader.check("q1")')


def test_a_rule_found_in_a_helper_of_another_cell(session: Session) -> None:
    session.run("import numpy as np\ndef helper(a, b):\n    return int(np.dot([a, b], [1, 1]))")
    session.run("def add(a, b):\n    return helper(a, b)")
    assert "q1 must not use `np.dot` (cell [2], line 3)." in session.html('grader.check("q1")')


def test_mistakes_are_one_sentence(session: Session) -> None:
    (error,) = session.run('grader.check("q9")').outputs
    assert error.traceback == ["There are no tests for q9; there is q1, q2."]
    shutil.rmtree(session.folder / "tests")
    (error,) = session.run('grader.check("q1")').outputs
    assert "the folder `tests` is missing beside the notebook" in error.traceback[0]


def test_progress(session: Session) -> None:
    session.run(RIGHT)
    said = session.html("grader.progress()")
    assert "<b>5 of 5</b> public points so far" in said
    assert "hidden tests decide 5 more" in said
    assert "the written question has 10" in said


def test_figures_are_still_shown_after_a_check(session: Session) -> None:
    session.run('grader.check("q1")')
    cell = session.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    assert "image/png" in cell.outputs[-1].data


# --- for nbgrader --------------------------------------------------------------------------------


def hidden_cell(session: Session, question: str) -> str:
    root = session.folder.parent.parent
    cells = source_notebook(root, SLUG).cells
    names = {c.metadata.nbgrader.grade_id: c for c in cells if "nbgrader" in c.metadata}
    return str(names[f"{question}-hidden"].source)


def test_hidden_tests_return_points_and_show_hints_only(session: Session) -> None:
    source = hidden_cell(session, "q1")
    session.run("def add(a, b):\n    return b")  # its input would be 987654
    cell = session.run(source)
    assert [o.output_type for o in cell.outputs] == ["display_data", "execute_result"]
    assert cell.outputs[1].data["text/plain"] == "0.0"
    assert "Hm." in cell.outputs[0].data["text/html"]
    assert "987654" not in str(cell.outputs)
    session.run(RIGHT)
    assert session.run(source).outputs[1].data["text/plain"] == "2.0"
    session.run(FORBIDDEN)
    cell = session.run(source)
    assert cell.outputs[1].data["text/plain"] == "0.0"
    assert "q1 must not use `np.dot`" in str(cell.outputs)


def test_nothing_reaches_stderr(session: Session) -> None:
    session.run(
        "import os, sys, warnings\n"
        "def add(a, b):\n"
        "    print('x', file=sys.stderr)\n"
        "    os.write(2, b'y')\n"
        "    os.system('echo z >&2')\n"
        "    warnings.warn('w')\n"
        "    return a + b"
    )
    for source in ('grader.grade("q1")', hidden_cell(session, "q1")):
        kinds = [o.output_type for o in session.run(source).outputs]
        assert kinds == ["display_data", "execute_result"]
    # The kernel still shows what is written there otherwise.
    assert "stderr" in [o.get("name") for o in session.run("print(1, file=sys.stderr)").outputs]


def test_a_broken_test_file_gives_no_points_and_no_error(session: Session) -> None:
    write(session.folder / "tests" / "q1.py", "1 +")
    cell = session.run('grader.grade("q1")')
    assert cell.outputs[1].data["text/plain"] == "0.0"
    assert "tests/q1.py cannot be used" in str(cell.outputs[0])


# --- handing in ----------------------------------------------------------------------------------


def save(session: Session, *sources: str, answer: str = "One two three.") -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells.append(nbformat.v4.new_markdown_cell(answer, metadata={"tags": ["answer"]}))
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbformat.write(notebook, session.folder / f"{SLUG}.ipynb")


def test_what_is_handed_in_is_what_is_saved(session: Session) -> None:
    session.run(RIGHT)  # in the session only
    save(session, "def add(a, b):\n    return 0")
    write(session.folder / "helper.py", "x = 1\n")
    said = session.html("grader.submit()")
    assert "Hand in adding-submission.zip" in said
    assert "save it (Ctrl+S)" in said  # no browser here that could
    assert "q1 A function: 0 of 2 public points" in said
    assert "Written question, Report: 3 words" in said
    with zipfile.ZipFile(session.folder / "adding-submission.zip") as archive:
        assert archive.namelist() == ["adding.ipynb", "helper.py"]
        assert archive.read("adding.ipynb") == (session.folder / "adding.ipynb").read_bytes()


def test_a_notebook_that_runs_only_in_this_session(session: Session) -> None:
    session.run("import math")
    save(session, "def add(a, b):\n    return a + b\nmath.pi")
    said = session.html("grader.submit()")
    assert "raises NameError when it is loaded" in said
    assert "(cell 1, line 3: `math.pi`)" in said or "cell 1, line 3: <code>math.pi</code>" in said
    assert "q1 A function: 2 of 2 public points" in said  # the cells above it count


def test_the_grader_reads_what_is_handed_in(session: Session) -> None:
    from autograder.submissions.read import read

    save(session, SETUP, RIGHT, 'grader.check("q1")')
    session.run("grader.submit()")
    work = read(session.folder / "adding-submission.zip", SLUG, "someone")
    assert not work.refusal
    assert work.kind == "ipynb"


# --- the words -----------------------------------------------------------------------------------


def test_everything_is_escaped() -> None:
    evil = "<script>alert(1)</script>"
    case = CaseResult("q1", evil, 1.0, Status.FAILED, evil, f"expected {evil}\ngot: {evil}", evil)
    unwritten = CaseResult("q1", evil, 1.0, Status.UNWRITTEN, "", evil)
    passed = CaseResult("q1", evil, 1.0, Status.PASSED)
    html = question_html(QuestionResult("q1", evil, (case, unwritten, passed), 1.0, 3.0, 2.0))
    assert "<script" not in html
    assert html.count("&lt;script") == 9  # every text that there is
