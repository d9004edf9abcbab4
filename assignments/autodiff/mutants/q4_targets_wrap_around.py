"""A target that is too large is taken modulo the number of classes."""

question = "q4"
_right = cross_entropy


def cross_entropy(logits, targets):
    targets = np.asarray(targets)
    return _right(logits, np.where(targets < 0, targets, targets % logits.shape[1]))
