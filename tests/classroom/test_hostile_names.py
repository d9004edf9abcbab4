"""Whatever people are called and say: a table stays a table, and a terminal shows words."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.table import Table
from shared.standings import adding, part

from autograder.classroom import view
from autograder.classroom.exports.canvas import to_canvas
from autograder.classroom.exports.formats import to_csv, to_gradescope
from autograder.classroom.exports.roster import Roster
from autograder.classroom.intake import HandIn, Person, find
from autograder.classroom.standing.standings import Graded, standings
from autograder.course.model import Assignment, Course, LatePolicy, Question
from autograder.grading.results import Outcome, Result, write_result, write_table
from autograder.ground.terminal import SafeConsole
from autograder.ground.text import MAX_NAME, cell, printable, safe_name, shown
from autograder.jail.errors import clean

COURSE = Course(
    name="A course",
    timezone="UTC",
    late_policy=LatePolicy(),
    assignments={
        "adding": Assignment(
            slug="adding",
            title="Adding",
            released=datetime(2026, 1, 1, tzinfo=UTC),
            due=datetime(2026, 7, 20, tzinfo=UTC),
            questions={
                "q1": Question(title="A function", points=4, names=["add"]),
                "q2": Question(title="A class", points=6, names=["Counter"]),
            },
        ).model_dump(exclude={"slug", "terms"})
    },
)
# What computes, commands a terminal, ends a line, turns the writing, or is markup.
_PIECES = st.sampled_from(
    [
        *("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\x1b[31m", "\x9b", "\u2028", "\u202e"),
        *("\ufeff", " ", "'", '"', ",", ";", "\uff1d", "\udc80", "[/]", "[bold]", "SUM(1)", "é"),
    ]
)
WORDS = st.lists(_PIECES, max_size=6).map("".join) | st.text(max_size=12)
CALM = settings(max_examples=60, deadline=None)
_COMMANDS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def assert_table(text: str, delimiter: str = ",") -> list[list[str]]:
    """A spreadsheet sees as many columns in every row, and nothing that computes."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert text.count("\n") == len(rows)
    assert {len(row) for row in rows} == {len(rows[0])}
    sheet = openpyxl.Workbook().active
    for row in rows:
        for value in row:
            assert not _COMMANDS.search(value), repr(value)
            sheet["A1"].value = value.lstrip()
            assert sheet["A1"].data_type != "f", repr(value)
            if not re.fullmatch(r"[+-]?[\d.,]+( \+0000)?", value):
                assert not value.lstrip().startswith(("=", "+", "-", "@", "＝")), repr(value)
    return rows


def assert_terminal(text: str) -> None:
    assert not _COMMANDS.search(text), repr(text)


def named(name: str, remark: str) -> Graded:
    safe = (safe_name(name),)
    hand_in = HandIn(safe_name(name), Path("x"), safe, people=(Person(name, "", name),))
    return Graded(hand_in, adding(name, 4, 6, problem=remark))


@CALM
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3))
@example([("=1+1", "\r=2+2")])
@example([("\uff1d1+1", " \t@x")])
def test_every_table_is_a_table(people: list[tuple[str, str]]) -> None:
    found = standings([named(*person) for person in people], "adding", COURSE)
    assignment = COURSE.assignments["adding"]
    name = people[0][0]
    columns = ("Student", "ID", "Section", "Adding (1)")
    row = dict(zip(columns, (name, found[0].student, name, name), strict=True))
    roster = Roster(columns, (row,))
    semicolons = Roster(columns, (row,), {}, ";")
    assert len(assert_table(to_csv(found, assignment).text)) == len(found) + 1
    assert len(assert_table(to_csv(found, assignment, roster).text)) == len(found) + 1
    assert len(assert_table(to_gradescope(found, assignment).text)) == len(found) + 1
    assert len(assert_table(to_canvas(found[:1], assignment, roster).text)) == 3
    assert len(assert_table(to_canvas(found[:1], assignment, semicolons).text, ";")) == 3


@CALM
@given(WORDS, WORDS)
@example("=1+1", "+1")
def test_results_csv_is_a_table(name: str, message: str) -> None:
    result = broken(name, message)
    with TemporaryDirectory() as folder:
        path = write_table([result.line()], ["q1"], Path(folder))
        assert len(assert_table(path.read_text("utf-8"))) == 2


def broken(name: str, message: str) -> Result:
    case = part("q1", "public", ("small", 2, Outcome.STOPPED))
    cases = [case.cases[0].model_copy(update={"message": message})]
    update = {"parts": [case.model_copy(update={"cases": cases})], "names": name, "student": name}
    return adding(safe_name(name) or "x", 0, 0, problem=message).model_copy(update=update)


@CALM
@given(WORDS, WORDS)
@example("[/red]", "[/] \x1b]0;title\x07")
def test_the_table_on_the_terminal_shows_words(name: str, message: str) -> None:
    out = io.StringIO()
    console = SafeConsole(file=out, width=140)
    line = broken(name, message).line()
    console.print(view.table([line], ["q1"], 140))
    console.print(f"  {line.label}: {line.concern}", markup=False, highlight=False)
    assert_terminal(out.getvalue())


@CALM
@given(WORDS)
def test_anything_printed_is_words(text: str) -> None:
    out = io.StringIO()
    console = SafeConsole(file=out, width=80)
    table = Table(title="t")
    table.add_column("x")
    table.add_row(text.replace("[", "\\["))
    console.print(table)
    console.print(text, markup=False)
    assert_terminal(out.getvalue())


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_names_are_short_printable_and_as_different_as_before(one: str, other: str) -> None:
    for text in (one, other):
        name = safe_name(text)
        assert len(name.encode()) <= MAX_NAME
        assert shown(name) == name
        assert not set(name) & set("/\\\0")
        assert not name.startswith(".")
        assert safe_name(name) == name
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (safe_name(one) == safe_name(other)) is same


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=1+1", "'=1+1"),
        ("\r=1+1", "?=1+1"),
        (" \t=1+1", "'  =1+1"),
        ("\uff1d1", "'\uff1d1"),
        ("-1", "'-1"),
        ("a=1", "a=1"),
        ("Ann\nBen", "Ann?Ben"),
        ("Zo\u00eb \u200d", "Zo\u00eb \u200d"),
    ],
)
def test_a_field_is_words(text: str, field: str) -> None:
    assert cell(text) == field


def test_a_hostile_class_on_its_way(tmp_path: Path) -> None:
    names = ["=1+1.py", "[bold]x[].py", "a\x1b[2J.py", "b\nc.py", "..py", "@sum.pdf"]
    folder = tmp_path / "class"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("x = 1\n")
    found = find([folder], "adding")
    assert len(found) == 5  # "..py" is hidden, and said to be left out
    for hand_in in found:
        path = write_result(adding(hand_in.name, 4, 6), tmp_path / "results")
        assert path.parent == tmp_path / "results"
        assert path.name.isprintable()


def test_a_text_of_several_lines_keeps_them_and_nothing_that_commands() -> None:
    text = "do it \x1b[1monly\x1b[0m\x07\n\tif you trust \ud800 the \x1b[2J\x1b]source"
    assert printable(text) == "do it only\n\tif you trust  the ]source"
    assert clean(text) == printable(text)  # what comes from the jail
