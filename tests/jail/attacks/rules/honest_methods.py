"""Honest: classes with methods and operators of forbidden names."""

import numpy as np

HONEST = 3


class Vector:
    def __init__(self, values):
        self.values = values

    def dot(self, other):
        return sum(x * y for x, y in zip(self.values, other.values))

    def __matmul__(self, other):
        return self.dot(other)


def product(a, b):
    rows, columns = [Vector(r) for r in a], [Vector(c) for c in b.T]
    assert rows[0].dot(columns[0]) == rows[0] @ columns[0]
    return np.array([[r @ c for c in columns] for r in rows])
