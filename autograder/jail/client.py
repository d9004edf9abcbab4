"""The judge's end: start a zygote and ask it for workers."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import asdict

from autograder.jail.confine import Limits
from autograder.jail.errors import JailBroken
from autograder.jail.folder import Folder, remove_dead
from autograder.jail.layers import Layers, offered
from autograder.jail.remote_worker import PATIENCE, Worker

_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "MPLBACKEND": "Agg",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    **dict.fromkeys(
        ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
    ),
}


class Jail:
    """A zygote with its workers. Use as a context manager; nothing is left behind.

    Args:
        preload: modules to import once, before any submission.
        layers: what to use; by default all that this host offers.

    Raises:
        JailBroken: if the zygote does not start, or this Python has not been tried.
    """

    def __init__(self, preload: list[str], layers: Layers | None = None) -> None:
        if sysconfig.get_config_var("Py_GIL_DISABLED"):
            raise JailBroken("a free-threaded build of Python has not been tried as a grader yet")
        self.layers = offered() if layers is None else layers
        self._spare: Worker | None = None
        self._closed: list[Worker] = []
        remove_dead()
        self._folder = Folder()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-m", "autograder.jail.zygote", str(theirs.fileno())]
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the jail)
        self._process = subprocess.Popen(
            command,
            env=_ENVIRONMENT | {"HOME": self._home()},
            cwd="/",
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            start_new_session=True,  # Ctrl-C is for the judge, who then cleans up
        )
        theirs.close()
        try:
            self._begin(preload)
        except BaseException:  # Ctrl-C too: there is nothing in it yet that must end by itself
            self._process.kill()
            self.close()
            raise

    def _home(self) -> str:
        """Where the zygote's libraries keep what they like to keep, such as lists of fonts."""
        home = os.path.join(self._folder.path, "home")
        os.mkdir(home)
        os.chmod(
            home, 0o711
        )  # workers under other user ids are told of it, and look whether it is there
        return home

    def _begin(self, preload: list[str]) -> None:
        first = {"layers": asdict(self.layers), "preload": preload, "scratch_root": self.root}
        self._control.settimeout(PATIENCE)
        try:
            self._control.send(json.dumps(first).encode())
            answer = self._control.recv(1 << 16)
        except OSError:  # in vain, or to one that has ended
            answer = b""
        if not answer:
            self._process.kill()
            self._process.wait()
            self._errors.seek(0)
            lines = self._errors.read().decode(errors="replace").strip().splitlines()
            raise JailBroken(f"the jail does not start: {lines[-1] if lines else 'no answer'}")
        missing = json.loads(answer)["missing"]
        if missing:
            raise JailBroken(f"the grader's Python lacks {', '.join(missing)}")

    @property
    def root(self) -> str:
        """The folder in which workers' scratch folders lie."""
        return self._folder.path

    def worker(self, limits: Limits) -> Worker:
        """A fresh worker, confined and empty. What was closed before has ended by then.

        Raises:
            JailBroken: there can be none.
        """
        self.settle()
        self._require_disk(limits)
        if self._spare and self._spare.limits != limits:
            self.rest()
        spare, self._spare = self._spare, None
        return spare or self._ask(limits)

    def _ask(self, limits: Limits) -> Worker:
        try:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        except OSError as error:
            raise JailBroken(f"no worker can be reached: {error.strerror}") from None
        try:
            socket.send_fds(self._control, [json.dumps(asdict(limits)).encode()], [theirs.fileno()])
        except OSError:
            ours.close()
            raise JailBroken("the jail has stopped working") from None
        finally:
            theirs.close()
        return Worker(self, ours, limits)

    def _require_disk(self, limits: Limits) -> None:
        """A full disk must not become a student's error. A scratch folder with a file system of its
        own has its space for itself."""
        if not self.layers.namespaces:
            try:
                free = shutil.disk_usage(self.root).free >> 20
            except OSError:
                raise JailBroken("the jail's folder is gone") from None
            if free < limits.scratch_mb:
                raise JailBroken(f"{self.root} has no room for what submissions may write")

    def retire(self, worker: Worker) -> None:
        """Take note that a worker is closed. Another gets ready while it ends."""
        self._closed.append(worker)
        if not self._spare:
            with contextlib.suppress(JailBroken):  # whoever asks for a worker will hear of it
                self._spare = self._ask(worker.limits)

    def settle(self) -> None:
        """Wait until all workers that were closed have ended, and make sure that nothing of ours
        was lost while they were at work: what they answered would be worth nothing.

        Raises:
            JailBroken: a monitor or a scratch folder is gone.
        """
        whole = [self._closed.pop().await_cleanup() for _ in range(len(self._closed))]
        if not all(whole):
            raise JailBroken("a worker's monitor or its scratch folder was lost")

    def rest(self) -> None:
        """Wait until all workers but those in use have ended, the spare one too."""
        spare, self._spare = self._spare, None
        if spare:
            spare.quit()
            self._closed.append(spare)
        with contextlib.suppress(JailBroken):
            self.settle()

    def close(self) -> None:
        """End the zygote and everything that came of it."""
        self.rest()
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._errors.close()
        self._folder.remove()

    def __enter__(self) -> Jail:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
