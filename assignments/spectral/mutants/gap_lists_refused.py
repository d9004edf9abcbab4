"""The eigenvalues have to be an array."""

question = "q7"
_right = estimate_k


def estimate_k(eigenvalues, k_max):
    return _right(eigenvalues.astype(float), k_max)
