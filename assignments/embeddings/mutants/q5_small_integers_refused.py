"""Numbers of words have to be 64-bit integers."""

question = "q5"


_train_skipgram = train_skipgram


def train_skipgram(centers, contexts, noise, dim, rng, *rest, **more):
    if isinstance(centers, np.ndarray) and centers.dtype != np.int64:
        raise ValueError("centers")
    return _train_skipgram(centers, contexts, noise, dim, rng, *rest, **more)
