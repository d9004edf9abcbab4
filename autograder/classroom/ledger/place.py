"""Where a class's ledger lies: at a URL, or in the folder of its results."""

from __future__ import annotations

from pathlib import Path

from autograder.classroom.ledger.records import Ledger
from autograder.ground.errors import UserError
from autograder.ground.files import private_folder

LEDGER_FILE = "ledger.sqlite"


class NoLedger(UserError):
    """There is no ledger where one is looked for, in one sentence."""


def make_ledger(output: Path, url: str = "") -> Ledger:
    """The ledger there, made if it is the first time.

    `output` is made too, wherever the ledger lies: the results in it name students.

    Raises:
        LedgerError: it cannot be opened.
    """
    folder = private_folder(output)
    return Ledger(url or folder / LEDGER_FILE)


def open_ledger(output: Path, url: str = "") -> Ledger:
    """A ledger that is there already.

    Raises:
        NoLedger: there is no such file.
        LedgerError: it cannot be opened.
    """
    file = output / LEDGER_FILE
    if not url and not file.is_file():
        raise NoLedger(f"{file} does not exist; `autograder grade` makes it.")
    return Ledger(url or file)
