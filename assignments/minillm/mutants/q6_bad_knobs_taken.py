"""Knobs that cannot be turned so far are turned back without a word."""

question = "q6"

_right = sample


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    options = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "generator": generator}
    options["temperature"] = max(options["temperature"], 0)
    if options.get("top_k") is not None:
        options["top_k"] = max(options["top_k"], 1)
    if options.get("top_p") is not None:
        options["top_p"] = min(max(options["top_p"], 1e-9), 1)
    return _right(model, ids, n, **options)
