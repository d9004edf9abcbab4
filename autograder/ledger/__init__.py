"""The class's memory: what was handed in, every result, and what is official since when and why."""

from autograder.ledger.database import LedgerError
from autograder.ledger.keys import Keys
from autograder.ledger.ledger import (
    Decision,
    Ledger,
    Mark,
    Official,
    Overtaken,
    Received,
    Stored,
    compose_parts,
)
from autograder.ledger.place import LEDGER_FILE, NoLedger, make_ledger, open_ledger

__all__ = [
    "LEDGER_FILE",
    "Decision",
    "Keys",
    "Ledger",
    "LedgerError",
    "Mark",
    "NoLedger",
    "Official",
    "Overtaken",
    "Received",
    "Stored",
    "compose_parts",
    "make_ledger",
    "open_ledger",
]
