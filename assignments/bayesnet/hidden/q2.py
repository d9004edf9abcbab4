"""The network on fresh graphs, and what it refuses."""

import itertools

import numpy as np

from autograder.checks import assert_close, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 6

YES_NO = ["no", "yes"]


def random_net(seed, n, most_parents=3):
    """n variables with two to four states and up to `most_parents` parents in mixed order."""
    rng = np.random.default_rng(seed)
    variables, cards = [], {}
    names = [f"v{k}" for k in rng.permutation(n)]  # their order says nothing about the graph
    for v in names:
        known = list(cards)
        parents = [str(p) for p in rng.permutation(known)[: rng.integers(0, most_parents + 1)]]
        card = int(rng.integers(2, 5))
        cpt = rng.dirichlet(np.ones(card), size=tuple(cards[p] for p in parents) or None)
        cards[v] = card
        variables.append((v, [f"s{k}" for k in range(card)], parents, cpt))
    return variables


def joints(BayesNet, variables, assignments):
    net = BayesNet()
    for variable in variables:
        net.add(*variable)
    return [net.joint(assignment) for assignment in assignments]


def add_all(BayesNet, variables):
    net = BayesNet()
    for variable in variables:
        net.add(*variable)


def expected_joint(variables, assignment):
    p, index = 1.0, {v: states.index(assignment[v]) for v, states, *_ in variables}
    for v, _, parents, cpt in variables:
        p *= np.asarray(cpt)[tuple(index[u] for u in (*parents, v))]
    return p


@test_case(
    name="joint on random networks",
    points=1,
    hidden=True,
    failure_message="Several parents with different numbers of states: their axes come in the "
    "order of `parents`, the variable itself last. The assignment may be in any order.",
)
def test_joint(student):
    rng = np.random.default_rng(20)
    for seed in (21, 22, 23):
        variables = random_net(seed, 7)
        assignments = []
        for _ in range(12):
            pick = {v: states[rng.integers(len(states))] for v, states, *_ in variables}
            assignments.append({v: pick[v] for v in rng.permutation(list(pick)).tolist()})
        got = student(joints, variables=variables, assignments=assignments)
        for value, assignment in zip(got, assignments, strict=True):
            assert_close(value, expected_joint(variables, assignment), what="joint")


@test_case(
    name="all assignments together have probability 1",
    points=0.5,
    hidden=True,
    failure_message="State names are looked up, never taken for indices: they may be numbers or "
    "booleans in any order.",
)
def test_names(student):
    variables = [
        ("x", [1, 0], [], [0.3, 1 - 0.3]),
        ("y", [2, 0, 1], ["x"], [[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]]),
        ("z", [True, False], ["y", "x"], [[[0.9, 0.1], [0.2, 0.8]]] * 3),
    ]
    assignments = [
        dict(zip("xyz", states, strict=True))
        for states in itertools.product(*(states for _, states, *_ in variables))
    ]
    got = student(joints, variables=variables, assignments=assignments)

    def asked(BayesNet, variables, assignment):
        net = BayesNet()
        for variable in variables:
            net.add(*variable)
        net.joint(assignment)
        return assignment

    after = student(asked, variables=variables, assignment=assignments[0])
    assert_equal(after, assignments[0], what="the assignment after the call")
    assert_close(sum(got), 1.0, what="sum over all assignments")
    for value, assignment in zip(got, assignments, strict=True):
        assert_close(value, expected_joint(variables, assignment), what="joint")


@test_case(
    name="parents first",
    points=1,
    hidden=True,
    failure_message="topological_order has each variable once, after its parents, whatever the "
    "names are.",
)
def test_order(student):
    def probe(BayesNet, variables):
        net = BayesNet()
        for variable in variables:
            net.add(*variable)
        return list(net.topological_order())

    rng = np.random.default_rng(24)
    names = [f"n{i:02d}" for i in rng.permutation(15)]
    variables, edges = [], []
    for i, child in enumerate(names):
        parents = [names[j] for j in sorted(rng.permutation(i)[:2].tolist(), reverse=True)]
        edges += [(parent, child) for parent in parents]
        variables.append((child, YES_NO, parents, np.full((2,) * (len(parents) + 1), 0.5)))
    order = student(probe, variables=variables)
    assert_equal(sorted(order), sorted(names), what="variables")
    expect(all(order.index(p) < order.index(c) for p, c in edges), "a child before its parent")


