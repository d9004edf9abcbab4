"""A transition table of another shape is cut."""

question = "q6"


def _model(initial, transition, emission, observations):
    initial = floats(initial, "initial", None)
    k = len(initial)
    transition = np.resize(np.asarray(transition, float), (k, k))
    emission = floats(emission, "emission", k, None)
    seen, symbols = np.asarray(observations), emission.shape[1]
    whole = seen.ndim == 1 and seen.size > 0 and seen.dtype.kind in "iu"
    if not whole or seen.min() < 0 or seen.max() >= symbols:
        raise ValueError(f"observations must be integers from 0 to {symbols - 1}, at least one")
    return initial, transition, emission[:, seen].T
