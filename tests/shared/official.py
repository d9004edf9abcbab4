"""A ledger with official results that nobody had to compute, and the command line in-process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.authoring.bundle import Bundle
from autograder.classroom.intake import HandIn
from autograder.classroom.ledger import Keys, Ledger
from autograder.cli import main
from autograder.submissions.read import Submission
from shared.standings import adding
from shared.tiny_course import SLUG

WHEN = datetime(2026, 7, 20, 12, 0, tzinfo=UTC)


def official_class(root: Path, *works: Submission, points: tuple[int, int] = (4, 3)) -> Path:
    """Make these submissions official for the tiny course below `root`, each with these points for
    q1 and q2. A comma in a submission's student separates the members of a group. Returns `root`.
    """
    bundle = Bundle.from_course(root, SLUG)
    (root / "results").mkdir(exist_ok=True)
    with Ledger(root / "results" / "ledger.sqlite") as ledger:
        for work in works:
            students = tuple(work.student.split(", "))
            hand_in = HandIn(work.name, Path("x"), students, WHEN)
            official(ledger, bundle, hand_in, work, points)
    return root


def official(
    ledger: Ledger,
    bundle: Bundle,
    hand_in: HandIn,
    work: Submission,
    points: tuple[int, int] = (4, 3),
) -> None:
    """Make one submission official, with these points for q1 and q2."""
    run = ledger.begin("grade", bundle)
    received = ledger.receive(SLUG, hand_in, work)
    digests = {"submission": work.digest, "bundle": bundle.digest}
    found = adding(work.name, *points).model_copy(update={"digests": digests})
    keys = Keys(bundle).of(work.digest)
    ledger.store(run, keys, found)
    ledger.decide(received, keys, found, 1)


def script(student: str, source: str = "") -> Submission:
    """A script of that student, unlike everybody else's."""
    return Submission(student, student, source=(source or f"# {student}\n").encode())


def command_line(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """`autograder` in the folder `root`: exit code, and all that was printed."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(words))
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out + said.err

    return run
