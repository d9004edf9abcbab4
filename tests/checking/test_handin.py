"""What is handed in is what was judged: the zip's content, and nothing else."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from shared.tiny_course import SLUG, make_course

from autograder.authoring.source import write_starter
from autograder.checking import packing
from autograder.checking.handin import HandIn, hand_in
from autograder.checking.workfolder import find_work
from autograder.submissions.read import read

ADD = "def add(a, b):\n    return a + b"
GOOD = "q1 A function: 2 of 2 public points"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_course(tmp_path)
    write_starter(tmp_path, SLUG)
    return tmp_path / "starter" / SLUG


def handed_in(
    folder: Path, *cells: str, text: str = "", files: dict[str, str] | None = None
) -> HandIn:
    for name, content in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    book = new_notebook(cells=[new_code_cell(c) for c in cells] + [new_markdown_cell(text)])
    nbformat.write(book, folder / f"{SLUG}.ipynb")
    return hand_in(find_work(folder), saved=True)


def names(made: HandIn) -> set[str]:
    with zipfile.ZipFile(made.path) as archive:
        return set(archive.namelist()) - {f"{SLUG}.ipynb"}


def test_what_the_code_names_goes_with_it(folder: Path) -> None:
    files = {
        "helpers/__init__.py": "from helpers.solver import solve\n",
        "helpers/solver.py": "import json\nsolve = json.load(open('settings.json'))['f']\n",
        "helpers/notes.txt": "beside",
        "settings.json": '{"f": 1}',
        "unused.json": "{}",
        "tests/mine.py": "x = 1",
    }
    made = handed_in(folder, "import helpers\nassert helpers.solve", ADD, files=files)
    packed = {"helpers/__init__.py", "helpers/solver.py", "helpers/notes.txt", "settings.json"}
    assert names(made) == packed
    assert not made.warnings
    assert GOOD in made.contents
    assert packed <= set(made.contents)


def test_pictures_of_the_written_answer(folder: Path) -> None:
    files = {"plot.png": "p", "img/two.png": "q", "not shown.png": "r"}
    text = '![a plot](plot.png) and <img src="img/two.png"> and ![](https://x.org/z.png)'
    assert names(handed_in(folder, ADD, text=text, files=files)) == {"plot.png", "img/two.png"}


def test_what_was_handed_out_is_there_and_not_packed(folder: Path) -> None:
    made = handed_in(folder, "assert open('data/numbers.csv').read() == '1,2\\n'", ADD)
    assert names(made) == set()
    assert not made.warnings
    assert GOOD in made.contents


def test_what_will_be_missing_is_seen_in_the_receipt(folder: Path) -> None:
    (folder.parent / "outside.json").write_text("{}")
    made = handed_in(folder, "open('../outside.json')\n" + ADD)
    assert made.warnings[0] == (
        "../outside.json lies outside of this folder: it will not be there in grading."
    )
    assert "raises FileNotFoundError when it is loaded" in made.warnings[1]
    assert GOOD not in made.contents


@pytest.mark.parametrize(
    ("version", "cell", "said"),
    [
        ((3, 12), "x = {'a': 1}\nf'{x['a']}'", "needs a newer Python than the grader's 3.11"),
        ((3, 14), "def f(x: Later): pass", "Python 3.11 looks up what annotations name at once"),
    ],
)
def test_what_means_something_else_to_an_older_grader(
    folder: Path, version: tuple[int, int], cell: str, said: str
) -> None:
    if sys.version_info < version:
        pytest.skip(f"Python {version}; `make pythons` has it")
    made = handed_in(folder, cell, ADD)
    assert said in " ".join([*made.warnings, *made.contents])
    assert GOOD in made.contents


def test_too_large_a_file_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MAX_FILE", 10)
    made = handed_in(folder, "path = 'large.bin'", ADD, files={"large.bin": "x" * 11})
    assert names(made) == set()
    assert made.warnings == [
        "large.bin is too large to be handed in: it will not be there in grading."
    ]


def test_large_outputs_stay_in_the_students_own_notebook(folder: Path) -> None:
    plot = new_code_cell(ADD, outputs=[new_output("stream", text="small")])
    loud = new_code_cell("print(1)", outputs=[new_output("stream", text="x" * (17 << 20))])
    nbformat.write(new_notebook(cells=[plot, loud]), folder / f"{SLUG}.ipynb")
    before = (folder / f"{SLUG}.ipynb").read_bytes()
    made = hand_in(find_work(folder), saved=True)
    assert (folder / f"{SLUG}.ipynb").read_bytes() == before
    assert "without the large output of one cell; your own notebook keeps it" in made.contents
    assert GOOD in made.contents
    handed = read(made.path, SLUG, "ann")
    assert not handed.refusal
    cells = json.loads(handed.source)["cells"]
    assert [len(cell["outputs"]) for cell in cells] == [1, 0]


def test_many_outputs_are_too_much_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MAX_OUTPUT", 2000)
    monkeypatch.setattr(packing, "MAX_SOURCE", 5000)
    outputs = [new_output("stream", text="x" * 1000)]
    book = new_notebook(cells=[new_code_cell("1", outputs=outputs) for _ in range(10)])
    smaller, dropped = packing.without_large_outputs(nbformat.writes(book).encode())
    assert dropped == 10
    assert b"xxx" not in smaller


def test_a_notebook_that_cannot_be_read_is_handed_in_with_a_warning(folder: Path) -> None:
    (folder / f"{SLUG}.ipynb").write_text("{")
    made = hand_in(find_work(folder), saved=True)
    assert "it is not valid JSON" in made.warnings[0]
    assert zipfile.ZipFile(io.BytesIO(made.path.read_bytes())).namelist() == [f"{SLUG}.ipynb"]
