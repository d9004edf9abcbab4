"""The page to give marks on, in a browser, with the keyboard alone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shared.chromium import PICTURES, chromium, sync_api
from shared.tiny_course import SLUG
from shared.written_class import written_class

from autograder.classroom.ledger import Ledger

pytest.importorskip("uvicorn", reason="needs uvicorn: make browser installs it")
expect = sync_api.expect


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written_class(tmp_path)


@pytest.fixture
def address(root: Path) -> Iterator[str]:
    """`autograder written --serve`, started as a TA starts it."""
    command = [sys.executable, "-m", "autograder", "written", SLUG, "--serve"]
    server = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    said = server.stdout.readline()
    found = re.search(r"3 answers: (http://127\.0\.0\.1:\d+/\S{32}/)$", said.strip())
    try:
        assert found, said
        yield found[1]
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


def test_a_class_is_marked_with_the_keyboard_alone(browser: Any, root: Path, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    errors: list[str] = []
    elsewhere: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
    own = (address, "data:")
    page.on("request", lambda r: r.url.startswith(own) or elsewhere.append(r.url))
    page.goto(address)
    page.keyboard.press("Enter")
    given: dict[str, str] = {}
    for number in (1, 2, 3):
        _ready(page, str(number))
        text = page.locator(".answer").inner_text()
        if "associative" in text:
            given["ada"] = "7.5"
            page.keyboard.type("3,5")
            page.keyboard.press("Enter")
            page.keyboard.type("9")  # more than there is
            page.keyboard.press("Control+Enter")
            expect(page.locator("#says")).to_have_text("0 to 6 points, please.")
            page.keyboard.press("Backspace")
            page.keyboard.type("4")
            expect(page.locator("#total")).to_have_text("7.5")
            page.keyboard.press("Enter")
            page.keyboard.type(
                "Please name the size and unit of an axis."
            )  # in a comment, letters are letters
            page.keyboard.press("Escape")
            page.keyboard.press("s")
            expect(page.get_by_text("The secret answer.")).to_be_visible()
            assert page.locator("img.picture").bounding_box()["height"] > 200
            _pictures(page)
        elif "alert" in text:
            given["bob"] = "0"
            page.keyboard.press("z")
            page.keyboard.press("z")
            assert "document.title = 'pwned'" in text
            assert page.title().endswith("of 3 · Adding · Report")
        else:
            given["cleo"] = given["dan"] = "10"
            page.keyboard.press("a")
            page.keyboard.press("Alt+1")  # what was said before, if anything was
        page.keyboard.press("Control+Enter")
    expect(page.locator("body")).to_contain_text("3 of 3 answers have a mark. All of them.")
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        marks = {m.student: m for m in ledger.marks(SLUG)}
    assert {s: f"{m.points:g}" for s, m in marks.items()} == given
    assert marks["ada"].comment == "Please name the size and unit of an axis."
    assert [(i.points, i.of) for i in marks["ada"].items] == [(3.5, 4), (4, 6)]
    assert errors == elsewhere == []


def test_two_people_on_one_answer_and_a_draft_that_survives(
    browser: Any, root: Path, address: str
) -> None:
    page, other = browser.new_page(), browser.new_context().new_page()
    for one in (page, other):
        one.goto(f"{address}1")
        _ready(one, "1")
    page.keyboard.press("f")
    page.keyboard.press("n")  # looks at the next one, without saving
    _ready(page, "2")
    page.keyboard.press("p")
    _ready(page, "1")
    expect(page.locator("#item-1")).to_have_value("4")
    other.keyboard.press("z")
    other.keyboard.press("z")
    other.keyboard.press("Control+Enter")
    expect(other.locator("nav strong")).to_have_text("3")  # 2 is being looked at
    page.keyboard.press("Enter")
    page.keyboard.press("f")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#says")).to_contain_text("gave 0 points in the meantime")
    page.keyboard.press("Control+Enter")
    expect(page.locator("nav strong")).to_have_text("2")
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        assert {entry.points for entry in ledger.mark_entries(SLUG)} == {0, 10}
        assert {mark.points for mark in ledger.marks(SLUG)} == {10}


def _ready(page: Any, number: str) -> None:
    """Wait until a page takes keys: its script, which is read last, has put the focus there."""
    expect(page.locator("nav strong")).to_have_text(number)
    expect(page.locator("input:focus")).to_have_count(1)


def _pictures(page: Any) -> None:
    if PICTURES:
        page.locator("#item-2").focus()
        page.wait_for_timeout(300)
        page.screenshot(path=str(Path(PICTURES) / "marking.png"))
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=str(Path(PICTURES) / "marking-dark.png"))
