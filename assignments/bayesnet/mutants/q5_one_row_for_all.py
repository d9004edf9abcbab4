"""The parents of the first sample select the row for all samples."""

question = "q5"


def ancestral_sample(net, n, rng):
    _at_least(0, n=n)
    columns = {}
    for v, cpt in net.cpts.items():
        row = cpt[tuple(columns[p][0] for p in net.parents[v])] if n else cpt
        columns[v] = rng.choice(cpt.shape[-1], size=n, p=row / row.sum()) if n else []
    return [{v: net.states[v][columns[v][i]] for v in columns} for i in range(n)]
