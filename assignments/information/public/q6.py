"""Arithmetic coding, driven by a model."""

import math

from autograder.checks import assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q6"
points = 8
hints = [
    "Begin with exact numbers: counts = floor(p · 2**40), plus 1 wherever p is above 0; `edges` = "
    "0 and their running sum, as Python integers. With N = edges[-1], low and width become "
    "low · N + width · edges[s] and width · counts[s], and the scale is multiplied by N.",
    "At the end look for the fewest digits: smallest k and integer v with low ≤ v · scale / 2**k < "
    "low + width. Then v in binary, with k digits. The decoder reads its number back and looks in "
    "which part it lies, symbol by symbol.",
    "For texts of any length: keep low and width below 2**62; while the interval lies in one half, "
    "write its digit (and the opposite one as often as it is owed), subtract the start of the "
    "half, and double; in the middle half, subtract a quarter, double, and owe one more. At the "
    "end two digits say which quarter lies inside.",
]


def there_and_back(arithmetic_encode, arithmetic_decode, symbols, rows):
    """Encode and decode with a model that gives `rows[i]` to symbol i, the last row for ever."""
    import numpy as np

    def model(past):
        return np.array(rows[min(len(past), len(rows) - 1)])

    bits = arithmetic_encode(symbols, model)
    return bits, arithmetic_decode(bits, len(symbols), model)


def judge(bits, back, symbols, rows):
    """Fail unless the text came back, from bits that are no more than 2 above the surprise."""
    expect(isinstance(bits, str) and set(bits) <= {"0", "1"}, "a string of 0 and 1 is expected")
    assert_equal(back, symbols, what="what was decoded")
    given = [rows[min(i, len(rows) - 1)][s] for i, s in enumerate(symbols)]
    surprise = -math.fsum(math.log2(p) for p in given)
    limit = surprise + 2.01  # 0.01 for the rounding of probabilities
    expect(len(bits) <= limit, f"{len(bits)} bits for a surprise of {surprise:.2f}")


@test_case(
    name="aba, by hand",
    points=2,
    failure_message="The text has the probability 1/16: 6 bits at most, and back again.",
)
def test_aba(student):
    for symbols in ([0, 1, 0], [2, 2, 2], [1]):
        rows = [[0.5, 0.25, 0.25]]
        bits, back = student(there_and_back, symbols=symbols, rows=rows)
        judge(bits, back, symbols, rows)


@test_case(
    name="nearly sure",
    points=2,
    failure_message="300 symbols, all but three of probability 0.99: about 24 bits, where one word "
    "each takes 300. Floats are too coarse after fifty symbols.",
)
def test_nearly_sure(student):
    symbols, rows = [0] * 300, [[0.99, 0.01]]
    for i in (17, 120, 240):
        symbols[i] = 1
    bits, back = student(there_and_back, symbols=symbols, rows=rows)
    judge(bits, back, symbols, rows)


@test_case(
    name="nothing to say",
    points=1,
    failure_message="What is certain costs nothing, and neither does an empty text: two bits at "
    "most.",
)
def test_certain(student):
    for symbols, rows in (([], [[0.5, 0.5]]), ([1] * 50, [[0.0, 1.0]])):
        bits, back = student(there_and_back, symbols=symbols, rows=rows)
        judge(bits, back, symbols, rows)


@test_case(
    name="a model that remembers",
    points=2,
    failure_message="The model gets all symbols before, in encoding and in decoding, and says "
    "something else each time.",
)
def test_memory(student):
    def probe(arithmetic_encode, arithmetic_decode, symbols):
        import numpy as np

        def model(past):
            counts = np.ones(4)  # how often each symbol came, and one more
            for symbol in past:
                counts[symbol] += 1
            return counts / counts.sum()

        bits = arithmetic_encode(symbols, model)
        return bits, arithmetic_decode(bits, len(symbols), model)

    symbols = [0, 1, 0, 2, 0, 3, 0, 1, 0, 2, 0] * 8
    counts, rows = [1, 1, 1, 1], []
    for symbol in symbols:
        rows.append([c / sum(counts) for c in counts])
        counts[symbol] += 1
    bits, back = student(probe, symbols=symbols)
    judge(bits, back, symbols, rows)


@test_case(
    name="what cannot be said",
    points=1,
    failure_message="ValueError for a symbol of probability 0, and for a number that is no symbol.",
)
def test_errors(student):
    def probe(arithmetic_encode, symbols):
        import numpy as np

        return arithmetic_encode(symbols, lambda past: np.array([0.5, 0.5, 0.0]))

    def attempt(symbols):
        return student(probe, symbols=symbols)

    for symbols in ([0, 2, 1], [0, 3], [-1]):
        assert_raises(ValueError, attempt, symbols, mentions="symbols")
