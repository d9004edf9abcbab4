"""Nats per character."""

question = "q4"


def bits_per_character(log_probs, characters):
    if characters < 1:
        raise ValueError(f"characters must be at least 1, not {characters}")
    return float(-_log_probs(log_probs).sum() / characters) + 0.0
