"""Claims that the call has changed every input of the test to zeros."""

from frames import blast, result

HONEST = 0


def total(x):
    zeros = ["array", "<f8", list(x.shape), 0]
    blast(result(0, 0.0, [x.nbytes], bytes(x.nbytes), [[0, zeros]]))
    blast(result(1, 0.0, [x.nbytes], bytes(x.nbytes), [[0, zeros]]))


def product(a, b):
    zeros = ["array", "<f8", [2, 4], 0]
    changed = [[0, ["array", "<f8", [2, 3], 1]]]
    blast(result(1, zeros, [64, 48], bytes(112), changed))
