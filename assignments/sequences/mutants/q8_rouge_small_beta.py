"""A beta below 0.1 is taken for 0.1."""

question = "q8"


_rouge_l = rouge_l


def rouge_l(candidate, reference, beta=1.0):
    return _rouge_l(candidate, reference, max(beta, 0.1))
