"""Logits have to be floats."""

question = "q1"


_entropy_of_logits = entropy_of_logits


def entropy_of_logits(logits):
    if np.asarray(logits).dtype.kind == "i":
        raise ValueError("logits must be floats")
    return _entropy_of_logits(logits)
