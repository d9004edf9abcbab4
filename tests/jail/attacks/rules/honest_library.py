"""Honest: the parts of NumPy and of Python that are not forbidden work under the rules."""

import numpy as np
import contextlib
import io
import tempfile
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

HONEST = 3


def product(a, b):
    def row(i):
        return (a[i][:, None] * b).sum(axis=0)

    with ThreadPoolExecutor(2) as pool:
        out = np.stack(list(pool.map(row, range(len(a)))))
    with tempfile.TemporaryFile() as file:
        np.save(file, out)
        file.seek(0)
        out = np.load(file)
    with contextlib.redirect_stdout(io.StringIO()):
        print(repr(out), np.sort(out), np.fft.fft(out), np.add.reduce(out), np.outer(out, out))
    warnings.warn("slow", stacklevel=1)
    threading.Thread(target=print).start()
    return out * np.random.default_rng(0).integers(1, 2)
