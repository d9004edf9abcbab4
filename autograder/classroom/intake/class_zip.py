"""A zip of a whole class, taken apart into one small zip per submission.

No name inside it becomes a path on this machine: entries are copied, names and all, from one zip
into others, and `submission.read` meets every student's names, links and sizes with its own guards.
One hostile submission is refused alone; the class is not.
"""

from __future__ import annotations

import atexit
import functools
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from autograder.classroom.intake.handin import IntakeError
from autograder.ground.files import NotPlain, open_plain
from autograder.jail.folder import CLASS, Folder, remove_dead
from autograder.submissions.read import MAX_FILES, MAX_TOTAL

MAX_CLASS_ENTRIES = 200_000
MAX_CLASS = 16 << 30  # bytes of all submissions together, unpacked
_CHUNK = 1 << 20
_RECORD = b"PK\x01\x02"


def private_folder() -> Path:
    """A new folder that only its owner may enter. It lasts as long as this process, for hand-ins
    are read long after they were found."""
    return Path(tempfile.mkdtemp(dir=_all_folders()))


@functools.cache
def _all_folders() -> str:
    """Of this process; those of one that was killed are removed."""
    remove_dead()
    folder = Folder(CLASS, 0o700)
    atexit.register(folder.remove)
    return folder.path


class NotAZip(IntakeError):
    """A file that `zipfile` cannot open, or should not."""


class ClassZip:
    """A class's zip, open for reading. A context manager.

    Attributes:
        files: entry by name; folders and what file managers add are left out.
        folders: names of folders that have an entry of their own, without the slash at the end.

    Raises:
        NotAZip: if it is none, is damaged at its end, or claims to be enormous.
        IntakeError: if it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if _claimed_entries(path) > MAX_CLASS_ENTRIES:  # before zipfile makes an object of each
                raise NotAZip(f"{path} holds more than {MAX_CLASS_ENTRIES} files.")
            self._archive = zipfile.ZipFile(path)
        except OSError as error:
            raise IntakeError(f"{path} cannot be read: {error.strerror or error}.") from None
        except NotAZip:
            raise
        except Exception:  # zipfile raises nearly anything for a file made to break it
            raise NotAZip(f"{path} is not a zip file that can be read.") from None
        entries = self._archive.infolist()
        self.files = {e.filename: e for e in entries if not e.is_dir() and not _added(e.filename)}
        self.folders = {e.filename.rstrip("/") for e in entries if e.is_dir()}
        self._folder: Path | None = None
        self._unpacked = 0

    def __enter__(self) -> ClassZip:
        return self

    def __exit__(self, *exc: object) -> None:
        self._archive.close()

    def read(self, name: str, limit: int) -> bytes:
        """The contents of one file.

        Raises:
            IntakeError: if it is damaged or larger than `limit`.
        """
        data = b"".join(self._chunks(name, limit + 1))
        if len(data) > limit:
            raise IntakeError(f"{self.path}: {name} is larger than {limit >> 20} MB.")
        return data

    def copy(self, name: str, target: str) -> Path:
        """One file as a file of its own, called `target`: a name that the caller made up."""
        path = self._target(target)
        with path.open("wb") as file:
            for chunk in self._chunks(name, MAX_TOTAL + 1):
                file.write(chunk)
        return path

    def pack(self, contents: Mapping[str, str], target: str) -> Path:
        """Some of the files as a zip of their own.

        What is over the limits of a submission is cut off just after them, which is enough for
        `submission.read` to refuse it.

        Args:
            contents: from the name in the new zip to the name in this one.
            target: name of the new zip; one that the caller made up.
        """
        path, left = self._target(target), MAX_TOTAL + 1
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
            for number, (inside, name) in enumerate(contents.items()):
                if number > MAX_FILES or left <= 0:
                    break
                info = zipfile.ZipInfo(inside)
                info.external_attr = self.files[name].external_attr  # a link stays one
                info.compress_type = zipfile.ZIP_DEFLATED
                with out.open(info, "w") as file:
                    for chunk in self._chunks(name, left):
                        left -= file.write(chunk)
        return path

    def _target(self, name: str) -> Path:
        self._folder = self._folder or private_folder()
        return self._folder / name

    def _chunks(self, name: str, most: int) -> Iterable[bytes]:
        """Up to `most` bytes of a file. Sizes in a zip's directory are only claims."""
        entry = self.files[name]
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # zipfile unpacks other kinds in chunks of any size, whatever is asked for.
            raise IntakeError(f"{self.path} packs {name} in an unusual way.")
        try:
            with self._archive.open(entry) as file:
                while most > 0 and (chunk := file.read(min(_CHUNK, most))):
                    most -= len(chunk)
                    self._count(len(chunk))
                    yield chunk
        except IntakeError:
            raise
        except Exception:
            problem = f"is damaged or encrypted: {name} in it cannot be read; download it again"
            raise IntakeError(f"{self.path} {problem}.") from None

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > MAX_CLASS:
            raise IntakeError(f"{self.path} holds more than {MAX_CLASS >> 30} GB.")


def pack_files(contents: Mapping[str, Path], target: Path) -> Path:
    """Files of a folder as a zip, within the limits of `ClassZip.pack`; links are left out."""
    left = MAX_TOTAL + 1
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for inside, path in list(contents.items())[: MAX_FILES + 1]:
            with suppress(NotPlain), open_plain(path) as file:
                data = file.read(left)
                out.writestr(inside, data)
                left -= len(data)
    return target


def _claimed_entries(path: Path) -> int:
    """The number of central directory records, counted without reading them."""
    count, tail = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            both = tail + chunk
            count += both.count(_RECORD)
            tail = both[1 - len(_RECORD) :]
    return count


def _added(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1:] == (".DS_Store",)
