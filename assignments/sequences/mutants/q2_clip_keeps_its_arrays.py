"""The arrays that are returned are written over by the next call."""

question = "q2"


_clip = clip_gradients
_buffers = {}


def clip_gradients(gradients, max_norm):
    clipped, norm = _clip(gradients, max_norm)
    for key, value in clipped.items():
        buffer = _buffers.setdefault((key, np.shape(value)), np.array(value))
        buffer[...] = value
        clipped[key] = buffer
    return clipped, norm
