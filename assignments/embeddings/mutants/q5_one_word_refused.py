"""A vocabulary of one word is refused."""

question = "q5"


_train_skipgram = train_skipgram


def train_skipgram(centers, contexts, noise, dim, rng, *rest, **more):
    if len(noise) == 1:
        raise ValueError("noise")
    return _train_skipgram(centers, contexts, noise, dim, rng, *rest, **more)
