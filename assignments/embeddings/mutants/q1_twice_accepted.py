"""A word may stand twice in the vocabulary."""

question = "q1"


def document_term(documents, vocabulary):
    column = {word: j for j, word in enumerate(vocabulary)}
    counts = np.zeros((len(documents), len(column)))
    for row, document in zip(counts, documents, strict=True):
        for word in document:
            if word in column:
                row[column[word]] += 1
    return counts
