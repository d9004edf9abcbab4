"""The report: its numbers, its page as a browser shows it, and nothing smuggled in."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from shared.standings import adding, course_of, graded, part, result
from shared.tiny_course import SLUG, make_course
from test_exports import fill

from autograder.authoring.bundle import Bundle
from autograder.classroom.intake import HandIn, Person
from autograder.classroom.ledger import Ledger, Mark
from autograder.classroom.report import charts
from autograder.classroom.report.analysis import (
    Change,
    case_lines,
    counting,
    incidents,
    overview,
    problems,
    question_lines,
    slowest,
)
from autograder.classroom.report.view import changes, render
from autograder.classroom.similarity.compare import Group, Similarity
from autograder.classroom.standing.official import OfficialClass
from autograder.classroom.standing.standings import Graded, standings
from autograder.course.model import Course
from autograder.grading.results import Outcome, Result

if TYPE_CHECKING:
    from playwright.sync_api import Page

DUE = datetime(2026, 7, 20, 23, 59, tzinfo=ZoneInfo("Europe/Zurich"))
EVIL = "<script>document.title = 'taken over'</script><img src=x onerror=alert(1)>"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return course_of(make_course(tmp_path), late_policy="{percent_per_day: 10, max_days: 3}")


def a_class(course: Course, *submissions: Graded, marks: tuple[Mark, ...] = ()) -> OfficialClass:
    found = standings(submissions, SLUG, course, None, marks)
    return OfficialClass(course, course.assignment(SLUG), list(submissions), found)


@pytest.fixture
def lively(course: Course) -> OfficialClass:
    """Twelve students, of whom some are late, broke a rule, hit a limit or cannot be read."""
    own = [graded(f"s{n:02}", f"s{n:02}", DUE - timedelta(hours=n), n % 5, n % 7) for n in range(9)]
    own.append(graded("late", "late", DUE + timedelta(hours=3), 4, 6))
    stopped = part("q1", "public", ("small", 2, Outcome.STOPPED), ("loop", 1, Outcome.STOPPED))
    broken = part("q2", "hidden", ("steps", 3, Outcome.RULE))
    own.append(replace(own[0], hand_in=replace(own[0].hand_in, name="x", students=("x", "y"))))
    own[-1] = replace(own[-1], result=result("x", stopped, broken, seconds=40))
    evil = HandIn(EVIL, Path("x"), (EVIL,), late=True)
    own.append(Graded(evil, adding(EVIL, 0, 0, problem=EVIL)))
    marks = (Mark("s01", "written", 7.5, f"good {EVIL}", DUE, "ta"),)
    return a_class(course, *own, marks=marks)


def page_of(found: OfficialClass, groups: list[Group] | None = None) -> str:
    similar = None if groups is None else Similarity(0.4, 7, [], groups, {})
    marks = [m for s in found.standings for m in s.marks]
    change = Change("s01", 1, 3, (f"q1 (hidden), {EVIL}: failed → passed",), DUE, "ta", EVIL)
    return render(found, marks, [change], similar, DUE)


# --- numbers -----------------------------------------------------------------------------------


def test_overview(lively: OfficialClass) -> None:
    told = overview(lively.standings, 20)
    assert (told.students, told.late, told.full) == (13, 2, 0)
    assert told.zero == sum(s.score == 0 for s in lively.standings)
    assert told.mean == pytest.approx(sum(s.score for s in lively.standings) / 13)


def test_a_groups_submission_is_looked_at_once(lively: OfficialClass) -> None:
    assert len(counting(lively.standings)) == 12
    assert len(lively.standings) == 13


def test_questions(course: Course) -> None:
    results = [adding("a", 4, 6), adding("b", 2, 0), adding("c", 0, 0), adding("d", 4, 3)]
    one, two = question_lines(results, course.assignment(SLUG))
    assert (one.share, one.full, one.none) == (0.625, 0.5, 0.25)
    assert (two.share, two.full, two.none) == (0.375, 0.25, 0.5)


def strong_and_weak() -> list[Result]:
    """Ten of each: `tells` goes with the other points, `odd` against them."""
    made = []
    for number in range(20):
        strong = number >= 10
        made.append(
            result(
                f"r{number}",
                part("q1", "public", ("tells", 1, strong), ("odd", 1, not strong)),
                part("q1", "hidden", ("rest", 6, strong), ("noise", 1, number % 2 == 0)),
                part("q2", "public", ("easy", 1, True), ("hard", 1, False)),
            )
        )
    return made


def test_which_test_decides() -> None:
    lines = {line.name: line for line in case_lines(strong_and_weak())}
    assert lines["tells"].reading == "decides"
    assert lines["tells"].discrimination == pytest.approx(0.98, abs=0.02)
    assert lines["odd"].reading == "the weaker pass it: is the test right?"
    assert lines["noise"].discrimination == pytest.approx(0, abs=0.3)
    assert lines["noise"].reading == ""
    assert (lines["easy"].reading, lines["easy"].discrimination) == ("everybody passes", None)
    assert lines["hard"].reading == "nobody passes: is the test right?"
    assert lines["hard"].outcomes == {"failed": 20}
    assert (lines["tells"].part, lines["tells"].rate) == ("q1 (public)", 0.5)


def test_a_few_submissions_say_nothing_about_a_test() -> None:
    lines = case_lines(strong_and_weak()[6:14])
    assert all(line.discrimination is None for line in lines)


def test_who_wrote_nothing_does_not_make_a_test_decide() -> None:
    made = strong_and_weak()[10:]
    empty = [("tells", 1, Outcome.UNWRITTEN), ("odd", 1, Outcome.UNJUDGED)]
    made += [result(f"e{n}", part("q1", "public", *empty)) for n in range(30)]
    lines = {line.name: line for line in case_lines(made)}
    assert (lines["tells"].passed, lines["tells"].total) == (10, 40)
    assert lines["tells"].discrimination is None
    assert lines["tells"].outcomes == {"not written": 30}


def test_incidents_problems_and_the_slowest(lively: OfficialClass) -> None:
    results = counting(lively.standings)
    assert [i.submission for i in incidents(results, Outcome.STOPPED)] == ["x"]  # one message, once
    assert [(i.part, i.case) for i in incidents(results, Outcome.RULE)] == [
        ("q2 (hidden)", "steps")
    ]
    assert problems(results) == [(EVIL, EVIL)]
    assert (slowest(results)[0].submission, len(slowest(results))) == ("x", 10)


# --- charts ------------------------------------------------------------------------------------


def test_charts_can_be_read_without_seeing_them() -> None:
    drawn = str(charts.distribution([0, 5, 5.5, 10], 10))
    assert '<title id="distribution-title">Distribution of points</title>' in drawn
    assert "1 from 0 to 1; 2 from 5 to 6; 1 from 9 to 10</desc>" in drawn
    assert "students</text>" in drawn  # text, not outlines
    assert drawn == str(charts.distribution([0, 5, 5.5, 10], 10))
    bars = str(charts.shares({"q1 <b>&$x$": 0.5, "q2": 0.0}))
    assert "<b>" not in bars
    assert "q1 &lt;b&gt;&amp;$x$: 50%; q2: 0%</desc>" in bars


def test_labels_have_the_room_that_a_wide_font_takes() -> None:
    label = "q4 Strassen's seven products"
    text = re.search(rf"<text ([^>]*)>{label}</text>", str(charts.shares({label: 0.5})))
    assert text
    assert "text-anchor: end" in text[1]
    wide = TextPath((0, 0), label, size=10, prop=FontProperties(family="DejaVu Sans"))
    (end,) = re.findall(r'\bx="([\d.]+)"', text[1])
    assert float(end) > wide.get_extents().width


def test_charts_of_odd_classes() -> None:
    for scores in ([], [0.0], [0.0, 0.0], [12.0]):
        assert "<svg" in charts.distribution(scores, 10)
    assert "12" in charts.distribution([12.0], 10)  # extra points are in the picture


# --- the page ----------------------------------------------------------------------------------


class Outline(HTMLParser):
    """What a screen reader goes by: headings, tables with captions and scopes, ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(t == tag for t, _ in self.tags)


