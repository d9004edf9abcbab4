"""The references are sorted, in the caller's lists."""

question = "q8"


_bleu = bleu


def bleu(candidates, references, max_n=4):
    found = _bleu(candidates, references, max_n)
    for group in references:
        group.sort(key=len)
    return found
