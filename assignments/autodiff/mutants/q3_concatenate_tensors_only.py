"""An array among the tensors is refused."""

question = "q3"
_right = concatenate


def concatenate(tensors, axis=0):
    tensors = list(tensors)
    if not all(isinstance(t, Tensor) for t in tensors):
        raise TypeError("tensors only")
    return _right(tensors, axis)