def test_the_page_is_one_file_that_loads_nothing(lively: OfficialClass) -> None:
    outline = Outline(page_of(lively, []))
    sources = [
        value
        for _, attributes in outline.tags
        for key, value in attributes.items()
        if key in ("src", "href", "xlink:href") and not (value or "").startswith(("#", "data:"))
    ]
    assert not sources
    assert outline.count("script") == 1


def test_students_words_are_escaped(lively: OfficialClass) -> None:
    text = page_of(lively, [Group((EVIL, "b"), 0.9)])
    assert EVIL not in text
    assert text.count("&lt;script&gt;") >= 6
    assert "<img" not in text


def test_structure(lively: OfficialClass) -> None:
    outline = Outline(page_of(lively, [Group(("a", "b"), 0.5)]))
    assert outline.count("h1") == 1
    assert outline.count("table") == outline.count("caption") >= 9
    assert all(a.get("scope") in ("col", "row") for t, a in outline.tags if t == "th")
    ids = [a["id"] for _, a in outline.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    pictures = [a for t, a in outline.tags if t == "svg"]
    assert len(pictures) == 2
    for picture in pictures:
        assert picture["role"] == "img"
        assert set((picture["aria-labelledby"] or "").split()) <= set(ids)
    assert ("html", {"lang": "en"}) in outline.tags


def test_a_quiet_class(course: Course) -> None:
    found = a_class(course, graded("a", "ada", DUE, 4, 6))
    text = render(found, [], [], None, DUE)
    assert "The student has no mark for the written question." in text
    assert "Nothing: all submissions could be read" in text
    assert "were not compared" in text
    assert "Changed by regrading" not in text
    assert "Points given by people" not in text


def test_students_have_their_names(course: Course) -> None:
    hand_in = HandIn(
        "submission_1", Path("x"), ("101", "cy"), people=(Person("Ann Able"), Person())
    )
    marks = (Mark("101", "written", 3.0, "", DUE, "ta"),)
    found = a_class(course, Graded(hand_in, adding("a", 4, 6)), marks=marks)
    text = render(found, marks, [], None, DUE)
    named = '<th scope="row">Ann Able<br><span class="quiet">101</span></th>'
    assert text.count(named) == 2  # among the students, and the points that people gave
    assert '<th scope="row">cy</th>' in text
    assert (
        "1 of 2 students has no mark for the written question. Their scores are without it." in text
    )


@pytest.mark.parametrize("compared", [0, 7])
def test_how_many_were_compared_is_said(course: Course, compared: int) -> None:
    found = a_class(course, graded("a", "ada", DUE, 4, 6))
    text = render(found, [], [], Similarity(0.4, compared, [], [], {}), DUE)
    said = f"{compared} submissions were compared; no two share 40% or more of their own code."
    assert said in text


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast(lively: OfficialClass) -> None:
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", page_of(lively)))
    for ink in ("ink", "quiet", "link"):
        for ground in ("#ffffff", colours["shade"]):
            assert contrast(colours[ink], ground) >= 4.5
    assert contrast(colours["ink"], colours["mark"]) >= 4.5


# --- in a browser ------------------------------------------------------------------------------

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
has_browser = pytest.mark.skipif(
    not CHROMIUM or importlib.util.find_spec("playwright") is None,
    reason="needs Chromium and the package playwright",
)


@pytest.fixture
def browser(lively: OfficialClass, tmp_path: Path) -> Iterator[tuple[Page, list[str]]]:
    """The report in Chromium, and whatever the browser complained about."""
    from playwright.sync_api import sync_playwright

    path = tmp_path / "report.html"
    path.write_text(page_of(lively, []), encoding="utf-8")
    complaints: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: complaints.append(r.url) if r.url.startswith("http") else None)
        page.goto(path.as_uri())
        yield page, complaints
        chromium.close()


