"""Topics are sorted as text: 10 comes before 2."""

question = "q7"


_right_fit_topic_net = fit_topic_net


def fit_topic_net(documents, labels, alpha):
    labels = list(labels)
    names = {str(label): label for label in labels}
    model = _right_fit_topic_net(documents, [str(label) for label in labels], alpha)
    model.topics = [names[t] for t in model.topics]
    return model
