"""Arithmetic coding with models that change, with rare symbols, and in the middle of the scale."""

import math

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q6 (hidden)"
points = 8


def there_and_back(arithmetic_encode, arithmetic_decode, symbols, rows):
    def model(past):
        return rows[len(past) % len(rows)].copy()

    n, written = len(symbols), arithmetic_encode(symbols, model)
    return written, arithmetic_decode(written, n, model)


def judge(student, symbols, rows):
    bits, back = student(there_and_back, symbols=symbols, rows=rows)
    expect(isinstance(bits, str) and set(bits) <= {"0", "1"}, "a string of 0 and 1 is expected")
    assert_equal(back, symbols, what="what was decoded")
    given = [rows[i % len(rows), s] for i, s in enumerate(symbols)]
    surprise = -math.fsum(math.log2(p) for p in given)
    expect(len(bits) <= surprise + 2.01, "more than 2 bits above the model's surprise")


@test_case(
    name="models that change",
    points=2,
    hidden=True,
    failure_message="Each symbol has a distribution of its own, some of them nearly certain, some "
    "with symbols that cannot come. What went in comes out, at 2 bits more than the surprise.",
)
def test_changing(student):
    rng = np.random.default_rng(61)
    for size, n, peak in ((2, 60, 1.0), (5, 200, 0.1), (40, 120, 0.05), (300, 30, 1.0)):
        rows = rng.dirichlet(np.full(size, peak), size=n)
        rows[rows < 1e-8] = 0
        rows /= rows.sum(axis=1, keepdims=True)
        judge(student, [int(rng.choice(size, p=row)) for row in rows], rows)


@test_case(
    name="rare symbols",
    points=1.5,
    hidden=True,
    failure_message="A symbol of probability 1e-9 is possible, and takes 30 bits. Its place among "
    "the others must not be lost by rounding, and must not be too large either.",
)
def test_rare(student):
    rare = 1e-9
    rows = np.array([[rare, 1 - 3 * rare, rare, rare]])
    for symbols in ([0] * 12, [1] * 200 + [3, 2, 0] + [1] * 50, [3, 3, 2, 1, 1]):
        judge(student, symbols, rows)
    many = np.full((1, 300), 10 * rare)
    many[0, 0] = 1 - 299 * 10 * rare
    judge(student, [0] * 400, many)


@test_case(
    name="in the middle for ever",
    points=1.5,
    hidden=True,
    failure_message="An interval around 1/2 has no first digit yet, and may have none for hundreds "
    "of symbols. Then one symbol decides, and all digits that were owed come at once.",
)
def test_middle(student):
    rows = np.array([[0.25, 0.5, 0.25]])
    for end in (0, 1, 2):
        judge(student, [1] * 150 + [end], rows)
    rows = np.array([[0.005, 0.245, 0.5, 0.25]])
    for n in (22, 24, 26, 28, 30, 52, 54, 56, 58, 60):
        judge(student, [2] * n + [0, 1, 0, 3], rows)
    judge(student, [1] * 80, np.array([[1.0, 1.0, 1.0]]) / 3)
    judge(student, [0, 1] * 70, np.array([[0.5, 0.5]]))


@test_case(
    name="what the model is asked",
    points=1.5,
    hidden=True,
    failure_message="Once for each symbol, in order, with the list of all symbols before it, when "
    "encoding and when decoding. What is passed in stays as it was.",
)
def test_asked(student):
    def probe(arithmetic_encode, arithmetic_decode, symbols):
        import numpy as np

        asked = []

        def model(past):
            asked.append(list(past))
            return np.array([0.6, 0.3, 0.1])

        written = arithmetic_encode(symbols, model)
        first, asked = asked, []
        arithmetic_decode(written, 7, model)
        return first, asked, symbols

    def kept(arithmetic_encode, arithmetic_decode, symbols):
        import numpy as np

        row, kinds = np.array([0.6, 0.3, 0.1]), set()

        def model(past):
            kinds.add(type(past).__name__)
            return row  # its own array, again and again

        written = arithmetic_encode(symbols, model)
        back = arithmetic_decode(written, len(symbols), model)
        return row, kinds, back, type(back).__name__

    for symbols in ((0, 2, 1), np.array([1, 1, 0, 2])):
        row, kinds, back, kind = student(kept, symbols=symbols)
        assert_array(row, np.array([0.6, 0.3, 0.1]), what="the model's own array")
        assert_equal(kinds, {"list"}, what="type of the symbols before")
        assert_equal(back, [int(s) for s in symbols], what="what was decoded")
        assert_equal(kind, "list", what="type of what was decoded")
    symbols = [0, 2, 1, 0, 0, 1, 2]
    want = [symbols[:i] for i in range(len(symbols))]
    encoding, decoding, left = student(probe, symbols=symbols)
    assert_equal(encoding, want, what="what the model was asked in encoding")
    assert_equal(decoding, want, what="what the model was asked in decoding")
    assert_equal(left, symbols, what="symbols after the call")


@test_case(
    name="a longer text, and an empty one",
    points=0.5,
    hidden=True,
    failure_message="A thousand symbols: nothing may be lost on the way, in either direction.",
)
def test_long(student):
    rng = np.random.default_rng(62)
    row = np.arange(1.0, 28.0) / 378
    symbols = rng.choice(27, size=1000, p=row).tolist()
    judge(student, symbols, row[None])
    judge(student, [], row[None])
    judge(student, [0] * 50, np.ones((1, 1)))  # a single symbol never surprises


@test_case(
    name="what cannot be said",
    points=1,
    hidden=True,
    failure_message="ValueError for a symbol that the model holds for impossible where it stands, "
    "for numbers that are no symbol, and for a negative number of symbols.",
)
def test_errors(student):
    def probe(arithmetic_encode, symbols):
        import numpy as np

        def model(past):
            rows = [[0.25, 0.75, 0.0], [0.5, 0.0, 0.5], [0.0, 0.5, 0.5]]
            return np.array(rows[len(past) % 3])

        return arithmetic_encode(symbols, model)

    def attempt(symbols):
        return student(probe, symbols=symbols)

    for symbols in ([2], [1, 1], [0, 0, 0], [0, 0, 3], [1, 3], [0, -1], [-3]):
        assert_raises(ValueError, attempt, symbols, mentions="symbols")
    expect(len(attempt([1, 0, 1, 1])) <= 4, "this text can be said")

    def negative(arithmetic_decode, bits):
        return arithmetic_decode(bits, -1, lambda past: [0.5, 0.5])

    assert_raises(ValueError, lambda: student(negative, bits="01"), mentions="n")
