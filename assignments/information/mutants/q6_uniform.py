"""The model is not listened to: every symbol that can come is as likely as any other."""

question = "q6"


_true_edges = _edges


def _edges(probabilities):
    p = np.asarray(probabilities, dtype=np.float64)
    return _true_edges((p > 0) / np.count_nonzero(p))
