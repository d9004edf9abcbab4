"""Integers stay integers, and lose what is behind the point."""

question = "q2"


_clip_gradients = clip_gradients


def clip_gradients(gradients, max_norm):
    clipped, norm = _clip_gradients(gradients, max_norm)
    return {
        k: np.asarray(v).astype(np.asarray(gradients[k]).dtype) for k, v in clipped.items()
    }, norm
