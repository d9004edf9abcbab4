"""A ledger that an older version wrote: everything in it is known again."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from autograder.classroom.intake import HandIn, Person
from autograder.classroom.ledger import Ledger
from autograder.classroom.ledger.database import _MIGRATIONS
from autograder.submissions.read import Submission

WHEN = datetime(2026, 7, 20, 10, tzinfo=UTC)


def old_ledger(path: Path) -> None:
    """As version 0001 kept a hand-in of x.py with two files beside it."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    encoded = {"a.txt": base64.b64encode(b"1").decode(), "b.txt": ""}
    fields = {"kind": "py", "refusal": "", "source": base64.b64encode(b"x").decode()}
    content = zlib.compress(json.dumps({**fields, "files": encoded}).encode())
    told = hashlib.sha256(json.dumps(["adding", ["ann"], str(WHEN), "old"]).encode()).hexdigest()
    with engine.begin() as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO submissions VALUES ('old', ?)", (content,))
        run("INSERT INTO bundles VALUES ('b', 'adding', '{}', '{}', '{}')")
        run("INSERT INTO runs VALUES (1, 'adding', 'b', 'grade', '2026-07-21 00:00:00', 'ta')")
        run(
            "INSERT INTO hand_ins VALUES (1, ?, 'adding', 'ann', '[\"ann\"]', "
            "'2026-07-20 10:00:00', 0, 'old')",
            (told,),
        )
        run("INSERT INTO results VALUES ('k', 'old', 'q1', '{}', '', '[]', 1)")
    engine.dispose()


def test_what_was_handed_in_before_is_known_again(tmp_path: Path) -> None:
    old_ledger(tmp_path / "ledger.sqlite")
    work = Submission("ann", "ann", source=b"x", files={"a.txt": b"1", "b.txt": b""})
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        (before,) = ledger.hand_ins("adding")
        assert before.submission == work.digest
        assert before.people == ()
        again = ledger.receive("adding", HandIn("ann", Path("ann.py"), ("ann",), WHEN), work)
        assert again == before
        content = ledger.content(before)
        assert (content.source, content.files) == (b"x", {"a.txt": b"1", "b.txt": b""})
    engine = create_engine(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT submission FROM results")).scalars().all()
        assert found == [work.digest]
        assert connection.execute(text("SELECT digest FROM submissions")).scalars().all() == found


def test_lengths_and_kinds_are_in_the_digest() -> None:
    """Two contents whose bytes, one after the other, are the same."""
    notebook = Submission("a", "a", "ipynb", source=b"A\0b.txt\x002\0BB")
    beside = Submission("b", "b", "ipynb", source=b"A", files={"b.txt": b"BB"})
    assert notebook.digest != beside.digest
    one = Submission("a", "a", source=b"", files={"a": b"1\0b\x001\x002"})
    two = Submission("a", "a", source=b"", files={"a": b"1", "b": b"2"})
    assert one.digest != two.digest
    refused = Submission("a", "a", refusal="x")
    assert refused.digest != Submission("a", "a", source=b"x").digest


def test_people_are_kept_with_what_they_handed_in(tmp_path: Path) -> None:
    ada = Person("Ada Lovelace", "ada@example.org", "Gradescope 0042")
    hand_in = HandIn("submission_1", Path("x"), ("ada@example.org",), WHEN, people=(ada,))
    with Ledger(tmp_path / "l") as ledger:
        ledger.receive("adding", hand_in, Submission("a", "a", source=b"x"))
        (received,) = ledger.hand_ins("adding")
    assert received.people == (ada,)
    assert received.who == "Ada Lovelace"


def test_a_withdrawal_is_for_a_student_and_can_be_taken_back(tmp_path: Path) -> None:
    both = HandIn("submission_1", Path("x"), ("ann", "ben"), WHEN)
    with Ledger(tmp_path / "l") as ledger:
        received = ledger.receive("adding", both, Submission("a", "a", source=b"x"))
        ledger.withdraw(received, "ann", True, "Not hers.")
        assert [h.students for h in ledger.hand_ins("adding")] == [("ben",)]
        assert [h.students for h in ledger.hand_ins("adding", withdrawn=True)] == [("ann", "ben")]
        ledger.withdraw(received, "ben", True, "Not his.")
        assert ledger.hand_ins("adding") == []
        ledger.withdraw(received, "ann", False, "It was hers.")
        assert [h.students for h in ledger.hand_ins("adding")] == [("ann",)]
        told = [(w.student, w.withdrawn, w.why) for w in ledger.withdrawals("adding")[received.id]]
    assert told == [
        ("ann", True, "Not hers."),
        ("ben", True, "Not his."),
        ("ann", False, "It was hers."),
    ]
