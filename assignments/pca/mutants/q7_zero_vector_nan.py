"""A vector of zeros has cosine NaN."""

question = "q7"


def nearest(vectors, vocabulary, word, n):
    vocabulary = list(vocabulary)
    if word not in vocabulary:
        raise ValueError(f"word {word!r} is not in the vocabulary")
    _between("n", n, 1, np.inf)
    vectors = np.asarray(vectors, dtype=np.float64)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / length
    own = vocabulary.index(word)
    cosine = unit @ unit[own]
    order = np.argsort(cosine)[::-1]
    return [vocabulary[i] for i in order if i != own][:n]
