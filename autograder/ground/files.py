"""Files on disk: written whole or not at all, folders read in a fixed order."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# What editors, interpreters and file managers leave behind is nobody's course material.
_LITTER = {"__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".OTTER_LOG", ".DS_Store"}
_LITTER_SUFFIXES = (".pyc", ".pyo", "~", ".swp", ".tmp")


def write_atomic(path: Path, data: bytes, *, mode: int = 0o644) -> bool:
    """Write `data` to `path` so that a reader sees the old file or the new one, never a part.

    Folders are made as needed. Returns False if the file already had these contents.
    """
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can look into, for what names students."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def read_tree(folder: Path) -> dict[str, bytes]:
    """All files below `folder` by relative POSIX path, sorted; caches and editor litter left out.

    A folder that does not exist has no files.
    """
    paths = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    kept = [p.as_posix() for p in paths if not _is_litter(p)]
    return {name: (folder / name).read_bytes() for name in sorted(kept)}


def _is_litter(path: Path) -> bool:
    return any(part in _LITTER or part.endswith(_LITTER_SUFFIXES) for part in path.parts)
