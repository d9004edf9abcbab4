"""Enumeration against brute force and known answers."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q3 (hidden)"
points = 4

YES_NO = ["no", "yes"]


def build(BayesNet, variables):
    net = BayesNet()
    for variable in variables:
        net.add(*variable)
    return net


def random_net(seed, n, most_parents=3):
    """n variables with two or three states and up to `most_parents` parents in mixed order."""
    rng = np.random.default_rng(seed)
    variables, cards = [], {}
    names = [f"v{k}" for k in rng.permutation(n)]  # their order says nothing about the graph
    for v in names:
        known = list(cards)
        parents = [str(p) for p in rng.permutation(known)[: rng.integers(0, most_parents + 1)]]
        card = int(rng.integers(2, 4))
        cpt = rng.dirichlet(np.ones(card), size=tuple(cards[p] for p in parents) or None)
        cards[v] = card
        variables.append((v, [f"s{k}" for k in range(card)], parents, cpt))
    return variables


def posterior(variables, query, evidence):
    """Brute force: the whole joint table, sliced, summed, normalized."""
    names = [v for v, *_ in variables]
    operands = []
    for v, _, parents, cpt in variables:
        operands += [np.asarray(cpt), [names.index(u) for u in (*parents, v)]]
    joint = np.einsum(*operands, list(range(len(names))))
    for i, (v, states, *_) in enumerate(variables):
        if v in evidence:  # zero elsewhere: the axis stays, so that the query may be evidence too
            keep = np.arange(len(states)) == states.index(evidence[v])
            joint = joint * keep.reshape([-1 if j == i else 1 for j in range(len(names))])
    axes = tuple(i for i, v in enumerate(names) if v != query)
    return joint.sum(axis=axes) / joint.sum()


# Two classics from the literature, Korb and Nicholson's earthquake and the chest clinic "asia".
EARTHQUAKE = [
    ("Burglary", ["True", "False"], [], [0.01, 0.99]),
    ("Earthquake", ["True", "False"], [], [0.02, 0.98]),
    (
        "Alarm",
        ["True", "False"],
        ["Burglary", "Earthquake"],
        [[[0.95, 0.05], [0.94, 0.06]], [[0.29, 0.71], [0.001, 0.999]]],
    ),
    ("JohnCalls", ["True", "False"], ["Alarm"], [[0.9, 0.1], [0.05, 0.95]]),
    ("MaryCalls", ["True", "False"], ["Alarm"], [[0.7, 0.3], [0.01, 0.99]]),
]
ASIA = [
    ("asia", ["yes", "no"], [], [0.01, 0.99]),
    ("tub", ["yes", "no"], ["asia"], [[0.05, 0.95], [0.01, 0.99]]),
    ("smoke", ["yes", "no"], [], [0.5, 0.5]),
    ("lung", ["yes", "no"], ["smoke"], [[0.1, 0.9], [0.01, 0.99]]),
    ("bronc", ["yes", "no"], ["smoke"], [[0.6, 0.4], [0.3, 0.7]]),
    (
        "either",
        ["yes", "no"],
        ["lung", "tub"],
        [[[1.0, 0.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]]],
    ),
    ("xray", ["yes", "no"], ["either"], [[0.98, 0.02], [0.05, 0.95]]),
    (
        "dysp",
        ["yes", "no"],
        ["bronc", "either"],
        [[[0.9, 0.1], [0.8, 0.2]], [[0.7, 0.3], [0.1, 0.9]]],
    ),
]


@test_case(
    name="random networks against brute force",
    points=1,
    hidden=True,
    failure_message="Variables with different numbers of states, several parents, evidence above "
    "and below the query, on several variables or on none.",
)
def test_random(student, enumerate_query):
    rng = np.random.default_rng(30)
    for seed in (31, 32, 33, 34):
        variables = random_net(seed, 8)
        net, states = student(build, variables=variables), {v: s for v, s, *_ in variables}
        for size in (0, 1, 2, 4, 7):
            query, *seen = rng.permutation(list(states)).tolist()[: size + 1]
            evidence = {v: states[v][rng.integers(len(states[v]))] for v in seen}
            answer = enumerate_query(net, query, evidence)
            assert_array(answer, posterior(variables, query, evidence), dtype=np.float64)


@test_case(
    name="known answers",
    points=0.5,
    hidden=True,
    failure_message="Two networks from the literature, one of which has tables with zeros.",
)
def test_known(student, enumerate_query):
    net = student(build, variables=EARTHQUAKE)
    both = {"JohnCalls": "True", "MaryCalls": "True"}
    # Published to eight digits.
    assert_array(enumerate_query(net, "Burglary", both)[:1], [0.55652206], rtol=1e-7)
    net = student(build, variables=ASIA)
    lung = enumerate_query(net, "lung", {"xray": "yes", "dysp": "yes"})
    assert_array(lung[:1], [0.6212528], rtol=1e-6)
    tub = enumerate_query(net, "tub", {"asia": "yes", "xray": "yes"})
    assert_array(tub[:1], [0.3377156], rtol=1e-6)


@test_case(
    name="state names are not indices",
    points=0.5,
    hidden=True,
    failure_message="The answer is in the order of the query's states as they were given; states "
    "may be numbers or booleans in any order.",
)
def test_names(student, enumerate_query):
    variables = [
        ("x", [1, 0], [], [0.3, 1 - 0.3]),
        ("y", [2, 0, 1], ["x"], [[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]]),
        ("z", [True, False], ["y", "x"], [[[0.9, 0.1], [0.2, 0.8]]] * 3),
    ]
    net = student(build, variables=variables)
    for query, evidence in (("x", {"y": 0}), ("y", {"x": 1, "z": False}), ("x", {"y": 1})):
        answer = enumerate_query(net, query, evidence)
        assert_array(answer, posterior(variables, query, evidence))


@test_case(
    name="a query that is also evidence",
    points=0.5,
    hidden=True,
    failure_message="What is known is certain: 1 for its state and 0 for the others, also where "
    "nothing is left to sum over. The dict of the evidence stays as it was.",
)
def test_certain(student, enumerate_query):
    net = student(build, variables=ASIA)
    all_of_them = {v: "no" for v, *_ in ASIA}
    for evidence in ({"lung": "no"}, {"xray": "yes", "lung": "no", "smoke": "yes"}, all_of_them):
        assert_array(enumerate_query(net, "lung", evidence), [0.0, 1.0])
    # Evidence of probability 1/2, 1/4 and 1.
    coins = [(v, YES_NO, [], [1 / 2, 1 / 2]) for v in "ab"]
    coins.append(("c", YES_NO, [], [0, 1]))
    net = student(build, variables=coins)
    for coin, evidence in zip(
        "abc", ({"a": "yes"}, {"a": "no", "b": "yes"}, {"c": "yes"}), strict=True
    ):
        assert_array(enumerate_query(net, coin, evidence), [0.0, 1.0])

    def asked(BayesNet, enumerate_query, variables, evidence):
        net = BayesNet()
        for variable in variables:
            net.add(*variable)
        enumerate_query(net, "lung", evidence)
        return evidence

    for evidence in ({"lung": "no", "smoke": "yes"}, {"xray": "yes"}):
        after = student(asked, variables=ASIA, evidence=evidence)
        assert_equal(after, evidence, what="the evidence after the call")


@test_case(
    name="questions without an answer",
    points=0.5,
    hidden=True,
    failure_message="Evidence of probability 0 (also if the query is part of it), an unknown "
    "variable, or an unknown state: ValueError.",
)
def test_errors(student, enumerate_query):
    net = student(build, variables=ASIA)
    impossible = {"either": "no", "tub": "yes"}
    for asked, given in (
        ("smoke", impossible),
        ("tub", impossible),
        ("flu", {}),
        ("smoke", {"flu": "yes"}),
        ("smoke", {"xray": "perhaps"}),
        ("smoke", {"smoke": 1}),
    ):
        assert_raises(ValueError, enumerate_query, net, asked, given)


@test_case(
    name="rare evidence, and names of any kind",
    points=1,
    hidden=True,
    failure_message="Only evidence of probability 0 has no answer; a probability of 1e-40 is not "
    "0. "
    "Variables and states may be strings and numbers side by side, which cannot be sorted.",
)
def test_rare(student, enumerate_query):
    variables = [
        ("b", ["x", 1], [], [0.5, 0.5]),
        (2, [3, "y", True], ["b"], [[1e-20, 0.5, 0.5], [3e-20, 0.3, 0.7]]),
        ("a", YES_NO, ["b", 2], [[[1e-20, 1.0]] * 3, [[1e-20, 1.0]] * 3]),
        (0, YES_NO, ["a"], [[0.2, 0.8], [0.6, 0.4]]),
    ]
    net = student(build, variables=variables)
    assert_array(enumerate_query(net, "b", {2: 3, "a": "no"}), [0.25, 0.75])
    assert_array(enumerate_query(net, 2, {"b": 1, "a": "no"}), [3e-20, 0.3, 0.7])
    assert_array(enumerate_query(net, 0, {2: 3, "a": "no"}), [0.2, 0.8])
