"""Variable elimination and a good order for it."""

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q4"
points = 5
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
