"""Sampling: from the joint distribution, with weights, and as a chain."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q5"
points = 8
hints = [
    "One draw: `rng.choice(card, p=row)`, or count the entries of the row's cumulative sum that "
    "are <= a random number. For n samples at once keep an index array of shape (n,) per variable.",
    "Likelihood weighting is ancestral sampling in which evidence is set instead of drawn, and the "
    "weight is multiplied by the probability of what was set. Add up weights per query state.",
    "Gibbs: weights of the states of X are its own row times, for each child c, the entry of c's "
    "table at c's present state, for each state of X. Draw, set, go on. For the start, search for "
    "an assignment without a factor of 0.",
]

YES_NO = ["no", "yes"]
CHECKER = [
    ("name", YES_NO, [], [0.9, 0.1]),
    ("typo", YES_NO, [], [0.95, 0.05]),
    ("capital", YES_NO, ["name"], [[0.9, 0.1], [0.1, 0.9]]),
    ("flagged", YES_NO, ["name", "typo"], [[[0.99, 0.01], [0.1, 0.9]], [[0.4, 0.6], [0.05, 0.95]]]),
]
SEEN = {"flagged": "yes", "capital": "yes"}
TYPO = 0.008325 / 0.06048  # P(typo = yes | SEEN), exactly


def build(BayesNet, variables):
    net = BayesNet()
    for variable in variables:
        net.add(*variable)
    return net


@test_case(
    name="ancestral_sample: a list of dicts",
    points=1,
    failure_message="n dicts, each with a state name (not an index) for every variable.",
)
def test_dicts(student, ancestral_sample):
    net = student(build, variables=CHECKER)
    samples = ancestral_sample(net, 5, np.random.default_rng(0))
    expect(type(samples) is list, "the result should be a list")
    assert_equal(len(samples), 5, what="number of samples")
    for sample in samples:
        assert_equal(set(sample), {"name", "typo", "capital", "flagged"}, what="variables")
        expect(set(sample.values()) <= {"no", "yes"}, "the values should be state names")


@test_case(
    name="ancestral_sample: children follow their parents",
    points=1,
    failure_message="Names have a capital in nine of ten cases, other words in one of ten.",
)
def test_dependence(student, ancestral_sample):
    net = student(build, variables=CHECKER)
    samples = ancestral_sample(net, 4000, np.random.default_rng(1))
    for name_state, share, often in (("no", 0.1, 3600), ("yes", 0.9, 400)):
        capitals = [s["capital"] == "yes" for s in samples if s["name"] == name_state]
        # About `often` of the samples; seven standard deviations of a share.
        bound = 7 * np.sqrt(0.09 / (0.7 * often))
        expect(len(capitals) > 0.7 * often, f"name = {name_state} is too rare")
        expect(
            abs(np.mean(capitals) - share) < bound,
            f"share of capitals with name = {name_state}: {np.mean(capitals):.3f}, not {share}",
        )


@test_case(
    name="likelihood weighting",
    points=1,
    failure_message="Weights are multiplied over all evidence variables: 0.9 · 0.6 in the "
    "handout's example.",
)
def test_weighting(student, likelihood_weighting):
    net = student(build, variables=CHECKER)
    answer = likelihood_weighting(net, "typo", SEEN, 20000, np.random.default_rng(2))
    # One standard deviation is 0.0069 (computed from the weights).
    assert_array(answer, [1 - TYPO, TYPO], rtol=0, atol=0.05)


@test_case(
    name="Gibbs sampling",
    points=1,
    failure_message="Each state is weighed by the variable's own row and by the tables of all its "
    "children.",
)
def test_gibbs(student, gibbs):
    net = student(build, variables=CHECKER)
    answer = gibbs(net, "typo", SEEN, 6000, 100, np.random.default_rng(3))
    # One standard deviation is 0.0087 (computed from the chain's transition matrix).
    assert_array(answer, [1 - TYPO, TYPO], rtol=0, atol=0.06)


@test_case(
    name="how many",
    points=1,
    failure_message="No samples are an empty list; fewer than none, or an estimate from none, are "
    "a ValueError.",
)
def test_counts(student, ancestral_sample, likelihood_weighting, gibbs):
    net, rng = student(build, variables=CHECKER), np.random.default_rng(4)
    assert_equal(ancestral_sample(net, 0, rng), [])
    assert_raises(ValueError, ancestral_sample, net, -1, rng)
    assert_raises(ValueError, likelihood_weighting, net, "typo", SEEN, 0, rng)
    assert_raises(ValueError, gibbs, net, "typo", SEEN, 0, 10, rng)
    assert_raises(ValueError, gibbs, net, "typo", SEEN, 10, -1, rng)


@test_case(
    name="the same seed, the same result",
    points=1,
    failure_message="Every random number comes from `rng`.",
)
def test_seed(student, ancestral_sample, likelihood_weighting):
    net = student(build, variables=CHECKER)
    first, again = (ancestral_sample(net, 20, np.random.default_rng(5)) for _ in range(2))
    expect(first == again, "the same seed gives other samples")
    first, again = (
        likelihood_weighting(net, "typo", SEEN, 20, np.random.default_rng(6)) for _ in range(2)
    )
    assert_array(again, first, what="the second estimate with the same seed")


@test_case(
    name="a query that is evidence",
    points=1,
    failure_message="What is known is certain, whatever is drawn.",
)
def test_certain(student, likelihood_weighting, gibbs):
    net, rng = student(build, variables=CHECKER), np.random.default_rng(7)
    assert_array(likelihood_weighting(net, "name", {"name": "yes"}, 10, rng), [0.0, 1.0])
    assert_array(gibbs(net, "name", {"name": "yes"}, 10, 1, rng), [0.0, 1.0])


@test_case(
    name="evidence that cannot happen",
    points=1,
    failure_message="All weights are 0, and there is no state to start from: ValueError.",
)
def test_impossible(student, likelihood_weighting, gibbs):
    never = [("a", YES_NO, [], [0.5, 0.5]), ("b", YES_NO, ["a"], [[1.0, 0.0], [1.0, 0.0]])]
    net, rng = student(build, variables=never), np.random.default_rng(8)
    assert_raises(ValueError, likelihood_weighting, net, "a", {"b": "yes"}, 10, rng)
    assert_raises(ValueError, gibbs, net, "a", {"b": "yes"}, 10, 1, rng)
