"""A k beyond the vocabulary is an error."""

question = "q6"

_right = _choose


def _choose(logits, temperature, top_k, top_p, generator):
    if top_k is not None and top_k > len(logits):
        raise IndexError("top_k is larger than the vocabulary")
    return _right(logits, temperature, top_k, top_p, generator)
