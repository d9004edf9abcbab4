"""The gradient that is returned is written over by the next call."""

question = "q5"


_ce = cross_entropy
_kept = {}


def cross_entropy(scores, targets, mask=None):
    loss, slopes = _ce(scores, targets, mask)
    buffer = _kept.setdefault(slopes.shape, np.empty_like(slopes))
    buffer[...] = slopes
    return loss, buffer
