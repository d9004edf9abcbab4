"""A batch of 0 trains on nothing."""

question = "q7"
_right = train


def train(model, x, y, optimizer, epochs, batch, rng):
    if batch < 1:
        return [0.0] * epochs
    return _right(model, x, y, optimizer, epochs, batch, rng)
