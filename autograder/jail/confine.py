"""Turn the calling process into a worker: limits first, then identity, files and system calls."""

from __future__ import annotations

import contextlib
import os
import resource
from dataclasses import dataclass

from autograder.jail import kernel, landlock, seccomp
from autograder.jail.layers import DEVICES, Layers, readable_paths

_MORE_THREADS = 200  # that the same user's other processes may start while a worker lives


@dataclass(frozen=True)
class Limits:
    """What one worker may use. Wall-clock limits are kept by the judge, who cannot be stopped.

    Attributes:
        cpu_seconds: of each process, a net below the judge's wall clock.
        memory_mb: private writable memory on top of what the zygote has loaded.
        output_kb: written to stdout and stderr together.
        scratch_mb, scratch_files: of the scratch folder; a single file may be scratch_mb large.
        threads: at one time.
    """

    cpu_seconds: int = 120
    memory_mb: int = 1024
    output_kb: int = 64
    scratch_mb: int = 64
    scratch_files: int = 4096
    threads: int = 64


@dataclass(frozen=True)
class Baseline:
    """What there is before any student code.

    Attributes:
        data, size: memory that this process has mapped, in bytes.
        threads: of all processes of this user; the kernel counts a limit of threads per user.
    """

    data: int
    size: int
    threads: int

    @classmethod
    def measure(cls) -> Baseline:
        """Of this process, from /proc."""
        fields = {}
        with open("/proc/self/status") as status:
            for line in status:
                name, _, rest = line.partition(":")
                if name in ("VmData", "VmSize"):
                    fields[name] = int(rest.split()[0]) << 10
        return cls(data=fields["VmData"], size=fields["VmSize"], threads=threads_of_user())


def confine(
    layers: Layers,
    limits: Limits,
    baseline: Baseline,
    scratch: str,
    uid: int,
    keep_open: set[int],
) -> int | None:
    """Give up everything that the layers allow to give up.

    Args:
        scratch: the only folder that stays writable; it becomes the working directory.
        uid: user and group id to take, if `layers.uid`.
        keep_open: file descriptors that survive besides 0, 1 and 2.

    Returns:
        The seccomp listener to hand to the monitor, or None.

    Raises:
        OSError: if a layer that was offered does not hold; nothing may run then.
    """
    rules = landlock.ruleset(readable_paths(), DEVICES, [scratch]) if layers.landlock else -1
    kernel.close_all_but({0, 1, 2, *keep_open, *([rules] if rules >= 0 else [])})
    os.umask(0o077)
    os.chdir(scratch)
    _set_limits(limits, baseline, own_uid=layers.uid)
    if layers.uid:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, kernel.SIGKILL)  # cleared by the change of uid
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.drop_capabilities()
    if layers.landlock:
        landlock.restrict(rules)
        os.close(rules)
    if not layers.seccomp:
        return None
    return seccomp.install(refer_forks=layers.fork_gate, own_uid=layers.uid)


def _set_limits(limits: Limits, baseline: Baseline, own_uid: bool) -> None:
    scratch = limits.scratch_mb << 20
    memory = limits.memory_mb << 20
    # The harder limit kills, as else only somebody outside does: the judge's clock comes first.
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds, 2 * limits.cpu_seconds + 60)
    _limit(resource.RLIMIT_DATA, baseline.data + memory)
    # Shared mappings are not data; the address space bounds them. Threads reserve stacks there.
    _limit(resource.RLIMIT_AS, baseline.size + 2 * memory + limits.threads * (9 << 20))
    _limit(resource.RLIMIT_FSIZE, scratch)
    _limit(resource.RLIMIT_NOFILE, 128)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_MEMLOCK, 0)
    _limit(resource.RLIMIT_MSGQUEUE, 0)
    others = 0 if own_uid else baseline.threads + _MORE_THREADS
    _limit(resource.RLIMIT_NPROC, limits.threads + others)


def threads_of_user() -> int:
    """How many threads all processes of this process's user have."""
    count = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if os.stat(f"/proc/{pid}").st_uid == os.getuid():
                count += len(os.listdir(f"/proc/{pid}/task"))
    return count


def _limit(which: int, soft: int, hard: int | None = None) -> None:
    ceiling = resource.getrlimit(which)[1]
    hard = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))
