"""|a|² - 2ab + |b|² without a shift: no digits left when coordinates are large."""

question = "q4"


def kmeans(x, k, rng, n_init=10):
    x = _points(x)
    _in_range("k", k, 1, len(x))
    _in_range("n_init", n_init, 1, np.inf)
    runs = (_lloyd(x, _spread(x, k, rng)) for _ in range(n_init))
    return min(runs, key=lambda run: run[2])
