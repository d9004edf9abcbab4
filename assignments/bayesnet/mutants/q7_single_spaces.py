"""Strings are split at single spaces only."""

question = "q7"


_right_fit_topic_net = fit_topic_net


def fit_topic_net(documents, labels, alpha):
    split = [d.split(" ") if isinstance(d, str) else d for d in documents]
    return _right_fit_topic_net(split, labels, alpha)
