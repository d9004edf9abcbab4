"""Sends a generator whose position lies far outside its table."""

from frames import blast, result

HONEST = 0


def total(x):
    inner = ["dict", [["key", ["array", "<u4", [624], 0]], ["pos", 10**9]]]
    state = ["dict", [["bit_generator", "MT19937"], ["state", inner]]]
    blast(result(0, ["generator", state], [2496], bytes(2496)))
