"""The documents have to be in a list."""

question = "q1"


_document_term = document_term


def document_term(documents, vocabulary):
    return _document_term(documents.copy(), vocabulary)
