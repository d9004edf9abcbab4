"""Sampling: within six standard deviations, which are computed for each network and method."""

import itertools

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q5 (hidden)"
points = 8

YES_NO = ["no", "yes"]
SIGMAS = 6  # a right answer fails with probability 2e-9 per number
WET = [
    ("season", ["dry", "wet", "cold"], [], [0.5, 0.3, 0.2]),
    ("rain", YES_NO, ["season"], [[0.9, 0.1], [0.3, 0.7], [0.6, 0.4]]),
    ("sprinkler", YES_NO, ["season"], [[0.4, 0.6], [0.9, 0.1], [0.8, 0.2]]),
    ("grass", YES_NO, ["rain", "sprinkler"], [[[0.9, 0.1], [0.2, 0.8]], [[0.3, 0.7], [0.1, 0.9]]]),
    ("shoes", [1, 0], ["grass"], [[0.2, 0.8], [0.7, 0.3]]),
]


def build(BayesNet, variables):
    net = BayesNet()
    for variable in variables:
        net.add(*variable)
    return net


def joint_table(variables):
    names, operands = [v for v, *_ in variables], []
    for v, _, parents, cpt in variables:
        operands += [np.asarray(cpt), [names.index(u) for u in (*parents, v)]]
    return np.einsum(*operands, list(range(len(names))))


def sliced(variables, evidence):
    """Tables with the evidence cut out, by variable; axes are those of the hidden variables."""
    names = [v for v, *_ in variables if v not in evidence]
    index = {v: states.index(evidence[v]) for v, states, *_ in variables if v in evidence}
    tables = {}
    for v, _, parents, cpt in variables:
        axes = [*parents, v]
        table = np.asarray(cpt)[tuple(index.get(u, slice(None)) for u in axes)]
        free = [u for u in axes if u not in index]
        order = sorted(range(len(free)), key=lambda k: names.index(free[k]))
        shape = [len(s) if u in free else 1 for u, s, *_ in variables if u not in evidence]
        tables[v] = table.transpose(order).reshape(shape)
    return names, tables


def weighting_sigma(variables, query, evidence, n):
    """Posterior, and standard deviation of its estimate by n weighted samples.

    Delta method for a ratio of means: the variance is E[w² ([q] - p)²] / (n E[w]²).
    """
    names, tables = sliced(variables, evidence)
    shape = np.broadcast_shapes(*(t.shape for t in tables.values()))
    draw, weight = np.ones(shape), np.ones(shape)
    for v, table in tables.items():
        if v in evidence:
            weight = weight * table
        else:
            draw = draw * table
    mean, axis = (draw * weight).sum(), names.index(query)
    others = tuple(i for i in range(len(names)) if i != axis)
    p = (draw * weight).sum(axis=others) / mean
    square = (draw * weight**2).sum(axis=others)  # E[w² [q]], for each state
    variance = square * (1 - p) ** 2 + (square.sum() - square) * p**2
    return p, np.sqrt(variance / n) / mean


def gibbs_sigma(variables, query, evidence, n):
    """Posterior, and standard deviation of its estimate by n sweeps of a Gibbs chain.

    The chain's transition matrix T over all hidden states is made for every order of the sweep, and
    for one that picks variables by chance. A stationary chain's mean has variance
    f' D (2 (I - T + 1π)⁻¹ - I) f / n, f centred, D = diag(π). The largest counts.
    """
    names, tables = sliced(variables, evidence)
    joint = np.prod(np.broadcast_arrays(*tables.values()), axis=0)
    shape, pi = joint.shape, (joint / joint.sum()).ravel()
    size, possible = pi.size, pi > 0
    states = np.array(list(np.ndindex(shape)))
    kernels = []
    for axis in range(len(names)):
        rows = joint / np.maximum(joint.sum(axis=axis, keepdims=True), 1e-300)
        T = np.zeros((size, size))
        for i, state in enumerate(states):
            for k in range(shape[axis]):
                to = [*state[:axis], k, *state[axis + 1 :]]
                T[i, np.ravel_multi_index(to, shape)] = rows[tuple(to)]
        kernels.append(T[np.ix_(possible, possible)])
    pi, states = pi[possible], states[possible]
    sweeps = [
        np.linalg.multi_dot([np.eye(len(pi)), *(kernels[i] for i in order), np.eye(len(pi))])
        for order in itertools.permutations(range(len(names)))
    ]
    sweeps.append(np.linalg.matrix_power(sum(kernels) / len(kernels), len(kernels)))
    own, sigma = states[:, names.index(query)], []
    p = np.array([pi[own == k].sum() for k in range(shape[names.index(query)])])
    for T in sweeps:
        Z = np.linalg.inv(np.eye(len(pi)) - T + pi)
        f = (own[:, None] == np.arange(len(p))) - p
        variance = 2 * np.einsum("ik,i,ij,jk->k", f, pi, Z, f) - np.einsum("ik,i,ik->k", f, pi, f)
        sigma.append(np.sqrt(np.maximum(variance, 0) / n))
    return p, np.max(sigma, axis=0)


