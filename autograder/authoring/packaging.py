"""What an installation needs: the engine's wheel, pinned versions, scripts from templates."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.metadata
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

import autograder
from autograder.authoring.packing import pack
from autograder.authoring.pins import normal_name, read_pins
from autograder.course.model import Assignment
from autograder.ground.errors import UserError
from autograder.ground.extras import extra

ENGINE = Path(autograder.__file__).parent
_ADDED_BY_PIP = {"INSTALLER", "REQUESTED", "direct_url.json", "RECORD"}
TEMPLATES = Path(__file__).with_name("templates")


class BundleError(UserError):
    """A zip cannot be built or read, in one sentence."""


def engine_wheel() -> tuple[str, bytes]:
    """File name and bytes of this engine's wheel; the same bytes every time.

    In a checkout Hatchling builds it in this process: no network, no subprocess, fixed timestamps.
    Elsewhere it is put together again from what pip has installed.

    Raises:
        BundleError: in a checkout without the staff's packages.
    """
    root = _checkout()
    if root is None:
        return installed_wheel()
    try:
        from hatchling.builders.wheel import WheelBuilder
    except ImportError:
        raise BundleError(f"building bundles needs {extra('staff')}.") from None
    with tempfile.TemporaryDirectory() as folder:
        builder = WheelBuilder(str(root))
        path = Path(next(builder.build(directory=folder, versions=["standard"])))
        return path.name, path.read_bytes()


def installed_wheel() -> tuple[str, bytes]:
    """The wheel that this engine was installed from, without what pip has added.

    Raises:
        BundleError: if pip has not installed it.
    """
    name, beside = autograder.DISTRIBUTION, [str(ENGINE.parent)]  # not another one on the path
    distribution = next(iter(importlib.metadata.distributions(name=name, path=beside)), None)
    if distribution is None:
        raise BundleError(f"the engine was not installed by pip; `pip install {name}`.")
    stem = f"{autograder.DISTRIBUTION.replace('-', '_')}-{distribution.version}"
    contents: dict[str, bytes] = {}
    for file in distribution.files or []:
        path = PurePosixPath(file.as_posix())
        ours = path.parts[0] in ("autograder", f"{stem}.dist-info")
        if ours and path.suffix != ".pyc" and path.name not in _ADDED_BY_PIP:
            contents[str(path)] = Path(str(distribution.locate_file(file))).read_bytes()
    record = f"{stem}.dist-info/RECORD"
    lines = [_recorded(name, data) for name, data in sorted(contents.items())]
    contents[record] = "".join([*lines, f"{record},,\n"]).encode()
    return f"{stem}-py3-none-any.whl", pack(contents)


def _recorded(name: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


def constraints(course: Path | None = None) -> str:
    """Text of constraints.txt: a course's own, if it has one, or that of the engine.

    Args:
        course: the folder of course.yml.
    """
    root = _checkout()
    ours = ENGINE / "constraints.txt" if root is None else root / "constraints.txt"
    own = course / "constraints.txt" if course else ours
    return (own if own.is_file() else ours).read_text(encoding="utf-8")


def requirements(
    engine: str, assignment: Assignment, pinned: str, *, torch_index: bool = True
) -> str:
    """Text of requirements.txt: the wheel beside it, and what the assignment needs besides.

    Args:
        engine: the wheel's file name, with extras if any.
        assignment: its `packages` are added; each must be pinned.
        pinned: text of constraints.txt.
        torch_index: whether to name PyTorch's own index, for the small CPU wheel. pip then asks it
            for every package; setup.sh asks it for torch alone.
    Raises:
        BundleError: for a package that is not pinned.
    """
    pins = read_pins(pinned)
    lines = ["-c constraints.txt", f"./{engine}"]
    for package in assignment.packages:
        if normal_name(package) not in pins:
            problem = f"{assignment.slug} needs `{package}`, which constraints.txt does not pin"
            raise BundleError(f"{problem}.")
        lines.append(package)
    if torch_index and "torch" in assignment.packages:
        # The plain wheel on Linux brings gigabytes of CUDA that nothing here uses.
        lines.insert(0, "--extra-index-url https://download.pytorch.org/whl/cpu")
    return "\n".join(lines) + "\n"


def template(name: str, folder: Path = TEMPLATES, **context: Any) -> str:
    """A file of a room's templates, by default this one's; what ends in .jinja is rendered."""
    text = (folder / name).read_text(encoding="utf-8")
    if not name.endswith(".jinja"):
        return text
    from jinja2 import Environment, StrictUndefined

    # The output is Markdown, so there is nothing to escape.
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(text).render(number=lambda value: f"{value:g}", **context)


@functools.cache
def _checkout() -> Path | None:
    """The folder of the engine's source, if it runs from there."""
    root = ENGINE.parent
    return root if (root / "pyproject.toml").is_file() else None
