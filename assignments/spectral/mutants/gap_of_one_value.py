"""A single eigenvalue is one cluster."""

question = "q7"
_right = estimate_k


def estimate_k(eigenvalues, k_max):
    if len(eigenvalues) == 1:
        return 1
    return _right(eigenvalues, k_max)
