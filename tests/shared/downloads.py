"""A class as Gradescope exports it, as folders and as zips."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

from autograder.classroom.intake import HandIn
from shared.tiny_course import SLUG, write

METADATA = """\
---
submission_11:
  :submitters:
  - :name: Ada Lovelace
    :sid: '0042'
    :email: ada@example.org
  :created_at: 2026-07-20 19:06:36.213213000 Z
  :score: 3.0
  :status: processed
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    output: ":submitters: []"
  :history:
  - :id: 7
    :submitters: []
    :created_at: 2026-07-19 08:00:00.000000000 Z
    :score: 1.0
submission_12:
  :submitters:
  - :name: Bob
    :sid: '7'
    :email:
  - :name: Carol
    :sid: ''
    :email: carol@example.org
  :created_at: 2026-07-21 01:00:00.000000000 Z
  :history: []
submission_13:
  :submitters: []
  :created_at: 2026-07-20 10:00:00
"""


def export(root: Path, metadata: str = METADATA) -> Path:
    write(root / "submission_metadata.yml", metadata)
    write(root / "submission_11" / f"{SLUG}.py", "x = 11\n")
    write(root / "submission_12" / f"{SLUG}.py", "x = 12\n")
    write(root / "submission_12" / "helper.py", "y = 12\n")
    write(root / "submission_13" / f"{SLUG}.ipynb", "{}")
    return root


def zipped(folder: Path, out: Path, prefix: str = "") -> Path:
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, prefix + path.relative_to(folder).as_posix())
    return out


def told(hand_ins: list[HandIn]) -> list[tuple[str, tuple[str, ...], datetime | None]]:
    return [(h.name, h.students, h.submitted) for h in hand_ins]
