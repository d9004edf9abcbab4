"""From a path somebody gives to a `Submission`, or to one sentence that says why it is none.

Nothing of a submission is parsed as Python or unpacked to disk here: source and files are bytes
that travel to the jail. Whatever is wrong with a file ends in `refusal`, never in an exception.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from autograder.ground.files import open_plain, what_is
from autograder.submissions import pair

MAX_SOURCE = 16 << 20  # bytes of one script or notebook
MAX_TOTAL = 48 << 20  # bytes of a zip's contents, unpacked
MAX_ZIP = 256 << 20  # bytes of a zip as it is, what is skipped included
MAX_FILES = 1000
MAX_ENTRIES = 60_000  # of a zip, what is skipped included
MAX_NAME = 200  # characters of a path inside a folder or zip
MAX_NESTED = 2  # zips inside each other that are opened, below the folder or zip itself

_SKIPPED_FOLDERS = {"__MACOSX", "__pycache__", "node_modules", "site-packages", "tests", "venv"}
_ENVIRONMENT = "pyvenv.cfg"  # a folder that holds it is a virtual environment
ENDING = re.compile(r"(\.(py|ipynb))?\.[a-z0-9]{1,8}$")
"""What a name in lower case says about a file's kind; mail makes `hw.ipynb.txt` of a notebook."""
_SMALLER = "Take out of it what is not yours, such as `.venv`, and hand it in again."


