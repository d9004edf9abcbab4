"""The word itself comes first."""

question = "q7"


def nearest(vectors, vocabulary, word, n):
    vocabulary = list(vocabulary)
    if word not in vocabulary:
        raise ValueError(f"word {word!r} is not in the vocabulary")
    _between("n", n, 1, np.inf)
    vectors = np.asarray(vectors, dtype=np.float64)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(length > 0, length, 1.0)
    own = vocabulary.index(word)
    cosine = unit @ unit[own]
    order = np.argsort(-cosine, kind="stable")
    return [vocabulary[i] for i in order][:n]
