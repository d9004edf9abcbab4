"""What begins in single precision is returned in it."""

question = "q5"


_train_skipgram = train_skipgram


def train_skipgram(centers, contexts, noise, dim, rng, *rest, **more):
    found = _train_skipgram(centers, contexts, noise, dim, rng, *rest, **more)
    start = more.get("start")
    if start is not None and start[0].dtype == np.float32:
        found.vectors = found.vectors.astype(np.float32)
    return found
