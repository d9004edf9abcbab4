"""Files for Canvas, Gradescope and spreadsheets: their columns, and people matched."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console
from shared.standings import adding, course_of, graded
from shared.tiny_course import SLUG, make_course

from autograder.authoring.bundle import Bundle
from autograder.classroom.exports.canvas import to_canvas
from autograder.classroom.exports.formats import Export, in_section, to_csv, to_gradescope
from autograder.classroom.exports.roster import RosterError, number, read_roster
from autograder.classroom.exports.view import export
from autograder.classroom.feedback.view import feedback
from autograder.classroom.intake import HandIn, Person
from autograder.classroom.ledger import Keys, Ledger, Mark
from autograder.classroom.report.view import write_report
from autograder.classroom.standing.standings import Graded, Standing, standings
from autograder.course.model import COURSE_FILE, Course
from autograder.submissions.read import Submission

DUE = datetime(2026, 7, 20, 23, 59, tzinfo=ZoneInfo("Europe/Zurich"))

CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,Adding (4711),Other (4712),Current Score
,,,,,Manual Posting,,(read only)
    Points Possible,,,,,10.0,5,(read only)
"Lovelace, Ada",101,s-1,ada@example.org,L01,,5,50
"O'Hara, ""Bob""",102,s-2,bob@example.org,L01,3,,10
"Noether, Emmy",103,s-3,emmy@example.org,L02,,,
'''

GRADESCOPE = """\
First Name,Last Name,Email,SID,Section
Ada,Lovelace,ada@example.org,0042,L01
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return course_of(make_course(tmp_path), late_policy="{percent_per_day: 10, max_days: 3}")


@pytest.fixture
def standing(course: Course) -> list[Standing]:
    own = [
        graded("submission_7", "ada@example.org", DUE - timedelta(days=1), 4, 6),
        graded("submission_8", "ADA@example.org", DUE + timedelta(hours=1, seconds=5), 4, 3),
        graded("bob", "s-2", None, 2, 0),
    ]
    return standings(own, SLUG, course)


def rows(export: Export) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export.text)))


def roster(tmp_path: Path, text: str, name: str = "roster.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8-sig"))
    return read_roster(path)


# --- CSV ---------------------------------------------------------------------------------------


def test_csv(standing: list[Standing], course: Course) -> None:
    ada, bob = rows(to_csv(standing, course.assignment(SLUG)))
    assert ",".join(ada) == (
        "student,name,score,max_score,before_late_policy,q1,q2,submission,submitted,due,days_late,"
        "other_submissions,remark"
    )
    assert (ada["score"], ada["before_late_policy"], ada["q1"], ada["q2"]) == ("6.3", "7", "4", "3")
    assert (ada["days_late"], ada["other_submissions"]) == ("1", "1")
    assert ada["submitted"] == "2026-07-21T00:59:05+02:00"
    assert ada["max_score"] == "10"
    assert (bob["student"], bob["submitted"], bob["days_late"]) == ("s-2", "", "")


def test_what_people_gave_is_in_the_total(standing: list[Standing], course: Course) -> None:
    marks = [
        Mark("ada@example.org", "written", 8, "", DUE, "ta"),
        Mark("s-2", "extra", 0.5, "", DUE, "ta"),
    ]
    own = [s.counts for s in standing]
    ada, bob = rows(to_csv(standings(own, SLUG, course, None, marks), course.assignment(SLUG)))
    assert (ada["score"], ada["max_score"], ada["written"]) == ("13.5", "20", "8")
    assert (bob["score"], bob["written"], bob["extra"]) == ("2.5", "", "0.5")


def test_a_spreadsheet_takes_nothing_for_a_formula(course: Course) -> None:
    found = standings([graded("=1+1", "=cmd()", DUE, 0, 0)], SLUG, course)
    [row] = rows(to_csv(found, course.assignment(SLUG)))
    assert (row["student"], row["submission"]) == ("'=cmd()", "'=1+1")


# --- Gradescope --------------------------------------------------------------------------------


def test_gradescope(standing: list[Standing], course: Course, tmp_path: Path) -> None:
    export = to_gradescope(standing, course.assignment(SLUG), roster(tmp_path, GRADESCOPE))
    ada, bob = rows(export)
    assert list(ada)[:7] == (
        ["First Name", "Last Name", "SID", "Email", "Sections", "Total Score", "Max Points"]
    )
    assert list(ada)[7:] == [
        "Status",
        "Submission ID",
        "Submission Time",
        "Lateness (H:M:S)",
        "View Count",
        "Submission Count",
        "1: A function (4.0 pts)",
        "2: A class (6.0 pts)",
    ]
    assert list(ada.values())[:7] == (
        ["Ada", "Lovelace", "0042", "ada@example.org", "L01", "6.3", "10"]
    )
    assert ada["Submission ID"] == "8"
    assert ada["Submission Time"] == "2026-07-20 22:59:05 +0000"
    assert (ada["Lateness (H:M:S)"], ada["Submission Count"]) == ("01:00:05", "2")
    assert (bob["SID"], bob["Email"], bob["Submission Time"]) == ("s-2", "", "")
    assert export.warnings == ["Not in the roster: s-2."]


def test_gradescope_without_a_roster(standing: list[Standing], course: Course) -> None:
    export = to_gradescope(standing, course.assignment(SLUG))
    ada, bob = rows(export)
    assert (ada["Email"], ada["SID"], bob["Email"], bob["SID"]) == (
        "ada@example.org",
        "",
        "",
        "s-2",
    )
    assert export.warnings == []


# --- Canvas ------------------------------------------------------------------------------------


def test_canvas(standing: list[Standing], course: Course, tmp_path: Path) -> None:
    export = to_canvas(standing, course.assignment(SLUG), roster(tmp_path, CANVAS))
    assert export.text == (
        "Student,ID,SIS User ID,SIS Login ID,Section,Adding (4711)\n"
        "    Points Possible,,,,,10\n"
        '"Lovelace, Ada",101,s-1,ada@example.org,L01,6.3\n'
        '"O\'Hara, ""Bob""",102,s-2,bob@example.org,L01,2\n'
        '"Noether, Emmy",103,s-3,emmy@example.org,L02,\n'
    )
    assert export.warnings == []


def test_canvas_per_question(standing: list[Standing], course: Course, tmp_path: Path) -> None:
    assignment = course.assignment(SLUG)
    export = to_canvas(standing, assignment, roster(tmp_path, CANVAS), per_question=True)
    points, ada, *_ = rows(export)
    columns = ["Adding (4711)", "Adding: q1 A function", "Adding: q2 A class"]
    assert list(ada)[5:] == columns
    assert [points[c] for c in columns] == ["10", "4", "6"]
    assert [ada[c] for c in columns] == ["6.3", "4", "3"]
    assert export.warnings == [
        "Canvas will make a new assignment: Adding: q1 A function.",
        "Canvas will make a new assignment: Adding: q2 A class.",
    ]


def test_canvas_tells_of_other_points_and_of_strangers(course: Course, tmp_path: Path) -> None:
    found = standings([graded("x", "stranger", DUE, 4, 6)], SLUG, course)
    text = CANVAS.replace("10.0", "100")
    export = to_canvas(found, course.assignment(SLUG), roster(tmp_path, text), column="Adding")
    assert export.warnings == [
        "In Canvas, Adding (4711) has 100 points; here it has 10.",
        "Not in the roster: stranger.",
    ]


def test_one_person_under_two_names_is_not_overwritten(course: Course, tmp_path: Path) -> None:
    both = [graded("x", "101", None, 4, 6), graded("y", "ada@example.org", None, 0, 0)]
    with pytest.raises(RosterError, match=r"101 and ada@example\.org are one person"):
        to_canvas(standings(both, SLUG, course), course.assignment(SLUG), roster(tmp_path, CANVAS))


def test_a_canvas_id_is_enough(course: Course, tmp_path: Path) -> None:
    found = standings([graded("x", "103", None, 4, 6)], SLUG, course)
    export = to_canvas(found, course.assignment(SLUG), roster(tmp_path, CANVAS))
    assert [r["Adding (4711)"] for r in rows(export)] == ["10", "", "3", "10"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", 10.0),
        ("10.5", 10.5),
        ("10,5", 10.5),
        ("1,000.00", 1000.0),
        ("1.000,00", 1000.0),
        ("1 000,5", 1000.5),
        ("1’000.25", 1000.25),
        ("1,000", 1000.0),
        ("1,234,567", 1234567.0),
        ("-3.5", -3.5),
        ("EX", None),
        ("", None),
        ("(read only)", None),
        ("nan", None),
    ],
)
def test_numbers_as_canvas_writes_them(text: str, value: float | None) -> None:
    assert number(text) == value


def test_points_over_999_are_points(standing: list[Standing], course: Course, tmp_path) -> None:
    text = CANVAS.replace("10.0", '"1,000.00"')
    export = to_canvas(standing, course.assignment(SLUG), roster(tmp_path, text))
    assert export.warnings == ["In Canvas, Adding (4711) has 1,000.00 points; here it has 10."]


def test_what_is_not_ours_to_say_stays_as_canvas_has_it(
    standing: list[Standing], course: Course, tmp_path: Path
) -> None:
    text = CANVAS.replace(",L02,,,", ",L02,EX,,").replace(",L01,,5,50", ",L01,ex,5,50")
    text += '"Turing, Alan",104,s-4,alan@example.org,L02,7.25,,\n'
    export = to_canvas(standing, course.assignment(SLUG), roster(tmp_path, text))
    assert [r["Adding (4711)"] for r in rows(export)] == ["10", "ex", "2", "EX", "7.25"]
    assert export.warnings == ["Excused in Canvas, and left so: ada@example.org."]


def test_semicolons_decimal_commas_and_names_in_two_columns(
    standing: list[Standing], course: Course, tmp_path: Path
) -> None:
    text = (
        "LastName;FirstName;ID;SIS User ID;SIS Login ID;Integration ID;Section;Adding (4711)\n"
        "    Points Possible;;;;;;;10,00\n"
        "Lovelace;Ada;101;s-1;ada@example.org;;L01 and L02;5,50\n"
        "Noether;Emmy;103;s-3;emmy@example.org;;L02;1,25\n"
    )
    export = to_canvas(standing, course.assignment(SLUG), roster(tmp_path, text))
    assert export.text == (
        "LastName;FirstName;ID;SIS User ID;SIS Login ID;Integration ID;Section;Adding (4711)\n"
        "    Points Possible;;;;;;;10\n"
        "Lovelace;Ada;101;s-1;ada@example.org;;L01 and L02;6,3\n"
        "Noether;Emmy;103;s-3;emmy@example.org;;L02;1,25\n"
    )
    assert export.warnings == ["Not in the roster: s-2."]


def test_a_section_alone(standing: list[Standing], course: Course, tmp_path: Path) -> None:
    text = CANVAS.replace("ada@example.org,L01", '"ada@example.org","L01, L02, and L03"')
    chosen, people = in_section(standing, roster(tmp_path, text), "l02")
    assert [s.student for s in chosen] == ["ada@example.org"]
    export = to_canvas(chosen, course.assignment(SLUG), people)
    assert [r["Student"] for r in rows(export)][1:] == ["Lovelace, Ada", "Noether, Emmy"]
    (ada,) = rows(to_csv(chosen, course.assignment(SLUG), people))
    assert ada["sections"] == "L01, L02, L03"


def test_who_is_known_by_another_id_or_by_name(course: Course, tmp_path: Path) -> None:
    mail = HandIn("a", Path("a"), ("old@example.org",), DUE, people=(Person("Ada", "", "G s-1"),))
    named = HandIn("b", Path("b"), ("1234567",), DUE, people=(Person("Emmy Noether"),))
    own = [Graded(mail, adding("a", 4, 6)), Graded(named, adding("b", 2, 0))]
    export = to_canvas(
        standings(own, SLUG, course), course.assignment(SLUG), roster(tmp_path, CANVAS)
    )
    assert [r["Adding (4711)"] for r in rows(export)] == ["10", "10", "3", "2"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GRADESCOPE, "is not an export of Canvas's gradebook: no column Student"),
        (CANVAS.replace("Other (4712)", "Adding (4712)"), "2 assignments called Adding"),
        (CANVAS.replace("103,s-3", "103,101"), "2 people with the id or e-mail 101"),
        ("a,b\n1,2\n", "has none of the columns"),
        ("", "has none of the columns"),
    ],
)
def test_a_roster_that_does_not_fit(tmp_path: Path, course: Course, text: str, says: str) -> None:
    found = standings([graded("x", "101", None, 4, 6)], SLUG, course)
    with pytest.raises(RosterError, match=says):
        to_canvas(found, course.assignment(SLUG), roster(tmp_path, text))


def test_a_roster_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe")
    for name, says in (("x.csv", "is not a CSV file"), ("y.csv", "No such file")):
        with pytest.raises(RosterError, match=says):
            read_roster(tmp_path / name)


# --- the command -------------------------------------------------------------------------------


def run(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "export", *map(str, args)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def fill(root: Path, *, decide: bool = True) -> None:
    """A ledger in which ada's and bob's submissions are official."""
    bundle = Bundle.from_course(root, SLUG)
    (root / "results").mkdir()
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        number = ledger.begin("grade", bundle)
        for student, q2 in (("101", 6), ("bob@example.org", 0)):
            work = Submission(student, student, source=student.encode())
            hand_in = ledger.receive(SLUG, HandIn(student, Path("x"), (student,), DUE), work)
            given = adding(student, 4, q2).model_copy(
                update={"digests": {"submission": work.digest, "bundle": bundle.digest}}
            )
            keys = Keys(bundle).of(work.digest)
            ledger.store(number, keys, given)
            if decide or student == "101":
                ledger.decide(hand_in, keys, given, 1)


def test_export_writes_what_is_official(course: Course, tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "canvas.csv").write_text(CANVAS)
    done = run("canvas", SLUG, "--roster", "canvas.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "results" / "adding-canvas.csv"
    with path.open() as file:
        scores = {r["Student"]: r["Adding (4711)"] for r in csv.DictReader(file)}
    assert scores["Lovelace, Ada"] == "10"
    assert scores['O\'Hara, "Bob"'] == "4"
    assert path.stat().st_mode & 0o077 == 0
    assert run("csv", SLUG, cwd=tmp_path).returncode == 0
    assert run("gradescope", SLUG, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("verb", ["export", "report", "feedback"])
def test_what_was_given_to_nobody_is_named(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    fill(tmp_path)
    monkeypatch.chdir(tmp_path)
    people = [(SLUG, "BOB@example.org"), (SLUG, "ada@exmple.org"), ("other", "101")]
    due = "due: 2027-01-01 12:00"
    entries = [f"- {{student: '{who}', assignment: {to}, {due}}}\n" for to, who in people]
    (tmp_path / "extensions.yml").write_text("extensions:\n" + "".join(entries))
    path = tmp_path / COURSE_FILE
    before, name, entry = path.read_text().partition("  adding:\n")
    path.write_text(f"{before}{name}{entry}  other:\n{entry}")
    with Ledger(tmp_path / "results" / "ledger.sqlite") as ledger:
        ledger.mark(SLUG, "101", "written", 3)
        ledger.mark(SLUG, "an alias that is gone", "written", 3)
    out = io.StringIO()
    console, results = Console(file=out, width=60), Path("results")
    if verb == "export":
        export("csv", SLUG, results, "", None, None, None, False, "", console)
    elif verb == "report":
        write_report(SLUG, results, "", None, console)
    else:
        feedback(SLUG, results, "", None, console)
    asked = "Is that how submissions name them?"
    assert out.getvalue().splitlines()[:2] == [
        f"! An extension, but no submission: ada@exmple.org. {asked}",
        f"! Points from people, but no submission: an alias that is gone. {asked}",
    ]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("canvas", SLUG), "export its gradebook"),
        (("csv", "nothing"), "there is no assignment"),
        (("csv", SLUG, "--output", "elsewhere"), "ledger.sqlite does not exist"),
        (("csv", SLUG, "--extensions", "no.yml"), "no.yml cannot be read"),
        (("canvas", SLUG, "--roster", "no.csv"), "no.csv cannot be read"),
        (("excel", SLUG), "Invalid value"),
    ],
)
def test_wrong_usage_is_one_sentence(
    course: Course, tmp_path: Path, args: tuple[str, ...], says: str
) -> None:
    fill(tmp_path)
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_a_class_that_is_half_graded_is_not_exported(course: Course, tmp_path: Path) -> None:
    fill(tmp_path, decide=False)
    done = run("csv", SLUG, cwd=tmp_path)
    assert done.returncode == 2
    assert "No result yet for bob@example.org; run" in done.stderr
