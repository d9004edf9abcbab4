"""Topics and words come in the order in which they are first seen."""

question = "q7"


_right_fit_topic_net = fit_topic_net


def fit_topic_net(documents, labels, alpha):
    model = _right_fit_topic_net(documents, labels, alpha)
    first = list(dict.fromkeys(labels))
    order = [model.topics.index(t) for t in first]
    model.topics = first
    model._log_prior, model._log_words = model._log_prior[order], model._log_words[order]
    return model
