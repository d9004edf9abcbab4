"""Samples hold indices instead of state names."""

question = "q5"


def ancestral_sample(net, n, rng):
    _at_least(0, n=n)
    columns, _ = _weighted_samples(net, {}, n, rng)
    return [{v: int(columns[v][i]) for v in columns} for i in range(n)]
