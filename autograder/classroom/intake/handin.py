"""What somebody handed in: where it lies, who and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.ground.errors import UserError


class IntakeError(UserError):
    """A class that cannot be taken in as it is, in one sentence."""


@dataclass(frozen=True)
class HandIn:
    """One hand-in. A student may have several; those without a time are in their order.

    Attributes:
        name: unique in a run; names the result file.
        path: file, folder or zip; `submission.read` reads it later.
        students: who handed it in, more than one for a group: e-mail or id, else the name that
            the path tells.
        submitted: aware; None where the source does not tell.
        late: whether the source calls it late; asked only where it tells no time.
        source: whose export it comes from; "" for a plain file, folder or zip.
    """

    name: str
    path: Path
    students: tuple[str, ...]
    submitted: datetime | None = None
    late: bool = False
    source: str = ""
