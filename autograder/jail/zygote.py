"""The zygote: a process that has imported what submissions import, and is forked for each of them.

It is started before any test is loaded, with an empty environment and nothing telling in its
command line: `python -I -m autograder.jail.zygote FD`. The judge's orders come over that socket.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterable
from typing import Any

from autograder.jail import kernel, namespaces, refusals, serve
from autograder.jail.confine import Baseline, Limits
from autograder.jail.layers import (
    DEVICES,
    Layers,
    open_hidden_prefixes,
    readable_paths,
    reroute_imports,
)
from autograder.jail.monitor import Monitor

# What honest submissions and probes import anyway, some of it by NumPy itself at first use: once
# here, or again in the fork of every test case.
_COMMON = (
    "IPython.core.inputtransformer2",
    "asyncio",
    "collections.abc",
    "concurrent.futures.thread",
    "copy",
    "dataclasses",
    "enum",
    "functools",
    "heapq",
    "inspect",
    "itertools",
    "math",
    "multiprocessing.context",
    "numpy.fft",
    "numpy.ma",
    "numpy.polynomial",
    "numpy.random",
    "random",
    "re",
    "statistics",
    "subprocess",
    "time",
    "tracemalloc",
    "typing",
)


def main(fd: int) -> None:
    """Read the first order, prepare, then fork a monitor for each socket that arrives."""
    control = socket.socket(fileno=fd)
    control.set_inheritable(False)
    os.umask(0o066)  # of the new root: workers with other user ids walk through it, and list none
    first = json.loads(control.recv(1 << 16))
    layers = Layers(**first["layers"])
    _preload(_COMMON)
    missing = _preload(first["preload"])
    serve.rehearse()
    # What libraries have kept there is of no use to a worker, which could not open it; a folder
    # that is not there troubles none of them.
    shutil.rmtree(os.environ["HOME"], ignore_errors=True)
    baseline = Baseline.measure()
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    prefixes: dict[str, int] = {}
    kernel.use_large_pages()
    readable = readable_paths()  # here, with or without namespaces: workers inherit the answer
    if layers.namespaces:
        namespaces.enter(readable, DEVICES, first["scratch_root"])
    elif layers.uid:
        prefixes = open_hidden_prefixes()
        reroute_imports(prefixes)
    gc.collect()
    refusals.look_around()
    gc.freeze()  # the collector would otherwise touch, and so copy, every page after a fork
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # monitors are reaped by the kernel
    control.send(json.dumps({"ready": True, "missing": missing}).encode())
    common: dict[str, Any] = {
        "layers": layers,
        "baseline": baseline,
        "scratch_root": first["scratch_root"],
        "keep_open": set(prefixes.values()),
        "proc": proc,
    }
    while True:
        order, fds, _, _ = socket.recv_fds(control, 1 << 16, 1)
        if not order or not fds:
            return
        if os.fork() == 0:
            control.close()
            _monitor(fds[0], json.loads(order), common)
        os.close(fds[0])


def _preload(modules: Iterable[str]) -> list[str]:
    missing = []
    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError:
            missing.append(name)
    return missing


def _monitor(fd: int, limits: dict[str, Any], common: dict[str, Any]) -> None:
    with contextlib.suppress(BaseException):
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGTERM)
        signal.signal(signal.SIGTERM, _stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        Monitor(control=socket.socket(fileno=fd), limits=Limits(**limits), **common).run()
    os._exit(0)


def _stop(number: int, frame: object) -> None:
    raise SystemExit


if __name__ == "__main__":
    main(int(sys.argv[1]))
