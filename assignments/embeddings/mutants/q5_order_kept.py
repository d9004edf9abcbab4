"""Every epoch has the order of the first."""

question = "q5"


def train_skipgram(
    centers, contexts, noise, dim, rng, negatives=5, epochs=1, batch=256, lr=0.05, start=None
):
    noise = np.asarray(noise, dtype=np.float64)
    _not_negative("noise", noise)
    if not noise.sum() > 0:
        raise ValueError("noise must have a positive entry")
    centers, contexts = _pairs(centers, contexts, len(noise))
    counted = {"dim": dim, "negatives": negatives, "epochs": epochs, "batch": batch}
    for name, value in counted.items():
        _at_least(name, value, 1)
    _positive("lr", lr)
    vectors, others = _start(start, rng, len(noise), dim)
    below = np.cumsum(noise / noise.sum())
    below /= below[-1]
    order = rng.permutation(len(centers))
    steps, taken, losses = epochs * -(-len(centers) // batch), 0, []
    for _ in range(epochs):
        total = 0.0
        for begin in range(0, len(order), batch):
            now = order[begin : begin + batch]
            i, j = centers[now], contexts[now]
            drawn = np.searchsorted(below, rng.random((len(now), negatives)), side="right")
            loss, dv, du, dnoise = sgns_loss(vectors[i], others[j], others[drawn])
            rate = lr * (1 - taken / steps)
            _add_rows(vectors, i, -rate * dv)
            rows = np.concatenate([j, drawn.ravel()])
            _add_rows(others, rows, -rate * np.concatenate([du, dnoise.reshape(-1, dim)]))
            total += loss.sum()
            taken += 1
        losses.append(float(total / len(order)))
    return SkipGram(vectors, others, losses)
