"""An epoch is trained before anybody looks how many there should be."""

question = "q7"
_right = train


def train(model, x, y, optimizer, epochs, batch, rng):
    return _right(model, x, y, optimizer, max(1, epochs), batch, rng)
