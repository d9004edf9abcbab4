"""How far from right?"""

import numpy as np

from autograder.checks import assert_close, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8"
points = 5
hints = [
    "Fill a table of len(a) + 1 rows and len(b) + 1 columns. Row 0 is 0, 1, 2, …, column 0 too; "
    "every other number comes from its three neighbours above and to the left.",
    "`align` walks from the lower right corner: diagonally if the number is that of the diagonal "
    "neighbour plus (x != y), else up or left. Reverse the list at the end.",
    "BLEU: `Counter(zip(*(tokens[i:] for i in range(n))))` counts n-grams, `a & b` is the smaller "
    "of two counts, `a | b` the larger. Add up over the corpus before you divide.",
]


@test_case(
    name="edit_distance",
    points=1,
    failure_message="The handout's table ends in 2. Words in lists are items just as letters in "
    "strings are, and nothing is as far as the whole other one is long.",
)
def test_distance(edit_distance):
    for a, b, expected in (
        ("sea", "eat", 2),
        ("kitten", "sitting", 3),
        (["to", "be", "or", "not"], ["to", "be", "not"], 1),
        ("", "abc", 3),
        ("abc", "", 3),
        ("abc", "abc", 0),
    ):
        assert_equal(edit_distance(a, b), expected, what=f"distance of {a!r} and {b!r}")


@test_case(
    name="align",
    points=1,
    failure_message="Read from left to right, the first of each pair gives a, the second b "
    "(without None), and the pairs that are not equal are as many as the distance.",
)
def test_align(align):
    for a, b, edits in (("sea", "eat", 2), ("flaw", "lawn", 2), ("", "ab", 2), ("abc", "axc", 1)):
        pairs = align(a, b)
        expect(isinstance(pairs, list), "align returns a list of pairs")
        assert_equal([x for x, _ in pairs if x is not None], list(a), what="the first items")
        assert_equal([y for _, y in pairs if y is not None], list(b), what="the second items")
        assert_equal(sum(x != y for x, y in pairs), edits, what="number of edits")


@test_case(
    name="bleu: the handout's example",
    points=1,
    failure_message="p1 = 2/4, p2 = 1/3, no penalty. A candidate that is its reference has BLEU 1, "
    "one without any match 0.",
)
def test_bleu(bleu):
    said, wanted = "the the the cat".split(), "the cat sat".split()
    assert_close(bleu([said], [[wanted]], 2), (2 / 4 * 1 / 3) ** 0.5)
    sentence = "to be or not to be".split()
    assert_close(bleu([sentence], [[sentence]]), 1.0, what="BLEU of the reference itself")
    assert_close(bleu([["a", "b"]], [[["c", "d"]]], 1), 0.0, what="BLEU without a match")


@test_case(
    name="bleu: penalty, several references, a corpus",
    points=1,
    failure_message="Shorter than the nearest reference: exp(1 - r/c). Each n-gram counts at most "
    "as often as in one reference. Counts of a corpus are added before they are divided.",
)
def test_corpus(bleu):
    assert_close(bleu([["a", "b"]], [["a b c".split()]], 2), np.exp(1 - 3 / 2), what="penalty")
    groups = [["a a".split(), "b".split()]]
    assert_close(bleu([["a", "a", "b"]], groups, 1), 1.0, what="two references")
    # 1 of 1 and 1 of 3 words: 2 of 4
    got = bleu([["a"], ["a", "x", "y"]], [[["a"]], [["a", "b", "c"]]], 1)
    assert_close(got, 0.5, what="BLEU of a corpus")
    assert_raises(ValueError, bleu, [["a"]], [[["a"]], [["b"]]])


@test_case(
    name="rouge_l",
    points=1,
    failure_message="The longest common subsequence need not stand side by side. Precision, recall "
    "and F, in this order.",
)
def test_rouge(rouge_l):
    said, wanted = "the the the cat".split(), "the cat sat".split()
    precision, recall, f = rouge_l(said, wanted)
    for value, expected, what in ((precision, 2 / 4, "precision"), (recall, 2 / 3, "recall")):
        assert_close(value, expected, what=what)
    assert_close(f, 4 / 7, what="f")
    _, _, f = rouge_l("a x b y c".split(), "a b c".split(), beta=2.0)
    assert_close(f, 5 * 0.6 / (1 + 4 * 0.6), what="f with beta = 2")
    assert_equal([float(x) for x in rouge_l([], ["a"])], [0.0] * 3, what="nothing in common")
