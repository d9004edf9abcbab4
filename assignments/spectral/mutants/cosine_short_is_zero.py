"""Vectors shorter than 1e-8 count as zero."""

question = "q1"


_cosine_affinity = cosine_affinity


def cosine_affinity(x):
    x = np.array(x, dtype=float)
    if x.ndim == 2:
        x[np.linalg.norm(x, axis=1) < 1e-8] = 0
    return _cosine_affinity(x)
