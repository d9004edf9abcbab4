"""A page for each student: the words of the tests, of people, and nobody else's."""

from __future__ import annotations

import csv
import html
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from shared.official import WHEN, command_line, official, official_class, script
from shared.tiny_course import SLUG, make_course

from autograder.authoring.bundle import Bundle
from autograder.classroom.feedback.view import file_names
from autograder.classroom.intake.handin import HandIn, Person
from autograder.classroom.ledger import Given, ItemPoints, Ledger

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    works = [script("ada@example.org"), script("bob, cleo"), script("dan <b>")]
    return official_class(make_course(tmp_path), *works)


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return command_line(root, monkeypatch, capsys)


def words(root: Path, name: str) -> str:
    text = (root / "results" / "feedback" / SLUG / name).read_text(encoding="utf-8")
    body = text[text.index("<body>") : text.index("<script>")]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_a_page_says_what_gradescope_says_and_what_people_said(root: Path, run: Run) -> None:
    items = (ItemPoints("Says why", 3, 4), ItemPoints("Says when", 5, 6))
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        given = [
            Given("ada@example.org", "written", 8, "Clear.\n<Units?>", items),
            Given("ada@example.org", "q2", 5, "The last case was ours to mend."),
            Given("ada@example.org", "extra-bonus", 0.5, "Found a typo."),
        ]
        ledger.mark_all(SLUG, given)
    code, said = run("feedback", SLUG)
    assert code == 0, said
    assert "3 of 4 students have no mark for the written question." in said
    assert f"4 pages: results/feedback/{SLUG}/" in said
    page = words(root, "ada@example.org.html")
    assert page.startswith(
        "Adding A course · ada@example.org · handed in 2026-07-20 14:00 (Europe/Zurich) "
        "17.5 of 20 points q1 · A function: 4 of 4 q1 (public): 2 of 2 ✓ small (2/2) "
        "q1 (hidden): 2 of 2 ✓ large (2/2) q2 · A class: 5 of 6 "
        "5 points were given by a person ; the tests gave 3. The last case was ours to mend. "
        "q2 (public): 3 of 3 ✓ step (3/3) q2 (hidden): 0 of 3 ✗ steps (0/3) no "
    )
    assert page.endswith(
        "Report: 8 of 10 for points of Says why 3 4 Says when 5 6 Clear. <Units?> "
        "On top extra-bonus: 0.5 points. Found a typo."
    )


def test_members_of_a_group_have_a_page_each_and_no_mark_is_not_0(root: Path, run: Run) -> None:
    run("feedback", SLUG)
    for student in ("bob", "cleo"):
        page = words(root, f"{student}.html")
        assert f"A course · {student} ·" in page
        assert "7 of 10 points" in page
        assert page.endswith("Report Your answer has no mark yet.")
    assert "ada" not in words(root, "bob.html")


def test_a_list_for_mail_merge_and_files_for_nobody_else(root: Path, run: Run) -> None:
    run("feedback", SLUG)
    folder = root / "results" / "feedback" / SLUG
    with (folder / "mail-merge.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "student": "ada@example.org",
        "name": "",
        "email": "ada@example.org",
        "file": "ada@example.org.html",
        "score": "7",
        "max_score": "10",
    }
    assert [row["file"] for row in rows[1:]] == ["bob.html", "cleo.html", "dan _b_.html"]
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_page_of_somebody_who_was_withdrawn_is_gone(root: Path, run: Run) -> None:
    run("feedback", SLUG)
    run("mark", SLUG, "cleo", "written", "3")
    run("withdraw", SLUG, "cleo", "--why", "Not hers.")
    code, said = run("feedback", SLUG)
    assert code == 0
    assert "no submission" not in said  # of her who has one that does not count
    names = {p.name for p in (root / "results" / "feedback" / SLUG).iterdir()}
    assert names == {"ada@example.org.html", "bob.html", "dan _b_.html", "mail-merge.csv"}


def test_whoever_is_known_by_an_id_is_named_and_can_be_written_to(root: Path, run: Run) -> None:
    ada = Person(name="Ada L.", sid="Gradescope 0042")
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        for number, student in enumerate(("ada@example.org", "0042")):
            work = script(f"again {number}")
            people = HandIn(work.name, Path("x"), (student,), WHEN, people=(ada,))
            official(ledger, Bundle.from_course(root, SLUG), people, work)
    run("feedback", SLUG)
    folder = root / "results" / "feedback" / SLUG
    with (folder / "mail-merge.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["name"]]
    assert (row["name"], row["email"]) == ("Ada L.", "ada@example.org")
    assert "A course · Ada L., 0042 ·" in words(root, row["file"])


def test_names_of_files() -> None:
    students = ["Ann", "ann", "Zoë Å", "con:aux", "<b>"]
    assert list(file_names(students).values()) == [
        "Ann.html",
        "ann-2.html",
        "Zoë Å.html",
        "con_aux.html",
        "_b_.html",
    ]
    odd = list(file_names(["a/../b", "...", "x" * 300]).values())
    assert all("/" not in name and len(name) < 150 and name[0] != "." for name in odd)


def test_a_page_loads_nothing_and_runs_nothing(root: Path, run: Run) -> None:
    run("mark", SLUG, "dan", "written", "1", "--comment", "<img src=x onerror=alert(1)>")
    run("feedback", SLUG)
    text = (root / "results" / "feedback" / SLUG / "dan _b_.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in html.unescape(text)
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert "<img" not in text
    assert re.findall(r'(?:src|href)="(?!data:)([^"]*)"', text) == []
