"""Factors on fresh tables and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 6

CARDS = {"a": 2, "b": 3, "c": 4, "d": 2, "e": 1}


def table(variables, seed):
    """Names, sizes and random values of a factor."""
    cards = [CARDS[v] for v in variables]
    return list(variables), cards, np.random.default_rng(seed).uniform(0.1, 2.0, cards)


def multiplied(Factor, first, second):
    f = Factor(*first).product(Factor(*second))
    return list(f.variables), list(f.cards), f.values


def expected_product(first, second):
    names = list(dict.fromkeys([*first[0], *second[0]]))
    axes = [[names.index(v) for v in variables] for variables, _, _ in (first, second)]
    values = np.einsum(first[2], axes[0], second[2], axes[1], list(range(len(names))))
    return names, [CARDS[v] for v in names], values


def marginalized(Factor, factor, variable):
    f = Factor(*factor).marginalize(variable)
    return list(f.variables), list(f.cards), f.values


def reduced(Factor, factor, evidence):
    f = Factor(*factor).reduce(evidence)
    return list(f.variables), list(f.cards), f.values


@test_case(
    name="products with axes in any order",
    points=1,
    hidden=True,
    failure_message="Shared variables may stand at any place and in another order in each factor; "
    "some may be in one factor only. The result has the order of self, then what is new in other.",
)
def test_product(student):
    pairs = (("abc", "cad"), ("ab", "ba"), ("cab", "b"), ("b", "dcab"), ("abcd", "dbca"))
    for seed, (left, right) in enumerate(pairs):
        first, second = table(left, seed), table(right, seed + 50)
        names, cards, values = student(multiplied, first=first, second=second)
        want_names, want_cards, want = expected_product(first, second)
        assert_equal(names, want_names, what="variables of the product")
        assert_equal(cards, want_cards, what="cards of the product")
        assert_array(values, want, what="values of the product")


@test_case(
    name="names of any kind and length",
    points=0.5,
    hidden=True,
    failure_message="Names that begin with the same letter are different names; numbers are names "
    "too, and need not be comparable with strings.",
)
def test_kinds(student):
    left, right = np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 2, 2)
    names, cards, values = student(
        multiplied,
        first=(["typo", "title"], [2, 3], left),
        second=(["title", 7, "typo"], [3, 2, 2], right),
    )
    assert_equal(names, ["typo", "title", 7], what="variables of the product")
    assert_equal(cards, [2, 3, 2], what="cards of the product")
    assert_array(values, np.einsum("ab,bca->abc", left, right), what="values of the product")


@test_case(
    name="products without a shared variable",
    points=0.5,
    hidden=True,
    failure_message="Then every entry meets every entry. A factor may also have no variables, or "
    "a variable with a single state.",
)
def test_disjoint(student):
    number = ([], [], np.array(2.5))
    cases = (table("ab", 1), table("cd", 2)), (number, table("bc", 3)), (table("ca", 4), number)
    for first, second in (*cases, (table("ae", 5), table("be", 6))):
        names, cards, values = student(multiplied, first=first, second=second)
        want_names, want_cards, want = expected_product(first, second)
        assert_equal(names, want_names, what="variables of the product")
        assert_equal(cards, want_cards, what="cards of the product")
        assert_array(values, want, what="values of the product")


@test_case(
    name="sizes that contradict each other",
    points=1,
    hidden=True,
    failure_message="One name with two numbers of states is a ValueError, also where broadcasting "
    "would not notice (1 and 3); so are values that do not fill the table, a variable named twice, "
    "and sizes that are not one for each name.",
)
def test_conflict(student):
    def probe(Factor, variables, cards, values):
        return Factor(variables, cards, values).values

    for first, second in (
        ((["a"], [2], [1.0, 2.0]), (["a"], [3], [1.0, 2.0, 3.0])),
        ((["a", "b"], [2, 1], [1.0, 2.0]), (["b"], [3], [1.0, 2.0, 3.0])),
        ((["b"], [3], [1.0, 2.0, 3.0]), (["c", "b"], [2, 1], [1.0, 2.0])),
    ):
        assert_raises(ValueError, student, multiplied, first=first, second=second)
    for values in (np.ones(5), np.ones(7), np.ones((2, 4))):
        assert_raises(ValueError, student, probe, variables=["a", "b"], cards=[2, 3], values=values)
    for variables, cards in ((["a", "a"], [2, 2]), (["a", "b"], [4]), (["a"], [2, 2])):
        assert_raises(
            ValueError, student, probe, variables=variables, cards=cards, values=[1.0] * 4
        )


@test_case(
    name="marginalize",
    points=0.5,
    hidden=True,
    failure_message="Any axis, the last variable too (what remains is a single number); an unknown "
    "variable is a ValueError.",
)
def test_marginalize(student):
    factor = table("cab", 7)
    for axis, variable in enumerate("cab"):
        names, cards, values = student(marginalized, factor=factor, variable=variable)
        rest = [v for v in "cab" if v != variable]
        assert_equal(names, rest, what="variables")
        assert_equal(cards, [CARDS[v] for v in rest], what="cards")
        assert_array(values, factor[2].sum(axis=axis), what="values")
    names, _, values = student(marginalized, factor=table("b", 8), variable="b")
    assert_equal(names, [], what="variables")
    assert_array(values, table("b", 8)[2].sum(), what="values")
    assert_raises(ValueError, student, marginalized, factor=factor, variable="z")


@test_case(
    name="reduce",
    points=1,
    hidden=True,
    failure_message="One, several or all variables fixed, in any order; the fixed axes go. An "
    "index that is too large or negative is a ValueError. The result is a factor like others, "
    "which can be multiplied and summed.",
)
def test_reduce(student):
    factor = table("cab", 9)
    for evidence, rest, index in (
        ({"a": 1}, "cb", np.s_[:, 1]),
        ({"b": 0, "c": 3, "x": 9}, "a", np.s_[3, :, 0]),
        ({"a": 0, "b": 2, "c": 1}, "", np.s_[1, 0, 2]),
        ({}, "cab", np.s_[:]),
    ):
        names, cards, values = student(reduced, factor=factor, evidence=evidence)
        assert_equal(names, list(rest), what="variables")
        assert_equal(cards, [CARDS[v] for v in rest], what="cards")
        assert_array(values, factor[2][index], what="values")
    for evidence in ({"a": 2}, {"b": -1}):
        assert_raises(ValueError, student, reduced, factor=factor, evidence=evidence)

    def chained(Factor, first, second, evidence):
        f = Factor(*first).reduce(evidence).product(Factor(*second))
        f = Factor(*second).product(f.marginalize("c").normalize().reduce({"d": 1}))
        return list(f.variables), list(f.cards), f.values

    other = table("bd", 11)
    names, cards, values = student(chained, first=factor, second=other, evidence={"a": 1})
    message = factor[2][:, 1].sum(axis=0)[:, None] * other[2]  # (b, d)
    message /= message.sum()
    assert_equal(names, ["b", "d"], what="variables after several operations")
    assert_equal(cards, [3, 2], what="cards after several operations")
    assert_array(values, other[2] * message[:, 1:], what="values after several operations")


@test_case(
    name="normalize",
    points=0.5,
    hidden=True,
    failure_message="The whole table sums to 1, not each row. A table of zeros is a ValueError.",
)
def test_normalize(student):
    def probe(Factor, factor):
        f = Factor(*factor).normalize()
        return list(f.variables), f.values

    for variables in ("abc", "d"):
        factor = table(variables, 10)
        names, values = student(probe, factor=factor)
        assert_equal(names, list(variables), what="variables")
        assert_array(values, factor[2] / factor[2].sum(), what="values")
    tiny = (["a"], [2], np.array([1e-300, 3e-300]))
    assert_array(student(probe, factor=tiny)[1], [0.25, 0.75], what="values of a tiny table")
    assert_raises(ValueError, student, probe, factor=(["a", "b"], [2, 3], np.zeros((2, 3))))


@test_case(
    name="methods return new factors",
    points=1,
    hidden=True,
    failure_message="Operands stay as they were, also if a result is changed later, and so do the "
    "arrays and dicts that came from outside. Integers in a table are numbers like others.",
)
def test_new(student):
    def probe(Factor, values, evidence):
        f, g = Factor(["a", "b"], [2, 3], values), Factor(["b", "a"], [3, 2], list(range(6)))
        before = f.values.copy(), g.values.copy()
        results = [
            f.product(g),
            g.product(f),
            f.marginalize("a"),
            f.reduce(evidence),
            g.normalize(),
        ]
        after = f.values, g.values
        shapes = list(f.variables), list(f.cards), list(g.variables), list(g.cards)
        return before, after, shapes, results[-1].values, values, evidence

    def written_into(Factor, values):
        f = Factor(["a", "b"], [2, 3], values)
        for result in (
            f.reduce({}),
            f.reduce({"a": 1}),
            f.normalize(),
            f.product(Factor([], [], 1)),
        ):
            result.values[...] = 7.0
        return f.values

    sums_to_one = np.arange(6.0).reshape(2, 3) / 15  # nothing to be done by normalize
    after = student(written_into, values=sums_to_one)
    assert_array(after, sums_to_one, what="values after results were written into")

    def stored(Factor, values):
        return Factor(("a", "b"), (2, 3), values).values

    for given in (np.arange(6, dtype=np.int32), ((0, 1, 2), (3, 4, 5)), np.arange(6, dtype="f4")):
        want = np.arange(6.0).reshape(2, 3)
        assert_array(student(stored, values=given), want, dtype=np.float64, what="values")

    values = np.arange(1.0, 7.0).reshape(2, 3)
    before, after, shapes, normalized, same, evidence = student(
        probe, values=values.copy(), evidence={"b": 1, "q": 0}
    )
    for old, new in zip(before, after, strict=True):
        assert_array(new, old, what="values of an operand after the calls")
    assert_equal(shapes, (["a", "b"], [2, 3], ["b", "a"], [3, 2]), what="names and sizes after")
    assert_array(normalized, np.arange(6.0).reshape(3, 2) / 15, what="normalized integers")
    assert_array(same, values, what="input values after the calls")
    expect(evidence == {"b": 1, "q": 0}, "the evidence was modified")
