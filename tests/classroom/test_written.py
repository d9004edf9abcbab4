"""The written question as PDFs: answers are in them, pages are fixed, hostile content is text."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from PIL import Image
from pypdf import PdfReader
from rich.console import Console
from shared.tiny_course import SLUG, make_course

from autograder.classroom.written.export import (
    Exported,
    NothingWritten,
    Question,
    export,
    read_question,
    typeset,
)
from autograder.jail.client import Jail
from autograder.submissions import read as submission
from autograder.submissions.read import Submission

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the jail needs Linux")

SECRET = "SENTINEL of the host"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def question(root: Path) -> Question:
    return read_question(root, SLUG)


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail(["autograder.classroom.written.pages"]) as opened:
        yield opened


def notebook(root: Path, answer: str, **more: object) -> nbformat.NotebookNode:
    """The student's notebook with this answer."""
    from autograder.authoring.source import build_starter

    made = nbformat.reads(build_starter(root, SLUG)[f"{SLUG}.ipynb"].decode(), as_version=4)
    cell = next(c for c in made.cells if "answer" in c.metadata.get("tags", []))
    cell.source = answer
    cell.update(nbformat.from_dict(more))
    return made


def work(made: nbformat.NotebookNode) -> Submission:
    return Submission("ada", "Ada L.", "ipynb", nbformat.writes(made).encode())


def read(made: Exported) -> tuple[PdfReader, list[str]]:
    pages = PdfReader(io.BytesIO(made.pdf))
    return pages, [" ".join(page.extract_text().split()) for page in pages.pages]


def png(width: int = 8, height: int = 8) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(file, "PNG")
    return file.getvalue()


def test_the_question_is_on_page_one_and_the_answer_from_page_two(
    root: Path, question: Question, jail: Jail
) -> None:
    text = "Sums are **associative**, but $0.1 + 0.2 \\ne 0.3$.\n\n- one\n- two\n\n`code`\n"
    made = typeset(jail, work(notebook(root, text)), question, 3)
    pages, texts = read(made)
    assert (made.state, made.left_out, len(pages.pages)) == ("answered", 0, 4)
    assert texts[0].startswith("Ada L. Adding · Report · 10 points Report. What did you see?")
    assert "Sums are associative, but" in texts[1]
    assert "• one • two code" in texts[1]
    assert [t[-5:] for t in texts] == ["1 / 4", "2 / 4", "3 / 4", "4 / 4"]
    assert len(pages.pages[1].images) == 1  # the formula


def test_a_script_gives_the_same_answer(root: Path, question: Question, jail: Jail) -> None:
    from autograder.authoring.source import build_starter

    source = build_starter(root, SLUG)[f"{SLUG}.py"].decode()
    assert "# *Your answer*" in source
    script = source.replace("# *Your answer*", "# It *converges*.\n#\n# Twice.")
    sent = Submission("ada", "Ada", "py", script.encode())
    made = typeset(jail, sent, question, 1)
    assert "It converges. Twice." in read(made)[1][1]
    untouched = typeset(jail, Submission("ada", "Ada", "py", source.encode()), question, 1)
    assert untouched.state == "unchanged"


def test_lost_tags_extra_cells_and_answers_in_the_question(
    root: Path, question: Question, jail: Jail
) -> None:
    made = notebook(root, "First part.")
    for cell in made.cells:
        cell.metadata.pop("tags", None)
    made.cells.append(nbformat.v4.new_markdown_cell("Second part."))
    made.cells.append(nbformat.v4.new_code_cell("print('third part')"))
    place = next(n for n, c in enumerate(made.cells) if c.source.startswith("Report."))
    made.cells[place].source += "\nZeroth part."
    text = read(typeset(jail, work(made), question, 1))[1][1]
    assert text.index("Zeroth") < text.index("First") < text.index("Second") < text.index("third")
    made.cells = made.cells[:place]
    gone = typeset(jail, work(made), question, 1)
    assert gone.state == "missing"
    assert "is not in this file" in read(gone)[1][1]


def test_every_file_has_the_same_number_of_pages_and_a_cut_is_announced(
    root: Path, question: Question, jail: Jail
) -> None:
    made = typeset(jail, work(notebook(root, "word " * 4000)), question, 2)
    pages, texts = read(made)
    assert len(pages.pages) == 3
    assert made.left_out > 0
    assert f"Cut here: {made.left_out} more page" in texts[2]
    again = typeset(jail, work(notebook(root, "word " * 4000)), question, 2)
    assert again.pdf == made.pdf


def test_embedded_pictures_and_figures_are_shown(
    root: Path, question: Question, jail: Jail
) -> None:
    encoded = base64.b64encode(png()).decode()
    other = base64.b64encode(png(7, 7)).decode()
    attached = {"a.png": {"image/png": encoded}}
    text = f"![a](attachment:a.png) ![b](data:image/png;base64,{other})"
    made = notebook(root, text, attachments=attached)
    drawn = nbformat.v4.new_code_cell("plot()")
    figure = base64.b64encode(png(9, 9)).decode()
    drawn.outputs = [nbformat.v4.new_output("display_data", {"image/png": figure})]
    made.cells.insert(1, drawn)
    pages, texts = read(typeset(jail, work(made), question, 1))
    assert len(pages.pages[1].images) == 3
    assert "Figures of the notebook's other cells" in texts[1]


def bomb() -> str:
    """A picture of a gigapixel in a few kilobytes."""
    data = bytearray(png(1, 1))
    data[16:24] = (40_000).to_bytes(4) + (40_000).to_bytes(4)
    return base64.b64encode(bytes(data)).decode()


