"""A k_max below 1 counts as 1."""

question = "q7"
_right = estimate_k


def estimate_k(eigenvalues, k_max):
    return _right(eigenvalues, max(k_max, 1))
