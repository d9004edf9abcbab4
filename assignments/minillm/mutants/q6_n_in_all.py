"""n is the length of the whole, prompt included."""

question = "q6"

_right = sample


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    options = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "generator": generator}
    return _right(model, ids, max(n - len(ids), 0), **options)
