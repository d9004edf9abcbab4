"""concatenate cuts the gradient into equal parts."""

question = "q3"


def concatenate(tensors, axis=0):
    tensors = tuple(_tensor(t) for t in tensors)
    data = np.concatenate([t.data for t in tensors], axis)
    parts = len(tensors)

    def rule(i):
        def part(g, out, *inputs):
            piece = np.array_split(g, parts, axis)[i]
            fitted = np.zeros(inputs[i].shape)
            both = tuple(slice(0, min(m, n)) for m, n in zip(piece.shape, fitted.shape))
            fitted[both] = piece[both]
            return fitted

        return part

    return _op(data, tensors, *(rule(i) for i in range(parts)))
