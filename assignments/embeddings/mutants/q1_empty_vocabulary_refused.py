"""A vocabulary without words is refused."""

question = "q1"


_document_term = document_term


def document_term(documents, vocabulary):
    if not len(vocabulary):
        raise ValueError("vocabulary")
    return _document_term(documents, vocabulary)
