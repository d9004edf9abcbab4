"""What goes with a notebook when it is handed in: the files its code and its answer name."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.checking.workfolder import Work
from autograder.jail.cells import NotLoadable, text_of
from autograder.jail.reading import Chunk, parse_chunk
from autograder.submissions.read import MAX_SOURCE, is_skipped

MAX_FILE = 8 << 20  # bytes of one file that is packed
MAX_ALL = 24 << 20  # bytes of all of them
MAX_OUTPUT = 1 << 20  # characters of one cell's outputs that are handed in
_PICTURE = re.compile(r"""!\[[^\]]*\]\(\s*<?([^)\s>]+)|<img[^>]*\bsrc\s*=\s*["']([^"']+)""")


@dataclass
class Packed:
    """Files by their name in the zip, and what the student should know of others."""

    files: dict[str, bytes] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def beside(work: Work, notebook: bytes, chunks: list[Chunk]) -> Packed:
    """Modules beside the notebook, and every file that code or text names, directly or not.

    What was handed out is there when it is graded, and is not packed again.
    """
    packed = Packed()
    todo = [(work.folder, c.tree) for c in chunks]
    for path in sorted(work.folder.glob("*.py")):
        if path.stem != work.slug:
            _pack(work, path, packed, todo)
    for name in _pictures(notebook):
        _take(work, work.folder, name, packed, todo)
    while todo:
        folder, tree = todo.pop()
        for name in _named(tree):
            _take(work, folder, name, packed, todo)
    return packed


def _named(tree: ast.AST) -> Iterator[str]:
    """Modules that are imported, as paths, and texts that may be paths."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if 0 < len(node.value) <= 200 and "\n" not in node.value:
                yield node.value
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _take(work: Work, folder: Path, name: str, packed: Packed, todo: list[Any]) -> None:
    """Pack the file or folder of that name, if there is one."""
    for at in dict.fromkeys((work.folder, folder)):
        try:
            path = (at / name).resolve()
            exists = path.is_file() or (path.is_dir() and path != work.folder)
            inside = work.folder.resolve() in path.parents
        except (OSError, ValueError):
            return
        if exists and inside:
            found = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
            for one in found:
                _pack(work, one, packed, todo)
        elif path.is_file() and path.suffix and ("/" in name or "\\" in name):
            _warn(packed, f"{name} lies outside of this folder: it will not be there in grading.")


def _pack(work: Work, path: Path, packed: Packed, todo: list[Any]) -> None:
    name = path.relative_to(work.folder.resolve()).as_posix()
    own = {f"{work.slug}.py", f"{work.slug}.ipynb", f"{work.slug}-submission.zip"}
    if name in packed.files or name in work.terms().files or name in own or is_skipped(name):
        return
    size = path.stat().st_size
    if size > MAX_FILE or size + sum(map(len, packed.files.values())) > MAX_ALL:
        _warn(packed, f"{name} is too large to be handed in: it will not be there in grading.")
        return
    packed.files[name] = path.read_bytes()
    if path.suffix == ".py":
        try:
            tree = parse_chunk(name, text_of(packed.files[name], "py")).tree
        except (NotLoadable, SyntaxError, ValueError, RecursionError, MemoryError):
            return  # whoever imports it will be told
        todo.append((path.parent, tree))


def _warn(packed: Packed, said: str) -> None:
    if said not in packed.warnings:
        packed.warnings.append(said)


def _pictures(notebook: bytes) -> list[str]:
    """Files that the text of a notebook shows."""
    try:
        cells = json.loads(notebook.decode("utf-8-sig"))["cells"]
        texts = ["".join(c.get("source", "")) for c in cells if c.get("cell_type") == "markdown"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []
    return [one or two for text in texts for one, two in _PICTURE.findall(text)]


def without_large_outputs(notebook: bytes) -> tuple[bytes, int]:
    """The notebook as it is handed in, and how many cells' outputs it lost.

    An output over `MAX_OUTPUT` is dropped; all are, where the rest is still too large to be read.
    """
    if len(notebook) <= MAX_OUTPUT:
        return notebook, 0
    dropped = 0
    try:
        book = json.loads(notebook.decode("utf-8-sig"))
        for limit in (MAX_OUTPUT, 0):
            for cell in book["cells"]:
                if len(json.dumps(cell.get("outputs") or "")) > max(limit, 2):
                    cell["outputs"] = []
                    dropped += 1
            notebook = json.dumps(book, indent=1, ensure_ascii=False).encode() + b"\n"
            if len(notebook) <= MAX_SOURCE:
                break
    except (ValueError, KeyError, TypeError, AttributeError):
        return notebook, 0
    return notebook, dropped
