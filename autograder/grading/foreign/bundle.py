"""A zip that stock Otter made (`otter generate`, `otter assign`), and what it asks for."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from packaging.requirements import InvalidRequirement, Requirement
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from autograder.authoring.packaging import BundleError
from autograder.authoring.pins import normal_name
from autograder.course.yaml_lines import MISFITS
from autograder.grading.grader import open_jail
from autograder.jail import wire
from autograder.jail.confine import Limits
from autograder.jail.conversation import Time
from autograder.jail.errors import JailBroken, Missing, Raised, Stopped
from autograder.jail.layers import closed_folders
from autograder.jail.orders import LoadOrder

CONFIG = "otter_config.json"
ENGINE = "autograder.jail.beside"
SECONDS = 60.0  # for loading all test files of a bundle

# What Otter does besides giving points, and this grader does not: key of otter_config.json → what
# is not done, in a sentence.
_LEFT_OUT = {
    "pdf": "No PDFs of the submissions are made (`pdf`).",
    "token": "No PDFs are uploaded to Gradescope (`token`).",
    "grade_from_log": (
        "Students' logs are not read (`grade_from_log`): they are pickles, which can run anything "
        "when they are opened. Every notebook is run instead."
    ),
}
# Plugins of Otter's own that change no points.
_POINTLESS = {
    "otter.plugins.builtin.GmailNotifications": "no mail is sent",
    "otter.plugins.builtin.RateLimiting": "no submission is one too many",
}


# How a test file starts another program or process, which nothing in the jail can.
_STARTS = re.compile(
    r"\b(?:subprocess|multiprocessing|pexpect|ProcessPoolExecutor"
    r"|os\.(?:system|popen|fork\w*|posix_spawn\w*|spawn\w+|exec[lv]\w*)"
    r"|get_ipython\(\)\.(?:system|getoutput|run_cell_magic))\b"
)


class Config(BaseModel):
    """What otter_config.json says about scores and what students see. Names are Otter's."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, allow_inf_nan=False)

    assignment_name: str | None = None
    seed: int | None = None
    seed_variable: str | None = None
    points_possible: float | None = None
    score_threshold: float | None = None
    show_hidden: bool = False
    show_stdout: bool = False
    debug: bool = False
    grade_from_log: bool = False


class Case(BaseModel):
    """A test case as its file declares it, points resolved by Otter."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str
    points: float = Field(strict=True)
    hidden: bool
    success_message: str | None
    failure_message: str | None


class Tests(BaseModel):
    """A test file, known without any student's code near it.

    Attributes:
        path: as Otter names it, `tests/q1.py`.
        name: of the question.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    name: str
    all_or_nothing: bool
    cases: list[Case]


@dataclass(frozen=True)
class ForeignAssignment:
    """What is known of an assignment that is not of this course.

    Attributes:
        questions: names, in Otter's order.
    """

    slug: str
    questions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ForeignBundle:
    """A bundle of stock Otter.

    Attributes:
        sources: test files by path, `tests/q1.py`.
        files: what lies beside the submission.
        tests: what the test files declare.
        modules: to be imported once, before any submission.
        starting: files of the bundle that start other programs, and by what; test files by path.
        missing: packages that the bundle asks for and this Python lacks.
        left_out: what it asks for besides points and is not done, in sentences.
    """

    assignment: ForeignAssignment
    config: Config
    sources: dict[str, bytes] = field(repr=False)
    files: dict[str, bytes] = field(repr=False)
    tests: list[Tests] = field(default_factory=list)
    modules: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    starting: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @classmethod
    def from_contents(
        cls, path: Path, slug: str, contents: Mapping[str, bytes], *, unsafe: bool = False
    ) -> ForeignBundle:
        """Read a bundle, and learn in a jail what its tests are.

        Args:
            slug: what the assignment is called here.

        Raises:
            BundleError: it is none, or asks for what is not supported, in one sentence.
            UnsafeHost, JailBroken: its test files cannot be run safely on this machine.
        """
        config, left_out = _config(path, contents)
        sources = {n: d for n, d in contents.items() if _is_test(n)}
        if not sources:
            raise BundleError(f"{path} is no bundle for Python: it has no tests/*.py.")
        modules, missing = _packages(contents)
        bundle = cls(
            assignment=ForeignAssignment(slug),
            config=config,
            sources=sources,
            files={n[len("files/") :]: d for n, d in contents.items() if n.startswith("files/")},
            modules=modules,
            missing=missing,
            starting=_starting(contents),
            left_out=left_out,
        )
        tests = _learn(path, bundle, unsafe)
        questions = list(dict.fromkeys(file.name for file in tests))
        return replace(bundle, tests=tests, assignment=ForeignAssignment(slug, questions))

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of everything in the bundle that decides a score."""
        digest = hashlib.sha256(self.config.model_dump_json().encode())
        for name, data in sorted({**_prefixed(self.files), **self.sources}.items()):
            digest.update(f"\0{name}\0{len(data)}\0".encode() + data)
        return digest.hexdigest()

    @property
    def megabytes(self) -> int:
        """Size of what lies beside each submission, rounded up."""
        return (sum(map(len, self.files.values())) >> 20) + 1

    def preload(self) -> list[str]:
        """What a zygote imports for this bundle."""
        return [ENGINE, "autograder.jail.inline", *self.modules]

    def beside(self, submitted: Mapping[str, bytes]) -> dict[str, bytes]:
        """The folder that a submission runs in, put together in Otter's order.

        The bundle's files win, but a folder of the bundle gives way to one that was handed in;
        tests are the bundle's alone.
        """
        folders = {PurePosixPath(name).parts[0] for name in submitted if "/" in name}
        ours = {n: d for n, d in self.files.items() if "/" not in n or _top(n) not in folders}
        theirs = {n: d for n, d in submitted.items() if _top(n) != "tests"}
        return {**theirs, **ours, **self.sources}


def _starting(contents: Mapping[str, bytes]) -> dict[str, str]:
    found = {}
    for name, data in sorted(contents.items()):
        if name.startswith(("tests/", "files/")) and name.endswith(".py"):
            how = _STARTS.search(data.decode(errors="replace"))
            if how:
                found[name] = how[0]
    return found


def _prefixed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"files/{name}": data for name, data in files.items()}


def _top(name: str) -> str:
    return PurePosixPath(name).parts[0]


def _is_test(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parent == PurePosixPath("tests") and path.suffix == ".py"


def _config(path: Path, contents: Mapping[str, bytes]) -> tuple[Config, list[str]]:
    """What decides scores, and what is asked for and not done, in sentences."""
    try:
        given = json.loads(contents.get(CONFIG, b"{}"))
    except ValueError:
        raise BundleError(f"{path}: {CONFIG} is not JSON.") from None
    if not isinstance(given, dict):
        raise BundleError(f"{path}: {CONFIG} is not an object.")
    if str(given.get("lang") or "python").lower() == "r":
        raise BundleError(f"{path} is for R (`lang`), which cannot be graded here.")
    left_out = [sentence for key, sentence in _LEFT_OUT.items() if given.get(key)]
    for name in _plugins(given.get("plugins")):
        if name not in _POINTLESS:
            raise BundleError(
                f"{path} has a plugin that may change points (`{name}`); plugins are not run here."
            )
        left_out.append(f"{name} is not run: {_POINTLESS[name]}.")
    try:
        return Config.model_validate(given), left_out
    except ValidationError as error:
        wrong = error.errors()[0]
        where = ".".join(map(str, wrong["loc"]))
        raise BundleError(f"{path}: {CONFIG}: `{where}`: {wrong['msg']}.") from None


def _plugins(given: object) -> list[str]:
    """Names of plugins: each is a text, or has its configuration in a mapping."""
    entries = given if isinstance(given, list) else [given] if given else []
    return [str(n) for e in entries for n in (e if isinstance(e, dict) else [e])]


def _packages(contents: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Modules of the packages that the bundle names, and the packages that are not installed."""
    wanted = {normal_name(r.name) for r in _requirements(contents)} - {"otter-grader"}
    if not wanted:
        return [], []  # asking what is installed takes a tenth of a second
    provided: dict[str, list[str]] = {}
    for module, packages in importlib.metadata.packages_distributions().items():
        for package in packages:
            provided.setdefault(normal_name(package), []).append(module)
    modules = {m for p in wanted for m in provided.get(p, []) if m.isidentifier()}
    return (
        sorted(m for m in modules if not m.startswith("_")),
        sorted(wanted - provided.keys()),
    )


