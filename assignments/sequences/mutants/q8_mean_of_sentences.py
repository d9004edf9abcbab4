"""BLEU of each sentence is averaged."""

question = "q8"


_corpus = bleu


def bleu(candidates, references, max_n=4):
    _corpus(candidates, references, max_n)
    each = [_corpus([c], [r], max_n) for c, r in zip(candidates, references)]
    return sum(each) / len(each)
