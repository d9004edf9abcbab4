"""The percent script → what a student receives."""

from __future__ import annotations

import asyncio
import json
import runpy
from pathlib import Path
from types import SimpleNamespace

import jupytext
import nbformat
import pytest
from shared.tiny_course import SLUG, SOLUTION, make_course, write

from autograder.authoring.source import (
    SourceError,
    build_starter,
    check_starter,
    solution_notebook,
    write_starter,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_course(tmp_path)


def script(root: Path) -> str:
    return build_starter(root, SLUG)[f"{SLUG}.py"].decode()


def notebook(root: Path) -> nbformat.NotebookNode:
    return nbformat.reads(build_starter(root, SLUG)[f"{SLUG}.ipynb"].decode(), as_version=4)


def rewrite(root: Path, old: str, new: str) -> None:
    assert old in SOLUTION
    write(root / "solutions" / SLUG / f"{SLUG}.py", SOLUTION.replace(old, new, 1))


# --- what is in it -----------------------------------------------------------------------------


def test_the_folder(root: Path) -> None:
    contents = build_starter(root, SLUG)
    assert list(contents) == [
        "adding.ipynb",
        "adding.py",
        "data/numbers.csv",
        "tests/.points.json",
        "tests/q1.py",
        "tests/q2.py",
    ]
    for data in contents.values():
        text = data.decode()
        assert "secret" not in text.lower()
        assert "SOLUTION" not in text
        assert "987654" not in text


def test_points_for_the_students_check(root: Path) -> None:
    plan = json.loads(build_starter(root, SLUG)["tests/.points.json"])
    assert plan == {
        "q1": {"title": "A function", "points": 4.0, "names": ["add"], "forbid": ["@", "np.dot"]},
        "q2": {"title": "A class", "points": 6.0, "names": ["Counter"], "forbid": []},
        "written": {"title": "Report", "points": 10.0, "manual": True},
        "grader": {
            "python": "3.11",
            "files": ["data/numbers.csv"],
            "imports": ["IPython", "autograder", "matplotlib", "mpl_toolkits", "numpy", "otter"],
            "call_seconds": 10.0,
            "case_seconds": 30.0,
            "load_seconds": 20.0,
        },
    }


def test_stubs_say_what_is_missing(root: Path) -> None:
    write_starter(root, SLUG)
    names = runpy.run_path(str(root / "starter" / SLUG / f"{SLUG}.py"))
    with pytest.raises(NotImplementedError, match=r"^q1: add is not written yet$"):
        names["add"](1, 2)
    with pytest.raises(NotImplementedError, match=r"^q2: Counter\.step is not written yet$"):
        names["Counter"]().step()
    with pytest.raises(NotImplementedError, match=r"^q2: total is not written yet$"):
        asyncio.run(names["total"](SimpleNamespace(count=1)))
    assert names["Counter"].Shape().area() is None  # given code is not touched


def test_the_script_is_quiet_and_the_notebook_live(root: Path) -> None:
    lines = script(root).splitlines()
    for live in ("%matplotlib inline", 'grader.check("q1")', 'grader = Notebook("adding")'):
        assert f"# {live}" in lines
        assert live not in lines
    sources = [cell.source for cell in notebook(root).cells]
    assert "%matplotlib inline\nprint(add(1, 2))" in sources


def test_cells_in_their_order(root: Path) -> None:
    sources = [cell.source for cell in notebook(root).cells]
    assert sources[0].startswith("# Adding")
    assert sources[1].startswith("from autograder.notebook import Notebook\n")
    assert sources[1].endswith('grader = Notebook("adding")')
    q1, q2 = sources.index('grader.check("q1")'), sources.index('grader.check("q2")')
    assert "def add" in sources[q1 - 1]
    assert "def total" in sources[q2 - 1]  # after the last of two cells
    assert sources[-5:-3] == ["Report. What did you see?", "*Your answer*"]
    assert sources[-2:] == ["grader.progress()", "grader.submit()"]
    tags = [cell.metadata.get("tags") for cell in notebook(root).cells]
    assert tags[1] == tags[q1] == ["active-ipynb"]
    assert tags[-5:-3] == [["written"], ["answer"]]
    assert tags[-2:] == [["active-ipynb"], ["active-ipynb"]]


def test_a_live_cell_under_the_title_comes_before_the_grader_imports_numpy(root: Path) -> None:
    threads = '# %% tags=["active-ipynb"]\n# import os\n\n'
    rewrite(root, "# %%\nfrom dataclasses", f"{threads}# %%\nfrom dataclasses")
    sources = [cell.source for cell in notebook(root).cells]
    assert sources[1] == "import os"
    assert sources[2].startswith("from autograder.notebook import")


def test_a_comment_that_begins_with_a_shells_word_stays_one(root: Path) -> None:
    comment = "# copy the rows first\nrm = 1\nrm += 1\nfrom dataclasses"
    rewrite(root, "from dataclasses", comment)
    assert comment in script(root)
    assert any(comment in cell.source for cell in notebook(root).cells)


def test_the_pair_is_one_notebook(root: Path) -> None:
    pair = jupytext.reads(script(root), fmt="py:percent"), notebook(root)
    one, two = ([(c.cell_type, c.source, c.metadata.get("tags")) for c in n.cells] for n in pair)
    assert one == two
    # Nothing that ties them together: JupyterLab would refuse to open the older one.
    assert all("formats" not in n.metadata.jupytext for n in pair)
    assert all(n.metadata.jupytext.comment_magics is False for n in pair)
    nbformat.validate(notebook(root))


def test_the_solution_as_a_notebook(root: Path) -> None:
    solution = nbformat.reads(solution_notebook(root, SLUG).decode(), as_version=4)
    nbformat.validate(solution)
    live = [c.source for c in solution.cells if "active-ipynb" in c.metadata.get("tags", [])]
    assert live == ["%matplotlib inline\nprint(add(1, 2))"]
    assert any("secret = a + b" in cell.source for cell in solution.cells)


# --- reproducible ------------------------------------------------------------------------------


def test_two_builds_are_the_same_and_ids_are_unique(root: Path) -> None:
    assert build_starter(root, SLUG) == build_starter(root, SLUG)
    assert solution_notebook(root, SLUG) == solution_notebook(root, SLUG)
    ids = [cell.id for cell in notebook(root).cells]
    assert len(ids) == len(set(ids))


def test_an_edit_leaves_other_cells_their_ids(root: Path) -> None:
    before = {cell.id for cell in notebook(root).cells}
    rewrite(root, "# %% [markdown]\n# ## q1\n", "# %%\nx = 1\n\n# %% [markdown]\n# ## q1\n")
    assert len(before - {cell.id for cell in notebook(root).cells}) == 0


def test_windows_line_ends_change_nothing(root: Path) -> None:
    before = build_starter(root, SLUG)
    for path in [*root.glob("solutions/*/*.py"), *root.glob("assignments/*/public/*.py")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert build_starter(root, SLUG) == before


def test_write_then_check(root: Path) -> None:
    folder = root / "starter" / SLUG
    assert len(check_starter(root, SLUG)) == 6
    assert len(write_starter(root, SLUG)) == 6
    assert check_starter(root, SLUG) == []
    assert write_starter(root, SLUG) == []

    write(folder / "tests" / "q9.py", "")
    write(folder / "old" / "notes.txt", "")
    write(folder / "adding.py", "# mine")
    (folder / "tests" / "q2.py").unlink()
    write(folder / "__pycache__" / "adding.pyc", "")
    assert check_starter(root, SLUG) == [
        "starter/adding/adding.py differs from its source",
        "starter/adding/old/notes.txt is not generated from the source",
        "starter/adding/tests/q2.py is missing",
        "starter/adding/tests/q9.py is not generated from the source",
    ]
    changed = write_starter(root, SLUG)
    assert [Path(name).name for name in changed] == ["adding.py", "notes.txt", "q2.py", "q9.py"]
    assert check_starter(root, SLUG) == []
    assert not (folder / "old").exists()


def test_a_mistake_leaves_the_starter_as_it_was(root: Path) -> None:
    write_starter(root, SLUG)
    before = (root / "starter" / SLUG / "adding.py").read_bytes()
    rewrite(root, '"""The sum', '"""The new sum')
    (root / "assignments" / SLUG / "public" / "q2.py").unlink()
    with pytest.raises(SourceError):
        write_starter(root, SLUG)
    assert (root / "starter" / SLUG / "adding.py").read_bytes() == before


# --- mistakes ----------------------------------------------------------------------------------

FILE = "solutions/adding/adding.py"
NO_PROMPT = "# BEGIN SOLUTION NO PROMPT"
BLOCK = "    # BEGIN SOLUTION\n    secret = a"
MISTAKES = [
    ("    return secret\n    # END SOLUTION", "    return secret", 22, "without `END SOLUTION`"),
    (BLOCK, "    secret = a", 24, "`END SOLUTION` without `BEGIN SOLUTION`"),
    (BLOCK, "    # Begin Solution\n    secret = a", 25, "`END SOLUTION` without"),
    (BLOCK, "    #BEGIN SOLUTION\n    secret = a", 25, "`END SOLUTION` without"),
    (NO_PROMPT, "# BEGIN SOLUTION", 15, f"a solution outside a function needs `{NO_PROMPT}`"),
    (BLOCK, f"    {NO_PROMPT}\n    secret = a", 22, "`add` needs a `# BEGIN SOLUTION` block as"),
    (
        '    """The sum of `a` and `b`."""\n' + BLOCK,
        f"    {NO_PROMPT}\n    secret = a",
        15,
        "not Py",
    ),
    ("int = 0", "int = 0  # begin solution", 40, "# begin solution` is not one of Otter's"),
    ('# %% tags=["q1"]', "# %%", 14, "a solution needs the tag of its question"),
    ('# %% tags=["q1"]', '# %% tags=["q7"]', 14, "the tag `q7` names no question of course.yml"),
    ('# %% tags=["q1"]', '# %% tags=["q1", "q2"]', 14, "one question, not to q1 and q2"),
    ("# print(add(1, 2))", "print(add(1, 2))", 30, "must be commented out"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), MISTAKES)
def test_a_mistake_is_one_sentence_with_its_line(
    root: Path, old: str, new: str, line: int, message: str
) -> None:
    rewrite(root, old, new)
    with pytest.raises(SourceError) as caught:
        build_starter(root, SLUG)
    text = str(caught.value)
    assert text.startswith(f"{FILE}, line {line}")
    assert message in text
    assert text.endswith(".")
    assert "\n" not in text


def test_a_question_without_a_marked_solution_is_not_handed_out(root: Path) -> None:
    text = SOLUTION
    for marker in ("    # BEGIN SOLUTION\n", "    # END SOLUTION\n", "# END SOLUTION\n"):
        text = text.replace(marker, "")
    write(root / FILE, text.replace("# BEGIN SOLUTION NO PROMPT\n", ""))
    with pytest.raises(SourceError, match="no code cell tagged `q1` has a `# BEGIN SOLUTION`"):
        build_starter(root, SLUG)


@pytest.mark.parametrize(
    ("path", "contents", "message"),
    [
        (FILE, None, "adding.py is missing"),
        (FILE, "# \udce9", "adding.py is not saved as UTF-8"),
        (FILE, "", "no code cell tagged `q1`"),
        (FILE, "# ---\n# jupyter: [\n# ---\n\n# %%\n", "adding"),
        ("assignments/adding/public/q1.py", None, "public/q1.py is missing"),
        ("assignments/adding/public/q1.py", "def", "public/q1.py, line 1: this is not Python"),
        ("assignments/adding/public/q1.py", "OK_FORMAT = False\nname = 'q2'", '`name = "q1"`'),
        ("assignments/adding/public/q1.py", "name = 'q1'", "`OK_FORMAT = False`"),
        ("assignments/adding/public/q9.py", "", "q9.py belongs to no question; there is: q1, q2"),
        ("assignments/adding/files/adding.py", "", "taken by a generated file"),
        ("assignments/adding/files/tests/q1.py", "", "taken by a generated file"),
    ],
)
def test_files_that_are_wrong(root: Path, path: str, contents: str | None, message: str) -> None:
    if contents is None:
        (root / path).unlink()
    else:
        write(root / path, "")
        (root / path).write_bytes(contents.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceError) as caught:
        build_starter(root, SLUG)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
