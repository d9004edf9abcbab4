"""A word of bits for each symbol: the best code, for all weights and symbols."""

import heapq
import math
from itertools import pairwise

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q5 (hidden)"
points = 8


def least(weights):
    """Bits of a best code, times the sum of the weights: what all ties weigh together."""
    heap, total = list(weights), 0
    heapq.heapify(heap)
    while len(heap) > 1:
        tie = heapq.heappop(heap) + heapq.heappop(heap)
        total += tie
        heapq.heappush(heap, tie)
    return total


def judge(code, weights):
    """Fail unless the code is free of prefixes and as short as can be."""
    expect(isinstance(code, dict) and code.keys() == weights.keys(), "a word for each symbol")
    words = sorted(code.values())
    proper = all(isinstance(word, str) and word and set(word) <= {"0", "1"} for word in words)
    expect(proper, "words are strings of 0 and 1")
    clash = any(b.startswith(a) for a, b in pairwise(words))
    expect(not clash, "some word is the beginning of another")
    got = math.fsum(w * len(code[s]) for s, w in weights.items())
    assert_close(got, least(weights.values()), rtol=1e-9, what="weighted sum of the lengths")


@test_case(
    name="the shortest of all",
    points=2,
    hidden=True,
    failure_message="Always the two lightest, also when one of them was tied together before.",
)
def test_best(huffman_code):
    rng = np.random.default_rng(51)
    for size in (2, 3, 8, 60):
        weights = {f"s{i}": int(w) for i, w in enumerate(rng.integers(1, 40, size))}
        judge(huffman_code(weights), weights)
        weights = {f"s{i}": float(w) for i, w in enumerate(rng.dirichlet(np.ones(size)))}
        judge(huffman_code(weights), weights)
    fibonacci = [1, 1]
    while len(fibonacci) < 30:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    weights = dict(enumerate(fibonacci))
    judge(huffman_code(weights), weights)


@test_case(
    name="symbols that cannot be compared",
    points=1,
    hidden=True,
    failure_message="Symbols are numbers, strings, tuples, in one dict, of equal weights. They are "
    "keys, and nothing else.",
)
def test_symbols(huffman_code):
    weights = {"a": 1, 7: 1, ("b", 2): 1, None: 1, 1.5: 1, "": 1}
    judge(huffman_code(weights), weights)


@test_case(
    name="weights of 0, and a single symbol",
    points=1,
    hidden=True,
    failure_message="A symbol that was never seen has a word too, and costs nothing. A single "
    "symbol has one bit. What is passed in stays as it was.",
)
def test_zero(student):
    def probe(huffman_code, weights):
        return huffman_code(weights), weights

    def counted(huffman_code, text):
        from collections import Counter

        return huffman_code(Counter(text))

    judge(student(counted, text="abracadabra"), {"a": 5, "b": 2, "r": 2, "c": 1, "d": 1})
    judge(student(probe, weights={"a": 0, "b": 0, "c": 0})[0], {"a": 0, "b": 0, "c": 0})

    for weights in ({"a": 0, "b": 1}, {"a": 3, "b": 0, "c": 1, "d": 0, "e": 2}, {"one": 2.5}):
        code, left = student(probe, weights=weights)
        assert_equal(left, weights, what="weights after the call")
        if len(weights) == 1:
            expect(code in ({"one": "0"}, {"one": "1"}), "a single symbol has one bit")
        else:
            judge(code, weights)


@test_case(
    name="the average length",
    points=1,
    hidden=True,
    failure_message="Divided by the sum of the weights. The code may have more symbols; but each "
    "symbol of the weights needs a word.",
)
def test_average(average_length, student):
    def after(average_length, weights, code):
        return (weights, code) if average_length(weights, code) else None

    code = {"a": "0", "b": "10", "c": "110", "d": "1110", 5: "1111"}
    rng = np.random.default_rng(52)
    counts = dict(zip(code, rng.integers(1, 90, 5).tolist()))
    want = sum(n * len(code[s]) for s, n in counts.items()) / sum(counts.values())
    assert_close(average_length(counts, code), want)
    assert_close(average_length({"c": 0.2, 5: 0.3}, code), 3.6)
    assert_close(average_length({"c": 2, "a": 0}, code), 3.0)
    left = student(after, weights={"c": 2, "a": 6}, code=code)
    assert_equal(left, ({"c": 2, "a": 6}, code), what="weights and code after the call")
    assert_raises(ValueError, average_length, {"a": 1.0, "x": 0.5}, code)
    assert_raises(ValueError, average_length, {"a": 1.0, "x": 0}, code)
    assert_raises(ValueError, average_length, {"a": 0, "b": 0}, code)
    assert_raises(ValueError, average_length, {}, code)


@test_case(
    name="there and back, with any symbols",
    points=1.5,
    hidden=True,
    failure_message="What went in comes out: a list of the very symbols, in order.",
)
def test_there_and_back(encode, decode, student):
    def after(encode, decode, symbols, code):
        decode(encode(symbols, code), code)
        return symbols, code

    code = {"tea": "00", 3: "01", ("a", 1): "100", "t": "101", None: "11"}
    rng = np.random.default_rng(53)
    symbols = [list(code)[i] for i in rng.integers(0, 5, 300)]
    bits = "".join(code[s] for s in symbols)
    assert_equal(encode(symbols, code), bits)
    assert_equal(decode(bits, code), symbols)
    assert_equal(encode(("tea", 3), code), "0001")
    left = student(after, symbols=["tea", 3], code=code)
    assert_equal(left, (["tea", 3], code), what="symbols and code after the calls")


@test_case(
    name="arguments that cannot be used",
    points=1.5,
    hidden=True,
    failure_message="ValueError for weights that are negative or no finite numbers, for symbols "
    "without a word, and for bits that are not made of words, at the end or before.",
)
def test_errors(huffman_code, encode, decode):
    for bad in (
        {},
        {"a": 1.0, "b": np.nan},
        {"a": np.inf, "b": 1.0},
        {"a": -0.1},
        {"a": 2, "b": -1},
    ):
        assert_raises(ValueError, huffman_code, bad, mentions="weights")
    code = {"a": "00", "b": "01", "c": "1"}
    assert_raises(ValueError, encode, ["a", "q"], code)
    for bits in ("0", "0010", "000"):
        assert_raises(ValueError, decode, bits, code, mentions="bits")
    gaps = {"a": "00", "b": "01"}
    for bits in ("10", "0010", "1", "0x"):
        assert_raises(ValueError, decode, bits, gaps, mentions="bits")
    assert_array(len(decode("0001" * 40, gaps)), 80, what="number of symbols")
