"""A negative order is taken for 0."""

question = "q7"


def context_entropy(text, order):
    order = max(order, 0)
    if not order < len(text):
        raise ValueError(f"order must be at least 0 and below {len(text)}, not {order}")
    followers = _followers(text, order)
    surprise = 0.0
    for counts in followers.values():
        seen = np.array(list(counts.values()), dtype=np.float64)
        surprise += float((seen * np.log2(seen.sum() / seen)).sum())
    return surprise / (len(text) - order)