def expect_near(got, want, sigma, what):
    assert_array(got, want, rtol=0, atol=1.0, what=what)  # an array of that shape, finite
    off = np.abs(np.asarray(got) - want)
    expect(bool((off <= SIGMAS * sigma + 1e-12).all()), f"{what}: further off than chance allows")
    expect(abs(float(np.sum(got)) - 1) < 1e-9, f"{what} does not sum to 1")


@test_case(
    name="ancestral: every combination as often as it should be",
    points=1,
    hidden=True,
    failure_message="Each variable is drawn from the row that its parents' drawn states select. "
    "Samples are independent of each other, and what has probability 0 never comes.",
)
def test_frequencies(student, ancestral_sample):
    certain = [
        ("a", YES_NO, [], [0.4, 0.6]),
        ("b", ["x", "y", "z"], ["a"], [[0.0, 1.0, 0.0], [0.5, 0.0, 0.5]]),
        (
            "c",
            YES_NO,
            ["b", "a"],
            [[[0.5, 0.5], [1, 0]], [[0, 1], [0.5, 0.5]], [[0.5, 0.5], [0, 1]]],
        ),
    ]
    for variables, seed in ((WET, 60), (certain, 61)):
        net, n = student(build, variables=variables), 6000
        samples = ancestral_sample(net, n, np.random.default_rng(seed))
        assert_equal(len(samples), n, what="number of samples")
        counts = np.zeros([len(states) for _, states, *_ in variables])
        for sample in samples:
            assert_equal(len(sample), len(variables), what="number of variables in a sample")
            counts[tuple(states.index(sample[v]) for v, states, *_ in variables)] += 1
        p = joint_table(variables)
        sigma = np.sqrt(p * (1 - p) / n)
        off = np.abs(counts / n - p)
        # Rare combinations are not normal: 8 more counts than six sigma allow.
        expect(bool((off <= SIGMAS * sigma + 8 / n * (p > 0)).all()), "a combination too often")


@test_case(
    name="chance comes from rng",
    points=1,
    hidden=True,
    failure_message="The same seed gives the same result, another seed another one; nothing else "
    "than `rng` is drawn from.",
)
def test_rng(student, ancestral_sample, likelihood_weighting, gibbs):
    net, seen = student(build, variables=WET), {"shoes": 1, "season": "dry"}

    def run(seed):
        rng = np.random.default_rng(seed)
        return (
            ancestral_sample(net, 40, rng),
            likelihood_weighting(net, "rain", seen, 40, rng),
            gibbs(net, "rain", seen, 40, 5, rng),
        )

    first, again = run(62), run(62)
    expect(first[0] == again[0], "the same seed gives other samples")
    assert_array(again[1], first[1], what="likelihood_weighting with the same seed")
    assert_array(again[2], first[2], what="gibbs with the same seed")
    others = [run(seed) for seed in (63, 64, 65)]
    expect(any(o[0] != first[0] for o in others), "another seed gives the same samples")
    for k in (1, 2):
        expect(
            any(not np.array_equal(o[k], first[k]) for o in others),
            "another seed gives the same estimate",
        )


@test_case(
    name="likelihood weighting: several pieces of evidence",
    points=1,
    hidden=True,
    failure_message="The weight is the product over all evidence variables of their probability "
    "given the parents in this sample; evidence also steers what is drawn below it.",
)
def test_weighting(student, likelihood_weighting):
    net, n = student(build, variables=WET), 20000
    for seed, (query, evidence) in enumerate(
        (
            ("season", {"rain": "yes", "sprinkler": "yes"}),
            ("sprinkler", {"shoes": 1, "season": "wet"}),
            ("rain", {"season": "cold", "grass": "yes", "shoes": 0}),
            ("shoes", {"season": "dry"}),
            ("season", {}),
        )
    ):
        p, sigma = weighting_sigma(WET, query, evidence, n)
        got = likelihood_weighting(net, query, evidence, n, np.random.default_rng(70 + seed))
        expect_near(got, p, sigma, "likelihood_weighting")


