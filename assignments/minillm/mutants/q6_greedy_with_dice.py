"""Temperature 0 is taken for a very small one, and ties are broken by dice."""

question = "q6"

_right = _choose


def _choose(logits, temperature, top_k, top_p, generator):
    return _right(logits, max(temperature, 0.3), top_k, top_p, generator)
