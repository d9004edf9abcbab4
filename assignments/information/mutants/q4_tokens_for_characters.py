"""The number of tokens is taken for that of the characters."""

question = "q4"


def bits_per_character(log_probs, characters):
    if characters < 1:
        raise ValueError(f"characters must be at least 1, not {characters}")
    return float(-_log_probs(log_probs).sum() / math.log(2) / len(log_probs)) + 0.0
