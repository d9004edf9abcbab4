"""A table of no document is refused."""

question = "q1"


_document_term = document_term


def document_term(documents, vocabulary):
    if not len(documents):
        raise ValueError("documents")
    return _document_term(documents, vocabulary)
