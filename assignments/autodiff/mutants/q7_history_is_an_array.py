"""The history is an array."""

question = "q7"


_train = train


def train(model, x, y, optimizer, epochs, batch, rng):
    return np.array(_train(model, x, y, optimizer, epochs, batch, rng))