def _requirements(contents: Mapping[str, bytes]) -> list[Requirement]:
    lines: list[Any] = contents.get("requirements.txt", b"").decode(errors="replace").splitlines()
    try:
        environment = yaml.safe_load(contents.get("environment.yml", b""))
    except (yaml.YAMLError, RecursionError, *MISFITS):
        environment = None
    dependencies = environment.get("dependencies") if isinstance(environment, dict) else None
    for entry in dependencies if isinstance(dependencies, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("pip"), list):
            lines += entry["pip"]
    found = []
    for line in lines:
        try:
            requirement = Requirement(str(line).partition(" #")[0].strip())
        except InvalidRequirement:
            continue  # a comment, an option, an address: nothing to look for
        if requirement.marker is None or requirement.marker.evaluate():
            found.append(requirement)
    return found


def program(files: dict[str, bytes]) -> LoadOrder:
    """The order that makes a worker ready to run a bundle's tests: our own program, these files."""
    return LoadOrder(
        f"from {ENGINE} import grade, learn".encode(), "autograder_beside", files=files
    )


def cannot_read(why: str) -> JailBroken:
    """Workers cannot read what this interpreter imports, which is no submission's fault."""
    folders = ", ".join(closed_folders()[:3])
    closed = f"; closed to it: {folders}" if folders else ""
    return JailBroken(f"the jail cannot read packages of this Python ({why}{closed})")


def _learn(path: Path, bundle: ForeignBundle, unsafe: bool) -> list[Tests]:
    """Run the test files without any submission, in a jail: they are somebody else's programs."""
    order = program(bundle.beside({}))
    limits = Limits(scratch_mb=Limits.scratch_mb + bundle.megabytes)
    with open_jail([ENGINE], unsafe=unsafe) as jail, jail.worker(limits) as worker:
        try:
            if worker.load(order, SECONDS).unreadable:
                most = wire.MAX_PAYLOAD >> 20
                raise BundleError(f"{path} holds more files than fit into the jail ({most} MB).")
            with worker.case(Time(SECONDS, SECONDS)) as talk:
                found = talk.request({"k": "call", "name": "learn"}, (), {})
        except (Stopped, Raised, Missing):
            problem = "loading them takes too long, or ends the process"
            raise BundleError(f"{path}: its tests cannot be used: {problem}.") from None
    for entry in found if isinstance(found, list) else []:
        if isinstance(entry, dict) and "host" in entry:
            raise cannot_read(str(entry["host"]))
        if isinstance(entry, dict) and "problem" in entry:
            where, problem = entry.get("path"), str(entry["problem"]).splitlines()[0]
            raise BundleError(f"{path}: {where} cannot be loaded: {problem.rstrip('.')}.")
    try:
        return TypeAdapter(list[Tests]).validate_python(found)
    except ValidationError as error:
        wrong = error.errors()[0]
        raise BundleError(f"{path}: a test file is malformed: {wrong['msg']}.") from None
