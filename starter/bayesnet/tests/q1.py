"""Factors: tables whose axes have names."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 7
hints = [
    "Keep three things: a tuple of names, a tuple of sizes, and a float array of shape `cards`. "
    "The axis of a variable is its place in the tuple of names.",
    "For a product, first write down the variables of the result. Then bring each table into that "
    "order (`transpose`), with an axis of length 1 (`None` in an index) where it lacks a variable: "
    "NumPy's broadcasting does the rest.",
    "reduce: build an index with a number for each fixed variable and `slice(None)` for the "
    "others, `values[tuple(index)]`. marginalize: `values.sum(axis=…)`. normalize: divide by the "
    "sum, after looking whether it is 0.",
]


def made(Factor, variables, cards, values):
    f = Factor(variables, cards, values)
    return list(f.variables), list(f.cards), f.values


def multiplied(Factor, first, second):
    f = Factor(*first).product(Factor(*second))
    return list(f.variables), list(f.cards), f.values


@test_case(
    name="a table given flat",
    points=1,
    failure_message="Flat values are in C order: the last variable runs fastest (np.reshape).",
)
def test_flat(student):
    variables, cards, values = student(
        made, variables=["topic", "word"], cards=[2, 3], values=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    )
    assert_equal(variables, ["topic", "word"], what="variables")
    assert_equal(cards, [2, 3], what="cards")
    assert_array(values, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], what="values")


@test_case(
    name="product: the handout's example",
    points=1,
    failure_message="The result has the axes (N, C), so the second table is transposed first.",
)
def test_product(student):
    variables, cards, values = student(
        multiplied,
        first=(["N"], [2], [0.9, 0.1]),
        second=(["C", "N"], [2, 2], [[0.9, 0.1], [0.1, 0.9]]),
    )
    assert_equal(variables, ["N", "C"], what="variables of the product")
    assert_equal(cards, [2, 2], what="cards of the product")
    assert_array(values, [[0.81, 0.09], [0.01, 0.09]], what="values of the product")


@test_case(
    name="marginalize sums one axis out",
    points=1,
    failure_message="Find the axis by the variable's name; names and sizes lose that entry too.",
)
def test_marginalize(student):
    def probe(Factor, values):
        f = Factor(["a", "b"], [2, 3], values)
        by_a, by_b = f.marginalize("a"), f.marginalize("b")
        return list(by_a.variables), by_a.values, list(by_b.variables), by_b.values

    names_b, b, names_a, a = student(probe, values=np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    assert_equal(names_b, ["b"], what="variables after summing out a")
    assert_array(b, [5.0, 7.0, 9.0], what="values after summing out a")
    assert_equal(names_a, ["a"], what="variables after summing out b")
    assert_array(a, [6.0, 15.0], what="values after summing out b")


@test_case(
    name="reduce slices, it does not sum",
    points=1,
    failure_message="Only the entries that agree with the evidence stay, and their axis goes. A "
    "name that the factor does not have is ignored.",
)
def test_reduce(student):
    def probe(Factor, values, evidence):
        f = Factor(["a", "b"], [2, 3], values).reduce(evidence)
        return list(f.variables), f.values

    values = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    names, kept = student(probe, values=values, evidence={"b": 2, "z": 7})
    assert_equal(names, ["a"], what="variables")
    assert_array(kept, [3.0, 6.0], what="values")


@test_case(
    name="normalize, if there is anything to normalize",
    points=1,
    failure_message="Divide by the sum of all values. If it is 0 raise ValueError.",
)
def test_normalize(student):
    def probe(Factor, values):
        return Factor(["a"], [len(values)], values).normalize().values

    assert_array(student(probe, values=[1.0, 3.0]), [0.25, 0.75])
    assert_raises(ValueError, student, probe, values=[0.0, 0.0])


@test_case(
    name="product: nothing in common",
    points=1,
    failure_message="Then every entry meets every entry: the result has the axes of both.",
)
def test_disjoint(student):
    first, second = (["a"], [2], [1.0, 10.0]), (["b"], [3], [1.0, 2.0, 3.0])
    variables, cards, values = student(multiplied, first=first, second=second)
    assert_equal((variables, cards), (["a", "b"], [2, 3]), what="variables and cards")
    assert_array(values, [[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]], what="values")


@test_case(
    name="a factor stays as it is",
    points=1,
    failure_message="Each method returns a new factor and leaves the old one alone.",
)
def test_unchanged(student):
    def probe(Factor, values):
        f = Factor(["a", "b"], [2, 2], values)
        f.product(f), f.marginalize("a"), f.reduce({"b": 1}), f.normalize()
        return list(f.variables), f.values

    variables, values = student(probe, values=[[1.0, 2.0], [3.0, 4.0]])
    assert_equal(variables, ["a", "b"], what="variables after the calls")
    assert_array(values, [[1.0, 2.0], [3.0, 4.0]], what="values after the calls")
