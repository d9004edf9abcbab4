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

__all__ = [
    "Decision",
    "Keys",
    "Ledger",
    "LedgerError",
    "Mark",
    "Official",
    "Overtaken",
    "Received",
    "Stored",
    "compose_parts",
]
