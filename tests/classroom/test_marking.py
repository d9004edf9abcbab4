"""The page to give marks on: what it shows, what it refuses, and two people at once."""

from __future__ import annotations

import json
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shared.tiny_course import SLUG
from shared.written_class import written_class

from autograder.classroom.ledger import ItemPoints, Ledger
from autograder.classroom.marking.pieces import html
from autograder.classroom.marking.pile import ENGINE, Pile
from autograder.classroom.standing.official import read_class
from autograder.classroom.written.export import read_question
from autograder.jail.client import Jail

pytest.importorskip("starlette", reason="needs starlette and httpx: make test installs them")
from starlette.testclient import TestClient

from autograder.classroom.marking.app import make_app
from autograder.classroom.marking.serve import CannotServe, _listening

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the jail needs Linux")

HOME = "http://127.0.0.1"


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail([ENGINE]) as opened:
        yield opened


@pytest.fixture
def pile(tmp_path: Path, jail: Jail, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pile]:
    root = written_class(tmp_path)
    monkeypatch.chdir(root)
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        yield Pile(ledger, read_class(ledger, SLUG), read_question(root, SLUG), jail, "ta")


@pytest.fixture
def browser(pile: Pile) -> TestClient:
    return TestClient(make_app(pile, "t0ken", "The **model** answer."), base_url=HOME)


def of(pile: Pile, student: str) -> Any:
    return next(a for a in pile.answers if student in a.students)


def post(browser: TestClient, number: int, points: list[Any], comment: str, seen: list[int]) -> Any:
    body = {"points": points, "comment": comment, "seen": seen}
    return browser.post(f"/t0ken/{number}", json=body)


def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "results" / "ledger.sqlite")


# --- what is shown -------------------------------------------------------------------------------


def test_one_answer_with_its_pictures_the_rubric_and_samples(
    browser: TestClient, pile: Pile
) -> None:
    text = browser.get(f"/t0ken/{of(pile, 'ada').number}").text
    assert '<p>Sums are <strong>associative</strong> in <img class="formula"' in text
    assert "<td>10</td><td><code>1e-16</code></td>" in re.sub(r">\s+<", "><", text)
    assert text.count('<img class="picture" src="data:image/png;base64,') == 1
    assert 'width="480" height="240"' in text
    assert "Says what a sum is" in text
    assert 'data-of="6"' in text
    assert "A sum <strong>adds</strong>" in text
    assert "The <strong>model</strong> answer." in text
    assert "Report. What did you see?" in text
    assert "answer <strong>" in text


def test_marking_is_blind_unless_names_are_asked_for(pile: Pile) -> None:
    for names in (False, True):
        client = TestClient(make_app(pile, "t0ken", names=names), base_url=HOME)
        pages = [client.get(f"/t0ken/{a.number}").text for a in pile.answers]
        pages.append(client.get("/t0ken/").text)
        for student in ("ada", "bob", "cleo", "dan"):
            assert any(re.search(rf"\b{student}\b", page) for page in pages) is names


def test_the_order_is_each_persons_own_and_stays(pile: Pile, jail: Jail, tmp_path: Path) -> None:
    found = read_class(ledger(tmp_path), SLUG)
    orders = {
        who: [a.hand_in.id for a in Pile(ledger(tmp_path), found, pile.question, jail, who).answers]
        for who in ("ta", "tb", "tc", "td", "te", "tf")
    }
    assert orders["ta"] == [a.hand_in.id for a in pile.answers]
    assert len({tuple(order) for order in orders.values()}) > 1
    assert {tuple(sorted(order)) for order in orders.values()} == {(1, 2, 3)}


def test_nothing_of_an_answer_can_run(browser: TestClient, pile: Pile) -> None:
    reply = browser.get(f"/t0ken/{of(pile, 'bob').number}")
    assert "&lt;script&gt;document.title" in reply.text
    assert "&lt;img src=x onerror=" in reply.text
    assert "<script>" not in reply.text
    assert len(re.findall("<script", reply.text)) == 1  # our own, by its address
    assert "javascript:" not in re.findall(r'(?:href|src)="([^"]*)"', reply.text)
    assert "[picture not shown: http://example.org/p.png]" in reply.text
    assert set(re.findall(r' on\w+="', reply.text)) == set()
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert reply.headers["cache-control"] == "no-store"


