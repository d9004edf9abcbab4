"""One hostile entry in a class, whatever it is; and metadata with any bytes in it."""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shared.tiny_course import SLUG, write
from test_intake import METADATA

from autograder.classroom.intake import IntakeError, find
from autograder.classroom.intake.gradescope_yaml import read_metadata
from autograder.submissions.read import read

EXAMPLES = int(os.environ.get("AUTOGRADER_FUZZ", "0"))  # of each test; 0: the usual few
ASKED = ("add", "Counter")
STAMP = f"{SLUG}/timestamp.txt"


def source(name: str) -> str:
    return f"def add(a, b):\n    return a + b  # {name}\n"


def packed(name: str, text: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, text)
    return data.getvalue()


# How an honest student's work may lie in a class's folder.
FORMS: dict[str, Callable[[Path, str], None]] = {
    "script": lambda folder, name: write(folder / f"{name}.py", source(name)),
    "folder": lambda folder, name: write(folder / name / f"{SLUG}.py", source(name)),
    "nested": lambda folder, name: write(folder / name / SLUG / f"{SLUG}.py", source(name)),
    "zip": lambda folder, name: (
        (folder / f"{name}.zip").write_bytes(packed(f"{SLUG}.py", source(name))) and None
    ),
}


def link(path: Path, target: str) -> None:
    path.symlink_to(target)


# What a student may have called or made of theirs.
HOSTILE: dict[str, Callable[[Path], None]] = {
    "own name": lambda f: write(f / f"{SLUG}.py", source("m")),
    "own notebook": lambda f: write(f / f"{SLUG}.ipynb", "{}"),
    "metadata": lambda f: write(f / "submission_metadata.yml", METADATA),
    "metadata folder": lambda f: write(f / "submission_metadata.yml" / "x", ""),
    "metadata link": lambda f: link(f / "submission_metadata.yml", "/etc/passwd"),
    "export": lambda f: write(f / "assignment_9_export" / "submission_metadata.yml", METADATA),
    "submission": lambda f: write(f / "submission_1" / f"{SLUG}.py", source("m")),
    "stamp": lambda f: write(f / "mallory" / STAMP, "2026-07-20 10:00:00 UTC"),
    "bad stamp": lambda f: write(f / "mallory" / STAMP, "\x1b[2J"),
    "submitted": lambda f: write(f / "submitted" / "x" / STAMP, "2026-07-20 10:00:00 UTC"),
    "course": lambda f: write(f / "nbgrader_config.py", ""),
    "canvas": lambda f: write(f / f"mallory_1_2_{SLUG}.py", source("m")),
    "moodle": lambda f: write(f / f"M_7_assignsubmission_file_{SLUG}.py", source("m")),
    "pipe": lambda f: os.mkfifo(f / "mallory.py"),
    "zip pipe": lambda f: os.mkfifo(f / "mallory.zip"),
    "slug pipe": lambda f: os.mkfifo(f / f"{SLUG}.py"),
    "loop": lambda f: link(f / "mallory", "."),
    "link": lambda f: link(f / "mallory.py", "s0.py"),
    "dangling": lambda f: link(f / "mallory.py", "nowhere"),
    "long": lambda f: write(f / ("m" * 255), ""),
    "forged": lambda f: (
        (f / "mallory.zip").write_bytes(packed("submission_metadata.yml", METADATA)) and None
    ),
    "broken zip": lambda f: write(f / "mallory.zip", "PK\x03\x04"),
    "bytes": lambda f: os.close(os.open(os.fsencode(f) + b"/\xff\n.py", os.O_CREAT)),
    "empty": lambda f: (f / "mallory").mkdir(),
    "text": lambda f: write(f / "s0.pdf", ""),
    "closed": lambda f: (f / "mallory").mkdir(mode=0),
}


def taken_in(folder: Path) -> dict[str, str]:
    """Student → digest of what would be graded."""
    found = find([folder], SLUG, asked=ASKED)
    return {h.students[0]: read(h.path, SLUG, h.name).digest for h in found}


@settings(max_examples=EXAMPLES or 150, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(FORMS)), min_size=1, max_size=4),
    st.sets(st.sampled_from(sorted(HOSTILE)), min_size=1, max_size=1),
)
@example(["script"], {"own name"})
@example(["folder"], {"own name"})
@example(["nested", "nested"], {"stamp"})
@example(["script"], {"metadata"})
def test_one_entry_changes_nobody_else(forms: list[str], hostile: set[str]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "class"
        folder.mkdir()
        for number, form in enumerate(forms):
            FORMS[form](folder, f"s{number}")
        others = {f"s{n}": _digest(folder, form, f"s{n}") for n, form in enumerate(forms)}
        for entry in hostile:
            HOSTILE[entry](folder)
        found = taken_in(folder)
        assert {student: found.get(student) for student in others} == others
        assert len(found) == len(forms) + len(hostile)


def _digest(folder: Path, form: str, name: str) -> str:
    path = folder / (name + {"script": ".py", "zip": ".zip"}.get(form, ""))
    return read(path, SLUG, name).digest


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no user ids")
def test_what_is_closed_to_us_stops_nobody_else() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "class"
        for closed in ("mallory", "eve"):
            write(folder / closed / SLUG / STAMP, "2026-07-20 10:00:00 UTC")
        write(folder / f"{SLUG}.py", source("m"))
        write(folder / "s0.py", source("s0"))
        Path(name).chmod(0o755)
        for path in (folder / "mallory", folder / "eve" / SLUG, folder / f"{SLUG}.py"):
            path.chmod(0)
        root = os.geteuid() == 0
        try:
            if root:
                os.seteuid(65534)  # to whom nothing is open
            found = taken_in(folder)
        finally:
            if root:
                os.seteuid(0)
            for path in (folder / "mallory", folder / "eve" / SLUG):
                path.chmod(0o755)
        assert sorted(found) == [SLUG, "eve", "mallory", "s0"]


@settings(max_examples=EXAMPLES or 200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=3)), max_size=4))
def test_metadata_with_any_bytes_is_read_or_refused_in_a_sentence(
    changes: list[tuple[int, bytes]],
) -> None:
    data = METADATA.encode()
    for at, piece in changes:
        data = data[:at] + piece + data[at + 1 :]
    with contextlib.suppress(IntakeError):
        found = read_metadata(data, "submission_metadata.yml")
        assert all(e.submitted is None or e.submitted.tzinfo for e in found.values())
