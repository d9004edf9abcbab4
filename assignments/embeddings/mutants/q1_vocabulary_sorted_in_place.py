"""The caller's vocabulary is sorted."""

question = "q1"


_document_term = document_term


def document_term(documents, vocabulary):
    found = _document_term(documents, vocabulary)
    if isinstance(vocabulary, list):
        vocabulary.sort()
    return found
