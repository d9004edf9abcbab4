"""Has the standard library import what is not allowed."""

import pkgutil

HONEST = 0


def product(a, b):
    matrix = pkgutil.resolve_name('sympy:Matrix')
    return (matrix(a.tolist()) * matrix(b.tolist())).tolist()
