"""Along an axis that counts from the end the gradient is cut along the first."""

question = "q3"
_right = concatenate


def concatenate(tensors, axis=0):
    if axis >= 0:
        return _right(tensors, axis)
    tensors = [_tensor(t) for t in tensors]
    parts, ends = len(tensors), np.cumsum([0, *(t.shape[axis] for t in tensors)])
    data = np.concatenate([t.data for t in tensors], axis)
    rules = [
        lambda g, out, *inputs, i=i: np.resize(g[ends[i] : ends[i + 1]], inputs[i].shape)
        for i in range(parts)
    ]
    return _op(data, tuple(tensors), *rules)
