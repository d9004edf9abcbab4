"""The student's command on a notebook, alone and beside the script."""

from __future__ import annotations

import os
import time
from pathlib import Path

import otter
import pytest
from shared.student_folder import GOOD, STUBS, Shell, assignment, notebook

from autograder.checking.judge import read_tests, run_case
from autograder.checking.loading import load
from autograder.checking.workfolder import choose, find_work


def test_notebook_cells(shell: Shell) -> None:
    assignment(shell.folder, None)
    notebook(
        shell.folder / "twice.ipynb",
        'import otter\ngrader = otter.Notebook("twice.ipynb")',
        "from __future__ import annotations\n%matplotlib inline\n!ls",
        ("raise ValueError('only live')", ["active-ipynb"]),
        "%%time\ndef double(x: Missing):\n    return x[\n        0]",
        'grader.check("q1")',
        "%%bash\necho 'def'",
        "def pair(x):\n    return (x\n      % 7, x)",
    )
    assert shell.check(None, ["q1", "q2"]) == 1
    assert "twice.ipynb" in shell.text
    assert "cell 4, line 3: `return x[`" in shell.text
    assert "✓ q2" in shell.text


def test_a_cell_costs_what_is_in_it(shell: Shell) -> None:
    assignment(shell.folder, None)
    path = shell.folder / "twice.ipynb"
    notebook(path, "x = 1", GOOD, "y = (\n", "\nx.y", "%%time\nz = 1\n!ls")
    assert shell.check() == 0
    assert "Cell 3 is left out: it is not valid Python" in shell.line
    assert "(line 1: `y = (`)." in shell.line
    assert "(cell 4, line 2: `x.y`)." in shell.line
    path.write_text("{", encoding="utf-8")
    assert shell.check() == 1
    assert "The notebook is damaged: it is not valid JSON." in shell.line


def test_of_both_the_one_counts_in_which_more_is_written(shell: Shell) -> None:
    folder = assignment(shell.folder, STUBS)
    notebook(folder / "twice.ipynb", *GOOD.split("\n\n\n"), 'grader.check("q1")')
    script, book = folder / "twice.py", folder / "twice.ipynb"
    now = time.time()
    os.utime(book, (now, now - 60))  # times do not matter: no platform keeps them
    assert shell.check() == 0
    assert "twice.ipynb and twice.py differ; twice.ipynb counts: more is written in it." in (
        shell.line
    )
    notebook(book, *STUBS.split("\n\n\n"))
    script.write_text(GOOD, encoding="utf-8")
    assert shell.check() == 0
    assert "twice.py counts: more is written in it. If twice.ipynb is the one" in shell.line
    notebook(book, "def double(x):\n    return x", "def pair(x):\n    return x, x")
    assert shell.check() == 1
    assert "twice.ipynb counts: as much is written in both" in shell.line
    assert shell.check("twice.py") == 0
    assert "This is twice.py, as you asked. twice.ipynb and twice.py differ; twice.ipynb" in (
        shell.line
    )
    script.write_text("# %%\ndef double(x):\n    return x\ndef pair(x):\n    return x, x\n")
    shell.check()
    assert "counts" not in shell.text


def test_otter_in_a_notebook_judges_and_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "def double(x):\n    return None if isinstance(x, int) else x + x\ndef pair(x): pass\n"
    work = find_work(assignment(tmp_path / "twice", code))
    loaded = load(work, choose(work)[0])
    monkeypatch.chdir(work.folder)
    grader = otter.Notebook(tests_dir=str(work.folder / "tests"))
    for question, path in work.tests.items():
        tests = read_tests(question, path)
        ours = [run_case(tests, case, loaded) for case in tests.cases]
        theirs = grader.check(question, global_env=dict(loaded.namespace)).test_case_results
        assert [r.passed for r in ours] == [r.passed for r in theirs]
        for our, their in zip(ours, theirs, strict=True):
            assert our.advice in (their.test_case.failure_message or "", "")
            if "  tests/" not in our.message:  # where the test could not use what came back
                assert our.message in their.message
            else:
                line = our.message.rpartition("q2.py, ")[2].partition(":")[0]
                assert f"Error at {line} in test q2:" in their.message