@test_case(
    name="Gibbs: evidence below",
    points=1,
    hidden=True,
    failure_message="The weights of a variable's states contain the tables of all its children, at "
    "the present state of the child and of the child's other parents.",
)
def test_gibbs(student, gibbs):
    net, n = student(build, variables=WET), 5000
    for seed, (query, evidence) in enumerate(
        (
            ("rain", {"grass": "yes", "season": "dry", "shoes": 0}),
            ("season", {"grass": "yes", "shoes": 1}),
            ("sprinkler", {"shoes": 1, "season": "cold"}),
        )
    ):
        p, sigma = gibbs_sigma(WET, query, evidence, n)
        got = gibbs(net, query, evidence, n, 100, np.random.default_rng(80 + seed))
        expect_near(got, p, sigma, "gibbs")


@test_case(
    name="Gibbs: evidence above, or none",
    points=1,
    hidden=True,
    failure_message="Variables without children or without parents are drawn too, and those that "
    "have several states. Each draw uses the others' newest states.",
)
def test_gibbs_above(student, gibbs):
    # Three variables that all depend on each other. Drawn all at once from the sweep before, "c"
    # would come out 0.16 off, eleven standard deviations.
    triangle = [
        ("a", YES_NO, [], [0.9, 0.1]),
        ("b", YES_NO, ["a"], [[0.7, 0.3], [0.05, 0.95]]),
        ("c", YES_NO, ["a", "b"], [[[0.05, 0.95], [0.7, 0.3]], [[0.95, 0.05], [0.3, 0.7]]]),
    ]
    n = 5000
    for seed, (variables, query, evidence) in enumerate(
        ((WET[:4], "grass", {"season": "wet"}), (WET[:3], "season", {}), (triangle, "c", {}))
    ):
        net = student(build, variables=variables)
        p, sigma = gibbs_sigma(variables, query, evidence, n)
        got = gibbs(net, query, evidence, n, 100, np.random.default_rng(90 + seed))
        expect_near(got, p, sigma, "gibbs")


@test_case(
    name="Gibbs: a start that is possible",
    points=0.5,
    hidden=True,
    failure_message="From a state of probability 0 the weights of a variable can all be 0. Look "
    "for a start that agrees with the evidence before the first sweep.",
)
def test_start(student, gibbs):
    states = ["low", "mid", "high"]
    both = np.zeros((3, 3, 2))  # yes if both parents are "mid"
    both[..., 0] = 1
    both[1, 1] = [0, 1]
    variables = [
        ("a", states, [], [0.8, 0.1, 0.1]),
        ("b", states, [], [0.1, 0.1, 0.8]),
        ("c", states, [], [0.5, 0.1, 0.4]),
        ("ab", YES_NO, ["a", "b"], both),
        ("bc", YES_NO, ["b", "c"], both),
        ("d", YES_NO, ["c"], [[0.9, 0.1], [0.3, 0.7], [0.8, 0.2]]),
    ]
    net, n = student(build, variables=variables), 3000
    seen = {"ab": "yes", "bc": "yes"}  # then a, b and c are certain
    got = gibbs(net, "a", seen, 50, 0, np.random.default_rng(93))
    assert_array(got, [0.0, 1.0, 0.0])
    got = gibbs(net, "d", seen, n, 0, np.random.default_rng(94))
    # d is drawn anew in each sweep: independent samples.
    expect_near(got, np.array([0.3, 0.7]), np.sqrt(0.21 / n), "gibbs")


