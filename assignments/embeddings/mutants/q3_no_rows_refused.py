"""No vectors at all are refused."""

question = "q3"


_ranking = ranking


def ranking(vectors, query):
    if np.shape(vectors)[0] == 0:
        raise ValueError("vectors")
    return _ranking(vectors, query)
