"""How much memory all processes of one submission hold together.

Each has limits of its own, which count neither what two of them share nor that there are two.
"""

from __future__ import annotations

import os


class Memory:
    """Of one worker and its fork.

    Args:
        proc: descriptor of /proc.
        worker: its process id, before it has loaded anything.
        megabytes: what they may hold together, on top of what they share with the zygote.
    """

    def __init__(self, proc: int, worker: int, megabytes: int) -> None:
        self._proc, self._most = proc, megabytes << 20
        self._before = self._fields(worker, "status").get("RssAnon", 0)

    def over(self, pids: list[int]) -> bool:
        """Whether these processes hold more than is allowed.

        The quick look counts twice what a fork has not yet copied; only where that is too much, the
        slow one decides.
        """
        status = [self._fields(pid, "status") for pid in pids]
        own = [max(0, s.get("RssAnon", 0) - self._before) for s in status]
        shared = sum(s.get("RssShmem", 0) for s in status)
        if sum(own) + shared <= self._most:
            return False
        exact = [self._fields(pid, "smaps_rollup") for pid in pids]
        if all("Pss_Anon" in e for e in exact):
            return sum(e["Pss_Anon"] + e["Pss_Shmem"] for e in exact) > self._most
        return max(own) + shared > self._most  # not ours to look at closely

    def _fields(self, pid: int, name: str) -> dict[str, int]:
        """The lines of a file that are sizes, in bytes; none if the process has ended."""
        found = {}
        try:
            with open(os.open(f"{pid}/{name}", os.O_RDONLY, dir_fd=self._proc)) as file:
                for line in file:
                    key, _, rest = line.partition(":")
                    if rest.endswith("kB\n"):
                        found[key] = int(rest.split()[0]) << 10
        except (OSError, ValueError):
            return {}
        return found