def column(page: Page, table: str, number: int) -> list[str]:
    return page.locator(f"{table} tbody tr > :nth-child({number})").all_inner_texts()


@has_browser
def test_a_browser_shows_and_sorts_it(browser: tuple[Page, list[str]]) -> None:
    page, complaints = browser
    assert page.title() == "Adding: report"
    assert "13 students" in page.locator(".figures").inner_text().replace("\n", " ")
    assert page.locator("figure svg").count() == 2
    assert EVIL in column(page, "#students", 1)  # as text
    score = page.locator("#students thead button", has_text="Score")
    score.click()
    up = [float(text) for text in column(page, "#students", 2)]
    assert up == sorted(up)
    assert len(set(up)) > 3
    score.click()
    down = [float(text) for text in column(page, "#students", 2)]
    assert down == sorted(down, reverse=True)
    head = page.locator("#students thead th", has_text="Score")
    assert head.get_attribute("aria-sort") == "descending"
    page.locator("#students thead button", has_text="Student").press("Enter")
    assert column(page, "#students", 1)[1:4] == ["late", "s00", "s01"]
    assert head.get_attribute("aria-sort") is None
    assert complaints == []


@has_browser
def test_numbers_sort_as_numbers_and_what_is_empty_comes_last(
    browser: tuple[Page, list[str]],
) -> None:
    page, complaints = browser
    page.locator("#cases thead button", has_text="Passed").click()
    shares = [int(text.rstrip("%")) for text in column(page, "#cases", 4)]
    assert shares == sorted(shares)
    page.locator("#cases thead button", has_text="Discrimination").click()
    told = column(page, "#cases", 5)
    known = [float(text) for text in told if text != "–"]
    assert known == sorted(known)
    assert 0 < len(known) < len(told)
    assert told[len(known) :] == ["–"] * (len(told) - len(known))
    page.locator("#cases thead button", has_text="Discrimination").click()
    down = column(page, "#cases", 5)
    assert [float(text) for text in down[: len(known)]] == known[::-1]
    assert down[len(known) :] == told[len(known) :]
    assert complaints == []


