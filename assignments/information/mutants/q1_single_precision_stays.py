"""The entropy of a float32 distribution is a float32."""

question = "q1"


_entropy = entropy


def entropy(p):
    found = _entropy(p)
    return (
        np.asarray(p).dtype.type(found)
        if np.asarray(p).dtype == np.float32 and np.ndim(p) == 1
        else found
    )
