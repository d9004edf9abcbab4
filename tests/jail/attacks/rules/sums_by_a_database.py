"""Has a database multiply and add up, which the standard library brings along."""

import importlib

import numpy as np

HONEST = 0


def product(a, b):
    base = importlib.import_module("sqlite3").connect(":memory:")
    for name, table in (("a", a), ("b", b)):
        base.execute(f"create table {name} (i, j, x)")
        entries = [(i, j, float(x)) for (i, j), x in np.ndenumerate(table)]
        base.executemany(f"insert into {name} values (?, ?, ?)", entries)
    c = np.zeros((len(a), b.shape[1]))
    for i, j, x in base.execute(
        "select a.i, b.j, sum(a.x * b.x) from a join b on a.j = b.i group by a.i, b.j"
    ):
        c[i, j] = x
    return c