def test_pieces_are_not_believed() -> None:
    pieces = [
        ["open", "script", "", b""],
        ["text", "", "<b>&", b""],
        ["open", "p onclick=alert(1)", "", b""],
        ["open", "ul", "", b""],
        ["open", "li", "", b""],
        ["close", "ul", "", b""],
        ["close", "p", "", b""],
        ["picture", "", '"><script>', b"GIF89a"],
        ["open", "strong", "", b"", "more"],
        ["open", "strong", "", "no bytes"],
        "open",
        ["open", "em", "", b""],
    ]
    assert html(pieces) == ("&lt;b&gt;&amp;<ul><li></li></ul>&#34;&gt;&lt;script&gt;<em></em>")
    assert html(None) == html({"open": "p"}) == ""


# --- who gets in ---------------------------------------------------------------------------------


def test_only_with_the_token_and_only_by_this_machines_name(pile: Pile) -> None:
    app = make_app(pile, "t0ken")
    client = TestClient(app, base_url=HOME)
    assert client.get("/t0ken/").status_code == 200
    for address in ("/", "/wrong/", "/wrong/1", "/wrong/marking.js", "/t0ken/99", "/t0ken/x.py"):
        assert client.get(address).status_code == 404, address
    assert client.post("/wrong/1", json={}).status_code == 404
    assert TestClient(app, base_url="http://evil.example").get("/t0ken/").status_code == 400


def test_a_form_of_another_page_gives_no_marks(
    browser: TestClient, pile: Pile, tmp_path: Path
) -> None:
    sent = json.dumps({"points": [4, 6], "comment": "", "seen": [0]})
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        reply = browser.post("/t0ken/1", content=sent, headers={"content-type": kind})
        assert reply.status_code == 400
    assert ledger(tmp_path).mark_entries(SLUG) == []


# --- what is given -------------------------------------------------------------------------------


def test_a_mark_goes_to_everybody_in_the_group_and_on_to_the_next(
    browser: TestClient, pile: Pile, tmp_path: Path
) -> None:
    answer = of(pile, "cleo")
    assert answer.students == ("cleo", "dan")
    reply = post(browser, answer.number, [3.5, 6], " Good.\n", [0, 0])
    assert reply.status_code == 200
    following = answer.number % 3 + 1
    assert reply.json() == {"next": f"/t0ken/{following}"}
    items = (
        ItemPoints("Says what a sum is", 3.5, 4),
        ItemPoints("Names the error of 0.1 + 0.2", 6, 6),
    )
    marks = ledger(tmp_path).marks(SLUG)
    assert [(m.student, m.question, m.points, m.comment, m.items) for m in marks] == [
        ("cleo", "written", 9.5, "Good.", items),
        ("dan", "written", 9.5, "Good.", items),
    ]
    again = browser.get(f"/t0ken/{answer.number}").text
    assert 'data-of="4" value="3.5"' in again
    assert ">Good.</textarea>" in again


def test_a_group_of_whom_one_has_no_mark_waits(
    browser: TestClient, pile: Pile, tmp_path: Path
) -> None:
    answer = of(pile, "cleo")
    book = ledger(tmp_path)
    book.mark(SLUG, "dan", "written", 5.0, "From mark.")
    assert "0 of 3 answers have a mark." in browser.get("/t0ken/").text
    text = browser.get(f"/t0ken/{answer.number}").text
    assert "gave 5 points, but not to everybody in the group." in text
    seen = list(pile.states()[answer.number].seen)
    assert post(browser, answer.number, [4, 1], "", seen).status_code == 200
    assert "1 of 3 answers have a mark." in browser.get("/t0ken/").text
    assert {(m.student, m.points) for m in book.marks(SLUG)} == {("cleo", 5.0), ("dan", 5.0)}


