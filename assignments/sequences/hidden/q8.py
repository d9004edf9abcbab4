"""How far from right? Against other roads to the same numbers, and at the edges."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from autograder.checks import (
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q8 (hidden)"
points = 5


def distance(a, b):
    """Along diagonals: how far does one get with 0, 1, 2, … edits?"""
    m, n = len(a), len(b)

    def slide(i, j):
        while i < m and j < n and a[i] == b[j]:
            i, j = i + 1, j + 1
        return i

    reach, edits = {0: slide(0, 0)}, 0
    while reach.get(n - m, -1) < m:
        edits += 1
        further = {}
        for k in range(-edits, edits + 1):
            ways = (reach.get(k, -9) + 1, reach.get(k - 1, -9), reach.get(k + 1, -9) + 1)
            i = min(max(ways), m, n - k)
            if i >= max(0, -k):
                further[k] = slide(i, i + k)
        reach = further
    return edits


def pairs_of_words(seed, n):
    rng = np.random.default_rng(seed)
    for _ in range(n):
        yield tuple("".join(rng.choice(list("abc"), rng.integers(0, 9)).tolist()) for _ in range(2))


@test_case(
    name="edit_distance",
    points=1,
    hidden=True,
    failure_message="Strings, lists and tuples of anything hashable, each to each; nothing against "
    "something; sequences of a thousand items (no recursion).",
)
def test_distance(edit_distance):
    for a, b in pairs_of_words(81, 40):
        assert_equal(edit_distance(a, b), distance(a, b), what="distance")
    mixed = [1, "a", (2, 3), 1, None], (1, (2, 3), "a", 1)
    assert_equal(edit_distance(*mixed), distance(*mixed), what="distance of mixed items")
    assert_equal(edit_distance([1, 2], [1.0, True]), 1, what="distance; 1 and 1.0 are equal")
    expect(type(edit_distance("ab", "c")) is int, "the distance is an int")
    assert_equal(edit_distance("ab" * 600, "ba"), 1198, what="distance of a long one")
    assert_equal(edit_distance("x", "y" * 1200), 1200, what="distance of a long one")
    rng = np.random.default_rng(82)
    a, b = (rng.integers(0, 4, n).tolist() for n in (120, 90))
    assert_equal(edit_distance(a, b), distance(a, b), what="distance of two long ones")


@test_case(
    name="align",
    points=1,
    hidden=True,
    failure_message="Both sequences in order, every pair with at least one item, and as many edits "
    "as the distance. Any of several best ones is right.",
)
def test_align(align, student):
    def kept(align, a, b):
        return (a, b) if align(a, b) else None

    left = student(kept, a=["a", "b", "c"], b=["b", "d"])
    assert_equal(left, (["a", "b", "c"], ["b", "d"]), what="a and b after the call")
    cases = [
        *pairs_of_words(83, 30),
        ("", ""),
        ([1, 2, (3,)], ((3,), 2, 1)),
        (["a", "b"], ("a", "b")),
    ]
    for a, b in [*cases, ("abc" * 30, "cab" * 25)]:
        pairs = align(a, b)
        expect(isinstance(pairs, list), "align returns a list")
        whole = all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs)
        expect(whole, "align returns pairs, as tuples")
        left, right = ([pair[k] for pair in pairs if pair[k] is not None] for k in (0, 1))
        expect(left == list(a), "the first items are not those of a in order")
        expect(right == list(b), "the second items are not those of b in order")
        expect((None, None) not in pairs, "a pair has no item")
        edits = sum(first != second for first, second in pairs)
        assert_equal(edits, distance(a, b), what="number of edits")
    pairs = align("a" * 1100, "a")  # no recursion
    assert_equal(sum(x != y for x, y in pairs), 1099, what="number of edits of a long one")


def grams(tokens, n):
    return Counter(tuple(tokens[i:][:n]) for i in range(len(tokens) - n + 1))


def expected_bleu(candidates, references, longest):
    p, c, r = [], 0, 0
    for n in range(1, longest + 1):
        hits = all_of_them = 0
        for said, group in zip(candidates, references, strict=True):
            for gram, count in grams(said, n).items():
                hits += min(count, max(grams(wanted, n)[gram] for wanted in group))
                all_of_them += count
        p.append(hits / all_of_them if all_of_them else 0.0)
    for said, group in zip(candidates, references, strict=True):
        c += len(said)
        r += sorted((abs(len(wanted) - len(said)), len(wanted)) for wanted in group)[0][1]
    if 0 in p:
        return 0.0
    return float(min(1.0, np.exp(1 - r / c)) * np.prod(p) ** (1 / longest))


def corpus(seed, n):
    rng = np.random.default_rng(seed)

    def sentence(low=4, high=12):
        return rng.choice(list("abc"), rng.integers(low, high)).tolist()

    return [sentence() for _ in range(n)], [
        [sentence() for _ in range(rng.integers(1, 4))] for _ in range(n)
    ]


@test_case(
    name="bleu",
    points=1,
    hidden=True,
    failure_message="A corpus with several references each: clipped counts and lengths are added "
    "over all candidates before anything is divided; the nearest length, the shorter if two are.",
)
def test_bleu(bleu, student):
    for seed in range(84, 94):
        said, wanted = corpus(seed, 1 + seed % 4)
        for longest in (1, 2, 3):
            assert_close(bleu(said, wanted, longest), expected_bleu(said, wanted, longest))
    said, wanted = corpus(94, 20)

    def after(bleu, candidates, references):
        return (candidates, references) if bleu(candidates, references, 2) >= 0 else None

    left = student(after, candidates=said, references=wanted)
    assert_equal(left, (said, wanted), what="candidates and references after the call")
    assert_close(bleu(said, wanted), expected_bleu(said, wanted, 4), what="BLEU with four")
    expect(bleu(said, wanted) > 0, "this test's corpus has runs of four in common")
    tie = [["a", "b", "c"]], [["a b".split(), "a b c d".split()]]
    assert_close(bleu(*tie, 2), 1.0, what="BLEU, two references equally near")
    closest = [["a", "b", "c"]], [["a b c d".split(), ["a"]]]
    assert_close(bleu(*closest, 1), np.exp(1 - 4 / 3), what="BLEU, one nearer")
    other = [["a", "a", "b", "b"]], [["a a x y".split(), "b b x y".split()]]
    assert_close(bleu(*other, 1), 1.0, what="BLEU, each reference for its own")


@test_case(
    name="bleu: nothing in common, bad arguments",
    points=1,
    hidden=True,
    failure_message="0 where some n has no match, or no n-grams at all, and for an empty "
    "candidate. ValueError: no candidates, a candidate without reference, lists of two lengths, "
    "max_n below 1.",
)
def test_bleu_edges(bleu):
    for said, wanted, longest in (
        ([["a", "b"]], [[["b", "a"]]], 2),
        ([["a", "b", "c"]], [[["a", "b", "c"]]], 4),
        ([[]], [[["a"]]], 1),
        ([["a"]], [[[]]], 1),
        ([["a", "a"], []], [[["b"]], [["c"]]], 1),
    ):
        assert_close(bleu(said, wanted, longest), 0.0, what="BLEU")
    got = bleu([["a", "b"], []], [[["a", "b"]], [["c", "d"]]], 2)
    assert_close(got, np.exp(1 - 4 / 2), what="BLEU, one candidate empty")
    mixed = bleu([[1, (2,)]], [[[1, (2,)]]], 2)
    assert_close(mixed, 1.0, what="BLEU of tokens that are no strings")
    for said, wanted in (([], []), ([["a"]], []), ([["a"]], [[]]), ([["a"], ["b"]], [[["a"]]])):
        assert_raises(ValueError, bleu, said, wanted, 1)
    for longest in (0, -1):
        assert_raises(ValueError, bleu, [["a"]], [[["a"]]], longest, mentions="max_n")


def common(a, b):
    """Length of the longest common subsequence: insertions and deletions only."""
    row = np.zeros(len(b) + 1, dtype=int)
    for x in a:
        match = np.array([y == x for y in b], dtype=int)
        row[1:] = np.maximum.accumulate(np.maximum(row[1:], row[:-1] + match))
    return int(row[-1])


@test_case(
    name="rouge_l",
    points=1,
    hidden=True,
    failure_message="The longest common subsequence by any road; precision by the candidate's "
    "length, recall by the reference's; beta as in the formula; zeros if nothing is common.",
)
def test_rouge(rouge_l):
    for a, b in pairs_of_words(95, 30):
        length = common(a, b)
        for beta in (None, 0.5, 3.0, 0.01):
            got = rouge_l(list(a), list(b)) if beta is None else rouge_l(a, b, beta)
            expect(isinstance(got, Sequence) and len(got) == 3, "not three numbers")
            expected = [0.0, 0.0, 0.0]
            if length:
                p, r, square = length / len(a), length / len(b), (beta or 1.0) ** 2
                expected = [p, r, (1 + square) * p * r / (r + square * p)]
            for value, right, what in zip(got, expected, ("precision", "recall", "f"), strict=True):
                assert_close(value, right, what=what)
    for a, b in (([], []), ("", "ab"), (["ab"], [])):
        assert_equal(tuple(map(float, rouge_l(a, b))), (0.0,) * 3, what="nothing at all")
    precision, recall, _ = rouge_l(["a", "b"], "acb")
    assert_close(precision, 1.0, what="precision of a list against a string")
    assert_close(recall, 2 / 3, what="recall of a list against a string")
    precision, recall, _ = rouge_l("ab" * 600, "b")
    assert_close(precision, 1 / 1200, what="precision of a long one")
    assert_close(recall, 1.0, what="recall of a long one")
