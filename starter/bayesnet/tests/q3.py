"""The answer by definition."""

from autograder.checks import assert_array, assert_raises, test_case

OK_FORMAT = False
name = "q3"
points = 5
hints = [
    "Go through all assignments (`itertools.product` over the states). Those that contradict the "
    "evidence are left out, the probabilities of the others are added to the entry of the query's "
    "state.",
    "Or think in arrays: the product of all tables, with the evidence cut out of each, summed over "
    "everything but the query. `np.einsum` does that in a single call.",
    "At the end divide by the sum. If the sum is 0 the evidence cannot happen: ValueError.",
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
    name="a flagged word: the handout's table",
    points=1,
    failure_message="P(typo, flagged) is 0.06555 for no and 0.04525 for yes; divide by their sum.",
)
def test_flagged(student, enumerate_query):
    net = student(build, variables=CHECKER)
    answer = enumerate_query(net, "typo", {"flagged": "yes"})
    assert_array(answer, [0.06555 / 0.1108, 0.04525 / 0.1108])
    assert_array(enumerate_query(net, "typo", {}), [0.95, 0.05])


@test_case(
    name="explaining away",
    points=1,
    failure_message="With a capital letter P(typo | …) falls to 0.008325 / 0.06048.",
)
def test_explaining_away(student, enumerate_query):
    net = student(build, variables=CHECKER)
    answer = enumerate_query(net, "typo", {"flagged": "yes", "capital": "yes"})
    assert_array(answer, [0.052155 / 0.06048, 0.008325 / 0.06048])


@test_case(
    name="evidence that cannot happen",
    points=1,
    failure_message="Probability 0 cannot be divided by: raise ValueError.",
)
def test_impossible(student, enumerate_query):
    net = student(
        build,
        variables=[("a", YES_NO, [], [0.5, 0.5]), ("b", YES_NO, ["a"], [[1.0, 0.0], [1.0, 0.0]])],
    )
    assert_raises(ValueError, enumerate_query, net, "a", {"b": "yes"})


@test_case(
    name="a query that is evidence",
    points=1,
    failure_message="What is known is certain: 1 for that state, 0 for the others.",
)
def test_certain(student, enumerate_query):
    net = student(build, variables=CHECKER)
    assert_array(enumerate_query(net, "typo", {"typo": "yes", "flagged": "yes"}), [0.0, 1.0])


@test_case(
    name="names that the network does not know",
    points=1,
    failure_message="An unknown variable, as query or in the evidence, or an unknown state is a "
    "ValueError.",
)
def test_unknown(student, enumerate_query):
    net = student(build, variables=CHECKER)
    for query, evidence in (("colour", {}), ("typo", {"colour": "red"}), ("typo", {"name": 1})):
        assert_raises(ValueError, enumerate_query, net, query, evidence)
