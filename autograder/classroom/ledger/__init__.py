"""The class's memory: what was handed in, every result, and what is official since when and why."""

from autograder.classroom.ledger.database import LedgerError
from autograder.classroom.ledger.keys import Keys
from autograder.classroom.ledger.marks import Entry, Given, ItemPoints, Mark
from autograder.classroom.ledger.place import LEDGER_FILE, NoLedger, make_ledger, open_ledger
from autograder.classroom.ledger.received import Received
from autograder.classroom.ledger.records import (
    Decision,
    Ledger,
    Official,
    Overtaken,
    Stored,
    compose_parts,
)
from autograder.classroom.ledger.withdrawals import Withdrawal

__all__ = [
    "LEDGER_FILE",
    "Decision",
    "Entry",
    "Given",
    "ItemPoints",
    "Keys",
    "Ledger",
    "LedgerError",
    "Mark",
    "NoLedger",
    "Official",
    "Overtaken",
    "Received",
    "Stored",
    "Withdrawal",
    "compose_parts",
    "make_ledger",
    "open_ledger",
]
