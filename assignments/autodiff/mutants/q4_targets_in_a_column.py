"""Targets of shape (n, 1) are accepted and flattened."""

question = "q4"
_right = cross_entropy


def cross_entropy(logits, targets):
    return _right(logits, np.asarray(targets).reshape(-1))
