"""Plain files, folders and zips: what a TA has collected without another system's export.

Whether a folder is one student's or a class is decided by all that lies in it; no single entry,
whatever it is called, hides the others. Nothing is followed that is a link.
"""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from autograder.classroom.intake.class_zip import ClassZip, NotAZip
from autograder.classroom.intake.handin import IntakeError, NoSubmissions
from autograder.ground.files import open_plain, what_is
from autograder.ground.text import shown

PROGRAMS = (".py", ".ipynb")
SUFFIXES = (*PROGRAMS, ".zip")
_ARCHIVES = (".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
_DOUBLE = re.compile(r"(\.tar\.\w+|\.(py|ipynb)\.\w+|\.\w+)$", re.ASCII | re.IGNORECASE)
_MAX_PROGRAM = 16 << 20  # bytes of a program that are looked at

# What file managers, editors and interpreters leave behind is nobody's.
_LITTER = {"__MACOSX", "__pycache__", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini"}
# Beside a student's program these are part of it, and no other student.
_PARTS = {"tests", ".git", ".venv"}


def entries(folder: Path) -> tuple[list[Path], list[str]]:
    """What lies in a class's folder, in order, and the names of what is hidden there.

    A folder that is closed to us holds nothing: one student's must not stop the class.
    """
    try:
        inside = [e for e in sorted(folder.iterdir()) if e.name not in _LITTER]
    except OSError:
        return [], []
    hidden = [e.name for e in inside if e.name.startswith(".")]
    return [e for e in inside if not e.name.startswith(".")], hidden


def is_one(folder: Path, slug: str, asked: Collection[str] = ()) -> bool:
    """Whether a folder that a TA gives is one student's, not a class.

    It is if it holds the program by its name, and nothing beside it that could be somebody else's:
    another program that defines what is asked for, a folder or a zip with one.
    """
    inside, _ = entries(folder)
    own = [e for e in inside if _own(e.name, slug) and what_is(e) == "file"]
    return bool(own) and not any(_is_somebodys(e, slug, asked) for e in inside if e not in own)


def _own(name: str, slug: str) -> bool:
    return name in {f"{slug}{suffix}" for suffix in PROGRAMS}


def _is_somebodys(entry: Path, slug: str, asked: Collection[str]) -> bool:
    kind = what_is(entry)
    if kind == "folder":
        if entry.name in _PARTS:
            return False
        return any(_own(e.name, slug) or _answers(e, asked) for e in _files_in(entry))
    if kind != "file" or entry.stem.startswith(slug):  # the zip that the notebook writes
        return False
    if entry.suffix.lower() == ".zip":
        return any(n.lower().endswith(PROGRAMS) for n in _names_in(entry))
    return _answers(entry, asked)


def _files_in(folder: Path, depth: int = 3) -> Iterator[Path]:
    """Files some way down; no link is followed."""
    for entry in entries(folder)[0]:
        kind = what_is(entry)
        if kind == "file":
            yield entry
        elif kind == "folder" and depth and entry.name not in _PARTS:
            yield from _files_in(entry, depth - 1)


def _answers(file: Path, asked: Collection[str]) -> bool:
    """Whether a program defines something that the assignment asks for."""
    if file.suffix.lower() not in PROGRAMS:
        return False
    try:
        with open_plain(file) as opened:
            text = opened.read(_MAX_PROGRAM)
    except OSError:
        return True  # closed to us: it may be anybody's
    names = "|".join(map(re.escape, asked)) or r"\w+"
    return re.search(rf"\b(def|class)\s+({names})\b".encode(), text) is not None


def _names_in(file: Path) -> Collection[str]:
    try:
        with ClassZip(file) as archive:
            return list(archive.files)
    except IntakeError:
        return ()


def looks_like_a_class(path: Path, slug: str, asked: Collection[str] = ()) -> bool:
    """Whether a folder or zip holds several students' programs side by side."""
    if what_is(path) == "folder":
        inside, _ = entries(path)
        if any(_own(e.name, slug) for e in inside):
            return False
        return sum(_is_somebodys(e, slug, asked) for e in inside) > 1
    return path.suffix.lower() == ".zip" and _zip_looks_like_a_class(_names_in(path), slug)


def _zip_looks_like_a_class(names: Iterable[str], slug: str) -> bool:
    parts = [PurePosixPath(n).parts for n in names if n.lower().endswith(SUFFIXES)]
    while parts and len({p[0] for p in parts}) == 1 and all(len(p) > 1 for p in parts):
        parts = [p[1:] for p in parts]  # a folder around everything
    if any(len(p) == 1 and _own(p[0], slug) for p in parts):
        return False
    return len({p[0] for p in parts if p[0] not in _PARTS}) > 1


def find(
    paths: Iterable[Path],
    slug: str,
    asked: Collection[str] = (),
    say: Callable[[str], object] = lambda _: None,
) -> list[tuple[str, Path]]:
    """Name and path of every submission under `paths`, sorted within each.

    A file is a submission, and so is everything in a folder that is a class. What cannot be read
    as one (a link, a text, an archive of another kind) is there too, for `submission.read` to
    refuse in its words.

    Args:
        asked: names that students define; they tell another submission from a helper.
        say: is told what was left out.

    Raises:
        NoSubmissions: a path does not exist, or there is nothing in it to grade.
        IntakeError: a path holds something else than submissions, such as a class in a zip.
    """
    given = list(paths)
    for path in given:
        if not path.exists() and not path.is_symlink():
            raise NoSubmissions(f"{path} does not exist.")
    _refuse_classes(given, slug, asked)
    if len(given) == 1:
        _refuse_unreadable(given[0])
    found: list[Path] = []
    for path in given:
        if what_is(path) != "folder":
            found.append(path)
        elif is_one(path, slug, asked):
            found.append(path)
            beside = [e.name for e in entries(path)[0] if not _own(e.name, slug)]
            if beside:
                say(f"{path} is one submission; beside its program: {listed(beside)}.")
        else:
            found += _class(path, slug, asked, say)
    return list(zip(names_of(found), found, strict=True))


def _refuse_classes(given: list[Path], slug: str, asked: Collection[str]) -> None:
    """Zips that hold a class each; one among students' own is that student's concern."""
    zips = [p for p in given if what_is(p) == "file" and looks_like_a_class(p, slug, asked)]
    if most(len(zips), len(given)):
        raise IntakeError(
            f"{zips[0]} looks like several students' files: unpack it and give the folder. "
            "If it is one student's, put it into a folder and give that."
        )


def _refuse_unreadable(path: Path) -> None:
    """What is given alone and would be a student called like the download."""
    if what_is(path) != "file":
        return
    if path.suffix.lower() in _ARCHIVES:
        raise IntakeError(f"{path} is an archive of another kind: unpack it and give the folder.")
    if path.suffix.lower() == ".zip":
        try:
            with ClassZip(path) as archive:
                empty = not archive.files
        except NotAZip as error:
            raise IntakeError(f"{str(error).rstrip('.')}; download it again.") from None
        if empty:
            raise NoSubmissions(f"{path} is empty.")


def _class(
    folder: Path, slug: str, asked: Collection[str], say: Callable[[str], object]
) -> list[Path]:
    inside, hidden = entries(folder)
    if hidden:
        say(f"Left out of {folder}, since they are hidden: {listed(hidden)}.")
    if not inside:
        closed = not os.access(folder, os.R_OK | os.X_OK)
        raise NoSubmissions(f"{folder} {'cannot be read' if closed else 'is empty'}.")
    if len(inside) == 1 and looks_like_a_class(inside[0], slug, asked):
        name = shown(inside[0].name)
        raise IntakeError(f"{folder} holds only {name}, which looks like a class; give that.")
    return inside


def most(some: int, all_of_them: int) -> bool:
    """Whether some decide what the whole is: more than half of it."""
    return 2 * some > all_of_them


def listed(names: list[str]) -> str:
    """The first of some names, in a line."""
    few = ", ".join(shown(n) for n in names[:5])
    return f"{few} and {len(names) - 5} more" if len(names) > 5 else few


def names_of(paths: list[Path]) -> list[str]:
    """A name for each path: without its suffixes, or longer where two would be the same.

    A program keeps its short name beside a text of the same name.
    """
    names = [_plain_name(path) for path in paths]
    programs = Counter(folded(n) for n, p in zip(names, paths, strict=True) if is_program(p))
    free = [programs[folded(n)] == is_program(p) for n, p in zip(names, paths, strict=True)]
    names = [n if f else p.name for n, f, p in zip(names, free, paths, strict=True)]
    longer: list[Callable[[Path], str]] = [
        lambda p: p.name,
        lambda p: f"{p.parent.name}-{p.name}",
        lambda p: "-".join(p.parts[1:]),
    ]
    for lengthen in longer:
        told = {folded(n): set[str]() for n in names}  # short name → longer ones
        both = [(n, lengthen(p.absolute())) for n, p in zip(names, paths, strict=True)]
        for short, long in both:
            told[folded(short)].add(folded(long))
        names = [long if len(told[folded(short)]) > 1 else short for short, long in both]
    return unique(names)  # the same path given twice, names that differ in case alone


def is_program(path: Path) -> bool:
    """Whether it may be a program by its kind and suffix, or a folder with one."""
    kind = what_is(path)
    return kind == "folder" or (kind == "file" and path.suffix.lower() in SUFFIXES)


def _plain_name(path: Path) -> str:
    name = path.name if path.name.strip(".") else path.resolve().name
    if what_is(path) == "folder":
        return name
    if path.suffix.lower() in SUFFIXES:
        return path.stem
    return _DOUBLE.sub("", name) or name


def folded(name: str) -> str:
    """A form in which names are equal that a file system may take for one."""
    return unicodedata.normalize("NFC", name).casefold()


def unique(names: Iterable[str]) -> list[str]:
    """The names, with -2, -3, … where one was there before, whatever its case."""
    told: list[str] = []
    taken: set[str] = set()
    for name in names:
        numbered = (f"{name}-{number}" for number in itertools.count(2))
        free = next(n for n in itertools.chain([name], numbered) if folded(n) not in taken)
        taken.add(folded(free))
        told.append(free)
    return told
