"""What is at the same place is taken for the point itself: affinity 0."""

question = "q1"
_right = rbf_affinity


def rbf_affinity(x, gamma):
    w = _right(x, gamma)
    w[w >= 1.0 - 1e-12] = 0.0
    return w