HOSTILE = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "reportlab": '<img src="{secret}"/><para><font name="nowhere" size="999">x</font></para>',
    "reportlab, escaped": "`<img src='{secret}'/>` **&lt;img src='{secret}'/&gt;**",
    "file": "![x](file://{secret}) ![y]({secret}) ![z](../../{secret})",
    "network": "![x](http://192.0.2.1/x.png) ![y](//192.0.2.1/x) ![z](ftp://192.0.2.1/x)",
    "svg": "![x](data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=)",
    "broken": "![x](data:image/png;base64,AAAA) ![x](attachment:nothing)",
    "gigapixel": "![x](data:image/png;base64,{bomb})",
    "tex": "$\\input{{{secret}}}$ $$\\write18{{touch x}}$$ ${deep}$",
    "deep": "{quotes} x",
    "wide table": "|{cells}\n|{dashes}\n|{cells}",
    "tall cell": "|a|\n|-|\n|{words}|",
    "many formulas": "{formulas}",
    "long word": "{long}",
    "control characters": "a\x00b\x1b[31m\u202ec\ud7ff\ufffe",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_content_is_only_text(
    root: Path, question: Question, jail: Jail, tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    values = {
        "secret": str(secret),
        "bomb": bomb(),
        "deep": "\\frac{" * 90 + "}" * 90,
        "quotes": ">" * 5000,
        "cells": "x|" * 300,
        "dashes": "-|" * 300,
        "words": "word " * 3000,
        "formulas": "$\\frac{a}{b}$ " * 2000,
        "long": "x" * 100_000,
    }
    text = HOSTILE[name].format(**values)
    made = typeset(jail, work(notebook(root, text)), question, 2)
    pages, texts = read(made)
    assert len(pages.pages) == 3
    assert made.state == "answered"
    assert SECRET not in " ".join(texts)
    assert SECRET.encode() not in made.pdf
    assert len(made.pdf) < 4 << 20
    catalogue = pages.trailer["/Root"]
    assert "/OpenAction" not in catalogue
    assert "/AA" not in catalogue
    assert not any("/Annots" in page for page in pages.pages)  # no links either


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (Submission("eve", "eve", "ipynb", b"{"), "cannot be read as a notebook"),
        (Submission("eve", "eve", "ipynb", b'{"cells": 3, "nbformat": 4}'), "cannot be read"),
        (Submission("eve", "eve", "py", b"\xff\xfe"), "not in UTF-8"),
        (Submission("eve", "eve", refusal="The zip file is damaged."), "The zip file is damaged."),
    ],
)
def test_there_is_a_pdf_for_whatever_was_handed_in(
    question: Question, jail: Jail, sent: Submission, says: str
) -> None:
    made = typeset(jail, sent, question, 2)
    pages, texts = read(made)
    assert made.state == "unreadable"
    assert says in texts[1]
    assert len(pages.pages) == 3


def run(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "autograder", *map(str, args)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "160"},
    )


def test_the_command_line_writes_one_pdf_per_student(root: Path, tmp_path: Path) -> None:
    many = tmp_path / "class"
    many.mkdir()
    nbformat.write(notebook(root, "My answer."), many / "ada.ipynb")
    nbformat.write(notebook(root, "*Your answer*"), many / "bob.ipynb")
    (many / "eve.zip").write_bytes(b"no zip")
    done = run("written", SLUG, many, "--output", tmp_path / "out", cwd=root)
    assert done.returncode == 0, done.stderr
    assert [p.name for p in sorted((tmp_path / "out").iterdir())] == [
        "ada.pdf",
        "bob.pdf",
        "eve.pdf",
    ]
    assert (tmp_path / "out" / "ada.pdf").stat().st_mode & 0o777 == 0o600
    lines = [line.replace("│", " ").split() for line in done.stdout.splitlines()]
    rows = {line[0]: line[1] for line in lines if len(line) > 1}
    assert (rows["ada"], rows["bob"], rows["eve"]) == ("answered", "unchanged", "unreadable")
    assert "3 PDFs in" in done.stdout


def test_who_handed_in_twice_has_one_pdf_of_the_last(root: Path, tmp_path: Path) -> None:
    for number, answer in (("7", "Much shorter."), ("8", "My answer.")):
        name = f"hoppergrace_12_{number}_{SLUG}-{number}.ipynb"
        (tmp_path / "class").mkdir(exist_ok=True)
        nbformat.write(notebook(root, answer), tmp_path / "class" / name)
    done = run("written", SLUG, tmp_path / "class", "--output", tmp_path / "out", cwd=root)
    assert done.returncode == 0, done.stderr
    assert f"1 PDF in {tmp_path / 'out'}/; 1 earlier one left out" in done.stdout
    (pdf,) = (tmp_path / "out").iterdir()
    assert pdf.name == "hoppergrace.pdf"
    assert "My answer." in "".join(page.extract_text() for page in PdfReader(pdf).pages)


def test_without_paths_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(
        NothingWritten, match="Whose answers\\? Give files, folders or zips for PDFs"
    ):
        export(SLUG, [], tmp_path / "written", 3, Console(quiet=True))
    assert list(tmp_path.iterdir()) == []


def test_without_a_written_question_there_is_one_sentence(tmp_path: Path) -> None:
    root = make_course(tmp_path / "course")
    course = root / "course.yml"
    course.write_text(course.read_text().replace("    written: {title: Report, points: 10}\n", ""))
    done = run("written", SLUG, root, cwd=root)
    assert (done.returncode, done.stderr) == (2, f"{SLUG} has no written question.\n")


def test_a_zip_is_read_as_for_grading(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "someone.ipynb"
    nbformat.write(notebook(root, "x"), path)
    assert submission.read(path, SLUG, "someone").filename == "someone.ipynb"
