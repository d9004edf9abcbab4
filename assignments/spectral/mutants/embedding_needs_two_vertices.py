"""A graph of one vertex is refused."""

question = "q5"


_spectral_embedding = spectral_embedding


def spectral_embedding(w, k):
    if np.shape(w)[0] == 1 and k == 1:
        raise ValueError("w: one vertex is no graph")
    return _spectral_embedding(w, k)
