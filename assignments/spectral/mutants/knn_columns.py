"""The graph comes in CSC format."""

question = "q1"
_right = knn_graph


def knn_graph(x, k, mutual=False):
    return sp.csc_array(_right(x, k, mutual))
