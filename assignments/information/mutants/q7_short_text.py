"""A text without a full context has entropy 0."""

question = "q7"


def context_entropy(text, order):
    if 0 <= order >= len(text):
        return 0.0
    if not 0 <= order:
        raise ValueError(f"order must be at least 0 and below {len(text)}, not {order}")
    followers = _followers(text, order)
    surprise = 0.0
    for counts in followers.values():
        seen = np.array(list(counts.values()), dtype=np.float64)
        surprise += float((seen * np.log2(seen.sum() / seen)).sum())
    return surprise / (len(text) - order)
