"""What an installation needs: the engine's wheel, pinned versions, scripts from templates."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from typing import Any

import autograder
from autograder.authoring.pins import normal_name, read_pins
from autograder.course.model import Assignment
from autograder.ground.errors import UserError

ENGINE = Path(autograder.__file__).parent
TEMPLATES = Path(__file__).with_name("templates")


class BundleError(UserError):
    """A zip cannot be built or read, in one sentence."""


def engine_wheel() -> tuple[str, bytes]:
    """File name and bytes of this engine's wheel; the same bytes every time.

    Hatchling builds it in this process: no network, no subprocess, fixed timestamps.

    Raises:
        BundleError: without the staff's packages, or where there is no checkout of the engine.
    """
    try:
        from hatchling.builders.wheel import WheelBuilder
    except ImportError:
        raise BundleError("building bundles needs `pip install autograder[staff]`.") from None
    with tempfile.TemporaryDirectory() as folder:
        builder = WheelBuilder(str(_checkout()))
        path = Path(next(builder.build(directory=folder, versions=["standard"])))
        return path.name, path.read_bytes()


def constraints() -> str:
    """Text of constraints.txt: every version that the course is tested with."""
    return (_checkout() / "constraints.txt").read_text(encoding="utf-8")


def requirements(engine: str, assignment: Assignment, *, torch_index: bool = True) -> str:
    """Text of requirements.txt: the wheel beside it, and what the assignment needs besides.

    Args:
        engine: the wheel's file name, with extras if any.
        assignment: its `packages` are added; each must be pinned in constraints.txt.
        torch_index: whether to name PyTorch's own index, for the small CPU wheel. pip then asks it
            for every package; setup.sh asks it for torch alone.
    Raises:
        BundleError: for a package that is not pinned.
    """
    pins = read_pins(constraints())
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
def _checkout() -> Path:
    root = ENGINE.parent
    if not (root / "pyproject.toml").is_file():
        raise BundleError(
            "bundles are built from a checkout of the course: `pip install -e .` there first."
        )
    return root
