"""The order comes from NumPy's global random state."""

question = "q7"
_right = train


def train(model, x, y, optimizer, epochs, batch, rng):
    return _right(model, x, y, optimizer, epochs, batch, np.random)