def test_it_resumes_where_it_stopped_and_ends(browser: TestClient, pile: Pile) -> None:
    def where() -> str:
        return browser.get("/t0ken/next", follow_redirects=False).headers["location"]

    assert where() == "/t0ken/1"
    post(browser, 1, [4, 6], "", [0] * len(pile.answers[0].students))
    assert where() == "/t0ken/2"
    post(browser, 3, [4, 0], "", [0] * len(pile.answers[2].students))
    assert where() == "/t0ken/2"
    assert "2 of 3 answers have a mark." in browser.get("/t0ken/").text
    assert post(browser, 2, [0, 0], "", [0] * len(pile.answers[1].students)).json() == {
        "next": "/t0ken/"
    }
    assert "All of them." in browser.get("/t0ken/").text


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ([4.5, 6], "“Says what a sum is” has 0 to 4 points, not 4.5."),
        ([-1, 6], "“Says what a sum is” has 0 to 4 points, not -1."),
        ([4], "The rubric has changed; load the page again."),
        ([4, None], "Every item of the rubric needs a number of points."),
        ([4, True], "Every item of the rubric needs a number of points."),
        ("all", "Every item of the rubric needs a number of points."),
    ],
)
def test_points_that_the_rubric_does_not_have(
    browser: TestClient, pile: Pile, tmp_path: Path, points: Any, says: str
) -> None:
    reply = post(browser, of(pile, "ada").number, points, "", [0])
    assert (reply.status_code, reply.json()) == (400, {"says": says})
    assert ledger(tmp_path).mark_entries(SLUG) == []


def test_of_two_who_mark_one_answer_the_second_is_asked(
    browser: TestClient, pile: Pile, tmp_path: Path
) -> None:
    number = of(pile, "ada").number
    ledger(tmp_path).mark(SLUG, "ada", "written", 7, "Mine.")  # `autograder mark`, meanwhile
    reply = post(browser, number, [4, 6], "", [0])
    assert reply.status_code == 409
    told = reply.json()
    assert re.fullmatch(r"\S+ gave 7 points in the meantime: Mine\..*", told["says"])
    assert [m.points for m in ledger(tmp_path).marks(SLUG)] == [7]
    assert post(browser, number, [4, 6], "", told["seen"]).status_code == 200
    assert [e.points for e in ledger(tmp_path).mark_entries(SLUG)] == [7, 10]


def test_two_browsers_get_different_answers(browser: TestClient, pile: Pile) -> None:
    other = TestClient(browser.app, base_url=HOME)
    first = browser.get("/t0ken/next").url.path
    second = other.get("/t0ken/next").url.path
    assert (first, second) == ("/t0ken/1", "/t0ken/2")
    assert browser.get("/t0ken/next").url.path == first  # one's own is still one's own


def test_comments_can_be_used_again(browser: TestClient, pile: Pile) -> None:
    post(browser, of(pile, "ada").number, [4, 6], "Clear.\nUnits?", [0])
    post(browser, of(pile, "bob").number, [0, 0], "Units?", [0])
    text = browser.get(f"/t0ken/{of(pile, 'cleo').number}").text
    offered = re.findall(r"<kbd>Alt (\d)</kbd> <span>([^<]*)</span>", text)
    assert offered == [("1", "Units?"), ("2", "Clear.")]


def test_what_cannot_be_read_gets_a_sentence(pile: Pile, browser: TestClient) -> None:
    number = of(pile, "ada").number
    pile._read[of(pile, "ada").hand_in.submission] = {"state": "unreadable", "trouble": "No file."}
    assert '<p class="note">No file.</p>' in browser.get(f"/t0ken/{number}").text


def test_who_comes_before_the_page_is_ready_waits() -> None:
    """Its address is told before it has begun: nobody is refused, nobody else gets the port."""
    with _listening(0) as door:
        port = door.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=20):
            pass
        with pytest.raises(CannotServe, match=rf"^Port {port} cannot be used: "):
            _listening(port)
