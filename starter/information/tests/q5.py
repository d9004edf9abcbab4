"""A word of bits for each symbol."""

from itertools import pairwise

from autograder.checks import assert_close, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q5"
points = 8
hints = [
    "Keep a list (or `heapq`) of groups of symbols with their weights. Take the two lightest, put "
    "a 0 before all words of the one group and a 1 before those of the other, and make one group.",
    "In a heap, entries of equal weight are compared by what comes next: put a number there that "
    "is different in each, so that symbols are never compared.",
    "decode: turn the dict round, word -> symbol. Add bit to bit until what you have is a word; at "
    "the end nothing may be left.",
]

LETTERS = {"a": 5, "b": 2, "r": 2, "c": 1, "d": 1}


def prefix_free(code):
    """Whether `code` maps symbols to strings of 0 and 1, none of which begins another."""
    words = sorted(code.values())
    proper = all(isinstance(word, str) and word and set(word) <= {"0", "1"} for word in words)
    return proper and not any(b.startswith(a) for a, b in pairwise(words))


@test_case(
    name="abracadabra",
    points=2,
    failure_message="No word may begin another, and the eleven letters take 23 bits, whichever of "
    "the best codes you found.",
)
def test_abracadabra(huffman_code):
    code = huffman_code(LETTERS)
    expect(isinstance(code, dict) and code.keys() == LETTERS.keys(), "a word for each symbol")
    expect(prefix_free(code), f"some word begins another, or is no string of 0 and 1: {code}")
    assert_equal(sum(n * len(code[s]) for s, n in LETTERS.items()), 23, what="bits in all")


@test_case(
    name="the four letters",
    points=1,
    failure_message="Words of 1, 2, 3 and 3 bits: with these probabilities the average is the "
    "entropy.",
)
def test_four(huffman_code):
    code = huffman_code({"e": 0.5, "t": 0.25, "a": 0.125, "q": 0.125})
    assert_equal({s: len(word) for s, word in code.items()}, {"e": 1, "t": 2, "a": 3, "q": 3})
    expect(prefix_free(code), f"some word begins another: {code}")


@test_case(
    name="a single symbol",
    points=1,
    failure_message="It has a word of one bit, for an empty word could not be counted.",
)
def test_single(huffman_code):
    code = huffman_code({"only": 3})
    expect(code in ({"only": "0"}, {"only": "1"}), f"one bit for the one symbol, not {code}")


@test_case(
    name="the average length",
    points=1,
    failure_message="Words weighted in proportion to the weights.",
)
def test_average(average_length):
    code = {"a": "0", "b": "10", "c": "11"}
    assert_close(average_length({"a": 2, "b": 1, "c": 1}, code), 1.5)
    assert_close(average_length({"b": 0.25, "a": 0.75}, code), 1.25)


@test_case(
    name="there and back",
    points=1.5,
    failure_message="Word after word, without anything between them.",
)
def test_there_and_back(encode, decode):
    code = {"a": "0", "b": "10", "r": "110", "!": "111"}
    assert_equal(encode("bar!", code), "100110111")
    assert_equal(decode("100110111", code), ["b", "a", "r", "!"])
    assert_equal(encode("", code), "")
    assert_equal(decode("", code), [])


@test_case(
    name="arguments that cannot be used",
    points=1.5,
    failure_message="ValueError for a code of no symbols or of negative weights, for a symbol "
    "without a word, and for bits that end within a word.",
)
def test_errors(huffman_code, average_length, encode, decode):
    code = {"a": "0", "b": "10", "c": "11"}
    for bad in ({}, {"a": 1, "b": -1}):
        assert_raises(ValueError, huffman_code, bad, mentions="weights")
    assert_raises(ValueError, average_length, {"a": 1, "z": 1}, code)
    assert_raises(ValueError, encode, "abz", code)
    assert_raises(ValueError, decode, "0101", code, mentions="bits")
