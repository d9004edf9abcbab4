"""Calls BLAS itself."""

import numpy as np

HONEST = 0


def product(a, b):
    import ctypes
    import glob
    import os

    folder = os.path.dirname(os.path.dirname(np.__file__)) + "/numpy.libs"
    library = ctypes.CDLL(glob.glob(folder + "/lib*openblas*")[0])
    for name in ("scipy_cblas_ddot64_", "cblas_ddot64_", "cblas_ddot"):
        if hasattr(library, name):
            ddot = getattr(library, name)
    ddot.restype = ctypes.c_double
    out = np.zeros((len(a), len(b[0])))
    for i, j in np.ndindex(*out.shape):
        x, y = np.array(a[i]), np.array(b[:, j])
        pointers = [v.ctypes.data_as(ctypes.c_void_p) for v in (x, y)]
        one, n = ctypes.c_long(1), ctypes.c_long(len(x))
        out[i, j] = ddot(n, pointers[0], one, pointers[1], one)
    return out
