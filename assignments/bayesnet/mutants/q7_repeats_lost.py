"""A word that comes twice in a document is counted once."""

question = "q7"


def fit_topic_net(documents, labels, alpha):
    documents, topic_of, topics, vocabulary = _corpus(documents, labels, alpha)
    column = {word: i for i, word in enumerate(vocabulary)}
    counts = np.zeros((len(topics), len(vocabulary)))
    for topic, document in zip(topic_of, documents):
        counts[topic, [column[word] for word in document]] += 1
    net = BayesNet()
    net.add("topic", topics, [], _shares(np.bincount(topic_of) + alpha))
    net.add("word", vocabulary, ["topic"], _shares(counts + alpha))
    return TopicNet(net)
