"""A small pseudocount is taken for none."""

question = "q7"


_right_fit = fit_topic_net


def fit_topic_net(documents, labels, alpha):
    if alpha < 1e-3:
        raise ValueError("alpha must be positive")
    return _right_fit(documents, labels, alpha)
