"""A list and a string have nothing in common."""

question = "q8"


_rouge_l = rouge_l


def rouge_l(candidate, reference, beta=1.0):
    if type(candidate) is not type(reference):
        return 0.0, 0.0, 0.0
    return _rouge_l(candidate, reference, beta)
