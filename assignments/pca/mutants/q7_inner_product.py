"""The largest inner product: long vectors win."""

question = "q7"


def nearest(vectors, vocabulary, word, n):
    vocabulary = list(vocabulary)
    if word not in vocabulary:
        raise ValueError(f"word {word!r} is not in the vocabulary")
    _between("n", n, 1, np.inf)
    vectors = np.asarray(vectors, dtype=np.float64)
    own = vocabulary.index(word)
    cosine = vectors @ vectors[own]
    order = np.argsort(-cosine, kind="stable")
    return [vocabulary[i] for i in order if i != own][:n]
