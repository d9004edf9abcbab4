"""Word probabilities are divided by the total of all topics, not by that of the own one."""

question = "q7"


def fit_topic_net(documents, labels, alpha):
    documents, topic_of, topics, vocabulary = _corpus(documents, labels, alpha)
    column = {word: i for i, word in enumerate(vocabulary)}
    counts = np.zeros((len(topics), len(vocabulary)))
    for topic, document in zip(topic_of, documents):
        np.add.at(counts[topic], [column[word] for word in document], 1)
    counts = counts + alpha
    counts /= counts.sum(axis=0)  # P(topic | word), the wrong way round
    net = BayesNet()
    net.add("topic", topics, [], _shares(np.bincount(topic_of) + alpha))
    net.add("word", vocabulary, ["topic"], _shares(counts))
    return TopicNet(net)
