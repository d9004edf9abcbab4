"""alpha = 0 is accepted."""

question = "q7"


_right_fit_topic_net = fit_topic_net


def fit_topic_net(documents, labels, alpha):
    return _right_fit_topic_net(documents, labels, alpha if alpha > 0 else 1e-12)
