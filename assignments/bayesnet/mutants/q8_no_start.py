"""The first word of a document is not counted as following None."""

question = "q8"


class WordChain(WordChain):
    def __init__(self, topics, vocabulary, prior, keys, counts, totals, alpha):
        start = len(vocabulary)
        keep = keys // (len(topics) * len(vocabulary)) != start
        totals = totals.copy()
        totals[start] = 0
        super().__init__(topics, vocabulary, prior, keys[keep], counts[keep], totals, alpha)
