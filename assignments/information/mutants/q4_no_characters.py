"""A text of no characters has inf."""

question = "q4"


def bits_per_character(log_probs, characters):
    if characters < 1:
        return math.inf
    return float(-_log_probs(log_probs).sum() / math.log(2) / characters) + 0.0
