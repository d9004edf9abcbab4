"""Which layers of the jail this host offers, and the paths a worker may see."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import sysconfig
from dataclasses import asdict, dataclass

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

# What libraries read besides themselves: the loader's cache, time zones, fonts, core counts.
_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/zoneinfo",
    "/usr/share/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
    "/sys/devices/system/cpu",
)


@dataclass(frozen=True)
class Layers:
    """One flag per layer. All that are offered are used; tests switch single ones off.

    Attributes:
        uid: each worker runs under a user id of its own.
        seccomp: no new program, process, socket or identity.
        fork_gate: a loaded module is forked per test case, one fork at a time; needs seccomp.
        landlock: only the interpreter is readable, only the scratch folder writable.
        namespaces: own file system, network, processes.
    """

    uid: bool
    seccomp: bool
    fork_gate: bool
    landlock: bool
    namespaces: bool

    def names(self) -> list[str]:
        """The layers in force, as named in results."""
        return ["rlimits", *(name for name, on in asdict(self).items() if on)]

    def shortfall(self) -> str:
        """Why these layers are not enough to grade safely, in one sentence; "" if they are."""
        if not self.landlock and not (self.namespaces and self.uid):
            return (
                "student code could read or write other people's files: neither Landlock "
                "(Linux 5.13 or later) nor namespaces with a user id of its own are available"
            )
        if not self.seccomp:
            return (
                "student code could start processes and reach the network: seccomp is not available"
            )
        return ""


def offered() -> Layers:
    """What this host offers to this user. Never raises; on other systems nothing is offered."""
    if sys.platform != "linux":
        return Layers(False, False, False, False, False)
    from autograder.jail import landlock, namespaces, seccomp

    return Layers(
        uid=_can_change_uid(),
        seccomp=seccomp.available(),
        fork_gate=seccomp.notify_available(),
        landlock=landlock.abi() > 0,
        namespaces=namespaces.available(),
    )


def _can_change_uid() -> bool:
    if os.geteuid() != 0 or _closed_packages():
        return False
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(WORKER_UID_BASE, WORKER_UID_BASE, WORKER_UID_BASE)
            os.setresuid(WORKER_UID_BASE, WORKER_UID_BASE, WORKER_UID_BASE)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _closed_packages() -> list[str]:
    """What is installed for its owner only, as by pip under a strict umask: another user id cannot
    import it, so workers have to keep the grader's."""
    closed = []
    for folder in {os.path.realpath(sysconfig.get_path(n)) for n in ("purelib", "platlib")}:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                mode, wanted = entry.stat().st_mode, 0o005 if entry.is_dir() else 0o004
                if mode & wanted != wanted and not entry.name.startswith(("__pycache__", ".")):
                    closed.append(entry.path)
    return closed


WORKER_UID_BASE = 1_500_000_000
"""A worker's uid is this plus the pid of its monitor: no two on one machine, nobody's account."""


_PACKAGES = ("site-packages", "dist-packages")


def interpreter_paths() -> list[str]:
    """Folders of the interpreter's library and its installed packages, wherever they are imported
    from: also those of another environment, to which a `.pth` file leads.

    Never a whole prefix: a course may lie in it, or it in a course (`python -m venv .`).
    """
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    paths |= {os.path.join(p, "lib") for p in (sys.base_prefix, sys.base_exec_prefix)}
    if sys.base_prefix == "/usr":  # Debian's packages
        paths.add("/usr/local/lib")
    paths |= {p for p in sys.path if os.path.basename(os.path.realpath(p)) in _PACKAGES}
    return sorted(os.path.realpath(p) for p in paths if os.path.isdir(p))


def closed_folders() -> list[str]:
    """Folders from which this interpreter imports and no worker may read.

    Most are projects that are installed in place (`pip install -e`): such a folder may hold
    anything, solutions and hidden tests above all. This engine's own is not among them; it is
    imported before there is any student code.
    """
    ours = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    known = (*readable_paths(), ours, os.getcwd())
    folders = dict.fromkeys(map(os.path.realpath, filter(os.path.isdir, sys.path)))
    return [f for f in folders if not any(f == k or f.startswith(k + os.sep) for k in known)]


@functools.cache  # filled by the zygote, for all its workers
def readable_paths() -> tuple[str, ...]:
    """Everything a worker may read."""
    return *interpreter_paths(), *(p for p in _SYSTEM if os.path.exists(p))


def open_hidden_prefixes() -> dict[str, int]:
    """Open the interpreter's folders that lie under a folder closed to other users.

    A worker that has given up its uid cannot walk through a home folder of mode 0700, but it can
    walk on from an open descriptor of a folder below it. Returns path → descriptor.
    """
    return {
        path: os.open(path, os.O_PATH | os.O_DIRECTORY)
        for path in interpreter_paths()
        if not _open_to_all(os.path.dirname(path))
    }


def _open_to_all(folder: str) -> bool:
    while True:
        if not os.stat(folder).st_mode & 0o001:
            return False
        if folder == os.path.dirname(folder):
            return True
        folder = os.path.dirname(folder)


def reroute_imports(prefixes: dict[str, int]) -> None:
    """Let later imports start from the opened folders instead of their full paths."""
    if not prefixes:
        return

    def reroute(path: str) -> str:
        for prefix, fd in prefixes.items():
            if path == prefix or path.startswith(prefix + os.sep):
                return f"/proc/self/fd/{fd}{path[len(prefix) :]}"
        return path

    sys.path[:] = [reroute(os.path.realpath(p)) for p in sys.path]
    sys.path_importer_cache.clear()
    for module in list(sys.modules.values()):
        if isinstance(getattr(module, "__path__", None), list):
            module.__path__[:] = [reroute(os.path.realpath(p)) for p in module.__path__]
        if isinstance(getattr(module, "__file__", None), str):
            module.__file__ = reroute(os.path.realpath(module.__file__ or ""))
