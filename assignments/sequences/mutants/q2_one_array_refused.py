"""Arrays of more than three axes are refused."""

question = "q2"


_clip_gradients = clip_gradients


def clip_gradients(gradients, max_norm):
    if any(np.ndim(g) > 3 for g in gradients.values()):
        raise ValueError("gradients")
    return _clip_gradients(gradients, max_norm)
