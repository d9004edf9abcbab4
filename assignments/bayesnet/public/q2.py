"""The network: tables along a graph."""

from autograder.checks import assert_close, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2"
points = 6
hints = [
    "`self.states`, `self.parents` and `self.cpts` are there already. Check everything first, "
    "store last.",
    "The shape that a cpt must have is (cards of the parents…, card of the variable). NaN is "
    "neither >= 0 nor < 0: ask whether all entries are >= 0.",
    "joint: for each variable take `cpt[state of each parent…, own state]`, with state names "
    "turned into indices by `states.index(name)`, and multiply. A variable is only ever added "
    "after its parents, and dicts keep their order.",
]

YES_NO = ["no", "yes"]
CHECKER = [
    ("name", YES_NO, [], [0.9, 0.1]),
    ("typo", YES_NO, [], [0.95, 0.05]),
    ("capital", YES_NO, ["name"], [[0.9, 0.1], [0.1, 0.9]]),
    ("flagged", YES_NO, ["name", "typo"], [[[0.99, 0.01], [0.1, 0.9]], [[0.4, 0.6], [0.05, 0.95]]]),
]


def joint_of(BayesNet, variables, assignment):
    net = BayesNet()
    for variable in variables:
        net.add(*variable)
    return net.joint(assignment)


def add_all(BayesNet, variables):
    net = BayesNet()
    for variable in variables:
        net.add(*variable)


@test_case(
    name="joint: the handout's example",
    points=1,
    failure_message="One factor per variable: 0.9 · 0.05 · 0.9 · 0.9.",
)
def test_joint(student):
    word = {"name": "no", "typo": "yes", "capital": "no", "flagged": "yes"}
    assert_close(student(joint_of, variables=CHECKER, assignment=word), 0.03645)


@test_case(
    name="joint: the parents' axes come in the parents' order",
    points=1,
    failure_message="cpt[state of the first parent, state of the second parent, own state].",
)
def test_axes(student):
    word = {"flagged": "no", "typo": "no", "capital": "yes", "name": "yes"}
    assert_close(student(joint_of, variables=CHECKER, assignment=word), 0.1 * 0.95 * 0.9 * 0.4)


@test_case(
    name="topological_order: parents first",
    points=1,
    failure_message="All variables, each once, each after its parents.",
)
def test_order(student):
    def probe(BayesNet, variables):
        net = BayesNet()
        for variable in variables:
            net.add(*variable)
        return list(net.topological_order())

    order = student(probe, variables=CHECKER)
    assert_equal(sorted(order), ["capital", "flagged", "name", "typo"], what="variables")
    for child, parent in (("capital", "name"), ("flagged", "name"), ("flagged", "typo")):
        expect(order.index(parent) < order.index(child), f"{parent} should come before {child}")


@test_case(
    name="a graph that is not one",
    points=1,
    failure_message="A parent that was not added, or the variable itself: ValueError.",
)
def test_graph(student):
    table = [[0.5, 0.5], [0.5, 0.5]]
    for parent in ("b", "a"):
        assert_raises(ValueError, student, add_all, variables=[("a", YES_NO, [parent], table)])


@test_case(
    name="a table that is not one",
    points=1,
    failure_message="The shape must fit, entries must not be negative, each row sums to 1.",
)
def test_table(student):
    for cpt in ([[0.5, 0.5], [0.7, 0.7]], [0.5, 0.5], [[0.5, 0.5], [1.5, -0.5]]):
        assert_raises(
            ValueError, student, add_all, variables=[CHECKER[0], ("x", YES_NO, ["name"], cpt)]
        )


@test_case(
    name="states are names",
    points=1,
    failure_message="A state is looked up among the names that were given, even if it is a number.",
)
def test_names(student):
    variables = [("x", [1, 0], [], [0.3, 0.7]), ("y", YES_NO, ["x"], [[0.5, 0.5], [0.9, 0.1]])]
    got = student(joint_of, variables=variables, assignment={"y": "no", "x": 1})
    assert_close(got, 0.3 * 0.5, what="joint")
