"""The number of characters has to be Python's own int."""

question = "q4"


_bits_per_character = bits_per_character


def bits_per_character(log_probs, characters):
    if not isinstance(characters, int):
        raise ValueError("characters")
    return _bits_per_character(log_probs, characters)