@test_case(
    name="Gibbs: the first sweeps are left out",
    points=0.5,
    hidden=True,
    failure_message="`burn` sweeps are made and not counted, then `n` are counted. With n = 1 and "
    "a long burn the result is one state, far from the start.",
)
def test_burn(student, gibbs):
    def probe(BayesNet, gibbs, variables, burn, seeds):
        import numpy as np

        net = BayesNet()
        for variable in variables:
            net.add(*variable)
        return [gibbs(net, "b", {}, 1, burn, np.random.default_rng(s)) for s in seeds]

    # Two variables that hold on to each other. A sweep changes state with probability 0.05 to 0.1,
    # so 60 sweeps forget the start (0.9^60 = 0.002), one or two do not: wherever it starts, a
    # chain that is not burnt in has the same b in nine of ten runs.
    sticky = [[0.95, 0.05], [0.05, 0.95]]
    variables = [("a", YES_NO, [], [1 / 2, 1 / 2]), ("b", YES_NO, ["a"], sticky)]
    net = student(build, variables=variables)
    for n, burn in ((1, 1), (3, 1), (3, 2), (5, 3)):
        share = gibbs(net, "b", {}, n, burn, np.random.default_rng(92))
        assert_close(share.sum(), 1.0, what=f"sum of the shares for n = {n}, burn = {burn}")
    runs = student(probe, variables=variables, burn=60, seeds=list(range(100, 250)))
    mean = np.mean(runs, axis=0)
    sigma = np.sqrt(0.25 / len(runs))  # 150 runs of one count, independent of each other
    expect_near(mean, np.array([0.5, 0.5]), sigma, "the mean of 150 runs")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="Unknown variables and states, evidence that is impossible, n or burn out of "
    "range: ValueError from all three. One sample is enough for an estimate.",
)
def test_errors(student, ancestral_sample, likelihood_weighting, gibbs):
    variables = [("a", YES_NO, [], [1 / 2, 1 / 2]), ("b", YES_NO, ["a"], [[1.0, 0.0], [1.0, 0.0]])]
    net, rng = student(build, variables=variables), np.random.default_rng(95)
    assert_equal(ancestral_sample(net, 0, rng), [])
    assert_raises(ValueError, ancestral_sample, net, -2, rng)
    for query, evidence in (("a", {"b": "yes"}), ("z", {}), ("a", {"z": "no"}), ("a", {"b": 0})):
        assert_raises(ValueError, likelihood_weighting, net, query, evidence, 50, rng)
        assert_raises(ValueError, gibbs, net, query, evidence, 50, 5, rng)
    for n in (0, -1):
        assert_raises(ValueError, likelihood_weighting, net, "a", {}, n, rng)
        assert_raises(ValueError, gibbs, net, "a", {}, n, 0, rng)
    # One sample is one state, whatever its weight.
    for evidence in ({}, {"b": "no"}):
        one = likelihood_weighting(net, "a", evidence, 1, rng)
        assert_array(np.sort(one), [0.0, 1.0], what="likelihood_weighting with n = 1")
    assert_raises(ValueError, gibbs, net, "a", {}, 10, -1, rng)


@test_case(
    name="evidence: certain, rare, and as left",
    points=1,
    hidden=True,
    failure_message="A query that is evidence is certain. Evidence of probability 1e-40 is "
    "possible. "
    "The dict of the evidence stays as it was; each sample is a dict of its own.",
)
def test_evidence(student, ancestral_sample, likelihood_weighting, gibbs):
    others = student(changed, variables=WET)
    expect("perhaps" not in others, "a change of one sample changes another")
    net = student(build, variables=WET)
    for query, evidence, expected in (
        ("rain", {"rain": "yes", "shoes": 0}, [0.0, 1.0]),
        ("season", {"season": "dry"}, [1.0, 0.0, 0.0]),
        ("shoes", {v: states[1] for v, states, *_ in WET}, [0.0, 1.0]),
    ):
        rng = np.random.default_rng(96)
        got = likelihood_weighting(net, query, evidence, 50, rng)
        assert_array(got, expected, what="likelihood_weighting")
        assert_array(gibbs(net, query, evidence, 20, 2, rng), expected, what="gibbs")
    seen = {"shoes": 0, "season": "dry"}
    after = student(asked, variables=WET, evidence=seen)
    assert_equal(after, (seen, seen), what="the evidence after the calls")
    rare = [
        ("a", YES_NO, [], [1 / 2, 1 / 2]),
        ("b", YES_NO, ["a"], [[1e-20, 1.0], [1e-20, 1.0]]),
        ("c", YES_NO, ["a"], [[1e-20, 1.0], [1e-20, 1.0]]),
    ]
    net, n, half = student(build, variables=rare), 2000, np.array([0.5, 0.5])
    seen = {"b": "no", "c": "no"}
    sigma = np.sqrt(0.25 / n)  # all weights are equal, all sweeps independent
    got = likelihood_weighting(net, "a", seen, n, np.random.default_rng(97))
    expect_near(got, half, sigma, "likelihood_weighting")
    expect_near(gibbs(net, "a", seen, n, 0, np.random.default_rng(98)), half, sigma, "gibbs")


def asked(BayesNet, likelihood_weighting, gibbs, variables, evidence):
    import numpy as np

    net, other = BayesNet(), dict(evidence)
    for variable in variables:
        net.add(*variable)
    likelihood_weighting(net, "rain", evidence, 3, np.random.default_rng(0))
    gibbs(net, "rain", other, 3, 1, np.random.default_rng(0))
    return evidence, other


def changed(BayesNet, ancestral_sample, variables):
    import numpy as np

    net = BayesNet()
    for variable in variables:
        net.add(*variable)
    samples = ancestral_sample(net, 3, np.random.default_rng(0))
    samples[0]["rain"] = "perhaps"
    return [sample["rain"] for sample in samples[1:]]
