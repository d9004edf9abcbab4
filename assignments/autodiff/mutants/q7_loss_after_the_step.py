"""The history is measured after the step of each batch."""

question = "q7"


def train(model, x, y, optimizer, epochs, batch, rng):
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y)
    if batch < 1:
        raise ValueError(f"batch must be at least 1, not {batch}")
    if len(x) != len(y):
        raise ValueError(f"x and y must be of one length, not {len(x)} and {len(y)}")
    history = []
    for _ in range(epochs):
        order, total = rng.permutation(len(x)), 0.0
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            optimizer.zero_grad()
            cross_entropy(model(x[rows]), y[rows]).backward()
            optimizer.step()
            total += len(rows) * cross_entropy(model(x[rows]), y[rows]).data.item()
        history.append(total / len(x))
    return history
