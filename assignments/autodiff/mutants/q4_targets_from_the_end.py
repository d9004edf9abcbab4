"""A target of -1 is taken for the last class."""

question = "q4"


_checked = cross_entropy


def cross_entropy(logits, targets):
    logits, targets = _tensor(logits), np.asarray(targets)
    if targets.ndim == 1:
        targets = np.where(targets < 0, targets + logits.shape[-1], targets)
    return _checked(logits, targets)
