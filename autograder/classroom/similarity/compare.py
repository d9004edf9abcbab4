"""Which submissions have so much in common that a person should look.

The method is MOSS's (winnowing), by the library copydetect: code becomes tokens without names,
comments and layout, and what is compared are all pieces of `PIECE` characters of that. Student code
is read by Pygments's lexer and by nothing else; it is never run, compiled or imported.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from autograder.jail.cells import NotLoadable, code_cells, text_of

if TYPE_CHECKING:
    from copydetect import CodeFingerprint
    from numpy.typing import NDArray

PIECE = 30  # characters without names: about fifteen tokens in a row, the same in both
THRESHOLD = 0.4  # see docs/grading.md for how it was measured
MAX_CODE = 300_000  # characters of one submission; a lexer's time grows with them
MIN_OWN = 300  # characters without names, below which everybody's answer looks the same
_KEPT = 256  # fingerprints in memory, about 2 MB each

Span = tuple[int, int]


@dataclass(frozen=True)
class Program:
    """One student's code.

    Attributes:
        name: for people, and of this program only.
        students: who handed it in.
    """

    name: str
    students: tuple[str, ...]
    code: str = field(repr=False)


@dataclass(frozen=True)
class Pair:
    """Two programs with much in common.

    Attributes:
        share: of both programs' own code together that is in the other too, 0 to 1.
        share_a, share_b: of each program's own code alone.
        spans_a, spans_b: the common pieces, as places in `code`.
    """

    a: Program
    b: Program
    share: float
    share_a: float
    share_b: float
    spans_a: tuple[Span, ...] = field(repr=False)
    spans_b: tuple[Span, ...] = field(repr=False)


@dataclass(frozen=True)
class Group:
    """Programs, by their names, linked by pairs. `share`: of the most alike pair."""

    names: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Similarity:
    """What was found among `compared` programs, most alike first.

    Attributes:
        left_out: name → why it could not be compared.
    """

    threshold: float
    compared: int
    pairs: list[Pair]
    groups: list[Group]
    left_out: dict[str, str]


class Unreadable(Exception):
    """Why a submission has no code to compare."""


def code_of(source: bytes, kind: str) -> str:
    """The code of a script, or of all code cells of a notebook, with plain line ends.

    Raises:
        Unreadable: not text, not a notebook, or too long.
    """
    try:
        text = text_of(source, kind)
        if kind == "ipynb":
            text = "\n\n".join(cell.source for cell in code_cells(text))
    except NotLoadable as problem:
        raise Unreadable(str(problem)) from None
    if len(text) > MAX_CODE:
        raise Unreadable(f"it has more than {MAX_CODE} characters of code")
    lines = (
        line.rstrip() for line in text.splitlines() if not line.lstrip().startswith(("%", "!"))
    )
    # Runs of blank lines take the lexer time by their square.
    text = re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines))
    return text.strip("\n") + "\n"  # as the lexer makes it, so that places agree


def compare(
    programs: Sequence[Program], given: Sequence[str], threshold: float = THRESHOLD
) -> tuple[list[Pair], dict[str, str]]:
    """All pairs of different students' programs that share at least `threshold`, and left-out ones.

    Args:
        given: code that everybody got or may use; it does not count.
    """
    if not programs:
        return [], {}
    handed_out = {int(piece) for code in given for piece in _fingerprint(code).hashes}

    @functools.lru_cache(maxsize=_KEPT)
    def stripped(code: str) -> CodeFingerprint:
        return _stripped(code, handed_out)

    own, covered = _coverage([_pieces(stripped(program.code)) for program in programs])
    few = {
        p.name: "too little of its own" for p, n in zip(programs, own, strict=True) if n < MIN_OWN
    }
    both = np.maximum(own[:, None] + own[None, :], 1)
    alike = np.triu((covered + covered.T) / both >= threshold, k=1)
    pairs = [
        _pair(programs[i], programs[j], stripped(programs[i].code), stripped(programs[j].code))
        for i, j in np.argwhere(alike)
        if not {programs[i].name, programs[j].name} & few.keys()
        and not set(programs[i].students) & set(programs[j].students)
    ]
    return sorted(pairs, key=lambda p: (-p.share, p.a.name, p.b.name)), few


def _coverage(
    programs: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Characters of each program that its pieces cover, and those (row) that another (column) has.

    What copydetect computes for a pair, for all pairs of a class at once.

    Args:
        programs: hashes of the pieces and where they begin, in order.
    """
    lengths = [len(hashes) for hashes, _ in programs]
    seen, column = np.unique(np.concatenate([h for h, _ in programs]), return_inverse=True)
    columns = np.split(column, np.cumsum(lengths)[:-1])
    own = np.array([_covered(places) for _, places in programs], np.int64)
    covered = np.zeros((len(programs), len(programs)), np.int64)
    for j, theirs in enumerate(columns):
        has = np.zeros(len(seen), bool)
        has[theirs] = True
        for i, (_, places) in enumerate(programs):
            covered[i, j] = _covered(places[has[columns[i]]])
    return own, covered


