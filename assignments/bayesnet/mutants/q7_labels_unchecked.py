"""Documents without a label are left out."""

question = "q7"


_right_fit_topic_net = fit_topic_net


def fit_topic_net(documents, labels, alpha):
    pairs = list(zip(documents, labels))
    return _right_fit_topic_net([d for d, _ in pairs], [label for _, label in pairs], alpha)
