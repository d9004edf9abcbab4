"""Names one large buffer many times in one answer: the judge would copy it each time."""

from frames import blast, result

HONEST = 0


def total(x):
    size = 40 << 20
    blast(result(0, ["list", [["bytes", 0]] * 60], [size], bytes(size)))
