"""What a run is given is told, and what it writes is of the whole class and of one assignment."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shared.official import official_class, script
from shared.standings import adding
from shared.tiny_course import SLUG, make_course, write

from autograder.classroom.intake import HandIn, Person, find
from autograder.classroom.ledger import Ledger
from autograder.classroom.receiving import others_of_the_class, receive, show_plan, take_in
from autograder.classroom.withdraw import withdraw
from autograder.grading.results import results_folder, write_result, write_table
from autograder.ground.terminal import SafeConsole


def printed() -> tuple[SafeConsole, io.StringIO]:
    out = io.StringIO()
    return SafeConsole(file=out, width=120), out


def test_results_of_two_assignments_lie_apart(tmp_path: Path) -> None:
    assert results_folder(tmp_path, SLUG) == tmp_path
    write(tmp_path / "a.json", "{}")  # not one of ours
    first = write_result(adding("ann", 4, 6), results_folder(tmp_path, SLUG))
    assert first == tmp_path / "ann.json"
    assert results_folder(tmp_path, SLUG) == tmp_path
    other = adding("ann", 0, 0).model_copy(update={"assignment": "pca"})
    second = write_result(other, results_folder(tmp_path, "pca"))
    assert second == tmp_path / "pca" / "ann.json"
    assert '"score": 10.0' in first.read_text()
    assert results_folder(tmp_path, "pca") == tmp_path / "pca"


def test_a_second_run_writes_the_class(tmp_path: Path) -> None:
    root = official_class(make_course(tmp_path), script("ann"), script("ben"))
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        ann, _ = ledger.hand_ins(SLUG)
        lines = others_of_the_class(ledger, SLUG, [ann])
    assert [(line.student, line.score) for line in lines] == [("ben", 7.0)]


def test_without_a_ledger_the_table_keeps_the_others(tmp_path: Path) -> None:
    write_table([adding("ann", 4, 6).line(), adding("ben", 2, 0).line()], ["q1"], tmp_path)
    again = adding("ben", 4, 0).model_copy(update={"names": "Ben Best"})
    path = write_table([again.line(), adding("cy", 0, 0).line()], ["q1"], tmp_path, keep=True)
    assert path.read_text().splitlines() == [
        "submission,student,name,score,max_score,q1,seconds,remark",
        "ann,ann,,10,10,4,1.00,",
        "ben,ben,Ben Best,4,10,4,1.00,",
        "cy,cy,,0,10,0,1.00,",
    ]
    path = write_table([adding("ann", 0, 0).line()], ["q1"], tmp_path)
    assert len(path.read_text().splitlines()) == 2


def test_what_was_withdrawn_stays_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make_course(tmp_path))
    folder = tmp_path / "class"
    write(folder / "ann.py", "x = 1\n")
    write(folder / "mail.py", "x = 2\n")
    hand_ins = find([folder], SLUG)
    console, out = printed()
    (tmp_path / "results").mkdir()
    with Ledger(tmp_path / "results" / "ledger.sqlite") as ledger:
        assert len(receive(ledger, SLUG, hand_ins, console)) == 2
        withdraw(SLUG, "mail", "Mine.", "", False, tmp_path / "results", "", console)
        again = receive(ledger, SLUG, hand_ins, console)
    assert [h.name for h in again] == ["ann"]
    assert out.getvalue().splitlines() == [
        "mail, adding: mail is withdrawn.",
        "! mail was withdrawn (Mine.) and is left out; `withdraw --undo` takes it back.",
    ]


def test_the_plan_says_what_would_be_read_as_whose(tmp_path: Path) -> None:
    write(tmp_path / "ada" / "a.py", "x = 1\n")
    write(tmp_path / "ada" / "data.csv", "1\n")
    when = datetime(2026, 7, 20, 21, 58, tzinfo=UTC)
    people = (Person("Ada [/]"),)
    ada = HandIn("submission_1", tmp_path / "ada", ("ada@x.org",), when, people=people)
    console, out = printed()
    show_plan(SLUG, [ada], "Europe/Zurich", console)
    said = out.getvalue()
    assert "Ada [/] (ada@x.org)" in said
    assert "a.py, 1 file beside it" in said
    assert "2026-07-20 23:58 CEST" in said
    assert "1 would be graded; nothing was." in said


def test_what_was_left_out_is_printed(tmp_path: Path) -> None:
    write(tmp_path / "class" / "ann.py", "")
    write(tmp_path / "class" / ".b[bold]\x1b.py", "")
    console, out = printed()
    assert len(take_in(SLUG, [tmp_path / "class"], "UTC", (), console)) == 1
    assert "since they are hidden: .b[bold]?.py." in out.getvalue()
