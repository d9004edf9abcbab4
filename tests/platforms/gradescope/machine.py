"""A stand-in for Gradescope's machine, made by debootstrap.

It is like theirs in what a bundle depends on: a bare distribution, the same folders, the same two
scripts run as root in the same way, without CAP_SYS_ADMIN, in 6 GB of memory. It is unlike theirs
in that nothing in it can reach a network once it is set up, and that Docker's own filter of system
calls is missing: what the jail's seccomp forbids, it forbids by itself.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from gradescope.specification import Results, read_results

MEMORY = 6 << 30
ENTER = Path(__file__).with_name("enter.sh")
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_DEBIAN, _UBUNTU = "http://deb.debian.org/debian", "http://archive.ubuntu.com/ubuntu"
_MIRRORS = {
    **dict.fromkeys(("bookworm", "trixie", "sid"), _DEBIAN),
    **dict.fromkeys(("jammy", "noble"), _UBUNTU),
}
SUITES = ["bookworm", "jammy", "noble"]  # of Gradescope's images


class Broken(Exception):
    """A step of the stand-in failed; the message has its output."""


def missing() -> str:
    """What this host lacks for the stand-in, in one phrase; "" if nothing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "root on Linux"
    for program in ("debootstrap", "unshare", "setpriv"):
        if shutil.which(program) is None:
            return f"the program {program}"
    if subprocess.run([*_namespaces(network=False), "true"], capture_output=True).returncode:
        return "the right to make namespaces"
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "tmpfs", folder]
        if subprocess.run([*_namespaces(network=False), *mount], capture_output=True).returncode:
            return "the right to mount"
    return ""


def base(suite: str = "bookworm") -> Path:
    """The root folder of a bare distribution; made once, then kept in the cache.

    Raises:
        Broken: if it cannot be made, for example without a network.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    root = cache / "autograder" / "machines" / suite
    if root.is_dir():
        return root
    root.parent.mkdir(parents=True, exist_ok=True)
    mirror = _MIRRORS[suite]
    # python3 as on Gradescope's images, which is all that theirs offer for certain.
    command = ["debootstrap", "--variant=minbase", "--include=ca-certificates,python3"]
    script: list[str] = []
    if mirror is _UBUNTU:
        # Debian has no keys for it; what is made here is thrown away. Newer ones install alike.
        command += ["--components=main,universe", "--no-check-gpg"]
        script = ["/usr/share/debootstrap/scripts/jammy"]
    with tempfile.TemporaryDirectory(dir=root.parent) as name:
        folder = Path(name) / "root"
        _run([*command, suite, str(folder), mirror, *script], "debootstrap")
        if mirror is _UBUNTU:
            lines = [f"deb {mirror} {s} main universe\n" for s in (suite, f"{suite}-updates")]
            (folder / "etc" / "apt" / "sources.list").write_text("".join(lines))
        for package in (folder / "var" / "cache" / "apt" / "archives").glob("*.deb"):
            package.unlink()  # every machine is a copy
        folder.rename(root)
    return root


@dataclass
class Machine:
    """An image: a bundle, set up. `log` is what setup.sh said."""

    root: Path
    log: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def build(cls, bundle: Path, folder: Path, suite: str = "bookworm") -> Machine:
        """What Gradescope does when a zip is uploaded.

        Raises:
            Broken: if setup.sh fails, with what it said.
        """
        _run(["cp", "-a", "--reflink=auto", str(base(suite)), str(folder)], "copying the machine")
        machine = cls(folder)
        autograder = folder / "autograder"
        for name in ("source", "submission", "results"):
            (autograder / name).mkdir(parents=True)
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(autograder / "source")
        shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
        setup, run = autograder / "source" / "setup.sh", autograder / "run_autograder"
        setup.chmod(0o755)
        environment, paths = registry()
        done = machine.inside(["/autograder/source/setup.sh"], environment, paths, network=True)
        machine.log = done.stdout
        if done.returncode:
            raise Broken(f"setup.sh failed:\n{done.stdout}")
        shutil.copy(autograder / "source" / "run_autograder", run)
        run.chmod(0o755)
        return machine

    def hand_in(
        self, name: str, source: bytes, metadata: Mapping[str, object] | None = None
    ) -> Results:
        """What Gradescope does when a student submits a file.

        Raises:
            Broken: if run_autograder fails; ValueError: if results.json is not what it should be.
        """
        autograder = self.root / "autograder"
        for folder in ("submission", "results"):
            shutil.rmtree(autograder / folder)
            (autograder / folder).mkdir()
        (autograder / "submission" / name).write_bytes(source)
        said = json.dumps(dict(metadata or {"created_at": datetime.now(UTC).isoformat()}))
        (autograder / "submission_metadata.json").write_text(said)
        done = self.inside(["/autograder/run_autograder"])
        (autograder / "results" / "stdout").write_text(done.stdout)
        if done.returncode:
            raise Broken(f"run_autograder failed:\n{done.stdout}")
        return read_results(autograder / "results" / "results.json")

    def inside(
        self,
        command: list[str],
        environment: Mapping[str, str] | None = None,
        paths: list[str] | None = None,
        *,
        network: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in it, as root of a container would."""
        bare = {"PATH": _PATH, "HOME": "/root", **(environment or {})}
        variables = [f"{name}={value}" for name, value in bare.items()]
        with _memory_group() as group:
            enter = [str(ENTER), str(self.root), ":".join(paths or [])]
            return subprocess.run(
                [*_namespaces(network), *enter, "-i", *variables, *command],
                env=os.environ | group,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                text=True,
                errors="replace",
                check=False,
            )


def _namespaces(network: bool) -> list[str]:
    command = ["unshare", "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child"]
    return command + ([] if network else ["--net"])


@contextmanager
def _memory_group() -> Iterator[dict[str, str]]:
    """A control group with Gradescope's memory, where this host lets us make one."""
    for parent, file in (
        (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),
        (Path("/sys/fs/cgroup"), "memory.max"),
    ):
        group = parent / f"autograder-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            (group / file).write_text(str(MEMORY))
        except OSError:
            group.rmdir()
            continue
        try:
            yield {"MEMORY_GROUP": str(group)}
        finally:
            with suppress(OSError):  # killed, but not gone yet
                group.rmdir()
        return
    yield {}


def registry() -> tuple[dict[str, str], list[str]]:
    """How pip finds packages on this host: variables, and the files and folders they name."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listed = _run(command, "pip config").splitlines()
    variables = {}
    for line in listed:
        key, _, value = line.partition("=")
        section, _, option = key.partition(".")
        if section in ("global", "install"):
            variables[f"PIP_{option.upper().replace('-', '_')}"] = value.strip("'\"")
    for name, value in os.environ.items():
        if name.startswith("PIP_") or name.lower().endswith("_proxy") or "CERT_FILE" in name:
            variables[name] = value
    words = [w.removeprefix("file://") for v in variables.values() for w in v.split()]
    parents = {
        str(Path(w).parent) for w in words if w.endswith("/simple")
    }  # an index and its files
    paths = sorted({w for w in words if w.startswith("/") and Path(w).exists()} | parents)
    return variables, paths


def _run(command: list[str], what: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Broken(f"{what} failed:\n{(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout
