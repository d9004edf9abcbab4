"""The entropy of the text is in nats."""

question = "q7"


def context_entropy(text, order):
    if not 0 <= order < len(text):
        raise ValueError(f"order must be at least 0 and below {len(text)}, not {order}")
    followers = _followers(text, order)
    surprise = 0.0
    for counts in followers.values():
        seen = np.array(list(counts.values()), dtype=np.float64)
        surprise += float((seen * np.log(seen.sum() / seen)).sum())
    return surprise / (len(text) - order)
