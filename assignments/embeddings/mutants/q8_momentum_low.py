"""Momentum 0.5 to the end."""

question = "q8"


def tsne(p, rng, dim=2, iterations=500, lr=None, exaggeration=12.0, early=100, start=None):
    p = _square(p, "p")
    for name, value, least in (("dim", dim, 1), ("iterations", iterations, 1), ("early", early, 0)):
        _at_least(name, value, least)
    _positive("exaggeration", exaggeration)
    lr = max(len(p) / (4 * exaggeration), 50.0) if lr is None else lr
    _positive("lr", lr)
    if start is None:
        start = 1e-4 * rng.standard_normal((len(p), dim))
    y = _points(start, len(p), "start", columns=dim)
    last, gain, exaggerated = np.zeros_like(y), np.ones_like(y), exaggeration * p
    for s in range(iterations):
        first = s < early
        gradient = _forces(exaggerated if first else p, _student(y), y)
        gain = np.maximum(np.where(gradient * last < 0, gain + 0.2, gain * 0.8), 0.01)
        last = 0.5 * last - lr * gain * gradient
        y = y + last
    y = y - y.mean(axis=0)
    return y, _divergence(p, _student(y))
