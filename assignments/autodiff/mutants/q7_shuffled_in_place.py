"""The arrays of the caller are shuffled in place."""

question = "q7"


def train(model, x, y, optimizer, epochs, batch, rng):
    x, y = np.asarray(x), np.asarray(y)
    if batch < 1:
        raise ValueError(f"batch must be at least 1, not {batch}")
    if len(x) != len(y):
        raise ValueError(f"x and y must be of one length, not {len(x)} and {len(y)}")
    history = []
    for _ in range(epochs):
        state = rng.bit_generator.state
        rng.shuffle(x)
        rng.bit_generator.state = state
        rng.shuffle(y)
        order, total = np.arange(len(x)), 0.0
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            optimizer.zero_grad()
            loss = cross_entropy(model(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.data.item()
        history.append(total / len(x))
    return history
