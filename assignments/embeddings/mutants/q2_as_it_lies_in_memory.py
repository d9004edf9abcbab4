"""The table is taken in the order in which it lies in memory."""

question = "q2"


_lsa = lsa


def lsa(x, k):
    x = np.asarray(x)
    return _lsa(x.ravel(order="K").reshape(x.shape), k)
