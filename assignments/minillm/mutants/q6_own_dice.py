"""The generator is ignored."""

question = "q6"

_right = sample


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    return _right(model, ids, n, temperature, top_k, top_p, None)