@test_case(
    name="graphs that are refused",
    points=1,
    hidden=True,
    failure_message="A cycle (so a parent that was not added), the variable as its own parent, a "
    "repeated parent, a variable that is there already, a state named twice, no states: "
    "ValueError.",
)
def test_graph(student):
    root, one, two = ("r", YES_NO, [], [0.5, 0.5]), np.full((2, 2), 0.5), np.full((2, 2, 2), 0.5)
    for variables in (
        [("a", YES_NO, ["b"], one), ("b", YES_NO, ["a"], one)],
        [root, ("a", YES_NO, ["r", "a"], two)],
        [root, ("a", YES_NO, ["r", "r"], two)],
        [root, root],
        [root, ("a", YES_NO, ["q"], one)],
        [("a", ["no", "no"], [], [0.5, 0.5])],
        [("a", [], [], [])],
        [root, ("a", YES_NO, ["r"], one), ("r", YES_NO, ["a"], one)],
    ):
        assert_raises(ValueError, student, add_all, variables=variables)


@test_case(
    name="tables that are refused, and one that is not",
    points=1,
    hidden=True,
    failure_message="Each row sums to 1 within 1e-6; no entry is negative or NaN; the shape is "
    "exactly (cards of the parents…, own card).",
)
def test_table(student):
    three = ("t", ["a", "b", "c"], [], [0.2, 0.3, 0.5])
    good = np.array([[0.5, 0.5], [0.1, 0.9], [1.0, 0.0]])
    swapped = np.array([[0.5, 0.1, 1.0], [0.5, 0.9, 0.0]])  # columns sum to 1, states first
    nan, off = good.copy(), good.copy()
    nan[1] = np.nan
    off[2, 0] += 1e-5
    negative = np.array([[0.5, 0.5], [1.2, -0.2], [1.0, 0.0]])
    swollen = np.array([[0.5, 0.5], [0.5, 0.5], [1.0, np.inf]])
    for cpt in (swapped, nan, off, swollen, negative, good[:2], good.ravel(), good[None], 2 * good):
        assert_raises(ValueError, student, add_all, variables=[three, ("x", YES_NO, ["t"], cpt)])
    more_rows, more_states = np.vstack([good, good[:1]]), np.hstack([good, np.zeros((3, 1))])
    for cpt in (more_rows, more_states):  # larger than the table, and each row sums to 1
        assert_raises(ValueError, student, add_all, variables=[three, ("x", YES_NO, ["t"], cpt)])
    whole = good / good.sum()  # sums to 1 as a whole, not row by row
    assert_raises(ValueError, student, add_all, variables=[three, ("x", YES_NO, ["t"], whole)])
    student(add_all, variables=[three, ("x", YES_NO, ("t",), [[1, 0], (0, 1), [0, 1]])])
    nearly = good.copy()
    nearly[2, 0] -= 5e-7
    student(add_all, variables=[three, ("x", YES_NO, ["t"], nearly)])


@test_case(
    name="joint wants every variable and known states",
    points=0.5,
    hidden=True,
    failure_message="A missing variable, an unknown one, or an unknown state is a ValueError.",
)
def test_errors(student):
    variables = [("x", YES_NO, [], [0.3, 0.7]), ("y", YES_NO, ["x"], [[0.5, 0.5], [0.9, 0.1]])]
    for assignment in (
        {"x": "no"},
        {"y": "no"},
        {},
        {"x": "no", "y": "no", "z": "no"},
        {"x": "no", "y": "perhaps"},
        {"x": 0, "y": 1},
    ):
        assert_raises(ValueError, student, joints, variables=variables, assignments=[assignment])


@test_case(
    name="names of any kind, and rare events",
    points=1,
    hidden=True,
    failure_message="Variables and states may be strings and numbers side by side, which cannot be "
    "sorted. A tiny probability is not 0.",
)
def test_kinds(student):
    def probe(BayesNet, variables, assignments):
        net = BayesNet()
        for variable in variables:
            net.add(*variable)
        net.topological_order()
        return [net.joint(assignment) for assignment in assignments]

    variables = [
        ("b", ["x", 1], [], [1e-200, 1.0]),
        (2, [3, "y", True], ["b"], [[0.25, 0.25, 0.5], [0.1, 0.2, 0.7]]),
        ("a", YES_NO, [2, "b"], [[[0.5, 0.5], [1e-30, 1.0]]] * 3),
    ]
    assignments = [{"b": "x", 2: "y", "a": "no"}, {"a": "no", "b": 1, 2: 3}]
    got = student(probe, variables=variables, assignments=assignments)
    for value, want in zip(got, (0.125e-200, 1e-31), strict=True):
        assert_close(value, want, rtol=1e-9, atol=0, what="joint")
