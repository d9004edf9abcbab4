"""Only letters count."""

question = "q7"


_true_entropy = context_entropy


def context_entropy(text, order):
    letters = "".join(c for c in text if c.isalpha())
    return _true_entropy(letters if len(letters) > order else text, order)