def _covered(places: NDArray[np.int64]) -> int:
    """Characters covered by pieces that begin at these places, which are in order."""
    return int(np.minimum(np.diff(places), PIECE).sum()) + PIECE if len(places) else 0


def groups_of(pairs: Sequence[Pair]) -> list[Group]:
    """Connected components of the pairs, most alike first."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    names = sorted({n for p in pairs for n in (p.a.name, p.b.name)})
    index = {name: i for i, name in enumerate(names)}
    rows, columns = [index[p.a.name] for p in pairs], [index[p.b.name] for p in pairs]
    links = coo_array((np.ones(len(pairs)), (rows, columns)), shape=(len(names), len(names)))
    _, label = connected_components(links, directed=False) if names else (0, [])
    found = []
    for number in dict.fromkeys(int(n) for n in label):
        members = tuple(n for n in names if label[index[n]] == number)
        found.append(Group(members, max(p.share for p in pairs if p.a.name in members)))
    return sorted(found, key=lambda g: (-g.share, g.names))


# --- copydetect --------------------------------------------------------------------------------


def _fingerprint(code: str) -> CodeFingerprint:
    from copydetect import CodeFingerprint

    # A window of one takes every piece. Wider ones choose by Python's `hash`, anew in each process.
    return CodeFingerprint("code.py", PIECE, 1, language="python", fp=io.StringIO(code))


def _pieces(made: CodeFingerprint) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Hashes and places of the pieces, by place."""
    hashes = [int(h) for h, places in made.hash_idx.items() for _ in places]
    places = np.array([p for found in made.hash_idx.values() for p in found], np.int64)
    order = np.argsort(places)
    return np.array(hashes, np.int64)[order], places[order]


def _stripped(code: str, ignored: set[int]) -> CodeFingerprint:
    """The fingerprint without what does not count.

    copydetect's own way (`boilerplate`) also drops pieces that occur twice in one file.
    """
    from copydetect.utils import get_token_coverage

    made = _fingerprint(code)
    made.hash_idx = {h: places for h, places in made.hash_idx.items() if int(h) not in ignored}
    made.hashes = set(made.hash_idx)
    made.token_coverage = get_token_coverage(made.hash_idx, PIECE, len(made.filtered_code))
    if len(made.offsets):  # it forgets what was removed before a class's name
        made.offsets[:, 1] = np.maximum.accumulate(made.offsets[:, 1])
    return made


def _pair(a: Program, b: Program, one: CodeFingerprint, two: CodeFingerprint) -> Pair:
    from copydetect import compare_files

    _, (share_a, share_b), (spans_a, spans_b) = compare_files(one, two)
    both = float(one.token_coverage + two.token_coverage)
    shared = share_a * one.token_coverage + share_b * two.token_coverage
    return Pair(
        a,
        b,
        float(shared) / both if both else 0.0,
        float(share_a),
        float(share_b),
        _spans(spans_a, len(a.code)),
        _spans(spans_b, len(b.code)),
    )


def _spans(spans: NDArray[np.int64], length: int) -> tuple[Span, ...]:
    """Sorted, inside of the text, none overlapping another."""
    found: list[Span] = []
    for start, end in sorted(zip(*spans.astype(int).tolist(), strict=True)) if spans.size else []:
        start = max(start, found[-1][1] if found else 0)
        if start < min(end, length):
            found.append((start, min(end, length)))
    return tuple(found)
