"""The pseudocount is left out of the prior of the topics."""

question = "q7"


def fit_topic_net(documents, labels, alpha):
    documents, topic_of, topics, vocabulary = _corpus(documents, labels, alpha)
    column = {word: i for i, word in enumerate(vocabulary)}
    counts = np.zeros((len(topics), len(vocabulary)))
    for topic, document in zip(topic_of, documents):
        np.add.at(counts[topic], [column[word] for word in document], 1)
    net = BayesNet()
    net.add("topic", topics, [], _shares(np.bincount(topic_of) + 0.0))
    net.add("word", vocabulary, ["topic"], _shares(counts + alpha))
    return TopicNet(net)
