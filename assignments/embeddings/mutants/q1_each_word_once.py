"""A word counts once per document."""

question = "q1"


def document_term(documents, vocabulary):
    column = {word: j for j, word in enumerate(vocabulary)}
    if len(column) < len(vocabulary):
        raise ValueError("vocabulary has a word twice")
    counts = np.zeros((len(documents), len(column)))
    for row, document in zip(counts, documents, strict=True):
        for word in document:
            if word in column:
                row[column[word]] = 1
    return counts
