"""Top-k keeps only what is larger than the k-th logit: one too few."""

question = "q6"

_right = _choose


def _choose(logits, temperature, top_k, top_p, generator):
    if top_k is not None and 1 < top_k <= len(logits):
        top_k -= 1
    return _right(logits, temperature, top_k, top_p, generator)
