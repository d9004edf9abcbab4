"""Elimination: right in any order, and fast in a good one."""

import itertools

import numpy as np

from autograder.checks import (
    assert_array,
    assert_equal,
    assert_raises,
    assert_speed,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q4 (hidden)"
points = 8

YES_NO = ["no", "yes"]


def build(BayesNet, variables):
    net = BayesNet()
    for variable in variables:
        net.add(*variable)
    return net


def random_net(seed, n, parents=(0, 4), window=100, cards=(2, 4)):
    """n variables with few states and some parents (up to three) among the last `window`."""
    rng = np.random.default_rng(seed)
    variables, sizes = [], {}
    names = [f"v{k}" for k in rng.permutation(n)]  # their order says nothing about the graph
    for v in names:
        known = list(sizes)[-window:]
        chosen = [str(p) for p in rng.permutation(known)[: rng.integers(*parents)]]
        card = int(rng.integers(*cards))
        cpt = rng.dirichlet(np.ones(card), size=tuple(sizes[p] for p in chosen) or None)
        sizes[v] = card
        variables.append((v, [f"s{k}" for k in range(card)], chosen, cpt))
    return variables


def sliced(variables, evidence):
    """The tables with the evidence cut out, each with the names of its axes."""
    index = {v: states.index(evidence[v]) for v, states, *_ in variables if v in evidence}
    for v, _, parents, cpt in variables:
        axes = [*parents, v]
        table = np.asarray(cpt)[tuple(index.get(u, slice(None)) for u in axes)]
        yield table, [u for u in axes if u not in index]


def sum_product(tables, keep):
    labels = {v: i for i, v in enumerate(keep)}
    operands = []
    for table, axes in tables:
        operands += [table, [labels.setdefault(v, len(labels)) for v in axes]]
    return np.einsum(*operands, list(range(len(keep))))


def brute_force(variables, query, evidence):
    answer = sum_product(list(sliced(variables, evidence)), [query])
    return answer / answer.sum()


def plain_elimination(variables, query, evidence):
    """Elimination with nothing pruned: next is the variable whose new table is smallest."""
    cards = {v: len(states) for v, states, *_ in variables}
    tables = list(sliced(variables, evidence))
    hidden = [v for v in cards if v != query and v not in evidence]
    while hidden:
        around = {v: {u for _, axes in tables if v in axes for u in axes} for v in hidden}
        best = min(hidden, key=lambda v: np.prod([cards[u] for u in around[v]]))
        hidden.remove(best)
        touching = [t for t in tables if best in t[1]]
        rest = sorted(around[best] - {best})
        tables = [t for t in tables if best not in t[1]] + [(sum_product(touching, rest), rest)]
    answer = sum_product(tables, [query])
    return answer / answer.sum()


def neighbours_of(variables):
    """The moral graph."""
    near = {v: set() for v, *_ in variables}
    for v, _, parents, _ in variables:
        for a, b in itertools.permutations([*parents, v], 2):
            near[a].add(b)
    return near


def fill(near, v):
    return sum(b not in near[a] for a, b in itertools.combinations(sorted(near[v]), 2))


@test_case(
    name="random networks against brute force",
    points=1,
    hidden=True,
    failure_message="Variables with different numbers of states, several parents, evidence above "
    "and below the query, on several variables or on none.",
)
def test_random(student, eliminate):
    rng = np.random.default_rng(40)
    for seed in (41, 42, 43, 44):
        variables = random_net(seed, 9)
        net, states = student(build, variables=variables), {v: s for v, s, *_ in variables}
        for size in (0, 1, 2, 4, 8):
            query, *seen = rng.permutation(list(states)).tolist()[: size + 1]
            evidence = {v: states[v][rng.integers(len(states[v]))] for v in seen}
            answer = eliminate(net, query, evidence)
            assert_array(answer, brute_force(variables, query, evidence), dtype=np.float64)


@test_case(
    name="every order gives the same answer",
    points=1,
    hidden=True,
    failure_message="Given orders are followed, good or bad. A table that was made on the way "
    "must be found again by every variable that it contains.",
)
def test_orders(student, eliminate, min_fill_order):
    variables = random_net(45, 6)
    net = student(build, variables=variables)
    for query, evidence in (("v2", {"v5": "s1"}), ("v0", {"v4": "s0"})):
        expected = brute_force(variables, query, evidence)
        hidden = [v for v, *_ in variables if v != query and v not in evidence]
        for order in itertools.permutations(hidden):
            assert_array(eliminate(net, query, evidence, order=list(order)), expected)
        own = min_fill_order(net, [query, *evidence])
        assert_array(eliminate(net, query, evidence, order=own), expected)


@test_case(
    name="orders that are none",
    points=1,
    hidden=True,
    failure_message="`order` lacks a hidden variable (also one that plays no part in the answer), "
    "repeats one, or has one that is not in the network: ValueError. Query and evidence in it are "
    "skipped. What was passed in stays as it was.",
)
def test_order_errors(student, eliminate):
    variables = [
        ("a", YES_NO, [], [0.4, 0.6]),
        ("b", YES_NO, ["a"], [[0.5, 0.5], [0.1, 0.9]]),
        ("c", YES_NO, ["b"], [[0.5, 0.5], [0.1, 0.9]]),
        ("d", YES_NO, ["c"], [[0.5, 0.5], [0.1, 0.9]]),
    ]
    net = student(build, variables=variables)
    expected = brute_force(variables, "a", {"c": "no"})
    for order in (["b", "d"], ("d", "b"), ["d", "c", "b", "a"], ("a", "b", "c", "d")):
        assert_array(eliminate(net, "a", {"c": "no"}, order=order), expected)

    def asked(BayesNet, eliminate, variables, evidence, order):
        net = BayesNet()
        for variable in variables:
            net.add(*variable)
        eliminate(net, "a", evidence, order)
        return evidence, order

    for evidence, order in (({"c": "no"}, ["d", "b"]), ({"a": "no", "d": "no"}, ["b", "c", "a"])):
        after = student(asked, variables=variables, evidence=evidence, order=order)
        assert_equal(after, (evidence, order), what="evidence and order after the call")
    for order in ([], ["b"], ["d"], ["b", "d", "b"], ["b", "d", "d"], ["b", "d", "e"]):
        assert_raises(ValueError, eliminate, net, "a", {"c": "no"}, order=order)


@test_case(
    name="certainty and impossibility",
    points=0.5,
    hidden=True,
    failure_message="A query that is evidence is certain. Evidence of probability 0, wherever in "
    "the network, unknown variables and unknown states are a ValueError.",
)
def test_edges(student, eliminate):
    variables = [
        ("far", YES_NO, [], [1.0, 0.0]),
        ("a", YES_NO, [], [0.4, 0.6]),
        ("b", YES_NO, ["a"], [[1.0, 0.0], [0.3, 0.7]]),
        ("leaf", YES_NO, ["b"], [[0.2, 0.8], [0.6, 0.4]]),
    ]
    net = student(build, variables=variables)
    assert_array(eliminate(net, "b", {"b": "yes", "leaf": "no"}), [0.0, 1.0])
    all_of_them = {"far": "no", "a": "yes", "b": "no", "leaf": "yes"}
    assert_array(eliminate(net, "a", all_of_them), [0.0, 1.0])
    assert_array(eliminate(net, "far", {"leaf": "yes"}), [1.0, 0.0])
    assert_array(eliminate(net, "far", {"far": "no"}), [1.0, 0.0])
    coins = [(v, YES_NO, [], [1 / 2, 1 / 2]) for v in "ab"]
    even = student(build, variables=coins)  # evidence of probability 1/2 and 1/4
    for query, evidence in (("a", {"a": "yes"}), ("b", {"a": "no", "b": "yes"})):
        assert_array(eliminate(even, query, evidence), [0.0, 1.0])
    for asked, given in (
        ("a", {"far": "yes"}),
        ("leaf", {"a": "no", "b": "yes"}),
        ("b", {"a": "no", "b": "yes"}),
        ("q", {}),
        ("a", {"q": "no"}),
        ("a", {"leaf": "maybe"}),
    ):
        assert_raises(ValueError, eliminate, net, asked, given)


@test_case(
    name="min-fill: fewest new edges at each step",
    points=1,
    hidden=True,
    failure_message="Parents of a common child are neighbours. The edges that an elimination adds "
    "are there for the next step, and what was eliminated is nobody's neighbour any more.",
)
def test_min_fill(student, min_fill_order):
    # A ring of four, whose members have fill 1 and two neighbours, beside a clique of eight.
    ring = [("r0", []), ("r1", ["r0"]), ("r2", ["r1"]), ("r3", ["r2"]), ("r4", ["r3", "r0"])]
    clique = [(f"c{i}", []) for i in range(7)] + [("c7", [f"c{i}" for i in range(7)])]
    apart = [("x", YES_NO, [], [0.5, 0.5])]
    apart += [(v, YES_NO, p, np.full((2,) * (len(p) + 1), 0.5)) for v, p in ring + clique]
    nets = [
        (random_net(seed, 13, parents=(1, 4), window=7), f"v{seed % 13}") for seed in range(46, 54)
    ]
    # Where the number of new edges is not that of the neighbours that miss some.
    nets += [(random_net(s, 16, parents=(2, 5), window=15), f"v{s % 16}") for s in (111, 144)]
    for variables, kept in [*nets, (apart, "x")]:
        net, near = student(build, variables=variables), neighbours_of(variables)
        keep = {kept}
        order = list(min_fill_order(net, *keep))
        assert_equal(sorted(order), sorted(near.keys() - keep), what="the variables in the order")
        waiting = set(order)
        for v in order:
            fewest = min(fill(near, u) for u in waiting)
            expect(fill(near, v) == fewest, "a variable with more fill than another was chosen")
            for u in near[v]:
                near[u] = (near[u] | near[v]) - {u, v}
            waiting.remove(v)


@test_case(
    name="min-fill: what is kept",
    points=0.5,
    hidden=True,
    failure_message="`keep` is a name, or a list, tuple or set of names; none of them is in the "
    "order. An unknown name is a ValueError.",
)
def test_keep(student, min_fill_order):
    variables = random_net(52, 8)
    net, names = student(build, variables=variables), {v for v, *_ in variables}
    for keep in ("v3", ["v3", "v0"], ("v7",), {"v1", "v2", "v5"}, []):
        kept = {keep} if isinstance(keep, str) else set(keep)
        order = list(min_fill_order(net, keep))
        assert_equal(sorted(order), sorted(names - kept), what="the variables in the order")
    for keep in ("w", ["v0", "w"]):
        assert_raises(ValueError, min_fill_order, net, keep)


@test_case(
    name="a hub with many neighbours",
    points=1,
    hidden=True,
    failure_message="One topic and many words: whoever sums out the topic first makes a table over "
    "all words. How large is the largest table that your default order makes?",
)
def test_hub(student):
    def probe(BayesNet, eliminate, variables, query, evidence):
        import tracemalloc

        net = BayesNet()
        for variable in variables:
            net.add(*variable)
        tracemalloc.start()
        answer = eliminate(net, query, evidence)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return answer, peak

    rng, variables, evidence = np.random.default_rng(53), [("t", YES_NO, [], [0.4, 0.6])], {}
    for i in range(18):
        table = rng.dirichlet([1.0, 1.0], size=2)
        variables.append((f"w{i}", YES_NO, ["t"], table))
        variables.append((f"e{i}", YES_NO, [f"w{i}"], table[::-1]))
        evidence[f"e{i}"] = YES_NO[i % 2]
    answer, peak = student(probe, variables=variables, query="w3", evidence=evidence)
    assert_array(answer, plain_elimination(variables, "w3", evidence))
    # The table over all words would have 2^17 entries, a megabyte; small tables take some KB.
    expect(peak < 500_000, f"{peak / 1e6:.1f} MB for tables of four entries")


@test_case(
    name="a sparse network of 37 variables",
    points=1,
    hidden=True,
    failure_message="Twenty queries on a sparse network should take milliseconds each. Is the "
    "order a good one? Is work done for variables that are no ancestors of query or evidence?",
)
def test_speed(student):
    def stage(BayesNet, eliminate, variables, queries):
        net = BayesNet()
        for variable in variables:
            net.add(*variable)
        return lambda: [eliminate(net, query, evidence) for query, evidence in queries]

    rng = np.random.default_rng(54)
    network = random_net(55, 37, parents=(1, 4), window=6, cards=(2, 4))
    states = {v: s for v, s, *_ in network}

    def fresh():
        """Twenty questions, and tables that nobody has seen."""
        variables, queries = [], []
        for v, s, parents, cpt in network:
            variables.append((v, s, parents, rng.dirichlet(np.ones(len(s)), size=cpt.shape[:-1])))
        for _ in range(20):
            query, *seen = rng.permutation(list(states)).tolist()[: rng.integers(2, 6)]
            queries.append((query, {v: states[v][rng.integers(len(states[v]))] for v in seen}))
        return student(stage, variables=variables, queries=queries), variables, queries

    def same(got, want):
        for answer, right in zip(got, want, strict=True):
            assert_array(answer, right)

    # The reference takes 0.1 times as long as the plain elimination above, which prunes nothing;
    # other good answers take 0.2 to 0.5; enumeration does not end.
    assert_speed(
        lambda run, variables, queries: run(),
        lambda run, variables, queries: [plain_elimination(variables, *q) for q in queries],
        at_most=3,
        rounds=3,
        fresh=fresh,
        same=same,
    )


@test_case(
    name="rare evidence, and names of any kind",
    points=0.5,
    hidden=True,
    failure_message="Only evidence of probability 0 has no answer; a probability of 1e-40 is not "
    "0. "
    "Variables and states may be strings and numbers side by side, which cannot be sorted.",
)
def test_rare(student, eliminate):
    variables = [
        ("b", ["x", 1], [], [0.5, 0.5]),
        (2, [3, "y", True], ["b"], [[1e-20, 0.5, 0.5], [3e-20, 0.3, 0.7]]),
        ("a", YES_NO, ["b", 2], [[[1e-20, 1.0]] * 3, [[1e-20, 1.0]] * 3]),
        (0, YES_NO, ["a"], [[0.2, 0.8], [0.6, 0.4]]),
    ]
    net = student(build, variables=variables)
    assert_array(eliminate(net, "b", {2: 3, "a": "no"}), [0.25, 0.75])
    assert_array(eliminate(net, 2, {"b": 1, "a": "no"}), [3e-20, 0.3, 0.7])
    assert_array(eliminate(net, 0, {2: 3, "a": "no"}), [0.2, 0.8])


@test_case(
    name="dozens of words that were read",
    points=0.5,
    hidden=True,
    failure_message="A topic and many words, nearly all of them evidence: few combinations are "
    "left to sum over, however many tables there are. How many factors may one call of NumPy take?",
)
def test_many(student, eliminate):
    rng = np.random.default_rng(56)
    given_topic, below = np.array([[0.2, 0.8], [0.7, 0.3]]), np.array([[0.9, 0.4], [0.1, 0.6]])
    for words in (30, 31, 45):
        tables = rng.dirichlet([4.0, 4.0], size=(words, 2))
        variables = [("topic", YES_NO, [], [0.4, 0.6])]
        variables += [(f"w{i}", YES_NO, ["topic"], table) for i, table in enumerate(tables)]
        variables.append(("last", YES_NO, ["topic"], given_topic))
        cpt = np.stack([below, 1 - below], axis=-1)
        variables.append(("below", YES_NO, ["topic", "last"], cpt))
        net = student(build, variables=variables)
        seen = {f"w{i}": YES_NO[i % 2] for i in range(words)} | {"below": "no"}
        read = [0.4, 0.6] * tables[np.arange(words), :, np.arange(words) % 2].prod(axis=0)
        weights = read[:, None] * given_topic * below  # (topic, last)
        weights /= weights.sum()
        assert_array(eliminate(net, "topic", seen), weights.sum(axis=1), rtol=1e-7)
        assert_array(eliminate(net, "last", seen), weights.sum(axis=0), rtol=1e-7)
    # Each word speaks against one topic, by a factor of 1e-10; all of them by 1e-450, which is 0.
    variables = [("topic", YES_NO, [], [0.4, 0.6])]
    against = [[1e-10, 1 - 1e-10], [1.0, 0.0]]
    variables += [(f"w{i}", YES_NO, ["topic"], against) for i in range(45)]
    net = student(build, variables=variables)
    assert_array(eliminate(net, "topic", {f"w{i}": "no" for i in range(45)}), [0.0, 1.0])