@has_browser
def test_another_script_would_not_run(lively: OfficialClass, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    path = tmp_path / "report.html"
    path.write_text(page_of(lively).replace("</main>", EVIL + "</main>"), encoding="utf-8")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        page.goto(path.as_uri())
        assert page.title() == "Adding: report"
        chromium.close()


# --- the command -------------------------------------------------------------------------------


def test_the_command(course: Course, tmp_path: Path) -> None:
    fill(tmp_path)
    command = [sys.executable, "-m", "autograder", "report", SLUG]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "results" / "adding-report.html"
    assert "bob@example.org" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0
    again = [*command, "--output", "elsewhere"]
    done = subprocess.run(again, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "does not exist" in done.stderr


def test_changes_come_from_the_ledger(course: Course, tmp_path: Path) -> None:
    fill(tmp_path)
    with Ledger(tmp_path / "results" / "ledger.sqlite") as ledger:
        assert changes(ledger, SLUG) == []
        first = ledger.official(SLUG)[0]
        better = adding("101", 2, 6).model_copy(update={"digests": first.result.digests})
        keys = {part.name: f"{part.name} anew" for part in better.parts}
        number = ledger.begin("regrade", Bundle.from_course(tmp_path, SLUG))
        ledger.store(number, keys, better)
        ledger.decide(first.hand_in, keys, better, 2, "a test was wrong")
        [change] = changes(ledger, SLUG)
    assert (change.submission, change.before, change.after) == ("101", 10, 8)
    assert change.why == "a test was wrong"
    assert change.flips == ("q1 (hidden), large: passed (2/2) → failed (0/2)",)
    assert change.at <= datetime.now(UTC)
