"""A candidate without reference matches nothing."""

question = "q8"


_checked = bleu


def bleu(candidates, references, max_n=4):
    return _checked(candidates, [group or [[]] for group in references], max_n)
