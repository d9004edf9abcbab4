"""What is taken of a file, folder or zip that somebody hands in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from autograder.submissions.read import MAX_SOURCE, Submission, read

STUB = 'def f(x):\n    raise NotImplementedError("q1: f is not written yet")\n'
DONE = "def f(x):\n    return x\n"
OTHER = "def f(x):\n    return x + 0\n"


def book(source: str) -> str:
    check = {
        "cell_type": "code",
        "metadata": {"tags": ["active-ipynb"]},
        "source": "grader.check()",
    }
    cell = {"cell_type": "code", "metadata": {}, "source": source}
    return json.dumps({"cells": [cell, check], "nbformat": 4, "nbformat_minor": 5})


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def handed_in(at: Path, files: dict[str, str | bytes], how: str) -> Submission:
    """The same files as a folder or as a zip."""
    if how == "zip":
        (at / "work.zip").write_bytes(zipped(files))
        return read(at / "work.zip", "hw", "ann")
    for name, data in files.items():
        path = at / "work" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(at / "work", "hw", "ann")


@pytest.fixture(params=["folder", "zip"])
def how(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize(
    ("notebook", "script", "kind", "note"),
    [
        (DONE, DONE, "ipynb", ""),
        (DONE, "# %%\n# A comment.\n" + DONE + '\n# %%\n# grader.check("q1")\n', "ipynb", ""),
        (DONE, STUB, "ipynb", "hw.ipynb and hw.py differ; hw.ipynb counts: more is written in it."),
        (STUB, DONE, "py", "hw.ipynb and hw.py differ; hw.py counts: more is written in it."),
        (
            DONE,
            OTHER,
            "ipynb",
            "hw.ipynb and hw.py differ; hw.ipynb counts: as much is written in both, and then the "
            "notebook counts.",
        ),
    ],
)
def test_of_a_pair_one_counts(
    tmp_path: Path, how: str, notebook: str, script: str, kind: str, note: str
) -> None:
    found = handed_in(tmp_path, {"hw.ipynb": book(notebook), "hw.py": script}, how)
    assert (found.kind, found.note, found.refusal) == (kind, note, "")


def test_a_notebook_that_cannot_be_read_gives_way(tmp_path: Path, how: str) -> None:
    found = handed_in(tmp_path, {"hw.ipynb": "{", "hw.py": DONE}, how)
    assert found.kind == "py"
    assert found.note == "hw.ipynb and hw.py differ; hw.py counts: the other one cannot be read."


def test_the_nearest_to_the_top_counts(tmp_path: Path, how: str) -> None:
    found = handed_in(tmp_path, {"hw.py": DONE, "old/hw.py": STUB}, how)
    assert (found.source.decode(), found.refusal) == (DONE, "")


@pytest.mark.parametrize("folder", [".venv", "my environment", "deep/env"])
def test_what_is_skipped_does_not_count(tmp_path: Path, how: str, folder: str) -> None:
    files: dict[str, str | bytes] = {f"{folder}/lib/{n}.py": "" for n in range(1100)}
    files |= (
        {f"{folder}/pyvenv.cfg": "", f"{folder}/hw.py": STUB}
        if folder == ".venv"
        else {f"{folder}/pyvenv.cfg": ""}
    )
    files |= {"__pycache__/hw.pyc": b"\0", ".ipynb_checkpoints/hw-checkpoint.ipynb": "{"}
    found = handed_in(tmp_path, files | {"hw.py": DONE, "data.csv": "1"}, how)
    assert (found.source.decode(), found.refusal) == (DONE, "")
    assert found.files == {"data.csv": b"1"}


def test_an_assignment_inside_of_an_environment(tmp_path: Path, how: str) -> None:
    found = handed_in(tmp_path, {"hw/pyvenv.cfg": "", "hw/hw.py": DONE, "hw/lib/x.txt": ""}, how)
    assert (found.source.decode(), found.refusal) == (DONE, "")


def test_the_file_to_hand_in_may_lie_in_a_folder_or_a_zip(tmp_path: Path, how: str) -> None:
    inner = zipped({"hw.ipynb": book(DONE), "helper.py": "x = 1"})
    found = handed_in(tmp_path, {"hw-submission.zip": inner, "README.md": "hello"}, how)
    assert (found.kind, found.refusal) == ("ipynb", "")
    assert found.files == {"helper.py": b"x = 1"}


@pytest.mark.parametrize("name", ["hw.zip", "Ann's work.ZIP", "hw-submission-2.zip"])
def test_the_only_zip_in_a_folder_or_a_zip_is_opened(tmp_path: Path, how: str, name: str) -> None:
    inner = zipped({"ann/hw.py": DONE, "ann/helper.py": "x = 1"})
    found = handed_in(tmp_path, {name: zipped({"inner.zip": inner}), "photo.png": b"1"}, how)
    assert (found.kind, found.source.decode(), found.refusal) == ("py", DONE, "")
    assert found.files == {"helper.py": b"x = 1"}


def test_zips_deeper_than_a_hand_makes_them_stay_closed(tmp_path: Path, how: str) -> None:
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"hw.py": DONE})})})
    refusal = handed_in(tmp_path, {"c.zip": deep}, how).refusal
    assert refusal == "There is no hw.py or hw.ipynb in it, only .zip."


@pytest.mark.parametrize(
    ("inner", "says"),
    [
        (b"PK no zip at all", "The zip file is damaged."),
        (zipped({"../hw.py": DONE}), "The zip file holds a path that leads out of it: ../hw.py."),
        (zipped({f"{n}.txt": "" for n in range(1001)}), "The zip file holds more than 1000 files."),
    ],
)
def test_a_zip_inside_has_the_same_guards(
    tmp_path: Path, how: str, inner: bytes, says: str
) -> None:
    refusal = handed_in(tmp_path, {"hw.zip": inner}, how).refusal
    assert (
        refusal.removesuffix(
            " Take out of it what is not yours, such as `.venv`, and hand it in again."
        )
        == says
    )


def test_a_zip_beside_a_program_is_data(tmp_path: Path, how: str) -> None:
    data = zipped({"hw.py": STUB})
    found = handed_in(tmp_path, {"mine.py": DONE, "data.zip": data}, how)
    assert (found.source.decode(), found.files) == (DONE, {"data.zip": data})


@pytest.mark.parametrize(
    ("names", "only"),
    [
        (["Report.PDF"], ".pdf"),
        (["hw.ipynb.txt"], ".ipynb.txt"),
        (["b.rar", "a.tar.gz", "c.rar"], ".gz, .rar"),
        (["a.zip", "b.zip"], ".zip"),
        (["README"], "files without an ending"),
        (["README", "a.html", "b.verylongending"], ".html, files without an ending"),
    ],
)
def test_a_refusal_says_what_is_there_instead(
    tmp_path: Path, how: str, names: list[str], only: str
) -> None:
    refusal = handed_in(tmp_path, dict.fromkeys(names, "x"), how).refusal
    assert refusal == f"There is no hw.py or hw.ipynb in it, only {only}."


def test_too_large_a_notebook_is_told_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "hw.ipynb").write_bytes(b" " * (MAX_SOURCE + 1))
    assert read(tmp_path / "hw.ipynb", "hw", "ann").refusal == (
        "hw.ipynb is larger than 16 MB. Clear its outputs (Edit, Clear All Outputs), save it, hand "
        "it in again."
    )
