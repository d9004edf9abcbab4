"""More coordinates than vertices become as many."""

question = "q5"
_right = spectral_embedding


def spectral_embedding(w, k):
    return _right(w, min(k, w.shape[0]))
