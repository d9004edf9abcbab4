"""The centres must not be a tuple."""

question = "q5"


_train_skipgram = train_skipgram


def train_skipgram(centers, contexts, noise, dim, rng, *rest, **more):
    if isinstance(centers, tuple):
        raise ValueError("centers")
    return _train_skipgram(centers, contexts, noise, dim, rng, *rest, **more)
