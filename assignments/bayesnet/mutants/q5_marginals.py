"""Each variable is drawn from the average of its rows, whatever its parents are."""

question = "q5"


def ancestral_sample(net, n, rng):
    _at_least(0, n=n)
    samples = [{} for _ in range(n)]
    for v, cpt in net.cpts.items():
        row = cpt.reshape(-1, cpt.shape[-1]).mean(axis=0)
        row /= row.sum()
        for sample in samples:
            sample[v] = net.states[v][rng.choice(len(row), p=row)]
    return samples
