"""Computes in Tcl, whose interpreter the standard library brings along for windows."""

import numpy as np

HONEST = 0


def product(a, b):
    try:
        tcl = __import__("_tkinter").create(None, "", "Tk", False, True, False, False, None)
    except ModuleNotFoundError:
        import tkinter

        tcl = tkinter.Tcl().tk
    sums = [
        [
            tcl.eval("expr " + "+".join(f"({x!r})*({y!r})" for x, y in zip(r, c)))
            for c in b.T.tolist()
        ]
        for r in a.tolist()
    ]
    return np.array(sums, dtype=float)
