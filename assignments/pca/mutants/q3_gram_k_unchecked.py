"""pca_gram takes a k above d for d, and one below 1 for 1."""

question = "q3"


_right_gram = pca_gram


def pca_gram(x, k):
    return _right_gram(x, min(max(k, 1), np.shape(x)[-1]))