class _Refused(Exception):
    """Why a file cannot be taken as a submission."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes:
        name: of the result: unique within a run.
        student: who handed it in, as far as the path tells.
        kind: whether `source` is a script or a notebook.
        files: what lay beside it, by relative POSIX path.
        refusal: why it cannot be graded, one sentence for the student; then `source` is empty.
        note: which of a notebook and a script is graded, where they differ; or "".
        filename: what the student called the script or notebook, or "".
    """

    name: str
    student: str
    kind: Literal["py", "ipynb"] = "py"
    source: bytes = field(default=b"", repr=False)
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    refusal: str = ""
    filename: str = ""
    note: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the content, whoever handed it in.

        Kinds and lengths are part of it: no content can be laid out to look like another.
        """
        said = [self.kind, self.refusal, self.note]
        pieces = [b"submission 2", *(text.encode("utf-8", "replace") for text in said), self.source]
        for name, data in sorted(self.files.items()):
            pieces += [name.encode("utf-8", "surrogatepass"), data]
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(len(piece).to_bytes(8, "big") + piece)
        return digest.hexdigest()


def read(path: Path, slug: str, name: str) -> Submission:
    """Read a file, a zip or a folder as a submission. Never raises for what is in it."""
    try:
        if what_is(path) == "folder":
            contents = _from_folder(path)
        elif path.suffix.lower() == ".zip":
            contents = _from_zip(path)
        else:
            with open_plain(path) as file:
                contents = {path.name: _take(file, MAX_SOURCE, _shown(path.name))}
        contents = _opened(contents, slug)
        chosen, note = _choose(contents, slug)
    except _Refused as refused:
        return Submission(name, name, refusal=str(refused))
    except OSError as error:
        return Submission(name, name, refusal=f"It cannot be read: {error.strerror}.")
    except MemoryError:
        return Submission(name, name, refusal="The file is too large to be read.")
    source = contents.pop(chosen)
    if len(source) > MAX_SOURCE:
        return Submission(name, name, refusal=_too_large(chosen, MAX_SOURCE))
    kind: Literal["py", "ipynb"] = "ipynb" if chosen.lower().endswith(".ipynb") else "py"
    beside = _beside(contents, chosen)
    filename = PurePosixPath(chosen).name
    return Submission(name, name, kind, source, beside, filename=filename, note=note)


def _take(file: BinaryIO, limit: int, name: str) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit:
        raise _Refused(_too_large(name, limit))
    return data


def _too_large(name: str, limit: int) -> str:
    said = f"{_shown(name)} is larger than {limit >> 20} MB."
    if name.lower().endswith(".ipynb"):
        return f"{said} Clear its outputs (Edit, Clear All Outputs), save it, hand it in again."
    return said


def _from_folder(folder: Path) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    total = 0
    for path in sorted(_files(folder)):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file() or is_skipped(name):
            continue  # a link could point anywhere on the grader's machine
        if len(name) > MAX_NAME or not name.isprintable():
            raise _Refused(f"The folder holds an unusable file name: {_shown(name)}.")
        with open_plain(path) as file:
            contents[name] = _take(file, MAX_TOTAL - total, name)
        total += len(contents[name])
        if len(contents) > MAX_FILES:
            raise _Refused(f"The folder holds more than {MAX_FILES} files. {_SMALLER}")
    if not contents:
        raise _Refused("The folder is empty.")
    return contents


def _files(folder: Path) -> Iterator[Path]:
    """Paths of files, without looking into what is skipped."""
    for at, folders, files in os.walk(folder):
        if _ENVIRONMENT in files and not any(map(_is_program, files)):
            folders.clear()
            continue
        folders[:] = [name for name in folders if not is_skipped(name)]
        yield from (Path(at) / name for name in files)


def _from_zip(path: Path) -> dict[str, bytes]:
    with open_plain(path) as file:
        if os.fstat(file.fileno()).st_size > MAX_ZIP:
            raise _Refused(f"The zip file is larger than {MAX_ZIP >> 20} MB. {_SMALLER}")
        return _unpacked(file)


def _unpacked(file: BinaryIO) -> dict[str, bytes]:
    try:
        if _claimed_entries(file) > MAX_ENTRIES:  # before zipfile makes an object of each
            raise _Refused(f"The zip file holds more than {MAX_ENTRIES} files. {_SMALLER}")
        with zipfile.ZipFile(file) as archive:
            return _unzip(archive)
    except _Refused:
        raise
    except (RuntimeError, NotImplementedError):
        raise _Refused("The zip file is encrypted or packed in an unusual way.") from None
    except (OSError, MemoryError):
        raise
    except Exception:  # zipfile raises nearly anything for a file made to break it
        raise _Refused("The zip file is damaged.") from None


def _claimed_entries(file: BinaryIO) -> int:
    """The number of central directory records, counted without reading them."""
    count, last = 0, b""
    while block := file.read(1 << 20):
        count += (last + block).count(b"PK\x01\x02")
        last = block[-3:]
    file.seek(0)
    return count


def _unzip(archive: zipfile.ZipFile) -> dict[str, bytes]:
    named = [(e, e.filename.replace("\\", "/")) for e in archive.infolist() if not e.is_dir()]
    for _, name in named:
        _check_path(name)
    own = {PurePosixPath(name).parent for _, name in named if _is_program(name)}
    environments = tuple(
        name.removesuffix(_ENVIRONMENT)
        for _, name in named
        if name.endswith("/" + _ENVIRONMENT) and PurePosixPath(name).parent not in own
    )
    entries = [e for e, name in named if not is_skipped(name) and not name.startswith(environments)]
    if len(entries) > MAX_FILES:
        raise _Refused(f"The zip file holds more than {MAX_FILES} files. {_SMALLER}")
    contents: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        name = entry.filename
        _check_entry(entry)
        if name.casefold() in {n.casefold() for n in contents}:
            raise _Refused(f"The zip file holds two files called {_shown(name)}.")
        with archive.open(entry) as file:  # sizes in a zip's directory are only claims
            data = file.read(MAX_TOTAL - total + 1)
        total += len(data)
        if total > MAX_TOTAL:
            raise _Refused(f"The zip file holds more than {MAX_TOTAL >> 20} MB. {_SMALLER}")
        contents[name] = data
    if not contents:
        raise _Refused("The zip file is empty.")
    return contents


def _check_path(name: str) -> None:
    """Refuse what would lie elsewhere, also where it would be skipped."""
    if ".." in PurePosixPath(name).parts or name.startswith("/") or name[1:2] == ":":
        raise _Refused(f"The zip file holds a path that leads out of it: {_shown(name)}.")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    mode = entry.external_attr >> 16
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # zipfile unpacks other kinds in chunks of any size, whatever is asked for.
        raise _Refused(f"The zip file packs {_shown(name)} in an unusual way.")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise _Refused(f"The zip file holds a link or a device: {_shown(name)}.")
    if len(name) > MAX_NAME or any(not c.isprintable() for c in name):
        raise _Refused(f"The zip file holds an unusable file name: {_shown(name)}.")


def _shown(name: str) -> str:
    clean = "".join(c if c.isprintable() else "?" for c in name)
    return clean if len(clean) <= 60 else clean[:59] + "…"


def is_skipped(name: str) -> bool:
    """Whether a file or folder of that name is no part of what was written."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(p in _SKIPPED_FOLDERS or p.startswith(".") for p in parts)


