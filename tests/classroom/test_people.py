"""One person under two names is one; who was withdrawn is nobody."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from shared.standings import adding, course_of
from shared.tiny_course import SLUG, make_course, write

from autograder.authoring.bundle import Bundle
from autograder.classroom.intake import HandIn, Person, find
from autograder.classroom.ledger import Keys, Ledger, Mark
from autograder.classroom.regrade.history import history
from autograder.classroom.standing.extensions import load_extensions
from autograder.classroom.standing.official import NothingOfficial, read_class
from autograder.classroom.standing.people import AliasesError, People, find_people, load_aliases
from autograder.classroom.standing.standings import Graded, standings
from autograder.classroom.standing.whom import UnknownStudent, the_student
from autograder.classroom.withdraw import NothingToWithdraw, withdraw
from autograder.course.model import Course
from autograder.submissions.read import Submission

WHEN = datetime(2026, 7, 19, 10, tzinfo=UTC)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return course_of(make_course(tmp_path))


def handed_in(name: str, student: str, hours: int = 0, *, who: str = "", sid: str = "") -> HandIn:
    people = (Person(who, "", sid),) if who or sid else ()
    return HandIn(name, Path(name), (student,), WHEN + timedelta(hours=hours), people=people)


OLD = handed_in("submission_2", "old@x.org", 0, who="Ann Old", sid="Gradescope 3")
NEW = handed_in("submission_3", "new@x.org", 2, who="Ann New", sid="Gradescope 3")


def test_a_sid_joins_what_two_e_mails_handed_in(course: Course) -> None:
    marks = [
        Mark("old@x.org", "written", 5.0, "", WHEN, "ta"),
        Mark("new@x.org", "written", 7.0, "", WHEN + timedelta(hours=3), "ta"),
    ]
    own = [Graded(OLD, adding("a", 4, 6)), Graded(NEW, adding("b", 2, 0))]
    (ann,) = standings(own, SLUG, course, marks=marks)
    assert (ann.student, ann.name) == ("new@x.org", "Ann New")
    assert ann.counts.hand_in == NEW
    assert ann.points == {"q1": 2.0, "q2": 0.0, "written": 7.0}
    assert ann.known_as == ("new@x.org", "old@x.org", "3")
    assert ann.others == 1


def test_different_sids_and_no_sid_join_nobody() -> None:
    others = [handed_in("a", "a@x.org", sid="Gradescope 4"), handed_in("b", "b@x.org")]
    people = People([OLD, *others])
    assert len({people.key(s) for s in ("old@x.org", "a@x.org", "b@x.org", "4")}) == 4


def test_an_extension_holds_under_any_name(course: Course, tmp_path: Path) -> None:
    write(
        tmp_path / "extensions.yml",
        f"extensions:\n- {{student: old@x.org, assignment: {SLUG}, due: 2026-08-01 12:00}}\n",
    )
    later = load_extensions(tmp_path / "extensions.yml", course)
    own = [Graded(OLD, adding("a", 4, 6)), Graded(NEW, adding("b", 2, 0))]
    (ann,) = standings(own, SLUG, course, later)
    assert f"{ann.due:%Y-%m-%d}" == "2026-08-01"


def test_aliases_join_and_say_by_which_name_to_go(course: Course, tmp_path: Path) -> None:
    write(tmp_path / "aliases.yml", 'aliases:\n- {student: ann, also: ["0042", ANN@x.org]}\n')
    own = [handed_in("a", "0042"), handed_in("b", "ann@x.org", 1), handed_in("c", "ben")]
    people = find_people(own, tmp_path)
    graded = [Graded(h, adding(h.name, 4, 6)) for h in own]
    found = standings(graded, SLUG, course, people=people)
    assert [(s.student, s.others) for s in found] == [("ann", 1), ("ben", 0)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("aliases: 3\n", "line 1: `aliases` is 3, but must be a list of students"),
        ("aliases:\n- {student: a, also: [b]}\n- {student: c, also: [B]}\n", "of two students"),
        ("aliases:\n- {student: a}\n", "line 2"),
        ("x: 1\n", "a list called `aliases`"),
        ("aliases:\n- [", "line"),
    ],
)
def test_a_mistake_in_the_aliases_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    write(tmp_path / "aliases.yml", text)
    with pytest.raises(AliasesError) as caught:
        load_aliases(tmp_path / "aliases.yml")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("form", ["composed", "decomposed"])
def test_composed_and_decomposed_letters_are_one_name(course: Course, form: str) -> None:
    names = ["Zo\u00eb", "Zoe\u0308"] if form == "composed" else ["Zoe\u0308", "Zo\u00eb"]
    own = [Graded(handed_in(str(n), name, n), adding("x", 4, 6)) for n, name in enumerate(names)]
    assert [s.others for s in standings(own, SLUG, course)] == [1]


def test_one_sid_for_different_people_in_one_export_joins_nobody(tmp_path: Path) -> None:
    entry = (
        "submission_{n}:\n  :submitters:\n  - :name: P{n}\n    :email: p{n}@x.org\n    :sid: '0'\n"
        "  :created_at: 2026-07-20 10:00:00 Z\n"
    )
    root = tmp_path / "export"
    write(root / "submission_metadata.yml", "".join(entry.format(n=n) for n in (1, 2)))
    for n in (1, 2):
        write(root / f"submission_{n}" / f"{SLUG}.py", "")
    found = find([root], SLUG)
    assert [p.sid for h in found for p in h.people] == ["", ""]
    assert [p.name for h in found for p in h.people] == ["P1", "P2"]


# --- withdrawn -----------------------------------------------------------------------------------


def ledger_with(root: Path, *hand_ins: HandIn) -> Path:
    bundle = Bundle.from_course(root, SLUG)
    keys = Keys(bundle)
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        run = ledger.begin("grade", bundle)
        for hand_in in hand_ins:
            work = Submission(hand_in.name, "", source=hand_in.name.encode())
            received = ledger.receive(SLUG, hand_in, work)
            result = adding(hand_in.name, 4, 6)
            digests = {"submission": work.digest, "bundle": bundle.digest}
            result = result.model_copy(update={"digests": digests})
            own = keys.of(work.digest)
            ledger.store(run, own, result)
            ledger.decide(received, own, result, 1)
    return root / "results"


def withdrawn(output: Path, student: str, why: str = "A test.", only: str = "", undo: bool = False):
    out = io.StringIO()
    console = Console(file=out, width=200)
    assert withdraw(SLUG, student, why, only, undo, output, "", console) == 0
    return out.getvalue()


def standing_of(output: Path) -> list[tuple[str, str, float]]:
    with Ledger(output / "ledger.sqlite") as ledger:
        found = read_class(ledger, SLUG)
    return [(s.student, s.counts.hand_in.name, s.score) for s in found.standings]


def test_what_is_withdrawn_does_not_count_until_it_is_taken_back(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()
    output = ledger_with(tmp_path, handed_in("mail", "mail"), handed_in("ben", "ben"), OLD, NEW)
    assert withdrawn(output, "mail") == f"mail, {SLUG}: mail is withdrawn.\n"
    assert standing_of(output) == [("ben", "ben", 10.0), ("new@x.org", "submission_3", 10.0)]
    assert withdrawn(output, "Ann New", only="submission_3") == (
        f"Ann New (new@x.org), {SLUG}: submission_3 is withdrawn.\n"
    )
    assert standing_of(output) == [("ben", "ben", 10.0), ("old@x.org", "submission_2", 10.0)]
    assert withdrawn(output, "mail", "It was a student's.", undo=True) == (
        f"mail, {SLUG}: mail counts again.\n"
    )
    assert [s for s, _, _ in standing_of(output)] == ["ben", "mail", "old@x.org"]
    with pytest.raises(NothingToWithdraw, match="Nothing of mail was withdrawn in adding"):
        withdrawn(output, "mail", undo=True)
    with pytest.raises(NothingToWithdraw, match="--why is needed"):
        withdrawn(output, "ben", why=" ")
    with pytest.raises(UnknownStudent, match="Nobody called zoe"):
        withdrawn(output, "zoe")
    for student in ("mail", "ben", "old@x.org"):
        withdrawn(output, student)
    with pytest.raises(NothingOfficial):
        standing_of(output)


def test_the_history_tells_it(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()
    output = ledger_with(tmp_path, OLD, NEW)
    withdrawn(output, "Ann New", "Of another course.", only="submission_2")
    withdrawn(output, "3", "It was right.", only="submission_2", undo=True)
    out = io.StringIO()
    assert history("new@", SLUG, output, "", None, Console(file=out, width=200)) == 0
    said = out.getvalue()
    assert "adding, new@x.org (Ann New, old@x.org, 3), times in Europe/Zurich" in said
    assert said.index("withdrawn, does not count: Of another course. (") < said.index(
        "counts again: It was right. ("
    )
    assert said.count("10/10") == 2
    assert "submission_2, handed in 2026-07-19 12:00" in said  # on the clocks of the course
    assert said.endswith("\n  Score: 10, of submission_3.\n\n")


def test_the_history_ends_with_what_it_is_worth(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    course_of(tmp_path, late_policy="{percent_per_day: 10, max_days: 3}")
    (tmp_path / "results").mkdir()
    late = handed_in("submission_4", "cy@x.org", 50, who="Cy")
    output = ledger_with(tmp_path, OLD, late)

    def ending(extensions: Path | None = None) -> str:
        out = io.StringIO()
        history("cy", SLUG, output, "", extensions, Console(file=out, width=80))
        return out.getvalue().splitlines()[-2].strip()

    assert ending() == "Score: 9, of submission_4. 1 day late: 90% of the score counts."
    own = f"extensions:\n- {{student: cy@x.org, assignment: {SLUG}, due: 2026-07-22 12:00}}\n"
    write(tmp_path / "later.yml", own)
    assert ending(tmp_path / "later.yml") == (
        "Score: 10, of submission_4. Extension until 2026-07-22 12:00."
    )
    withdrawn(output, "cy")
    assert ending() == "Score: none; nothing counts."
    write(tmp_path / "extensions.yml", "x: 1\n")
    assert ending().startswith("What it is worth cannot be told: ")


def test_the_student_is_found_by_name_id_and_submission(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()
    output = ledger_with(tmp_path, OLD, NEW, handed_in("submission_9009", "bo@x.org", who="Bo"))
    with Ledger(output / "ledger.sqlite") as ledger:
        for asked in ("Ann New", "old@x.org", "3", "submission_2", "NEW@X.org"):
            assert the_student(ledger, SLUG, asked).label == "Ann New (new@x.org)"
        assert the_student(ledger, SLUG, "9009").student == "bo@x.org"
        with pytest.raises(
            UnknownStudent,
            match=r"x\.org may be Bo \(bo@x\.org\), Ann New \(new@x\.org\); say which",
        ):
            the_student(ledger, SLUG, "x.org")
