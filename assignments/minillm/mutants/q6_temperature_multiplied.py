"""Logits are multiplied by the temperature."""

question = "q6"

_right = _choose


def _choose(logits, temperature, top_k, top_p, generator):
    inverse = 1 / temperature if temperature else 0
    return _right(logits, inverse, top_k, top_p, generator)
