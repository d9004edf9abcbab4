"""Negative symbols count from the end."""

question = "q6"


def _model(initial, transition, emission, observations):
    initial = floats(initial, "initial", None)
    k = len(initial)
    transition = floats(transition, "transition", k, k)
    emission = floats(emission, "emission", k, None)
    seen, symbols = np.asarray(observations), emission.shape[1]
    whole = seen.ndim == 1 and seen.size > 0 and seen.dtype.kind in "iu"
    if not whole or seen.max() >= symbols:
        raise ValueError(f"observations must be integers from 0 to {symbols - 1}, at least one")
    return initial, transition, emission[:, seen].T
