"""Variable elimination and a good order for it."""

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q4"
points = 8
hints = [
    "Start from the tables with the evidence cut out. For each hidden variable: collect the tables "
    "that have it, multiply them, sum it out, put the result back in the place of all of them.",
    "Your `Factor` can do it: product, marginalize, reduce, normalize. (Faster: `np.einsum` "
    "multiplies and sums in one call.)",
    "min_fill_order: a dict variable -> set of neighbours. Fill of v: pairs of neighbours of v "
    "that are not neighbours of each other. After taking v, join its neighbours and remove v. For "
    "speed, eliminate over the ancestors of query and evidence only.",
]

YES_NO = ["no", "yes"]
CHECKER = [
    ("name", YES_NO, [], [0.9, 0.1]),
    ("typo", YES_NO, [], [0.95, 0.05]),
    ("capital", YES_NO, ["name"], [[0.9, 0.1], [0.1, 0.9]]),
    ("flagged", YES_NO, ["name", "typo"], [[[0.99, 0.01], [0.1, 0.9]], [[0.4, 0.6], [0.05, 0.95]]]),
]


def build(BayesNet, variables):
    net = BayesNet()
    for variable in variables:
        net.add(*variable)
    return net


@test_case(
    name="the same answers as by definition",
    points=2,
    failure_message="Compare with the handout's numbers of q3: 0.408 and, with a capital, 0.138.",
)
def test_answers(student, eliminate):
    net = student(build, variables=CHECKER)
    flagged = eliminate(net, "typo", {"flagged": "yes"})
    assert_array(flagged, [0.06555 / 0.1108, 0.04525 / 0.1108])
    capital = eliminate(net, "typo", {"flagged": "yes", "capital": "yes"})
    assert_array(capital, [0.052155 / 0.06048, 0.008325 / 0.06048])
    assert_array(eliminate(net, "capital", {}), [0.82, 0.18])


@test_case(
    name="the order does not change the answer",
    points=1,
    failure_message="Whatever is eliminated first, the product of all tables is the same.",
)
def test_order(student, eliminate):
    net = student(build, variables=CHECKER)
    for order in (["name", "capital"], ["capital", "name"]):
        answer = eliminate(net, "typo", {"flagged": "yes"}, order=order)
        assert_array(answer, [0.06555 / 0.1108, 0.04525 / 0.1108])


@test_case(
    name="an order that lacks a hidden variable",
    points=1,
    failure_message="Every variable that is neither query nor evidence must be in `order`.",
)
def test_lacking(student, eliminate):
    net = student(build, variables=CHECKER)
    assert_raises(ValueError, eliminate, net, "typo", {"flagged": "yes"}, order=["name"])


@test_case(
    name="min-fill on the spell checker",
    points=1,
    failure_message="At first capital and flagged have fill 0 and name has fill 2, so name cannot "
    "be the first.",
)
def test_min_fill(student, min_fill_order):
    net = student(build, variables=CHECKER)
    order = list(min_fill_order(net, "typo"))
    assert_equal(sorted(order), ["capital", "flagged", "name"], what="the variables in the order")
    expect(order[0] != "name", "name has the largest fill and should not come first")


@test_case(
    name="a chain of forty variables",
    points=1,
    failure_message="The definition would sum 2^39 terms. Eliminated from one end, each step makes "
    "a table of one variable.",
)
def test_chain(student, eliminate):
    step = [[0.9, 0.1], [0.2, 0.8]]
    chain = [("x0", YES_NO, [], [1.0, 0.0])]
    chain += [(f"x{i}", YES_NO, [f"x{i - 1}"], step) for i in range(1, 40)]
    net = student(build, variables=chain)
    # The second eigenvalue of the step is 0.7: after 39 of them P(no) is 2/3 + 0.7^39 / 3.
    assert_array(eliminate(net, "x39", {}), [2 / 3 + 0.7**39 / 3, 1 / 3 - 0.7**39 / 3])


@test_case(
    name="min-fill: the hub waits",
    points=1,
    failure_message="Each word has one neighbour, the topic. The topic has four, none of them "
    "joined: six new edges.",
)
def test_hub(student, min_fill_order):
    star = [("topic", YES_NO, [], [0.5, 0.5])]
    star += [(f"word{i}", YES_NO, ["topic"], [[0.5, 0.5], [0.1, 0.9]]) for i in range(4)]
    order = list(min_fill_order(student(build, variables=star), []))
    assert_equal(sorted(order), ["topic", "word0", "word1", "word2", "word3"], what="variables")
    assert_equal("topic" in order[:3], False, what="is the topic among the first three?")


@test_case(
    name="no answer",
    points=1,
    failure_message="Evidence of probability 0, an unknown variable or state: ValueError.",
)
def test_no_answer(student, eliminate):
    certain = [("a", YES_NO, [], [0.5, 0.5]), ("b", YES_NO, ["a"], [[1.0, 0.0], [1.0, 0.0]])]
    net = student(build, variables=certain)
    for query, evidence in (("a", {"b": "yes"}), ("c", {}), ("a", {"c": "no"}), ("a", {"b": 1})):
        assert_raises(ValueError, eliminate, net, query, evidence)
