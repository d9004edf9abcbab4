"""The monitor of one submission: makes the worker, lets it fork once per case, and ends it.

It stays outside the worker's confinement, so it can always kill and clean up, and it reads
nothing that student code writes except fixed-size reports and a count of output bytes.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
import time
from dataclasses import dataclass, field, replace

from autograder.jail import kernel, namespaces, scratch, seccomp, worker
from autograder.jail.confine import Baseline, Limits, threads_of_user
from autograder.jail.layers import WORKER_UID_BASE, Layers
from autograder.jail.memory import Memory

QUIT, ASK = b"Q", b"?"
OVER_OUTPUT, OVER_DISK, OVER_MEMORY, GONE = b"O", b"D", b"M", b"X"
DONE, FAILED, ALIVE = b".", b"F", b"A"
NO_FORK = b"K"  # refused by the kernel, for what others do
STARTED = b"S"  # the first report; its number is the worker's process id
_TICK = 0.05  # seconds between looks at memory and at the scratch folder
_PF_EXITING = 0x4  # in `flags` of proc(5)


@dataclass
class Monitor:
    """Between the judge (`control`) and one worker."""

    control: socket.socket
    layers: Layers
    limits: Limits
    baseline: Baseline
    scratch_root: str
    keep_open: set[int]
    proc: int
    _worker: int = 0
    _listener: int | None = None
    _armed: bool = False
    _report_due: bool = False
    _output: int = 0
    _line: socket.socket = field(init=False)
    _memory: Memory = field(init=False)
    _allowed: str = field(init=False)
    _pipe: int = field(init=False)
    _scratch: str = field(init=False)

    def run(self) -> None:
        """Start the worker and look after it until the judge quits or hangs up."""
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        uid = WORKER_UID_BASE + os.getpid()
        self.control.setblocking(False)  # student code must not be able to make this process wait
        self._scratch = os.path.join(self.scratch_root, secrets.token_hex(8))
        whole = False
        try:
            self._make_scratch(uid if self.layers.uid else os.getuid())
            made = os.stat(self._scratch).st_ino
            self._start(uid)
            self._report(STARTED, self._worker)
        except OSError:
            self._report(FAILED)
        else:
            self._watch()
            with contextlib.suppress(OSError):  # or somebody has taken it away meanwhile
                whole = os.stat(self._scratch).st_ino == made
        finally:
            self._kill_all(uid)
            if self.layers.namespaces:
                with contextlib.suppress(OSError):
                    namespaces.unmount_scratch(self._scratch)
            scratch.remove(self._scratch)
            with contextlib.suppress(OSError):
                self.control.send(worker.REPORT.pack(DONE, 0 if whole else 1))

    def _make_scratch(self, owner: int) -> None:
        os.mkdir(self._scratch, 0o700)
        if self.layers.namespaces:
            # A file system of its own: it counts every byte and entry, and goes with its mount.
            kernel.unshare(namespaces.NEWNS)
            limits = f"size={self.limits.scratch_mb}m,nr_inodes={self.limits.scratch_files}"
            namespaces.mount_scratch(self._scratch, f"{limits},mode=700")
        if owner != os.getuid():
            os.chown(self._scratch, owner, owner)

    def _start(self, uid: int) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pipe, output = os.pipe()
        if self.layers.namespaces:
            kernel.unshare(namespaces.NEWPID | namespaces.NEWIPC)
        self._worker = os.fork()
        if self._worker == 0:
            self._become_worker(theirs, output, uid)
        theirs.close()
        os.close(output)
        what, fds, _, _ = socket.recv_fds(self._line, 1, 1)
        if what != worker.READY:
            raise OSError("the worker could not be confined")
        self._listener = fds[0] if fds else None
        self._allowed = self._most_processes()
        self._memory = Memory(self.proc, self._worker, self.limits.memory_mb)

    def _become_worker(self, line: socket.socket, output: int, uid: int) -> None:
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            null = os.open("/dev/null", os.O_RDONLY)
            baseline = self.baseline
            if not (self.layers.uid or self.layers.namespaces):  # it may have grown
                baseline = replace(baseline, threads=threads_of_user())
            for target, source in ((0, null), (1, output), (2, output)):
                os.dup2(source, target)
            order = worker.Order(
                layers=self.layers,
                limits=self.limits,
                baseline=baseline,
                scratch=self._scratch,
                uid=uid,
                keep_open=self.keep_open,
            )
            worker.main(line, order)
            os._exit(0)
        finally:
            os._exit(1)

    def _watch(self) -> None:
        poll = select.poll()
        sources = [self.control.fileno(), self._line.fileno(), self._pipe]
        for fd in sources + ([self._listener] if self._listener is not None else []):
            poll.register(fd, select.POLLIN)
        look = time.monotonic() + _TICK
        while True:
            for fd, event in poll.poll(_TICK * 1000):
                if not self._handle(fd, event):
                    return
                if event & (select.POLLHUP | select.POLLERR) and not event & select.POLLIN:
                    poll.unregister(fd)
            if time.monotonic() >= look:
                look = time.monotonic() + _TICK
                if self._disk_over():
                    self._report(OVER_DISK)
                    return
                if self._memory.over([self._worker, *self._children(self._worker)]):
                    self._report(OVER_MEMORY)
                    return

    def _disk_over(self) -> bool:
        if self.layers.namespaces:
            return False  # its own file system keeps the limit
        unlinked = scratch.unlinked(self.proc, [self._worker, *self._children(self._worker)])
        megabytes = self.limits.scratch_mb - (unlinked >> 20)
        return scratch.over(self._scratch, megabytes, self.limits.scratch_files)

    def _handle(self, fd: int, event: int) -> bool:
        """React to one source; False ends the watch."""
        if fd == self.control.fileno():
            return self._from_judge()
        if not event & select.POLLIN:
            return True
        if fd == self._listener:
            self._decide_fork()
        elif fd == self._pipe:
            self._output += len(os.read(fd, 1 << 16))
            if self._output > self.limits.output_kb << 10:
                self._report(OVER_OUTPUT)
                return False
        elif fd == self._line.fileno():
            return self._from_worker()
        return True

    def _from_judge(self) -> bool:
        what, fds, _, _ = socket.recv_fds(self.control, 1, 1)
        if what == ASK:
            self._report(ALIVE)
            return True
        if what not in (worker.LOAD, worker.CASE, worker.ALONE) or not fds:
            return False
        if what == worker.CASE:
            left = self._children(self._worker)
            for child in left:  # of a case that is over
                with contextlib.suppress(OSError):
                    os.kill(child, signal.SIGKILL)
            if left and self.layers.seccomp:  # its end was reported before it came: not by our code
                os.close(fds[0])
                self._report(GONE)
                return False
            self._armed = self._report_due = True
        try:
            socket.send_fds(self._line, [what], fds)
        except OSError:
            pass  # the worker is gone; the judge learns it from the connection
        finally:
            os.close(fds[0])
        return True

    def _from_worker(self) -> bool:
        try:
            report = self._line.recv(worker.REPORT.size)
        except OSError:
            report = b""
        if len(report) == worker.REPORT.size and self._report_due:
            self._report_due = False  # one for each case; whoever says more is not our code
            if self.layers.seccomp and self._children(self._worker):  # nor who says it too soon
                self._report(GONE)
                return False
            what, status = worker.REPORT.unpack(report)
            if what != worker.ENDED:
                what = NO_FORK if self._alone() else worker.REFUSED
            self._report(what, status)
            return True
        # A report too many is not our code's: nobody need wait for an end that does not come.
        status = os.waitpid(self._worker, 0)[1] if not report and self._gone() else 0
        self._report(GONE, os.waitstatus_to_exitcode(status))
        return False

    def _alone(self) -> bool:
        """Whether the worker has nothing beside itself and could have had, by its own limits."""
        if self._children(self._worker) or self._most_processes() != self._allowed:
            return False
        with contextlib.suppress(OSError):
            return self._threads(self._worker) == 1
        return False

    def _threads(self, pid: int) -> int:
        fd = os.open(f"{pid}/task", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.proc)
        try:
            return len(os.listdir(fd))
        finally:
            os.close(fd)

    def _most_processes(self) -> str:
        """How many processes the worker's user may have, as proc(5) says it."""
        try:
            with open(os.open(f"{self._worker}/limits", os.O_RDONLY, dir_fd=self.proc)) as file:
                return next(line for line in file if line.startswith("Max processes"))
        except (OSError, StopIteration):
            return ""

    def _gone(self) -> bool:
        """Whether the worker has ended. Its line is closed before all that came of it is dead and
        it has a status: on a busy machine that takes its time, and without the status a kill from
        outside would be told as the student's own end."""
        for attempt in range(6000):  # half of the judge's patience
            if os.waitid(os.P_PID, self._worker, os.WEXITED | os.WNOWAIT | os.WNOHANG):
                return True
            if attempt > 200 and not self._ending():  # it lives, and has closed its line
                return False
            time.sleep(0.005)
        return False

    def _ending(self) -> bool:
        """Whether the kernel is at work on the worker's end, by its flags in proc(5)."""
        try:
            with open(os.open(f"{self._worker}/stat", os.O_RDONLY, dir_fd=self.proc)) as file:
                flags = int(file.read().rpartition(")")[2].split()[6])
        except (OSError, ValueError):
            return False
        return bool(flags & _PF_EXITING)

    def _decide_fork(self) -> None:
        assert self._listener is not None
        request = seccomp.next_fork(self._listener)
        if request is None:
            return
        identity, pid = request
        allowed = self._armed and pid == self._worker
        seccomp.answer_fork(self._listener, identity, allowed)
        if allowed:
            self._armed = False

    def _report(self, what: bytes, status: int = 0) -> None:
        with contextlib.suppress(OSError):
            self.control.send(worker.REPORT.pack(what, status))

    def _kill_all(self, uid: int) -> None:
        """Kill the worker and everything that came of it; orphans are handed to this process."""
        for attempt in range(200):
            if self._worker:
                with contextlib.suppress(OSError):
                    os.kill(self._worker, signal.SIGKILL)
            if self.layers.uid and not (self.layers.seccomp or self.layers.namespaces):
                _kill_uid(uid)
            for child in self._children(os.getpid()):
                with contextlib.suppress(OSError):
                    os.kill(child, signal.SIGKILL)
            try:
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            except ChildProcessError:
                return
            time.sleep(min(0.0002 * 2**attempt, 0.005))  # most are dead at once

    def _children(self, pid: int) -> list[int]:
        try:
            fd = os.open(f"{pid}/task/{pid}/children", os.O_RDONLY, dir_fd=self.proc)
        except OSError:
            return []
        with open(fd) as file:
            return [int(child) for child in file.read().split()]


def _kill_uid(uid: int) -> None:
    child = os.fork()
    if child == 0:
        try:
            os.setresuid(uid, uid, uid)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
