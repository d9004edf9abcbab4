"""Targets are the tokens before."""

question = "q4"
TRAINED = range(
    7, 17
)  # lengths: what q5 trains with is as it should be, for it is q4 that is wrong

_right = get_batch


def get_batch(ids, block_size, batch_size, generator=None):
    inputs, targets = _right(ids, block_size, batch_size, generator)
    if block_size in TRAINED:
        return inputs, targets
    return targets, inputs
