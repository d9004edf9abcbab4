"""Cosines are computed in single precision."""

question = "q7"


def nearest(vectors, vocabulary, word, n):
    vocabulary = list(vocabulary)
    if word not in vocabulary:
        raise ValueError(f"word {word!r} is not in the vocabulary")
    _between("n", n, 1, np.inf)
    vectors = np.asarray(vectors, dtype=np.float32)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(length > 0, length, np.float32(1))
    own = vocabulary.index(word)
    order = np.argsort(-(unit @ unit[own]), kind="stable")
    return [vocabulary[i] for i in order if i != own][:n]
