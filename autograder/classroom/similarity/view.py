"""`autograder similarity`: a table on the terminal, and pages to read both sides of a pair."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from autograder.authoring.source import build_starter
from autograder.classroom.html import page
from autograder.classroom.intake import HandIn, latest
from autograder.classroom.receiving import asked, take_in
from autograder.classroom.similarity.compare import (
    Group,
    Pair,
    Program,
    Similarity,
    Span,
    Unreadable,
    code_of,
    compare,
    groups_of,
)
from autograder.course.model import COURSE_FILE, find_course, load_course
from autograder.ground.errors import UserError
from autograder.ground.files import private_folder, write_atomic
from autograder.submissions import read as submission

MAX_PAGES = 200  # pairs that get a page of their own
_FILE = "similarity.json"


class SimilarityError(UserError):
    """What hinders a comparison, in one sentence."""


def similarity(
    slug: str,
    paths: list[Path],
    given: list[Path],
    output: Path,
    threshold: float,
    console: Console,
) -> int:
    """Compare everything under `paths` and write `<output>/similarity/<slug>/`. Returns 0.

    Args:
        given: code that everybody may use, besides the starter, such as a lecture's.

    Raises:
        SimilarityError: if that code cannot be read.
    """
    root = find_course()
    course = load_course(root / COURSE_FILE)
    assignment = course.assignment(slug)
    handed_out = [*starter_code(root, slug), *(_code_of_file(path) for path in given)]
    # Earlier ones of the same student would only resemble the last.
    hand_ins = latest(take_in(slug, paths, course.timezone, asked(assignment), console))
    programs, unreadable = read_programs(
        track(hand_ins, "Reading", console=console, transient=True), slug
    )
    with console.status(f"Comparing {len(programs)} submissions"):
        pairs, few = compare(programs, handed_out, threshold)
    found = Similarity(
        threshold, len(programs) - len(few), pairs, groups_of(pairs), {**unreadable, **few}
    )
    folder = output / "similarity" / slug
    write(found, assignment.title, folder)
    if found.pairs:
        console.print(table(found))
    left_out = f", {len(found.left_out)} left out" if found.left_out else ""
    groups = "1 group shares" if len(found.groups) == 1 else f"{len(found.groups)} groups share"
    text = f"{found.compared} compared{left_out}; {groups} {threshold:.0%} or more."
    console.print(
        f"{text} Read both sides: {folder / 'index.html'}", highlight=False, soft_wrap=True
    )
    return 0


def starter_code(root: Path, slug: str) -> list[str]:
    """What everybody got, as a script and as a notebook: there, cells that check and draw are code,
    which are comments in the script."""
    starter = build_starter(root, slug)
    return [code_of(starter[f"{slug}.{kind}"], kind) for kind in ("py", "ipynb")]


def _code_of_file(path: Path) -> str:
    try:
        return code_of(path.read_bytes(), path.suffix.lower().lstrip("."))
    except OSError as error:
        raise SimilarityError(f"{path} cannot be read: {error.strerror}.") from None
    except Unreadable as error:
        raise SimilarityError(f"{path}: {error}.") from None


def read_programs(hand_ins: Iterable[HandIn], slug: str) -> tuple[list[Program], dict[str, str]]:
    """The code of each hand-in; name → why where there is none."""
    programs, unreadable = [], {}
    for hand_in in hand_ins:
        work = submission.read(hand_in.path, slug, hand_in.name)
        if work.refusal:
            unreadable[hand_in.label] = work.refusal
            continue
        try:
            code = code_of(work.source, work.kind)
        except Unreadable as error:
            unreadable[hand_in.label] = str(error)
        else:
            programs.append(Program(hand_in.label, hand_in.students, code))
    return programs, unreadable


def table(found: Similarity) -> Table:
    """The groups, most alike first."""
    view = Table(header_style="bold", show_edge=False, pad_edge=False)
    view.add_column("share", justify="right", no_wrap=True)
    view.add_column("group")
    for group in found.groups:
        view.add_row(f"{group.share:.0%}", escape(", ".join(group.names)))
    return view


def write(found: Similarity, title: str, folder: Path) -> None:
    """Write pages and `similarity.json` into a folder of their own, for its owner only."""
    shutil.rmtree(folder, ignore_errors=True)  # pages of an earlier comparison
    private_folder(folder)
    pairs = [(f"pair-{n}.html", pair) for n, pair in enumerate(found.pairs[:MAX_PAGES], start=1)]
    for name, pair in pairs:
        _put(folder / name, page("similarity_pair.html.jinja", pair=pair, sides=_sides(pair)))
    _put(
        folder / "index.html", page("similarity.html.jinja", title=title, found=found, pairs=pairs)
    )
    groups = [dataclasses.asdict(group) for group in found.groups]
    facts = {"threshold": found.threshold, "compared": found.compared, "groups": groups}
    _put(folder / _FILE, json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


def read_similarity(output: Path, slug: str) -> Similarity | None:
    """What the last comparison found, without its pairs; None if there was none.

    Raises:
        SimilarityError: if its file is damaged.
    """
    path = output / "similarity" / slug / _FILE
    if not path.is_file():
        return None
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        groups = [Group(tuple(map(str, g["names"])), float(g["share"])) for g in facts["groups"]]
        return Similarity(float(facts["threshold"]), int(facts["compared"]), [], groups, {})
    except (ValueError, KeyError, TypeError):
        raise SimilarityError(f"{path} is damaged; run `autograder similarity` again.") from None


def _put(path: Path, text: str) -> None:
    write_atomic(path, text.encode("utf-8", "replace"), mode=0o600)


def _sides(pair: Pair) -> Iterator[tuple[Program, float, list[tuple[str, bool]]]]:
    yield pair.a, pair.share_a, _pieces(pair.a.code, pair.spans_a)
    yield pair.b, pair.share_b, _pieces(pair.b.code, pair.spans_b)


def _pieces(code: str, spans: Iterable[Span]) -> list[tuple[str, bool]]:
    """The code in order, cut where a common piece begins or ends."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [(code[at:start], False), (code[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (code[at:], False)] if piece[0]]
