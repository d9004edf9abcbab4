"""A negative number of characters is let through."""

question = "q4"


def bits_per_character(log_probs, characters):
    if characters == 0:
        raise ValueError(f"characters must be at least 1, not {characters}")
    return float(-_log_probs(log_probs).sum() / math.log(2) / characters) + 0.0
