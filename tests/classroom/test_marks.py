"""Points that people give: what is refused, what is kept, and what is said of those without."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from shared.official import command_line, official_class, script
from shared.tiny_course import SLUG, make_course

from autograder.classroom.ledger import Given, ItemPoints, Ledger, Overtaken

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return official_class(make_course(tmp_path), script("ada"), script("bob"), script("cleo"))


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return command_line(root, monkeypatch, capsys)


@pytest.fixture
def ledger(root: Path) -> Ledger:
    return Ledger(root / "results" / "ledger.sqlite")


def marks(ledger: Ledger) -> list[tuple[str, str, float]]:
    return [(m.student, m.question, m.points) for m in ledger.marks(SLUG)]


# --- mark ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("writen", "8"),
            "adding has no question writen: it has q1, q2, written, and `extra` or `extra-…` is "
            "for points on top. Did you mean written?\n",
        ),
        (
            ("written", "10.5"),
            "written has 0 to 10 points, not 10.5; points on top, or taken off, are `extra`.\n",
        ),
        (
            ("q1", "--", "-1"),
            "q1 has 0 to 4 points, not -1; points on top, or taken off, are `extra`.\n",
        ),
        (("extra", "nan"), "nan is not a number of points.\n"),
        (("written",), "ada has no mark for written that could be taken back.\n"),
    ],
)
def test_what_cannot_be_given_is_refused(
    run: Run, ledger: Ledger, words: tuple[str, ...], says: str
) -> None:
    assert run("mark", SLUG, "ada", *words) == (2, says)
    assert ledger.mark_entries(SLUG) == []


def test_what_can_be_given(run: Run, ledger: Ledger) -> None:
    for words in (("q1", "4"), ("written", "0"), ("extra", "--", "-7"), ("extra-bonus", "50")):
        code, said = run("mark", SLUG, "ada", *words)
        assert code == 0, said
    assert marks(ledger) == [
        ("ada", "q1", 4),
        ("ada", "written", 0),
        ("ada", "extra", -7),
        ("ada", "extra-bonus", 50),
    ]


def test_what_an_older_version_noted_can_be_taken_back(run: Run, ledger: Ledger) -> None:
    ledger.mark(SLUG, "ada", "bonus", 3)
    assert run("mark", SLUG, "ada", "bonus") == (0, "ada, adding bonus: taken back.\n")
    assert marks(ledger) == []


def test_a_mark_is_taken_back_under_every_name_of_the_student(
    root: Path, run: Run, ledger: Ledger
) -> None:
    ledger.mark(SLUG, "bob", "written", 3)
    (root / "aliases.yml").write_text("aliases:\n- {student: ada, also: [bob]}\n")
    assert run("mark", SLUG, "ada", "written") == (0, "ada, adding written: taken back.\n")
    assert marks(ledger) == []


def test_history_shows_what_no_longer_counts(run: Run) -> None:
    run("mark", SLUG, "bob", "written", "6", "--comment", "Too short.")
    run("mark", SLUG, "bob", "written", "8", "--comment", "Read again.")
    run("mark", SLUG, "bob", "extra", "1")
    run("mark", SLUG, "bob", "extra")
    code, said = run("history", "bob")
    assert code == 0
    told = [line.split("  ", 3)[3].strip() for line in said.splitlines() if "written" in line]
    told += [line.split("  ", 3)[3].strip() for line in said.splitlines() if "extra" in line]
    told = [line.replace(line[line.index(" (") : line.index(")") + 1], "") for line in told]
    assert told == [
        "written 6 points from a person, no longer counts: Too short.",
        "written 8 points from a person: Read again.",
        "extra 1 points on top from a person, no longer counts",
        "extra: the mark was taken back",
    ]


# --- exports -------------------------------------------------------------------------------------


def table(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_an_export_says_who_has_no_mark_and_takes_none_for_0(root: Path, run: Run) -> None:
    run("mark", SLUG, "ada", "written", "0")
    code, said = run("export", "csv", SLUG)
    assert code == 0
    assert "2 of 3 students have no mark for the written question." in said
    own = table(root / "results" / f"{SLUG}-csv.csv")
    assert (own["ada"]["written"], own["ada"]["max_score"], own["ada"]["score"]) == ("0", "20", "7")
    assert (own["bob"]["written"], own["bob"]["max_score"], own["bob"]["score"]) == ("", "10", "7")
    for student in ("bob", "cleo"):
        run("mark", SLUG, student, "written", "9")
    assert "no mark" not in run("export", "csv", SLUG)[1]


def test_canvas_keeps_its_total_where_a_mark_is_missing(root: Path, run: Run) -> None:
    roster = "Student,ID,SIS Login ID,Section,Adding (7)\nA,1,ada,L,\nB,2,bob,L,3.5\nC,3,cleo,L,\n"
    (root / "grades.csv").write_text(roster, encoding="utf-8")
    run("mark", SLUG, "ada", "written", "8")
    code, said = run("export", "canvas", SLUG, "--roster", "grades.csv")
    assert code == 0, said
    with (root / "results" / f"{SLUG}-canvas.csv").open(encoding="utf-8", newline="") as file:
        scores = {row["Student"].strip(): row["Adding (7)"] for row in csv.DictReader(file)}
    assert scores == {"Points Possible": "20", "A": "15", "B": "3.5", "C": ""}
    assert f"\n3 students: results/{SLUG}-canvas.csv\n" in said


def test_who_is_not_in_the_file_for_canvas_is_not_counted(root: Path, run: Run) -> None:
    (root / "grades.csv").write_text(
        "Student,ID,SIS Login ID,Section\nA,1,ada,L\n", encoding="utf-8"
    )
    said = run("export", "canvas", SLUG, "--roster", "grades.csv")[1]
    assert "! Not in the roster: bob, cleo.\n" in said
    assert f"\n1 of 3 students: results/{SLUG}-canvas.csv\n" in said


# --- import csv ----------------------------------------------------------------------------------

LONG = """\
student,question,points,comment
ada,written,8.5,"Clear, and short."
bob,written,0,
bob,extra,-2,a day late
cleo,written,,
"""


def test_a_table_with_a_line_per_mark(root: Path, run: Run, ledger: Ledger) -> None:
    (root / "marks.csv").write_text(LONG, encoding="utf-8")
    assert run("import", "csv", SLUG, "marks.csv") == (0, "3 new marks.\n")
    assert marks(ledger) == [("ada", "written", 8.5), ("bob", "written", 0), ("bob", "extra", -2)]
    assert [m.comment for m in ledger.marks(SLUG)] == ["Clear, and short.", "", "a day late"]
    assert run("import", "csv", SLUG, "marks.csv") == (0, "0 new marks, 3 as before.\n")
    (root / "marks.csv").write_text(LONG.replace("8.5", "9"), encoding="utf-8")
    assert run("import", "csv", SLUG, "marks.csv") == (0, "1 new mark, 2 as before.\n")
    assert len(ledger.mark_entries(SLUG)) == 4  # the 8.5 is still known


def test_a_table_with_a_line_per_student_as_a_spreadsheet_saves_it(
    root: Path, run: Run, ledger: Ledger
) -> None:
    text = "\ufeffStudent;written;extra;comment\r\nada;7,5;;gut\r\nbob;10;1;\r\n;;;\r\n"
    (root / "marks.csv").write_bytes(text.encode())
    assert run("import", "csv", SLUG, "marks.csv") == (0, "3 new marks.\n")
    assert marks(ledger) == [("ada", "written", 7.5), ("bob", "written", 10), ("bob", "extra", 1)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("student,written\nada,8\nzoe,8\n", "line 3: Nobody called zoe has handed in adding."),
        ("student,written\nada,8\nbob,11\n", "line 3: written has 0 to 10 points, not 11; points"),
        ("student,written\nada,8\nbob,ten\n", "line 3: ten is not a number of points."),
        ("student,written\nada,8\nada,9\n", "line 3: ada has points for written in line 2 too."),
        ("student,score,written\nada,7,8\n", "the column score is no question; take it out."),
        ("student,written,written\nada,7,8\n", "has two columns called written."),
        ("student,question,points\nada,q9,1\n", "line 2: adding has no question q9: it has q1"),
        ("name,written\nada,8\n", "the column name is no question"),
        ("written\n8\n", "has no column student, or none with points"),
        ("student,written\nada,\n", "gives nobody points."),
        ("", "has no column student, or none with points"),
    ],
)
def test_a_table_with_a_mistake_gives_nobody_anything(
    root: Path, run: Run, ledger: Ledger, text: str, says: str
) -> None:
    (root / "marks.csv").write_text(text, encoding="utf-8")
    code, said = run("import", "csv", SLUG, "marks.csv")
    assert code == 2
    assert says in said
    assert ledger.mark_entries(SLUG) == []


def test_without_a_file_and_with_one_that_is_none(root: Path, run: Run) -> None:
    (root / "marks.csv").write_bytes(b"student,written\nad\xe4,8\n")
    assert run("import", "csv", SLUG)[1].startswith("Which file?")
    assert run("import", "csv", SLUG, "marks.csv")[1] == (
        "marks.csv is not a CSV file saved as UTF-8.\n"
    )
    assert run("import", "csv", SLUG, "no.csv")[0] == 2


# --- the ledger ----------------------------------------------------------------------------------


def test_of_two_who_mark_at_once_the_second_is_told(ledger: Ledger) -> None:
    items = (ItemPoints("Says why", 3, 4), ItemPoints("Says when", 1, 6))
    ledger.mark_all(SLUG, [Given("ada", "written", 4, "Good.", items, seen=0)])
    with pytest.raises(Overtaken):  # bob's would be the first, ada's would not; neither is noted
        ledger.mark_all(
            SLUG,
            [Given("bob", "written", 9, seen=0), Given("ada", "written", 9, seen=0)],
        )
    (mark,) = ledger.marks(SLUG)
    assert (mark.points, mark.comment, mark.items) == (4, "Good.", items)
    ledger.mark_all(SLUG, [Given("ada", "written", 5, seen=mark.id)])
    assert marks(ledger) == [("ada", "written", 5)]
    assert len(ledger.mark_entries(SLUG)) == 2
