"""The first word of a document is not counted as following None."""

question = "q8"


class WordChain(WordChain):
    def __init__(self, topics, vocabulary, prior, counts, alpha):
        for rows in counts:
            rows.pop(None, None)
        super().__init__(topics, vocabulary, prior, counts, alpha)
