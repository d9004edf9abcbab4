"""Impossible tokens cost a thousand nats."""

question = "q4"


def bits_per_character(log_probs, characters):
    if characters < 1:
        raise ValueError(f"characters must be at least 1, not {characters}")
    return float(-np.maximum(_log_probs(log_probs), -1000).sum() / math.log(2) / characters) + 0.0