def _opened(contents: dict[str, bytes], slug: str) -> dict[str, bytes]:
    """What a zip inside a folder or another zip holds, if no program lies beside it.

    That is the file to hand in, else the only zip: Moodle puts what was handed in into a folder,
    and some hand in a zip of what they had zipped.
    """
    for _ in range(MAX_NESTED):
        zips = [name for name in contents if name.lower().endswith(".zip")]
        own = [n for n in zips if PurePosixPath(n).name.startswith(f"{slug}-submission")] or zips
        if len(own) != 1 or any(map(_is_program, contents)):
            break
        contents = _unpacked(io.BytesIO(contents[own[0]]))
    return contents


def _is_program(name: str) -> bool:
    return name.lower().endswith((".py", ".ipynb"))


def _kinds(names: Iterable[str]) -> str:
    """What is there instead, by its endings: names differ where the same file comes in a zip."""
    found = [ENDING.search(name.lower()) for name in names]
    endings = sorted({match[0] for match in found if match})[:5]
    return ", ".join([*endings, *["files without an ending"] * (None in found)])


def _choose(contents: dict[str, bytes], slug: str) -> tuple[str, str]:
    """The one script or notebook to grade, and a note if another could have been meant.

    The nearest to the top counts. Of a pair beside each other, `submissions/pair.py` says which.
    """
    programs = [n for n in contents if _is_program(n)]
    named = [n for n in programs if PurePosixPath(n).name in (f"{slug}.py", f"{slug}.ipynb")]
    candidates = named or programs
    if not candidates:
        raise _Refused(f"There is no {slug}.py or {slug}.ipynb in it, only {_kinds(contents)}.")
    top = min(len(PurePosixPath(n).parts) for n in candidates)
    candidates = sorted(n for n in candidates if len(PurePosixPath(n).parts) == top)
    if len(candidates) == 1:
        return candidates[0], ""
    notebook, script = candidates[:2]
    if len(candidates) == 2 and notebook.lower() == script.lower().removesuffix(".py") + ".ipynb":
        chosen = pair.choose(contents[notebook], contents[script])
        file = script if chosen.kind == "py" else notebook
        shown = [PurePosixPath(n).name for n in (notebook, script, file)]
        note = f"{shown[0]} and {shown[1]} differ; {shown[2]} counts: {chosen.reason}."
        return file, "" if chosen.same else note
    if named:
        both = " and ".join(_shown(n) for n in candidates[:2])
        raise _Refused(f"Both {both} are in it; hand in only one of them.")
    both = " and ".join(_shown(n) for n in candidates[:2])
    raise _Refused(f"It is not clear which file to grade ({both}); name it {slug}.py.")


def _beside(contents: dict[str, bytes], chosen: str) -> dict[str, bytes]:
    """The other files, by their path relative to the chosen file's folder."""
    folder = PurePosixPath(chosen).parent
    beside = {}
    for name, data in contents.items():
        path = PurePosixPath(name)
        if folder in path.parents:
            beside[path.relative_to(folder).as_posix()] = data
    return beside
